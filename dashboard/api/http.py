"""
How long an answer keeps, whether the client has it already, and whose pages may read it.

An edge: it reads the request. It never looks into an answer of the data: their tag is that of
version and request.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, request

from dashboard.api.declared import Problem, Values
from dashboard.data.context import Context
from dashboard.data.settings import ANYBODY
from dashboard.data.versions import Warehouse

SHORT = 300
YEAR = 31_536_000
METHODS = ("GET", "HEAD", "OPTIONS")
EXPOSED = "ETag, Link, Content-Disposition, Retry-After"
DAY = 86_400


def tag(*parts: Any) -> str:
    """What tells one answer from all others, of all that it depends on."""
    known = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=str)
    return blake2b(known, digest_size=16).hexdigest()


def known(etag: str) -> bool:
    """Whether the client says that it has this answer."""
    return request.if_none_match.contains_weak(etag)


def kept(response: Response, etag: str, *, pinned: bool) -> Response:
    """An answer with its tag, to be kept five minutes, or for good when its version is named."""
    response.set_etag(etag)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if pinned else SHORT
    if pinned:
        response.cache_control.immutable = True
    response.vary.add("Accept-Encoding")
    return response


def asked_again(response: Response) -> Response:
    """An answer that must be asked for each time; 304 when it is as it was."""
    response.cache_control.no_cache = True
    response.set_etag(blake2b(response.get_data(), digest_size=16).hexdigest())
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


def shared(response: Response, origins: Sequence[str]) -> Response:
    """An answer that pages of the configured origins may read; of nobody else's when none is."""
    if not origins:
        return response
    origin = request.headers.get("Origin", "")
    if ANYBODY in origins:
        response.headers["Access-Control-Allow-Origin"] = ANYBODY
    else:
        response.vary.add("Origin")
        if origin.lower() not in origins:
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = str(DAY)
    return response


MIMETYPE = "application/problem+json"


class RefusedError(Exception):
    """A request that cannot be answered: `status`, what is wrong with which fields, `detail`."""

    def __init__(self, status: int, problems: Sequence[Problem] = (), detail: str = "") -> None:
        """Take what is wrong with fields, or a sentence on the whole."""
        self.status = status
        self.problems = tuple(problems)
        self.detail = detail or "; ".join(f"{one.field}: {one.detail}" for one in problems)
        super().__init__(self.detail)


def refuse(problems: Sequence[Problem]) -> None:
    """
    Raise all problems at once, if there are any.

    Raises:
        RefusedError: with the status that all problems have, or 400 where they differ.

    """
    statuses = {one.status for one in problems}
    if statuses:
        raise RefusedError(statuses.pop() if len(statuses) == 1 else 400, problems)


def body(status: int, detail: str, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """The document of a refusal."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        document["errors"] = [{"field": one.field, "detail": one.detail} for one in problems]
    return document


def streamed(
    chunks: Iterator[bytes], mimetype: str, *, name: str | None, stack: ExitStack
) -> Response:
    """
    A stream that owns what it reads from, under a name if it is a download.

    Raises:
        TooLargeError: before it begins, for what the format cannot hold.

    """
    held = _held(next(chunks, b""), chunks, stack)
    next(held)  # from here on the version is given back however the stream ends
    response = Response(held, content_type=mimetype)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _held(first: bytes, chunks: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack.pop_all():
        yield b""
        yield first
        yield from (chunk for chunk in chunks if chunk)


@dataclass(frozen=True)
class Asking:
    """
    A request that was read: `values` of its fields, the open `warehouse` that answers it.

    `address`: where the reader finds the panel, without a final slash.
    """

    context: Context
    warehouse: Warehouse
    values: Values
    address: str
