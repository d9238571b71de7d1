"""
What may be joined and compared: one function decides for every change, gap, order and text.

Pure. Two observations are compared when they are the same indicator, segment and regional
division, no break that concerns them lies between, both have a number, and they differ in
one respect only: region, period, or one dimension of the group. Months and quarters have seasons:
in time they are compared with the same one of another year. A union of regions is compared
with itself only where both figures are made of the same members, and a median of members only
with another, or with a single region of their level. A caution forbids nothing; its words go
along. What is not compared says why. Differences are those of displayed numbers.

A union stands beside its municipality, county or country by the same rule: one segment is one
register, definition and ages at all levels, without which a catalogue is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, ne
from typing import Literal, NamedTuple

from dashboard.codes import DIMENSIONS, Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.thresholds import reaches
from etl.catalogue import Break, Indicator, Text
from etl.catalogue.regions import BOTH_DIVISIONS, division, region_level
from etl.measures.level import is_noise, level_limit

Reason = Literal[
    "indicator", "division", "members", "median", "respects", "break", "segment", "seasonal",
    "missing", "class",
]  # fmt: skip
MEDIAN = "median"
_REGION = "region:"  # before the code of a region that a mark applies to
# Measures without median, rank and difference between regions: a larger region has more people.
NOT_COMPARED = frozenset({"count", "class"})
METHOD = Text(
    sv=(
        "Två uppgifter jämförs bara när de gäller samma mått, register och områdesindelning, inget "
        "tidsseriebrott ligger emellan och båda har ett värde. En uppgift för flera områden "
        "tillsammans jämförs över tid bara när samma områden ingår. En månad jämförs över tid bara "
        "med samma månad ett annat år, ett kvartal med samma kvartal. Uppgifterna avrundas först "
        "och subtraheras sedan. De ligger i nivå med varandra när skillnaden är mindre än 0,5 "
        "procentenheter (andelar), 1 (kvoter och index) eller 2 procent av den uppgift man jämför "
        "med (belopp och antal). Är den större andelen under 10 procent gäller i stället 5 procent "
        "av den, dock minst 0,2 procentenheter. Antal från 2025 har små slumpmässiga justeringar: "
        "färre än 10 personers skillnad räknas då som ingen."
    ),
    en=(
        "Two figures are compared only when they are of the same measure, register and regional "
        "division, no break in the series lies between and both have a number. A figure of several "
        "areas together is compared over time only where the same areas are in it. A month is "
        "compared over time only with the same month of another year, a quarter with the same "
        "quarter. Figures are "
        "rounded first and then subtracted. They are level with each other when the difference is "
        "under 0.5 percentage points (shares), 1 (ratios and indexes) or 2 per cent of the figure "
        "that is compared with (amounts and counts). Where the larger share is under 10 per cent "
        "it is 5 per cent of it instead, at least 0.2 percentage points. Counts from 2025 have "
        "small random adjustments: a difference of fewer than 10 persons is then taken as none."
    ),
)


class Verdict(NamedTuple):
    """
    Whether two observations may be compared; `reason` is None when they may.

    `breaks` are those that lie between, `cautions` those whose words must follow any
    comparison, `missing` the observations without a number.
    """

    reason: Reason | None
    breaks: tuple[Break, ...] = ()
    cautions: tuple[Break, ...] = ()
    missing: tuple[Observation, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether the two may be compared."""
        return self.reason is None


# Most pairs that are asked about are neighbouring years of one series with nothing between.
_UNDIVIDED = Verdict(None)
_SEGMENT_KEY = attrgetter("indicator", "region", "sex", "background", "age", "education", "segment")


class Difference(NamedTuple):
    """
    `observation` minus `reference` as displayed, in the unit; None where not comparable.

    `level` says that the two are in level with each other by the published `thresholds`.
    """

    observation: Observation
    reference: Observation
    verdict: Verdict
    value: float | None
    level: bool


