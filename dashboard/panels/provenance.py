"""
Where the shown figures come from: tables, members, dates, published or computed, what is stale.

Knows `indicator_source` and `source_table`. It names only tables whose rows are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd
from dash import html

from dashboard.codes import DIMENSIONS, POPULATION
from dashboard.data.observation import Observation
from dashboard.data.queries.sources import indicator_sources, source_notes, source_problems
from dashboard.data.series import why_no_figure
from dashboard.data.versions import Warehouse
from dashboard.panels.losses import late_years, loss_sentence, losses
from dashboard.sentences import unions as sentence_composition
from dashboard.sentences.footnotes import Footnote, footnotes
from dashboard.state.areas import short_name
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Catalogue, Indicator, Lang
from etl.measures.unions import MEANS


class UsedTable(NamedTuple):
    """A table behind figures of one kind, "published" or "computed"; times are UTC or missing."""

    table_id: str
    title: Any
    updated: Any
    fetched: Any
    kind: str


class _Source(NamedTuple):
    """A table of a segment of an indicator at one level, and the periods it has there."""

    segment: str
    level: str
    first_period: str
    last_period: str
    table_id: str
    title: Any
    updated: Any
    fetched: Any

    def used(self, kind: str) -> UsedTable:
        """The table of figures of a kind."""
        return UsedTable(self.table_id, self.title, self.updated, self.fetched, kind)


def source_lines(visit: Visit, indicator: Indicator, rows: Sequence[Observation]) -> list[str]:
    """A line for each kind and date: "Källa: SCB, tabell TAB… · uppdaterad av SCB …"."""
    warehouse, lang = visit.warehouse, visit.lang
    by_dates: dict[tuple[str, Any, Any], dict[str, None]] = {}
    for table in used_tables(visit, indicator, rows):
        dated = (table.kind, table.updated, table.fetched)
        by_dates.setdefault(dated, {})[table.table_id] = None
    return [
        " · ".join(
            [
                *([term("example", lang)] if warehouse.example else []),
                term(f"source_{kind}", lang, tables=enumerated(list(tables), lang)),
                *_dates(dates, lang),
            ]
        )
        for kind in ("published", "computed")
        for (kind_of_dates, *dates), tables in by_dates.items()
        if kind_of_dates == kind
    ]


def used_tables(
    visit: Visit, indicator: Indicator, rows: Sequence[Observation]
) -> tuple[UsedTable, ...]:
    """The tables behind rows, each once for a kind, segment and level."""
    given = visit.catalogue.backgrounds(indicator)
    used = _used(_tables(visit, indicator.id), rows, visit.regions, given)
    return (*used, *_weights(visit, rows))


def _tables(visit: Visit, indicator: str) -> Sequence[_Source]:
    """The tables of an indicator; those of all are asked for once a version."""
    by_indicator: Mapping[str, Sequence[_Source]] = visit.context.memory.recall(
        (visit.warehouse.version, "tables"), lambda: _sources(visit.warehouse, visit.catalogue)
    )
    return by_indicator.get(indicator, ())


def _sources(warehouse: Warehouse, catalogue: Catalogue) -> Mapping[str, Sequence[_Source]]:
    """The tables of all indicators."""
    rows = indicator_sources(warehouse, list(catalogue.indicator))
    columns = rows[list(_Source._fields)].itertuples(index=False, name=None)
    sources: dict[str, list[_Source]] = {}
    for indicator, source in zip(rows["indicator"], starmap(_Source, columns), strict=True):
        sources.setdefault(indicator, []).append(source)
    return sources


def composition_lines(
    visit: Visit, indicator: Indicator, rows: Iterable[Observation]
) -> tuple[str, ...]:
    """How each union of some rows is made and how whole it is; see `wholeness`."""
    united = tuple(row for row in rows if row.members)
    return sentence_composition.composition(united, visit.wording(indicator))


def shown_footnotes(
    visit: Visit, indicator: Indicator, rows: Sequence[Observation]
) -> tuple[Footnote, ...]:
    """
    The source's footnotes that concern some rows: of the tables behind them, on what they show.

    Those on members of a union concern it.
    """
    tables = {table.table_id for table in used_tables(visit, indicator, rows)}
    names = ("region", "period", *DIMENSIONS)
    codes = {name: set(map(attrgetter(name), rows)) for name in names}
    regions = [visit.regions[code] for code in codes["region"] if code in visit.regions]
    codes["region"] |= {member for region in regions for member in region.members}
    notes = visit.context.memory.recall(
        (visit.warehouse.version, "notes"), lambda: _notes(visit.warehouse, visit.catalogue)
    )
    of_tables = [note for note in notes.get(indicator.id, ()) if note["table_id"] in tables]
    return footnotes(of_tables, {name: found.__contains__ for name, found in codes.items()})


def _notes(warehouse: Warehouse, catalogue: Catalogue) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of `source_notes` of each indicator that has any."""
    notes: dict[str, list[dict[str, Any]]] = {}
    for note in source_notes(warehouse, list(catalogue.indicator)).to_dict("records"):
        notes.setdefault(note["indicator"], []).append({str(key): note[key] for key in note})
    return notes


def shortfalls(visit: Visit, indicator: Indicator) -> list[str]:
    """What of the indicator could not be updated, and what is missing because it was not read."""
    lang = visit.lang
    lost = visit.context.memory.recall(
        (visit.warehouse.identity, "losses"), lambda: losses(visit.catalogue, visit.warehouse)
    )
    return [
        *(
            term("stale", lang, title=title, date=format.day(seen, lang))
            for seen in dict.fromkeys(one.seen for one in _problems(visit, indicator) if one.stale)
            for title in [_with_years(visit, indicator)]
        ),
        *(loss_sentence(loss, lang) for loss in lost.get(indicator.id, ())),
    ]


