"""
How a gap between two groups changes: in one region, and in all regions of a list.

Pure. The size of a gap is its absolute value, and a change is counted inside one stretch: the mean
of the last two years less that of the first two where the stretch has six or more, else the last
year less the first. One list has one period. Only what is sure has a place, is counted as
narrowing or widening, or is named: the smaller group is large enough, the stretch has five years,
and what is told is more than the series' own restlessness. Everything else stands after.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from operator import attrgetter
from statistics import fmean, median
from types import MappingProxyType
from typing import Literal, get_args

from dashboard.codes import FOREIGN_BORN, Group, Order
from dashboard.data.observation import Observation, displayed_value, observation_places
from dashboard.rules.comparison import continuity, in_level
from dashboard.rules.direction import FEWEST_YEARS
from dashboard.rules.gaps import (
    LEAST_REFERENCE,
    Gap,
    contains,
    gap_stretches,
    of_last_season,
)
from dashboard.rules.order import ALPHABET
from dashboard.rules.thresholds import reaches
from etl.catalogue import TOTAL, Break, Catalogue, Indicator, Text
from etl.measures.level import level_limit
from etl.measures.unions import NEAREST_AGES

GapVerdict = Literal["narrowing", "widening", "unchanged", "turned"]
Move = Literal["rose", "fell", "level"]
GapCause = Literal["rose", "fell", "both", "neither"]
Doubt = Literal["lacking", "small", "unknown", "short", "noisy"]
Standing = Literal["sure", "uncertain", "lacking"]
YEARS_FOR_MEANS = 6
FEWEST_PERSONS, FEWEST_PUPILS = 100, 50
NOISE_FACTOR = 2 * 1.4826  # of the median absolute deviation; 1.4826 of it is a standard deviation
# Groups by background that the population has, where the source of a gap has others.
_POPULATION_GROUPS = ("sv", "SE", "SVB", "öv", "SAMUTF", "UTLB")
_DIGITS = 9  # of differences of displayed numbers, which binary fractions miss by a hair
_INDEX_STEP = 1.0  # the least difference of two indexes, as in `thresholds`
_STANDINGS = get_args(Standing)
_NEIGHBOURHOODS = frozenset({"regso", "stadsdel"})
# Measures of those who finish a school in a year, by whose population a year of them is told: a
# class of five years of age holds five such years.
PUPILS: Mapping[str, str] = MappingProxyType(
    {"upper_secondary_eligibility": "15-19", "higher_education_eligibility": "15-19"}
)
PUPIL_YEARS = 5
METHOD = Text(
    sv=(
        "En skillnad är den första gruppens uppgift minus den andras, en kvot den första delad med "
        "den andra, och ett index den första när den andra är 100. Grupperna skiljer sig åt i ett "
        "avseende (födelseregion, kön, tid i Sverige, utbildning eller ålder) och ingen person "
        "ingår i båda. Ingen kvot räknas när den andra gruppens uppgift är noll, eller en andel "
        "under 1 procent. Skillnadens storlek är dess belopp. Hur den ändrats räknas inom en "
        "obruten del av serien: de två sista årens medelvärde minus de två första årens när den "
        "har minst sex år, annars det sista året minus det första. Den har minskat eller ökat när "
        "ändringen når gränsen för ”i nivå”; byter den tecken sägs det, och inte att den minskat. "
        "Alla regioner i en lista jämförs över samma år. En region får plats, räknas som att "
        "skillnaden minskat eller ökat, eller nämns som den där den är störst eller ändrats mest, "
        "bara om den mindre gruppen har minst 100 personer (50 elever), serien har minst fem år "
        "och skillnaden eller ändringen är större än 2 × 1,4826 gånger medianavvikelsen (MAD) för "
        "seriens ändringar från år till år. Andra står efter, med sina tal. Gruppens storlek är "
        "antalet bakom andelen där källan har det, annars folkmängden i gruppen närmaste år. "
        "Finns inte gruppen i folkmängden används den minsta grupp som innehåller den, som alla "
        "utrikes födda. De som slutar grundskola eller gymnasium ett år antas vara en femtedel av "
        "gruppens 15–19-åringar. Är flera nästan lika nämns alla som flera. Landets skillnad är "
        "landets egen uppgift. Områden i en kommun ordnas aldrig efter födelseregion. "
        "Grupperna skiljer sig i ålder, utbildning och tid i Sverige; skillnaden visar inte varför."
    ),
    en=(
        "A difference is the figure of the first group minus that of the second, a ratio the first "
        "divided by the second, and an index the first where the second is 100. The groups differ "
        "in one respect (region of birth, sex, time in Sweden, education or age) and nobody is in "
        "both. There is no ratio where the figure of the second group is zero, or a share under "
        "1 per cent. The size of a difference is its absolute value. Its change is counted within "
        "an unbroken part of the series: the mean of the last two years minus that of the first "
        "two where it has at least six years, otherwise the last year minus the first. It has "
        "narrowed or widened when the change reaches the limit of “level with”; if it changes "
        "sign, that is said, and not that it has narrowed. All regions of a list are compared over "
        "the same years. A region has a place, is counted as one where the difference narrowed or "
        "widened, or is named as the one where it is largest or changed most, only if the smaller "
        "group has at least 100 persons (50 pupils), the series has at least five years, and the "
        "difference or change is larger than 2 × 1.4826 times the median absolute deviation (MAD) "
        "of the series' changes from year to year. Others stand after, with their figures. The "
        "size of a group is the count behind the share where the source has one, otherwise the "
        "population of the group in the nearest year. If the population does not have the group, "
        "the smallest group that contains it is used, such as all foreign-born. Those who finish "
        "compulsory or upper secondary school in a year are taken to be a fifth of those aged "
        "15–19 in the group. Where several are nearly equal they are named as several. The "
        "country's difference is the country's own figure. Areas of a municipality are never "
        "ordered by region of birth. The groups differ in age, education and time in Sweden; the "
        "difference does not show why."
    ),
)


@dataclass(frozen=True)
class GapPeriod:
    """
    The first and the last years that a change is counted between: two and two, or one and one.

    `years`: how many the stretch has, with a number, from the first to the last.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    years: int

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last period."""
        return self.first[0], self.last[-1]

    @property
    def ends(self) -> tuple[str, ...]:
        """Every period of which a region must have a number."""
        return *self.first, *self.last


@dataclass(frozen=True)
class GapChange:
    """
    What became of a gap over a period.

    `start` and `end` are the gap, signed, as displayed; `change` is that of its size, and `shift`
    that of the gap itself. `moves` are those of the first and the second group, by their displayed
    `starts` and `ends`. `opposite`: difference and ratio moved opposite ways. `before` and `after`
    are the first and the last gap.
    """

    period: GapPeriod
    start: float
    end: float
    change: float
    shift: float
    verdict: GapVerdict
    starts: tuple[float, float]
    ends: tuple[float, float]
    moves: tuple[Move, Move]
    opposite: bool
    before: Gap
    after: Gap

    @property
    def is_shared(self) -> bool:
        """Whether both groups rose, or both fell."""
        return self.moves[0] == self.moves[1] != "level"

    @property
    def leading(self) -> int | None:
        """The group (0 or 1) that made the gap narrow or widen; None for both and for neither."""
        if self.cause not in {"rose", "fell"}:
            return None
        lower = 0 if self.starts[0] <= self.starts[1] else 1
        up = lower if self.verdict == "narrowing" else 1 - lower
        return up if self.cause == "rose" else 1 - up

    @property
    def cause(self) -> GapCause:
        """
        Of a gap that narrowed or widened, which group made it so; "neither" of any other.

        Of one that narrowed, "rose": the lower group rose; "fell": the higher one fell. Of one
        that widened the higher rose, or the lower fell. Where both moved one way it is the one
        that moved more; "neither" where no group moved by the thresholds.
        """
        if self.verdict not in {"narrowing", "widening"}:
            return "neither"
        lower, higher = self.moves if self.starts[0] <= self.starts[1] else self.moves[::-1]
        up, down = (lower, higher) if self.verdict == "narrowing" else (higher, lower)
        if up == "rose" and down == "fell":
            return "both"
        if up == "rose":
            return "rose"
        return "fell" if down == "fell" else "neither"


@dataclass(frozen=True)
class GapRow:
    """
    A region of a list: its gap in the last year of the period, and how the gap changed.

    `change` is None where the region lacks a year of the common period. `persons` is the size of
    the smaller group, None where nobody has told it, and `fewest` what it must be. `noise` is what
    a gap or a change must exceed; None under five years. `standing` says where in the list it is,
    `place` which place it has in an order by number; None for those after.
    """

    region: str
    gap: Gap | None
    change: GapChange | None
    persons: float | None
    noise: float | None
    fewest: int
    standing: Standing = "lacking"
    place: int | None = None

    @property
    def gap_size(self) -> float:
        """The size of the gap; ValueError where there is none."""
        if self.gap is None:
            raise ValueError(f"{self.region} has no gap")
        return abs(self.gap.number)

    @property
    def change_size(self) -> float:
        """By how much the size of the gap changed, without sign; ValueError where it is unknown."""
        if self.change is None:
            raise ValueError(f"{self.region} has no change of its gap")
        return abs(self.change.change)

    @property
    def gap_doubt(self) -> Doubt | None:
        """Why the gap is not sure; None where it is."""
        if self.gap is None or self.gap.value is None:
            return "lacking"
        return self._doubt(self.gap.value)

    @property
    def change_doubt(self) -> Doubt | None:
        """Why what became of the gap is not sure; None where it is, unchanged gaps too."""
        if self.change is None:
            return "lacking"
        moved = self.change.shift if self.change.verdict == "turned" else self.change.change
        doubt = self._doubt(moved)
        return None if doubt == "noisy" and self.change.verdict == "unchanged" else doubt

    def _doubt(self, size: float) -> Doubt | None:
        if self.persons is None:
            return "unknown"
        if self.persons < self.fewest:
            return "small"
        if self.noise is None:
            return "short"
        return None if abs(size) > self.noise else "noisy"


@dataclass(frozen=True)
class GapList:
    """
    The gaps of many regions over one period: the sure ones, then the uncertain, then the lacking.

    `period` is None where no region has two years. `ranked` says whether anybody may be named.
    """

    period: GapPeriod | None
    rows: tuple[GapRow, ...]
    ranked: bool
    indicator: Indicator

    @property
    def counts(self) -> Mapping[GapVerdict | Standing, int]:
        """
        How many regions: of each verdict that is sure, `uncertain` and `lacking` a change.

        They add up to the rows.
        """
        return Counter(
            row.change.verdict if row.change and standing == "sure" else standing
            for row in self.rows
            for standing in [_standing(row.change_doubt)]
        )

    @property
    def causes(self) -> Mapping[GapCause, int]:
        """Why those closed that are sure to have narrowed, by how many."""
        return Counter(row.change.cause for row in self.sure("narrowing") if row.change)

    def sure(self, verdict: GapVerdict) -> tuple[GapRow, ...]:
        """The rows of a verdict that is sure, in the order of the list."""
        return tuple(
            [
                row
                for row in self.rows
                if row.change and row.change.verdict == verdict and row.change_doubt is None
            ]
        )

    def most(self, verdict: Literal["narrowing", "widening"]) -> tuple[GapRow, ...]:
        """
        Where the gap narrowed, or widened, most: none, one, or several that are about equal.

        They are in level with the one that changed most, and only regions that are sure are asked.
        """
        return self._leading(self.sure(verdict), attrgetter("change_size"))

    @property
    def largest(self) -> tuple[GapRow, ...]:
        """Where the gap is largest in the last year: none, one, or several about equal."""
        sure = [row for row in self.rows if row.gap_doubt is None]
        return self._leading(sure, attrgetter("gap_size"))

    def _leading(
        self, rows: Sequence[GapRow], size: Callable[[GapRow], float]
    ) -> tuple[GapRow, ...]:
        if not (self.ranked and rows):
            return ()
        ordered = sorted(rows, key=lambda row: (-size(row), row.region))
        leader = ordered[0]
        limit = _limit(leader, self.indicator)
        near = [row for row in ordered if not reaches(size(leader) - size(row), limit)]
        return tuple(near)


def may_be_ranked(level: str, dimension: str, indicator: Indicator) -> bool:
    """
    Whether regions of a level of the warehouse are placed or named by groups of a dimension.

    Areas never are by background, be it that of the groups or what the indicator is a share of.
    """
    by_background = dimension == "background" or indicator.subject == "origin"
    return not (level in _NEIGHBOURHOODS and by_background)


def may_be_ranked_of(level: str, group: Group, indicator: Indicator) -> bool:
    """Whether regions of a level are placed or named by the figures of one group."""
    dimension = "background" if group.background != TOTAL else ""
    return may_be_ranked(level, dimension, indicator)


def size_groups(
    group: Group, indicator: Indicator, period: str, catalogue: Catalogue
) -> tuple[Group, ...]:
    """
    The groups of the population by which the size of a group is told, the nearest first.

    The group itself in the ages of the indicator, in ages near to them, or in all ages; then the
    smallest groups by background that contain it. Of pupils all are of one class of ages.
    """
    ages: tuple[str, ...] = (PUPILS[indicator.id],) if indicator.id in PUPILS else ()
    if not ages:
        known = [group.age, *(one.ages for one in indicator.segments if period in one.years)]
        given = next((age for age in known if age and age != TOTAL), TOTAL)
        ages = tuple(dict.fromkeys((given, NEAREST_AGES.get(given, TOTAL), TOTAL)))
    backgrounds = [group.background, *wider_backgrounds(group.background, catalogue)]
    return tuple(
        Group(group.sex, background, age)
        for background, age in product(dict.fromkeys(backgrounds), ages)
    )


def wider_backgrounds(code: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The groups of the population by background that contain another, the smallest first."""
    category = catalogue.category.get(("background", code))
    if category and category.kind in {"stay", "reason"}:
        return (FOREIGN_BORN,)
    return tuple(one for one in _POPULATION_GROUPS if code != TOTAL and contains(one, code))


