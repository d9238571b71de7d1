"""Charts that are read by hand: under the pointer, and by the arrow keys of a keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.text import format
from tests.browser.conftest import PATIENCE, Visit
from tests.dashboard.warehouse import rows

pytestmark = pytest.mark.browser

EMPLOYED = "/indikator/employment_rate?region=0127"
BESIDE = f"{EMPLOYED}&jamfor=01,00"
NAMES = {"0127": "Botkyrka", "01": "Stockholms län", "00": "Riket"}


def values(year: str) -> dict[str, float | None]:
    """The employment of everybody in a year by region, as it was published."""
    return {
        region: value
        for indicator, region, period, sex, group, value, *_ in rows()
        if (indicator, period, sex, group) == ("employment_rate", year, "_T", "_T")
    }


def point(page: Page, x: float, y: float) -> None:
    """Move the pointer to a place and a value of the first chart."""
    page.locator(".chart").first.scroll_into_view_if_needed()
    at = page.evaluate(
        """([x, y]) => {
            const chart = document.querySelector(".js-plotly-plot");
            const box = chart.getBoundingClientRect();
            const { xaxis, yaxis } = chart._fullLayout;
            const [left, top] = [xaxis._offset + xaxis.l2p(x), yaxis._offset + yaxis.l2p(y)];
            return [box.left + left, box.top + top];
        }""",
        [x, y],
    )
    page.mouse.move(*at)


def told(page: Page) -> list[str]:
    """The lines that are shown over the chart: name and value."""
    return [one.inner_text() for one in page.locator(".readout li").all()]


def test_all_lines_of_a_year_are_said_in_one_place_the_highest_first(visit: Visit) -> None:
    """Under the pointer: the values that were published, with %, as the page writes numbers."""
    page = visit.open(BESIDE)
    point(page, 2015, 66)
    published = values("2015")
    ordered = sorted(NAMES, key=lambda code: -(published[code] or 0))

    expect(page.locator(".readout .head")).to_have_text("2015 procent")
    assert [one.split("\n") for one in told(page)] == [
        [NAMES[code], f"{format.number(published[code], 1, 'sv')}\u00a0%"] for code in ordered
    ]


def test_a_missing_year_is_said_with_its_reason_after_those_that_have_figures(visit: Visit) -> None:
    """Hidden in 2010, no row in 2012: the reason in words, and never a zero."""
    page = visit.open(BESIDE)
    point(page, 2010, 66)
    assert told(page)[-1].split("\n") == ["Botkyrka", "inte publicerad"]
    point(page, 2012, 66)
    assert told(page)[-1].split("\n") == ["Botkyrka", "uppgift saknas"]


def test_a_break_is_said_at_its_first_year(visit: Visit) -> None:
    """And not the year before."""
    page = visit.open(BESIDE)
    point(page, 2022, 75)
    expect(page.locator(".readout")).to_contain_text("Ny källa 2022")
    point(page, 2021, 75)
    expect(page.locator(".readout")).not_to_contain_text("Ny källa")


def test_years_are_read_out_by_the_arrow_keys(visit: Visit) -> None:
    """The control after the chart begins at the newest year, and its value is what is heard."""
    page = visit.open(BESIDE)
    reader = page.get_by_role("slider", name="Läs av diagrammet")
    reader.focus()
    expect(reader).to_have_attribute("aria-valuetext", re.compile(r"^2024, procent\. Stockholms"))
    own = format.number(values("2022")["0127"], 1, "sv")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(reader).to_have_attribute(
        "aria-valuetext", re.compile(rf"^2022, .*; Riket .*; Botkyrka {own}.*Ny källa 2022\.$")
    )
    expect(page.locator(".readout .head")).to_have_text("2022 procent")
    page.keyboard.press("Home")
    expect(reader).to_have_attribute("aria-valuetext", re.compile(r"^2003, "))
    page.keyboard.press("Escape")
    expect(page.locator(".readout")).to_be_hidden()


def test_a_grey_line_is_named_and_added_by_a_click(visit: Visit) -> None:
    """Nykvarn's line is the highest: its name and value under the pointer, then its own line."""
    page = visit.open(BESIDE)
    value = values("2015")["0140"]
    assert value is not None
    point(page, 2015, value)
    expect(page.locator(".readout li", has_text="Nykvarn")).to_contain_text(
        format.number(value, 1, "sv")
    )
    page.mouse.down()
    page.mouse.up()

    page.wait_for_url(re.compile("jamfor=01%2C00%2C0140|jamfor=01,00,0140"))
    expect(page.locator(".chips")).to_contain_text("Nykvarn")


