"""Files over HTTP: what a page shows, a whole indicator, a selection, everything."""

import csv
import io
import re
from collections.abc import Iterator

import openpyxl
import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.exports import jsonstat
from dashboard.server.app import create_app
from tests.dashboard.union_warehouse import GROUP, publish_unions
from tests.dashboard.warehouse import CATALOGUE, FIRST, ROOT, publish


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """One context for all, since nothing here writes."""
    data = tmp_path_factory.mktemp("downloads")
    publish(data)
    given = opened(data, CATALOGUE)
    yield given
    given.warehouses.close()


@pytest.fixture(scope="module")
def client(context: Context) -> FlaskClient:
    """The application over HTTP."""
    server: Flask = create_app(context).server
    return server.test_client()


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_the_file_of_a_page_holds_the_rows_that_the_page_shows(client: FlaskClient) -> None:
    """Own region and those it is compared with, everybody: 22 years each, one missing."""
    rows = lines(client, "/ladda-ner/employment_rate.csv?region=0127&jamfor=0180")

    assert {row["region"] for row in rows} == {"0127", "0180"}
    assert len(rows) == 22 + 21
    assert {row["sex"] + row["background"] for row in rows} == {"_T_T"}
    hidden = next(row for row in rows if (row["region"], row["period"]) == ("0127", "2010"))
    assert (hidden["value"], hidden["status"]) == ("", "..")
    assert {row["table"] for row in rows} == {"TAB4881", "TAB6383"}


def test_the_whole_indicator_is_all_its_rows(client: FlaskClient) -> None:
    """What the page cannot show at once can still be taken."""
    rows = lines(client, "/ladda-ner/employment_rate.csv?region=0127&omfang=allt")

    assert {row["region"] for row in rows} >= {"00", "01", "0127", "0980"}
    assert {row["background"] for row in rows} >= {"_T", "SE", "VXEUEES"}


def test_a_selection_holds_what_the_address_names(client: FlaskClient) -> None:
    """A key that is left out is everything."""
    rows = lines(
        client,
        "/ladda-ner/urval.csv?indikatorer=net_migration,employment_rate&region=0180&kon=_T"
        "&bakgrund=_T&ar=2020-2021",
    )

    assert {(row["indicator"], row["period"]) for row in rows} == {
        (indicator, year)
        for indicator in ("employment_rate", "net_migration")
        for year in ("2020", "2021")
    }
    assert {row["region"] for row in rows} == {"0180"}


def test_the_catalogue_is_one_file(client: FlaskClient) -> None:
    """Everything that is published, in one request."""
    answer = client.get("/ladda-ner/katalogen.parquet")
    table = pq.read_table(io.BytesIO(answer.data))

    assert answer.content_type == "application/vnd.apache.parquet"
    assert set(table["indicator"].to_pylist()) == {
        "population",
        "net_migration",
        "employment_rate",
    }


def test_the_flavour_for_excel_is_asked_for_by_name(client: FlaskClient) -> None:
    """The same address, another reader."""
    answer = client.get("/ladda-ner/employment_rate.csv?region=0180&flavour=excel")

    assert answer.data.startswith(b"\xef\xbb\xbfIndikator;Region;")


def test_a_file_has_a_name_a_tag_and_a_time_to_keep(client: FlaskClient) -> None:
    """Saved under what it is; asked for again only when there is a newer version."""
    address = "/ladda-ner/employment_rate.zip?region=0180"
    answer = client.get(address)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    pinned = client.get(f"{address}&version={FIRST}")

    assert re.fullmatch(
        r'attachment; filename="employment_rate_\d-regioner_2003-2024_[\w-]+\.zip"',
        answer.headers["Content-Disposition"],
    )
    assert (again.status_code, again.data) == (304, b"")
    assert "immutable" not in answer.headers["Cache-Control"]
    assert "immutable" in pinned.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ladda-ner/no_such.csv", 404),
        ("/ladda-ner/employment_rate.doc", 404),
        ("/ladda-ner/employment_rate.csv?flavour=wine", 404),
        ("/ladda-ner/employment_rate.csv?version=20200101T000000Z-00000000", 410),
    ],
)
def test_what_is_not_there_is_said_in_words(client: FlaskClient, address: str, status: int) -> None:
    """An unknown file is an honest refusal, in the reader's language, never an empty file."""
    swedish, english = (
        client.get(address),
        client.get(f"{address}{'&' * ('?' in address) or '?'}lang=en"),
    )

    assert (swedish.status_code, english.status_code) == (status, status)
    assert swedish.text.startswith("Det finns" if status == 404 else "Länken är låst")
    assert english.text.startswith("There " if status == 404 else "The link is fixed")


def test_what_a_format_cannot_hold_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too much for a cube is no fault of the server."""
    monkeypatch.setattr(jsonstat, "CUBE_CELLS", 10)
    answer = client.get("/ladda-ner/katalogen.json")

    assert answer.status_code == 400
    assert "Filer för JSON-stat görs med högst 10" in answer.text


def test_a_version_is_given_back_when_its_file_is_sent_or_the_reader_is_gone(
    client: FlaskClient, context: Context
) -> None:
    """No download holds a version open for ever."""
    for close in (False, True):
        answer = client.get("/ladda-ner/katalogen.csv")
        if not close:
            assert answer.data
        answer.close()

        assert set(context.warehouses._readers.values()) <= {0}


@pytest.fixture(scope="module")
def united(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a warehouse whose two municipalities are a group."""
    data = tmp_path_factory.mktemp("united")
    publish_unions(data)
    given = opened(data, ROOT / "indicators.yaml")
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


def test_a_union_is_computed_and_names_the_tables_of_its_members(united: FlaskClient) -> None:
    """(80 x 1000 + 60 x 3000) / 4000 = 65; 2021 lacks a member; 2022 is another register."""
    rows = lines(united, f"/ladda-ner/employment_rate.csv?region={GROUP}&jamfor=")
    found = {row["period"]: row for row in rows if row["region"] == GROUP}

    assert float(found["2020"]["value"]) == pytest.approx(65)
    assert {row["kind"] for row in found.values()} == {"computed"}
    assert (found["2020"]["table"], found["2022"]["table"]) == ("TAB4881", "TAB6383")
    assert {row["region_name"] for row in found.values()} == {"Två"}


def test_no_line_of_a_workbook_joins_a_union_with_one_of_other_members(
    united: FlaskClient,
) -> None:
    """2021 is made of one member only, so that its chart has a line that ends in 2020."""
    answer = united.get(f"/ladda-ner/employment_rate.xlsx?region={GROUP}&jamfor=")
    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.data))["Diagram"][30]]

    assert heads == ["Period", "Två", "Två (från 2021)", "Två (från 2022)"]