def continuity(first: Observation, second: Observation, indicator: Indicator) -> Verdict:
    """What lies between two observations, whether or not they have a number."""
    between = _marks_between(first, second, indicator)
    reason = None if _one_series(first, second, indicator) else _obstacle(first, second, indicator)
    breaks = tuple([mark for mark in between if mark.severity == "break"])
    reason = reason or ("break" if breaks else None)
    if reason is None and first.segment != second.segment:
        reason = "segment"
    if reason is None and not between:
        return _UNDIVIDED
    cautions = tuple([mark for mark in between if mark.severity == "caution"])
    return Verdict(reason, breaks, cautions)


def comparability(first: Observation, second: Observation, indicator: Indicator) -> Verdict:
    """Decide whether two observations may be compared and, if not, why."""
    verdict = continuity(first, second, indicator)
    if verdict.comparable and not of_one_season(first, second):
        verdict = Verdict("seasonal", verdict.breaks, verdict.cautions)
    missing = tuple([row for row in (first, second) if not row.present])
    if not missing:
        return verdict
    return Verdict(verdict.reason or "missing", verdict.breaks, verdict.cautions, missing)


def has_seasons(period: str) -> bool:
    """Whether a period is a part of a year."""
    return len(period) > len("2026")


def of_one_season(first: Observation, second: Observation) -> bool:
    """Whether two are of the same month or quarter, of whatever years; years always are."""
    return first.period[4:] == second.period[4:]


def earlier_figure(present: Sequence[Observation]) -> Observation | None:
    """
    The figure that the last one of a series is compared with; None where there is none.

    The one before it; of a month or quarter that of the year before, or the newest earlier year.
    """
    earlier = (row for row in reversed(present[:-1]) if of_one_season(row, present[-1]))
    return next(earlier, None)


def difference(
    observation: Observation,
    reference: Observation,
    indicator: Indicator,
    verdict: Verdict | None = None,
) -> Difference:
    """
    What separates two: their change in time, or their gap in one year.

    `verdict`: that of `comparability`, where it is known.
    """
    verdict = verdict or comparability(observation, reference, indicator)
    if verdict.comparable and indicator.measure == "class":
        verdict = Verdict("class", verdict.breaks, verdict.cautions)
    if not verdict.comparable:
        return Difference(observation, reference, verdict, None, level=False)
    value, reference_value = (
        displayed_value(observation.number, indicator.decimals),
        displayed_value(reference.number, indicator.decimals),
    )
    size = round(value - reference_value, indicator.decimals)
    level = in_level(size, indicator, reference=reference_value, larger=max(value, reference_value))
    noise = is_noise(size, indicator, observation.year, reference.year)
    return Difference(observation, reference, verdict, size, level=level or noise)


def in_level(size: float, indicator: Indicator, *, reference: float, larger: float) -> bool:
    """Whether a displayed difference is too small to be stated (see `level_limit`)."""
    return not reaches(size, level_limit(indicator, reference=reference, larger=larger))


def arrow(compared: Difference) -> Literal["↑", "↓", "→"] | None:
    """The arrow of a change; None where the two are not compared."""
    if compared.value is None:
        return None
    if compared.level:
        return "→"
    return "↑" if compared.value > 0 else "↓"


def marks_within(marks: Iterable[Break], first: str, last: str) -> tuple[Break, ...]:
    """The breaks and cautions after the first of two periods, up to the last."""
    return tuple([mark for mark in marks if first < mark.period <= last])


def _marks_between(
    first_observation: Observation, second_observation: Observation, indicator: Indicator
) -> tuple[Break, ...]:
    """Breaks and cautions after the earlier period, up to the later, that concern either."""
    first, last = first_observation.period, second_observation.period
    if first == last or not indicator.breaks:
        return ()
    if first > last:
        first, last = last, first
    return tuple(
        [
            mark
            for mark in marks_within(indicator.breaks, first, last)
            if not mark.applies_to
            or applying_to(first_observation, (mark,))
            or applying_to(second_observation, (mark,))
        ]
    )


