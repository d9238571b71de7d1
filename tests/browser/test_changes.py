"""Task 12 in a real browser: what SCB changed since last month for my county."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, choose, tab
from tests.browser.serving import served
from tests.dashboard.changed_warehouse import edited, independent
from tests.dashboard.warehouse import CATALOGUE, SECOND, publish

pytestmark = pytest.mark.browser

LAST_MONTH = "20261018T081500Z-00000000"
COUNTY = ["01", "0127", "0126", "0140", "0180"]
CHANGES = "/data?region=01&sedan=2026-10-22"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version of October and one of November, after SCB's changes."""
    data = tmp_path_factory.mktemp("changed")
    publish(data, version=LAST_MONTH, example=True)
    publish(data, version=SECOND, example=True, observations=edited())
    return data


@pytest.fixture(scope="module")
def changed(folder: Path) -> Iterator[str]:
    """The application over them."""
    with served(folder, CATALOGUE) as base:
        yield base


@pytest.fixture
def analyst(chrome: Browser, changed: str) -> Iterator[Visit]:
    """A fresh tab that hears everything that goes wrong."""
    with tab(chrome, changed) as opened:
        yield opened
        assert opened.heard == []


def test_two_clicks_after_the_region_is_chosen(analyst: Visit, folder: Path) -> None:
    """From the start page: Data, Ändrat sedan förra månaden; the file is what pandas finds."""
    page = analyst.open("/")
    choose(page, "Välj region", "Stockholms län")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stockholms län")
    actions = Actions(page)
    page.get_by_role("navigation").get_by_role("link", name="Data").click()
    page.get_by_role("link", name=re.compile("^Ändrat sedan förra månaden")).click()

    heading = "Ändrat sedan 22 oktober 2026: Stockholms län"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert actions.count == 2
    row = page.get_by_role("row", name=re.compile("2022"))
    expect(row.get_by_role("cell")).to_have_text(
        ["2022", "Samtliga", "70,3", "..", "publiceras inte längre"]
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Hela listan som CSV", exact=True).click()
    table = pd.read_csv(io.BytesIO(Path(download.value.path()).read_bytes()), dtype=str)
    old, new = (folder / f"warehouse-{version}.duckdb" for version in (LAST_MONTH, SECOND))
    assert len(table) == len(independent(old, new, COUNTY)) == 5


def test_the_keyboard_alone_does_it_too(analyst: Visit) -> None:
    """Two links that are reached by Tab, each an Enter; another day is typed and entered."""
    page = analyst.open("/")
    choose(page, "Välj region", "Stockholms län")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stockholms län")
    analyst.settle()
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    data = page.get_by_role("navigation").get_by_role("link", name="Data")
    actions = Actions(page)
    for way in (data, page.get_by_role("link", name=re.compile("^Ändrat sedan förra månaden"))):
        expect(way).to_be_visible()
        for _ in range(60):
            page.keyboard.press("Tab")
            if way.evaluate("element => element === document.activeElement"):
                break
        expect(way).to_be_focused()
        page.keyboard.press("Enter")
        analyst.settle()
    expect(page).to_have_url(re.compile(r"sedan=2026-10-22$"))
    analyst.settle()
    assert actions.count == 2

    field = page.get_by_label("Ändrat sedan")
    expect(field).to_have_value("2026-10-22")
    field.fill("2026-10-01")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"sedan=2026-10-01$"))
    expect(page.get_by_role("main").get_by_text("Ingen version så gammal finns.")).to_be_visible()


def test_another_region_keeps_the_day(analyst: Visit) -> None:
    """Both controls stand where the answer does."""
    page = analyst.open(CHANGES)
    choose(page, "Välj region", "Gotlands län")

    expect(page).to_have_url(re.compile(r"region=09&sedan=2026-10-22$"))
    expect(page.get_by_role("row", name=re.compile("Gotland")).first).to_contain_text("ny")


@pytest.mark.parametrize("width", [1440, 768, 375])
def test_it_can_be_read_by_everybody(analyst: Visit, width: int) -> None:
    """No barrier that axe finds, nothing cut off, text and targets large enough."""
    page = analyst.open(f"{CHANGES}&urval=oppet", width=width)
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    field = page.get_by_label("Ändrat sedan").bounding_box()
    assert field is not None
    assert field["height"] >= 24


def test_it_prints_as_it_reads(analyst: Visit) -> None:
    """On paper the rows are there and the controls are not."""
    page = analyst.open(CHANGES)
    page.emulate_media(media="print")

    expect(page.get_by_role("row", name=re.compile("2023"))).to_be_visible()
    expect(page.get_by_label("Välj region")).to_be_hidden()
