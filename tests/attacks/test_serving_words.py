"""What a reader or a request writes is never calculated by a spreadsheet, and never a link."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import openpyxl
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.exports import slides
from dashboard.exports.extract import PlainTable
from dashboard.exports.formats import chosen_format
from dashboard.exports.highlights import CANDIDATE_COLUMNS, write_candidates
from dashboard.text import format
from tests.attacks.serving import get, panel
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import publish

RISKY = ("=1+1", "+46", "-1+2", "@SUM(A1)", "\t=1+1", "\r=1+1", "=", '=HYPERLINK("http://a","b")',
         "{=1+1}", "http://a.example", "mailto:a@b", "0180", "=1+1\ufffe")  # fmt: skip
HOSTS = ("evil.example", "evil.example:8080", "[::1]", "127.0.0.1:1", "a" * 60, "evil.example/x")
ADDRESS = "https://panel.example.org"
FILES = ("/ladda-ner/employment_rate.csv?region=0127",
         "/ladda-ner/employment_rate.csv?region=0127&flavour=excel",
         "/ladda-ner/employment_rate.xlsx?region=0127", "/ladda-ner/employment_rate.parquet",
         "/ladda-ner/employment_rate.json?region=0127", "/ladda-ner/employment_rate.zip",
         "/ladda-ner/skillnader.xlsx?region=0127", "/ladda-ner/skillnader.parquet?region=0127",
         "/briefing.pptx?region=0127&indikatorer=employment_rate")  # fmt: skip
ANSWERS = ("/", "/indikator/employment_rate?region=0127", "/briefing?region=0127", "/nowhere",
           "/api/v1/observations?indicator=employment_rate&limit=2", "/api/v1/openapi.json",
           "/api/v1/gaps?indicator=employment_rate&pair=SE,VXEUEES&limit=1", "/robots.txt",
           "/api/v1/changes?since=2026-11-21", "/api/v1/nowhere", "/_dash-layout", "/health",
           "/fraga.json?sok=botkyrka", "/sitemap.xml", "/ladda-ner/nowhere.csv")  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A panel without a public address."""
    data = tmp_path_factory.mktemp("words")
    publish(data)
    with panel(data) as client:
        yield client


