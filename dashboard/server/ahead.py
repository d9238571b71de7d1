"""
What a version needs before anybody asks: its heaviest pages, and what all of its pages share.

An edge: one thread a process, from its start, and again whenever another version is published.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event, Thread

from dashboard.data.context import Context
from dashboard.data.kept import KeptFiles
from dashboard.server.routes import browser_page
from dashboard.state.url import State, printed
from dashboard.text import LANGS

log = logging.getLogger(__name__)

_SECONDS = 5.0  # between two looks at the pointer
_MOST_REST = 2.0
# Heavy, and the same for all who choose nothing.
_HEAVY = ("/data", "/rapport-2010")
# Each reads something else that belongs to the version as a whole, and is remembered then: figures
# of all regions, tables and losses, who is similar to whom, areas, the inventory and its words.
_SHARED = (
    ("/", ""),
    ("/", "?tema=alla"),
    ("/briefing", "?region=0180"),
    ("/jamfor", "?region=0180&jamfor=liknande"),
    ("/omraden", "?region=0180"),
    ("/data", "?sok=0180"),
    ("/fraga", "?sok=0180"),
)
_Page = tuple[str, str, bool]  # path, query, whether the window is narrow


def pages_ahead() -> list[_Page]:
    """The pages that are made ahead, the overview first; the heavy ones in every form."""
    heavy = [
        (path, printed(State(lang=lang)), narrow)
        for narrow in (False, True)
        for path in _HEAVY
        for lang in LANGS
    ]
    first, *others = ((path, search, False) for path, search in _SHARED)
    return [first, *heavy, *others]


def keep_ahead(context: Context) -> Callable[[], None]:
    """Make what each version needs, from now on; returns what ends it."""
    ended = Event()
    thread = Thread(target=_keep_on, args=(context, ended), name="pages ahead", daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join()

    return end


def _keep_on(context: Context, ended: Event) -> None:
    """Look for a new version until the end, and make what it needs."""
    ready = ""
    while not ended.is_set():
        version = context.warehouses.newest()
        if version != ready:
            make_ahead(context, pages_ahead(), ended)
            ready = version
        ended.wait(_SECONDS)


def make_ahead(context: Context, pages: Sequence[_Page], ended: Event) -> None:
    """
    Make some pages, one after the other.

    After each it rests as long as it took, so that it never has more than half of what readers of
    this process have. A page that fails is told in the log; its readers learn it as of any page.
    Those that are made for what all pages share are made also where they lie on disk.
    """
    without_disk = replace(context, kept=KeptFiles())
    for path, search, narrow in pages:
        if ended.is_set():
            return
        started = time.monotonic()
        try:
            given = without_disk if (path, search) in _SHARED else context
            browser_page(given, path, search=search, narrow=narrow)
        except Exception:
            log.exception("%s%s could not be made ahead", path, search)
        ended.wait(min(time.monotonic() - started, _MOST_REST))
