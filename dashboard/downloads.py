"""
Files to take along: what a page shows, a whole indicator, a selection, the whole catalogue.

An edge, registered by `register`. `/ladda-ner/<what>.<suffix>?<state of the page>`, where `what`
is an indicator's id (what its page shows; with `omfang=allt` everything there is of it), `urval`
(the indicators, regions, groups and years that the address names) or `katalogen` (everything).
`flavour=excel` is the CSV for a Swedish Excel. A file streams from the version it belongs to,
which stays open until its last byte.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import MappingProxyType

from flask import Flask, Response, request

from dashboard import queries, regions
from dashboard.api import headers
from dashboard.context import Context
from dashboard.exports.asked import extract
from dashboard.exports.extract import Extract, Format, TooLargeError
from dashboard.exports.formats import FLAVOURS, FORMATS
from dashboard.exports.naming import filename
from dashboard.exports.rows import Wanted
from dashboard.exports.shown import shown
from dashboard.lines import Look
from dashboard.pages.indicator import VIEWS, way
from dashboard.pages.views.choices import existing
from dashboard.scope import LEVELS
from dashboard.text import term
from dashboard.url import State, parsed, printed
from dashboard.visit import Visit
from dashboard.warehouse import Warehouse
from dashboard.ways import ways
from etl import __version__

ROUTE = "/ladda-ner/<name>.<suffix>"
CATALOGUE, SELECTION, ALL = "katalogen", "urval", "allt"
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {form.suffix: name for name, form in FORMATS.items() if name != "csv-excel"}
)


@dataclass(frozen=True)
class Download:
    """What is to be sent: which file of which page, in which format."""

    name: str
    form: Format
    state: State
    given: Mapping[str, str]
    address: str

    @property
    def permalink(self) -> str:
        """The full address of the page that shows the same."""
        page = "/data" if self.name in {CATALOGUE, SELECTION} else f"/indikator/{self.name}"
        return self.address + page + printed(self.state)


def register(server: Flask, context: Context) -> None:
    """Answer the addresses of files from a context."""
    edition = headers.tag(__version__, repr(context.catalogue))

    def _download(name: str, suffix: str) -> Response:
        return download(context, name, suffix, edition=edition)

    server.add_url_rule(ROUTE, "download", _download)


def download(context: Context, name: str, suffix: str, *, edition: str) -> Response:
    """A file; 304 where the browser has it, else what cannot be sent and why, in words."""
    state = parsed(request.query_string.decode("utf-8", "replace"))
    form = _format(suffix, request.args.get("flavour", "machine"))
    if form is None or name not in {CATALOGUE, SELECTION, *context.catalogue.indicator}:
        return _said(404, term("download_unknown", state.lang, name=f"{name}.{suffix}"[:80]))
    newest = context.warehouses.newest()
    version = state.version or newest
    address = context.settings.address or request.host_url.rstrip("/")
    wanted = Download(name, form, state, request.args, address)
    etag = headers.tag(edition, version, address, name, suffix, sorted(request.args.items()))
    if newest and headers.known(etag):
        return headers.kept(Response(status=304), etag, pinned=bool(state.version))
    with ExitStack() as stack:
        warehouse = stack.enter_context(context.warehouses.at(state.version))
        if warehouse is None:
            return _said(410 if newest else 503, term("download_gone", state.lang))
        try:
            response = _sent(_extract(context, warehouse, wanted), form, stack)
        except TooLargeError as error:
            return _said(400, str(error))
    return headers.kept(response, etag, pinned=bool(state.version))


def _sent(made: Extract, form: Format, stack: ExitStack) -> Response:
    """A stream that owns what it reads from; what is too large is refused before it begins."""
    chunks = form.written(made)
    held = _held(chunks, next(chunks, b""), stack)
    next(held)  # from here on the version is given back however the stream ends
    response = Response(held, content_type=form.mimetype)
    named = filename(made.meta, form.suffix)
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return response


def _held(chunks: Iterator[bytes], first: bytes, stack: ExitStack) -> Iterator[bytes]:
    with stack.pop_all():
        yield b""
        yield first
        yield from (chunk for chunk in chunks if chunk)


def _format(suffix: str, flavour: str) -> Format | None:
    """The format of an ending; None for one that is not made."""
    if suffix == "csv":
        return FORMATS.get(FLAVOURS.get(flavour, ""))
    return FORMATS.get(SUFFIXES.get(suffix, ""))


def _extract(context: Context, warehouse: Warehouse, wanted: Download) -> Extract:
    """The rows of the page, or all that the address names."""
    if wanted.name in context.catalogue.indicator and wanted.given.get("omfang") != ALL:
        return _page(context, warehouse, wanted)
    return extract(
        context,
        warehouse,
        _wanted(context, wanted),
        lang=wanted.state.lang,
        permalink=wanted.permalink,
    )


def _page(context: Context, warehouse: Warehouse, wanted: Download) -> Extract:
    """What the indicator's page shows, in the view that the address asks for."""
    places = context.memory.recall(
        (warehouse.version, "regions"), lambda: regions.by_code(queries.regions(warehouse))
    )
    look = Look(wanted.state.lang, example=warehouse.example)
    path = f"/indikator/{wanted.name}"
    newest = context.warehouses.newest()
    visit = Visit(context, warehouse, path, wanted.state, places, look, newest)
    indicator = context.catalogue.indicator[wanted.name]
    seen, _ = way(visit, ways(indicator, existing(visit, indicator)))
    return shown(visit, indicator, VIEWS[seen](visit, indicator).rows, wanted.permalink)


def _wanted(context: Context, wanted: Download) -> Wanted:
    """Everything of the catalogue or of an indicator; of a selection what the address names."""
    every = tuple(one.id for one in context.catalogue.indicators)
    if wanted.name != SELECTION:
        return Wanted(indicators=every if wanted.name == CATALOGUE else (wanted.name,))
    state, given = wanted.state, wanted.given
    named = (state.region,) if "region" in given else ()
    places = tuple(dict.fromkeys((*named, *(state.jamfor or ()))))
    first, last = state.ar or (None, None)
    return Wanted(
        indicators=state.indikatorer or every,
        regions=places or None,
        levels=(LEVELS[state.niva],) if "niva" in given else None,
        sexes=state.kon if "kon" in given else None,
        backgrounds=state.bakgrund if "bakgrund" in given else None,
        educations=state.utb if "utb" in given else None,
        first=first,
        last=last,
    )


def _said(status: int, text: str) -> Response:
    """Why there is no file, in words; never remembered."""
    response = Response(text, status, content_type="text/plain; charset=utf-8")
    response.cache_control.no_store = True
    return response
