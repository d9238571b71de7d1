"""
Map: one year of the counties, of the municipalities of a county, or of all municipalities.

Areas have no boundaries here: that is said, and the list stands alone. A click on the map and a
link of the list lead to the same address.
"""

from typing import Any

from dash import dcc, html

from dashboard import borders, ids
from dashboard.borders import Box, MapLevel
from dashboard.boxes import boxes
from dashboard.components import aria
from dashboard.legend import chooser, keyed, legend
from dashboard.map import MapPicture, choropleth
from dashboard.pages.views import choices, listing, sheet
from dashboard.pages.views.compare_table import twin
from dashboard.pages.views.compared import Compared, compared, lede
from dashboard.pages.views.part import Part
from dashboard.regions import COUNTRY
from dashboard.saving import saved
from dashboard.text import term
from dashboard.url import Level, link
from dashboard.visit import Visit
from etl.catalogue import Indicator

LEVELS: tuple[tuple[Level, MapLevel], ...] = (("lan", "county"), ("kommun", "municipality"))
LONG = 40  # regions


def view(visit: Visit, indicator: Indicator) -> Part:
    """The map that the link asks for, its legend, its regions as links, and its table."""
    found, said = listing.listing(visit, indicator)
    period, vain = listing.year(visit, found)
    controls = choices.panel(
        [
            *choices.controls(visit, indicator, found.scope),
            *listing.select_field(visit, found),
            *listing.select_year(visit, found, period),
        ]
    )
    if not period:
        return listing.nothing(visit, indicator, found, said=said, controls=controls)
    shown = compared(visit, indicator, found, period)
    title = f"{listing.heading(visit, indicator, found)} {period}"
    told = lede(found, period)
    return Part(
        heading=title,
        body=[
            *_drawn(visit, indicator, shown, title=title, told=told),
            *sheet.sources(visit, indicator, shown.rows),
            twin(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        controls=controls,
        said=[*said, *vain],
        shown=listing.said_by(visit, found, ar=period),
        lede=told,
        empty=shown.has_empty,
        voice=found.voice,
    )


def _drawn(
    visit: Visit, indicator: Indicator, shown: Compared, *, title: str, told: str
) -> list[Any]:
    """The map beside its words; at a level without boundaries the reason."""
    level = shown.found.scope.level
    drawn = dict(LEVELS).get(level)
    if drawn is None:
        why = term(f"map_none_{level}", visit.lang)
        return [html.H2(title), html.P(why, className="absent large")]
    known = visit.context.memory.recall(("boxes",), boxes)
    codes = [one.region for one in shown.items if one.region in known]
    if not codes:
        return [html.H2(title), html.P(term("map_alternative_none", visit.lang))]
    picture = choropleth(
        shown.found.rows,
        {code: shown.names[code] for code in codes},
        indicator,
        visit.look,
        own=shown.found.scope.own,
        level=drawn,
        period=shown.period,
        boxes=known,
    )
    box = borders.around(known, codes)
    how = f"{sheet.unit(indicator, visit.lang)} {term('map_how', visit.lang)}"
    graph = _graph(visit, picture, box, title=title, told=told)
    both = html.Div([graph, _words(visit, indicator, shown, picture)], className="map-and-words")
    click = html.Span(term("map_click", visit.lang), className="ways")
    told_how = html.P([how, " ", click], className="sub")
    buttons = _saved(visit, indicator, shown, picture, title=title)
    return [html.Div([html.H2(title), told_how, both, buttons], className="panel")]


def _saved(
    visit: Visit, indicator: Indicator, shown: Compared, picture: MapPicture, *, title: str
) -> html.Div:
    """The buttons that save the map, with its classes; the hatching is plain grey there."""
    how = f"{sheet.unit(indicator, visit.lang)} {term('picture_map', visit.lang)}"
    if picture.unplaced:
        how += f" {term('picture_grey', visit.lang)}"
    key = keyed(picture, indicator, visit.lang)
    return saved(visit, indicator, shown.rows, title=title, how=how, key=key)


def _graph(visit: Visit, picture: MapPicture, box: Box, *, title: str, told: str) -> html.Div:
    graph = dcc.Graph(
        id=ids.choice("map"), figure=picture.figure, config=borders.config(), responsive=True
    )
    alternative = sheet.described(
        "map_of",
        title,
        [picture.alternative, told],
        example=visit.warehouse.example,
        lang=visit.lang,
    )
    size = "chart map" if box.is_wide else "chart map part"
    return html.Div(graph, role="img", className=size, **aria(label=alternative))


def _words(visit: Visit, indicator: Indicator, shown: Compared, picture: MapPicture) -> html.Div:
    """The legend, the way to all municipalities, and the regions as links, folded when many."""
    listed = chooser(
        picture,
        shown.names,
        visit.lang,
        own=shown.found.scope.own,
        href=lambda code: link(visit.path, visit.state, region=code, notices=()),
    )
    folded: Any = listed
    if len(picture.regions) > LONG:
        words = term("map_list", visit.lang, count=len(picture.regions))
        folded = html.Details([html.Summary(words), listed])
    return html.Div([legend(picture, indicator, visit.lang), *_every(visit, shown), folded])


def _every(visit: Visit, shown: Compared) -> list[Any]:
    """A link to all municipalities, where those of a part of the country are shown."""
    scope, inside = shown.found.scope, shown.found.field.inside
    if scope.level != "kommun" or inside == COUNTRY:
        return []
    href = link(visit.path, visit.state, jamfor=(COUNTRY,), notices=())
    return [html.P(dcc.Link(term("map_every", visit.lang), href=href))]
