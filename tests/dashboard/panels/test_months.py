"""A row of the overview about months: since a year before, and a year of them against another."""

from itertools import product

import pytest

from dashboard.data.observation import Observation
from dashboard.panels.overview import row_content
from tests.dashboard.speaking import indicator, seen, wording

MEASURE = indicator("open_unemployment", breaks=())
MONTHS = [f"{year}M{month:02d}" for year, month in product(range(2024, 2027), range(1, 13))][:33]


def series(change: float) -> list[Observation]:
    """Low in July, and each year as the one before plus a change."""
    values = {
        period: 20 - (period[5:] == "07") + change * (int(period[:4]) - 2024) for period in MONTHS
    }
    return [
        seen(MEASURE.id, "0127", period, value, segment="a") for period, value in values.items()
    ]


@pytest.mark.parametrize(
    ("change", "arrow", "word"),
    [(1.5, "↑", "Stigande"), (-1.5, "↓", "Fallande"), (0.0, "→", "Ingen tydlig riktning")],
)
def test_a_row_tells_the_year_before_and_twelve_months_against_twelve(
    change: float, arrow: str, word: str
) -> None:
    """September 2026 beside September 2025, never beside August."""
    row = row_content(series(change), (), (None, None), wording(MEASURE))

    assert row.newest
    assert row.newest.period == "2026M09"
    assert row.arrow == arrow
    assert row.change.endswith("sedan september 2025")
    assert row.stretch == f"{word}, senaste tolv månaderna mot de tolv före"
    assert [len(line) for line in row.lines] == [33]


def test_under_two_years_of_months_no_direction_is_told() -> None:
    """The change since the year before stands alone."""
    row = row_content(series(1.5)[-20:], (), (None, None), wording(MEASURE))

    assert row.change.startswith("+1,5 procentenheter sedan september 2025")
    assert row.stretch == ""
