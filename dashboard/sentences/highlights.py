"""
Sentences about what stands out in a region, why it is shown, and that nothing does.

Pure. The rules are in `rules.highlights`.
"""

from collections.abc import Sequence

from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.rules.comparison import applying
from dashboard.rules.gap_changes import FEWEST_PERSONS
from dashboard.rules.gaps import differing
from dashboard.rules.highlights import PAIRS, Candidate, Highlights
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    size_and_word,
    those_phrase,
    value_phrase,
)
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import Lang


def highlight_sentence(one: Candidate, region: str, level: str, wording: Wording) -> str:
    """What stands out, in one sentence; of a change across cautions with their words."""
    lang, kind = wording.lang, one.kind
    size, word = size_and_word(difference_size(one.value, one.segment, wording), one.value, wording)
    blanks = {
        "subject": capital(wording.phrase(one.segment).subject[lang]),
        "where": wording.locative(region),
        "size": size,
        "level": term(f"highlights_level_{level}", lang),
    }
    if kind in {"origin", "sex"}:
        pair = PAIRS[kind]
        dimension = differing(pair)
        names = [those_phrase(dimension, getattr(one_of, dimension), wording) for one_of in pair]
        return term(
            "highlight_gap", lang, **blanks,
            word=word, one=names[0], other=names[1],
            at=format.at_period(one.period, lang), median=_signed_word(one, wording),
        )  # fmt: skip
    if kind in {"change", "yearly"}:
        first, last = (format.periods(ends[0], ends[-1], lang) for ends in (one.starts, one.ends))
        text = term(
            "highlight_change", lang, **blanks,
            moved=term("rose" if one.value > 0 else "fell", lang), first=first, last=last,
            median=_signed(one.median, one, wording),
        )  # fmt: skip
        return text.removesuffix(".") + _caution(one, region, wording) + "."
    return term(
        f"highlight_{kind}", lang, **blanks,
        word=word, at=format.at_period(one.period, lang),
        value=_figure(one.first, one, region, wording),
        second=_figure(one.second, one, region, wording),
    )  # fmt: skip


def why_sentences(
    one: Candidate, found: Highlights, wording: Wording, *, region: str, level: str
) -> tuple[str, ...]:
    """Among how many it was tried, how z was computed, and which limits it has passed."""
    lang, decimals = wording.lang, wording.indicator.decimals

    def number(value: float, more: int = 0) -> str:
        return format.number(value, decimals + more, lang)

    pupils = "_pupils" if one.fewest < FEWEST_PERSONS else ""
    return (
        term(
            "highlight_tried", lang, examined=found.examined, where=wording.locative(region),
            least=format.number(found.least_z, 2, lang),
        ),
        term(
            "highlight_score", lang, value=number(one.value), count=one.compared,
            level=term(f"highlight_many_{level}", lang), median=number(one.median, 1),
            mad=number(one.mad, 1), z=format.number(one.z, 1, lang),
        ),
        term(
            f"highlight_limits{pupils}", lang, limit=number(one.limit, 1),
            noise=number(one.noise, 1), persons=format.number(one.persons, 0, lang),
            fewest=one.fewest,
            group=term("highlight_smaller" if one.kind in PAIRS else "highlight_whole", lang),
        ),
    )  # fmt: skip


def picture_sentence(periods: Sequence[str], region: str, level: str, lang: Lang) -> str:
    """What the picture of a highlight shows: its line over `periods`, or the level as dots."""
    if periods:
        span = format.periods(periods[0], periods[-1], lang)
        return term("highlight_line", lang, region=region, periods=span)
    return term("highlight_strip", lang, region=region, level=term(f"highlight_dot_{level}", lang))


def nothing_sentence(found: Highlights, where: str, level: str, lang: Lang) -> str:
    """That nothing stands out, or that nothing could be tried."""
    if not found.examined:
        return term("highlights_untried", lang, where=where)
    if level == "country":
        return term("highlights_none_country", lang, examined=found.examined)
    among = term(f"highlights_level_{level}", lang)
    return term("highlights_none", lang, where=where, examined=found.examined, level=among)


def highlights_title(chosen: Sequence[Candidate], lang: Lang) -> str:
    """The heading, which says how many there are."""
    return term(f"highlights_{len(chosen)}", lang)


def _figure(value: float, one: Candidate, region: str, wording: Wording) -> str:
    row = Observation(one.indicator.id, region, one.period, one.segment, value)
    return value_phrase(row, wording)


def _signed(value: float, one: Candidate, wording: Wording) -> str:
    size = difference_size(value, one.segment, wording)
    if not value:
        return size
    return ("+" if value > 0 else format.MINUS) + size


def _signed_word(one: Candidate, wording: Wording) -> str:
    """The median of the gaps, with the way it points where that is another than the region's."""
    size = difference_size(one.median, one.segment, wording)
    return " ".join(size_and_word(size, one.median, wording)) if one.median else size


def _caution(one: Candidate, region: str, wording: Wording) -> str:
    marks = applying(wording.indicator.breaks, region=region, group=Group())
    years = [
        format.period_short(mark.period, wording.lang)
        for mark in marks
        if mark.severity == "caution" and one.starts[0] < mark.period <= one.period
    ]
    if not years:
        return ""
    listed = enumerated(list(dict.fromkeys(years)), wording.lang)
    return term("glance_caution", wording.lang, years=listed)
