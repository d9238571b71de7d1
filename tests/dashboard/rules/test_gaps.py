"""What two groups of a region are apart: which is subtracted from which, and across what."""

import pytest

from dashboard.codes import EVERYBODY
from dashboard.data.observation import Observation
from dashboard.rules.gaps import (
    gap_indicator,
    gap_marks,
    gap_rows,
    gap_stretches,
    gaps,
    usual_pair,
)
from etl.catalogue import Break, Text
from tests.dashboard.speaking import indicator, seen

TEXT = Text(sv="Ny metod.", en="New method.")
RATE = "open_unemployment"
PLAIN = indicator(RATE, breaks=())


def group(code: str, values: dict[int, float | None], region: str = "0127") -> list[Observation]:
    """A group of a region in some years."""
    return [
        seen(RATE, region, year, value, background=code, status=None if value else "..")
        for year, value in values.items()
    ]


def test_the_second_group_is_subtracted_from_the_first_as_displayed() -> None:
    """81.04 and 54.04 are shown as 81.0 and 54.0: 27.0 apart, one 1.5 times the other."""
    (one,) = gaps(group("SE", {2015: 81.04}), group("SAMUTF", {2015: 54.04}), PLAIN)
    (turned,) = gaps(group("SAMUTF", {2015: 54.04}), group("SE", {2015: 81.04}), PLAIN)

    assert (one.value, one.ratio) == (27.0, 1.5)
    assert (turned.value, turned.ratio) == (-27.0, 0.67)


@pytest.mark.parametrize(("first", "second"), [(0.0, 5.0), (5.0, 0.0), (-5.0, -10.0)])
def test_there_is_no_ratio_to_or_of_nothing(first: float, second: float) -> None:
    """Nothing is so many times zero, and a ratio of losses says the opposite of what it seems."""
    (one,) = gaps(group("SE", {2015: first}), group("SAMUTF", {2015: second}), PLAIN)

    assert one.value is not None
    assert one.ratio is None


def test_a_year_of_one_group_is_a_gap_without_a_number_and_years_stand_in_order() -> None:
    """A side without a row or a number leaves the difference without one; nothing is dropped."""
    found = gaps(
        group("SE", {2012: 80.0, 2011: 79.0, 2010: 78.0}),
        group("SAMUTF", {2013: 61.0, 2011: None, 2010: 60.0}),
        PLAIN,
    )

    assert [(one.period, one.value) for one in found] == [
        ("2010", 18.0),
        ("2011", None),
        ("2012", None),
        ("2013", None),
    ]
    assert [one.status for one in found] == [None, "..", None, None]
    assert [one.first.background for one in found] == ["SE"] * 4
    assert [one.second.segment for one in found] == [one.first.segment for one in found]


@pytest.mark.parametrize("code", ["SE", "SAMUTF"])
def test_what_breaks_either_group_breaks_their_difference(code: str) -> None:
    """Of 2010-2015 only 2013 and later may be compared; the break is one of the difference."""
    mark = Break(period="2013", severity="break", applies_to=(f"background:{code}",), text=TEXT)
    care = Break(period="2012", severity="caution", applies_to=("background:SAMUTF",), text=TEXT)
    other = Break(period="2014", severity="break", applies_to=("background:NEXS",), text=TEXT)
    measured = indicator(RATE, breaks=(mark, care, other))
    values: dict[int, float | None] = {year: 60.0 + year - 2010 for year in range(2010, 2016)}
    found = gaps(group("SE", values), group("SAMUTF", values), measured)
    drawn = gap_indicator(found, measured, "gap")

    stretches = gap_stretches(found, measured)

    assert [[one.period for one in stretch] for stretch in stretches] == [
        ["2010", "2011", "2012"],
        ["2013", "2014", "2015"],
    ]
    assert set(gap_marks(found[0], measured)) == {mark, care}
    assert [(one.period, one.severity, one.applies_to) for one in drawn.breaks] == [
        ("2012", "caution", ()),
        ("2013", "break", ()),
    ]
    assert drawn.unit.sv == "procentenheter"


def test_rows_of_a_difference_are_drawn_as_those_of_everybody() -> None:
    """One number a year, of everybody; a year without a number is not a number."""
    rows = gap_rows(
        gaps(
            group("SE", {2010: 78.0, 2011: 80.0}), group("SAMUTF", {2010: 39.0, 2011: None}), PLAIN
        ),
        "ratio",
    )

    assert [(row.period, row.value, row.status) for row in rows] == [
        ("2010", 2.0, None),
        ("2011", None, ".."),
    ]
    assert {row.group for row in rows} == {EVERYBODY}
    assert {row.kind for row in rows} == {"computed"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF"), ("SE", "SAMUTF")),
        (("SE", "NEXS", "VXEUEES"), ("SE", "VXEUEES")),
        (("1", "2"), ("2", "1")),  # women less men
        (("F", "3", "EU"), ("F", "EU")),
        (("INT010", "INT020", "INT040"), ("INT010", "INT040")),
    ],
)
def test_the_usual_pair_of_a_kind(codes: tuple[str, ...], expected: tuple[str, str]) -> None:
    """Born here and abroad, women and men, least and most schooling; else the outermost."""
    assert usual_pair(codes) == expected
