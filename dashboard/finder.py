"""
The search of a page: a field that moves the address, and links to what its words find.

Knows the version's index of regions and the catalogue's of indicators, each made once. How
words are matched is in `search`.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import search
from dashboard.components import typed
from dashboard.regions import Region, in_menu, kind
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang

MOST = 8


def finder(visit: Visit) -> html.Div:
    """The field, how much was found, and links to it; only the field when nothing is asked."""
    text = visit.state.sok
    indicators, regions = (indicators_found(visit), regions_found(visit)) if text else ((), ())
    content = [
        field(visit),
        html.P(told(indicators, regions, visit) if text else "", role="status", className="sub"),
        *([_indicators(indicators, visit)] if indicators else []),
        *([region_links(regions, visit)] if regions else []),
    ]
    return html.Div(content, className="finder")


def field(visit: Visit) -> html.Div:
    """The labelled field; Enter moves the address to `?sok=`."""
    label = term("search_label", visit.lang)
    return typed("sok", label, visit.state.sok, most=80, search=True)


def indicators_found(visit: Visit) -> tuple[Indicator, ...]:
    """The indicators that the address searches for, best first."""
    known = visit.context.memory.recall(
        "search indicators", lambda: search.indicators_index(visit.catalogue)
    )
    return search.indicators_found(visit.state.sok, visit.catalogue, known=known)


def regions_found(visit: Visit) -> tuple[Region, ...]:
    """The regions that the address searches for, best first."""
    known = visit.context.memory.recall(
        (visit.warehouse.version, "search regions"), lambda: search.regions_index(visit.places)
    )
    return search.regions_found(visit.state.sok, visit.places, most=None, known=known)


def told(indicators: Sequence[Indicator], regions: Sequence[Region], visit: Visit) -> str:
    """How many were found, in a sentence."""
    lang, text = visit.lang, visit.state.sok
    if not indicators and not regions:
        return term("search_none", lang, text=text)
    counts = {
        "indicators": counted("indicators", len(indicators), lang),
        "regions": counted("regions", len(regions), lang),
    }
    said = term("search_found", lang, text=text, **counts)
    return said[0].upper() + said[1:]


def counted(what: str, count: int, lang: Lang) -> str:
    """So many indicators or regions: "ingen region", "1 region", "12 regioner"."""
    size = "none" if count == 0 else "one" if count == 1 else "many"
    return term(f"count_{what}_{size}", lang, count=count)


def region_links(regions: Sequence[Region], visit: Visit) -> html.Section:
    """The nearest regions found, each with what sort of place it is, on the overview."""
    lang = visit.lang
    items = [
        html.Li(
            [
                dcc.Link(in_menu(one, lang), href=link("/", kept(visit.state, region=one.code))),
                html.Small(f" {kind(one, visit.places, lang)}"),
            ]
        )
        for one in regions[:MOST]
    ]
    rest = [html.P(term("search_shown", lang, count=MOST), className="src")] * (len(regions) > MOST)
    return html.Section([html.H2(term("search_regions", lang)), html.Ul(items), *rest])


def _indicators(indicators: Sequence[Indicator], visit: Visit) -> html.Section:
    lang = visit.lang
    items = [
        html.Li(dcc.Link(one.title[lang], href=link(f"/indikator/{one.id}", kept(visit.state))))
        for one in indicators[:MOST]
    ]
    rest: list[Any] = []
    if len(indicators) > MOST:
        all_of_them = link("/data", kept(visit.state, "sok"))
        words = term("search_more", lang, count=len(indicators))
        rest = [html.P(dcc.Link(words, href=all_of_them), className="src")]
    return html.Section([html.H2(term("search_indicators", lang)), html.Ul(items), *rest])
