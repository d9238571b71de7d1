import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboard.server.http import STYLES
from tests.browser.conftest import Visit, choose
from tests.browser.style_hashes import blocked

pytestmark = pytest.mark.browser

A4_HEIGHT = 1001  # pixels inside the margins of an upright sheet
EMPLOYMENT = "/indikator/employment_rate?region=0127"
PAGES = (
    "/?region=0127",
    EMPLOYMENT,
    f"{EMPLOYMENT}&bakgrund=SE,VXEUEES&lang=en",
    "/indikator/net_migration?region=0140&jamfor=zz",
    "/indikator/open_unemployment",
)


def test_a_reader_walks_from_the_overview_to_the_table(visit: Visit) -> None:
    """Region, indicator, another region, a comparison: the address follows, the table too."""
    page = visit.open("/")
    choose(page, "Välj region", "Botkyrka")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    page.get_by_role("link", name="Sysselsatta").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    visit.settle()
    choose(page, "Välj region", "hudd")
    expect(page).to_have_url(re.compile(r"/indikator/employment_rate\?region=0126$"))
    choose(page, "Jämför med", "gotland")
    expect(page).to_have_url(re.compile(r"jamfor=01,00,0980$"))

    row = page.get_by_role("row", name=re.compile("^2024"))
    expect(row.get_by_role("cell")).to_have_text(["76,7", "80,7", "78,7", "77,7"])
    expect(page.get_by_role("columnheader")).to_have_text(
        ["År", "Huddinge", "Stockholms län", "Riket", "Gotland"]
    )


def test_back_and_forward_bring_back_view_and_controls(visit: Visit) -> None:
    """Every choice is a step of the browser's history, and the controls follow it."""
    page = visit.open(EMPLOYMENT)
    page.get_by_label("Kön", exact=True).first.check()
    expect(page).to_have_url(re.compile("kon=2,1"))
    expect(page.get_by_role("columnheader")).to_have_text(["År", "Kvinnor", "Män"])
    page.go_back()

    expect(page).to_have_url(re.compile(r"region=0127$"))
    expect(page.get_by_label("Kön", exact=True).first).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("columnheader")).to_have_text(["År", "Kvinnor", "Män"])


def test_the_keyboard_alone_reaches_the_table(visit: Visit) -> None:
    """Skip link first; a choice made by keys keeps the focus where it was."""
    page = visit.open(EMPLOYMENT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(20):  # past breadcrumb, neighbours, views and the button of the controls
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main [role=combobox]')"):
            break
    expect(page.get_by_label("Välj region")).to_be_focused()
    page.keyboard.type("Hud")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("region=0126"))
    visit.settle()
    expect(page.get_by_label("Välj region")).to_be_focused()

    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('scroll')"):
            break
    expect(page.get_by_role("region", name=re.compile("Sysselsatta i Huddinge"))).to_be_focused()


def test_the_language_changes_everywhere(visit: Visit) -> None:
    """Text, title and the document's language become English, and stay so."""
    page = visit.open(EMPLOYMENT)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Employed")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title(re.compile("^Example data – not statistics – Employed in Botkyrka"))
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", name="Labour market")).to_be_visible()


def test_a_wrong_link_is_a_page_with_a_way_on(visit: Visit) -> None:
    """Status 404, a sentence, and the overview one click away."""
    answer = visit.page.goto(f"{visit.base}/nowhere")
    visit.settle()

    assert answer is not None
    assert answer.status == 404
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    visit.page.get_by_role("link", name="Gå till översikten").click()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Riket")
    visit.heard[:] = [text for text in visit.heard if "404 (NOT FOUND)" not in text]


def test_invented_data_are_marked_inside_the_chart(visit: Visit) -> None:
    """A picture cut out of the page still says what it is."""
    page = visit.open(EMPLOYMENT)

    expect(
        page.locator(".chart .annotation", has_text="Exempeldata – inte statistik")
    ).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_its_window(visit: Visit, path: str) -> None:
    """Axe finds nothing, there is one h1, and nothing is wider than the window."""
    for width in (1440, 768, 320):
        page = visit.open(path, width=width)
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_gets_chart_and_table_without_controls(visit: Visit) -> None:
    """In print nothing that needs a click is left, and the chart stays whole on its sheet."""
    page = visit.open(EMPLOYMENT)
    drawn = page.locator(".chart .main-svg").first.bounding_box()
    page.emulate_media(media="print")

    expect(page.get_by_label("Välj region")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator(".example")).to_be_visible()
    chart = page.locator(".chart").bounding_box()
    assert chart is not None
    assert drawn is not None
    assert drawn["height"] <= chart["height"] < A4_HEIGHT


def test_no_style_is_blocked_and_none_stands_twice(chrome: Browser, address: str) -> None:
    """The hashes of the policy are those of the pinned Dash and plotly; see style_hashes."""
    assert blocked(chrome, address) == []
    assert len(set(STYLES)) == len(STYLES)
