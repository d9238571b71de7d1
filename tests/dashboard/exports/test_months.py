"""Files and API of months and quarters: the source's own codes, as text, in every format."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import orjson
import pandas as pd
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.monthly_warehouse import (
    MONTHLY,
    MONTHS,
    QUARTERLY,
    QUARTERS,
    publish_months,
    share,
)

SHOWN = f"/ladda-ner/{MONTHLY}"
OBSERVATIONS = "/api/v1/observations"


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over yearly, quarterly and monthly figures."""
    folder: Path = tmp_path_factory.mktemp("months")
    given = opened(folder, publish_months(folder))
    yield create_app(given).server.test_client()
    given.warehouses.close()


def body(client: FlaskClient, address: str) -> bytes:
    """A file."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def periods(client: FlaskClient, query: str) -> list[str]:
    """The periods that the API gives for everybody in Huddinge."""
    address = f"{OBSERVATIONS}?region=0126&sex=_T&background=_T&{query}"
    return [row["period"] for row in orjson.loads(body(client, address))["data"]]


def test_a_program_reads_months_as_text_and_every_figure(months: FlaskClient) -> None:
    """The codes of SCB, one row a month, equal to the warehouse's."""
    frame = pd.read_csv(io.BytesIO(body(months, f"{SHOWN}.csv?region=0126&jamfor=")))
    values = dict(zip(frame["period"], frame["value"], strict=True))

    assert frame["period"].tolist() == [one for one in MONTHS if one != "2024M05"]
    assert values["2025M12"] == share("0126", "2025M12")
    assert values["2026M01"] == share("0126", "2026M01")


def test_a_double_click_in_excel_makes_no_date_of_a_month(months: FlaskClient) -> None:
    """2026M09 is no date in any language; "sep 2026" and 2026-09 would be."""
    text = body(months, f"{SHOWN}.csv?region=0126&flavour=excel").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert {row["Period"] for row in rows} == set(MONTHS)


def test_a_workbook_has_months_as_text_and_their_chart(months: FlaskClient) -> None:
    """Cells of text in the sheet of figures; the chart is over every month, gaps left empty."""
    book = openpyxl.load_workbook(io.BytesIO(body(months, f"{SHOWN}.xlsx?region=0126&jamfor=")))
    sheet, chart = book.worksheets[0], book["Diagram"]
    head = [cell.value for cell in sheet[1]]
    cells = [row[head.index("Period")] for row in sheet.iter_rows(min_row=2)]
    labels = [cell.value for cell in chart["A"] if cell.value not in {None, "Period"}]

    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[-1].value == "2026M09"
    assert labels[:2] == ["jan 2020", "feb 2020"]
    assert labels[-1] == "sep 2026"
    assert len(labels) == len(MONTHS)  # May 2024 too, which has no row
    assert len(chart._charts) == 1


def test_yearly_workbooks_keep_years_as_numbers(months: FlaskClient) -> None:
    """What could be calculated with before still can."""
    book = openpyxl.load_workbook(
        io.BytesIO(body(months, "/ladda-ner/employment_rate.xlsx?region=0126&jamfor="))
    )
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]

    assert sheet.cell(2, head.index("Period") + 1).value == 2003


def test_parquet_and_json_stat_have_months_as_time(months: FlaskClient) -> None:
    """The dimension of time has the codes in order, and their names as labels."""
    table = pq.read_table(io.BytesIO(body(months, f"{SHOWN}.parquet?region=0126&jamfor=")))
    cube = orjson.loads(body(months, f"{SHOWN}.json?region=0126&jamfor=&lang=en"))

    assert table["period"].to_pylist()[-1] == "2026M09"
    assert cube["role"]["time"] == ["period"]
    category = cube["dimension"]["period"]["category"]
    assert category["index"] == [one for one in MONTHS if one != "2024M05"]
    assert category["label"]["2026M09"] == "September 2026"


