"""
One indicator over time: its controls, chart, source line and table, and what it means.

Everything that can be chosen exists in the source; the rest is disabled with the reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard import ids, queries, template
from dashboard.components import Page, aria, notices
from dashboard.context import Context
from dashboard.controls import chips, controls, said_by
from dashboard.lines import Look
from dashboard.margin import margin
from dashboard.notes import following
from dashboard.observation import observations
from dashboard.panel import Panel, panel
from dashboard.provenance import reasons, source_lines, staleness
from dashboard.regions import Region
from dashboard.table import twin
from dashboard.text import term
from dashboard.url import State, link
from dashboard.view import Offer, View, offer, own_region, resolved
from dashboard.visit import Visit
from dashboard.warehouse import Warehouse
from etl.catalogue import Indicator, Lang


def page(visit: Visit) -> Page:
    """The page of an indicator for the view that the link describes."""
    context, warehouse, state = visit.context, visit.warehouse, visit.state
    places, look = visit.places, visit.look
    id = visit.path.rpartition("/")[2]
    indicator = context.catalogue.indicator[id]
    choices = _choices(context, warehouse, id, own_region(state, places)[0])
    view, said = resolved(state, id, catalogue=context.catalogue, regions=places, choices=choices)
    drawn = panel(context, warehouse, view, regions=places, look=look)
    content = [
        _top(context, indicator, view, drawn, places=places, lang=state.lang),
        *notices(
            [
                *said,
                *_absent(drawn, places, look.lang),
                *staleness(warehouse, indicator, look.lang),
            ],
            look.lang,
        ),
        *controls(context.catalogue, view, choices, state=state, places=places),
        chips(drawn, view, state),
        html.Div(
            [
                html.Div(_chart(warehouse, indicator, view, drawn, places=places, look=look)),
                margin(
                    warehouse,
                    context.catalogue,
                    indicator=indicator,
                    drawn=drawn,
                    places=places,
                    lang=look.lang,
                ),
            ],
            className="split",
        ),
    ]
    return Page(drawn.heading, content, shown=said_by(view, choices))


def _absent(drawn: Panel, places: Mapping[str, Region], lang: Lang) -> list[str]:
    """A sentence for each comparison that has no figures beside those that have."""
    if not drawn.lines:
        return []
    return [
        f"{term('no_data_here', lang, where=places[line.region].where[lang])}."
        for line in drawn.absent
    ]


def _choices(context: Context, warehouse: Warehouse, id: str, region: str) -> Offer:
    """What exists for a region, remembered per version."""
    pairs = context.memory.recall(
        (warehouse.version, "offered", id, region),
        lambda: queries.offered(warehouse, id, region),
    )
    return offer(context.catalogue, zip(pairs["background"], pairs["sex"], strict=True))


def _top(
    context: Context,
    indicator: Indicator,
    view: View,
    drawn: Panel,
    *,
    places: Mapping[str, Region],
    lang: Lang,
) -> html.Div:
    """The way back, the indicator's title, and what the newest figures say."""
    theme = next(one for one in context.catalogue.themes if one.id == indicator.theme)
    home = link("/", State(region=view.own, lang=lang))
    name = places[view.own].name(lang) if view.own in places else term("overview", lang)
    return html.Div(
        [
            html.Nav(
                [dcc.Link(name, href=home), f" / {theme.title[lang]}"],
                className="crumb",
                **aria(label=term("crumbs", lang)),
            ),
            html.H1(indicator.title[lang]),
            *([html.P(drawn.told.lede, className="lede")] if drawn.told.lede else []),
        ],
        className="place of-indicator",
    )


def _chart(
    warehouse: Warehouse,
    indicator: Indicator,
    view: View,
    drawn: Panel,
    *,
    places: Mapping[str, Region],
    look: Look,
) -> list[Any]:
    """The chart with its words and its twin; one sentence where there is nothing to draw."""
    lang = look.lang
    if drawn.series.empty:
        where = places[view.own].where[lang] if view.own in places else ""
        known = indicator.id in queries.indicators(warehouse)
        text = term("no_data_here", lang, where=where) if known else term("no_data", lang)
        said = html.P(f"{text}.", className="absent large")
        return [said, *reasons(warehouse, indicator, lang)]
    table = html.Section(
        [
            html.H2(term("as_table", lang)),
            twin(drawn, indicator, lang),
            *(html.P(note, className="src") for note in _notes(drawn, indicator, lang)),
        ],
        className="twin",
    )
    sources = source_lines(warehouse, indicator, drawn, places=places, lang=lang)
    return [_picture(drawn, sources), *reasons(warehouse, indicator, lang), table]


def _notes(drawn: Panel, indicator: Indicator, lang: Lang) -> list[str]:
    """The notes that the shown values call for, but those that the page's first words tell."""
    notes = following(observations(drawn.series, indicator.id), indicator)
    return [note[lang] for note in notes if note[lang] not in drawn.told.lede]


def _picture(drawn: Panel, sources: Sequence[str]) -> html.Div:
    """Heading, how to read it, the chart with its alternative, what moved, and its sources."""
    moved = " ".join(drawn.told.directions)
    graph = dcc.Graph(id=ids.CHART, figure=drawn.figure, config=template.config(), responsive=True)
    return html.Div(
        [
            html.H2(drawn.heading),
            html.P(drawn.subline, className="sub"),
            html.Div(graph, role="img", className="chart", **aria(label=drawn.alternative)),
            *(html.P(words, className="told") for words in (drawn.told.change, moved) if words),
            *(html.P(line, className="src") for line in sources),
        ],
        className="panel",
    )
