"""
The gap between two groups: which make a pair, and how far apart they are in a region and year.

Pure. Groups of a pair differ in one dimension and have nobody in common. `comparison` decides of
each two figures; a side without a number leaves the gap without one. A gap is measured as the
difference, first minus second, as the ratio, first divided by second, or as the index of the first
where the second is 100: all of the displayed numbers. Shares under 1 per cent, and what is not
above zero, are no reference. How a gap changes is in `gap_changes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from dashboard.codes import BACKGROUND_KINDS, DIMENSIONS, GROUP_KINDS, GapMeasure, Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.comparison import (
    Difference,
    Verdict,
    applying_to,
    comparability,
    continuity,
    difference,
    has_seasons,
    in_level,
    of_one_season,
)
from dashboard.text import translated
from etl.catalogue import TOTAL, Break, Catalogue, Indicator
from etl.catalogue.ages import span
from etl.catalogue.regions import is_neighbourhood

Refusal = Literal["same", "dimensions", "kinds", "nested", "class", "count"]
NoRatio = Literal["missing", "not_positive", "zero", "low"]
_USUAL_PAIRS = (("SE", "SAMUTF"), ("SE", "VXEUEES"), ("sv", "öv"), ("2", "1"), ("F", "EU"))
RATIO_DECIMALS, INDEX_DECIMALS = 2, 0
LEAST_REFERENCE = 1.0  # per cent; a smaller share is no reference of a ratio
# Who is in a group, in parts that no group divides; of a group that is not here it is itself.
_RECENT = frozenset({"INT010", "INT020", "INT030"})
_FAR = frozenset({"AFR", "ASI", "AND"})
_OUTSIDE = _FAR | {"rest of Europe"}
_ABROAD = _OUTSIDE | {"NEXS", "EUEESXN"}
_PARTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(("SE", "sv"), frozenset({"SVB", "here of parents born abroad"})),
        "UTLB": _ABROAD | {"here of parents born abroad"},
        "SAMUTF": _ABROAD,
        "VXEUEES": _OUTSIDE,
        "öv": _FAR,
        "EUR": _ABROAD - _FAR,
        "INTTOT": _RECENT | {"INT040"},
        "INT0-9": _RECENT,
        "030": frozenset({"010", "020"}),
    }
)


@dataclass(frozen=True)
class Gap:
    """Two groups of one region and year, and their difference: `first` minus `second`."""

    first: Observation
    second: Observation
    difference: Difference
    indicator: Indicator = field(repr=False, compare=False)

    @property
    def value(self) -> float | None:
        """The difference; None where it has none."""
        return self.difference.value

    @property
    def number(self) -> float:
        """The difference; ValueError where it has none."""
        if self.value is None:
            raise ValueError(f"{self.first.region} {self.period} has no difference")
        return self.value

    @cached_property
    def no_ratio(self) -> NoRatio | None:
        """Why it has no ratio; None where it has one."""
        if self.value is None:
            return "missing"
        top, bottom = self.displayed
        return _no_ratio(top, bottom, self.indicator)

    @cached_property
    def ratio(self) -> float | None:
        """The first of the displayed numbers divided by the second."""
        if self.no_ratio:
            return None
        top, bottom = self.displayed
        return displayed_value(top / bottom, RATIO_DECIMALS)

    @property
    def displayed(self) -> tuple[float, float]:
        """The numbers of both groups as displayed; ValueError where one has none."""
        decimals = self.indicator.decimals
        first, second = self.first.number, self.second.number
        return displayed_value(first, decimals), displayed_value(second, decimals)

    @property
    def index(self) -> float | None:
        """The ratio where the second group is 100."""
        return None if self.ratio is None else displayed_value(self.ratio * 100, INDEX_DECIMALS)

    def by(self, measure: GapMeasure) -> float | None:
        """The gap by one of its measures."""
        return {"gap": self.value, "ratio": self.ratio, "index": self.index}[measure]

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


def pair_refusal(
    first: Group, second: Group, indicator: Indicator, catalogue: Catalogue
) -> Refusal | None:
    """
    Why two groups make no pair; None where they do.

    "same": they are one group. "dimensions": they differ in more than one. "kinds": in one, but
    by origin and by time in Sweden, say. "nested": some people are in both. "class" and "count":
    the measure is no number, or a number of people, which says nothing of groups of unlike size.
    """
    if indicator.measure in {"class", "count"}:
        return "class" if indicator.measure == "class" else "count"
    names = [name for name in DIMENSIONS if getattr(first, name) != getattr(second, name)]
    if len(names) != 1:
        return "dimensions" if names else "same"
    name = names[0]
    one, other = getattr(first, name), getattr(second, name)
    if have_common_people(name, one, other):
        return "nested"
    kinds = {
        catalogue.category[name, code].kind
        for code in (one, other)
        if (name, code) in catalogue.category
    }
    by_origin_and_other = name == "background" and len(kinds & set(BACKGROUND_KINDS)) > 1
    return "kinds" if by_origin_and_other else None


def differing(pair: tuple[Group, Group]) -> str:
    """The first dimension in which two groups differ; StopIteration where they are one."""
    return next(name for name in DIMENSIONS if getattr(pair[0], name) != getattr(pair[1], name))


def have_common_people(dimension: str, one: str, other: str) -> bool:
    """Whether two groups of a dimension overlap, as a total and its part do."""
    if TOTAL in {one, other}:
        return True
    if dimension != "age":
        return not _parts(one).isdisjoint(_parts(other))
    ages, other_ages = span(one), span(other)
    if ages is None or other_ages is None:
        return one == other
    return max(ages[0], other_ages[0]) <= min(ages[1], other_ages[1])


def contains(whole: str, part: str) -> bool:
    """Whether everybody in a group by background is in another."""
    return whole == TOTAL or (part != TOTAL and _parts(part) <= _parts(whole))


def offered_pairs(
    base: Group, existing: Iterable[Group], indicator: Indicator, catalogue: Catalogue
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """
    The pairs of each kind of groups that exist beside the rest of `base`, the usual one first.

    Of two groups the one that the catalogue names first is the first; kinds without pairs are
    left out.
    """
    pairs = {}
    for kind, codes in codes_by_kind(base, existing, catalogue).items():
        possible = [
            pair
            for pair in combinations(codes, 2)
            if pair_refusal(
                with_code(base, pair[0], catalogue),
                with_code(base, pair[1], catalogue),
                indicator,
                catalogue,
            )
            is None
        ]
        usual = set(usual_pair(codes))
        pairs[kind] = tuple(sorted(possible, key=lambda pair: set(pair) != usual))
    return {kind: found for kind, found in pairs.items() if found}


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
    verdicts: dict[tuple[str | None, ...], Verdict] = {}
    return tuple(
        _gap(
            first.get(key) or _absent(models[0], key, second.get(key)),
            second.get(key) or _absent(models[1], key, first.get(key)),
            indicator,
            verdicts,
        )
        for key in keys
    )


def gap_stretches(series: Iterable[Gap], indicator: Indicator) -> tuple[tuple[Gap, ...], ...]:
    """
    The gaps of a region that have a number, in the stretches in which neither group is broken.

    The oldest stretch is first, and the oldest gap in each. A year without a number does not cut.
    """
    comparable = [gap for gap in series if gap.value is not None]
    if not comparable:
        return ()
    breaks = [mark.period for mark in gap_marks(comparable[0], indicator)
              if mark.severity == "break"]  # fmt: skip
    starts = [0]
    for position, (before, after) in enumerate(pairwise(comparable), start=1):
        if not _joined(before, after, indicator, breaks):
            starts.append(position)
    return tuple(
        tuple(comparable[start:end]) for start, end in pairwise([*starts, len(comparable)])
    )


def of_last_season(stretch: Sequence[Gap]) -> tuple[Gap, ...]:
    """Those of the month or quarter of the last one; of years all."""
    if not (stretch and has_seasons(stretch[-1].period)):
        return tuple(stretch)
    return tuple([gap for gap in stretch if of_one_season(gap.first, stretch[-1].first)])


def gap_rows(series: Sequence[Gap], measure: GapMeasure) -> tuple[Observation, ...]:
    """Gaps of one region as rows of a series of everybody, as `line_chart` draws them."""
    return tuple(
        Observation(
            gap.first.indicator,
            gap.first.region,
            gap.period,
            f"{gap.first.segment}|{gap.second.segment}",
            gap.by(measure),
            gap.status,
            kind="computed",
            members=(*gap.first.members, *gap.second.members),
            lacking=(*gap.first.lacking, *gap.second.lacking),
        )
        for gap in series
    )


def gap_indicator(series: Sequence[Gap], indicator: Indicator, measure: GapMeasure) -> Indicator:
    """The gap as an indicator of its own: unit, decimals, and what breaks it."""
    marks = [mark for gap in series for mark in gap_marks(gap, indicator)]
    breaks = tuple(
        mark.model_copy(update={"applies_to": ()})
        for mark in sorted(dict.fromkeys(marks), key=lambda mark: mark.period)
    )
    unit = translated("points") if indicator.measure == "share" else indicator.unit
    changes: dict[str, Any] = {"measure": "amount", "unit": unit, "breaks": breaks}
    if measure == "ratio":
        changes |= {"decimals": RATIO_DECIMALS}
    elif measure == "index":
        changes |= {
            "measure": "index", "decimals": INDEX_DECIMALS, "unit": translated("index_unit"),
        }  # fmt: skip
    return indicator.model_copy(update=changes)


def gap_marks(gap: Gap, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks and cautions that concern either group."""
    sides = (applying_to(side, indicator.breaks) for side in (gap.first, gap.second))
    return tuple(dict.fromkeys(mark for marks in sides for mark in marks))


