"""The real application on a free port, and the Chromium of this machine."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from dashboard.data.context import opened
from dashboard.data.settings import Settings
from dashboard.server.app import create_app

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)


@contextmanager
def served(data: Path, catalogue: Path, given: Settings | None = None) -> Iterator[str]:
    """The address of the application while it is served."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    context = opened(data, catalogue, settings=given)
    application = create_app(context).server
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        application.extensions["printer"].close()
        context.warehouses.close()


def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, or fails under REQUIRE_BROWSER=1."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        reason = f"no Chromium found; looked for {', '.join(CHROMIUMS)}"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
        pytest.skip(reason)
    return found


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """A headless browser that asks nobody for anything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
