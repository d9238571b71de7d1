from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.catalogue.regions import level_of_code
from tests.example import read_alone

pytestmark = pytest.mark.slow


@pytest.fixture
def example(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the example, to read."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    with read_alone(file) as connection:
        yield connection


def test_of_the_codes_of_regions_areas_are_the_last(example: duckdb.DuckDBPyConnection) -> None:
    """First the country, counties and municipalities by code, then the areas by code."""
    rows = example.execute("SELECT unnest(enum_range(NULL::region_code))::VARCHAR").fetchall()
    codes = [code for (code,) in rows]
    areas = [code for code in codes if level_of_code(code) == "regso"]
    others = [code for code in codes if level_of_code(code) != "regso"]

    assert areas
    assert codes == sorted(others) + sorted(areas)


def test_the_areas_of_an_indicator_stand_after_its_other_regions(
    example: duckdb.DuckDBPyConnection,
) -> None:
    """Whoever asks of a municipality reads none of the many rows of areas."""
    mixed = example.execute(
        """
        SELECT indicator::VARCHAR, count(DISTINCT area),
               max(rowid) FILTER (NOT area) < min(rowid) FILTER (area)
        FROM (SELECT indicator, rowid, region::VARCHAR LIKE '____R%' AS area FROM observation)
        GROUP BY indicator
        HAVING count(DISTINCT area) = 2
        """
    ).fetchall()

    assert mixed
    assert {indicator for indicator, _, last in mixed if not last} == set()
