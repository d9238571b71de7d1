"""
The heat table: indicators by regions, shaded by fifths, in semantic HTML.

Knows how a cell is laid out. The shade is said in words and shown as a bar, too.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.frame import aria
from dashboard.data.observation import Observation
from dashboard.pages.overview import figure_notes, members_with_figures, union_method
from dashboard.panels import heat
from dashboard.panels.heat import Cell, Column, Line
from dashboard.panels.overview import absence
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.wording import Wording, category_label
from dashboard.state.regions import inline
from dashboard.state.url import kept, link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level

BARS = "▁▂▄▆█"


def table(
    visit: Visit, columns: Sequence[Column], lines: Sequence[Line], *, what: str
) -> html.Section:
    """The table in a region that scrolls, its legend and its notes."""
    lang = visit.lang
    caption = _caption(visit, columns, what)
    head = [html.Th(term("indicator", lang), scope="col")]
    head += [html.Th(_heading(column, lang), scope="col") for column in columns]
    example = [html.Small(f"{term('example', lang)}.")] if visit.warehouse.example else []
    built = html.Table(
        [
            html.Caption([caption, *example]),
            html.Thead(html.Tr(head)),
            html.Tbody([_row(visit, columns, line) for line in lines]),
        ],
        className="figures heat",
    )
    return html.Section(
        [
            html.Div(
                built, className="scroll wide", role="region", tabIndex=0, **aria(label=caption)
            ),
            _legend(lang),
            *figure_notes(
                visit,
                [
                    (line.indicator, tuple(cell.one for cell in line.cells if cell.one))
                    for line in lines
                ],
                ordered=True,
            ),
        ],
        className="panel",
    )


def _caption(visit: Visit, columns: Sequence[Column], what: str) -> str:
    """What stands in the table, of whom, and how many are set beside."""
    own, count, lang = visit.places[columns[0].code], len(columns) - 1, visit.lang
    key = {0: "compare_caption_none", 1: "compare_caption_one"}.get(count, "compare_caption")
    return term(key, lang, what=what, where=own.where[lang], region=inline(own, lang), count=count)


def _heading(column: Column, lang: Lang) -> list[Any]:
    made = [html.Small(term(f"made_{column.made}", lang))] if column.made != "region" else []
    return [column.name, *made]


def _row(visit: Visit, columns: Sequence[Column], line: Line) -> html.Tr:
    indicator, lang = line.indicator, visit.lang
    to = link(f"/indikator/{indicator.id}", kept(visit.state, "comparison"))
    own = line.cells[0].one
    about = [own.period] if own else []
    if own and own.background != TOTAL:
        about.append(category_label(visit.catalogue, "background", own.background, lang).lower())
    sub = " · ".join([*about, indicator.unit[lang]])
    head = html.Th([dcc.Link(indicator.title[lang], href=to), html.Small(sub)], scope="row")
    if own is None:  # nothing to set others beside; theirs are not missing
        gone = html.Span(absence(visit, indicator), className="absent")
        return html.Tr([head, html.Td(gone, colSpan=len(columns), className="whole")])
    wording = visit.wording(indicator)
    cells = [
        _cell(cell, column, own=own, wording=wording)
        for cell, column in zip(line.cells, columns, strict=True)
    ]
    return html.Tr([head, *cells])


def _cell(cell: Cell, column: Column, *, own: Observation, wording: Wording) -> html.Td:
    """A value with its year, where it lies among its level, and how it differs."""
    lang, indicator = wording.lang, wording.indicator
    if cell.one is None or not (cell.one.present or format.symbol(cell.one.status)):
        return html.Td(html.Span(_nothing(cell, column, wording), className="absent"))
    text = format.marked(cell.one.value, cell.one.status, indicator.decimals, lang)
    parts: list[Any] = [html.B(text)]
    if cell.one.period != own.period:
        parts.append(html.Small(cell.one.period))
    parts += _union_words(cell.one, column, indicator, lang)
    parts += _difference(cell, wording)
    if cell.fifth is None:
        return html.Td(parts)
    words = term(
        "fifth", lang, number=cell.fifth, level=term(f"fifth_{region_level(cell.one.region)}", lang)
    )
    bar = html.Span(BARS[cell.fifth - 1], className="bar", title=words, **aria(hidden="true"))
    said = html.Span(words, className="unseen")
    return html.Td([bar, *parts, said], className=f"fifth-{cell.fifth}")


def _nothing(cell: Cell, column: Column, wording: Wording) -> str:
    """That there is no figure; that of numbers of persons no median is shown."""
    unmeasured = wording.indicator.measure in heat.UNMEASURED
    key = "no_median" if cell.one is None and column.made == "median" and unmeasured else ""
    return term(key or "not_available", wording.lang)


def _union_words(
    figure: Observation, column: Column, indicator: Indicator, lang: Lang
) -> list[html.Small]:
    """How a figure of several regions was made, and of how many, where it is not of all."""
    method = union_method(figure, indicator, lang) if column.members else ""
    return [html.Small(words) for words in (method, members_with_figures(figure, lang)) if words]


def _difference(cell: Cell, wording: Wording) -> list[Any]:
    lang, found = wording.lang, cell.found
    if found is None or (found.verdict.reason == "missing"):
        return []
    if found.value is None:
        if found.verdict.reason == "class":
            return []
        why = incomparable_sentence(found, wording)
        return [
            html.Small([html.Abbr(term("not_compared", lang), title=why)], className="apart"),
        ]
    if found.level:
        return [html.Small(term("in_level", lang), className="apart")]
    sign = "+" if found.value > 0 else format.MINUS
    number = format.number(abs(found.value), wording.indicator.decimals, lang)
    return [html.Small(f"{sign}{number}", className="apart")]


def _legend(lang: Lang) -> html.Div:
    """The five shades from lowest to highest, and what they are."""
    steps = [
        html.Li(
            [html.Span(bar, className=f"swatch fifth-{number}", **aria(hidden="true"))]
            + ([html.Span(term(f"fifth_{number}", lang))] if number in {1, 5} else [])
        )
        for number, bar in enumerate(BARS, 1)
    ]
    return html.Div(
        [html.Ul(steps, className="fifths"), html.P(term("compare_shades", lang), className="src")]
    )
