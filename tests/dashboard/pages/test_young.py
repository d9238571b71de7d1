"""The section of the young: each row of the ages that it says."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.text import format
from etl.catalogue.loading import load
from etl.catalogue.pointer import read_pointer
from tests.dashboard.rendered import shown, text
from tests.etl.running import CATALOGUE
from tests.example import read_alone

WORKING = ("employment_rate", "open_unemployment", "unemployment_bas_monthly")


@pytest.fixture(scope="module")
def example(example_data: Path) -> FlaskClient:
    """The panel with the shipped example."""
    client: FlaskClient = create_app(opened(example_data, CATALOGUE)).server.test_client()
    return client


@pytest.fixture(scope="module")
def warehouse(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that the panel reads."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    with read_alone(example_data / pointer.file) as connection:
        yield connection


@pytest.mark.parametrize("indicator", WORKING)
def test_work_of_the_young_is_that_of_those_aged_20_to_24(
    example: FlaskClient, warehouse: duckdb.DuckDBPyConnection, indicator: str
) -> None:
    """The newest figure of the age group, not of everybody of working age."""
    found = warehouse.execute(
        """
        SELECT age::VARCHAR, arg_max(value, period::VARCHAR) FROM observation
        WHERE indicator::VARCHAR = $indicator AND region::VARCHAR = '20'
          AND sex = '_T' AND background = '_T' AND education = '_T'
          AND age::VARCHAR IN ('_T', '20-24') AND value IS NOT NULL
        GROUP BY age
        """,
        {"indicator": indicator},
    ).fetchall()
    values = {age: format.number(value, 1, "sv") for age, value in found}
    assert values["20-24"] != values["_T"]
    row = _row(example, load(CATALOGUE).indicator[indicator].title.sv)

    assert values["20-24"] in row
    assert values["_T"] not in row
    assert "20–24 år" in row


def _row(example: FlaskClient, title: str) -> str:
    """The row of an indicator in the section, from its title to the next figure's."""
    words = text(shown(example, "/", "?region=20&samling=unga"))
    return words.partition(f" {title} ")[2][:400]


@pytest.mark.parametrize("region", ["0127", "01", "00", "grupp:Grannar"])
def test_the_section_is_there_for_every_kind_of_region(example: FlaskClient, region: str) -> None:
    """Where the source has no young, the row says that it has none."""
    group = "&grupp=Grannar:0127,0126" if region.startswith("grupp") else ""
    words = text(shown(example, "/", f"?region={region}{group}&samling=unga"))

    assert "Studerande 20–24 år" in words
    assert "16–19 år" in words
