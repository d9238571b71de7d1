"""Pages as a reader sees them: drawn by Chromium, saved as a tree of text."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tools.answers.formats import json_text

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
TREE = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
# The heading is there, and plotly has drawn every chart.
DRAWN = """() => document.querySelector("h1") !== null &&
  Array.from(document.querySelectorAll(".chart")).every(
    (chart) => chart.querySelector(".main-svg") !== null)"""
OPEN_DETAILS = """() => document.querySelectorAll("details").forEach((details) => {
  details.openAtFirst = details.open;
  details.open = true;
})"""
PATIENCE = 30_000  # milliseconds until a page must be drawn
PAUSE = 150  # milliseconds between two looks at a page
LOOKS = 40  # so many at most until a page must have stopped changing


class NotDrawnError(RuntimeError):
    """A page was not drawn in time, or goes on changing."""


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """
    A headless Chromium with a window of 1440 by 900 pixels.

    Raises:
        NotDrawnError: there is no Chromium.

    """
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        raise NotDrawnError(f"no Chromium; looked for {', '.join(CHROMIUM_NAMES)}")
    with sync_playwright() as playwright:
        chromium: Browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield chromium.new_context(
                viewport={"width": 1440, "height": 900},
                locale="sv-SE",
                timezone_id="Europe/Stockholm",
            )
        finally:
            chromium.close()


def page_text(context: BrowserContext, address: str) -> str:
    """
    The page of a full address, and the data and layout of its charts, as text.

    Raises:
        NotDrawnError: the page was not drawn in time, or goes on changing.

    """
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    try:
        page.goto(address)
        page.wait_for_function(DRAWN, timeout=PATIENCE)
        page.wait_for_load_state("networkidle")
        page.evaluate(OPEN_DETAILS)
        page.wait_for_function(DRAWN, timeout=PATIENCE)
        tree = _settled(page)
    except Error as error:
        raise NotDrawnError(f"{address}: {error}") from error
    finally:
        page.close()
    charts = [
        f"chart {number}\n{json_text(chart)}" for number, chart in enumerate(tree["charts"], 1)
    ]
    return "\n".join([*errors, *tree["lines"], *charts])


def _settled(page: Page) -> Any:
    """The tree of a page that no longer changes."""
    before = page.evaluate(TREE)
    for _ in range(LOOKS):
        page.wait_for_timeout(PAUSE)
        now = page.evaluate(TREE)
        if json.dumps(now) == json.dumps(before):
            return now
        before = now
    raise NotDrawnError(f"{page.url} goes on changing")
