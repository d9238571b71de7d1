"""
Slides of a briefing over HTTP: `/briefing.pptx?<state of the page>`.

An edge, registered by `register`. It needs no browser; the same link gives the same slides as
long as its version is kept.
"""

from flask import Flask, Response

from dashboard.api import headers
from dashboard.attachments import Asked, answered, attachment
from dashboard.briefing import briefing
from dashboard.context import Context
from dashboard.exports.deck import deck
from dashboard.sheets import PAGE, filename
from etl import __version__

ROUTE = "/briefing.pptx"
MIMETYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def register(server: Flask, context: Context) -> None:
    """Answer the address of slides from a context."""
    edition = headers.tag(__version__, repr(context.catalogue))

    def _slides() -> Response:
        return answered(context, ROUTE, "slides_gone", edition=edition, made=_sent)

    server.add_url_rule(ROUTE, "presentation", _slides)


def _sent(asked: Asked) -> Response:
    """The slides of a link."""
    # Whoever makes no slides does not carry python-pptx, lxml and Pillow in memory.
    from dashboard.exports.slides import slides  # noqa: PLC0415

    visit = asked.visit(PAGE)
    made = briefing(visit)
    content = slides(deck(visit, made, asked.address))
    return attachment(content, MIMETYPE, filename(visit, made, "pptx"))
