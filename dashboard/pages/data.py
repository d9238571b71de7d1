"""
The page of data: how fresh the figures are, and the catalogue with what exists of each indicator.

Knows how the catalogue is narrowed: by a search, a theme, a collection. The inventory of a
version is made once and remembered.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.codes import DIMENSIONS
from dashboard.components import search
from dashboard.components.files import (
    catalogue_downloads,
    chosen_ids,
    indicators_along,
    unknown_indicators,
)
from dashboard.components.frame import Page, control_values, notice_box, select
from dashboard.components.pictures import share_menu
from dashboard.pages import changes
from dashboard.panels.inventory import (
    SOURCE_LEVELS,
    Inventory,
    LevelBreakdowns,
    LevelSpan,
    Revised,
    SourceTable,
    Stock,
    count_form,
    inventory,
)
from dashboard.panels.losses import loss_sentence
from dashboard.sentences.figures import revision_sentence
from dashboard.sentences.wording import Wording, category_label, counts_told
from dashboard.state.links import Shown
from dashboard.state.regions import Region, inline
from dashboard.state.resolve import notice_sentences
from dashboard.state.retired import gone_sentence
from dashboard.state.url import KEYS, carried, link
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.standing import Hold


def _entry(visit: Visit, indicator: Indicator, stock: Stock, *, known: bool) -> html.Article:
    """What there is of an indicator; `known`: whether it has any number."""
    lang = visit.lang
    title = dcc.Link(
        indicator.title[lang], href=link(f"/indikator/{indicator.id}", carried(visit.state))
    )
    what = [
        html.H4(title),
        html.P(format.first_sentence(indicator.definition[lang])),
        *_caveats(indicator, stock, visit),
    ]
    if not known:
        what.append(html.P(term("data_missing", lang), className="absent"))
    facts = {
        "data_unit": [indicator.unit[lang]],
        "data_levels": _levels(indicator, stock.spans, lang),
        "data_breakdowns": _breakdowns(stock.splits, stock.spans, lang),
        "counts_behind": counts_told(indicator, lang),
    }
    listed = [
        html.Div([html.Dt(term(key, lang)), *(html.Dd(capital(line)) for line in lines)])
        for key, lines in facts.items()
        if lines
    ]
    stored = html.Div([html.Dl(listed), *_tables(stock.tables, lang)], className="held")
    return html.Article(
        [html.Div(what, className="what"), stored], className="entry", id=indicator.id
    )


def _dates(table: SourceTable, lang: Lang) -> str:
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


def _levels(indicator: Indicator, spans: Sequence[LevelSpan], lang: Lang) -> list[str]:
    """Levels with their years: "riket, län och kommuner 1997–2024"."""
    lines = []
    for span in spans:
        names = [term(f"level_of_{level}", lang) for level in span.levels]
        if "regso" in span.levels:
            names.append(term(f"level_of_union_{indicator.union}", lang))
        years = (
            f" {format.periods(span.first, span.last, lang)}" if span.first and span.last else ""
        )
        lines.append(enumerated(names, lang) + years)
    return lines


def _breakdowns(
    splits: Sequence[LevelBreakdowns], spans: Sequence[LevelSpan], lang: Lang
) -> list[str]:
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


def _kinds(split: LevelBreakdowns, lang: Lang) -> str:
    names = []
    for kind in split.kinds:
        name = term(f"broken_by_{kind}", lang)
        is_crossed = kind in split.crossed and split.kinds != (kind,)
        names.append(term("broken_crossed", lang, kind=name) if is_crossed else name)
    return ", ".join(names)


def _tables(tables: Sequence[SourceTable], lang: Lang) -> list[html.Details]:
    """The source's tables with their dates, folded."""
    if not tables:
        return []
    head = term(f"data_tables_{count_form(len(tables))}", lang, count=len(tables))
    names = ", ".join(table.id for table in tables[:3]) + (" …" if tables[3:] else "")
    items = [
        html.Li(
            [
                html.B(table.id),
                " ",
                html.Span(table.title, lang="sv"),
                html.Small(_dates(table, lang)),
            ]
        )
        for table in tables
    ]
    return [html.Details([html.Summary(f"{head}: {names}"), html.Ul(items)], className="src")]


def _caveats(indicator: Indicator, stock: Stock, visit: Visit) -> list[Any]:
    """What is stale, lacking, to be confirmed, or changed by the source."""
    lang = visit.lang
    words = []
    if pd.notna(stock.stale):
        words.append(term("data_stale", lang, date=format.day(stock.stale, lang)))
    if pd.notna(stock.held):
        words.append(term("data_held", lang, date=format.day(stock.held, lang)))
    words += [loss_sentence(loss, lang) for loss in stock.lost]
    if indicator.to_confirm:
        words.append(term("to_confirm", lang))
    if stock.revisions:
        count = term(f"data_changes_{count_form(stock.revisions)}", lang, count=stock.revisions)
        words.append(term("data_revised_here", lang, count=count))
    paragraphs = [html.P(text, className="stale") for text in words]
    return [*paragraphs, *_revisions(indicator, stock, visit)]


