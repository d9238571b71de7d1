"""Briefings as PDF, printed by a real Chromium and read back by pikepdf."""

import io
import logging
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from typer.testing import CliRunner

from dashboard.__main__ import panel_commands
from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from dashboard.server.printing import Printer, PrintingFailedError, PrintLimits
from tests.browser.paper import headings as bookmarks
from tests.browser.serving import chromium
from tests.dashboard.rendered import found, shown
from tests.dashboard.warehouse import CATALOGUE, FIRST, publish
from tests.source import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a small warehouse of example data."""
    data = tmp_path_factory.mktemp("printed")
    publish(data, example=True)
    given = opened(data, CATALOGUE, settings=settings(chromium=chromium()))
    server: Flask = create_app(given).server
    yield server.test_client()
    server.extensions["printer"].close()
    given.warehouses.close()


@pytest.fixture(scope="module")
def answer(panel: FlaskClient) -> Any:
    """The PDF of Botkyrka's briefing over HTTP."""
    return panel.get("/briefing.pdf?region=0127")


@pytest.fixture(scope="module")
def pdf(answer: Any) -> pikepdf.Pdf:
    """The same, opened by an independent reader."""
    return pikepdf.open(io.BytesIO(answer.data))


def tagged(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every element of a structure tree, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from tagged(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from tagged(node.get("/K"))


def figures(pdf: pikepdf.Pdf) -> list[str]:
    """The text alternative of every figure; "None" for one that has none."""
    return [
        str(one.get("/Alt")) for one in tagged(pdf.Root.StructTreeRoot) if str(one.S) == "/Figure"
    ]


def alternatives(client: FlaskClient, search: str) -> list[str]:
    """The text alternative of every chart of the page."""
    images = found(shown(client, "/briefing", search), "Div")
    return [one["props"]["aria-label"] for one in images if one["props"].get("role") == "img"]


def headings(items: Any) -> Iterator[str]:
    """The bookmarks, in order."""
    for item in items:
        yield item.title
        yield from headings(item.children)


def test_the_file_says_what_it_is(answer: Any) -> None:
    """Its name tells example data, region, years and version; its type is that of a PDF."""
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="exempeldata_underlag_0127-Botkyrka_2003-2024_{FIRST}.pdf"'
    )


def test_a_program_that_reads_aloud_gets_language_title_and_structure(pdf: pikepdf.Pdf) -> None:
    """Tags, language and title are what PDF/UA begins with."""
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "sv"
    assert str(pdf.docinfo["/Title"]).startswith("Exempeldata – inte statistik – Botkyrka")
    kinds = {str(one.S) for one in tagged(pdf.Root.StructTreeRoot)}
    assert {"/H1", "/H2", "/H3", "/P", "/Figure", "/Link"} <= kinds


def test_the_title_of_a_window_is_that_of_the_file(pdf: pikepdf.Pdf) -> None:
    """A program shows the title, not the name of the file, and the description has it, too."""
    title = str(pdf.docinfo["/Title"])

    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as description:
        assert description["dc:title"] == title
        assert set(description["dc:language"]) == {"sv"}


def test_no_file_claims_a_conformance_that_nobody_has_checked(answer: Any) -> None:
    """The marks of PDF/UA and PDF/A are a validator's to give, and none has looked."""
    with pikepdf.open(io.BytesIO(answer.data)) as pdf, pdf.open_metadata() as description:
        assert [name for name in description if "pdfuaid" in name or "pdfaid" in name] == []
    assert b"pdfuaid" not in answer.data


def test_every_heading_of_a_table_says_what_it_heads(panel: FlaskClient) -> None:
    """Column or row, for each, and as many as the page has; briefings have no tables."""
    path, search = "/indikator/employment_rate", "?region=0127&vy=tabell"
    printer: Printer = panel.application.extensions["printer"]
    file = printer.pdf(f"http://localhost{path}{search}", footer="<span></span>", most=4)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        heads = [one for one in tagged(pdf.Root.StructTreeRoot) if str(one.S) == "/TH"]
        scopes = [[str(said.get("/Scope", "")) for said in one.A] for one in heads]

    assert {scope for said in scopes for scope in said} == {"/Column", "/Row", ""}
    assert [said for said in scopes if not any(said)] == []
    assert len(heads) == len(found(shown(panel, path, search), "Th"))


def test_a_program_finds_the_file_whole(answer: Any, tmp_path: Path) -> None:
    """Poppler reads it without a complaint, title and all."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed (poppler-utils)")
    file = tmp_path / "sheets.pdf"
    file.write_bytes(answer.data)
    said = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True)

    assert said.stderr == ""
    assert re.search(r"^Tagged: +yes$", said.stdout, re.MULTILINE)
    assert re.search(r"^Metadata Stream: +yes$", said.stdout, re.MULTILINE)


def test_every_chart_is_one_figure_with_the_words_of_the_page(
    panel: FlaskClient, pdf: pikepdf.Pdf
) -> None:
    """Whoever hears the sheets gets what whoever hears the page gets, and no figure is mute."""
    on_page = alternatives(panel, "?region=0127")

    assert on_page
    assert figures(pdf) == on_page


def test_the_bookmarks_are_the_headings_with_their_spaces(pdf: pikepdf.Pdf) -> None:
    """One finds a chapter without leafing; wrapped headings do not run together."""
    with pdf.open_outline() as outline:
        found = list(headings(outline.root))

    assert found[0].startswith("Botkyrka: ")
    assert "Sysselsatta: 70,7 procent 2024, 10,0 procentenheter lägre än i Stockholms län" in found
    assert "Vad måtten inte visar" in found


def test_the_sheets_are_few_and_upright(pdf: pikepdf.Pdf) -> None:
    """One to four sheets of A4."""
    sizes = {tuple(round(float(one)) for one in page.mediabox) for page in pdf.pages}

    assert 1 <= len(pdf.pages) <= 4
    assert sizes <= {(0, 0, 595, 842), (0, 0, 596, 842), (0, 0, 595, 841)}


def test_the_same_link_is_not_printed_twice_for_one_reader(panel: FlaskClient, answer: Any) -> None:
    """A browser that has the file is told so, without another print."""
    again = panel.get(
        "/briefing.pdf?region=0127", headers={"If-None-Match": answer.headers["ETag"]}
    )

    assert again.status_code == 304


def test_the_other_language_is_printed_as_such(panel: FlaskClient) -> None:
    """Words, language and file name follow the link."""
    answer = panel.get("/briefing.pdf?region=0140&lang=en&indikatorer=employment_rate")
    pdf = pikepdf.open(io.BytesIO(answer.data))

    assert str(pdf.Root.Lang) == "en"
    assert "example-data_briefing_selection_0140-Nykvarn" in answer.headers["Content-Disposition"]
    assert figures(pdf) == alternatives(panel, "?region=0140&lang=en&indikatorer=employment_rate")


def page_of(words: str) -> Callable[[Any, Any], list[bytes]]:
    """An application of one page."""

    def answered(_: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [f"<!DOCTYPE html><main><h1>A page</h1>{words}</main>".encode()]

    return answered


def test_a_page_cannot_make_the_browser_ask_anybody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever a page holds, the printer speaks to the application alone."""
    printer = Printer(
        page_of('<img src="http://elsewhere.example/a.png" alt="">'),
        chromium(),
        PrintLimits(seconds=90),
    )
    with caplog.at_level(logging.WARNING):
        printed = printer.pdf("http://panel.example/", footer="<span></span>", most=4)
    printer.close()

    assert printed.startswith(b"%PDF-")
    assert "asks for http://elsewhere.example/a.png" in caplog.text


def test_what_takes_too_long_is_given_up() -> None:
    """A page that never comes holds its place for the length of the limit, no longer."""
    late = threading.Event()

    def slow(environ: Any, start: Any) -> list[bytes]:
        late.wait(60)
        return page_of("")(environ, start)

    printer = Printer(slow, chromium(), PrintLimits(waiting=0, seconds=3))
    with pytest.raises(PrintingFailedError, match="not printed within 3 s"), printer.reserved():
        printer.pdf("http://panel.example/", footer="<span></span>", most=4)
    late.set()

    with printer.reserved():
        printer.close()


def test_a_program_that_is_no_browser_is_no_traceback(tmp_path: Path) -> None:
    """A Chromium that does not start is told like one that is not there."""
    publish(tmp_path)
    given = opened(tmp_path, CATALOGUE, settings=settings(chromium="true"))
    server = create_app(given).server
    answer = server.test_client().get("/briefing.pdf?region=0127")
    server.extensions["printer"].close()
    given.warehouses.close()

    assert answer.status_code == 503
    assert "saknar Chromium" in answer.text


def test_one_command_prints_all_of_a_county(tmp_path: Path) -> None:
    """Each municipality gets its file, named after it; the county's own is not among them."""
    publish(tmp_path / "data", example=True)
    run = CliRunner().invoke(
        panel_commands,
        [
            *("briefing", "--county", "01", "--out", str(tmp_path / "out")),
            *("--data", str(tmp_path / "data"), "--catalogue", str(CATALOGUE)),
            *("--chromium", chromium()),
        ],
    )
    files = sorted((tmp_path / "out").iterdir())

    assert run.exit_code == 0, run.output
    assert [one.name.split("_")[2][:4] for one in files] == ["0126", "0127", "0140", "0180"]
    for file in files:
        with pikepdf.open(file) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert figures(pdf) == [one for one in figures(pdf) if "Diagram" in one]


@pytest.mark.slow
@pytest.mark.parametrize("region", ["0187", "2403"])
def test_the_usual_briefing_of_a_small_municipality_fills_at_most_four_sheets(
    example_data: Path, tmp_path: Path, region: str
) -> None:
    """
    Six indicators with many hidden figures still fit, with a text for every chart.

    What stands out is a sheet by itself before them.
    """
    file = tmp_path / "briefing.pdf"
    run = CliRunner().invoke(
        panel_commands,
        [
            *("briefing", "--region", region, "--out", str(file), "--data", str(example_data)),
            *("--catalogue", str(ROOT / "indicators.yaml"), "--chromium", chromium()),
        ],
    )

    assert run.exit_code == 0, run.output
    with pikepdf.open(file) as pdf:
        things = [title for title, _, _ in bookmarks(pdf) if title.endswith("att veta")]
        assert len(pdf.pages) <= 4 + len(things)
        assert figures(pdf)
        assert all("Diagram över tid" in one for one in figures(pdf))


def sheets(file: bytes) -> list[bytes]:
    """What is drawn on each sheet of a PDF."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_one_window_prints_one_page_after_the_other_and_each_is_as_if_it_were_alone(
    panel: FlaskClient, answer: Any
) -> None:
    """Another region, another language, the same page again: title, figures and sheets are its."""
    others = ["?region=0140&lang=en", "?region=0180", "?region=0180", "?region=0127"]
    printed = [panel.get(f"/briefing.pdf{search}").data for search in others]

    assert sheets(printed[-1]) == sheets(answer.data)
    for search, file in zip(others, printed, strict=True):
        with pikepdf.open(io.BytesIO(file)) as pdf:
            assert figures(pdf) == alternatives(panel, search)
            assert str(pdf.Root.Lang) == ("en" if "lang=en" in search else "sv")
            name = {"0140": "Nykvarn", "0180": "Stockholm", "0127": "Botkyrka"}[search[8:12]]
            assert f" – {name}: " in str(pdf.docinfo["/Title"])
    assert sheets(printed[1]) == sheets(printed[2])


def test_what_has_too_many_sheets_is_printed_smaller_and_no_smaller_than_it_need_be() -> None:
    """Two sheets of words fill one only where no more than one is allowed."""
    lines = "<br>".join(f"Line {number}" for number in range(65))
    printer = Printer(page_of(f"<p>{lines}</p>"), chromium(), PrintLimits(seconds=90))
    counts = {
        most: len(sheets(printer.pdf("http://panel.example/", footer="<span></span>", most=most)))
        for most in (1, 2, 3)
    }
    printer.close()

    assert counts == {1: 1, 2: 2, 3: 2}
