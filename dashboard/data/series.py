"""
The rows of any region, and of any union of regions, in one shape.

An edge over `queries`: it fetches what a union is made of and lets `etl.measures` decide what
may be made of it. It remembers what is asked often, words nothing and compares nothing. What it
returns belongs to all its readers, who must not change it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from dashboard.codes import DIMENSIONS, EVERYBODY, POPULATION, Group
from dashboard.data.context import Context
from dashboard.data.observation import groups_in
from dashboard.data.queries.figures import latest_figures, newest_of_members, published_series
from dashboard.data.queries.holdings import groups_of_regions, union_members
from dashboard.data.versions import Warehouse
from etl.catalogue import TOTAL, Catalogue, Indicator
from etl.measures.unions import RegionUnion, median, united

SEPARATOR = " "  # between indicator and segment; ids have none
PERSON_KEY = ["region", "period", "sex", "background", "education"]
CELLS = [*PERSON_KEY, "segment", "value", "status", "numerator", "denominator"]


def newest_of_union(catalogue: Catalogue, warehouse: Warehouse, union: RegionUnion) -> pd.DataFrame:
    """
    Return the newest number of each indicator for a union, for everybody.

    Returns:
        indicator and the columns of `etl.measures.united`; an indicator without a number, or
        whose rule is none, has no row.

    """
    known = [one for one in catalogue.indicators if one.union != "none"]
    segments = [(one, segment) for one in known for segment in one.segments]
    rows = newest_of_members(
        warehouse,
        union.members,
        indicators=[one.id for one, _ in segments],
        segments=[segment.id for _, segment in segments],
        ages=[segment.ages if one.union == "weight" else None for one, segment in segments],
    )
    people = rows.assign(value=rows["weight"], background=rows["ages"], education=TOTAL)
    weights = people[people["value"].notna()].drop_duplicates(PERSON_KEY)[[*PERSON_KEY, "value"]]
    cells = rows.assign(segment=rows["indicator"] + SEPARATOR + rows["segment"])[CELLS]
    indicator_column = rows["indicator"]
    figures = pd.concat(
        united(
            cells[indicator_column.isin({one.id for one in alike})], union, _as_one(alike), weights
        )
        for alike in _alike(known)
    )
    # Nothing at all has no parts, either.
    parts = figures["segment"].str.partition(SEPARATOR).reindex(columns=range(3))
    return figures.assign(indicator=parts[0], segment=parts[2])[figures["value"].notna()]


def _alike(known: Sequence[Indicator]) -> Iterator[list[Indicator]]:
    """Yield indicators that are united by one rule: what takes long is the rule, not the rows."""
    kinds = dict.fromkeys((one.union, one.measure == "share") for one in known)
    for kind in kinds:
        yield [one for one in known if (one.union, one.measure == "share") == kind]


def _as_one(alike: Sequence[Indicator]) -> Indicator:
    """Return indicators of one rule as if they were one, their segments under both names."""
    segments = tuple(
        segment.model_copy(update={"id": one.id + SEPARATOR + segment.id})
        for one in alike
        for segment in one.segments
    )
    return alike[0].model_copy(update={"segments": segments})


SERIES_COLUMNS = [
    "region", "sex", "background", "education", "period", "value", "status", "segment", "kind",
    "numerator", "denominator", "members", "present", "lacking", "division", "how",
]  # fmt: skip
NEWEST_COLUMNS = [
    "region",
    "indicator",
    "background",
    "period",
    "value",
    "status",
    "segment",
    "kind",
]
UNION_COLUMNS = ["members", "present", "lacking", "division", "how"]
ALL_SEXES = (TOTAL, "1", "2")
NUMBER_TYPES = dict.fromkeys(("value", "numerator", "denominator", "present"), "float64")
Codes = tuple[str, ...]


@dataclass(frozen=True)
class SeriesSelection:
    """One question: every combination of the codes, of one period or of all."""

    indicator: str
    regions: Codes
    backgrounds: Codes
    sexes: Codes
    educations: Codes
    period: str | None = None


def region_series(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str] = (TOTAL,),
    sexes: Sequence[str] = (TOTAL,),
    educations: Sequence[str] = (TOTAL,),
    own: RegionUnion | None = None,
) -> pd.DataFrame:
    """
    Time series of one indicator for regions and unions of regions, oldest first.

    Args:
        context: the catalogue and the memory.
        warehouse: the version asked.
        indicator: id of the indicator.
        regions: codes, of unions too; one that is unknown has no rows.
        backgrounds: codes of groups.
        sexes: codes.
        educations: codes.
        own: a union that the warehouse does not know, used where `regions` names its code.

    Returns:
        `COLUMNS`, a missing value as a row with NaN and its status. Of a union only the figures
        that the indicator's rule allows (none for the rule `none`; see `medians`), with its
        `members`, how many are `present`, who is `lacking` and why, `division` and `how`;
        of any other region these are None.

    """
    asked = SeriesSelection(
        indicator, tuple(regions), tuple(backgrounds), tuple(sexes), tuple(educations)
    )
    return _remembered(context, warehouse, asked, own)


def levels(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    codes: Sequence[str],
    group: Group = EVERYBODY,
    period: str | None = None,
) -> pd.DataFrame:
    """One group in many regions, in one period or in all; columns as by `series`."""
    asked = SeriesSelection(
        indicator=indicator,
        regions=tuple(codes),
        backgrounds=(group.background,),
        sexes=(group.sex,),
        educations=(group.education,),
        period=period,
    )
    return _remembered(context, warehouse, asked, None)


def union_medians(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str] = (TOTAL,),
    sexes: Sequence[str] = (TOTAL,),
    educations: Sequence[str] = (TOTAL,),
    own: RegionUnion | None = None,
) -> pd.DataFrame:
    """
    The median of the members of each union, `how` "median"; columns as by `series`.

    It is no figure of the union and stands only under its label (`METHOD_LABELS`).
    Other regions, counts and classes have no rows.
    """
    asked = SeriesSelection(
        indicator, tuple(regions), tuple(backgrounds), tuple(sexes), tuple(educations)
    )
    return _together(
        [
            median(
                _published(warehouse, asked, one.members),
                one,
                context.catalogue.indicator[indicator],
            )
            for one in unions(context, warehouse, asked.regions, own)
        ]
    )


def unions(
    context: Context, warehouse: Warehouse, regions: Iterable[str], own: RegionUnion | None = None
) -> tuple[RegionUnion, ...]:
    """Those of some regions that are unions, with their members of all divisions."""
    by_code = context.memory.recall((warehouse.version, "members"), lambda: _members(warehouse))
    known = {**by_code, own.code: own} if own else by_code
    return tuple(known[code] for code in regions if code in known)


def existing_combinations(
    context: Context,
    warehouse: Warehouse,
    indicator: str,
    region: str,
    *,
    own: RegionUnion | None = None,
) -> frozenset[Group]:
    """The groups that exist for a region or, of a union, that its rule gives figures of."""
    return context.memory.recall(
        (warehouse.version, "combinations", indicator, region, own),
        lambda: frozenset(groups_in(_offered(context, warehouse, indicator, region, own=own))),
    )


def newest_observations(
    context: Context, warehouse: Warehouse, regions: Sequence[str], own: RegionUnion | None = None
) -> pd.DataFrame:
    """
    The newest number of every indicator, for everybody, as by `queries.latest`; unions too.

    Returns:
        The columns of `queries.latest` and `members`, `present`, `lacking`, `division`, `how`,
        which are None where the region is no union.

    """
    unions_asked = unions(context, warehouse, regions, own)
    regions_alone = [code for code in regions if code not in {one.code for one in unions_asked}]
    frames = [latest_figures(warehouse, regions_alone)] if regions_alone else []
    frames += [
        context.memory.recall(
            (warehouse.version, "latest", one),
            partial(newest_of_union, context.catalogue, warehouse, one),
        )
        for one in unions_asked
    ]
    return _together(frames, [*NEWEST_COLUMNS, *UNION_COLUMNS], ("indicator", "region"))


def _members(warehouse: Warehouse) -> Mapping[str, RegionUnion]:
    rows = union_members(warehouse)
    return {
        str(code): RegionUnion(str(code), tuple(one))
        for code, one in rows.groupby("region")["member"]
    }


def _remembered(
    context: Context, warehouse: Warehouse, asked: SeriesSelection, own: RegionUnion | None
) -> pd.DataFrame:
    return context.recent.recall(
        (warehouse.version, "series", asked, own), lambda: _series(context, warehouse, asked, own)
    )


def _series(
    context: Context, warehouse: Warehouse, asked: SeriesSelection, own: RegionUnion | None
) -> pd.DataFrame:
    unions_asked = unions(context, warehouse, asked.regions, own)
    regions_alone = set(asked.regions) - {one.code for one in unions_asked}
    indicator = context.catalogue.indicator[asked.indicator]
    if indicator.union == "none":
        unions_asked = ()
    inside = {code for one in unions_asked for code in one.members}
    rows = _published(warehouse, asked, regions_alone | inside)
    if not unions_asked:
        return _together([rows])
    ages = {one.ages for one in indicator.segments if one.ages}
    weights = replace(asked, indicator=POPULATION, backgrounds=tuple(ages), educations=(TOTAL,))
    people = _published(warehouse, weights, inside) if indicator.union == "weight" else None
    frames = [united(rows, one, indicator, people) for one in unions_asked]
    return _together([rows[rows["region"].isin(regions_alone)], *frames])


def _published(
    warehouse: Warehouse, asked: SeriesSelection, regions: Iterable[str]
) -> pd.DataFrame:
    """The rows of regions that have figures of their own."""
    return published_series(
        warehouse,
        asked.indicator,
        regions=sorted(regions),
        backgrounds=asked.backgrounds,
        sexes=asked.sexes,
        educations=asked.educations,
        period=asked.period,
    )


def _offered(
    context: Context, warehouse: Warehouse, indicator: str, region: str, *, own: RegionUnion | None
) -> pd.DataFrame:
    made = unions(context, warehouse, (region,), own)
    if not made:
        return groups_of_regions(warehouse, indicator, (region,))
    rule = context.catalogue.indicator[indicator].union
    if rule == "counts":
        return groups_of_regions(warehouse, indicator, made[0].members)
    rows = region_series(context, warehouse, indicator, regions=(region,), sexes=ALL_SEXES, own=own)
    return rows[list(DIMENSIONS)]


def _together(
    frames: Iterable[pd.DataFrame],
    columns: list[str] = SERIES_COLUMNS,
    order: tuple[str, ...] = ("period", "region"),
) -> pd.DataFrame:
    """The rows of all frames in one order; None in columns that a frame has not."""
    some = [frame.reindex(columns=columns) for frame in frames if not frame.empty]
    if not some:
        numbers = {name: kind for name, kind in NUMBER_TYPES.items() if name in columns}
        return pd.DataFrame(columns=columns).astype(numbers)
    if len(some) == 1:
        return some[0]
    return pd.concat(some).sort_values(list(order), kind="stable", ignore_index=True)
