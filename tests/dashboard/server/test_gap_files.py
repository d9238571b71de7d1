"""Files of the view of differences: a row a region, with the columns and figures of the API."""

import csv
import io

import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.exports.gaps import GAP_CHANGE_COLUMNS
from dashboard.text import term
from tests.dashboard.api_client import asked

VIEW = "region=01&vy=skillnader&niva=kommun&par=SE,SAMUTF&omfang=skillnader"
FILE = "/ladda-ner/employment_rate"


def read(shipped_client: FlaskClient, address: str) -> bytes:
    """The bytes of a file, which must be there."""
    answer = shipped_client.get(address)
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def test_csv_and_parquet_are_what_the_api_says(shipped_client: FlaskClient) -> None:
    """Every region of the view once, every digit, missing as nothing."""
    csv_rows = pd.read_csv(
        io.BytesIO(read(shipped_client, f"{FILE}.csv?{VIEW}")), dtype={"region": str, "period": str}
    )
    parquet = pd.read_parquet(io.BytesIO(read(shipped_client, f"{FILE}.parquet?{VIEW}")))
    regions = ",".join(csv_rows["region"])
    rows = asked(
        shipped_client, f"/gaps/changes?indicator=employment_rate&pair=SE,SAMUTF&region={regions}"
    )["data"]

    assert list(csv_rows.columns) == [*GAP_CHANGE_COLUMNS, "source", "version", "example"]
    assert list(parquet.columns) == list(csv_rows.columns)
    assert len(csv_rows) == len(parquet) == len(rows) == 26
    by_code = {row["region"]: row for row in rows}
    for table in (csv_rows, parquet):
        for one in table.to_dict("records"):
            for name in GAP_CHANGE_COLUMNS:
                expected, found = by_code[one["region"]][name], one[name]
                if expected is None:
                    assert pd.isna(found)
                elif isinstance(expected, float):
                    assert found == pytest.approx(expected, abs=1e-12)
                else:
                    assert str(found).removesuffix(".0") == str(expected)


@pytest.mark.parametrize("chosen", ["skillnad", "kvot", "index"])
def test_files_hold_every_measure_whichever_the_view_shows(
    shipped_client: FlaskClient, chosen: str
) -> None:
    """Difference, ratio and index beside each other, as `/gaps` has each of them."""
    address = f"{VIEW}&matt={chosen}"
    table = pd.read_csv(
        io.BytesIO(read(shipped_client, f"{FILE}.csv?{address}")), dtype={"region": str}
    )
    parquet = pd.read_parquet(io.BytesIO(read(shipped_client, f"{FILE}.parquet?{address}")))
    book = openpyxl.load_workbook(io.BytesIO(read(shipped_client, f"{FILE}.xlsx?{address}")))
    head, *lines = [list(row) for row in book.worksheets[0].values]
    [period] = set(table["period"])
    for column, measure in (("difference", "gap"), ("ratio", "ratio"), ("index", "index")):
        question = f"indicator=employment_rate&pair=SE,SAMUTF&region={','.join(table['region'])}"
        rows = asked(
            shipped_client, f"/gaps?{question}&measure={measure}&from={period}&to={period}"
        )["data"]
        values = [row["value"] for row in sorted(rows, key=lambda row: row["region"])]
        place = head.index(term(f"column_{column}", "sv"))

        assert len(values) == 26
        assert list(table.sort_values("region")[column]) == values
        assert list(parquet.sort_values("region")[column]) == values
        assert sorted(line[place] for line in lines) == sorted(values)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_files_for_readers_say_it_in_words(shipped_client: FlaskClient, lang: str) -> None:
    """The heads are those of the language, numbers have a decimal comma in the Swedish Excel."""
    text = read(shipped_client, f"{FILE}.csv?{VIEW}&flavour=excel&lang={lang}").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    book = openpyxl.load_workbook(
        io.BytesIO(read(shipped_client, f"{FILE}.xlsx?{VIEW}&lang={lang}"))
    )
    sheet = [list(row) for row in book.worksheets[0].values]
    difference = term("column_difference", lang)  # type: ignore[arg-type]
    column = list(lines[0]).index(difference)

    assert list(lines[0]) == sheet[0]
    assert len(lines) == len(sheet) - 1 == 26
    assert all("," in line[difference] or line[difference].isdecimal() for line in lines)
    assert [float(line[difference].replace(",", ".")) for line in lines] == [
        row[column] for row in sheet[1:]
    ]
    assert term("example", lang) in text  # type: ignore[arg-type]


def test_where_there_is_no_such_file_it_is_said(shipped_client: FlaskClient) -> None:
    """Of a format without one, of what is no indicator, and of a measure without groups."""
    for address in (f"{FILE}.json?{VIEW}", f"/ladda-ner/urval.csv?{VIEW}"):
        answer = shipped_client.get(address)
        assert answer.status_code == 404
        assert answer.text


def test_the_view_leads_to_its_files(shipped_client: FlaskClient) -> None:
    """One way to each, beside the files of what is shown."""
    page = shipped_client.get(
        f"/indikator/employment_rate?{VIEW.removesuffix('&omfang=skillnader')}"
    )
    for suffix in ("csv", "xlsx", "parquet"):
        assert f"{FILE}.{suffix}?" in page.text
    assert page.text.count("omfang=skillnader") == 4


def test_the_page_of_all_measures_has_its_file(shipped_client: FlaskClient) -> None:
    """A row a measure, as the API has it; the Excel of it in words."""
    address = "/ladda-ner/skillnader"
    table = pd.read_csv(
        io.BytesIO(read(shipped_client, f"{address}.csv?region=0127&par=2,1")),
        dtype={"region": str, "period": str},
    )
    sheet = openpyxl.load_workbook(
        io.BytesIO(read(shipped_client, f"{address}.xlsx?region=0127&par=2,1"))
    ).worksheets[0]

    assert len(table) == sheet.max_row - 1 > 30
    assert table["indicator"].is_unique
    for one in table.head(8).to_dict("records"):
        (row,) = asked(
            shipped_client, f"/gaps/changes?indicator={one['indicator']}&pair=2,1&region=0127"
        )["data"]
        assert one["difference"] == row["difference"]
        assert (None if pd.isna(one["verdict"]) else one["verdict"]) == row["verdict"]
    assert shipped_client.get(f"{address}.csv?region=01&par=SE,UTLB").status_code == 404
    assert shipped_client.get(f"{address}.json").status_code == 404
