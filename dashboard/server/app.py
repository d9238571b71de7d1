"""
The application: one layout, four callbacks, and the answers of plain HTTP.

An edge. A page is a function of its address; the callbacks only carry it to the browser.
"""

import atexit
import gc
from collections.abc import Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from flask import Flask, request
from werkzeug.serving import BaseWSGIServer, make_server

from dashboard.components import frame
from dashboard.data.context import Context
from dashboard.server import crowd, http, proxied, static, warm, watching
from dashboard.server.changes import SentPages
from dashboard.server.choices import CHOICES
from dashboard.server.downloads import download_routes
from dashboard.server.endpoints import register_answers, register_endpoints, search
from dashboard.server.printing import Printer, PrintLimits
from dashboard.server.routes import (
    JSON_OPTIONS,
    browser_page,
    json_value,
    kept_content,
    tells_of_older,
    todays_address,
)
from dashboard.state.links import last_link
from dashboard.text import term
from etl.catalogue.pointer import POINTER

_MOST_AT_THE_DOOR = 512  # connections that the system holds until they are looked at
_ASSETS_FOLDER = Path(__file__).parents[2] / "assets"
_SHELL = """<!DOCTYPE html>
<html lang="{lang}">
  <head>
    {metas}
    <meta name="color-scheme" content="light dark">
    <title>{title}</title>
    {favicon}
    <link rel="stylesheet" href="{style}">
    <script defer src="{script}" data-plotly="{plotly}"></script>
    {early}
  </head>
  <body>
    <noscript><p class="wrap">{noscript}</p></noscript>
    {unanswered}
    {app_entry}
    {config}
    <script type="application/json" id="first">{first}</script>
    <script type="text/plain" id="_dash-renderer"></script>
  </body>
</html>"""


class _Panels(Dash):
    """Dash whose shell carries the page asked for: its language, its title, its content."""

    context: Context
    bundles: Mapping[str, str]  # the addresses of our style sheets and scripts
    pages: SentPages
    dependencies: bytes  # what Dash tells the browser of the callbacks

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # all by name
        """Fill the shell for the address of this request."""
        narrow = static.is_telephone(request.user_agent.string)
        page = browser_page(self.context, request.path, search=search(), narrow=narrow)
        warm.note_version(page.version, compared=tells_of_older(search()), for_all=True)
        http.note_status(page.status)
        self.pages.sent(page.head["mark"], page.kept)
        lang = page.head["lang"]
        layout = _layout(orjson.Fragment(page.content), dict(page.head), narrow=narrow)
        first = {"_dash-layout": layout, "_dash-dependencies": orjson.Fragment(self.dependencies)}
        inline = orjson.dumps(first, json_value, JSON_OPTIONS).decode()
        early = f'<script async src="{self.bundles["plotly"]}"></script>'
        return _SHELL.format_map(
            parts
            | {
                "app_entry": parts["app_entry"].replace("Loading...", term("loading", lang)),
                "early": early if page.has_chart else "",
                "first": inline.replace("<", "\\u003c"),  # no text of it ends the element
                "style": self.bundles["css"],
                "script": self.bundles["js"],
                "plotly": self.bundles["plotly"],
                "lang": lang,
                "title": escape(page.head["title"]),
                "noscript": escape(term("needs_script", lang)),
                "unanswered": http.unanswered(),
            }
        )

    def _config(self) -> dict[str, Any]:
        """What the browser must know of Dash, without the mark of a visit, which nothing uses."""
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        return {name: value for name, value in config.items() if name != "end_id"}


def _layout(content: Any, head: dict[str, Any] | None, *, narrow: bool) -> html.Div:
    """What Dash keeps an account of: the address, the page, and what goes with it."""
    return html.Div(
        [
            dcc.Location(id=frame.URL_ID, refresh="callback-nav"),
            dcc.Store(id=frame.HEAD_ID, data=head),
            dcc.Store(id=frame.HELD_ID),
            dcc.Store(id=frame.WINDOW_ID, data=narrow),
            dcc.Store(id=frame.CHOICE_ID),
            html.Div(content, id=frame.PAGE_ID),
        ]
    )


