"""Pages beside those of indicators show what they are about in the first screen of any window."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visit, unfold
from tests.browser.heights import cramped

pytestmark = pytest.mark.browser

PAGES = ("jamfor", "skillnader", "liknande", "omraden")
# Width and height of a window, and the lowest pixel at which the first chart or row may begin.
WINDOWS = {(1440, 900): 560, (768, 1024): 620, (375, 812): 740}
SHOWN = "main .js-plotly-plot:visible, main table:visible tbody tr"
RUNNING = ".lede, .told, .notices p"


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_begins_in_the_first_screen(
    whole: Visit, name: str, size: tuple[int, int]
) -> None:
    """Under the example notice, controls folded where there is no room for a row of them."""
    width, height = size
    page = whole.open(f"/{name}?region=0127", width=width)
    page.set_viewport_size({"width": width, "height": height})
    whole.settle()
    expect(page.locator(".example")).to_be_visible()
    tops = [box["y"] for one in page.locator(SHOWN).all()[:3] if (box := one.bounding_box())]

    assert tops
    assert min(tops) <= WINDOWS[size]
    assert cramped(page, RUNNING) == []


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
