"""
The rows of any region, and of any union of regions, in one shape.

Asks `data.queries`: it fetches what a union is made of and lets `etl.measures` decide what
may be made of it. It remembers the latest answers, words nothing and compares nothing. What it
returns is shared by all its readers, who must not change it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, starmap
from math import isfinite
from operator import attrgetter
from typing import Any

import pandas as pd

from dashboard.codes import (
    DIMENSIONS,
    EVERYBODY,
    OF_EVERYBODY,
    POPULATION,
    SEXES,
    Codes,
    Group,
    GroupCodes,
    codes_of_groups,
)
from dashboard.data.context import Context
from dashboard.data.observation import (
    PERIOD_AND_REGION,
    Observation,
    of_regions,
    with_numbers,
)
from dashboard.data.queries.figures import (
    latest_figures,
    nearest_population,
    newest_of_members,
    published_series,
    series_of_indicators,
)
from dashboard.data.queries.holdings import groups_of_regions, lasting_areas, union_members
from dashboard.data.queries.sources import indicator_sources, parted_regions
from dashboard.data.versions import Warehouse
from etl.catalogue import TOTAL, Indicator
from etl.catalogue.regions import BOTH_DIVISIONS
from etl.measures.unions import (
    COUNTY_WITHOUT,
    DISTRICTS_TOGETHER,
    NEAREST_AGES,
    CountyDistricts,
    RegionUnion,
    UnitedFigure,
    WhyNot,
    expected_members,
    median,
    of_county_districts,
    united,
    why_no_county_districts,
)

_TABLE_LEVELS = ("county", "regso")
_SEPARATOR = " "  # between indicator and segment; ids have none
MOST_SIDE_BY_SIDE = 4  # members of a union that are shown one by one in its place
_CELL = attrgetter("period", *DIMENSIONS)
_BY_INDICATOR = attrgetter("indicator", "region")
_PERSON = attrgetter("region", "period", *DIMENSIONS)


@dataclass(frozen=True)
class _SeriesSelection:
    """One question: some groups of some regions, in one period or in all."""

    indicator: str
    regions: Codes
    groups: GroupCodes = OF_EVERYBODY
    period: str | None = None


def _newest_of_union(
    context: Context, warehouse: Warehouse, union: RegionUnion
) -> tuple[Observation, ...]:
    """
    The newest number of each indicator for a union, for everybody.

    An indicator without a number has none, nor has one whose rule is none where the union is of
    several.
    """
    alone = union.alone
    indicators = [
        indicator
        for indicator in context.catalogue.indicators
        if alone or indicator.union != "none"
    ]
    segments = [(indicator, segment) for indicator in indicators for segment in indicator.segments]
    rows = newest_of_members(
        warehouse,
        union.members,
        indicators=[indicator.id for indicator, _ in segments],
        segments=[segment.id for _, segment in segments],
        ages=[
            segment.ages if indicator.union == "weight" else None for indicator, segment in segments
        ],
        nearest=[NEAREST_AGES.get(segment.ages or "") for _, segment in segments],
        alone=alone,
    )
    people: dict[tuple[str, ...], Observation] = {}
    for ages, weight, *figure in chain(
        ((row[0], row[1], *row[4:]) for row in rows), ((row[2], row[3], *row[4:]) for row in rows)
    ):
        if weight is not None:
            seen = Observation(*figure)._replace(
                value=weight, background=TOTAL, age=ages or "", education=TOTAL
            )
            people.setdefault(_PERSON(seen), seen)
    cells = [Observation(*figure) for _, _, _, _, *figure in rows]
    named = [row._replace(segment=row.indicator + _SEPARATOR + row.segment) for row in cells]
    figures: list[Observation] = []
    for group in _by_rule(indicators):
        ids = {indicator.id for indicator in group}
        made = united(
            [row for row in named if row.indicator in ids],
            union,
            _combined(group),
            people.values(),
            parted=_parted(context, warehouse),
        )
        for one in _of_union("", made):
            id, _, segment = one.segment.partition(_SEPARATOR)
            figures.append(one._replace(indicator=id, segment=segment))
    return with_numbers(figures)


def _by_rule(indicators: Sequence[Indicator]) -> Iterable[list[Indicator]]:
    """The indicators that are united by one rule: what takes long is the rule, not the rows."""
    groups: dict[tuple[str, bool], list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault((indicator.union, indicator.measure == "share"), []).append(indicator)
    return groups.values()


def _combined(indicators: Sequence[Indicator]) -> Indicator:
    """Return indicators of one rule as if they were one, their segments under both names."""
    segments = tuple(
        segment.model_copy(update={"id": indicator.id + _SEPARATOR + segment.id})
        for indicator in indicators
        for segment in indicator.segments
    )
    return indicators[0].model_copy(update={"segments": segments})


def region_series(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    groups: GroupCodes = OF_EVERYBODY,
    extra: RegionUnion | None = None,
) -> tuple[Observation, ...]:
    """
    Time series of one indicator for regions and unions of regions, oldest first.

    Args:
        context: the catalogue and the memory.
        warehouse: the version asked.
        indicator: id of the indicator.
        regions: codes, of unions too; one that is unknown has no rows.
        groups: codes of groups, every combination of them.
        extra: a union that the warehouse does not know, used where `regions` names its code.

    Returns:
        A missing value has its status. Of a union of several only the figures that the
        indicator's rule allows (none for the rule `none`; see `union_medians`), of one its
        member's own, and what `Observation` knows of a union; of any other region these are
        None, but for the `division` of an area that is the same in both.

    """
    selection = _SeriesSelection(indicator, tuple(regions), groups)
    return _remembered(context, warehouse, selection, extra)


def ask_together(
    context: Context, warehouse: Warehouse, wanted: Iterable[tuple[str, Sequence[str], GroupCodes]]
) -> None:
    """
    Ask one question for several series, which `region_series` then remembers.

    Args:
        context: the memory.
        warehouse: the version asked.
        wanted: indicator, regions and groups of each. Those of unions, or of ages or educations,
            are left to be asked for by themselves.

    """
    selections = [_SeriesSelection(id, tuple(regions), groups) for id, regions, groups in wanted]
    plain = [one for one in selections if _is_plain(context, warehouse, one)]
    if not plain:
        return
    rows = series_of_indicators(
        warehouse,
        _each(one.indicator for one in plain),
        regions=_each(code for one in plain for code in one.regions),
        backgrounds=_each(code for one in plain for code in one.groups.backgrounds),
        sexes=_each(code for one in plain for code in one.groups.sexes),
    )
    by_indicator: dict[str, list[Observation]] = {one.indicator: [] for one in plain}
    for row in _divided(context, warehouse, starmap(Observation, rows)):
        by_indicator[row.indicator].append(row)
    for one in plain:
        found = tuple(
            row
            for row in by_indicator[one.indicator]
            if row.region in one.regions
            and row.background in one.groups.backgrounds
            and row.sex in one.groups.sexes
        )
        context.recent.recall((warehouse.version, "series", one, None), partial(tuple, found))


def _is_plain(context: Context, warehouse: Warehouse, selection: _SeriesSelection) -> bool:
    """Whether a series is of regions with figures of their own, of all ages and educations."""
    of_all = (selection.groups.ages, selection.groups.educations) == ((TOTAL,), (TOTAL,))
    return (
        of_all
        and not unions(context, warehouse, selection.regions)
        and not _county_districts(context, warehouse, selection.regions)
    )


def _each(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def levels(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    codes: Sequence[str],
    group: Group = EVERYBODY,
    period: str | None = None,
) -> tuple[Observation, ...]:
    """One group in many regions, in one period or in all, as by `region_series`."""
    selection = _SeriesSelection(indicator, tuple(codes), codes_of_groups([group]), period)
    return _remembered(context, warehouse, selection, None)


def populations(
    context: Context,
    warehouse: Warehouse,
    *,
    codes: Sequence[str],
    groups: Sequence[Group],
    year: int,
) -> Mapping[tuple[str, Group], float]:
    """
    How many persons there are in groups of regions, in the year that is nearest and has a number.

    By region and group; what the population has not, of no year, is left out. Of two years as
    near it is the earlier. Groups by education are left out: the population has none. Without
    an indicator of the population nothing is known.
    """
    if POPULATION not in context.catalogue.indicator:
        return {}
    asked = codes_of_groups(groups)
    together = {union.code for union in unions(context, warehouse, codes)}
    alone = [code for code in codes if code not in together]
    found = {
        (region, Group(sex, background, age)): persons
        for region, sex, background, age, persons in nearest_population(
            warehouse, alone, asked, year
        )
    }
    rows = region_series(
        context, warehouse, POPULATION, regions=tuple(sorted(together)), groups=asked
    )
    for row in sorted(with_numbers(rows), key=lambda row: (-abs(row.year - year), -row.year)):
        found[row.region, row.group] = row.number
    wanted = set(groups)
    return {key: persons for key, persons in found.items() if key[1] in wanted}


def union_medians(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    groups: GroupCodes = OF_EVERYBODY,
    extra: RegionUnion | None = None,
) -> tuple[Observation, ...]:
    """
    The median of the members of each union, `how` "median"; else as by `region_series`.

    It is no figure of the union and stands only under its label (`METHOD_LABELS`).
    Other regions, unions of one, counts and classes have no rows.
    """
    selection = _SeriesSelection(indicator, tuple(regions), groups)
    return _together(
        [
            _of_union(
                indicator,
                median(
                    _published(context, warehouse, selection, union.members),
                    union,
                    context.catalogue.indicator[indicator],
                ),
            )
            for union in unions(context, warehouse, selection.regions, extra)
        ]
    )


def rows_with_members(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    groups: GroupCodes = OF_EVERYBODY,
    extra: RegionUnion | None = None,
) -> tuple[Observation, ...]:
    """
    The rows of `region_series` and, where a union of a few has none, those of its members.

    A member has a row of its own in every cell (period and group) of which the union has no
    figure: the members stand side by side, each under its own code.
    """
    selection = _SeriesSelection(indicator, tuple(regions), groups)
    own = _remembered(context, warehouse, selection, extra)
    unions_asked = unions(context, warehouse, selection.regions, extra)
    members = {union.code: _side_by_side(union) for union in unions_asked}
    inside = {member for codes in members.values() for member in codes} - set(selection.regions)
    if not inside:
        return own
    rows = _published(context, warehouse, selection, inside)
    told = {code: {_CELL(row) for row in own if row.region == code} for code in members}
    beside = [
        row
        for row in rows
        if any(
            row.region in codes and _CELL(row) not in told[code] for code, codes in members.items()
        )
    ]
    return _together([own, beside])


def _of_union(indicator: str, figures: Iterable[UnitedFigure]) -> tuple[Observation, ...]:
    """The figures of a union as observations."""
    return tuple(
        Observation(
            indicator,
            one.region,
            one.period,
            one.segment,
            _known(one.value),
            one.status,
            one.sex,
            one.background,
            one.age,
            one.education,
            one.kind,
            _known(one.numerator),
            _known(one.denominator),
            one.members,
            one.lacking,
            one.division,
            one.how,
            one.weights,
            _known(one.covered),
        )
        for one in figures
    )


def _known(number: float) -> float | None:
    return number if isfinite(number) else None


def _side_by_side(union: RegionUnion) -> tuple[str, ...]:
    """The members that stand for a union without a figure: none of one, nor of many."""
    expected = [
        expected_members(union.members, newer=newer, lasting=union.lasting)
        for newer in (False, True)
    ]
    most = max(map(len, expected))
    return union.members if 1 < most <= MOST_SIDE_BY_SIDE else ()


def unions(
    context: Context,
    warehouse: Warehouse,
    regions: Iterable[str],
    extra: RegionUnion | None = None,
) -> tuple[RegionUnion, ...]:
    """Those of some regions that are unions, with their members of all divisions."""
    by_code = context.memory.recall((warehouse.version, "members"), lambda: _members(warehouse))
    known = {**by_code, extra.code: extra} if extra else by_code
    lasting = _lasting(context, warehouse)
    return tuple(
        replace(known[code], lasting=tuple(m for m in known[code].members if m in lasting))
        for code in regions
        if code in known
    )


def _lasting(context: Context, warehouse: Warehouse) -> frozenset[str]:
    return context.memory.recall(
        (warehouse.version, "lasting areas"), lambda: lasting_areas(warehouse)
    )


def existing_combinations(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    region: str,
    *,
    extra: RegionUnion | None = None,
) -> frozenset[Group]:
    """The groups that exist for a region or, of a union, that it or its few members have."""

    def once() -> frozenset[Group]:
        # Most regions have the same groups as others, which are then kept once.
        groups = _offered(context, warehouse, indicator, region, extra=extra)
        return context.memory.recall((warehouse.version, "groups", groups), lambda: groups)

    return context.memory.recall(
        (warehouse.version, "combinations", indicator, region, extra), once
    )


def newest_observations(
    context: Context,
    warehouse: Warehouse,
    regions: Sequence[str],
    extra: RegionUnion | None = None,
) -> tuple[Observation, ...]:
    """
    The newest number of every indicator, for everybody, as by `latest_figures`; unions too.

    Counts are those of shares of unions that are made of them; of other regions there are none.
    """
    unions_asked = unions(context, warehouse, regions, extra)
    inside = {union.code for union in unions_asked}
    regions_alone = tuple(code for code in regions if code not in inside)
    parts = [
        context.recent.recall(
            (warehouse.version, "latest", regions_alone),
            partial(_newest_alone, context, warehouse, regions_alone),
        )
    ]
    parts += [
        context.memory.recall(
            (warehouse.version, "latest", union),
            partial(_newest_of_union, context, warehouse, union),
        )
        for union in unions_asked
    ]
    return _together(parts, _BY_INDICATOR)


def _newest_alone(
    context: Context, warehouse: Warehouse, regions: Codes
) -> tuple[Observation, ...]:
    rows = latest_figures(warehouse, regions) if regions else []
    return _divided(context, warehouse, starmap(Observation, rows))


def _parted(context: Context, warehouse: Warehouse) -> Mapping[str, str]:
    return context.memory.recall((warehouse.version, "parted"), lambda: parted_regions(warehouse))


def _members(warehouse: Warehouse) -> Mapping[str, RegionUnion]:
    rows = union_members(warehouse)
    return {
        str(code): RegionUnion(str(code), tuple(members))
        for code, members in rows.groupby("region")["member"]
    }


def _remembered(
    context: Context,
    warehouse: Warehouse,
    selection: _SeriesSelection,
    extra: RegionUnion | None,
) -> tuple[Observation, ...]:
    return context.recent.recall(
        (warehouse.version, "series", selection, extra),
        lambda: _series(context, warehouse, selection, extra),
    )


def _series(
    context: Context,
    warehouse: Warehouse,
    selection: _SeriesSelection,
    extra: RegionUnion | None,
) -> tuple[Observation, ...]:
    unions_asked = unions(context, warehouse, selection.regions, extra)
    regions_alone = set(selection.regions) - {union.code for union in unions_asked}
    indicator = context.catalogue.indicator[selection.indicator]
    if indicator.union == "none":
        unions_asked = tuple(union for union in unions_asked if union.alone)
    inside = {code for union in unions_asked for code in union.members}
    rows = _published(context, warehouse, selection, regions_alone | inside)
    computed = [
        _of_union(
            indicator.id,
            of_county_districts(
                _published(context, warehouse, selection, {one.county, *one.members}),
                one,
                indicator,
                partial(_is_one_table, _sources(context, warehouse, indicator.id)),
            ),
        )
        for one in _county_districts(context, warehouse, selection.regions)
    ]
    if not unions_asked:
        return _together([rows, *computed])
    ages = {segment.ages for segment in indicator.segments if segment.ages}
    ages |= {NEAREST_AGES[age] for age in ages if age in NEAREST_AGES}
    of_ages = GroupCodes(sexes=selection.groups.sexes, ages=tuple(ages))
    weights = replace(selection, indicator=POPULATION, groups=of_ages)
    weighted = indicator.union == "weight"
    people = _published(context, warehouse, weights, inside) if weighted else None
    parted = _parted(context, warehouse)
    together = [
        _of_union(indicator.id, united(rows, union, indicator, people, parted=parted))
        for union in unions_asked
    ]
    return _together([of_regions(rows, regions_alone), *together, *computed])


def why_no_figure(
    context: Context, warehouse: Warehouse, indicator: str, region: str
) -> tuple[WhyNot, tuple[str, ...]] | None:
    """Why the districts of a county, or it without them, have no figure; None of other regions."""
    selection = _SeriesSelection(indicator, (region,))
    return next(
        (
            why_no_county_districts(
                _published(context, warehouse, selection, {one.county, *one.members}),
                one,
                context.catalogue.indicator[indicator],
                partial(_is_one_table, _sources(context, warehouse, indicator)),
            )
            for one in _county_districts(context, warehouse, (region,))
        ),
        None,
    )


def _county_districts(
    context: Context, warehouse: Warehouse, regions: Iterable[str]
) -> tuple[CountyDistricts, ...]:
    """Those of some regions that are all districts of a county, or the county without them."""
    asked = [
        (code, code.removeprefix(prefix))
        for code in regions
        for prefix in (DISTRICTS_TOGETHER, COUNTY_WITHOUT)
        if code.startswith(prefix)
    ]
    if not asked:
        return ()
    by_code = context.memory.recall((warehouse.version, "members"), lambda: _members(warehouse))
    areas = sorted(
        {
            member
            for code, union in by_code.items()
            if code.startswith("stadsdel-")
            for member in union.members
        }
    )
    lasting = _lasting(context, warehouse)
    known = {county: tuple(area for area in areas if area.startswith(county))
             for _, county in asked}  # fmt: skip
    return tuple(
        CountyDistricts(code, county, known[county], tuple(lasting.intersection(known[county])))
        for code, county in asked
        if known[county]
    )


# segment, level, table, first and last period
_Source = tuple[str, str, str, str, str]


def _sources(context: Context, warehouse: Warehouse, indicator: str) -> Sequence[_Source]:
    """The tables of counties and of areas that an indicator has, with periods that are known."""
    return context.memory.recall(
        (warehouse.version, "sources", indicator),
        lambda: _with_periods(indicator_sources(warehouse, [indicator])),
    )


def _with_periods(sources: pd.DataFrame) -> Sequence[_Source]:
    columns = ["segment", "level", "table_id", "first_period", "last_period"]
    known = sources[sources["level"].isin(_TABLE_LEVELS)].dropna(subset=columns)
    return list(known[columns].itertuples(index=False, name=None))


def _is_one_table(sources: Sequence[_Source], segment: str, period: str) -> bool:
    """Whether one table, and no other, has a segment's counties and areas in a period."""
    tables: dict[str, set[str]] = {level: set() for level in _TABLE_LEVELS}
    for of_segment, level, table, first, last in sources:
        if of_segment == segment and first <= period <= last:
            tables[level].add(table)
    of_counties, of_areas = tables.values()
    return len(of_counties) == 1 and of_counties == of_areas


