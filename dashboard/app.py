"""
The application: one layout, four callbacks, and the answers of plain HTTP.

An edge. A page is a function of its address; the callbacks only carry it to the browser.
"""

import atexit
import gc
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update
from flask import request

from dashboard import api, downloads, failure, ids, presentations, serving, sheets, static
from dashboard.answers import answer
from dashboard.context import Context
from dashboard.moves import moved
from dashboard.text import term

ASSETS = Path(__file__).parent.parent / "assets"
SHELL = """<!DOCTYPE html>
<html lang="{lang}">
  <head>
    {metas}
    <title>{title}</title>
    {favicon}
    <link rel="stylesheet" href="{style}">
    {css}
    {early}
  </head>
  <body>
    <noscript><p class="wrap">{noscript}</p></noscript>
    {unanswered}
    {app_entry}
    {config}
    <script src="{script}"></script>
    {scripts}
    {renderer}
  </body>
</html>"""


class Panels(Dash):
    """Dash whose shell carries the language and the title of the page asked for."""

    context: Context
    own: Mapping[str, str]  # the addresses of our style sheets and scripts

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # all by name
        """Fill the shell for the address of this request."""
        search = request.query_string.decode("utf-8", "replace")
        found = answer(self.context, request.path, search=search)
        lang = found.head["lang"]
        return SHELL.format_map(
            parts
            | {
                "app_entry": parts["app_entry"].replace("Loading...", term("loading", lang)),
                "early": static.EARLY if found.chart else "",
                "scripts": static.needed(parts["scripts"]),
                "style": self.own["css"],
                "script": self.own["js"],
                "lang": lang,
                "title": escape(found.head["title"]),
                "noscript": escape(term("needs_script", lang)),
                "unanswered": failure.unanswered(),
            }
        )


def create_app(context: Context) -> Dash:
    """The application over a context; a second one with another context may live beside it."""
    # Arrow's own pool keeps what a long file needed; the system's gives it back.
    pa.set_memory_pool(pa.system_memory_pool())
    app = Panels(
        "dashboard",
        assets_folder=str(ASSETS),
        assets_ignore=static.APART,
        update_title="",
        title="",
    )
    app.context = context
    app.own = static.together(app.server, ASSETS)
    app.layout = html.Div(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            dcc.Store(id=ids.HEAD),
            dcc.Store(id=ids.WINDOW),
            html.Div(html.P(term("loading", "sv"), className="wrap"), id=ids.PAGE),
        ]
    )
    _register(app, context)
    serving.protect(app, context)
    failure.answer_failures(app.server, app.own["css"])
    api.register(app.server, context)
    downloads.register(app.server, context)
    presentations.register(app.server, context)
    sheets.register(app.server, context)
    # Dash finishes itself at its first question, and fails those that come meanwhile.
    app.server.test_client().get("/_dash-dependencies")
    return app


def settle() -> None:
    """
    Take what is loaded by now as there to stay, and look for garbage less often.

    For a process that serves: otherwise every few answers wait for a look at all libraries. At its
    end all is garbage again, or DuckDB's binding would report what nobody closed.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    atexit.register(gc.unfreeze)


def next_search(search: object, used: list[dict[str, Any]], head: object) -> Any:
    """Where the one control that was used leads; nowhere when the page was only redrawn."""
    shown = head.get("shown") if isinstance(head, dict) else None
    for change in used:
        key = ctx.triggered_prop_ids.get(change["prop_id"], {}).get("key")
        found = moved(search, key, change["value"], shown)
        if found is not None:
            return found
    return no_update


def _register(app: Dash, context: Context) -> None:
    _register_browser(app)

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.HEAD, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        Input(ids.WINDOW, "data"),
    )
    def _show(path: object, search: object, narrow: object) -> tuple[Any, dict[str, Any]]:
        found = answer(context, path, search=search, narrow=narrow)
        return orjson.Fragment(found.content), dict(found.head)

    @app.callback(
        Output(ids.URL, "search"),
        Input(ids.choice(ALL), "value"),
        Input(ids.choice(ALL), "clickData"),
        State(ids.URL, "search"),
        State(ids.HEAD, "data"),
        prevent_initial_call=True,
    )
    def _move(_: object, __: object, search: object, head: object) -> Any:
        return next_search(search, ctx.triggered, head)


def _register_browser(app: Dash) -> None:
    """The two functions of assets/panels.js."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("panels", "narrow"), Output(ids.WINDOW, "data"), Input(ids.URL, "href")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("panels", "head"),
        Output(ids.HEAD, "modified_timestamp"),
        Input(ids.HEAD, "data"),
    )