def _revisions(indicator: Indicator, stock: Stock, visit: Visit) -> list[html.Details]:
    """The largest changes that the source made, folded."""
    wording = visit.wording(indicator)
    sentences = [_revision(change, wording, visit.regions) for change in stock.largest]
    items = [html.Li(sentence) for sentence in sentences if sentence]
    summary = html.Summary(term("data_largest", visit.lang))
    return [html.Details([summary, html.Ul(items)], className="src")] * bool(items)


def _revision(change: Revised, wording: Wording, regions: Mapping[str, Region]) -> str:
    """Whose figure was changed, from what to what; "" where the change is not seen."""
    sentence = revision_sentence(change.old, change.new, wording)
    lang, region = wording.lang, regions.get(change.new.region)
    groups = [
        category_label(wording.catalogue, dimension, code, lang).lower()
        for dimension, code in zip(DIMENSIONS, change.new.group, strict=True)
        if code != TOTAL
    ]
    name = inline(region, lang) if region else change.new.region
    return f"{capital(', '.join([name, *groups]))}: {sentence}" if sentence else ""


def page(visit: Visit) -> Page:
    """The catalogue as the link narrows it."""
    lang, state = visit.lang, visit.state
    indicators, messages = narrowed(visit)
    along, asked = indicators_along(visit, indicators), changes.asked_changes(visit)
    messages += asked.notices if asked else changes.since_notices(visit)
    lede = [] if asked else [html.P(term("data_lede", lang), className="lede")]
    top = [html.H1(term("data_title", lang)), *lede]
    content = [
        html.Div(top, className="place"),
        *notice_box(
            [*messages, *unknown_indicators(visit), *notice_sentences(state.notices, lang)], lang
        ),
        *(
            [changes.changes_section(visit, asked, along, _narrowing(visit))]
            if asked
            else _all_there_is(visit, indicators)
        ),
        share_menu(visit),
    ]
    shown = Shown(control_values(content) | {"indicators": chosen_ids(visit)})
    return Page(term("data_title", lang), content, shown=shown)


def _all_there_is(visit: Visit, indicators: Sequence[Indicator]) -> list[html.Section]:
    """How fresh the figures are, what is no more, and the catalogue."""
    stored = visit.context.memory.recall(
        (visit.warehouse.identity, "inventory"),
        lambda: inventory(visit.catalogue, visit.warehouse),
    )
    return [
        _freshness(visit, stored),
        *_retired(visit),
        _catalogue(visit, indicators, stored),
    ]


def _catalogue(visit: Visit, indicators: Sequence[Indicator], stored: Inventory) -> html.Section:
    """What narrows the list, what may be downloaded of it, and the list."""
    regions = search.searched_regions(visit) if visit.state.search else ()
    content = [
        html.H2(term("data_catalogue", visit.lang)),
        _controls(visit),
        html.P(_count(visit, indicators, regions), role="status", className="sub"),
        *([html.Div(search.region_links(regions, visit), className="finder")] if regions else []),
        catalogue_downloads(visit, indicators),
        *_sections(visit, indicators, stored),
    ]
    return html.Section(content, className="inventory")


def _retired(visit: Visit) -> list[html.Section]:
    """What was shown and is no more, when, why, and where its figures are now."""
    lang, items = visit.lang, []
    for entry in visit.catalogue.retired:
        successor = visit.catalogue.indicator.get(entry.replaced_by or "")
        words: list[Any] = [gone_sentence(entry, lang)]
        if successor:
            way = link(f"/indikator/{successor.id}", carried(visit.state))
            now = dcc.Link(successor.title[lang], href=way)
            words += [" ", term("data_now_called", lang), " ", now, "."]
        items.append(html.Li(words))
    if not items:
        return []
    heading = html.H2(term("data_retired", lang))
    lede = html.P(term("data_retired_lede", lang), className="sub")
    return [html.Section([heading, lede, html.Ul(items)], className="retired")]


def narrowed(visit: Visit) -> tuple[tuple[Indicator, ...], list[str]]:
    """The indicators that fit search, theme and collection; and notices of what is unknown."""
    state, catalogue, lang = visit.state, visit.catalogue, visit.lang
    indicators = search.searched_indicators(visit) if state.search else catalogue.indicators
    collection = catalogue.collection.get(state.collection)
    is_theme = state.theme in {theme.id for theme in catalogue.themes}
    if is_theme:
        indicators = tuple(entry for entry in indicators if entry.theme == state.theme)
    if collection:
        members = [member.indicator for member in collection.members]
        indicators = tuple(entry for entry in indicators if entry.id in members)
        if not state.search:
            indicators = tuple(sorted(indicators, key=lambda entry: members.index(entry.id)))
    return indicators, [
        term("data_unknown", lang, key=KEYS[field].name, value=value)
        for field, value, is_known in (
            ("theme", state.theme, is_theme),
            ("collection", state.collection, collection),
        )
        if value and not is_known
    ]


