"""
The tables of the page: the report's figures beside today's, municipalities, areas by year.

Knows their columns and semantic HTML. It rounds for the eye only and decides no comparison.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import format
from dashboard.components import aria
from dashboard.pairs import Pair, reason
from dashboard.report.today import Row, years
from dashboard.text import term
from dashboard.visit import Visit
from dashboard.wordtable import STACKED, headed, labelled
from etl.catalogue import Indicator, Lang


def beside(rows: Sequence[Row], visit: Visit) -> html.Div:
    """The report's figure, today's of the same year, the difference, and why."""
    lang = visit.lang
    caption = html.Caption([*_example(visit), term("report_table", lang)], className="unseen")
    heads = [term(f"report_col_{key}", lang) for key in ("report", "today", "difference", "why")]
    told = [
        [_told(row, heads[0], lang), row.today, row.difference, row.printed.why[lang]]
        for row in rows
    ]
    parts, kind = [caption, *headed(heads, told)], f"figures told-beside {STACKED}"
    return _table(parts, term("report_table", lang), kind, role="table")


def towns(
    pairs: Sequence[Pair], heading: str, visit: Visit, *, indicator: Indicator, years: Sequence[str]
) -> html.Div:
    """Two years of the municipalities, and what parts them or why it is not told."""
    lang = visit.lang
    heads = [term("report_town", lang), *years, term("report_change", lang)]
    rows = [
        html.Tr(
            [
                html.Th(pair.name, scope="row"),
                *(
                    html.Td(format.marked(one.value, one.status, indicator.decimals, lang))
                    for one in (pair.earlier, pair.later)
                ),
                html.Td(_difference(pair, indicator, lang)),
            ]
        )
        for pair in pairs
    ]
    return _table(
        [html.Caption([*_example(visit), heading]), _head(heads), html.Tbody(rows)], heading
    )


def grid(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    heading: str,
    visit: Visit,
    *,
    indicator: Indicator,
) -> html.Div:
    """Areas by years, all that the source has of them; an empty cell where it has nothing."""
    lang = visit.lang
    periods = sorted(rows["period"].unique())
    cells = {
        (row["region"], row["period"]): format.marked(
            row["value"], row["status"], indicator.decimals, lang
        )
        for row in rows.to_dict("records")
    }
    body = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                *(_cell(cells.get((code, period), ""), lang) for period in periods),
            ]
        )
        for code, name in names.items()
    ]
    heads = [term("report_area", lang), *periods]
    return _table(
        [html.Caption([*_example(visit), heading]), _head(heads), html.Tbody(body)], heading
    )


def _told(row: Row, name: str, lang: Lang) -> list[Any]:
    """What the report's figure is of, where it stands, and what it was."""
    one = row.printed
    where = f"{one.where[lang]}, {years(one, lang)}"
    place = (
        term("report_in_text", lang)
        if one.figure is None
        else term("report_figure", lang, number=one.figure)
    )
    return [
        html.Span(one.what[lang]),
        html.Small(f"{where} · {place}"),
        html.B(row.report, **labelled(name)),
    ]


def _difference(pair: Pair, indicator: Indicator, lang: Lang) -> str:
    value = pair.difference.value
    if value is None:
        return reason(pair, lang)
    sign = "+" if value > 0 else ""
    return sign + format.number(value, indicator.decimals, lang)


def _cell(text: str, lang: Lang) -> html.Td:
    if text:
        return html.Td(text)
    absent = term("not_available", lang)
    return html.Td(html.Span(absent, className="unseen"), title=absent)


def _head(heads: Sequence[str]) -> html.Thead:
    return html.Thead(html.Tr([html.Th(head, scope="col") for head in heads]))


def _table(
    parts: Sequence[Any], heading: str, kind: str = "figures", **attributes: Any
) -> html.Div:
    table = html.Table(list(parts), className=kind, **attributes)
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=heading))


def _example(visit: Visit) -> list[str]:
    return [f"{term('example', visit.lang)}. "] if visit.warehouse.example else []
