from pathlib import Path

import pytest

from dashboard.codes import EVERYBODY, Group
from dashboard.state.groups import Offer, offer, tiled
from dashboard.state.regions import Region
from dashboard.state.resolve import LineSelection, line_selection
from dashboard.state.url import parsed
from etl.catalogue import TOTAL, Text
from etl.catalogue.ages import is_class
from etl.catalogue.loading import load

CATALOGUE = load(Path(__file__).parents[3] / "indicators.yaml")
WORKING = ("20-24", "25-34", "35-44", "45-54", "55-64", "55-65")
PLACES = {
    "00": Region("00", "Riket", "country", None, Text(sv="i riket", en="in Sweden")),
    **{
        code: Region(code, name, "county", "00", Text(sv=f"i {name}", en=f"in {name}"))
        for code, name in (("17", "Värmlands län"), ("20", "Dalarnas län"), ("01", "Sthlm"))
    },
    "0127": Region("0127", "Botkyrka", "municipality", "01", Text(sv="i B", en="in B")),
}


def of(*backgrounds: str, educations: tuple[str, ...] = ()) -> Offer:
    """An offer of groups, and of levels of education of everybody, both sexes together."""
    groups = [
        Group(age=code) if is_class(code) else Group(background=code)
        for code in (TOTAL, *backgrounds)
    ]
    return offer(CATALOGUE, [*groups, *(Group(education=code) for code in educations)])


@pytest.mark.parametrize(
    ("codes", "chosen"),
    [
        (WORKING, ("20-24", "25-34", "35-44", "45-54", "55-65")),
        (("0-19", "16-19", "20-64", "65+"), ("0-19", "20-64", "65+")),
        (("18-29", "30-49", "50-64", "65+"), ("18-29", "30-49", "50-64", "65+")),
        (("0-19", "20-24", "25-34", "35-44", "45-54", "55-64", "65+"), None),
        (("SE",), ()),
    ],
)
def test_ages_side_by_side_count_nobody_twice(
    codes: tuple[str, ...], chosen: tuple[str, ...] | None
) -> None:
    """At most so many that follow on each other, of those the ones that cover most years."""
    found = tiled(codes, 5)

    assert found == chosen if chosen is not None else len(found) == 5


def test_a_breakdown_opens_on_at_most_six_groups_as_the_catalogue_lists_them() -> None:
    """Origins before stays and reasons, each in its own order; ages that tile."""
    origins = ("SAMUTF", "AFR", "SE", "NEXS", "VXEUEES", "EUEESXN", "UTLB")
    shown = of(*origins, "INT010", "INT040", *WORKING)

    assert shown.opening("origin") == ("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF", "UTLB")
    assert shown.opening("stay") == ("INT010", "INT040")
    assert shown.opening("age") == ("20-24", "25-34", "35-44", "45-54", "55-65")
    assert shown.opening("reason") == ()


def test_levels_of_education_that_exist_are_shown_and_others_said() -> None:
    """A link may ask for a level; one that the source lacks here is named in a sentence."""
    shown, said = line_selection(
        parsed("?utb=F,EU"),
        "employment_rate",
        catalogue=CATALOGUE,
        regions=PLACES,
        choices=of("SE", educations=("F", "3")),
    )

    assert (shown.by, shown.educations) == ("region", ("F",))
    assert said == ["Kombinationen finns inte i källan för riket: Eftergymnasial utbildning."]


def crossed(*, sexes: tuple[str, ...] = (TOTAL, "2", "1")) -> Offer:
    """An offer of groups by background, each of them by sex, too."""
    codes = (TOTAL, "SE", "NEXS", "VXEUEES", "SAMUTF")
    return offer(CATALOGUE, [Group(sex=sex, background=code) for code in codes for sex in sexes])


def drawn(search: str, choices: Offer) -> tuple[LineSelection, list[str]]:
    """What a link shows of employment, and what is said of the rest."""
    return line_selection(
        parsed(search),
        "employment_rate",
        catalogue=CATALOGUE,
        regions=PLACES,
        choices=choices,
    )


