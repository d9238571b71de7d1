from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard.state.areas import name_in_list
from dashboard.state.comparison import default_comparison
from dashboard.state.regions import (
    Region,
    area_sentences,
    inline,
    menu_name,
    offered_regions,
    region_kind,
    regions_by_code,
    standing_code,
    standing_state,
)
from dashboard.state.url import parsed
from etl.catalogue import Lang, Text


def place(code: str, name: str, level: str, parent: str | None, division: str = "") -> Region:
    """A region with only what the menus ask of it."""
    return Region(
        code, name, level, parent, Text(sv=f"i {name}", en=f"in {name}"), division or None
    )


PLACES = {
    one.code: one
    for one in (
        place("00", "Riket", "country", None),
        place("01", "Stockholms län", "county", "00"),
        place("0127", "Botkyrka", "municipality", "01"),
        place("0180", "Stockholm", "municipality", "01"),
        place("stadsdel-alby", "Alby (Botkyrka)", "stadsdel", "0127", "RegSO 2020"),
        place("0127R001", "Albyberget (Botkyrka)", "regso", "0127", "RegSO 2020"),
        place("0127R001_RegSO2025", "Albyberget (Botkyrka)", "regso", "0127", "RegSO 2025"),
        place("0180R076", "Rinkeby (Stockholm)", "regso", "0180", "RegSO 2020"),
    )
}


def test_an_area_is_shown_beside_its_municipality_county_and_country() -> None:
    """An area is read against its municipality first; a municipality against its county."""
    assert default_comparison(PLACES["0127R001"], PLACES) == ("0127", "01", "00")
    assert default_comparison(PLACES["stadsdel-alby"], PLACES) == ("0127", "01", "00")
    assert default_comparison(PLACES["0127"], PLACES) == ("01", "00")
    assert default_comparison(PLACES["01"], PLACES) == ("00",)
    assert default_comparison(PLACES["00"], PLACES) == ()


def test_a_county_has_its_english_name_inside_a_sentence() -> None:
    """Stockholm county, as everywhere in English sentences; its Swedish name in Swedish."""
    county = replace(PLACES["01"], where=Text(sv="i Stockholms län", en="in Stockholm county"))
    places = {**PLACES, "01": county}

    assert (inline(county, "sv"), inline(county, "en")) == ("Stockholms län", "Stockholm county")
    assert region_kind(places["0127"], places, "en") == "Municipality in Stockholm county"
    assert inline(PLACES["00"], "sv") == "riket"


def test_a_labour_market_has_its_english_name_in_english() -> None:
    """What sort of group it is stands in the reader's language; another group's name is its own."""
    market = place("la-02la", "Uppsala (lokal arbetsmarknad)", "group", "00")

    assert market.name("sv") == "Uppsala (lokal arbetsmarknad)"
    assert market.name("en") == "Uppsala (local labour market)"
    assert place("grupp-sodertorn", "Södertörn", "group", "00").name("en") == "Södertörn"


def offered(own: str) -> list[str]:
    """The codes that a field offers where a region is shown."""
    return [region.code for region in offered_regions(PLACES, PLACES[own])[0]]


def test_the_own_region_is_always_offered_and_none_twice() -> None:
    """A field that lacks the region shown could not lead back to it."""
    assert all(offered(code).count(code) == 1 for code in PLACES)
    assert all(len(set(offered(code))) == len(offered(code)) for code in PLACES)


def test_the_municipalities_of_the_own_county_come_first_then_its_groups() -> None:
    """What is chosen most is nearest; after them the country and the rest by level and name."""
    group = place("grupp-x", "Södertörn", "group", "00")
    groups = {group.code: replace(group, members=("0127", "0180"))}
    listed, near = offered_regions({**PLACES, **groups}, PLACES["0127"])

    assert near == 2
    codes = [region.code for region in listed]
    assert codes[:5] == ["0127", "0180", "grupp-x", "00", "01"]
    assert offered_regions(PLACES, PLACES["00"])[1] == 0
    assert offered_regions(PLACES, None)[1] == 0


def test_the_areas_of_a_municipality_are_reached_from_it_and_from_its_areas() -> None:
    """Of the RegSO areas those of the own municipality are offered, last, and no others."""
    areas = ["0127R001", "0127R001_RegSO2025"]

    assert offered("0127")[-2:] == offered("0127R001")[-2:] == areas
    assert offered("01") == ["0127", "0180", "00", "01", "stadsdel-alby"]
    assert offered("00") == ["00", "01", "0127", "0180", "stadsdel-alby"]


def test_two_areas_of_one_name_are_told_apart_by_their_division() -> None:
    """In an older version the name does not tell the division of an area; the menu does."""
    names = [menu_name(PLACES[code], "sv") for code in ("0127R001", "0127R001_RegSO2025")]

    assert names == ["Albyberget (Botkyrka), RegSO 2020", "Albyberget (Botkyrka), RegSO 2025"]
    assert menu_name(PLACES["stadsdel-alby"], "sv") == "Alby (Botkyrka)"


SAME, OLDER, NEWER = "RegSO 2020/2025", "RegSO 2020", "RegSO 2025"


def area(code: str, name: str, division: str, **changes: Any) -> Region:
    """An area of Botkyrka as the warehouse names it now."""
    where = Text(sv=f"i {name}", en=f"in {name.replace('2025 års indelning', 'division of 2025')}")
    return Region(code, name, "regso", "0127", where, division=division, **changes)


