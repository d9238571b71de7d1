"""What a chart says under the pointer and by keys, in words."""

import pytest

from dashboard.charts.readout import lines_readout, rows_readout, status_words, value_words
from dashboard.data.observation import Observation
from tests.dashboard.speaking import indicator


def row(value: float | None, status: str | None = None) -> Observation:
    """An observation of Botkyrka."""
    return Observation("employment_rate", "0127", "2020", "a", value, status)


@pytest.mark.parametrize(
    ("value", "status", "words"),
    [
        (71.94, None, "71,9\u00a0%"),
        (0.0, "-", "0,0\u00a0% (noll)"),
        (71.9, "p", "71,9\u00a0% (p, märkt så av källan)"),
    ],
)
def test_a_value_is_said_with_its_unit_and_its_status_in_words(
    value: float, status: str | None, words: str
) -> None:
    """Zero as the source writes it says so; an unknown mark stands with its words."""
    assert value_words(row(value, status), indicator("employment_rate"), "sv") == words


def test_a_symbol_without_a_number_is_a_reason_and_never_zero() -> None:
    """Two dots: not published. A dot: cannot occur."""
    assert status_words("..", "sv") == "inte publicerad"
    assert status_words(".", "en") == "cannot occur"


def test_months_are_named_from_the_first_to_the_last() -> None:
    """Also those between that have no figure."""
    measured = indicator("employment_rate")
    said = lines_readout(measured, "sv", ("2020M11", "2021M02"), [])

    assert said["periods"]["names"] == [
        "november 2020",
        "december 2020",
        "januari 2021",
        "februari 2021",
    ]


def test_lines_behind_may_be_added_only_where_there_are_some() -> None:
    """The words of what Enter does are said only where it does something."""
    measured = indicator("employment_rate")

    assert "add" not in lines_readout(measured, "sv", ("2020",), [])
    more = lines_readout(measured, "sv", ("2020",), [], has_more=True)
    assert "Enter" in more["add"]
    assert more["added"].format(name="Huddinge") == "Huddinge läggs till i jämförelsen."


def test_the_row_of_the_chosen_region_leads_nowhere() -> None:
    """It is shown already; every other row leads to its region."""
    said = rows_readout(["0127", "0126"], "sv", here="0127", more={0: [], 1: ["2003: noll"]})

    assert said["rows"] == ["", "0126"]
    assert said["more"] == {"1": ["2003: noll"]}
