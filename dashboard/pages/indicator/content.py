"""
What the views of an indicator are made of: a chart with its words, its sources, counts in words.

Knows the class names of assets/style.css and assets/views.css. It decides no row and no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts import style
from dashboard.charts.line_chart import Goal
from dashboard.components import frame
from dashboard.components.frame import Content, aria
from dashboard.panels.provenance import reasons, source_lines
from dashboard.sentences.wording import Wording
from dashboard.state.links import Shown
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang


def chart_panel(
    figure: Any,
    *,
    title: str,
    how: str,
    alternative: str,
    sentences: Sequence[str],
    id: str = frame.CHART_ID,
    footer: Sequence[Any] = (),
) -> html.Div:
    """A chart under its heading and how it is read, with its text alternative and a footer."""
    graph = dcc.Graph(id=id, figure=figure, config=style.chart_config(), responsive=True)
    height = figure["layout"].get("height", 0)
    return html.Div(
        [
            html.H2(title),
            html.P(how, className="sub"),
            html.Div(
                graph,
                role="img",
                className="chart rows",
                style={"height": f"{height}px"} if height else {},
                **aria(label=alternative),
            ),
            *(html.P(sentence, className="told") for sentence in sentences if sentence),
            *footer,
        ],
        className="panel",
    )


def source_notes(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> list[Any]:
    """Where the rows come from, and why some sources are stale."""
    lines = [html.P(line, className="src") for line in source_lines(visit, indicator, rows)]
    return [*lines, *reasons(visit.warehouse, indicator, visit.lang)]


def text_alternative(kind: str, title: str, sentences: Sequence[str], visit: Visit) -> str:
    """A chart in words: that it is invented, what it shows, and what its figures say."""
    shown = f"{term(kind, visit.lang)}: {title}."
    return " ".join(filter(None, [example_words(visit).strip(), shown, *sentences]))


def example_words(visit: Visit) -> str:
    """That figures are invented, where they are, and a space."""
    return f"{term('example', visit.lang)}. " if visit.warehouse.example else ""


def signed_difference(value: float | None, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign; a dash where there is none."""
    return "–" if value is None else format.with_sign(value, indicator.decimals, lang)


def count_sentence(key: str, count: int, every: int, lang: Lang, **blanks: str) -> str:
    """How many of what is listed have what `key` tells; of one alone, and of nothing, as such."""
    form = "none" if count == 0 else "one" if count == 1 else "of"
    if every == 1:
        form = "none_alone" if count == 0 else "alone"
    if every == 0:
        form = "empty"
    return term(f"{key}_{form}", lang, count=count, all=every, **blanks)


@dataclass(frozen=True)
class ViewContent:
    """
    What a view of an indicator shows.

    Sources, symbols and notes of the page follow from `rows`. `notices` are sentences about the
    link, `offered` the codes that controls lead to besides what they say,
    `summary` stands under the indicator's title, `has_empty`: whether a cell has neither number
    nor symbol, `goals` are the targets that are drawn.
    """

    heading: str
    content: Content
    rows: pd.DataFrame
    controls: Content = ()
    notices: Sequence[str] = ()
    offered: Shown = field(default_factory=Shown)
    summary: str = ""
    has_empty: bool = False
    goals: Sequence[Goal] = ()
    wording: Wording | None = None
