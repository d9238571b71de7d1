"""Five million rows leave the API without ever being held."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.dashboard.warehouse import FIRST, ROOT, publish

ROWS = 5_000_000
ADDED = 200_000_000  # bytes


def enlarged(data: Path) -> None:
    """Publish a version of four indicators, 1 000 regions, 25 years, 25 groups of both sexes."""
    path = publish(data)
    path.unlink()
    with duckdb.connect(path) as connection:
        for name, codes in (
            (
                "indicator",
                "['population', 'net_migration', 'employment_rate', 'open_unemployment']",
            ),
            ("region", "[format('r{:04d}', i) FOR i IN range(1000)]"),
            ("period", "[CAST(i AS VARCHAR) FOR i IN range(2000, 2025)]"),
            ("sex", "['1', '2']"),
            ("background", "[format('b{:02d}', i) FOR i IN range(25)]"),
            ("education", "['_T']"),
            ("segment", "['old']"),
            ("kind", "['published']"),
        ):
            connection.execute(f"CREATE TYPE {name}_code AS ENUM (SELECT unnest({codes})::VARCHAR)")
        connection.execute((ROOT / "etl" / "schema.sql").read_text(encoding="utf-8"))
        every = ", ".join(
            f"(SELECT unnest(enum_range(NULL::{name}_code)) AS {name})"
            for name in ("indicator", "region", "period", "sex", "background")
        )
        connection.execute(
            "INSERT INTO observation BY NAME SELECT *, '_T' AS education, random() AS value,"
            f" 'old' AS segment, 'published' AS kind FROM {every}"
        )
        connection.execute(
            "INSERT INTO region BY NAME SELECT unnest(enum_range(NULL::region_code)) AS code,"
            " code AS name, 'municipality' AS level, 'i' AS locative_sv, 'in' AS locative_en"
        )
        connection.execute("INSERT INTO run VALUES (?, now(), now(), false, ?, 0)", [FIRST, ROWS])


@pytest.mark.slow
def test_five_million_rows_stream_in_little_memory(tmp_path: Path) -> None:
    """However long the answer, the server holds a portion of it: 200 MB, far from its 500."""
    enlarged(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.dashboard.streaming", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=110,
    )
    told = json.loads(run.stdout)

    assert told["lines"] == ROWS + 1
    assert told["peak"] - told["before"] < ADDED
