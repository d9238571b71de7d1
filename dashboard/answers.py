"""
What an address shows, as the bytes the browser gets: made once a version and remembered.

An edge. A page is a function of its version, its address and the width of the window, and of
nothing else: no clock, no cookie. It never decides what a page holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import orjson
from dash.development.base_component import Component

from dashboard import routes
from dashboard.components import bare, framed
from dashboard.context import Context
from dashboard.elements import plain, sent
from dashboard.text import term
from dashboard.url import State, parsed
from dashboard.warehouse import Warehouse

CHART = b'"type":"Graph"'  # inside a text the quotes would be escaped
OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


@dataclass(frozen=True)
class Answer:
    """
    A page for the browser.

    `content`: the children of the page as JSON; `head`: {title, lang, shown}; `chart`:
    whether any of the children draws one.
    """

    content: bytes
    head: Mapping[str, Any]
    chart: bool


def answer(context: Context, path: object, *, search: object, narrow: object = False) -> Answer:
    """What an address shows; any values are answered."""
    wanted = parsed(search)
    address = path if isinstance(path, str) else "/"
    current = context.warehouses.newest()
    with context.warehouses.at(wanted.version) as warehouse:
        make = partial(
            _made, context, warehouse, address, wanted, narrow=narrow is True, current=current
        )
        if warehouse is None:
            return make()
        key = (warehouse.version, current, address, wanted, narrow is True)
        return context.answers.recall(key, make)


def _made(
    context: Context,
    warehouse: Warehouse | None,
    path: str,
    state: State,
    *,
    narrow: bool,
    current: str,
) -> Answer:
    page = routes.page(context, warehouse, path, state=state, narrow=narrow, current=current)
    version, example = (warehouse.version, warehouse.example) if warehouse else (None, False)
    frame = bare if path.startswith(routes.EMBEDDED) else framed
    content = frame(page, path=path, state=state, version=version, example=example, current=current)
    words = [page.title, term("site", state.lang)]
    title = " – ".join([term("example", state.lang)] * example + words)
    head = {"title": title, "lang": state.lang, "shown": dict(page.shown)}
    written = orjson.dumps(sent(content), _plain, OPTIONS)
    return Answer(written, MappingProxyType(head), chart=CHART in written)


def _plain(value: Any) -> Any:
    """A component, or a column of a frame, as what JSON knows."""
    if isinstance(value, Component):
        return plain(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be part of a page: use lists, texts, numbers.")
