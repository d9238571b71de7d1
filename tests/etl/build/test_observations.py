"""Cells become observations: totals, sums, shares, and what is missing."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.binding.binding import Use, bound, planned
from etl.catalogue import Table
from etl.errors import SourceError
from etl.source.jsonstat import document_dataset
from tests.etl.documents import Codes, cut, document
from tests.etl.entries import ORIGIN, PERSONS, REGION, SEX, SWEDEN, Entry, listed, read, table, use
from tests.etl.observation_cases import ALL, of_stockholm, origins


def test_a_published_cell_is_an_observation_as_it_is() -> None:
    """Value, symbol and codes are the source's own; nothing is computed."""
    axes: Mapping[str, Codes] = {**origins("TOT", "SE", "VXEUEES"), "Tid": ("2020", "2021")}
    sent = document(axes, [10, 11, 6, None, 4, None, 20, 21, 9, 8, None, 3], {"3": "..", "5": "."})
    sent["status"]["10"] = "-"
    rows, book = read(sent, use(), table(REGION, ORIGIN))
    assert listed(rows, book) == {
        ("0180", "2020", *ALL): (10, ""),
        ("0180", "2021", *ALL): (11, ""),
        ("0180", "2020", "_T", "SE", "_T", "_T"): (6, ""),
        ("0180", "2021", "_T", "SE", "_T", "_T"): (None, ".."),
        ("0180", "2020", "_T", "VXEUEES", "_T", "_T"): (4, ""),
        ("0180", "2021", "_T", "VXEUEES", "_T", "_T"): (None, "."),
        ("0184", "2020", *ALL): (20, ""),
        ("0184", "2021", *ALL): (21, ""),
        ("0184", "2020", "_T", "SE", "_T", "_T"): (9, ""),
        ("0184", "2021", "_T", "SE", "_T", "_T"): (8, ""),
        ("0184", "2020", "_T", "VXEUEES", "_T", "_T"): (0, "-"),
        ("0184", "2021", "_T", "VXEUEES", "_T", "_T"): (3, ""),
    }
    assert not rows.computed.any()
    assert (rows.numerator, rows.denominator) == (None, None)


def test_a_group_that_we_add_up_is_the_sum_of_its_members() -> None:
    """Everybody is 7 + 5 + 2 = 14; the group of the last two is 7; single cells stay."""
    variable = {"total": ("c0", "c1", "c2"), "keep": ("c1",), "sums": {"both": ("c1", "c2")}}
    found = of_stockholm([7, 5, 2], variable=variable)
    assert found == {"_T": (14, ""), "c1": (5, ""), "both": (7, "")}


