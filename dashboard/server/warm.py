"""
Answers that somebody has asked for before, sent again before Flask and Dash are asked.

An edge. Whatever was answered to a method, address, body and encoding is answered to them again,
with the same bytes and headers, for as long as the same is published; by any process, also after a
restart, where the context keeps it on disk. A browser that shows a page which this process does not
know is answered as one that shows nothing: with the whole page, which is made once for all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from flask import Flask, Response, g, request
from werkzeug.http import http_date

from dashboard.api.declared import API_PREFIX
from dashboard.components.frame import HELD_ID
from dashboard.data.context import Context
from dashboard.data.kept import KeptFiles
from dashboard.data.memory import ByteMemory
from dashboard.data.versions import Marks, Shelf
from dashboard.server.files import FROM
from dashboard.server.static import STILL, accepted_encoding, is_telephone

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Kind = TypeVar("Kind")
CALLBACK = "/_dash-update-component"
_LONGEST_BODY = 50_000  # of a callback; our pages send a hundredth of it
_NEVER = (f"{API_PREFIX}/", "/ladda-ner/", "/health")
# With one of these an answer depends on what the client has.
_CONDITIONS = frozenset(
    {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
    | {"HTTP_IF_RANGE", "HTTP_RANGE"}
)
_OVERHEAD = 500  # bytes in memory of an answer besides its content
_DEEPEST, _GREATEST = 12, 2**53  # of the values in a body: our pages nest a third of that
_QUESTION = "panel.question"  # in the environment of a request: its `_Question`


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, and what was published when it was; `state` was looked at first."""

    key: bytes
    state: Marks  # with the older versions
    identity: str  # of the current version

    @property
    def file(self) -> tuple[str, ...]:
        """Under what its answer is kept on disk."""
        return ("answer", self.identity, self.key.hex())


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it was sent, but for date and length; `older`: it tells of older versions."""

    state: Marks
    older: bool
    status: str
    headers: tuple[tuple[str, str], ...]
    is_dated: bool
    body: bytes


def note_version(version: str | None, *, compared: bool, for_all: bool) -> None:
    """
    Note the version of the page that is being answered; None when it shows none.

    `compared`: it tells of older versions, too. `for_all`: what is answered is the same whatever
    the browser shows.
    """
    g.shown_version, g.compared, g.is_for_all = version, compared, for_all


def answer_again(server: Flask, context: Context, is_known: Callable[[str], bool]) -> None:
    """
    Remember what a server answers from now on, and answer from memory what is there.

    `is_known`: whether the page with a mark is one of which only the difference can be sent. Flask
    runs it after all that is registered later: an answer is remembered as it is sent.
    """
    application, shelf = server.wsgi_app, context.warehouses
    memory: ByteMemory[_Answer] = context.sent
    shared = lru_cache(64)(_same)  # thousands of answers have a few states and headers

    remembered = partial(_remembered, memory, shelf)

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return application(environ, start_response)
        known, environ[FROM] = remembered(key), "memory"
        if known is None and _shows_nothing(environ, is_known):
            key = _key(environ) or key
            known = remembered(key)
        if known is None:
            question = _Question(key, shelf.state(older=True), shelf.identity())
            known, environ[FROM] = _kept_answer(context.kept, question, shared), "disk"
            if known is None:
                environ[_QUESTION], environ[FROM] = question, "made"
                return application(environ, start_response)
            memory.keep(key, known, len(known.body) + _OVERHEAD)
        date = [("Date", http_date())] * known.is_dated
        length = ("Content-Length", str(len(known.body)))
        start_response(known.status, [*known.headers, length, *date])
        return (known.body,)

    def remember(response: Response) -> Response:
        question: _Question | None = request.environ.get(_QUESTION)
        if question is not None and _is_lasting(response):
            older = g.get("compared", False) or g.get("shown_version") not in {None, shelf.newest()}
            headers = response.get_wsgi_headers(request.environ)
            is_dated = headers.pop("Date", None) is not None
            headers.remove("Content-Length")
            answer = _Answer(
                shared(shelf.state(older=older)),
                older,
                shared(response.status),
                shared(tuple(headers.to_wsgi_list())),
                is_dated,
                response.get_data(),
            )
            if question.state == shelf.state(older=True):
                memory.keep(question.key, answer, len(answer.body) + _OVERHEAD)
                if g.get("is_for_all") and not older:
                    context.kept.keep(question.file, _packed(answer))
        return response

    server.wsgi_app = answered  # type: ignore[method-assign]
    server.after_request(remember)


def _remembered(memory: ByteMemory[_Answer], shelf: Shelf, key: bytes) -> _Answer | None:
    """The answer to a question, for as long as what it was made of is published."""
    known = memory.get(key)
    return known if known and known.state == shelf.state(older=known.older) else None


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
    elif method != "GET" or path.startswith(_NEVER) or not _CONDITIONS.isdisjoint(environ):
        return None
    encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    telephone = is_telephone(environ.get("HTTP_USER_AGENT", ""))
    query, content_type = environ["QUERY_STRING"], environ.get("CONTENT_TYPE")
    root = environ.get("SCRIPT_NAME", "")  # where the server before the panel has it
    asked = (method, root, path, query, content_type, encoding, telephone)
    return blake2b(repr(asked).encode() + body, digest_size=20).digest()


def _shows_nothing(environ: "WSGIEnvironment", is_known: Callable[[str], bool]) -> bool:
    """Ask as a browser that shows nothing, where what it shows is not known; whether it was so."""
    if environ["REQUEST_METHOD"] != "POST":
        return False
    try:
        asked = asked_body(environ["wsgi.input"].getvalue())
        (shown,) = asked["state"]
        mark = shown["value"] if shown["id"] == HELD_ID else None
    except (ValueError, KeyError, TypeError):
        return False  # not what our pages send: Dash answers it
    if not isinstance(mark, str) or is_known(mark):
        return False
    shown["value"] = None
    body = orjson.dumps(asked)
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
    return True


def asked_body(body: bytes) -> Any:
    """
    What a callback is asked, from its body.

    Raises:
        ValueError: for what no page of ours sends: no JSON, half a character, lists in lists,
            deep nesting, and numbers beyond those that a browser counts with.

    """
    asked = orjson.loads(body)
    pending = [(asked, _DEEPEST)]
    while pending:
        value, left = pending.pop()
        if isinstance(value, (int, float)) and not abs(value) <= _GREATEST:
            raise ValueError("a number is too large")
        if not isinstance(value, (dict, list)):
            continue
        inside = list(value.values()) if isinstance(value, dict) else value
        is_in_list = isinstance(value, list) and any(isinstance(one, list) for one in inside)
        if not left or is_in_list:
            raise ValueError("values are nested")
        pending += [(one, left - 1) for one in inside]
    return asked


def _is_lasting(response: Response) -> bool:
    """Whether a whole answer shows a page of a version, or what never changes."""
    if response.status_code != 200 or response.is_streamed or response.direct_passthrough:
        return False
    return g.get("shown_version") is not None or request.endpoint in STILL


def _packed(answer: _Answer) -> bytes:
    """An answer as a file: a line of JSON, then the body."""
    return orjson.dumps([answer.status, answer.headers, answer.is_dated]) + b"\n" + answer.body


def _kept_answer(
    files: KeptFiles, question: _Question, shared: Callable[[Any], Any]
) -> _Answer | None:
    """What is kept on disk as the answer to a question; None where there is nothing."""
    if question.state is None:
        return None
    content = files.get(question.file)
    if content is None:
        return None
    line, _, body = content.partition(b"\n")
    status, headers, is_dated = orjson.loads(line)
    return _Answer(
        # Where another version was published since, the state is that of before: never again.
        shared(question.state[:-1]),
        False,
        shared(status),
        shared(tuple((name, value) for name, value in headers)),
        is_dated,
        body,
    )


def _same(value: Kind) -> Kind:
    return value
