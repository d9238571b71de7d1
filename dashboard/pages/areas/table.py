"""
The table twin of the areas in one year: type, value, status, difference and population.

Knows the columns. A cell that the source does not have is empty; nothing is worked out here.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    table_section,
)
from dashboard.data.observation import Observation, observations
from dashboard.data.series import levels
from dashboard.pages.areas.chart import heading, lines
from dashboard.pages.areas.rows import Listed
from dashboard.pages.indicator import content
from dashboard.panels.provenance import source_lines
from dashboard.rules.comparison import compared, difference
from dashboard.rules.order import Item
from dashboard.rules.stretches import unbroken
from dashboard.sentences.notes import notes
from dashboard.state.areas import AreaScope, older_members, short_name
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from dashboard.text.format import names_unit
from dashboard.text.phrases import said
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
        codes = older_members(region) if region.members else (region.code,)
        found = {_class(self.known[code], lang) for code in codes if code in self.known}
        return enumerated(sorted(found), lang)


def types(visit: Visit, where: AreaScope, until: str = "") -> Types | None:
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


def types_section(visit: Visit, where: AreaScope) -> list[html.Section]:
    """Each area's type in its newest year and in the first that it may be compared with."""
    found, lang = types(visit, where), visit.lang
    if found is None:
        return []
    place = visit.places[where.within].where[lang]
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


def _table(visit: Visit, where: AreaScope, found: Types, title: str) -> Any:
    """The areas by name; folded where they are many."""
    lang, rows = visit.lang, _rows(visit, where)
    series = {str(code): observations(own, TYPE) for code, own in rows.groupby("region")}
    lines = [
        _type_line(visit.places[code], series[code], found, visit)
        for code in where.areas
        if code in found.known
    ]
    columns = [
        TableHead(term("areas_column_area", lang), "ascending"),
        term("column_code", lang),
        term("areas_type", lang, year=found.period),
        term("areas_type_before", lang),
        term("areas_type_change", lang),
    ]
    example = f"{term('example', lang)}. " if visit.warehouse.example else ""
    table = figure_table(title, columns, [("", lines)], unit=example, kind="regions")
    if len(lines) <= MANY:
        return table
    return html.Details([html.Summary(term("as_table", lang)), table])


def _rows(visit: Visit, where: AreaScope) -> pd.DataFrame:
    return levels(visit.context, visit.warehouse, TYPE, codes=where.areas)


def _type_line(
    region: Region, series: tuple[Observation, ...], found: Types, visit: Visit
) -> TableRow:
    """One area: its class now, in the first comparable year, and whether it has changed."""
    lang, indicator, now = visit.lang, found.indicator, found.known[region.code]
    stretch = next(one.present for one in unbroken(series, indicator) if now in one.present)
    first = stretch[0]
    before, moved = "", ""
    if first.year < now.year and compared(now, first, indicator).comparable:
        before = term("areas_type_then", lang, type=_class(first, lang), year=first.period)
        same = _class(first, lang) == _class(now, lang)
        moved = term("areas_type_same" if same else "areas_type_moved", lang)
    return TableRow(short_name(region, lang), [region.code, _class(now, lang), before, moved])


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


PEOPLE = "population"
# Of a number of persons nobody learns anything from its distance to the municipality's.
NO_DIFFERENCE = frozenset({"count", "class"})


@dataclass(frozen=True)
class Extra:
    """What else the table tells of each area: how many live there, and its type."""

    people: pd.DataFrame
    types: Types | None


def section(found: Listed) -> list[Any]:
    """Sources, and all areas with code, type, value, status, year, difference and population."""
    extra = _extra(found)
    return [*_sources(found, extra), _twin(found, extra)]


def _extra(found: Listed) -> Extra:
    visit, indicator = found.visit, found.indicator
    known = visit.catalogue.indicator
    codes = tuple(found.names)
    people = pd.DataFrame(columns=found.rows.columns)
    if PEOPLE in known and indicator.id != PEOPLE:
        people = levels(visit.context, visit.warehouse, PEOPLE, codes=codes, period=found.period)
    own = types(visit, found.where, found.period) if indicator.measure != "class" else None
    return Extra(people, own)


def _sources(found: Listed, extra: Extra) -> list[html.P]:
    visit, indicator = found.visit, found.indicator
    said_of = [*source_lines(visit, indicator, found.at)]
    if not extra.people.empty:
        said_of += source_lines(visit, visit.catalogue.indicator[PEOPLE], extra.people)
    if extra.types:
        said_of += source_lines(visit, extra.types.indicator, extra.types.rows)
    return [html.P(one, className="src") for one in dict.fromkeys(said_of)]


