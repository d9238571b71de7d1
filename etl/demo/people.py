"""
How many people live in each region, by year, sex, age and where they and their parents come from.

Pure but for its seeded generators. Everybody is counted once, in whole numbers, so that any two
tables of the example agree and their parts add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from etl.demo.places import (
    AT,
    EXAMPLE_YEARS,
    Anchor,
    Array,
    Places,
    chance,
    deviations,
    interpolated,
    over_years,
)

Counts = NDArray[np.int64]
OLDEST_AGE = 100
# Where the age groups begin: classes of five years, and others that measures begin or end with.
_STARTS = tuple(sorted({*range(0, OLDEST_AGE + 1, 5), 16, 26, 66}))
# Born in Sweden with 0, 1 or 2 parents born abroad; in the Nordic countries, EU/EFTA, elsewhere.
ORIGINS = ("sweden_0", "sweden_1", "sweden_2", "nordic", "europe", "world")
# Persons born in a year, against the mean of all years, and how many live there at an age.
_COHORTS = (
    (1890, 0.7), (1920, 0.85), (1945, 1.1), (1966, 1.08), (1978, 0.88), (1990, 1.2),
    (1999, 0.86), (2012, 1.06), (2025, 0.9),
)  # fmt: skip
_LIVING = ((0, 0.93), (18, 0.97), (30, 1.1), (50, 1.07), (65, 0.96), (80, 0.6), (100, 0.01))
_WOMEN = ((0, 0.486), (20, 0.487), (60, 0.5), (80, 0.55), (100, 0.74))
# Share of an age that is born abroad, against the share of everybody.
_FOREIGN_BY_AGE = ((0, 0.25), (15, 0.55), (25, 1.15), (45, 1.5), (60, 1.1), (80, 0.7), (100, 0.5))
_SECOND = ((0, 0.75), (20, 0.5), (40, 0.18), (60, 0.07), (100, 0.02))
_MIXED = ((0, 0.11), (30, 0.09), (60, 0.05), (100, 0.02))
_NORDIC = ((1997, 0.30), (2010, 0.19), (2025, 0.11))
_EUROPE = ((1997, 0.18), (2010, 0.19), (2025, 0.19))


@dataclass(frozen=True, eq=False)
class People:
    """
    Persons by region (country, counties, municipalities, areas), year, sex, age and origin.

    `starts` are the first ages of the age groups; the last has no end. Sex is men, women.
    """

    count: Counts
    starts: tuple[int, ...]

    @cached_property
    def grown_up(self) -> Array:
        """Share of each origin among those aged 16 or over, by region and year."""
        grown = self.count[:, :, :, self.inside(16, OLDEST_AGE)].sum(axis=(2, 3)) + 1e-3
        shares: Array = grown / grown.sum(axis=2, keepdims=True)
        return shares

    def inside(self, low: int, high: int) -> NDArray[np.bool_]:
        """Say which age groups lie between two ages, both included."""
        return inside(self.starts, low, high)


def inside(starts: Sequence[int], low: int, high: int) -> NDArray[np.bool_]:
    """Say which of the age groups that begin so lie between two ages, both included."""
    ends = (*(start - 1 for start in starts[1:]), OLDEST_AGE)
    return np.array([low <= s and e <= high for s, e in zip(starts, ends, strict=True)])


def by_year_of_age(count: Array, starts: Sequence[int]) -> Array:
    """
    Part the counts of age groups into single years, as evenly as whole persons allow.

    Args:
        count: whole numbers, by age group along the last axis but one; NaN for missing.
        starts: the first age of each group.

    Returns:
        The same by years of age from 0 to 100; the years of a group add up to it, as
        floor(n / k) + floor((n + 1) / k) + ... + floor((n + k - 1) / k) = n (Hermite).

    """
    widths = np.diff([*starts, OLDEST_AGE + 1])
    group = np.repeat(np.arange(len(starts)), widths)
    place = np.arange(OLDEST_AGE + 1) - np.array(starts)[group]
    years: Array = np.floor((count[..., group, :] + place[:, None]) / widths[group][:, None])
    return years


def invented_people(country: Places, anchors: Sequence[Anchor]) -> People:
    """Return everybody, by the ages of `_STARTS`."""
    starts = _STARTS
    ages = _ages(country)
    grouped = np.add.reduceat(ages, starts, axis=2)
    empty = People(np.empty(0, dtype=np.int64), starts)
    own_anchors = [anchor for anchor in anchors if anchor.subject == "population"]
    factor = np.ones(grouped.shape)
    for region in {anchor.region for anchor in own_anchors}:
        points = [anchor for anchor in own_anchors if anchor.region == region]
        rows = place_in(country, region)
        factor[rows] = _rake(grouped[rows], empty, points)
    shares = _origins(country, ages, starts)
    women = interpolated(_WOMEN, np.array(starts) + 2)
    sexes = np.stack([1 - women, women])
    expected = (grouped * factor)[:, :, None, :, None] * sexes[None, None, :, :, None]
    expected = expected * shares[:, :, None]
    count = whole_numbers(expected, "people", steady=True)
    for anchor in sorted(own_anchors, key=lambda subject: subject.background == "_T"):
        _settle(count, country, empty, anchor)
    return People(country.whole(count).astype(np.int64), starts)


def whole_numbers(expected: Array, name: str, *, steady: bool = False) -> Counts:
    """Round up or down by chance, so that sums keep their size; `steady`: alike in all years."""
    shape = (expected.shape[0], 1, *expected.shape[2:]) if steady else expected.shape
    moved = expected + chance(name).random(shape)
    return np.floor(moved, out=moved).astype(np.int64)


def _age_range(text: str) -> tuple[int, int]:
    """Return the ages of "_T", "16-25" or "20"."""
    if text == "_T":
        return 0, OLDEST_AGE
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def place_in(country: Places, region: str) -> NDArray[np.bool_]:
    """Say which municipalities and areas a region is the sum of."""
    large = list(country.codes[: len(country.members)])
    return np.asarray(country.members[large.index(region)] > 0)


def _ages(country: Places) -> Array:
    """Persons of each year of age, by municipality or area and year: large ones are younger."""
    age = np.arange(OLDEST_AGE + 1)
    pyramid = interpolated(_COHORTS, AT[:, None] - age) * interpolated(_LIVING, age)
    sizes = np.log(country.people[country.small, -1] / 30000)
    slope = 0.10 * sizes + 0.12 * deviations(country, "ages")[country.small]
    tilt = np.exp(-slope[:, None] * (age - 42) / 42)
    share = pyramid[None] * tilt[:, None]
    share /= share.sum(axis=2, keepdims=True)
    result: Array = country.people[country.small][:, :, None] * share
    return result


def _origins(country: Places, ages: Array, starts: tuple[int, ...]) -> Array:
    """Share of each origin by municipality or area, year and age group."""
    middle = np.add.reduceat(ages.mean(axis=(0, 1)) * np.arange(OLDEST_AGE + 1), starts)
    middle /= np.add.reduceat(ages.mean(axis=(0, 1)), starts)
    foreign = country.foreign[country.small][:, :, None]
    abroad = np.minimum(foreign * interpolated(_FOREIGN_BY_AGE, middle), 0.9)
    second = np.minimum(foreign * interpolated(_SECOND, middle), 0.9 * (1 - abroad))
    mixed = interpolated(_MIXED, middle) * (1 - abroad - second)
    deviation = 0.35 * deviations(country, "origins")[country.small][:, None, None]
    nordic = np.clip(over_years(_NORDIC)[None, :, None] * np.exp(deviation), 0.03, 0.5)
    europe = np.clip(over_years(_EUROPE)[None, :, None] * np.exp(deviation / 2), 0.05, 0.4)
    parts = (
        1 - abroad - second - mixed,
        mixed,
        second,
        abroad * nordic,
        abroad * europe,
        abroad * (1 - nordic - europe),
    )
    return np.stack(np.broadcast_arrays(*parts), axis=-1)


def _rake(grouped: Array, ages: People, anchors: Sequence[Anchor]) -> Array:
    """Return factors of the age groups of one region, by which they pass through its anchors."""
    now = grouped[:, EXAMPLE_YEARS.index(anchors[0].period)].sum(axis=0)
    left = next((a.value for a in anchors if a.background == "_T"), float(now.sum()))
    factor, rest = np.ones(len(now)), np.ones(len(now), dtype=bool)
    for anchor in anchors:
        if anchor.background != "_T":
            chosen = ages.inside(*_age_range(anchor.background))
            factor[chosen] = anchor.value / now[chosen].sum()
            rest &= ~chosen
            left -= anchor.value
    factor[rest] = left / now[rest].sum()
    return factor


def _settle(count: Counts, country: Places, ages: People, anchor: Anchor) -> None:
    """Give what rounding has taken to the largest municipality's most common origin."""
    rows = place_in(country, anchor.region)
    year = EXAMPLE_YEARS.index(anchor.period)
    low, high = _age_range(anchor.background)
    chosen = ages.inside(low, high)
    short = int(anchor.value) - int(count[rows, year][:, :, chosen].sum())
    largest = int(np.argmax(np.where(rows, country.people[country.small, year], 0)))
    # Those who stand outside every narrower anchor take the difference of the total.
    group = int(np.flatnonzero(chosen)[0]) if low else int(np.flatnonzero(ages.inside(26, 100))[0])
    count[largest, year, 0, group, 0] += short


