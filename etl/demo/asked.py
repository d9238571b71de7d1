"""
What the catalogue asks of one table: its periods, contents, and the codes of its variables.

Pure. Where the catalogue knows only a label or a text, the code is a slug of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.binding.binding import Use, uses
from etl.catalogue import Catalogue, Contents, Labelled, Table, Value, Variable
from etl.catalogue.regions import LAST_YEAR_OF_2020_DIVISION, NEWER_DIVISION, source_level
from etl.demo.places import YEARS, Array, Places, age_label, is_age, listed
from etl.source.jsonstat import has_words, normalised

INTEGRATION, LABOUR, ELECTIONS = "AA0003", "AA0003", "AA0003J"
ELECTION_YEARS = ("2014", "2018", "2022")
# The folders of the register data end a year before those of the labour market.
LAST_OF_FOLDERS = "2023"
CROWDING, CROWDING_FROM = "LE0105", "2020"
# Composition, incomes, transfers and health; and the courses in Swedish.
LATER_FOLDERS, COURSES = ("AA0003E", "AA0003F", "AA0003G", "AA0003I"), "sfi_"
LATER_FROM = "2019"
# Benefits that have ended since are seen in the areas' older years.
TRANSFERS, TRANSFERS_FROM = "AA0003G", "2012"
HOUSING = "AA0003D"
ORIGINS = frozenset({"SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF"})
STAYS = frozenset({"INT010", "INT020", "INT030", "INT040"})
SEXES = frozenset({"1", "2"})
# Of the older labour market counties keep the young, and the foreign-born once.
OLDER = frozenset({"25-34", "35-44", "45-54", "55-64", "030", "010", "020", "INTTOT"})
SECOND_TOTAL = "tot20-64"
UNKNOWN_EDUCATION = "US"


def years_of(table: Table, years: Sequence[str]) -> tuple[str, ...]:
    """Return those of the years of a table that the example has."""
    if table.path == ELECTIONS:
        return tuple(year for year in years if year in ELECTION_YEARS)
    first, last = years[0], years[-1]
    if table.path.startswith(INTEGRATION) and table.path != LABOUR:
        last = LAST_OF_FOLDERS
    if table.path == CROWDING:
        first = CROWDING_FROM
    elif (_later(table) or table.key.startswith(COURSES)) and "country" not in table.levels:
        ended = table.path == TRANSFERS and "regso" in table.levels
        first = TRANSFERS_FROM if ended else LATER_FROM
    return tuple(year for year in years if first <= year <= last)


def left_out(table: Table, variable: Variable) -> frozenset[Value]:
    """Return the values of a variable that the example does without; never its total."""
    if not table.path.startswith(INTEGRATION) or "country" in table.levels:
        return frozenset()
    groups = frozenset({*variable.keep, *variable.education}) - SEXES - {variable.total}
    if "municipality" in table.levels:
        second = frozenset({SECOND_TOTAL}) - {variable.total}
        return (groups | second) - ORIGINS - (STAYS if _of_newcomers(table) else frozenset())
    if "regso" in table.levels:
        return frozenset() if _of_newcomers(table) else groups - ORIGINS
    if table.discontinued:
        return groups if variable.role == "education" else groups & OLDER
    if _later(table) or table.path == HOUSING:
        return groups - ORIGINS - STAYS
    return groups & {UNKNOWN_EDUCATION}


def _later(table: Table) -> bool:
    return table.path in LATER_FOLDERS


def _of_newcomers(table: Table) -> bool:
    """Whether time in Sweden is kept in small regions: in the newest tables, and of courses."""
    newest = table.path == LABOUR and not table.discontinued
    return newest or table.key.startswith(COURSES)


LAST_BEFORE_NOISE = 2024
# SCB's register of the labour market describes all its years in the division of 2025.
NEWER_DIVISION_ONLY = "AM0210"
LABELS = {
    "1+2": "män och kvinnor", "1": "män", "2": "kvinnor", "TOT": "samtliga",
    "tot20-64": "samtliga 20-64 år", "000": "samtliga utbildningsnivåer",
    "F": "utbildningsnivå: förgymnasial utbildning", "3": "utbildningsnivå: gymnasial utbildning",
    "EU": "utbildningsnivå: eftergymnasial utbildning", "US": "utbildningsnivå: uppgift saknas",
    "SE": "födelseregion: Sverige", "NEXS": "födelseregion: Norden exkl. Sverige",
    "EUEESXN": "födelseregion: EU/EFTA exkl. Norden", "VXEUEES": "födelseregion: övriga världen",
    "SAMUTF": "samtliga utrikes födda", "INTTOT": "samtliga utrikes födda (vistelsetid)",
    "INT010": "vistelsetid 0–1 år", "INT020": "vistelsetid 2–3 år",
    "INT030": "vistelsetid 4–9 år", "INT040": "vistelsetid 10– år",
    "030": "samtliga utrikes födda invandrare (skäl till invandring)",
    "010": "skäl till invandring: skyddsbehövande och deras anhöriga",
    "020": "skäl till invandring: övriga utrikes födda invandrare",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Everything that is asked of one table; `wanted` are the sources that ask."""

    id: str
    table: Table
    wanted: tuple[Use, ...]
    periods: tuple[str, ...]
    contents: Mapping[str, Contents]
    labels: Mapping[str, Mapping[str, str]]


