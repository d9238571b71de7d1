"""
The years of a table: which are shown, which may be chosen, and what lies between two of them.

Pure. Years stand newest first. What concerns a series is decided in `comparison`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dashboard.codes import Group
from dashboard.rules.comparison import applying, marks_within
from etl.catalogue import Break, Indicator

BoundaryKind = Literal["break", "caution", "segment"]
MOST_YEARS = 10  # years that are shown when nobody asks
YearSpan = tuple[str, str]


@dataclass(frozen=True)
class Boundary:
    """What lies between a year and the year before it: the gravest of its marks, and all."""

    kind: BoundaryKind
    marks: tuple[Break, ...]


def years_to_show(known: Sequence[str], span: YearSpan | None) -> tuple[str, ...]:
    """The years to show, newest first; () where none lies in the span."""
    if span is None:
        return tuple(known[:MOST_YEARS])
    return tuple(year for year in known if span[0] <= year[:4] <= span[1])


def unbroken_spans(known: Sequence[str], marks: Iterable[Break]) -> tuple[YearSpan, ...]:
    """All years, and each unbroken run of them, newest first; () without years."""
    if not known:
        return ()
    stops = sorted({mark.period for mark in marks if mark.severity == "break"}, reverse=True)
    runs: list[list[str]] = [[known[0]]]
    for newer, older in pairwise(known):
        if any(older < stop <= newer for stop in stops):
            runs.append([])
        runs[-1].append(older)
    every = (known[-1][:4], known[0][:4])
    parts = [(run[-1][:4], run[0][:4]) for run in runs]
    return tuple(dict.fromkeys([every, *parts]))


def change_years(years: Sequence[str], span: YearSpan | None) -> YearSpan | None:
    """The two years between which change is counted: the ends of a span, else the newest two."""
    if len(years) < 2:
        return None
    return (years[-1] if span else years[1]), years[0]


def marks_concerning(
    indicator: Indicator, regions: Sequence[str], group: Group
) -> tuple[Break, ...]:
    """The breaks and cautions that concern a group in any of some regions."""
    return tuple(
        mark
        for mark in indicator.breaks
        if any(applying((mark,), region=code, group=group) for code in regions)
    )


def boundaries(
    years: Sequence[str], marks: Sequence[Break], segments: Mapping[str, frozenset[str]]
) -> Mapping[str, Boundary]:
    """What lies before each shown year that something lies before, by that year."""
    by_year = {}
    for newer, older in pairwise(years):
        between = marks_within(marks, older, newer)
        parted = segments.get(newer, frozenset()).isdisjoint(segments.get(older, frozenset()))
        if any(mark.severity == "break" for mark in between):
            by_year[newer] = Boundary("break", between)
        elif parted:
            by_year[newer] = Boundary("segment", between)
        elif between:
            by_year[newer] = Boundary("caution", between)
    return by_year
