"""Which table a figure is of, where an indicator has its groups from several."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.rendered import shown, text
from tests.etl.running import CATALOGUE

MOVES = "net_migration_domestic"


@pytest.fixture(scope="module")
def example(example_data: Path) -> FlaskClient:
    """The panel with the shipped example."""
    client: FlaskClient = create_app(opened(example_data, CATALOGUE)).server.test_client()
    return client


@pytest.mark.parametrize("scope", ["", "&omfang=allt"])
@pytest.mark.parametrize(
    ("group", "tables"),
    [
        ("_T", {"2024": "TAB1212", "2025": "TAB6640"}),
        ("SE", {"2024": "TAB4693", "2025": "TAB6657"}),
        ("SAMUTF", {"2024": "TAB4693", "2025": "TAB6657"}),
    ],
)
def test_a_row_names_the_table_that_its_group_is_of(
    example: FlaskClient, group: str, tables: dict[str, str], scope: str
) -> None:
    """Moves of everybody and by country of birth are two tables of one register."""
    answer = example.get(f"/ladda-ner/{MOVES}.csv?region=20&bakgrund={group}&ar=2024-2025{scope}")
    rows = [
        row
        for row in csv.DictReader(StringIO(answer.text))
        if (row["region"], row["background"], row["age"]) == ("20", group, "_T")
        and row["period"] in tables
    ]

    assert rows
    assert {row["period"]: row["table"] for row in rows} == {
        period: f"example:{table}" for period, table in tables.items()
    }


@pytest.mark.parametrize(
    ("group", "year", "table"),
    [
        ("_T", "2024", "TAB638"),
        ("SAMUTF", "2024", "TAB4823"),
        ("UTLB", "2024", "TAB99001"),
        ("_T", "2025", "TAB5557"),
    ],
)
def test_a_table_whose_id_is_not_in_the_catalogue_is_named_for_its_own_groups_only(
    example: FlaskClient, group: str, year: str, table: str
) -> None:
    """Everybody is counted in the table of ages and sexes, not in that of foreign background."""
    address = f"population.csv?region=20&jamfor=&bakgrund={group}&ar={year}"
    rows = list(csv.DictReader(StringIO(example.get(f"/ladda-ner/{address}").text)))
    words = text(shown(example, "/indikator/population", f"?{address.partition('?')[2]}"))

    assert {row["table"] for row in rows} == {f"example:{table}"}
    assert f"SCB, tabell {table} ·" in words


def test_a_chart_names_the_tables_of_its_groups_only(example: FlaskClient) -> None:
    """The line under the chart of two groups leaves out the table of everybody."""
    words = text(shown(example, f"/indikator/{MOVES}", "?region=20&bakgrund=SE,SAMUTF"))
    lines = words.partition("Egen bearbetning av data från SCB, tabell ")[2][:40]

    assert lines.startswith("TAB4693 och TAB6657")
