"""
The unbroken stretches of a series of observations.

Pure. A stretch is one segment, cut at the breaks that concern the series and where a union is
made of other members; a missing year inside it cuts nothing here, it only has no number. Lines
are cut by `pieces.stretches`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

import numpy as np
import pandas as pd

from dashboard.data.observation import PERIOD, Observation, years
from dashboard.rules.comparison import applying_to, reach
from etl.catalogue import Break, Indicator

SEGMENT, MEMBERS = attrgetter("segment"), attrgetter("members")
SERIES = attrgetter("indicator", "region", "sex", "background", "education")


@dataclass(frozen=True)
class Stretch:
    """Observations of one series, oldest first; `after` is the break it begins at."""

    observations: tuple[Observation, ...]
    after: Break | None = None

    @cached_property
    def present(self) -> tuple[Observation, ...]:
        """Those that have a number."""
        return tuple([one for one in self.observations if one.present])

    @cached_property
    def points(self) -> tuple[tuple[int, float], ...]:
        """Year and number of those."""
        return tuple(zip(years(self.present), [one.number for one in self.present], strict=True))


def unbroken(series: Iterable[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """
    Cut one series at its breaks, oldest stretch first.

    Raises:
        ValueError: when the observations are not one series: one indicator, region and group,
            each year once.

    """
    ordered = sorted(series, key=PERIOD)
    _require_one_series(ordered, indicator)
    return (_united if any(map(MEMBERS, ordered)) else _single)(ordered, indicator)


def _single(ordered: Sequence[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """Where `reach` parts neighbours of one region and group: their marks are looked up once."""
    marks = applying_to(ordered[0], indicator.breaks) if ordered else ()
    breaks = sorted((mark for mark in marks if mark.severity == "break"), key=PERIOD)
    turns = [mark.period[:4] for mark in breaks]
    if not breaks:
        return tuple([Stretch(tuple(inside)) for _, inside in groupby(ordered, SEGMENT)])
    found: list[Stretch] = []
    before = 0
    for (_, passed), inside in groupby(
        ordered, lambda one: (one.segment, bisect_right(turns, one.period[:4]))
    ):
        after = max(breaks[before:passed], key=PERIOD, default=None) if found else None
        found.append(Stretch(tuple(inside), after))
        before = passed
    return tuple(found)


def _united(ordered: Sequence[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """
    Of a union, whose members may be others in other years.

    Each observation is judged against the newest of its stretch with a number, or the newest: a
    union without a number says nothing of its members.
    """
    pieces: list[tuple[list[Observation], Break | None]] = []
    last: Observation | None = None
    for one in ordered:
        verdict = reach(last, one, indicator) if last else None
        if verdict and verdict.comparable:
            pieces[-1][0].append(one)
            last = one if one.present or not (last and last.present) else last
        else:
            breaks = verdict.breaks if verdict else ()
            pieces.append(([one], max(breaks, key=lambda mark: mark.period, default=None)))
            last = one
    return tuple(Stretch(tuple(inside), after) for inside, after in pieces)


def described(stretches: Iterable[Stretch]) -> tuple[Stretch | None, Stretch | None]:
    """The latest stretch with a number and the longest older one; of equals the later."""
    known = [one for one in stretches if one.present]
    if not known:
        return None, None
    older = reversed(known[:-1])
    return known[-1], max(older, key=lambda one: len(one.present), default=None)


def later_breaks(last: Observation, newest: Observation, indicator: Indicator) -> tuple[str, ...]:
    """The years in which a series is broken after an observation, up to the newest one."""
    later = {
        mark.period[:4]
        for mark in applying_to(last, indicator.breaks)
        if mark.severity == "break" and last.year < int(mark.period[:4]) <= newest.year
    }
    return tuple(sorted(later))


def _require_one_series(ordered: list[Observation], indicator: Indicator) -> None:
    kinds = set(map(SERIES, ordered))
    if len(kinds) > 1 or any(id != indicator.id for id, *_ in kinds):
        raise ValueError(f"{indicator.id}: expected one series, got {sorted(kinds)}")
    if len(set(years(ordered))) < len(ordered):
        raise ValueError(f"{indicator.id}: a year stands twice in one series; keep one of them")


MADE = ("members", "lacking", "division")


def year_numbers(periods: pd.Series) -> pd.Series:
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
    year = year_numbers(numbers["period"])
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
