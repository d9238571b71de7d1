"""
One indicator: its title and first sentences, its views, and beside them what it means.

Knows which view an address asks for. A view that has nothing to show is named with the reason.
"""

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.codes import ViewName
from dashboard.components.files import FILES
from dashboard.components.frame import Page, aria, control_values, notices
from dashboard.data.settings import SELF
from dashboard.pages.indicator import compare, gap, groups, over_time, table, two_years
from dashboard.pages.indicator import map as map_view
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import existing
from dashboard.pages.indicator.sidebar import margin
from dashboard.panels.provenance import staleness
from dashboard.state.resolve import own_region, ways
from dashboard.state.url import State, kept, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, term
from etl.catalogue import Indicator

EMBEDDED = "/inbaddad"
HEIGHT = 720  # pixels, of a frame that holds heading, chart and sources


def taking(visit: Visit, indicator: Indicator, part: ViewContent) -> html.Section:
    """The files of what is shown and of the whole indicator, and the code to embed it; folded."""
    lang = visit.lang
    lists: list[Any] = []
    if not part.rows.empty:
        lists += [html.P(term("take_shown", lang)), _files(visit, indicator, whole=False)]
    lists += [html.P(term("take_whole", lang)), _files(visit, indicator, whole=True)]
    return html.Section(
        [
            html.Details([html.Summary(term("take_files", lang)), *lists]),
            html.Details([html.Summary(term("embed", lang)), *_code(visit, part)]),
        ],
        className="taking",
        **aria(label=term("take_along", lang)),
    )


def _files(visit: Visit, indicator: Indicator, *, whole: bool) -> html.Ul:
    """Links to the files in every format; `whole`: of all there is of the indicator."""
    lang, items = visit.lang, []
    for suffix, flavour in FILES:
        path = f"/ladda-ner/{indicator.id}.{suffix}"
        state = kept(visit.state) if whole else visit.state
        address = link(path, state, notices=())
        more = [f"flavour={flavour}"] * bool(flavour) + ["omfang=allt"] * whole
        if more:
            address += ("&" if "?" in address else "?") + "&".join(more)
        name = term(f"data_file_{suffix}{'_' + flavour if flavour else ''}", lang)
        items.append(html.Li(html.A(name, href=address)))
    return html.Ul(items)


def _code(visit: Visit, part: ViewContent) -> list[Any]:
    """The code for another site, and which sites may use it."""
    lang, settings = visit.lang, visit.context.settings
    source = settings.address + link(EMBEDDED + visit.path, visit.state, notices=())
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(part.heading)}" width="100%"'
        f' height="{HEIGHT}" style="border:0" loading="lazy"></iframe>'
    )
    field = dcc.Textarea(value=frame, readOnly=True, className="embed", spellCheck=False)
    sites = [term("embed_self", lang) if one == SELF else one for one in settings.ancestors]
    said = term("embed_nobody", lang)
    if sites:
        said = term("embed_allowed", lang, names=enumerated(sites, lang))
    return [html.Label([html.Span(term("embed_code", lang)), field]), html.P(said)]


VIEWS: Mapping[ViewName, Callable[[Visit, Indicator], ViewContent]] = MappingProxyType(
    {
        "tid": over_time.view,
        "jamfor": compare.view,
        "tvaar": two_years.view,
        "karta": map_view.view,
        "grupper": groups.view,
        "skillnader": gap.view,
        "tabell": table.view,
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
        *notices([*said, *part.notices, *stale], visit.lang),
        *_tabs(visit, shown, obstacles),
        *part.controls,
        html.Div(
            [
                html.Div([*part.content, taking(visit, indicator, part)]),
                margin(visit, indicator, part),
            ],
            className="split",
        ),
    ]
    return Page(part.heading, content, shown={**control_values(part.controls), **part.offered})


def way(visit: Visit, obstacles: Mapping[ViewName, str | None]) -> tuple[ViewName, list[str]]:
    """The view that a link gets, and why it is not the one it asks for."""
    asked = visit.state.view
    obstacle = obstacles[asked] if asked in VIEWS else None
    shown: ViewName = asked if asked in VIEWS and not obstacle else "tid"
    return shown, [_reason(asked, obstacle, visit)] if obstacle else []


def _top(visit: Visit, indicator: Indicator, part: ViewContent) -> html.Div:
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
            *([html.P(part.summary, className="lede")] if part.summary else []),
        ],
        className="place of-indicator",
    )


def _tabs(visit: Visit, shown: ViewName, obstacles: Mapping[ViewName, str | None]) -> list[Any]:
    """The views as links, and under them why some have nothing to show."""
    offered = {way: obstacle for way, obstacle in obstacles.items() if way in VIEWS}
    items = [html.Li(_tab(visit, way, shown, obstacle)) for way, obstacle in offered.items()]
    why = [html.P(_reason(way, obstacle, visit)) for way, obstacle in offered.items() if obstacle]
    return [
        html.Nav(html.Ul(items), className="tabs", **aria(label=term("views", visit.lang))),
        *([html.Div(why, className="reasons")] if why else []),
    ]


def _tab(visit: Visit, way: ViewName, shown: ViewName, obstacle: str | None) -> Any:
    name = term(f"way_{way}", visit.lang)
    if obstacle:
        return html.Span(name, className="off", **aria(disabled="true"))
    href = link(visit.path, visit.state, view=way, page="1", search="", notices=())
    if way == shown:
        return html.A(name, href=href, **aria(current="page"))
    return dcc.Link(name, href=href)


def _reason(way: ViewName, obstacle: str, visit: Visit) -> str:
    """Why a view has nothing to show, after its name."""
    name, why = (term(key, visit.lang) for key in (f"way_{way}", obstacle))
    return term("way_not", visit.lang, way=name, reason=why)


LEFT_OUT = frozenset({"twin", "takeaway", "told", "remove"})
KEY = "chips"  # of the controls: which line is whose


def embedded_page(visit: Visit) -> Page:
    """The view that the link describes, without anything around it."""
    path = visit.path.removeprefix(EMBEDDED)
    indicator = visit.catalogue.indicator[path.rpartition("/")[2]]
    shown, said = way(visit, ways(indicator, existing(visit, indicator)))
    part = VIEWS[shown](visit, indicator)
    whole = link(path, visit.state, notices=())
    opened = html.A(term("embed_open", visit.lang), href=whole, target="_blank", rel="noopener")
    content = [
        html.H1(indicator.title[visit.lang]),
        *notices([*said, *part.notices], visit.lang),
        *(_kept(one) for one in part.controls if getattr(one, "className", None) == KEY),
        *(kept for kept in map(_kept, part.content) if kept is not None),
        html.P(opened, className="src"),
    ]
    return Page(part.heading, content, shown={**control_values(part.controls), **part.offered})


def _kept(node: Any) -> Any:
    """A part of the page without what is left out; None where nothing remains."""
    if not isinstance(node, Component):
        return node
    if getattr(node, "className", None) in LEFT_OUT:
        return None
    inside = getattr(node, "children", None)
    if isinstance(inside, (list, tuple)):
        node.children = [kept for kept in map(_kept, inside) if kept is not None]
    elif isinstance(inside, Component):
        node.children = _kept(inside)
    return node
