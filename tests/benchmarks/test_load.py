"""How fast landed documents become a warehouse."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from pxweb._internal.functions import unpack_table_data

from etl.catalogue.pointer import warehouse_file
from tests.benchmarks.labour import CELLS
from tests.benchmarks.landed import Landed, landed
from tests.benchmarks.machine import TIMES, best, told

TABLES = 4
FASTER = 5


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

    target = tmp_path / "frames.duckdb"
    build, frames = best(few.build, lambda: by_frame(few, target))
    ours, theirs = few.cells / build.clock, CELLS / frames.clock
    work = (few.cells / build.processor) / (CELLS / frames.processor)

    told(
        "Landing to warehouse, checks included",
        f"{few.cells:,} cells in {TABLES} tables; by frames {CELLS:,} cells, one of the tables",
        f"this pipeline              {ours / 1e6:.2f} million cells/s",
        f"pxwebpy, DataFrame, DuckDB {theirs / 1e6:.2f} million cells/s",
        f"ratio                      {ours / theirs:.1f}, at least {FASTER} asked for;"
        f" by seconds of the processor {work:.1f}",
    )
    assert ours >= FASTER * theirs


@pytest.mark.slow
def test_the_same_documents_make_a_file_of_the_same_size(few: Landed) -> None:
    """How figures are laid out does not depend on which thread was first."""
    sizes = set()
    for _ in range(TIMES):
        version = few.build().version
        assert version
        sizes.add((few.data / warehouse_file(version)).stat().st_size)

    assert len(sizes) == 1
