"""
What of a page differs from the page that the browser shows: all that is sent after a click.

An edge. The pages sent last are kept by their marks; a browser that shows another one, or one of
another process, gets the whole page. `assets/dash.js` makes the page of the difference.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import orjson
from cachetools import LRUCache

Change = Mapping[str, Any]
_MOST_PAGES = 64  # some 10 kB each, as they are kept


class SentPages:
    """The pages sent last as they are kept, by their marks; safe between threads."""

    def __init__(self, content: Callable[[bytes], bytes]) -> None:
        """Keep none yet; `content` reads the content of a page as it is kept."""
        self._content = content
        self._pages: LRUCache[str, bytes] = LRUCache(_MOST_PAGES)
        self._lock = Lock()

    def sent(self, mark: str, kept: bytes) -> None:
        """Keep a page, if it is kept at all; the one not spoken of for the longest is forgotten."""
        if kept:
            with self._lock:
                self._pages[mark] = kept

    def __contains__(self, mark: object) -> bool:
        """Whether the page with a mark is kept."""
        with self._lock:
            return mark in self._pages

    def answer(self, held: object, mark: str, content: bytes, kept: bytes) -> Any:
        """
        The children of a page for a browser that shows the page with the mark `held`.

        {base, change} where that page is known, else all of them; `change` as by `change`.
        """
        with self._lock:
            shown = self._pages.get(held) if isinstance(held, str) else None
        self.sent(mark, kept)
        if shown is None:
            return orjson.Fragment(content)
        differs = change(orjson.loads(self._content(shown)), orjson.loads(content))
        made = orjson.dumps({"base": held, "change": differs})
        return orjson.Fragment(made if len(made) < len(content) else content)


def change(old: Any, new: Any) -> Change:
    """
    What makes a value of JSON of another.

    {"=": value} is another value; {"~": {key or place: change}} the same members, of which some
    are others; {"+": [place, count, members]} a list with other members in the place of some.
    1 and true are not told apart: no property is a number in one page and a truth in another.
    """
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return {"~": {key: change(old[key], one) for key, one in new.items() if old[key] != one}}
    if not (isinstance(old, list) and isinstance(new, list)):
        return {"=": new}
    if len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return {
            "~": {str(place): change(one, other) for place, (one, other) in pairs if one != other}
        }
    least = min(len(old), len(new))
    start = next((place for place in range(least) if old[place] != new[place]), least)
    rest = range(least - start)
    end = next((place for place in rest if old[-1 - place] != new[-1 - place]), least - start)
    return {"+": [start, len(old) - start - end, new[start : len(new) - end]]}
