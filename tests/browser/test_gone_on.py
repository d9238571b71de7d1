"""A reader who has gone on is not pulled back by what comes late from where he was."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, unfold
from tests.browser.test_quick_choices import ASKED, Held

pytestmark = pytest.mark.browser

INDICATOR = "/indikator/employment_rate?region=0127"
OTHER = "Data och nedladdning"


def go_on(page: Page) -> None:
    """Follow the link to another page."""
    page.get_by_role("link", name="Data", exact=True).click()


@pytest.mark.parametrize("goes", ["on by a link", "back"])
def test_a_choice_that_is_answered_late_leaves_the_next_page_as_it_is(
    whole: Visit, goes: str
) -> None:
    """The address stays that of the link, or of the page before, and so does what is shown."""
    page = whole.open("/?region=0180")
    page.evaluate("address => integrationspanelen.go(address)", INDICATOR)
    page.wait_for_selector("details.selection")
    whole.settle()
    unfold(page)
    held = Held(page)
    with page.expect_request(ASKED):
        page.get_by_role("combobox", name="Grupp").select_option("VXEUEES")
    if goes == "back":
        page.go_back()
        expected = "/?region=0180"
    else:
        go_on(page)
        expected = "/data?region=0127"
    held.end()

    heading = "Stockholm" if goes == "back" else OTHER
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(re.compile(re.escape(expected) + "$"))


def test_what_was_not_answered_is_not_told_on_the_next_page(whole: Visit) -> None:
    """That a choice was not followed says nothing of a page that came since."""
    page = whole.open(INDICATOR)
    unfold(page)
    page.route(ASKED, lambda route: route.abort())
    page.get_by_role("combobox", name="Grupp").select_option("VXEUEES")
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.unroute(ASKED)
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(OTHER)
    expect(page.get_by_role("alert")).to_be_empty()
    whole.heard.clear()


def test_years_that_were_left_are_at_rest_for_who_comes_back(whole: Visit) -> None:
    """Nothing begins to move by itself: neither after another page nor after another view."""
    page = whole.open(f"{INDICATOR}&vy=karta&ar=2005")
    button = page.locator("button.play")
    button.click()
    expect(button).to_have_text("Pausa")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(OTHER)
    page.go_back()

    expect(button).to_have_text("Spela upp åren")
