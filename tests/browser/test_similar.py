"""
Similar municipalities in a browser: criteria by pointer and keyboard, and from the same start.

The planner's fourth task: Botkyrka's similar municipalities on employment of the foreign-born over
time, and who improved most from the same start, in at most four actions.
"""

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, choose, unfold

pytestmark = pytest.mark.browser

QUESTION = "sysselsatta utrikes födda botkyrka mot liknande"
MOST_ACTIONS = 4
FIRST, LAST = ("2022", "2023"), "2024"  # of the present register of employment


def alike(data: Path) -> list[str]:
    """The seven nearest to Botkyrka by the published method, by pandas alone."""
    file = next(data.glob("*.duckdb"))
    with duckdb.connect(str(file), read_only=True) as connection:
        people = connection.execute(
            """
            SELECT region::VARCHAR AS region, background::VARCHAR AS background,
                   age::VARCHAR AS age, value
            FROM observation
            WHERE indicator::VARCHAR = 'population' AND sex = '_T' AND education = '_T'
              AND period::VARCHAR = '2025'
              AND (length(region::VARCHAR) = 4 AND background = '_T'
                   AND age::VARCHAR IN ('_T', '20-64')
                   OR length(region::VARCHAR) > 4 AND background::VARCHAR = 'öv' AND age = '_T')
            """
        ).df()
        educated = connection.execute(
            """
            SELECT region::VARCHAR AS region, value FROM observation
            WHERE indicator::VARCHAR = 'post_secondary_share_25_65' AND period::VARCHAR = '2025'
              AND sex = '_T' AND age = '_T' AND education = '_T' AND background = '_T'
              AND length(region::VARCHAR) = 4
            """
        ).df()
        groups = connection.execute(
            "SELECT member, substr(region, 5, 1) AS letter FROM region_member "
            "WHERE starts_with(region, 'skr-')"
        ).df()
    large = people[people["region"].str.len() == 4]
    everybody = large[large["age"] == "_T"].set_index("region")["value"]
    working = large[large["age"] == "20-64"].set_index("region")["value"]
    areas = people[people["region"].str.len() > 4]
    abroad = areas.groupby(areas["region"].str[:4])["value"].sum()
    known = pd.DataFrame(
        {
            "size": np.log(everybody),
            "abroad": abroad / everybody,
            "educated": educated.set_index("region")["value"],
            "working": working / everybody,
        }
    )
    z = (known - known.median()) / (known - known.median()).abs().median()
    letters = groups.set_index("member")["letter"].reindex(z.index)
    away = ((z - z.loc["0127"]) ** 2).sum(axis=1) ** 0.5 + (letters != letters["0127"])
    return list(away.drop("0127").sort_values(kind="stable").index[:7])


