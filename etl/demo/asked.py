"""
What the catalogue asks of one table: its periods, contents, and the codes of its variables.

Pure. Where the catalogue knows only a label or a text, the code is a slug of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.catalogue import Catalogue, Contents, Labelled, Table, Value, Variable
from etl.demo.ages import age_label, is_age, listed
from etl.demo.places import YEARS, Places
from etl.demo.thinned import left_out, years_of
from etl.names import DIVISION_2025, LAST_YEAR_OF_2020_DIVISION, level, normalised, slug
from etl.uses import Use, uses

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
    every = uses(catalogue)
    for table in catalogue.tables:
        wanted = tuple(use for use in every if use.source.table == table.key)
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
    names = {code: name for code, name in places.names.items() if level(code) in table.levels}
    if any(use.source.sum_to for use in wanted):
        names |= places.lone
    areas = {code: name for code, name in names.items() if level(code) == "regso"}
    found = {code: name for code, name in names.items() if code not in areas}
    if older:
        found |= areas
    return found | {code + DIVISION_2025: name for code, name in areas.items() if newer}


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
