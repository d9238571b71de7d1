"""
Where the shown figures come from: tables, members, dates, published or computed, what is stale.

Knows `indicator_source` and `source_table`. It names only tables whose rows are shown.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from dashboard.codes import DIMENSIONS, POPULATION
from dashboard.data.observation import as_observations
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


def source_lines(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> list[str]:
    """A line for each kind and date: "Källa: SCB, tabell TAB… · uppdaterad av SCB …"."""
    warehouse, lang = visit.warehouse, visit.lang
    sources = used_tables(visit, indicator, rows)
    lines = []
    for kind in ("published", "computed"):
        of_kind = sources[sources["kind"] == kind]
        for dates, of_dates in of_kind.groupby(["updated", "fetched"], dropna=False, sort=False):
            tables = enumerated(list(dict.fromkeys(of_dates["table_id"])), lang)
            parts = [
                *([term("example", lang)] if warehouse.example else []),
                term(f"source_{kind}", lang, tables=tables),
                *_dates(dates, lang),
            ]
            lines.append(" · ".join(parts))
    return lines


def used_tables(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The tables behind rows: segment, level, kind, table_id, title, updated, fetched."""
    sources = _tables(visit, indicator.id)
    given = visit.catalogue.backgrounds(indicator)
    return pd.concat([_used(sources, rows, visit.regions, given), _weights(visit, rows)])


def _tables(visit: Visit, indicator: str) -> pd.DataFrame:
    """The tables of an indicator; those of all are asked for once a version."""
    sources: pd.DataFrame = visit.context.memory.recall(
        (visit.warehouse.version, "tables"),
        lambda: indicator_sources(visit.warehouse, list(visit.catalogue.indicator)),
    )
    return sources[sources["indicator"] == indicator].reset_index(drop=True)


def composition_lines(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> tuple[str, ...]:
    """How each union of some rows is made and how whole it is; see `wholeness`."""
    if "members" not in rows.columns:
        return ()
    seen = as_observations(rows[rows["members"].notna()], indicator.id)
    return sentence_composition.composition(seen, visit.wording(indicator))


def shown_footnotes(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> tuple[Footnote, ...]:
    """
    The source's footnotes that concern some rows: of the tables behind them, on what they show.

    Those on members of a union concern it.
    """
    tables = set(used_tables(visit, indicator, rows)["table_id"])
    codes = {name: set(rows[name]) for name in ("region", "period", *DIMENSIONS)}
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
    lang, problems = visit.lang, source_problems(visit.warehouse)
    failed = problems[(problems["indicator"] == indicator.id) & problems["stale"]]
    lost = visit.context.memory.recall(
        (visit.warehouse.version, "losses"), lambda: losses(visit.catalogue, visit.warehouse)
    )
    return [
        *(
            term("stale", lang, title=title, date=format.day(seen, lang))
            for seen in failed["seen"].drop_duplicates()
            for title in [_with_years(visit, indicator)]
        ),
        *(loss_sentence(loss, lang) for loss in lost.get(indicator.id, ())),
    ]


def _with_years(visit: Visit, indicator: Indicator) -> str:
    """The indicator's title, with the years that are stale where not all of them are."""
    late = visit.context.memory.recall(
        (visit.warehouse.version, "late years"),
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


def reasons(warehouse: Warehouse, indicator: Indicator, lang: Lang) -> list[html.Details]:
    """Why sources are stale or missing, folded, in the pull's own English; or nothing."""
    problems = source_problems(warehouse)
    texts = problems[problems["indicator"] == indicator.id]["reason"].drop_duplicates()
    if texts.empty:
        return []
    listed = html.Ul([html.Li(reason) for reason in texts], lang="en")
    return [html.Details([html.Summary(term("reasons", lang)), listed], className="src")]


def _used(
    sources: pd.DataFrame,
    series: pd.DataFrame,
    regions: Mapping[str, Region],
    given: Mapping[str, frozenset[str]],
) -> pd.DataFrame:
    """The sources whose segment, level, kind, years and groups stand in the rows that are shown."""
    levels = {
        code: tables_level(regions[code], regions)
        for code in series["region"].unique()
        if code in regions
    }
    shown = series[["segment", "region", "kind", "period", "background"]].drop_duplicates()
    at_place: dict[tuple[str, str], list[int]] = {}
    for position, place in enumerate(zip(sources["segment"], sources["level"], strict=True)):
        at_place.setdefault(place, []).append(position)
    spans = list(zip(sources["first_period"], sources["last_period"], strict=True))
    tables = sources["table_id"].tolist()
    used: dict[tuple[int, str], None] = {}
    for segment, region, kind, period, background in shown.itertuples(index=False, name=None):
        places = at_place.get((segment, levels.get(region, "")), [])
        there = [place for place in places if spans[place][0] <= period <= spans[place][1]]
        # A table known to give the group comes before one of which that is not known, and where
        # there is neither, every one may be meant.
        ranks = [
            2 if background in given.get(tables[place], ()) else int(tables[place] not in given)
            for place in there
        ]
        used |= {
            (place, kind): None
            for place, rank in zip(there, ranks, strict=True)
            if rank == max(ranks)
        }
    rows = sources.iloc[[place for place, _ in used]]
    return rows.assign(kind=[kind for _, kind in used]).drop_duplicates(ignore_index=True)


def _weights(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """The sources of the population by which unions are weighted, of the years that are."""
    weighted = rows[rows["how"].isin(MEANS)] if "how" in rows.columns else rows.iloc[:0]
    if weighted.empty:
        return pd.DataFrame()
    years = set(weighted["period"])
    segments = visit.catalogue.indicator[POPULATION].segments
    shown = [segment.id for segment in segments if any(year in segment.years for year in years)]
    regions = [visit.regions[code] for code in set(weighted["region"]) if code in visit.regions]
    levels = {tables_level(region, visit.regions) for region in regions}
    sources = _tables(visit, POPULATION)
    of_years = sources["first_period"].le(max(years)) & sources["last_period"].ge(min(years))
    used = sources[of_years & sources["segment"].isin(shown) & sources["level"].isin(levels)]
    return used[~used["table_id"].isin(_without_ages(visit.catalogue))].assign(kind="computed")


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
