"""
Every SQL question of the panels, one function each.

Knows `etl/schema.sql`. It shapes nothing for a page and remembers nothing.
"""

from collections.abc import Sequence

import pandas as pd

from dashboard.warehouse import Warehouse


def regions(warehouse: Warehouse) -> pd.DataFrame:
    """Regions, by name in each level: code, name, level, parent, division, locatives."""
    return warehouse.frame(
        """
        SELECT code, name, level, parent, division, locative_sv, locative_en
        FROM region
        ORDER BY level, name, code
        """
    )


def latest(warehouse: Warehouse, regions: Sequence[str]) -> pd.DataFrame:
    """
    The newest observation with a number of every indicator, for everybody.

    An indicator that has figures of groups only is given for all foreign-born.

    Returns:
        region, indicator, background, period, value (the indicator's unit), status, segment, kind.
        A region without any number for an indicator has no row.

    """
    return warehouse.frame(
        """
        SELECT region, indicator, background, period, value, status, segment, kind
        FROM latest
        WHERE list_contains($regions, region)
          AND background IN ('_T', 'SAMUTF')
          AND value IS NOT NULL
        QUALIFY (background = '_T') = bool_or(background = '_T') OVER (PARTITION BY indicator)
        ORDER BY indicator, region
        """,
        regions=list(regions),
    )


def indicators(warehouse: Warehouse) -> list[str]:
    """Ids of the indicators that have at least one number anywhere."""
    return warehouse.frame("SELECT DISTINCT indicator FROM latest WHERE value IS NOT NULL")[
        "indicator"
    ].tolist()


def offered(warehouse: Warehouse, indicator: str, region: str) -> pd.DataFrame:
    """The combinations (background, sex) that exist for a region, all education together."""
    return warehouse.frame(
        """
        SELECT DISTINCT CAST(background AS VARCHAR) AS background, CAST(sex AS VARCHAR) AS sex
        FROM observation
        WHERE indicator = $indicator
          AND region = $region
          AND education = '_T'
        """,
        indicator=indicator,
        region=region,
    )


def series(
    warehouse: Warehouse,
    indicator: str,
    *,
    regions: Sequence[str],
    backgrounds: Sequence[str],
    sexes: Sequence[str],
) -> pd.DataFrame:
    """
    Time series of one indicator, every combination of what is asked for, oldest first.

    Returns:
        region, sex, background, period, value (the indicator's unit), status, segment,
        kind. A missing value is a row with NaN and its status.

    """
    return warehouse.frame(
        """
        SELECT CAST(region AS VARCHAR) AS region, CAST(sex AS VARCHAR) AS sex,
               CAST(background AS VARCHAR) AS background, CAST(period AS VARCHAR) AS period,
               value, status, CAST(segment AS VARCHAR) AS segment, CAST(kind AS VARCHAR) AS kind
        FROM observation
        WHERE indicator = $indicator
          AND region IN (SELECT unnest($regions))
          AND background IN (SELECT unnest($backgrounds))
          AND sex IN (SELECT unnest($sexes))
          AND education = '_T'
        ORDER BY CAST(period AS VARCHAR), region
        """,
        indicator=indicator,
        regions=list(regions),
        backgrounds=list(backgrounds),
        sexes=list(sexes),
    )


def sources(warehouse: Warehouse, indicator: str) -> pd.DataFrame:
    """Where an indicator comes from: segment, level, table_id, title, updated, fetched (UTC)."""
    return warehouse.frame(
        """
        SELECT DISTINCT segment, level, table_id, title, updated, fetched
        FROM indicator_source
        LEFT JOIN source_table USING (table_id)
        WHERE indicator = $indicator
        ORDER BY segment, level, table_id
        """,
        indicator=indicator,
    )


def problems(warehouse: Warehouse) -> pd.DataFrame:
    """What could not be updated or is missing: indicator, stale, reason, seen (UTC)."""
    return warehouse.frame(
        """
        SELECT DISTINCT indicator, stale, reason, (SELECT max(finished) FROM run) AS seen
        FROM source_problem
        ORDER BY indicator, stale DESC, reason
        """
    )


def notes(warehouse: Warehouse, indicator: str) -> pd.DataFrame:
    """The source's own notes on an indicator: table_id, text; the mandatory ones first."""
    return warehouse.frame(
        """
        SELECT string_agg(DISTINCT table_id, ', ' ORDER BY table_id) AS table_id, text
        FROM note
        WHERE indicator = $indicator
        GROUP BY text
        ORDER BY bool_or(mandatory) DESC, text
        """,
        indicator=indicator,
    )
