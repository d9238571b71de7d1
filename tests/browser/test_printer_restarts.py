"""The printer after its browser was ended from outside."""

from collections.abc import Iterable
from typing import Any

import psutil
import pytest

from dashboard.server.printing import Printer, PrintLimits
from tests.browser.serving import chromium

pytestmark = pytest.mark.browser


def page(_: Any, start: Any) -> Iterable[bytes]:
    """An application of one page."""
    start("200 OK", [("Content-Type", "text/html")])
    return [b"<!DOCTYPE html><main><h1>A page</h1></main>"]


def test_a_browser_whose_driver_was_killed_is_started_anew() -> None:
    """Where memory is short any process may be ended; the next PDF is there all the same."""
    printer = Printer(page, chromium(), PrintLimits(seconds=90))
    before = set(psutil.Process().children())
    printed = [printer.pdf("http://panel.example/", footer="<span></span>", most=4)]
    (driver,) = set(psutil.Process().children()) - before
    driver.kill()
    printed += [printer.pdf("http://panel.example/", footer="<span></span>", most=4)]
    printer.close()

    assert all(one.startswith(b"%PDF-") for one in printed)
