"""A table of words, to read: caption, headed columns and rows. It knows no figures."""

from collections.abc import Sequence

from dash import html

from dashboard.components import aria
from dashboard.text import term
from etl.catalogue import Lang


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang
) -> html.Div:
    """A table under the terms `heads`; it scrolls, by keyboard too, where it is too wide."""
    head = html.Tr([html.Th(term(key, lang), scope="col") for key in heads])
    body = [
        html.Tr([html.Th(first, scope="row"), *(html.Td(cell) for cell in rest)])
        for first, *rest in rows
    ]
    parts = [html.Caption(caption), html.Thead(head), html.Tbody(body)]
    return html.Div(
        html.Table(parts, className="words"),
        className="scroll",
        role="region",
        tabIndex=0,
        **aria(label=caption),
    )
