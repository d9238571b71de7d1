"""
The tables of the example: the periods, contents and codes that the catalogue asks of each.

Pure. Where the catalogue knows only a label or a text, the code is a slug of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.binding.binding import Bound, Use, period_length, uses
from etl.catalogue import TOTAL, Catalogue, Contents, Labelled, Table, Value, Variable
from etl.catalogue.periods import PERIODS_A_YEAR, Frequency, ordinal, year_of
from etl.catalogue.regions import LAST_YEAR_OF_2020_DIVISION, NEWER_DIVISION, level_of_code
from etl.demo.places import (
    EARLIER_YEARS,
    EXAMPLE_YEARS,
    Array,
    Places,
    age_codes,
    age_label,
    is_age,
)
from etl.errors import UsageError
from etl.source.jsonstat import normalised

_INTEGRATION, _LABOUR, _ELECTIONS = "AA0003", "AA0003", "AA0003J"
_ELECTION_YEARS = ("2018", "2022")
# The folders of the register data end a year before those of the labour market.
_LAST_OF_FOLDERS = "2023"
_CROWDING, _CROWDING_FROM = "LE0105", "2020"
# The population and its education are a year ahead of the rest.
_FIRST_MONTH, _LAST_MONTH = "2020M01", "2026M09"
_AHEAD, _LAST_AHEAD, _LAST_YEAR = ("BE0101", "UF0506"), "2025", "2024"
# Composition, incomes, transfers and health; and the courses in Swedish.
_LATER_FOLDERS, _COURSES = ("AA0003E", "AA0003F", "AA0003G", "AA0003I"), "sfi_"
_LATER_FROM = "2019"
# Benefits that have ended since are seen in the areas' older years.
_TRANSFERS, _TRANSFERS_FROM = "AA0003G", "2012"
_HOUSING = "AA0003D"
_BIRTH_REGION_CODES = frozenset({"SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF"})
_STAY_CODES = frozenset({"INT010", "INT020", "INT030", "INT040"})
_MEN_AND_WOMEN = frozenset({"1", "2"})
# Of the older labour market counties keep the young, and the foreign-born once.
_OLDER = frozenset({"25-34", "35-44", "45-54", "55-64", "030", "010", "020", "INTTOT"})
_SECOND_TOTAL = "tot20-64"
_UNKNOWN_EDUCATION = "US"


def _years_of(table: Table, years: Sequence[str]) -> tuple[str, ...]:
    """Return those of the years of a table that the example has."""
    if table.path == _ELECTIONS:
        return tuple(year for year in years if year in _ELECTION_YEARS)
    first, last = years[0], _LAST_AHEAD if table.path.startswith(_AHEAD) else _LAST_YEAR
    if table.path == _CROWDING or (table.path.startswith(_INTEGRATION) and table.path != _LABOUR):
        last = _LAST_OF_FOLDERS
    if table.path == _CROWDING:
        first = _CROWDING_FROM
    elif (_later(table) and "country" not in table.levels) or (
        table.key.startswith(_COURSES) and "county" not in table.levels
    ):
        ended = table.path == _TRANSFERS and "regso" in table.levels
        first = _TRANSFERS_FROM if ended else _LATER_FROM
    return tuple(year for year in years if first <= year <= last)


def _left_out(table: Table, variable: Variable) -> frozenset[Value]:
    """Return the values of a variable that the example does without; never its total."""
    if not table.path.startswith(_INTEGRATION) or "country" in table.levels:
        return frozenset()
    groups = (
        frozenset({*variable.keep, *variable.age, *variable.education})
        - _MEN_AND_WOMEN
        - {variable.total}
    )
    if "municipality" in table.levels:
        second = frozenset({_SECOND_TOTAL}) - {variable.total}
        return (
            (groups | second)
            - _BIRTH_REGION_CODES
            - (_STAY_CODES if _of_newcomers(table) else frozenset())
        )
    if "regso" in table.levels:
        return frozenset() if _of_newcomers(table) else groups - _BIRTH_REGION_CODES
    if table.discontinued:
        return groups if variable.role == "education" else groups & _OLDER
    if _later(table) or table.path == _HOUSING:
        return groups - _BIRTH_REGION_CODES - _STAY_CODES
    return groups & {_UNKNOWN_EDUCATION}


def _later(table: Table) -> bool:
    return table.path in _LATER_FOLDERS


def _of_newcomers(table: Table) -> bool:
    """Whether time in Sweden is kept in small regions: in the newest tables, and of courses."""
    newest = table.path == _LABOUR and not table.discontinued
    return newest or table.key.startswith(_COURSES)


# SCB's register of the labour market describes all its years in the division of 2025.
_NEWER_DIVISION_ONLY = "AM0210"
_CODE_LABELS = {
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


METRIC, TIME = "ContentsCode", "Tid"


@dataclass(frozen=True)
class ExampleTable:
    """A table of the example: its periods, contents and codes, for the sources that read it."""

    id: str
    declared: Table
    uses: tuple[Use, ...]
    periods: tuple[str, ...]
    contents: Mapping[str, Contents]
    labels: Mapping[str, Mapping[str, str]]


def example_tables(catalogue: Catalogue, country: Places) -> Iterator[ExampleTable]:
    """Yield every table that some indicator uses."""
    number = 99001
    for table in catalogue.tables:
        sources = uses(catalogue, table.key)
        name = table.id or f"TAB{number}"
        number += table.id is None
        if not sources:
            continue
        periods = _periods(table, sources)
        labels = {
            variable.code: _regions(table, sources, periods, country)
            if variable.role == "region"
            else _labels(variable.code, _values(table, variable, sources))
            for variable in table.variables
        }
        yield ExampleTable(name, table, sources, periods, _contents(sources), labels)


@dataclass(frozen=True, eq=False)
class Question:
    """
    Cells of one content of a table: the codes of its other variables, in order.

    `background` is the group that the content itself is, where the table has its groups so.
    """

    table: ExampleTable
    bound: Bound
    contents: Contents
    codes: Mapping[str, tuple[str, ...]]
    background: str = TOTAL

    def year(self, period: str) -> str:
        """Return the year whose figures answer for a period, at most the last of the example."""
        return str(min(year_of(period), int(EXAMPLE_YEARS[-1])))

    @property
    def ours(self) -> Mapping[str, Mapping[str, str]]:
        """Our code of every code of the source that stands alone for it, by variable."""
        return {
            name: {group.plus[0]: group.code for group in groups if len(group.plus) == 1}
            for block in self.bound.blocks
            for name, groups in block.axes.items()
        }

    def unknown(self, what: str, where: str) -> UsageError:
        """Return the error of cells that the example has no figures for."""
        indicator, table = self.bound.use.indicator.id, self.table.declared.key
        return UsageError(
            f"{indicator}: the example data do not know {what} "
            f"(table {table}, content {self.contents.text!r}); add it to {where}, "
            "or fetch real data with `python -m etl run`"
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of codes of each variable."""
        return tuple(map(len, self.codes.values()))