def smaller_group(
    rows: Iterable[Observation],
    pair: tuple[Group, Group],
    indicator: Indicator,
    populations: Mapping[tuple[str, Group], float],
    *,
    until: str,
    catalogue: Catalogue,
) -> Mapping[str, float]:
    """
    The persons, or pupils, of the smaller group of each region in which both have a size.

    Args:
        rows: of both groups, whose counts in the year are taken first.
        pair: the two groups.
        indicator: whose figures they are.
        populations: as by `data.series.populations`, of the groups of `size_groups`.
        until: the period.
        catalogue: names the groups.

    """
    sizes: dict[str, dict[Group, float]] = {}
    share = PUPIL_YEARS if indicator.id in PUPILS else 1
    candidates = {group: size_groups(group, indicator, until, catalogue) for group in pair}
    for region in {region for region, _ in populations}:
        for group in pair:
            nearest = (populations.get((region, one)) for one in candidates[group])
            known = next((one for one in nearest if one is not None), None)
            if known is not None:
                sizes.setdefault(region, {})[group] = known / share
    for row in rows:
        if row.period == until and row.group in pair and row.denominator is not None:
            sizes.setdefault(row.region, {})[row.group] = row.denominator
    return {region: min(known.values()) for region, known in sizes.items() if len(known) == 2}


