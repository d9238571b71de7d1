"""What the panel could show of a region's published report it goes on showing."""

from pathlib import Path

import pytest

from tests.browser.serving import chromium
from tools.benchmark.__main__ import WANTED, judged, statuses
from tools.benchmark.wanted import load

pytestmark = pytest.mark.browser


def test_no_figure_that_was_shown_is_lost(shared: Path, example_data: Path) -> None:
    """Every value of each figure that was a yes when the list was made is in the tables."""
    chromium()  # skips without one
    before = statuses(shared / "benchmark" / "figures.csv")
    benchmark = load(WANTED)
    shown = [one for one in benchmark.figures if before[one.figure] == "yes"]

    verdicts = judged(shown, benchmark, example_data)

    assert {one: found for one, found in verdicts.items() if found.status != "yes"} == {}
