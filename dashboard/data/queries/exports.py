"""
The SQL of exports: what there is of a selection, and its rows a portion at a time.

Knows `etl/schema.sql`. Codes asked for become the warehouse's own type, once, so that they are
compared as numbers; one that is unknown becomes NULL and matches nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from dashboard.data.versions import Warehouse
from etl.catalogue.periods import lies_between

# What census and portion count and read must be the same rows.
ASKED = "/* groups and periods */"
_CONDITIONS = """
    ($sexes::VARCHAR[] IS NULL
        OR sex IN (SELECT TRY_CAST(unnest($sexes::VARCHAR[]) AS sex_code)))
    AND ($backgrounds::VARCHAR[] IS NULL
        OR background IN (SELECT TRY_CAST(unnest($backgrounds::VARCHAR[]) AS background_code)))
    AND ($ages::VARCHAR[] IS NULL
        OR age IN (SELECT TRY_CAST(unnest($ages::VARCHAR[]) AS age_code)))
    AND ($educations::VARCHAR[] IS NULL
        OR education IN (SELECT TRY_CAST(unnest($educations::VARCHAR[]) AS education_code)))
    AND ($periods::VARCHAR[] IS NULL
        OR period IN (SELECT TRY_CAST(unnest($periods::VARCHAR[]) AS period_code)))
"""


@dataclass(frozen=True)
class RowSelection:
    """
    Which observations: codes of each dimension, all where None; periods from `first` to `last`.

    A code that does not exist gives no rows. A period is among them where any part of it is:
    of years the one in which a month lies, of months all of a year.
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


def census(warehouse: Warehouse, selection: RowSelection) -> pd.DataFrame:
    """
    How much there is of what is wanted, ordered by indicator and region as text.

    Returns:
        indicator, region, name, level, segment, kind, rows, first, last (period).

    """
    return warehouse.frame(
        """
        WITH counted AS (
            SELECT indicator, region, segment, kind, count(*) AS rows,
                   CAST(min(CAST(period AS VARCHAR)) AS VARCHAR) AS first,
                   CAST(max(CAST(period AS VARCHAR)) AS VARCHAR) AS last
            FROM observation
            WHERE indicator IN (SELECT TRY_CAST(unnest($indicators::VARCHAR[]) AS indicator_code))
              AND ($regions::VARCHAR[] IS NULL OR region IN (
                  SELECT TRY_CAST(unnest($regions::VARCHAR[]) AS region_code)))
              AND /* groups and periods */
            GROUP BY ALL
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(counted.region AS VARCHAR) AS region,
               coalesce(name, CAST(counted.region AS VARCHAR)) AS name, level,
               CAST(segment AS VARCHAR) AS segment, CAST(kind AS VARCHAR) AS kind,
               rows, first, last
        FROM counted
        LEFT JOIN region ON region.code = CAST(counted.region AS VARCHAR)
        WHERE $levels::VARCHAR[] IS NULL OR level IN (SELECT unnest($levels::VARCHAR[]))
        ORDER BY CAST(indicator AS VARCHAR), CAST(counted.region AS VARCHAR), segment, kind
        """.replace(ASKED, _CONDITIONS),
        **_params(warehouse, selection),
    )


def portion(
    warehouse: Warehouse, selection: RowSelection, *, indicator: str, regions: Sequence[str]
) -> pa.Table:
    """
    The rows of one indicator in some regions, in no order.

    Returns:
        region, period, sex, background, age, education, value, status, segment, kind, numerator,
        denominator. Neither names nor an order: with them the question takes four times the memory.

    """
    return warehouse.arrow(
        """
        SELECT region, period, sex, background, age, education, value, status, segment, kind,
               numerator, denominator
        FROM observation
        WHERE indicator = TRY_CAST($indicator AS indicator_code)
          AND region IN (SELECT TRY_CAST(unnest($regions::VARCHAR[]) AS region_code))
          AND /* groups and periods */
        """.replace(ASKED, _CONDITIONS),
        **{
            **_params(warehouse, selection, without=("indicators", "levels")),
            "regions": list(regions),
            "indicator": indicator,
        },
    )


def _params(
    warehouse: Warehouse, selection: RowSelection, without: Sequence[str] = ()
) -> dict[str, Any]:
    """The selection as parameters of a question: lists for tuples, periods by name."""
    params = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(selection).items()
        if name not in {*without, "first", "last"}
    }
    return params | {"periods": _periods(warehouse, selection.first, selection.last)}


def _periods(warehouse: Warehouse, first: str | None, last: str | None) -> list[str] | None:
    """The periods of a version between two; None where all are asked for."""
    if first is None and last is None:
        return None
    known = warehouse.rows("SELECT unnest(enum_range(NULL::period_code))::VARCHAR")
    return [period for (period,) in known if lies_between(period, first, last)]
