"""
What the current warehouse holds: the answer of `etl status`.

An edge: reads the current version only.
"""

from pathlib import Path
from typing import Any

import duckdb

from etl.catalogue import Catalogue
from etl.store import Binding, Pointer


def status(
    data: Path, pointer: Pointer, catalogue: Catalogue, binding: Binding | None
) -> dict[str, Any]:
    """Return version, coverage of every indicator, sources, revisions and warnings."""
    with duckdb.connect(data / pointer.file, read_only=True) as connection:
        return {
            "version": pointer.version,
            "built": pointer.built,
            "example": pointer.example,
            "observations": _one(connection, "SELECT observations FROM run"),
            "indicators": _indicators(connection, catalogue),
            "sources": _sources(connection),
            "revisions": _one(connection, "SELECT count(*) FROM revision"),
            "binding": {key: vars(one) for key, one in binding.tables.items()} if binding else {},
            "warnings": [
                text for (text,) in connection.execute("SELECT text FROM warning").fetchall()
            ],
        }


def _indicators(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> dict[str, Any]:
    found = connection.execute(
        """
        SELECT indicator::VARCHAR, min(period)::VARCHAR, max(period)::VARCHAR,
               count(DISTINCT region), count(*)
        FROM observation
        GROUP BY indicator
        """
    ).fetchall()
    covered = {row[0]: row[1:] for row in found}
    tables = dict(
        connection.execute(
            """
            SELECT indicator, list(DISTINCT table_id ORDER BY table_id)
            FROM indicator_source
            GROUP BY indicator
            """
        ).fetchall()
    )
    problems: dict[str, list[tuple[bool, str]]] = {}
    for indicator, stale, text in connection.execute(
        "SELECT indicator, stale, segment || ' ' || source || ': ' || reason FROM source_problem"
    ).fetchall():
        problems.setdefault(indicator, []).append((stale, text))
    return {
        one.id: {
            **dict(
                zip(
                    ("first", "last", "regions", "observations"),
                    covered.get(one.id, (None, None, 0, 0)),
                    strict=True,
                )
            ),
            "tables": tables.get(one.id, []),
            "stale": any(stale for stale, _ in problems.get(one.id, [])),
            "reason": "; ".join(text for _, text in problems.get(one.id, [])) or None,
        }
        for one in catalogue.indicators
    }


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT table_id, title, path, updated, fetched, sha256 FROM source_table ORDER BY table_id"
    ).fetchall()
    return [
        {
            "table": table,
            "title": title,
            "path": path,
            "updated": updated and updated.isoformat() + "Z",
            "fetched": fetched and fetched.isoformat() + "Z",
            "sha256": digest,
        }
        for table, title, path, updated, fetched, digest in rows
    ]


def _one(connection: duckdb.DuckDBPyConnection, question: str) -> Any:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
