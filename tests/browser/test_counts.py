"""The choice of counts behind shares by keyboard, and what a reader copies and prints of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, tab, unfold
from tests.browser.serving import served
from tests.dashboard.area_warehouse import UNEMPLOYED, publish_areas
from tests.source import ROOT

pytestmark = pytest.mark.browser

PAGE = f"/indikator/{UNEMPLOYED}?region=0127"


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over areas whose counts are published."""
    data: Path = tmp_path_factory.mktemp("counts")
    publish_areas(data)
    with served(data, ROOT / "indicators.yaml") as base:
        yield base


@pytest.fixture
def visit(chrome: Browser, areas: str) -> Iterator[Visit]:
    """A fresh tab over it."""
    with tab(chrome, areas) as opened:
        yield opened


def test_the_keyboard_ticks_the_box_and_the_counts_are_there(visit: Visit) -> None:
    """A labelled box that the address and the table follow, there and back."""
    page = visit.open(PAGE)
    unfold(page)
    box = page.get_by_role("checkbox", name="Visa antal")
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("antal=ja"))
    expect(page.locator("small.counts").first).to_have_text(re.compile("60 av 400"))
    visit.settle()
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"region=0127&urval=oppet$"))
    expect(page.locator("small.counts")).to_have_count(0)


@pytest.mark.parametrize("view", ["tid", "tabell&niva=omrade", "jamfor&niva=omrade"])
def test_a_page_with_counts_is_accessible_and_fits_its_window(visit: Visit, view: str) -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    for width in (1440, 768, 375, 320):
        page = visit.open(f"{PAGE}&vy={view}&antal=ja&lang=en", width=width)

        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_copied_table_has_the_counts_in_columns_of_their_own(visit: Visit) -> None:
    """A sheet gets numbers; a hidden share has neither value nor counts."""
    page = visit.open(f"{PAGE}&vy=tabell&niva=omrade&antal=ja")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera tabellen").click()
    expect(page.locator(".copied")).not_to_be_empty()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    heads, *rows = (line.split("\t") for line in lines)
    place = heads.index("2024 Täljare (antal)")
    cells = {row[0]: row[place - 1 : place + 2] for row in rows}

    assert heads[place + 1] == "2024 Nämnare (antal)"
    assert {len(row) for row in rows} == {len(heads)}
    assert cells["Riket"] == ["6,0", "2400", "40000"]
    assert [cells[name] for name in cells if "Fittja" in name] == [["..", "", ""]]


def test_paper_has_the_counts_and_not_the_box(visit: Visit) -> None:
    """What is printed says as much as the screen."""
    page = visit.open(f"{PAGE}&antal=ja")
    page.emulate_media(media="print")

    expect(page.get_by_role("checkbox", name="Visa antal")).to_be_hidden()
    expect(page.locator("small.counts").first).to_be_visible()