def _with_years(visit: Visit, indicator: Indicator) -> str:
    """The indicator's title, with the years that are stale where not all of them are."""
    late = visit.context.memory.recall(
        (visit.warehouse.identity, "late years"),
        lambda: late_years(visit.catalogue, visit.warehouse),
    )
    title = indicator.title[visit.lang]
    if indicator.id not in late:
        return title
    first, last = late[indicator.id]
    years = (
        format.periods(first, last, visit.lang)
        if last
        else term("since_year", visit.lang, year=first)
    )
    return f"{title} {years}"


def why_none(visit: Visit, indicator: Indicator, region: str) -> str:
    """That a county's districts together, or it without them, have no figure; "" of any other."""
    reason, lang = none_reason(visit, indicator, region), visit.lang
    if not reason:
        return ""
    return term("union_no_figure", lang, name=visit.regions[region].bare_name(lang), why=reason)


def none_reason(visit: Visit, indicator: Indicator, region: str) -> str:
    """Why a county's districts together, or it without them, have no figure; "" of any other."""
    why = why_no_figure(visit.context, visit.warehouse, indicator.id, region)
    if region not in visit.regions or why is None:
        return ""
    lang, regions = visit.lang, visit.regions
    names = [short_name(regions[code], lang) for code in why[1] if code in regions]
    return term(f"county_why_{why[0]}", lang, names=enumerated(names, lang))


def reasons(visit: Visit, indicator: Indicator) -> list[html.Details]:
    """Why sources are stale or missing, folded, in the pull's own English; or nothing."""
    texts = dict.fromkeys(problem.reason for problem in _problems(visit, indicator))
    if not texts:
        return []
    listed = html.Ul([html.Li(reason) for reason in texts], lang="en")
    return [html.Details([html.Summary(term("reasons", visit.lang)), listed], className="src")]


class _Problem(NamedTuple):
    """What could not be read of an indicator, and when that was seen (UTC)."""

    stale: bool
    reason: str
    seen: Any


def _problems(visit: Visit, indicator: Indicator) -> Sequence[_Problem]:
    """The problems of an indicator; those of all are asked for once a version."""
    by_indicator: Mapping[str, Sequence[_Problem]] = visit.context.memory.recall(
        (visit.warehouse.identity, "problems"), lambda: _all_problems(visit.warehouse)
    )
    return by_indicator.get(indicator.id, ())


def _all_problems(warehouse: Warehouse) -> Mapping[str, Sequence[_Problem]]:
    problems: dict[str, list[_Problem]] = {}
    for id, *problem in source_problems(warehouse).itertuples(index=False, name=None):
        problems.setdefault(id, []).append(_Problem(*problem))
    return problems


def _used(
    sources: Iterable[_Source],
    series: Sequence[Observation],
    regions: Mapping[str, Region],
    given: Mapping[str, frozenset[str]],
) -> list[UsedTable]:
    """The sources whose segment, level, kind, years and groups stand in the rows that are shown."""
    levels = {
        code: tables_level(regions[code], regions)
        for code in {row.region for row in series}
        if code in regions
    }
    shown = dict.fromkeys(
        (row.segment, levels.get(row.region, ""), row.kind, row.period, row.background)
        for row in series
    )
    at_place: dict[tuple[str, str], list[_Source]] = {}
    for source in sources:
        at_place.setdefault((source.segment, source.level), []).append(source)
    used: dict[tuple[_Source, str], None] = {}
    for segment, level, kind, period, background in shown:
        there = [
            source
            for source in at_place.get((segment, level), ())
            if source.first_period <= period <= source.last_period
        ]
        # A table known to give the group comes before one of which that is not known, and where
        # there is neither, every one may be meant.
        ranks = [
            2 if background in given.get(source.table_id, ()) else int(source.table_id not in given)
            for source in there
        ]
        used |= {
            (source, kind): None
            for source, rank in zip(there, ranks, strict=True)
            if rank == max(ranks)
        }
    return [source.used(kind) for source, kind in used]


def _weights(visit: Visit, rows: Iterable[Observation]) -> list[UsedTable]:
    """The sources of the population by which unions are weighted, of the years that are."""
    weighted = [row for row in rows if row.how in MEANS]
    if not weighted:
        return []
    years = {row.period for row in weighted}
    segments = visit.catalogue.indicator[POPULATION].segments
    shown = [segment.id for segment in segments if any(year in segment.years for year in years)]
    codes = {row.region for row in weighted}
    regions = [visit.regions[code] for code in codes if code in visit.regions]
    levels = {tables_level(region, visit.regions) for region in regions}
    without = _without_ages(visit.catalogue)
    return [
        source.used("computed")
        for source in _tables(visit, POPULATION)
        if source.first_period <= max(years) and source.last_period >= min(years)
        if source.segment in shown and source.level in levels and source.table_id not in without
    ]


def _without_ages(catalogue: Catalogue) -> set[str]:
    """The tables of the population that hold no ages, by which nothing is weighted."""
    sources = {
        source.table
        for segment in catalogue.indicator[POPULATION].segments
        for source in segment.sources
    }
    tables = [catalogue.table[key] for key in sources]
    return {table.id for table in tables if table.id and not any(v.sums for v in table.variables)}


def tables_level(region: Region, regions: Mapping[str, Region]) -> str:
    """The level of a region's sources: that of its members, for a union."""
    first = regions.get(region.members[0]) if region.members else None
    return first.level if first else region.level


def _dates(dates: Any, lang: Lang) -> list[str]:
    """Update and fetch in words; what is not known is left out."""
    return [
        term(key, lang, date=format.day(moment, lang))
        for key, moment in zip(("updated", "fetched"), dates, strict=True)
        if pd.notna(moment)
    ]
