"""What is compared, joined and given a direction of months and quarters, which have seasons."""

import math
from itertools import product
from statistics import fmean

import pytest

from dashboard.data.observation import Observation
from dashboard.rules.comparison import comparability, continuity, difference, earlier_figure
from dashboard.rules.direction import direction
from dashboard.rules.gap_changes import period_of
from dashboard.rules.gaps import gaps
from dashboard.rules.stretches import Stretch, described_stretches, line_stretches, unbroken
from dashboard.rules.years import (
    change_years,
    pair_asked,
    period_asked,
    unbroken_spans,
    usual_years,
    years_to_show,
)
from etl.catalogue import Break, Indicator, Text
from tests.dashboard.speaking import indicator, seen

OF = "open_unemployment"
TEXT = Text(sv="Ny metod.", en="New method.")
MONTHS = [f"{year}M{month:02d}" for year, month in product(range(2023, 2027), range(1, 13))][:45]
QUARTERS = [f"{year}K{number}" for year, number in product(range(2023, 2027), range(1, 5))][:15]


def measured(*breaks: Break) -> Indicator:
    """A share without breaks but those given."""
    return indicator(OF, breaks=breaks)


def monthly(values: dict[str, float | None]) -> tuple[Observation, ...]:
    """A series of Botkyrka."""
    return tuple(seen(OF, "0127", period, value, segment="a") for period, value in values.items())


def seasonal(start: float, change: float = 0.0, periods: list[str] = MONTHS) -> dict[str, float]:
    """High in winter, low in summer, every year as the one before plus a change."""
    places = {period: int(period[5:]) for period in periods}
    return {
        period: round(start + 2 * math.cos(place / 2) + change * (int(period[:4]) - 2023), 1)
        for period, place in places.items()
    }


def test_a_month_is_compared_with_the_same_month_of_any_other_year() -> None:
    """July against January says that it is summer; September against September says more."""
    july, january, before = (
        seen(OF, "0127", period, value, segment="a")
        for period, value in (("2026M07", 6.0), ("2026M01", 8.0), ("2024M07", 6.5))
    )

    assert comparability(july, january, measured()).reason == "seasonal"
    assert difference(july, january, measured()).value is None
    assert difference(july, before, measured()).value == -0.5


def test_regions_and_groups_are_compared_within_one_month() -> None:
    """Of two regions the same month; a region in one month and another in the next never."""
    here = seen(OF, "0127", "2026M09", 8.0, segment="a")
    there = seen(OF, "01", "2026M09", 6.0, segment="a")
    later = seen(OF, "01", "2026M10", 6.0, segment="a")

    assert difference(here, there, measured()).value == 2.0
    assert comparability(here, later, measured()).reason == "respects"


def test_another_season_parts_no_line() -> None:
    """A line runs through the months of a year, though no two of them are compared."""
    first, second = monthly({"2025M12": 8.0, "2026M01": 8.2})

    assert continuity(first, second, measured()).comparable
    assert len(unbroken((first, second), measured())) == 1


def test_a_line_runs_over_the_end_of_a_year_and_stops_where_a_month_is_missing() -> None:
    """December and January are neighbours; a hidden month is a gap as a hidden year is."""
    values = {"2025M11": 8.0, "2025M12": 8.1, "2026M01": 8.2, "2026M02": None, "2026M03": 8.0}
    rows = [Observation("rate", "0127", period, "a", value) for period, value in values.items()]

    joined = [[row.period for row in part] for part in line_stretches(rows, (), 1)]

    assert joined == [["2025M11", "2025M12", "2026M01"], ["2026M03"]]


@pytest.mark.parametrize(("period", "first"), [("2025", "2025M01"), ("2025M05", "2025M05")])
def test_a_break_stands_before_its_first_month(period: str, first: str) -> None:
    """A break of a year is before January; one of a month is before that month."""
    mark = Break(period=period, severity="break", text=TEXT)
    parts = unbroken(monthly(dict(seasonal(8.0))), measured(mark))

    assert len(parts) == 2
    assert parts[1].observations[0].period == first
    assert parts[1].after == mark
    latest, older = described_stretches(parts)
    assert latest
    assert older
    assert (latest.present[0].period, older.present[-1].period) == (first, _before(first))


def _before(period: str) -> str:
    return MONTHS[MONTHS.index(period) - 1]


def test_a_break_inside_a_year_parts_the_same_month_of_two_years() -> None:
    """September 2025 is after a break of May; September 2024 is before, April 2025 too."""
    mark = Break(period="2025M05", severity="break", text=TEXT)
    values = dict.fromkeys(("2024M04", "2024M09", "2025M04", "2025M09"), 8.0)
    a, b, c, d = monthly(dict(values))

    assert comparability(a, c, measured(mark)).comparable
    assert comparability(b, d, measured(mark)).reason == "break"


def test_a_change_is_since_the_same_month_a_year_before() -> None:
    """Where that one is missing, since the newest earlier year; never since the month before."""
    whole = monthly({"2024M09": 8.0, "2025M09": 7.5, "2026M08": 6.0, "2026M09": 7.1})
    lacking = monthly({"2024M09": 8.0, "2026M08": 6.0, "2026M09": 7.1})

    assert earlier_figure(whole) == whole[1]
    assert earlier_figure(lacking) == lacking[0]
    assert earlier_figure(whole[:1]) is None
    assert earlier_figure(monthly({"2026M08": 6.0, "2026M09": 7.1})) is None


