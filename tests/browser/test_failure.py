"""What a reader is told when the server cannot be reached."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_an_answer_that_does_not_come_is_told_and_can_be_asked_for_again(visit: Visit) -> None:
    """The page stands as it was, and says so; with the line back the button fetches it."""
    page = visit.open("/?region=0127")
    alert = page.get_by_role("alert")
    expect(alert).to_be_empty()

    page.context.set_offline(True)
    page.get_by_role("link", name="Data", exact=True).click()
    expect(alert).to_contain_text("Sidan kunde inte hämtas. Det som visas kan vara gammalt.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    lost = [said for said in visit.heard if "ERR_INTERNET_DISCONNECTED" in said]
    assert lost

    page.context.set_offline(False)
    visit.heard.clear()
    alert.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data och nedladdning")
    expect(page.get_by_role("alert")).to_be_empty()
