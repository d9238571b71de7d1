"""
The table twin of a chart, in semantic HTML: the same rows, symbols and breaks.

Knows periods and lines. It rounds for the eye only and never leaves out a missing value;
a cell without any row in the source is empty, for ".." would say that a figure is held back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.style import ChartLine, marks_of_lines
from dashboard.components.frame import aria
from dashboard.data.observation import observations
from dashboard.panels.panel import Panel
from dashboard.rules.comparison import made
from dashboard.text import format, term
from etl.catalogue import Break, Indicator, Lang

Cell = tuple[float | None, str | None]


def twin(panel: Panel, indicator: Indicator, lang: Lang) -> html.Div:
    """The table: periods by lines, newest first, breaks as rows of their own."""
    periods = sorted(panel.series["period"].unique(), reverse=True)
    rows = _rows(panel, periods)
    concerned = marks_of_lines(indicator, panel.lines)
    unions = [_members(panel, line, indicator) for line in panel.lines if line.members]
    body: list[Any] = []
    for place, period in enumerate(periods):
        cells = rows[period]
        body.append(_row(period, cells, indicator, lang))
        older = periods[place + 1] if place + 1 < len(periods) else None
        if older is not None:
            seam = _seam(panel, older, period)
            if not seam and _remade(unions, older, period):
                body.append(_wide("break", term("members_row", lang), len(panel.lines)))
            body += _mark_rows(
                concerned, older, period, seam=seam, width=len(panel.lines), lang=lang
            )
    unit = f"{indicator.unit[lang][:1].upper()}{indicator.unit[lang][1:]}."
    example = panel.alternative.startswith(term("example", lang))
    caption: list[Any] = [
        panel.heading,
        html.Small([f"{term('example', lang)}. " if example else "", unit]),
    ]
    table = html.Table(
        [html.Caption(caption), _head(panel.lines, lang), html.Tbody(body)], className="figures"
    )
    return html.Div(
        table, className="scroll", role="region", tabIndex=0, **aria(label=panel.heading)
    )


def symbols(series: pd.DataFrame) -> list[str]:
    """The symbols that stand in the rows, as shown."""
    return sorted(set(filter(None, map(format.symbol, series["status"]))))


def has_empty(panel: Panel) -> bool:
    """Whether a cell of the table is empty: neither number nor symbol in the source."""
    rows = _rows(panel, sorted(panel.series["period"].unique()))
    return any(
        not format.has_number(value) and not format.symbol(status)
        for cells in rows.values()
        for value, status in cells
    )


def _rows(panel: Panel, periods: Sequence[str]) -> dict[str, list[Cell]]:
    """Value and status of every line in every period; (None, None) where there is no row."""
    columns = []
    for line in panel.lines:
        own = line.rows(panel.series)
        pairs = zip(own["value"], own["status"], strict=True)
        columns.append(dict(zip(own["period"], pairs, strict=True)))
    return {period: [column.get(period, (None, None)) for column in columns] for period in periods}


def _head(lines: Sequence[ChartLine], lang: Lang) -> html.Thead:
    return html.Thead(
        html.Tr(
            [
                html.Th(term("period", lang), scope="col"),
                *(html.Th(line.name, scope="col") for line in lines),
            ]
        )
    )


def _row(period: str, cells: Sequence[Cell], indicator: Indicator, lang: Lang) -> html.Tr:
    shown = [cell(*one, indicator, lang) for one in cells]
    return html.Tr([html.Th(period, scope="row"), *shown])


def cell(value: float | None, status: str | None, indicator: Indicator, lang: Lang) -> html.Td:
    """A number, the symbol in its place with its meaning at hand, or nothing and why."""
    text = format.marked(value, status, indicator.decimals, lang)
    if not text:
        absent = term("not_available", lang)
        return html.Td(html.Span(absent, className="unseen"), title=absent)
    if text != format.symbol(status):
        return html.Td(text)
    return html.Td(html.Abbr(text, title=format.meaning(str(status), lang)))


def _seam(panel: Panel, older: str, newer: str) -> bool:
    """Whether two neighbouring periods come from different segments."""
    series = panel.series
    before, after = (
        set(series.loc[series["period"] == period, "segment"]) for period in (older, newer)
    )
    return before.isdisjoint(after)


def _members(panel: Panel, line: ChartLine, indicator: Indicator) -> Mapping[str, object]:
    """What the figures of a union are made of, by period."""
    shown = observations(line.rows(panel.series), indicator.id)
    return {one.period: made(one) for one in shown if one.present}


def _remade(unions: Sequence[Mapping[str, object]], older: str, newer: str) -> bool:
    """Whether a union is made of other members in one of two neighbouring periods."""
    return any(older in one and newer in one and one[older] != one[newer] for one in unions)


def _mark_rows(
    concerned: Sequence[Break],
    older: str,
    newer: str,
    *,
    seam: bool,
    width: int,
    lang: Lang,
) -> list[html.Tr]:
    """A row for every mark between two periods; a seam without one still says so."""
    between = [mark for mark in concerned if older < mark.period <= newer]
    texts = [
        (
            mark.severity,
            term(f"{mark.severity}_row", lang, period=mark.period, text=mark.text[lang]),
        )
        for mark in between
    ]
    if seam and not any(mark.severity == "break" for mark in between):
        texts.append(("break", term("segment_row", lang)))
    return [_wide(severity, text, width) for severity, text in texts]


def _wide(severity: str, text: str, width: int) -> html.Tr:
    """A row of words over all columns."""
    return html.Tr(html.Td(html.Span(text), colSpan=width + 1), className=f"mark {severity}")


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
