"""
One indicator of the catalogue as the page of data tells it: what exists, from where, how fresh.

Knows the parts of an entry and their order. What there is comes from `inventory`, what an
indicator is from the catalogue.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import format
from dashboard.inventory import LEVELS, Revised, SourceTable, Span, Split, Stock, size
from dashboard.regions import Region, inline
from dashboard.remarks import revision
from dashboard.text import enumerated, term
from dashboard.url import kept, link
from dashboard.view import label
from dashboard.visit import Visit
from dashboard.wording import Voice
from etl.catalogue import TOTAL, Indicator, Lang


def entry(visit: Visit, indicator: Indicator, stock: Stock, *, known: bool) -> html.Article:
    """What there is of an indicator; `known`: whether it has any number."""
    lang = visit.lang
    title = dcc.Link(
        indicator.title[lang], href=link(f"/indikator/{indicator.id}", kept(visit.state))
    )
    what = [
        html.H4(title),
        html.P(first_sentence(indicator, lang)),
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


def first_sentence(indicator: Indicator, lang: Lang) -> str:
    """The first sentence of its definition, with its full stop."""
    return indicator.definition[lang].split(". ")[0].rstrip(".") + "."


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
    bare = [one for one in LEVELS if one in everywhere - {n for s in splits for n in s.levels}]
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
        label(voice.catalogue, dimension, code, lang).lower()
        for dimension, code in (
            ("sex", one.new.sex),
            ("background", one.new.background),
            ("education", one.new.education),
        )
        if code != TOTAL
    ]
    whose = ", ".join([inline(region, lang) if region else one.new.region, *groups])
    return f"{whose[0].upper()}{whose[1:]}: {sentence}" if sentence else ""
