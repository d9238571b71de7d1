"""A browser, the application over a small warehouse, and pages that report what they hear."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import chromium, running, served
from tests.dashboard.warehouse import CATALOGUE, publish
from tests.source import ROOT

PATIENCE = 120_000  # milliseconds: a busy machine is slow, not wrong


@dataclass
class Visit:
    """A tab of the browser, and what went wrong in it."""

    page: Page
    base: str
    heard: list[str] = field(default_factory=list)

    def refused(self, path: str) -> int:
        """The status of an address that is not there; that the browser says so is no fault."""
        answer = self.page.goto(self.base + path)
        self.settle()
        self.heard[:] = [text for text in self.heard if "the server responded with" not in text]
        return answer.status if answer else 0

    def open(self, path: str, *, width: int = 1440) -> Page:
        """Go to an address of the application and wait until it is drawn."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self.base + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait for the heading, and for the chart where there is one."""
        self.page.wait_for_selector("h1")
        self.page.wait_for_load_state("networkidle")
        if self.page.locator(".chart").count():
            self.page.wait_for_selector(".chart .main-svg")


def choose(page: Page, name: str, words: str) -> None:
    """Write in a field of regions, and take the first that it finds."""
    field = page.get_by_role("combobox", name=name, exact=True)
    field.fill(words)
    field.press("Enter")


def unfold(page: Page) -> None:
    """Show the controls that stand behind the button, where they are not in view yet."""
    page.locator("details.selection:not([open]) > summary").click()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all tests; skips, saying so, without one."""
    expect.set_options(timeout=PATIENCE)
    with running(chromium()) as browser:
        yield browser


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real application over a small warehouse of example data."""
    data: Path = tmp_path_factory.mktemp("data")
    publish(data, example=True)
    with served(data, CATALOGUE) as base:
        yield base


@pytest.fixture(scope="session")
def whole_address(example_data: Path) -> Iterator[str]:
    """The real application over the example of the shipped catalogue."""
    with served(example_data, ROOT / "indicators.yaml") as base:
        yield base


@contextmanager
def tab(chrome: Browser, address: str) -> Iterator[Visit]:
    """
    A fresh tab that hears everything that goes wrong, until it is closed.

    A style or script that the policy blocks is a console error, and so it is heard.
    """
    context = chrome.new_context()
    context.set_default_timeout(PATIENCE)
    opened = Visit(context.new_page(), address)
    opened.page.on(
        "console",
        lambda said: opened.heard.append(said.text) if said.type in {"error", "warning"} else None,
    )
    opened.page.on("pageerror", lambda error: opened.heard.append(str(error)))
    opened.page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((address, "data:", "blob:"))
            else opened.heard.append(f"request to {sent.url}")
        ),
    )
    yield opened
    context.close()
    assert opened.heard == []


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Visit]:
    """A fresh tab; the test fails on console errors and on requests to other hosts."""
    with tab(chrome, address) as opened:
        yield opened


@pytest.fixture
def whole(chrome: Browser, whole_address: str) -> Iterator[Visit]:
    """The same over every region and indicator of the shipped catalogue."""
    with tab(chrome, whole_address) as opened:
        yield opened
