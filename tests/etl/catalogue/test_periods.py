"""Years, quarters and months as SCB writes them."""

import pytest

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
