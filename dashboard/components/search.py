"""The search of the catalogue: the field, how much was found, and the regions as links."""

from collections.abc import Sequence

from dash import dcc, html

from dashboard.components.frame import text_field
from dashboard.state.regions import Region, menu_name, region_kind
from dashboard.state.search import (
    indicators_index,
    matching_indicators,
    matching_regions,
    regions_index,
)
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator, Lang

_MOST_LINKS = 8


def search_field(visit: Visit) -> html.Div:
    """The labelled field; Enter moves the address to `?sok=`."""
    label = term("search_label", visit.lang)
    return text_field("search", label, visit.state.search, most=80, search=True)


def searched_indicators(visit: Visit) -> tuple[Indicator, ...]:
    """The indicators that the address searches for, best first."""
    known = visit.context.memory.recall(
        "search indicators", lambda: indicators_index(visit.catalogue)
    )
    return matching_indicators(visit.state.search, visit.catalogue, known=known)


def searched_regions(visit: Visit) -> tuple[Region, ...]:
    """The regions that the address searches for, best first."""
    known = visit.context.memory.recall(
        (visit.warehouse.version, "search regions"), lambda: regions_index(visit.regions)
    )
    return matching_regions(visit.state.search, visit.regions, most=None, known=known)


def result_sentence(
    indicators: Sequence[Indicator], regions: Sequence[Region], visit: Visit
) -> str:
    """How many were found, in a sentence."""
    lang, text = visit.lang, visit.state.search
    if not indicators and not regions:
        return term("search_none", lang, text=text)
    counts = {
        "indicators": count_phrase("indicators", len(indicators), lang),
        "regions": count_phrase("regions", len(regions), lang),
    }
    sentence = term("search_found", lang, text=text, **counts)
    return sentence[0].upper() + sentence[1:]


def count_phrase(what: str, count: int, lang: Lang) -> str:
    """So many indicators or regions: "ingen region", "1 region", "12 regioner"."""
    size = "none" if count == 0 else "one" if count == 1 else "many"
    return term(f"count_{what}_{size}", lang, count=count)


def region_links(regions: Sequence[Region], visit: Visit) -> html.Section:
    """The nearest regions found, each with what sort of place it is, on the overview."""
    lang = visit.lang
    items = [
        html.Li(
            [
                dcc.Link(
                    menu_name(region, lang),
                    href=link("/", carried(visit.state, region=region.code)),
                ),
                html.Small(f" {region_kind(region, visit.regions, lang)}"),
            ]
        )
        for region in regions[:_MOST_LINKS]
    ]
    rest = [html.P(term("search_shown", lang, count=_MOST_LINKS), className="src")] * (
        len(regions) > _MOST_LINKS
    )
    return html.Section([html.H2(term("search_regions", lang)), html.Ul(items), *rest])
