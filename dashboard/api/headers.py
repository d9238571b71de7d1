"""
How long an answer keeps, whether the client has it already, and whose pages may read it.

An edge: it reads the request. It never looks into an answer of the data: their tag is that of
version and request.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import orjson
from flask import Response, request

from dashboard.settings import ANYBODY

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
