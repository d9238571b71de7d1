"""
A request and its answer as plain values: how long it keeps, who may read it, how it refuses.

Pure. It never looks into an answer of the data: their tag is that of version and request.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson

from dashboard.api.declared import FieldProblem, Problem
from dashboard.data.context import Context
from dashboard.data.settings import ANYBODY
from dashboard.data.versions import Reading
from etl import __version__

_DATA_SECONDS = 300
YEAR_SECONDS = 31_536_000
API_METHODS = ("GET", "HEAD", "OPTIONS")
UNREADABLE_HEADER = "Unreadable-Version"
_EXPOSED = f"ETag, Link, Content-Disposition, Retry-After, {UNREADABLE_HEADER}"
_PREFLIGHT_SECONDS = 86_400
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True)
class HttpRequest:
    """
    What a request says.

    `search` is the query as it stands in the address; `address` is where readers find the panel,
    without a final slash, "" where that is not configured; `has` says of a tag whether the client
    has that answer.
    """

    method: str
    search: str
    address: str
    has: Callable[[str], bool]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Names and values of the query, in order."""
        return parse_qsl(self.search, keep_blank_values=True)


@dataclass(frozen=True)
class HttpAnswer:
    """A status, headers, and the content, whole or as it is made."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | Iterator[bytes] = b""

    def with_headers(self, headers: Mapping[str, str]) -> "HttpAnswer":
        """The same answer with some headers more."""
        return replace(self, headers={**self.headers, **headers})


def tag(*parts: Any) -> str:
    """What tells one answer from all others, of all that it depends on."""
    content = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS, default=str)
    return blake2b(content, digest_size=16).hexdigest()


def edition(context: Context) -> str:
    """What changes with the program and the catalogue."""
    return tag(__version__, repr(context.catalogue))


def keeping(etag: str, *, pinned: bool) -> dict[str, str]:
    """Headers of an answer that keeps five minutes, or for good when its version is named."""
    control = (
        f"public, max-age={YEAR_SECONDS}, immutable"
        if pinned
        else f"public, max-age={_DATA_SECONDS}"
    )
    # Weak: the tag is that of the question, and the same answer may be sent compressed.
    return {"ETag": f'W/"{etag}"', "Cache-Control": control}


def told_unreadable(reading: Reading) -> dict[str, str]:
    """The header that names the version that should be current and cannot be read, if there is."""
    return {UNREADABLE_HEADER: reading.unreadable} if reading.unreadable else {}


def revalidated(document: bytes, request: HttpRequest) -> HttpAnswer:
    """A JSON document that must be asked for each time; 304 when it is as it was."""
    etag = blake2b(document, digest_size=16).hexdigest()
    headers = {"ETag": f'W/"{etag}"', "Cache-Control": "no-cache"}
    if request.has(etag):
        return HttpAnswer(304, headers)
    return HttpAnswer(200, {"Content-Type": JSON_TYPE, **headers}, document)


def cors(method: str, origin: str, origins: Sequence[str]) -> dict[str, str]:
    """Headers by which pages of the configured origins may read an answer; nobody else's."""
    if not origins:
        return {}
    if ANYBODY in origins:
        headers = {"Access-Control-Allow-Origin": ANYBODY}
    elif origin.lower() in origins:
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    else:
        return {"Vary": "Origin"}
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    if method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = ", ".join(API_METHODS)
        headers["Access-Control-Allow-Headers"] = "If-None-Match"
        headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return headers


class RefusedError(Exception):
    """A request that cannot be answered: `status`, what is wrong with which fields, `detail`."""

    def __init__(
        self, status: int, problems: Sequence[FieldProblem] = (), detail: str = ""
    ) -> None:
        """Take what is wrong with fields, or a sentence on the whole."""
        self.status = status
        self.problems = tuple(problems)
        self.detail = detail or "; ".join(
            f"{problem.field}: {problem.detail}" for problem in problems
        )
        super().__init__(self.detail)


def refuse(problems: Sequence[FieldProblem]) -> None:
    """
    Raise all problems at once, if there are any.

    Raises:
        RefusedError: with the status that all problems have, or 400 where they differ.

    """
    statuses = {problem.status for problem in problems}
    if statuses:
        raise RefusedError(statuses.pop() if len(statuses) == 1 else 400, problems)


def refusal(status: int, detail: str, problems: Sequence[FieldProblem] = ()) -> HttpAnswer:
    """The answer to a request that is refused; never kept."""
    document = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=list(problems) or None,
    )
    content = document.model_dump_json(exclude_none=True).encode()
    return HttpAnswer(status, {"Content-Type": PROBLEM_TYPE, "Cache-Control": "no-cache"}, content)


def file_headers(mimetype: str, name: str) -> dict[str, str]:
    """Headers of a file under a name."""
    return {
        "Content-Type": mimetype,
        "Content-Disposition": f'attachment; filename="{name}"',
    }


def streamed(chunks: Iterator[bytes], headers: Mapping[str, str], stack: ExitStack) -> HttpAnswer:
    """
    A stream that owns what it reads from, which `stack` holds.

    Raises:
        TooLargeError: before it begins, for what the format cannot hold.

    """
    content = _owning(next(chunks, b""), chunks, stack)
    next(content)  # from here on the version is given back however the stream ends
    return HttpAnswer(200, headers, content)


def _owning(first: bytes, chunks: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack.pop_all():
        yield b""
        yield first
        yield from (chunk for chunk in chunks if chunk)
