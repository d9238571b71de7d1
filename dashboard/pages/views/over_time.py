"""
Over time: the own region or its groups, whom they are shown beside, and the table twin.

Everything that can be chosen exists in the source; the rest is disabled with the reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard import ids, queries, template
from dashboard.components import aria
from dashboard.controls import chips, controls, said_by
from dashboard.menus import breakdown
from dashboard.notes import following
from dashboard.observation import observations
from dashboard.offers import Offer, offer
from dashboard.pages.views.apart import parts, reason
from dashboard.pages.views.awaited import lacking, yet_to_come
from dashboard.pages.views.part import Part
from dashboard.panel import Panel, every, inside, panel
from dashboard.provenance import reasons, source_lines
from dashboard.saving import saved
from dashboard.series import offered
from dashboard.table import has_empty, twin
from dashboard.text import term
from dashboard.view import View, own_region, resolved
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang

DIMENSIONS = ["background", "sex", "education"]


def view(visit: Visit, indicator: Indicator) -> Part:
    """The lines that the link asks for, as chart and table."""
    state, places = visit.state, visit.places
    choices = _choices(visit, indicator, own_region(state, places)[0])
    shown, said = resolved(
        state, indicator.id, catalogue=visit.catalogue, regions=places, choices=choices
    )
    known = every(visit.context, visit.warehouse, shown)
    periods = sorted(known["period"].str[:4].unique())
    if shown.years and periods:
        said += yet_to_come(visit, indicator.id, shown.years)
        if inside(known, shown.years).empty:
            said += [*lacking(visit, indicator.id, shown.years), term("all_years", visit.lang)]
            shown = replace(shown, years=None)
    drawn = panel(
        visit.context, visit.warehouse, shown, regions=places, look=visit.look, among=True
    )
    return Part(
        heading=drawn.heading,
        body=[*parts(visit, indicator, shown), *_chart(visit, indicator, shown, drawn)],
        rows=drawn.series,
        controls=[
            *controls(visit, shown, choices, periods),
            chips(drawn, shown, state),
        ],
        said=[*said, *_absent(visit, indicator, shown, drawn)],
        shown=said_by(shown, choices, breakdown(visit.catalogue, shown), periods),
        lede=_lede(visit, indicator, shown, drawn),
        empty=has_empty(drawn),
        aims=drawn.goals,
        voice=drawn.voice,
    )


def _absent(visit: Visit, indicator: Indicator, shown: View, drawn: Panel) -> list[str]:
    """A sentence for each region that has no figures beside those that have, and why."""
    if not drawn.lines:
        return []
    regions = dict.fromkeys(
        line.region for line in drawn.absent if not _whole(visit, shown, line.region)
    )
    return [reason(visit, indicator, shown, region) for region in regions]


def _lede(visit: Visit, indicator: Indicator, shown: View, drawn: Panel) -> str:
    """What the newest figures say; of an own union without any, first that it has none."""
    gone = any(_whole(visit, shown, line.region) for line in drawn.absent)
    if not (gone and drawn.lines):
        return drawn.told.lede
    return f"{reason(visit, indicator, shown, shown.own)} {drawn.told.lede}"


def _whole(visit: Visit, shown: View, region: str) -> bool:
    """Whether a region is the own one, and a union."""
    return region == shown.own and bool(visit.places[region].members)


def _choices(visit: Visit, indicator: Indicator, region: str) -> Offer:
    """What exists for a region."""
    known = offered(visit.context, visit.warehouse, indicator.id, region)
    return offer(visit.catalogue, known[DIMENSIONS].itertuples(index=False, name=None))


def _chart(visit: Visit, indicator: Indicator, shown: View, drawn: Panel) -> list[Any]:
    """The chart with its words and its twin; one sentence where there is nothing to draw."""
    lang, warehouse = visit.lang, visit.warehouse
    if drawn.series.empty:
        known = indicator.id in queries.indicators(warehouse)
        none = f"{term('no_data', lang)}."
        text = reason(visit, indicator, shown, shown.own) if known else none
        said = html.P(text, className="absent large")
        return [said, *reasons(warehouse, indicator, lang)]
    table = html.Section(
        [
            html.H2(term("as_table", lang)),
            twin(drawn, indicator, lang),
            *(html.P(note, className="src") for note in _notes(drawn, indicator, lang)),
        ],
        className="twin",
    )
    sources = source_lines(visit, indicator, drawn.series)
    key = [(line.colour, line.name) for line in drawn.lines] if visit.look.narrow else []
    buttons = saved(visit, indicator, drawn.series, title=drawn.heading, how=drawn.subline, key=key)
    return [_picture(drawn, sources, buttons), *reasons(warehouse, indicator, lang), table]


def _notes(drawn: Panel, indicator: Indicator, lang: Lang) -> list[str]:
    """The notes that the shown values call for, but those that the page's first words tell."""
    notes = following(observations(drawn.series, indicator.id), indicator)
    return [note[lang] for note in notes if note[lang] not in drawn.told.lede]


def _picture(drawn: Panel, sources: Sequence[str], buttons: html.Div) -> html.Div:
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
            buttons,
        ],
        className="panel",
    )
