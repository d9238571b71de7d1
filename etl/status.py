"""
What the current warehouse holds: the answer of `etl status`.

An edge: reads the current version, and how it stands.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.catalogue import Catalogue
from etl.catalogue.pointer import Pointer
from etl.catalogue.standing import SourceProblem, VersionStanding
from etl.catalogue.warehouse_schema import connected
from etl.store import Binding

_EXAMPLES = 3
# The first update after the run that the source has announced.
_NEXT = "SELECT min(next_update) FROM source_table, run WHERE next_update > run.finished"


def warehouse_status(
    data: Path,
    pointer: Pointer,
    catalogue: Catalogue,
    *,
    binding: Binding | None,
    standing: VersionStanding,
) -> dict[str, Any]:
    """Return version, coverage of every indicator, sources, revisions, what waits, and warnings."""
    with connected(data / pointer.file) as connection:
        problems = _problems(connection, pointer, standing)
        return {
            "version": pointer.version,
            "built": pointer.built,
            "example": pointer.example,
            "observations": _first_value(connection, "SELECT observations FROM run"),
            "next_update": _zulu(_first_value(connection, _NEXT)),
            "indicators": _indicators(connection, catalogue, problems),
            "hold": standing.hold.model_dump() if standing.hold else None,
            "held": [one.model_dump(mode="json") for one in standing.held],
            "unguarded": list(standing.unguarded),
            "sources": _sources(connection),
            "revisions": _first_value(connection, "SELECT count(*) FROM revision"),
            "revised": _revised(connection),
            "binding": {key: vars(table) for key, table in binding.tables.items()}
            if binding
            else {},
            "warnings": [
                text for (text,) in connection.execute("SELECT text FROM warning").fetchall()
            ],
        }


def _problems(
    connection: duckdb.DuckDBPyConnection, pointer: Pointer, standing: VersionStanding
) -> dict[str, list[SourceProblem]]:
    """Return what is stale or missing, by indicator: as it is today, or as it was published."""
    problems = standing.problems
    if standing.version != pointer.version:
        rows = connection.execute(
            """
            SELECT indicator, segment, source, stale, false AS held, reason, '' AS since
            FROM source_problem
            """
        ).fetchall()
        fields = ("indicator", "segment", "source", "stale", "held", "reason", "since")
        problems = tuple(SourceProblem(**dict(zip(fields, row, strict=True))) for row in rows)
    found: dict[str, list[SourceProblem]] = {}
    for problem in problems:
        found.setdefault(problem.indicator, []).append(problem)
    return found


def _indicators(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    problems: Mapping[str, Sequence[SourceProblem]],
) -> dict[str, Any]:
    observed = connection.execute(
        """
        SELECT indicator::VARCHAR, min(period)::VARCHAR, max(period)::VARCHAR,
               count(DISTINCT region), count(*)
        FROM observation
        GROUP BY indicator
        """
    ).fetchall()
    covered = {row[0]: row[1:] for row in observed}
    tables = dict(
        connection.execute(
            """
            SELECT indicator, list(DISTINCT table_id ORDER BY table_id)
            FROM indicator_source
            GROUP BY indicator
            """
        ).fetchall()
    )
    return {
        entry.id: {
            **dict(
                zip(
                    ("first", "last", "regions", "observations"),
                    covered.get(entry.id, (None, None, 0, 0)),
                    strict=True,
                )
            ),
            "tables": tables.get(entry.id, []),
            "stale": any(one.stale for one in problems.get(entry.id, [])),
            "held": any(one.held for one in problems.get(entry.id, [])),
            "reason": "; ".join(
                f"{one.segment} {one.source}: {one.reason}" for one in problems.get(entry.id, [])
            )
            or None,
        }
        for entry in catalogue.indicators
    }


def _revised(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return for each indicator how many figures SCB has changed, and the first of them."""
    counts = connection.execute(
        "SELECT indicator, count(*) FROM revision GROUP BY indicator ORDER BY indicator"
    ).fetchall()
    rows = _records(
        connection,
        """
        SELECT indicator, region, period, sex, background, age, education, old_value, new_value,
               old_status, new_status, strftime(seen, '%Y-%m-%dT%H:%M:%SZ') AS seen
        FROM revision
        QUALIFY row_number() OVER (
            PARTITION BY indicator
            ORDER BY seen, period DESC, background DESC, sex DESC, age DESC, education DESC, region
        ) <= $examples
        ORDER BY indicator, seen, period DESC, background DESC, sex DESC, age DESC,
                 education DESC, region
        """,
        {"examples": _EXAMPLES},
    )
    first: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        first.setdefault(row.pop("indicator"), []).append(row)
    return {name: {"count": count, "first": first[name]} for name, count in counts}


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    tables = _records(
        connection,
        """
        SELECT table_id AS "table", title, path, updated, fetched, next_update, sha256
        FROM source_table ORDER BY table_id
        """,
    )
    moments = ("updated", "fetched", "next_update")
    return [table | {name: _zulu(table[name]) for name in moments} for table in tables]


def _records(
    connection: duckdb.DuckDBPyConnection, question: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the rows of an answer, each by the names of its columns."""
    cursor = connection.execute(question, values)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _zulu(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat() + "Z"


def _first_value(connection: duckdb.DuckDBPyConnection, question: str) -> Any:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