def applying_to(observation: Observation, marks: Sequence[Break]) -> tuple[Break, ...]:
    """The breaks and cautions that concern the series of an observation."""
    return applying(
        marks, region=observation.region, group=observation.group, members=observation.members
    )


def _one_series(first: Observation, second: Observation, indicator: Indicator) -> bool:
    """Whether two are of one region that is no union, one group and one segment."""
    same_segment = first.indicator == indicator.id and _SEGMENT_KEY(first) == _SEGMENT_KEY(second)
    return same_segment and not (first.members or second.members)


def _obstacle(first: Observation, second: Observation, indicator: Indicator) -> Reason | None:
    if not first.indicator == second.indicator == indicator.id:
        return "indicator"
    first_division, second_division = (
        first.division or division(first.region),
        second.division or division(second.region),
    )
    divisions = {first_division, second_division} - {None, BOTH_DIVISIONS}
    if len(divisions) > 1:
        return "division"
    if (first.how == MEDIAN) != (second.how == MEDIAN) and not _of_peers(first, second):
        return "median"
    if first.region == second.region:
        if first.present and second.present and union_makeup(first) != union_makeup(second):
            return "members"
        if first.group == second.group:
            return None
    respects = (first.region != second.region) + (first.period != second.period)
    respects += sum(map(ne, first.group, second.group))
    return "respects" if respects > 1 else None


def _of_peers(first: Observation, second: Observation) -> bool:
    """Whether a single region stands beside the median of regions of its own level."""
    median, single = (first, second) if first.how == MEDIAN else (second, first)
    levels = {region_level(code) for code in median.members}
    return not single.members and levels == {region_level(single.region)}


def union_makeup(observation: Observation) -> tuple[object, ...]:
    """What a figure of a union is made of; two of one union that differ here are never joined."""
    return observation.members, observation.lacking, observation.division


def applying(
    marks: Sequence[Break], *, region: str, group: Group, members: Iterable[str] = ()
) -> tuple[Break, ...]:
    """
    The breaks and cautions that concern one series; one without `applies_to` concerns all.

    What concerns any of the `members` of a union concerns the union, unless the area that one
    of them lost or gained is the union's before and after.
    """
    if not any(mark.applies_to for mark in marks):
        return tuple(marks)
    regions, codes = _concerned_codes(region, group, tuple(members))
    return tuple(
        [
            mark
            for mark in marks
            if not mark.applies_to
            or (not codes.isdisjoint(mark.applies_to) and not _is_whole(mark, regions))
        ]
    )


@lru_cache(maxsize=1024)
def _concerned_codes(
    region: str, group: Group, members: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str]]:
    """The regions of a series, and by what marks may name it; a page asks many times."""
    regions = frozenset({region, *members})
    by_group = (f"{name}:{code}" for name, code in zip(DIMENSIONS, group, strict=True))
    return regions, frozenset({*(f"{_REGION}{code}" for code in regions), *by_group})


def _is_whole(mark: Break, regions: frozenset[str]) -> bool:
    """Whether all regions that exchanged area are among some."""
    return bool(mark.whole_with) and regions.issuperset(mark.whole_with)


def concerning_regions(
    marks: Iterable[Break], regions: Mapping[str, Sequence[str]]
) -> tuple[Break, ...]:
    """
    The breaks and cautions but those of other regions than some.

    Args:
        marks: of an indicator.
        regions: the members of each, none where it is no union.

    """
    return tuple(
        mark
        for mark in marks
        if not any(target.startswith(_REGION) for target in mark.applies_to)
        or any(
            f"{_REGION}{code}" in mark.applies_to
            and not _is_whole(mark, frozenset({region, *members}))
            for region, members in regions.items()
            for code in (region, *members)
        )
    )
