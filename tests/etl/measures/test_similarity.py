"""
Similar municipalities, worked out by hand for ten invented ones.

    code    population  z   öv  z     post  20-64  z   group
    A       10^3       -3    8 -5/3    30    54   -1   C
    B       10^4       -1   10 -1      30    54   -1   C
    C       10^4       -1   12 -1/3    30    54   -1   C
    D       10^4       -1   14  1/3    30    54   -1   C
    E       10^4       -1   16  1      30    54   -1   C
    F       10^5        1   10 -1      30    56    1   B
    G       10^5        1   12 -1/3    30    56    1   B
    H       10^5        1   14  1/3    30    56    1   B
    I       10^5        1   16  1      30    56    1   B
    J       10^6        3   18  5/3    50    56    1   B

Logarithms to the base 10 have the median 4.5 and the MAD 0.5 (of 1.5 twice and 0.5 eight
times), and natural ones the same z-values; the shares have the medians 13, 30 and 55 and the
MADs 3 (of 1 four times, 3 four times, 5 twice), 0 and 1. The share of post-secondary has MAD 0
and is left out.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.catalogue.loading import load
from etl.measures.similarity import (
    PUBLISHED,
    Alike,
    Likeness,
    Neighbour,
    NobodyAlikeError,
    alike,
    likeness_of,
    main_groups,
    own_subject,
    profiles,
)
from tests.etl.running import CATALOGUE, opened
from tests.etl.union_cases import grouped, published

CODES = list("ABCDEFGHIJ")
TEN = pd.DataFrame(
    {
        "population": [1e3, *[1e4] * 4, *[1e5] * 4, 1e6],
        "born_outside_europe_share": [8.0, 10, 12, 14, 16, 10, 12, 14, 16, 18],
        "post_secondary_share": [30.0] * 9 + [50],
        "aged_20_64_share": [54.0] * 5 + [56] * 5,
    },
    index=CODES,
)
GROUPS = {code: "C" if code < "F" else "B" for code in CODES}


def similar(
    table: pd.DataFrame, groups: Mapping[str, str], *, without: Sequence[str] = ()
) -> dict[str, Alike]:
    """The nearest of every municipality by the published method."""
    known = likeness_of(table, "2025", groups, {})
    return {code: alike(code, known, PUBLISHED, without=without) for code in known.codes}


def test_the_seven_nearest_are_those_worked_out_by_hand() -> None:
    """From B: z differs by 2/3 a step within the group; the other group is 1 farther."""
    found = similar(TEN, GROUPS)["B"]

    assert [one.code for one in found.nearest] == ["C", "D", "E", "A", "F", "G", "H"]
    assert [one.distance for one in found.nearest] == pytest.approx(
        [2 / 3, 4 / 3, 2, sqrt(4 + 4 / 9), sqrt(8) + 1, sqrt(8 + 4 / 9) + 1, sqrt(8 + 16 / 9) + 1]
    )
    assert found.near


def test_a_variable_that_most_have_alike_is_left_out_and_it_says_so() -> None:
    """MAD 0 gives no z-value; the variables of the distance are told."""
    used = ("population", "born_outside_europe_share", "aged_20_64_share")
    for one in similar(TEN, GROUPS).values():
        assert one.used == used
        assert one.left_out == {"post_secondary_share": "equal"}


def test_the_subject_of_the_indicator_is_never_among_the_variables() -> None:
    """Population is not compared among those of like population: A is then as near as any."""
    shipped = load(CATALOGUE).indicator
    without = own_subject(shipped["population"])
    found = similar(TEN, GROUPS, without=without)["A"]

    assert without == ("population",)
    assert "population" not in found.used
    assert found.nearest[0] == Neighbour("B", round(2 / 3, 9))
    assert own_subject(shipped["employment_rate"]) == ()
    assert own_subject(shipped["post_secondary_share_25_65"]) == ("post_secondary_share",)
    assert own_subject(shipped["recent_arrivals_share"]) == ("born_outside_europe_share",)
    assert own_subject(shipped["working_age_share"]) == ("aged_20_64_share",)


def test_a_variable_that_is_missing_is_dropped_for_all() -> None:
    """Distances are made of the same variables; a missing one is neither zero nor the mean."""
    column = "born_outside_europe_share"
    holed = TEN.assign(**{column: TEN[column].mask(TEN.index == "J")})

    assert similar(holed, GROUPS) == similar(TEN.drop(columns=column), GROUPS)
    assert similar(holed, GROUPS)["B"].used == ("population", "aged_20_64_share")


def test_equal_distances_are_ordered_by_code_whatever_the_order_of_the_rows() -> None:
    """B and D are both 2/3 from C."""
    found = similar(TEN, GROUPS)
    assert [one.code for one in found["C"].nearest[:2]] == ["B", "D"]
    assert similar(TEN.iloc[::-1], GROUPS) == found


def test_the_largest_has_no_near_neighbour_and_it_says_so() -> None:
    """To J: I, H, G and F are 2.11, 2.40, 2.83 and 3.33; two within 2.5 are too few."""
    found = similar(TEN, GROUPS)["J"]
    assert [round(one.distance, 2) for one in found.nearest[:4]] == [2.11, 2.40, 2.83, 3.33]
    assert not found.near


def test_another_main_group_costs_one() -> None:
    """In one group the distance of B and F is the square root of 8, in two it is 1 more."""
    alike = similar(TEN, dict.fromkeys(CODES, "C"))["B"].nearest
    assert {one.code: one.distance for one in alike}["F"] == pytest.approx(sqrt(8))


def test_a_municipality_without_a_main_group_is_not_among_them() -> None:
    """A guess would move it by one."""
    found = similar(TEN, dict.fromkeys(CODES[1:], "B"))

    assert list(found) == CODES[1:]
    assert "A" not in {near.code for one in found.values() for near in one.nearest}


def test_profiles_are_of_the_latest_year_that_has_all_variables() -> None:
    """2021 has the areas of both, 2022 hides one: 2021, with öv 30 of 200 and 20-64 100 of 200."""
    rows = published(
        {"region": region, "period": period, **grouped(group), "value": value}
        for period, hidden in (("2020", 1), ("2021", 10), ("2022", None))
        for region, group, value in (
            ("0127", "_T", 200), ("0127", "20-64", 100), ("0127R001", "öv", 20),
            ("0127R002", "öv", hidden), ("0136", "_T", 50), ("0136", "20-64", 30),
            ("0136R001", "öv", 5),
        )
    )  # fmt: skip
    educated = pd.DataFrame(
        {"region": ["0127", "0136"], "period": ["2021"] * 2, "value": [40.0, 20]}
    )
    year, found = profiles(rows, educated)

    assert year == "2021"
    assert found.index.tolist() == ["0127", "0136"]
    assert found.to_numpy().tolist() == [[200, 15, 40, 50], [50, 10, 20, 60]]
    assert "post_secondary_share" not in profiles(rows)[1].columns


def test_there_are_no_profiles_where_no_municipality_has_inhabitants() -> None:
    """Figures of areas alone make nobody alike, and that is said."""
    areas = published([{"region": "0127R001", "period": "2024", "background": "öv", "value": 9}])

    with pytest.raises(NobodyAlikeError, match="no municipality has a number"):
        profiles(areas)


def two_municipalities(*years: str) -> pd.DataFrame:
    """Observations of population of two municipalities, alike in every year."""
    return published(
        {"region": region, "period": period, **grouped(group), "value": value}
        for period in years
        for region, group, value in (
            ("0127", "_T", 200), ("0127", "20-64", 100), ("0127R001", "öv", 30),
            ("0136", "_T", 50), ("0136", "20-64", 30), ("0136R001", "öv", 5),
        )
    )  # fmt: skip


def educated_in(**shares: tuple[float | None, float | None]) -> pd.DataFrame:
    """The share with post-secondary education of the two, by year ("_2024")."""
    rows = [
        {"region": region, "period": year.removeprefix("_"), "value": value}
        for year, both in shares.items()
        for region, value in zip(("0127", "0136"), both, strict=True)
    ]
    return pd.DataFrame(rows).astype({"value": float})


def test_the_year_is_the_latest_that_population_and_education_have_in_common() -> None:
    """Population 2023-2025, education 2023-2024: 2024, with its shares 41 and 21."""
    year, found = profiles(
        two_municipalities("2023", "2024", "2025"),
        educated_in(_2023=(40.0, 20.0), _2024=(41.0, 21.0)),
    )

    assert year == "2024"
    assert found["post_secondary_share"].tolist() == [41, 21]


def test_a_year_in_which_one_municipality_is_hidden_is_not_common() -> None:
    """Education is hidden for one in 2025: 2024 has it for both."""
    year, _ = profiles(
        two_municipalities("2024", "2025"), educated_in(_2024=(41.0, 21.0), _2025=(42.0, None))
    )

    assert year == "2024"


def test_education_that_never_meets_the_population_is_dropped() -> None:
    """Education of 2026 only: the year is the population's, and no distance knows of it."""
    year, found = profiles(two_municipalities("2024", "2025"), educated_in(_2026=(41.0, 21.0)))

    assert year == "2025"
    assert found["post_secondary_share"].isna().all()
    groups = {"0127": "A", "0136": "A"}
    assert "post_secondary_share" not in similar(found, groups)["0127"].used


