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
    choose(page, "Välj region", "Huddinge")
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
