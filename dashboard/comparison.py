"""
What may be joined and compared: unbroken stretches of a series.

Pure. A stretch is one segment, cut at its breaks and at every missing period; nothing is
drawn, counted or said across its ends. A caution cuts nothing.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from etl.catalogue import Break


def years(periods: pd.Series) -> pd.Series:
    """Years as whole numbers of the source's periods ("2024")."""
    return periods.str.slice(0, 4).astype("int64")


def step(periods: Iterable[str]) -> int:
    """The usual distance in years between periods of an indicator: 1, or 4 for elections."""
    known = sorted({int(period[:4]) for period in periods})
    gaps = [later - earlier for earlier, later in pairwise(known)]
    return min(gaps, default=1)


def applying(
    marks: Iterable[Break], *, region: str, sex: str, background: str
) -> tuple[Break, ...]:
    """The breaks and cautions that concern one series; one without `applies_to` concerns all."""
    own = {f"region:{region}", f"sex:{sex}", f"background:{background}"}
    return tuple(mark for mark in marks if not mark.applies_to or own & set(mark.applies_to))


def stretches(series: pd.DataFrame, marks: Sequence[Break], every: int) -> list[pd.DataFrame]:
    """
    Cut one series into the pieces that may be joined by a line.

    Args:
        series: period, value, segment of one region and group, oldest first.
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
    return [stretch for _, stretch in numbers.groupby(starts.cumsum())]
