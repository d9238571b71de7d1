"""How long the overview and the comparison are, in words and in screens, and how they scroll."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# The country, a county, a large and a small municipality, an area, a neighbourhood of areas.
REGIONS = ("", "01", "0180", "2505", "0180R076", "stadsdel-alby")
SCREENS = {1440: (900, 4), 768: (1024, 5), 375: (812, 8)}  # by width: height, how many
MOST_WORDS = 900
COMPARED = "/jamfor?region=0127"
INNER_SCROLL = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.scrollHeight > one.clientHeight + 1)
    .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowY))
    .filter((one) => !one.closest("[role=listbox], nav"))
    .map((one) => `${one.tagName}.${one.className}`)"""


def at(visit: Visit, region: str, asked: str = "", *, width: int = 1440) -> Page:
    """The overview of a region."""
    parts = [f"region={region}" if region else "", asked]
    return visit.open(f"/?{'&'.join(filter(None, parts))}", width=width)


def words(page: Page) -> int:
    """How many words are shown, frame and notes included."""
    return len(page.locator("body").inner_text().split())


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_overview_is_four_screens_of_few_words(whole: Visit, region: str, lang: str) -> None:
    """At most four screens of a wide window, eight of a telephone, and 900 words."""
    asked = f"lang={lang}" if lang != "sv" else ""
    for width, (height, screens) in SCREENS.items():
        page = at(whole, region, asked, width=width)
        tall = page.evaluate("document.documentElement.scrollHeight")

        assert tall <= screens * height, f"{tall} pixels at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert words(page) <= MOST_WORDS


def test_a_phrase_of_every_row_is_said_once(whole: Visit) -> None:
    """The unit of a difference stands above the table, and nothing says that nothing happened."""
    said = at(whole, "0127").locator("main table").inner_text()

    assert "procentenheter" not in said
    assert "oförändra" not in said


@pytest.mark.parametrize("width", [1440, 375])
def test_a_theme_opens_by_keyboard_and_the_way_back_is_the_overview(
    whole: Visit, width: int
) -> None:
    """One key on the link of a theme; the address has it, and back leads to the overview."""
    page = at(whole, "0127", width=width)
    page.get_by_role("link", name="Alla 16 indikatorer om arbetsmarknad").press("Enter")

    expect(page.locator("#rad-registered_unemployment")).to_be_visible()
    assert page.url.endswith("/?region=0127&tema=labour_market")
    page.go_back()
    expect(page.locator("table.leading")).to_be_visible()
    assert page.url.endswith("/?region=0127")


def test_heads_stay_in_sight_and_a_row_has_an_address(whole: Visit) -> None:
    """A link to an indicator's row shows it below the heads that stay at the top."""
    page = at(whole, "0127")
    box: Any = page.locator("#rad-sick_days")
    box.evaluate("row => row.scrollIntoView({ block: 'start' })")
    top = box.evaluate("row => row.getBoundingClientRect().top")
    head = page.locator("table.leading thead th").first.evaluate(
        "cell => cell.getBoundingClientRect().bottom"
    )

    assert head > 0
    assert top >= head - 1


def test_the_overview_on_paper_is_two_sheets_and_tears_no_row(whole: Visit) -> None:
    """A4 at the width of its print: heads are repeated, controls left out."""
    page = at(whole, "0127")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 1000})  # 178 mm
    tall = page.evaluate("document.documentElement.scrollHeight")
    inside = page.locator("table.leading tbody tr").first.evaluate(
        "row => getComputedStyle(row).breakInside"
    )

    assert tall <= 2 * 1016
    assert inside == "avoid"
    assert page.locator(".onward").is_hidden()


@pytest.mark.parametrize("width", [1440, 768, 375])
@pytest.mark.parametrize(
    "path", [COMPARED, "/jamfor?region=0127&jamfor=0126,0136,0180,0181,01,00,0114,0138"]
)
def test_no_box_of_the_comparison_scrolls_down_by_itself(
    whole: Visit, path: str, width: int
) -> None:
    """A row is never cut by the edge of a box inside the page; the page is no wider than it may."""
    page = whole.open(path, width=width)

    assert page.evaluate(INNER_SCROLL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_columns_move_and_the_names_stay(whole: Visit) -> None:
    """The box of the table moves across, its first column does not."""
    page = whole.open("/jamfor?region=0127&jamfor=0126,0136,0180,0181,01,00", width=375)
    box = page.locator(".scroll.wide").first
    name = box.locator("tbody tr:not(.part) th").first
    figure = box.locator("tbody tr:not(.part) td").first
    left, before = (
        one.evaluate("cell => cell.getBoundingClientRect().left") for one in (name, figure)
    )
    box.evaluate("box => { box.scrollLeft = 150; }")
    stays, moved = (
        one.evaluate("cell => cell.getBoundingClientRect().left") for one in (name, figure)
    )

    assert stays == left
    assert moved == before - 150


def test_in_a_wide_window_the_heads_of_the_comparison_stay_at_the_top(whole: Visit) -> None:
    """Seventy rows down one still reads whose column it is."""
    page = whole.open(COMPARED)
    page.evaluate("window.scrollTo(0, 2400)")
    top = page.locator(".fits thead th").nth(1).evaluate("cell => cell.getBoundingClientRect().top")

    assert -1 <= top <= 1
