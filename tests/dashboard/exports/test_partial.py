"""A union that lacks some of its members says so in every file."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.data.observation import Observation
from dashboard.exports.extract import all_rows
from dashboard.exports.read import view_extract
from dashboard.server.app import create_app
from dashboard.state.url import State
from dashboard.state.visit import visited
from etl.measures.unions import MissingMember
from tests.dashboard import rendered
from tests.dashboard.union_warehouse import GROUP, RATE

# Of Botkyrka and Huddinge only Botkyrka has a figure in 2021.
PARTIAL = {"2020": None, "2021": "1 of 2", "2022": None}
PAGE = f"/ladda-ner/{RATE}"
SHOWN = f"?region={GROUP}&jamfor=0126"
API = f"/api/v1/observations?indicator={RATE}&region={GROUP},0126&background=_T"


@pytest.fixture(scope="module")
def reader(united: Context) -> FlaskClient:
    """The application over it."""
    client: FlaskClient = create_app(united).server.test_client()
    return client


def statuses(rows: list[Any]) -> dict[str, Any]:
    """The status of the group by period."""
    return {row["period"]: row["status"] or None for row in rows if row["region"] == GROUP}


@pytest.mark.parametrize("address", [f"{PAGE}.csv{SHOWN}", f"{API}&format=csv"])
def test_a_partial_value_says_of_how_many_members_it_is_made(
    reader: FlaskClient, address: str
) -> None:
    """Whoever has the row alone sees that 82 is Botkyrka's, and not that of both."""
    rows = list(csv.DictReader(io.StringIO(reader.get(address).text)))

    assert statuses(rows) == PARTIAL
    assert [row["value"] for row in rows if row["status"] == "1 of 2"] == ["82"]
    # A member that is hidden keeps the source's symbol.
    assert [
        row["status"] for row in rows if (row["region"], row["period"]) == ("0126", "2021")
    ] == [".."]


def test_only_the_rows_that_are_partial_are_marked(united: Context) -> None:
    """The union lacks one of three; a member beside it has its own figure and no mark."""
    lacking = (MissingMember("0126", "suppressed"),)
    members = ("0127", "0126", "0180")
    one = Observation(RATE, GROUP, "2021", "rams", 82.0, kind="computed")
    beside = Observation(RATE, "0126", "2021", "rams", 82.0)
    rows = (one._replace(members=members, lacking=lacking), beside)
    with united.warehouses.current() as warehouse:
        assert warehouse
        visit = visited(united, warehouse, "/", State(), current=warehouse.version)
        made = all_rows(
            view_extract(visit, united.catalogue.indicator[RATE], rows, "http://localhost/")
        )

    assert statuses(made.to_dict("records")) == {"2021": "2 of 3"}
    assert made["status"].isna().tolist() == [True, False]


def test_the_api_says_so_in_records_and_in_words(reader: FlaskClient) -> None:
    """JSON has the same status, and a sentence on the newest year of each union."""
    document: Any = reader.get(f"{API}&to=2021&lang=en").json

    assert statuses(document["data"]) == {"2020": None, "2021": "1 of 2"}
    assert document["meta"]["notes"] == [
        (
            "2021: The figure for the group Två is calculated from 1 of 2 municipalities; "
            "the other is missing. That covers 25 per cent of the population aged 20–64 "
            "in the group. The figure covers Botkyrka only."
        )
    ]


def test_an_earlier_year_that_is_partial_is_said_beside_a_newest_that_is_whole(
    reader: FlaskClient,
) -> None:
    """2022 is of both municipalities; whoever meets 1 of 2 in 2021 finds the words for it."""
    document: Any = reader.get(f"{API}&lang=en").json

    assert statuses(document["data"]) == PARTIAL
    assert document["meta"]["notes"] == [
        (
            "2022: The figure for the group Två is calculated from 2 municipalities. "
            "The figure is a weighted mean."
        ),
        (
            "2021: The figure for the group Två is calculated from 1 of 2 municipalities; "
            "the other is missing. That covers 25 per cent of the population aged 20–64 "
            "in the group. The figure covers Botkyrka only."
        ),
    ]


def test_a_group_that_is_partial_is_named_where_everybody_is_whole(united: Context) -> None:
    """Everybody of both municipalities, those born in Sweden of one: never told as whole."""
    one = Observation(
        RATE, GROUP, "2021", "bas", 82.0, kind="computed", members=("0127", "0126"), how="weighted"
    )
    rows = [
        one._replace(period=period, background=group, lacking=lacking)
        for period, group, lacking in (
            ("2021", "_T", ()),
            ("2021", "SE", ()),
            ("2022", "_T", ()),
            ("2022", "SE", (MissingMember("0126", "suppressed"),)),
        )
    ]
    with united.warehouses.current() as warehouse:
        assert warehouse
        visit = visited(united, warehouse, "/", State(), current=warehouse.version)
        extract = view_extract(visit, united.catalogue.indicator[RATE], rows, "http://localhost/")

    whole, partial = extract.meta.notes
    assert whole.startswith("2022 (Samtliga): Uppgiften för gruppen Två är beräknad ur 2 kommuner.")
    assert partial.startswith("2022 (Födda i Sverige): Uppgiften för gruppen Två är beräknad ur 1 ")


def test_files_for_readers_say_so_in_their_language(reader: FlaskClient) -> None:
    """Excel's CSV and the workbook write 1 av 2, and the sheet about the figures what it means."""
    text = reader.get(f"{PAGE}.csv{SHOWN}&flavour=excel").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"{PAGE}.xlsx{SHOWN}&ar=2020-2021").data))
    about = {str(row[0].value): str(row[1].value) for row in book["Om uppgifterna"]}

    assert "1 av 2" in {row["Symbol"] for row in rows}
    assert "1 av 2" in {cell.value for row in book["Data"] for cell in row}
    assert any("”1 av 2”" in text for text in about.values())
    assert about["Sammanlagd region"].startswith("2021: Uppgiften för gruppen Två är beräknad ur 1")


def test_files_for_programs_carry_status_and_notes(reader: FlaskClient) -> None:
    """Parquet, JSON-stat and the bundle."""
    query = f"{SHOWN}&ar=2020-2021"
    table = pq.read_table(io.BytesIO(reader.get(f"{PAGE}.parquet{query}").data))
    cube: Any = reader.get(f"{PAGE}.json{query}").json
    with zipfile.ZipFile(io.BytesIO(reader.get(f"{PAGE}.zip{query}").data)) as bundle:
        package = json.loads(bundle.read("datapackage.json"))
        readme = bundle.read("README.txt").decode()

    assert statuses(table.to_pylist()) == {"2020": None, "2021": "1 of 2"}
    said = json.loads(table.schema.metadata[b"metadata"])["notes"]
    assert len(said) == 1
    assert said[0] in readme
    assert cube["extension"]["notes"] == package["notes"] == said
    assert "1 of 2" in cube["status"].values()


def test_a_picture_says_how_whole_its_unions_are(reader: FlaskClient) -> None:
    """A chart that has left the panel still says that it shows one of two municipalities."""
    page = rendered.shown(reader, f"/indikator/{RATE}", f"{SHOWN}&ar=2020-2021")
    (under,) = (
        one["props"]["data-sources"].split("\n")
        for one in rendered.components(page)
        if one["props"].get("className") == "takeaway"
    )
    assert under[0].startswith("2021: Uppgiften för gruppen Två är beräknad ur 1 av 2 kommuner; ")
