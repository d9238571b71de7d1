"""
The figures of the heat table: indicators by regions, each compared with the selected region.

Asks `data.queries` and `data.series`, remembered per version and question. What may be compared
is decided by `rules.comparison`; what is missing stays missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import starmap
from statistics import median
from sys import intern
from typing import Any, Literal

from dashboard.codes import MENU_LEVELS, Order
from dashboard.data import series
from dashboard.data.observation import Observation
from dashboard.data.observation import displayed_value as displayed
from dashboard.data.queries.figures import (
    counts_of_regions,
    figures_of_regions,
    newest_of_levels,
    ranks,
)
from dashboard.panels import overview
from dashboard.rules.comparison import MEDIAN, NOT_COMPARED, Difference, comparability, difference
from dashboard.rules.order import ALPHABET
from dashboard.state.comparison import SIMILAR, named_comparison
from dashboard.state.regions import names_apart, with_region_group
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator
from etl.catalogue.regions import BOTH_DIVISIONS, division, region_level
from etl.measures.unions import (
    FEWEST_FOR_MEDIAN,
    MissingMember,
    RegionUnion,
    expected_members,
)

ColumnKind = Literal["region", "union", "median"]
_MOST_COLUMNS = 40


@dataclass(frozen=True)
class HeatColumn:
    """One column: the code that links carry, its heading, and its members if it is a group."""

    code: str
    name: str
    kind: ColumnKind
    members: tuple[str, ...] = ()
    lasting: frozenset[str] = frozenset()  # members that are the same in both RegSO divisions


def heat_columns(visit: Visit, region: str) -> tuple[tuple[HeatColumn, ...], list[str]]:
    """The columns of a link, the own region first, and a notice for what it names in vain."""
    state, lang = visit.state, visit.lang
    comparison, notices = named_comparison(
        state, region, visit.regions, partial(visit.similar, region)
    )
    columns = [
        _column(visit, code)
        if code != SIMILAR
        else HeatColumn(SIMILAR, similar_name(visit), "median", members)
        for code, members in {region: (), **comparison}.items()
    ]
    _, union, group_notices = with_region_group(state.region_group, visit.regions, lang)
    if state.region_group and union:
        columns.append(_union_column(visit, union.code, state.region_group.name, union.members))
    notices += group_notices
    names = names_apart((column.code for column in columns), visit.regions, lang)
    columns = [replace(column, name=names.get(column.code, column.name)) for column in columns]
    if columns[_MOST_COLUMNS:]:
        notices.append(term("too_many_columns", lang, count=_MOST_COLUMNS))
    return tuple(columns[:_MOST_COLUMNS]), notices


def similar_name(visit: Visit) -> str:
    """The heading of the median of similar municipalities; that their criteria are one's own."""
    return term("similar_median_own" if visit.state.weights else "similar_median", visit.lang)


def _column_union(column: HeatColumn) -> RegionUnion:
    """The union that a column is."""
    return RegionUnion(column.code, column.members)


def _column_members(
    visit: Visit, column: HeatColumn, indicator: str, region: str
) -> tuple[str, ...]:
    """The members of a column; similar ones by anything but the subject of the indicator."""
    return visit.similar(region, indicator) if column.code == SIMILAR else column.members


def _column(visit: Visit, code: str) -> HeatColumn:
    region = visit.regions[code]
    name = region.name(visit.lang)
    if not region.members:
        return HeatColumn(code, name, "region")
    return _union_column(visit, code, name, region.members)


def _union_column(visit: Visit, code: str, name: str, members: tuple[str, ...]) -> HeatColumn:
    known = (visit.regions[member] for member in members if member in visit.regions)
    lasting = frozenset(area.code for area in known if area.division == BOTH_DIVISIONS)
    return HeatColumn(code, name, "union", members, lasting)


_NEWER = "RegSO 2025"
_FEWEST_FOR_FIFTHS = 10  # under so many regions there are no fifths


@dataclass(frozen=True)
class HeatCell:
    """
    One figure: in which fifth of its level it lies, 1 the lowest, and how it differs.

    `members` are those of the few areas of a union that has no figure itself.
    """

    figure: Observation | None
    fifth: int | None = None
    difference: Difference | None = None  # the figure of the selected region less this one
    members: tuple[Observation, ...] = ()


@dataclass(frozen=True)
class HeatRow:
    """One indicator: a cell for each column."""

    indicator: Indicator
    cells: tuple[HeatCell, ...]


def region_columns(visit: Visit, codes: Sequence[str]) -> tuple[HeatColumn, ...]:
    """A column for each of some regions, the one that the others are compared with first."""
    names = names_apart(codes, visit.regions, visit.lang)
    columns = (_column(visit, code) for code in codes)
    return tuple(replace(column, name=names.get(column.code, column.name)) for column in columns)


