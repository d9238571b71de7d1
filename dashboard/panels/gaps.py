"""
The gaps between two groups in many regions, as lists, maps and files of them begin.

Asks `data.series` for figures and for the sizes of groups; the rules are in `rules.gap_changes`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from dashboard.codes import EVERYBODY, Group, Order, codes_of_groups
from dashboard.data.observation import Observation
from dashboard.data.series import ask_together, populations, region_series
from dashboard.panels.inventory import existing_level_groups
from dashboard.panels.provenance import used_tables
from dashboard.rules.gap_changes import (
    GapChange,
    GapList,
    GapRow,
    gap_change,
    gap_list,
    reaching,
    size_groups,
    smaller_group,
)
from dashboard.rules.gaps import (
    Gap,
    differing,
    gap_stretches,
    gaps,
    pair_refusal,
    with_code,
)
from dashboard.state.visit import Visit
from dashboard.text import enumerated, lower_first, term
from etl.catalogue import Indicator

NoGaps = Literal["count", "class", "groups", "region"]


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


@dataclass(frozen=True)
class IndicatorGaps:
    """
    The gap of one region by many indicators, the newest year of each, over its own stretch.

    `lacking` are the indicators without one, by reason: numbers of people, classes, groups that
    the source does not have, and figures that this region lacks in one and the same year.
    """

    rows: tuple[tuple[PairGaps, GapRow], ...]
    lacking: Mapping[NoGaps, tuple[Indicator, ...]]


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


def gaps_by_indicator(
    visit: Visit, region: str, codes: tuple[str, str], indicators: Sequence[Indicator]
) -> IndicatorGaps:
    """The gap between two groups in one region by each of some indicators."""
    catalogue = visit.catalogue
    first, second = (with_code(EVERYBODY, code, catalogue) for code in codes)
    pair = first, second
    lacking: dict[NoGaps, list[Indicator]] = {}
    asked: list[Indicator] = []
    for indicator in indicators:
        refusal = pair_refusal(first, second, indicator, catalogue)
        groups = {group for _, group in existing_level_groups(visit, indicator)}
        if refusal == "count":
            lacking.setdefault("count", []).append(indicator)
        elif refusal == "class":
            lacking.setdefault("class", []).append(indicator)
        elif refusal or not groups.issuperset(pair):
            lacking.setdefault("groups", []).append(indicator)
        else:
            asked.append(indicator)
    of_pair = codes_of_groups(pair)
    ask_together(
        visit.context, visit.warehouse, [(indicator.id, (region,), of_pair) for indicator in asked]
    )
    found: dict[str, list[PairGaps]] = {}
    for indicator in asked:
        known = gaps_of_regions(visit, indicator, pair, (region,))
        until = max((gap.period for gap in known.of(region) if gap.value is not None), default="")
        if until:
            found.setdefault(until, []).append(known)
        else:
            lacking.setdefault("region", []).append(indicator)
    rows = {
        known.indicator.id: (known, row)
        for until, of_year in found.items()
        for known, row in _of_one_year(visit, region, until, of_year)
    }
    return IndicatorGaps(
        tuple(rows[indicator.id] for indicator in asked if indicator.id in rows),
        {reason: tuple(lacked) for reason, lacked in lacking.items()},
    )


def _of_one_year(
    visit: Visit, region: str, until: str, series: Sequence[PairGaps]
) -> Iterator[tuple[PairGaps, GapRow]]:
    """The newest gap of one region by indicators of one year, whose groups are counted at once."""
    wanted = dict.fromkeys(
        group
        for known in series
        for side in known.pair
        for group in size_groups(side, known.indicator, until, visit.catalogue)
    )
    people = populations(
        visit.context, visit.warehouse, codes=(region,), groups=tuple(wanted), year=int(until[:4])
    )
    for known in series:
        persons = smaller_group(
            known.rows, known.pair, known.indicator, people, until=until, catalogue=visit.catalogue
        )
        names = {region: region}
        yield known, listed_gaps(visit, known, names, until=until, persons=persons).rows[0]


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


def figures_behind(known: PairGaps, rows: Iterable[GapRow]) -> list[Observation]:
    """The figures of both groups that gaps and their changes are worked out from."""
    wanted = {
        (row.region, period)
        for row in rows
        for period in (
            *((row.gap.period,) if row.gap else ()),
            *(row.change.period.ends if row.change else ()),
        )
    }
    return [one for one in known.rows if (one.region, one.period) in wanted]


def tables_behind(
    visit: Visit, indicator: Indicator, figures: Sequence[Observation]
) -> tuple[str, ...]:
    """The ids of the tables that figures come from, in order."""
    used = used_tables(visit, indicator, figures)
    return tuple(sorted({table.table_id for table in used}))


def source_of(visit: Visit, tables: Iterable[str]) -> str:
    """Whose figures gaps are worked out from: "Egen bearbetning av data från SCB, tabell …"."""
    listed = enumerated(list(dict.fromkeys(tables)), visit.lang)
    example = f"{term('example', visit.lang)} · " if visit.warehouse.example else ""
    return example + term("source_computed", visit.lang, tables=listed)


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
