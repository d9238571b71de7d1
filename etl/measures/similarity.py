"""
Municipalities that resemble each other: one fixed, published method.

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
fewer than `MOST` = 4 of the seven are near, the municipality has no near neighbours and its list
says so: the largest cities are like hardly anybody. The method is this project's own; robust
z-values are described by Rousseeuw and Hubert (2011), "Robust statistics for outlier detection",
WIREs Data Mining and Knowledge Discovery 1(1), 73-79, here without the factor 1.4826, which
would only change the unit of the z-values.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.catalogue import TOTAL, Text

_SEVEN = 7
_NEAR = 2.5
_NEAR_NEEDED = 4
_OTHER_GROUP = 1.0
_WORKING_AGES = "20-64"
_OUTSIDE = "öv"
_DIGITS = 9
_POPULATION_SIZE = "population"
_OUTSIDE_EUROPE = "born_outside_europe_share"
_POST_SECONDARY = "post_secondary_share"
_WORKING_AGE = "aged_20_64_share"
VARIABLES = (_POPULATION_SIZE, _OUTSIDE_EUROPE, _POST_SECONDARY, _WORKING_AGE)
# The variable that is the subject of an indicator, or most of it.
_SUBJECTS: Mapping[str, str] = {
    "population": _POPULATION_SIZE,
    "foreign_born_share": _OUTSIDE_EUROPE,
    "foreign_background_share": _OUTSIDE_EUROPE,
    "foreign_background_share_20_64": _OUTSIDE_EUROPE,
    "recent_arrivals_share": _OUTSIDE_EUROPE,
    "post_secondary_share": _POST_SECONDARY,
    "post_secondary_share_25_65": _POST_SECONDARY,
    "working_age_share": _WORKING_AGE,
}
METHOD = Text(
    sv=(
        "Liknande kommuner är de sju närmaste efter folkmängd (logaritmen), andel födda utanför "
        "Europa, andel med eftergymnasial utbildning och andel 20–64 år, det senaste år som alla "
        "har. Varje tal ställs om till avstånd från medianen mätt i medianavvikelser (MAD). "
        "Avståndet mellan två kommuner är roten ur summan av kvadraterna, plus 1 om de hör till "
        "olika huvudgrupper enligt SKR. Det som indikatorn själv handlar om är aldrig med. "
        "Avstånden visas. De största städerna har inga nära grannar, och det sägs."
    ),
    en=(
        "Similar municipalities are the seven nearest by population (its logarithm), share born "
        "outside Europe, share with post-secondary education and share aged 20–64, in the latest "
        "year that all of them have. Each number becomes a distance from the median in median "
        "deviations (MAD). The distance of two municipalities is the root of the sum of squares, "
        "plus 1 if they belong to different main groups of SALAR. What the indicator itself is "
        "about is never among them. The distances are shown. The largest cities have no near "
        "neighbours, and it is said."
    ),
)


@dataclass(frozen=True)
class Neighbour:
    """A similar municipality and how far away it is."""

    code: str
    distance: float


@dataclass(frozen=True)
class Neighbours:
    """The nearest of one municipality, nearest first; `near`: whether most of them are near."""

    code: str
    nearest: tuple[Neighbour, ...]
    variables: tuple[str, ...]
    near: bool


class NobodyAlikeError(ValueError):
    """There is nothing to tell the municipalities apart by."""


def similar(
    profiles: pd.DataFrame, groups: Mapping[str, str], *, without: Collection[str] = ()
) -> dict[str, Neighbours]:
    """
    Return the seven nearest of every municipality.

    Args:
        profiles: index code; columns `VARIABLES`, those that exist: persons and per cent.
        groups: SKR main group of every municipality.
        without: variables that are the indicator's own subject.

    Raises:
        ValueError: when a municipality has no main group.
        NobodyAlikeError: when no variable is left.

    """
    ordered = profiles.sort_index()
    homeless = [code for code in ordered.index if code not in groups]
    if homeless:
        raise ValueError(f"no SKR main group of {', '.join(homeless)}; expected one of each")
    used = _scaled(ordered, without)
    if used.empty:
        raise NobodyAlikeError("no variable differs between the municipalities; nothing is similar")
    away = _distances(used.to_numpy(), [groups[code] for code in ordered.index])
    codes = [str(code) for code in ordered.index]
    variables = tuple(str(name) for name in used.columns)
    return {
        code: _nearest(number, codes, away[number], variables) for number, code in enumerate(codes)
    }


def own_subject(indicator: str) -> tuple[str, ...]:
    """Return the variables that an indicator must not be compared by."""
    return (_SUBJECTS[indicator],) if indicator in _SUBJECTS else ()


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


def _scaled(ordered: pd.DataFrame, without: Collection[str]) -> pd.DataFrame:
    """Return the z-values of the variables that are used."""
    names = [name for name in VARIABLES if name in ordered.columns and name not in without]
    chosen = ordered[names].dropna(axis="columns")
    if _POPULATION_SIZE in chosen.columns:
        chosen = chosen.assign(**{_POPULATION_SIZE: np.log(chosen[_POPULATION_SIZE])})
    distances = chosen - chosen.median()
    spread = distances.abs().median()
    return (distances / spread).loc[:, spread > 0]


def _distances(z: NDArray[np.float64], groups: list[str]) -> NDArray[np.float64]:
    between = np.sqrt(((z[:, None] - z[None]) ** 2).sum(axis=2))
    letters = np.array(groups)
    distances: NDArray[np.float64] = between + _OTHER_GROUP * (letters[:, None] != letters[None])
    return distances.round(_DIGITS)


def _nearest(
    number: int, codes: list[str], away: NDArray[np.float64], variables: tuple[str, ...]
) -> Neighbours:
    nearest_first = [
        position for position in np.argsort(away, kind="stable").tolist() if position != number
    ][:_SEVEN]
    nearest = tuple(Neighbour(codes[position], float(away[position])) for position in nearest_first)
    near = sum(neighbour.distance <= _NEAR for neighbour in nearest) >= _NEAR_NEEDED
    return Neighbours(codes[number], nearest, variables, near)
