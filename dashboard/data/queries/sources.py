"""SQL questions about where figures come from: tables, problems, notes, breaks."""

from collections.abc import Sequence

import pandas as pd

from dashboard.data.versions import Warehouse


def indicator_sources(warehouse: Warehouse, indicators: Sequence[str]) -> pd.DataFrame:
    """
    The tables of indicators.

    Returns:
        indicator, segment, level, table_id, first_period, last_period, title, updated, fetched.

    """
    return warehouse.frame(
        """
        SELECT indicator, segment, level, table_id,
               min(first_period) AS first_period, max(last_period) AS last_period,
               any_value(title) AS title, any_value(updated) AS updated,
               any_value(fetched) AS fetched
        FROM indicator_source
        LEFT JOIN source_table USING (table_id)
        WHERE indicator IN (SELECT unnest($indicators::VARCHAR[]))
        GROUP BY indicator, segment, level, table_id
        ORDER BY indicator, segment, level, table_id
        """,
        indicators=list(indicators),
    )


def source_problems(warehouse: Warehouse) -> pd.DataFrame:
    """What could not be updated or is missing: indicator, stale, reason, seen (UTC)."""
    if (problems := _todays_problems(warehouse)) is not None:
        problems = problems[["indicator", "stale", "reason", "seen"]].drop_duplicates()
        order = ["indicator", "stale", "reason"]
        return problems.sort_values(order, ascending=[True, False, True], ignore_index=True)
    return warehouse.frame(
        """
        SELECT DISTINCT indicator, stale, reason, (SELECT max(finished) FROM run) AS seen
        FROM source_problem
        ORDER BY indicator, stale DESC, reason
        """
    )


def held_back(warehouse: Warehouse) -> dict[str, pd.Timestamp]:
    """The indicators of which a newer answer waits for a person, and since when (UTC)."""
    problems = _todays_problems(warehouse)
    if problems is None:
        return {}
    held = problems[problems["held"] & problems["stale"]]
    return dict(held.groupby("indicator")["seen"].min())


def _todays_problems(warehouse: Warehouse) -> pd.DataFrame | None:
    """
    What could not be updated since the version was published; None where nobody has said so.

    Returns:
        indicator, segment, source, stale, held, reason, seen (UTC).

    """
    standing = warehouse.standing
    if standing is None or standing.version != warehouse.version:
        return None
    rows = [problem.model_dump() for problem in standing.problems]
    names = ("indicator", "segment", "source", "stale", "held", "reason", "since")
    problems = pd.DataFrame(rows, columns=list(names)).rename(columns={"since": "seen"})
    seen = pd.to_datetime(problems["seen"], utc=True).dt.tz_localize(None)
    return problems.assign(
        seen=seen, stale=problems["stale"].astype(bool), held=problems["held"].astype(bool)
    )


def source_notes(warehouse: Warehouse, indicators: Sequence[str]) -> pd.DataFrame:
    """
    The source's own footnotes on indicators, as it orders them.

    Returns:
        indicator, table_id, text, mandatory, variable, code ("" for all figures: also where an
        older version does not say on what a note is).

    """
    return warehouse.frame(
        """
        WITH kept AS (
            SELECT *, row_number() OVER () AS place FROM note
            UNION ALL BY NAME
            SELECT '' AS variable, '' AS code WHERE false
        )
        SELECT indicator, table_id, text, coalesce(mandatory, false) AS mandatory,
               coalesce(variable, '') AS variable, coalesce(code, '') AS code
        FROM kept
        WHERE indicator IN (SELECT unnest($indicators::VARCHAR[]))
        ORDER BY place
        """,
        indicators=list(indicators),
    )


def series_marks(warehouse: Warehouse) -> pd.DataFrame:
    """
    The breaks and cautions that a version was built with.

    Returns:
        indicator, period, severity, applies_to and whole_with (by comma, "" for nothing),
        new_source, text_sv, text_en, oldest first. An older version tells neither whole_with nor
        new_source: "" and false.

    """
    return warehouse.frame(
        """
        WITH kept AS (
            SELECT * FROM break
            UNION ALL BY NAME
            SELECT '' AS whole_with, false AS new_source WHERE false
        )
        SELECT indicator, period, severity, coalesce(applies_to, '') AS applies_to,
               coalesce(whole_with, '') AS whole_with, coalesce(new_source, false) AS new_source,
               text_sv, text_en
        FROM kept
        ORDER BY indicator, period, applies_to, severity
        """
    )


def parted_regions(warehouse: Warehouse) -> dict[str, str]:
    """The region that each region which was formed late was parted from, where a version tells."""
    rows = series_marks(warehouse)
    pairs = rows[["whole_with", "applies_to"]].drop_duplicates().itertuples(index=False, name=None)
    return {
        code: parent.removeprefix("region:")
        for codes, parent in pairs
        for code in filter(None, codes.split(","))
    }


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
    if (problems := _todays_problems(warehouse)) is not None:
        place = ["indicator", "segment", "source"]
        read = warehouse.frame("SELECT indicator, segment, source, table_id FROM lineage")
        joined = problems.merge(read, on=place, how="left")
        joined["table_id"] = (
            joined["table_id"].astype(object).where(joined["table_id"].notna(), None)
        )
        joined = joined[[*place, "table_id", "stale", "reason"]]
        return joined.sort_values([*place, "reason"], ignore_index=True)
    return warehouse.frame(
        """
        SELECT indicator, segment, source, table_id, stale, reason
        FROM source_problem
        LEFT JOIN lineage USING (indicator, segment, source)
        ORDER BY indicator, segment, source, reason
        """
    )
