"""
The regions of the example: their codes, names, sizes and shares of foreign-born over time.

Reads `places.csv` (rounded sizes of municipalities and of areas of the districts) and the
project's own list of regions. It knows no table and no indicator.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import SourceLevel
from etl.catalogue.regions import NEWER_DIVISION, is_within, level_of_code
from etl.errors import UsageError
from etl.source.jsonstat import normalised

Array = NDArray[np.float64]
EXAMPLE_YEARS = tuple(str(year) for year in range(1997, 2026))
EARLIER_YEARS = tuple(str(year) for year in range(1968, 1997))
AT = np.array([int(year) for year in EXAMPLE_YEARS], dtype=np.float64)
_SURVEYED = (1998, 2009, 2019)
# How the share of foreign-born has grown, against 2020.
_GROWTH = ((1997, 0.56), (2005, 0.65), (2015, 0.86), (2020, 1.0), (2025, 1.06))
_HIGHEST_FOREIGN = 0.85
_LEVEL_ORDER: tuple[SourceLevel, ...] = ("country", "county", "municipality", "regso")
_FORMED_FROM = {"0140": "0181", "0330": "0380"}


@dataclass(frozen=True, eq=False)
class Places:
    """
    Every region of the example; arrays have one row a region.

    `people` is the population a year and `foreign` the share born abroad (0-1), both by
    region and year. Country and counties are sums of their municipalities. `lone` names one
    area of every municipality without a district; it stands for the whole municipality, so
    that what is summed from areas has a county and a country. `former` says what some codes
    named before 1997; those that named nothing have no text.
    """

    names: Mapping[str, str]
    lone: Mapping[str, str]
    former: Mapping[str, str]
    people: Array
    foreign: Array

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the rows: country, counties, municipalities, areas."""
        return tuple(self.names)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Where each code stands; an area has the same figures in both divisions."""
        rows = {code: number for number, code in enumerate(self.codes)}
        rows |= {area: rows[area[:4]] for area in self.lone}
        areas = {code: row for code, row in rows.items() if level_of_code(code) == "regso"}
        return rows | {code + NEWER_DIVISION: row for code, row in areas.items()}

    @cached_property
    def small(self) -> NDArray[np.intp]:
        """Rows of municipalities and areas: those that others are sums of, and their parts."""
        rows = [
            n
            for n, code in enumerate(self.codes)
            if level_of_code(code) in {"municipality", "regso"}
        ]
        return np.array(rows, dtype=np.intp)

    @cached_property
    def members(self) -> Array:
        """A row for the country and each county, 1 for each municipality in it."""
        large = [code for code in self.codes if level_of_code(code) in {"country", "county"}]
        small = [self.codes[row] for row in self.small]
        return np.array(
            [
                [
                    level_of_code(municipality) == "municipality" and is_within(municipality, code)
                    for municipality in small
                ]
                for code in large
            ],
            dtype=np.float64,
        )

    def whole(self, small: NDArray[np.generic]) -> Array:
        """Return figures of all regions from those of municipalities and areas, by adding."""
        flat = small.reshape(len(self.small), -1).astype(np.float64)
        large = self.members @ flat
        return np.concatenate([large, flat]).reshape(-1, *small.shape[1:])

    def mean(self, small: Array) -> Array:
        """Return a figure of all regions: of the large the mean of theirs, by size."""
        weight = self.people[self.small, -1]
        return self.whole(small * weight) / self.people[:, -1]


def invented_places(regions: Path, sizes: Path) -> Places:
    """Return the regions: `regions` has the classifications, `sizes` the example's own files."""
    official = csv_rows(regions / "regions.csv")
    names, lone = _names(
        official, csv_rows(regions / "stadsdelar.csv"), csv_rows(sizes / "areas.csv")
    )
    listed = {row["code"]: row for row in csv_rows(sizes / "places.csv")}
    codes = [code for code in names if len(code) >= 4]
    if unknown := [code for code in codes if code not in listed]:
        raise UsageError(
            f"the example data do not know how many live in {', '.join(unknown)}; "
            "add them to etl/demo/places.csv, or fetch real data with `python -m etl run`"
        )
    small = [listed[code] for code in codes]
    surveyed = [[float(row[f"people_{year}"]) for year in _SURVEYED] for row in small]
    people = np.array([_grown(sizes_of_years) for sizes_of_years in surveyed])
    _divide(people, codes, official)
    share = np.array([float(row["foreign_born"]) for row in small])[:, None] / 100
    abroad = people * np.minimum(share * over_years(_GROWTH), _HIGHEST_FOREIGN)
    former = {row["code"]: row["name"] for row in csv_rows(sizes / "former_regions.csv")}
    bare = Places(names, lone, former, np.empty(0), np.empty(0))
    everybody = bare.whole(people)
    return Places(names, lone, former, everybody, bare.whole(abroad) / np.maximum(everybody, 1))


