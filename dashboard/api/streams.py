"""
An answer that leaves as it is made.

A stream holds its version open until its last byte, or until the client is gone.
"""

from collections.abc import Iterator
from contextlib import ExitStack

from flask import Response


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
