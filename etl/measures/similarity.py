"""
Municipalities that resemble each other: one published method, and others that a reader may choose.

Pure. A municipality is compared with those of like size, origin, education and age, not with
the country. Four variables of the latest year that all of them have, or else most of them:

- the natural logarithm of the population (`population`),
- the share born outside Europe, TAB6572 summed over the RegSO of the municipality, per cent,
- the share with post-secondary education, ages 25-65, TAB6534 (`post_secondary_share_25_65`,
  from 2024), per cent; left out where it is missing,
- the share aged 20-64, per cent.

Each becomes z = (x - median) / MAD over all municipalities, where MAD is the median of
|x - median|: both are hardly moved by Stockholm. A variable with MAD 0, or that any
municipality lacks, is left out for all, so that every distance is made of the same variables;
so is the one that is the subject of the indicator shown, which would otherwise be similar by
choice. The distance of two municipalities is the Euclidean distance of their z-values, plus 1
if they belong to different main groups of SKR (A, B, C). The seven nearest are shown with their
distances; equal distances are ordered by code.

A distance up to `_NEAR` = 2.5 is near: about one MAD and a quarter in each of four variables. Where
fewer than four of the seven are near, the municipality has no near neighbours and its list
says so: the largest cities are like hardly anybody. The method is this project's own; robust
z-values are described by Rousseeuw and Hubert (2011), "Robust statistics for outlier detection",
WIREs Data Mining and Knowledge Discovery 1(1), 73-79, here without the factor 1.4826, which
would only change the unit of the z-values.

A reader may choose other criteria, weights from 0 to `MOST_WEIGHT` and another number of
municipalities. Then the z-values are multiplied by their weights, and the 1 of the main group by
its own, divided by the mean of the weights that are not zero: only their proportions matter. A
municipality that lacks a chosen criterion is left out and named, for the criterion was asked for;
a criterion that most municipalities lack, or the own one, is left out instead. The limit of near
grows with the weights of the criteria that are used, `_NEAR` for four of equal weight, and so many
must be near as are most.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from math import sqrt
from statistics import fmean
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue import TOTAL, Indicator, Text

USUAL_NUMBER, FEWEST_NUMBER, MOST_NUMBER = 7, 5, 20
MOST_WEIGHT = 3
MAIN_GROUP = "skr"
DISTANCE_DECIMALS = 2
_NEAR = 2.5
_OTHER_GROUP = 1.0
_WORKING_AGES = "20-64"
_OUTSIDE = "öv"
_DIGITS = 9
_POPULATION_SIZE = "population"
_OUTSIDE_EUROPE = "born_outside_europe_share"
_POST_SECONDARY = "post_secondary_share"
_WORKING_AGE = "aged_20_64_share"
VARIABLES = (_POPULATION_SIZE, _OUTSIDE_EUROPE, _POST_SECONDARY, _WORKING_AGE)
# The weight of each criterion of the published method; of every other it is 0.
PUBLISHED: Mapping[str, int] = MappingProxyType(dict.fromkeys((*VARIABLES, MAIN_GROUP), 1))
# The variable that an indicator is about, or nearly, by the `subject` of the catalogue.
_OF_SUBJECT: Mapping[str, str] = {
    "population": _POPULATION_SIZE,
    "origin": _OUTSIDE_EUROPE,
    "education": _POST_SECONDARY,
    "age": _WORKING_AGE,
}
METHOD = Text(
    sv=(
        "Liknande kommuner är de sju närmaste efter folkmängd (logaritmen), andel födda utanför "
        "Europa, andel med eftergymnasial utbildning och andel 20–64 år, det senaste år som alla "
        "har. Varje tal ställs om till avstånd från medianen mätt i medianavvikelser (MAD). "
        "Avståndet mellan två kommuner är roten ur summan av kvadraterna, plus 1 om de hör till "
        "olika huvudgrupper enligt SKR. Det som indikatorn själv handlar om är aldrig med. "
        "Avstånden visas. De största städerna har inga nära grannar, och det sägs. "
        "Läsaren kan välja andra kriterier, vikter från 0 till 3 och 5 till 20 kommuner. Då "
        "multipliceras varje avstånd från medianen med sin vikt och huvudgruppens 1 med sin, delat "
        "med medelvärdet av de vikter som inte är noll, så att bara vikternas förhållande spelar "
        "roll. En kommun som saknar uppgift om ett valt kriterium är inte med, och det sägs. "
        "Valda vikter står i rubriker och filer. Det som sticker ut bedöms alltid med den "
        "publicerade metoden."
    ),
    en=(
        "Similar municipalities are the seven nearest by population (its logarithm), share born "
        "outside Europe, share with post-secondary education and share aged 20–64, in the latest "
        "year that all of them have. Each number becomes a distance from the median in median "
        "deviations (MAD). The distance of two municipalities is the root of the sum of squares, "
        "plus 1 if they belong to different main groups of SALAR. What the indicator itself is "
        "about is never among them. The distances are shown. The largest cities have no near "
        "neighbours, and it is said. "
        "A reader may choose other criteria, weights from 0 to 3 and 5 to 20 municipalities. Each "
        "distance from the median is then multiplied by its weight and the 1 of the main group by "
        "its own, divided by the mean of the weights that are not zero, so that only the "
        "proportions of the weights matter. A municipality without a figure for a chosen criterion "
        "is left out, and it is said. Chosen weights stand in headings and files. What stands out "
        "is always judged by the published method."
    ),
)


@dataclass(frozen=True)
class Neighbour:
    """A similar municipality and how far away it is."""

    code: str
    distance: float


class NobodyAlikeError(ValueError):
    """There is nothing to tell the municipalities apart by."""


# Why a criterion is not among those of a distance: it is what the indicator is about, every
# municipality has it alike, the own municipality lacks it, or too many of all.
LeftOut = Literal["subject", "equal", "own", "missing"]


@dataclass(frozen=True)
class Likeness:
    """
    What municipalities are like, for distances by any criteria.

    `values` are in the order of `codes`, NaN where a municipality has none, and of the period in
    `years`; `letters` are the main groups of SKR.
    """

    codes: tuple[str, ...]
    letters: tuple[str, ...]
    values: Mapping[str, NDArray[np.float64]]
    years: Mapping[str, str]

    @cached_property
    def scaled(self) -> Mapping[str, NDArray[np.float64] | None]:
        """The z-values of each criterion; None where most municipalities have it alike."""
        return {
            name: _z_values(np.log(values) if name == _POPULATION_SIZE else values)
            for name, values in self.values.items()
        }

    def of(self, code: str) -> Mapping[str, float]:
        """What a municipality is like, by criterion; NaN where that is not known."""
        place = self.codes.index(code)
        return {name: float(values[place]) for name, values in self.values.items()}


@dataclass(frozen=True)
class Alike:
    """
    The nearest of one municipality by chosen criteria, nearest first.

    `used` are the criteria of the distances; `left_out` the others that were asked for, and why.
    `lacking` are the municipalities without a figure, by criterion; they have no distance.
    `level_with_last` are no longer among the nearest and as near as the last one, as displayed.
    `near`: whether most of the nearest are near.
    """

    code: str
    nearest: tuple[Neighbour, ...]
    used: tuple[str, ...]
    left_out: Mapping[str, LeftOut]
    lacking: Mapping[str, tuple[str, ...]]
    level_with_last: tuple[str, ...]
    near: bool

    @property
    def places(self) -> tuple[int, ...]:
        """The place of each of the nearest; equal displayed distances share one."""
        shown = [round(one.distance, DISTANCE_DECIMALS) for one in self.nearest]
        return tuple(shown.index(distance) + 1 for distance in shown)


def alike(
    code: str,
    likeness: Likeness,
    weights: Mapping[str, int],
    *,
    number: int = USUAL_NUMBER,
    without: Collection[str] = (),
) -> Alike:
    """
    Return the nearest of one municipality by criteria of any weights.

    Args:
        code: of a municipality of `likeness`.
        likeness: what all municipalities are like.
        weights: of each criterion, `MAIN_GROUP` among them; 0 or left out for none.
        number: how many are wanted.
        without: criteria that are the indicator's own subject.

    Raises:
        NobodyAlikeError: when no criterion that is a number is left.

    """
    asked = {name: weight for name, weight in weights.items() if weight}
    own = likeness.codes.index(code)
    strict = asked == PUBLISHED
    columns, left_out = {}, {}
    for name in asked:
        if name == MAIN_GROUP:
            continue
        values = likeness.values.get(name)
        reason = "subject" if name in without else _unusable(values, own, strict=strict)
        if values is None or reason:
            left_out[name] = reason or "missing"
            continue
        scaled = likeness.scaled[name]
        if scaled is None:
            left_out[name] = "equal"
        else:
            columns[name] = scaled
    if not columns:
        raise NobodyAlikeError("no criterion tells the municipalities apart; nothing is similar")
    mean = fmean(asked.values())
    z = np.column_stack(list(columns.values()))
    share = np.array([asked[name] / mean for name in columns])
    between = np.sqrt(((share * (z - z[own])) ** 2).sum(axis=1))
    letters = np.array(likeness.letters)
    other = asked.get(MAIN_GROUP, 0) / mean * _OTHER_GROUP * (letters != letters[own])
    away = (between + other).round(_DIGITS)
    order = np.argsort(away, kind="stable")
    known = order[~np.isnan(away[order]) & (order != own)].tolist()
    nearest = [Neighbour(likeness.codes[place], float(away[place])) for place in known[:number]]
    last = round(nearest[-1].distance, DISTANCE_DECIMALS) if nearest else 0.0
    level = takewhile(
        lambda place: round(float(away[place]), DISTANCE_DECIMALS) == last, known[number:]
    )
    # Of the published method the limit is the same whatever is left out.
    counted = [name for name in (asked if strict else columns) if name != MAIN_GROUP]
    numbers = [asked[name] / mean for name in counted]
    limit = _NEAR * sqrt(sum(weight**2 for weight in numbers) / len(VARIABLES))
    return Alike(
        code,
        tuple(nearest),
        tuple(columns),
        MappingProxyType(left_out),
        MappingProxyType(
            {
                name: tuple(likeness.codes[place] for place in np.flatnonzero(np.isnan(values)))
                for name, values in columns.items()
                if np.isnan(values).any()
            }
        ),
        tuple(likeness.codes[place] for place in level),
        near=sum(one.distance <= limit for one in nearest) > len(nearest) // 2,
    )


def likeness_of(
    profiles: pd.DataFrame,
    year: str,
    groups: Mapping[str, str],
    criteria: Mapping[str, tuple[str, Mapping[str, float]]],
) -> Likeness:
    """
    Gather what municipalities are like.

    Args:
        profiles: index code, columns of `VARIABLES`, as by `profiles`.
        year: of them.
        groups: SKR main group of every municipality; one without is left out.
        criteria: other criteria: the period of each, and its numbers by code.

    """
    codes = tuple(sorted(str(code) for code in profiles.index if code in groups))
    rows = profiles.reindex(list(codes))
    values = {str(name): rows[name].to_numpy(float) for name in rows.columns}
    years = dict.fromkeys(values, year)
    for name, (period, numbers) in criteria.items():
        values[name] = np.array([numbers.get(code, np.nan) for code in codes], dtype=float)
        years[name] = period
    return Likeness(codes, tuple(groups[code] for code in codes), values, years)


def _unusable(
    values: NDArray[np.float64] | None, own: int, *, strict: bool
) -> LeftOut | Literal[""]:
    """Why a criterion cannot be used; `strict`: every municipality must have it."""
    if values is None:
        return "missing"
    missing = np.isnan(values)
    if missing.any() if strict else 2 * missing.sum() >= len(values):
        return "missing"
    return "own" if missing[own] else ""


def _z_values(values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Distances from the median in MAD; None where that is 0, and where nobody has a value."""
    if np.isnan(values).all():
        return None
    distances = values - np.nanmedian(values)
    spread = np.nanmedian(np.abs(distances))
    return distances / spread if spread > 0 else None


