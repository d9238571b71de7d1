"""
The figures of the heat table: indicators by regions, each against the own region.

An edge over `queries` and `series`, remembered per version and question. What may be set beside
what is decided by `comparison`; what is missing stays missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from statistics import median

from dashboard import headline, queries, series
from dashboard.columns import Column, members, union
from dashboard.comparison import MEDIAN, Difference, difference
from dashboard.observation import Observation, division, observations
from dashboard.visit import Visit
from etl.catalogue import Indicator
from etl.measures import Lacking, expected

NEWER = "RegSO 2025"
FEWEST = 10  # under so many regions there are no fifths
# Have no median, and nobody learns by how much a county has more people, or where it stands.
UNMEASURED = frozenset({"count", "class"})


@dataclass(frozen=True)
class Cell:
    """One figure: in which fifth of its level it lies, 1 the lowest, and how it differs."""

    one: Observation | None
    fifth: int | None = None
    found: Difference | None = None  # this figure less that of the own region


@dataclass(frozen=True)
class Line:
    """One indicator: a cell for each column."""

    indicator: Indicator
    cells: tuple[Cell, ...]


def lines(
    visit: Visit, columns: Sequence[Column], indicators: Sequence[Indicator]
) -> tuple[Line, ...]:
    """The lines of the table; an indicator without a figure of the own region has empty cells."""
    own = columns[0].code
    newest = {
        id: row.glance.newest for id, row in headline.rows(visit, own).items() if row.glance.newest
    }
    asked = [newest[one.id] for one in indicators if one.id in newest]
    plain = {column.code for column in columns if column.made == "region"}
    inside = {
        code
        for column in columns
        for one in asked
        for code in members(visit, column, one.indicator, own)
    }
    figures = _figures(visit, plain | inside, asked)
    together = _unions(visit, [column for column in columns if column.made == "union"])
    fifths = _fifths(visit, plain, asked)
    return tuple(
        Line(
            indicator,
            tuple(
                _cell(
                    indicator,
                    column,
                    newest.get(indicator.id),
                    known=(figures, together),
                    fifths=fifths,
                )
                for column in (
                    replace(one, members=members(visit, one, indicator.id, own)) for one in columns
                )
            ),
        )
        for indicator in indicators
    )


Figures = Mapping[tuple[str, str], Observation]  # by indicator and region


def _cell(
    indicator: Indicator,
    column: Column,
    own: Observation | None,
    *,
    known: tuple[Figures, Figures],
    fifths: Mapping[tuple[str, str], int],
) -> Cell:
    figures, together = known
    if own is None:
        return Cell(None)
    one = figures.get((indicator.id, column.code))
    if column.made == "union":
        one = together.get((indicator.id, column.code))
    if column.made == "median" or (column.made == "union" and one is None):
        one = _median(indicator, column, own, figures)
    if own.region == column.code:
        return Cell(own, fifths.get((indicator.id, column.code)))
    if one is None or indicator.measure in UNMEASURED:
        return Cell(one)
    fifth = fifths.get((indicator.id, column.code))
    return Cell(one, fifth, difference(one, own, indicator))


def _median(
    indicator: Indicator, column: Column, own: Observation, figures: Figures
) -> Observation | None:
    """The median of the members in the own region's year and register, with who is lacking."""
    if indicator.measure in UNMEASURED:
        return None
    here = [figures.get((indicator.id, code)) for code in column.members]
    found = {one.region: one for one in here if one and one.segment == own.segment}
    newer = any(division(code) == NEWER for code in found)
    wanted = expected(column.members, newer=newer)
    alike = {code: found[code] for code in wanted if code in found and found[code].present}
    if not alike:
        return None
    lacking = tuple(
        Lacking(code, "suppressed" if code in found else "absent")
        for code in wanted
        if code not in alike
    )
    return Observation(
        indicator.id,
        column.code,
        own.period,
        own.segment,
        median(one.number for one in alike.values()),
        background=own.background,
        kind="computed",
        members=wanted,
        lacking=lacking,
        division=division(next(iter(alike))),
        how=MEDIAN,
    )


def _figures(visit: Visit, regions: set[str], asked: Sequence[Observation]) -> Figures:
    wanted = [(one.indicator, one.background, one.period) for one in asked]
    rows = queries.beside(visit.warehouse, sorted(regions), wanted)
    found = starmap(Observation, rows)
    return {(one.indicator, one.region): one for one in found}


def _unions(visit: Visit, columns: Sequence[Column]) -> Figures:
    made: dict[tuple[str, str], Observation] = {}
    for column in columns:
        rows = series.latest(visit.context, visit.warehouse, (column.code,), union(column))
        made |= {(one.indicator, one.region): one for one in observations(rows)}
    return made


def _fifths(
    visit: Visit, regions: set[str], asked: Sequence[Observation]
) -> Mapping[tuple[str, str], int]:
    """In which fifth of its level each region lies, where the level has enough regions."""
    wanted = [
        (
            one.indicator,
            one.background,
            one.period,
            visit.catalogue.indicator[one.indicator].decimals,
        )
        for one in asked
        if visit.catalogue.indicator[one.indicator].measure not in UNMEASURED
    ]
    rows = queries.standing(visit.warehouse, sorted(regions), wanted)
    return {
        (indicator, region): 1 + 5 * (place - 1) // number
        for region, indicator, place, number in rows
        if number >= FEWEST
    }