@pytest.mark.slow
def test_every_municipality_of_the_example_has_seven_and_stockholm_none_near(
    example_data: Path,
) -> None:
    """All 290, each with its distances in order; nobody is its own neighbour."""
    with opened(example_data) as connection:
        educated = connection.execute(
            """
            SELECT region::VARCHAR AS region, period::VARCHAR AS period, value
            FROM observation JOIN region ON region.code = observation.region::VARCHAR
            WHERE indicator = 'post_secondary_share_25_65' AND level = 'municipality'
            """
        ).df()
        rows = connection.execute(
            """
            SELECT region::VARCHAR AS region, period::VARCHAR AS period,
                   background::VARCHAR AS background, age::VARCHAR AS age, value
            FROM observation JOIN region ON region.code = observation.region::VARCHAR
            WHERE indicator = 'population' AND sex = '_T'
              AND (level = 'municipality' AND background = '_T' AND age IN ('_T', '20-64')
                   OR level = 'regso' AND background = 'öv')
            """
        ).df()
        members = connection.execute("SELECT region, member FROM region_member").df()
    year, known = profiles(rows, educated)
    found = similar(known, main_groups(members))

    assert year == "2025"
    assert len(found) == 290
    assert len(found["0127"].used) == 4
    for code, one in found.items():
        distances = [neighbour.distance for neighbour in one.nearest]
        assert len(distances) == 7
        assert distances == sorted(distances)
        assert code not in {neighbour.code for neighbour in one.nearest}
    assert not found["0180"].near
    assert np.mean([one.near for one in found.values()]) > 0.8