def test_sums_along_several_variables_add_every_combination() -> None:
    """Two ages of two sexes: 1 + 2 + 3 + 4 = 10."""
    axes: Mapping[str, Codes] = {
        "Region": ("0180",),
        "Kon": ("1", "2"),
        "Alder": ("16", "17"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("2020",),
    }
    age: Entry = {"code": "Alder", "role": "other", "total": ("16", "17")}
    sex: Entry = {"code": "Kon", "role": "sex", "total": ("1", "2"), "keep": ("1", "2")}
    rows, book = read(document(axes, [1, 2, 3, 4]), use(), table(REGION, sex, age))
    assert listed(rows, book) == {
        ("0180", "2020", *ALL): (10, ""),
        ("0180", "2020", "1", "_T", "_T", "_T"): (3, ""),
        ("0180", "2020", "2", "_T", "_T", "_T"): (7, ""),
    }
    assert rows.computed.all()


def test_what_is_published_stays_so_beside_a_sum_of_it() -> None:
    """Everybody is women + men; women and men are as published, with the symbol of a true zero."""
    axes: Mapping[str, Codes] = {
        "Region": ("0180",),
        "Kon": ("1", "2"),
        "ContentsCode": {"N": "Folkmängd"},
        "Tid": ("2020",),
    }
    sex: Entry = {"code": "Kon", "role": "sex", "total": ("1", "2"), "keep": ("1", "2")}
    rows, book = read(document(axes, [0, 3], {"0": "-"}), use(), table(REGION, sex))
    assert listed(rows, book) == {
        ("0180", "2020", *ALL): (3, ""),
        ("0180", "2020", "1", "_T", "_T", "_T"): (0, "-"),
        ("0180", "2020", "2", "_T", "_T", "_T"): (3, ""),
    }
    codes = [book.codes["sex"][place] for place in rows.sex]
    assert dict(zip(codes, rows.computed.tolist(), strict=True)) == {
        "_T": True,
        "1": False,
        "2": False,
    }


@pytest.mark.parametrize("symbol", ["..", ".", "..."])
def test_a_sum_with_a_missing_member_is_missing_with_its_symbol(symbol: str) -> None:
    """What is not known of a part is not known of the whole; nothing is filled in."""
    variable = {"total": ("c0", "c1"), "keep": ("c0",)}
    found = of_stockholm([7, None], {"1": symbol}, variable=variable)
    assert found == {"_T": (None, symbol), "c0": (7, "")}


def test_a_missing_sum_tells_why_it_is_missing_and_not_what_stands_beside_a_number() -> None:
    """Of a member with a note and a suppressed member the second makes the sum missing."""
    found = of_stockholm(
        [7, None, None],
        {"0": "e", "1": "..", "2": "-"},
        variable={
            "total": ("c0", "c1", "c2"),
        },
    )
    assert found == {"_T": (None, "..")}


def test_a_nil_adds_nothing_and_is_not_the_symbol_of_a_sum() -> None:
    """A true zero is added as zero; neither 7 nor our own 0 is a published nil."""
    variable = {"total": ("c0", "c1"), "sums": {"none": ("c1", "c2")}}
    found = of_stockholm([7, None, None], {"1": "-", "2": "-"}, variable=variable)
    assert found == {"_T": (7, ""), "none": (0, "")}


TWIN: Entry = {**ORIGIN, "twins": ("tot20-64",)}


def test_a_twin_equal_to_the_total_is_not_stored_again() -> None:
    """`tot20-64` beside `TOT` is everybody once more; a missing twin contradicts nothing."""
    sent = document(origins("tot20-64", "TOT", "SE", "VXEUEES"), [9, 9, 5, 4, None, 3, 2, 1])
    found = listed(*read(sent, use(), table(REGION, TWIN)))
    assert {key[3] for key in found} == {"_T", "SE", "VXEUEES"}
    assert found["0184", "2020", *ALL] == (3, "")


def test_a_twin_that_differs_from_the_total_is_refused_with_the_numbers() -> None:
    """Two codes of everybody that disagree mean that one of them is not what we think."""
    sent = document(origins("tot20-64", "TOT", "SE", "VXEUEES"), [9, 9, 5, 4, 8, 3, 2, 1])
    with pytest.raises(SourceError, match="tot20-64 differs from TOT in 1 of 2 cells"):
        read(sent, use(), table(REGION, TWIN))


def test_sex_age_and_education_inside_the_background_go_to_their_columns() -> None:
    """A municipality table's women are sex 2 with everybody as background."""
    variable = {"total": "c0", "keep": ("c1",), "sex": ("c2",), "education": ("c3",)}
    variable |= {"age": ("c4",)}
    sent = document(origins("c0", "c1", "c2", "c3", "c4"), [10, 4, 5, 6, 3, 1, 1, 1, 1, 1])
    origin: Entry = {"code": "BakgrVar", "role": "background", **variable}
    found = listed(*read(sent, use(), table(REGION, origin)))
    assert {key[2:]: row for key, row in found.items() if key[0] == "0180"} == {
        ("_T", "_T", "_T", "_T"): (10, ""),
        ("_T", "c1", "_T", "_T"): (4, ""),
        ("c2", "_T", "_T", "_T"): (5, ""),
        ("_T", "_T", "_T", "c3"): (6, ""),
        ("_T", "_T", "c4", "_T"): (3, ""),
    }


def test_a_sex_is_not_crossed_with_a_sex() -> None:
    """Where two variables name a sex, only combinations with one total mean something."""
    axes = {**origins("TOT", "k"), "Kon": ("1+2", "1", "2")}
    axes["Region"] = ("0180",)
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": "TOT", "sex": ("k",)}
    sent = document(axes, [10, 6, 4, 5, 77, 77])
    axes_of = read(sent, use(), table(REGION, origin, SEX))
    assert {key[2]: row for key, row in listed(*axes_of).items()} == {
        "_T": (10, ""),
        "1": (6, ""),
        "2": (4, ""),
        "k": (5, ""),
    }


SPLIT_AXES: Mapping[str, Codes] = {
    "Region": ("0180", "0181", "0184"),
    "Kon": ("1+2", "1", "2"),
    "BakgrVar": ("TOT", "SE", "VXEUEES"),
    "ContentsCode": {"N": "Folkmängd"},
    "Tid": ("2020", "2021"),
}
CELL = st.integers(0, 99) | st.sampled_from(["..", ".", "-"])


@given(st.lists(CELL, min_size=54, max_size=54), st.integers(3, 60), st.booleans())
def test_cutting_a_table_into_documents_changes_no_observation(
    sent: list[int | str], limit: int, of_counts: bool
) -> None:
    """Figures and shares from many answers are those from one, whatever the limit."""
    whole = document(
        SPLIT_AXES,
        [None if isinstance(cell, str) else cell for cell in sent],
        {str(at): cell for at, cell in enumerate(sent) if isinstance(cell, str)},
    )
    wanted = use()
    if of_counts:
        wanted = use(
            contents=dict(PERSONS),
            numerator={"codes": {"BakgrVar": ("VXEUEES",)}},
            denominator={"codes": {"BakgrVar": ("SE", "VXEUEES")}},
        )
    parts = answers(whole, wanted, table(), limit)

    rows, book = read(whole, wanted, table(), parts)

    assert listed(rows, book) == listed(*read(whole, wanted, table()))


def answers(
    whole: dict[str, Any], wanted: Use, described: Table, limit: int
) -> list[dict[str, Any]]:
    """What the API answers to the requests of a source."""
    (one,) = bound(wanted, described, document_dataset(whole), SWEDEN)
    return [
        cut(whole, {part["variableCode"]: part["valueCodes"] for part in request.body["selection"]})
        for request in planned("TAB1", "ContentsCode", [one], limit)[one]
    ]
