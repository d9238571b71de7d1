"""
The parts of a view over regions: chart with its words, and the table twin with the same rows.

Knows the class names of assets/style.css and assets/views.css. It decides no row and no order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts import style
from dashboard.charts.line_chart import Goal
from dashboard.components import frame
from dashboard.components.frame import Content, aria
from dashboard.data.observation import observations
from dashboard.panels.provenance import reasons, source_lines
from dashboard.sentences.notes import notes
from dashboard.sentences.wording import Voice
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator, Lang


@dataclass(frozen=True)
class Column:
    """The head of a column; `sorted` is the direction in which the rows are ordered by it."""

    name: str
    sorted: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table: its head, its cells, whether it is the own region's."""

    name: str
    cells: Sequence[Any]
    own: bool = False


def table(
    title: str,
    small: str,
    columns: Sequence[Column],
    parts: Sequence[tuple[str, Sequence[Line | html.Tr]]],
) -> html.Div:
    """
    A table of regions; `parts` are its rows, each part under words of its own, "" for none.

    A cell is a component of html, or text; a row of words over all columns may stand among them.
    """
    head = html.Tr([html.Th(one.name, scope="col", **_direction(one)) for one in columns])
    bodies = []
    for words, lines in parts:
        rows = [_row(line) if isinstance(line, Line) else line for line in lines]
        if words:
            name = html.Th(words, scope="rowgroup", colSpan=len(columns))
            rows = [html.Tr(name, className="part"), *rows]
        bodies += [html.Tbody(rows)] if lines else []
    caption = html.Caption([title, html.Small(small)])
    listed = html.Table([caption, html.Thead(head), *bodies], className="figures regions")
    return html.Div(listed, className="scroll", role="region", tabIndex=0, **aria(label=title))


def picture(
    figure: Any,
    *,
    title: str,
    how: str,
    alternative: str,
    told: Sequence[str],
    key: str = "",
    foot: Sequence[Any] = (),
) -> html.Div:
    """A chart under its heading and how it is read, with its text alternative and a foot."""
    graph = dcc.Graph(
        id=key or frame.CHART, figure=figure, config=style.chart_config(), responsive=True
    )
    tall = f"{figure['layout'].get('height', 0)}px"
    return html.Div(
        [
            html.H2(title),
            html.P(how, className="sub"),
            html.Div(
                graph,
                role="img",
                className="chart rows",
                style={"height": tall} if tall != "0px" else {},
                **aria(label=alternative),
            ),
            *(html.P(words, className="told") for words in told if words),
            *foot,
        ],
        className="panel",
    )


def twin(
    visit: Visit, indicator: Indicator, listed: html.Div, rows: pd.DataFrame, *, ordered: bool
) -> html.Section:
    """The table under its heading, with the notes of its rows; `ordered` when by a value."""
    said = notes(observations(rows, indicator.id), indicator, ordered=ordered)
    known = {note[visit.lang] for note in notes((), indicator)}
    words = [note[visit.lang] for note in said if note[visit.lang] not in known]
    return html.Section(
        [
            html.H2(term("as_table", visit.lang)),
            listed,
            *(html.P(one, className="src") for one in words),
        ],
        className="twin",
    )


def sources(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> list[Any]:
    """Where the rows come from, and why some sources are stale."""
    lines = [html.P(one, className="src") for one in source_lines(visit, indicator, rows)]
    return [*lines, *reasons(visit.warehouse, indicator, visit.lang)]


def described(kind: str, title: str, told: Sequence[str], *, example: bool, lang: Lang) -> str:
    """A chart in words: that it is invented, what it shows, and what its figures say."""
    said = [f"{term(kind, lang)}: {title}.", *told]
    return " ".join([f"{term('example', lang)}."] * example + [one for one in said if one])


def unit(indicator: Indicator, lang: Lang) -> str:
    """The unit as a sentence."""
    words = indicator.unit[lang]
    return f"{words[:1].upper()}{words[1:]}."


def _row(line: Line) -> html.Tr:
    cells = [one if isinstance(one, html.Td) else html.Td(one) for one in line.cells]
    return html.Tr([html.Th(line.name, scope="row"), *cells], className="own" if line.own else None)


def _direction(one: Column) -> dict[str, Any]:
    return aria(sort=one.sorted) if one.sorted else {}


def counted(key: str, count: int, every: int, lang: Lang, **blanks: str) -> str:
    """How many of what is listed have what `key` tells; of one alone, and of nothing, as such."""
    form = "none" if count == 0 else "one" if count == 1 else "of"
    if every == 1:
        form = "none_alone" if count == 0 else "alone"
    if every == 0:
        form = "empty"
    return term(f"{key}_{form}", lang, count=count, all=every, **blanks)


@dataclass(frozen=True)
class Part:
    """
    One view: its heading, its content and the rows that stand in it.

    Sources, symbols and notes of the page follow from `rows`. `said` are notices about the
    link, `shown` what the controls say, `lede` the sentences under the indicator's title,
    `empty` whether a cell has neither number nor symbol, `aims` the targets that are drawn.
    """

    heading: str
    body: Content
    rows: pd.DataFrame
    controls: Content = ()
    said: Sequence[str] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    lede: str = ""
    empty: bool = False
    aims: Sequence[Goal] = ()
    voice: Voice | None = None
