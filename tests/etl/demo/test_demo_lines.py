"""What the example leaves out of its largest tables, and which lines are whole."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.catalogue.pointer import read_pointer
from tests.example import read_alone

pytestmark = pytest.mark.slow  # whole runs of the pipeline

WHOLE = (
    "employment_rate",
    "open_unemployment",
    "registered_unemployment",
    "upper_secondary_eligibility",
    "studying_20_24",
    "neet_20_25",
    "net_migration",
    "foreign_background_share",
    "foreign_born_share",
    "rented_share",
    "mover_balance",
)


@pytest.fixture(scope="module")
def warehouse(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that the ordinary build made of the example."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    with read_alone(example_data / pointer.file) as connection:
        yield connection


@pytest.mark.parametrize("region", ["0127", "01", "00"])
def test_the_lines_that_most_open_have_every_year(
    warehouse: duckdb.DuckDBPyConnection, region: str
) -> None:
    """Everybody, women, men and regions of birth: from the first year to 2023 nothing between."""
    found = warehouse.execute(
        """
        SELECT indicator::VARCHAR, background::VARCHAR, sex::VARCHAR,
               min(period::VARCHAR)::INTEGER AS first, max(period::VARCHAR)::INTEGER AS last,
               count(DISTINCT period) AS years
        FROM observation
        WHERE region::VARCHAR = $region AND list_contains($whole, indicator::VARCHAR)
          AND background::VARCHAR IN ('_T', 'SE', 'NEXS', 'EUEESXN', 'VXEUEES', 'SAMUTF')
          AND education::VARCHAR = '_T'
        GROUP BY ALL
        """,
        {"region": region, "whole": list(WHOLE)},
    ).fetchall()

    of_country = {"mover_balance", "net_migration"} if region == "00" else set()
    assert {row[0] for row in found} == set(WHOLE) - of_country
    for *series, first, last, years in found:
        assert first <= 2002, series
        assert last >= 2023, series
        assert years == last - first + 1, series
