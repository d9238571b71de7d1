"""Dark by the setting of the reader's system: on the screen only, and in every part of a page."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE, Visit
from tests.browser.paper import printed

pytestmark = pytest.mark.browser

EMPLOYED = "/indikator/employment_rate?region=0127"
PAGES = (
    *("/", "/?region=0127", EMPLOYED, f"{EMPLOYED}&vy=jamfor", f"{EMPLOYED}&vy=tvaar"),
    *(f"{EMPLOYED}&vy=karta", f"{EMPLOYED}&vy=grupper", f"{EMPLOYED}&vy=skillnader"),
    *(f"{EMPLOYED}&vy=tabell", "/jamfor?region=0127", "/skillnader?region=0127", "/data"),
    *("/omraden?region=0127", "/briefing?region=0127", "/rapport-2010", "/om"),
)
GROUND, WHITE = (21, 25, 30), (255, 255, 255)
# The colours that a chart has on the screen: of every line, mark and letter that is not faint.
DRAWN = """() => [...document.querySelectorAll(
    ".chart .cartesianlayer path, .chart .shapelayer path, .chart text, .chart .point")]
  .filter((one) => one.hasAttribute("style"))
  .flatMap((one) => {
    const style = getComputedStyle(one);
    const isSeen = (paint, opacity) => paint.startsWith("rgb(") && Number(opacity) > 0.3;
    const own = (paint, opacity) => (isSeen(paint, opacity) ? [paint] : []);
    const stroke = style.strokeWidth === "0px" ? [] : own(style.stroke, style.strokeOpacity);
    const fill = one.matches(".js-line, .ygrid, .xgrid") ? [] : own(style.fill, style.fillOpacity);
    return one.matches(".ygrid, .xgrid, .crisp") ? [] : [...stroke, ...fill];
  })"""


@pytest.fixture
def dark(chrome: Browser, whole_address: str) -> Iterator[Visit]:
    """A tab of a reader whose system is dark."""
    context = chrome.new_context(color_scheme="dark", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    opened = Visit(context.new_page(), whole_address)
    yield opened
    context.close()


def common(png: bytes) -> tuple[int, int, int]:
    """The most common colour of a picture."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    counted = picture.getcolors(picture.width * picture.height) or []
    return max(counted)[1]  # type: ignore[return-value]


def luminance(colour: str) -> float:
    """The relative luminance of a colour as a browser writes it, "rgb(1, 2, 3)"."""
    channels = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("path", PAGES)
def test_a_dark_page_is_for_everybody(dark: Visit, path: str) -> None:
    """The ground is dark, and axe finds no letter too faint on it."""
    page = dark.open(path)
    found = Axe().run(page)

    assert common(page.screenshot()) == GROUND
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("way", ["tid", "jamfor", "tvaar", "grupper"])
def test_every_mark_of_a_chart_stands_out_in_the_dark(dark: Visit, way: str) -> None:
    """At least 3 to 1, as the browser has drawn it."""
    page = dark.open(f"{EMPLOYED}&vy={way}")
    drawn = set(page.evaluate(DRAWN)) - {"rgb(21, 25, 30)"}  # the inside of an open dot
    ground = luminance("rgb(21, 25, 30)")
    faint = {one for one in drawn if (luminance(one) + 0.05) / (ground + 0.05) < 3}

    assert drawn
    assert faint == set()


def test_a_chart_follows_the_setting_without_asking_the_server(dark: Visit) -> None:
    """The same page, drawn once: its lines change colour when the system does."""
    page = dark.open(EMPLOYED)
    line = page.locator(".chart .js-line").first
    colour = "element => getComputedStyle(element).stroke"
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    before = line.evaluate(colour)
    page.emulate_media(color_scheme="light")

    page.wait_for_function(
        f"before => ({colour})(document.querySelector('.chart .js-line')) !== before", arg=before
    )
    assert common(page.screenshot()) == WHITE
    assert asked == []


@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_a_picture_is_light_whatever_the_screen_is(dark: Visit, form: str) -> None:
    """A report is printed on paper: the same colours as from a light screen."""
    page = dark.open(EMPLOYED)
    page.get_by_text("Dela och ladda ner", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"^Hämta bild som {form}")).first.click()
    content = download.value.path().read_bytes()

    if form == "PNG":
        assert common(content) == WHITE
    else:
        assert "rgb(18, 67, 109)" in content.decode()
        assert "rgb(143, 188, 230)" not in content.decode()


@pytest.mark.parametrize("path", [EMPLOYED, "/jamfor?region=0127"])
def test_paper_is_white_whatever_the_screen_is(dark: Visit, tmp_path: Path, path: str) -> None:
    """The sheet of a reader in the dark is that of a reader in the light."""
    page = dark.open(path)
    page.emulate_media(media="print")

    assert common(page.screenshot()) == WHITE
    page.emulate_media(media="screen")
    sheets = printed(page, tmp_path / "dark.pdf").pages
    content = b"".join(sheet.Contents.read_bytes() for sheet in sheets)
    assert len(sheets) >= 1
    # The dark ground, as numbers from 0 to 1, fills nothing.
    assert not re.search(rb"\.0823\d* \.0980\d* \.1176\d* rg", content)


def test_the_browsers_own_parts_follow(dark: Visit) -> None:
    """Scroll bars and menus of choices, which no style sheet of ours draws."""
    page = dark.open(EMPLOYED)

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    expect(page.locator('meta[name="color-scheme"]')).to_have_attribute("content", "light dark")


def test_nothing_moves_for_those_who_do_not_want_it(dark: Visit) -> None:
    """Neither a transition nor an animation has any length."""
    page = dark.page
    page.emulate_media(reduced_motion="reduce")
    dark.open(EMPLOYED)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) => {
            const style = getComputedStyle(one);
            return style.transitionDuration !== "0s" || style.animationName !== "none";
        }).length"""
    )

    assert moving == 0
