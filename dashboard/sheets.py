"""
Briefings as PDF: `/briefing.pdf?<state of the page>`, and for the command line.

An edge, registered by `register`. Knows what is printed under which name, and what a reader is
told when it cannot be; the browser is `dashboard.printing`'s.
"""

from functools import partial
from html import escape

from flask import Flask, Response

from dashboard.api import headers
from dashboard.attachments import Asked, answered, attachment, said
from dashboard.briefing import Briefing, briefing, years
from dashboard.chromium import FailedError, NoChromiumError
from dashboard.context import Context
from dashboard.exports.naming import joined
from dashboard.printing import Printer
from dashboard.text import term
from dashboard.visit import Visit
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
        made = partial(_sent, printer)
        return answered(context, ROUTE, "sheets_gone", edition=edition, made=made)

    server.add_url_rule(ROUTE, "sheets", _sheets)


def _sent(printer: Printer, asked: Asked) -> Response:
    """The PDF of a link; else why there is none."""
    visit, lang = asked.visit(PAGE), asked.state.lang
    try:
        with printer.place():
            made = briefing(visit)
            content = printed(printer, visit, made, f"{asked.address}{PAGE}?{asked.search}")
    except NoChromiumError:
        return said(503, term("sheets_no_browser", lang))
    except FailedError:
        response = said(503, term("sheets_busy", lang))
        response.headers["Retry-After"] = f"{printer.limits.seconds:.0f}"
        return response
    return attachment(content, "application/pdf", filename(visit, made, "pdf"))


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


def filename(visit: Visit, made: Briefing, suffix: str) -> str:
    """Such as "underlag_0180-stockholm_1997-2025_20261121T150826Z-0a079bac.pdf"."""
    state, lang = visit.state, visit.lang
    what = state.samling or state.tema or (term("sheet_own", lang) if state.indikatorer else "")
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_briefing", lang),
        what,
        f"{made.region}-{visit.places[made.region].name(lang)}",
        "-".join(dict.fromkeys(years(made.chapters) or ())),
        visit.warehouse.version,
    )
    return joined(parts, suffix)
