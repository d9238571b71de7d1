"""Pages beside those of indicators show what they are about in the first screen of any window."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visit, unfold
from tests.browser.heights import WINDOWS, cramped

pytestmark = pytest.mark.browser

PAGES = (
    "jamfor",
    "skillnader",
    "liknande",
    "omraden",
    "briefing",
)  # with controls that a telephone folds
OF_BOTKYRKA = "?region=0127"
FIGURES = "main .js-plotly-plot:visible, main table:visible tbody tr"
# What is looked at first on each page: its first chart or row, or its first figure or text.
FIRST = {
    **{f"/{name}{OF_BOTKYRKA}": FIGURES for name in PAGES[:-1]},
    f"/{OF_BOTKYRKA}": ".highlights h3",
    f"/{OF_BOTKYRKA}&tema=alla": ".glance:not(.colhead) .number",
    f"/{OF_BOTKYRKA}&samling=unga": ".glance:not(.colhead) .number",
    "/?region=01&tema=alla": ".glance:not(.colhead) .number",
    "/?region=0127R001&tema=housing": ".glance:not(.colhead) :is(.number, .absent)",
    "/?region=stadsdel-alby&tema=housing": ".glance:not(.colhead) :is(.number, .absent)",
    "/?region=stadsdel-alby": ".highlights.nothing p",
    "/?region=0127R001": ".highlights.nothing p",
    f"/briefing{OF_BOTKYRKA}": ".highlights h3",
    "/fraga?fraga=sysselsatta+botkyrka": "main li a",
    "/rapport-2010": "main .js-plotly-plot:visible",
    "/data": ".facts dd",
    "/data?region=01&sedan=2026-10-01": ".changes .lede, .changes dd",
    "/om": ".article section p",
    "/om/tillganglighet": ".article p",
}
RUNNING = (
    ".lede, .told, .sub, .notices p, .aside p, .aside dd, .aside li, .then dd, .said li,"
    " .reading .article p, .reading .article li, .entry .what > p, .retired li, .downloads p,"
    " .highlights li > p, .highlights.nothing > p"
)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("path", FIRST)
def test_what_a_page_shows_begins_in_the_first_screen(
    whole: Visit, path: str, size: tuple[int, int], lang: str
) -> None:
    """Under the example notice; what is unfolded or read afterwards stands below or folded."""
    width, height = size
    asked = "" if lang == "sv" else f"{'&' if '?' in path else '?'}lang={lang}"
    page = whole.open(path + asked, width=width)
    page.set_viewport_size({"width": width, "height": height})
    whole.settle()
    expect(page.locator(".example")).to_be_visible()
    first = page.locator(FIRST[path])
    tops = [box["y"] for one in first.all()[:3] if (box := one.bounding_box())]

    assert tops
    assert min(tops) <= WINDOWS[size]
    assert cramped(page, RUNNING) == []


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("region", ["stadsdel-alby", "0127R001"])
def test_where_nothing_stands_out_figures_are_on_the_first_screen(
    whole: Visit, region: str, size: tuple[int, int]
) -> None:
    """One paragraph says that nothing does; it takes no screen from the figures."""
    width, height = size
    page = whole.open(f"/?region={region}", width=width)
    page.set_viewport_size({"width": width, "height": height})
    whole.settle()
    first = page.locator(".leading .value .number").first.bounding_box()

    assert page.locator(".highlights h3").count() == 0
    assert first
    assert first["y"] + first["height"] <= height


@pytest.mark.parametrize(
    ("path", "name"), [("/om", "Innehåll"), ("/rapport-2010", "Figurer och tabell")]
)
def test_the_contents_of_a_long_page_are_one_press_away(whole: Visit, path: str, name: str) -> None:
    """On a telephone they are folded before the text; unfolded they lead to its parts."""
    page = whole.open(path, width=375)
    contents = page.get_by_role("navigation", name=name)
    expect(contents.get_by_role("link").first).to_be_hidden()
    contents.get_by_text(name, exact=True).click()
    last = contents.locator("li").last.get_by_role("link")
    last.click()

    place = page.locator(str(last.get_attribute("href")))
    expect(place).to_be_in_viewport()


@pytest.mark.parametrize("name", PAGES)
def test_a_telephone_unfolds_the_controls_of_a_page(whole: Visit, name: str) -> None:
    """By the button, which the address remembers; then every control is there for everybody."""
    page = whole.open(f"/{name}?region=0127", width=375)
    expect(page.get_by_label("Välj region")).to_be_hidden()
    expect(page.locator(".chosen")).to_contain_text("Botkyrka")
    unfold(page)
    expect(page).to_have_url(re.compile("urval=oppet$"))
    expect(page.get_by_label("Välj region")).to_be_visible()
    checked = Axe().run(page)

    assert checked.violations_count == 0, checked.generate_report()
