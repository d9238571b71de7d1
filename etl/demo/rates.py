"""
Shares and other rates of every region, year, sex and background.

Pure but for its seeded generators. Levels and trends stand in `rates.csv`; what it lacks is a
plausible guess from the indicator's direction. Everybody is the weighted mean of the groups,
both sexes of men and women, the foreign-born of the regions of birth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from etl.catalogue import TOTAL
from etl.demo.people import People
from etl.demo.places import YEARS, Anchor, Array, Places, along, between, chance, deviations

BORN = ("SE", "NEXS", "EUEESXN", "VXEUEES")
ABROAD = "SAMUTF"
SAME_AS_ABROAD = ("INTTOT", "030")
STAYS = {"INT010": 0.07, "INT020": 0.09, "INT030": 0.20, "INT040": 0.64}
REASONS = {"010": 0.35, "020": 0.25}
AGES = {"20-24": 0.10, "25-34": 0.23, "35-44": 0.22, "45-54": 0.22, "55-64": 0.20, "55-65": 0.22}
LEVELS = {TOTAL: 1.0, "F": 0.13, "3": 0.43, "EU": 0.41, "US": 0.03}
# How much better off a group is than everybody or all foreign-born, on the scale of the model.
BETTER = {
    "SE": 0.25, "NEXS": 0.0, "EUEESXN": -0.3, "VXEUEES": -0.8,
    "INT010": -1.4, "INT020": -0.8, "INT030": -0.25, "INT040": 0.2, "010": -0.35, "020": 0.25,
    "20-24": -0.55, "25-34": 0.05, "35-44": 0.3, "45-54": 0.3, "55-64": -0.25, "55-65": -0.3,
    "F": -0.75, "3": 0.05, "EU": 0.5, "US": -1.1,
}  # fmt: skip
SIGN = {"higher": 1.0, "lower": -1.0, "none": 0.25}
ROUNDS = 8


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
        if code in BETTER:
            return BETTER[code] * SIGN[self.better]
        return 0.0 if code == TOTAL else float(chance(self.name, code).normal(0, 0.15))


@dataclass(frozen=True, eq=False)
class Rate:
    """
    One rate by region, year, sex (both, men, women) and background.

    `size` is the number of persons that a value speaks of, on the same axes.
    """

    profile: Profile
    backgrounds: tuple[str, ...]
    value: Array
    size: Array


@cache
def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def profile(path: Path, name: str, *, share: bool, better: str) -> Profile:
    """Return what the file knows of a rate, with guesses for what it does not."""
    found = _table(path)
    rows = found[found["indicator"] == name]
    general = next((row for row in rows.to_dict("records") if row["background"] == TOTAL), {})
    guess = chance(name, "level").uniform(8, 60)

    def number(column: str, otherwise: float) -> float:
        return float(general.get(column) or otherwise)

    knots = {
        row["background"]: tuple(
            (int(year), float(value))
            for year, value in (knot.split(":") for knot in row["knots"].split())
        )
        for row in rows.to_dict("records")
        if row["knots"]
    }
    return Profile(
        name, share, better,
        number("women", chance(name, "women").normal(0, 0.1)),
        number("people", 0.58),
        number("spread", 0.15),
        number("foreign", -0.7 * SIGN[better]),
        knots or {TOTAL: ((1997, guess), (2025, guess * 1.1))},
    )  # fmt: skip


def rate(
    known: Profile,
    places: Places,
    people: People,
    *,
    anchors: Sequence[Anchor],
    backgrounds: Sequence[str],
) -> Rate:
    """Return a rate for all regions and years, through its anchors."""
    codes = tuple(dict.fromkeys((TOTAL, *BORN, ABROAD, *backgrounds)))
    shares = _shares(people)
    model = _Model(known, codes, shares, _noise(known, places) + _shift(known, places))
    wanted = [anchor for anchor in anchors if anchor.subject == known.name]
    deltas: dict[tuple[str, str], dict[str, float]] = {}
    for _ in range(ROUNDS if wanted else 0):
        value = model.values(_drawn(places, deltas))
        for anchor in wanted:
            place = places.row[anchor.region], YEARS.index(anchor.period)
            missing = known.line(np.array(anchor.value)) - known.line(
                value[anchor.background][place].mean()
            )
            group = deltas.setdefault((anchor.region, anchor.background), {})
            group[anchor.period] = group.get(anchor.period, 0.0) + float(missing)
    value = model.values(_drawn(places, deltas))
    sexes = np.stack([value[code] for code in codes], axis=-1)
    both_first = np.concatenate([sexes.mean(axis=2, keepdims=True), sexes], axis=2)
    return Rate(known, codes, both_first, _sizes(known, codes, places, shares))


@dataclass(frozen=True, eq=False)
class _Model:
    """A rate before it is drawn towards anchors; `where` is what region, year and sex add."""

    known: Profile
    codes: tuple[str, ...]
    shares: Mapping[str, Array]
    where: Array

    def values(self, drawn: Mapping[str, Array]) -> dict[str, Array]:
        """Every background by region, year and sex (men, women)."""
        own = {code: drawn.get(code, np.zeros(1)) for code in self.codes}

        def levelled(code: str) -> Array:
            line = _level(self.known, code) + self.where + own[TOTAL]
            return self.known.back(line + (own[code] if code != TOTAL else 0.0))

        found = {code: levelled(code) for code in BORN}
        abroad = sum(found[code] * self.shares[code][..., None] for code in BORN[1:])
        found[ABROAD] = abroad / self.shares[ABROAD][..., None]
        found[TOTAL] = found["SE"] * self.shares["SE"][..., None] + abroad
        for code in self.codes:
            if code in SAME_AS_ABROAD:
                found[code] = found[ABROAD]
            elif code in self.known.knots and code not in found:
                found[code] = levelled(code)
            elif code not in found:
                near = found[ABROAD if code in STAYS or code in REASONS else TOTAL]
                line = self.known.line(near) + self.known.off(code) + own[code]
                found[code] = self.known.back(line + 0.3 * self.where)
        return found


def _level(known: Profile, code: str) -> Array:
    """The level of a group in the whole country, by year, on the model's scale."""
    knots = known.knots.get(code) or known.knots.get(TOTAL) or next(iter(known.knots.values()))
    line = known.line(along(knots))
    return (line if code in known.knots else line + known.off(code))[None, :, None]


