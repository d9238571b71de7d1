"""
Which page an address leads to, and with which status.

Knows the addresses of the site. It builds nothing itself.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.components import Page
from dashboard.context import Context
from dashboard.pages import (
    about,
    access,
    areas,
    briefing,
    compare,
    data,
    embedded,
    indicator,
    missing,
    overview,
    report,
    taking,
)
from dashboard.url import State
from dashboard.visit import Visit, visited
from dashboard.warehouse import Warehouse
from etl.catalogue import Catalogue

INDICATOR = "/indikator/"
EMBEDDED = f"{taking.EMBEDDED}/"  # other sites may frame these pages, where the settings name them
PAGES: Mapping[str, Callable[[Visit], Page]] = MappingProxyType(
    {
        "/": overview.page,
        "/jamfor": compare.page,
        "/omraden": areas.page,
        "/briefing": briefing.page,
        "/rapport-2010": report.page,
        "/data": data.page,
        "/om": about.page,
        "/om/tillganglighet": access.page,
    }
)


def page(
    context: Context,
    warehouse: Warehouse | None,
    path: str,
    *,
    state: State,
    narrow: bool,
    current: str,
) -> Page:
    """The page of an address; its `status` is that of the answer to GET."""
    id = indicator_id(path)
    if path not in PAGES and id is None:
        return missing.not_found(path, state)
    if id is not None and id not in context.catalogue.indicator:
        return missing.no_indicator(id, state)
    if warehouse is None and current:
        return missing.no_version(path, state)
    if warehouse is None:
        return missing.no_warehouse(state.lang)
    visit = visited(context, warehouse, path, state, current=current, narrow=narrow)
    one = embedded.page if path.startswith(EMBEDDED) else indicator.page
    return PAGES.get(path, one)(visit)


def indicator_id(path: str) -> str | None:
    """The indicator an address names; None for any other address."""
    inner = path.removeprefix(EMBEDDED.rstrip("/"))
    id = inner.removeprefix(INDICATOR) if inner.startswith(INDICATOR) else ""
    return id if id and "/" not in id else None


def status(catalogue: Catalogue, path: str, *, has_data: bool, gone: bool = False) -> int:
    """The status of the answer to GET, known before the page is built; `gone`: its version is."""
    id = indicator_id(path)
    if path not in PAGES and (id is None or id not in catalogue.indicator):
        return 404
    if gone:
        return 410
    return 200 if has_data else 503