def _published(
    context: Context, warehouse: Warehouse, selection: _SeriesSelection, regions: Iterable[str]
) -> tuple[Observation, ...]:
    """The rows of regions that have figures of their own."""
    rows = published_series(
        warehouse,
        selection.indicator,
        regions=sorted(regions),
        groups=selection.groups,
        period=selection.period,
    )
    return _divided(context, warehouse, starmap(Observation, rows))


def _divided(
    context: Context, warehouse: Warehouse, rows: Iterable[Observation]
) -> tuple[Observation, ...]:
    """The rows with the division of areas that are the same in both, which no code tells."""
    known = tuple(rows)
    lasting = _lasting(context, warehouse).intersection({row.region for row in known})
    if not lasting:
        return known
    return tuple(
        [row._replace(division=BOTH_DIVISIONS) if row.region in lasting else row for row in known]
    )


def _offered(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    region: str,
    *,
    extra: RegionUnion | None,
) -> frozenset[Group]:
    unions_asked = unions(context, warehouse, (region,), extra)
    if not unions_asked:
        return groups_of_regions(warehouse, indicator, (region,))
    rule = context.catalogue.indicator[indicator].union
    union = unions_asked[0]
    members = union.members if rule == "counts" else union.alone or _side_by_side(union)
    if members:
        return groups_of_regions(warehouse, indicator, members)
    sexes = GroupCodes(sexes=(TOTAL, *SEXES))
    rows = region_series(
        context, warehouse, indicator, regions=(region,), groups=sexes, extra=extra
    )
    return frozenset(row.group for row in rows)


def _together(
    parts: Iterable[Sequence[Observation]],
    order: Callable[[Observation], Any] = PERIOD_AND_REGION,
) -> tuple[Observation, ...]:
    """The rows of all parts in one order."""
    some = [part for part in parts if part]
    if len(some) > 1:
        return tuple(sorted(chain.from_iterable(some), key=order))
    return tuple(some[0]) if some else ()
