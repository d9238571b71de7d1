"""
Files to take along: what a page shows, a whole indicator, a selection, the whole catalogue.

An edge, registered by `register`. `/ladda-ner/<what>.<suffix>?<state of the page>`, where `what`
is an indicator's id (what its page shows; with `omfang=allt` everything there is of it), `urval`
(the indicators, regions, groups and years that the address names) or `katalogen` (everything).
`flavour=excel` is the CSV for a Swedish Excel. A file streams from the version it belongs to,
which stays open until its last byte.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from html import escape

from flask import Flask, Response, request

from dashboard.api import http
from dashboard.api.http import streamed
from dashboard.codes import LEVELS
from dashboard.data.context import Context
from dashboard.data.queries.exports import Wanted
from dashboard.data.versions import Warehouse
from dashboard.exports.deck import deck
from dashboard.exports.description import filename
from dashboard.exports.extract import Extract, TooLargeError
from dashboard.exports.formats import MACHINE, FileFormat, chosen_format
from dashboard.exports.read import extract
from dashboard.exports.shown import shown
from dashboard.pages.indicator.listing import existing
from dashboard.pages.indicator.page import VIEWS, way
from dashboard.panels.briefing import Briefing, briefing, years
from dashboard.server.printing import FailedError, NoChromiumError, Printer
from dashboard.state.comparison import named_comparison
from dashboard.state.resolve import ways
from dashboard.state.url import KEYS, State, parsed, printed
from dashboard.state.visit import Visit, visited
from dashboard.text import term
from dashboard.text.format import file_name
from etl import __version__


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
    etag = http.tag(edition, state.version or newest, address, name, search)
    pinned = bool(state.version)
    if newest and http.known(etag):
        return http.kept(Response(status=304), etag, pinned=pinned)
    with ExitStack() as stack:
        warehouse = stack.enter_context(context.warehouses.at(state.version))
        if warehouse is None:
            return said(410 if newest else 503, term(gone, state.lang))
        answer = made(Asked(context, warehouse, state, newest, search, address, stack))
    return http.kept(answer, etag, pinned=pinned) if answer.status_code == 200 else answer


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


ROUTE = "/ladda-ner/<name>.<suffix>"
CATALOGUE, SELECTION, ALL = "katalogen", "urval", "allt"


def register(server: Flask, context: Context) -> None:
    """Answer the addresses of files from a context."""
    edition = http.tag(__version__, repr(context.catalogue))

    def _download(name: str, suffix: str) -> Response:
        return download(context, name, suffix, edition=edition)

    server.add_url_rule(ROUTE, "download", _download)


def download(context: Context, name: str, suffix: str, *, edition: str) -> Response:
    """A file; 304 where the browser has it, else what cannot be sent and why, in words."""
    file = f"{name}.{suffix}"
    form = chosen_format(suffix, request.args.get("flavour", MACHINE))
    if form is None or name not in {CATALOGUE, SELECTION, *context.catalogue.indicator}:
        lang = parsed(request.query_string.decode("utf-8", "replace")).lang
        return said(404, term("download_unknown", lang, name=file[:80]))
    made = partial(_sent, name, form)
    return answered(context, file, "download_gone", edition=edition, made=made)


def _sent(name: str, form: FileFormat, asked: Asked) -> Response:
    """The file as it is made; what is too large is refused before it begins."""
    made = _extract(name, request.args, asked)
    named = filename(made.meta, form.suffix)
    try:
        return streamed(form.write(made), form.mimetype, name=named, stack=asked.stack)
    except TooLargeError as error:
        return said(400, str(error))


def _extract(name: str, given: Mapping[str, str], asked: Asked) -> Extract:
    """The rows of the page, or all that the address names."""
    if name in asked.context.catalogue.indicator and given.get("omfang") != ALL:
        return _page(name, asked)
    return extract(
        asked.context,
        asked.warehouse,
        _wanted(name, given, asked),
        lang=asked.state.lang,
        permalink=_permalink(name, asked),
    )


def _permalink(name: str, asked: Asked) -> str:
    """The full address of the page that shows the same."""
    page = "/data" if name in {CATALOGUE, SELECTION} else f"/indikator/{name}"
    return asked.address + page + printed(asked.state)


def _page(name: str, asked: Asked) -> Extract:
    """What the indicator's page shows, in the view that the address asks for."""
    visit = asked.visit(f"/indikator/{name}")
    indicator = visit.catalogue.indicator[name]
    seen, _ = way(visit, ways(indicator, existing(visit, indicator)))
    rows = VIEWS[seen](visit, indicator).rows
    return shown(visit, indicator, rows, _permalink(name, asked))


