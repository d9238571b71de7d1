"""Long pages on paper: sheets are filled, and what belongs together stays together."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.paper import (
    FOOT,
    Colour,
    contrast,
    elements,
    empty,
    fills,
    grey,
    headings,
    lines,
    printed,
    sheets_of,
)

pytestmark = pytest.mark.browser

# and how many sheets they fill
LONG = {
    "/omraden?region=0180": 3,
    "/omraden?region=0127": 3,
    "/omraden?region=01": 6,
    "/rapport-2010": 9,
    "/rapport-2010?lang=en": 9,
}
TWO_LINES = 24  # points


@pytest.mark.parametrize("path", LONG)
def test_a_long_page_fills_its_sheets_and_cuts_nothing(
    whole: Visit, tmp_path: Path, path: str
) -> None:
    """
    At most a third of a sheet is empty but of the last, which has more than a line or two.

    No heading ends a sheet; no chart and no row of a table stands on two; no letter is left in
    the margin of the sheet before its own.
    """
    pdf = printed(whole.open(path), tmp_path / "long.pdf")
    *full, last = [empty(sheet) for sheet in pdf.pages]
    tree = pdf.Root.StructTreeRoot
    # The head of a table is written again on each sheet.
    rows = [one for one in elements(tree, "/TR") if any(elements(one, "/TD"))]
    charts = list(elements(tree, "/Figure"))

    assert len(pdf.pages) <= LONG[path]
    assert max(full) <= 1 / 3
    assert last <= 0.9
    assert [
        title for title, sheet, top in headings(pdf) if top - min(lines(sheet)) < TWO_LINES
    ] == []
    assert rows
    assert charts
    assert [one for one in (*rows, *charts) if len(sheets_of(one)) > 1] == []
    assert min(min(lines(sheet)) for sheet in pdf.pages) >= FOOT


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_stands_out_is_the_first_sheet_of_a_briefing_with_picture_and_why(
    whole: Visit, tmp_path: Path, lang: str
) -> None:
    """Each of the three with its sentence, picture and reasons; indicators begin on the second."""
    page = whole.open(f"/briefing?region=1260&lang={lang}")
    pdf = printed(page, tmp_path / "briefing.pdf")
    first, second, *_ = pdf.pages
    titles = [(title, sheet.index) for title, sheet, _ in headings(pdf)]
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print")
    things = page.locator(".highlights li").evaluate_all(
        """items => items.map(item => {
            const height = one => one.getBoundingClientRect().height;
            return [[...item.querySelectorAll("p")].map(height), height(item.querySelector("img")),
                    item.querySelector("summary").innerText];
        })"""
    )
    heads = {
        "sv": ("Tre saker att veta", "Nyckeltal"),
        "en": ("Three things to know", "Headline figures"),
    }

    assert [number for title, number in titles if title == heads[lang][0]] == [first.index]
    assert [number for title, number in titles if title == heads[lang][1]] == [second.index]
    assert len(things) == 3
    for paragraphs, picture, why in things:
        assert len(paragraphs) == 6  # sentence, how the picture is read, three reasons, source
        assert min(paragraphs) > 10
        assert picture > 20
        assert why == {"sv": "Varför visas detta?", "en": "Why is this shown?"}[lang]


def shades(page: Page) -> dict[int, tuple[Colour, set[Colour]]]:
    """By fifth the colour of the heat table's cells, and the colours of the text in them."""
    page.emulate_media(media="print")
    found = page.evaluate(
        """() => [1, 2, 3, 4, 5].map(fifth => {
            const cells = [...document.querySelectorAll(`.heat td.fifth-${fifth}`)];
            const said = cells.flatMap(cell => [...cell.querySelectorAll("b, small, abbr")]);
            return [fifth, getComputedStyle(cells[0]).backgroundColor,
                    said.map(one => getComputedStyle(one).color)];
        })"""
    )

    def colour(text: str) -> Colour:
        red, green, blue = map(int, re.findall(r"\d+", text))
        return red, green, blue

    return {fifth: (colour(behind), set(map(colour, said))) for fifth, behind, said in found}


def test_the_shades_of_the_heat_table_are_printed_and_read_in_grey(
    whole: Visit, tmp_path: Path
) -> None:
    """On sheets without other backgrounds, each darker than the one before, type at 4.5 or more."""
    page = whole.open("/jamfor?region=0127")
    pdf = printed(page, tmp_path / "heat.pdf")
    known = shades(page)
    behind = [one for one, _ in known.values()]
    texts = [(back, fore) for back, said in known.values() for fore in said]

    assert set(behind) <= set().union(*map(fills, pdf.pages))
    assert min(contrast(*pair) for pair in texts) >= 4.5
    assert min(contrast(grey(back), grey(fore)) for back, fore in texts) >= 4.5
    assert all(grey(one)[0] - grey(two)[0] >= 8 for one, two in pairwise(behind))


def test_many_columns_are_all_on_the_sheet(whole: Visit) -> None:
    """A table of sixteen lines is no wider than its page, as a sheet does not scroll."""
    path = "/indikator/employment_rate?region=0127&bakgrund=SE,VXEUEES&kon=2,1&jamfor=00,01,0126"
    page = whole.open(path)
    page.set_viewport_size({"width": 680, "height": 900})  # of A4 between its margins
    page.emulate_media(media="print")
    columns, ends, edge = page.evaluate(
        """() => {
            const table = document.querySelector("main table.figures");
            const heads = [...table.querySelectorAll("thead th")];
            const ends = heads.map((one) => one.getBoundingClientRect().right);
            return [heads.length, Math.max(...ends), document.documentElement.clientWidth];
        }"""
    )

    assert columns == 17
    assert ends <= edge
