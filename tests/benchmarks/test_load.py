"""How fast, and in how little memory, landed documents become a warehouse."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pxweb._internal.functions import unpack_table_data

from tests.benchmarks.labour import CELLS
from tests.benchmarks.landed import Landed, landed
from tests.benchmarks.machine import best, told

TABLES, MANY_TABLES = 4, 11
FASTER = 5
GIBIBYTE = 2**30


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """Four indicators of two million cells each, in documents of 127,600 cells."""
    return landed(TABLES, tmp_path_factory.mktemp("few"))


def by_frame(source: Landed, target: Path) -> int:
    """The usual route for one table: pxwebpy's rows, a frame, a database; returns cells."""
    target.unlink(missing_ok=True)
    rows: list[dict[str, Any]] = []
    for record in source.documents(0):
        rows += unpack_table_data(json.loads(source.read(record)), show="code")
    frame = pd.DataFrame(rows)
    with duckdb.connect(target) as connection:
        connection.register("frame", frame)
        connection.execute("CREATE TABLE observation AS SELECT * FROM frame")
    return len(frame)


@pytest.mark.slow
def test_landing_to_warehouse_is_five_times_as_fast_as_by_frames(
    few: Landed, tmp_path: Path
) -> None:
    """With every check and every status, a cell costs a fifth of what the usual route takes."""
    outcome = few.build()
    assert outcome.report.problems == []
    assert outcome.report.observations == few.cells * 19 // 20  # all but the twin of the total

    ours = few.cells / best(few.build)
    target = tmp_path / "frames.duckdb"
    theirs = CELLS / best(lambda: by_frame(few, target))

    told(
        "Landing to warehouse, checks included",
        f"{few.cells:,} cells in {TABLES} tables; by frames {CELLS:,} cells, one of the tables",
        f"this pipeline              {ours / 1e6:.2f} million cells/s",
        f"pxwebpy, DataFrame, DuckDB {theirs / 1e6:.2f} million cells/s",
        f"ratio                      {ours / theirs:.1f}, at least {FASTER} asked for",
    )
    assert ours >= FASTER * theirs


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read in /proc")
def test_twenty_million_cells_need_less_than_a_gibibyte(tmp_path: Path) -> None:
    """A build holds one indicator at a time: a small server builds all of them."""
    source = landed(MANY_TABLES, tmp_path)
    command = [sys.executable, "-m", "tests.benchmarks.peak", str(source.file)]
    built = subprocess.run([*command, str(source.data)], capture_output=True, text=True, check=True)
    found = json.loads(built.stdout)

    told(
        "Peak memory of a build in a process of its own",
        f"{source.cells:,} cells, indicator by indicator: {found['peak'] / 2**20:.0f} MiB",
    )
    assert found["observations"] == source.cells * 19 // 20
    assert source.cells >= 20_000_000
    assert found["peak"] < GIBIBYTE
