"""
Sentences about the gap between two groups: how it changed and why, here and in many regions.

Pure. The rules are in `rules.gap_changes`. Every sentence that a gap closed or grew says which of
the groups moved; none says why they did.
"""

from collections import Counter
from collections.abc import Sequence

from dashboard.codes import AddressLevel
from dashboard.rules.comparison import has_seasons
from dashboard.rules.gap_changes import (
    FEWEST_PERSONS,
    GapCause,
    GapChange,
    GapList,
    GapPeriod,
    GapRow,
    cautions_within,
)
from dashboard.rules.gaps import RATIO_DECIMALS, Gap, differing
from dashboard.sentences.figures import Sentence, with_cautions
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    short_subject,
    those_phrase,
    with_unit,
    without_preposition,
)
from dashboard.text import capital, enumerated, format, lower_first, term
from etl.catalogue import Lang

_CAUSES: tuple[GapCause, ...] = ("rose", "fell", "both", "neither")
_MOST_NAMED = 5  # regions that are about equal; of more none is named


def gap_change_sentence(changed: GapChange, latest: Gap, wording: Wording) -> Sentence:
    """How a gap changed over a period, and which of the groups moved; with words of caution."""
    lang = wording.lang
    blanks = {**_years(changed.period, lang), **_sizes(changed, latest, wording)}
    if changed.verdict == "turned":
        text = term("gap_turned", lang, **blanks)
    elif changed.verdict == "unchanged":
        text = term("gap_kept", lang, **blanks)
    else:
        because = cause_clause(changed, latest, wording)
        text = term(f"gap_{changed.verdict}", lang, because=because, **blanks)
    return with_cautions(
        " ".join(filter(None, [text, _opposite(changed, lang)])),
        cautions_within(changed, wording.indicator),
        wording,
    )


def cause_clause(changed: GapChange, latest: Gap, wording: Wording) -> str:
    """
    Why a gap narrowed or widened, after a comma: "eftersom andelen steg bland …, från … till …".

    Which group rose or fell, both, or neither by the thresholds.
    """
    lang, cause = wording.lang, changed.cause
    subject = short_subject(latest.first, wording)
    lower = 0 if changed.starts[0] <= changed.starts[1] else 1
    up = lower if changed.verdict == "narrowing" else 1 - lower
    if cause == "neither":
        return term("because_neither", lang, subject=subject)
    groups = _those(latest, wording)
    rose, fell = (
        {"group": groups[side], "span": _span(changed, side, latest, wording)}
        for side in (up, 1 - up)
    )
    if cause == "both":
        return term(
            "because_both",
            lang,
            subject=subject,
            risen=rose["group"],
            risen_span=rose["span"],
            fallen=fell["group"],
            fallen_span=fell["span"],
        )
    moved, still = (rose, fell) if cause == "rose" else (fell, rose)
    more = changed.is_shared
    key = f"because_{cause}_more" if more else f"because_{cause}"
    rest = {"other": still["group"], "other_span": still["span"]} if more else {}
    return term(key, lang, subject=subject, **moved, **rest)


def moves_words(changed: GapChange, names: tuple[str, str], lang: Lang) -> str:
    """Which of the groups moved, in few words: "utrikes födda steg", "båda sjönk, kvinnor mest"."""
    moves, leading = changed.moves, changed.leading
    if changed.is_shared and leading is not None:
        return term(f"moved_most_{moves[0]}", lang, group=lower_first(names[leading]))
    if moves[0] == moves[1]:
        return term(f"moved_both_{moves[0]}", lang)
    words = [
        term(f"moved_{move}", lang, group=lower_first(name))
        for name, move in zip(names, moves, strict=True)
        if move != "level"
    ]
    return capital(enumerated(words, lang))


def doubt_sentence(row: GapRow, lang: Lang) -> str:
    """Why what became of a gap is not sure; "" where it is, or where there is no change."""
    doubt = row.change_doubt
    if doubt is None or doubt == "lacking":
        return ""
    pupils = "_pupils" if doubt == "small" and row.fewest < FEWEST_PERSONS else ""
    return term(f"doubt_{doubt}{pupils}", lang, fewest=row.fewest)