_ALL_ORIGINS = frozenset(ORIGINS)
_BORN_HERE, _BORN_ABROAD = frozenset(ORIGINS[:3]), frozenset(ORIGINS[3:])
_BORN_OUTSIDE_EUROPE = frozenset({"world"})
# Which origins each code of a variable takes, and the share of them: the continents share those
# who are born outside Europe. Codes of values that the catalogue knows by label are its slug.
GROUPS: Mapping[tuple[str, str], tuple[frozenset[str], float]] = {
    ("Fodelseregion", "tot"): (_ALL_ORIGINS, 1),
    ("Fodelseregion", "totalt"): (_ALL_ORIGINS, 1),
    ("Fodelseregion", "sv"): (_BORN_HERE, 1),
    ("Fodelseregion", "in"): (_BORN_HERE, 1),
    ("Fodelseregion", "inrikes-fodd"): (_BORN_HERE, 1),
    ("Fodelseregion", "sverige"): (_BORN_HERE, 1),
    ("Fodelseregion", "fodd-i-sverige"): (_BORN_HERE, 1),
    ("Fodelseregion", "utrikes-fodd"): (_BORN_ABROAD, 1),
    ("Fodelseregion", "europa-exkl-sverige"): (_BORN_ABROAD - _BORN_OUTSIDE_EUROPE, 1),
    ("Fodelseregion", "öv"): (_BORN_OUTSIDE_EUROPE, 1),
    ("Fodelseregion", "afrika"): (_BORN_OUTSIDE_EUROPE, 0.3),
    ("Fodelseregion", "asien"): (_BORN_OUTSIDE_EUROPE, 0.55),
    ("Fodelseregion", "ovriga-varlden-inkl-sovjetunionen"): (_BORN_OUTSIDE_EUROPE, 0.15),
    ("UtlBakgrund", "TotUI"): (_ALL_ORIGINS, 1),
    ("UtlBakgrund", "SA"): (_ALL_ORIGINS, 1),
    ("UtlBakgrund", "08"): (_BORN_ABROAD, 1),
    ("UtlBakgrund", "1"): (_BORN_ABROAD | {"sweden_2"}, 1),
    ("UtlBakgrund", "2"): (frozenset({"sweden_0", "sweden_1"}), 1),
    ("UtlBakgrund", "4"): (frozenset({"sweden_2"}), 1),
}
