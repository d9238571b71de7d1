"""With whom and in which year a region is compared in what is said of a chart."""

import pytest

from dashboard.sentences.summary import narrative
from tests.dashboard.speaking import line, rows, wording

RATE, PEOPLE = "employment_rate", "population"
# Published figures, in the words agreed on.
LEVEL = "År 2023 var 76,8 procent av befolkningen 20–65 år i Botkyrka sysselsatta."
COMPARED = "Det var 3,7 procentenheter lägre än i Stockholms kommun, där andelen var 80,5 procent."


def told(of: str, own: dict[int, float], other: dict[int, float], segment: str) -> str:
    """What is said of the level of Botkyrka beside Stockholm."""
    series = [
        *rows(of, own, "0127", "_T", segment),
        *rows(of, other, "0180", "_T", segment),
    ]
    return narrative(series, [line("0127"), line("0180")], wording(of)).level


@pytest.mark.parametrize(
    ("stockholm", "expected"),
    [
        ({2022: 79.9, 2023: 80.5}, f"{LEVEL} {COMPARED}"),
        ({2023: 80.5, 2024: 90.0}, f"{LEVEL} {COMPARED}"),
        ({2022: 79.9, 2024: 90.0}, LEVEL),
    ],
)
def test_a_region_is_compared_in_its_own_newest_year(
    stockholm: dict[int, float], expected: str
) -> None:
    """Botkyrka's 2023 stands beside Stockholm's 2023, never beside a later or an earlier year."""
    assert told(RATE, {2022: 76.9, 2023: 76.8}, stockholm, "bas") == expected


def test_counts_are_not_compared() -> None:
    """Nobody learns by how many people Stockholm is larger."""
    level = told(PEOPLE, {2023: 95_905}, {2023: 988_943}, "bef")

    assert "95" in level
    assert "Stockholm" not in level
