"""Which neighbourhoods and areas belong to a region."""

from dashboard.state.areas import neighbourhoods
from dashboard.state.regions import Region
from etl.catalogue import Text

WHERE = Text(sv="i", en="in")
REGIONS = {
    one.code: one
    for one in (
        Region("00", "Riket", "country", None, WHERE),
        Region("01", "Stockholms län", "county", "00", WHERE),
        Region("0127", "Botkyrka", "municipality", "01", WHERE),
        Region("0180", "Stockholm", "municipality", "01", WHERE),
        Region("stadsdel-rinkeby", "Rinkeby", "stadsdel", "0180", WHERE),
        Region("stadsdel-alby", "Alby", "stadsdel", "0127", WHERE),
        Region("stadsdelar-01", "Stadsdelarna", "stadsdel", "01", WHERE),
    )
}


def test_what_stands_for_all_neighbourhoods_of_a_county_is_none_of_them() -> None:
    """A county and the country list each neighbourhood by name, a municipality its own."""
    assert neighbourhoods("01", REGIONS) == ("stadsdel-alby", "stadsdel-rinkeby")
    assert neighbourhoods("00", REGIONS) == ("stadsdel-alby", "stadsdel-rinkeby")
    assert neighbourhoods("0180", REGIONS) == ("stadsdel-rinkeby",)