def list_sentences(
    found: GapList,
    country: GapChange | None,
    latest: Gap | None,
    *,
    level: AddressLevel,
    wording: Wording,
) -> list[str]:
    """
    What stands above a list of regions: how many, why, where most, and what became of the country.

    Args:
        found: the list.
        country: what became of the country's own gap over the period of the list.
        latest: a gap of the list, whose groups and segment give the words.
        level: of the regions.
        wording: of the indicator.

    """
    if found.period is None or latest is None:
        return [term("gaps_no_period", wording.lang)]
    lang = wording.lang
    years = _years(found.period, lang)
    sentences = []
    if len(found.rows) > 1:
        sentences = [_counts(found, years, level=level, lang=lang)]
        sentences += [_causes(found, latest, wording), _most(found, level, wording)]
    if country:
        sentences.append(_country(country, latest, years, wording))
    return [sentence for sentence in sentences if sentence]


def _counts(found: GapList, years: dict[str, str], *, level: AddressLevel, lang: Lang) -> str:
    """In how many regions the gap narrowed, widened, stayed, turned, or nobody knows."""
    counts, all_ = found.counts, len(found.rows)
    regions = term(f"gaps_of_{level}", lang)
    narrowing = counts["narrowing"]
    rest = [
        term(f"gaps_{one}", lang, count=counts[one])
        for one in ("uncertain", "lacking")
        if counts[one]
    ]
    if not any(counts[one] for one in ("narrowing", "widening", "unchanged", "turned")):
        short = all(row.change_doubt in {"short", "lacking"} for row in found.rows)
        key = "gaps_short" if short else "gaps_unsure"
        return term(key, lang, all=all_, regions=regions, **years)
    which = "none" if not narrowing else "all" if narrowing == all_ else "some"
    others = [
        term(f"gaps_{one}", lang, count=counts[one])
        for one in ("widening", "unchanged", "turned")
        if counts[one]
    ]
    words = {"count": narrowing, "all": all_, "regions": regions}
    narrowed = term(f"gaps_narrowed_{which}", lang, any=term(f"gaps_any_{level}", lang), **words)
    text = term("gaps_counted", lang, parts=enumerated([narrowed, *others], lang), **years)
    return f"{text} {capital(enumerated(rest, lang))}." if rest else text


def _causes(found: GapList, latest: Gap, wording: Wording) -> str:
    """Of the regions in which the gap narrowed, in how many which group moved."""
    lang, rows = wording.lang, found.sure("narrowing")
    if not rows:
        return ""
    causes = found.causes
    lower = {0 if row.change.starts[0] <= row.change.starts[1] else 1 for row in rows if row.change}
    groups = _those(latest, wording)
    names = {"lower": term("the_lower", lang), "higher": term("the_higher", lang)}
    if len(lower) == 1:
        side = lower.pop()
        names = {"lower": groups[side], "higher": groups[1 - side]}
    subject = short_subject(latest.first, wording)
    shared = {row.change.cause for row in rows if row.change and row.change.is_shared}
    reasons = {
        cause: term(
            f"closed_{cause}_most" if cause in shared else f"closed_{cause}",
            lang,
            subject=subject,
            **names,
        )
        for cause in _CAUSES
        if causes[cause]
    }
    parts = list(reasons.values())
    if len(parts) > 1:
        parts = [
            term("gaps_closed_part", lang, count=causes[cause], reason=reason)
            for cause, reason in reasons.items()
        ]
    return term("gaps_closed", lang, count=len(rows), parts=enumerated(parts, lang))


def _most(found: GapList, level: AddressLevel, wording: Wording) -> str:
    """Where the gap narrowed most; several that are about equal; "" where nobody is named."""
    lang, leading = wording.lang, found.most("narrowing")
    if not leading:
        return ""
    if len(leading) > _MOST_NAMED and len(leading) == len(found.sure("narrowing")):
        return ""
    if len(leading) > _MOST_NAMED:
        regions = term(f"gaps_of_{level}", lang)
        return term("gaps_most_many", lang, count=len(leading), regions=regions)
    if len(leading) > 1:
        names = places_phrase([wording.locative(row.region) for row in leading], lang)
        return term("gaps_most_several", lang, names=names)
    row = leading[0]
    if row.change is None or row.gap is None:
        return ""
    return term(
        "gaps_most",
        lang,
        where=wording.locative(row.region),
        size=difference_size(row.change.change, row.gap.first.segment, wording),
        because=cause_clause(row.change, row.gap, wording),
        **_sizes(row.change, row.gap, wording),
    )


