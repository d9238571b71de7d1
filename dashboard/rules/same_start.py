"""
Regions that started alike, and what became of them.

Pure. The start is the mean of the first two years of a period inside the newest stretch of the own
region; the same is within two points of it, or five per cent. The end is the mean of the last two
years where the period has six or more, else the last year. Who moved most is said only of what is
sure (see `rules.gap_changes`) and ahead of the second; those who start low often rise by chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from dashboard.codes import Order
from dashboard.data.observation import Observation, displayed_value, observation_places
from dashboard.rules.comparison import comparability, in_level, of_one_season
from dashboard.rules.gap_changes import (
    YEARS_FOR_MEANS,
    Doubt,
    Move,
    fewest_members,
    noise_of_numbers,
)
from dashboard.rules.order import ALPHABET
from dashboard.rules.stretches import Stretch, unbroken
from dashboard.rules.thresholds import reaches
from etl.catalogue import Indicator, Text
from etl.measures.level import is_noise, level_limit

SAME_POINTS, SAME_PER_CENT = 2.0, 5.0
FEWEST_FOR_START = 3  # two years of the start, and a later one
_DIGITS = 9
_HAIR = 1e-9
METHOD = Text(
    sv=(
        "Från samma läge jämförs regioner av samma slag som började ungefär där den valda regionen "
        "började: högst 2 procentenheter ifrån (andelar) eller 5 procent (andra mått) i "
        "medelvärdet av de två första åren. Startåret ligger i den obrutna del av serien som når "
        "det nyaste året, och alla jämförs över samma år. Slutet är medelvärdet av de två sista "
        "åren när perioden har minst sex år, annars det sista året. Alla som började där visas. "
        "En region nämns som den som ändrats mest bara om försprånget till den näst största når "
        "gränsen för ”i nivå”, gruppen har minst 100 personer (50 elever), perioden har minst fem "
        "år och ändringen är större än 2 × 1,4826 gånger medianavvikelsen (MAD) för seriens "
        "ändringar från år till år; annars är flera ungefär lika. Av mått där högre eller lägre är "
        "bättre gäller det ändringen åt det hållet, av andra både ökning och minskning. De som "
        "börjar lågt rör sig ofta uppåt av slump."
    ),
    en=(
        "From the same start, regions of one kind are compared that began about where the chosen "
        "region began: at most 2 percentage points (shares) or 5 per cent (other measures) from "
        "it in the mean of the first two years. The first year lies in the unbroken part of the "
        "series that reaches the newest year, and all are compared over the same years. The end "
        "is the mean of the last two years where the period has at least six years, otherwise the "
        "last year. All that began there are shown. A region is named as having changed most only "
        "if its lead over the second reaches the limit of “level with”, the group has at least "
        "100 persons (50 pupils), the period has at least five years and the change is larger "
        "than 2 × 1.4826 times the median absolute deviation (MAD) of the series' changes from "
        "year to year; otherwise several are about equal. Of measures where higher or lower is "
        "better it is the change in that direction, of others both a rise and a fall. Those who "
        "start low often move up by chance."
    ),
)


@dataclass(frozen=True)
class StartPeriod:
    """The two years of the start, the one or two of the end, and how many years with a number."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    years: int

    @property
    def ends(self) -> tuple[str, ...]:
        """Every period of which a region must have a number."""
        return *self.first, *self.last


@dataclass(frozen=True)
class StartRow:
    """
    A region that started like the own one: start, end and change as displayed, in the unit.

    `persons` are those of the group, None where nobody has told it, and `fewest` what they must
    be. `noise` is what the change must exceed, None under five years. `level`: it is too small to
    be stated. `oldest` and `newest` are its first and last observations, `place` its place in an
    order by change.
    """

    region: str
    start: float
    end: float
    change: float
    level: bool
    persons: float | None
    fewest: int
    noise: float | None
    oldest: Observation
    newest: Observation
    place: int | None = None

    @property
    def doubt(self) -> Doubt | None:
        """Why the change is not sure; None where it is, of one that is in level too."""
        if self.persons is None:
            return "unknown"
        if self.persons < self.fewest:
            return "small"
        if self.noise is None:
            return "short"
        return "noisy" if abs(self.change) <= self.noise and not self.level else None


