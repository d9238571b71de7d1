"""Heavy exports: what they cost at most, how many there are at once, and what is said beyond."""

import time
from collections.abc import Iterator
from io import BytesIO

import pytest
import xlsxwriter
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.data.context import opened
from dashboard.exports import workbook
from dashboard.server.app import create_app
from dashboard.server.crowd import Turn, Turns
from dashboard.server.files import is_file
from tests.dashboard.large import publish_large
from tests.source import ROOT

SHEET = "/ladda-ner/employment_rate.xlsx?omfang=allt"
MOST_SECONDS = 10  # of a processor


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A panel over 100 000 rows of an indicator."""
    folder = tmp_path_factory.mktemp("rows")
    publish_large(folder, regions=100)
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


@pytest.mark.slow
def test_a_sheet_of_a_hundred_thousand_rows_is_made_in_seconds(client: FlaskClient) -> None:
    """Of a processor less than ten; with every row."""
    began = time.process_time()
    answer = client.get(SHEET)
    taken = time.process_time() - began

    assert answer.status_code == 200
    assert taken < MOST_SECONDS
    book = load_workbook(BytesIO(answer.data), read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows()) == 100_001


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "way"), [("sv", "CSV för Excel"), ("en", "CSV for Excel")])
def test_what_is_too_much_for_a_sheet_is_refused_with_the_reason_and_the_way(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, lang: str, way: str
) -> None:
    """Before anything is made: how many rows there are, how many there may be, what to take."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 99_999)
    answer = client.get(f"{SHEET}&lang={lang}")

    assert answer.status_code == 400
    for word in ("100", "99", way, "Parquet"):
        assert word in answer.text


@pytest.mark.parametrize(
    "text",
    ["<r>x</r>", "<r><t>1</t></r>", "a & b < c", " a ", "\ta\n", "_x0041_", "\x01", "é\u2028"],
)
def test_a_text_in_a_sheet_is_that_text(text: str) -> None:
    """Never XML of its own, and with its blanks."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("a", workbook._Sheet)
        for row in range(2):
            sheet.write_cells(row, [text, row])
    cells = [[cell.value for cell in row] for row in load_workbook(made).active.iter_rows()]

    read = text.replace("_x0041_", "_x005F_x0041_").replace("\x01", "_x0001_")
    assert [row[1] for row in cells] == [0, 1]
    assert {row[0] for row in cells} <= {text, read}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_never_written_as_one(number: float) -> None:
    """Excel would take the whole file for damaged."""
    with xlsxwriter.Workbook(BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("a", workbook._Sheet)
        with pytest.raises(ValueError, match="is no number for a cell"):
            sheet.write_cells(0, [number])


@pytest.mark.parametrize(
    ("path", "query", "heavy"),
    [
        ("/ladda-ner/katalogen.csv", "", True),
        ("/briefing.pptx", "region=0180", True),
        ("/api/v1/observations", "format=csv", True),
        ("/api/v1/observations", "indicator=a&format=parquet", True),
        ("/api/v1/observations", "indicator=a&%66ormat=csv", True),
        ("/api/v1/observations", "f%6Frmat=%63sv", True),
        ("/api/v1/observations", "format=%6Ason", False),
        ("/api/v1/observations", "format=json", False),
        ("/api/v1/observations", "indicator=a", False),
        ("/api/v1/observations", "xformat=csv", False),
        ("/api/v1/regions", "format=csv", False),
        ("/briefing", "", False),
    ],
)
def test_every_way_to_a_file_is_one_that_has_few_places(path: str, query: str, heavy: bool) -> None:
    """Also those of the API and slides: no kind of file takes the places of pages."""
    assert is_file({"PATH_INFO": path, "QUERY_STRING": query}) is heavy


@pytest.mark.parametrize(
    ("path", "waits"),
    [("/health", False), ("/healthy", True), ("/metrics", False), ("/metrics2", True),
     ("/panel.css", False), ("/panel.php", True), ("/briefing.pdfs", True), ("/nothing", True)],
)  # fmt: skip
def test_an_address_that_only_begins_like_a_quick_one_takes_a_place(
    client: FlaskClient, path: str, waits: bool
) -> None:
    """It is a page, which says that there is none."""
    asked: list[str] = []

    def has_left() -> bool:
        asked.append(path)
        return False

    client.get(path, environ_overrides={"waitress.client_disconnected": has_left})

    assert bool(asked) is waits


def test_of_many_files_at_once_so_many_are_made_and_the_rest_are_refused_at_once() -> None:
    """Nobody waits for ever: those beyond the places and the line hear it without waiting."""
    told: list[tuple[int, int]] = []
    places = Turns(2, 0, lambda taken, waiting: told.append((taken, waiting)))
    found = [places.take(lambda: False) for _ in range(5)]
    places.leave()
    again = places.take(lambda: False)

    assert found == [Turn.PLACE, Turn.PLACE, Turn.REFUSED, Turn.REFUSED, Turn.REFUSED]
    assert again is Turn.PLACE
    assert told == [(1, 0), (2, 0), (1, 0), (2, 0)]
