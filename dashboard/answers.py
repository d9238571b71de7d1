"""
What an address shows, as the bytes the browser gets: made once a version and remembered.

An edge. A page is a function of its version, its address and the width of the window, and of
nothing else: no clock, no cookie. It never decides what a page holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import orjson
from dash import dcc, html

from dashboard import routes
from dashboard.components import framed
from dashboard.context import Context
from dashboard.text import term
from dashboard.url import State, parsed
from dashboard.warehouse import Warehouse

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
    content = framed(
        page, path=path, state=state, version=version, example=example, current=current
    )
    words = [page.title, term("site", state.lang)]
    title = " – ".join([term("example", state.lang)] * example + words)
    head = {"title": title, "lang": state.lang, "shown": dict(page.shown)}
    chart = any(isinstance(part, dcc.Graph) for part in _parts(content))
    return Answer(orjson.dumps(content, _plain, OPTIONS), MappingProxyType(head), chart)


def _parts(content: list[Any]) -> Iterator[Any]:
    """Every component of a page."""
    yield from html.Div(content)._traverse()  # type: ignore[no-untyped-call]  # noqa: SLF001


def _plain(value: Any) -> Any:
    """A component, or a column of a frame, as what JSON knows."""
    for way in ("to_plotly_json", "tolist"):
        if hasattr(value, way):
            return getattr(value, way)()
    raise TypeError(f"{type(value).__name__} cannot be part of a page: use lists, texts, numbers.")
