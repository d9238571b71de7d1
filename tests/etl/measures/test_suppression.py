"""What the source hides stays hidden: everything that is computed is tried for a residual."""

import inspect
from collections.abc import Sequence
from itertools import product
from types import FunctionType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.measures import areas, segregation, similarity, unions
from etl.measures.unions import RegionUnion
from tests.etl.union_cases import indicator, median, people, published, united

REGIONS = ("0127", "0136", "0180")
SEXES = ("_T", "1", "2")
GROUPS = ("_T", "SE", "SAMUTF")
ALL = RegionUnion("all", REGIONS)
Hidden = frozenset[tuple[str, str, str]]
CELLS = tuple(product(REGIONS, SEXES, GROUPS))
HIDDEN = st.frozensets(st.sampled_from(CELLS))
COUNTS = st.lists(st.integers(1, 400), min_size=len(CELLS), max_size=len(CELLS))
MADE = ("counts", "sums", "weight", "median")


def table(counts: Sequence[int], hidden: Hidden) -> pd.DataFrame:
    """Counts of each region, sex and group of 400 persons each; hidden ones are not there."""
    return published(
        {
            "region": region,
            "sex": sex,
            "background": group,
            "value": None if (region, sex, group) in hidden else count / 4,
            "numerator": None if (region, sex, group) in hidden else count,
            "denominator": 400,
        }
        for (region, sex, group), count in zip(CELLS, counts, strict=True)
    )


def computed(made: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The union of all three regions, made in one of the ways there are."""
    if made == "median":
        return median(rows, ALL, indicator("none", "ratio"))
    if made == "weight":
        weights = pd.concat(people([(r, 400) for r in REGIONS], sex=sex) for sex in SEXES)
        return united(rows, ALL, indicator("weight"), weights)
    measure = "share" if made == "counts" else "count"
    return united(rows, ALL, indicator("counts", measure))


@pytest.mark.parametrize("made", MADE)
@settings(max_examples=10)
@given(counts=COUNTS, hidden=HIDDEN)
def test_union_minus_members_leaves_nothing_of_a_hidden_one(
    made: str, counts: list[int], hidden: Hidden
) -> None:
    """Every figure is that of the members shown: whoever subtracts them has nothing left."""
    for one in computed(made, table(counts, hidden)).to_dict("records"):
        shown = [
            count / 4
            for cell, count in zip(CELLS, counts, strict=True)
            if cell[1:] == (one["sex"], one["background"]) and cell not in hidden
        ]
        gone = {cell[0] for cell in hidden if cell[1:] == (one["sex"], one["background"])}
        assert {lack.member for lack in one["lacking"]} == gone
        assert one["present"] == len(shown)
        if not shown:
            assert np.isnan(one["value"])
            continue
        alone = {"sums": sum(shown), "median": float(np.median(shown))}
        assert one["value"] == pytest.approx(alone.get(made, float(np.mean(shown))))


@pytest.mark.parametrize("made", MADE)
@settings(max_examples=6)
@given(counts=COUNTS, others=COUNTS, hidden=HIDDEN, sex=st.sampled_from(SEXES),
       group=st.sampled_from(GROUPS))  # fmt: skip
def test_a_figure_knows_nothing_of_other_sexes_and_groups(
    *, made: str, counts: list[int], others: list[int], hidden: Hidden, sex: str, group: str
) -> None:
    """
    Total minus known groups, both sexes minus one: the same figure whatever the others are.

    A residual would change with the numbers that it is worked out from.
    """
    mixed = [
        mine if cell[1:] == (sex, group) else other
        for cell, mine, other in zip(CELLS, counts, others, strict=True)
    ]

    def own(numbers: Sequence[int]) -> pd.DataFrame:
        found = computed(made, table(numbers, hidden))
        return found[(found["sex"] == sex) & (found["background"] == group)]

    pd.testing.assert_frame_equal(own(counts), own(mixed))


def test_nothing_that_is_offered_subtracts_one_published_figure_from_another() -> None:
    """No function takes a whole and its parts; none is named after what is left."""
    offered = [
        value
        for module in (areas, segregation, similarity, unions)
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and not name.startswith("_")
    ]
    words = ("residual", "rest", "remainder", "minus", "except", "without")
    assert len(offered) >= len(MADE)
    for function in offered:
        taken = inspect.signature(function).parameters
        assert not any(word in function.__name__ for word in words)
        assert not {"whole", "total", "parts"} & set(taken)
