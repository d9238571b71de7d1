"""What the tests of the server share."""

from typing import Any

import pytest

from dashboard.data.context import Context
from dashboard.server import app, routes


@pytest.fixture
def pages_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that the application has asked for, in order."""
    asked: list[str] = []

    def noted(context: Context, path: str, **options: Any) -> routes.BrowserPage:
        asked.append(path)
        return routes.browser_page(context, path, **options)

    monkeypatch.setattr(app, "browser_page", noted)
    return asked
