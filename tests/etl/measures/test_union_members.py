"""Members of unions: none twice, each division its own, and a county of published figures."""

import csv
from math import nan
from pathlib import Path

import pandas as pd
import pytest

from etl.measures.unions import MissingMember, RegionUnion, expected_members, overlapping
from tests.etl.union_cases import indicator, published, shares, united

THREE = ("0127", "0136", "0180")
ALBY = RegionUnion("alby", ("0127R001", "0127R002", "0127R001_RegSO2025"))


def test_a_region_inside_another_is_refused() -> None:
    """Botkyrka beside Stockholm county would count everybody twice."""
    assert overlapping(("01", "0127")) == (("0127", "01"),)
    assert overlapping(("0127R001", "0127R001_RegSO2025", "0136")) == ()
    with pytest.raises(ValueError, match="0127 lies in 01"):
        united(shares([("01", 1, 2)]), RegionUnion("own", ("01", "0127")), indicator("counts"))


def test_each_division_has_its_own_members() -> None:
    """In 2025 only one of Alby's two areas has the same code and name: 1 of 2, and it says so."""
    rows = pd.concat(
        [
            shares([("0127R001", 1, 4), ("0127R002", 3, 4)], period="2023"),
            shares([("0127R001_RegSO2025", 1, 4)], period="2024"),
        ]
    )
    older, newer = united(rows, ALBY, indicator("counts")).to_dict("records")
    assert (older["division"], older["value"], older["lacking"]) == ("RegSO 2020", 50, ())
    assert (newer["division"], newer["value"], newer["present"]) == ("RegSO 2025", 25, 1)
    assert newer["lacking"] == (MissingMember("0127R002", "division"),)


ALBY_NOW = RegionUnion("alby", ("0127R001", "0127R002"), lasting=("0127R002",))


def test_a_changed_member_leaves_the_union_partial_in_the_newer_division() -> None:
    """Albydalen goes on under its code; Albyberget has no area of 2025 that is the same."""
    rows = pd.concat(
        [
            shares([("0127R001", 1, 4), ("0127R002", 3, 4)], period="2023"),
            shares([("0127R002", 1, 4)], period="2024"),
        ]
    )
    older, newer = united(rows, ALBY_NOW, indicator("counts")).to_dict("records")
    assert (older["division"], older["value"], older["lacking"]) == ("RegSO 2020", 50, ())
    assert (newer["division"], newer["value"], newer["present"]) == ("RegSO 2025", 25, 1)
    assert newer["lacking"] == (MissingMember("0127R001", "division"),)


def test_a_confirmed_area_of_2025_makes_the_union_whole_again() -> None:
    """The owner's word puts the changed area of 2025 in the place of that of 2020."""
    members = ("0127R001", "0127R001_RegSO2025", "0127R002")
    union = RegionUnion("alby", members, lasting=("0127R002",))
    rows = shares([("0127R001_RegSO2025", 1, 4), ("0127R002", 3, 4)], period="2024")
    (newer,) = united(rows, union, indicator("counts")).to_dict("records")
    assert (newer["value"], newer["lacking"], newer["division"]) == (50, (), "RegSO 2025")


def test_a_union_of_unchanged_areas_is_the_same_in_all_years() -> None:
    """Its figures before and after 2024 are made of the same members and may be compared."""
    union = RegionUnion("rinkeby", ("0180R076",), lasting=("0180R076",))
    rows = pd.concat(shares([("0180R076", 1, 4)], period=year) for year in ("2023", "2024"))
    found = united(rows, union, indicator("counts"))
    assert found["division"].tolist() == ["RegSO 2020/2025"] * 2
    assert found["members"].tolist() == [("0180R076",)] * 2
    assert found["lacking"].tolist() == [()] * 2


def test_areas_of_2025_that_the_owner_has_named_are_all_there_are() -> None:
    """A confirmed successor stands for the area that it replaced."""
    named = ("0127R001", "0127R002", "0127R001_RegSO2025", "0127R031_RegSO2025")
    assert expected_members(named, newer=True) == ("0127R001_RegSO2025", "0127R031_RegSO2025")
    assert expected_members(named, newer=False) == ("0127R001", "0127R002")
    assert expected_members(ALBY.members, newer=True) == ("0127R001_RegSO2025", "0127R002")
    assert expected_members(THREE, newer=False) == THREE
    assert expected_members(
        ("0127R001", "0127R002", "0127R031_RegSO2025"), newer=True, lasting=("0127R002",)
    ) == ("0127R031_RegSO2025", "0127R002")


def test_the_municipalities_of_stockholm_county_make_the_published_county(shared: Path) -> None:
    """26 municipalities added up are the county's printed counts and share, 2020 to 2023."""
    path = shared / "scb/truth/foreign_born_share_2020_2023_open_part.csv"
    with path.open(encoding="utf-8", newline="") as file:
        printed = [row for row in csv.DictReader(file) if row["region_code"].startswith("01")]
    rows = pd.concat(
        shares(
            [(row["region_code"], float(row["foreign_born"]), float(row["population"]))],
            period=row["year"],
        )
        for row in printed
        if len(row["region_code"]) == 4
    )
    county = RegionUnion("county", tuple(sorted(set(rows["region"]))))
    found = united(rows, county, indicator("counts")).set_index("period")

    assert len(county.members) == 26
    expected = [row for row in printed if row["region_code"] == "01"]
    assert len(expected) == len(found) == 4
    for row in expected:
        one = found.loc[row["year"]]
        assert (one["numerator"], one["denominator"]) == (
            float(row["foreign_born"]),
            float(row["population"]),
        )
        assert abs(one["value"] - float(row["foreign_born_pct"])) <= 0.005 + 1e-9
        assert one["present"] == 26


@pytest.mark.parametrize("rule", ["counts", "weight"])
def test_a_member_that_was_not_formed_yet_lies_in_the_one_that_it_was_parted_from(
    rule: str,
) -> None:
    """Nykvarn was Södertälje before: a group of both is whole, one without Södertälje is not."""
    unborn = {"region": "0140", "value": None, "status": "."}
    rows = published([("0181", 70.0), ("0127", 60.0), unborn])
    rows = rows.assign(numerator=[70, 60, nan], denominator=[100, 100, nan])
    people = published([("0181", 100), ("0127", 100)]).assign(age="20-64")
    measured, parted = indicator(rule), {"0140": "0181"}
    of_both = RegionUnion("both", ("0127", "0140", "0181"))
    without = RegionUnion("without", ("0127", "0140"))
    (whole,) = united(rows, of_both, measured, people, parted=parted).to_dict("records")
    (part,) = united(rows, without, measured, people, parted=parted).to_dict("records")

    assert (whole["value"], whole["lacking"], whole["present"]) == (65, (), 3)
    assert (part["value"], part["present"]) == (60, 1)
    assert part["lacking"] == (MissingMember("0140", "impossible"),)


def test_where_the_old_municipality_is_hidden_the_new_one_is_not_in_the_figure() -> None:
    """Its people are among those of whom nothing is known: one of three."""
    rows = published(
        [("0127", 10), ("0181", None), {"region": "0140", "value": None, "status": "."}]
    )
    union = RegionUnion("both", ("0127", "0140", "0181"))
    measured = indicator("counts", "count")
    (found,) = united(rows, union, measured, parted={"0140": "0181"}).to_dict("records")

    assert (found["value"], found["present"]) == (10, 1)
    assert [one.member for one in found["lacking"]] == ["0140", "0181"]
