"""Classes of a map: at most five, of about equally many, and equal values together."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.classes import ShadeClass, class_scale, placed


def classes(values: Mapping[str, float], *, threshold: float = 0.0) -> tuple[ShadeClass, ...]:
    """The classes of one year alone."""
    return placed(values, class_scale(values.values(), threshold=threshold))


def test_ten_different_values_make_five_classes_of_two() -> None:
    """Equally many in each, where nothing stands in the way."""
    found = classes({f"{place:04}": float(place) for place in range(10)})

    assert [(one.tone, one.low, one.high) for one in found] == [
        (1, 0, 1), (2, 2, 3), (3, 4, 5), (4, 6, 7), (5, 8, 9),
    ]  # fmt: skip


def test_a_value_that_many_show_is_never_split() -> None:
    """Eight of thirteen show 1: they are one class, larger than a fifth."""
    values = {f"{place:04}": 1.0 for place in range(8)} | {
        f"{place:04}": float(place - 6) for place in range(8, 13)
    }

    assert [(one.low, one.high, len(one.regions)) for one in classes(values)] == [
        (1, 1, 8), (2, 2, 1), (3, 3, 1), (4, 4, 1), (5, 6, 2),
    ]  # fmt: skip


def test_few_values_have_a_class_each_with_tones_far_apart() -> None:
    """Two values are the lightest and the darkest, one alone is in between."""
    assert [one.tone for one in classes({"01": 1.0, "03": 2.0, "04": 2.0})] == [1, 5]
    assert [one.tone for one in classes({"01": 1.0})] == [3]
    assert classes({}) == ()


@pytest.mark.parametrize(
    ("range_of_values", "count"), [(0.3, 1), (0.5, 1), (0.9, 1), (1.0, 2), (1.6, 3), (7.0, 5)]
)
def test_values_that_are_level_are_one_class(range_of_values: float, count: int) -> None:
    """No more classes than times that the range holds the half point from which shares differ."""
    values = {f"{place:04}": 70 + range_of_values * place / 9 for place in range(10)}

    assert len(classes(values, threshold=0.5)) == count


def test_a_scale_of_several_years_holds_a_class_that_is_empty_in_one_of_them() -> None:
    """A shade stands for the same values in every year, also where no region has them."""
    years = {"2020": {"01": 1.0, "03": 2.0}, "2021": {"01": 8.0, "03": 9.0}}
    scale = class_scale([value for year in years.values() for value in year.values()])

    assert [one.regions for one in placed(years["2020"], scale)] == [("01",), ("03",), (), ()]
    assert [one.regions for one in placed(years["2021"], scale)] == [(), (), ("01",), ("03",)]


@given(st.dictionaries(st.text(max_size=4), st.integers(-20, 20).map(lambda one: one / 10)))
def test_every_region_is_in_one_class_and_equal_values_together(values: dict[str, float]) -> None:
    """Whatever the values: nobody is lost, nothing is split, and darker is higher."""
    found = classes(values)

    assert sorted(code for one in found for code in one.regions) == sorted(values)
    assert all(values[code] in (one.low, one.high) or one.low < values[code] < one.high
               for one in found for code in one.regions)  # fmt: skip
    assert all(lower.high < upper.low and lower.tone < upper.tone
               for lower, upper in pairwise(found))  # fmt: skip
    assert len(found) == min(5, len(set(values.values())))