def heat_rows(
    visit: Visit, columns: Sequence[HeatColumn], indicators: Sequence[Indicator]
) -> tuple[HeatRow, ...]:
    """The rows of the table; an indicator without a figure of the own region has empty cells."""
    (rows,) = heat_tables(visit, [(columns, indicators)])
    return rows


def heat_tables(
    visit: Visit, tables: Sequence[tuple[Sequence[HeatColumn], Sequence[Indicator]]]
) -> list[tuple[HeatRow, ...]]:
    """
    The rows of several tables with the same region in front, as by `heat_rows`.

    The figures of all are asked for at once.
    """
    columns = dict.fromkeys(column for listed, _ in tables for column in listed)
    ids = dict.fromkeys(indicator.id for _, listed in tables for indicator in listed)
    region = next(iter(columns)).code
    newest = overview.newest_figures(visit, region, ids)
    newest_shown = list(newest.values())
    regions_alone = {column.code for column in columns if column.kind == "region"}
    members = {
        code
        for column in columns
        for figure in newest_shown
        for code in _column_members(visit, column, figure.indicator, region)
    }
    figures = _figures(visit, regions_alone | members, newest_shown)
    unions = _unions(visit, [column for column in columns if column.kind == "union"])
    figures = _with_counts(visit, figures, newest_shown)
    fifths = _fifths(visit, regions_alone, newest_shown)
    return [
        tuple(
            HeatRow(
                indicator,
                tuple(
                    _cell(
                        indicator,
                        column,
                        newest.get(indicator.id),
                        figures_known=(figures, unions),
                        fifths=fifths,
                    )
                    for column in (
                        replace(
                            column, members=_column_members(visit, column, indicator.id, region)
                        )
                        if column.code == SIMILAR
                        else column
                        for column in listed_columns
                    )
                ),
            )
            for indicator in indicators
        )
        for listed_columns, indicators in tables
    ]


_FiguresByRegion = Mapping[tuple[str, str], Observation]  # by indicator and region


def _cell(
    indicator: Indicator,
    column: HeatColumn,
    reference: Observation | None,
    *,
    figures_known: tuple[_FiguresByRegion, _FiguresByRegion],
    fifths: Mapping[tuple[str, str], int],
) -> HeatCell:
    figures, unions = figures_known
    if reference is None:
        return HeatCell(None)
    figure = figures.get((indicator.id, column.code))
    if column.kind == "union":
        figure = unions.get((indicator.id, column.code))
    if column.kind == "union" and figure is None:
        members = _side_by_side(column, reference, figures)
        if members:
            return HeatCell(None, members=members)
    if column.kind == "median" or (column.kind == "union" and figure is None):
        figure = _median(indicator, column, reference, figures)
    if reference.region == column.code:
        own = figure or reference  # the same, perhaps with its counts
        return HeatCell(
            own if own.period == reference.period else reference,
            fifths.get((indicator.id, column.code)),
        )
    if figure is None or indicator.measure in NOT_COMPARED:
        return HeatCell(figure)
    fifth = fifths.get((indicator.id, column.code))
    return HeatCell(figure, fifth, difference(reference, figure, indicator))


def _side_by_side(
    column: HeatColumn, reference: Observation, figures: _FiguresByRegion
) -> tuple[Observation, ...]:
    """The figures of the few members of a union in the own region's year and register."""
    expected = expected_members(column.members, newer=False, lasting=column.lasting)
    if len(expected) > series.MOST_SIDE_BY_SIDE:
        return ()
    own = (figures.get((reference.indicator, code)) for code in column.members)
    return tuple(one for one in own if one and one.segment == reference.segment)


def _median(
    indicator: Indicator, column: HeatColumn, reference: Observation, figures: _FiguresByRegion
) -> Observation | None:
    """The median of the members in the own region's year and register, with who is lacking."""
    if indicator.measure in NOT_COMPARED:
        return None
    members_figures = [figures.get((indicator.id, code)) for code in column.members]
    by_region = {
        figure.region: figure
        for figure in members_figures
        if figure and figure.segment == reference.segment
    }
    newer = any(division(code) == _NEWER for code in by_region)
    members = expected_members(column.members, newer=newer, lasting=column.lasting)
    present = {
        code: by_region[code] for code in members if code in by_region and by_region[code].present
    }
    if len(present) < FEWEST_FOR_MEDIAN:
        return None
    lacking = tuple(
        MissingMember(code, "suppressed" if code in by_region else "absent")
        for code in members
        if code not in present
    )
    return Observation(
        indicator.id,
        column.code,
        reference.period,
        reference.segment,
        median(figure.number for figure in present.values()),
        background=reference.background,
        kind="computed",
        members=members,
        lacking=lacking,
        division=BOTH_DIVISIONS if column.lasting.issuperset(members) else _division(members),
        how=MEDIAN,
    )


def _division(members: Sequence[str]) -> str | None:
    divisions = [division(code) for code in members]
    return _NEWER if _NEWER in divisions else divisions[0]


