"""The question box and the fields of regions, by keyboard, pointer and screen reader."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.browser.conftest import Visit, choose, tab, unfold

pytestmark = pytest.mark.browser

QUESTION = "sysselsatta utrikes födda kvinnor botkyrka mot länet"
CHART = "/indikator/employment_rate?region=0127&jamfor=01&bakgrund=SAMUTF&kon=2"
EMPLOYED = "/indikator/employment_rate?region=0127"
ANSWERS = re.compile(r"/fraga\.json")
DRAWN = re.compile("_dash-update-component")
TELEPHONE, TABLET = 700, 1000  # pixels, the widest


def box(page: Page) -> Locator:
    """The field of the question box."""
    return page.get_by_role("combobox", name="Fråga panelen")


def region(page: Page) -> Locator:
    """The field of the region whose page it is."""
    return page.get_by_role("combobox", name="Välj region")


def offered(page: Page) -> Locator:
    """What is offered; a menu of the page has options, too."""
    return page.get_by_role("listbox").get_by_role("option")


def options(page: Page) -> list[str]:
    """The words of what is offered, first the first."""
    return offered(page).all_inner_texts()


@pytest.mark.parametrize("path", ["/", EMPLOYED, "/om", "/data", "/briefing?region=0180"])
def test_a_question_is_written_and_entered_on_every_page(whole: Visit, path: str) -> None:
    """One writing and one Enter lead to that very chart, and the focus to the page."""
    page = whole.open(path)
    box(page).focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")

    expect(page).to_have_url(whole.base + CHART)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sysselsatta")
    expect(page.locator("#main")).to_be_focused()
    expect(box(page)).to_have_value("")


@pytest.mark.parametrize("width", [1440, 1100, 768])
def test_the_keyboard_goes_through_the_head_as_it_is_seen(whole: Visit, width: int) -> None:
    """Where the menu stands in the second row of the head, the box is reached before it."""
    page = whole.open("/om", width=width)
    page.evaluate(
        """() => { window.places = new Map([...document.querySelectorAll(".top a, .top input")]
            .map((one) => [one, one.getBoundingClientRect()])
            .map(([one, box]) => [one, [Math.floor((box.top + box.bottom) / 144), box.left]])) }"""
    )
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(page.evaluate("window.places.get(document.activeElement)"))
    head = [place for place in order if place]

    assert len(head) == 11
    assert head == sorted(head)


def test_a_pointer_chooses_any_answer(whole: Visit) -> None:
    """The list stays while the pointer is over it, and leads without loading the page anew."""
    page = whole.open("/")
    page.evaluate("window.marked = true")
    box(page).click()
    page.keyboard.type("arbetslöshet fittja")
    second = offered(page).nth(1)
    expect(second).to_contain_text("RegSO-område i Botkyrka")
    second.click()

    expect(page).to_have_url(re.compile("region=0127R005$"))
    assert page.evaluate("window.marked") is True


def test_arrows_walk_in_a_ring_and_escape_leaves(whole: Visit) -> None:
    """As ARIA's pattern has it: the focus stays in the field, the active option is named."""
    page = whole.open("/om")
    box(page).focus()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("stockholm")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    listed = page.get_by_role("listbox")
    assert box(page).get_attribute("aria-controls") == listed.get_attribute("id")
    count = offered(page).count()

    def active() -> int:
        id = box(page).get_attribute("aria-activedescendant")
        return [one.get_attribute("id") for one in offered(page).all()].index(id)

    assert active() == 0
    page.keyboard.press("ArrowDown")
    assert active() == 1
    expect(offered(page).and_(page.get_by_role("option", selected=True))).to_contain_text(
        "Stockholms län"
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active() == count - 1
    page.keyboard.press("ArrowDown")
    assert active() == 0
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("stockholm")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")
    assert page.url == f"{whole.base}/om"


def test_how_many_answers_there_are_and_what_is_missing_is_said(whole: Visit) -> None:
    """A live region tells those who do not see the list."""
    page = whole.open("/om")
    said = page.locator("form.asking [role=status]")
    expect(said).to_have_text("")
    box(page).fill("asylsökande")

    expect(said).to_have_text(
        "Panelen har bara folkbokförda. Asylsökande utan uppehållstillstånd är inte folkbokförda."
        " 1 svar"
    )


@pytest.mark.parametrize("width", [1440, 768, 375, 320])
def test_an_open_list_is_for_everybody_and_inside_the_window(whole: Visit, width: int) -> None:
    """Axe finds nothing; the list is wholly in view, and nothing is wider than the window."""
    page = whole.open(EMPLOYED, width=width)
    if width <= TELEPHONE:
        page.locator("details.menu > summary").click()
    if width <= TABLET:
        unfold(page)
    for field, words in ((box(page), "flykting sysselsatta botkyrka"), (region(page), "")):
        field.click()
        page.keyboard.type(words)
        listed = page.locator(".found")
        expect(listed).to_be_visible()
        found = Axe().run(page)
        place = listed.bounding_box()

        assert found.violations_count == 0, found.generate_report()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        targets = offered(page).evaluate_all("all => all.map((one) => one.offsetHeight)")
        assert min(targets) >= 24
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "most"), [(1440, 50), (768, 92), (375, 50)])
def test_the_head_is_a_row_or_two(whole: Visit, width: int, most: int) -> None:
    """`most`: pixels; on a telephone menu and box are behind one button, elsewhere in view."""
    page = whole.open(EMPLOYED, width=width)
    head = page.locator("header.top").bounding_box()

    assert head is not None
    assert head["height"] <= most
    if width <= TELEPHONE:
        expect(box(page)).to_be_hidden()
        page.locator("details.menu > summary").click()
        expect(page.get_by_role("link", name="Om statistiken")).to_be_visible()
    expect(box(page)).to_be_visible()


