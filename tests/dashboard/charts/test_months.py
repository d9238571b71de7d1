"""Charts of months: where a break stands, which ticks are written, what small charts share."""

from itertools import product

import pytest

from dashboard.charts.line_chart import line_chart
from dashboard.charts.multiples import SmallChart, multiples, sparse_years
from dashboard.charts.style import ChartLine
from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.text.format import Look
from etl.catalogue import Break, Text
from etl.catalogue.periods import ordinal
from tests.dashboard.speaking import indicator

MONTHS = [f"{year}M{month:02d}" for year, month in product(range(2024, 2027), range(1, 13))]
LINE = ChartLine("0127", Group(), "Botkyrka", "#12436D")
BREAK = Break(period="2025M05", severity="break", text=Text(sv="Ny blankett.", en="New form."))
CARE = Break(period="2026", severity="caution", text=Text(sv="Ny tid.", en="New time."))
MEASURE = indicator("open_unemployment", breaks=(BREAK, CARE))
LOOK = Look("sv")


def series(
    periods: list[str], value: float | None = 8.0, status: str | None = None
) -> list[Observation]:
    """A series of Botkyrka."""
    return [Observation(MEASURE.id, "0127", period, "a", value, status) for period in periods]


def test_a_break_of_a_month_stands_before_it_and_ends_the_line() -> None:
    """April and May 2025 are parted; a caution of a year stands before its January."""
    drawn = line_chart(series(MONTHS), [LINE], MEASURE, LOOK)
    rules = {one["name"]: one["x0"] for one in drawn["layout"]["shapes"]}

    assert rules == {
        "break": ordinal("2025M05") - 0.5,
        "caution": ordinal("2026M01") - 0.5,
    }
    assert [one["x"][-1] for one in drawn["data"]] == [ordinal("2025M04"), ordinal("2026M12")]
    labels = " ".join(one["text"].replace("<br>", " ") for one in drawn["layout"]["annotations"])
    assert "tidsseriebrott maj 2025" in labels


@pytest.mark.parametrize(
    ("periods", "narrow", "expected"),
    [
        (MONTHS, False, ["2024", "2025", "2026"]),
        (MONTHS[6:], False, ["2025", "2026"]),
        (MONTHS[24:33], False, ["jan 2026", "mars 2026", "maj 2026", "juli 2026", "sep 2026"]),
        (MONTHS[24:33], True, ["mars 2026", "juni 2026", "sep 2026"]),
        (MONTHS[-1:], False, ["dec 2026"]),
    ],
)
def test_years_are_written_under_long_series_and_months_under_short(
    periods: list[str], expected: list[str], *, narrow: bool
) -> None:
    """A year stands at its January, never at a month that is not drawn."""
    axis = line_chart(series(periods), [LINE], MEASURE, Look("sv", narrow=narrow))["layout"][
        "xaxis"
    ]

    assert axis["ticktext"] == expected
    assert all(axis["range"][0] < place < axis["range"][1] for place in axis["tickvals"])
    if expected[0].isdecimal():
        assert axis["tickvals"] == [ordinal(f"{year}M01") for year in expected]


def test_small_charts_of_months_name_their_first_and_last_year() -> None:
    """The years stand where they begin, or where the first month is."""
    drawn = multiples(series(MONTHS[6:]), [SmallChart("Alla", (LINE,))], MEASURE, LOOK)
    axis = drawn["layout"]["xaxis"]

    assert axis["ticktext"] == ["2024", "2026"]
    assert axis["tickvals"] == [ordinal("2024M07"), ordinal("2026M01")]


def test_symbols_of_missing_months_stand_as_far_apart_as_those_of_years() -> None:
    """Three years of missing months have one symbol, as three missing years have."""
    missing = series(MONTHS, None, "..")
    years = series(["2024", "2025", "2026"], None, "..")

    assert len(sparse_years(missing)) == len(sparse_years(years)) == 1
