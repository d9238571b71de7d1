"""Regions and unions: what the small classifications hold, and what becomes of RegSO."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from etl.build.regions import REGION_COLUMNS, member_table, official_regions, region_table
from tests.etl.running import ROOT

FOLDER = ROOT / "data" / "regions"
LABELS = {
    "0127R001": "Botkyrka (Albyberget)",
    "0127R001_RegSO2025": "Botkyrka (Albyberget)",
    "0127R002": "Botkyrka (Albydalen)",
    "0127R002_RegSO2025": "Botkyrka (Albydalen-Alby gård)",
    "0127R014": "Botkyrka (Tuna )",
    "0127": "Botkyrka",
}
DISTRICTS = {
    "alby": "0127R001 0127R002",
    "fittja": "0127R005",
    "hallunda-norsborg": "0127R007 0127R010",
    "jordbro": "0136R010 0136R011 0136R012",
    "skogas": "0126R014 0126R015",
    "varby-gard": "0126R020",
    "flemingsberg": "0126R001 0126R002 0126R003",
    "fisksatra": "0182R004",
    "husby": "0180R036",
    "rinkeby": "0180R076",
    "tensta": "0180R102",
    "ragsved": "0180R078",
    "skarholmen": "0180R079",
    "hovsjo": "0181R012",
    "ronna": "0181R021 0181R022",
    "geneta": "0181R007 0181R008",
    "fornhojden": "0181R006",
}
NAMED = {
    "grupp-sodertorn": "Botkyrka Haninge Huddinge Nykvarn Nynäshamn Salem Södertälje Tyresö",
    "grupp-nordost": "Danderyd Täby Vallentuna Vaxholm Österåker",
    "grupp-nordvast": "Ekerö Järfälla Sundbyberg Upplands-Bro",
}


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    """All regions, with a few RegSO as the source writes them."""
    return region_table(FOLDER, LABELS).set_index("code", drop=False)


@pytest.fixture(scope="module")
def members() -> dict[str, set[str]]:
    """The members of each union."""
    rows = member_table(FOLDER, LABELS)
    return {str(name): set(group["member"]) for name, group in rows.groupby("region")}


def test_the_regions_are_the_country_its_counties_and_its_municipalities(
    regions: pd.DataFrame,
) -> None:
    """Sweden has 21 counties and 290 municipalities; the report had 17 districts."""
    found = regions["level"].value_counts().to_dict()

    assert found == {
        "country": 1, "county": 21, "municipality": 290, "regso": 5, "stadsdel": 17, "group": 12,
    }  # fmt: skip
    assert list(regions.columns) == REGION_COLUMNS
    assert regions["code"].is_unique


def test_every_region_lies_in_one_that_exists(regions: pd.DataFrame) -> None:
    """A municipality lies in its county, an area in its municipality, both by their code."""
    assert set(regions["parent"].dropna()) <= set(regions["code"])
    for level, digits in (("municipality", 2), ("regso", 4)):
        some = regions[regions["level"] == level]
        assert (some["parent"] == some["code"].str[:digits]).all()


@pytest.mark.parametrize(
    ("code", "swedish", "english"),
    [
        ("00", "i riket", "in Sweden"),
        ("01", "i Stockholms län", "in Stockholm county"),
        ("0127", "i Botkyrka", "in Botkyrka"),
        ("0180", "i Stockholms kommun", "in the municipality of Stockholm"),
        ("0980", "på Gotland", "on Gotland"),
        ("stadsdel-varby-gard", "i Vårby gård (Huddinge)", "in Vårby gård (Huddinge)"),
        ("0127R014", "i Tuna (Botkyrka)", "in Tuna (Botkyrka)"),
    ],
)
def test_a_region_carries_its_preposition(
    regions: pd.DataFrame, code: str, swedish: str, english: str
) -> None:
    """Sentences never guess between i and på, nor between a municipality and its county."""
    assert tuple(regions.loc[code, ["locative_sv", "locative_en"]]) == (swedish, english)


def test_no_two_regions_are_called_the_same_in_a_sentence(regions: pd.DataFrame) -> None:
    """A reader knows which region a sentence speaks of; the two divisions share their names."""
    rest = regions[~regions["code"].str.endswith("_RegSO2025")]

    assert rest["locative_sv"].is_unique
    assert rest["locative_en"].is_unique


@pytest.mark.parametrize(
    ("code", "since"),
    [("0140", "1998"), ("0330", "2002"), ("0461", "1991"), ("1814", "1994"), ("0127", None)],
)
def test_a_municipality_is_valid_from_its_first_31_december(
    regions: pd.DataFrame, code: str, since: str | None
) -> None:
    """Formed on 1 January, it has a population from the last day of the year before."""
    found = regions.loc[[code], "valid_from"].dropna().tolist()

    assert found == ([since] if since else [])


def test_areas_of_the_two_divisions_are_two_regions_with_years_of_their_own(
    regions: pd.DataFrame,
) -> None:
    """The 2020 division ends with 2023, the 2025 division begins with 2024."""
    columns = ["division", "valid_from", "valid_to"]
    both = regions.loc[["0127R001", "0127R001_RegSO2025"], columns]

    assert both.astype(object).where(both.notna(), None).to_numpy().tolist() == [
        ["RegSO 2020", None, "2023"],
        ["RegSO 2025", "2024", None],
    ]


def test_the_districts_of_the_report_have_the_agreed_members(
    members: dict[str, set[str]],
) -> None:
    """Seventeen districts, each the areas whose names begin with its name."""
    found = {
        name.removeprefix("stadsdel-"): " ".join(sorted(m for m in of if "_" not in m))
        for name, of in members.items()
        if name.startswith("stadsdel-")
    }

    assert found == DISTRICTS


def test_a_member_stands_for_the_new_division_only_under_the_same_code_and_name(
    members: dict[str, set[str]],
) -> None:
    """Where the source's labels differ, the border may have moved: the file must confirm it."""
    assert members["stadsdel-alby"] == {"0127R001", "0127R001_RegSO2025", "0127R002"}


