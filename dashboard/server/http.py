"""
The answers of plain HTTP: statuses, headers, health.

An edge. Knows which requests Dash would answer wrongly (200 for unknown pages, 500 for
malformed callback bodies) and puts them right.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import orjson
from dash import Dash
from flask import Flask, Response, abort, jsonify, request

from dashboard.api.http import MIMETYPE, body
from dashboard.data.context import Context
from dashboard.server import routes, static
from dashboard.state.url import State, link, parsed
from dashboard.text import term
from etl.catalogue import Lang


def malformed(body: Any, callbacks: Mapping[str, Any]) -> str | None:
    """What is wrong with a body, as sentences; None when it is well formed."""
    if not isinstance(body, dict):
        return "The body is not a JSON object."
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks:
        return "`output` names no callback of this application."
    return " ".join(_faults(body, output, callbacks[output])) or None


def _faults(body: Mapping[str, Any], output: str, callback: Mapping[str, Any]) -> Iterator[str]:
    for key in ("inputs", "state"):
        names = [f"{one['id']}.{one['property']}" for one in callback[key]]
        if not _fit(body.get(key, []), names):
            yield f"`{key}` is not the list {', '.join(names) or 'without entries'}."
    if not _answers(body.get("outputs"), output):
        yield f"`outputs` is not what {output} names."
    known = {f"{one['id']}.{one['property']}" for one in callback["inputs"]}
    if not _are_changes(body.get("changedPropIds", []), known):
        yield "`changedPropIds` names something other than inputs of this callback."


def _answers(outputs: Any, output: str) -> bool:
    """Whether outputs are those of "..a.x...b.y..", or the one of "a.x"."""
    if output.startswith(".."):
        return _fit(outputs, output[2:-2].split("..."))
    return _fit([outputs], [output])


def _fit(items: Any, names: list[str]) -> bool:
    """Whether a list holds the properties of these names, in order."""
    return (
        isinstance(items, list)
        and len(items) == len(names)
        and all(_fits(item, name) for item, name in zip(items, names, strict=True))
    )


def _fits(item: Any, name: str) -> bool:
    """Whether an entry is the named property, or for a pattern the list of its matches."""
    id, _, property = name.rpartition(".")
    if id.startswith("{") and isinstance(item, list):
        return all(_fits(one, name) for one in item)
    if not isinstance(item, dict) or item.get("property") != property:
        return False
    given = item.get("id")
    return isinstance(given, dict) if id.startswith("{") else given == id


def _are_changes(items: Any, known: set[str]) -> bool:
    """Whether a list names inputs, or matches of their patterns."""
    return isinstance(items, list) and all(
        isinstance(item, str) and (item in known or _is_pattern(item)) for item in items
    )


def _is_pattern(item: str) -> bool:
    """Whether a text is a JSON object, a dot and a property."""
    try:
        return isinstance(orjson.loads(item.rpartition(".")[0]), dict)
    except orjson.JSONDecodeError:
        return False


STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-Do5Z9ZqsPvCQTUBQS9BnDm/2+on7omuzuLYk5sbA+2s='",
    "'sha256-ITR5T9OwskhdqdsliUJRmgp9ltOFAHgXe1F7eRvGnmQ='",
    "'sha256-0IJGrxhCP5NUIafylLkj5118xkZH1kp5FmNio7NOckI='",
    "'sha256-Z8VokGxeiKThZOEmkdUgfW+jxbvItBwAXC8M1c4wqAM='",
    "'sha256-VUA+tqvhK3niMn7AdszqidMFPRh9FLqxB2iINUrsiTw='",
    "'sha256-Aq43X0SlmB69maWGob4rp/UuSHhwePalkRRExtsxOJ8='",
    "'sha256-SkhFDxgIcEjMhRh19uSHWrkdnAlZ9rlskgr9yLsipa8='",
    "'sha256-uDiOZWps1U7E8/0BTaQrclYMhVhRVE4dT0vb5X6nXOw='",
    "'sha256-+QoPrsxO0auPnxSulD3bAr9CoDGgzv7YRfYE0vfxeQI='",
    "'sha256-MJs2ke1SA6Cy3tTCZu2QH0rj0r//iNqU0idy9bM4leg='",
    "'sha256-X2TqJwnIiE/ceDVeAdr7v7BOWBU6CEzE6qxlNzBzvBk='",
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def content_security_policy(scripts: Iterable[str], ancestors: Iterable[str] = ()) -> str:
    """The policy, given the hashes of Dash's inline scripts and who may frame the answer."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            " ".join(("style-src-elem 'self'", *STYLES)),
            # plotly sets style attributes on its own elements
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            " ".join(("frame-ancestors", *(tuple(ancestors) or ("'none'",)))),
            "object-src 'none'",
        )
    )


