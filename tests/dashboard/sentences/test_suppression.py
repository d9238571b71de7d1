"""Why a figure is not given: the rule of twenty only where it can be the reason."""

import pytest

from dashboard.data.observation import Observation
from dashboard.sentences.figures import level_sentence
from dashboard.sentences.notes import following_notes
from tests.dashboard.speaking import seen, shipped, wording

RULE = "fler än 20 personer"
RATE = "open_unemployment"


def hidden(of: str, region: str, **group: str) -> Observation:
    """A figure that the source does not give, in 2015."""
    return seen(of, region, 2015, None, status="..", **group)


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        (hidden(RATE, "0140"), True),
        (hidden(RATE, "0140", background="VXEUEES"), True),
        (hidden(RATE, "09", background="INT010"), True),  # a small group in a whole county
        (hidden(RATE, "01"), False),
        (hidden(RATE, "00"), False),
        (hidden(RATE, "01", sex="2"), False),
        (hidden("population", "0140"), False),
        (hidden("net_migration", "0140"), False),
        (hidden("median_income", "0140"), False),
        (hidden("low_economic_standard", "0140"), False),  # HE0110
        (hidden("overcrowding", "0140"), False),  # LE0105
        (hidden("foreign_born_share", "0140"), False),  # BE0101
    ],
)
def test_the_rule_of_twenty_is_told_only_where_it_can_be_the_reason(
    observation: Observation, *, expected: bool
) -> None:
    """It is of shares of small groups and areas in the integration statistics."""
    measured = shipped().indicator[observation.indicator]
    notes = following_notes([observation], measured, shipped())
    sentence = level_sentence(observation, wording(measured))

    assert any(RULE in note.sv for note in notes) is expected
    assert (RULE in sentence) is expected
    assert ("inte publicerad" in sentence) is not expected


@pytest.mark.parametrize(
    ("year", "value", "expected"), [(2025, 7, True), (2025, 12, False), (2024, 7, False)]
)
def test_a_handful_of_persons_from_2025_is_said_to_be_uncertain(
    year: int, value: float, *, expected: bool
) -> None:
    """The adjustments are as large as the number."""
    observation = seen("net_migration", "0140", year, value)
    sentence = level_sentence(observation, wording("net_migration"))
    notes = following_notes([observation], shipped().indicator["net_migration"], shipped())

    assert ("osäkert" in sentence) is expected
    assert any("under 10" in note.sv for note in notes) is expected
