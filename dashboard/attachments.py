"""
Files over HTTP: of which version, whether the reader has one already, and why there is none.

An edge: it reads the request. What is in a file, and what it is called, is known where it is made.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from flask import Response, request

from dashboard.api import headers
from dashboard.context import Context
from dashboard.text import term
from dashboard.url import State, parsed
from dashboard.visit import Visit, visited
from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class Asked:
    """
    A file that is asked for.

    `current` is the newest version, which may not be the one that is asked for. `address` is the
    scheme and host that links begin with, `search` the state as text. What `stack` holds, the
    version among it, is given back when the answer is made; a stream takes it.
    """

    context: Context
    warehouse: Warehouse
    state: State
    current: str
    search: str
    address: str
    stack: ExitStack

    def visit(self, path: str) -> Visit:
        """The visit of the page at `path` by the same state."""
        return visited(self.context, self.warehouse, path, self.state, current=self.current)


def answered(
    context: Context, name: str, gone: str, *, edition: str, made: Callable[[Asked], Response]
) -> Response:
    """
    The answer to a request for a file; 304 where the reader has it, in words where there is none.

    Args:
        context: with the versions.
        name: of the file, as the address has it.
        gone: the term that says that its version is not there.
        edition: what changes with the program and the catalogue.
        made: makes the answer; one that is no file is never remembered.

    """
    search = request.query_string.decode("utf-8", "replace")
    state, newest = parsed(search), context.warehouses.newest()
    address = context.settings.address or request.host_url.rstrip("/")
    etag = headers.tag(edition, state.version or newest, address, name, search)
    pinned = bool(state.version)
    if newest and headers.known(etag):
        return headers.kept(Response(status=304), etag, pinned=pinned)
    with ExitStack() as stack:
        warehouse = stack.enter_context(context.warehouses.at(state.version))
        if warehouse is None:
            return said(410 if newest else 503, term(gone, state.lang))
        answer = made(Asked(context, warehouse, state, newest, search, address, stack))
    return headers.kept(answer, etag, pinned=pinned) if answer.status_code == 200 else answer


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    """A whole file under a name."""
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def said(status: int, text: str) -> Response:
    """Why there is no file, in words; never remembered."""
    response = Response(text, status, content_type="text/plain; charset=utf-8")
    response.cache_control.no_store = True
    return response