LETTERS = tuple("CCCCCBBBBB")


def likeness(**changes: list[float]) -> Likeness:
    """The ten, with some of their values changed."""
    values = {name: np.array(TEN[name], dtype=float) for name in TEN.columns}
    values |= {name: np.array(column, dtype=float) for name, column in changes.items()}
    return Likeness(tuple(CODES), LETTERS, values, dict.fromkeys(values, "2025"))


def distances(code: str, weights: dict[str, int], of: Likeness | None = None) -> dict[str, float]:
    """How far away each of the others is."""
    found = alike(code, of or likeness(), weights, number=20)
    return {one.code: one.distance for one in found.nearest}


def test_a_weight_counts_the_difference_as_many_times() -> None:
    """
    B and C differ by 2/3 in one criterion, B and F by 2 and 2 in two and by the group.

    Population 2, the other two and the group 1: the mean of the weights that are not zero is 5/4.
    """
    weights = {"population": 2, "born_outside_europe_share": 1, "aged_20_64_share": 1, "skr": 1}
    found = distances("B", weights)

    assert found["C"] == pytest.approx(2 / 3 / 1.25)
    assert found["F"] == pytest.approx(sqrt(4**2 + 2**2) / 1.25 + 1 / 1.25)
    assert distances("B", weights | {"skr": 0})["F"] == pytest.approx(sqrt(4**2 + 2**2) / (4 / 3))


def test_a_criterion_that_is_not_used_makes_nobody_near() -> None:
    """J is twice as far from the next as is near by population, also beside what is left out."""
    rented = likeness(rented_share=list(range(10)))
    alone = alike("J", rented, {"population": 1})
    beside = alike("J", rented, {"population": 1, "rented_share": 3}, without=["rented_share"])

    assert beside.used == alone.used == ("population",)
    assert not alone.near
    assert not beside.near


