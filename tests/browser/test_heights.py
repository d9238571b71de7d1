"""What is looked at comes first: where charts and tables begin, at every width of window."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, choose, unfold
from tests.browser.heights import WINDOWS, cramped, first_mark

pytestmark = pytest.mark.browser

EMPLOYED = "/indikator/employment_rate?region=0127"
# A share with breaks, one with many and a long name, numbers of persons, an index, a class of
# areas, an amount, months without groups of origin, a share of another name before.
INDICATORS = (
    EMPLOYED,
    "/indikator/professional_work_share?region=0127",
    "/indikator/net_migration?region=0127",
    "/indikator/population?region=0127&lang=en",
    "/indikator/mover_balance?region=0127&jamfor=",
    "/indikator/area_type?region=0127",
    "/indikator/median_income?region=0127",
    "/indikator/employment_bas_monthly?region=0127",
    "/indikator/establishment_benefit_share?region=0127",
)
# Lines, small charts, dots of several groups and maps with groups, a pair of sexes, the same start.
CROSSED = (
    "&bakgrund=SE,VXEUEES&kon=1,2",
    "&bakgrund=SE,VXEUEES&kon=2,1&jamfor=00,01,0126",
    "&vy=jamfor&bakgrund=SE,VXEUEES&kon=2,1",
    "&vy=karta&bakgrund=VXEUEES&kon=2",
    "&vy=skillnader&bild=forandring",
    "&vy=tvaar&fran=samma",
    "&vy=tvaar&fran=samma&jamfor=00",
)
RUNNING = ".lede, .told, .sub, .notices p, .aside p, .aside dd, .aside li"


def opened(visit: Visit, path: str, size: tuple[int, int]) -> Page:
    """A page in a window of some size."""
    width, height = size
    page = visit.open(path, width=width)
    page.set_viewport_size({"width": width, "height": height})
    visit.settle()
    return page


def views(page: Page) -> list[str]:
    """The views that the page offers, as they stand in the address."""
    hrefs = page.locator("nav.tabs a").evaluate_all("all => all.map((one) => one.href)")
    found = (re.search(r"vy=(\w+)", href) for href in hrefs)
    return [one[1] if one else "tid" for one in found]


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("path", INDICATORS)
def test_every_view_begins_with_what_it_shows(
    whole: Visit, path: str, size: tuple[int, int]
) -> None:
    """
    The first mark or row is high up under the example notice; nothing is small or boxed in.

    Where there is nothing to draw the reason stands there.
    """
    page = opened(whole, path, size)
    low, strained = {}, {}
    for view in views(page):
        shown = opened(whole, f"{path}&vy={view}", size)
        expect(shown.locator(".example")).to_be_visible()
        assert shown.locator(".notices").count() == 0, shown.locator(".notices").inner_text()
        top = first_mark(shown)
        if top is None and (box := shown.locator(".absent.large").bounding_box()):
            top = box["y"]
        if top is None or top > WINDOWS[size]:
            low[view] = top
        if found := cramped(shown, RUNNING):
            strained[view] = found

    assert (low, strained) == ({}, {})


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("choice", CROSSED)
def test_what_is_crossed_begins_as_high(whole: Visit, choice: str, size: tuple[int, int]) -> None:
    """Many lines, groups and small charts are no reason to begin further down."""
    page = opened(whole, f"{EMPLOYED}{choice}", size)
    assert page.locator(".notices").count() == 0, page.locator(".notices").inner_text()
    top = first_mark(page)

    assert top is not None
    assert top <= WINDOWS[size]
    assert cramped(page, RUNNING) == []


# Those whose marks began lowest: a gap under zero, of nothing at all, long titles, many marks of
# breaks, a scale that a single group of many reaches, areas whose axis is far from their region,
# more breakdowns than have room beside the regions, long names of regions, reasons why breakdowns
# are barred, regions without a gap whose list is the first that is drawn, regions beside that lack
# figures, and a class that never changes.
LOWEST = (
    "/indikator/sfi_time_to_pass?region=0127&vy=skillnader",
    "/indikator/introduction_benefit_income_share?region=0127&vy=skillnader",
    "/indikator/introduction_benefit_income_share?region=0127&vy=grupper",
    "/indikator/overcrowding?region=0127&vy=skillnader&matt=index",
    "/indikator/low_income_share?region=0127&vy=skillnader&matt=kvot",
    "/indikator/net_migration_abroad?region=0127&vy=grupper",
    "/indikator/professional_work_share?region=0127&vy=tvaar&fran=samma&jamfor=00",
    "/indikator/professional_work_share?region=0127&bakgrund=SE,VXEUEES",
    "/indikator/post_secondary_share_25_65?region=0127&vy=karta",
    "/indikator/open_unemployment?region=01",
    "/indikator/professional_work_share?region=01&lang=en",
    "/indikator/professional_work_share?region=0180R076",
    "/indikator/professional_work_share?region=0180R076&lang=en",
    "/indikator/professional_work_share?region=0180R076&vy=skillnader",
    "/indikator/professional_work_share?region=0180R076&vy=tabell",
    "/indikator/upper_secondary_eligibility?region=0180R076&lang=en",
    "/indikator/upper_secondary_eligibility?region=0180R076&vy=skillnader",
    "/indikator/sfi_passed_share?region=0180R076&vy=skillnader&lang=en",
    "/indikator/sick_contributors_share?region=0127&vy=skillnader&lang=en",
    "/indikator/mover_balance?region=0180R076",
    "/indikator/area_type?region=0180R076&lang=en",
)


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("path", LOWEST)
def test_the_lowest_of_all_begin_high_enough(
    whole: Visit, path: str, size: tuple[int, int]
) -> None:
    """Of all indicators and views, as `python -m tests.browser.all_heights` finds them."""
    page = opened(whole, path, size)
    assert page.locator(".notices").count() == 0, page.locator(".notices").inner_text()
    top = first_mark(page)

    assert top is not None
    assert top <= WINDOWS[size]
    assert cramped(page, RUNNING) == []


@pytest.mark.parametrize("size", WINDOWS, ids=str)
def test_a_caution_is_named_in_the_chart_and_told_beside_it(
    whole: Visit, size: tuple[int, int]
) -> None:
    """Without a click, in every window and on paper; that care is called for is said once there."""
    page = opened(whole, "/indikator/employment_rate?region=0127&bakgrund=SE,VXEUEES", size)
    for media in ("screen", "print"):
        page.emulate_media(media="print" if media == "print" else "screen")
        for words in ("nya EU-länder 2007", "ny källa 2022"):
            expect(page.locator(".chart .annotation").filter(has_text=words)).to_be_visible()
        expect(page.get_by_role("heading", name="Bör jämföras med försiktighet")).to_be_visible()
        expect(page.locator(".aside dd").filter(has_text="Bulgarien och Rumänien")).to_be_visible()

    assert page.locator(".aside").inner_text().count("jämföras med försiktighet") == 1


@pytest.mark.parametrize("size", WINDOWS, ids=str)
def test_what_is_unfolded_is_for_everybody(whole: Visit, size: tuple[int, int]) -> None:
    """Axe finds nothing in open controls and an open menu, and nothing is cut off."""
    page = opened(whole, EMPLOYED, size)
    unfold(page)
    if size[0] < 700:
        page.locator("details.menu > summary").click()
        expect(page.get_by_role("combobox", name="Fråga panelen")).to_be_visible()
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert cramped(page, RUNNING) == []
    expect(page.get_by_label("Första år")).to_be_visible()


def test_unfolding_is_in_the_address_and_asks_for_nothing(whole: Visit) -> None:
    """The page is not loaded anew, links and choices made afterwards carry it, closing ends it."""
    page = whole.open(EMPLOYED)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/assets/" not in sent.url else None)
    expect(page.get_by_label("Första år")).to_be_hidden()
    unfold(page)
    expect(page).to_have_url(re.compile(r"region=0127&urval=oppet$"))
    expect(page.get_by_label("Första år")).to_be_visible()
    assert asked == []

    page.get_by_label("Första år").select_option("2010")
    expect(page).to_have_url(re.compile(r"ar=2010-2024&urval=oppet$"))
    whole.settle()
    expect(page.get_by_label("Första år")).to_be_visible()
    page.get_by_role("link", name="Jämför", exact=True).last.click()
    expect(page).to_have_url(re.compile(r"vy=jamfor&urval=oppet$"))
    expect(page.get_by_label("Nivå")).to_be_visible()
    whole.settle()
    page.locator("details.selection > summary").click()
    expect(page).to_have_url(re.compile(r"vy=jamfor$"))
    page.get_by_role("link", name="Karta").click()
    expect(page).to_have_url(re.compile(r"vy=karta$"))
    expect(page.get_by_label("Nivå")).to_be_hidden()
    whole.settle()
    page.go_back()
    whole.settle()
    page.go_back()
    expect(page).to_have_url(re.compile(r"urval=oppet$"))
    expect(page.get_by_label("Första år")).to_be_visible()


def test_a_link_with_open_controls_opens_them(whole: Visit) -> None:
    """A reader who is sent the address sees what its sender saw, on a telephone too."""
    for width in (1440, 375):
        page = whole.open(f"{EMPLOYED}&vy=jamfor&urval=oppet", width=width)

        expect(page.get_by_label("Bland")).to_be_visible()
        expect(page).to_have_url(re.compile("urval=oppet$"))


def test_a_telephone_shows_what_is_chosen_before_the_controls(whole: Visit) -> None:
    """One button with a line beside it; behind it every control, by finger large enough."""
    page = opened(whole, EMPLOYED, (375, 812))
    expect(page.get_by_label("Välj region")).to_be_hidden()
    expect(page.locator(".chosen")).to_have_text("Botkyrka, Stockholms län, Riket")
    for button in ("details.menu > summary", "details.selection > summary"):
        box = page.locator(button).bounding_box()
        assert box is not None
        assert box["height"] >= 44
    unfold(page)
    choose(page, "Välj region", "Huddinge")

    expect(page).to_have_url(re.compile(r"region=0126&urval=oppet$"))
    expect(page.locator(".chosen")).to_contain_text("Huddinge")


def test_the_keyboard_unfolds_and_reaches_what_is_unfolded(whole: Visit) -> None:
    """Enter on the button, and Tab from it through the row to the controls behind it."""
    page = whole.open(EMPLOYED)
    page.locator("details.selection > summary").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("urval=oppet$"))
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.more select')"):
            return
    pytest.fail("20 presses of Tab do not reach the unfolded controls")


@pytest.mark.parametrize("way", ["crumb", "back"])
def test_a_reader_comes_back_to_the_same_row_of_the_list(whole: Visit, way: str) -> None:
    """The indicator's row is in view and its link has the focus, by the crumb and by back."""
    page = whole.open("/?region=0127")
    row = page.locator("#rad-overcrowding")
    row.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trångbodd")
    whole.settle()
    if way == "crumb":
        page.get_by_role("navigation", name="Sökväg").get_by_role("link", name="Botkyrka").click()
    else:
        page.go_back()

    expect(page).to_have_url(re.compile(r"/\?region=0127#rad-overcrowding$"))
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()


