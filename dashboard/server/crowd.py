"""
How many questions are worked on at once, how many wait, and what the others are told.

An edge. Knows the places of one process. Who finds none is refused before any work, and for who
has gone before his turn nothing is made.
"""

import socket
from collections import deque
from collections.abc import Iterable
from enum import Enum, auto
from threading import Event, Lock
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from dashboard.api.answer import refusal
from dashboard.server.endpoints import flask_response, is_api, search
from dashboard.server.http import plain_page
from dashboard.server.warm import CALLBACK
from dashboard.state.url import parsed
from dashboard.text import term
from etl.catalogue import Lang

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RETRY_SECONDS = 5
# Two pages at once take turns at one core, which makes neither sooner and lets those wait that are
# known; ten make up the second that one waits for.
_PAGES_AT_ONCE, _PAGES_WAITING = 1, 9
# A file keeps its place until its last byte is sent, however slowly it is read.
_FILES_AT_ONCE, _FILES_WAITING = 4, 2
_FILES = "/ladda-ner/"
# What takes less than waiting would, and sheets on paper, which have places of their own.
_AT_ONCE = ("/health", "/assets/", "/panel.", "/_dash-layout", "/_dash-dependencies",
            "/_dash-component-suites/", "/_favicon.ico", "/briefing.pdf")  # fmt: skip
_REFUSED = "panel.refused"  # in the environment of a question that found no place
# Servers that pass on the connection; a question without one is our own.
_SOCKETS = ("gunicorn.socket", "werkzeug.socket")


class Turn(Enum):
    """What becomes of a question: it has a place, is refused, or its reader has gone."""

    PLACE = auto()
    REFUSED = auto()
    GONE = auto()


class _Waiting:
    """A question in the line: over which connection, and what becomes of it."""

    def __init__(self, connection: socket.socket) -> None:
        """Wait for a place."""
        self.connection = connection
        self.outcome = Turn.GONE
        self.is_decided = Event()

    def is_gone(self) -> bool:
        """Whether its reader has gone; then it need not wait any longer."""
        if has_gone(self.connection):
            self.is_decided.set()
        return self.is_decided.is_set()


class Turns:
    """So many at work, so many in a line before them; safe between threads."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Let `at_once` work, and `waiting` more wait for them."""
        self._free = at_once
        self._most = waiting
        self._line: deque[_Waiting] = deque()
        self._lock = Lock()

    def take(self, connection: socket.socket) -> Turn:
        """
        A place, when it is this question's turn; refused at once when too many are before it.

        Those before it whose readers have gone do not count.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                return Turn.PLACE
            if len(self._line) >= self._most:
                self._line = deque(one for one in self._line if not one.is_gone())
            if len(self._line) >= self._most:
                return Turn.REFUSED
            mine = _Waiting(connection)
            self._line.append(mine)
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
                    return
            self._free += 1


def admit(server: Flask, style: str) -> None:
    """
    Let a server work on what it has places for, and refuse the rest: 503 and when to come again.

    Flask runs it before all that is registered later. `style` is the address of the style sheet.
    """
    application = server.wsgi_app
    pages, files = Turns(_PAGES_AT_ONCE, _PAGES_WAITING), Turns(_FILES_AT_ONCE, _FILES_WAITING)

    def admitted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        connection = next((environ[name] for name in _SOCKETS if name in environ), None)
        path = environ["PATH_INFO"]
        if connection is None or path.startswith(_AT_ONCE):
            return application(environ, start_response)
        places = files if path.startswith(_FILES) else pages
        outcome = Turn.GONE if has_gone(connection) else places.take(connection)
        if outcome is Turn.GONE:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return ()
        if outcome is Turn.REFUSED:
            environ[_REFUSED] = True
            return application(environ, start_response)
        is_kept = False
        try:
            answer = application(environ, start_response)
            is_kept = places is files
        finally:
            if not is_kept:
                places.leave()
        return ClosingIterator(answer, places.leave) if is_kept else answer

    def refuse() -> Response | None:
        return busy_answer(style) if _REFUSED in request.environ else None

    server.wsgi_app = admitted  # type: ignore[method-assign]
    server.before_request(refuse)


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
