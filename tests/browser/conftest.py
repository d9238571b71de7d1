"""A browser, the application over a small warehouse, and pages that report what they hear."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import chromium, running, served
from tests.dashboard.warehouse import CATALOGUE, publish


@dataclass
class Visit:
    """A tab of the browser, and what went wrong in it."""

    page: Page
    base: str
    heard: list[str] = field(default_factory=list)

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


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all tests; skips, saying so, without one."""
    with running(chromium()) as browser:
        yield browser


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real application over a small warehouse of example data."""
    data: Path = tmp_path_factory.mktemp("data")
    publish(data, example=True)
    with served(data, CATALOGUE) as base:
        yield base


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Visit]:
    """A fresh tab; the test fails on console errors and on requests to other hosts."""
    context = chrome.new_context()
    tab = Visit(context.new_page(), address)
    tab.page.on(
        "console",
        lambda said: tab.heard.append(said.text) if said.type in {"error", "warning"} else None,
    )
    tab.page.on("pageerror", lambda error: tab.heard.append(str(error)))
    tab.page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((address, "data:", "blob:"))
            else tab.heard.append(f"request to {sent.url}")
        ),
    )
    yield tab
    context.close()
    assert tab.heard == []
