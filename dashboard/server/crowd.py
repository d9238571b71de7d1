"""
How many questions are worked on at once, how many wait, and what the others are told.

An edge. Knows the places of one process. Who finds none is refused before any work, and for who
has gone before his turn nothing is made.
"""

import socket
from collections.abc import Iterable
from threading import Semaphore
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
# More pages at once only take turns at one core, and ten make up the second that one waits for.
_PAGES_AT_ONCE, _PAGES_WAITING = 2, 8
# A file keeps its place until its last byte is sent, however slowly it is read.
_FILES_AT_ONCE, _FILES_WAITING = 4, 2
_FILES = "/ladda-ner/"
# What takes less than waiting would, and sheets on paper, which have places of their own.
_AT_ONCE = ("/health", "/assets/", "/panel.", "/_dash-layout", "/_dash-dependencies",
            "/_dash-component-suites/", "/_favicon.ico", "/briefing.pdf")  # fmt: skip
_REFUSED = "panel.refused"  # in the environment of a question that found no place
# Servers that pass on the connection; a question without one is our own.
_SOCKETS = ("gunicorn.socket", "werkzeug.socket")


class Turns:
    """So many at work, so many that wait for their turn, in a process of several threads."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Let `at_once` work, and `waiting` more wait for them."""
        self._free = Semaphore(at_once)
        self._left = Semaphore(at_once + waiting)

    def take(self) -> bool:
        """A place, when it is one's turn; False at once when too many are before."""
        if not self._left.acquire(blocking=False):
            return False
        self._free.acquire()
        return True

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()
        self._left.release()


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
        if not places.take():
            environ[_REFUSED] = True
            return application(environ, start_response)
        answer: Iterable[bytes] = ()
        try:
            if has_gone(connection):
                start_response("503 Service Unavailable", [("Content-Length", "0")])
            else:
                answer = application(environ, start_response)
        finally:
            kept = places is files and answer
            if not kept:
                places.leave()
        return ClosingIterator(answer, places.leave) if kept else answer

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
