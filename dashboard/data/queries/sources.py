"""SQL questions about where figures come from: tables, problems, notes."""

import pandas as pd

from dashboard.data.versions import Warehouse


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