def test_lists_are_crossed_and_nothing_is_left_out() -> None:
    """Two origins and both sexes are four lines of the region."""
    shown, said = drawn("?bakgrund=SE,SAMUTF&kon=2,1", crossed())

    assert shown.groups == (
        Group("2", "SE"), Group("1", "SE"), Group("2", "SAMUTF"), Group("1", "SAMUTF"),
    )  # fmt: skip
    assert (shown.split, shown.comparison, said) == ("", (), [])


def test_regions_that_a_link_names_are_drawn_with_its_groups() -> None:
    """Groups stand alone unless the link names regions, which have all of them, too."""
    alone, _ = drawn("?region=0127&bakgrund=SE,SAMUTF", crossed())
    beside, said = drawn("?region=0127&bakgrund=SE,SAMUTF&jamfor=00,17", crossed())

    assert alone.regions == ("0127",)
    assert (beside.regions, beside.split, said) == (("0127", "00", "17"), "", [])


def test_more_than_six_lines_stand_in_small_charts() -> None:
    """By region where a chart has room for the groups; else, or where it is asked for, by group."""
    search = "?region=0127&jamfor=00,17&bakgrund=SE,SAMUTF,VXEUEES"

    assert drawn(search, crossed())[0].split == "region"
    assert drawn(f"{search}&delat=grupp", crossed())[0].split == "grupp"
    assert drawn("?region=0127&bakgrund=SE,NEXS,VXEUEES,SAMUTF&kon=2,1", crossed())[0].split == (
        "grupp"
    )
    assert drawn("?region=0127&kon=2,1&delat=region", crossed())[0].split == ""


def test_a_combination_that_the_source_lacks_is_named_and_the_others_are_drawn() -> None:
    """Women and men of all, and both sexes of each origin, are no women of an origin."""
    lacks = offer(
        CATALOGUE,
        [Group(sex=sex) for sex in (TOTAL, "2", "1")]
        + [Group(background=code) for code in ("SE", "SAMUTF")]
        + [Group("2", "SE")],
    )
    shown, said = drawn("?bakgrund=SE,SAMUTF&kon=2,_T", lacks)

    assert shown.groups == (Group("2", "SE"), Group(background="SE"), Group(background="SAMUTF"))
    assert said == ["Kombinationen finns inte i källan för riket: Utrikes födda, Kvinnor."]


def test_lines_beyond_the_most_are_named() -> None:
    """Four groups of both sexes leave room for three regions; the fourth is named."""
    search = "?region=0127&bakgrund=SE,NEXS,VXEUEES,SAMUTF&kon=2,1&jamfor=00,17,20"
    shown, said = drawn(search, crossed())

    assert shown.regions == ("0127", "00", "17")
    assert len(shown.regions) * len(shown.groups) == 24
    assert said == ["Högst 24 linjer visas. Utelämnat: Dalarnas län."]


def test_six_ages_are_six_lines() -> None:
    """One chart holds six lines."""
    shown, said = drawn("?alder=" + ",".join(WORKING), of(*WORKING))

    assert (len(shown.groups), shown.split, said) == (6, "", [])


def test_what_is_not_crossed_names_the_nearest_that_exists() -> None:
    """Sexes that exist of everybody only: the nearest to the foreign-born women is women."""
    choices = offer(
        CATALOGUE,
        [Group(sex=sex) for sex in (TOTAL, "2", "1")] + [Group(background="SAMUTF")],
    )

    assert choices.crossed("sex", [EVERYBODY]) == ("2", "1")
    assert choices.crossed("sex", [Group(background="SAMUTF")]) == ()
    assert choices.nearest(Group("2", "SAMUTF"), "sex") == Group("2")
    assert choices.nearest_base("sex", Group(background="SAMUTF")) == EVERYBODY
