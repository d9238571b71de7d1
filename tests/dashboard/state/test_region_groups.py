"""A reader's own group of regions among the others."""

from dashboard.state.regions import Region, with_region_group
from dashboard.state.url import RegionGroup
from etl.catalogue import Text
from etl.measures.unions import RegionUnion

HERE = Text(sv="i X", en="in X")
PLACES = {
    code: Region(code, name, level, above, HERE, members=members)
    for code, name, level, above, members in (
        ("01", "Stockholms län", "county", "00", ()),
        ("0126", "Huddinge", "municipality", "01", ()),
        ("0127", "Botkyrka", "municipality", "01", ()),
        ("grupp-a", "A", "group", "00", ("0126", "0180")),
    )
}


def test_an_own_group_is_a_region_and_a_union() -> None:
    """Two municipalities under a free name; a code nobody knows is said and left out."""
    places, union, said = with_region_group(
        RegionGroup("Grannar", ("0127", "0126", "zz")), PLACES, "sv"
    )

    assert union == RegionUnion("grupp:Grannar", ("0127", "0126"))
    assert places["grupp:Grannar"].where.sv == "i gruppen Grannar"
    assert len(said) == 1
    assert with_region_group(None, PLACES, "sv") == (PLACES, None, [])


def test_a_group_in_a_group_stands_for_its_members_once() -> None:
    """Huddinge is in A too, and counted once."""
    _, union, _ = with_region_group(RegionGroup("B", ("0126", "grupp-a")), PLACES, "sv")

    assert union == RegionUnion("grupp:B", ("0126", "0180"))


def test_a_region_with_the_county_it_lies_in_is_no_group() -> None:
    """Everybody in Botkyrka would be counted twice; the sentence says which."""
    places, union, said = with_region_group(RegionGroup("C", ("01", "0127")), PLACES, "sv")

    assert (places, union) == (PLACES, None)
    assert said == ["Gruppen kan inte läggas samman: Botkyrka ingår i Stockholms län."]
