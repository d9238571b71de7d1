"""The counts behind shares in every format, read back by other programs."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import frictionless
import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.area_warehouse import ALBY, COUNTS, NEWER, UNEMPLOYED, publish_areas
from tests.source import ROOT

FITTJA = f"0127R005{NEWER}"
API = f"/api/v1/observations?indicator={UNEMPLOYED}&lang=sv"
EVERYTHING = f"/ladda-ner/{UNEMPLOYED}"
Counts = dict[tuple[str, str], tuple[float, float] | None]
# As the small warehouse was given them: none of Fittja in 2024, which the source hides.
GIVEN: Counts = {
    (region, year): pair
    for region, pairs in COUNTS.items()
    for year, pair in zip(("2023", "2024"), pairs, strict=True)
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over areas with counts, one of them hidden in a year."""
    folder = tmp_path_factory.mktemp("counts")
    path = publish_areas(folder)
    with duckdb.connect(path) as connection:  # a denominator beside a share that is hidden
        connection.execute(
            "UPDATE observation SET denominator = 100 WHERE value IS NULL AND indicator = $1",
            [UNEMPLOYED],
        )
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


def counts(rows: list[Any], heads: tuple[str, str, str, str]) -> Counts:
    """The counts of rows by region and year, from columns of these names; None of empty cells."""
    region, period, over, under = heads
    found: Counts = {}
    for row in rows:
        pair = row[over], row[under]
        empty = [cell in {None, ""} for cell in pair]
        assert empty[0] == empty[1]
        key = str(row[region]).split()[0], str(row[period])
        found[key] = None if empty[0] else (float(pair[0]), float(pair[1]))
    return found


MACHINE = ("region", "period", "numerator", "denominator")


def test_csv_gives_back_the_counts_and_none_beside_a_hidden_share(reader: FlaskClient) -> None:
    """Numerator and denominator are what the source counted, as whole numbers, or nothing."""
    text = reader.get(f"{EVERYTHING}.csv?omfang=allt").text
    rows = list(csv.DictReader(io.StringIO(text)))

    assert counts(rows, MACHINE) == GIVEN
    assert {row["numerator"] for row in rows} >= {"8", "2400", ""}


def test_the_swedish_csv_calls_them_numerator_and_denominator(reader: FlaskClient) -> None:
    """A Swedish Excel has them under words of the field."""
    address = f"{EVERYTHING}.csv?omfang=allt&flavour=excel"
    text = reader.get(address).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    heads = ("Region med kod", "Period", "Täljare (antal)", "Nämnare (antal)")
    assert counts(rows, heads) == GIVEN


def test_the_workbook_has_them_as_whole_numbers(reader: FlaskClient) -> None:
    """Excel shows 2400 persons, not 2400,0."""
    data = reader.get(f"{EVERYTHING}.xlsx?omfang=allt").data
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Data"]
    heads, *lines = sheet.iter_rows(values_only=True)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]

    assert counts(rows, ("Regionkod", "Period", "Täljare (antal)", "Nämnare (antal)")) == GIVEN
    assert {type(row["Täljare (antal)"]) for row in rows} == {int, type(None)}


def test_parquet_has_them_as_numbers(reader: FlaskClient, tmp_path: Path) -> None:
    """DuckDB reads null where there is none."""
    file = tmp_path / "rows.parquet"
    file.write_bytes(reader.get(f"{EVERYTHING}.parquet?omfang=allt").data)
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT region, period, numerator, denominator FROM read_parquet($1)", [str(file)]
        ).fetchall()

    assert counts([dict(zip(MACHINE, row, strict=True)) for row in found], MACHINE) == GIVEN


def test_json_stat_has_them_beside_its_values(reader: FlaskClient) -> None:
    """In `extension`, in the order of `value`: one hundred times one by the other is the value."""
    dataset = json.loads(reader.get(f"{EVERYTHING}.json?omfang=allt").text)
    pairs = [dataset["extension"][name] for name in ("numerator", "denominator")]
    found = list(zip(dataset["value"], *pairs, strict=True))

    assert len(found) == len(dataset["value"])
    assert sorted(row[1:] for row in found if row[1] is not None) == sorted(
        pair for pair in GIVEN.values() if pair
    )
    for value, over, under in found:
        assert value == (pytest.approx(100 * over / under) if under else None)


def test_the_bundle_describes_them(reader: FlaskClient, tmp_path: Path) -> None:
    """Frictionless finds numbers where the description promises them, and what they are."""
    data = reader.get(f"{EVERYTHING}.zip?omfang=allt").data
    with ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
        package = json.loads(archive.read("datapackage.json"))
        readme = archive.read("README.txt").decode()
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}

    assert report.flatten(["message"]) == []
    for name in ("numerator", "denominator"):
        assert fields[name]["type"] == "number"
        assert "källan bara publicerar andelen" in fields[name]["description"]
    assert package["indicators"][0]["counted"] == "personer"
    assert "bakom andelen: antal personer, och av hur många" in readme


def test_the_api_gives_the_same_counts_and_those_of_a_union(reader: FlaskClient) -> None:
    """Alby is R001 and R002: 8 + 32 of 100 + 200 in 2023. A hidden share has none."""
    regions = ",".join([ALBY, *COUNTS])
    document: Any = reader.get(f"{API}&region={regions}").json
    found = counts(document["data"], MACHINE)

    assert found == {**GIVEN, (ALBY, "2023"): (40, 300), (ALBY, "2024"): (40, 300)}
    assert [row["status"] for row in document["data"] if row["region"] == FITTJA] == [None, ".."]


def test_a_share_without_published_counts_has_none_and_says_so(reader: FlaskClient) -> None:
    """Nothing is multiplied out of a share and a population; the description tells why."""
    rows: Any = reader.get("/api/v1/observations?indicator=studying_20_24").json
    told: Any = reader.get("/api/v1/indicators").json
    counted = {entry["id"]: entry["counted"] for entry in told["data"]}
    book = openpyxl.load_workbook(
        io.BytesIO(reader.get("/ladda-ner/studying_20_24.xlsx?omfang=allt").data)
    )
    about = [cell for row in book["Om uppgifterna"].iter_rows(values_only=True) for cell in row]

    assert {(row["numerator"], row["denominator"]) for row in rows["data"]} == {(None, None)}
    assert counted["studying_20_24"] is None
    assert counted[UNEMPLOYED] == {"sv": "personer", "en": "persons"}
    assert "Källan publicerar bara andelen, inte antalet personer bakom den." in about