def _gap(
    first: Observation,
    second: Observation,
    indicator: Indicator,
    verdicts: dict[tuple[str | None, ...], Verdict],
) -> Gap:
    """A gap; two numbers of a year are compared or not by region, segment and division alone."""
    verdict = None
    if first.present and second.present and not (first.members or second.members):
        key = (
            first.region, first.segment, second.segment,
            first.division, second.division, first.how, second.how,
        )  # fmt: skip
        verdict = verdicts.get(key)
        if verdict is None:
            verdict = verdicts[key] = comparability(first, second, indicator)
    return Gap(first, second, difference(first, second, indicator, verdict), indicator)


def _no_ratio(top: float, bottom: float, indicator: Indicator) -> NoRatio | None:
    """Why one number is not divided by another; None where it is."""
    if bottom == 0:
        return "zero"
    if top <= 0 or bottom < 0:
        return "not_positive"
    return "low" if indicator.measure == "share" and bottom < LEAST_REFERENCE else None


def _parts(code: str) -> frozenset[str]:
    return _PARTS.get(code, frozenset({code}))


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


def _joined(before: Gap, after: Gap, indicator: Indicator, breaks: Sequence[str]) -> bool:
    """Whether two gaps of a region are of one stretch; of unions `comparison` looks at members."""
    first, next_first, second, next_second = before.first, after.first, before.second, after.second
    if first.members or next_first.members or second.members or next_second.members:
        sides = ((first, next_first), (second, next_second))
        return all(continuity(one, other, indicator).comparable for one, other in sides)
    if first.segment != next_first.segment or second.segment != next_second.segment:
        return False
    return not any(first.period < period <= next_first.period for period in breaks)


