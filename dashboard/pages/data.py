"""
The page of data: how fresh the figures are, and the catalogue with what exists of each indicator.

Knows how the catalogue is narrowed: by a search, a theme, a collection. The inventory of a
version is made once and remembered.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.components import search
from dashboard.components.files import downloads, selected, unknown
from dashboard.components.frame import Page, notices, select
from dashboard.panels.inventory import (
    SOURCE_LEVELS,
    Inventory,
    Revised,
    SourceTable,
    Span,
    Split,
    Stock,
    inventory,
    size,
)
from dashboard.sentences.figures import revision
from dashboard.sentences.wording import Voice, category_label
from dashboard.state.regions import Region, inline
from dashboard.state.resolve import sentences
from dashboard.state.url import KEYS, kept, link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL, Indicator, Lang


def entry(visit: Visit, indicator: Indicator, stock: Stock, *, known: bool) -> html.Article:
    """What there is of an indicator; `known`: whether it has any number."""
    lang = visit.lang
    title = dcc.Link(
        indicator.title[lang], href=link(f"/indikator/{indicator.id}", kept(visit.state))
    )
    what = [
        html.H4(title),
        html.P(format.first_sentence(indicator.definition[lang])),
        *_remarks(indicator, stock, visit),
    ]
    if not known:
        what.append(html.P(term("data_missing", lang), className="absent"))
    facts = [
        (term("data_unit", lang), [indicator.unit[lang]]),
        (term("data_levels", lang), _levels(indicator, stock.spans, lang)),
        (term("data_breakdowns", lang), _breakdowns(stock.splits, stock.spans, lang)),
    ]
    told = html.Dl([_fact(name, lines) for name, lines in facts if lines])
    held = html.Div([told, *_tables(stock.tables, lang)], className="held")
    return html.Article(
        [html.Div(what, className="what"), held], className="entry", id=indicator.id
    )


def dates(table: SourceTable, lang: Lang) -> str:
    """When the source changed a table, when it was fetched, and when it changes next."""
    moments = (
        ("updated", table.updated),
        ("fetched", table.fetched),
        ("data_next_update", table.next_update),
    )
    return " · ".join(
        term(key, lang, date=format.day(moment, lang))
        for key, moment in moments
        if pd.notna(moment)
    )


def _fact(name: str, lines: Sequence[str]) -> html.Div:
    told = (line[0].upper() + line[1:] for line in lines)
    return html.Div([html.Dt(name), *map(html.Dd, told)])


def _levels(indicator: Indicator, spans: Sequence[Span], lang: Lang) -> list[str]:
    """Levels with their years: "riket, län och kommuner 1997–2024"."""
    lines = []
    for span in spans:
        names = [term(f"level_of_{level}", lang) for level in span.levels]
        if "regso" in span.levels and indicator.union != "none":
            names.append(term("level_of_union", lang))
        years = f" {format.periods(span.first, span.last)}" if span.first and span.last else ""
        lines.append(enumerated(names, lang) + years)
    return lines


def _breakdowns(splits: Sequence[Split], spans: Sequence[Span], lang: Lang) -> list[str]:
    """Breakdowns, level by level where they differ."""
    everywhere = {level for span in spans for level in span.levels}
    if not splits:
        return [term("data_no_breakdown", lang)] if spans else []
    if len(splits) == 1 and everywhere <= set(splits[0].levels):
        return [_kinds(splits[0], lang)]
    lines = []
    for split in splits:
        names = enumerated([term(f"level_of_{level}", lang) for level in split.levels], lang)
        lines.append(f"{names}: {_kinds(split, lang)}")
    divided = {level for split in splits for level in split.levels}
    bare = [level for level in SOURCE_LEVELS if level in everywhere - divided]
    if bare:
        names = enumerated([term(f"level_of_{level}", lang) for level in bare], lang)
        lines.append(f"{names}: {term('data_no_breakdown', lang)}")
    return lines


def _kinds(split: Split, lang: Lang) -> str:
    said = []
    for kind in split.kinds:
        word = term(f"broken_by_{kind}", lang)
        alone = split.kinds == (kind,)
        crossed = kind in split.crossed and not alone
        said.append(term("broken_crossed", lang, kind=word) if crossed else word)
    return ", ".join(said)


def _tables(tables: Sequence[SourceTable], lang: Lang) -> list[html.Details]:
    """The source's tables with their dates, folded."""
    if not tables:
        return []
    head = term(f"data_tables_{size(len(tables))}", lang, count=len(tables))
    names = ", ".join(table.id for table in tables[:3]) + (" …" if tables[3:] else "")
    items = [
        html.Li(
            [
                html.B(table.id),
                " ",
                html.Span(table.title, lang="sv"),
                html.Small(dates(table, lang)),
            ]
        )
        for table in tables
    ]
    return [html.Details([html.Summary(f"{head}: {names}"), html.Ul(items)], className="src")]