def places_phrase(places: list[str], lang: Lang) -> str:
    """Places in a sentence, a preposition that all of them have once: "i Nacka och Tyresö"."""
    prepositions = {place.partition(" ")[0] for place in places}
    if len(prepositions) == 1:
        places = [places[0], *(without_preposition(place) for place in places[1:])]
    return enumerated(places, lang)


def _country(country: GapChange, latest: Gap, years: dict[str, str], wording: Wording) -> str:
    """What became of the country's own gap."""
    lang, verdict = wording.lang, country.verdict
    blanks = {**years, **_sizes(country, latest, wording)}
    if verdict in {"narrowing", "widening"}:
        blanks["because"] = cause_clause(country, latest, wording)
    text = term(f"country_{verdict}", lang, **blanks)
    return " ".join(filter(None, [text, _opposite(country, lang)]))


def _opposite(changed: GapChange, lang: Lang) -> str:
    """That the ratio moved the other way; "" where it did not."""
    if not changed.opposite:
        return ""
    start, end = (
        format.number(first / second, RATIO_DECIMALS, lang)
        for first, second in (changed.starts, changed.ends)
    )
    return term(f"opposite_{changed.verdict}", lang, start=start, end=end)


def _years(period: GapPeriod, lang: Lang) -> dict[str, str]:
    """The first and the last year, or two years, in words; that they are means."""
    first, last = (period_ends(periods, lang) for periods in (period.first, period.last))
    means = f" {term('gap_means', lang)}" if len(period.first) > 1 else ""
    return {"first": first, "last": last, "means": means}


def period_ends(periods: Sequence[str], lang: Lang) -> str:
    """One year or two, "2011–2012"; of months those of one season, "september 2020/2021"."""
    if has_seasons(periods[0]) and len(periods) > 1:
        return f"{format.period_name(periods[0], lang)}/{periods[1][:4]}"
    return format.periods(periods[0], periods[-1], lang)


def _sizes(changed: GapChange, latest: Gap, wording: Wording) -> dict[str, str]:
    """The gap at both ends: its size, or signed where it changed sign."""
    turned = changed.verdict == "turned"
    decimals, lang = wording.indicator.decimals, wording.lang
    start = changed.start if turned else abs(changed.start)
    sign = format.MINUS if turned and changed.end < 0 else ""
    return {
        "start": format.number(start, decimals, lang),
        "end": sign + difference_size(changed.end, latest.first.segment, wording),
    }


def _span(changed: GapChange, side: int, latest: Gap, wording: Wording) -> str:
    """From what to what a group moved."""
    decimals, lang = wording.indicator.decimals, wording.lang
    start, end = changed.starts[side], changed.ends[side]
    return term(
        "from_to",
        lang,
        start=format.number(start, decimals, lang),
        end=with_unit(format.number(end, decimals, lang), latest.first.segment, wording),
    )


def _those(latest: Gap, wording: Wording) -> tuple[str, str]:
    """The members of both groups in running text."""
    sides = latest.first, latest.second
    dimension = differing((sides[0].group, sides[1].group))
    first, second = (those_phrase(dimension, getattr(side, dimension), wording) for side in sides)
    return first, second


def count_of_doubts(doubts: Sequence[str | None], lang: Lang) -> str:
    """How many are uncertain for which reason, in a few words; "" for none."""
    counted = Counter(doubt for doubt in doubts if doubt)
    if len(counted) == 1:
        return term(f"part_{next(iter(counted))}", lang)
    return ", ".join(f"{term(f'part_{doubt}', lang)} {counted[doubt]}" for doubt in sorted(counted))