@given(
    st.dictionaries(st.sampled_from(["population", "born_outside_europe_share", "skr"]),
                    st.integers(0, 1), min_size=1),
    st.integers(1, 3),
    st.sampled_from(CODES),
)  # fmt: skip
def test_only_the_proportions_of_weights_matter(
    weights: dict[str, int], times: int, code: str
) -> None:
    """All weights twice as large: the same municipalities at the same distances, as near."""
    weights |= {"aged_20_64_share": 1}
    one = alike(code, likeness(), weights)
    other = alike(code, likeness(), {name: times * weight for name, weight in weights.items()})

    assert one == other


@given(st.lists(st.integers(0, 3), min_size=10, max_size=10), st.sampled_from(CODES),
       st.integers(5, 9), st.randoms())  # fmt: skip
def test_the_order_is_total_and_stable(
    values: list[int], code: str, number: int, rng: Random
) -> None:
    """Every other municipality once, nearest first, equal ones by code, in whatever order."""
    column = [float(value) for value in values]
    known = likeness(other=column)
    weights = {"other": 1, "born_outside_europe_share": 1}
    found = alike(code, known, weights, number=number)
    order = list(range(len(CODES)))
    rng.shuffle(order)
    shuffled = Likeness(
        tuple(CODES[place] for place in order),
        tuple(LETTERS[place] for place in order),
        {name: numbers[order] for name, numbers in known.values.items()},
        known.years,
    )
    again = alike(code, shuffled, weights, number=number)

    keys = [(one.distance, one.code) for one in found.nearest]
    assert keys == sorted(keys)
    assert len({one.code for one in found.nearest} | {code}) == number + 1
    assert [one.distance for one in again.nearest] == [one.distance for one in found.nearest]
    assert list(found.places) == sorted(found.places)


def test_equal_distances_share_a_place_and_one_that_is_left_out_by_a_tie_is_told() -> None:
    """B and D are both 2/3 from C, A and E are not as near; of one alone the other is told."""
    weights = {"born_outside_europe_share": 1}
    found = alike("C", likeness(), weights, number=3)

    # G has the same share as C: it is the nearest.
    assert [one.code for one in found.nearest] == ["G", "B", "D"]
    assert found.places == (1, 2, 2)
    assert found.level_with_last == ("F", "H")


def test_a_municipality_that_lacks_a_chosen_criterion_is_left_out_and_named() -> None:
    """Not near by chance, and not taken for the median; of the published method it is as before."""
    holed = likeness(other=[1, 2, 3, 4, 5, 6, 7, 8, float("nan"), float("nan")])
    found = alike("B", holed, {"other": 1, "population": 1}, number=20)

    assert found.lacking == {"other": ("I", "J")}
    assert {one.code for one in found.nearest} == set("ACDEFGH")


def test_a_criterion_that_cannot_be_used_is_told_with_the_reason() -> None:
    """The own one is missing, most are missing, the source has none, most have it alike."""
    hole = float("nan")
    known = likeness(own=[1, hole, 3, 4, 5, 6, 7, 8, 9, 10], few=[hole] * 6 + [1, 2, 3, 4])
    weights = dict.fromkeys(("own", "few", "none", "post_secondary_share", "population"), 1)
    found = alike("B", known, weights)

    assert found.left_out == {
        "own": "own", "few": "missing", "none": "missing", "post_secondary_share": "equal",
    }  # fmt: skip
    assert found.used == ("population",)
    assert alike("B", known, {"population": 1, "few": 0}).left_out == {}


def test_no_criterion_that_is_a_number_makes_nobody_alike() -> None:
    """The main group alone, or weights that are all zero, tell nobody apart."""
    for weights in ({"skr": 1}, dict.fromkeys(PUBLISHED, 0), {"population": 1}):
        with pytest.raises(NobodyAlikeError, match="nothing is similar"):
            alike("B", likeness(), weights, without=["population"])


def test_what_municipalities_are_like_is_gathered_by_code() -> None:
    """In the order of the codes; a number that nobody has is missing, never zero."""
    known = likeness_of(TEN.iloc[::-1], "2025", GROUPS, {"other": ("2023", {"B": 7.0})})

    assert known.codes == tuple(CODES)
    assert known.letters == LETTERS
    assert known.of("B")["other"] == 7
    assert np.isnan(known.of("A")["other"])
    assert known.of("J")["population"] == 1e6
    assert (known.years["other"], known.years["population"]) == ("2023", "2025")