def test_the_menu_of_a_telephone_folds_when_it_has_led_somewhere(whole: Visit) -> None:
    """Also where the question leads to another view of the same page."""
    page = whole.open(EMPLOYED, width=375)
    page.locator("details.menu > summary").click()
    box(page).fill("sysselsatta huddinge")
    box(page).press("Enter")

    expect(page).to_have_url(re.compile("employment_rate.region=0126"))
    expect(box(page)).to_be_hidden()


def test_an_answer_too_late_never_replaces_a_later_one(whole: Visit) -> None:
    """The answers to what was written before are dropped, however late they come."""
    page, held = whole.open("/om"), list[Route]()

    def hold(route: Route) -> None:
        if parse_qs(urlsplit(route.request.url).query)["sok"] == ["sysselsatta"]:
            held.append(route)
        else:
            route.continue_()

    page.route(ANSWERS, hold)
    with page.expect_request(ANSWERS):
        box(page).fill("sysselsatta")
    box(page).fill("huddinge")
    expect(offered(page).first).to_contain_text("Huddinge")
    told = options(page)
    for route in held:
        route.abort()
    whole.heard[:] = [text for text in whole.heard if "ERR_FAILED" not in text]

    assert options(page) == told


def test_enter_before_the_answers_waits_for_them(whole: Visit) -> None:
    """Who writes quickly comes to the same chart as who waits."""
    page, held = whole.open("/om"), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ANSWERS, hold)
    with page.expect_request(ANSWERS):
        box(page).fill(QUESTION)
        box(page).press("Enter")
    page.wait_for_timeout(200)
    assert page.url == f"{whole.base}/om"
    held[-1].continue_()

    expect(page).to_have_url(whole.base + CHART)


def test_without_answers_enter_leads_to_their_page(whole: Visit) -> None:
    """A plain form with region and language in it, where nothing could be fetched."""
    page = whole.open(f"{EMPLOYED}&lang=en")
    page.route(ANSWERS, lambda route: route.abort())
    field = page.get_by_role("combobox", name="Ask the panel")
    field.fill("grades")
    field.press("Enter")
    page.wait_for_url("**/fraga?*")
    whole.heard[:] = [text for text in whole.heard if "ERR_FAILED" not in text]

    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"region": ["0127"], "lang": ["en"], "sok": ["grades"]}
    expect(page.get_by_role("heading", level=1)).to_have_text("Answers to “grades”")
    page.get_by_role("link", name="Eligible for upper secondary school").first.click()
    expect(page).to_have_url(re.compile("upper_secondary_eligibility"))


def test_nothing_is_loaded_of_what_is_passed_in_a_field_of_regions(whole: Visit) -> None:
    """Letters and arrows ask for no page; Escape brings back what was chosen; Enter chooses."""
    page, drawn = whole.open(EMPLOYED), list[Request]()
    page.on("request", lambda sent: drawn.append(sent) if DRAWN.search(sent.url) else None)
    region(page).focus()
    page.keyboard.type("sö")
    expect(offered(page).first).to_be_visible()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(region(page)).to_have_value("Botkyrka")
    region(page).blur()
    assert (drawn, page.url) == ([], whole.base + EMPLOYED)

    choose(page, "Välj region", "södertälje")

    expect(page).to_have_url(re.compile("region=0181$"))
    expect(region(page)).to_have_value("Södertälje")
    expect(region(page)).to_be_focused()
    assert len(drawn) == 2  # where the choice leads, and that page


def test_what_is_written_while_a_page_comes_stays(whole: Visit) -> None:
    """A page that is drawn under the reader's hands takes no letter and closes no list."""
    page, held = whole.open(EMPLOYED), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(DRAWN, hold)
    with page.expect_request(DRAWN):
        choose(page, "Välj region", "huddinge")
    box(page).fill("nacka")
    expect(offered(page).first).to_contain_text("Nacka")
    waiting = list(held)
    page.route(DRAWN, lambda route: route.continue_())  # the newest rule is asked first
    for route in waiting:
        route.continue_()
    expect(region(page)).to_have_value("Huddinge")
    expect(page).to_have_url(re.compile("region=0126$"))
    whole.settle()

    expect(box(page)).to_have_value("nacka")
    expect(offered(page).first).to_contain_text("Nacka")