def _twin(found: Listed, extra: Extra) -> html.Section:
    visit, indicator = found.visit, found.indicator
    lang = visit.lang
    parts = [
        (
            term(f"areas_part_{name}", lang),
            [_line(one, found, extra) for one in own],
        )
        for name, own in (("neighbourhoods", found.neighbourhoods), ("areas", found.areas))
    ]
    table = figure_table(
        heading(found),
        _columns(found, extra),
        [*parts, (term("beside_rows", lang), _larger(found, extra))],
        unit=_small(found),
        kind="regions",
    )
    seen = observations(found.at, indicator.id)
    ordered = found.order == "varde"
    words = [note[lang] for note in notes(seen, indicator, ordered=ordered)]
    words += _gone(found, extra)
    return table_section(table, dict.fromkeys(words), lang)


def _small(found: Listed) -> str:
    visit, indicator = found.visit, found.indicator
    example = f"{term('example', visit.lang)}. " if visit.warehouse.example else ""
    return example + content.unit(indicator, visit.lang)


def _columns(found: Listed, extra: Extra) -> list[TableHead]:
    visit, indicator = found.visit, found.indicator
    lang = visit.lang
    sorted_by = {"namn": "ascending", "kod": "ascending", "varde": "descending"}
    heads = {
        "namn": term("areas_column_area", lang),
        "kod": term("column_code", lang),
        **({"type": extra.types.heading(lang)} if extra.types else {}),
        "varde": term("areas_column_value", lang),
        "status": term("areas_column_status", lang),
        "year": term("period", lang),
        **({"difference": _apart_from(found)} if _has_difference(indicator) else {}),
        **({"people": term("areas_column_people", lang)} if not extra.people.empty else {}),
    }
    return [
        TableHead(name, sorted_by[key] if key == found.order else "") for key, name in heads.items()
    ]


def _has_difference(indicator: Indicator) -> bool:
    return indicator.measure not in NO_DIFFERENCE


def _apart_from(found: Listed) -> str:
    visit, indicator = found.visit, found.indicator
    lang = visit.lang
    if not (indicator.measure == "share" or names_unit(indicator)):
        return term("areas_column_difference_bare", lang)
    unit = said("points", lang) if indicator.measure == "share" else indicator.unit[lang]
    return term("areas_column_difference", lang, unit=unit)


def _line(one: Item, found: Listed, extra: Extra) -> TableRow:
    """The row of an area."""
    visit, indicator = found.visit, found.indicator
    own = one.observation
    home = found.one(visit.places[one.region].parent or "")
    cells: list[Any] = [one.region]
    cells += [extra.types.words(visit.places[one.region], visit.lang)] if extra.types else []
    cells += _figures(own, found)
    cells += [_minus(own, home, found)] if _has_difference(indicator) else []
    cells += _people(one.region, found, extra)
    return TableRow(found.names[one.region], cells, own=one.region == found.where.region)


def _larger(found: Listed, extra: Extra) -> list[TableRow]:
    """The rows of municipality, county and country, where they may be compared."""
    visit, indicator = found.visit, found.indicator
    made = []
    for one in lines(found):
        place = visit.places[one.other.region]
        cells: list[Any] = [place.code, *([""] if extra.types else [])]
        cells += _figures(one.other, found)
        cells += [""] if _has_difference(indicator) else []
        cells += [""] if not extra.people.empty else []
        made.append(TableRow(place.name(visit.lang), cells))
    return made


def _figures(one: Observation, found: Listed) -> list[Any]:
    """Value, what its symbol means, and year."""
    visit, indicator = found.visit, found.indicator
    status = format.symbol(one.status)
    meant = format.meaning(str(one.status), visit.lang) if status else ""
    if not one.present and not status:
        meant = term("not_available", visit.lang)
    return [figure_cell(one.value, one.status, indicator, visit.lang), meant, one.period]


def _minus(one: Observation, home: Observation | None, found: Listed) -> str:
    """The displayed difference to the own municipality with its sign, or why there is none."""
    visit, indicator = found.visit, found.indicator
    if home is None or not (one.present and home.present):
        return ""
    apart = difference(one, home, indicator)
    if apart.value is None:
        return term(f"aside_{apart.verdict.reason}", visit.lang)
    sign = "+" if apart.value > 0 else ""
    return sign + format.number(apart.value, indicator.decimals, visit.lang)


def _people(region: str, found: Listed, extra: Extra) -> list[Any]:
    visit = found.visit
    if extra.people.empty:
        return []
    own = extra.people[extra.people["region"] == region]
    counted = next(iter(observations(own, PEOPLE)), None)
    value, status = (counted.value, counted.status) if counted else (None, None)
    return [figure_cell(value, status, visit.catalogue.indicator[PEOPLE], visit.lang)]


def _gone(found: Listed, extra: Extra) -> list[str]:
    """That areas of another division than the type's have none."""
    visit = found.visit
    if extra.types is None or not found.areas:
        return []
    known = extra.types.known
    bare = [one.region for one in found.areas if one.region not in known]
    return [term("areas_type_division", visit.lang)] if len(bare) == len(found.areas) else []
