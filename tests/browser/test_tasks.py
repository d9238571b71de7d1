"""
Tasks 2, 3 and 8 of planners and politicians, from the start page of an empty browser.

By pointer and by keyboard. The actions are counted by `actions.Actions` from the region on. What is
read is held against pandas over the warehouse. Tasks 1, 4, 5, 6, 7 and 12 stand with what they are
about.
"""

import re
from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, choose

pytestmark = pytest.mark.browser

By = Literal["keyboard", "pointer"]
BOTH: tuple[By, ...] = ("keyboard", "pointer")
LEVEL = 0.5  # percentage points: two shares nearer than that are level
ELIGIBLE, UNEMPLOYED = "upper_secondary_eligibility", "open_unemployment"


def ask(page: Page, words: str, by: By) -> None:
    """One action: write a question, and take the first answer by Enter or by a click."""
    field = page.get_by_role("combobox", name="Fråga panelen")
    field.fill(words)
    if by == "keyboard":
        field.press("Enter")
    else:
        page.get_by_role("listbox").get_by_role("option").first.click()


def start(visit: Visit, region: str) -> Page:
    """The start page, with the region chosen."""
    page = visit.open("/")
    choose(page, "Välj region", region)
    expect(page.get_by_role("heading", level=1)).to_have_text(region)
    return page


def asked(data: Path, question: str, *given: str) -> pd.DataFrame:
    """What plain SQL answers of the warehouse."""
    with duckdb.connect(str(next(data.glob("*.duckdb"))), read_only=True) as connection:
        return connection.execute(question, list(given)).df()


def swedish(text: str) -> float:
    """A number as the page shows it, without its counts and marks."""
    found = re.match(r"[−+]?[\d\u00a0]+(,\d+)?", text.strip())
    assert found, text
    return float(found[0].replace("−", "-").replace(",", ".").replace("\u00a0", ""))


def cells(row: Locator) -> list[str]:
    """The texts of a row, its head first."""
    return [text.strip() for text in row.locator("th, td").all_inner_texts()]


@pytest.mark.parametrize("by", BOTH)
def test_the_widest_gap_in_eligibility_and_who_narrowed_it_most(
    whole: Visit, example_data: Path, by: By
) -> None:
    """
    Task 2 in three actions: a question, all controls, and the order by size.

    Who narrowed it most is said above the list, of those that are sure; the widest stands first.
    """
    page = start(whole, "Botkyrka")
    actions = Actions(page)
    ask(page, "skillnad behöriga gymnasiet kommuner stockholms län", "keyboard")
    expect(page).to_have_url(re.compile(f"{ELIGIBLE}.*vy=skillnader"))
    unfold = page.locator("details.selection > summary")
    if by == "pointer":
        unfold.click()
    else:
        unfold.focus()
        page.keyboard.press("Enter")
    page.get_by_label("Ordning").select_option("varde")
    expect(page).to_have_url(re.compile("sortering=varde"))
    expect(page.locator("table.gaps th[aria-sort]")).to_have_attribute("aria-sort", "descending")

    assert actions.count == 3
    gaps = gap_changes(example_data)
    said = re.search(r"(Mest, [^.]*, )?minskade skillnaden i ([^.0-9]*)\. I riket", main_text(page))
    assert said
    sure = gaps.loc[[row[0] for row in gap_rows(page) if "osäker" not in row[-2]]]
    leading = sure["change"].min()
    most = sure.index[(sure["change"] - leading).round(1) < LEVEL]
    assert set(re.split(", | och ", said[2])) == set(most)
    placed = placed_rows(page)
    widest = gaps.loc[[name for name, _ in placed], "gap"].max()
    assert [name for name, place in placed if place == 1] == [
        name for name, _ in placed if gaps.loc[name, "gap"] == widest
    ]


def main_text(page: Page) -> str:
    """All that the page says, in one line."""
    return " ".join(page.locator("main").inner_text().split())


def gap_rows(page: Page) -> list[list[str]]:
    """The rows of the list with a change, without those that stand beside it."""
    rows = [cells(row) for row in page.locator("table.gaps tbody tr").all()]
    end = next((place for place, row in enumerate(rows) if row[0].startswith("Till jäm")), None)
    return [row for row in rows[:end] if len(row) > 2 and "saknas" not in row[-3]]


