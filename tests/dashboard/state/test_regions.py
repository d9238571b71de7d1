from dataclasses import replace

from dashboard.state.comparison import default_comparison
from dashboard.state.regions import Region, inline, menu_name, region_kind, region_menu
from etl.catalogue import Text


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
    """The codes of the menu where a region is shown."""
    return [one["value"] for one in region_menu(PLACES, "sv").around(PLACES[own])]


def test_the_own_region_is_always_in_its_menu() -> None:
    """A menu that lacks the region shown would name another one as chosen."""
    assert all(offered(code).count(code) == 1 for code in PLACES)


def test_the_areas_of_a_municipality_are_reached_from_it_and_from_its_areas() -> None:
    """Of the RegSO areas a menu lists those of the own municipality, last, and no others."""
    areas = ["0127R001", "0127R001_RegSO2025"]

    assert offered("0127")[-2:] == offered("0127R001")[-2:] == areas
    assert offered("01") == ["00", "01", "0127", "0180", "stadsdel-alby"]
    assert region_menu(PLACES, "sv").around(None) == list(region_menu(PLACES, "sv").listed)


def test_two_areas_of_one_name_are_told_apart_by_their_division() -> None:
    """The divisions of 2020 and 2025 are two regions and never look like one."""
    names = [menu_name(PLACES[code], "sv") for code in ("0127R001", "0127R001_RegSO2025")]

    assert names == ["Albyberget (Botkyrka), RegSO 2020", "Albyberget (Botkyrka), RegSO 2025"]
    assert menu_name(PLACES["stadsdel-alby"], "sv") == "Alby (Botkyrka)"
