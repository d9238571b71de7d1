"""
The difference between two groups: over time in one region, and in many regions of one year.

Pure. `comparison` decides of each pair; a side without a number leaves the difference without
one. The ratio is of the displayed numbers, where both are above zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.codes import DIMENSIONS, GROUP_KINDS, Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.comparison import (
    Difference,
    applying_to,
    continuity,
    difference,
    of_one_season,
)
from dashboard.text import translated
from etl.catalogue import TOTAL, Break, Catalogue, Indicator

_USUAL_PAIRS = (("SE", "SAMUTF"), ("SE", "VXEUEES"), ("sv", "öv"), ("2", "1"), ("F", "EU"))
RATIO_DECIMALS = 2


@dataclass(frozen=True)
class Gap:
    """Two groups of one region and year, and their difference: `first` minus `second`."""

    first: Observation
    second: Observation
    difference: Difference
    ratio: float | None

    @property
    def value(self) -> float | None:
        """The difference; None where it has none."""
        return self.difference.value

    @property
    def period(self) -> str:
        """The year."""
        return self.first.period

    @property
    def status(self) -> str | None:
        """The symbol of a side without a number."""
        return next((side.status for side in (self.first, self.second) if not side.present), None)


def dimension_of(code: str, catalogue: Catalogue) -> str:
    """The dimension of a group's code; "" for one that nobody has named."""
    names = (name for name in DIMENSIONS if (name, code) in catalogue.category)
    return next(names, "")


def with_code(group: Group, code: str, catalogue: Catalogue) -> Group:
    """A group with another code in the dimension of that code."""
    return group._replace(**{dimension_of(code, catalogue): code})


def codes_by_kind(
    base: Group, existing: Iterable[Group], catalogue: Catalogue
) -> Mapping[str, tuple[str, ...]]:
    """The codes of each kind that exist beside the rest of `base`, where there are at least two."""
    known = set(existing)
    codes: dict[str, list[str]] = {}
    for (name, code), category in catalogue.category.items():
        if code != TOTAL and name in DIMENSIONS and with_code(base, code, catalogue) in known:
            codes.setdefault(category.kind, []).append(code)
    return {kind: tuple(codes[kind]) for kind in GROUP_KINDS if len(codes.get(kind, ())) > 1}


def usual_pair(codes: Sequence[str]) -> tuple[str, str]:
    """The pair that is shown when nobody chose one among these codes."""
    return next((pair for pair in _USUAL_PAIRS if set(pair) <= set(codes)), (codes[0], codes[-1]))


def gaps(
    first_series: Iterable[Observation], second_series: Iterable[Observation], indicator: Indicator
) -> tuple[Gap, ...]:
    """The gaps of regions and years in which either group has a row, in the order of the rows."""
    first = {(row.region, row.period): row for row in first_series}
    second = {(row.region, row.period): row for row in second_series}
    if not (first and second):
        return ()
    models = next(iter(first.values())), next(iter(second.values()))
    keys = sorted(first.keys() | second.keys(), key=lambda key: (key[1], key[0]))
    return tuple(
        _gap(
            first.get(key) or _absent(models[0], key, second.get(key)),
            second.get(key) or _absent(models[1], key, first.get(key)),
            indicator,
        )
        for key in keys
    )


def latest_gaps(series: Sequence[Gap], indicator: Indicator) -> tuple[Gap, ...]:
    """The latest gaps of a region that may be compared with each other, oldest first."""
    comparable = [gap for gap in series if gap.value is not None]
    start = 0
    for position, (before, after) in enumerate(pairwise(comparable), start=1):
        if not _joined(before, after, indicator):
            start = position
    return tuple(comparable[start:])


def gap_ends(stretch: Sequence[Gap]) -> tuple[Gap, Gap] | None:
    """The first and the last of some gaps, of months and quarters of one season; None without."""
    alike = [gap for gap in stretch if of_one_season(gap.first, stretch[-1].first)]
    return (alike[0], alike[-1]) if len(alike) > 1 else None


def gap_rows(series: Sequence[Gap], *, ratio: bool) -> tuple[Observation, ...]:
    """Gaps of one region as rows of a series of everybody, as `line_chart` draws them."""
    return tuple(
        Observation(
            gap.first.indicator,
            gap.first.region,
            gap.period,
            f"{gap.first.segment}|{gap.second.segment}",
            gap.ratio if ratio else gap.value,
            gap.status,
            kind=gap.first.kind,
            members=(*gap.first.members, *gap.second.members),
            lacking=(*gap.first.lacking, *gap.second.lacking),
        )
        for gap in series
    )


def gap_measure(series: Sequence[Gap], indicator: Indicator, *, ratio: bool) -> Indicator:
    """The difference, or the ratio, as a measure of its own: unit, decimals, and what breaks it."""
    marks = [mark for gap in series for mark in gap_marks(gap, indicator)]
    breaks = tuple(
        mark.model_copy(update={"applies_to": ()})
        for mark in sorted(dict.fromkeys(marks), key=lambda mark: mark.period)
    )
    unit = translated("points") if indicator.measure == "share" else indicator.unit
    changes: dict[str, Any] = {"measure": "amount", "unit": unit, "breaks": breaks}
    if ratio:
        changes |= {"decimals": RATIO_DECIMALS}
    return indicator.model_copy(update=changes)


def gap_marks(gap: Gap, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks and cautions that concern either group."""
    sides = (applying_to(side, indicator.breaks) for side in (gap.first, gap.second))
    return tuple(dict.fromkeys(mark for marks in sides for mark in marks))


def _gap(first: Observation, second: Observation, indicator: Indicator) -> Gap:
    gap_difference = difference(first, second, indicator)
    ratio = None
    if gap_difference.value is not None:
        top, bottom = (displayed_value(side.number, indicator.decimals) for side in (first, second))
        ratio = round(top / bottom, RATIO_DECIMALS) if top > 0 and bottom > 0 else None
    return Gap(first, second, gap_difference, ratio)


def _absent(
    model: Observation, key: tuple[str, str], counterpart: Observation | None
) -> Observation:
    """A group without a row, in the segment of the group that it is compared with."""
    region, period = key
    return Observation(
        model.indicator,
        region,
        period,
        counterpart.segment if counterpart else model.segment,
        None,
        sex=model.sex,
        background=model.background,
        age=model.age,
        education=model.education,
    )


def _joined(before: Gap, after: Gap, indicator: Indicator) -> bool:
    sides = ((before.first, after.first), (before.second, after.second))
    return all(continuity(first, second, indicator).comparable for first, second in sides)
