"""
The SQL of the API: what there is of each indicator, versions, freshness.

Knows `etl/schema.sql`. It shapes no answer; observations are `dashboard.exports`', regions
`dashboard.queries`'.
"""

import pandas as pd

from dashboard.data.versions import Warehouse


def coverage(warehouse: Warehouse) -> pd.DataFrame:
    """What there is: indicator, first, last (period), regions, observations, levels."""
    return warehouse.frame(
        """
        WITH counted AS (
            SELECT indicator, region, min(CAST(period AS VARCHAR)) AS first,
                   max(CAST(period AS VARCHAR)) AS last, count(*) AS observations
            FROM observation
            GROUP BY indicator, region
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, min(first) AS first, max(last) AS last,
               count(*) AS regions, CAST(sum(observations) AS BIGINT) AS observations,
               list(DISTINCT level ORDER BY level) FILTER (WHERE level IS NOT NULL) AS levels
        FROM counted
        LEFT JOIN region ON region.code = CAST(counted.region AS VARCHAR)
        GROUP BY indicator
        """
    )


def groups(warehouse: Warehouse, indicator: str) -> pd.DataFrame:
    """The codes that an indicator has: dimension, code."""
    return warehouse.frame(
        """
        WITH own AS (
            SELECT DISTINCT CAST(sex AS VARCHAR) AS sex, CAST(background AS VARCHAR) AS background,
                   CAST(education AS VARCHAR) AS education
            FROM observation
            WHERE indicator = TRY_CAST($indicator AS indicator_code)
        )
        SELECT DISTINCT dimension, code
        FROM own
        UNPIVOT (code FOR dimension IN (sex, background, education))
        ORDER BY dimension, code
        """,
        indicator=indicator,
    )


def categories(warehouse: Warehouse) -> pd.DataFrame:
    """Every code of a dimension that has a name: dimension, code, kind, label_sv, label_en."""
    return warehouse.frame(
        "SELECT dimension, code, kind, label_sv, label_en FROM category ORDER BY position"
    )


def run(warehouse: Warehouse) -> pd.DataFrame:
    """When the version was built, and how much it holds: built (UTC), observations."""
    return warehouse.frame(
        "SELECT max(finished) AS built, coalesce(max(observations), 0) AS observations FROM run"
    )


def tables(warehouse: Warehouse) -> pd.DataFrame:
    """Tables of the source by id: table_id, title, updated, fetched, next_update (UTC)."""
    return warehouse.frame(
        "SELECT table_id, title, updated, fetched, next_update FROM source_table ORDER BY table_id"
    )


def problems(warehouse: Warehouse) -> pd.DataFrame:
    """
    What is stale or missing, and why.

    Returns:
        indicator, segment, source, table_id (None where none was read), stale, reason.

    """
    return warehouse.frame(
        """
        SELECT indicator, segment, source, table_id, stale, reason
        FROM source_problem
        LEFT JOIN lineage USING (indicator, segment, source)
        ORDER BY indicator, segment, source, reason
        """
    )
