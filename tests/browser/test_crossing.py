"""Women and men of a group, in a municipality and in its county, from the first page of all."""

import re
from itertools import product
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, choose

pytestmark = pytest.mark.browser

QUESTION = "sysselsatta kvinnor och män födda utanför EU botkyrka mot länet"
CHART = "/indikator/employment_rate?region=0127&jamfor=01&bakgrund=VXEUEES&kon=2,1"
LINES = tuple(product(("0127", "01"), ("2", "1")))
HEADS = ["År", "Botkyrka, kvinnor", "Botkyrka, män", "Stockholms län, kvinnor",
         "Stockholms län, män"]  # fmt: skip
WIDTHS = (1440, 768, 375)
MOST_ACTIONS = 4  # task 1


def published(data: Path, period: str) -> list[str]:
    """The figures of the four lines in a year, by plain SQL, as they are displayed."""
    with duckdb.connect(str(next(data.glob("*.duckdb"))), read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT region::VARCHAR, sex::VARCHAR, value
            FROM observation
            WHERE indicator::VARCHAR = 'employment_rate' AND background::VARCHAR = 'VXEUEES'
              AND age::VARCHAR = '_T' AND education::VARCHAR = '_T' AND period::VARCHAR = ?
            """,
            [period],
        ).fetchall()
    values = {(region, sex): value for region, sex, value in rows}
    return [f"{values[line]:.1f}".replace(".", ",") for line in LINES]


def is_answered(page: Page, data: Path) -> None:
    """The chart has the four lines from 1997 to the newest year, and the table their figures."""
    table = page.get_by_role("table").first
    expect(table.get_by_role("columnheader")).to_have_text(HEADS)
    for period in ("2024", "1997"):
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=period))
        expect(row.get_by_role("cell")).to_have_text(published(data, period))
    expect(page.locator(".chart .main-svg .scatterlayer .trace").first).to_be_visible()


def test_the_view_is_one_question_by_keyboard(whole: Visit, example_data: Path) -> None:
    """Writing and Enter: one action of the four that are allowed."""
    page = whole.open("/")
    actions = Actions(page)
    page.get_by_role("combobox", name="Fråga panelen").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")

    expect(page).to_have_url(whole.base + CHART)
    whole.settle()
    is_answered(page, example_data)
    assert actions.count == 1


def test_the_view_is_a_question_and_a_click_by_pointer(whole: Visit, example_data: Path) -> None:
    """A click in the field, writing, and a click on the first answer: three actions."""
    page = whole.open("/")
    actions = Actions(page)
    page.get_by_role("combobox", name="Fråga panelen").click()
    page.keyboard.type(QUESTION)
    page.get_by_role("listbox").get_by_role("option").first.click()

    expect(page).to_have_url(whole.base + CHART)
    whole.settle()
    is_answered(page, example_data)
    assert actions.count == 3 <= MOST_ACTIONS


def test_the_view_is_made_by_the_controls_of_the_page(whole: Visit, example_data: Path) -> None:
    """After the indicator four actions: all controls, a group, the sexes, and the county."""
    page = whole.open("/indikator/employment_rate?region=0127")
    actions = Actions(page)
    page.get_by_text("Ändra urval").click()
    page.get_by_role("combobox", name="Grupp").select_option("VXEUEES")
    expect(page).to_have_url(re.compile("region=0127&bakgrund=VXEUEES&urval=oppet$"))
    page.get_by_label("Kön", exact=True).first.check()
    expect(page.get_by_role("columnheader").nth(1)).to_have_text("Kvinnor")
    choose(page, "Jämför med", "stockholms län")

    expect(page).to_have_url(f"{whole.base}{CHART}&urval=oppet")
    whole.settle()
    is_answered(page, example_data)
    assert actions.count == MOST_ACTIONS


@pytest.mark.parametrize("width", WIDTHS)
def test_small_charts_fit_every_window(whole: Visit, width: int) -> None:
    """A chart for each region or group, under its name, and nothing that runs out of the page."""
    page = whole.open(
        "/indikator/employment_rate?region=0127&jamfor=01,0126&bakgrund=SE,VXEUEES&kon=2,1",
        width=width,
    )

    expect(page.locator(".chart .annotation-text").first).to_have_text("Botkyrka")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


def test_small_charts_are_chosen_by_keyboard(whole: Visit) -> None:
    """One chart, or one for each region or group: radio buttons that the arrows move."""
    page = whole.open(CHART)
    page.locator("summary", has_text="Ändra urval").press("Enter")
    page.get_by_label("Ett för alla linjer").focus()
    page.keyboard.press("ArrowDown")

    expect(page).to_have_url(f"{whole.base}{CHART}&delat=region&urval=oppet")
    whole.settle()
    expect(page.locator(".chart .annotation-text").first).to_have_text("Botkyrka")
