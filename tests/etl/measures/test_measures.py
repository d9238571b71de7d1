"""Sums of areas: of counts only, and missing where a part is hidden."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.areas import Codebook, Observations, parents, summed

REGIONS = ("00", "01", "0180", "0180R001", "0180R002", "0184", "0184R001", "03", "0380")
BOOK = Codebook(
    {
        "region": REGIONS,
        "period": ("2020", "2021"),
        "sex": ("1", "_T"),
        "background": ("_T",),
        "education": ("_T",),
    },
    {"region": {code: at for at, code in enumerate(REGIONS)}},
)
AREAS = ("0180R001", "0180R002", "0184R001")
Cell = tuple[str, int, float | None, float | None]


def areas(cells: Sequence[Cell]) -> Observations:
    """Shares of areas: region, place of the period, numerator and denominator; None is hidden."""
    over = np.array([np.nan if cell[2] is None else cell[2] for cell in cells])
    under = np.array([np.nan if cell[3] is None else cell[3] for cell in cells])
    value = 100 * over / np.where(under == 0, np.nan, under)
    everybody = np.zeros(len(cells), np.int16)
    return Observations(
        region=np.array([REGIONS.index(cell[0]) for cell in cells], np.int32),
        period=np.array([cell[1] for cell in cells], np.int16),
        sex=everybody + np.int16(1),
        background=everybody,
        age=everybody,
        education=everybody,
        value=value,
        status=np.isnan(value).astype(np.int8),
        numerator=over,
        denominator=under,
        computed=np.ones(len(cells), np.bool_),
        symbols=("", ".."),
    )


def sums(cells: Sequence[Cell], level: str = "municipality") -> dict[tuple[str, int], list[float]]:
    """Numerator, denominator and share of each sum, by region and place of the period."""
    found = summed(areas(cells), parents(BOOK, level, AREAS))
    assert found.numerator is not None
    assert found.denominator is not None
    return {
        (REGIONS[region], int(period)): [float(over), float(under), float(value)]
        for region, period, over, under, value in zip(
            found.region,
            found.period,
            found.numerator,
            found.denominator,
            found.value,
            strict=True,
        )
    }


def test_a_municipality_is_the_sum_of_the_counts_of_its_areas() -> None:
    """10 of 40 and 50 of 60 are 60 of 100: 60 per cent, not the mean of 25 and 83."""
    found = sums([("0180R001", 0, 10, 40), ("0180R002", 0, 50, 60), ("0184R001", 0, 1, 2)])
    assert found == {("0180", 0): [60, 100, 60], ("0184", 0): [1, 2, 50]}


def test_periods_are_not_added_to_each_other() -> None:
    """Each period, sex and background has its own sum."""
    found = sums([("0180R001", 0, 1, 4), ("0180R001", 1, 3, 4)])
    assert found == {("0180", 0): [1, 4, 25], ("0180", 1): [3, 4, 75]}


def test_a_county_of_which_a_municipality_has_no_areas_is_not_summed() -> None:
    """The sum of a part is not the whole: 03 lacks 0380's areas, and so does the country."""
    assert parents(BOOK, "county", AREAS).tolist() == [-1, -1, -1, 1, 1, -1, 1, -1, -1]
    assert set(parents(BOOK, "country", AREAS).tolist()) == {-1}
    complete = (*AREAS, "0380R001")
    assert parents(BOOK, "country", complete)[REGIONS.index("0180R001")] == REGIONS.index("00")


def test_regions_that_are_no_areas_are_never_added() -> None:
    """A municipality beside its areas would count everybody twice."""
    assert sums([("0180R001", 0, 1, 4), ("0180", 0, 1, 4)]) == {("0180", 0): [1, 4, 25]}


def test_shares_without_counts_are_never_added() -> None:
    """Where the source publishes the share itself there is nothing to add."""
    published = replace(areas([("0180R001", 0, 1, 4)]), numerator=None, denominator=None)
    with pytest.raises(ValueError, match="shares cannot be added"):
        summed(published, parents(BOOK, "municipality", AREAS))


def test_a_sum_of_nobody_has_no_share_and_says_that_it_cannot_occur() -> None:
    """0 of 0 is `.`, a sum with a hidden member is `..`, and a real zero is 0."""
    found = summed(
        areas([("0180R001", 0, 0, 0), ("0180R001", 1, None, 0), ("0184R001", 0, 0, 9)]),
        parents(BOOK, "municipality", AREAS),
    )
    assert [found.symbols[mark] for mark in found.status] == [".", "..", ""]
    assert np.isnan(found.value).tolist() == [True, True, False]
    assert found.value[2] == 0


COUNT = st.none() | st.integers(0, 500)


@given(
    st.lists(
        st.tuples(st.sampled_from(AREAS), st.integers(0, 1), COUNT, COUNT),
        min_size=1,
        unique_by=lambda cell: cell[:2],
    )
)
def test_a_hidden_count_cannot_be_worked_out_from_a_sum(cells: list[Cell]) -> None:
    """Sum minus the members that are shown never leaves a hidden one: such a sum is hidden too."""
    found = sums(cells)
    for (region, period), (over, under, share) in found.items():
        members = [cell for cell in cells if cell[0].startswith(region) and cell[1] == period]
        for total, counts in ((over, [c[2] for c in members]), (under, [c[3] for c in members])):
            shown = [count for count in counts if count is not None]
            if len(shown) < len(counts):
                assert np.isnan(total)
                assert np.isnan(share)
            else:
                assert total == sum(shown)