@pytest.mark.parametrize("by", BOTH)
def test_the_list_of_gaps_stands_by_size_and_by_change(
    whole: Visit, example_data: Path, by: By
) -> None:
    """Both orders of the list that a question leads to; ties share a place."""
    page = start(whole, "Botkyrka")
    ask(page, "skillnad behöriga gymnasiet kommuner stockholms län", by)
    expect(page).to_have_url(re.compile(f"{ELIGIBLE}.*vy=skillnader"))
    gaps = gap_changes(example_data)
    for order, column in (("varde", "gap"), ("forandring", "change")):
        if page.get_by_label("Ordning").is_hidden():
            page.get_by_text("Ändra urval").click()
        page.get_by_label("Ordning").select_option(order)
        expect(page).to_have_url(re.compile(f"sortering={order}"))
        expect(page.locator("#main")).to_contain_text("Ordningen är inget betyg")
        sorted_by = page.locator("table.gaps th[aria-sort]")
        expect(sorted_by).to_have_attribute(
            "aria-sort", "descending" if order == "varde" else "ascending"
        )
        expect(sorted_by).not_to_contain_text("Region")
        placed = placed_rows(page)
        told = gaps.loc[[name for name, _ in placed], column]

        assert placed
        assert told.is_monotonic_decreasing if column == "gap" else told.is_monotonic_increasing
        ranks = told.rank(method="min", ascending=column == "change").astype(int)
        assert [place for _, place in placed] == ranks.tolist()


def placed_rows(page: Page) -> list[tuple[str, int]]:
    """The regions of the list that have a place, in its order."""
    rows = [cells(row) for row in page.locator("table.gaps tbody tr").all()]
    return [(row[0], int(row[1])) for row in rows if len(row) > 2 and row[1].isdigit()]


def gap_changes(data: Path) -> pd.DataFrame:
    """By municipality of the county: size of the newest gap, and its change over the stretch."""
    table = asked(
        data,
        """
        SELECT region.name, period::VARCHAR AS period, background::VARCHAR AS background,
               round(value, 1) AS value
        FROM observation JOIN region ON region.code = observation.region
        WHERE indicator::VARCHAR = ? AND region::VARCHAR SIMILAR TO '01[0-9]{2}'
          AND sex = '_T' AND age = '_T' AND education = '_T' AND isfinite(value)
          AND background::VARCHAR IN ('SE', 'SAMUTF')
        """,
        ELIGIBLE,
    )
    wide = table.pivot_table(index=["name", "period"], columns="background", values="value")
    gaps = (wide["SE"] - wide["SAMUTF"]).dropna().round(1).unstack().sort_index(axis=1)  # noqa: PD010
    newest = gaps.columns[-1]
    stretch = gaps.loc[:, gaps.columns >= "2011"]  # eligibility has other rules before
    ends = [stretch.iloc[:, some].mean(axis=1, skipna=False) for some in ([0, 1], [-2, -1])]
    sizes = [end.map(lambda value: float(f"{value:.1f}")).abs() for end in ends]
    return pd.DataFrame({"gap": gaps[newest].abs(), "change": (sizes[1] - sizes[0]).round(1)})


@pytest.mark.parametrize("by", BOTH)
def test_two_districts_beside_their_municipality_county_and_country(
    whole: Visit, example_data: Path, by: By
) -> None:
    """Task 3 in two questions: everybody, then women; every number is the published one."""
    page = start(whole, "Botkyrka")
    actions = Actions(page)
    for words, sex in (("", "_T"), (" kvinnor", "2")):
        ask(page, f"arbetslöshet alby mot fittja botkyrka länet riket{words}", by)
        expect(page).to_have_url(re.compile("kon=2" if words else f"{UNEMPLOYED}[^k]*$"))
        drawn = page.get_by_role("heading", level=2).first
        expect(drawn).to_contain_text("Fittja")
        if words:
            expect(drawn).to_contain_text("kvinnor")
        heads = cells(page.locator("table.figures thead tr").first)
        newest = cells(page.locator("table.figures tbody tr").first)
        shown = dict(zip(heads[1:], map(swedish, newest[1:]), strict=True))
        published = asked(
            example_data,
            """
            SELECT region.name, round(value, 1) AS value
            FROM observation JOIN region ON region.code = observation.region
            WHERE indicator::VARCHAR = ? AND period::VARCHAR = ? AND sex::VARCHAR = ?
              AND background = '_T' AND age = '_T' AND education = '_T'
              AND region::VARCHAR IN ('0127', '01', '00')
            """,
            UNEMPLOYED, newest[0], sex,
        )  # fmt: skip

        assert len(shown) == 5
        assert len(published) == 3
        for name, value in published.itertuples(index=False):
            assert shown[name] == value
    assert actions.count == (2 if by == "keyboard" else 4)


@pytest.mark.parametrize("by", BOTH)
def test_what_to_know_of_a_municipality_and_why(whole: Visit, by: By) -> None:
    """Task 8 in one action: it opens the overview, and a click tells the numbers behind it."""
    page = start(whole, "Botkyrka")
    actions = Actions(page)
    section = page.locator("section", has=page.get_by_role("heading", name="saker att veta"))
    expect(section.get_by_role("heading", level=3)).not_to_have_count(0)
    expect(section).to_be_in_viewport()
    reason = section.get_by_text("Varför visas detta?").first
    if by == "pointer":
        reason.click()
    else:
        reason.focus()
        page.keyboard.press("Enter")
    expect(section.get_by_text(re.compile("prövade")).first).to_be_visible()
    expect(section.get_by_text(re.compile("[Mm]edian")).first).to_be_visible()
    assert actions.count == 1
