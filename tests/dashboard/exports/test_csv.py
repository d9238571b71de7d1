"""CSV in both flavours, read back by the standard library and by pandas."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.delimited import neutral
from dashboard.exports.extract import MACHINE_COLUMNS, SCHEMA, Extract
from dashboard.exports.formats import FORMATS
from tests.dashboard.exports.truth import KEY, Truth, content

ROW = {
    "indicator": "employment_rate", "region": "0180", "region_name": "Stockholm", "period": "2023",
    "sex": "_T", "background": "_T", "education": "_T", "value": 76.8, "status": None,
    "unit": "procent", "numerator": None, "denominator": None, "segment": "bas",
    "kind": "published", "table": "TAB6383",
    "updated": None, "fetched": None,
}  # fmt: skip
FORMULAE = ("=", "+", "-", "@", "\t", "\r")


def with_rows(extract: Extract, *changed: dict[str, object]) -> Extract:
    """The extract with rows of our own."""
    batch = pa.RecordBatch.from_pylist([{**ROW, **row} for row in changed], SCHEMA)

    def batches() -> Iterator[pa.RecordBatch]:
        yield batch

    return Extract(batches, extract.meta)


def lines(extract: Extract, name: str) -> list[dict[str, str]]:
    """The rows of a file as the standard library reads them."""
    separator, encoding = {"csv": (",", "utf-8"), "csv-excel": (";", "utf-8-sig")}[name]
    text = io.StringIO(content(FORMATS[name], extract).decode(encoding), newline="")
    return list(csv.DictReader(text, delimiter=separator, strict=True))


def test_machine_csv_gives_back_every_value_symbol_and_code(whole: Extract, told: Truth) -> None:
    """What a program reads is what the warehouse holds, to the last digit."""
    found = {
        tuple(row[name] for name in KEY): (
            float(row["value"]) if row["value"] else None,
            row["status"] or None,
            row["segment"],
            row["kind"],
        )
        for row in lines(whole, "csv")
    }

    assert found == dict(told)


def test_machine_csv_is_plain_for_pandas(whole: Extract) -> None:
    """Columns by contract, no byte order mark, codes as text, times with their zone."""
    raw = content(FORMATS["csv"], whole)
    read = pd.read_csv(io.BytesIO(raw), dtype={"region": "str"}, keep_default_na=False)

    assert raw.decode("ascii", "replace").splitlines()[0] == ",".join(MACHINE_COLUMNS)
    assert {"0180", "01", "00"} <= set(read["region"])
    assert set(read["fetched"]) == {"2026-11-21T08:00:00Z"}
    assert raw.count(b"\r\n") == len(read) + 1 == raw.count(b"\n")


def test_excel_csv_speaks_swedish(whole: Extract) -> None:
    """Semicolons, decimal comma, byte order mark, and words for codes and headings."""
    raw = content(FORMATS["csv-excel"], whole)
    one = next(
        row
        for row in lines(whole, "csv-excel")
        if (row["Region med kod"], row["Period"], row["Kön"]) == ("0180 Stockholm", "2003", "Båda")
    )

    assert raw.startswith(b"\xef\xbb\xbfIndikator;Region;Region med kod;Period;")
    assert one["Indikator"] == "Sysselsatta"
    assert one["Grupp"] == "Födda i EU/EFTA utom Norden"
    assert one["Publicerad eller beräknad"] == "publicerad"
    values = {
        (row["Region med kod"], row["Period"], row["Grupp"], row["Kön"]): row["Värde"]
        for row in lines(whole, "csv-excel")
    }
    # By hand: 73 for Stockholm, 0.3 for a year, 12 less for the third group, 0.4 of its own.
    assert values["0180 Stockholm", "2004", one["Grupp"], "Båda"] == "61,7"


def test_excel_csv_gives_back_every_value_and_symbol(whole: Extract, told: Truth) -> None:
    """The decimal comma changes no number, and an empty cell is never zero."""
    found = [
        (float(row["Värde"].replace(",", ".")) if row["Värde"] else None, row["Symbol"] or None)
        for row in lines(whole, "csv-excel")
    ]

    assert found == [told[key][:2] for key in sorted(told)]


def test_excel_csv_has_no_cell_that_is_a_code_of_digits(whole: Extract) -> None:
    """Excel makes 180 of 0180, so a code never stands alone in a cell."""
    cells = {cell for row in lines(whole, "csv-excel") for cell in row.values()}

    assert not cells & {"0180", "01", "00", "0980"}


def test_example_data_say_so_in_each_row(whole: Extract) -> None:
    """Invented figures cannot be cited by mistake, whichever flavour was taken."""
    invented = Extract(whole.batches, replace(whole.meta, example=True))

    said = {row["Anmärkning"] for row in lines(invented, "csv-excel")}
    assert said == {"Exempeldata – inte statistik"}


@pytest.mark.parametrize("value", [0.1 + 0.2, -48.0, 0.0, 100 / 3, 95905.0, 1e-7, 10_551_707.0])
def test_a_number_keeps_all_its_digits(whole: Extract, value: float) -> None:
    """A file rounds nothing."""
    extract = with_rows(whole, {"value": value})

    assert float(lines(extract, "csv")[0]["value"]) == value
    swedish = lines(extract, "csv-excel")[0]["Värde"]
    assert "." not in swedish
    assert float(swedish.replace(",", ".")) == value


@pytest.mark.parametrize("name", ["csv", "csv-excel"])
@given(text=st.text(max_size=30) | st.builds(str.__add__, st.sampled_from(FORMULAE), st.text()))
def test_no_text_becomes_a_formula(whole: Extract, name: str, text: str) -> None:
    """Whatever a region may be called, a spreadsheet calculates nothing."""
    text = text.encode("utf-8", "ignore").decode()
    extract = with_rows(whole, {"region_name": text, "table": text, "unit": text, "status": text})

    (row,) = lines(extract, name)
    for cell in row.values():
        assert cell in {"-", ".", ".."} or not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not cell.startswith(("\t", "\r", "\n"))


@given(st.text())
def test_text_that_nobody_misreads_stays_as_it_is(text: str) -> None:
    """Only what would be calculated gets an apostrophe."""
    assert neutral(text) in {text, f"'{text}"}
    assert neutral(f"a{text}") == f"a{text}"


@pytest.mark.parametrize("status", ["-", ".", ".."])
def test_a_symbol_of_the_source_stays_a_symbol(whole: Extract, status: str) -> None:
    """SCB writes zero as a hyphen, which calculates nothing."""
    extract = with_rows(whole, {"value": None, "status": status})

    (row,) = lines(extract, "csv")
    assert (row["value"], row["status"]) == ("", status)


@pytest.mark.parametrize("name", ["csv", "csv-excel"])
def test_separators_quotes_and_line_ends_stay_inside_their_field(whole: Extract, name: str) -> None:
    """RFC 4180: a field is what was put into it."""
    strange = 'A;B,C "D"\r\nE'
    (row,) = lines(with_rows(whole, {"unit": strange}), name)

    assert strange in row.values()