def fewest_members(indicator: Indicator) -> int:
    """The least number of persons, or pupils, of the smaller group of a gap that is sure."""
    return FEWEST_PUPILS if indicator.id in PUPILS else FEWEST_PERSONS


def period_of(stretch: Sequence[Gap], since: str = "") -> GapPeriod | None:
    """The period of a stretch from a year on, of months of one season; None of under two years."""
    periods = [gap.period for gap in of_last_season(stretch) if gap.period >= since]
    return _period(periods)


def common_period(
    stretches: Mapping[str, Sequence[Sequence[Gap]]], *, until: str, since: str = ""
) -> GapPeriod | None:
    """
    The one period of a list: that of most regions whose stretch reaches a year, the longest of two.

    Args:
        stretches: of each region, as by `gap_stretches`.
        until: the last period.
        since: the first period that is asked for; "" for the whole stretch.

    """
    known = [
        [gap.period for gap in stretch if gap.period >= since]
        for stretch in (reaching(of_region, until) for of_region in stretches.values())
        if stretch
    ]
    many = [periods for periods in known if len(periods) > 1]
    begins = Counter(periods[0] for periods in many)
    if not begins:
        return None
    start = min(begins, key=lambda first: (-begins[first], first))
    return _period(sorted({one for periods in many if periods[0] == start for one in periods}))


