"""
Answers in as few bytes as the browser understands: Brotli, gzip, or as they are.

An edge. Knows what is worth compressing, and remembers what it compressed by its content.
It never touches an answer that streams, that is part of a file, or that is compressed already.
"""

import gzip
from functools import partial
from hashlib import blake2b

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept

from dashboard.memory import Memory

ENCODINGS = ("br", "gzip")  # the smaller one first
TEXTS = frozenset(
    {"application/geo+json", "application/javascript", "application/json", "image/svg+xml"}
    | {"text/css", "text/csv", "text/html", "text/javascript", "text/plain"}
)
LEAST_BYTES = 1_000
# Brotli at 11 takes seconds. Scripts and styles are compressed once, the answers of callbacks
# while somebody waits: of an overview of 177 kB 17.6 kB are left at 5, and 20.5 at 2 in a third
# of the time.
QUALITY, SOON = 5, 2
REMEMBERED = 256
LARGEST_REMEMBERED = 1_000_000


def compress_answers(server: Flask) -> None:
    """Compress what the server answers from now on, and remember the last answers."""
    memory = Memory(REMEMBERED)

    def _compress(response: Response) -> Response:
        if worthwhile(response):
            response.vary.add("Accept-Encoding")
            chosen = encoding(request.accept_encodings)
            if chosen:
                _encode(response, chosen, memory)
        return response

    server.after_request(_compress)


def encoding(accepted: Accept) -> str | None:
    """The best encoding that a request accepts; None when it must have plain bytes."""
    return next((one for one in ENCODINGS if accepted.quality(one) > 0), None)


def worthwhile(response: Response) -> bool:
    """Whether an answer is whole, text, and long enough to gain from being compressed."""
    return (
        response.mimetype in TEXTS
        and response.status_code not in {204, 206, 304}
        and "Content-Encoding" not in response.headers
        and not response.direct_passthrough
        and not response.is_streamed
        and len(response.get_data()) >= LEAST_BYTES
    )


def compressed(data: bytes, encoding: str, quality: int = QUALITY) -> bytes:
    """The bytes in one of ENCODINGS; the same bytes always give the same."""
    if encoding == "br":
        shorter: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
        return shorter
    return gzip.compress(data, compresslevel=quality, mtime=0)


def _encode(response: Response, encoding: str, memory: Memory) -> None:
    """Put the encoded bytes in place; the tag becomes a weak one, and is compared as such."""
    data = response.get_data()
    quality = SOON if response.mimetype == "application/json" else QUALITY
    make = partial(compressed, data, encoding, quality)
    if len(data) > LARGEST_REMEMBERED:
        response.set_data(make())
    else:
        key = (blake2b(data, digest_size=16).digest(), encoding)
        response.set_data(memory.recall(key, make))
    response.headers["Content-Encoding"] = encoding
    response.headers.pop("Accept-Ranges", None)
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
        response.make_conditional(request.environ)