def asked(catalogue: Catalogue, places: Places) -> Iterator[Asked]:
    """Yield what is asked of every table that some indicator uses."""
    number = 99001
    for table in catalogue.tables:
        wanted = uses(catalogue, table.key)
        name = table.id or f"TAB{number}"
        number += table.id is None
        if not wanted:
            continue
        periods = _periods(table, wanted)
        labels = {
            variable.code: _regions(table, wanted, periods, places)
            if variable.role == "region"
            else _labels(variable.code, _values(table, variable, wanted))
            for variable in table.variables
        }
        yield Asked(name, table, wanted, periods, _contents(wanted), labels)


def _periods(table: Table, wanted: Iterable[Use]) -> tuple[str, ...]:
    """All years of the sources: open ones to the last year without noise, or their first."""
    first = min(use.segment.years.first for use in wanted)
    last = max(
        use.segment.years.last or max(LAST_BEFORE_NOISE, use.segment.years.first) for use in wanted
    )
    years = [year for year in YEARS if year in table.years and first <= int(year) <= last]
    return years_of(table, years)


def _regions(
    table: Table, wanted: Iterable[Use], periods: Sequence[str], places: Places
) -> dict[str, str]:
    """Regions of the table's levels; areas in the division of 2020, of 2025, or in both."""
    older = int(periods[0]) <= LAST_YEAR_OF_2020_DIVISION
    older &= not table.path.startswith(NEWER_DIVISION_ONLY)
    newer = int(periods[-1]) > LAST_YEAR_OF_2020_DIVISION
    names = {
        code: name for code, name in places.names.items() if source_level(code) in table.levels
    }
    if any(use.source.sum_to for use in wanted):
        names |= places.lone
    areas = {code: name for code, name in names.items() if source_level(code) == "regso"}
    found = {code: name for code, name in names.items() if code not in areas}
    if older:
        found |= areas
    return found | {code + NEWER_DIVISION: name for code, name in areas.items() if newer}


def _contents(wanted: Iterable[Use]) -> dict[str, Contents]:
    found: dict[str, Contents] = {}
    known: set[str] = set()
    every = [contents for use in wanted for contents in contents_of(use)]
    for one in sorted(every, key=lambda contents: contents.code is None):
        if one.code or normalised(one.text) not in known:
            found.setdefault(one.code or slug(one.text), one)
            known.add(normalised(one.text))
    return found


def contents_of(use: Use) -> Iterator[Contents]:
    """Yield every content that a source takes values from."""
    yield from use.source.by_background.values()
    for part in (use.source, use.source.numerator, use.source.denominator):
        if part and part.contents:
            yield part.contents


def _values(table: Table, variable: Variable, wanted: Iterable[Use]) -> list[Value]:
    """Every value that is asked of one variable; in large tables few groups, no education."""
    large = {"country", "county"}.isdisjoint(table.levels)
    found = _of_variable(variable, all_codes=not (large and variable.role == "education"))
    without = left_out(table, variable)
    found = [value for value in found if value not in without]
    for use in wanted:
        for own in use.source.variables:
            if own.code == variable.code:
                every = not (large and own.role == "education")
                found += _of_variable(own, all_codes=every)
        for part in filter(None, (use.source.numerator, use.source.denominator)):
            found += [*part.codes.get(variable.code, ()), *part.minus.get(variable.code, ())]
    return found


def _of_variable(variable: Variable, *, all_codes: bool) -> list[Value]:
    total = variable.total if isinstance(variable.total, tuple) else (variable.total,)
    found: list[Value] = [value for value in (*total, *variable.twins) if value is not None]
    if all_codes:
        found += [*variable.keep, *variable.sex, *variable.education]
        found += [value for members in variable.sums.values() for value in members]
    return found


def _labels(variable: str, values: Iterable[Value]) -> dict[str, str]:
    """Codes in the order of the table, each with its text."""
    found: dict[str, str] = {}
    for value in values:
        if isinstance(value, Labelled):
            found[slug(value.label)] = value.label
        else:
            found.setdefault(value, LABELS.get(value, value))
    if not is_age(variable):
        return found
    codes = {code: found.get(code, code) for code in listed(found)}
    return {
        code: label if label != code else age_label(code, codes) for code, label in codes.items()
    }


