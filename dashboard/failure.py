"""
What is answered when an answer cannot be made: the fault is the panel's, and there is a way on.

An edge over the request alone: it needs neither Dash nor a warehouse, which may be what failed.
What happened stands in the server's log with all its lines, and never on the page.
"""

from html import escape

from flask import Flask, Response, jsonify, request

from dashboard.api.problems import MIMETYPE, body
from dashboard.text import term
from dashboard.url import State, link, parsed
from etl.catalogue import Lang

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
