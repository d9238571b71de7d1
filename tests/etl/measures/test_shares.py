"""Shares made of two sums of cells, by hand and against published figures."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from etl.binding.binding import bound
from etl.measures.areas import Codebook, Observations, parents, summed
from etl.source.jsonstat import document_dataset
from tests.etl.documents import cut, document, pack
from tests.etl.entries import ORIGIN, PERSONS, REGION, SHARE, SWEDEN, Entry, Row, read, table, use
from tests.etl.observation_cases import of_stockholm, origins


def shares(value: list[Any], status: Mapping[str, str] | None = None, **parts: Any) -> Row:
    """The share of c0 in c1, or as the parts say, in one municipality."""
    found = of_stockholm(
        value,
        status,
        variable={"total": "c1"},
        contents=dict(PERSONS),
        numerator=parts.get("numerator", {"codes": {"BakgrVar": ("c0",)}}),
        denominator=parts.get("denominator", {"codes": {"BakgrVar": ("c1",)}}),
    )
    return found["_T"]


def test_a_share_is_100_times_numerator_over_denominator() -> None:
    """30 of 120 are 25 per cent; 120 minus 90 of 120 are the same."""
    assert shares([30, 120]) == (25, "")
    less = {"codes": {"BakgrVar": ("c1",)}, "minus": {"BakgrVar": ("c0",)}}
    assert shares([90, 120], numerator=less) == (25, "")


def test_a_share_carries_what_it_was_made_of_and_says_that_it_is_computed() -> None:
    """Numerator and denominator go along, so that areas can be added as counts."""
    sent = document(origins("c0", "c1"), [30, 120, 1, 3])
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": "c1"}
    wanted = use(
        contents=dict(PERSONS),
        numerator={"codes": {"BakgrVar": ("c0",)}},
        denominator={"codes": {"BakgrVar": ("c1",)}},
    )
    rows, _ = read(sent, wanted, table(REGION, origin))
    assert rows.computed.all()
    assert rows.numerator is not None
    assert rows.denominator is not None
    assert rows.numerator.tolist() == [30, 1]
    assert rows.denominator.tolist() == [120, 3]
    assert rows.value.tolist() == pytest.approx([25, 100 / 3])


@pytest.mark.parametrize("value", [[None, 120], [30, None], [None, 0]])
def test_a_share_of_which_a_part_is_suppressed_is_missing(value: list[Any]) -> None:
    """Neither numerator nor denominator is ever worked out from the rest."""
    status = {str(at): ".." for at, cell in enumerate(value) if cell is None}
    assert shares(value, status) == (None, "..")
    less = {"codes": {"BakgrVar": ("c1",)}, "minus": {"BakgrVar": ("c0",)}}
    assert shares(value, status, numerator=less) == (None, "..")


@pytest.mark.parametrize(
    ("value", "status"), [([0, 0], None), ([None, None], {"0": "-", "1": "-"})]
)
def test_of_nobody_there_is_no_share(value: list[Any], status: dict[str, str] | None) -> None:
    """0 of 0 persons cannot occur: missing with `.`, never zero per cent."""
    assert shares(value, status) == (None, ".")


NUMBER: Entry = {"text": "Antal sysselsatta", "unit": "antal", "decimals": 0}
WHOLE: Entry = {"text": "Antal totalt", "unit": "antal", "decimals": 0}
BESIDE = {"A": "Andel sysselsatta", "N": "Antal sysselsatta", "T": "Antal totalt"}


def published(codes: Mapping[str, str], value: list[Any], status: Mapping[str, str] | None) -> Any:
    """A published share in two municipalities and the counts beside it, bound and read."""
    axes: Any = {
        "Region": {"0180": "Stockholm", "0127": "Botkyrka"},
        "BakgrVar": ("TOT",),
        "ContentsCode": codes,
        "Tid": ("2023",),
    }
    units = {"A": ("procent", 1), "N": ("antal", 0), "T": ("antal", 0)}
    sent = document(axes, value, status, units=units)
    origin: Entry = {"code": "BakgrVar", "role": "background", "total": "TOT"}
    wanted = use(
        measure="share",
        contents=dict(SHARE),
        numerator={"contents": dict(NUMBER)},
        denominator={"contents": dict(WHOLE)},
    )
    (one,) = bound(wanted, table(REGION, origin), document_dataset(sent), SWEDEN)
    rows, _ = read(sent, wanted, table(REGION, origin))
    return one, rows


def test_a_published_share_keeps_its_value_beside_the_published_counts() -> None:
    """All as published: 35 881 of 46 720 are 76.8 per cent and nobody divides them anew."""
    one, rows = published(BESIDE, [76.8, 35881, 46720, 72.4, 1234, 1705], None)

    assert one.contents == ("A", "N", "T")
    assert rows.value.tolist() == [76.8, 72.4]
    assert (rows.numerator.tolist(), rows.denominator.tolist()) == ([35881, 1234], [46720, 1705])
    assert not rows.computed.any()


def test_a_suppressed_share_has_no_counts_and_a_suppressed_count_leaves_the_share() -> None:
    """None is worked out from the others, and no count stands without its whole."""
    _, rows = published(BESIDE, [None, 17, 40, 72.4, 1234, None], {"0": "..", "5": ".."})

    assert np.isnan(rows.value).tolist() == [True, False]
    assert np.isnan(rows.numerator).tolist() == [True, True]
    assert np.isnan(rows.denominator).tolist() == [True, True]


def test_a_published_share_is_read_where_a_count_beside_it_is_gone() -> None:
    """It is told, and no figure is lost."""
    codes = {code: text for code, text in BESIDE.items() if code != "T"}
    one, rows = published(codes, [76.8, 35881, 72.4, 1234], None)

    assert rows.value.tolist() == [76.8, 72.4]
    assert (one.numerator, one.denominator) == (None, None)
    assert (rows.numerator, rows.denominator) == (None, None)
    assert any("Antal totalt" in warning for warning in one.warnings)


def test_nobody_of_somebody_is_zero_per_cent() -> None:
    """A published nil among 120 persons is a share of 0, which no symbol denies."""
    assert shares([None, 120], {"0": "-"}) == (0, "")


def test_a_share_of_groups_is_fetched_with_what_its_twins_are_compared_with() -> None:
    """Where neither part of a share is everybody, total and twin are asked for all the same."""
    sent = document(origins("tot20-64", "TOT", "SE", "VXEUEES"), [9, 9, 3, 1] * 2)
    origin: Entry = {**ORIGIN, "twins": ("tot20-64",)}
    wanted = use(
        contents=dict(PERSONS),
        numerator={"codes": {"BakgrVar": ("VXEUEES",)}},
        denominator={"codes": {"BakgrVar": ("SE", "VXEUEES")}},
    )
    described = table(REGION, origin)
    (one,) = bound(wanted, described, document_dataset(sent), SWEDEN)
    assert set(one.selection["BakgrVar"]) == {"TOT", "tot20-64", "SE", "VXEUEES"}
    rows, _ = read(sent, wanted, described, [cut(sent, one.selection)])
    assert rows.value.tolist() == [25, 25]


FOREIGN_BORN: dict[str, Any] = {
    "levels": ("regso",),
    "contents": {"text": "Antal", "unit": "antal", "decimals": 0},
    "numerator": {"codes": {"Fodelseregion": ("tot",)}, "minus": {"Fodelseregion": ("sv",)}},
    "denominator": {"codes": {"Fodelseregion": ("tot",)}},
    "sum_to": ("municipality", "county"),
}
BIRTH: Entry = {"code": "Fodelseregion", "role": "background", "total": "tot", "keep": ("sv",)}
EVERYBODY: Entry = {"code": "Kon", "role": "sex", "total": "1+2"}
Truth = dict[tuple[str, str], tuple[float, float, float]]


def truth(shared: Path, length: int) -> Truth:
    """Foreign-born, population and share of regions whose code has so many signs."""
    path = shared / "scb/truth/foreign_born_share_2020_2023_open_part.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["region_code"], row["year"]): (
                float(row["foreign_born"]),
                float(row["population"]),
                float(row["foreign_born_pct"]),
            )
            for row in csv.DictReader(file)
            if len(row["region_code"]) == length and row["region_code"].startswith("01")
        }


def assert_equal_to(expected: Truth, rows: Observations, book: Codebook) -> None:
    """Counts are equal exactly, shares to the two decimals that are printed."""
    assert rows.numerator is not None
    assert rows.denominator is not None
    found = {
        (book.codes["region"][region], book.codes["period"][period]): (over, under, value)
        for region, period, over, under, value in zip(
            rows.region, rows.period, rows.numerator, rows.denominator, rows.value, strict=True
        )
    }
    assert found.keys() == expected.keys()
    for key, (over, under, share) in expected.items():
        assert found[key][:2] == (over, under), key
        assert abs(found[key][2] - share) <= 0.005 + 1e-9, key


@pytest.fixture(scope="module")
def foreign_born(shared: Path) -> tuple[Observations, Codebook]:
    """The share of foreign-born in the RegSO of Stockholm county from SCB's counts."""
    regions = {code for length in (2, 4) for code, _ in truth(shared, length)}
    described = table(REGION, BIRTH, EVERYBODY)
    return read(pack(shared, "TAB6572"), use(**FOREIGN_BORN), described, regions=regions)


def test_the_share_of_foreign_born_in_each_area_is_the_published_one(
    shared: Path, foreign_born: tuple[Observations, Codebook]
) -> None:
    """524 RegSO in four years: total minus born in Sweden over total, as published."""
    expected = truth(shared, 8)
    assert len(expected) == 524 * 4
    assert_equal_to(expected, *foreign_born)


@pytest.mark.parametrize(
    ("level", "length", "regions"), [("municipality", 4, 26), ("county", 2, 1)]
)
def test_areas_add_up_to_the_published_figures_of_municipality_and_county(
    shared: Path,
    foreign_born: tuple[Observations, Codebook],
    level: str,
    length: int,
    regions: int,
) -> None:
    """Sums of counts of RegSO are SCB's own counts of the 26 municipalities and the county."""
    rows, book = foreign_born
    expected = truth(shared, length)
    assert len(expected) == regions * 4
    areas = [code for code in book.codes["region"] if "R" in code]
    sums = summed(rows, parents(book, level, areas))
    assert sums.computed.all()
    assert not np.isnan(sums.value).any()
    assert_equal_to(expected, sums, book)
