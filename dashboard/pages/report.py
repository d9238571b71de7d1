"""
Rapporten 2010: its seven figures rebuilt one by one, and its figures beside today's.

An article to read and to print, of Stockholm county whatever region the reader has chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard.components import Page, aria, notices
from dashboard.observation import Observation, observations
from dashboard.provenance import staleness
from dashboard.regions import peers
from dashboard.report.areas import confirmed, listed, with_union
from dashboard.report.drawings import COUNTY, FIGURES, Figure
from dashboard.report.printed import FILE, Printed, printed
from dashboard.report.printed import known as asked_of
from dashboard.report.sections import drawn
from dashboard.report.tables import beside
from dashboard.report.today import Key, row
from dashboard.series import series
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import sentences
from dashboard.visit import Visit
from etl.catalogue import Lang


def page(visit: Visit) -> Page:
    """The page, remembered per version, look and own municipality; notices are of the link."""
    memory, state = visit.context.memory, visit.state
    towns = peers(COUNTY, "kommun", visit.places)
    own = state.region if state.region in towns else COUNTY  # others are not marked in any chart
    reader = replace(visit, state=replace(state, region=own, notices=()))
    content = memory.recall(
        (visit.warehouse.version, "report 2010", visit.look, state.version, own),
        lambda: _article(with_union(reader)),
    )
    title = term("page_report", visit.lang)
    top, *rest = content
    said = notices(sentences(state.notices, visit.lang), visit.lang)
    return Page(title, [top, *said, *rest])


def entries(visit: Visit) -> tuple[Printed, ...]:
    """What the report printed, read once."""
    return visit.context.memory.recall(
        ("report 2010", "printed"), lambda: asked_of(printed(FILE), visit.catalogue)
    )


def known(visit: Visit, asked: Sequence[Printed]) -> Mapping[Key, Observation]:
    """Today's observations of everything the report's figures are compared with."""
    found: dict[Key, Observation] = {}
    wanted = [one.current for one in asked if one.current]
    for indicator in dict.fromkeys(one.indicator for one in wanted):
        own = [one for one in wanted if one.indicator == indicator]
        rows = series(
            visit.context,
            visit.warehouse,
            indicator,
            regions=sorted({one.region for one in own}),
            backgrounds=sorted({one.background for one in own}),
            sexes=sorted({one.sex for one in own}),
        )
        for one in observations(rows, indicator):
            found[indicator, one.region, one.background, one.sex, one.period] = one
    return found


def _article(visit: Visit) -> list[Any]:
    lang, asked = visit.lang, entries(visit)
    today = known(visit, asked)
    rows = [row(one, today, visit.catalogue, lang) for one in asked]
    table = html.Section(
        [
            html.H2(term("report_table", lang)),
            html.P(term("report_table_sub", lang), className="sub"),
            beside(rows, visit),
            html.P(term("report_target", lang), className="src"),
        ],
        id="tabell",
        className="twin",
    )
    stale = [
        sentence
        for id in dict.fromkeys(id for figure in FIGURES for id in figure.indicators)
        if id in visit.catalogue.indicator
        for sentence in staleness(visit.warehouse, visit.catalogue.indicator[id], lang)
    ]
    return [
        _top(lang),
        html.Div(
            [
                *notices(stale, lang),
                _contents(lang),
                *(_figure(figure, asked, visit) for figure in FIGURES),
                _areas(visit),
                table,
            ],
            className="article",
        ),
    ]


def _top(lang: Lang) -> html.Div:
    return html.Div(
        [
            html.H1(term("page_report", lang)),
            html.P(term("report_lede", lang), className="lede"),
            html.P(f"{term('report_county', lang)} {term('report_own', lang)}"),
        ],
        className="place",
    )


def _contents(lang: Lang) -> html.Nav:
    items = [
        html.Li(
            html.A(
                [
                    f"{term('report_figure', lang, number=figure.number)}. ",
                    term(f"report_{figure.drawings[0].key}", lang),
                ],
                href=f"#figur-{figure.number}",
            )
        )
        for figure in FIGURES
    ]
    items.append(html.Li(html.A(term("report_table", lang), href="#tabell")))
    return html.Nav(
        html.Ul(items), className="contents", **aria(label=term("report_contents", lang))
    )


def _figure(figure: Figure, asked: Sequence[Printed], visit: Visit) -> html.Section:
    """One figure: what the report showed, what can be rebuilt, its charts and printed numbers."""
    lang = visit.lang
    own = [one for one in asked if one.figure == figure.number]
    words = html.Dl(
        [
            html.Div([html.Dt(term(f"report_{key}", lang)), html.Dd(said)])
            for key, said in (
                ("then", term(f"report_{figure.number}_then", lang)),
                ("now", term(f"report_{figure.number}_now", lang)),
            )
        ],
        className="then",
    )
    return html.Section(
        [
            html.P(term("report_figure", lang, number=figure.number), className="number"),
            *(html.Div(drawn(one, own, visit), className="drawing") for one in figure.drawings),
            words,
            *_more(figure, visit),
        ],
        id=f"figur-{figure.number}",
        className="figure",
    )


def _more(figure: Figure, visit: Visit) -> list[html.P]:
    """The ways to the indicators' own pages, for the county."""
    lang = visit.lang
    state = kept(visit.state, region=COUNTY)
    parts: list[Any] = [f"{term('report_more', lang)}: "]
    there = [id for id in figure.indicators if id in visit.catalogue.indicator]
    for number, id in enumerate(there):
        parts += [", "] if number else []
        title = visit.catalogue.indicator[id].title[lang]
        parts.append(dcc.Link(title, href=link(f"/indikator/{id}", state)))
    return [html.P(parts, className="src more")] if there else []


def _areas(visit: Visit) -> html.Section:
    """What stands for the neighbourhoods: members, date, and that it is an approximation."""
    lang, day = visit.lang, confirmed()
    when = term("report_confirmed", lang, date=day) if day else term("report_unconfirmed", lang)
    items = [
        html.Div([html.Dt(name), html.Dd(inside)]) for name, inside in listed(visit.places, lang)
    ]
    folded = html.Details(
        [html.Summary(term("report_members", lang)), html.Dl(items, className="then")]
    )
    return html.Section(
        [
            html.H2(term("report_areas_heading", lang)),
            html.P(f"{term('report_areas_why', lang)} {when}", className="told"),
            *([folded] if items else []),
        ],
        className="figure areas",
    )
