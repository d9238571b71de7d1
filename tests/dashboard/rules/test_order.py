"""The order of regions: a help to find, never a grade."""

import pytest

from dashboard.rules.comparison import difference
from dashboard.rules.order import (
    ordered_by_change,
    ordered_by_code,
    ordered_by_name,
    ordered_by_value,
    place_words,
)
from tests.dashboard.speaking import indicator, seen

NAMES = {"0114": "Upplands Väsby", "0125": "Ekerö", "0127": "Botkyrka", "0192": "Nynäshamn",
         "0117": "Österåker", "0186": "Ärla", "0188": "Åby"}  # fmt: skip
RATE = "open_unemployment"
PLAIN = indicator(RATE, breaks=())


def test_names_follow_the_swedish_alphabet_and_have_no_place() -> None:
    """Å, Ä and Ö come last, in that order."""
    rows = ordered_by_name([seen(RATE, code, 2015, 1.0) for code in NAMES], NAMES)

    assert [NAMES[row.observation.region] for row in rows] == [
        "Botkyrka", "Ekerö", "Nynäshamn", "Upplands Väsby", "Åby", "Ärla", "Österåker",
    ]  # fmt: skip
    assert {row.rank for row in rows} == {None}


def test_codes_have_no_place() -> None:
    """The order of codes says where a region lies in a list, nothing else."""
    rows = ordered_by_code([seen(RATE, code, 2015, 1.0) for code in ("0192", "0114")])

    assert [(row.observation.region, row.rank) for row in rows] == [("0114", None), ("0192", None)]


def test_equal_displayed_values_share_a_place_and_the_hidden_have_none() -> None:
    """10.04 and 9.96 are both shown as 10.0; hidden ones come after, by name."""
    values = {"0114": 10.04, "0125": 12.0, "0127": None, "0192": 9.96, "0117": 3.0, "0186": None}
    rows = ordered_by_value(
        [seen(RATE, code, 2015, value) for code, value in values.items()], PLAIN, NAMES
    )

    assert [(row.observation.region, row.rank) for row in rows] == [
        ("0125", 1), ("0192", 2), ("0114", 2), ("0117", 4), ("0127", None), ("0186", None),
    ]  # fmt: skip


def test_a_place_that_several_have_says_so() -> None:
    """Of four places two are one; a hidden figure has none."""
    values = {"0114": 10.04, "0125": 12.0, "0127": None, "0192": 9.96, "0117": 3.0}
    rows = ordered_by_value(
        [seen(RATE, code, 2015, value) for code, value in values.items()], PLAIN, NAMES
    )

    assert [place_words(row, rows, "sv") for row in rows] == [
        "plats 1", "delad plats 2", "delad plats 2", "plats 4", "",
    ]  # fmt: skip
    assert place_words(rows[1], rows, "en") == "shared place 2"


def test_another_register_has_no_place_among_the_rest() -> None:
    """A region that still has the old register's figure is listed after, unplaced."""
    rows = ordered_by_value(
        [
            seen(RATE, "0114", 2022, 10.0),
            seen(RATE, "0125", 2022, 11.0),
            seen(RATE, "0127", 2022, 99.0, segment="rams"),
        ],
        PLAIN,
        NAMES,
    )

    assert [(row.observation.region, row.rank) for row in rows] == [
        ("0125", 1), ("0114", 2), ("0127", None),
    ]  # fmt: skip


def test_the_register_of_most_regions_is_placed_wherever_it_stands() -> None:
    """The first region of the list does not decide with whom the others are compared."""
    rows = ordered_by_value(
        [
            seen(RATE, "0127", 2022, 99.0, segment="rams"),
            seen(RATE, "0114", 2022, 10.0),
            seen(RATE, "0125", 2022, 11.0),
        ],
        PLAIN,
        NAMES,
    )

    assert [(row.observation.region, row.rank) for row in rows] == [
        ("0125", 1), ("0114", 2), ("0127", None),
    ]  # fmt: skip


def test_changes_are_sorted_and_one_across_a_break_has_no_place() -> None:
    """From hidden to shown, or across a break, there is no change to sort by."""
    measured = indicator("employment_rate")
    pairs = {"0114": (70.0, 71.0), "0125": (70.0, 75.0), "0127": (None, 80.0)}
    changes = [
        difference(
            seen("employment_rate", code, 2018, later),
            seen("employment_rate", code, 2016, earlier),
            measured,
        )
        for code, (earlier, later) in pairs.items()
    ]

    rows = ordered_by_change(changes, measured, NAMES)

    assert [(row.observation.region, row.rank, row.change) for row in rows] == [
        ("0125", 1, 5.0), ("0114", 2, 1.0), ("0127", None, None),
    ]  # fmt: skip


def test_changes_across_a_break_have_no_order() -> None:
    """From 2018 to 2019 the measure of employment changed: nobody has a place."""
    measured = indicator("employment_rate")
    changes = [
        difference(
            seen("employment_rate", code, 2019, 75.0),
            seen("employment_rate", code, 2018, 70.0),
            measured,
        )
        for code in ("0114", "0125")
    ]

    assert {row.rank for row in ordered_by_change(changes, measured, NAMES)} == {None}


def test_levels_are_never_mixed() -> None:
    """A county has no place among municipalities."""
    with pytest.raises(ValueError, match="county, municipality"):
        ordered_by_value([seen(RATE, "01", 2015, 1.0), seen(RATE, "0127", 2015, 1.0)], PLAIN, NAMES)


def test_years_are_never_mixed() -> None:
    """Last year's figure of one is not sorted among this year's of others."""
    with pytest.raises(ValueError, match="one period"):
        ordered_by_value(
            [seen(RATE, "0114", 2014, 1.0), seen(RATE, "0127", 2015, 1.0)], PLAIN, NAMES
        )