def test_a_grey_line_is_named_and_added_by_keys(visit: Visit) -> None:
    """Up to the next line above the own one, and Enter; the focus stays where it was."""
    page = visit.open(BESIDE)
    reader = page.get_by_role("slider", name="Läs av diagrammet")
    reader.focus()
    own = values("2024")["0127"]
    above = min(
        (value, code)
        for code, value in values("2024").items()
        if code not in NAMES and len(code) == 4 and value and own and value > own
    )
    page.keyboard.press("ArrowUp")
    name = {"0126": "Huddinge", "0980": "Gotland", "0180": "Stockholm"}[above[1]]
    expect(reader).to_have_attribute("aria-valuetext", re.compile(f"{name} .*Enter"))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(f"jamfor=.*{above[1]}"))
    expect(page.locator(".chips")).to_contain_text(name)
    expect(reader).to_be_focused()


def test_a_row_is_named_and_leads_to_its_region(visit: Visit) -> None:
    """A click anywhere in the row of Huddinge; the view stays."""
    page = visit.open(f"{EMPLOYED}&vy=jamfor")
    row = page.locator(".chart .ytick text", has_text="Huddinge")
    row.scroll_into_view_if_needed()
    label = row.bounding_box()
    plot = page.locator(".chart .nsewdrag").first.bounding_box()
    assert label is not None
    assert plot is not None
    page.mouse.move(plot["x"] + 60, label["y"] + label["height"] / 2)
    expect(page.locator(".readout .head")).to_have_text("Huddinge")
    expect(page.locator(".readout")).to_contain_text(format.number(values("2024")["0126"], 1, "sv"))
    page.mouse.down()
    page.mouse.up()

    page.wait_for_url(re.compile("region=0126.*vy=jamfor"))


@pytest.mark.parametrize("way", ["jamfor", "tvaar", "jamfor&kon=2,1"])
def test_rows_are_read_and_followed_by_keys(visit: Visit, way: str) -> None:
    """Down to the next row, whose words are heard; Enter leads there."""
    page = visit.open(f"{EMPLOYED}&vy={way}")
    reader = page.get_by_role("slider", name="Läs av diagrammet")
    reader.focus()
    expect(reader).to_have_attribute("aria-valuetext", re.compile("^Botkyrka"))
    page.keyboard.press("ArrowDown")
    expect(reader).to_have_attribute("aria-valuetext", re.compile("^Huddinge.*gå till Huddinge"))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(f"region=0126.*vy={way.partition('&')[0]}"))


def test_small_charts_are_read_one_by_one(visit: Visit) -> None:
    """Up and down change the chart, whose title is said; the year stays."""
    page = visit.open("/indikator/employment_rate?region=00&vy=grupper")
    reader = page.get_by_role("slider", name="Läs av diagrammet").first
    reader.focus()
    page.keyboard.press("ArrowLeft")
    expect(reader).to_have_attribute(
        "aria-valuetext", re.compile(r"^Födda i Sverige, 2023, .*Män \d+,\d.*Kvinnor \d+,\d")
    )
    page.keyboard.press("ArrowDown")
    expect(reader).to_have_attribute("aria-valuetext", re.compile("^Födda .*, 2023, "))
    expect(reader).not_to_have_attribute("aria-valuetext", re.compile("^Födda i Sverige, "))