def _figures(visit: Visit, regions: set[str], newest: Sequence[Observation]) -> _FiguresByRegion:
    keys = [(figure.indicator, figure.background, figure.period) for figure in newest]
    rows = figures_of_regions(visit.warehouse, sorted(regions), keys)
    known = [code for code in regions if code in visit.regions]
    figures = [*starmap(Observation, rows), *overview.county_district_figures(visit, known, keys)]
    return {(figure.indicator, figure.region): figure for figure in figures}


def _with_counts(
    visit: Visit, figures: _FiguresByRegion, newest: Sequence[Observation]
) -> _FiguresByRegion:
    """The figures with the counts behind them, where the reader asks for those."""
    known = visit.catalogue.indicator
    if not visit.state.counts:
        return figures
    keys = [
        (figure.indicator, figure.background, figure.period)
        for figure in newest
        if known[figure.indicator].counted
    ]
    regions = sorted({region for _, region in figures})
    counted = {
        (indicator, region): (numerator, denominator)
        for indicator, region, numerator, denominator in counts_of_regions(
            visit.warehouse, regions, keys
        )
    }
    return {
        key: figure._replace(numerator=counted[key][0], denominator=counted[key][1])
        if key in counted
        else figure
        for key, figure in figures.items()
    }


def _unions(visit: Visit, columns: Sequence[HeatColumn]) -> _FiguresByRegion:
    figures: dict[tuple[str, str], Observation] = {}
    for column in columns:
        rows = series.newest_observations(
            visit.context, visit.warehouse, (column.code,), _column_union(column)
        )
        figures |= {(figure.indicator, figure.region): figure for figure in rows}
    return figures


def _fifths(
    visit: Visit, regions: set[str], newest: Sequence[Observation]
) -> Mapping[tuple[str, str], int]:
    """In which fifth of its level each region lies, where the level has enough regions."""
    keys = [(figure.indicator, figure.background, figure.period) for figure in newest]
    known = visit.context.memory.recall(
        (visit.warehouse.version, "fifths"),
        lambda: _fifths_of_figures(visit, newest_of_levels(visit.warehouse)),
    )
    others = [key for key in keys if key not in known]
    known = {**known, **_fifths_of_figures(visit, others)} if others else known
    return {
        (key[0], region): fifth
        for key in keys
        for region in regions
        if (fifth := known.get(key, {}).get(region))
    }


def _fifths_of_figures(
    visit: Visit, figures: Iterable[overview.FigureKey]
) -> Mapping[overview.FigureKey, Mapping[str, int]]:
    """The fifths of all counties and municipalities in each figure, by code."""
    indicators = visit.catalogue.indicator
    compared = [
        (*figure, indicators[figure[0]].decimals)
        for figure in figures
        if figure[0] in indicators and indicators[figure[0]].measure not in NOT_COMPARED
    ]
    fifths: dict[overview.FigureKey, dict[str, int]] = {}
    for region, *figure, rank, number in ranks(visit.warehouse, compared):
        if number >= _FEWEST_FOR_FIFTHS:
            fifth = 1 + 5 * (rank - 1) // number
            id, background, period = figure
            fifths.setdefault((id, background, period), {})[intern(region)] = fifth
    return fifths


_LEVEL_ORDER = ("regso", *MENU_LEVELS)


def ordered_heat(
    columns: Sequence[HeatColumn], lines: Sequence[HeatRow], order: Order
) -> tuple[Sequence[HeatColumn], Sequence[HeatRow]]:
    """Columns and their cells in an order, by the first line; the own region stays first."""

    def name(number: int) -> str:
        return columns[number].name.casefold().translate(ALPHABET)

    keys: Mapping[Order, Callable[[int], Any]] = {
        "namn": name,
        "kod": lambda number: columns[number].code,
        "varde": lambda number: (*_sort_key(lines, number, change=False), name(number)),
        "forandring": lambda number: (*_sort_key(lines, number, change=True), name(number)),
    }
    order_of_columns = [0, *sorted(range(1, len(columns)), key=keys[order])]
    return (
        [columns[number] for number in order_of_columns],
        [
            replace(line, cells=tuple(line.cells[number] for number in order_of_columns))
            for line in lines
        ],
    )


def _sort_key(lines: Sequence[HeatRow], number: int, *, change: bool) -> tuple[bool, int, float]:
    """Whether a column has nothing to sort by, its level, and its figure, the highest first."""
    reference, cell = (lines[0].cells[position] if lines else None for position in (0, number))
    if not (reference and reference.figure and cell and cell.figure):
        return True, 0, 0.0
    indicator, figure = lines[0].indicator, cell.figure
    if not comparability(figure, reference.figure, indicator).comparable:
        return True, 0, 0.0
    value: float | None = displayed(figure.number, indicator.decimals)
    if change:
        value = cell.difference.value if cell.difference else None
    return value is None, _LEVEL_ORDER.index(region_level(figure.region)), -(value or 0.0)
