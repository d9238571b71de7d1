"""
The SQL of exports: what there is of a selection, and its rows at once or a portion at a time.

Knows `etl/schema.sql`. Codes asked for become the warehouse's own type, once, so that they are
compared as numbers; one that is unknown becomes NULL and matches nothing.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from dashboard.codes import DIMENSIONS
from dashboard.data.versions import Warehouse

_MOST_NAMED = 20  # codes compared one by one; more are joined, which takes a while to begin
_COLUMNS = """
    region, period, sex, background, age, education, value, status, segment, kind,
    numerator, denominator
"""
_ENDS = ("first", "last")
ROW_COLUMNS = tuple(name.strip() for name in _COLUMNS.split(","))


@dataclass(frozen=True)
class RowSelection:
    """
    Which observations: codes of each dimension, all where None; periods from `first` to `last`.

    A code that does not exist gives no rows. A period is among them where any part of it is:
    of years the one in which a month lies, of months all of a year. `levels` and `first` to
    `last` become `regions` and `spans` of a version before it is asked: the first and the last of
    periods that follow upon each other in `known_codes`. `region_spans` are the same of regions,
    beside `regions`: many that lie together are found so in half the time.
    """

    indicators: tuple[str, ...]
    regions: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    sexes: tuple[str, ...] | None = None
    backgrounds: tuple[str, ...] | None = None
    ages: tuple[str, ...] | None = None
    educations: tuple[str, ...] | None = None
    first: str | None = None
    last: str | None = None
    spans: tuple[tuple[str, str], ...] | None = None
    region_spans: tuple[tuple[str, str], ...] | None = None


class CensusRow(NamedTuple):
    """How many rows there are of one segment and kind in a region, and between which periods."""

    indicator: str
    region: str
    segment: str
    kind: str
    rows: int
    first: str
    last: str


def census(warehouse: Warehouse, selection: RowSelection) -> list[CensusRow]:
    """How much there is of what is wanted, in no order."""
    wanted, params = _conditions(selection)
    rows = warehouse.rows(
        f"""
        SELECT indicator, region, segment, kind, count(*),
               min(CAST(period AS VARCHAR)), max(CAST(period AS VARCHAR))
        FROM observation
        WHERE {wanted}
        GROUP BY ALL
        """,  # noqa: S608  columns and places of parameters
        **params,
    )
    return [CensusRow(*row) for row in rows]


def first_rows(warehouse: Warehouse, selection: RowSelection, most: int) -> list[tuple[Any, ...]]:
    """The indicator and `ROW_COLUMNS` of as many rows as there are, or of `most`, in no order."""
    wanted, params = _conditions(selection)
    return warehouse.rows(
        f"SELECT indicator, {_COLUMNS} FROM observation WHERE {wanted} LIMIT {most}",  # noqa: S608
        **params,
    )


def portion(warehouse: Warehouse, selection: RowSelection) -> pa.Table:
    """
    The rows of what is wanted, in no order.

    Returns:
        `ROW_COLUMNS`. Neither names nor an order: with them the question takes four times the
        memory.

    """
    wanted, params = _conditions(selection)
    return warehouse.arrow(
        f"SELECT {_COLUMNS} FROM observation WHERE {wanted}",  # noqa: S608
        **params,
    )


def known_codes(warehouse: Warehouse, column: str) -> list[str]:
    """Every code of a column of a version, in the order in which it compares them."""
    rows = warehouse.rows(f"SELECT unnest(enum_range(NULL::{column}_code))::VARCHAR")
    return [code for (code,) in rows]


def region_places(warehouse: Warehouse) -> dict[str, tuple[str, str]]:
    """The name and level of every region by code."""
    rows = warehouse.rows("SELECT code, name, level FROM region ORDER BY code")
    return {code: (name, level) for code, name, level in rows}


def _conditions(selection: RowSelection) -> tuple[str, dict[str, Any]]:
    """What rows of a selection have in common, in SQL, and its parameters; levels are left out."""
    asked = (
        ("indicator", selection.indicators),
        ("region", selection.regions),
        *zip(
            DIMENSIONS,
            (selection.sexes, selection.backgrounds, selection.ages, selection.educations),
            strict=True,
        ),
    )
    conditions: list[str] = []
    params: dict[str, Any] = {}
    for column, codes in asked:
        if codes is None:
            continue
        if len(codes) > _MOST_NAMED:
            conditions.append(f"{column} = ANY(TRY_CAST(${column} AS {column}_code[]))")
            params[column] = list(codes)
            continue
        places: dict[str, Any] = {f"{column}_{place}": code for place, code in enumerate(codes)}
        named = ", ".join(f"TRY_CAST(${name} AS {column}_code)" for name in places)
        conditions.append(f"{column} IN ({named or 'NULL'})")
        params |= places
    for column, spans in (("region", selection.region_spans), ("period", selection.spans)):
        if spans is None:
            continue
        inside = []
        for place, span in enumerate(spans):
            ends = {f"{column}_{place}_{end}": code for end, code in zip(_ENDS, span, strict=True)}
            params |= ends
            bounds = (f"CAST(${name} AS {column}_code)" for name in ends)
            inside.append(f"{column} BETWEEN {' AND '.join(bounds)}")
        conditions.append(f"({' OR '.join(inside) or 'false'})")
    return " AND ".join(conditions), params