@pytest.mark.parametrize("periods", [MONTHS, QUARTERS])
@pytest.mark.parametrize(
    ("change", "expected"), [(0.0, "none"), (0.9, "none"), (1.0, "rising"), (-1.0, "falling")]
)
def test_the_direction_is_that_of_a_whole_year_against_the_year_before(
    periods: list[str], change: float, expected: str
) -> None:
    """The season is the same in both, so only what changed between the years is left."""
    values = seasonal(20.0, change, periods)
    found = direction(Stretch(monthly(dict(values))), measured())

    assert found
    a_year = 12 if periods is MONTHS else 4
    latest, before = periods[-a_year:], periods[-2 * a_year : -a_year]
    assert found.word == expected
    assert found.means == (
        round(fmean(values[period] for period in before), 1),
        round(fmean(values[period] for period in latest), 1),
    )
    assert [row.period for row in found.observations] == [*before, *latest]


def test_a_season_alone_is_no_direction() -> None:
    """From July to December the series rises every year; over years it does not."""
    values = {period: 8.0 + 0.3 * int(period[5:]) for period in MONTHS}
    found = direction(Stretch(monthly(dict(values))), measured())

    assert found
    assert found.word == "none"
    assert math.isnan(found.tau)


def test_a_direction_needs_every_month_of_two_years() -> None:
    """One missing of the 24, or 23 in all, and the seasons no longer cancel out."""
    lacking: dict[str, float | None] = dict(seasonal(8.0, 1.0))
    lacking[MONTHS[-14]] = None
    short = dict(list(seasonal(8.0, 1.0).items())[-23:])

    for values, in_row in ((lacking, 13), (short, 23)):
        found = direction(Stretch(monthly(dict(values))), measured())
        assert found
        assert found.word == "short"
        assert found.means is None
        assert len(found.observations) == in_row


def test_a_missing_newest_month_moves_the_year_back() -> None:
    """The latest twelve are those up to the newest month with a number."""
    values: dict[str, float | None] = dict(seasonal(8.0, 1.0))
    values[MONTHS[-1]] = None
    found = direction(Stretch(monthly(values)), measured())

    assert found
    assert found.word == "rising"
    assert found.observations[-1].period == MONTHS[-2]


def test_a_gap_has_changed_since_the_same_month() -> None:
    """The ends are of one season: the last month, and the same in the first year that has it."""
    women = [seen(OF, "0127", period, 8.0, sex="2", segment="a") for period in MONTHS]
    men = [seen(OF, "0127", period, 7.0, sex="1", segment="a") for period in MONTHS]
    period = period_of(gaps(women, men, measured()))

    assert period
    assert period.span == ("2023M09", "2026M09")


NEWEST_FIRST = MONTHS[::-1]
YEARS = [str(year) for year in range(2024, 1996, -1)]


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        (NEWEST_FIRST, ("2025", "2025"), "2025M12"),
        (NEWEST_FIRST, ("2026", "2026"), "2026M09"),
        (NEWEST_FIRST, ("2020", "2024"), "2024M12"),
        (NEWEST_FIRST, ("2025M03", "2025M03"), "2025M03"),
        (NEWEST_FIRST, ("2026M10", "2026M10"), ""),
        (NEWEST_FIRST, ("2025K1", "2025K1"), "2025M03"),
        (YEARS, ("2008", "2021"), "2021"),
        (YEARS, ("2021M05", "2021M05"), "2021"),
        (YEARS, None, ""),
    ],
)
def test_a_list_shows_the_newest_month_of_the_year_that_a_link_asks_for(
    known: list[str], asked: tuple[str, str] | None, expected: str
) -> None:
    """A year of a monthly measure is its newest month; a month of a yearly one is its year."""
    assert period_asked(known, asked) == expected


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        (NEWEST_FIRST, ("2023", "2026"), ("2023M09", "2026M09")),
        (NEWEST_FIRST, ("2023M01", "2026M09"), ("2023M09", "2026M09")),
        (NEWEST_FIRST, ("2023M05", "2025M05"), ("2023M05", "2025M05")),
        (NEWEST_FIRST, ("2022M09", "2026M09"), ("", "2026M09")),
        (YEARS, ("2008", "2021"), ("2008", "2021")),
    ],
)
def test_two_months_are_of_one_season(
    known: list[str], asked: tuple[str, str], expected: tuple[str, str]
) -> None:
    """The later month decides; the earlier is the same one of the first year of the link."""
    assert pair_asked(known, asked) == expected


def test_a_table_shows_thirteen_months_so_that_the_change_of_a_year_is_in_it() -> None:
    """The newest month, and the same of the year before, are both columns."""
    shown = years_to_show(NEWEST_FIRST, None)

    assert shown == tuple(NEWEST_FIRST[:13])
    assert change_years(shown, None) == ("2025M09", "2026M09")
    assert change_years(NEWEST_FIRST, ("2023", "2026")) == ("2023M09", "2026M09")
    assert change_years(shown[:12], None) is None
    assert years_to_show(NEWEST_FIRST, ("2025", "2025")) == tuple(NEWEST_FIRST[9:21])
    assert years_to_show(YEARS, None) == tuple(YEARS[:10])


def test_a_table_offers_each_year_of_months_and_each_run_without_a_break() -> None:
    """A run that begins inside a year begins with its month."""
    mark = Break(period="2025M05", severity="break", text=TEXT)

    spans = unbroken_spans(NEWEST_FIRST, (mark,))

    assert spans[:3] == (("2023M01", "2026M09"), ("2025M05", "2026M09"), ("2023M01", "2025M04"))
    assert spans[3:] == (("2026",) * 2, ("2025",) * 2, ("2024",) * 2, ("2023",) * 2)


def test_two_years_open_with_one_month_of_the_first_and_the_last_year() -> None:
    """Nobody asked: the newest month, and the same of the first year of its stretch."""
    series = monthly(dict(seasonal(8.0)))

    assert usual_years(series, (), measured()) == ("2023M09", "2026M09")