def create_app(context: Context) -> Dash:
    """The application over a context; a second one with another context may live beside it."""
    # Arrow's own pool keeps what a long file needed; the system's gives it back.
    pa.set_memory_pool(pa.system_memory_pool())
    app = _Panels(
        "dashboard",
        assets_folder=str(_ASSETS_FOLDER),
        assets_ignore=static.BUNDLED_FILES,
        update_title="",
        title="",
    )
    app.context = context
    app.pages = SentPages(kept_content)
    scripts = app._generate_scripts_html()  # noqa: SLF001  # Dash has no other list of them
    app.bundles = static.bundles(app.server, _ASSETS_FOLDER, scripts)
    app.layout = _layout(None, None, narrow=False)
    _register_callbacks(app, context)
    counts = watching.AnswerCounts()
    crowd.admit(app.server, app.bundles["css"], counts)
    warm.answer_again(app.server, context, app.pages.__contains__)
    http.protect(app, context, partial(todays_address, context.catalogue))
    http.answer_failures(app.server, app.bundles["css"])
    register_endpoints(app.server, context)
    # Of all workers that show the same data one at a time has a Chromium.
    limits = PrintLimits(shared=context.warehouses.data / POINTER)
    printer = Printer(
        app.server, context.settings.chromium, limits, public=context.settings.address
    )
    app.server.extensions["printer"] = printer
    register_answers(app.server, context, download_routes(printer))
    register_answers(app.server, context, CHOICES)
    watching.register_metrics(app.server, context, counts)
    proxied.under_prefix(app.server)
    # Dash finishes itself at its first question, and fails those that come meanwhile.
    app.dependencies = app.server.test_client().get("/_dash-dependencies").data
    watching.watch(app.server, context, counts)
    proxied.believe(app.server, context.settings.proxies)
    return app


def listening(application: Flask, host: str, port: int) -> BaseWSGIServer:
    """A server that holds a port, to be started; OSError when the port is taken."""
    server = make_server(host, port, application, threaded=True)
    server.socket.listen(_MOST_AT_THE_DOOR)
    return server


def settle() -> None:
    """
    Take what is loaded by now as there to stay, and look for garbage less often.

    For a process that serves: otherwise every few answers wait for a look at all libraries. At its
    end all is garbage again, or DuckDB's binding would report what nobody closed.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    atexit.register(gc.unfreeze)


def _register_callbacks(app: _Panels, context: Context) -> None:
    """The functions of assets/panels.js, then those that the server runs."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("panels", "narrow"),
        Output(frame.WINDOW_ID, "data"),
        Input(frame.URL_ID, "href"),
        State(frame.WINDOW_ID, "data"),
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("panels", "head"),
        Output(frame.HELD_ID, "data"),
        Input(frame.HEAD_ID, "data"),
    )

    @app.callback(
        Output(frame.PAGE_ID, "children"),
        Output(frame.HEAD_ID, "data"),
        Input(frame.URL_ID, "pathname"),
        Input(frame.URL_ID, "search"),
        Input(frame.WINDOW_ID, "data"),
        State(frame.HELD_ID, "data"),
        prevent_initial_call=True,  # the first page stands in the shell
    )
    def _show(
        path: object, search: object, narrow: object, held: object
    ) -> tuple[Any, dict[str, Any]]:
        with http.panel_code():
            path = proxied.inner(path)
            page = browser_page(context, path, search=search, narrow=narrow)
            warm.note_version(page.version, compared=tells_of_older(search), for_all=held is None)
            children = app.pages.answer(held, page.head["mark"], page.content, page.kept)
        return children, dict(page.head)

    @app.callback(
        Output(frame.URL_ID, "search"),
        Input(frame.CHOICE_ID, "data"),
        State(frame.URL_ID, "search"),
        State(frame.HEAD_ID, "data"),
        prevent_initial_call=True,
    )
    def _move(choice: object, search: object, head: object) -> Any:
        chosen = choice if isinstance(choice, dict) else {}
        now = chosen.get("search", search)  # the browser moves the address, too
        shown = head.get("shown") if isinstance(head, dict) else None
        with http.panel_code():
            target = last_link(now, chosen.get("steps"), shown)
        return no_update if target is None else target
