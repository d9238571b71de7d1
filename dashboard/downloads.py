"""
Files to take along: what a page shows, a whole indicator, a selection, the whole catalogue.

An edge, registered by `register`. `/ladda-ner/<what>.<suffix>?<state of the page>`, where `what`
is an indicator's id (what its page shows; with `omfang=allt` everything there is of it), `urval`
(the indicators, regions, groups and years that the address names) or `katalogen` (everything).
`flavour=excel` is the CSV for a Swedish Excel. A file streams from the version it belongs to,
which stays open until its last byte.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from flask import Flask, Response, request

from dashboard.api import headers
from dashboard.api.streams import streamed
from dashboard.attachments import Asked, answered, said
from dashboard.context import Context
from dashboard.exports.asked import extract
from dashboard.exports.extract import Extract, Format, TooLargeError
from dashboard.exports.formats import FLAVOURS, FORMATS
from dashboard.exports.naming import filename
from dashboard.exports.rows import Wanted
from dashboard.exports.shown import shown
from dashboard.pages.indicator import VIEWS, way
from dashboard.pages.views.choices import existing
from dashboard.scope import LEVELS
from dashboard.text import term
from dashboard.url import parsed, printed
from dashboard.ways import ways
from etl import __version__

ROUTE = "/ladda-ner/<name>.<suffix>"
CATALOGUE, SELECTION, ALL = "katalogen", "urval", "allt"
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {form.suffix: name for name, form in FORMATS.items() if name != "csv-excel"}
)


def register(server: Flask, context: Context) -> None:
    """Answer the addresses of files from a context."""
    edition = headers.tag(__version__, repr(context.catalogue))

    def _download(name: str, suffix: str) -> Response:
        return download(context, name, suffix, edition=edition)

    server.add_url_rule(ROUTE, "download", _download)


def download(context: Context, name: str, suffix: str, *, edition: str) -> Response:
    """A file; 304 where the browser has it, else what cannot be sent and why, in words."""
    file = f"{name}.{suffix}"
    form = _format(suffix, request.args.get("flavour", "machine"))
    if form is None or name not in {CATALOGUE, SELECTION, *context.catalogue.indicator}:
        lang = parsed(request.query_string.decode("utf-8", "replace")).lang
        return said(404, term("download_unknown", lang, name=file[:80]))
    made = partial(_sent, name, form)
    return answered(context, file, "download_gone", edition=edition, made=made)


def _sent(name: str, form: Format, asked: Asked) -> Response:
    """The file as it is made; what is too large is refused before it begins."""
    made = _extract(name, request.args, asked)
    named = filename(made.meta, form.suffix)
    try:
        return streamed(form.written(made), form.mimetype, name=named, stack=asked.stack)
    except TooLargeError as error:
        return said(400, str(error))


def _format(suffix: str, flavour: str) -> Format | None:
    """The format of an ending; None for one that is not made."""
    if suffix == "csv":
        return FORMATS.get(FLAVOURS.get(flavour, ""))
    return FORMATS.get(SUFFIXES.get(suffix, ""))


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
