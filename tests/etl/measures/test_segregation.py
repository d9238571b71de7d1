"""The dissimilarity index: by hand, by an independent calculation, and on the example."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from etl.catalogue import Source
from etl.catalogue.loading import load
from etl.measures.areas import Codebook, Observations, parents
from etl.measures.segregation import dissimilarity
from tests.etl.documents import Document, pack
from tests.etl.entries import REGION, SEX, Entry, listed, read, table, use
from tests.etl.running import CATALOGUE, rows

AREAS = tuple(f"0127R00{number}" for number in range(1, 7))
REGIONS = ("00", "01", "0127", *AREAS)
ONE_CODE = ("_T",)
BOOK = Codebook(
    {"region": REGIONS, "period": ("2020",), "sex": ONE_CODE, "background": ONE_CODE,
     "age": ONE_CODE, "education": ONE_CODE},
    {"region": {code: at for at, code in enumerate(REGIONS)}},
)  # fmt: skip
Count = float | None
BIRTH: Entry = {"code": "Fodelseregion", "role": "other", "total": "tot"}


def index(foreign: Sequence[Count], swedish: Sequence[Count]) -> list[tuple[Count, str]]:
    """The index of one municipality from the two groups in each of its areas."""
    one, other = (np.array([np.nan if n is None else n for n in g]) for g in (foreign, swedish))
    nothing = np.zeros(len(one), np.int16)
    found = dissimilarity(
        Observations(
            region=np.array([REGIONS.index(code) for code in AREAS[: len(one)]], np.int32),
            period=nothing, sex=nothing, background=nothing, age=nothing,
            education=nothing,
            value=one, status=nothing.astype(np.int8),
            numerator=one, denominator=one + other,
            computed=np.ones(len(one), np.bool_), symbols=("",),
        ),
        parents(BOOK, "municipality", AREAS),
    )  # fmt: skip
    return list(listed(found, BOOK).values())


def test_half_the_sum_of_differences_between_the_shares_of_two_groups() -> None:
    """
    Foreign-born 10, 20, 30, 0, 40 of 100; born in Sweden 90, 80, 20, 10, 0 of 200.

    The differences are 0.35, 0.20, 0.20, 0.05 and 0.40: together 1.20, half of it 0.60.
    """
    ((value, status),) = index([10, 20, 30, 0, 40], [90, 80, 20, 10, 0])
    assert value == pytest.approx(60)
    assert status == ""


def test_equal_shares_everywhere_are_0_and_no_common_area_is_100() -> None:
    """The two ends of the scale."""
    assert index([1, 2, 3, 4, 5], [10, 20, 30, 40, 50])[0][0] == pytest.approx(0)
    assert index([1, 2, 3, 0, 0], [0, 0, 0, 4, 5])[0][0] == pytest.approx(100)


def test_a_municipality_with_fewer_than_five_areas_has_no_index() -> None:
    """Four areas say too little; there is no row at all."""
    assert index([1, 2, 3, 4], [4, 3, 2, 1]) == []


@pytest.mark.parametrize("place", range(5))
def test_one_missing_count_makes_the_index_missing(place: int) -> None:
    """An index over the known areas would be another index."""
    counts: list[Count] = [10, 20, 30, 5, 40]
    counts[place] = None
    assert index(counts, [90, 80, 20, 10, 4]) == [(None, "..")]


def test_without_both_groups_the_index_cannot_occur() -> None:
    """Nobody born abroad: no share of nobody."""
    assert index([0, 0, 0, 0, 0], [90, 80, 20, 10, 4]) == [(None, ".")]


COUNTS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=5, max_size=6
).filter(lambda areas: all(map(sum, zip(*areas, strict=True))))


@given(COUNTS)
def test_the_index_lies_between_0_and_100_and_the_groups_may_change_places(
    areas: list[tuple[int, int]],
) -> None:
    """It measures the distance between two groups, whichever is named first."""
    one, other = zip(*areas, strict=True)
    value, _ = index(one, other)[0]
    assert value is not None
    assert -1e-9 <= value <= 100 + 1e-9
    assert index(other, one)[0][0] == pytest.approx(value)


def test_derived_figures_say_for_which_levels_they_are_derived() -> None:
    """`derive` without `sum_to` would compute nothing."""
    source: dict[str, Any] = {
        "table": "areas",
        "levels": ("regso",),
        "contents": {"text": "Antal", "unit": "antal", "decimals": 0},
        "numerator": {},
        "denominator": {},
        "derive": "dissimilarity",
    }
    with pytest.raises(ValidationError, match="`derive` needs `sum_to`"):
        Source.model_validate(source)


def counted(whole: Document) -> dict[tuple[str, ...], float | None]:
    """Every cell of a document under its codes, in the order of its dimensions, by counting."""
    codes = [list(whole["dimension"][name]["category"]["index"]) for name in whole["id"]]
    return dict(zip(product(*codes), whole["value"], strict=True))


def test_the_real_counts_of_stockholm_county_give_the_same_index_another_way(
    shared: Path,
) -> None:
    """
    TAB6572, all municipalities and years, against sums in plain Python; sexes are not there.

    Independent form: D = sum over areas of |f S - s F| / (2 F S).
    """
    whole = pack(shared, "TAB6572")
    assert whole["id"] == ["Region", "Fodelseregion", "Kon", "ContentsCode", "Tid"]
    cells = counted(whole)
    codes = {name: list(whole["dimension"][name]["category"]["index"]) for name in whole["id"]}
    regso = [code for code in codes["Region"] if "R" in code]
    expected: dict[tuple[str, str], float] = {}
    for period, region in product(codes["Tid"], {code[:4] for code in regso}):
        counts = [
            tuple(cells[area, born, "1+2", codes["ContentsCode"][0], period] or 0
                  for born in ("tot", "sv"))
            for area in regso if area.startswith(region)
        ]  # fmt: skip
        pairs = [(everybody - swedish, swedish) for everybody, swedish in counts]
        foreign, native = (sum(column) for column in zip(*pairs, strict=True))
        apart = sum(abs(f * native - s * foreign) for f, s in pairs)
        if len(pairs) >= 5:
            expected[region, period] = 100 * apart / (2 * foreign * native)
    assert len(expected) > 4 * 20
    members, book = read(
        whole,
        use(
            levels=("regso",),
            contents={"text": "Antal", "unit": "antal", "decimals": 0},
            years={"from": 2010},
            numerator={"codes": {"Fodelseregion": ("tot",)}, "minus": {"Fodelseregion": ("sv",)}},
            denominator={"codes": {"Fodelseregion": ("tot",)}},
        ),
        table(REGION, BIRTH, SEX, years={"from": 2010}),
        regions={code[:4] for code in regso},
    )
    found = listed(dissimilarity(members, parents(book, "municipality", regso)), book)
    everybody = {key[:2]: value for key, (value, _) in found.items() if key[2] == "_T"}
    assert everybody == pytest.approx(expected)
    assert {row for key, row in found.items() if key[2] != "_T"} == {(None, "..")}


@pytest.mark.slow
def test_the_example_has_the_index_where_there_are_five_areas(example_data: Path) -> None:
    """Botkyrka has five; Nacka, with one, and every RegSO itself have none."""
    found = rows(
        example_data,
        """
        SELECT region::VARCHAR, count(*), min(value) > 0, max(value) < 100, any_value(kind)::VARCHAR
        FROM observation WHERE indicator = 'residential_dissimilarity' AND sex = '_T'
        GROUP BY region
        """,
    )
    years = 2025 - 2010 + 1
    assert ("0127", years, True, True, "computed") in found
    assert {row[0] for row in found if len(row[0]) > 2} == {"0126", "0127", "0180", "0181"}


def test_the_catalogue_says_what_the_index_is_and_that_areas_changed() -> None:
    """No judgement, no union, and a break where the areas are drawn anew."""
    one = load(CATALOGUE).indicator["residential_dissimilarity"]
    assert (one.measure, one.better, one.union) == ("index", "none", "none")
    assert {mark.period: mark.severity for mark in one.breaks} == {
        "2024": "break",
        "2025": "caution",
    }
    assert "fem" in one.not_captured.sv
    assert "five" in one.not_captured.en
