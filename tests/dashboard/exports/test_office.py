"""The Swedish CSV and the workbook as LibreOffice opens them."""

import csv
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.data.context import Context
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports.extract import Extract
from dashboard.exports.formats import FORMATS
from dashboard.exports.read import requested_extract
from tests.dashboard.exports.test_csv import with_rows
from tests.dashboard.exports.truth import LINK, Truth, content

pytestmark = pytest.mark.slow
# How a Swedish Excel reads by double click: semicolon, UTF-8, from line 1, Swedish numbers,
# nothing quoted as text, special numbers recognised.
SWEDISH = "CSV:59,34,76,1,,1053,false,true"
# Out again: comma, UTF-8, every cell as it is stored, not as it is shown.
PLAIN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,false"


@pytest.fixture(scope="module")
def office() -> str:
    """The program; skips without it, unless REQUIRE_OFFICE=1."""
    found = shutil.which("soffice")
    if not found:
        assert os.environ.get("REQUIRE_OFFICE") != "1", "soffice is not installed"
        pytest.skip("soffice is not installed (Debian: libreoffice-calc-nogui)")
    return found


def converted(office: str, file: Path, *options: str) -> list[dict[str, str]]:
    """The first sheet of a file, opened and written out by LibreOffice."""
    home = file.parent / "office"
    command = [office, "--headless", f"-env:UserInstallation={home.as_uri()}", *options]
    out = file.parent / "out"
    command += ["--convert-to", PLAIN, "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    with (out / f"{file.stem}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def rows(context: Context, warehouse: Warehouse) -> Extract:
    """Every group and year of Stockholm and Nykvarn, with hidden and negative values and a nil."""
    wanted = RowSelection(indicators=("employment_rate", "net_migration"), regions=("0140", "0180"))
    return requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK)


def test_the_swedish_csv_opens_with_its_columns_decimals_and_letters(
    office: str, context: Context, warehouse: Warehouse, told: Truth, tmp_path: Path
) -> None:
    """What is double-clicked is what the warehouse holds: numbers, symbols, å, ä and ö."""
    file = tmp_path / "rows.csv"
    file.write_bytes(content(FORMATS["csv-excel"], rows(context, warehouse)))
    found = converted(office, file, f"--infilter={SWEDISH}")

    expected = [(key, told[key]) for key in sorted(told) if key[1] in {"0140", "0180"}]
    assert len(found) == len(expected)
    for row, (key, (value, status, _, _)) in zip(found, expected, strict=True):
        assert row["Region med kod"] == {"0140": "0140 Nykvarn", "0180": "0180 Stockholm"}[key[1]]
        assert row["Period"] == key[2]
        assert (float(row["Värde"]) if row["Värde"] else None) == value
        assert (row["Symbol"] or None) == status
    assert {row["Grupp"] for row in found} >= {"Födda i övriga världen", "Samtliga"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", " =", "\t="])
def test_nothing_is_calculated(
    office: str, context: Context, warehouse: Warehouse, tmp_path: Path, sign: str
) -> None:
    """A name that looks like a formula is shown, not run."""
    hostile = f"{sign}1+1"
    made = with_rows(rows(context, warehouse), {"region_name": hostile})
    file = tmp_path / "hostile.csv"
    file.write_bytes(content(FORMATS["csv-excel"], made))

    (row,) = converted(office, file, f"--infilter={SWEDISH}")
    assert row["Region"].endswith(hostile)


def test_the_workbook_keeps_codes_as_text(
    office: str, context: Context, warehouse: Warehouse, tmp_path: Path
) -> None:
    """0180 is text and 76,8 a number in another program than the one it was made for."""
    made = rows(context, warehouse)
    file = tmp_path / "rows.xlsx"
    file.write_bytes(content(FORMATS["xlsx"], Extract(made.batches, replace(made.meta))))
    found = converted(office, file)

    assert {row["Regionkod"] for row in found} == {"0140", "0180"}
    assert {row["Symbol"] for row in found} >= {"..", "-"}
    assert all(float(row["Värde"]) > -1000 for row in found if row["Värde"])
