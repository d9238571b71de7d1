"""
One indicator of one region at a glance: its level, beside whom, what moved, and two groups.

Pure. It words nothing that `comparison` and `direction` do not allow; where they forbid it,
the reason stands in its place.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from dashboard import comparison, format, pieces
from dashboard.direction import FEWEST, direction
from dashboard.observation import PERIOD, Observation
from dashboard.stretches import Stretch, described, unbroken
from dashboard.text import enumerated, term
from dashboard.wording import Voice, apart
from etl.catalogue import Break

Point = tuple[int, float]
# Of these nobody learns by how much a municipality differs from the country.
ALONE = frozenset({"count", "class"})


class Glance(NamedTuple):
    """
    What a row of the overview shows.

    `newest` is None where no year has a number. `lines` are the pieces of the series that may
    be joined, oldest first, as (year, number); the sentences may be "".
    """

    newest: Observation | None
    lines: tuple[tuple[Point, ...], ...] = ()
    beside: tuple[str, ...] = ()
    change: str = ""
    arrow: str = ""
    stretch: str = ""
    gap: str = ""


def glance(
    series: Sequence[Observation],
    others: Sequence[Observation],
    pair: tuple[Observation | None, Observation | None],
    voice: Voice,
) -> Glance:
    """
    The row of a series.

    Args:
        series: one region and group, of any years.
        others: whom it is shown beside, in the year of its newest number.
        pair: born in Sweden and foreign-born in that year, where they exist.
        voice: who speaks.

    """
    parts = unbroken(series, voice.indicator)
    present = list(chain.from_iterable(part.present for part in parts))
    if not present:
        return Glance(None)
    newest = present[-1]
    latest, _ = described(parts)
    found = _change(present, voice)
    return Glance(
        newest,
        lines(parts),
        tuple(_beside(newest, other, voice) for other in others) if _told(voice) else (),
        _moved(found, voice) if found else "",
        (comparison.arrow(found) or "") if found else "",
        _stretch(latest, voice) if latest else "",
        _gap(pair, voice),
    )


def lines(parts: Sequence[Stretch]) -> tuple[tuple[Point, ...], ...]:
    """The pieces of a series that a line may join: no break and no missing year inside."""
    every = _every(tuple(map(PERIOD, chain.from_iterable(part.observations for part in parts))))
    joined: list[tuple[Point, ...]] = []
    for points in (part.points for part in parts if part.points):
        # No two years lie closer together than `every`: where the ends fit, all between them do.
        if points[-1][0] - points[0][0] == every * (len(points) - 1):
            joined.append(points)
            continue
        gaps = [at for at, (one, two) in enumerate(pairwise(points), 1) if two[0] - one[0] != every]
        joined += [points[start:end] for start, end in pairwise((0, *gaps, len(points)))]
    return tuple(joined)


# Most indicators of a region have the same years.
_every = lru_cache(maxsize=256)(pieces.step)


def _told(voice: Voice) -> bool:
    return voice.indicator.measure not in ALONE


def _beside(one: Observation, other: Observation, voice: Voice) -> str:
    found = comparison.difference(one, other, voice.indicator)
    lang, place = voice.lang, voice.place(other.region)
    if found.verdict.reason == "missing":
        return term("glance_missing", lang, where=voice.there(other.region), period=other.period)
    if found.value is None:
        return term("glance_apart", lang, place=place)
    if found.level:
        return term("glance_level", lang, place=place)
    return term(
        "glance_higher" if found.value > 0 else "glance_lower",
        lang,
        difference=apart(found.value, one.segment, voice),
        where=voice.there(other.region),
    )


def _change(present: Sequence[Observation], voice: Voice) -> comparison.Difference | None:
    """The newest figure against that of the period before, as far apart as the source has it."""
    if len(present) < 2 or voice.indicator.measure == "class":
        return None
    return comparison.difference(present[-1], present[-2], voice.indicator)


def _moved(found: comparison.Difference, voice: Voice) -> str:
    lang, since, beware = voice.lang, found.other.period, _beware(found.verdict.cautions, voice)
    if found.value is None:
        years = list(dict.fromkeys(mark.period[:4] for mark in found.verdict.breaks))
        if not years:
            return term("glance_not", lang, period=since)
        return term("glance_broken", lang, years=enumerated(years, lang), period=since)
    if found.level:
        return term("glance_same", lang, period=since) + beware
    size = _signed(found.value, found.one, voice)
    return term("glance_change", lang, size=size, period=since) + beware


def _stretch(latest: Stretch, voice: Voice) -> str:
    """The change over the current stretch, and its direction where it is long enough."""
    seen, lang = latest.present, voice.lang
    if len(seen) < 3:
        return ""
    span = format.periods(seen[0].period, seen[-1].period)
    found = direction(latest, voice.indicator)
    whole = comparison.difference(seen[-1], seen[0], voice.indicator)
    beware = _beware(whole.verdict.cautions, voice)
    if found and found.word != "short":
        return term(f"glance_{found.word}", lang, span=span) + beware
    if whole.value is None:
        return ""
    if whole.level:
        return term("glance_same_span", lang, span=span) + beware
    size = _signed(whole.value, whole.one, voice)
    short = term("glance_short", lang, fewest=FEWEST) if found else ""
    return f"{term('glance_span', lang, size=size, span=span)}{short}{beware}"


def _beware(cautions: Iterable[Break], voice: Voice) -> str:
    """The words that go along with whatever is said across cautions, "" without any."""
    years = list(dict.fromkeys(mark.period[:4] for mark in cautions))
    return term("glance_caution", voice.lang, years=enumerated(years, voice.lang)) if years else ""


def _gap(pair: tuple[Observation | None, Observation | None], voice: Voice) -> str:
    one, other = pair
    if one is None or other is None or not _told(voice):
        return ""
    found = comparison.difference(one, other, voice.indicator)
    if found.value is None:
        return ""
    key = "glance_gap_level" if found.level else "glance_gap"
    return term(key, voice.lang, difference=apart(found.value, one.segment, voice))


def _signed(value: float, one: Observation, voice: Voice) -> str:
    return ("+" if value > 0 else format.MINUS) + apart(value, one.segment, voice)
