"""The pages of data and about the statistics in a real browser: searched, read and printed."""

import re
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

UPDATE = re.compile("_dash-update-component")
PAGES = (
    "/data",
    "/data?sok=botkyrkka",
    "/data?indikatorer=population&region=0127",
    "/om",
    "/om?lang=en",
    "/om/tillganglighet",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_pass_the_accessibility_rules_at_every_width(visit: Visit, path: str) -> None:
    """Axe finds nothing, there is one h1, and nothing is wider than the window."""
    for width in (1440, 320):
        page = visit.open(path, width=width)
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_search_by_keyboard_leads_to_a_region(visit: Visit) -> None:
    """Typed with an error, sent with Enter, followed by a link; the field keeps the focus."""
    page = visit.open("/data")
    field = page.get_by_label("Sök indikator eller region")
    field.focus()
    page.keyboard.type("botkyrkka")
    page.keyboard.press("Enter")
    page.wait_for_url("**sok=botkyrkka*")
    expect(page.locator("main").get_by_role("status").first).to_contain_text(
        "1 region för ”botkyrkka”"
    )
    expect(field).to_be_focused()

    page.get_by_role("link", name="Botkyrka", exact=True).click()

    expect(page.locator("h1")).to_have_text("Botkyrka")


def test_what_is_typed_while_an_answer_is_awaited_stays(visit: Visit) -> None:
    """The page is drawn again under the reader's hands: every letter and the caret remain."""
    page, held = visit.open("/data"), list[Route]()
    field = page.get_by_label("Sök indikator eller region")
    field.focus()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(UPDATE, hold)
    with page.expect_request(UPDATE):
        page.keyboard.type("syssel")
        page.keyboard.press("Enter")
    page.keyboard.type("satta")
    waiting = list(held)
    page.route(UPDATE, lambda route: route.continue_())  # the newest rule is asked first
    for route in waiting:
        route.continue_()
    expect(page).to_have_url(re.compile("sok=syssel$"))
    expect(page.locator("main").get_by_role("status").first).to_contain_text("”syssel”")
    expect(field).to_be_focused()
    expect(field).to_have_value("sysselsatta")

    page.keyboard.type(" i")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"sok=sysselsatta(\+|%20)i$"))


@pytest.mark.parametrize("path", ["/data", "/data?lang=en"])
def test_the_printed_catalogue_is_a_list_of_a_few_sheets(
    whole: Visit, tmp_path: Path, path: str
) -> None:
    """71 indicators fit at most six sheets of A4, none of them empty or cut in two."""
    page = whole.open(path)
    file = tmp_path / "catalogue.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    page.emulate_media(media="print")
    entries = page.locator(".entry")

    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) <= 6
    assert entries.count() == 71
    assert entries.first.evaluate("one => getComputedStyle(one).breakInside") == "avoid"


def test_a_choice_of_indicators_becomes_a_file(visit: Visit) -> None:
    """A ticked box stands in the address, and the file holds what is ticked."""
    page = visit.open("/data")
    page.get_by_text("Välj indikatorer").first.click()
    page.get_by_label("Folkmängd").check()
    page.wait_for_url("**indikatorer=population")

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV för vidare bearbetning").first.click()

    assert "population" in download.value.path().read_text(encoding="utf-8")
    assert "employment_rate" not in download.value.path().read_text(encoding="utf-8")


def test_the_contents_lead_to_their_section(visit: Visit) -> None:
    """A long page is read from where the reader wants it."""
    page = visit.open("/om")
    page.get_by_role("link", name="Vad som inte mäts").click()

    expect(page.get_by_role("heading", name="Vad som inte mäts")).to_be_in_viewport()
