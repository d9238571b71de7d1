"""
The parts that every drawing of the page is made of: chart, printed figures, notes, sources.

Knows class names and the order inside a part. Which parts a drawing has is in `sections`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts import style
from dashboard.charts.style import ChartLine, marks_of_lines
from dashboard.components.frame import aria
from dashboard.components.pictures import sourced
from dashboard.components.tables import STACKED, headed, labelled
from dashboard.data.observation import observations
from dashboard.pages.report.areas import COUNTY, Drawing
from dashboard.pages.report.printed import Printed, Row, report, years
from dashboard.panels.panel import Panel
from dashboard.panels.provenance import source_lines
from dashboard.rules.two_years import Pair, reason
from dashboard.sentences.notes import following, standing
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

Parts = list[Any]


def picture(
    heading: str, sub: str, said: str, figure: Mapping[str, Any], *, tall: bool = False
) -> Parts:
    """Heading, how to read it, and the chart with its alternative."""
    graph = dcc.Graph(
        figure=dict(figure),
        config=style.chart_config(),
        responsive=True,
        # plotly takes the height of its box and not of the layout
        style={"height": f"{figure['layout']['height']}px"} if tall else {},
    )
    kind = "chart tall" if tall else "chart"
    return [
        html.H2(heading),
        html.P(sub, className="sub"),
        html.Div(graph, role="img", className=kind, **aria(label=said)),
    ]


def buttons(
    drawing: Drawing,
    lines: Sequence[str],
    visit: Visit,
    *,
    title: str,
    how: str,
    drawn: Sequence[ChartLine] = (),
) -> html.Div:
    """
    The buttons that save a drawing as a picture, under the name of the county that it shows.

    `drawn` are lines it may not name itself.
    """
    key = [(line.colour, line.name) for line in drawn] if visit.look.narrow else []
    name = (drawing.key, term("page_report", visit.lang))
    of_county = replace(visit, state=replace(visit.state, region=COUNTY))
    return sourced(of_county, lines, title=title, how=how, name=name, key=key)


def legend(lines: Sequence[ChartLine], visit: Visit) -> Parts:
    """The lines by name where the chart has no room for their names."""
    if not visit.look.narrow or len(lines) < 2:
        return []
    items = [
        html.Li(
            [
                html.I(className=f"line {line.dash}", style={"borderColor": line.colour}),
                html.Span(line.name),
            ]
        )
        for line in lines
    ]
    return [html.Ul(items, className="legend")]


def printed_list(entries: Sequence[Printed], visit: Visit) -> Parts:
    """What the report printed about the figure."""
    lang = visit.lang
    items = [
        html.Li(
            [
                html.B(report(one, lang)),
                f" – {one.what[lang]}, {one.where[lang]}, {years(one, lang)}",
            ]
        )
        for one in entries
    ]
    heading = html.H3(term("report_said", lang))
    return [html.Div([heading, html.Ul(items)], className="said")] if items else []


def break_words(made: Panel, indicator: Indicator, visit: Visit) -> Parts:
    """The words of the breaks inside the years shown."""
    first, last = made.series["period"].min(), made.series["period"].max()
    inside = [
        mark
        for mark in marks_of_lines(indicator, made.lines)
        if mark.severity == "break" and first < mark.period <= last
    ]
    return [html.P(mark.text[visit.lang], className="src") for mark in inside]


def source_parts(drawing: Drawing, rows: pd.DataFrame, visit: Visit) -> Parts:
    """Source lines and notes of all that is shown; the weights of a union are a source too."""
    notes = note_parts(rows, visit.catalogue.indicator[drawing.indicator], visit)
    return [*notes, *(html.P(line, className="src") for line in sources(drawing, rows, visit))]


def sources(drawing: Drawing, rows: pd.DataFrame, visit: Visit) -> list[str]:
    """The source lines of all that is shown, each once."""
    catalogue, found = visit.catalogue, []
    if drawing.kind == "measures":
        parts = [(id, rows[rows["background"] == id]) for id in drawing.measures]
    else:
        parts = [(drawing.indicator, rows)]
    if (rows["how"] == "weighted").any():
        parts.append(("population", rows[rows["how"] == "weighted"].assign(segment="bef")))
    for id, own in parts:
        found += source_lines(visit, catalogue.indicator[id], own)
    return list(dict.fromkeys(found))


def note_parts(rows: pd.DataFrame, indicator: Indicator, visit: Visit) -> Parts:
    """The notes that an indicator and the shown values call for."""
    seen = observations(rows, indicator.id)
    words = [*standing(indicator), *following(seen, indicator)]
    return [html.P(" ".join(note[visit.lang] for note in words), className="src")] if words else []


def alternative(heading: str, said: str, visit: Visit) -> str:
    """A chart in words, which say when its figures are invented."""
    example = [f"{term('example', visit.lang)}."] * visit.look.example
    return " ".join([*example, f"{heading}.", said])


def folded(table: html.Div, visit: Visit) -> html.Details:
    """A table behind its summary."""
    return html.Details([html.Summary(term("as_table", visit.lang)), table])


def nothing(heading: str, visit: Visit) -> Parts:
    """A heading and that there is nothing to draw under it."""
    absent = html.P(term("report_nothing", visit.lang), className="absent large")
    return [html.H2(heading), absent]


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
