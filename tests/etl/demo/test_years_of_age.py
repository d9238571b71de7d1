"""Age groups of the example, parted into single years of age."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.people import OLDEST_AGE, by_year_of_age

STARTS = (0, 5, 16, 20, 100)


@given(st.lists(st.integers(-5000, 5000), min_size=len(STARTS), max_size=len(STARTS)))
def test_the_years_of_a_group_add_up_to_it_and_differ_by_one_at_most(counts: list[int]) -> None:
    """Nobody is lost, also of a net that is below zero."""
    years = by_year_of_age(np.array(counts, dtype=float)[:, None], STARTS)[:, 0]

    assert len(years) == OLDEST_AGE + 1
    for first, end, count in zip(STARTS, (*STARTS[1:], OLDEST_AGE + 1), counts, strict=True):
        assert years[first:end].sum() == count
        assert np.ptp(years[first:end]) <= 1


def test_a_group_that_is_missing_has_no_years() -> None:
    """Missing is never zero."""
    years = by_year_of_age(np.array([1.0, np.nan, 1, 1, 1])[:, None], STARTS)[:, 0]

    assert np.isnan(years[5:16]).all()
    assert not np.isnan(years[:5]).any()