class Contrast(NamedTuple):
    """
    One gap in two groups, or in two regions, in a period: the `wider` one and the `other`.

    `verdict`: "alike" by the thresholds, "wider", or "opposite" where the other group is ahead.
    """

    wider: Gap
    other: Gap
    verdict: Literal["alike", "wider", "opposite"]


Side = tuple[str, Group]  # a region and a group


def contrast(
    series: Mapping[Side, Sequence[Observation]],
    sides: tuple[tuple[Side, Side], tuple[Side, Side]],
    indicator: Indicator,
) -> Contrast | None:
    """
    Two gaps in the newest period in which all four sides may be compared; None where there is none.

    Args:
        series: the rows of each side.
        sides: the two groups of each gap. The gaps are of two regions, or differ in one dimension
            of the group.
        indicator: whose figures they are.

    """
    pairs = [gaps(series.get(one, ()), series.get(other, ()), indicator) for one, other in sides]
    first, second = ({gap.period: gap for gap in found if gap.value is not None} for found in pairs)
    for period in sorted(first.keys() & second.keys(), reverse=True):
        one, other = first[period], second[period]
        ends = ((one.first, other.first), (one.second, other.second))
        if all(comparability(*pair, indicator).comparable for pair in ends):
            return _contrast(one, other, indicator)
    return None


