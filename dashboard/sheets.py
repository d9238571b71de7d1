"""
Briefings as PDF: `/briefing.pdf?<state of the page>`, and for the command line.

An edge, registered by `register`. Knows what is printed under which name, and what a reader is
told when it cannot be; the browser is `dashboard.printing`'s.
"""

from collections.abc import Sequence
from html import escape

from flask import Flask, Response, request

from dashboard import queries, regions
from dashboard.api import headers
from dashboard.briefing import Briefing, briefing
from dashboard.chromium import FailedError, NoChromiumError
from dashboard.context import Context
from dashboard.exports.naming import joined
from dashboard.lines import Look
from dashboard.printing import Printer
from dashboard.text import term
from dashboard.url import State, parsed
from dashboard.visit import Visit
from dashboard.warehouse import Warehouse
from etl import __version__

ROUTE = "/briefing.pdf"
PAGE = "/briefing"
MOST = 4  # sheets
FOOTER = (
    '<div style="width:100%;margin:0 16mm;display:flex;justify-content:space-between;gap:8mm;'
    'font:7pt sans-serif;color:#4d545d"><span>{words}</span>'
    '<span style="white-space:nowrap">{number}</span></div>'
)


def register(server: Flask, context: Context) -> None:
    """Answer the address of PDFs from a context; no browser starts before it is needed."""
    edition = headers.tag(__version__, repr(context.catalogue))
    printer = Printer(server, context.settings.chromium)
    server.extensions["printer"] = printer

    def _sheets() -> Response:
        return sheets(context, printer, edition=edition)

    server.add_url_rule(ROUTE, "sheets", _sheets)


def sheets(context: Context, printer: Printer, *, edition: str) -> Response:
    """The PDF of a link; 304 where the browser has it, else why there is none, in words."""
    search = request.query_string.decode("utf-8", "replace")
    state, newest = parsed(search), context.warehouses.newest()
    address = context.settings.address or request.host_url.rstrip("/")
    etag = headers.tag(edition, state.version or newest, address, ROUTE, search)
    if newest and headers.known(etag):
        return headers.kept(Response(status=304), etag, pinned=bool(state.version))
    with context.warehouses.at(state.version) as warehouse:
        if warehouse is None:
            return _said(410 if newest else 503, term("sheets_gone", state.lang))
        visit = visited(context, warehouse, state)
        try:
            with printer.place():
                made = briefing(visit)
                content = printed(printer, visit, made, f"{address}{PAGE}?{search}")
        except NoChromiumError:
            return _said(503, term("sheets_no_browser", state.lang))
        except FailedError:
            response = _said(503, term("sheets_busy", state.lang))
            response.headers["Retry-After"] = f"{printer.limits.seconds:.0f}"
            return response
    response = Response(content, content_type="application/pdf")
    named = filename(visit, made)
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return headers.kept(response, etag, pinned=bool(state.version))


def visited(context: Context, warehouse: Warehouse, state: State) -> Visit:
    """A visit of the page of briefings."""
    places = context.memory.recall(
        (warehouse.version, "regions"), lambda: regions.by_code(queries.regions(warehouse))
    )
    look = Look(state.lang, example=warehouse.example)
    return Visit(context, warehouse, PAGE, state, places, look, context.warehouses.newest())


def printed(printer: Printer, visit: Visit, made: Briefing, address: str) -> bytes:
    """
    The page of a full address on at most four sheets, where it stays legible so.

    Raises:
        NoChromiumError, FailedError: as `Printer.pdf`.

    """
    lang, version = visit.lang, visit.warehouse.version
    example = [term("example", lang)] if visit.warehouse.example else []
    number, count = '<span class="pageNumber"></span>', '<span class="totalPages"></span>'
    footer = FOOTER.format(
        words=escape(" · ".join([*example, made.title, version])),
        number=term("sheet_number", lang, number=number, count=count),
    )
    return printer.pdf(address, footer=footer, most=MOST)


def filename(visit: Visit, made: Briefing) -> str:
    """Such as "underlag_0180-stockholm_1997-2025_20261121T150826Z-0a079bac.pdf"."""
    state, lang = visit.state, visit.lang
    what = state.samling or state.tema or (term("sheet_own", lang) if state.indikatorer else "")
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_briefing", lang),
        what,
        f"{made.region}-{visit.places[made.region].name(lang)}",
        _years(made),
        visit.warehouse.version,
    )
    return joined(parts, "pdf")


def _years(made: Briefing) -> str:
    """The first and the last year that is drawn."""
    periods: Sequence[str] = [
        period[:4]
        for chapter in made.chapters
        for drawn in chapter.panels
        for period in drawn.series["period"]
    ]
    return "-".join(dict.fromkeys((min(periods), max(periods)))) if periods else ""


def _said(status: int, text: str) -> Response:
    """Why there is no file, in words; never remembered."""
    response = Response(text, status, content_type="text/plain; charset=utf-8")
    response.cache_control.no_store = True
    return response
