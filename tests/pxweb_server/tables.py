"""The list of tables: search, paging and links as `/tables` answers them. Never opens cells."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from tests.pxweb_server.packs import Document, Pack
from tests.pxweb_server.problems import no_such_page

PAGE_SIZE = 20


@dataclass(frozen=True)
class Search:
    """What `/tables` was asked; `query` words must all be found."""

    lang: str
    query: str = ""
    past_days: int | None = None
    discontinued: bool = False
    page: int = 1
    size: int = PAGE_SIZE


def tables_answer(packs: Sequence[Pack], search: Search, *, base: str, now: datetime) -> Document:
    """One page of the tables found. Discontinued tables only when asked for."""
    found = [pack.table for pack in packs if _matches(pack, search, now)]
    pages = max(1, math.ceil(len(found) / search.size))
    if search.page > pages:
        raise no_such_page()
    start = (search.page - 1) * search.size
    return {
        "language": search.lang,
        "tables": found[start : start + search.size],
        "page": {
            "pageNumber": search.page,
            "pageSize": search.size,
            "totalElements": len(found),
            "totalPages": pages,
            "links": _page_links(search, base, pages),
        },
        "links": [_link("self", search, base, search.page)],
    }


def _matches(pack: Pack, search: Search, now: datetime) -> bool:
    row = pack.table
    if pack.language != search.lang or (row.get("discontinued") and not search.discontinued):
        return False
    if search.past_days is not None and _moment(row["updated"]) < now - timedelta(search.past_days):
        return False
    steps = [step for path in row.get("paths", []) for step in path]
    named = [step[part] for step in steps for part in ("id", "label")]
    text = "\n".join([row["id"], row["label"], *row.get("variableNames", []), *named]).casefold()
    return all(word.casefold() in text for word in re.findall(r"\w+", search.query))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _page_links(search: Search, base: str, pages: int) -> list[Document]:
    links = []
    if search.page < pages:
        links.append(_link("next", search, base, search.page + 1))
    if search.page > 1:
        links.append(_link("prev", search, base, search.page - 1))
        links.append(_link("first", search, base, 1))
    if pages > 1:
        links.append(_link("last", search, base, pages))
    return links


def _link(rel: str, search: Search, base: str, page: int) -> Document:
    asked = f"lang={search.lang}"
    if search.query:
        asked += f"&query={quote(search.query)}"
    asked += f"&pagesize={search.size}&pageNumber={page}"
    if search.past_days is not None:
        asked += f"&pastDays={search.past_days}"
    if search.discontinued:
        asked += "&includeDiscontinued=true"
    return {"rel": rel, "hreflang": search.lang, "href": f"{base}/tables/?{asked}"}
