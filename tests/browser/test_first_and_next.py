"""How a page comes: in its document, then by what differs, and never by an answer too late."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import Visit, choose

pytestmark = pytest.mark.browser

EMPLOYED = "/indikator/employment_rate?region=0127"
UPDATE = re.compile("_dash-update-component")
ASKED = re.compile("_dash-(layout|dependencies|update-component)")


def asks(page: Page) -> list[Request]:
    """What the page asks Dash for from now on."""
    heard: list[Request] = []
    page.on("request", lambda sent: heard.append(sent) if ASKED.search(sent.url) else None)
    return heard


def path_of(request: Request) -> Any:
    """The path and query that a page is asked for by."""
    body = json.loads(request.post_data or "{}")
    return [one["value"] for one in body["inputs"][:2]]


@pytest.mark.parametrize("width", [1440, 320])
def test_a_first_page_is_drawn_without_a_question(visit: Visit, width: int) -> None:
    """Layout, callbacks and page stand in the document; a narrow window may ask for its own."""
    heard = asks(visit.page)
    page = visit.open(EMPLOYED, width=width)

    expect(page.get_by_role("table").first).to_contain_text("Botkyrka")
    assert len(heard) == (0 if width > 700 else 1)


def test_a_choice_redraws_what_differs_and_leaves_the_rest(visit: Visit) -> None:
    """The side column, the field of regions and the chart are the same elements as before."""
    page = visit.open(EMPLOYED)
    kept = ["aside, .split > :last-child", "main [role=combobox]", ".js-plotly-plot"]
    for selector in kept:
        page.evaluate("(what) => { document.querySelector(what).marked = true; }", selector)
    choose(page, "Välj region", "Huddinge")
    expect(page.get_by_role("table").first).to_contain_text("Huddinge")

    for selector in kept:
        assert page.evaluate("(what) => document.querySelector(what).marked", selector), selector
    expect(page.get_by_label("Välj region")).to_have_value("Huddinge")


OFFERED = """(key) => {
    const first = JSON.parse(document.getElementById("first").textContent);
    let found = null;
    JSON.stringify(first, (_, value) => {
        if (value && value.options && value.id.key === key) { found = value.options; }
        return value;
    });
    return found.map((option) => option.label);
}"""


def test_a_menu_has_all_its_options_before_a_reader_can_open_it(visit: Visit) -> None:
    """
    While the page waits for its chart a menu holds what is chosen, and all as soon as it has focus.

    Another one, which nobody has come near, has all when the chart is there.
    """
    page, held = visit.page, list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile("plotly.min.js"), hold)
    page.goto(visit.base + EMPLOYED, wait_until="commit")
    near, far = page.get_by_label("Välj region"), page.get_by_label("Jämför med")
    listed, waiting = (menu.locator("option:not([hidden])") for menu in (near, far))

    expect(listed).to_have_text(["Botkyrka"])
    expect(near).to_have_value("0127")
    expect(waiting).to_have_count(0)
    near.focus()
    assert listed.all_text_contents() == page.evaluate(OFFERED, "region")
    expect(near).to_have_value("0127")
    expect(waiting).to_have_count(0)
    for route in held:
        route.continue_()
    expect(waiting).to_have_text(page.evaluate(OFFERED, "add"))
    expect(far).to_have_value("")


def test_a_menu_is_chosen_from_by_keyboard(visit: Visit) -> None:
    """The arrow goes to the region after the chosen one, as in a menu that is whole at once."""
    page = visit.open(EMPLOYED)
    menu = page.get_by_label("Välj region")
    labels = page.evaluate(OFFERED, "region")
    menu.focus()
    page.keyboard.press("ArrowDown")

    after = labels[labels.index("Botkyrka") + 1]
    expect(page.get_by_role("table").first).to_contain_text(after)
    expect(menu.locator("option:checked")).to_have_text(after)
    expect(menu).to_be_focused()


def test_a_choice_does_not_style_the_document_anew(visit: Visit) -> None:
    """The language is not written again where it is the same: every element would be looked at."""
    page = visit.open(EMPLOYED)
    page.evaluate(
        """() => {
            window.written = 0;
            new MutationObserver((found) => { window.written += found.length; })
                .observe(document.documentElement, { attributes: true });
        }"""
    )
    page.get_by_label("Välj region").select_option("0126")
    expect(page.get_by_role("table").first).to_contain_text("Huddinge")
    assert page.evaluate("window.written") == 0

    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_answer_too_late_never_replaces_a_later_one(visit: Visit) -> None:
    """The page of a link that was left again comes last, and is not shown."""
    page, held = visit.open(EMPLOYED), list[Route]()

    def hold(route: Route) -> None:
        if path_of(route.request)[0] == "/data":
            held.append(route)
        else:
            route.continue_()

    page.route(UPDATE, hold)
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page).to_have_url(re.compile("/data"))
    page.get_by_role("link", name="Om statistiken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("statistiken"))
    told = page.get_by_role("heading", level=1).inner_text()
    (late,) = held
    with page.expect_response(UPDATE):
        late.continue_()
    page.wait_for_timeout(500)

    expect(page.get_by_role("heading", level=1)).to_have_text(told)
    expect(page).to_have_title(re.compile(told))
    page.get_by_role("link", name="Översikt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")


def test_the_lines_behind_a_chart_are_the_pieces_that_the_server_packed(visit: Visit) -> None:
    """As many stretches as begin, from the left edge, inside the picture."""
    page = visit.open(EMPLOYED)
    packed = page.evaluate(
        """() => {
            const first = JSON.parse(document.getElementById("first").textContent);
            const found = [];
            JSON.stringify(first, (key, value) => {
                if (key === "lines") { found.push(value); }
                return value;
            });
            return found[0];
        }"""
    )
    drawn = page.locator(".chart image").first.get_attribute("href")
    assert drawn is not None
    (path,) = re.findall(r' d="([^"]+)"', drawn)
    pieces = path.split("M")[1:]

    begun = [sum(begins for _, begins in packed["ways"][number]) for number in packed["of"]]
    assert len(pieces) == sum(begun)
    spots = [tuple(map(int, spot.split())) for piece in pieces for spot in piece.split("L")]
    wide, high = packed["size"]
    assert min(x for x, _ in spots) == 0
    assert max(x for x, _ in spots) == wide
    assert (min(y for _, y in spots), max(y for _, y in spots)) == (0, high)
