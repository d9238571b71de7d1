"""
Which two years may be set beside each other: for a region, or for most of a list.

Pure. `comparison` decides of each pair of observations.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from dashboard.comparison import Verdict, compared
from dashboard.observation import Observation, division, level
from dashboard.stretches import unbroken
from etl.catalogue import Indicator

Series = Sequence[Observation]
Pair = tuple[Observation, Observation]


def usual(own: Series, others: Iterable[Series], indicator: Indicator) -> tuple[str, str] | None:
    """
    The first and the last year of the latest stretch of the own series with two numbers.

    Where it has none, those that most of the other series share; None where nobody has any.
    """
    mine = _ends(own, indicator)
    if mine:
        return mine
    found = Counter(filter(None, (_ends(one, indicator) for one in others)))
    return max(found, key=lambda pair: (found[pair], pair), default=None)


def possible(
    years: Iterable[str], fixed: str, series: Sequence[Series], indicator: Indicator
) -> Mapping[str, Verdict | None]:
    """
    Each year with the verdict why none of the series may be compared with the fixed year.

    None where at least one may. A year in which nobody has a row has no entry.
    """
    known = {(one.region, one.period): one for one in chain.from_iterable(series)}
    regions = list(dict.fromkeys(region for region, _ in known))
    found: dict[str, Verdict | None] = {}
    for year in years:
        both = [
            (known[region, year], known[region, fixed])
            for region in regions
            if (region, year) in known and (region, fixed) in known
        ]
        for one, other in _different(both, indicator):
            verdict = compared(one, other, indicator)
            found[year] = None if verdict.comparable else verdict
            if verdict.comparable:
                break
    return found


def _different(both: Iterable[Pair], indicator: Indicator) -> list[Pair]:
    """One pair of each sort: what is not of the region itself decides alike for all of them."""
    targets = [target for mark in indicator.breaks for target in mark.applies_to]
    is_local = any(target.startswith("region:") for target in targets)
    sorts: dict[tuple[object, ...], Pair] = {}
    for one, other in both:
        sort = (one.segment, other.segment, one.present, other.present, level(one.region))
        special = one.region if is_local or one.members or division(one.region) else ""
        sorts.setdefault((*sort, special), (one, other))
    return list(sorts.values())


def _ends(series: Series, indicator: Indicator) -> tuple[str, str] | None:
    """First and last year with a number of the latest stretch that has two; None without one."""
    whole = [one.present for one in unbroken(series, indicator) if len(one.present) > 1]
    return (whole[-1][0].period, whole[-1][-1].period) if whole else None