MOST_BYTES = 1_000_000
PAGES = {"/", "/<path:path>"}
CALLBACK = "/_dash-update-component"


def protect(app: Dash, context: Context) -> None:
    """Add health, honest statuses and headers; after all callbacks are registered."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    scripts = app.csp_hashes()
    policy = content_security_policy(scripts)
    framed = content_security_policy(scripts, context.settings.ancestors)

    def _check() -> None:
        if request.endpoint == CALLBACK and request.method == "POST":
            fault = malformed(request.get_json(silent=True), app.callback_map)
            if fault:
                abort(400, fault)

    def _finish(response: Response) -> Response:
        embedded = request.path.startswith(routes.EMBEDDED)
        response.headers["Content-Security-Policy"] = framed if embedded else policy
        response.headers.update(HEADERS)
        if request.endpoint in PAGES and response.status_code == 200:
            version = parsed(request.query_string.decode("utf-8", "replace")).version
            response.status_code = status(context, request.path, version)
        return response

    server.before_request(_check)
    # What is registered last runs first: files are read whole before they are compressed.
    static.compress_answers(server)
    server.after_request(_finish)
    static.serve_files(server)
    server.add_url_rule("/health", view_func=lambda: health(context), endpoint="health")


def status(context: Context, path: str, version: str = "") -> int:
    """A page's status: 404 for unknown ones, 410 for a version gone, 503 without any figures."""
    newest = context.warehouses.newest()
    gone = bool(newest) and version not in {"", newest, *context.warehouses.kept()}
    with context.warehouses.current() as warehouse:
        return routes.status(context.catalogue, path, has_data=warehouse is not None, gone=gone)


def health(context: Context) -> tuple[Response, int]:
    """Whether the panel can answer: 200 with the version, 503 without a warehouse."""
    with context.warehouses.current() as warehouse:
        if warehouse is None:
            return jsonify(status="no warehouse", version=None, example=None), 503
        return jsonify(status="ok", version=warehouse.version, example=warehouse.example), 200


API = "/api/"
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title} – {site}</title>
    <link rel="stylesheet" href="{style}">
  </head>
  <body>
    <main class="wrap">
      <div class="place"><h1>{title}</h1></div>
      <p class="lede">{why}</p>
      <p><a class="btn lead" href="{home}">{way_on}</a></p>
    </main>
  </body>
</html>"""


def answer_failures(server: Flask, style: str) -> None:
    """Answer what fails from now on; `style` is the address of the style sheet."""

    def _failed(_: Exception) -> Response:
        wanted = parsed(request.query_string.decode("utf-8", "replace"))
        if request.path.startswith(API):
            response = jsonify(body(500, term("failed_api", "en")))
            response.mimetype = MIMETYPE
        else:
            response = Response(page(wanted, style), mimetype="text/html")
        response.status_code = 500
        return response

    server.register_error_handler(500, _failed)


def page(state: State, style: str) -> str:
    """The document that says so, in the language of the address."""
    lang = state.lang
    words = {name: escape(term(name, lang)) for name in ("site", "way_on")}
    return PAGE.format(
        lang=lang,
        title=escape(term("failed", lang)),
        why=escape(term("failed_why", lang)),
        home=escape(link("/", State(region=state.region, lang=lang))),
        style=escape(style),
        **words,
    )


def unanswered() -> str:
    """The place where assets/failure.js says that an answer did not come, in both languages."""
    langs: tuple[Lang, ...] = ("sv", "en")
    words = {
        f"data-{what}-{lang}": term(name, lang)
        for what, name in (("words", "unanswered"), ("again", "try_again"))
        for lang in langs
    }
    given = " ".join(f'{name}="{escape(text)}"' for name, text in words.items())
    return f'<div id="unanswered" role="alert" {given}></div>'
