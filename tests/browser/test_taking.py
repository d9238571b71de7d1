"""Pictures of charts as they are saved, and views inside another site's page."""

import logging
import re
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from dashboard.data.settings import settings
from tests.browser.conftest import Visit
from tests.browser.serving import served
from tests.dashboard.warehouse import CATALOGUE, publish

pytestmark = pytest.mark.browser

OVER_TIME = "/indikator/employment_rate?region=0127"
EMBEDDED = "/inbaddad/indikator/employment_rate?region=0127"
SITE = "http://localhost"
OTHER = "http://127.0.0.1"


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application, which one site may frame."""
    data: Path = tmp_path_factory.mktemp("framed")
    publish(data, example=True)
    with served(data, CATALOGUE, settings(frame_ancestors=f"{SITE}:*")) as base:
        yield base


def saved(visit: Visit, form: str) -> tuple[str, bytes]:
    """The name and the content of the picture of a page's first chart."""
    visit.page.get_by_text("Dela och ladda ner", exact=True).first.click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=re.compile(f"^Hämta bild som {form}")).first.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.fixture
def port(framed: str) -> Iterator[int]:
    """Where another site is served, whose page frames a view."""
    body = f'<iframe src="{framed}{EMBEDDED}" width="600" height="720"></iframe>'
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, Response(body, content_type="text/html"), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("way", ["tid", "jamfor", "karta"])
def test_a_picture_is_wide_and_says_what_it_shows(visit: Visit, way: str) -> None:
    """PNG of 1600 by 900 points; SVG with title, how to read it, source, date and the warning."""
    page = visit.open(f"{OVER_TIME}&vy={way}")
    heading = page.locator(".panel h2").first.text_content() or "no heading"
    name, png = saved(visit, "PNG")
    _, svg = saved(visit, "SVG")

    assert name.startswith("exempeldata_employment_rate_0127-Botkyrka_")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1600, 900)
    root = ET.fromstring(svg)  # noqa: S314  # our own
    words = " ".join(filter(None, (part.strip() for part in root.itertext())))
    assert heading in words
    assert "Procent." in words
    assert "Källa: SCB, tabell TAB" in words
    assert "hämtad 21 november 2026" in words
    assert words.count("Exempeldata – inte statistik") >= 2


def test_a_picture_can_be_saved_by_keyboard(visit: Visit) -> None:
    """The buttons are buttons, with names that tell them apart."""
    page = visit.open(OVER_TIME)
    page.get_by_text("Dela och ladda ner", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Hämta bild som SVG: Sysselsatta")).focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename.endswith(".svg")


def test_the_code_to_embed_names_this_site(visit: Visit) -> None:
    """Also where nobody has configured the panel's address."""
    page = visit.open(OVER_TIME)
    page.get_by_text("Bädda in", exact=True).click()

    field = page.get_by_label("Kod att klistra in på en webbplats")
    expect(field).to_have_value(re.compile(re.escape(f'src="{visit.base}{EMBEDDED}"')))
    expect(field).not_to_be_editable()


def test_a_page_with_everything_unfolded_is_accessible(visit: Visit) -> None:
    """Axe finds nothing in the lists of files and the code, and nothing is too wide."""
    for width in (1440, 320):
        page = visit.open(OVER_TIME, width=width)
        for summary in page.locator(".taking summary, .share summary").all():
            summary.click()
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("way", ["tid", "karta"])
def test_an_embedded_view_is_accessible_and_fits_a_small_frame(visit: Visit, way: str) -> None:
    """Axe finds nothing, and nothing is wider than 320 pixels."""
    for width in (800, 320):
        page = visit.open(f"{EMBEDDED}&vy={way}", width=width)
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_site_that_is_named_may_frame_a_view_and_another_may_not(
    chrome: Browser, port: int
) -> None:
    """The browser itself refuses what the settings do not allow."""
    shown = {}
    for site in (SITE, OTHER):
        context = chrome.new_context()
        page = context.new_page()
        page.goto(f"{site}:{port}/")
        page.wait_for_load_state("networkidle")
        inside = page.frame_locator("iframe")
        if site == SITE:
            expect(inside.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
        shown[site] = inside.locator("main").count()
        context.close()

    assert shown == {SITE: 1, OTHER: 0}