def _freshness(visit: Visit, stored: Inventory) -> html.Section:
    """Version, dates, size, and how much is stale, lacking or was changed."""
    lang, fresh = visit.lang, stored.fresh
    stale = sum(pd.notna(stock.stale) for stock in stored.stock.values())
    held = sum(pd.notna(stock.held) for stock in stored.stock.values())
    held_count = [("data_held_count", search.count_phrase("indicators", held, lang))] * bool(held)
    lost = sum(bool(stock.lost) for stock in stored.stock.values())
    changed = sum(stock.revisions for stock in stored.stock.values())
    update = fresh["next_update"]
    version: list[Any] = [html.Code(visit.warehouse.version)]
    if visit.warehouse.example:
        version.append(html.P(term("example", lang), className="stale"))
    standing = visit.warehouse.standing
    if hold := standing and standing.hold:
        version.append(html.P(_hold_sentence(hold, lang), className="stale"))
    facts: list[tuple[str, Any]] = [
        ("data_version", version),
        ("data_built", format.day(fresh["finished"], lang)),
        ("data_updated", format.day(fresh["updated"], lang)),
        ("data_fetched", format.day(fresh["fetched"], lang)),
        (
            "data_next",
            format.day(update, lang) if pd.notna(update) else term("data_next_unknown", lang),
        ),
        ("data_size", _size(visit, stored)),
        (
            "data_stale_count",
            search.count_phrase("indicators", stale, lang),
        ),
        *held_count,
        ("data_lost_count", search.count_phrase("indicators", lost, lang)),
        (
            "data_revised",
            term(f"data_changes_{count_form(changed)}", lang, count=_whole(changed, visit)),
        ),
    ]
    rows = [html.Div([html.Dt(term(key, lang)), html.Dd(value)]) for key, value in facts]
    content = [html.H2(term("data_fresh", lang)), html.Dl(rows, className="facts")]
    return html.Section([*content, changes.since_controls(visit)], className="fresh")


def _hold_sentence(hold: Hold, lang: Lang) -> str:
    """Which version a person has rolled back to, since when and why, in the person's words."""
    since = format.day(pd.Timestamp(hold.since).tz_localize(None), lang)
    return term("data_hold", lang, date=since, version=hold.version, reason=hold.reason)


def _size(visit: Visit, stored: Inventory) -> str:
    return term(
        "data_size_of",
        visit.lang,
        indicators=len(stored.known & visit.catalogue.indicator.keys()),
        all=len(visit.catalogue.indicators),
        observations=_whole(stored.fresh["observations"], visit),
        sources=stored.fresh["sources"],
    )


def _whole(number: float, visit: Visit) -> str:
    return format.number(number, 0, visit.lang)


def _controls(visit: Visit) -> html.Div:
    """What narrows the list, and the way to all of it."""
    fields, state = [search.search_field(visit), *_narrowing(visit)], visit.state
    if state.search or state.theme or state.collection or state.indicators:
        bare = link(visit.path, carried(state))
        fields.append(dcc.Link(term("data_clear", visit.lang), href=bare, className="btn"))
    return html.Div(fields, className="controls")


def _narrowing(visit: Visit) -> list[Any]:
    """The themes and the collections."""
    lang, state, catalogue = visit.lang, visit.state, visit.catalogue
    total = {"label": term("data_all", lang), "value": TOTAL}
    themes = [{"label": theme.title[lang], "value": theme.id} for theme in catalogue.themes]
    fields: list[Any] = [
        select("theme", term("data_theme", lang), [total, *themes], state.theme or TOTAL),
    ]
    if catalogue.collections:
        collections = [
            {"label": entry.title[lang], "value": entry.id} for entry in catalogue.collections
        ]
        label = term("data_collection", lang)
        fields.append(select("collection", label, [total, *collections], state.collection or TOTAL))
    return fields


def _count(visit: Visit, indicators: Sequence[Indicator], regions: Sequence[Region]) -> str:
    """How much was found, or is shown."""
    if visit.state.search:
        return search.result_sentence(indicators, regions, visit)
    key = "data_shown" if indicators else "data_shown_none"
    total = len(visit.catalogue.indicators)
    return term(key, visit.lang, count=len(indicators), all=total)


def _sections(
    visit: Visit, indicators: Sequence[Indicator], stored: Inventory
) -> list[html.Section]:
    """The entries under their themes; under the collection's name, or as found, in one list."""
    lang, state = visit.lang, visit.state
    collection = visit.catalogue.collection.get(state.collection)
    if collection:
        parts = [(collection.title[lang], collection.line[lang], list(indicators))]
    elif state.search:
        parts = [(term("search_indicators", lang), "", list(indicators))]
    else:
        parts = [
            (
                theme.title[lang],
                theme.line[lang],
                [indicator for indicator in indicators if indicator.theme == theme.id],
            )
            for theme in visit.catalogue.themes
        ]
    return [
        html.Section(
            [
                html.H3(heading),
                *([html.P(line, className="sub")] if line else []),
                *(
                    _entry(visit, entry, stored.stock[entry.id], known=entry.id in stored.known)
                    for entry in listed
                ),
            ],
            className="theme",
        )
        for heading, line, listed in parts
        if listed
    ]
