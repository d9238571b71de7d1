"""
Shares and other rates of every region, year, sex and background, and their cells in a table.

Pure but for its seeded generators. Levels and trends stand in `rates.csv`, the contents that
they are the figures of in `contents.csv`; nothing else is answered. Everybody is the weighted
mean of the groups, both sexes of men and women, the foreign-born of the regions of birth. Cells
are rounded and suppressed as the source would: a figure of too few persons is never given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue import TOTAL
from etl.demo.people import People
from etl.demo.places import (
    EXAMPLE_YEARS,
    Anchor,
    Array,
    Places,
    between,
    chance,
    deviations,
    over_years,
)
from etl.demo.tables import TIME, CellFigures, Question
from etl.errors import UsageError

_BIRTH_REGIONS = ("SE", "NEXS", "EUEESXN", "VXEUEES")
_FOREIGN_BORN = "SAMUTF"
_SAME_AS_ABROAD = ("INTTOT", "030")
_SHARE_BY_STAY = {"INT010": 0.07, "INT020": 0.09, "INT030": 0.20, "INT0-9": 0.36, "INT040": 0.64}
_SHARE_BY_REASON = {"010": 0.35, "020": 0.25}
_SHARE_BY_AGE = {
    "16-19": 0.08,
    "20-24": 0.10,
    "25-34": 0.23,
    "35-44": 0.22,
    "45-54": 0.22,
    "55-64": 0.20,
    "55-65": 0.22,
}
_SHARE_BY_EDUCATION = {TOTAL: 1.0, "F": 0.13, "3": 0.43, "EU": 0.41, "US": 0.03}
# Groups that differ from everybody by chance, or as `rates.csv` says, and their share.
_OTHER_GROUPS = dict.fromkeys(("0-19", "20-64", "65+", "18-29", "30-49", "50-64", "UTLB"), 0.2)
# Every group that the example has figures of, by its code in the catalogue.
GROUP_CODES = (
    *(
        TOTAL,
        *_BIRTH_REGIONS,
        _FOREIGN_BORN,
        *_SAME_AS_ABROAD,
        *_SHARE_BY_STAY,
        *_SHARE_BY_REASON,
    ),
    *(*_SHARE_BY_AGE, *_OTHER_GROUPS),
)
# How much better off a group is than everybody or all foreign-born, on the scale of the model.
_BETTER = {
    "SE": 0.25, "NEXS": 0.0, "EUEESXN": -0.3, "VXEUEES": -0.8,
    "INT010": -1.4, "INT020": -0.8, "INT030": -0.25, "INT0-9": -0.5, "INT040": 0.2,
    "010": -0.35, "020": 0.25,
    "16-19": -1.3, "20-24": -0.55, "25-34": 0.05,
    "35-44": 0.3, "45-54": 0.3, "55-64": -0.25, "55-65": -0.3,
    "F": -0.75, "3": 0.05, "EU": 0.5, "US": -1.1,
}  # fmt: skip
_SIGN = {"higher": 1.0, "lower": -1.0, "none": 0.25}
_ROUNDS = 8
# Of those without post-secondary education, the most who have no upper secondary one either.
_LOWER = 0.5
_CellIndex = NDArray[np.intp]


@dataclass(frozen=True)
class Profile:
    """What is known of one rate: its levels, and how sexes and regions differ."""

    name: str
    share: bool
    better: str
    women: float
    people: float
    spread: float
    foreign: float
    knots: Mapping[str, tuple[tuple[int, float], ...]]

    def line(self, values: Array) -> Array:
        """Values on the scale on which groups and regions differ by addition."""
        return np.log(values / (100 - values)) if self.share else np.log(values)

    def back(self, line: Array) -> Array:
        """Values from the scale of the model."""
        return 100 / (1 + np.exp(-line)) if self.share else np.exp(line)

    def off(self, code: str) -> float:
        """How far a group lies from everybody when no level of its own is known."""
        if code in _BETTER:
            return _BETTER[code] * _SIGN[self.better]
        return 0.0 if code == TOTAL else float(chance(self.name, code).normal(0, 0.15))


@dataclass(frozen=True, eq=False)
class Rate:
    """
    One rate by region, year, sex (both, men, women) and background or age (`GROUP_CODES`).

    `persons`: of both sexes in the group, by region, year and background or age.
    """

    profile: Profile
    value: Array
    persons: Array

    def size(self, where: tuple[_CellIndex, ...]) -> Array:
        """The number of persons that the values of some cells speak of: half are men."""
        region, year, sex, group = where
        return self.persons[region, year, group] * np.where(sex == 0, 1.0, 0.5)


@cache
def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def profile(path: Path, name: str, *, share: bool, better: str) -> Profile:
    """
    Return what the file says of a rate.

    Raises:
        UsageError: when it says nothing.

    """
    table = _table(path)
    rows = table[table["indicator"] == name].to_dict("records")
    general = [row for row in rows if row["background"] == TOTAL]
    knots = {
        row["background"]: tuple(
            (int(year), float(value))
            for year, value in (knot.split(":") for knot in row["knots"].split())
        )
        for row in rows
        if row["knots"]
    }
    if not general or not knots:
        raise UsageError(
            f"{name}: the example data do not know its levels; add rows to etl/demo/rates.csv, "
            "or fetch real data with `python -m etl run`"
        )
    women, people, spread, foreign = (
        float(general[0][column]) for column in ("women", "people", "spread", "foreign")
    )
    return Profile(name, share, better, women, people, spread, foreign, knots)


def rate(
    rate_profile: Profile, country: Places, people: People, *, anchors: Sequence[Anchor]
) -> Rate:
    """Return a rate for all regions and years, through its anchors."""
    shares = _shares(people)
    model = _Model(
        rate_profile, shares, _noise(rate_profile, country) + _shift(rate_profile, country)
    )
    own_anchors = [anchor for anchor in anchors if anchor.subject == rate_profile.name]
    deltas: dict[tuple[str, str], dict[str, float]] = {}
    for _ in range(_ROUNDS if own_anchors else 0):
        value = model.values(_anchor_corrections(country, deltas))
        for anchor in own_anchors:
            position = country.row[anchor.region], EXAMPLE_YEARS.index(anchor.period)
            missing = rate_profile.line(np.array(anchor.value)) - rate_profile.line(
                value[anchor.background][position].mean()
            )
            group = deltas.setdefault((anchor.region, anchor.background), {})
            group[anchor.period] = group.get(anchor.period, 0.0) + float(missing)
    value = model.values(_anchor_corrections(country, deltas))
    sexes = np.stack([value[code] for code in GROUP_CODES], axis=-1)
    both_first = np.concatenate([sexes.mean(axis=2, keepdims=True), sexes], axis=2)
    return Rate(rate_profile, both_first, _persons(rate_profile, country, shares))


@dataclass(frozen=True, eq=False)
class _Model:
    """A rate before it is drawn towards anchors; `where` is what region, year and sex add."""

    known: Profile
    shares: Mapping[str, Array]
    where: Array

    def values(self, corrections: Mapping[str, Array]) -> dict[str, Array]:
        """Every background by region, year and sex (men, women)."""
        correction = {code: corrections.get(code, np.zeros(1)) for code in GROUP_CODES}

        def levelled(code: str) -> Array:
            line = _level(self.known, code) + self.where + correction[TOTAL]
            return self.known.back(line + (correction[code] if code != TOTAL else 0.0))

        values = {code: levelled(code) for code in _BIRTH_REGIONS}
        abroad = sum(values[code] * self.shares[code][..., None] for code in _BIRTH_REGIONS[1:])
        values[_FOREIGN_BORN] = abroad / self.shares[_FOREIGN_BORN][..., None]
        values[TOTAL] = values["SE"] * self.shares["SE"][..., None] + abroad
        for code in GROUP_CODES:
            if code in _SAME_AS_ABROAD:
                values[code] = values[_FOREIGN_BORN]
            elif code in self.known.knots and code not in values:
                values[code] = levelled(code)
            elif code not in values:
                near = values[
                    _FOREIGN_BORN if code in _SHARE_BY_STAY or code in _SHARE_BY_REASON else TOTAL
                ]
                line = self.known.line(near) + self.known.off(code) + correction[code]
                values[code] = self.known.back(line + 0.3 * self.where)
        return values


def _level(rate_profile: Profile, code: str) -> Array:
    """The level of a group in the whole country, by year, on the model's scale."""
    knots = (
        rate_profile.knots.get(code)
        or rate_profile.knots.get(TOTAL)
        or next(iter(rate_profile.knots.values()))
    )
    line = rate_profile.line(over_years(knots))
    return (line if code in rate_profile.knots else line + rate_profile.off(code))[None, :, None]


