"""Tasks 6 and 7 of real users: this view to a colleague, and its chart to a report."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.actions import Actions
from tests.browser.conftest import Visit, tab
from tests.browser.serving import served
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish, rows

pytestmark = pytest.mark.browser

VIEW = "/indikator/employment_rate?region=0127&jamfor=0126,00&ar=2005-2024"
COPIED = "navigator.clipboard.readText()"


@pytest.fixture
def renewed(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The application over figures of which a newer version may come."""
    publish(tmp_path, example=True)
    with served(tmp_path, CATALOGUE) as base:
        yield base, tmp_path


def act(page: Page, name: str, *, keys: bool) -> None:
    """Press what has a name, by pointer or by keyboard: one action."""
    target = page.get_by_text(name, exact=True).first
    if keys:
        target.focus()
        page.keyboard.press("Enter")
    else:
        target.click()


def copied(page: Page, name: str, *, keys: bool) -> str:
    """The link that is copied in two actions, and said to be."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    actions = Actions(page)
    is_chart = page.get_by_text("Dela och ladda ner", exact=True).count() > 0
    act(page, "Dela och ladda ner" if is_chart else "Dela", keys=keys)
    act(page, name, keys=keys)
    expect(page.locator(".takeaway [role=status]").first).to_have_text(re.compile("är kopierad"))
    assert actions.count == 2
    return str(page.evaluate(COPIED))


def shown(page: Page) -> list[str]:
    """What a page says of its view: headings, table, and the lines of its key."""
    parts = page.locator("h1, .panel h2, .chips, .twin table")
    return [part.inner_text() for part in parts.all()]


@pytest.mark.parametrize("keys", [False, True], ids=["pointer", "keys"])
def test_a_link_shows_a_colleague_this_very_view(
    visit: Visit, chrome: Browser, address: str, keys: bool
) -> None:
    """In two actions, by a browser that has never been here; it names no version."""
    page = visit.open(VIEW)
    link = copied(page, "Kopiera länk", keys=keys)

    assert "version=" not in link
    with tab(chrome, address) as other:
        other.open(link.removeprefix(address))
        assert shown(other.page) == shown(page)


@pytest.mark.parametrize("keys", [False, True], ids=["pointer", "keys"])
def test_a_fixed_link_keeps_its_figures_when_newer_ones_come(
    renewed: tuple[str, Path], chrome: Browser, keys: bool
) -> None:
    """The same table as on the day, with a word that there are newer figures."""
    base, data = renewed
    with tab(chrome, base) as first:
        page = first.open(VIEW)
        link = copied(page, "Kopiera låst länk", keys=keys)
        before = shown(page)
        newer = [(*row[:5], row[5] and row[5] + 1, *row[6:]) for row in rows()]
        publish(data, version=SECOND, example=True, observations=newer)
    with tab(chrome, base) as other:
        opened = other.open(link.removeprefix(base))

        assert f"version={FIRST}" in link
        assert shown(opened) == before
        expect(opened.locator(".notices")).to_contain_text("nyare")
        assert shown(other.open(VIEW)) != before


def test_where_copying_is_refused_the_link_is_there_to_copy(visit: Visit) -> None:
    """Selected in a field, and said so."""
    page = visit.page
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined, writable: false })"
    )
    visit.open(VIEW)
    act(page, "Dela och ladda ner", keys=False)
    act(page, "Kopiera länk", keys=False)
    field = page.get_by_label("Webbläsaren tillät inte kopiering. Kopiera länken härifrån.")

    expect(field).to_have_value(visit.base + VIEW)
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == visit.base + VIEW


@pytest.mark.parametrize("form", ["PNG", "SVG"])
@pytest.mark.parametrize("keys", [False, True], ids=["pointer", "keys"])
def test_the_chart_is_saved_in_two_actions(visit: Visit, form: str, keys: bool) -> None:
    """With title, source and time; that it is saved is said."""
    page = visit.open(VIEW)
    heading = page.locator(".panel h2").first.text_content() or "no heading"
    actions = Actions(page)
    act(page, "Dela och ladda ner", keys=keys)
    with page.expect_download() as download:
        act(page, f"Hämta bild som {form}", keys=keys)
    content = download.value.path().read_bytes()

    assert actions.count == 2
    assert download.value.suggested_filename.endswith(f".{form.lower()}")
    expect(page.locator(".takeaway [role=status]").first).to_have_text("Bilden är sparad.")
    if form == "SVG":
        root = ET.fromstring(content)  # noqa: S314  # our own
        words = " ".join(filter(None, (part.strip() for part in root.itertext())))
        assert heading in words
        assert "Källa: SCB, tabell TAB" in words
        assert "hämtad 21 november 2026" in words
    else:
        assert content.startswith(b"\x89PNG")
        assert len(content) > 20_000


def test_the_menu_is_left_by_escape_and_walked_by_arrows(visit: Visit) -> None:
    """Down into the menu and round; Escape closes it and is back at its name."""
    page = visit.open(VIEW)
    name = page.locator(".share summary").first
    name.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Kopiera länk")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name=re.compile("som SVG"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Kopiera länk")).to_be_hidden()
    expect(name).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        *("/?region=0127", "/jamfor?region=0127", "/skillnader?region=0127", "/data?region=0127"),
        "/briefing?region=0127",
        "/indikator/employment_rate?region=0127&vy=tabell",
        "/indikator/employment_rate?region=0127&vy=grupper",
        "/indikator/employment_rate?region=0127&vy=skillnader",
    ],
)
def test_every_view_can_be_shared(visit: Visit, path: str) -> None:
    """Also a table and the overview; the link leads here."""
    page = visit.open(path)

    assert copied(page, "Kopiera länk", keys=False) == visit.base + path
