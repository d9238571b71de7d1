"""
The other regions of a level behind the lines of a chart, in grey.

Pure: rows in, one picture out. They are cut as every line is, at missing years, breaks and other
registers; nobody can point at them, for they show only where the others lie. As lines of the
chart itself the municipalities would take most of the time that drawing it takes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard import pieces
from dashboard.comparison import applying
from dashboard.offers import Group
from dashboard.spark import address
from etl.catalogue import Break, Indicator

COLOUR = "#CDD2D8"
CROWD = 60  # lines, from which on they are drawn thinner
OUTER = 0.025  # of the values at each end need not be on the axis
# Of a number of persons, or a class, a region's place among others says nothing.
SIZES = frozenset({"count", "class"})
STEPS = 1000  # from the lowest value to the highest: less than a pixel each
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


def points(behind: Backdrop) -> list[dict[str, Any]]:
    """The years that stand alone, as a trace."""
    if not behind.lone:
        return []
    years, values = zip(*behind.lone, strict=True)
    marker = {"color": COLOUR, "size": 4}
    style = {"type": "scatter", "mode": "markers", "name": "", "hoverinfo": "skip"}
    return [{**style, "x": list(years), "y": list(values), "marker": marker}]


def images(behind: Backdrop) -> list[dict[str, Any]]:
    """The lines as one picture in the chart's own years and values."""
    known = [(year, value) for year, value in behind.joined if value is not None]
    if not known:
        return []
    years, values = zip(*known, strict=True)
    first, last, low, high = min(years), max(years), min(values), max(values)
    low, high = (low, high) if high > low else (low - 0.5, high + 0.5)
    place = {"x": first, "y": high, "sizex": last - first, "sizey": high - low}
    path = _path(behind.joined, first, high, STEPS / (high - low))
    thin = sum(value is None for _, value in behind.joined) > CROWD
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {last - first} {STEPS}" '
        f'preserveAspectRatio="none"><path d="{path}" fill="none" stroke="{COLOUR}" '
        f'stroke-width="{0.6 if thin else 1}" vector-effect="non-scaling-stroke"/></svg>'
    )
    shown = {"xref": "x", "yref": "y", "sizing": "stretch", "layer": "below"}
    return [{"source": address(svg), **shown, **place}]


def _path(joined: Sequence[Point], first: int, high: float, scale: float) -> str:
    """The pieces as a path: years from the first to the right, values from the highest down."""
    drawn: list[str] = []
    begun = False
    for year, value in joined:
        if value is None:
            begun = False
            continue
        drawn.append(f"{'L' if begun else 'M'}{year - first} {round((high - value) * scale)}")
        begun = True
    return "".join(drawn)


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
