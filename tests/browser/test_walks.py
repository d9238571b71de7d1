"""Six walks through the whole: a planner's, and those of anyone who lands on a link."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, choose, tab, unfold

pytestmark = pytest.mark.browser

EMPLOYED = "/indikator/employment_rate?region=0127"
STOCKHOLM_COUNTY = 26  # municipalities, of Statistics Sweden's list of 2026


def table(page: Page) -> list[str]:
    """The rows of the first table, as they are read."""
    return page.get_by_role("table").first.get_by_role("row").all_inner_texts()


def chosen(page: Page) -> list[str]:
    """What every menu of the page says, in order."""
    said: list[str] = page.locator("main :is(select, [role=combobox])").evaluate_all(
        "menus => menus.map((menu) => menu.value)"
    )
    return said


def test_a_planner_compares_by_region_of_birth_and_shares_the_link(
    whole: Visit, chrome: Browser
) -> None:
    """Botkyrka beside county and country among those born far away; a colleague sees the same."""
    page = whole.open("/")
    choose(page, "Välj region", "Botkyrka")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    page.get_by_role("link", name="Sysselsatta", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    unfold(page)
    page.get_by_label("Grupp").select_option("VXEUEES")
    expect(page).to_have_url(re.compile("bakgrund=VXEUEES"))
    whole.settle()
    head = ["År", "Botkyrka", "Stockholms län", "Riket"]
    expect(page.get_by_role("table").first.get_by_role("columnheader")).to_have_text(head)

    with tab(chrome, whole.base) as colleague:
        shared = colleague.open(page.url.removeprefix(whole.base))
        assert table(shared) == table(page)
        assert chosen(shared) == chosen(page)
        assert shared.title() == page.title()


def test_two_years_of_every_municipality_of_the_county(whole: Visit) -> None:
    """26 rows and 26 pairs of dots; another first year is kept in the address."""
    page = whole.open(EMPLOYED)
    page.get_by_role("link", name="Två år").click()
    expect(page.get_by_label("Första år")).to_have_value("2022")
    whole.settle()
    names = page.get_by_role("table").first.locator("tbody th[scope=row]")
    towns = [name for name in names.all_inner_texts() if "län" not in name and "Riket" not in name]
    assert len(towns) == STOCKHOLM_COUNTY

    page.get_by_label("Första år").select_option("2023")

    expect(page).to_have_url(re.compile("ar=2023-2024"))
    expect(page.get_by_role("table").first.get_by_role("columnheader")).to_contain_text(
        ["Region", "2023", "2024", "Förändring"]
    )


def test_the_areas_of_a_municipality_stand_beside_it(whole: Visit) -> None:
    """From the menu to Botkyrka's neighbourhoods, with their municipality, county and country."""
    page = whole.open("/?region=0127")
    page.get_by_role("link", name="Områden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Områden i Botkyrka")
    whole.settle()
    read = "\n".join(table(page))
    for name in ("Alby", "Fittja", "Hallunda-Norsborg", "Botkyrka", "Stockholms län", "Riket"):
        assert name in read
    page.get_by_role("combobox", name="Indikator").select_option("foreign_background_share")

    expect(page).to_have_url(re.compile("indikatorer=foreign_background_share"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "Utländsk bakgrund i områden"
    )


def test_another_language_keeps_the_view(whole: Visit) -> None:
    """The same figures, view and choices, in the other language's words; and back."""
    page = whole.open(f"{EMPLOYED}&vy=skillnader&par=SE,VXEUEES")
    before, menus = table(page), chosen(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_text("Differences")
    assert chosen(page) == menus
    assert [line.count("\t") for line in table(page)] == [line.count("\t") for line in before]

    page.get_by_role("link", name="Svenska").click()

    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page).to_have_url(re.compile(r"par=SE,VXEUEES&vy=skillnader|vy=skillnader&par=SE,VXE"))
    assert table(page) == before


def pressed_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
    pytest.fail(f"{most} presses of Tab do not reach {selector}")


def test_the_keyboard_alone_leads_from_the_start_to_a_table(whole: Visit) -> None:
    """Region by asking, with an error; indicator and view by Enter; an order by arrow."""
    page = whole.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    pressed_to(page, "input[type=search]")
    page.keyboard.type("Botkyrkka")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    pressed_to(page, "a[href^='/indikator/employment_rate']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    whole.settle()
    pressed_to(page, "nav.tabs a[href*='vy=jamfor']")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_text("Jämför")
    whole.settle()
    pressed_to(page, "select[id*=order]")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sortering=kod"))
    whole.settle()
    pressed_to(page, ".scroll[role=region]")

    assert outline != "none"
    expect(page.get_by_role("region", name=re.compile("^Sysselsatta i kommunerna"))).to_be_focused()


WRONG = (
    ("/finns-inte?region=0127", 404, "Sidan finns inte", "Gå till översikten", "Botkyrka"),
    (
        "/indikator/finns_inte?region=0127",
        404,
        "Sidan finns inte",
        "Gå till översikten",
        "Botkyrka",
    ),
    (
        f"{EMPLOYED}&version=20200101T000000Z-0a1b2c3d",
        410,
        "Versionen finns inte kvar",
        "Visa de senaste uppgifterna",
        "Sysselsatta",
    ),
)


@pytest.mark.parametrize(("path", "status", "said", "way", "there"), WRONG)
def test_a_wrong_link_says_so_and_leads_on(
    whole: Visit, path: str, status: int, said: str, way: str, there: str
) -> None:
    """An honest status, a heading, and one click to a page that exists."""
    assert whole.refused(path) == status
    page = whole.page
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    page.get_by_role("link", name=way).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(there)


def test_a_link_with_a_wrong_part_shows_the_rest_and_names_it(whole: Visit) -> None:
    """An unknown region, key and word of view: a notice names each, the page works."""
    page = whole.open("/indikator/employment_rate?region=9999&vy=cirkel&färg=blå&ar=2022-2024")

    notice = page.locator(".notices").first
    for wrong in ("9999", "cirkel", "färg"):
        expect(notice).to_contain_text(wrong)
    expect(page.get_by_role("table").first).to_contain_text("2023")


def test_back_and_forward_walk_through_the_views(whole: Visit) -> None:
    """Every view is a step of the browser's history, with its controls and its table."""
    page = whole.open(EMPLOYED)
    seen = []
    for name in ("Jämför", "Två år", "Skillnader"):
        page.get_by_role("link", name=name, exact=True).last.click()
        expect(page.locator("nav.tabs [aria-current=page]")).to_have_text(name)
        whole.settle()
        seen.append((name, chosen(page), table(page)))
    for name, menus, rows in reversed(seen[:-1]):
        page.go_back()
        expect(page.locator("nav.tabs [aria-current=page]")).to_have_text(name)
        whole.settle()
        assert (chosen(page), table(page)) == (menus, rows)
    page.go_forward()
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_text("Två år")
    whole.settle()
    assert table(page) == seen[1][2]
