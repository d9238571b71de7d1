"""Expressions, and selections cut into requests."""

import json
from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil, prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.source.selection import CodeSelection, expanded, split, split_selection

YEARS = tuple(str(year) for year in range(2010, 2022))
NUMBERS = tuple(str(number) for number in (5, 10, 12, 2010))


def cases(shared: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The cases of the real server's own tests of one kind."""
    path = shared / "scb/spec/server/selection_expression_cases.json"
    if not path.exists():
        pytest.skip("the expression cases are not here")
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        if case["kind"] == kind:
            yield case


def test_an_expression_stands_for_the_codes_that_the_real_server_selects(shared: Path) -> None:
    """Counts, single codes and refusals are those of the server's own tests."""
    for case in cases(shared, "expand"):
        selected = list(case["already_selected"])
        refused = case["accepted"] is False or case["resulting_count"] is None
        try:
            found = expanded(case["input"], case["codes"], is_time=case["is_time"])
        except SourceError:
            assert refused, case
            continue
        assert not refused, case
        selected += [code for code in found if code not in selected]
        assert len(selected) == case["resulting_count"], case
        for at, code in case["resulting_values_at"].items():
            assert found[int(at)] == code, case


def test_an_expression_that_the_real_server_refuses_never_stands_for_codes(shared: Path) -> None:
    """A badly written expression is an error or nothing; a well written one is no error."""
    for case in cases(shared, "syntax"):
        if case["valid"]:
            expanded(case["input"], NUMBERS)
            continue
        try:
            assert expanded(case["input"], NUMBERS) == (), case
        except SourceError as error:
            assert case["input"] in str(error)  # noqa: PT017  an error or nothing: both are right


def test_a_code_that_looks_like_an_expression_is_a_code() -> None:
    """An exact code wins over an expression, and 1+2 is no expression at all."""
    codes = ("1+2", "1", "10*", "100", "TOP(1)")
    assert expanded("1+2", codes) == ("1+2",)
    assert expanded("10*", codes) == ("10*",)
    assert expanded("TOP(1)", codes) == ("TOP(1)",)


def test_the_top_of_time_is_the_latest_and_comes_in_the_order_of_the_table() -> None:
    """TOP counts from the end of time, and from the beginning of everything else."""
    assert expanded("TOP(3)", YEARS, is_time=True) == ("2019", "2020", "2021")
    assert expanded("bottom(2,1)", YEARS, is_time=True) == ("2011", "2012")
    assert expanded("TOP(2)", YEARS) == ("2010", "2011")
    assert expanded("BOTTOM(2)", YEARS) == ("2020", "2021")


def test_a_range_of_ages_holds_both_ends_whichever_comes_first() -> None:
    """RANGE(16,25) of ages 0 to 100+ are ten ages, also when written backwards."""
    ages = (*(str(age) for age in range(100)), "100+")
    assert expanded("RANGE(16,25)", ages) == tuple(str(age) for age in range(16, 26))
    assert expanded("RANGE(25,16)", ages) == expanded("RANGE(16,25)", ages)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=3), st.integers(1, 80), st.data())
def test_a_selection_is_cut_into_the_fewest_calls_that_lose_and_repeat_nothing(
    sizes: list[int], limit: int, data: st.DataObject
) -> None:
    """Parts are disjoint, together everything, none above the limit; no grid has fewer."""
    selection = {f"v{n}": tuple(f"{n}.{c}" for c in range(size)) for n, size in enumerate(sizes)}
    free = frozenset(data.draw(st.sets(st.sampled_from(sorted(selection)))))
    fewest = fewest_calls(sizes, limit, [name in free for name in selection])
    if fewest is None:
        with pytest.raises(SourceError, match="belong together"):
            list(split_selection(selection, limit, free))
        return

    parts = list(split_selection(selection, limit, free))

    asked = [cell for part in parts for cell in product(*part.values())]
    assert len(asked) == len(set(asked))
    assert set(asked) == set(product(*selection.values()))
    assert max(prod(map(len, part.values())) for part in parts) <= limit
    assert len(parts) == fewest
    assert all(part[name] == selection[name] for part in parts for name in set(selection) - free)


def fewest_calls(sizes: Sequence[int], limit: int, free: Sequence[bool]) -> int | None:
    """Try every grid."""
    grids = product(
        *(range(1, size + 1) if cut else (1,) for size, cut in zip(sizes, free, strict=True))
    )
    fitting = [
        prod(grid)
        for grid in grids
        if prod(ceil(size / parts) for size, parts in zip(sizes, grid, strict=True)) <= limit
    ]
    return min(fitting, default=None)


def test_a_table_slightly_above_the_limit_takes_two_calls(shared: Path) -> None:
    """TAB389's pack has 151 200 cells; 150 000 are allowed, so two calls do."""
    path = shared / "scb/packs/TAB389/metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    selection: CodeSelection = {
        code: tuple(metadata["dimension"][code]["category"]["index"]) for code in metadata["id"]
    }
    parts = list(split_selection(selection, 150_000, frozenset(selection)))
    assert [prod(map(len, part.values())) for part in parts] in ([75_600, 75_600], [79_200, 72_000])


def test_cells_that_belong_together_and_are_too_many_are_refused_with_the_numbers() -> None:
    """A sum over 200 000 cells cannot be had in calls of 150 000."""
    with pytest.raises(SourceError, match=r"200000 cells belong together.*150000"):
        split([200_000, 5], 150_000, [False, True])