def reaching(stretches: Sequence[Sequence[Gap]], until: str) -> tuple[Gap, ...]:
    """The part of the stretch with a number in a period that goes up to it, of its season."""
    for stretch in stretches:
        if stretch[0].period <= until <= stretch[-1].period:
            upto = [gap for gap in stretch if gap.period <= until]
            return of_last_season(upto) if upto[-1].period == until else ()
    return ()


def noise_of(stretch: Sequence[Gap]) -> float | None:
    """What a gap or its change must exceed, as by `noise_of_numbers`."""
    places = observation_places([gap.first for gap in stretch])
    return noise_of_numbers(places, [gap.number for gap in stretch])


def noise_of_numbers(places: Sequence[int], numbers: Sequence[float]) -> float | None:
    """
    What a number, or its change, must exceed: 2 × 1.4826 × MAD of the changes from year to year.

    None under five years with numbers, or under four such changes. Of elections the changes are
    those between successive ones.

    Args:
        places: of the years of one stretch in time (see `observation_places`), oldest first.
        numbers: as displayed, of those years.

    """
    if len(numbers) < FEWEST_YEARS:
        return None
    apart = [later - earlier for earlier, later in pairwise(places)]
    changes = [
        round(after - before, _DIGITS)
        for (before, after), years in zip(pairwise(numbers), apart, strict=True)
        if years == min(apart)
    ]
    if len(changes) < FEWEST_YEARS - 1:
        return None
    middle = median(changes)
    return NOISE_FACTOR * median(abs(change - middle) for change in changes)


