"""
A view inside another site's page: one chart with its heading, its sources and the way here.

Knows what of a view is left out there: tables, controls, what can be taken along. The rest is
that of the indicator's own page.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components import Page, notices
from dashboard.pages.indicator import VIEWS, way
from dashboard.pages.taking import EMBEDDED
from dashboard.pages.views.choices import existing
from dashboard.text import term
from dashboard.url import link
from dashboard.visit import Visit
from dashboard.ways import ways

LEFT_OUT = frozenset({"twin", "takeaway", "told", "remove"})
KEY = "chips"  # of the controls: which line is whose


def page(visit: Visit) -> Page:
    """The view that the link describes, without anything around it."""
    path = visit.path.removeprefix(EMBEDDED)
    indicator = visit.catalogue.indicator[path.rpartition("/")[2]]
    shown, said = way(visit, ways(indicator, existing(visit, indicator)))
    part = VIEWS[shown](visit, indicator)
    whole = link(path, visit.state, notices=())
    opened = html.A(term("embed_open", visit.lang), href=whole, target="_blank", rel="noopener")
    content = [
        html.H1(indicator.title[visit.lang]),
        *notices([*said, *part.said], visit.lang),
        *(_kept(one) for one in part.controls if getattr(one, "className", None) == KEY),
        *(kept for kept in map(_kept, part.body) if kept is not None),
        html.P(opened, className="src"),
    ]
    return Page(part.heading, content, shown=part.shown)


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
