"""The two divisions into RegSO, and areas beside them."""

from dataclasses import replace

import pytest

from etl.binding.binding import Bound
from tests.etl.binding_cases import bind, groups
from tests.etl.entries import SWEDEN

BOTH = ("0180R001", "0180R002", "0180R001_RegSO2025", "0184R009_RegSO2025")
YEARS = ("2022", "2023", "2024", "2025")


def asked(bounds: tuple[Bound, ...]) -> set[tuple[str, str]]:
    """Every region and period that is asked for."""
    return {
        (region, period)
        for one in bounds
        for region in one.selection["Region"]
        for period in one.selection["Tid"]
    }


def test_with_both_divisions_each_is_asked_for_in_its_own_years_only() -> None:
    """The 2020 division lasts to 2023; outside its years SCB sends zeros, which are no zeros."""
    bounds = bind({"Region": BOTH, "Tid": YEARS}, levels=("regso",))
    assert asked(bounds) == {
        *((region, year) for region in BOTH[:2] for year in YEARS[:2]),
        *((region, year) for region in BOTH[2:] for year in YEARS[2:]),
    }


@pytest.mark.parametrize("division", [BOTH[:2], BOTH[2:]])
def test_a_table_with_one_division_keeps_all_its_years(division: tuple[str, ...]) -> None:
    """A table recomputed backwards or continued in one division is right in all years."""
    bounds = bind({"Region": division, "Tid": YEARS}, levels=("regso",))
    assert asked(bounds) == {(region, year) for region in division for year in YEARS}


def test_municipalities_beside_both_divisions_keep_all_their_years() -> None:
    """Only RegSO have divisions; a municipality of the same table exists in every year."""
    bounds = bind({"Region": ("0180", *BOTH), "Tid": YEARS}, levels=("municipality", "regso"))
    assert {(region, year) for region, year in asked(bounds) if region == "0180"} == {
        ("0180", year) for year in YEARS
    }
    assert ("0180R001", "2024") not in asked(bounds)


def test_areas_of_a_level_that_the_source_does_not_name_are_not_asked_for() -> None:
    """DeSO and municipalities in the same variable stay where they are."""
    bounds = bind({"Region": ("0180", "0114C1010", *BOTH[:2]), "Tid": YEARS}, levels=("regso",))
    assert {region for region, _ in asked(bounds)} == set(BOTH[:2])


def test_an_area_whose_border_is_unchanged_is_one_region_in_both_divisions() -> None:
    """0180R001 goes on after 2023 under its code of 2020; a changed one stays another region."""
    known = replace(SWEDEN, same_area={"0180R001_RegSO2025": "0180R001"})
    old, new = bind({"Region": BOTH, "Tid": YEARS}, levels=("regso",), known=known)
    assert groups(old, "Region") == [
        ("region", "0180R001", ("0180R001",), ()),
        ("region", "0180R002", ("0180R002",), ()),
    ]
    assert groups(new, "Region") == [
        ("region", "0180R001", ("0180R001_RegSO2025",), ()),
        ("region", "0184R009_RegSO2025", ("0184R009_RegSO2025",), ()),
    ]
    assert asked((new,)) == {(area, year) for area in BOTH[2:] for year in YEARS[2:]}


def test_without_a_row_in_the_list_of_unchanged_areas_two_divisions_are_two_regions() -> None:
    """The same code and name say nothing of the border."""
    _, new = bind(
        {"Region": BOTH, "Tid": YEARS}, levels=("regso",), known=replace(SWEDEN, same_area={})
    )
    assert [code for _, code, *_ in groups(new, "Region")] == list(BOTH[2:])
