"""
One indicator: its title and first sentences, its views, and beside them what it means.

Knows which view an address asks for. A view that has nothing to show is named with the reason.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dash import dcc, html

from dashboard.components import Page, aria, notices
from dashboard.margin import margin
from dashboard.pages.taking import taking
from dashboard.pages.views import compare, gap, groups, mapped, over_time, rows, two_years
from dashboard.pages.views.choices import existing
from dashboard.pages.views.part import Part
from dashboard.provenance import staleness
from dashboard.text import term
from dashboard.url import State, Way, link
from dashboard.view import own_region
from dashboard.visit import Visit
from dashboard.ways import ways
from etl.catalogue import Indicator

VIEWS: Mapping[Way, Callable[[Visit, Indicator], Part]] = MappingProxyType(
    {
        "tid": over_time.view,
        "jamfor": compare.view,
        "tvaar": two_years.view,
        "karta": mapped.view,
        "grupper": groups.view,
        "skillnader": gap.view,
        "tabell": rows.view,
    }
)


def page(visit: Visit) -> Page:
    """The page of an indicator for the view that the link describes."""
    indicator = visit.catalogue.indicator[visit.path.rpartition("/")[2]]
    obstacles = ways(indicator, existing(visit, indicator))
    shown, said = way(visit, obstacles)
    part = VIEWS[shown](visit, indicator)
    stale = staleness(visit.warehouse, indicator, visit.lang)
    content = [
        _top(visit, indicator, part),
        *notices([*said, *part.said, *stale], visit.lang),
        *_tabs(visit, shown, obstacles),
        *part.controls,
        html.Div(
            [
                html.Div([*part.body, taking(visit, indicator, part)]),
                margin(visit, indicator, part),
            ],
            className="split",
        ),
    ]
    return Page(part.heading, content, shown=part.shown)


def way(visit: Visit, obstacles: Mapping[Way, str | None]) -> tuple[Way, list[str]]:
    """The view that a link gets, and why it is not the one it asks for."""
    asked = visit.state.vy
    obstacle = obstacles[asked] if asked in VIEWS else None
    shown: Way = asked if asked in VIEWS and not obstacle else "tid"
    return shown, [_reason(asked, obstacle, visit)] if obstacle else []


def _top(visit: Visit, indicator: Indicator, part: Part) -> html.Div:
    """The way back, the indicator's title, and what the newest figures say."""
    lang, own = visit.lang, own_region(visit.state, visit.places)[0]
    theme = next(one for one in visit.catalogue.themes if one.id == indicator.theme)
    home = link("/", State(region=own, lang=lang, version=visit.state.version))
    name = visit.places[own].name(lang) if own in visit.places else term("overview", lang)
    return html.Div(
        [
            html.Nav(
                [dcc.Link(name, href=home), f" / {theme.title[lang]}"],
                className="crumb",
                **aria(label=term("crumbs", lang)),
            ),
            html.H1(indicator.title[lang]),
            *([html.P(part.lede, className="lede")] if part.lede else []),
        ],
        className="place of-indicator",
    )


def _tabs(visit: Visit, shown: Way, obstacles: Mapping[Way, str | None]) -> list[Any]:
    """The views as links, and under them why some have nothing to show."""
    offered = {way: obstacle for way, obstacle in obstacles.items() if way in VIEWS}
    items = [html.Li(_tab(visit, way, shown, obstacle)) for way, obstacle in offered.items()]
    why = [html.P(_reason(way, obstacle, visit)) for way, obstacle in offered.items() if obstacle]
    return [
        html.Nav(html.Ul(items), className="tabs", **aria(label=term("views", visit.lang))),
        *([html.Div(why, className="reasons")] if why else []),
    ]


def _tab(visit: Visit, way: Way, shown: Way, obstacle: str | None) -> Any:
    name = term(f"way_{way}", visit.lang)
    if obstacle:
        return html.Span(name, className="off", **aria(disabled="true"))
    href = link(visit.path, visit.state, vy=way, sida="1", sok="", notices=())
    if way == shown:
        return html.A(name, href=href, **aria(current="page"))
    return dcc.Link(name, href=href)


def _reason(way: Way, obstacle: str, visit: Visit) -> str:
    """Why a view has nothing to show, after its name."""
    name, why = (term(key, visit.lang) for key in (f"way_{way}", obstacle))
    return term("way_not", visit.lang, way=name, reason=why)