def _shift(rate_profile: Profile, country: Places) -> Array:
    """What regions and the sexes add on the scale of the model, the same in every table."""
    foreign = country.foreign[country.small, -1]
    deviation = rate_profile.spread * deviations(country, rate_profile.name)[country.small]
    shift = country.mean(deviation + rate_profile.foreign * (foreign - country.foreign[0, -1]))
    sexes = np.array([-rate_profile.women, rate_profile.women])
    result: Array = (shift - shift[0])[:, None, None] + sexes
    return result


def _noise(rate_profile: Profile, country: Places) -> Array:
    """Small changes from year to year, larger in small regions."""
    size = country.people.mean(axis=1) * rate_profile.people
    spread = np.minimum(0.5 / np.sqrt(size / 10), 0.2) * (1 if rate_profile.share else 0.15)
    draws = np.stack(
        [
            chance(rate_profile.name, "years", code).standard_normal((len(EXAMPLE_YEARS), 2))
            for code in country.codes
        ]
    )
    result: Array = draws * spread[:, None, None]
    return result


def _anchor_corrections(
    country: Places, deltas: Mapping[tuple[str, str], Mapping[str, float]]
) -> dict[str, Array]:
    """Corrections towards the anchors by background: region, year, and alike for both sexes."""
    corrections: dict[str, Array] = {}
    for (region, background), years in deltas.items():
        shape = (len(country.codes), len(EXAMPLE_YEARS), 1)
        correction = corrections.setdefault(background, np.zeros(shape))
        correction[country.row[region], :, 0] = between(dict(years))
    return corrections


