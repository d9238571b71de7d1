"""
How many questions are worked on at once, how many wait, and what the others are told.

An edge. Knows the places of one process. Who finds none is refused before any work, and for who
has gone before his turn nothing is made.
"""

import socket
from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum, auto
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from dashboard.api.answer import refusal
from dashboard.server.endpoints import flask_response, is_api, search
from dashboard.server.files import TURN, NoPlaceError, handed_over, is_file
from dashboard.server.http import plain_page
from dashboard.server.warm import CALLBACK
from dashboard.server.watching import METRICS_PATH, AnswerCounts
from dashboard.state.url import parsed
from dashboard.text import term
from etl.catalogue import Lang

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

RETRY_SECONDS = 5
# Two pages at once take turns at one core, which makes neither sooner and lets those wait that are
# known; ten make up the second that one waits for.
_PAGES_AT_ONCE, _PAGES_WAITING = 1, 9
# A file that is sent as it is made keeps its place until its last byte, however slowly it is read.
# One that lies on disk has it until it is made, where a server sends it without a thread.
_FILES_AT_ONCE, _FILES_WAITING = 4, 2
# What takes less than waiting would, and sheets on paper, which have places of their own.
_AT_ONCE = frozenset({"/health", METRICS_PATH, "/panel.css", "/panel.js", "/_dash-layout",
                      "/_dash-dependencies", "/_favicon.ico", "/briefing.pdf"})  # fmt: skip
_BELOW_AT_ONCE = ("/assets/", "/_dash-component-suites/")
_REFUSED = "panel.refused"  # in the environment of a question that found no place
# Servers that pass on the connection, or tell whether it stands; a question without is our own.
_SOCKETS = ("gunicorn.socket", "werkzeug.socket")
_TOLD = "waitress.client_disconnected"


class Turn(Enum):
    """What becomes of a question: it has a place, is refused, or its reader has gone."""

    PLACE = auto()
    REFUSED = auto()
    GONE = auto()


class _Waiting:
    """A question in the line: whether its reader has gone, and what becomes of it."""

    def __init__(self, has_left: Callable[[], bool]) -> None:
        """Wait for a place."""
        self.has_left = has_left
        self.outcome = Turn.GONE
        self.is_decided = Event()

    def is_gone(self) -> bool:
        """Whether its reader has gone; then it need not wait any longer."""
        if self.has_left():
            self.is_decided.set()
        return self.is_decided.is_set()


class Turns:
    """So many at work, so many in a line before them; safe between threads."""

    def __init__(
        self, at_once: int, waiting: int, tell: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        """Let `at_once` work, and `waiting` more wait for them; `tell` hears how many each are."""
        self._free = self._places = at_once
        self._tell = tell
        self._most = waiting
        self._line: deque[_Waiting] = deque()
        self._lock = Lock()

    def take(self, has_left: Callable[[], bool]) -> Turn:
        """
        A place, when it is this question's turn; refused at once when too many are before it.

        Those before it whose readers have gone do not count; `has_left` says it of this one.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                self._told()
                return Turn.PLACE
            if len(self._line) >= self._most:
                self._line = deque(one for one in self._line if not one.is_gone())
            if len(self._line) >= self._most:
                return Turn.REFUSED
            mine = _Waiting(has_left)
            self._line.append(mine)
            self._told()
        mine.is_decided.wait()
        return mine.outcome

    def leave(self) -> None:
        """Give a place back, to the first in the line whose reader is still there."""
        with self._lock:
            while self._line:
                first = self._line.popleft()
                if not first.is_gone():
                    first.outcome = Turn.PLACE
                    first.is_decided.set()
                    self._told()
                    return
            self._free += 1
            self._told()

    def _told(self) -> None:
        self._tell(self._places - self._free, len(self._line))


def admit(server: Flask, style: str, counts: AnswerCounts) -> None:
    """
    Let a server work on what it has places for, and refuse the rest: 503 and when to come again.

    Flask runs it before all that is registered later. `style` is the address of the style sheet.
    """
    application = server.wsgi_app
    pages = Turns(_PAGES_AT_ONCE, _PAGES_WAITING, partial(counts.places, "pages"))
    files = Turns(_FILES_AT_ONCE, _FILES_WAITING, partial(counts.places, "files"))

    def admitted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        has_left = _leaving(environ)
        path = environ["PATH_INFO"]
        if has_left is None or path in _AT_ONCE or path.startswith(_BELOW_AT_ONCE):
            return application(environ, start_response)
        if is_file(environ):
            return _file(files, application, environ, start_response)
        outcome = Turn.GONE if has_left() else pages.take(has_left)
        if outcome is Turn.GONE:
            # Nobody reads it; in the counts it is told from a refusal, by nginx's own number.
            start_response("499 Client Closed Request", [("Content-Length", "0")])
            return ()
        if outcome is Turn.REFUSED:
            environ[_REFUSED] = True
            return application(environ, start_response)
        try:
            return application(environ, start_response)
        finally:
            pages.leave()

    def refuse() -> Response | None:
        return busy_answer(style) if _REFUSED in request.environ else None

    server.wsgi_app = admitted  # type: ignore[method-assign]
    server.before_request(refuse)
    server.register_error_handler(NoPlaceError, lambda _: busy_answer(style))


def _file(
    places: Turns,
    application: "WSGIApplication",
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
) -> Iterable[bytes]:
    """A file, which has a place while it is made, and while a thread sends it."""
    has_left, is_placed, is_kept = _leaving(environ), False, False

    def take() -> bool:
        nonlocal is_placed
        if is_placed or has_left is None:  # what is read anew after damage has its place already
            return is_placed
        is_placed = not has_left() and places.take(has_left) is Turn.PLACE
        return is_placed

    environ[TURN] = take
    try:
        answer = application(environ, start_response)
        alone = handed_over(answer, environ)
        is_kept = is_placed and alone is None
    finally:
        if is_placed and not is_kept:
            places.leave()
    if alone is not None:
        return alone
    return ClosingIterator(answer, places.leave) if is_kept else answer


def _leaving(environ: "WSGIEnvironment") -> Callable[[], bool] | None:
    """What says whether the reader of an answer has gone; None for a question of our own."""
    if _TOLD in environ:
        told: Callable[[], bool] = environ[_TOLD]
        return told
    connection = next((environ[name] for name in _SOCKETS if name in environ), None)
    return connection and partial(has_gone, connection)


def has_gone(connection: socket.socket) -> bool:
    """Whether nobody is there any more to read an answer."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:  # nothing more is said: the reader waits
        return False
    except ValueError:  # behind TLS of our own nobody can look
        return False
    except OSError:
        return True


def busy_answer(style: str) -> Response:
    """What this request is answered when too many are before it."""
    if is_api() or request.path == CALLBACK:
        response = flask_response(refusal(503, term("busy_api", "en")))
    else:
        response = Response(busy_page(parsed(search()).lang, style), 503, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def busy_page(lang: Lang, style: str) -> str:
    """The document of a page that is refused, whatever its address: it leads there again."""
    return plain_page(
        lang, title="busy", why="busy_why", target="", way_on="try_again", style=style
    )
