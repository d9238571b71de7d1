"""
The answers of plain HTTP: statuses, headers, health.

An edge. Knows which requests Dash would answer wrongly (200 for unknown pages, 500 for
malformed callback bodies) and puts them right.
"""

from dash import Dash
from flask import Response, abort, jsonify, request

from dashboard import compression, csp, routes, static
from dashboard.bodies import malformed
from dashboard.context import Context
from dashboard.url import parsed

MOST_BYTES = 1_000_000
PAGES = {"/", "/<path:path>"}
CALLBACK = "/_dash-update-component"


def protect(app: Dash, context: Context) -> None:
    """Add health, honest statuses and headers; after all callbacks are registered."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    scripts = app.csp_hashes()
    policy = csp.policy(scripts)
    framed = csp.policy(scripts, context.settings.ancestors)

    def _check() -> None:
        if request.endpoint == CALLBACK and request.method == "POST":
            fault = malformed(request.get_json(silent=True), app.callback_map)
            if fault:
                abort(400, fault)

    def _finish(response: Response) -> Response:
        embedded = request.path.startswith(routes.EMBEDDED)
        response.headers["Content-Security-Policy"] = framed if embedded else policy
        response.headers.update(csp.HEADERS)
        if request.endpoint in PAGES and response.status_code == 200:
            version = parsed(request.query_string.decode("utf-8", "replace")).version
            response.status_code = status(context, request.path, version)
        return response

    server.before_request(_check)
    # What is registered last runs first: files are read whole before they are compressed.
    compression.compress_answers(server)
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
