"""Ages that name themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue import ages
from etl.catalogue.loading import load
from tests.source import ROOT

SHIPPED = load(ROOT / "indicators.yaml")


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("20-64", (20, 64)),
        ("65+", (65, ages.OLDEST)),
        ("45", (45, 45)),
        ("100+", (100, ages.OLDEST)),
    ],
)
def test_the_code_says_the_first_and_the_last_age(code: str, years: tuple[int, int]) -> None:
    """20-64 is from 20 to 64, both included."""
    assert ages.span(code) == years


@pytest.mark.parametrize("code", ["_T", "SE", "INT010", "INT0-9", "64-20", "-4", "tot20-64", ""])
def test_other_codes_are_no_ages(code: str) -> None:
    """A time in Sweden or a total is never taken for an age."""
    assert ages.span(code) is None
    assert not ages.is_class(code)


@given(st.integers(0, 99))
def test_a_year_of_age_is_no_class(age: int) -> None:
    """The two overlap, so they are told apart."""
    assert ages.is_single(str(age))
    assert not ages.is_class(str(age))
    assert ages.is_class(f"{age}-{age + 4}")


def test_years_and_five_year_classes_cover_every_age_once() -> None:
    """What a pyramid is drawn from: nobody is left out and nobody is counted twice."""
    for run in (ages.SINGLE_YEARS, ages.FIVE_YEAR_CLASSES):
        spans = [ages.span(code) for code in run]
        covered = [age for one in spans if one for age in range(one[0], one[1] + 1)]
        assert covered == list(range(ages.OLDEST + 1))


def test_every_age_of_the_catalogue_has_a_name_in_both_languages() -> None:
    """65 år och äldre; Aged 65 and over."""
    named = {one.code: (one.label.sv, one.label.en, one.kind)
             for one in SHIPPED.categories if one.dimension == "age"}  # fmt: skip

    assert named["_T"] == ("Alla åldrar", "All ages", "total")
    assert named["65+"] == ("65 år och äldre", "Aged 65 and over", "age")
    assert named["20-64"] == ("20–64 år", "Aged 20–64", "age")
    assert named["45"] == ("45 år", "Aged 45", "single_age")
    assert named["100+"] == ("100 år och äldre", "Aged 100 and over", "single_age")
    assert {ages.span(code) is None for code in named if code != "_T"} == {False}


def test_menus_offer_the_ages_that_measures_have_and_tables_the_classes_of_a_pyramid() -> None:
    """20–24 is an age of the labour market; 40–44 is one of twenty bars."""
    kinds = {one.code: one.kind for one in SHIPPED.categories if one.dimension == "age"}

    assert {kinds[code] for code in ("0-19", "16-19", "20-24", "20-64", "65+")} == {"age"}
    assert {kinds[code] for code in ("0-4", "40-44", "95-99")} == {"five_years"}
