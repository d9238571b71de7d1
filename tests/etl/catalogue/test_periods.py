"""Years, quarters and months as SCB writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue import periods


@pytest.mark.parametrize(
    ("period", "expected"), [("2026", "year"), ("2026K3", "quarter"), ("2026M09", "month")]
)
def test_the_code_tells_the_frequency(period: str, expected: str) -> None:
    """SCB marks months by M and quarters by K (kvartal)."""
    assert periods.frequency(period) == expected


@pytest.mark.parametrize("text", ["2026M13", "2026M9", "2026K5", "2026Q3", "1998-2002", "", "26"])
def test_other_texts_are_no_periods(text: str) -> None:
    """Five-year means and misspelt months are refused, never read as their first year."""
    assert not periods.is_period(text)
    with pytest.raises(ValueError, match="expected 2026"):
        periods.frequency(text)


def test_december_and_january_are_neighbours() -> None:
    """Over the end of a year the next month follows, and a year later is twelve months on."""
    assert periods.ordinal("2026M01") - periods.ordinal("2025M12") == 1
    assert periods.shifted("2026M01", -1) == "2025M01"
    assert periods.ordinal("2026M01") - periods.ordinal("2025M01") == 12
    assert periods.ordinal("2026K1") - periods.ordinal("2025K4") == 1
    assert periods.ordinal("2026") - periods.ordinal("2025") == 1


def test_a_year_begins_and_ends_with_its_first_and_last_period() -> None:
    """January to December, first to fourth quarter, and the year itself."""
    assert [periods.first_of(2026, one) for one in periods.PERIODS_A_YEAR] == [
        "2026",
        "2026K1",
        "2026M01",
    ]
    assert [periods.last_of(2026, one) for one in periods.PERIODS_A_YEAR] == [
        "2026",
        "2026K4",
        "2026M12",
    ]


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_months_quarters_and_years_cover_the_same_calendar(year: int, month: int) -> None:
    """A month lies in its quarter and its year, and each begins where the one before ended."""
    quarter = f"{year}K{(month + 2) // 3}"
    spans = [periods.months_of(one) for one in (f"{year}M{month:02d}", quarter, str(year))]
    lengths = [last - first + 1 for first, last in spans]
    assert lengths == [1, 3, 12]
    (first, last), (first_of_quarter, last_of_quarter), (first_of_year, last_of_year) = spans
    assert first_of_year <= first_of_quarter <= first
    assert last <= last_of_quarter <= last_of_year
    assert periods.months_of(str(year + 1))[0] == last_of_year + 1


def test_the_first_period_of_another_length_is_named() -> None:
    """Of months and a year the year; a range of years is of no length."""
    assert periods.unlike(["2025M12", "2026M01"], "month") == ""
    assert periods.unlike(["2025M12", "2026"], "month") == "2026"
    assert periods.unlike(["1998-2002"], "year") == "1998-2002"


@pytest.mark.parametrize(
    ("period", "first", "last", "expected"),
    [
        ("2026M09", "2020", "2026", True),
        ("2019M12", "2020", "2026", False),
        ("2027M01", "2020", "2026", False),
        ("2026M09", "2026M01", "2026M09", True),
        ("2026M10", "2026M01", "2026M09", False),
        ("2026", "2026M05", "2026M05", True),
        ("2026K2", "2026M05", "2026M05", True),
        ("2026K3", "2026M05", "2026M05", False),
        ("2026", "2008", "2026", True),
    ],
)
def test_a_span_holds_what_lies_in_it_whatever_its_length(
    period: str, first: str, last: str, *, expected: bool
) -> None:
    """The years 2020-2026 hold their months, and a month is of one year and one quarter."""
    assert periods.overlaps(period, first, last) is expected


def test_what_begins_in_a_year_begins_with_its_first_month() -> None:
    """A break of 2022 stands before January 2022, and one of May 2022 before that month."""
    assert periods.starting("2022", "month") == periods.ordinal("2022M01")
    assert periods.starting("2022M05", "month") == periods.ordinal("2022M05")
    assert periods.starting("2022K2", "month") == periods.ordinal("2022M04")
    assert periods.starting("2022", "year") == 2022
    assert periods.starting("2022M05", "year") == 2022
