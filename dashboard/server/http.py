"""
Plain HTTP around the pages: statuses, headers, health, and what a reader gets when one fails.

An edge. Knows which requests Dash would answer wrongly (200 for unknown pages, 500 for
malformed callback bodies) and puts them right.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from urllib.parse import urlsplit, urlunsplit

from dash import Dash
from flask import Flask, Response, g, jsonify, redirect, request
from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.wrappers import Response as WerkzeugResponse

from dashboard.api.answer import refusal
from dashboard.data.context import Context
from dashboard.data.versions import UnreadableError
from dashboard.server import static
from dashboard.server.endpoints import flask_response, is_api, search
from dashboard.server.warm import CALLBACK, asked_body
from dashboard.state.url import EMBED_ROOT, State, link, parsed
from dashboard.text import LANGS, term
from etl.catalogue import Lang

STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-Do5Z9ZqsPvCQTUBQS9BnDm/2+on7omuzuLYk5sbA+2s='",
)
# What is no document loads nothing and links nowhere; the headers of a document would be a tenth
# of what a click brings.
_NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_MOST_BYTES = 1_000_000
_NO_CALLBACK = "The body is none of this application's callbacks."
_MOST_DAMAGED = 5  # versions that one answer may find damaged: as many as are kept
_PAGE_RULES = {"/", "/<path:path>"}
_PLAIN_PAGE = """<!DOCTYPE html>
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
      <p><a class="btn lead" href="{target}">{way_on}</a></p>
    </main>
  </body>
</html>"""


def _content_security_policy(scripts: Iterable[str], ancestors: Iterable[str] = ()) -> str:
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


def note_status(status: int) -> None:
    """Note the status of the page that is being answered, which Dash would answer with 200."""
    g.page_status = status


def protect(app: Dash, context: Context, moved_to: Callable[[str, str], str | None]) -> None:
    """
    Add health, honest statuses and headers; after all callbacks are registered.

    `moved_to` gives where the address of a path and query has moved for good, None where it has
    not.
    """
    server = app.server

    def _forwarded() -> WerkzeugResponse | None:
        moved = moved_to(request.path, search()) if request.method in {"GET", "HEAD"} else None
        return redirect(moved, 308) if moved else None

    server.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    scripts = app.csp_hashes()
    policy = _content_security_policy(scripts)
    framed = _content_security_policy(scripts, context.settings.ancestors)

    def _finish(response: Response) -> Response:
        if "Location" in response.headers:
            response.headers["Location"] = _on_this_site(response.headers["Location"])
        embedded = request.path.startswith(f"{EMBED_ROOT}/")
        document = framed if embedded else policy
        of_callback = request.endpoint == CALLBACK
        response.headers["Content-Security-Policy"] = _NO_DOCUMENT if of_callback else document
        response.headers.update(HEADERS[:1] if of_callback else HEADERS)
        if request.endpoint in _PAGE_RULES and response.status_code == 200:
            response.status_code = g.get("page_status", 200)
        return response

    for failure in (Exception, 415):  # 415: only Dash reads JSON here, and only a callback's body
        server.register_error_handler(failure, _refused)
    server.before_request(_forwarded)
    server.before_request(_read_callback)
    # What is registered last runs first: files are read whole, then compressed.
    server.after_request(_finish)
    static.compress_answers(server)
    static.serve_files(server)
    server.add_url_rule("/health", "health", partial(health, context))


def _on_this_site(address: str) -> str:
    """An address without the host, which a request may name as it likes."""
    parts = urlsplit(address)
    return urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, parts.fragment))


def health(context: Context) -> tuple[Response, int]:
    """
    Whether the panel can answer: 200 with the version, 503 where there is none to read.

    `unreadable` stands there where another version should be current, and cannot be read.
    """
    with context.warehouses.read() as reading:
        lost = {"unreadable": reading.unreadable} if reading.unreadable else {}
        warehouse = reading.warehouse
        if warehouse is None:
            status = "unreadable" if lost else "no warehouse"
            return jsonify(status=status, version=None, example=None, **lost), 503
        status = "older version" if lost else "ok"
        found = {"version": warehouse.version, "example": warehouse.example}
        return jsonify(status=status, **found, **lost), 200


@contextmanager
def panel_code() -> Iterator[None]:
    """Mark what runs inside a callback as ours, so that its failure is ours, too."""
    g.in_panel_code = True
    yield
    g.in_panel_code = False


def _read_callback() -> None:
    """
    Look at the body of a callback before Dash does.

    Raises:
        BadRequest: when our pages cannot have sent it.

    """
    if request.endpoint == CALLBACK and request.is_json:
        try:
            asked_body(request.get_data())
        except ValueError as error:
            raise BadRequest(_NO_CALLBACK) from error


def _refused(error: Exception) -> HTTPException:
    """
    400 for the body of a callback that our pages cannot have sent, 404 for no file of Dash's.

    Dash takes a body, or the address of a file, apart without looking at it first: whatever fails
    outside our own functions is the fault of who sent it.
    """
    if request.endpoint == static.SUITE_FILE:
        return NotFound()
    if request.endpoint != CALLBACK or g.get("in_panel_code"):
        raise error
    return BadRequest(_NO_CALLBACK)


def answer_failures(server: Flask, style: str) -> None:
    """Answer what fails from now on; `style` is the address of the style sheet."""

    def _failed(_: Exception) -> Response:
        if is_api():
            return flask_response(refusal(500, term("failed_api", "en")))
        return Response(_plain("failed", style), 500, mimetype="text/html")

    def _read_again(_: UnreadableError) -> WerkzeugResponse:
        """The same from the version that is shown since the damaged one is known; 503 without."""
        g.damaged = g.get("damaged", 0) + 1
        if g.damaged > _MOST_DAMAGED:
            if is_api():
                return flask_response(refusal(503, term("unreadable_file", "en")))
            return Response(_plain("unreadable", style), 503, mimetype="text/html")
        try:
            return server.make_response(server.dispatch_request())
        except UnreadableError as error:
            return _read_again(error)
        except HTTPException as error:
            return server.make_response(server.handle_user_exception(error))

    server.register_error_handler(500, _failed)
    server.register_error_handler(UnreadableError, _read_again)


def _plain(title: str, style: str) -> str:
    """The document for a page of this request that cannot be shown."""
    state = parsed(search())
    home = link("/", State(region=state.region, lang=state.lang))
    why = f"{title}_why"
    return plain_page(state.lang, title=title, why=why, target=home, way_on="way_on", style=style)


def plain_page(lang: Lang, *, title: str, why: str, target: str, way_on: str, style: str) -> str:
    """
    The document that says why there is no page, and one link.

    Args:
        lang: its language.
        title: the term that is the heading.
        why: the term that is the text.
        target: where the link leads.
        way_on: the term that is the link.
        style: the address of the style sheet.

    """
    return _PLAIN_PAGE.format(
        lang=lang,
        title=escape(term(title, lang)),
        site=escape(term("site", lang)),
        why=escape(term(why, lang)),
        way_on=escape(term(way_on, lang)),
        target=escape(target),
        style=escape(style),
    )


def unanswered() -> str:
    """The element in which assets/failure.js says that an answer did not come."""
    attributes = " ".join(
        f'data-{name}-{lang}="{escape(term(key, lang))}"'
        for name, key in (("words", "unanswered"), ("again", "try_again"))
        for lang in LANGS
    )
    return f'<div id="unanswered" role="alert" {attributes}></div>'
