"""From a request to its answer: paths, parameters, languages. Pure; never opens a socket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

from tests.pxweb_server import problems
from tests.pxweb_server.answers import data_answer, metadata_answer
from tests.pxweb_server.packs import DEFAULT_LANGUAGE, Document, Pack, normal
from tests.pxweb_server.selections import (
    Choice,
    axes,
    choices_in_body,
    choices_in_query,
    default_selection,
)
from tests.pxweb_server.tables import PAGE_SIZE, Search, tables_answer

ROOT = "/api/v2"
SCB = b"https://statistikdatabasen.scb.se/api/v2"
LANGUAGES = {"en": "English", "sv": "Svenska"}
FORMAT = "json-stat2"

# A longer address is refused before the API sees it.
MAX_TARGET = 2100
# Characters in a codelist id that the real server cannot find again.
UNREADABLE_IN_ID = frozenset("+/(<")

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain"


@dataclass(frozen=True)
class Limits:
    """What /config promises."""

    max_cells: int = 150_000
    calls: int = 30
    window: float = 10.0


@dataclass(frozen=True)
class Request:
    """One HTTP request: `target` is path and query as sent."""

    method: str
    target: str
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """Status, type and bytes to send; `headers` beside the usual ones, or instead of them."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """What is served: packs, limits, and the address that stands in links."""

    packs: Sequence[Pack]
    limits: Limits
    base: str


def answer(service: Service, request: Request, now: datetime) -> Answer:
    """The answer to any request; a refusal is an answer too."""
    if len(request.target) > MAX_TARGET:
        return Answer(404, HTML, b"<h2>404 - File or directory not found.</h2>")
    try:
        document = _document(service, request, now)
    except problems.RefusalError as refusal:
        return Answer(refusal.status, PROBLEM, orjson.dumps(refusal.body))
    if document is None:
        return Answer(404, TEXT, b"")
    body = orjson.dumps(document)
    return Answer(200, JSON, body if is_data(request) else body.replace(SCB, service.base.encode()))


def is_data(request: Request) -> bool:
    """Whether the request is for cells."""
    return urlsplit(request.target).path.endswith("/data")


def is_table_content(request: Request) -> bool:
    """Whether the request is for cells or for a table's metadata (faults are counted on these)."""
    return urlsplit(request.target).path.endswith(("/data", "/metadata"))


def _document(service: Service, request: Request, now: datetime) -> Document | None:
    url = urlsplit(request.target)
    pairs = parse_qsl(url.query, keep_blank_values=True)
    query = {name.casefold(): value for name, value in pairs}
    root, path = url.path[: len(ROOT)], url.path[len(ROOT) :]
    steps = [unquote(step) for step in path.strip("/").split("/")]
    if root.casefold() != ROOT or (request.method == "POST" and steps[2:] != ["data"]):
        return None
    lang = _language(query)
    match [steps[0].casefold(), *steps[1:]]:
        case ["config"]:
            return _config(service.limits)
        case ["codelists", codelist_id]:
            return _codelist(service, codelist_id, lang)
        case ["tables"]:
            return tables_answer(service.packs, _search(query, lang), base=service.base, now=now)
        case ["tables", table_id, *part]:
            asked = _Asked(request, pairs, lang, table_id)
            return _table_document(service, asked, "/".join(part))
    return None


@dataclass(frozen=True)
class _Asked:
    """A request for one table, its query read."""

    request: Request
    pairs: Sequence[tuple[str, str]]
    lang: str
    table_id: str


def _table_document(service: Service, asked: _Asked, part: str) -> Document | None:
    pack = _pack(service, asked.table_id, asked.lang, for_data=part == "data")
    if part == "data":
        _check_format({name.casefold(): value for name, value in asked.pairs})
        choices = _choices(asked.request, asked.pairs)
        return data_answer(pack, axes(pack, choices, max_cells=service.limits.max_cells))
    if part == "metadata":
        return metadata_answer(pack, _codelists(asked.pairs))
    if part == "defaultselection":
        return _default_selection(service, pack)
    return None if part else {"language": asked.lang, **pack.table}


def _language(query: Mapping[str, str]) -> str:
    lang = query.get("lang") or DEFAULT_LANGUAGE
    if lang not in LANGUAGES:
        raise problems.unsupported_language()
    return lang


def _config(limits: Limits) -> Document:
    seconds = int(limits.window)
    return {
        "apiVersion": "2.3.2",
        "appVersion": "1.0.0",
        "languages": [{"id": code, "label": label} for code, label in LANGUAGES.items()],
        "defaultLanguage": DEFAULT_LANGUAGE,
        "maxDataCells": limits.max_cells,
        "maxCallsPerTimeWindow": limits.calls,
        "timeWindow": seconds if seconds == limits.window else limits.window,
        "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
        "sourceReferences": [
            {"language": "en", "text": "Source: Statistics Sweden"},
            {"language": "sv", "text": "Källa: SCB"},
        ],
        "defaultDataFormat": FORMAT,
        "dataFormats": [FORMAT],
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }


def _search(query: Mapping[str, str], lang: str) -> Search:
    size, page = _number(query, "pagesize"), _number(query, "pagenumber")
    return Search(
        lang=lang,
        query=query.get("query", ""),
        past_days=_number(query, "pastdays"),
        discontinued=query.get("includediscontinued", "").casefold() == "true",
        page=page if page and page > 0 else 1,
        size=size if size and size > 0 else PAGE_SIZE,
    )


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    try:
        return int(text) if text else None
    except ValueError:
        raise problems.bad_request("One or more validation errors occurred.") from None


def _pack(service: Service, table_id: str, lang: str, *, for_data: bool = False) -> Pack:
    for pack in service.packs:
        if pack.id == table_id and pack.language == lang:
            return pack
    raise problems.no_such_table(for_data=for_data)


def _codelists(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {
        name[len("codelist[") : -1]: value
        for name, value in pairs
        if name.casefold().startswith("codelist[") and name.endswith("]")
    }


def _default_selection(service: Service, pack: Pack) -> Document:
    href = f"{service.base}/tables/{pack.id}/defaultselection?lang={pack.language}"
    links = [{"rel": "self", "hreflang": pack.language, "href": href}]
    return {**default_selection(pack), "language": pack.language, "links": links}


def _check_format(query: Mapping[str, str]) -> None:
    if query.get("outputformat", FORMAT).casefold() != FORMAT or query.get("outputformatparams"):
        raise problems.unsupported_format()


def _choices(request: Request, pairs: Sequence[tuple[str, str]]) -> list[Choice]:
    if request.method == "GET":
        return choices_in_query(pairs)
    if not request.body:
        return []
    if "json" not in request.content_type.casefold():
        raise problems.RefusalError("Unsupported Media Type", 415)
    try:
        body: Any = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise problems.bad_request("One or more validation errors occurred.") from None
    return choices_in_body(body)


def _codelist(service: Service, codelist_id: str, lang: str) -> Document:
    wanted = normal(codelist_id)
    for pack in service.packs:
        if pack.language == lang and wanted in pack.codelists and not UNREADABLE_IN_ID & {*wanted}:
            return pack.codelists[wanted]
    raise problems.no_such_codelist(404)
