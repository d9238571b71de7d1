"""Areas of 2020 and 2025 are one by code and land boundary, and by nothing else."""

import csv
import re
from pathlib import Path

import pytest

from tests.source import ROOT
from tools.regso_pairs import same_areas

FILE = ROOT / "data" / "regions" / "regso_2025.csv"
# SCB's list of 2026-03-25, in ../shared/scb/evidence.md section 3: 288 changed codes; RegSO has
# 3 363 codes in each division. Of the 288 one is of 2025 only and one of 2020 only.
CODES, CHANGED, ONLY_IN_ONE = 3363, 288, 2
# Areas that changed names with each other and nothing else.
SWAPPED = [
    ("1275R002", "1275R005"),
    ("1762R001", "1762R002"),
    ("2481R003", "2481R005"),
    ("2510R001", "2510R002"),
    ("2510R003", "2510R004"),
]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of comma-separated values."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def changed_row(code: str, **differences: str) -> dict[str, str]:
    """One row of SCB's list as it is kept in ../shared: nothing differs but what is said."""
    usual = {
        "land_boundary_changed": "0",
        "extended_to_territorial_water": "0",
        "name_2020": "Centrum",
        "name_2025": "Centrum",
        "in_2020": "1",
        "in_2025": "1",
    }
    return {"regsokod": code, **usual, **differences}


def test_as_many_areas_are_the_same_as_scb_has_not_changed() -> None:
    """Of 3 363 codes 288 changed, two of which are in one division only."""
    listed = rows(FILE)

    assert len(listed) == CODES - 1 - (CHANGED - ONLY_IN_ONE) == 3076
    assert len({row["code_2020"] for row in listed}) == len(listed)


def test_the_page_about_the_statistics_has_the_numbers_of_the_file() -> None:
    """3 076 areas are one in both divisions; 287 of each are not."""
    texts = (ROOT / "dashboard" / "text" / "about.yaml").read_text(encoding="utf-8")
    same = len(rows(FILE))

    for number in (f"{same // 1000} {same % 1000:03}", f"{same:,}", f" {CODES - same} "):
        assert number in texts


def test_each_row_pairs_one_code_of_2020_with_its_own_code_of_2025() -> None:
    """Nothing joins an area to a neighbour, whatever they are called; each row has its source."""
    for row in rows(FILE):
        assert re.fullmatch(r"[0-9]{4}R[0-9]{3}", row["code_2020"])
        assert row["code_2025"] == f"{row['code_2020']}_RegSO2025"
        assert (row["source"], row["date"]) == ("SCB", "2026-03-25")


@pytest.mark.parametrize(("first", "second"), SWAPPED)
def test_areas_that_swapped_names_keep_their_own_series(first: str, second: str) -> None:
    """Each goes on under its code, and is told to have had a name that the other has now."""
    former = {row["code_2020"]: row["former_name"] for row in rows(FILE)}

    assert former[first]
    assert former[second]
    assert former[first] != former[second]


@pytest.mark.parametrize("code", ["0127R001", "2584R001", "2523R011", "2584R015"])
def test_areas_whose_land_boundary_changed_are_not_joined(code: str) -> None:
    """Albyberget; Bolaget, which is gone; Repisvaara-Dundret, which is new; Norrmalm in Kiruna."""
    assert code not in {row["code_2020"] for row in rows(FILE)}


def test_the_file_is_what_scb_s_two_lists_say(shared: Path) -> None:
    """Made again here by sets alone: in both divisions, and no changed land boundary."""
    key = rows(shared / "scb" / "classification" / "koppling_deso2018_regso2020.csv")
    listed = rows(shared / "scb" / "boundaries" / "regso_2020_2025_changed_codes.csv")
    older = {row["RegSOkod_2020"] for row in key}
    newer = (older | {row["regsokod"] for row in listed if row["in_2025"] == "1"}) - {
        row["regsokod"] for row in listed if row["in_2025"] == "0"
    }
    moved = {row["regsokod"] for row in listed if row["land_boundary_changed"] == "1"}
    ours = rows(FILE)

    assert (len(older), len(newer), len(moved)) == (CODES, CODES, CHANGED)
    assert {row["code_2020"] for row in ours} == (older & newer) - moved
    told = {row["code_2020"]: (row["former_name"], row["water"]) for row in ours}
    for row in listed:
        if row["regsokod"] in told:
            renamed = row["name_2020"] if row["name_2020"] != row["name_2025"] else ""
            water = "larger" if row["extended_to_territorial_water"] == "1" else ""
            assert told[row["regsokod"]] == (renamed, water)
    assert same_areas(older, listed) == ours


def test_a_new_name_or_more_water_is_told_and_joins() -> None:
    """People live on land: neither parts a series."""
    found = same_areas(
        {"0001R001", "0001R002", "0001R003", "0001R004"},
        [
            changed_row("0001R002", name_2020="Ella Gård", name_2025="Ella gård"),
            changed_row("0001R003", extended_to_territorial_water="1"),
            changed_row("0001R004", land_boundary_changed="1"),
        ],
    )

    assert [(row["code_2020"], row["former_name"], row["water"]) for row in found] == [
        ("0001R001", "", ""),
        ("0001R002", "Ella Gård", ""),
        ("0001R003", "", "larger"),
    ]


def test_lists_of_different_divisions_are_refused() -> None:
    """A changed code that the key does not have means that one of the files is another."""
    with pytest.raises(ValueError, match="0001R009: changed, but not in the division of 2020"):
        same_areas({"0001R001"}, [changed_row("0001R009")])