def _contrast(one: Gap, other: Gap, indicator: Indicator) -> Contrast:
    """Which of two gaps is wider, as displayed, by the thresholds of two values in level."""
    wider, narrower = (one, other) if abs(one.number) >= abs(other.number) else (other, one)
    turned = one.number * other.number < 0
    if turned and not (one.difference.level or other.difference.level):
        return Contrast(wider, narrower, "opposite")
    size = round(abs(wider.number) - abs(narrower.number), indicator.decimals)
    displayed = [end for gap in (one, other) for end in gap.displayed]
    alike = in_level(size, indicator, reference=abs(narrower.number), larger=max(displayed))
    return Contrast(wider, narrower, "alike" if alike else "wider")


def crossed_sides(
    lines: Sequence[Side], indicator: Indicator, catalogue: Catalogue
) -> tuple[tuple[Side, Side], tuple[Side, Side]] | None:
    """
    The two gaps that crossed lines are about; None where they hold no pair.

    Of the first region the gap between women and men in two groups that have nobody in common;
    where its groups differ in one dimension only, their usual gap in it and in the next region.
    Two areas are not set against each other by background.
    """
    region = lines[0][0]
    regions = list(dict.fromkeys(code for code, _ in lines))
    own = [group for code, group in lines if code == region and not _unknown(group, catalogue)]
    codes = {name: tuple(dict.fromkeys(getattr(one, name) for one in own)) for name in DIMENSIONS}
    varying = [name for name in DIMENSIONS if len(codes[name]) > 1]
    parts = (one for one in own if all(getattr(one, name) != TOTAL for name in varying))
    leading = next(parts, None)
    if leading is None:
        return None
    for name in varying:  # sex before background
        pair = _pair_within(leading, name, codes[name], indicator, catalogue=catalogue)
        if pair is None:
            continue
        for other in (one for one in reversed(DIMENSIONS) if one in varying and one != name):
            for code in reversed(codes[other]):
                start = getattr(pair[0], other)
                beside = tuple(group._replace(**{other: code}) for group in pair)
                if set(beside) <= set(own) and not have_common_people(other, start, code):
                    return (
                        ((region, pair[0]), (region, pair[1])),
                        ((region, beside[0]), (region, beside[1])),
                    )
        if (
            len(varying) == 1
            and len(regions) > 1
            and not (name == "background" and all(map(is_neighbourhood, (region, regions[1]))))
        ):
            return (
                ((region, pair[0]), (region, pair[1])),
                ((regions[1], pair[0]), (regions[1], pair[1])),
            )
    return None


def _pair_within(
    leading: Group, name: str, codes: Sequence[str], indicator: Indicator, *, catalogue: Catalogue
) -> tuple[Group, Group] | None:
    """The usual pair of some codes beside the rest of a group; None where none may be a pair."""
    known = [code for code in codes if code != TOTAL]
    if len(known) < 2:
        return None
    for one, other in dict.fromkeys((usual_pair(known), *combinations(known, 2))):
        first, second = (leading._replace(**{name: code}) for code in (one, other))
        if pair_refusal(first, second, indicator, catalogue) is None:
            return first, second
    return None


def _unknown(group: Group, catalogue: Catalogue) -> bool:
    """Whether a group is of persons of whom something is not known."""
    known = (catalogue.category.get((name, getattr(group, name))) for name in DIMENSIONS)
    return any(category is not None and category.unknown for category in known)
