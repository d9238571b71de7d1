"""The source's footnotes in files and over the API: the same in each, as plain text."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import openpyxl
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient

from etl.source.jsonstat import document_dataset
from tests.dashboard.api_client import asked
from tests.dashboard.noted_warehouse import NOVEMBER, SMALL, WOMEN, YEAR, noted_application

SPLIT = (
    "Ny indelning 1998. Se SCB om <b>regioner</b> (https://www.scb.se/regioner/) och "
    "[annat](javascript:alert(1))."
)
FILE = "/ladda-ner/employment_rate"
SHOWN = "?region=0127&jamfor=00&ar=2010-2023"
# indicator, table, mandatory, applies_to, text
EXPECTED = [
    ("employment_rate", "TAB4881, TAB6383", True, [], NOVEMBER),
    ("employment_rate", "TAB4881", False, ["period:2011"], YEAR),
    ("employment_rate", "TAB4881", False, ["region:0127"], SPLIT),
]


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a warehouse with notes at every level."""
    yield from noted_application(tmp_path_factory.mktemp("noted"), older=False)


def listed(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Footnotes as values, in the order of `EXPECTED`."""
    names = ("indicator", "table", "mandatory", "applies_to", "text")
    assert all(tuple(entry) == names for entry in entries)
    return [tuple(entry[name] for name in names) for entry in entries]


def test_the_bundle_holds_the_footnotes_of_its_rows(noted: FlaskClient) -> None:
    """In the package for programs, in a table of their own, in the README for readers."""
    with ZipFile(io.BytesIO(noted.get(f"{FILE}.zip{SHOWN}").data)) as archive:
        package = json.loads(archive.read("datapackage.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("footnotes.csv").decode())))
        readme = archive.read("README.txt").decode()

    assert listed(package["footnotes"]) == EXPECTED
    assert [(row["mandatory"], row["applies_to"], row["text"]) for row in rows] == [
        (str(mandatory).lower(), " ".join(applies), text)
        for *_, mandatory, applies, text in EXPECTED
    ]
    assert f"Viktig fotnot från källan (TAB4881, TAB6383): {NOVEMBER}\r\n" in readme
    assert f"Fotnot från källan (TAB4881): {SPLIT} Gäller Botkyrka.\r\n" in readme
    assert f"Fotnot från källan (TAB4881): {YEAR} Gäller 2011.\r\n" in readme
    assert "footnotes.csv: källans fotnoter, med vad de gäller" in readme


def test_workbook_and_parquet_hold_them(noted: FlaskClient) -> None:
    """The sheet about the figures, and the metadata inside the file."""
    book = openpyxl.load_workbook(io.BytesIO(noted.get(f"{FILE}.xlsx{SHOWN}").data))
    about = [(row[0].value, row[1].value) for row in book["Om uppgifterna"]]
    table = pq.read_table(io.BytesIO(noted.get(f"{FILE}.parquet{SHOWN}").data))

    assert ("Viktig fotnot från källan (TAB4881, TAB6383)", NOVEMBER) in about
    assert ("Fotnot från källan (TAB4881)", f"{SPLIT} Gäller Botkyrka.") in about
    assert listed(json.loads(table.schema.metadata[b"metadata"])["footnotes"]) == EXPECTED


def test_json_stat_has_them_where_the_standard_has_notes(noted: FlaskClient) -> None:
    """At the indicator and the codes, marked as PxWebApi does: our own reader finds them there."""
    sent: Any = noted.get(f"{FILE}.json{SHOWN}").json
    read = {
        (note.dimension, note.code, note.text, note.mandatory)
        for note in document_dataset(sent).notes
    }
    assert read == {
        ("indicator", "employment_rate", NOVEMBER, True),
        ("period", "2011", YEAR, False),
        ("region", "0127", SPLIT, False),
    }
    assert listed(sent["extension"]["footnotes"]) == EXPECTED


def test_an_indicator_tells_all_its_footnotes_over_the_api(noted: FlaskClient) -> None:
    """With whom each concerns, by the codes of the same answer."""
    found = listed(asked(noted, "/indicators/employment_rate")["data"]["notes"])
    assert found == [
        EXPECTED[0],
        ("employment_rate", "TAB6383", True, ["background:VXEUEES"], SMALL),
        EXPECTED[1],
        ("employment_rate", "TAB4881", False, ["region:0127", "region:0126"], SPLIT),
        ("employment_rate", "TAB6383", False, ["sex:2"], WOMEN),
    ]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("region=0127&sex=_T&background=_T&from=2010&to=2012", [NOVEMBER, YEAR, SPLIT]),
        ("region=0180&sex=_T&background=_T&from=2012", [NOVEMBER]),
        ("region=0180&sex=_T&from=2012", [NOVEMBER, SMALL]),
        ("region=0180&background=_T&to=2010", [NOVEMBER, WOMEN]),
        ("level=country&sex=1,2&background=_T&from=2011&to=2011", [NOVEMBER, YEAR, WOMEN]),
    ],
)
def test_observations_tell_the_footnotes_on_what_was_asked_for(
    noted: FlaskClient, query: str, texts: list[str]
) -> None:
    """No group, year or region that was not asked for is explained."""
    meta = asked(noted, f"/observations?indicator=employment_rate&{query}")["meta"]
    assert [note["text"] for note in meta["footnotes"]] == texts
    assert meta["notes"] == []


def test_an_older_version_gives_its_notes_as_on_everything(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A version that is kept goes on answering."""
    for older in noted_application(tmp_path_factory.mktemp("older"), older=True):
        found = listed(asked(older, "/indicators/employment_rate")["data"]["notes"])
        assert [(applies, text) for *_, applies, text in found] == [
            ([], text) for text in (NOVEMBER, SMALL, YEAR, SPLIT, WOMEN)
        ]