def _shift(known: Profile, places: Places) -> Array:
    """What regions and the sexes add on the scale of the model, the same in every table."""
    foreign = places.foreign[places.small, -1]
    own = known.spread * deviations(places, known.name)[places.small]
    shift = places.mean(own + known.foreign * (foreign - places.foreign[0, -1]))
    sexes = np.array([-known.women, known.women])
    result: Array = (shift - shift[0])[:, None, None] + sexes
    return result


def _noise(known: Profile, places: Places) -> Array:
    """Small changes from year to year, larger in small regions."""
    size = places.people.mean(axis=1) * known.people
    spread = np.minimum(0.5 / np.sqrt(size / 10), 0.2) * (1 if known.share else 0.15)
    draws = np.stack(
        [
            chance(known.name, "years", code).standard_normal((len(YEARS), 2))
            for code in places.codes
        ]
    )
    result: Array = draws * spread[:, None, None]
    return result


def _drawn(
    places: Places, deltas: Mapping[tuple[str, str], Mapping[str, float]]
) -> dict[str, Array]:
    """Corrections towards the anchors by background: region, year, and alike for both sexes."""
    found: dict[str, Array] = {}
    for (region, background), years in deltas.items():
        shape = (len(places.codes), len(YEARS), 1)
        correction = found.setdefault(background, np.zeros(shape))
        correction[places.row[region], :, 0] = between(dict(years))
    return found


def _shares(people: People) -> dict[str, Array]:
    """Share of each region of birth, by region and year."""
    origin = people.grown_up
    abroad = {code: origin[:, :, 3 + number] for number, code in enumerate(BORN[1:])}
    return {"SE": origin[:, :, :3].sum(axis=2), **abroad, ABROAD: origin[:, :, 3:].sum(axis=2)}


def _sizes(
    known: Profile, codes: Sequence[str], places: Places, shares: Mapping[str, Array]
) -> Array:
    """Number of persons behind each value, by region, year, sex and background."""
    of_abroad = STAYS | REASONS | dict.fromkeys(SAME_AS_ABROAD, 1.0)
    parts = [
        shares[code]
        if code in shares
        else shares[ABROAD] * of_abroad[code]
        if code in of_abroad
        else np.full_like(shares["SE"], AGES.get(code, 1.0 if code == TOTAL else 0.2))
        for code in codes
    ]
    size = np.stack(parts, axis=-1) * (places.people * known.people)[:, :, None]
    sexes = np.array([1.0, 0.5, 0.5])
    result: Array = size[:, :, None, :] * sexes[None, None, :, None]
    return result