@dataclass(frozen=True)
class SameStart:
    """
    The regions that started like one of them, in an order: the sure ones, then the uncertain.

    `lacking` are the regions that lack a year of the period, `elsewhere` how many started
    elsewhere. `ranked` says whether anybody may be named.
    """

    region: str
    period: StartPeriod
    rows: tuple[StartRow, ...]
    lacking: tuple[str, ...]
    elsewhere: int
    ranked: bool
    indicator: Indicator

    @property
    def own(self) -> StartRow:
        """The row of the region itself."""
        return next(row for row in self.rows if row.region == self.region)

    @property
    def moves(self) -> tuple[Move, ...]:
        """Which moves are asked about: towards the better end, of what has none both."""
        if self.indicator.better == "none":
            return ("rose", "fell")
        return ("fell",) if self.indicator.better == "lower" else ("rose",)

    def most(self, move: Move) -> tuple[StartRow, ...]:
        """
        Those that rose, or fell, most: none, one, or several about equal.

        They are not behind the first by as much as the limit of "in level".
        """
        sign = -1 if move == "fell" else 1
        moved = [
            row
            for row in self.rows
            if row.doubt is None and not row.level and sign * row.change > 0
        ]
        if not (self.ranked and moved):
            return ()
        ordered = sorted(moved, key=lambda row: (-sign * row.change, row.region))
        leader = ordered[0]
        limit = level_limit(
            self.indicator, reference=abs(leader.start), larger=max(leader.start, leader.end)
        )
        behind = (round(abs(leader.change - row.change), _DIGITS) for row in ordered)
        return tuple(row for row, by in zip(ordered, behind, strict=True) if not reaches(by, limit))


def start_choices(own: Sequence[Observation], indicator: Indicator) -> tuple[str, ...]:
    """The periods from which a series may be followed to its newest number, oldest first."""
    periods = [row.period for row in _newest(own, indicator)]
    return tuple(periods[: len(periods) - FEWEST_FOR_START + 1])


def start_period(
    own: Sequence[Observation], indicator: Indicator, since: str = ""
) -> StartPeriod | None:
    """
    The period of a series from a year on; None where too few years are left.

    Args:
        own: one series, oldest first.
        indicator: whose figures they are.
        since: the first year that is asked for; "" for the whole newest stretch.

    """
    periods = [row.period for row in _newest(own, indicator) if row.period >= since]
    if len(periods) < FEWEST_FOR_START:
        return None
    many = 2 if len(periods) >= YEARS_FOR_MEANS else 1
    return StartPeriod(tuple(periods[:2]), tuple(periods[-many:]), len(periods))


def same_band(start: float, indicator: Indicator) -> float:
    """How far from a start another may be and still be the same."""
    return SAME_POINTS if indicator.measure == "share" else SAME_PER_CENT / 100 * abs(start)


def same_start(
    series: Mapping[str, Sequence[Observation]],
    indicator: Indicator,
    names: Mapping[str, str],
    *,
    region: str,
    period: StartPeriod,
    persons: Mapping[str, float],
    order: Order = "namn",
    ranked: bool = True,
) -> SameStart | None:
    """
    The regions of `names` that started like one, and what became of them over one period.

    Args:
        series: of each region and one group, oldest first.
        indicator: whose figures they are.
        names: the regions by code, the own one among them.
        region: code of the own region.
        period: as by `start_period` of the own series.
        persons: in the group of each region; of one that is left out nobody knows.
        order: by name or code; by value, the highest end first; by change, the largest rise first.
            Equal displayed changes share a place, and only what is sure has one.
        ranked: whether the regions may be ordered by number (see `gap_changes.may_be_ranked`).

    Returns:
        None of a class, which has no mean, and where the own region lacks a year of the period.

    """
    if indicator.measure == "class":
        return None
    reference = _reaching(series.get(region, ()), indicator, period.last[-1])
    if not reference:
        return None
    rows = {
        code: _row(code, series.get(code, ()), indicator, period,
                   newest=reference[-1], persons=persons.get(code))
        for code in names
    }  # fmt: skip
    own = rows.get(region)
    if own is None:
        return None
    band = same_band(own.start, indicator) + _HAIR
    known = [row for row in rows.values() if row]
    alike = [row for row in known if abs(round(row.start - own.start, _DIGITS)) <= band]
    return SameStart(
        region,
        period,
        tuple(_ordered(alike, names, order if ranked or order == "kod" else "namn")),
        tuple(code for code, row in rows.items() if row is None),
        len(known) - len(alike),
        ranked,
        indicator,
    )


