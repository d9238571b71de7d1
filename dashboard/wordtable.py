"""
Tables of words, to read: caption, headed columns and rows. It knows no figures.

In a narrow window a row of several cells is a block, each cell named by its `data-label`. The
roles are those of the elements, which browsers forget of a table that is laid out otherwise.
"""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components import aria
from dashboard.text import term
from etl.catalogue import Lang

STACKED = "stacked"  # the class of a table whose rows may be blocks
FITS = 2  # columns, in any window


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang
) -> html.Div:
    """A table under the terms `heads`; it scrolls, by keyboard too, where it is too wide."""
    parts = [html.Caption(caption), *headed([term(key, lang) for key in heads], rows)]
    kind = f"words {STACKED}" if len(heads) > FITS else "words"
    return html.Div(
        html.Table(parts, className=kind, role="table"),
        className="scroll",
        role="region",
        tabIndex=0,
        **aria(label=caption),
    )


def headed(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Head and body of a table with the role `table`: the first cell of a row is its header."""
    head = html.Tr([html.Th(one, scope="col", role="columnheader") for one in heads], role="row")
    body = [
        html.Tr(
            [
                html.Th(first, scope="row", role="rowheader"),
                *(
                    html.Td(cell, role="cell", **labelled(name))
                    for name, cell in zip(heads[1:], rest, strict=True)
                ),
            ],
            role="row",
        )
        for first, *rest in rows
    ]
    return [html.Thead(head, role="rowgroup"), html.Tbody(body, role="rowgroup")]


def labelled(name: str) -> dict[str, Any]:
    """The attribute that names a cell where its column has no head above it."""
    return {"data-label": name}
