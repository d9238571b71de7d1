"""Regions and unions: what the small classifications hold, and what becomes of RegSO."""

import csv
import json
from collections import Counter
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
    rows = member_table(FOLDER)
    return {str(name): set(group["member"]) for name, group in rows.groupby("region")}


def test_the_regions_are_the_country_its_counties_and_its_municipalities(
    regions: pd.DataFrame,
) -> None:
    """Sweden has 21 counties and 290 municipalities; the report had 17 districts."""
    found = regions["level"].value_counts().to_dict()

    assert found == {
        "country": 1, "county": 21, "municipality": 290, "regso": 4, "stadsdel": 17, "group": 12,
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


def test_no_two_regions_are_called_the_same(regions: pd.DataFrame) -> None:
    """A reader knows which region a name or a sentence speaks of."""
    for column in ("name", "locative_sv", "locative_en"):
        assert regions[column].is_unique


def test_no_two_of_sweden_s_regions_are_called_the_same(shared: Path) -> None:
    """All 3 363 areas of 2020 and of 2025 by SCB's lists, beside districts and municipalities."""
    scb = shared / "scb"
    with (scb / "classification" / "koppling_deso2018_regso2020.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        older = {
            row["RegSOkod_2020"]: f"{row['Kommunnamn']} ({row['RegSO_2020']})"
            for row in csv.DictReader(lines)
        }
    borders = json.loads((scb / "boundaries" / "regso_2025_sverige_s100.geojson").read_bytes())
    areas = [feature["properties"] for feature in borders["features"]]
    municipality = {code[:4]: text.partition(" (")[0] for code, text in older.items()}
    newer = {
        f"{area['regsokod']}_RegSO2025": f"{municipality[area['kommunkod']]} ({area['regsonamn']})"
        for area in areas
    }
    shared_names = Counter(area["regsonamn"] for area in areas)
    told = region_table(FOLDER, older | newer).set_index("code")
    found = told[told["level"] == "regso"]

    assert (len(older), len(newer)) == (3363, 3363)
    # 41 areas of 2025 share 17 names with one in another municipality.
    several = [many for many in shared_names.values() if many > 1]
    assert (len(several), sum(several)) == (17, 41)
    # 3 076 are the same in both; 287 are left of each division.
    assert found["division"].value_counts().to_dict() == {
        "RegSO 2020/2025": 3076, "RegSO 2020": 287, "RegSO 2025": 287,
    }  # fmt: skip
    for column in ("name", "locative_sv", "locative_en"):
        assert told[column].is_unique
    assert list(found.loc["1275R002", ["name", "former_name"]]) == [
        "Perstorp sydöstra tätorten (Perstorp)", "Perstorp nordöstra tätorten",
    ]  # fmt: skip
    assert found["former_name"].notna().sum() == 17
    assert found["water"].notna().sum() == 129


@pytest.mark.parametrize(
    ("code", "name", "english"),
    [
        ("0127R005", "Fittja (RegSO-område i Botkyrka)", "Fittja (RegSO area in Botkyrka)"),
        ("stadsdel-fittja", "Fittja (stadsdel i Botkyrka)", "Fittja (neighbourhood in Botkyrka)"),
        ("stadsdel-alby", "Alby (Botkyrka)", "Alby (Botkyrka)"),
        ("0127R001", "Albyberget (Botkyrka, 2020 års indelning)",
         "Albyberget (Botkyrka, division of 2020)"),
        ("0127R001_RegSO2025", "Albyberget (Botkyrka, 2025 års indelning)",
         "Albyberget (Botkyrka, division of 2025)"),
    ],
)  # fmt: skip
def test_a_name_tells_the_area_from_what_is_called_so_too(
    code: str, name: str, english: str
) -> None:
    """A district and its area say what they are, a changed area its division."""
    labels = LABELS | {"0127R005": "Botkyrka (Fittja)"}
    found = region_table(FOLDER, labels).set_index("code")
    columns = ["name", "locative_sv", "locative_en"]

    assert list(found.loc[code, columns]) == [name, f"i {name}", f"in {english}"]


def test_areas_that_share_even_their_municipality_are_told_apart_by_code() -> None:
    """No name is ever left to mean two areas, whatever the source calls them."""
    labels = dict.fromkeys(("0127R008", "0127R009"), "Botkyrka (Centrum)")
    found = region_table(FOLDER, labels).set_index("code")["name"]

    assert found[list(labels)].tolist() == [
        "Centrum (Botkyrka) 0127R008", "Centrum (Botkyrka) 0127R009",
    ]  # fmt: skip


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


def test_a_changed_area_is_two_regions_with_years_of_their_own(regions: pd.DataFrame) -> None:
    """The land boundary of Albyberget changed; the 2020 division ends with 2023."""
    columns = ["division", "valid_from", "valid_to"]
    both = regions.loc[["0127R001", "0127R001_RegSO2025"], columns]

    assert both.astype(object).where(both.notna(), None).to_numpy().tolist() == [
        ["RegSO 2020", None, "2023"],
        ["RegSO 2025", "2024", None],
    ]


def test_an_unchanged_area_is_one_region_in_all_years_whatever_it_is_called(
    regions: pd.DataFrame,
) -> None:
    """The code and the land boundary decide; it goes by its name of today."""
    assert "0127R002_RegSO2025" not in regions.index
    assert list(regions.loc["0127R002", ["division", "name"]]) == [
        "RegSO 2020/2025", "Albydalen-Alby gård (Botkyrka)",
    ]  # fmt: skip
    assert regions.loc[["0127R002"], ["valid_from", "valid_to"]].isna().all(axis=None)


def test_a_former_name_and_more_water_are_told(tmp_path: Path) -> None:
    """Both are of SCB's list; a name that the source still uses is not called a former one."""
    for name in ("stadsdelar.csv", "groups.csv", "regions.csv", "renamed.csv", "regso_2025.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    labels = {
        "0160R009": "Täby (Karlsund)",
        "0160R009_RegSO2025": "Täby (Karlslund)",
        "0160R003": "Täby (Ella Gård)",
        "0136R009_RegSO2025": "Haninge (Haninge skärgård-glesbygd)",
    }
    found = region_table(tmp_path, labels).set_index("code")

    told = found.loc[["0160R009", "0160R003", "0136R009"], ["former_name", "water"]]
    assert told.astype(object).where(told.notna(), None).to_numpy().tolist() == [
        ["Karlsund", None],
        [None, None],
        [None, "larger"],
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


def test_a_member_stands_once_and_none_is_taken_for_another_of_its_name(
    members: dict[str, set[str]],
) -> None:
    """A changed area has no successor until the owner confirms one: nothing goes by name."""
    assert members["stadsdel-alby"] == {"0127R001", "0127R002"}
    assert not [code for of in members.values() for code in of if code.endswith("_RegSO2025")]


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


def test_a_member_of_2025_counts_when_its_owner_has_confirmed_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Confirmed, it stands beside that of 2020; unconfirmed it is named and does not count."""
    for name in ("groups.csv", "regions.csv", "renamed.csv", "regso_2025.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "stadsdelar.csv").write_text(
        "code,member,confirmed_by,confirmed_on\n"
        "stadsdel-alby,0127R001,,\n"
        "stadsdel-alby,0127R002,Region Stockholm,2026-10-01\n"
        "stadsdel-alby,0127R002_RegSO2025,Region Stockholm,2026-10-01\n"
        "stadsdel-alby,0127R001_RegSO2025,Region Stockholm,2026-10-01\n"
        "stadsdel-alby,0127R031_RegSO2025,,\n",
        encoding="utf-8",
    )
    rows = member_table(tmp_path)
    found = rows[rows["region"] == "stadsdel-alby"].set_index("member")

    assert list(found.index) == ["0127R001", "0127R002", "0127R001_RegSO2025"]
    assert found["confirmed_on"].fillna("").tolist() == ["", "2026-10-01", "2026-10-01"]
    assert "0127R031_RegSO2025 in stadsdel-alby has no confirmed_by" in caplog.text


def test_unchanged_areas_are_read_from_the_list_of_them(tmp_path: Path) -> None:
    """A row joins the code of 2025 to that of 2020; the official regions keep their names."""
    for name in ("stadsdelar.csv", "groups.csv", "regions.csv", "renamed.csv"):
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
    assert known.former_names == {"20": "Kopparbergs län", "2023": "Malung"}

    areas = region_table(tmp_path, {"0127R001_RegSO2025": "Botkyrka (Alby)", **LABELS})
    found = areas[areas["level"] == "regso"].set_index("code")
    assert "0127R001_RegSO2025" not in found.index
    assert found.loc["0127R001", "parent"] == "0127"
    assert "0127R002_RegSO2025" in found.index