def beside_start(
    series: Mapping[str, Sequence[Observation]], codes: Sequence[str], found: SameStart
) -> dict[str, StartRow | None]:
    """
    What became of other regions over the same period, as of the county and the country.

    They are of another level, so they have no start to share; None of one that lacks a year.
    """
    return {
        code: _row(code, series.get(code, ()), found.indicator, found.period,
                   newest=found.own.newest, persons=None)
        for code in codes
    }  # fmt: skip


def _newest(series: Sequence[Observation], indicator: Indicator) -> tuple[Observation, ...]:
    """The numbers of the newest stretch that has some, of months those of one season."""
    with_numbers = [stretch for stretch in unbroken(series, indicator) if stretch.present]
    return _of_season(with_numbers[-1]) if with_numbers else ()


def _reaching(
    series: Sequence[Observation], indicator: Indicator, until: str
) -> tuple[Observation, ...]:
    """The numbers of the stretch that has one in a period, up to it; none where there is none."""
    for stretch in unbroken(series, indicator):
        upto = [row for row in stretch.present if row.period <= until]
        if upto and upto[-1].period == until:
            return _of_season(replace(stretch, observations=tuple(upto)))
    return ()


def _of_season(stretch: Stretch) -> tuple[Observation, ...]:
    return tuple(row for row in stretch.present if of_one_season(row, stretch.present[-1]))


def _row(
    code: str,
    series: Sequence[Observation],
    indicator: Indicator,
    period: StartPeriod,
    *,
    newest: Observation,
    persons: float | None,
) -> StartRow | None:
    """A region over the period; None where it lacks a year of it in one stretch."""
    begin, end_year = period.first[0], period.last[-1]
    of_period = [row for row in series if begin <= row.period <= end_year]
    inside = _reaching(of_period, indicator, end_year)
    by_period = {row.period: row for row in inside}
    if not by_period.keys() >= set(period.ends):
        return None
    last = inside[-1]
    if code != newest.region and not comparability(last, newest, indicator).comparable:
        return None
    decimals = indicator.decimals
    start, end = (
        displayed_value(
            fmean(displayed_value(by_period[one].number, decimals) for one in periods), decimals
        )
        for periods in (period.first, period.last)
    )
    change = round(end - start, decimals)
    level = in_level(change, indicator, reference=start, larger=max(start, end)) or is_noise(
        change, indicator, last.year
    )
    numbers = [displayed_value(row.number, decimals) for row in inside]
    return StartRow(
        code, start, end, change, level, persons, fewest_members(indicator),
        noise_of_numbers(observation_places(inside), numbers), inside[0], last,
    )  # fmt: skip


def _ordered(rows: Sequence[StartRow], names: Mapping[str, str], order: Order) -> list[StartRow]:
    """The rows in an order, the uncertain ones after the sure; with places by change."""
    known = sorted((row.change for row in rows if row.doubt is None), reverse=True)
    if order == "forandring":
        rows = [
            replace(row, place=known.index(row.change) + 1 if row.doubt is None else None)
            for row in rows
        ]

    def key(row: StartRow) -> tuple[bool, float, str, str]:
        number = {"varde": -row.end, "forandring": -row.change}.get(order, 0.0)
        letters = "" if order == "kod" else names[row.region].casefold().translate(ALPHABET)
        return row.doubt is not None, number, letters, row.region

    return sorted(rows, key=key)
