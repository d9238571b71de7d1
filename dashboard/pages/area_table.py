"""
The table twin of the areas in one year: type, value, status, difference and population.

Knows the columns. A cell that the source does not have is empty; nothing is worked out here.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard import format
from dashboard.comparison import difference
from dashboard.format import names_unit
from dashboard.listed import Item
from dashboard.notes import notes
from dashboard.observation import Observation, observations
from dashboard.pages.area_list import heading, lines
from dashboard.pages.area_rows import Listed
from dashboard.pages.area_types import Types, types
from dashboard.pages.views import sheet
from dashboard.pages.views.sheet import Column, Line
from dashboard.phrases import said
from dashboard.provenance import source_lines
from dashboard.series import levels
from dashboard.table import cell
from dashboard.text import term
from etl.catalogue import Indicator

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
    table = sheet.table(
        heading(found),
        _small(found),
        _columns(found, extra),
        [*parts, (term("beside_rows", lang), _larger(found, extra))],
    )
    seen = observations(found.at, indicator.id)
    ordered = found.order == "varde"
    words = [note[lang] for note in notes(seen, indicator, ordered=ordered)]
    words += _gone(found, extra)
    return html.Section(
        [
            html.H2(term("as_table", lang)),
            table,
            *(html.P(one, className="src") for one in dict.fromkeys(words)),
        ],
        className="twin",
    )


def _small(found: Listed) -> str:
    visit, indicator = found.visit, found.indicator
    example = f"{term('example', visit.lang)}. " if visit.warehouse.example else ""
    return example + sheet.unit(indicator, visit.lang)


def _columns(found: Listed, extra: Extra) -> list[Column]:
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
        Column(name, sorted_by[key] if key == found.order else "") for key, name in heads.items()
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


def _line(one: Item, found: Listed, extra: Extra) -> Line:
    """The row of an area."""
    visit, indicator = found.visit, found.indicator
    own = one.observation
    home = found.one(visit.places[one.region].parent or "")
    cells: list[Any] = [one.region]
    cells += [extra.types.words(visit.places[one.region], visit.lang)] if extra.types else []
    cells += _figures(own, found)
    cells += [_minus(own, home, found)] if _has_difference(indicator) else []
    cells += _people(one.region, found, extra)
    return Line(found.names[one.region], cells, own=one.region == found.where.own)


def _larger(found: Listed, extra: Extra) -> list[Line]:
    """The rows of municipality, county and country, where they may be compared."""
    visit, indicator = found.visit, found.indicator
    made = []
    for one in lines(found):
        place = visit.places[one.other.region]
        cells: list[Any] = [place.code, *([""] if extra.types else [])]
        cells += _figures(one.other, found)
        cells += [""] if _has_difference(indicator) else []
        cells += [""] if not extra.people.empty else []
        made.append(Line(place.name(visit.lang), cells))
    return made


def _figures(one: Observation, found: Listed) -> list[Any]:
    """Value, what its symbol means, and year."""
    visit, indicator = found.visit, found.indicator
    status = format.symbol(one.status)
    meant = format.meaning(str(one.status), visit.lang) if status else ""
    if not one.present and not status:
        meant = term("not_available", visit.lang)
    return [cell(one.value, one.status, indicator, visit.lang), meant, one.period]


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
    return [cell(value, status, visit.catalogue.indicator[PEOPLE], visit.lang)]


def _gone(found: Listed, extra: Extra) -> list[str]:
    """That areas of another division than the type's have none."""
    visit = found.visit
    if extra.types is None or not found.areas:
        return []
    known = extra.types.known
    bare = [one.region for one in found.areas if one.region not in known]
    return [term("areas_type_division", visit.lang)] if len(bare) == len(found.areas) else []
