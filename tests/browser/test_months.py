"""Months in a real browser: nothing juts out, a month is chosen, copied and printed as a month."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, tab, unfold
from tests.browser.paper import headings, printed
from tests.browser.serving import served
from tests.dashboard.monthly_warehouse import MONTHLY, publish_months

pytestmark = pytest.mark.browser

PAGE = f"/indikator/{MONTHLY}?region=0127"


@pytest.fixture(scope="module")
def months_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application over yearly, quarterly and monthly example figures."""
    folder: Path = tmp_path_factory.mktemp("months")
    with served(folder, publish_months(folder, example=True)) as base:
        yield base


@pytest.fixture
def months(chrome: Browser, months_address: str) -> Iterator[Visit]:
    """A fresh tab over them."""
    with tab(chrome, months_address) as opened:
        yield opened


@pytest.mark.parametrize("width", [1440, 768, 375, 320])
@pytest.mark.parametrize("view", ["tid", "tabell", "grupper&lang=en"])
def test_no_view_of_months_is_wider_than_the_window(months: Visit, view: str, width: int) -> None:
    """Only tables scroll sideways, inside their own field; axe finds nothing."""
    page = months.open(f"{PAGE}&vy={view}", width=width)

    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    ("years", "width"),
    [("", width) for width in (1440, 1001, 701, 320)]
    + [("&ar=2024M01-2025M08", width) for width in (1440, 320)],
)
def test_the_words_beside_the_axes_are_whole_and_apart(
    months: Visit, years: str, width: int
) -> None:
    """Every name that is shown stands inside the chart, and none on another of its axis."""
    page = months.open(f"{PAGE}{years}", width=width)
    boxes = """(axis) => {
        const frame = document.querySelector(".chart .main-svg").getBoundingClientRect();
        const shown = [...document.querySelectorAll(`.chart .${axis}tick text`)]
            .map((text) => text.getBoundingClientRect()).filter((box) => box.width);
        return shown.map((box) => [
            box.left - frame.left, frame.right - box.right, box.top - frame.top,
            box.left, box.right, box.top, box.bottom,
        ]);
    }"""
    across, up = page.evaluate(boxes, "x"), page.evaluate(boxes, "y")

    assert len(across) >= 2
    assert len(up) >= 2
    for *room, _, _, _, _ in (*across, *up):
        assert min(room) > -1
    onward = sorted(across, key=lambda box: box[3])
    assert all(left[4] < right[3] for left, right in pairwise(onward))
    upward = sorted(up, key=lambda box: box[5])
    assert all(above[6] <= below[5] + 1 for above, below in pairwise(upward))


def test_a_reader_chooses_the_months_of_a_chart(months: Visit) -> None:
    """The menu says months by name; the address has them as the source writes them."""
    page = months.open(PAGE)
    unfold(page)
    page.get_by_label("Första månad").select_option(label="september 2024")

    expect(page).to_have_url(re.compile("ar=2024M09-2026M09"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "september 2024–september 2026"
    )
    months.settle()
    expect(page.locator(".xtick text")).to_have_text(["2025", "2026"])


def test_copied_months_are_no_dates_in_a_sheet(months: Visit) -> None:
    """A sheet reads "sep 2026" as the first of a month; the source's code it keeps as text."""
    page = months.open(f"{PAGE}&vy=tabell")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiera tabellen").click()
    expect(page.get_by_text("rader är kopierade")).to_be_visible()
    head = page.evaluate("navigator.clipboard.readText()").split("\n")[0].split("\t")

    assert head[3:6] == ["2026M09", "2026M08", "2026M07"]
    assert head[-1] == "2025M09"


def test_a_page_of_months_is_printed_with_all_of_them(months: Visit, tmp_path: Path) -> None:
    """81 months are under three sheets beside the chart; no heading is left behind."""
    pdf = printed(months.open(PAGE), tmp_path / "months.pdf")

    assert 2 <= len(pdf.pages) <= 4
    # Chromium leaves out the space at the end of a line in the titles of its outline.
    titles = [title.replace(" ", "") for title, _, _ in headings(pdf)]
    assert any("januari2020–september2026" in title for title in titles)
