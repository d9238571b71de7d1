"""Tables of words in a narrow window: blocks to the eye, tables to whoever hears them."""

from collections import Counter

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

REPORT, BREAKS = "/rapport-2010", "/om"
# which table, and of how many columns
TABLES = {REPORT: (".told-beside", 4), BREAKS: (".words.stacked", 4)}
HEADS = ["Rapportens uppgift", "Dagens uppgift för samma år", "Skillnad", "Varför"]
PARTS = ("table", "row", "columnheader", "rowheader", "cell")


@pytest.mark.parametrize("width", [320, 700])
@pytest.mark.parametrize("path", TABLES)
def test_no_cell_of_a_table_of_words_is_beyond_the_edge(
    whole: Visit, path: str, width: int
) -> None:
    """What is to be read is not read sideways."""
    table = whole.open(path, width=width).locator(TABLES[path][0])
    room, seen = table.locator("xpath=..").evaluate("box => [box.scrollWidth, box.clientWidth]")

    assert room <= seen <= width


def test_what_a_number_is_stands_beside_it_in_a_narrow_window(whole: Visit) -> None:
    """The heads of the columns, which are not seen there, are the names of the cells."""
    table = whole.open(REPORT, width=320).locator(".told-beside")
    labels = table.locator("tbody tr").first.evaluate(
        """row => [...row.querySelectorAll("b, td")].map(
            cell => getComputedStyle(cell, "::before").content)"""
    )

    assert [label.split('"')[1] for label in labels] == HEADS


def heard(visit: Visit, path: str, width: int) -> Counter[str]:
    """How many of each part of tables Chromium tells programs that read aloud."""
    page = visit.open(path, width=width)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    roles = [one["role"]["value"] for one in tree["nodes"] if not one["ignored"]]
    return Counter(role for role in roles if role in PARTS)


@pytest.mark.parametrize("path", TABLES)
def test_a_table_of_words_is_heard_alike_in_every_window(whole: Visit, path: str) -> None:
    """Laid out as blocks it still has its rows, cells and headers, in the same words."""
    which, columns = TABLES[path]
    wide, table = heard(whole, path, 1440), whole.page.locator(which)
    said, rows = table.aria_snapshot(), table.locator("tbody tr").count()
    own = Counter(columnheader=columns, rowheader=rows, cell=(columns - 1) * rows)

    assert heard(whole, path, 320) == wide
    assert own <= wide
    assert table.aria_snapshot() == said


def test_the_table_of_the_report_has_its_four_heads(whole: Visit) -> None:
    """They are there for whoever hears them, though a narrow window does not show them."""
    table = whole.open(REPORT, width=320).locator(".told-beside")

    assert table.get_by_role("columnheader").all_text_contents() == HEADS