def _wanted(name: str, given: Mapping[str, str], asked: Asked) -> Wanted:
    """Everything of the catalogue or of an indicator; of a selection what the address names."""
    every = tuple(one.id for one in asked.context.catalogue.indicators)
    if name != SELECTION:
        return Wanted(indicators=every if name == CATALOGUE else (name,))
    state = asked.state
    named = {field for field, key in KEYS.items() if key.name in given}
    region = state.region if "region" in named else ""
    places = None
    if region or state.comparison:
        compared = _compared(asked, region) if state.comparison else ()
        places = tuple(dict.fromkeys((*filter(None, [region]), *compared)))
    first, last = state.years or (None, None)
    return Wanted(
        indicators=state.indicators or every,
        regions=places,
        levels=(LEVELS[state.level],) if "level" in named else None,
        sexes=state.sexes if "sexes" in named else None,
        backgrounds=state.backgrounds if "backgrounds" in named else None,
        educations=state.educations if "educations" in named else None,
        first=first,
        last=last,
    )


def _compared(asked: Asked, region: str) -> list[str]:
    """The comparison regions of a selection; a union, which has no rows here, as its members."""
    visit = asked.visit("/data")
    similar = partial(visit.similar, region, *visit.state.indicators)
    named, _ = named_comparison(visit.state, region, visit.places, similar)
    codes = [code for group in named.values() for code in group]
    return [member for code in codes for member in visit.places[code].members or (code,)]


PDF_ROUTE = "/briefing.pdf"
PAGE = "/briefing"
MOST = 4  # sheets
FOOTER = (
    '<div style="width:100%;margin:0 16mm;display:flex;justify-content:space-between;gap:8mm;'
    'font:7pt sans-serif;color:#4d545d"><span>{words}</span>'
    '<span style="white-space:nowrap">{number}</span></div>'
)


def register_briefings(server: Flask, context: Context) -> None:
    """Answer the address of PDFs from a context; no browser starts before it is needed."""
    edition = http.tag(__version__, repr(context.catalogue))
    printer = Printer(server, context.settings.chromium)
    server.extensions["printer"] = printer

    def _sheets() -> Response:
        made = partial(_pdf_sent, printer)
        return answered(context, PDF_ROUTE, "sheets_gone", edition=edition, made=made)

    server.add_url_rule(PDF_ROUTE, "sheets", _sheets)


def _pdf_sent(printer: Printer, asked: Asked) -> Response:
    """The PDF of a link; else why there is none."""
    visit, lang = asked.visit(PAGE), asked.state.lang
    try:
        with printer.place():
            made = briefing(visit)
            content = printed_briefing(
                printer, visit, made, f"{asked.address}{PAGE}?{asked.search}"
            )
    except NoChromiumError:
        return said(503, term("sheets_no_browser", lang))
    except FailedError:
        response = said(503, term("sheets_busy", lang))
        response.headers["Retry-After"] = f"{printer.limits.seconds:.0f}"
        return response
    return attachment(content, "application/pdf", briefing_filename(visit, made, "pdf"))


def printed_briefing(printer: Printer, visit: Visit, made: Briefing, address: str) -> bytes:
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


def briefing_filename(visit: Visit, made: Briefing, suffix: str) -> str:
    """Such as "underlag_0180-stockholm_1997-2025_20261121T150826Z-0a079bac.pdf"."""
    state, lang = visit.state, visit.lang
    what = state.collection or state.theme or (term("sheet_own", lang) if state.indicators else "")
    parts = (
        term("file_example", lang) if visit.warehouse.example else "",
        term("file_briefing", lang),
        what,
        f"{made.region}-{visit.places[made.region].name(lang)}",
        "-".join(dict.fromkeys(years(made.chapters) or ())),
        visit.warehouse.version,
    )
    return file_name(parts, suffix)


SLIDES_ROUTE = "/briefing.pptx"
MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def register_slides(server: Flask, context: Context) -> None:
    """Answer the address of slides from a context."""
    edition = http.tag(__version__, repr(context.catalogue))

    def _slides() -> Response:
        return answered(context, SLIDES_ROUTE, "slides_gone", edition=edition, made=_slides_sent)

    server.add_url_rule(SLIDES_ROUTE, "presentation", _slides)


def _slides_sent(asked: Asked) -> Response:
    """The slides of a link."""
    # Whoever makes no slides does not carry python-pptx, lxml and Pillow in memory.
    from dashboard.exports.slides import slides  # noqa: PLC0415

    visit = asked.visit(PAGE)
    made = briefing(visit)
    content = slides(deck(visit, made, asked.address))
    return attachment(content, MIMETYPE, briefing_filename(visit, made, "pptx"))