def test_the_own_county_comes_first_then_recent_ones_then_groups(whole: Visit) -> None:
    """Twenty-six municipalities of the county, the places of this browser, Södertörn, the rest."""
    page = whole.open("/?region=1280")
    whole.open(EMPLOYED)
    region(page).click()
    expect(offered(page).first).to_be_visible()
    listed = options(page)

    assert all("Kommun i Stockholms län" in one for one in listed[:26])
    assert listed[26].split("\n") == ["Malmö", "Senast"]
    assert "Grupp av kommuner" in listed[27]
    assert sum(one.startswith("Malmö\n") for one in listed) == 1
    assert any(one.startswith("Riket") for one in listed[28:])
    expect(offered(page).and_(page.get_by_role("option", selected=True))).to_contain_text(
        "Botkyrka"
    )


def test_a_region_that_is_shown_is_not_offered_for_comparison(whole: Visit) -> None:
    """Neither the own one nor those that are lines already."""
    page = whole.open(EMPLOYED)
    beside = page.get_by_role("combobox", name="Jämför med")
    beside.fill("stockholm")
    expect(offered(page).first).to_contain_text("Stockholm")
    assert not [one for one in options(page) if one.startswith("Stockholms län\n")]
    beside.fill("stockholms län")
    expect(page.locator(".found")).to_have_text("Ingen region med det namnet")
    expect(page.locator("main form [role=status]").nth(1)).to_have_text(
        "Ingen region med det namnet"
    )
    choose(page, "Jämför med", "huddinge")

    expect(page).to_have_url(re.compile("jamfor=01,00,0126$"))


def test_who_comes_back_is_offered_the_last_region_which_only_the_browser_knows(
    whole: Visit, chrome: Browser
) -> None:
    """`/` shows the country to everybody; going on writes the address, and nothing is sent."""
    page, sent = whole.page, list[str]()
    page.on("request", lambda one: sent.append(f"{one.url} {one.post_data or ''}"))
    fresh = whole.open("/")
    told = fresh.locator("main").inner_text()
    expect(fresh.get_by_role("link", name="Fortsätt med")).to_have_count(0)
    choose(page, "Välj region", "botkyrka")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    sent.clear()
    whole.open("/")
    onward = page.get_by_role("link", name="Fortsätt med Botkyrka")

    expect(onward).to_be_visible()
    assert page.locator("main").inner_text().replace("Fortsätt med Botkyrka\n", "") == told
    assert not [one for one in sent if "0127" in one or "Botkyrka" in one]
    assert page.context.cookies() == []
    onward.click()
    expect(page).to_have_url(f"{whole.base}/?region=0127")
    with tab(chrome, whole.base) as other:
        expect(other.open("/").get_by_role("link", name="Fortsätt med")).to_have_count(0)


def test_a_browser_that_keeps_nothing_shows_the_same_page(whole: Visit) -> None:
    """Where storage is closed, or holds what is no list, there is nothing to go on with."""
    page = whole.page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})"
    )
    whole.open("/?region=0127")
    choose(page, "Välj region", "huddinge")
    expect(page.get_by_role("heading", level=1)).to_have_text("Huddinge")
    whole.open("/")
    expect(page.get_by_role("link", name="Fortsätt med")).to_have_count(0)


def test_a_list_that_somebody_else_wrote_is_no_list(whole: Visit) -> None:
    """What stands in the browser's storage is read with care."""
    page = whole.open("/om")
    for kept in ('"x"', "[1, null, {}]", "{", '[{"value": "0127"}]'):
        page.evaluate("kept => localStorage.setItem('integrationspanelen.recent', kept)", kept)
        expect(whole.open("/").get_by_role("heading", level=1)).to_have_text("Riket")
        expect(page.get_by_role("link", name="Fortsätt med")).to_have_count(0)


def test_paper_has_no_box(whole: Visit) -> None:
    """Nothing that needs a keyboard is printed."""
    page = whole.open(EMPLOYED)
    page.emulate_media(media="print")

    expect(box(page)).to_be_hidden()
    expect(region(page)).to_be_hidden()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_head_of_a_page_has_room_for_the_box_at_every_width(visit: Visit, lang: str) -> None:
    """Nothing of it lies over anything else or beside the window; the box takes a few words."""
    page = visit.open(f"/om?lang={lang}")
    for width in range(720, 1600, 40):
        page.set_viewport_size({"width": width, "height": 800})
        parts = [
            page.locator(one).bounding_box() for one in (".asking [type=search]", ".language a")
        ]
        field, language = (part for part in parts if part)
        assert field["width"] >= 100, width
        assert field["x"] + field["width"] <= language["x"], width
        assert language["x"] + language["width"] <= width, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
