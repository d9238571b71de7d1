"""Maps in a real browser: their years one after another, near and far, and task 5 of planners."""

import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, choose, tab

pytestmark = pytest.mark.browser

MAP = "/indikator/employment_rate?region=01&vy=karta"
LAST_OF_METHOD = 2018  # employment is measured in another way from 2019 on
_SCALE = "chart => chart._fullLayout.geo.projection.scale"


def slider(page: Page) -> Locator:
    """The slider of the years."""
    return page.get_by_role("slider", name="År")


def plot(page: Page) -> Locator:
    """The drawn map."""
    return page.locator(".map .js-plotly-plot")


def shades(page: Page) -> dict[str, float]:
    """The tone of each region that is shaded, as the browser draws it."""
    found: dict[str, float] = plot(page).evaluate(
        """chart => {
            const one = chart.data.find(trace => trace.name === "classes");
            return Object.fromEntries(one.locations.map((code, place) => [code, one.z[place]]));
        }"""
    )
    return found


@pytest.mark.parametrize("by", ["keyboard", "pointer"])
def test_the_gap_in_all_municipalities_in_2015_and_now(
    whole: Visit, example_data: Path, by: str
) -> None:
    """
    Task 5 in four actions at most: two questions, each entered or its first answer clicked.

    Every shade is that of the published shares.
    """
    page = whole.open("/")
    choose(page, "Välj region", "Botkyrka")
    expect(page.get_by_role("heading", level=1)).to_have_text("Botkyrka")
    actions = Actions(page)
    for year in ("2015", ""):
        field = page.get_by_role("combobox", name="Fråga panelen")
        field.fill(f"karta skillnad sysselsatta alla kommuner riket {year}")
        if by == "keyboard":
            field.press("Enter")
        else:
            page.get_by_role("listbox").get_by_role("option").first.click()
        expect(page).to_have_url(re.compile(f"vy=skillnader&bild=karta|ar={year}.*bild=karta"))
        whole.settle()
        page.wait_for_selector(".map .choroplethlayer path")
        shown = slider(page).get_attribute("aria-valuetext") or ""
        gaps = published_gaps(example_data, shown)
        drawn = shades(page)

        assert year in shown
        assert len(drawn) > 250
        ordered = sorted(drawn, key=lambda code: gaps[code])
        tones = [drawn[code] for code in ordered]
        assert tones == sorted(tones)
        assert drawn.keys() == gaps.keys()
    assert actions.count == (2 if by == "keyboard" else 4)


def published_gaps(data: Path, year: str) -> dict[str, float]:
    """The size of the difference between native-born and foreign-born, from the warehouse."""
    warehouse = next(data.glob("*.duckdb"))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            """
            SELECT region::VARCHAR, background::VARCHAR, round(value, 1) FROM observation
            WHERE indicator::VARCHAR = 'employment_rate' AND period::VARCHAR = ?
              AND length(region::VARCHAR) = 4 AND region::VARCHAR ~ '[0-9]{4}'
              AND sex::VARCHAR = '_T' AND age::VARCHAR = '_T' AND education::VARCHAR = '_T'
              AND background::VARCHAR IN ('SE', 'SAMUTF') AND isfinite(value)
            """,
            [year],
        ).fetchall()
    shares: dict[str, dict[str, float]] = {}
    for region, background, value in rows:
        shares.setdefault(region, {})[background] = value
    return {
        region: round(abs(both["SE"] - both["SAMUTF"]), 1)
        for region, both in shares.items()
        if len(both) == 2
    }


def test_a_year_is_asked_for_when_the_slider_rests(whole: Visit) -> None:
    """Five keys lead five years back, and only that year is loaded."""
    page = whole.open(f"{MAP}&ar=2018")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "_dash-update" in sent.url else None)
    slider(page).focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")

    expect(page).to_have_url(re.compile("ar=2013"))
    expect(slider(page)).to_have_attribute("aria-valuetext", "2013")
    expect(slider(page)).to_be_focused()
    assert len(asked) == 2  # where the choice leads, and its page
    expect(page.get_by_role("heading", level=2).first).to_contain_text("2013")


def test_the_years_are_played_until_a_break(whole: Visit) -> None:
    """A press plays; the years stop before 2019 and say why; a second press goes on."""
    page = whole.open(f"{MAP}&ar={LAST_OF_METHOD - 2}")
    page.get_by_role("button", name="Spela upp åren").press("Enter")

    stopped = page.locator(".years [role=status]")
    expect(stopped).to_contain_text("Stannade före ny mätmetod 2019")
    expect(page).to_have_url(re.compile(f"ar={LAST_OF_METHOD}"))
    page.get_by_role("button", name="Spela upp åren").press("Enter")
    expect(page).to_have_url(re.compile(f"ar={LAST_OF_METHOD + 1}"))


def test_escape_and_the_button_pause(whole: Visit) -> None:
    """What moves by itself can be stopped by whoever reads."""
    page = whole.open(f"{MAP}&ar=2000")
    for stop in ("Escape", "Space"):
        page.get_by_role("button", name="Spela upp åren").press("Enter")
        expect(page.get_by_role("button", name="Pausa")).to_be_focused()
        page.keyboard.press(stop)
        expect(page.get_by_role("button", name="Spela upp åren")).to_be_visible()


def test_nothing_plays_for_readers_who_want_no_motion(chrome: Browser, whole_address: str) -> None:
    """The slider is there, the button is not."""
    with tab(chrome, whole_address) as still:
        still.page.emulate_media(reduced_motion="reduce")
        page = still.open(MAP)
        expect(slider(page)).to_be_visible()
        expect(page.get_by_role("button", name="Spela upp åren")).to_have_count(0)


def test_a_map_is_drawn_nearer_and_stays_so_from_year_to_year(whole: Visit) -> None:
    """By buttons, so by keyboard too; the whole map comes back."""
    page = whole.open(f"{MAP}&ar=2018")
    whole_map = plot(page).evaluate(_SCALE)
    page.get_by_role("button", name="Förstora kartan").press("Enter")
    page.wait_for_function(f"({_SCALE})(document.querySelector('.map .js-plotly-plot')) > 1.5")
    near = plot(page).evaluate(_SCALE)
    slider(page).press("ArrowLeft")
    expect(page).to_have_url(re.compile("ar=2017"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("2017")
    assert plot(page).evaluate(_SCALE) == near
    page.get_by_role("button", name="Visa hela kartan").click()
    page.wait_for_function(f"({_SCALE})(document.querySelector('.map .js-plotly-plot')) === 1")
    assert whole_map == 1