@pytest.mark.parametrize("width", [1440, 375])
def test_words_over_a_chart_stay_inside_it_and_are_for_everybody(visit: Visit, width: int) -> None:
    """At the first and the last year; axe finds nothing while they are shown."""
    page = visit.open(BESIDE, width=width)
    page.get_by_role("slider").focus()
    for key in ("End", "Home"):
        page.keyboard.press(key)
        words = page.locator(".readout").bounding_box()
        chart = page.locator(".chart").bounding_box()
        assert words is not None
        assert chart is not None
        assert words["x"] >= chart["x"] - 1
        assert words["x"] + words["width"] <= chart["x"] + chart["width"] + 1
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def test_a_chart_fills_the_screen_and_comes_back(visit: Visit) -> None:
    """By its button; the heading goes along, and Escape or the button leave."""
    page = visit.open(BESIDE)
    before = page.locator(".chart").bounding_box()
    page.get_by_role("button", name="Helskärm").click()
    page.wait_for_function("document.fullscreenElement !== null")
    expect(page.locator(":fullscreen h2")).to_be_visible()
    page.wait_for_function(
        "old => document.querySelector('.chart .main-svg').clientWidth > old",
        arg=before and before["width"] + 50,
    )
    page.get_by_role("button", name="Lämna helskärm").click()
    page.wait_for_function("document.fullscreenElement === null")
    expect(page.get_by_role("button", name="Helskärm", exact=True)).to_be_visible()


def test_a_finger_reads_a_row_before_it_follows_it(chrome: Browser, address: str) -> None:
    """The first tap says what the row is; the second one on the same row leads there."""
    context = chrome.new_context(has_touch=True, viewport={"width": 375, "height": 812})
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page(), address)
    page = visit.open(f"{EMPLOYED}&vy=jamfor", width=375)
    row = page.locator(".chart .ytick text", has_text="Huddinge")
    row.scroll_into_view_if_needed()
    label = row.bounding_box()
    assert label is not None
    page.touchscreen.tap(label["x"] + 80, label["y"] + 5)
    expect(page.locator(".readout .head")).to_have_text("Huddinge")
    assert "region=0127" in page.url
    page.touchscreen.tap(label["x"] + 80, label["y"] + 5)

    page.wait_for_url(re.compile("region=0126"))
    context.close()


def test_in_another_site_a_grey_line_is_not_added(visit: Visit) -> None:
    """There it could not be taken away again; the year is read as everywhere."""
    page = visit.open(f"/inbaddad{BESIDE}")
    value = values("2015")["0140"]
    assert value is not None
    point(page, 2015, value)

    expect(page.locator(".readout .head")).to_have_text("2015 procent")
    expect(page.locator(".readout")).not_to_contain_text("Nykvarn")


@pytest.mark.parametrize("view", ["tid", "karta"])
def test_a_chart_that_is_left_while_it_is_drawn_makes_no_error(visit: Visit, view: str) -> None:
    """A box that is gone before Plotly is done is emptied afterwards (the tab hears no error)."""
    page = visit.open(f"{EMPLOYED}&vy={view}")
    still_drawn = page.evaluate(
        """async () => {
            const { figure } = document.querySelector(".js-plotly-plot");
            const chart = { type: "Graph", props: { figure, config: {}, style: { height: 300 } } };
            const home = document.body.appendChild(document.createElement("div"));
            const root = ReactDOM.createRoot(home);
            const { Page } = window.integrationspanelen;
            ReactDOM.flushSync(() => root.render(
                React.createElement(Page, { page: { content: [chart] } })));
            const box = home.querySelector(".js-plotly-plot");
            ReactDOM.flushSync(() => root.unmount());
            await new Promise((done) => setTimeout(done, 500));
            return Boolean(box._fullLayout);
        }"""
    )

    assert not still_drawn
