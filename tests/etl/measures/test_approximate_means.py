"""Means of areas by the nearest published population: told apart, partial by so much, by sex."""

import math
from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.unions import METHOD_LABELS, NEAREST_AGES, RegionUnion
from tests.etl.union_cases import indicator, people, published, united

JORDBRO = RegionUnion("stadsdel-jordbro", ("0136R010", "0136R011", "0136R012"))
BAS = {"segment": "bas", "period": "2024"}  # of ages 20-65
AREAS = {"period": "2024", "age": "20-64"}  # what RegSO areas have


def of_bas(values: Mapping[str, float | None], **changes: str) -> pd.DataFrame:
    """Shares of areas in 2024, of ages 20-65."""
    return published({"region": code, "value": value, **BAS, **changes}
                     for code, value in values.items())  # fmt: skip


def only(rows: pd.DataFrame, weights: pd.DataFrame, union: RegionUnion = JORDBRO) -> pd.Series:
    """The only figure of a union."""
    found = united(rows, union, indicator("weight"), weights)
    assert len(found) == 1
    return found.iloc[0]


VALUES = {"0136R010": 60.0, "0136R011": 70.0, "0136R012": 80.0}
PERSONS = [("0136R010", 1000), ("0136R011", 2000), ("0136R012", 1000)]


def test_ages_that_are_not_published_are_weighed_by_the_nearest_and_called_so() -> None:
    """60, 70 and 80 per cent of those aged 20-65, by 1, 2 and 1 thousand aged 20-64: 70."""
    one = only(of_bas(VALUES), people(PERSONS, **AREAS))
    assert one["value"] == pytest.approx(70)
    assert (one["how"], one["weights"], one["covered"]) == ("approximate", "20-64", 1)
    assert METHOD_LABELS["approximate"].sv == "ungefärligt vägt medel"
    assert METHOD_LABELS["approximate"].en == "approximately weighted mean"


def test_where_the_exact_ages_are_published_the_mean_stays_weighted() -> None:
    """Municipalities have 20-65: the nearest ages are left alone."""
    exact = people(PERSONS, period="2024", age="20-65")
    near = people([("0136R010", 9), ("0136R011", 1), ("0136R012", 1)], **AREAS)
    one = only(of_bas(VALUES), pd.concat([near, exact]))
    assert (one["value"], one["how"], one["weights"]) == (pytest.approx(70), "weighted", "20-65")


def test_one_mean_has_weights_of_one_age_alone() -> None:
    """An area has 20-64 and a municipality both: all are weighed by 20-64, never mixed."""
    union = RegionUnion("grupp", ("0136R010", "0180"))
    rows = of_bas({"0136R010": 60, "0180": 80})
    both = people([("0136R010", 100), ("0180", 300)], **AREAS)
    one = only(rows, pd.concat([people([("0180", 7)], period="2024", age="20-65"), both]),
               union)  # fmt: skip
    assert (one["value"], one["how"]) == (pytest.approx(75), "approximate")


def test_women_are_weighed_by_women() -> None:
    """The sex of the weights is that of the figure; men and everybody say nothing of it."""
    women = people([("0136R010", 100), ("0136R011", 300), ("0136R012", 0)], sex="2", **AREAS)
    others = people([(code, 5000) for code, _ in PERSONS], **AREAS)
    one = only(of_bas(VALUES, sex="2"), pd.concat([women, others]))
    assert one["value"] == pytest.approx((60 * 100 + 70 * 300) / 400)
    assert united(of_bas(VALUES, sex="1"), JORDBRO, indicator("weight"), women).empty


def test_a_hidden_member_makes_the_mean_partial_by_its_part_of_the_weights() -> None:
    """Without one of 1 000 of 4 000 persons three quarters are covered."""
    one = only(of_bas({**VALUES, "0136R010": None}), people(PERSONS, **AREAS))
    assert one["value"] == pytest.approx((70 * 2000 + 80 * 1000) / 3000)
    assert (one["present"], one["covered"]) == (2, 0.75)


def test_a_mean_of_one_area_alone_is_its_figure_to_the_last_digit() -> None:
    """62.8 of 1 047 persons is 62.8, not 62.79999999999999, when the others are hidden."""
    figures = {"0136R010": 62.8, "0136R011": None, "0136R012": None}
    persons = [("0136R010", 1047), ("0136R011", 2000), ("0136R012", 1000)]
    assert only(of_bas(figures), people(persons, **AREAS))["value"] == 62.8


def test_what_a_member_weighs_that_has_no_weight_is_not_guessed() -> None:
    """Nobody knows how many live in the third: no share of the whole is told."""
    one = only(of_bas(VALUES), people(PERSONS[:2], **AREAS))
    assert one["present"] == 2
    assert math.isnan(one["covered"])


@pytest.mark.parametrize("group", [{"background": "SE"}, {"age": "20-24"}, {"education": "EU"}])
def test_there_is_no_mean_by_origin_age_or_education(group: dict[str, str]) -> None:
    """Their population is not published: no mean, though everybody's weights are there."""
    found = united(of_bas(VALUES, **group), JORDBRO, indicator("weight"), people(PERSONS, **AREAS))
    assert found.empty


def test_an_amount_is_never_averaged() -> None:
    """Median incomes and ratios have no mean, however many weights there are."""
    for measure in ("amount", "index"):
        rule = indicator("none", measure)
        assert united(of_bas(VALUES), JORDBRO, rule, people(PERSONS, **AREAS)).empty


def test_the_nearest_ages_overlap_what_they_stand_for_but_for_a_year_at_an_end() -> None:
    """15-19 for 16-19 and 20-64 for 20-65 differ by one year of age."""
    for asked, near in NEAREST_AGES.items():
        first, last = (int(age) for age in asked.split("-"))
        nearest_first, nearest_last = (int(age) for age in near.split("-"))
        assert abs(first - nearest_first) + abs(last - nearest_last) == 1


@given(
    st.lists(
        st.tuples(
            st.floats(0, 100, allow_nan=False),
            st.integers(0, 10_000),
            st.booleans(),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_a_mean_lies_between_its_members_and_its_weights_sum(
    drawn: list[tuple[float, int, bool]],
) -> None:
    """By hand: sum of share times persons over persons of those present, and what they cover."""
    codes = [f"0136R{number:03}" for number in range(len(drawn))]
    union = RegionUnion("stadsdel-x", tuple(codes))
    members = {
        code: (value if shown else None)
        for code, (value, _, shown) in zip(codes, drawn, strict=True)
    }
    weights = {code: persons for code, (_, persons, _) in zip(codes, drawn, strict=True)}
    one = only(of_bas(members), people(list(weights.items()), **AREAS), union)
    counted = {
        code: value for code, value in members.items() if value is not None and weights[code]
    }
    whole = sum(weights[code] for code in counted)
    if not whole:
        assert math.isnan(one["value"])
        return
    by_hand = sum(value * weights[code] for code, value in counted.items()) / whole
    assert one["value"] == pytest.approx(by_hand)
    assert min(counted.values()) - 1e-9 <= one["value"] <= max(counted.values()) + 1e-9
    assert one["covered"] == pytest.approx(whole / sum(weights.values()))
