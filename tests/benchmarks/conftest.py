"""The example that panels are measured over."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

from etl.catalogue.pointer import read_pointer

Places = Mapping[str, Sequence[str]]  # codes by level


@pytest.fixture(scope="session")
def warehouse(example_data: Path) -> Path:
    """The warehouse of the example."""
    current = read_pointer(example_data)
    assert current is not None
    return example_data / current.file


@pytest.fixture(scope="session")
def places(warehouse: Path) -> Places:
    """The regions of the example by level, and the municipalities that have areas."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        rows = connection.execute("SELECT level, code FROM region ORDER BY code").fetchall()
        parents = connection.execute(
            "SELECT DISTINCT parent FROM region WHERE level = 'regso' ORDER BY parent"
        ).fetchall()
    found: dict[str, list[str]] = {"with areas": [code for (code,) in parents]}
    for level, code in rows:
        found.setdefault(level, []).append(code)
    return found
