"""
The type of each area by SCB's socio-economic classes: as a column, and as a section of its own.

A class is compared over time only inside a segment, and never put together for a neighbourhood.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard import format
from dashboard.areas import Within, older, short
from dashboard.comparison import compared
from dashboard.observation import Observation, observations
from dashboard.pages.views import sheet
from dashboard.pages.views.sheet import Column, Line
from dashboard.provenance import source_lines
from dashboard.regions import Region
from dashboard.series import levels
from dashboard.stretches import unbroken
from dashboard.text import enumerated, term
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang

TYPE = "area_type"
MANY = 30  # rows that are folded


@dataclass(frozen=True)
class Types:
    """The type of areas in one year: `rows` as by `series.levels`, `known` by code."""

    indicator: Indicator
    period: str
    rows: pd.DataFrame
    known: dict[str, Observation]

    def heading(self, lang: Lang) -> str:
        """The name of the column, with its year."""
        return term("areas_column_type", lang, year=self.period)

    def words(self, region: Region, lang: Lang) -> str:
        """The class of an area, or those of a neighbourhood's members; "" where it has none."""
        codes = older(region) if region.members else (region.code,)
        found = {_class(self.known[code], lang) for code in codes if code in self.known}
        return enumerated(sorted(found), lang)


def types(visit: Visit, where: Within, until: str = "") -> Types | None:
    """The types in the newest year, or in the newest up to a year; None where there are none."""
    indicator = visit.catalogue.indicator.get(TYPE)
    if indicator is None:
        return None
    rows = _rows(visit, where)
    numbers = rows[rows["value"].notna()]["period"]
    periods = [one for one in numbers if not until or one <= until]
    if not periods:
        return None
    period = max(periods)
    own = rows[rows["period"] == period]
    known = {one.region: one for one in observations(own, TYPE) if one.present}
    return Types(indicator, period, own, known)


def section(visit: Visit, where: Within) -> list[html.Section]:
    """Each area's type in its newest year and in the first that it may be compared with."""
    found, lang = types(visit, where), visit.lang
    if found is None:
        return []
    place = visit.places[where.place].where[lang]
    title = f"{term('areas_types', lang, where=place)} {found.period}"
    about = found.indicator
    confirm = [html.P(term("to_confirm", lang), className="src")] * about.to_confirm
    sources = source_lines(visit, about, found.rows)
    parts = [
        html.H2(title),
        html.P(about.definition[lang], className="told"),
        html.P(_counted(found, lang), className="told"),
        _table(visit, where, found, title),
        html.P(about.not_captured[lang], className="src"),
        *confirm,
        *(html.P(one, className="src") for one in sources),
    ]
    return [html.Section(parts, className="figure types")]


def _table(visit: Visit, where: Within, found: Types, title: str) -> Any:
    """The areas by name; folded where they are many."""
    lang, rows = visit.lang, _rows(visit, where)
    series = {str(code): observations(own, TYPE) for code, own in rows.groupby("region")}
    lines = [
        _line(visit.places[code], series[code], found, visit)
        for code in where.areas
        if code in found.known
    ]
    columns = [
        Column(term("areas_column_area", lang), "ascending"),
        Column(term("column_code", lang)),
        Column(term("areas_type", lang, year=found.period)),
        Column(term("areas_type_before", lang)),
        Column(term("areas_type_change", lang)),
    ]
    example = f"{term('example', lang)}. " if visit.warehouse.example else ""
    table = sheet.table(title, example, columns, [("", lines)])
    if len(lines) <= MANY:
        return table
    return html.Details([html.Summary(term("as_table", lang)), table])


def _rows(visit: Visit, where: Within) -> pd.DataFrame:
    return levels(visit.context, visit.warehouse, TYPE, codes=where.areas)


def _line(region: Region, series: tuple[Observation, ...], found: Types, visit: Visit) -> Line:
    """One area: its class now, in the first comparable year, and whether it has changed."""
    lang, indicator, now = visit.lang, found.indicator, found.known[region.code]
    stretch = next(one.present for one in unbroken(series, indicator) if now in one.present)
    first = stretch[0]
    before, moved = "", ""
    if first.year < now.year and compared(now, first, indicator).comparable:
        before = term("areas_type_then", lang, type=_class(first, lang), year=first.period)
        same = _class(first, lang) == _class(now, lang)
        moved = term("areas_type_same" if same else "areas_type_moved", lang)
    return Line(short(region, lang), [region.code, _class(now, lang), before, moved])


def _counted(found: Types, lang: Lang) -> str:
    """How many areas are of each type."""
    counted = Counter(_class(one, lang) for one in found.known.values())
    parts = [
        term("areas_type_count", lang, type=name, count=count)
        for name, count in sorted(counted.items())
    ]
    return term("areas_type_counts", lang, year=found.period, counts=enumerated(parts, lang))


def _class(one: Observation, lang: Lang) -> str:
    return format.number(one.number, 0, lang)
