"""
Slides of a briefing over HTTP: `/briefing.pptx?<state of the page>`.

An edge, registered by `register`. It needs no browser; the same link gives the same slides as
long as its version is kept.
"""

from flask import Flask, Response, request

from dashboard import queries, regions
from dashboard.api import headers
from dashboard.briefing import briefing
from dashboard.context import Context
from dashboard.exports.deck import deck
from dashboard.exports.naming import joined
from dashboard.lines import Look
from dashboard.text import term
from dashboard.url import State, parsed
from dashboard.view import own_region
from dashboard.visit import Visit
from dashboard.warehouse import Warehouse
from etl import __version__

ROUTE = "/briefing.pptx"
PAGE = "/briefing"
MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def register(server: Flask, context: Context) -> None:
    """Answer the address of slides from a context."""
    edition = headers.tag(__version__, repr(context.catalogue))

    def _slides() -> Response:
        return presentation(context, edition=edition)

    server.add_url_rule(ROUTE, "presentation", _slides)


def presentation(context: Context, *, edition: str) -> Response:
    """The slides of a link; 304 where the browser has them, else why there are none, in words."""
    state = parsed(request.query_string.decode("utf-8", "replace"))
    newest = context.warehouses.newest()
    address = context.settings.address or request.host_url.rstrip("/")
    version = state.version or newest
    etag = headers.tag(edition, version, address, ROUTE, sorted(request.args.items()))
    if newest and headers.known(etag):
        return headers.kept(Response(status=304), etag, pinned=bool(state.version))
    with context.warehouses.at(state.version) as warehouse:
        if warehouse is None:
            said = Response(term("slides_gone", state.lang), 410 if newest else 503)
            said.content_type = "text/plain; charset=utf-8"
            said.cache_control.no_store = True
            return said
        response = _sent(context, warehouse, state, address)
    return headers.kept(response, etag, pinned=bool(state.version))


def _sent(context: Context, warehouse: Warehouse, state: State, address: str) -> Response:
    """The file under a name that tells region, years and version."""
    # Whoever makes no slides does not carry python-pptx, lxml and Pillow in memory.
    from dashboard.exports.slides import slides  # noqa: PLC0415

    places = context.memory.recall(
        (warehouse.version, "regions"), lambda: regions.by_code(queries.regions(warehouse))
    )
    look = Look(state.lang, example=warehouse.example)
    visit = Visit(context, warehouse, PAGE, state, places, look, context.warehouses.newest())
    own = places[own_region(state, places)[0]]
    made = briefing(visit)
    response = Response(slides(deck(visit, made, address)), content_type=MIMETYPE)
    parts = (
        term("file_example", state.lang) if warehouse.example else "",
        term("file_briefing", state.lang),
        f"{own.code}-{own.name(state.lang)}",
        warehouse.version,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{joined(parts, "pptx")}"'
    return response
