"""
The unbroken stretches of a series, as observations or as rows that a line may join.

Pure. A stretch is one segment, cut at the breaks that concern the series and where a union is
made of other members. A missing period cuts a line; a stretch of observations goes on over it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.data.observation import PERIOD, Observation, observation_places, with_numbers
from dashboard.rules.comparison import applying_to, continuity, marks_within
from etl.catalogue import Break, Indicator
from etl.catalogue.periods import frequency, ordinal, starting

_SEGMENT, _MEMBERS = attrgetter("segment"), attrgetter("members")
_MAKEUP = attrgetter("members", "lacking", "division")
_SERIES_KEY = attrgetter("indicator", "region", "sex", "background", "age", "education")


@dataclass(frozen=True)
class Stretch:
    """Observations of one series, oldest first; `after` is the break it begins at."""

    observations: tuple[Observation, ...]
    after: Break | None = None

    @cached_property
    def present(self) -> tuple[Observation, ...]:
        """Those that have a number."""
        return tuple([row for row in self.observations if row.present])

    @cached_property
    def points(self) -> tuple[tuple[int, float], ...]:
        """Place in time (see `observation_places`) and number of those."""
        return tuple(
            zip(observation_places(self.present), [row.number for row in self.present], strict=True)
        )


def unbroken(series: Iterable[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """
    Cut one series at its breaks, oldest stretch first.

    Raises:
        ValueError: when the observations are not one series: one indicator, region and group,
            each period once.

    """
    ordered = sorted(series, key=PERIOD)
    _require_one_series(ordered, indicator)
    return (_united if any(map(_MEMBERS, ordered)) else _single)(ordered, indicator)


def stretch_starts(
    places: Sequence[int] | NDArray[np.int64],
    *constant: Sequence[Any] | NDArray[Any],
    step: int | None = None,
) -> list[int]:
    """
    The rows at which a new stretch begins.

    Args:
        places: in time, of series one after another, oldest first in each.
        constant: of each row what does not change inside a stretch: segment, era, region.
        step: the distance between the places of a stretch; any where None.

    All are arrays, or all are lists: the thirty years of one series are cut sooner without arrays.

    """
    if not isinstance(places, np.ndarray):
        starts = {0} if places else set()
        for column in constant:
            pairs = enumerate(pairwise(column), start=1)
            starts |= {row for row, (before, after) in pairs if before != after}
        if step is not None:
            ends = enumerate(pairwise(places), start=1)
            starts |= {row for row, (before, after) in ends if after - before != step}
        return sorted(starts)
    begins = np.zeros(len(places), dtype=bool)
    begins[:1] = True
    for column in constant:
        begins[1:] |= column[1:] != column[:-1]
    if step is not None:
        begins[1:] |= np.diff(places) != step
    return np.flatnonzero(begins).tolist()


def mark_place(mark: Break, like: str) -> int:
    """Where the first period after a mark stands among periods of the length of another."""
    return starting(mark.period, frequency(like))


def periods_of_stretch(
    like: Observation, periods: Iterable[str], indicator: Indicator
) -> frozenset[str]:
    """Those of some periods, as long as that of an observation, that no break parts from it."""
    breaks = _breaks(applying_to(like, indicator.breaks))
    firsts, length = _first_places(breaks, like.period), frequency(like.period)
    era = bisect_right(firsts, ordinal(like.period))
    return frozenset(
        period
        for period in periods
        if frequency(period) == length and bisect_right(firsts, ordinal(period)) == era
    )


def _first_places(breaks: Iterable[Break], like: str) -> list[int]:
    """The first place after each of some breaks, in order."""
    return sorted(mark_place(mark, like) for mark in breaks)


def _breaks(marks: Iterable[Break]) -> list[Break]:
    """The breaks among some marks, oldest first."""
    return sorted((mark for mark in marks if mark.severity == "break"), key=PERIOD)


def _single(ordered: Sequence[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """Where `reach` parts neighbours of one region and group: their marks are looked up once."""
    if not ordered:
        return ()
    breaks = _breaks(applying_to(ordered[0], indicator.breaks))
    places = observation_places(ordered)
    firsts = _first_places(breaks, ordered[0].period)
    era = [bisect_right(firsts, place) for place in places]
    starts = stretch_starts(places, list(map(_SEGMENT, ordered)), era)
    return tuple(
        Stretch(
            tuple(ordered[start:end]),
            max(breaks[era[start - 1] : era[start]], key=PERIOD, default=None) if start else None,
        )
        for start, end in pairwise([*starts, len(ordered)])
    )


def _united(ordered: Sequence[Observation], indicator: Indicator) -> tuple[Stretch, ...]:
    """
    Cut a series of a union, whose members may differ between years.

    Each observation is compared with the newest of its stretch with a number, or the newest: a
    union without a number shows nothing of its members.
    """
    parts: list[tuple[list[Observation], Break | None]] = []
    reference: Observation | None = None
    for observation in ordered:
        verdict = continuity(reference, observation, indicator) if reference else None
        if verdict and verdict.comparable:
            parts[-1][0].append(observation)
            if observation.present or not (reference and reference.present):
                reference = observation
        else:
            breaks = verdict.breaks if verdict else ()
            parts.append(([observation], max(breaks, key=lambda mark: mark.period, default=None)))
            reference = observation
    return tuple(Stretch(tuple(inside), after) for inside, after in parts)


def described_stretches(stretches: Iterable[Stretch]) -> tuple[Stretch | None, Stretch | None]:
    """The latest stretch with a number and the longest older one; of equals the later."""
    known = [stretch for stretch in stretches if stretch.present]
    if not known:
        return None, None
    older = reversed(known[:-1])
    return known[-1], max(older, key=lambda stretch: len(stretch.present), default=None)


def later_breaks(
    observation: Observation, newest: Observation, indicator: Indicator
) -> tuple[str, ...]:
    """The periods in which a series is broken after an observation, up to the newest one."""
    later = marks_within(
        applying_to(observation, indicator.breaks), observation.period, newest.period
    )
    return tuple(dict.fromkeys(mark.period for mark in _breaks(later)))


def _require_one_series(ordered: list[Observation], indicator: Indicator) -> None:
    kinds = set(map(_SERIES_KEY, ordered))
    if len(kinds) > 1 or any(id != indicator.id for id, *_ in kinds):
        raise ValueError(f"{indicator.id}: expected one series, got {sorted(kinds)}")
    if len(set(observation_places(ordered))) < len(ordered):
        raise ValueError(f"{indicator.id}: a period stands twice in one series; keep one of them")


def step(periods: Iterable[str]) -> int:
    """The usual distance between periods of an indicator: 1, or 4 for elections."""
    known = sorted({ordinal(period) for period in periods})
    gaps = [later - earlier for earlier, later in pairwise(known)]
    return min(gaps, default=1)


def line_stretches(
    series: Iterable[Observation], marks: Sequence[Break], usual_step: int
) -> list[tuple[Observation, ...]]:
    """
    Cut one series into the stretches that may be joined by a line.

    Args:
        series: of one region and group, oldest first; of a union it is cut where members,
            lacking or division change.
        marks: those that apply to it; only breaks cut.
        usual_step: distance between periods (see `step`).

    Returns:
        Those with a number, oldest first; a lone period is a stretch of one.

    """
    numbers = with_numbers(series)
    if not numbers:
        return []
    places = observation_places(numbers)
    firsts = _first_places(_breaks(marks), numbers[0].period)
    era = [bisect_right(firsts, place) for place in places]
    constant = [list(map(_SEGMENT, numbers)), era, list(map(_MAKEUP, numbers))]
    starts = stretch_starts(places, *constant, step=usual_step)
    return [numbers[start:end] for start, end in pairwise([*starts, len(numbers)])]