JOINED = {
    "0127": PLACES["0127"],
    "0127R001": area(
        "0127R001", "Albyberget (Botkyrka, 2020 års indelning)", OLDER, border_changed=True
    ),
    "0127R001_RegSO2025": area(
        "0127R001_RegSO2025",
        "Albyberget (Botkyrka, 2025 års indelning)",
        NEWER,
        border_changed=True,
    ),
    "0127R002": area("0127R002", "Albydalen (Botkyrka)", SAME),
    "0127R009": area("0127R009", "Karlslund (Botkyrka)", SAME, former_name="Karlsund"),
    "0127R010": area("0127R010", "Skärgården (Botkyrka)", SAME, more_water=True),
}


def test_a_name_that_tells_the_division_is_left_as_it_is() -> None:
    """Areas that are the same in both have no division to tell; a name is put into the language."""
    assert [menu_name(region, "sv") for region in JOINED.values()] == [
        region.called for region in JOINED.values()
    ]
    assert (
        menu_name(JOINED["0127R001_RegSO2025"], "en") == "Albyberget (Botkyrka, division of 2025)"
    )


def test_a_link_to_a_joined_area_under_its_code_of_2025_leads_to_the_area() -> None:
    """Old links go on; a changed area, and one of an older version, stand under their own codes."""
    state = parsed(
        "?region=0127R002_RegSO2025&jamfor=0127R001_RegSO2025,0127R010_RegSO2025,0180R999_RegSO2025"
        "&grupp=Egen:0127R009_RegSO2025,0127R009"
    )
    standing = standing_state(state, JOINED)

    assert standing.region == "0127R002"
    assert standing.comparison == ("0127R001_RegSO2025", "0127R010", "0180R999_RegSO2025")
    assert standing.region_group
    assert standing.region_group.codes == ("0127R009",)
    assert standing_code("0127R001_RegSO2025", PLACES) == "0127R001_RegSO2025"


def test_what_changed_of_an_area_is_told_of_it() -> None:
    """A former name, more water, a border; of an area in which nothing changed, nothing."""
    assert area_sentences(("0127", "0127R002", "0180"), JOINED, "sv") == ()
    assert area_sentences(("0127R009", "0127R010"), JOINED, "sv") == (
        "Karlslund (Botkyrka) hette tidigare Karlsund. Området är detsamma.",
        "Skärgården (Botkyrka) omfattar sedan 2025 även territorialhav. Landgränsen är oförändrad.",
    )
    assert area_sentences(("0127R001", "0127R001_RegSO2025"), JOINED, "sv") == (
        (
            "Gränsen på land ändrades 2025: Albyberget (Botkyrka, 2020 års indelning) och "
            "Albyberget (Botkyrka, 2025 års indelning) är olika områden och jämförs inte."
        ),
    )
    assert region_kind(JOINED["0127R009"], JOINED, "sv").endswith(", tidigare Karlsund")


def test_a_version_that_joins_no_areas_does_not_tell_whose_border_changed() -> None:
    """There every area has one of each division; of most nothing has changed."""
    columns = ["code", "name", "level", "parent", "locative_sv", "locative_en", "division"]
    places = [
        (one.code, one.called, one.level, one.parent, one.where.sv, one.where.en, one.division)
        for one in JOINED.values()
    ]
    rows = pd.DataFrame(places, columns=columns).assign(members=None, water=None, former_name=None)
    joined = regions_by_code(rows)
    older = regions_by_code(rows[rows["division"] != SAME])

    assert [code for code, region in joined.items() if region.border_changed] == [
        "0127R001", "0127R001_RegSO2025",
    ]  # fmt: skip
    assert len(area_sentences(joined, joined, "sv")) == 1
    assert area_sentences(older, older, "sv") == ()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "sv",
            (
                "Fittja (Botkyrka, 2020 års indelning)",
                "Fittja (Botkyrka, 2025 års indelning)",
                "Fittja (stadsdel i Botkyrka)",
                "Hallunda (Botkyrka)",
            ),
        ),
        (
            "en",
            (
                "Fittja (Botkyrka, division of 2020)",
                "Fittja (Botkyrka, division of 2025)",
                "Fittja (neighbourhood in Botkyrka)",
                "Hallunda (Botkyrka)",
            ),
        ),
    ],
)
def test_areas_that_share_a_name_in_an_older_version_are_told_apart(
    lang: Lang, expected: tuple[str, ...]
) -> None:
    """Such a version calls both areas and the district Fittja (Botkyrka): wherever it is read."""
    rows = pd.DataFrame(
        {
            "code": code,
            "name": name,
            "level": level,
            "parent": "0127",
            "locative_sv": f"i {name}",
            "locative_en": f"in {name}",
            "division": division,
            "members": None,
            "former_name": None,
            "water": None,
        }
        for code, name, level, division in (
            ("0127R005", "Fittja (Botkyrka)", "regso", "RegSO 2020"),
            ("0127R005_RegSO2025", "Fittja (Botkyrka)", "regso", "RegSO 2025"),
            ("stadsdel-fittja", "Fittja (Botkyrka)", "stadsdel", "RegSO 2020"),
            ("0127R007", "Hallunda (Botkyrka)", "regso", "RegSO 2020"),
        )
    )
    older = regions_by_code(rows)

    assert tuple(region.name(lang) for region in older.values()) == expected
    assert tuple(region.where[lang].split(" ", 1)[1] for region in older.values()) == expected


def test_areas_of_one_name_in_a_municipality_say_their_division() -> None:
    """A list of areas leaves the municipality out, and never makes two areas one."""
    named = {code: name_in_list(JOINED[code], "sv") for code in JOINED if "R00" in code}
    assert named["0127R001"] == "Albyberget (2020 års indelning)"
    assert named["0127R001_RegSO2025"] == "Albyberget (2025 års indelning)"
    assert named["0127R002"] == "Albydalen"
    assert name_in_list(JOINED["0127R001_RegSO2025"], "en") == "Albyberget (division of 2025)"
