"""The report's table in a narrow window: blocks to the eye, a table to whoever hears it."""

from collections import Counter

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

HEADS = ["Rapportens uppgift", "Dagens uppgift för samma år", "Skillnad", "Varför"]
PARTS = ("table", "row", "columnheader", "rowheader", "cell")


@pytest.mark.parametrize("width", [320, 700])
def test_no_cell_of_the_table_is_beyond_the_edge_and_each_is_named(
    whole: Visit, width: int
) -> None:
    """Nothing scrolls sideways, and what a number is stands beside it."""
    table = whole.open("/rapport-2010", width=width).locator(".told-beside")
    room = table.locator("xpath=..").evaluate("box => [box.scrollWidth, box.clientWidth]")
    labels = table.locator("tbody tr").first.evaluate(
        """row => [...row.querySelectorAll("b, td")].map(
            cell => getComputedStyle(cell, "::before").content)"""
    )

    assert room[0] <= room[1] <= width
    assert [label.split('"')[1] for label in labels] == HEADS


def heard(visit: Visit, width: int) -> Counter[str]:
    """How many of each part of tables Chromium tells programs that read aloud."""
    page = visit.open("/rapport-2010", width=width)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    roles = [one["role"]["value"] for one in tree["nodes"] if not one["ignored"]]
    return Counter(role for role in roles if role in PARTS)


def test_the_table_is_heard_alike_in_every_window(whole: Visit) -> None:
    """Laid out as blocks it still has its rows, cells and headers, in the same words."""
    wide, said = heard(whole, 1440), whole.page.locator(".told-beside").aria_snapshot()
    narrow, table = heard(whole, 320), whole.page.locator(".told-beside")
    rows = table.locator("tbody tr").count()

    assert (
        narrow
        == wide
        == Counter(table=1, row=rows + 1, columnheader=4, rowheader=rows, cell=3 * rows)
    )
    assert table.aria_snapshot() == said
    assert table.get_by_role("columnheader").all_text_contents() == HEADS