def _names(
    official: Sequence[Mapping[str, str]],
    districts: Sequence[Mapping[str, str]],
    areas: Sequence[Mapping[str, str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Names of all regions in order, and of the one area of municipalities without a district."""
    names = {row["code"]: row["name"] for row in official}
    lone = {row["code"]: f"{names[row['code'][:4]]} ({row['name']})" for row in areas}
    names |= {
        row["member"]: f"{names[row['municipality']]} ({row['member_name']})" for row in districts
    }
    ordered = sorted(
        names, key=lambda code: (_LEVEL_ORDER.index(level_of_code(code) or "regso"), code)
    )
    return {code: names[code] for code in ordered}, lone


def _divide(people: Array, codes: Sequence[str], listed: Sequence[Mapping[str, str]]) -> None:
    """Count those of a municipality that was not formed yet in the one that it was formed from."""
    for row in listed:
        before = int(row["valid_from"] or 0) > AT
        if row["code"] in _FORMED_FROM and before.any():
            new_row, old_row = codes.index(row["code"]), codes.index(_FORMED_FROM[row["code"]])
            people[old_row, before] += people[new_row, before]
            people[new_row, before] = 0


def place_of_year(year: str) -> int:
    """Return where the figures of a year stand: the earlier years repeat the later ones."""
    after = int(year) - int(EXAMPLE_YEARS[0])
    return after if after >= 0 else -after - 1


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a small file, all as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def over_years(knots: Sequence[tuple[float, float]]) -> Array:
    """Return values of all years on straight lines between knots, level outside them."""
    return interpolated(knots, AT)


def interpolated(knots: Sequence[tuple[float, float]], where: NDArray[np.generic]) -> Array:
    """Return values on straight lines between knots, level outside them."""
    positions, values = (np.array(column, dtype=np.float64) for column in zip(*knots, strict=True))
    return np.asarray(np.interp(where.astype(np.float64), positions, values))


def chance(*names: str) -> np.random.Generator:
    """Return a generator that is the same for the same names on every machine."""
    return np.random.default_rng(crc32("/".join(names).encode()))


def deviations(country: Places, *names: str) -> Array:
    """Return a standard normal number for each region, its own whatever the others are."""
    return np.array([chance(*names, code).standard_normal() for code in country.codes])


def _grown(sizes: Sequence[float]) -> Array:
    """Straight between the surveyed years; after the last at half the pace of before."""
    (first, second, third), (before, then, now) = _SURVEYED, sizes
    start = before - (then - before) / (second - first) * (first - AT[0])
    pace = (now - then) / (third - second) / 2
    end = now + pace * (AT[-1] - third)
    return over_years(list(zip([AT[0], *_SURVEYED, AT[-1]], [start, *sizes, end], strict=True)))


NO_END = 200
_SINGLE = 2
_CALL = re.compile(r"(?i)(?:range|from|to)\((.*)\)")
_SPAN = re.compile(r"(\d*)-(\d+)(?: år)?")
_OPEN = re.compile(r"(\d+)(?:\+5?| år och äldre|- år|\+ år)")
_ONE_AGE = re.compile(r"(\d+)(?: år)?")


def is_age(variable: str) -> bool:
    """Say whether a variable of the source is age."""
    return normalised(variable) in {"alder", "ålder"}


def _age_span(text: str) -> tuple[int, int] | None:
    """Return first and last age of a code or label; None when it is no age."""
    text = normalised(text)
    if match := _SPAN.fullmatch(text):
        return int(match[1] or 0), int(match[2])
    if match := _OPEN.fullmatch(text):
        return int(match[1]), NO_END
    match = _ONE_AGE.fullmatch(text)
    return (int(match[1]), int(match[1])) if match else None


def age_codes(texts: Iterable[str]) -> list[str]:
    """Return the codes that a table needs for these codes and expressions, in its order."""
    codes: dict[str, None] = {}
    for text in texts:
        called = _CALL.fullmatch(text)
        bounds = [word.strip() for word in called[1].split(",")] if called else [text]
        codes.update(dict.fromkeys(bounds))
        spans = [ages for ages in map(_age_span, bounds) if ages]
        if spans and _ONE_AGE.fullmatch(bounds[-1]):
            codes[str(spans[-1][1] + 1)] = None
    return sorted(codes, key=_age_order)


def age_spans(labels: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return first and last age of every code that is an age; the rest are everybody."""
    ages = {
        code: ages_of_code
        for code, label in labels.items()
        if (ages_of_code := _age_span(code) or _age_span(label)) is not None
    }
    alone = sorted(ages[code][0] for code in ages if _age_order(code)[0] == _SINGLE)
    for code, (first, _) in ages.items():
        if _ONE_AGE.fullmatch(code):
            ages[code] = first, next((age - 1 for age in alone if age > first), NO_END)
    return ages


def age_label(code: str, labels: Mapping[str, str]) -> str:
    """Return the text of an age: with all years that it stands for in the example."""
    ages = age_spans(labels).get(code)
    if ages is None:
        return labels[code]
    first, last = ages
    if last >= NO_END:
        return f"{first}+ år"
    return f"{first} år" if first == last else f"{first}–{last} år"


def _age_order(code: str) -> tuple[int, int]:
    """Everybody first, then groups of ages, then single ages."""
    ages = _age_span(code)
    if ages is None:
        return 0, 0
    return (_SINGLE if re.fullmatch(r"\d+\+?", code) else 1), ages[0]


@dataclass(frozen=True)
class Anchor:
    """One figure: of which subject, region, year and group, and what it says."""

    subject: str
    region: str
    period: str
    background: str
    value: float


def anchors(path: Path) -> tuple[Anchor, ...]:
    """Return every anchor of the file."""
    return tuple(
        Anchor(row["subject"], row["region"], row["period"], row["background"], float(row["value"]))
        for row in csv_rows(path)
    )


def between(deltas: dict[str, float]) -> Array:
    """Return a correction for all years from those of some: straight between, level outside."""
    years = sorted(deltas)
    return over_years([(int(year), deltas[year]) for year in years])