def _shares(people: People) -> dict[str, Array]:
    """Share of each region of birth, by region and year."""
    origin = people.grown_up
    abroad = {code: origin[:, :, 3 + number] for number, code in enumerate(_BIRTH_REGIONS[1:])}
    return {
        "SE": origin[:, :, :3].sum(axis=2),
        **abroad,
        _FOREIGN_BORN: origin[:, :, 3:].sum(axis=2),
    }


def _persons(rate_profile: Profile, country: Places, shares: Mapping[str, Array]) -> Array:
    """Number of persons of each group, both sexes, by region, year and background."""
    of_abroad = _SHARE_BY_STAY | _SHARE_BY_REASON | dict.fromkeys(_SAME_AS_ABROAD, 1.0)
    of_all = {TOTAL: 1.0} | _SHARE_BY_AGE | _OTHER_GROUPS
    parts = [
        shares[code]
        if code in shares
        else shares[_FOREIGN_BORN] * of_abroad[code]
        if code in of_abroad
        else np.full_like(shares["SE"], of_all[code])
        for code in GROUP_CODES
    ]
    return np.stack(parts, axis=-1) * (country.people * rate_profile.people)[:, :, None]


_SEX_CODES = (TOTAL, "1", "2")
_SMALLEST_GROUP, _FEWEST_WITH = 20, 5
# County and municipality in one, which elect no regional council.
_GOTLAND = ("09", "0980")
# What a net is drawn around, as a ratio of those who come and those who go.
_AS_MANY = 100
_WHERE_GROUPS = "GROUP_CODES or SHARE_BY_EDUCATION in etl/demo/rates.py"


def rated_cells(question: Question, rate: Rate, country: Places) -> CellFigures:
    """
    Return the cells of a rate; both numbers of a small group are withheld.

    Raises:
        UsageError: when the example does not know a code.

    """
    indicator = question.bound.use.indicator
    where = _where(question, country)
    education = _index(question, "education", _positions(_SHARE_BY_EDUCATION))
    decimals, (value, size) = question.contents.decimals, _aged(question, rate, where)
    if indicator.parts:
        value = _levels(value, education, decimals)
    else:
        value = _educated(rate.profile, value, education)
        size = size * np.array(list(_SHARE_BY_EDUCATION.values()))[education]
    if limits := indicator.limits:
        value = (value - (_AS_MANY if limits.min < 0 else 0)).clip(limits.min, limits.max)
    few = size <= _SMALLEST_GROUP
    if rate.profile.share:
        few |= size * value / 100 <= _FEWEST_WITH
    value = np.where(few, np.nan, value.round(decimals))
    nowhere = np.zeros(question.shape, dtype=np.bool_)
    if indicator.id == "turnout_regional":
        nowhere |= np.isin(where[0], [country.row[code] for code in _GOTLAND])
    value = np.where(nowhere, np.nan, value)
    return CellFigures(value, np.where(nowhere, ".", np.where(np.isnan(value), "..", "")))