def gap_change(
    stretch: Sequence[Gap], indicator: Indicator, period: GapPeriod | None = None
) -> GapChange | None:
    """
    What became of a gap in a stretch; None where it lacks a year that the period needs.

    Args:
        stretch: of one region, as one of `gap_stretches`.
        indicator: whose figures they are.
        period: the one of the list; of the stretch itself where None.

    """
    period = period or period_of(stretch)
    by_period = {gap.period: gap for gap in stretch}
    if period is None or not by_period.keys() >= set(period.ends):
        return None
    before, after = ([by_period[one] for one in periods] for periods in (period.first, period.last))
    decimals = indicator.decimals
    start, end = (
        displayed_value(fmean(gap.number for gap in gaps), decimals) for gaps in (before, after)
    )
    sides = [
        (
            _mean([gap.first for gap in gaps], decimals),
            _mean([gap.second for gap in gaps], decimals),
        )
        for gaps in (before, after)
    ]
    starts, ends = sides
    change = round(abs(end) - abs(start), decimals)
    kept = in_level(change, indicator, reference=abs(start), larger=max(*starts, *ends))
    verdict: GapVerdict = "widening" if change > 0 else "narrowing"
    if start * end < 0:
        verdict = "turned"
    elif kept:
        verdict = "unchanged"
    return GapChange(
        period=period,
        start=start,
        end=end,
        change=change,
        shift=round(end - start, decimals),
        verdict=verdict,
        starts=starts,
        ends=ends,
        moves=(
            _move(starts[0], ends[0], indicator),
            _move(starts[1], ends[1], indicator),
        ),
        opposite=_is_opposite(verdict, starts, ends, indicator),
        before=before[0],
        after=after[-1],
    )


def cautions_within(changed: GapChange, indicator: Indicator) -> tuple[Break, ...]:
    """The cautions that concern either group between the first and the last year of a change."""
    before, after = changed.before, changed.after
    sides = ((before.first, after.first), (before.second, after.second))
    found = (mark for one, other in sides for mark in continuity(one, other, indicator).cautions)
    return tuple(dict.fromkeys(found))


def gap_list(
    series: Mapping[str, Sequence[Gap]],
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    persons: Mapping[str, float],
    until: str,
    since: str = "",
    order: Order = "namn",
    ranked: bool = True,
) -> GapList:
    """
    Every region of `names` with its gap in a year and the change up to it.

    Args:
        series: the gaps of each region, oldest first; a region without any has no gap.
        indicator: whose figures they are.
        names: the regions by code.
        persons: in the smaller group of each region; of one that is left out nobody knows.
        until: the year of the gaps, and the last of the period.
        since: the first year that is asked for; "" for the whole stretch.
        order: by name or code; by value, the largest gap first; by change, what narrowed most
            first. Equal displayed numbers share a place, and only what is sure has one.
        ranked: whether the regions may be ordered by number (see `may_be_ranked`).

    """
    stretches = {
        code: gap_stretches(gaps, indicator) for code, gaps in series.items() if code in names
    }
    period = common_period(stretches, until=until, since=since)
    rows = [
        _row(code, series.get(code, ()), stretches.get(code, ()), indicator, period=period,
             until=until, persons=persons.get(code))
        for code in names
    ]  # fmt: skip
    by_name = sorted(rows, key=lambda row: (_letters(names[row.region]), row.region))
    if order == "kod":
        by_name = sorted(rows, key=lambda row: row.region)
    ordered = _placed(by_name, order if ranked else "namn")
    return GapList(period, tuple(ordered), ranked, indicator)


