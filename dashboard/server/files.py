"""
Large files: made once of a version and a question, and sent so that no thread waits for a reader.

An edge. Knows which questions are for files, what is kept of them, and who sends it: the server
before the panel, where a setting names the place of the cache there; else our own worker; else a
thread, of which `dashboard.server.crowd` lets there be only a few.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from werkzeug.http import unquote_etag

from dashboard.api.answer import HttpAnswer, HttpRequest
from dashboard.api.declared import API_PREFIX
from dashboard.data.context import Context
from dashboard.data.kept import KeptFile

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_FILES = ("/ladda-ner/", "/briefing.pptx")
_OBSERVATIONS = f"{API_PREFIX}/observations"
_BLOCK = 1 << 16
# In the environment of an answer: the file that it is, and that its body is sent by another server.
_KEPT, _ELSEWHERE = "panel.kept_file", "panel.sent_elsewhere"
FROM = "panel.from"  # in the environment of a request: where its answer was, memory or disk
# In the environment of a question for a file: what waits for a place to make it in.
TURN = "panel.turn"
# The only server of ours whose file wrapper takes no thread.
_SENDER = "waitress.client_disconnected"


class NoPlaceError(Exception):
    """So many files are being made and sent that this one has to come again."""


def is_file(environ: "WSGIEnvironment") -> bool:
    """Whether a file is asked for, of any format, also by the API."""
    path = environ["PATH_INFO"]
    if path != _OBSERVATIONS:
        return bool(path.startswith(_FILES))
    asked = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)  # its letters may be codes
    return any(name == "format" and value != "json" for name, value in asked)


def file_answer(
    context: Context,
    asked: HttpRequest,
    make: Callable[[], HttpAnswer],
    environ: "WSGIEnvironment",
) -> HttpAnswer:
    """
    A file as it is kept; made by the first who asks, and kept where it is large and can be.

    Only what is made needs a place.

    Raises:
        NoPlaceError: there is none.

    """
    named = dict(asked.parameters).get("version", "")
    if asked.method != "GET" or (named and named not in context.warehouses.available()):
        return _in_turn(make, environ)
    with context.warehouses.read(named) as reading:
        if reading.unreadable or reading.warehouse is None:
            return _in_turn(make, environ)  # it says what could not be read, which may pass
    published = context.warehouses.identity()
    key = ("file", named or published, asked.address, environ["PATH_INFO"], asked.search)
    if kept := context.kept.file(key):
        return _sent(context, asked, kept, environ)
    made = partial(_made, context, asked, make, key=key, published=published, environ=environ)
    return _in_turn(made, environ)


def _in_turn(make: Callable[[], HttpAnswer], environ: "WSGIEnvironment") -> HttpAnswer:
    """What is made once there is a place for it; a question of our own waits for nobody."""
    if TURN in environ and not environ[TURN]():
        raise NoPlaceError
    return make()


def _made(
    context: Context,
    asked: HttpRequest,
    make: Callable[[], HttpAnswer],
    *,
    key: tuple[str, ...],
    published: str,
    environ: "WSGIEnvironment",
) -> HttpAnswer:
    """A file that was not there yet, kept for those who come after."""
    with context.kept.alone(key):
        if kept := context.kept.file(key):
            return _sent(context, asked, kept, environ)
        made = make()
        # What was made while another version was published may be of either.
        if not isinstance(made.content, Iterator) or published != context.warehouses.identity():
            return made
        content = context.kept.keep_file(key, made.content, made.headers)
    if isinstance(content, KeptFile):
        return _sent(context, asked, content, environ)
    return replace(made, content=content)


def _sent(
    context: Context, asked: HttpRequest, kept: KeptFile, environ: "WSGIEnvironment"
) -> HttpAnswer:
    """The answer that is a file; 304 where the reader has it."""
    environ[FROM] = "disk"
    headers = dict(kept.headers)
    if asked.has(unquote_etag(headers.get("ETag", ""))[0] or ""):
        kept.file.close()
        return HttpAnswer(
            304, {name: headers[name] for name in ("ETag", "Cache-Control") if name in headers}
        )
    if context.settings.accel:
        kept.file.close()
        environ[_ELSEWHERE] = True
        return HttpAnswer(200, {**headers, "X-Accel-Redirect": context.settings.accel + kept.name})
    environ[_KEPT] = kept
    return HttpAnswer(200, {**headers, "Content-Length": str(kept.size)}, kept.blocks())


def handed_over(answer: Iterable[bytes], environ: "WSGIEnvironment") -> Iterable[bytes] | None:
    """
    What a server sends without a thread of ours, in place of an answer; None for all others.

    Nothing that stands around the answer must be passed over, so this comes last.
    """
    if environ.get(_ELSEWHERE):
        return answer
    kept: KeptFile | None = environ.get(_KEPT)
    if kept is None or _SENDER not in environ:
        return None
    if hasattr(answer, "close"):  # it has nothing more to do
        answer.close()
    wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](kept.file, _BLOCK)
    return wrapped