def everything(content: bytes) -> bytes:
    """What is in a file; of a package what is in its parts."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(io.BytesIO(content)) as package:
        return b"\n".join(everything(package.read(name)) for name in package.namelist())


@pytest.mark.parametrize("label", RISKY[:-1])  # no address can say the last one
def test_labels_behind_a_slide_stay_text_and_numbers_stay_numbers(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    """A series and a period may be called anything: Office calculates none of it."""
    columns = slides.slide_columns

    def called(*given: Any) -> list[Any]:
        return [type(one)(one.series, label, one.values, one.first) for one in columns(*given)]

    monkeypatch.setattr(slides, "slide_columns", called)
    monkeypatch.setattr(format, "period_short", lambda period, _: f"{label}{period}")
    made = Presentation(io.BytesIO(get(client, FILES[-1]).data))
    (chart, *_) = [one.chart for slide in made.slides for one in slide.shapes if one.has_chart]
    sheet = openpyxl.load_workbook(
        io.BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=False
    ).active
    assert sheet is not None
    heads = [cell for cell in sheet[1][1:] if cell.value is not None]
    periods = [row[0] for row in sheet.iter_rows(min_row=2)]
    values = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
    assert heads
    assert {cell.data_type for cell in (*heads, *periods)} == {"s"}
    assert not any(cell.hyperlink for cell in (*heads, *periods))
    assert {cell.data_type for cell in values if cell.value is not None} == {"n"}
    drawn = [value for one in chart.plots[0].series for value in one.values if value is not None]
    assert sorted(cell.value for cell in values if cell.value is not None) == sorted(drawn)


@pytest.mark.parametrize("label", RISKY)
@pytest.mark.parametrize("suffix", ["xlsx", "csv", "excel"])
def test_a_group_of_a_readers_own_is_never_calculated(
    client: FlaskClient, suffix: str, label: str
) -> None:
    """Its name comes from the address, which anybody may have written."""
    name = label.replace(":", "").replace(",", "")
    group = f"{quote(name)}:0127,0126"
    address = f"/ladda-ner/population.{'csv' if suffix == 'excel' else suffix}?grupp={group}"
    answer = get(client, f"{address}{'&flavour=excel' if suffix == 'excel' else ''}")
    assert answer.status_code == 200
    if suffix == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
        assert b"<c:f>=" not in everything(answer.data)
    else:
        lines = answer.data.decode("utf-8-sig")
        fields = [field for row in csv.reader(io.StringIO(lines), delimiter=",;"["x" in suffix])
                  for field in row]  # fmt: skip
        numbers = [field for field in fields if field.replace(",", ".").lstrip("-").isdecimal()]
        risky = [one for one in fields if one[:1] in tuple("=+-@\t\r") and one not in {"-", ".."}]
        assert [one for one in risky if one not in numbers] == []


@pytest.mark.parametrize("label", RISKY)
def test_heads_and_candidates_of_other_files_stay_text(label: str) -> None:
    """The files with columns of their own, and that of what stands out."""
    form = chosen_format("csv", "excel")
    assert form
    assert form.write_plain
    table = PlainTable(
        rows=pa.table({"a": [label]}), worded={label: [label], "n": [-1.5]},
        said={}, about=[], lang="sv",
    )  # fmt: skip
    written = b"".join(form.write_plain(table)).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(written, newline=""), delimiter=";")
    for field in (head[0], row[0]):
        assert field.lstrip()[:1] not in set("=+-@")
        assert field[:1] not in set("\t\r")
    assert row[1] == "-1,5"
    record = dict.fromkeys(CANDIDATE_COLUMNS, label) | {"z": -2.5, "tables": [label]}
    lines = b"".join(write_candidates([record], {})).decode()
    _, fields = csv.reader(io.StringIO(lines, newline=""))
    found = dict(zip(CANDIDATE_COLUMNS, fields, strict=True))
    assert found["z"] == "-2.5"
    assert not [one for one in (found["segment"], found["tables"]) if one[:1] in set("=+-@\t\r")]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", FILES)
def test_the_host_of_a_request_is_in_no_file(client: FlaskClient, path: str, host: str) -> None:
    """Without a configured address a link is the path, and the file says why."""
    answer = get(client, path, headers={"Host": host})
    assert answer.status_code == 200
    inside = everything(answer.data)
    assert host.encode() not in inside
    assert b"http://localhost" not in inside
    assert host not in str(answer.headers)


@pytest.mark.parametrize("path", FILES[2:])
def test_a_file_says_the_path_and_that_no_address_is_configured(
    client: FlaskClient, path: str
) -> None:
    """Whoever gets the file learns that the link is not whole, in its own language."""
    for lang, said in (("sv", "ingen offentlig adress"), ("en", "no public address")):
        query = "&" if "?" in path else "?"
        content = get(client, f"{path}{query}lang={lang}").data
        inside = everything(content)
        if path.partition("?")[0].endswith("parquet"):
            told = pq.read_metadata(io.BytesIO(content)).metadata
            inside = b"\n".join(told.values())
            assert told[b"permalink"].startswith(b"/")
        if path.partition("?")[0].endswith("json"):
            assert orjson.loads(content)["href"].startswith("/indikator/")
        assert said.encode() in inside


def test_with_an_address_files_lead_there_whatever_the_host(tmp_path: Path) -> None:
    """It is a setting, and the only thing that decides."""
    publish(tmp_path)
    with panel(tmp_path, address=ADDRESS) as client:
        for path in FILES[2:]:
            inside = everything(get(client, path, headers={"Host": "evil.example"}).data)
            assert ADDRESS.encode() in inside, path
            assert b"evil.example" not in inside
            assert b"offentlig adress" not in inside


@pytest.mark.parametrize("host", HOSTS)
def test_the_host_of_a_request_is_in_no_other_answer_either(client: FlaskClient, host: str) -> None:
    """Pages, API, descriptions, refusals and all their headers."""
    for path in ANSWERS:
        answer = get(client, path, headers={"Host": host})
        assert answer.status_code < 500, path
        assert host not in answer.text, path
        assert host not in str(answer.headers), path
    page = shown(client, "/briefing", "?region=0127")
    assert "localhost" not in text(page)


@pytest.mark.parametrize("path", ["//indikator//employment_rate", "/api//v1/indicators",
                                  "/indikator//x", "//evil.example/x"])  # fmt: skip
def test_a_forwarded_address_stays_on_this_site(client: FlaskClient, path: str) -> None:
    """Werkzeug forwards double slashes to an address that it makes of the Host."""
    answer = get(
        client, "/", headers={"Host": "evil.example"}, environ_overrides={"PATH_INFO": path}
    )
    place = answer.headers.get("Location", "/")
    assert place.startswith("/")
    assert not place.startswith("//")


def test_a_page_of_the_api_leads_to_the_next_by_its_path(client: FlaskClient) -> None:
    """A program resolves it against the address that it asked."""
    answer = get(client, ANSWERS[4], headers={"Host": "evil.example"})
    following = answer.get_json()["meta"]["next"]
    assert following.startswith("/api/v1/observations?")
    assert answer.headers["Link"] == f'<{following}>; rel="next"'
    assert get(client, following).status_code == 200
