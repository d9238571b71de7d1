"""
The page of data: how fresh the figures are, and the catalogue with what exists of each indicator.

Knows how the catalogue is narrowed: by a search, a theme, a collection. The inventory of a
version is made once and remembered.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import finder, format
from dashboard.components import Page, notices, select
from dashboard.entry import entry
from dashboard.inventory import Inventory, inventory, size
from dashboard.regions import Region
from dashboard.selection import downloads, selected, unknown
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import sentences
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator


def page(visit: Visit) -> Page:
    """The catalogue as the link narrows it."""
    lang, state = visit.lang, visit.state
    held = visit.context.memory.recall(
        (visit.warehouse.version, "inventory"),
        lambda: inventory(visit.catalogue, visit.warehouse),
    )
    chosen, said = narrowed(visit)
    top = [
        html.H1(term("data_title", lang)),
        html.P(term("data_lede", lang), className="lede"),
    ]
    content = [
        html.Div(top, className="place"),
        *notices([*said, *unknown(visit), *sentences(state.notices, lang)], lang),
        _fresh(visit, held),
        _catalogue(visit, chosen, held),
    ]
    shown = {
        "sok": state.sok,
        "tema": state.tema or TOTAL,
        "samling": state.samling or TOTAL,
        "indikatorer": selected(visit),
    }
    return Page(term("data_title", lang), content, shown=shown)


def _catalogue(visit: Visit, chosen: Sequence[Indicator], held: Inventory) -> html.Section:
    """What narrows the list, what may be taken along of it, and the list."""
    regions = finder.regions_found(visit) if visit.state.sok else ()
    content = [
        html.H2(term("data_catalogue", visit.lang)),
        _controls(visit),
        html.P(_told(visit, chosen, regions), role="status", className="sub"),
        *_regions(visit, regions),
        downloads(visit, chosen),
        *_groups(visit, chosen, held),
    ]
    return html.Section(content, className="inventory")


def narrowed(visit: Visit) -> tuple[tuple[Indicator, ...], list[str]]:
    """The indicators that fit search, theme and collection, and a sentence for what is unknown."""
    state, catalogue, said = visit.state, visit.catalogue, []
    chosen = finder.indicators_found(visit) if state.sok else catalogue.indicators
    if state.tema in {theme.id for theme in catalogue.themes}:
        chosen = tuple(one for one in chosen if one.theme == state.tema)
    elif state.tema:
        said.append(term("data_unknown", state.lang, key="tema", value=state.tema))
    if state.samling in catalogue.collection:
        members = [one.indicator for one in catalogue.collection[state.samling].members]
        chosen = tuple(one for one in chosen if one.id in members)
        if not state.sok:
            chosen = tuple(sorted(chosen, key=lambda one: members.index(one.id)))
    elif state.samling:
        said.append(term("data_unknown", state.lang, key="samling", value=state.samling))
    return chosen, said


def _fresh(visit: Visit, held: Inventory) -> html.Section:
    """Version, dates, size, and how much is stale or was changed."""
    lang, fresh = visit.lang, held.fresh
    stale = sum(pd.notna(stock.stale) for stock in held.stock.values())
    changed = sum(stock.revisions for stock in held.stock.values())
    update = fresh["next_update"]
    version: list[Any] = [html.Code(visit.warehouse.version)]
    if visit.warehouse.example:
        version.append(html.P(term("example", lang), className="stale"))
    facts: list[tuple[str, Any]] = [
        ("data_version", version),
        ("data_built", format.day(fresh["finished"], lang)),
        ("data_updated", format.day(fresh["updated"], lang)),
        ("data_fetched", format.day(fresh["fetched"], lang)),
        (
            "data_next",
            format.day(update, lang) if pd.notna(update) else term("data_next_unknown", lang),
        ),
        ("data_size", _size(visit, held)),
        (
            "data_stale_count",
            finder.counted("indicators", stale, lang),
        ),
        ("data_revised", term(f"data_changes_{size(changed)}", lang, count=_whole(changed, visit))),
    ]
    rows = [html.Div([html.Dt(term(key, lang)), html.Dd(value)]) for key, value in facts]
    return html.Section(
        [html.H2(term("data_fresh", lang)), html.Dl(rows, className="facts")], className="fresh"
    )


def _size(visit: Visit, held: Inventory) -> str:
    return term(
        "data_size_of",
        visit.lang,
        indicators=len(held.known & visit.catalogue.indicator.keys()),
        all=len(visit.catalogue.indicators),
        observations=_whole(held.fresh["observations"], visit),
        sources=held.fresh["sources"],
    )


def _whole(number: float, visit: Visit) -> str:
    return format.number(number, 0, visit.lang)


def _controls(visit: Visit) -> html.Div:
    """The search field, the themes and the collections."""
    lang, state, catalogue = visit.lang, visit.state, visit.catalogue
    every = {"label": term("data_all", lang), "value": TOTAL}
    themes = [{"label": one.title[lang], "value": one.id} for one in catalogue.themes]
    fields: list[Any] = [
        finder.field(visit),
        select("tema", term("data_theme", lang), [every, *themes], state.tema or TOTAL),
    ]
    if catalogue.collections:
        listed = [{"label": one.title[lang], "value": one.id} for one in catalogue.collections]
        label = term("data_collection", lang)
        fields.append(select("samling", label, [every, *listed], state.samling or TOTAL))
    if state.sok or state.tema or state.samling or state.indikatorer:
        bare = link(visit.path, kept(state))
        fields.append(dcc.Link(term("data_clear", lang), href=bare, className="btn"))
    return html.Div(fields, className="controls")


def _told(visit: Visit, chosen: Sequence[Indicator], regions: Sequence[Region]) -> str:
    """How much was found, or is shown."""
    if visit.state.sok:
        return finder.told(chosen, regions, visit)
    key, every = "data_shown" if chosen else "data_shown_none", len(visit.catalogue.indicators)
    return term(key, visit.lang, count=len(chosen), all=every)


def _regions(visit: Visit, regions: Sequence[Region]) -> list[html.Div]:
    """The regions that the search finds; nothing where it finds none."""
    if not regions:
        return []
    return [html.Div(finder.region_links(regions, visit), className="finder")]


def _groups(visit: Visit, chosen: Sequence[Indicator], held: Inventory) -> list[html.Section]:
    """The entries under their themes; under the collection's name, or as found, in one list."""
    lang, state = visit.lang, visit.state
    collection = visit.catalogue.collection.get(state.samling)
    if state.sok or collection:
        title, line = (collection.title, collection.line) if collection else (None, None)
        heading = title[lang] if title else term("search_indicators", lang)
        parts = [(heading, line[lang] if line else "", list(chosen))]
    else:
        parts = [
            (theme.title[lang], theme.line[lang], [one for one in chosen if one.theme == theme.id])
            for theme in visit.catalogue.themes
        ]
    return [
        html.Section(
            [
                html.H3(heading),
                *([html.P(line, className="sub")] if line else []),
                *(entry(visit, one, held.stock[one.id], known=one.id in held.known) for one in own),
            ],
            className="theme",
        )
        for heading, line, own in parts
        if own
    ]
