"""
Where the first mark of every indicator begins in every view, in wide and in narrow windows.

`python -m tests.browser.all_heights http://127.0.0.1:8050 0180R076 > heights.csv` asks a panel that
is served: a row for each indicator, view and width of a region, Botkyrka where none is named; what
begins too low is told on stderr. It takes ten minutes. What was the lowest is tested by
`test_heights`.
"""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from etl.catalogue.loading import load
from tests.browser.heights import WINDOWS, first_mark
from tests.browser.serving import chromium, running
from tests.source import ROOT

BOTKYRKA = "0127"
SAME_START = "tvaar&fran=samma"
VIEWS = ("tid", "jamfor", "tvaar", SAME_START, "karta", "grupper", "skillnader", "tabell")


class Height(NamedTuple):
    """Where a view of an indicator begins; `top` is None where there is nothing to draw."""

    indicator: str
    view: str
    width: int
    top: float | None
    notice: str

    @property
    def too_low(self) -> bool:
        """Whether it begins further down than it may with no notice but that of the example."""
        limits = {width: most for (width, _), most in WINDOWS.items()}
        return not self.notice and self.top is not None and self.top > limits[self.width]


def heights(base: str, ids: Sequence[str], region: str) -> Iterator[Height]:
    """The height of each view that each indicator offers for a region, at each width."""
    with running(chromium()) as browser:
        for (width, height), id in product(WINDOWS, ids):
            page = browser.new_page(viewport={"width": width, "height": height})
            offered = {"tid"}
            for view in VIEWS:
                if view.partition("&")[0] not in offered:
                    continue
                _open(page, f"{base}/indikator/{id}?region={region}&vy={view}")
                hrefs = page.locator("nav.tabs a").evaluate_all("all => all.map((one) => one.href)")
                offered = {(re.search(r"vy=(\w+)", one) or ["", "tid"])[1] for one in hrefs}
                notices = page.locator(".notices").all_inner_texts()
                yield Height(id, view, width, first_mark(page), " ".join(notices))
            page.close()


def _open(page: Page, address: str) -> None:
    """Go to an address and wait until its charts are drawn."""
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    if page.locator(".chart").count():
        page.wait_for_selector(".chart .main-svg")


def main(base: str, region: str = BOTKYRKA) -> None:
    """Write all heights of a region, and tell those that are too low."""
    ids = [one.id for one in load(Path(ROOT / "indicators.yaml")).indicators]
    table = csv.writer(sys.stdout)
    table.writerow(Height._fields)
    for one in heights(base, ids, region):
        table.writerow(one)
        if one.too_low:
            sys.stderr.write(f"{one.indicator} {one.view} at {one.width}: {one.top:.0f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
