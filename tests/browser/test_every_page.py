"""Every page and every view, as a reader meets it on a wide window and on a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WIDTHS = (1440, 320)
EMPLOYED = "/indikator/employment_rate?region=0127"
PAGES = (
    *("/", "/?region=0127", "/?region=0127&tema=labour_market", "/?region=01&tema=alla&lang=en"),
    *("/?region=0127&samling=unga", "/?region=stadsdel-alby&lang=en", "/?region=0180R076"),
    *(EMPLOYED, f"{EMPLOYED}&bakgrund=SE,VXEUEES", f"{EMPLOYED}&vy=jamfor"),
    *(f"{EMPLOYED}&vy=tvaar", f"{EMPLOYED}&vy=karta", f"{EMPLOYED}&vy=karta&niva=lan"),
    *(f"{EMPLOYED}&vy=grupper", f"{EMPLOYED}&vy=skillnader", f"{EMPLOYED}&vy=tabell"),
    f"{EMPLOYED}&vy=skillnader&matt=index&sortering=forandring&ar=2021",
    f"{EMPLOYED}&vy=skillnader&bild=forandring&ar=2021&lang=en",
    *("/jamfor?region=0127", "/jamfor?region=0127&jamfor=liknande&lang=en"),
    *("/liknande?region=0127", "/liknande?region=0127&vikter=population:2&grannar=20&lang=en"),
    f"{EMPLOYED}&vy=tvaar&fran=samma&jamfor=00",
    *("/skillnader?region=0127", "/skillnader?region=01&par=2,1&lang=en"),
    *(f"/inbaddad{EMPLOYED}", f"/inbaddad{EMPLOYED}&vy=jamfor"),
    *("/omraden", "/omraden?region=0127", "/omraden?region=01"),
    *("/fraga", "/fraga?region=0127&sok=flykting+sysselsatta+xyzzy"),
    *("/briefing?region=0127", "/rapport-2010", "/data?region=0127", "/om", "/om/tillganglighet"),
)
LOST = {
    "/finns-inte": 404,
    "/indikator/finns-inte?region=0127": 404,
    "/?region=0127&version=20200101T000000Z-0a1b2c3d": 410,
}


def faults(page: Page, width: int) -> list[str]:
    """What a reader at one width of window would stumble on."""
    checked = Axe().run(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    headings = page.locator("h1").count()
    found = [checked.generate_report()] if checked.violations_count else []
    found += [f"{headings} headings of the first level"] if headings != 1 else []
    found += [f"{wide} pixels wide in a window of {width}"] if wide > width else []
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody_and_fits_the_window(whole: Visit, path: str) -> None:
    """Axe finds nothing, one h1, nothing wider than the window, no error and no other host."""
    assert [
        fault for width in WIDTHS for fault in faults(whole.open(path, width=width), width)
    ] == []


@pytest.mark.parametrize("path", LOST)
def test_a_page_that_is_not_there_is_for_everybody_too(whole: Visit, path: str) -> None:
    """The same rules for the words that say what is missing."""
    for width in WIDTHS:
        whole.page.set_viewport_size({"width": width, "height": 900})

        assert whole.refused(path) == LOST[path]
        assert faults(whole.page, width) == []


@pytest.mark.parametrize("path", [EMPLOYED, f"{EMPLOYED}&vy=jamfor", "/omraden?region=0127"])
def test_small_type_and_small_targets_are_large_enough(whole: Visit, path: str) -> None:
    """What is pointed at is at least 24 pixels high, or stands in running text."""
    small = whole.open(path, width=320).evaluate(
        """() => [...document.querySelectorAll("main button, main input, main select, summary")]
            .map((one) => one.type === "radio" || one.type === "checkbox" ? one.parentElement : one)
            .filter((one) => one.getClientRects().length && one.offsetHeight < 24)
            .map((one) => `${one.tagName} ${one.textContent}: ${one.offsetHeight}`)"""
    )

    assert small == []


def test_a_chart_is_drawn_again_for_the_sheet(whole: Visit) -> None:
    """On paper a chart is as wide as its column there, not as in the window."""
    page = whole.open(EMPLOYED)
    before = page.locator(".chart .main-svg").first.evaluate("drawn => drawn.clientWidth")
    page.emulate_media(media="print")

    page.wait_for_function(
        """before => {
            const drawn = document.querySelector(".chart .main-svg").clientWidth;
            const box = document.querySelector(".chart").clientWidth;
            return box !== before && Math.abs(drawn - box) <= 1;
        }""",
        arg=before,
    )