def own_subject(indicator: Indicator) -> tuple[str, ...]:
    """Return the variables that an indicator must not be compared by."""
    return (_OF_SUBJECT[indicator.subject],) if indicator.subject else ()


def main_groups(members: pd.DataFrame) -> dict[str, str]:
    """Return SKR's main group (A, B, C) of each municipality: rows region ("skr-A1"), member."""
    classified = members[members["region"].str.startswith("skr-")]
    letters = classified["region"].str.removeprefix("skr-").str[0]
    return dict(zip(classified["member"], letters, strict=True))


def profiles(
    population: pd.DataFrame, post_secondary: pd.DataFrame | None = None
) -> tuple[str, pd.DataFrame]:
    """
    Return the latest common year, and the variables of every municipality in it.

    It is the latest of the years in which most variables are known of every municipality: a
    newer year of the population does not outrun the share with post-secondary education, and
    where the two never meet that share is left out.

    Args:
        population: observations of `population` for both sexes together, of municipalities
            (ages `_T` and 20-64) and RegSO (background öv): region, period, background, age, value.
        post_secondary: region, period, value in per cent; None where there is none.

    Raises:
        NobodyAlikeError: when no municipality has a number of inhabitants.

    """
    areas = population["region"].str.len() > len("0180")
    large = population[~areas].set_index(["period", "region"])
    everybody, working = (
        large.loc[large["age"] == group, "value"] for group in (TOTAL, _WORKING_AGES)
    )
    abroad = population[areas & (population["background"] == _OUTSIDE)]
    outside = abroad.groupby(["period", abroad["region"].str[:4].rename("region")])["value"].agg(
        lambda values: values.sum(skipna=False)
    )
    variables = pd.DataFrame(
        {
            _POPULATION_SIZE: everybody,
            _OUTSIDE_EUROPE: 100 * outside / everybody,
            _WORKING_AGE: 100 * working / everybody,
        }
    )
    variables = variables[variables[_POPULATION_SIZE].notna()]
    if variables.empty:
        raise NobodyAlikeError("population: no municipality has a number; similarity needs one")
    if post_secondary is not None:
        shares = post_secondary.set_index(["period", "region"])["value"]
        variables = variables.assign(**{_POST_SECONDARY: shares.reindex(variables.index)})
    complete = variables.notna().groupby("period").all().sum(axis=1).to_dict()
    year = str(max(complete, key=lambda period: (complete[period], period)))
    latest = pd.DataFrame(variables.xs(year, level="period"))
    return year, latest[[name for name in VARIABLES if name in latest.columns]]
