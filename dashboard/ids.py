"""The ids of components that callbacks speak to. It knows names only."""

from typing import Any

URL = "url"  # the address: the only state
PAGE = "page"  # what the address shows
HEAD = "head"  # title, language and the choices that the page was drawn with
WINDOW = "window"  # whether the window is narrow
MAIN = "main"
CHART = "chart"


def choice(key: object) -> dict[str, Any]:
    """A control that moves the address; `key` is one of `url.KEYS` or `moves.STEPS`, or ALL."""
    return {"type": "choice", "key": key}
