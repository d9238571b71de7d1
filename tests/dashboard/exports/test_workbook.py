"""XLSX, read back by openpyxl: types of cells, the sheet about the figures, the chart."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from dashboard.data.context import Context
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports import workbook
from dashboard.exports.extract import Extract, TooLargeError
from dashboard.exports.formats import FORMATS
from dashboard.exports.read import requested_extract
from tests.dashboard.exports.test_csv import FORMULAE, with_rows
from tests.dashboard.exports.truth import LINK, Truth, content

ONE = RowSelection(
    indicators=("employment_rate",), regions=("0127", "0180"), sexes=("_T",), backgrounds=("_T",)
)


def book(made: Extract) -> openpyxl.Workbook:
    """The file as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content(FORMATS["xlsx"], made)))


@pytest.fixture(scope="module")
def small(context: Context, warehouse: Warehouse) -> Extract:
    """One indicator for everybody in two municipalities."""
    return requested_extract(context, warehouse, ONE, lang="sv", permalink=LINK)


def test_cells_give_back_every_value_symbol_and_code(
    context: Context, warehouse: Warehouse, told: Truth
) -> None:
    """Numbers are numbers, codes are text, times are times, missing has no cell."""
    wanted = RowSelection(indicators=("net_migration", "employment_rate"), regions=("0140",))
    sheet = book(requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK))["Data"]
    heads, *rows = sheet.iter_rows(values_only=True)
    place = {head: number for number, head in enumerate(heads)}
    keys = ("indicator", "Regionkod", "Period", "sex", "background", "age", "education")

    found = {
        tuple(str(row[place[key]]) for key in keys): tuple(
            row[place[name]] for name in ("Värde", "Symbol", "segment", "kind")
        )
        for row in rows
    }
    assert found == {key: row for key, row in told.items() if key[1] == "0140"}
    assert {type(row[place["Värde"]]) for row in rows} <= {float, int, type(None)}
    assert rows[0][place["Regionkod"]] == "0140"
    assert rows[0][place["Hämtad (UTC)"]] == datetime(2026, 11, 21, 8, 0)


def test_numbers_are_shown_with_the_decimals_of_their_indicator(small: Extract) -> None:
    """The cell holds every digit; the reader sees those that mean something."""
    sheet = book(small)["Data"]

    assert {sheet.cell(row, 9).number_format for row in range(4, 8)} == {"#,##0.0"}


@pytest.mark.parametrize("sign", FORMULAE)
def test_no_cell_is_a_formula_or_a_link(small: Extract, sign: str) -> None:
    """Text is text, whatever it begins with."""
    hostile = f"{sign}HYPERLINK(1)"
    made = with_rows(small, {"region_name": hostile, "status": hostile, "unit": "http://a.example"})
    made = Extract(made.batches, replace(made.meta, rows=1))

    cells = [cell for sheet in book(made) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


def test_the_sheet_about_the_figures_says_all_that_must_be_said(small: Extract) -> None:
    """Definition, source, licence, link, times, version and breaks go with the file."""
    sheet = book(small)["Om uppgifterna"]
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)

    for expected in (
        small.meta.indicators[0].definition.sv,
        small.meta.indicators[0].not_captured.sv,
        "Källa: SCB, tabell TAB4881 och TAB6383",
        "uppdaterad av SCB 13 februari 2026, hämtad 21 november 2026",
        "CC0",
        LINK,
        small.meta.version,
        "Tidsseriebrott 2022",
        "Ny källa (BAS), 20–65 år",
    ):
        assert expected in text


def test_the_chart_draws_no_line_across_a_break_or_a_missing_year(small: Extract) -> None:
    """Every stretch is a series of its own: Botkyrka has no number for 2010 and 2012."""
    sheet = book(small)["Diagram"]
    heads, *rows = sheet.iter_rows(min_row=30, values_only=True)
    years = {
        name: [row[0] for row in rows if row[place] is not None]
        for place, name in enumerate(heads)
        if place
    }
    (chart,) = sheet._charts

    assert years == {
        "Botkyrka": list(range(2003, 2010)),
        "Botkyrka (från 2011)": [2011],
        "Botkyrka (från 2013)": list(range(2013, 2019)),
        "Botkyrka (från 2019)": [2019, 2020, 2021],
        "Botkyrka (från 2022)": [2022, 2023, 2024],
        "Stockholm": list(range(2003, 2019)),
        "Stockholm (från 2019)": [2019, 2020, 2021],
        "Stockholm (från 2022)": [2022, 2023, 2024],
    }
    assert len(chart.series) == len(years)
    assert chart.display_blanks == "gap"
    assert len(chart.legend.legendEntry) == len(years) - 2


def test_many_series_have_no_chart(context: Context, warehouse: Warehouse) -> None:
    """A chart of dozens of lines says nothing."""
    wanted = RowSelection(indicators=("employment_rate",), regions=("01",), first="2022")
    many = requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK)

    assert book(many).sheetnames == ["Data", "Om uppgifterna"]


def test_example_data_say_so_on_every_sheet(small: Extract) -> None:
    """No sheet can be cut out and taken for statistics."""
    invented = Extract(small.batches, replace(small.meta, example=True))
    file = book(invented)

    for name in ("Data", "Om uppgifterna"):
        cells = {cell for row in file[name].iter_rows(values_only=True) for cell in row}
        assert "Exempeldata – inte statistik" in cells
    title = file["Diagram"]._charts[0].title.tx.rich.p[0].r[0].t
    assert title == "Exempeldata – inte statistik: Sysselsatta"
    assert "Exempeldata – inte statistik" in file.properties.description


def test_too_many_rows_are_refused_before_the_first_byte(
    whole: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is never cut off silently, and the reader is told what to do."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 1000)

    with pytest.raises(TooLargeError, match=r"högst 1\s000\. Välj färre .* eller hämta CSV"):
        next(iter(FORMATS["xlsx"].write(whole)))
