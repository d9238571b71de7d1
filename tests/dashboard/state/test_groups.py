from pathlib import Path

import pytest

from dashboard.codes import Group
from dashboard.state.groups import Offer, offer, tiled
from dashboard.state.regions import Region
from dashboard.state.resolve import line_selection
from dashboard.state.url import parsed
from etl.catalogue import TOTAL, Text
from etl.catalogue.ages import is_class
from etl.catalogue.loading import load

CATALOGUE = load(Path(__file__).parents[3] / "indicators.yaml")
WORKING = ("20-24", "25-34", "35-44", "45-54", "55-64", "55-65")
PLACES = {
    "00": Region("00", "Riket", "country", None, Text(sv="i riket", en="in Sweden")),
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
    """At most five that follow on each other, of those the ones that cover most years."""
    found = tiled(codes, 5)

    assert found == chosen if chosen is not None else len(found) == 5


def test_a_breakdown_opens_on_at_most_five_groups_as_the_catalogue_lists_them() -> None:
    """Origins before stays and reasons, each in its own order; ages that tile."""
    origins = ("SAMUTF", "AFR", "SE", "NEXS", "VXEUEES", "EUEESXN")
    shown = of(*origins, "INT010", "INT040", *WORKING)

    assert shown.opening("origin") == ("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF")
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


def test_one_list_is_broken_down_at_a_time_and_the_link_says_which() -> None:
    """Groups before sexes before levels of education."""
    choices = of("SE", "SAMUTF", educations=("F", "EU"))
    shown, said = line_selection(
        parsed("?bakgrund=SE,SAMUTF&utb=F,EU"),
        "employment_rate",
        catalogue=CATALOGUE,
        regions=PLACES,
        choices=choices,
    )

    assert (shown.by, shown.backgrounds, shown.educations) == (
        "background",
        ("SE", "SAMUTF"),
        (TOTAL,),
    )
    assert said == ["Länken delar upp på flera sätt. Här visas grupperna."]


def test_six_groups_are_five_lines_and_the_sixth_is_named() -> None:
    """Nothing is left out in silence."""
    shown, said = line_selection(
        parsed("?bakgrund=" + ",".join(WORKING)),
        "employment_rate",
        catalogue=CATALOGUE,
        regions=PLACES,
        choices=of(*WORKING),
    )

    assert len(shown.ages) == 5
    assert said == ["Högst 5 linjer visas. Utelämnat: 55–65 år."]
