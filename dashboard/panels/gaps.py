"""
The gaps between two groups in many regions, as lists, maps and files of them begin.

Asks `data.series` for figures and for the sizes of groups; the rules are in `rules.gap_changes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dashboard.codes import Group, Order, codes_of_groups
from dashboard.data.observation import Observation
from dashboard.data.series import populations, region_series
from dashboard.rules.gap_changes import (
    GapChange,
    GapList,
    gap_change,
    gap_list,
    reaching,
    size_groups,
    smaller_group,
)
from dashboard.rules.gaps import Gap, differing, gap_stretches, gaps
from dashboard.state.visit import Visit
from dashboard.text import lower_first
from etl.catalogue import Indicator


@dataclass(frozen=True)
class GroupPair:
    """Two groups that differ in one dimension, as the link names them and as they are asked for."""

    codes: tuple[str, str]
    dimension: str
    kind: str
    groups: tuple[Group, Group]
    names: tuple[str, str]

    @property
    def words(self) -> dict[str, str]:
        """The names inside a sentence, as its blanks."""
        first, second = (lower_first(name) for name in self.names)
        return {"one": first, "other": second}


@dataclass(frozen=True)
class PairGaps:
    """Both groups of a pair in some regions: their rows, and the gaps of each region by code."""

    indicator: Indicator
    pair: tuple[Group, Group]
    rows: tuple[Observation, ...]
    series: Mapping[str, tuple[Gap, ...]]

    def of(self, region: str) -> tuple[Gap, ...]:
        """The gaps of a region, oldest first."""
        return self.series.get(region, ())

    def over(self, region: str, found: GapList, until: str) -> GapChange | None:
        """What became of the gap of a region over the period of a list; None where it lacks it."""
        if found.period is None:
            return None
        stretches = gap_stretches(self.of(region), self.indicator)
        return gap_change(reaching(stretches, until), self.indicator, found.period)


def gaps_of_regions(
    visit: Visit, indicator: Indicator, pair: tuple[Group, Group], codes: Sequence[str]
) -> PairGaps:
    """The gaps between two groups in some regions, all years."""
    rows = region_series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=tuple(codes),
        groups=codes_of_groups(pair),
    )
    return pair_gaps([row for row in rows if row.group in pair], pair, indicator)


def pair_gaps(
    rows: Iterable[Observation], pair: tuple[Group, Group], indicator: Indicator
) -> PairGaps:
    """The gaps of every region in the rows of two groups."""
    kept = tuple(rows)
    code_of = attrgetter(differing(pair))
    own = code_of(pair[0])
    sides: dict[str, tuple[list[Observation], list[Observation]]] = {}
    for row in kept:
        first, second = sides.setdefault(row.region, ([], []))
        (first if code_of(row) == own else second).append(row)
    series = {code: gaps(first, second, indicator) for code, (first, second) in sides.items()}
    return PairGaps(indicator, pair, kept, series)


def listed_gaps(
    visit: Visit,
    known: PairGaps,
    names: Mapping[str, str],
    *,
    until: str,
    since: str = "",
    order: Order = "namn",
    ranked: bool = True,
    persons: Mapping[str, float] | None = None,
) -> GapList:
    """
    The regions of `names` with their gaps and what is sure of them, as by `gap_list`.

    `persons`: as by `smaller_groups`, where they are known.
    """
    if persons is None:
        persons = smaller_groups(visit, known, tuple(names), until)
    return gap_list(
        known.series,
        known.indicator,
        names,
        persons=persons,
        until=until,
        since=since,
        order=order,
        ranked=ranked,
    )


def smaller_groups(
    visit: Visit, known: PairGaps, codes: Sequence[str], until: str
) -> Mapping[str, float]:
    """How many there are in the smaller group of each region in a period."""
    indicator, catalogue = known.indicator, visit.catalogue
    wanted = [
        group for side in known.pair for group in size_groups(side, indicator, until, catalogue)
    ]
    people = populations(
        visit.context, visit.warehouse, codes=codes, groups=wanted, year=int(until[:4])
    )
    return smaller_group(
        known.rows, known.pair, indicator, people, until=until, catalogue=catalogue
    )
