"""
The pieces of a series that a line may join.

Pure. Frames in, frames out: a line ends where a year is missing, at a break, where the register
changes, and where a union is made of other members. Stretches of observations, of which something
may be said, are cut in `stretches`.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from etl.catalogue import Break

MADE = ("members", "lacking", "division")


def years(periods: pd.Series) -> pd.Series:
    """Years as whole numbers of the source's periods ("2024")."""
    return periods.str.slice(0, 4).astype("int64")


def step(periods: Iterable[str]) -> int:
    """The usual distance in years between periods of an indicator: 1, or 4 for elections."""
    known = sorted({int(period[:4]) for period in periods})
    gaps = [later - earlier for earlier, later in pairwise(known)]
    return min(gaps, default=1)


def stretches(series: pd.DataFrame, marks: Sequence[Break], every: int) -> list[pd.DataFrame]:
    """
    Cut one series into the pieces that may be joined by a line.

    Args:
        series: period, value, segment of one region and group, oldest first; of a union also
            members, lacking, division, at a change of which it is cut.
        marks: those that apply to it; only breaks cut.
        every: distance in years between periods (see `step`).

    Returns:
        Frames with numbers only, oldest first; a lone year is a frame of one row.

    """
    numbers = series[series["value"].notna()]
    if numbers.empty:
        return []
    year = years(numbers["period"])
    stops = sorted(int(mark.period[:4]) for mark in marks if mark.severity == "break")
    era = pd.Series(np.searchsorted(stops, year, side="right"), numbers.index)
    segment = numbers["segment"]
    starts = (year.diff() != every) | era.diff().ne(0) | segment.ne(segment.shift())
    starts |= _remade(numbers)
    return [stretch for _, stretch in numbers.groupby(starts.cumsum())]


def _remade(numbers: pd.DataFrame) -> pd.Series:
    """Where a union is made of other members than in the row before."""
    names = [name for name in MADE if name in numbers.columns]
    rows = numbers[names].to_dict("records") if names else []
    of = [
        tuple(one if isinstance(one, (tuple, str)) else None for one in row.values())
        for row in rows
    ]
    turns = [False, *(one != before for before, one in pairwise(of))]
    return pd.Series(turns if of else False, numbers.index)