def slug(text: str) -> str:
    """Return a code made of a text, for example documents only."""
    plain = normalised(text).translate(str.maketrans("åäöé", "aaoe"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


UPDATED = "2026-03-02T07:00:00Z"
SOURCE = "Exempeldata – inte statistik"
NOTE = "Exempeldata – inte statistik. Siffrorna är påhittade och får inte användas eller spridas."
METRIC, TIME = "ContentsCode", "Tid"
VARIABLES = {
    "Region": "region", "Kon": "kön", "UtbNiv": "utbildningsnivå",
    "UtbildningsNiva": "utbildningsnivå", "BakgrVar": "bakgrundsvariabel",
    "Bakgrund": "bakgrund", "Alder": "ålder", "Fodelseregion": "födelseregion",
    "Civilstand": "civilstånd", "UtlBakgrund": "utländsk/svensk bakgrund",
    "Trangboddhet": "trångboddhet", "Forandringar": "förändringar", "Period": "period",
    METRIC: "tabellinnehåll", TIME: "år",
}  # fmt: skip


PLACES = {"county": "län", "municipality": "kommun"}


def described(one: Asked) -> dict[str, Any]:
    """Return the metadata document of a table: everything but values."""
    dimension = _dimensions(one)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _title(one),
        "source": SOURCE,
        "updated": UPDATED,
        "note": [NOTE],
        "role": {"time": [TIME], "metric": [METRIC]},
        "id": list(dimension),
        "size": [len(part["category"]["index"]) for part in dimension.values()],
        "dimension": dimension,
        "extension": {
            "noteMandatory": {"0": True},
            "px": {"tableid": one.id, "official-statistics": False, "language": "sv"},
        },
        "value": [],
    }


def filled(
    document: Mapping[str, Any],
    codes: Mapping[str, tuple[str, ...]],
    value: Array,
    symbol: NDArray[np.str_],
) -> dict[str, Any]:
    """Return a document with the cells of some codes, in their order: dense values, few symbols."""
    units = document["dimension"][METRIC]["category"]["unit"]
    whole = all(units[content]["decimals"] == 0 for content in codes[METRIC])
    flat = symbol.ravel()
    marked = np.flatnonzero(flat != "")
    return {
        **document,
        "id": list(codes),
        "size": [len(chosen) for chosen in codes.values()],
        "dimension": {name: _cut(document["dimension"][name], codes[name]) for name in codes},
        "value": _numbers(value.ravel(), whole=whole),
        "status": dict(zip(map(str, marked.tolist()), flat[marked].tolist(), strict=True)),
    }


def _cut(dimension: Mapping[str, Any], codes: tuple[str, ...]) -> dict[str, Any]:
    """Return a dimension with some of its codes."""
    parts = {key: part for key, part in dimension["category"].items() if key != "index"}
    category: dict[str, Any] = {"index": {code: number for number, code in enumerate(codes)}}
    category |= {key: {code: part[code] for code in codes} for key, part in parts.items()}
    return {**dimension, "category": category}


def _numbers(value: Array, *, whole: bool) -> list[float | int | None]:
    """Numbers as the source prints them: whole ones without a point, null for missing."""
    missing = np.isnan(value)
    numbers = (np.where(missing, 0, value).astype(np.int64) if whole else value).astype(object)
    numbers[missing] = None
    return list(numbers)


def _dimensions(one: Asked) -> dict[str, dict[str, Any]]:
    """All variables of the table, then what it holds, then its years."""
    labels = {
        **one.labels,
        METRIC: {code: contents.text for code, contents in one.contents.items()},
        TIME: {period: period for period in one.periods},
    }
    found = {code: _dimension(code, texts) for code, texts in labels.items()}
    found[METRIC]["category"]["unit"] = {
        code: {"base": contents.unit, "decimals": contents.decimals}
        for code, contents in one.contents.items()
    }
    found[METRIC]["extension"]["refperiod"] = dict.fromkeys(one.contents, "exempel")
    return found


def _dimension(code: str, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": VARIABLES.get(code, code.lower()),
        "category": {
            "index": {value: number for number, value in enumerate(labels)},
            "label": dict(labels),
        },
        "extension": {"elimination": False, "show": "value", "codelists": []},
    }


def _title(one: Asked) -> str:
    """The words by which the catalogue knows the table, its variables, and the years."""
    levels = one.table.levels
    place = PLACES.get(levels[0], "region") if len(levels) == 1 else "region"
    variables = [place if code == "Region" else VARIABLES.get(code, code) for code in one.labels]
    tail = f"efter {', '.join(variables)}"
    subject = has_words(tail, one.table.label) or [next(iter(one.contents.values())).text]
    words = f"{', '.join(subject)} {tail}"
    return f"{words[:1].upper()}{words[1:]}. År {one.periods[0]}-{one.periods[-1]} (exempel)"
