"""
Sentences about regions that started alike: where they began, who moved most, the own region.

Pure. The rules are in `rules.same_start`. That those who start low often rise by chance stands
with how the chart is read, so that it is in every picture of it.
"""

from collections.abc import Mapping

from dashboard.codes import AddressLevel
from dashboard.rules.comparison import continuity
from dashboard.rules.gap_changes import Move
from dashboard.rules.same_start import SAME_PER_CENT, SAME_POINTS, SameStart, StartRow
from dashboard.sentences.gaps import period_ends, places_phrase
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    short_subject,
    topic_phrase,
    with_unit,
)
from dashboard.text import capital, format, term

_MOST_NAMED = 5  # regions that are about equal; of more none is named


def start_sentences(
    found: SameStart,
    beside: Mapping[str, StartRow | None],
    *,
    level: AddressLevel,
    wording: Wording,
) -> list[str]:
    """
    What is said of the regions that started alike: the first stands above them.

    Where they began, how many and which moved most; what became of the own region, and of those
    `beside` the list, as by `rules.same_start.beside_start`; the cautions.
    """
    above = " ".join(filter(None, [_began(found, level, wording), _most(found, wording)]))
    sentences = [above, _moved(found.own, wording)]
    sentences += [_moved(row, wording) for row in beside.values() if row]
    without = [wording.locative(code) for code, row in beside.items() if row is None]
    if without:
        places = capital(places_phrase(without, wording.lang))
        sentences.append(term("start_beside_absent", wording.lang, places=places))
    cautions = dict.fromkeys(
        mark.text[wording.lang]
        for row in found.rows
        for mark in continuity(row.oldest, row.newest, found.indicator).cautions
    )
    return [*sentences, *cautions]


def start_band(found: SameStart, wording: Wording) -> str:
    """How far from the start of the own region another may be: "2 procentenheter"."""
    lang, is_share = wording.lang, found.indicator.measure == "share"
    number = format.number(SAME_POINTS if is_share else SAME_PER_CENT, 0, lang)
    return f"{number} {term('points' if is_share else 'percent', lang)}"


def _began(found: SameStart, level: AddressLevel, wording: Wording) -> str:
    lang, own = wording.lang, found.own
    others = len(found.rows) - 1
    asked = others + found.elsewhere
    topic = capital(topic_phrase(own.newest, wording))
    start = term(
        "start_began",
        lang,
        topic=topic,
        value=_value(own.start, own, wording),
        years=period_ends(found.period.first, lang),
    )
    form = "_one" if asked == 1 else ""
    how_many = term("start_none", lang) if not others else str(others)
    count = term("start_alone", lang)
    if asked:
        count = term(
            "start_count",
            lang,
            all=asked,
            regions=term(f"start_of_{level}{form}", lang),
            count=how_many,
            band=start_band(found, wording),
        )
    lacking = len(found.lacking)
    rest = term("start_lacking", lang, count=lacking) if lacking else ""
    return " ".join(filter(None, [start, count, rest]))


def _most(found: SameStart, wording: Wording) -> str:
    """Who moved most, ahead of the second by enough; several, nobody, or a period too short."""
    lang = wording.lang
    if len(found.rows) < 2:
        return ""
    if not found.ranked:
        return term("start_unranked", lang)
    told = [_leading(found, move, wording) for move in found.moves if found.most(move)]
    if told:
        return " ".join(told)
    verbs = [term(f"start_{move}", lang) for move in found.moves]
    key = "start_short" if all(row.doubt == "short" for row in found.rows) else "start_nobody"
    words = f" {term('or_word', lang)} ".join(verbs)
    return term(key, lang, verb=words, **_period(found, wording))


def _leading(found: SameStart, move: Move, wording: Wording) -> str:
    """Where the measure rose, or fell, most."""
    lang, leading = wording.lang, found.most(move)
    blanks = {"verb": term(f"start_{move}", lang), **_period(found, wording)}
    if len(leading) > _MOST_NAMED:
        return term("start_many", lang, count=len(leading), **blanks)
    if len(leading) > 1:
        names = places_phrase([wording.locative(row.region) for row in leading], lang)
        return term("start_several", lang, names=names, **blanks)
    row = leading[0]
    where = wording.locative(row.region)
    return term("start_most", lang, where=where, **_move(row, wording), **blanks)


def _period(found: SameStart, wording: Wording) -> dict[str, str]:
    """The measure, and the first and the last years in words."""
    return {
        "subject": short_subject(found.own.newest, wording),
        "first": period_ends(found.period.first, wording.lang),
        "last": period_ends(found.period.last, wording.lang),
    }


def _moved(row: StartRow, wording: Wording) -> str:
    """What became of a region."""
    lang = wording.lang
    verb = term("start_rose" if row.change > 0 else "start_fell", lang)
    key = "start_own_level" if row.level else "start_own"
    neuter = wording.phrase(row.newest.segment).neuter
    return term(
        key,
        lang,
        where=capital(wording.locative(row.region)),
        verb=verb,
        same=term("same_neuter" if neuter else "same_common", lang),
        subject=short_subject(row.newest, wording),
        **_move(row, wording),
    )


def _move(row: StartRow, wording: Wording) -> dict[str, str]:
    """By how much a region moved, from what to what."""
    return {
        "size": difference_size(row.change, row.newest.segment, wording),
        "start": format.number(row.start, wording.indicator.decimals, wording.lang),
        "end": _value(row.end, row, wording),
    }


def _value(number: float, row: StartRow, wording: Wording) -> str:
    shown = format.number(number, wording.indicator.decimals, wording.lang)
    return with_unit(shown, row.newest.segment, wording)