def test_each_row_of_a_month_names_its_table(months: FlaskClient) -> None:
    """The source of a month is found by month, over the end of a year too, to the newest."""
    whole = pd.read_csv(io.BytesIO(body(months, f"{SHOWN}.csv?region=0126&jamfor=")))
    frame = pd.read_csv(io.BytesIO(body(months, f"{SHOWN}.csv?region=0126&ar=2025M11-2026M02")))

    assert set(whole["table"]) == set(frame["table"]) == {"TAB6260"}
    assert set(frame["period"]) == {"2025M11", "2025M12", "2026M01", "2026M02"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"indicator={MONTHLY}&from=2020M01&to=2020M03", list(MONTHS[:3])),
        (f"indicator={MONTHLY}&from=2026", list(MONTHS[-9:])),
        (f"indicator={MONTHLY}&from=2025M12&to=2026M01", ["2025M12", "2026M01"]),
        (f"indicator={MONTHLY}&from=2025K1&to=2025K1", ["2025M01", "2025M02", "2025M03"]),
        (f"indicator={QUARTERLY}&from=2026", list(QUARTERS[-3:])),
        (f"indicator={QUARTERLY}&from=2026M05&to=2026M05", ["2026K2"]),
        ("indicator=employment_rate&from=2023M05&to=2024M02", ["2023", "2024"]),
        ("indicator=employment_rate&from=2023&to=2024", ["2023", "2024"]),
    ],
)
def test_the_api_takes_periods_of_any_length(
    months: FlaskClient, query: str, expected: list[str]
) -> None:
    """A year is all of its months, and a month is of its year and quarter."""
    assert periods(months, query) == expected


@pytest.mark.parametrize("query", ["from=2026M13", "from=2026-09", "from=2026M05&to=2026M04"])
def test_the_api_refuses_what_is_no_period(months: FlaskClient, query: str) -> None:
    """Misspelt months and spans that end before they begin are named, never guessed at."""
    answer = months.get(f"{OBSERVATIONS}?indicator={MONTHLY}&{query}")

    assert answer.status_code == 400
    assert orjson.loads(answer.data)["errors"][0]["field"] == "from"


def test_the_api_says_how_long_the_periods_of_a_measure_are(months: FlaskClient) -> None:
    """So that a program knows it before it asks for figures."""
    listed = orjson.loads(body(months, "/api/v1/indicators"))["data"]
    lengths = {one["id"]: (one["frequency"], one["last_period"]) for one in listed}

    assert lengths[MONTHLY] == ("month", "2026M09")
    assert lengths[QUARTERLY] == ("quarter", "2026K3")
    assert lengths["employment_rate"] == ("year", "2024")


def test_a_selection_of_a_year_has_its_months_beside_yearly_figures(months: FlaskClient) -> None:
    """One address over measures of different lengths."""
    address = (
        f"/ladda-ner/urval.csv?indikatorer={MONTHLY},{QUARTERLY},employment_rate"
        "&region=0126&ar=2024&kon=_T&bakgrund=_T"
    )
    frame = pd.read_csv(io.BytesIO(body(months, address)), dtype={"period": str})
    by_indicator = frame.groupby("indicator")["period"].apply(list)

    assert by_indicator["employment_rate"] == ["2024"]
    assert by_indicator[QUARTERLY] == ["2024K1", "2024K2", "2024K3", "2024K4"]
    assert len(by_indicator[MONTHLY]) == 11  # May is not there


def test_slides_have_native_charts_over_months(months: FlaskClient) -> None:
    """A category for each month, a year between those that are written."""
    deck = Presentation(
        io.BytesIO(body(months, f"/briefing.pptx?region=0126&indikatorer={MONTHLY}"))
    )
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    axis = charts[0].category_axis._element
    skip = axis.find("{*}tickLblSkip").get("val")

    assert list(charts[0].plots[0].categories)[-2:] == ["aug 2026", "sep 2026"]
    assert int(skip) % 12 == 0