def same_start(data: Path, among: list[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Start, end and change of those within two points of Botkyrka's start; all names."""
    file = next(data.glob("*.duckdb"))
    with duckdb.connect(str(file), read_only=True) as connection:
        table = connection.execute(
            """
            SELECT region::VARCHAR AS region, period::VARCHAR AS period, round(value, 1) AS value
            FROM observation
            WHERE indicator::VARCHAR = 'employment_rate' AND background::VARCHAR = 'SAMUTF'
              AND sex = '_T' AND age = '_T' AND education = '_T' AND segment::VARCHAR = 'bas'
            """
        ).df()
        names = connection.execute("SELECT code, name FROM region").fetchall()
    wide = table.pivot_table(index="region", columns="period", values="value")
    wide = wide[wide.index.isin(["0127", *among])].dropna(subset=[*FIRST, LAST])
    means = wide[list(FIRST)].mean(axis=1)
    starts = {str(code): float(f"{float(mean):.1f}") for code, mean in means.items()}
    frame = pd.DataFrame({"start": pd.Series(starts), "end": wide[LAST]})
    near = [code for code, start in starts.items() if round(abs(start - starts["0127"]), 9) <= 2]
    return frame.reindex(near), dict(names)


def check_answers(page: Page, data: Path) -> None:
    """The rows of the same start are those of pandas, and nobody is named of so short a period."""
    expected, names = same_start(data, alike(data))
    table = page.locator("table.figures").first
    listed = table.locator("tbody th[scope=row]").all_inner_texts()

    assert sorted(listed) == sorted(names[code] for code in expected.index)
    for code, row in expected.iterrows():
        line = table.locator("tbody tr").filter(has_text=names[str(code)])
        cells = line.locator("td").all_inner_texts()
        assert cells[0] == f"{row['start']:.1f}".replace(".", ",")
        assert cells[1] == f"{row['end']:.1f}".replace(".", ",")
    said = page.locator("main").inner_text()
    assert "De som börjar lågt rör sig ofta uppåt av slump." in said
    assert " mest i " not in said


def started(whole: Visit) -> Page:
    """The overview of Botkyrka, from an empty browser: choosing the region is not counted."""
    page = whole.open("/")
    choose(page, "Välj region", "botkyrka")
    expect(page).to_have_url(re.compile("region=0127"))
    whole.settle()
    return page


def check_lines(page: Page, data: Path) -> None:
    """All seven are drawn beside Botkyrka, the nearest first, and none is left out."""
    _, names = same_start(data, [])
    nearest = [names[code] for code in alike(data)]
    chips = page.locator("ul.chips li").all_inner_texts()
    drawn = [chip.split("\n")[0].split("×")[0].strip() for chip in chips]

    assert [name for name in drawn if name != "Botkyrka"] == nearest
    assert page.locator(".notices").count() == 0


def test_task_four_by_pointer(whole: Visit, example_data: Path) -> None:
    """The field, a question and an answer, then the way to the same start: four actions."""
    page = started(whole)
    actions = Actions(page)
    page.get_by_role("combobox", name="Fråga panelen").click()
    page.keyboard.type(QUESTION)
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page).to_have_url(re.compile("employment_rate.*jamfor=liknande"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    whole.settle()
    check_lines(page, example_data)
    page.get_by_role("link", name="Vilka har ändrats mest från samma läge?").click()
    expect(page).to_have_url(re.compile("fran=samma"))
    expect(page.locator(".panel h2").first).to_contain_text("från samma läge som Botkyrka")
    whole.settle()

    assert actions.count <= MOST_ACTIONS
    assert "bakgrund=SAMUTF" in page.url
    check_answers(page, example_data)


def test_task_four_by_keyboard(whole: Visit, example_data: Path) -> None:
    """The same without a pointer: the question, Enter, and Enter on the link."""
    page = started(whole)
    actions = Actions(page)
    page.get_by_role("combobox", name="Fråga panelen").focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("employment_rate.*jamfor=liknande"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    whole.settle()
    check_lines(page, example_data)
    page.get_by_role("link", name="Vilka har ändrats mest från samma läge?").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("fran=samma"))
    expect(page.locator(".panel h2").first).to_contain_text("från samma läge som Botkyrka")
    whole.settle()

    assert actions.count <= MOST_ACTIONS
    check_answers(page, example_data)


def test_a_weight_is_chosen_without_loading_the_page_anew(whole: Visit) -> None:
    """By pointer and by keys: the address, the heading of the table and the list follow."""
    page = whole.open("/liknande?region=0127")
    page.evaluate("window.marked = true")
    before = page.locator("table.similar tbody th").all_inner_texts()
    unfold(page)
    page.get_by_label("Boende i hyresrätt").select_option("rented_share:3")
    expect(page).to_have_url(re.compile("vikter=rented_share:3"))
    expect(page.locator("table.similar caption")).to_contain_text("boende i hyresrätt med vikt 3")
    assert page.locator("table.similar tbody th").all_inner_texts() != before
    page.get_by_label("Antal kommuner").focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("grannar=8"))
    expect(page.locator("table.similar tbody tr")).to_have_count(9)
    page.get_by_role("link", name="Tillbaka till den publicerade metoden").click()
    expect(page).to_have_url(re.compile(r"/liknande\?region=0127(&urval=oppet)?$"))
    expect(page.locator("table.similar tbody th")).to_have_text(before)

    assert page.evaluate("window.marked") is True


@pytest.mark.parametrize("width", [768, 375])
def test_the_pages_are_for_everybody_and_fit_the_window(whole: Visit, width: int) -> None:
    """Axe finds nothing, and nothing is wider than the window."""
    for path in (
        "/liknande?region=0127&vikter=population:2,rented_share:1&grannar=20",
        "/indikator/open_unemployment?region=0127&vy=tvaar&fran=samma&jamfor=00",
    ):
        page = whole.open(path, width=width)
        checked = Axe().run(page)
        assert checked.violations_count == 0, checked.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
