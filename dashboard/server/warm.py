"""
Answers that somebody has asked for before, sent again before Flask and Dash are asked.

An edge. Whatever was answered to a method, address, body and encoding is answered to them again,
with the same bytes and headers, for as long as the same is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request
from werkzeug.http import http_date

from dashboard.data.memory import ByteMemory
from dashboard.data.versions import Marks, Shelf
from dashboard.server.static import STILL, accepted_encoding

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CALLBACK = "/_dash-update-component"
_LONGEST_BODY = 50_000  # of a callback; our pages send a hundredth of it
# With one of these an answer depends on what the client has.
_CONDITIONS = frozenset(
    {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
    | {"HTTP_IF_RANGE", "HTTP_RANGE"}
)
_QUESTION = "panel.question"  # in the environment of a request: its `_Question`


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, and what was published when it was."""

    key: bytes
    state: Marks


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it was sent, but for its date; `older`: it shows an older version."""

    state: Marks
    older: bool
    status: str
    headers: tuple[tuple[str, str], ...]
    is_dated: bool
    body: bytes


def shows_version(version: str | None) -> None:
    """Note the version of the page that is being answered; None when it shows none."""
    g.shown_version = version


def answer_again(server: Flask, shelf: Shelf, memory: ByteMemory[_Answer]) -> None:
    """
    Remember what a server answers from now on, and answer from `memory` what it holds.

    Flask runs it after all that is registered later: an answer is remembered as it is sent.
    """
    application = server.wsgi_app

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return application(environ, start_response)
        known = memory.get(key)
        if known is not None and known.state == shelf.state(older=known.older):
            date = [("Date", http_date())] * known.is_dated
            start_response(known.status, [*known.headers, *date])
            return (known.body,)
        environ[_QUESTION] = _Question(key, shelf.state(older=True))
        return application(environ, start_response)

    def remember(response: Response) -> Response:
        question: _Question | None = request.environ.get(_QUESTION)
        if question is not None and _is_lasting(response):
            older = g.get("shown_version") not in {None, shelf.newest()}
            answer = _answer(response, shelf.state(older=older), older=older)
            if question.state == shelf.state(older=True):
                memory.keep(question.key, answer, len(answer.body))
        return response

    server.wsgi_app = answered  # type: ignore[method-assign]
    server.after_request(remember)


def _key(environ: "WSGIEnvironment") -> bytes | None:
    """What tells a question from all others; None for one that is never answered from memory."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    body = b""
    if method == "POST" and path == CALLBACK:
        length = environ.get("CONTENT_LENGTH", "")
        if not length.isdecimal() or int(length) > _LONGEST_BODY:
            return None
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(body)
    elif method != "GET" or not _CONDITIONS.isdisjoint(environ):
        return None
    encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    asked = (method, path, environ["QUERY_STRING"], environ.get("CONTENT_TYPE"), encoding)
    return blake2b(repr(asked).encode() + body, digest_size=20).digest()


def _is_lasting(response: Response) -> bool:
    """Whether a whole answer shows a page of a version, or what never changes."""
    if response.status_code != 200 or response.is_streamed or response.direct_passthrough:
        return False
    return g.get("shown_version") is not None or request.endpoint in STILL


def _answer(response: Response, state: Marks, *, older: bool) -> _Answer:
    headers = response.get_wsgi_headers(request.environ)
    is_dated = headers.pop("Date", None) is not None
    told = tuple(headers.to_wsgi_list())
    return _Answer(state, older, response.status, told, is_dated, response.get_data())
