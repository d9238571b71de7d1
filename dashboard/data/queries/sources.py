"""SQL questions about where figures come from: tables, problems, notes."""

from collections.abc import Sequence

import pandas as pd

from dashboard.data.versions import Warehouse


def indicator_sources(warehouse: Warehouse, indicators: Sequence[str]) -> pd.DataFrame:
    """The tables of indicators: indicator, segment, level, table_id, title, updated, fetched."""
    return warehouse.frame(
        """
        SELECT DISTINCT indicator, segment, level, table_id, title, updated, fetched
        FROM indicator_source
        LEFT JOIN source_table USING (table_id)
        WHERE indicator IN (SELECT unnest($indicators::VARCHAR[]))
        ORDER BY indicator, segment, level, table_id
        """,
        indicators=list(indicators),
    )


def source_problems(warehouse: Warehouse) -> pd.DataFrame:
    """What could not be updated or is missing: indicator, stale, reason, seen (UTC)."""
    return warehouse.frame(
        """
        SELECT DISTINCT indicator, stale, reason, (SELECT max(finished) FROM run) AS seen
        FROM source_problem
        ORDER BY indicator, stale DESC, reason
        """
    )


def source_notes(warehouse: Warehouse, indicator: str) -> pd.DataFrame:
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


def table_dates(warehouse: Warehouse) -> pd.DataFrame:
    """Tables of the source by id: table_id, title, updated, fetched, next_update (UTC)."""
    return warehouse.frame(
        "SELECT table_id, title, updated, fetched, next_update FROM source_table ORDER BY table_id"
    )


def missing_sources(warehouse: Warehouse) -> pd.DataFrame:
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