@dataclass(frozen=True, eq=False)
class CellFigures:
    """Values of the cells, NaN for missing, and the symbol of each or nothing."""

    value: Array
    symbol: NDArray[np.str_]


def counts_persons(use: Use) -> bool:
    """Say whether a source gives counts of persons, or a share of two; else it gives a rate."""
    made = use.source.denominator is not None and not use.source.counts_beside
    return made or use.indicator.measure == "count"


def _periods(table: Table, sources: Sequence[Use]) -> tuple[str, ...]:
    """All periods of the sources that the example has; the earlier years if it has no other."""
    wanted = [use.segment.years for use in sources]
    if (length := period_length(sources)) != "year":
        return tuple(
            period
            for period in _within_years(length)
            if period in table.years and any(period in years for years in wanted)
        )
    for years in (EXAMPLE_YEARS, EARLIER_YEARS):
        inside = [year for year in years if year in table.years and any(year in w for w in wanted)]
        if inside:
            return _years_of(table, inside)
    return ()


def _within_years(length: Frequency) -> Iterator[str]:
    """Yield the months, or the quarters, of the example."""
    first, end = (ordinal(period) for period in (_FIRST_MONTH, _LAST_MONTH))
    for month in range(first, end + 1):
        year, number = divmod(month, PERIODS_A_YEAR["month"])
        if length == "month":
            yield f"{year}M{number + 1:02d}"
        elif number % 3 == 2:  # its last month
            yield f"{year}K{number // 3 + 1}"