def _period(periods: Sequence[str]) -> GapPeriod | None:
    if len(periods) < 2:
        return None
    many = 2 if len(periods) >= YEARS_FOR_MEANS else 1
    return GapPeriod(tuple(periods[:many]), tuple(periods[-many:]), len(periods))


def _row(
    code: str,
    gaps: Sequence[Gap],
    stretches: Sequence[Sequence[Gap]],
    indicator: Indicator,
    *,
    period: GapPeriod | None,
    until: str,
    persons: float | None,
) -> GapRow:
    """A region with its gap in the year, and what became of it over the period of the list."""
    stretch = reaching(stretches, until)
    gap = next((one for one in gaps if one.period == until), None)
    first = period.span[0] if period else ""
    inside = [one for one in stretch if one.period >= first]
    change = gap_change(inside, indicator, period) if period else None
    return GapRow(code, gap, change, persons, noise_of(stretch), fewest_members(indicator))


def _standing(doubt: Doubt | None) -> Standing:
    if doubt is None:
        return "sure"
    return "lacking" if doubt == "lacking" else "uncertain"


def _placed(rows: Sequence[GapRow], order: Order) -> list[GapRow]:
    """The rows in an order, with their places where it is one by number; stable."""
    doubts = [row.gap_doubt if order == "varde" else row.change_doubt for row in rows]
    standing = [
        replace(row, standing=_standing(doubt)) for row, doubt in zip(rows, doubts, strict=True)
    ]
    keys = [_key(row, order) for row in standing]
    known = sorted(key for key in keys if key is not None)
    places = [None if key is None else known.index(key) + 1 for key in keys]
    placed = [replace(row, place=place) for row, place in zip(standing, places, strict=True)]
    return sorted(
        placed, key=lambda row: (_STANDINGS.index(row.standing), row.place or len(rows) + 1)
    )


def _key(row: GapRow, order: Order) -> float | None:
    """By what a row has a place: the smallest is the first; None where it has none."""
    if row.standing != "sure":
        return None
    if order == "varde":
        return -row.gap_size
    if order == "forandring" and row.change and row.change.verdict in {"narrowing", "widening"}:
        return row.change.change
    return None


def _limit(row: GapRow, indicator: Indicator) -> float:
    """The difference from which another region is not in level with this one."""
    sides = (
        [side.number for side in (row.gap.first, row.gap.second) if side.present] if row.gap else []
    )
    if row.change:
        sides += [*row.change.starts, *row.change.ends]
    reference = abs(row.change.start) if row.change else row.gap_size
    return level_limit(indicator, reference=reference, larger=max(sides, default=0.0))


def _mean(sides: Sequence[Observation], decimals: int) -> float:
    """The mean of a group's displayed numbers, as displayed."""
    return displayed_value(
        fmean(displayed_value(side.number, decimals) for side in sides), decimals
    )


def _move(start: float, end: float, indicator: Indicator) -> Move:
    size = round(end - start, indicator.decimals)
    if in_level(size, indicator, reference=start, larger=max(start, end)):
        return "level"
    return "rose" if size > 0 else "fell"


def _is_opposite(
    verdict: GapVerdict,
    starts: tuple[float, float],
    ends: tuple[float, float],
    indicator: Indicator,
) -> bool:
    """Whether the index moved away from 100 as the difference narrowed, or towards it."""
    least = LEAST_REFERENCE if indicator.measure == "share" else 0.0
    if verdict not in {"narrowing", "widening"} or min(*starts, *ends) <= 0:
        return False
    if min(starts[1], ends[1]) < least:
        return False
    before, after = (abs(100 * first / second - 100) for first, second in (starts, ends))
    moved = after - before
    return reaches(moved, _INDEX_STEP) and (moved > 0) == (verdict == "narrowing")


def _letters(name: str) -> str:
    return name.casefold().translate(ALPHABET)