def _remarks(indicator: Indicator, stock: Stock, visit: Visit) -> list[Any]:
    """What is stale, to be confirmed, or changed by the source."""
    lang = visit.lang
    said: list[Any] = []
    if pd.notna(stock.stale):
        date = format.day(stock.stale, lang)
        said.append(html.P(term("data_stale", lang, date=date), className="stale"))
    if indicator.to_confirm:
        said.append(html.P(term("to_confirm", lang), className="stale"))
    if stock.revisions:
        said += _revised(indicator, stock, visit)
    return said


def _revised(indicator: Indicator, stock: Stock, visit: Visit) -> list[Any]:
    """How many figures the source changed, and the largest changes, folded."""
    lang = visit.lang
    voice = visit.voice(indicator)
    count = term(f"data_changes_{size(stock.revisions)}", lang, count=stock.revisions)
    told = [_change(one, voice, visit.places) for one in stock.largest]
    items = [html.Li(text) for text in told if text]
    found: list[Any] = [html.P(term("data_revised_here", lang, count=count), className="stale")]
    if items:
        summary = html.Summary(term("data_largest", lang))
        found.append(html.Details([summary, html.Ul(items)], className="src"))
    return found


def _change(one: Revised, voice: Voice, places: Mapping[str, Region]) -> str:
    """Whose figure was changed, from what to what; "" where the change is not seen."""
    sentence = revision(one.old, one.new, voice)
    lang, region = voice.lang, places.get(one.new.region)
    groups = [
        category_label(voice.catalogue, dimension, code, lang).lower()
        for dimension, code in (
            ("sex", one.new.sex),
            ("background", one.new.background),
            ("education", one.new.education),
        )
        if code != TOTAL
    ]
    whose = ", ".join([inline(region, lang) if region else one.new.region, *groups])
    return f"{whose[0].upper()}{whose[1:]}: {sentence}" if sentence else ""


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
        "search": state.search,
        "theme": state.theme or TOTAL,
        "collection": state.collection or TOTAL,
        "indicators": selected(visit),
    }
    return Page(term("data_title", lang), content, shown=shown)


def _catalogue(visit: Visit, chosen: Sequence[Indicator], held: Inventory) -> html.Section:
    """What narrows the list, what may be taken along of it, and the list."""
    regions = search.regions_found(visit) if visit.state.search else ()
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
    chosen = search.indicators_found(visit) if state.search else catalogue.indicators
    if state.theme in {theme.id for theme in catalogue.themes}:
        chosen = tuple(one for one in chosen if one.theme == state.theme)
    elif state.theme:
        said.append(term("data_unknown", state.lang, key=KEYS["theme"].name, value=state.theme))
    if state.collection in catalogue.collection:
        members = [one.indicator for one in catalogue.collection[state.collection].members]
        chosen = tuple(one for one in chosen if one.id in members)
        if not state.search:
            chosen = tuple(sorted(chosen, key=lambda one: members.index(one.id)))
    elif state.collection:
        said.append(
            term("data_unknown", state.lang, key=KEYS["collection"].name, value=state.collection)
        )
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
            search.counted("indicators", stale, lang),
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
        search.field(visit),
        select("theme", term("data_theme", lang), [every, *themes], state.theme or TOTAL),
    ]
    if catalogue.collections:
        listed = [{"label": one.title[lang], "value": one.id} for one in catalogue.collections]
        label = term("data_collection", lang)
        fields.append(select("collection", label, [every, *listed], state.collection or TOTAL))
    if state.search or state.theme or state.collection or state.indicators:
        bare = link(visit.path, kept(state))
        fields.append(dcc.Link(term("data_clear", lang), href=bare, className="btn"))
    return html.Div(fields, className="controls")


def _told(visit: Visit, chosen: Sequence[Indicator], regions: Sequence[Region]) -> str:
    """How much was found, or is shown."""
    if visit.state.search:
        return search.told(chosen, regions, visit)
    key, every = "data_shown" if chosen else "data_shown_none", len(visit.catalogue.indicators)
    return term(key, visit.lang, count=len(chosen), all=every)


def _regions(visit: Visit, regions: Sequence[Region]) -> list[html.Div]:
    """The regions that the search finds; nothing where it finds none."""
    if not regions:
        return []
    return [html.Div(search.region_links(regions, visit), className="finder")]


def _groups(visit: Visit, chosen: Sequence[Indicator], held: Inventory) -> list[html.Section]:
    """The entries under their themes; under the collection's name, or as found, in one list."""
    lang, state = visit.lang, visit.state
    collection = visit.catalogue.collection.get(state.collection)
    if state.search or collection:
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
