"""More readers than there are places: who is answered, who is refused, for whom nothing is made."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from select import select
from typing import Any

import pytest

from dashboard.data.context import Context, opened
from dashboard.data.settings import settings
from dashboard.server import app, routes
from dashboard.server.app import create_app, listening
from dashboard.text import term
from etl.catalogue import Lang
from tests.dashboard.rendered import question
from tests.dashboard.warehouse import CATALOGUE

SOON = 10  # seconds after which a test that hangs has failed
PLACES = 10  # of pages in one process: at work and waiting
CALLBACK = "/_dash-update-component"
Answer = tuple[int, dict[str, str], bytes]


class Door:
    """A panel on a port, whose pages are made once the door is opened; `made` are their paths."""

    def __init__(self, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep pages back."""
        self.made: list[str] = []
        self._open = threading.Event()

        def made(given: Context, path: str, **options: Any) -> routes.BrowserPage:
            self.made.append(path)
            assert self._open.wait(SOON)
            return routes.browser_page(given, path, **options)

        monkeypatch.setattr(app, "browser_page", made)
        self.server = listening(create_app(context).server, "127.0.0.1", 0)

    def open(self) -> None:
        """Let pages be made."""
        self._open.set()

    def close(self) -> None:
        """Keep pages back again."""
        self._open.clear()

    def ask(self, path: str, method: str = "GET", body: object = None) -> Answer:
        """Status, headers and content of the answer."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=SOON)
        sent = json.dumps(body) if body else None
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return found

    def wait_for(self, pages: int) -> None:
        """Until so many pages are asked of our code."""
        ends = time.monotonic() + SOON
        while len(self.made) < pages:
            assert time.monotonic() < ends
            time.sleep(0.01)


@contextmanager
def served(door: Door) -> Iterator[Door]:
    """A panel that answers on its port."""
    thread = threading.Thread(target=door.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        door.open()
        door.server.shutdown()
        thread.join()
        door.server.server_close()


@pytest.fixture
def door(context: Context, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The panel as `python -m dashboard` serves it."""
    with served(Door(context, monkeypatch)) as found:
        yield found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Readers."""
    with ThreadPoolExecutor(2 * PLACES) as readers:
        yield readers


def full(door: Door, pool: ThreadPoolExecutor) -> list[Future[Answer]]:
    """Readers at every place, each with a question of his own; two more were refused."""
    asked = [pool.submit(door.ask, f"/?region=0127&sida={n}") for n in range(PLACES + 2)]
    refused = [one.result()[0] for _, one in zip(range(2), as_completed(asked, SOON), strict=False)]
    assert refused == [503, 503]
    return [one for one in asked if not one.done()]


@pytest.mark.parametrize(("lang", "search"), [("sv", ""), ("en", "?lang=en")])
def test_who_finds_no_place_is_told_so_in_words_and_when_to_come_again(
    door: Door, pool: ThreadPoolExecutor, lang: Lang, search: str
) -> None:
    """503, Retry-After, one heading, a link to the same address; those before lose nothing."""
    waiting = full(door, pool)
    status, headers, content = door.ask(f"//example.org/jamfor{search}")
    door.open()

    page = content.decode()
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
    assert f'<html lang="{lang}">' in page
    assert f"<h1>{term('busy', lang)}</h1>" in page
    assert 'href=""' in page
    assert "example.org" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert {one.result(SOON)[0] for one in waiting} == {200}


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [("/api/v1/regions", "GET", None), (CALLBACK, "POST", question("/", "?region=0126"))],
)
def test_a_program_that_finds_no_place_gets_a_problem(
    door: Door, pool: ThreadPoolExecutor, path: str, method: str, body: object
) -> None:
    """For the API and for our own scripts, which show that the page did not come."""
    full(door, pool)
    status, headers, content = door.ask(path, method, body)
    door.open()

    assert (status, headers["Retry-After"]) == (503, "5")
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(content)["detail"] == term("busy_api", "en")


def test_what_is_known_is_answered_while_others_wait(door: Door, pool: ThreadPoolExecutor) -> None:
    """A remembered page, health and files need no place."""
    door.open()
    known = question("/om")
    first = door.ask(CALLBACK, "POST", known)
    door.close()
    full(door, pool)
    again = door.ask(CALLBACK, "POST", known)
    health, style = door.ask("/health"), door.ask("/panel.css")
    door.open()

    assert (first[0], again[0], again[2]) == (200, 200, first[2])
    assert (health[0], style[0]) == (200, 200)


def test_what_another_process_has_made_is_answered_while_others_wait(
    data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    pool: ThreadPoolExecutor,
) -> None:
    """An answer on disk needs no place, though this process has never given it."""
    given = settings(cache=str(tmp_path_factory.mktemp("cache")))
    known = question("/om")
    other = create_app(opened(data, CATALOGUE, settings=given)).server.test_client()
    headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
    first = other.post(CALLBACK, data=json.dumps(known), headers=headers)
    with served(Door(opened(data, CATALOGUE, settings=given), monkeypatch)) as door:
        full(door, pool)
        again = door.ask(CALLBACK, "POST", known)
        door.open()

    assert (again[0], again[2]) == (200, first.data)
    assert "/om" not in door.made


def test_for_who_has_gone_nothing_is_made(door: Door, pool: ThreadPoolExecutor) -> None:
    """Of nine that wait and hang up, no page is asked of our code."""
    working = pool.submit(door.ask, "/?sida=1")
    door.wait_for(1)
    for number in range(PLACES - 1):
        with socket.create_connection(("127.0.0.1", door.server.port)) as gone:
            gone.sendall(f"GET /briefing?sida={number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    door.open()

    assert working.result(SOON)[0] == 200
    assert door.ask("/jamfor")[0] == 200
    assert "/briefing" not in door.made


def test_who_has_gone_takes_no_place_from_those_who_come(
    door: Door, pool: ThreadPoolExecutor
) -> None:
    """A crowd that hangs up is forgotten at once, though what was begun for it is not over."""
    asked = [pool.submit(door.ask, "/?sida=1")]
    door.wait_for(1)
    crowd = [socket.create_connection(("127.0.0.1", door.server.port)) for _ in range(PLACES)]
    for number, one in enumerate(crowd):
        one.sendall(f"GET /briefing?sida={number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    refused = select(crowd, [], [], SOON)[0]
    for one in crowd:
        one.close()
    asked += [pool.submit(door.ask, "/jamfor") for _ in range(PLACES - 1)]
    done, _ = wait(asked, 0.5)  # whoever is refused is so by then
    door.open()

    assert refused
    assert not done
    assert {one.result(SOON)[0] for one in asked} == {200}


def test_a_place_is_given_back_whatever_happens(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that fail, and files to their last byte, are no place less for those who follow."""
    door.open()
    monkeypatch.setattr(app, "browser_page", lambda *_, **__: int("none"))
    failed = {door.ask(f"/?sida={number}")[0] for number in range(PLACES + 2)}
    files = {door.ask("/ladda-ner/employment_rate.csv?region=0127")[0] for _ in range(PLACES)}

    assert failed == {500}
    assert files == {200}


def test_questions_of_our_own_wait_for_nobody(context: Context) -> None:
    """Sheets are printed from pages that the panel asks itself for, without any connection."""
    client = create_app(context).server.test_client()

    assert {client.get(f"/?sida={number}").status_code for number in range(3)} == {200}
