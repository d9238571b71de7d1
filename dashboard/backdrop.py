"""
The other regions of a level behind the lines of a chart, in grey.

Pure: rows in, traces out. They are cut as every line is, at missing years, breaks and other
registers; nobody can point at them, for they show only where the others lie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import pieces
from dashboard.comparison import applying
from dashboard.offers import Group
from etl.catalogue import Break, Indicator

COLOUR = "#CDD2D8"
CROWD = 60  # lines, from which on they are drawn thinner
OUTER = 0.025  # of the values at each end need not be on the axis
# Of a number of persons, or a class, a region's place among others says nothing.
SIZES = frozenset({"count", "class"})
Point = tuple[int, float | None]


@dataclass(frozen=True)
class Backdrop:
    """
    Joined points with None between the pieces, and lone ones; years and values.

    `low` and `high` are what the axis should hold, `cropped` whether a value lies beyond.
    """

    joined: tuple[Point, ...]
    lone: tuple[Point, ...]
    low: float
    high: float
    cropped: bool


def backdrop(rows: pd.DataFrame, indicator: Indicator, group: Group) -> Backdrop | None:
    """
    The lines of many regions; None where no region has a number.

    Args:
        rows: region, period, value, segment of one group; no unions.
        indicator: gives breaks and decimals.
        group: background, sex, education of the rows, which a break may concern.

    """
    numbers = rows[rows["value"].notna()].sort_values(["region", "period"], kind="stable")
    if numbers.empty or indicator.measure in SIZES:
        return None
    year = pieces.years(numbers["period"]).to_numpy()
    value = numbers["value"].round(indicator.decimals).to_numpy()
    every = pieces.step(rows["period"].unique())
    starts = _starts(numbers, year, indicator, group=group, every=every)
    joined, lone = _points(year, value, np.flatnonzero(starts))
    low, high = np.quantile(value, [OUTER, 1 - OUTER])
    cropped = bool(((value < low) | (value > high)).any())
    return Backdrop(joined, lone, float(low), float(high), cropped)


def traces(behind: Backdrop) -> list[dict[str, Any]]:
    """The lines and, of lone years, the points."""
    style = {"type": "scatter", "name": "", "hoverinfo": "skip"}
    found: list[dict[str, Any]] = []
    if behind.joined:
        thin = sum(value is None for _, value in behind.joined) > CROWD
        line = {"color": COLOUR, "width": 0.6 if thin else 1}
        found.append({**style, **_axes(behind.joined), "mode": "lines", "line": line})
    if behind.lone:
        marker = {"color": COLOUR, "size": 4}
        found.append({**style, **_axes(behind.lone), "mode": "markers", "marker": marker})
    return found


def _axes(points: Sequence[Point]) -> dict[str, Any]:
    return {
        "x": [year for year, _ in points],
        "y": [value for _, value in points],
        "connectgaps": False,
    }


def _starts(
    numbers: pd.DataFrame, year: Any, indicator: Indicator, *, group: Group, every: int
) -> Any:
    """Where a new piece begins, row by row."""
    region, codes = pd.factorize(numbers["region"])
    segment, _ = pd.factorize(numbers["segment"])
    era = np.zeros(len(year), dtype="int64")
    for mark in indicator.breaks:
        if mark.severity == "break":
            era += (year >= int(mark.period[:4])) & _concerned(codes, mark, group)[region]
    changes = [np.diff(each, prepend=-1) != 0 for each in (region, segment, era)]
    return (np.diff(year, prepend=0) != every) | np.logical_or.reduce(changes)


def _concerned(codes: Iterable[str], mark: Break, group: Group) -> Any:
    """Whether a break concerns each region."""
    background, sex, education = group
    given = {"sex": sex, "background": background, "education": education}
    return np.array([bool(applying((mark,), region=code, **given)) for code in codes])


def _points(year: Any, value: Any, starts: Any) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Joined points with a gap after each piece, and the points that stand alone."""
    joined: list[Point] = []
    lone: list[Point] = []
    ends = [*starts[1:], len(year)]
    for first, last in zip(starts, ends, strict=True):
        piece = list(zip(year[first:last].tolist(), value[first:last].tolist(), strict=True))
        if len(piece) == 1:
            lone += piece
        else:
            joined += [*piece, (piece[-1][0], None)]
    return tuple(joined), tuple(lone)