def counted_shares(
    question: Question, share: CellFigures, rate: Rate, country: Places
) -> CellFigures:
    """
    Return the cells of a share, or of a count beside it, so that they are of the same persons.

    `share` is what the share would be of very many; what it withholds is withheld of the counts.
    """
    source = question.bound.use.source
    assert source.counts_beside is not None  # noqa: S101  asked of such sources only
    number, whole = (part.contents for part in source.counts_beside)
    _, size = _aged(question, rate, _where(question, country))
    everybody = size.round() + 0 * share.value
    having = (share.value * everybody / 100).round()
    if question.contents == whole:
        return CellFigures(everybody, share.symbol)
    if question.contents == number:
        return CellFigures(having, share.symbol)
    return CellFigures((100 * having / everybody).round(question.contents.decimals), share.symbol)


def _where(
    question: Question, country: Places
) -> tuple[_CellIndex, _CellIndex, _CellIndex, _CellIndex]:
    """Return the region, period, sex and group of each cell, as places in the rate."""
    groups = _positions(GROUP_CODES)
    if question.background not in groups:
        raise question.unknown(f"background {question.background!r}", _WHERE_GROUPS)
    return (
        _index(question, "region", country.row),
        _index(question, "period", _places_of_years(question)),
        _index(question, "sex", _positions(_SEX_CODES)),
        np.maximum(_index(question, "background", groups), groups[question.background]),
    )


def _aged(question: Question, rate: Rate, where: tuple[_CellIndex, ...]) -> tuple[Array, Array]:
    """Return value and size of each cell; an age is as far from all ages in every group."""
    age = _index(question, "age", _positions(GROUP_CODES))
    value, size = rate.value[where], rate.size(where)
    if not age.any():
        return value, size
    of_age, of_all = (*where[:3], age), (*where[:3], np.zeros_like(age))
    line = rate.profile.line
    moved = line(value) + line(rate.value[of_age]) - line(rate.value[of_all])
    return (
        np.where(age > 0, rate.profile.back(moved), value),
        size * rate.size(of_age) / rate.size(of_all),
    )


def _index(question: Question, column: str, positions: Mapping[str, int]) -> _CellIndex:
    """
    Return where each cell stands in a column: 0, the total, unless one of its codes says it.

    The codes of a table that became no code of ours are twins of the total.
    """
    axes = len(question.codes)
    index: _CellIndex = np.zeros((1,) * axes, dtype=np.intp)
    for axis, (name, codes) in enumerate(question.codes.items()):
        ours = {
            code: group.code
            for block in question.bound.blocks
            for group in block.axes[name]
            for code in group.plus
            if group.column == column
        }
        for code in codes:
            if code in ours and ours[code] not in positions:
                raise question.unknown(f"{column} {ours[code]!r}", _WHERE_GROUPS)
        along_axis = np.array([positions[ours[code]] if code in ours else 0 for code in codes])
        shape = [-1 if number == axis else 1 for number in range(axes)]
        index = np.maximum(index, along_axis.astype(np.intp).reshape(shape))
    return index


def _levels(post_secondary: Array, education: _CellIndex, decimals: int) -> Array:
    """The share with each level of education, of which that with a post-secondary one is known."""
    highest, unknown = post_secondary.round(decimals), 100 * _SHARE_BY_EDUCATION["US"]
    rest = 100 - highest - unknown
    lowest = (rest * (_LOWER - highest / 250)).round(decimals)
    shares = {TOTAL: 100 + 0 * highest, "F": lowest, "3": rest - lowest, "EU": highest,
              "US": unknown + 0 * highest}  # fmt: skip
    return np.choose(education, [shares[code] for code in _SHARE_BY_EDUCATION])


def _educated(rate_profile: Profile, value: Array, education: _CellIndex) -> Array:
    """Shift values by level of education; everybody stays as they are."""
    if not education.any():
        return value
    better = np.array(
        [
            0.0 if code == TOTAL else _BETTER[code] * _SIGN[rate_profile.better]
            for code in _SHARE_BY_EDUCATION
        ]
    )
    shifted = rate_profile.back(rate_profile.line(value) + better[education])
    return np.where(education > 0, shifted, value)


def _places_of_years(question: Question) -> dict[str, int]:
    """Return where the figures of the year of each period stand."""
    return {period: EXAMPLE_YEARS.index(question.year(period)) for period in question.codes[TIME]}


def _positions(codes: Iterable[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes)}
