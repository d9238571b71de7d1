"""Pages that are made before anybody asks, and again when another version is published."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server import ahead
from dashboard.server.ahead import keep_ahead, make_ahead, pages_ahead
from dashboard.server.app import create_app
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

HEAVY = ("/data", "/rapport-2010")


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept."""
    return tmp_path_factory.mktemp("cache")


def panel(data: Path, cache: Path | str, **more: str) -> FlaskClient:
    """A process of the panel over some figures."""
    given = opened(data, CATALOGUE, settings=settings(cache=str(cache), **more))
    client: FlaskClient = create_app(given).server.test_client()
    return client


def in_time(true: Callable[[], bool]) -> None:
    """Waits until something is so, two minutes at most."""
    until = time.monotonic() + 120
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    assert true()


def files(cache: Path) -> list[Path]:
    """Every file that is kept."""
    return [file for file in cache.rglob("*") if file.is_file() and not file.suffix]


def showing(cache: Path, version: str) -> int:
    """How many of the kept pages are of a version; a file begins with a digest of 16 bytes."""
    return sum(
        version.encode() in brotli.decompress(file.read_bytes()[16:]) for file in files(cache)
    )


@pytest.fixture
def ready(data: Path, queries_asked: list[str]) -> FlaskClient:
    """A panel that has made its pages ahead; of which nobody has asked anything since."""
    given = opened(data, CATALOGUE)
    client: FlaskClient = create_app(given).server.test_client()
    make_ahead(given, pages_ahead(), Event())
    queries_asked.clear()
    return client


def test_a_reader_of_a_page_made_ahead_asks_the_figures_nothing(
    ready: FlaskClient, queries_asked: list[str]
) -> None:
    """In both languages, in wide and narrow windows."""
    for path in HEAVY:
        for search in ("", "?lang=en"):
            for narrow in (False, True):
                shown(ready, path, search, narrow=narrow)

    assert queries_asked == []


def test_searches_and_filters_use_the_inventory_that_is_there(
    ready: FlaskClient, queries_asked: list[str]
) -> None:
    """Whoever narrows the catalogue scans no figures."""
    for search in ("?sok=arbete", "?tema=labour_market", "?samling=unga", "?region=0127&lang=en"):
        shown(ready, "/data", search)

    assert queries_asked == []


@pytest.mark.parametrize("path", HEAVY)
@pytest.mark.parametrize("search", ["", "?lang=en"])
@pytest.mark.parametrize("narrow", [False, True])
def test_a_kept_page_is_the_page_that_would_be_made(
    data: Path, cache: Path, path: str, search: str, *, narrow: bool
) -> None:
    """Made without a folder, made for one, and read from it: the same to the last letter."""
    pages = [
        shown(panel(data, folder), path, search, narrow=narrow) for folder in ("", cache, cache)
    ]

    assert pages[0] == pages[1] == pages[2]


def test_another_process_finds_the_pages_and_scans_nothing(
    data: Path, cache: Path, queries_asked: list[str]
) -> None:
    """A panel that was started anew shows them at once."""
    for path in HEAVY:
        shown(panel(data, cache), path)
    other = panel(data, cache)
    shown(other, "/om")  # what belongs to every page
    queries_asked.clear()
    for path in HEAVY:
        shown(other, path)

    assert queries_asked == []


def test_a_page_never_shows_what_was_kept_of_other_settings_or_figures(
    data: Path, cache: Path
) -> None:
    """The version that stands at the foot is the one that is published."""
    shown(panel(data, cache), "/data")
    publish(data, version=SECOND)

    assert SECOND in text(shown(panel(data, cache), "/data"))
    before = len(files(cache))
    shown(panel(data, cache, contact="Kansliet; a@b.se"), "/data")
    assert len(files(cache)) == before * 3 / 2, "what a page says of the panel is part of it"


def test_a_new_version_is_made_ready_without_a_reader(
    data: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is seen by itself, at the start and when it is published; the end is an end."""
    monkeypatch.setattr(ahead, "_SECONDS", 0.05)
    given = opened(data, CATALOGUE, settings=settings(cache=str(cache)))
    end = keep_ahead(given)
    pages = len(HEAVY) * 2 * 2
    in_time(lambda: showing(cache, FIRST) == pages)
    publish(data, version=SECOND)
    in_time(lambda: showing(cache, SECOND) == pages)
    end()

    assert showing(cache, FIRST) == pages, "older pages leave only for want of room"


def test_a_reader_who_comes_first_gets_the_page(data: Path, cache: Path) -> None:
    """While it is made ahead, or before: the same page, made once."""
    given = opened(data, CATALOGUE, settings=settings(cache=str(cache)))
    client = create_app(given).server.test_client()
    end = keep_ahead(given)
    early = [shown(client, path) for path in HEAVY]
    end()

    assert early == [shown(panel(data, ""), path) for path in HEAVY]


def test_what_all_pages_share_is_there_after_a_restart(
    data: Path, cache: Path, queries_asked: list[str]
) -> None:
    """Though the pages that it is remembered with lie on disk, a new page asks nothing of it."""
    asked: list[list[str]] = []
    for _ in range(2):
        given = opened(data, CATALOGUE, settings=settings(cache=str(cache)))
        client = create_app(given).server.test_client()
        make_ahead(given, pages_ahead(), Event())
        queries_asked.clear()
        shown(client, "/jamfor", f"?region=0180&jamfor=liknande&sida={len(asked) + 2}")
        asked.append([*queries_asked])

    assert asked[0] == asked[1]


def test_a_page_that_fails_stops_no_other(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in the log, and the next is made."""
    asked = []

    def page(_: object, path: str, **_more: object) -> None:
        asked.append(path)
        if path == "/data":
            raise ValueError("no such table")

    monkeypatch.setattr(ahead, "browser_page", page)
    given = opened(data, CATALOGUE)
    make_ahead(given, [("/", "", False), ("/data", "", False), ("/jamfor", "", False)], Event())

    assert asked == ["/", "/data", "/jamfor"]
    assert "/data could not be made ahead" in caplog.text
    assert "no such table" in caplog.text


def test_nothing_is_made_of_no_figures(tmp_path: Path, cache: Path) -> None:
    """A panel that is started before the first run waits for it."""
    given = opened(tmp_path, CATALOGUE, settings=settings(cache=str(cache)))
    keep_ahead(given)()

    assert files(cache) == []