def _regions(
    table: Table, sources: Iterable[Use], periods: Sequence[str], country: Places
) -> dict[str, str]:
    """Regions of the table's levels; areas in the division of 2020, of 2025, or in both."""
    older = year_of(periods[0]) <= LAST_YEAR_OF_2020_DIVISION
    older &= not table.path.startswith(_NEWER_DIVISION_ONLY)
    newer = year_of(periods[-1]) > LAST_YEAR_OF_2020_DIVISION
    names = {
        code: name for code, name in country.names.items() if level_of_code(code) in table.levels
    }
    if table.former_regions:
        names |= country.former
        names = {code: name for code, name in names.items() if name}
    if any(use.source.sum_to for use in sources):
        names |= country.lone
    areas = {code: name for code, name in names.items() if level_of_code(code) == "regso"}
    regions = {code: name for code, name in names.items() if code not in areas}
    if older:
        regions |= areas
    return regions | {code + NEWER_DIVISION: name for code, name in areas.items() if newer}


def _contents(sources: Iterable[Use]) -> dict[str, Contents]:
    contents_by_code: dict[str, Contents] = {}
    texts: set[str] = set()
    listed = [contents for use in sources for contents in use.contents]
    for content in sorted(listed, key=lambda contents: contents.code is None):
        if content.code or normalised(content.text) not in texts:
            contents_by_code.setdefault(content.code or slug(content.text), content)
            texts.add(normalised(content.text))
    return contents_by_code


def _values(table: Table, variable: Variable, sources: Iterable[Use]) -> list[Value]:
    """Every value that is asked of one variable; in large tables few groups, no education."""
    large = {"country", "county"}.isdisjoint(table.levels)
    values = _of_variable(variable, all_codes=not (large and variable.role == "education"))
    without = _left_out(table, variable)
    values = [value for value in values if value not in without]
    for use in sources:
        for variable_of_source in use.source.variables:
            if variable_of_source.code == variable.code:
                all_codes = not (large and variable_of_source.role == "education")
                values += _of_variable(variable_of_source, all_codes=all_codes)
        for part in filter(None, (use.source.numerator, use.source.denominator)):
            values += [*part.codes.get(variable.code, ()), *part.minus.get(variable.code, ())]
    return values


def _of_variable(variable: Variable, *, all_codes: bool) -> list[Value]:
    total = variable.total if isinstance(variable.total, tuple) else (variable.total,)
    values: list[Value] = [value for value in (*total, *variable.twins) if value is not None]
    if all_codes or not values:  # groups without a total are needed all
        values += [*variable.keep, *variable.sex, *variable.age, *variable.education]
        values += [value for members in variable.sums.values() for value in members]
    return values


def _labels(variable: str, values: Iterable[Value]) -> dict[str, str]:
    """Codes in the order of the table, each with its text."""
    labels: dict[str, str] = {}
    for value in values:
        if isinstance(value, Labelled):
            labels[slug(value.label)] = value.label
        else:
            labels.setdefault(value, _CODE_LABELS.get(value, value))
    if not is_age(variable):
        return labels
    codes = {code: labels.get(code, code) for code in age_codes(labels)}
    return {
        code: label if label != code else age_label(code, codes) for code, label in codes.items()
    }


def slug(text: str) -> str:
    """Return a code made of a text, for example documents only."""
    plain = normalised(text).translate(str.maketrans("åäöé", "aaoe"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
