"""
Segregation, and the report's figures 3, 6 and 7 as they look today, with the way to them.

Knows which drawings belong to neighbourhoods. What is drawn is made by `panel` and `report`.
"""

from typing import Any

from dash import dcc, html

from dashboard.areas import Within
from dashboard.panel import panel
from dashboard.provenance import source_lines
from dashboard.report.areas import with_union
from dashboard.report.drawings import COUNTY, FIGURES, Drawing
from dashboard.report.parts import folded, picture
from dashboard.report.sections import drawn
from dashboard.saving import saved
from dashboard.table import twin
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import View
from dashboard.visit import Visit
from etl.catalogue import TOTAL

SEGREGATION = "residential_dissimilarity"
FIGURE = {"area_unemployed": 3, "studying": 6, "movers_areas": 7}


def segregation(visit: Visit, where: Within) -> list[html.Section]:
    """The dissimilarity index of the municipality over time, with its limits."""
    indicator, lang = visit.catalogue.indicator.get(SEGREGATION), visit.lang
    if indicator is None:
        return []
    # Alone: the index of few areas and that of many can hardly be compared.
    view = View(indicator.id, where.place, (), (TOTAL,), (TOTAL,), "region")
    made = panel(visit.context, visit.warehouse, view, regions=visit.places, look=visit.look)
    words = html.P(indicator.definition[lang], className="told")
    if not made.series["value"].notna().any():
        place = visit.places[where.place].where[lang]
        none = html.P(term("areas_no_segregation", lang, where=place), className="absent large")
        parts: list[Any] = [html.H2(indicator.title[lang]), none, words]
        return [html.Section(parts, className="figure segregation")]
    told = (made.told.lede, made.told.change, *made.told.directions)
    sources = source_lines(visit, indicator, made.series)
    parts = [
        *picture(made.heading, made.subline, made.alternative, made.figure),
        *(html.P(one, className="told") for one in told if one),
        words,
        html.P(indicator.not_captured[lang], className="src"),
        *(html.P(one, className="src") for one in sources),
        saved(
            visit,
            indicator,
            made.series,
            title=made.heading,
            how=made.subline,
            what=term("areas_menu", lang),
        ),
        folded(twin(made, indicator, lang), visit),
    ]
    return [html.Section(parts, className="figure segregation")]


def as_in_2010(visit: Visit, where: Within) -> list[html.Section]:
    """The report's figures of its districts: drawn for the county, linked for a municipality."""
    if not where.neighbourhoods or COUNTY not in where.beside:
        return []
    lang = visit.lang
    known = [one for one in _drawings() if one.indicator in visit.catalogue.indicator]
    heading = html.H2(term("areas_report", lang))
    links = html.Ul([html.Li(_ways(visit, one)) for one in known])
    parts: list[Any] = [heading, html.P(term("areas_report_why", lang), className="told"), links]
    if where.place == COUNTY:
        wide = with_union(visit)
        parts += [html.Div(drawn(one, (), wide), className="figure") for one in known]
    return [html.Section(parts, className="as-report")]


def _drawings() -> list[Drawing]:
    return [one for figure in FIGURES for one in figure.drawings if one.key in FIGURE]


def _ways(visit: Visit, drawing: Drawing) -> list[Any]:
    """What the figure was, what stands for it today, and the ways to both."""
    lang, number = visit.lang, FIGURE[drawing.key]
    indicator = visit.catalogue.indicator[drawing.indicator]
    here = link(visit.path, kept(visit.state, indikatorer=(indicator.id,)))
    there = link("/rapport-2010", kept(visit.state)) + f"#figur-{number}"
    return [
        f"{term(f'areas_report_{number}', lang)} ",
        dcc.Link(term("areas_report_here", lang, title=indicator.title[lang]), href=here),
        " · ",
        dcc.Link(term("areas_report_there", lang, number=number), href=there),
    ]