def test_a_list_is_walked_from_indicator_to_indicator(whole: Visit) -> None:
    """Next and previous of the theme, with the view; of a collection where one came from it."""
    page = whole.open(f"{EMPLOYED}&vy=jamfor")
    on = page.get_by_role("navigation", name="Andra indikatorer: Arbetsmarknad")
    expect(on.get_by_role("link")).to_have_count(1)  # the theme begins with it
    on.get_by_role("link", name=re.compile("^Nästa")).click()
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_text("Jämför")
    on.get_by_role("link", name=re.compile("^Föregående")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")

    page = whole.open("/?region=0127&samling=unga")
    page.locator("main a[id^=rad-]").nth(1).click()
    expect(page.get_by_role("navigation", name=re.compile("^Andra indikatorer: "))).to_be_visible()
    page.get_by_role("link", name=re.compile("^Föregående")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unga 16–25 år, andel")
    whole.settle()
    page.get_by_role("navigation", name="Sökväg").get_by_role("link").last.click()
    expect(page).to_have_url(re.compile(r"\?region=0127&samling=unga#rad-"))
    expect(page.locator("main a[id^=rad-]").first).to_be_focused()


def test_paper_has_breaks_and_no_controls(whole: Visit) -> None:
    """What touches the figures is printed without a click; what needs one is not printed."""
    page = whole.open(f"{EMPLOYED}&urval=oppet")
    expect(page.get_by_role("heading", name="Tidsseriebrott")).to_be_visible()
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Tidsseriebrott")).to_be_visible()
    for hidden in (".selection", ".neighbours", ".views", ".menu summary"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".chart").first).to_be_visible()
