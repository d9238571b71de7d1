"""
Which page an address leads to, with which status, and the page as the browser gets it.

Knows the addresses of the site. It builds no page itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote

import brotli
import orjson
from dash.development.base_component import Component

from dashboard.api.declared import API_PREFIX
from dashboard.components.elements import browser_content, component_mapping
from dashboard.components.frame import QUESTION_PATH, Page, embed_frame, site_frame, version_told
from dashboard.data.context import Context
from dashboard.data.versions import Reading
from dashboard.pages import missing
from dashboard.pages.indicator import page as indicator_page
from dashboard.pages.registry import MENU, PAGE_FUNCTIONS
from dashboard.state.retired import with_todays_indicators
from dashboard.state.url import EMBED_ROOT, State, parsed
from dashboard.state.visit import visited
from dashboard.text import term
from etl.catalogue import Catalogue

INDICATOR = "/indikator/"
# Other sites may frame these pages, where the settings name them.
_EMBEDDED = f"{EMBED_ROOT}/"
# Below these an address names an indicator, a file with its ending after a dot.
_OF_ONE_INDICATOR = frozenset(
    {"/indikator", f"{EMBED_ROOT}/indikator", "/ladda-ner", f"{API_PREFIX}/indicators"}
)
_OBSERVATIONS = f"{API_PREFIX}/observations"


def todays_address(catalogue: Catalogue, path: str, query: str) -> str | None:
    """
    Where an address leads that names what was replaced; None for others.

    That is an indicator by a former id, and the search that the overview had.

    All that the address says besides stays as it stands. Of pages of several indicators the
    state is read anew instead (`with_todays_indicators`), so that they can say so.
    """
    new_path, new_query = _todays_path(catalogue, path), query
    if path == "/" and parsed(query).search:  # the overview had a search of its own
        new_path = QUESTION_PATH
    if path == _OBSERVATIONS:
        new_query = "&".join(_todays_parameter(catalogue, part) for part in query.split("&"))
    if (new_path, new_query) == (path, query):
        return None
    return f"{new_path}?{new_query}" if new_query else new_path


def _todays_path(catalogue: Catalogue, path: str) -> str:
    place, _, name = path.rpartition("/")
    id, dot, suffix = name.partition(".")
    if place not in _OF_ONE_INDICATOR or id not in catalogue.successors:
        return path
    return f"{place}/{catalogue.successors[id]}{dot}{quote(suffix)}"


def _todays_parameter(catalogue: Catalogue, parameter: str) -> str:
    name, _, value = parameter.partition("=")
    ids = unquote(value).split(",")
    if name != "indicator" or not catalogue.successors.keys() & set(ids):
        return parameter
    return f"{name}={quote(','.join(catalogue.successors.get(id, id) for id in ids), safe=',')}"


def _page_at(context: Context, reading: Reading, path: str, *, state: State, narrow: bool) -> Page:
    """The page of an address; its `status` is that of the answer to GET."""
    id = _indicator_id(path)
    if path not in PAGE_FUNCTIONS and id is None:
        return missing.not_found(path, state)
    if id is not None and id in context.catalogue.retired_by_id:
        retired = context.catalogue.retired_by_id[id]
        return missing.gone_indicator(retired, state, embedded=path.startswith(_EMBEDDED))
    if id is not None and id not in context.catalogue.indicator:
        return missing.no_indicator(id, state)
    if reading.warehouse is None:
        return _without_figures(reading, path, state)
    visit = visited(context, reading.warehouse, path, state, current=reading.current, narrow=narrow)
    embedded = path.startswith(_EMBEDDED)
    indicator = indicator_page.embedded_page if embedded else indicator_page.page
    return PAGE_FUNCTIONS.get(path, indicator)(visit)


def _without_figures(reading: Reading, path: str, state: State) -> Page:
    """Why there are no figures to show: damaged, of a version that is gone, or none as yet."""
    if reading.missing == "unreadable" or (reading.unreadable and not reading.current):
        return missing.unreadable(path, state, others=bool(reading.current))
    return missing.no_version(path, state) if reading.current else missing.no_warehouse(state.lang)


def _indicator_id(path: str) -> str | None:
    """The indicator an address names; None for any other address."""
    inner = path.removeprefix(_EMBEDDED.rstrip("/"))
    id = inner.removeprefix(INDICATOR) if inner.startswith(INDICATOR) else ""
    return id if id and "/" not in id else None


_QUALITY = 5  # of 100 kB 10 are left after a millisecond
_OVERHEAD = 300  # bytes in memory of a page besides its content
_CHART_MARK = b'"type":"Graph"'  # inside a text the quotes would be escaped
JSON_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True)
class BrowserPage:
    """
    A page for the browser.

    `content`: the children of the page as JSON; `head`: {title, lang, shown, mark}, where the mark
    tells the content from all others; `has_chart`: whether any of the children draws one;
    `version`: of which version, None without one; `status`: that of the answer to GET; `kept`: the
    page as it is kept, compressed, of which `kept_content` gives the content; b"" when it is not.
    """

    content: bytes
    head: Mapping[str, Any]
    has_chart: bool
    version: str | None
    status: int
    kept: bytes = b""


def kept_content(kept: bytes) -> bytes:
    """The children of a page as JSON, of the page as it is kept."""
    return _unpacked(kept).content


def tells_of_older(search: object) -> bool:
    """Whether a page depends on which older versions are kept."""
    return bool(parsed(search).since)


def browser_page(
    context: Context, path: object, *, search: object, narrow: object = False
) -> BrowserPage:
    """What an address shows; any values are answered."""
    state = with_todays_indicators(parsed(search), context.catalogue)
    address = _todays_path(context.catalogue, path) if isinstance(path, str) else "/"
    with context.warehouses.read(state.version) as reading:
        make = partial(_browser_page, *(context, reading, address, state), narrow=narrow is True)
        if reading.warehouse is None:
            return make()
        kept = context.warehouses.available() if state.since else ()
        key = (
            *("page", reading.warehouse.identity, reading.current, reading.unreadable),
            *(address, repr(state), f"{narrow is True}"),
            *kept,
        )
        return context.answers.recall(key, partial(_known_or_made, context, key, make))


def _known_or_made(
    context: Context, key: tuple[str, ...], make: Callable[[], BrowserPage]
) -> BrowserPage:
    """A page from the memory of compressed pages, or from disk; made where it is not known."""
    page: BrowserPage | None = None

    def packed() -> bytes:
        nonlocal page
        page = make()
        return _packed(page)

    digest = blake2b(repr(key).encode(), digest_size=20).digest()
    known = context.pages.get(digest)
    if known is None:
        known = context.kept.recall(key, packed)
        context.pages.keep(digest, known, len(known) + _OVERHEAD)
    return replace(page, kept=known) if page else _unpacked(known)


def _packed(page: BrowserPage) -> bytes:
    about = orjson.dumps([dict(page.head), page.has_chart, page.version, page.status])
    return bytes(brotli.compress(about + b"\n" + page.content, brotli.MODE_TEXT, _QUALITY))


def _unpacked(packed: bytes) -> BrowserPage:
    about, _, content = brotli.decompress(packed).partition(b"\n")
    head, has_chart, version, status = orjson.loads(about)
    return BrowserPage(content, MappingProxyType(head), has_chart, version, status, packed)


def _browser_page(
    context: Context, reading: Reading, path: str, state: State, *, narrow: bool
) -> BrowserPage:
    page = _page_at(context, reading, path, state=state, narrow=narrow)
    warehouse = reading.warehouse
    version, example = (warehouse.version, warehouse.example) if warehouse else (None, False)
    told = version_told(
        path, state, version=version, current=reading.current, unreadable=reading.unreadable
    )
    if path.startswith(_EMBEDDED):
        children = embed_frame(page, state=state, example=example, told=told)
    else:
        children = site_frame(
            page, menu=MENU, path=path, state=state, version=version,
            example=example, told=told, narrow=narrow,
        )  # fmt: skip
    words = [page.title, term("site", state.lang)]
    title = " – ".join([term("example", state.lang)] * example + words)
    content = orjson.dumps(browser_content(children), json_value, JSON_OPTIONS)
    mark = blake2b(content, digest_size=8).hexdigest()
    head = {"title": title, "lang": state.lang, "shown": page.shown.stored(), "mark": mark}
    return BrowserPage(
        content, MappingProxyType(head), _CHART_MARK in content, version, page.status
    )


def json_value(value: Any) -> Any:
    """A component, or a column of a frame, as what JSON knows."""
    if isinstance(value, Component):
        return component_mapping(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be part of a page: use lists, texts, numbers.")
