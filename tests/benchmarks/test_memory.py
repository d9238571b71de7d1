"""In how little memory a warehouse is built, each time by the command line itself."""

from pathlib import Path

import duckdb
import pytest

from etl.catalogue.pointer import read_pointer
from tests.benchmarks.landed import landed
from tests.benchmarks.machine import told
from tests.benchmarks.peak import MEGABYTE, Taken, taken

TABLES = 11
GIBIBYTE = 2**30
MOST_OF_EXAMPLE = 700 * MEGABYTE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="peak memory is read in /proc"
    ),
]


def observations(data: Path) -> int:
    """How many observations the current warehouse holds."""
    pointer = read_pointer(data)
    assert pointer
    with duckdb.connect(data / pointer.file, read_only=True) as connection:
        (found,) = connection.execute("SELECT count(*) FROM observation").fetchall()[0]
    return int(found)


def tell(what: str, number: int, found: Taken, most: int) -> None:
    """Prints what a build took."""
    told(
        what,
        f"{number:,} observations, indicator by indicator: {found.peak / MEGABYTE:.0f} MB,"
        f" less than {most / MEGABYTE:.0f} asked for",
        f"{found.seconds:.1f} s of the processor",
    )


def test_example_data_need_less_than_seven_hundred_megabytes(tmp_path: Path) -> None:
    """Documents are made, and read again, in the memory of the smallest server there is."""
    found = taken("demo", "--data", str(tmp_path))

    tell("Peak memory of `etl demo`", observations(tmp_path), found, MOST_OF_EXAMPLE)
    assert found.peak < MOST_OF_EXAMPLE


def test_twenty_million_cells_need_less_than_a_gibibyte(tmp_path: Path) -> None:
    """A build holds one indicator at a time: a small server builds all of them."""
    source = landed(TABLES, tmp_path)
    found = taken("build", "--data", str(tmp_path), "--catalogue", str(source.file))

    tell("Peak memory of `etl build`", observations(tmp_path), found, GIBIBYTE)
    assert observations(tmp_path) == source.cells * 19 // 20
    assert source.cells >= 20_000_000
    assert found.peak < GIBIBYTE