def test_the_members_of_districts_exist_in_the_source_s_own_key(
    shared: Path, members: dict[str, set[str]]
) -> None:
    """SCB's key of 2020 knows every member, under a name that begins like its district."""
    file = shared / "scb" / "classification" / "koppling_deso2018_regso2020.csv"
    with file.open(encoding="utf-8-sig") as lines:
        key = {row["RegSOkod_2020"]: row["RegSO_2020"].strip() for row in csv.DictReader(lines)}
    with (FOLDER / "stadsdelar.csv").open(encoding="utf-8") as lines:
        listed = list(csv.DictReader(lines))

    assert {row["member"] for row in listed} <= set(key)
    for row in listed:
        starts = row["name"].split("-")
        assert any(key[row["member"]].startswith(start) for start in starts), row
        assert row["member"].startswith(row["municipality"])
        assert not row["confirmed_by"]


def test_each_municipality_is_in_one_group_of_the_association(
    regions: pd.DataFrame, members: dict[str, set[str]]
) -> None:
    """The nine groups of SKR cover the 290 municipalities once each."""
    groups = [of for name, of in members.items() if name.startswith("skr-")]
    every = set(regions.loc[regions["level"] == "municipality", "code"])

    assert len(groups) == 9
    assert sum(map(len, groups)) == 290
    assert set().union(*groups) == every


@pytest.mark.parametrize(("group", "names"), NAMED.items())
def test_the_named_groups_are_those_of_the_report(
    regions: pd.DataFrame, members: dict[str, set[str]], group: str, names: str
) -> None:
    """Södertörn, Nordost and Nordväst as the report and its projects list them."""
    assert {regions.loc[code, "name"] for code in members[group]} == set(names.split())


def test_the_groups_agree_with_the_published_list(
    shared: Path, members: dict[str, set[str]]
) -> None:
    """SKR's groups of 2023 as Kolada holds them."""
    file = shared / "scb" / "classification" / "skr_kommungrupp_2023_from_kolada.csv"
    with file.open(encoding="utf-8") as lines:
        published = {(f"skr-{row['skr_kod']}", row["kommun_kod"]) for row in csv.DictReader(lines)}

    ours = {(name, code) for name, of in members.items() if name.startswith("skr-") for code in of}
    assert ours == published


def test_who_confirmed_a_member_and_when_follows_it_into_both_divisions(tmp_path: Path) -> None:
    """The owner of the list vouches for the area under its code of 2020 and that of 2025."""
    (tmp_path / "stadsdelar.csv").write_text(
        "code,member,confirmed_by,confirmed_on\n"
        "stadsdel-alby,0127R001,Region Stockholm,2026-10-01\n",
        encoding="utf-8",
    )
    (tmp_path / "groups.csv").write_text("code,member\ngrupp-x,0127\n", encoding="utf-8")
    labels = dict.fromkeys(("0127R001", "0127R001_RegSO2025"), "Botkyrka (Albyberget)")
    rows = member_table(tmp_path, labels).set_index("member")

    assert set(rows.index) == {"0127R001", "0127R001_RegSO2025", "0127"}
    assert rows.loc[list(labels), "confirmed_by"].tolist() == ["Region Stockholm"] * 2
    assert rows.loc[list(labels), "confirmed_on"].tolist() == ["2026-10-01"] * 2
    assert rows.loc["0127", ["confirmed_by", "confirmed_on"]].isna().all()


def test_unchanged_areas_are_read_from_the_list_of_them(tmp_path: Path) -> None:
    """A row joins the code of 2025 to that of 2020; the official regions keep their names."""
    for name in ("stadsdelar.csv", "groups.csv", "regions.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "regso_2025.csv").write_text(
        "code_2020,code_2025,source\n0127R001,0127R001_RegSO2025,SCB\n", encoding="utf-8"
    )
    known = official_regions(tmp_path)
    assert known.same_area == {"0127R001_RegSO2025": "0127R001"}
    assert (known.names["00"], known.names["01"], known.names["0180"]) == (
        "Riket", "Stockholms län", "Stockholm",
    )  # fmt: skip
    assert len(known.names) == 1 + 21 + 290

    areas = region_table(tmp_path, {"0127R001_RegSO2025": "Botkyrka (Alby)", **LABELS})
    found = areas[areas["level"] == "regso"].set_index("code")
    assert "0127R001_RegSO2025" not in found.index
    assert found.loc["0127R001", "parent"] == "0127"
    assert "0127R002_RegSO2025" in found.index
