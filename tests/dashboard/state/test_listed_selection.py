from dataclasses import replace

from dashboard.codes import EVERYBODY, Group
from dashboard.data.context import Context
from dashboard.data.queries.holdings import region_rows
from dashboard.state.regions import peers, regions_by_code
from dashboard.state.resolve import Existing, ListSelection, list_selection
from dashboard.state.url import parsed
from etl.catalogue.loading import load
from tests.dashboard.warehouse import CATALOGUE

ALL: Existing = frozenset(
    {
        ("county", EVERYBODY),
        ("county", Group(sex="2", background="SE")),
        ("municipality", EVERYBODY),
        ("municipality", Group(background="SE")),
    }
)


def scope_of(
    context: Context, search: str, existing: Existing = ALL
) -> tuple[ListSelection, list[str]]:
    """The scope of a link over the small warehouse's regions."""
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        places = regions_by_code(region_rows(warehouse))
    return list_selection(
        parsed(search),
        "employment_rate",
        catalogue=load(CATALOGUE),
        regions=places,
        existing=existing,
    )


def test_a_municipality_is_listed_with_those_of_its_county(context: Context) -> None:
    """Botkyrka's neighbours are the county's municipalities, by name; a county's are all."""
    near, _ = scope_of(context, "?region=0127")
    counties, _ = scope_of(context, "?region=0127&niva=lan")
    inside, _ = scope_of(context, "?region=09")

    assert near.regions == ("0127", "0126", "0140", "0180")
    assert counties.regions == ("09", "01")
    assert inside.regions == ("0980",)
    assert len(scope_of(context, "")[0].regions) == 5


def test_a_group_that_the_level_does_not_have_is_said_and_everybody_shown(
    context: Context,
) -> None:
    """Municipalities do not cross sex and origin; counties do."""
    crossed, said = scope_of(context, "?region=0127&bakgrund=SE&kon=2")
    county, nothing = scope_of(context, "?region=0127&bakgrund=SE&kon=2&niva=lan")

    assert crossed.group == EVERYBODY
    assert said == ["Kombinationen finns inte i källan för Botkyrka: Födda i Sverige, Kvinnor."]
    assert (county.group, nothing) == (Group(sex="2", background="SE"), [])


def test_a_level_without_figures_gives_way_to_one_that_has_them(context: Context) -> None:
    """An indicator of counties opens on counties; asking for areas in vain is said."""
    only = frozenset({("county", EVERYBODY)})

    assert scope_of(context, "?region=0127", only)[0].level == "lan"
    assert scope_of(context, "?region=0127&niva=omrade", only)[1] == [
        "Indikatorn saknar uppgifter på nivån RegSO-områden."
    ]


def test_the_peers_of_a_group_are_its_members(context: Context) -> None:
    """Municipalities of Södertörn are listed with each other, whatever their county."""
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        places = dict(regions_by_code(region_rows(warehouse)))
    places["grupp-x"] = replace(
        places["0127"], code="grupp-x", level="group", parent=None, members=("0980", "0127")
    )

    assert peers("grupp-x", "kommun", places) == ("0127", "0980")
