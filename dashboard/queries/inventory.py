"""SQL questions about all that a version holds: tables, breakdowns, revisions, dates."""

import pandas as pd

from dashboard.warehouse import Warehouse


def tables(warehouse: Warehouse) -> pd.DataFrame:
    """
    The tables of every indicator and level.

    Returns:
        indicator, level, table_id, title, updated, fetched, next_update (UTC), and the first
        and last period there; what the source does not tell is missing.

    """
    return warehouse.frame(
        """
        SELECT indicator, level, table_id, title, updated, fetched, next_update,
               min(first_period) AS first, max(last_period) AS last
        FROM indicator_source
        LEFT JOIN source_table USING (table_id)
        GROUP BY ALL
        ORDER BY indicator, level, table_id
        """
    )


def breakdowns(warehouse: Warehouse) -> pd.DataFrame:
    """
    What every indicator is broken down by at every level: a scan, to be remembered.

    Returns:
        indicator, level, kind (sex, education, or that of a background category), and
        `crossed`: whether the sexes, or levels of education, exist within backgrounds too.

    """
    return warehouse.frame(
        """
        WITH place AS (
            SELECT TRY_CAST(code AS region_code) AS region, level FROM region
            WHERE TRY_CAST(code AS region_code) IS NOT NULL
        ), existing AS (
            SELECT DISTINCT indicator, region, background, sex, education FROM observation
        ), seen AS MATERIALIZED (
            SELECT DISTINCT indicator, level, background, sex, education
            FROM existing JOIN place USING (region)
        )
        SELECT CAST(indicator AS VARCHAR) AS indicator, level, kind, bool_or(crossed) AS crossed
        FROM (
            SELECT indicator, level, 'sex' AS kind, background <> '_T' AS crossed
            FROM seen WHERE sex <> '_T'
            UNION ALL
            SELECT indicator, level, 'education', background <> '_T'
            FROM seen WHERE education <> '_T'
            UNION ALL
            SELECT indicator, level, kind, false
            FROM seen JOIN category ON dimension = 'background'
                                   AND code = CAST(background AS VARCHAR)
            WHERE background <> '_T'
        )
        GROUP BY ALL
        ORDER BY indicator, level, kind
        """
    )


def revisions(warehouse: Warehouse, most: int) -> pd.DataFrame:
    """
    What the source changed since the version before.

    Returns:
        the `most` largest changes of every indicator: indicator, changes (how many it has),
        region, period, sex, background, education, old_value, new_value, old_status, new_status;
        figures that came or went are after those that changed.

    """
    return warehouse.frame(
        """
        SELECT indicator, count(*) OVER (PARTITION BY indicator) AS changes,
               region, period, sex, background, education,
               old_value, new_value, old_status, new_status
        FROM revision
        QUALIFY row_number() OVER (
            PARTITION BY indicator
            ORDER BY abs(new_value - old_value) DESC NULLS LAST,
                     region, period, sex, background, education
        ) <= $most
        ORDER BY indicator, abs(new_value - old_value) DESC NULLS LAST, region, period
        """,
        most=most,
    )


def freshness(warehouse: Warehouse) -> pd.DataFrame:
    """
    How fresh a version is, as one row.

    Returns:
        finished, updated (the newest by the source), fetched (the last by us), next_update (the
        first after the run that the source has announced), observations, sources (tables).

    """
    return warehouse.frame(
        """
        SELECT max(finished) AS finished, max(observations) AS observations,
               (SELECT max(updated) FROM source_table) AS updated,
               (SELECT max(fetched) FROM source_table) AS fetched,
               (SELECT min(next_update) FROM source_table
                WHERE next_update > (SELECT max(finished) FROM run)) AS next_update,
               (SELECT count(*) FROM source_table) AS sources
        FROM run
        """
    )
