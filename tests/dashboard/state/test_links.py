import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from dashboard.state.links import Shown, last_link, next_link, restored

VALUES: Mapping[str, Any] = MappingProxyType(
    {
        "region": "0127",
        "add": "",
        "by": [],
        "background": "_T",
        "sex": "_T",
        "groups": ["_T"],
        "kind_of_pair": "origin",
    }
)
PAGE = Shown(
    VALUES,
    comparison=("01", "00"),
    backgrounds=("SE", "NEXS", "VXEUEES", "INT010"),
    breakdowns={
        "origin": ("SE", "NEXS", "VXEUEES"),
        "sex": ("2", "1"),
        "education": ("F", "3", "EU"),
    },
    pairs={"sex": ("2", "1"), "origin": ("SE", "SAMUTF")},
)
# As the browser has it: what was a tuple is a list.
SHOWN = json.loads(json.dumps(PAGE.stored()))


@pytest.mark.parametrize(
    ("search", "key", "value"),
    [
        ("?region=0127", "region", "0127"),
        ("?region=0127", "add", ""),
        ("?region=0127&jamfor=01", "add", "01"),
        ("?region=0127", "by", []),
        ("?bakgrund=SE", "background", "SE"),
        ("?kon=2,1", "sex", "2,1"),
        ("?ar=2000-2024", "first_year", "2000"),
        ("?par=2,1", "kind_of_pair", "sex"),
        ("?vikter=skr:3", "weight:skr", "skr:3"),
    ],
)
def test_what_the_address_says_already_leads_nowhere(search: str, key: str, value: Any) -> None:
    """The address moves only for something else."""
    assert next_link(search, key, value, SHOWN) is None


@pytest.mark.parametrize(
    ("steps", "search"),
    [
        ([("background", "SE,NEXS"), ("by", ["sex"])], "?region=0127&bakgrund=SE,NEXS&kon=2,1"),
        ([("by", ["sex"]), ("by", ["sex", "education"])], "?region=0127&kon=2,1&utb=F,3,EU"),
        ([("add", "0980"), ("add", "0126")], "?region=0127&jamfor=01,00,0980,0126"),
        ([("first_year", "2001"), ("last_year", "2010")], "?region=0127&ar=2001-2010"),
        ([("first_group", "NEXS"), ("second_group", "INT010")], "?region=0127&par=NEXS,INT010"),
        ([("weight:skr", "skr:3"), ("weight:population", "population:2")],
         "?region=0127&vikter=population:2,skr:3"),
        ([("sex", "2"), ("sex", "_T")], "?region=0127"),
        ([("password", "x"), ("region", None), ("level", "lan")], "?region=0127&niva=lan"),
    ],
)  # fmt: skip
def test_choices_made_in_haste_are_all_followed(steps: list[tuple[str, Any]], search: str) -> None:
    """Before the page of the first has come: each goes on from the address, not from the page."""
    shown = {
        **SHOWN,
        "values": {
            **SHOWN["values"],
            "first_year": "1997",
            "last_year": "2024",
            "first_group": "SE",
            "second_group": "SAMUTF",
        },
    }
    chosen = [{"key": key, "value": value} for key, value in steps]

    assert last_link("?region=0127", chosen, shown) == search
    followed = "?region=0127"
    for key, value in steps:
        followed = next_link(followed, key, value, shown) or followed
    assert followed == search


def test_what_was_ticked_and_ticked_off_in_haste_is_as_before() -> None:
    """What a control held before its last choice is what the reader saw, not what the page held."""
    sexes = {"key": "by", "value": ["sex"], "before": []}
    nothing = {"key": "by", "value": [], "before": ["sex"]}

    assert last_link("?region=0127", [sexes, nothing], SHOWN) == "?region=0127"
    assert last_link("?region=0127&kon=2,1", [nothing], SHOWN) == "?region=0127"
    assert last_link("?region=0127", [sexes, nothing, sexes], SHOWN) == "?region=0127&kon=2,1"


@pytest.mark.parametrize("steps", [None, {}, "region", [], [None], [[]], [{"key": [7]}]])
def test_what_is_no_choice_leads_nowhere(steps: Any) -> None:
    """What a browser sends may be anything."""
    assert last_link("?region=0127", steps, SHOWN) is None


@pytest.mark.parametrize(
    ("key", "value", "search"),
    [
        ("region", "0126", "?region=0126"),
        ("add", "0980", "?region=0127&jamfor=01,00,0980"),
        ("by", ["origin"], "?region=0127&bakgrund=SE,NEXS,VXEUEES"),
        ("by", ["education"], "?region=0127&utb=F,3,EU"),
        ("by", ["sex"], "?region=0127&kon=2,1"),
        ("by", ["sex", "origin"], "?region=0127&bakgrund=SE,NEXS,VXEUEES&kon=2,1"),
        ("background", "SE", "?region=0127&bakgrund=SE"),
        ("background", "SE,NEXS", "?region=0127&bakgrund=SE,NEXS"),
        ("sex", "2", "?region=0127&kon=2"),
        ("sex", "2,1", "?region=0127&kon=2,1"),
        ("view", "karta", "?region=0127&vy=karta"),
        ("level", "lan", "?region=0127&niva=lan"),
        ("education", "EU", "?region=0127&utb=EU"),
        ("education", "F,EU", "?region=0127&utb=F,EU"),
        ("search", "hyra, rätt", "?region=0127&sok=hyra,%20r%C3%A4tt"),
        ("page", "3", "?region=0127&sida=3"),
        ("groups", ["VXEUEES", "SE"], "?region=0127&bakgrund=SE,VXEUEES"),
        ("educations", ["EU", "F"], "?region=0127&utb=F,EU"),
        ("kind_of_pair", "sex", "?region=0127&par=2,1"),
    ],
)
def test_a_choice_leads_to_its_link(key: str, value: Any, search: Any) -> None:
    """Each control changes its own key of the address and keeps the others."""
    assert next_link("?region=0127", key, value, SHOWN) == search


def test_breakdowns_are_crossed_with_what_is_shown() -> None:
    """Ticking one keeps the groups of the others; what is not ticked is the one group, or all."""
    here = "?bakgrund=SE&kon=2&utb=F,EU"
    ticked = replace(PAGE, values={**VALUES, "by": ["education"]}).stored()

    assert next_link(here, "by", ["education", "sex"], ticked) == "?bakgrund=SE&kon=2,1&utb=F,EU"
    assert next_link("?bakgrund=SE&kon=2", "by", ["education"], SHOWN) == (
        "?bakgrund=SE&kon=2&utb=F,3,EU"
    )
    assert next_link(here, "by", ["origin"], ticked) == "?bakgrund=SE,NEXS,VXEUEES&kon=2"
    assert next_link(here, "by", [], ticked) == "?bakgrund=SE&kon=2"
    assert (
        next_link("", "by", ["sex"], replace(PAGE, everybody="SAMUTF").stored())
        == "?bakgrund=SAMUTF&kon=2,1"
    )


def test_of_two_kinds_of_background_the_one_ticked_last_is_shown() -> None:
    """Nobody is told apart by origin and by time in Sweden at once."""
    page = replace(
        PAGE,
        values={**VALUES, "by": ["origin"]},
        breakdowns={**PAGE.breakdowns, "stay": ("INT010", "INT040")},
    ).stored()

    assert next_link("?bakgrund=SE,NEXS", "by", ["origin", "stay"], page) == (
        "?bakgrund=INT010,INT040"
    )


def test_small_charts_are_chosen_in_the_address() -> None:
    """By region, by group, or none, which is the default."""
    split = replace(PAGE, values={**VALUES, "split": "region"}).stored()

    assert next_link("", "split", "grupp", split) == "?delat=grupp"
    assert next_link("?delat=grupp", "split", "", split) == ""


@pytest.mark.parametrize("value", [None, 7, {"a": 1}, [1]])
def test_a_control_that_says_nonsense_leads_nowhere(value: Any) -> None:
    """Values that are no codes are left alone."""
    assert next_link("", "region", value, SHOWN) is None


@pytest.mark.parametrize("stored", [None, [], {}, {"values": None}, {"values": []}])
def test_a_page_that_nobody_knows_leads_nowhere(stored: Any) -> None:
    """What a browser says of the page that it has may be anything."""
    assert next_link("", "region", "0127", stored) is None


def test_what_a_page_held_comes_back_from_the_browser() -> None:
    """Codes as codes, whatever JSON makes of them; what makes no sense is left out."""
    assert restored(SHOWN) == PAGE
    assert restored({**SHOWN, "pairs": 1, "comparison": [1], "everybody": None}) == replace(
        PAGE, pairs={}, comparison=()
    )


def test_a_click_on_a_map_chooses_its_region() -> None:
    """As the menu of regions does: who becomes the own one is no comparison any more."""
    click = {"points": [{"curveNumber": 1, "location": "0126", "z": 3}]}

    assert next_link("?vy=karta&jamfor=0126,00", "map", click, SHOWN) == (
        "?region=0126&jamfor=00&vy=karta"
    )
    assert next_link("?region=0127", "map", None, SHOWN) is None
    assert next_link("?region=0127", "map", "0126", SHOWN) is None


def test_another_choice_begins_a_long_table_anew_and_nothing_is_its_default() -> None:
    """Page three of one list is not page three of another."""
    assert next_link("?niva=lan&sida=3", "search", "häl", SHOWN) == "?niva=lan&sok=h%C3%A4l"
    assert next_link("?niva=lan&sok=x", "search", "", SHOWN) == "?niva=lan"


def test_an_unknown_control_leads_nowhere() -> None:
    """A request that names a control we do not have changes nothing."""
    assert next_link("", "password", "x", SHOWN) is None


def test_the_group_of_the_other_side_changes_places() -> None:
    """A group minus itself says nothing: who chooses it has turned the pair around."""
    assert (
        next_link("?region=01", "one", "SAMUTF", Shown({"one": "SE"}).stored())
        == "?region=01&par=SAMUTF,SE"
    )
    assert next_link("?par=2,1", "other", "2", Shown({"other": "1"}).stored()) == "?par=1,2"


def test_a_weight_moves_one_criterion_and_leaves_the_others() -> None:
    """Each criterion has a control of its own, whose value names it; the published is left out."""
    shown = {**SHOWN, "values": {**SHOWN["values"], "weight:skr": "skr:1"}}
    search = "?region=0127&vikter=population:2"

    assert next_link(search, "weight:skr", "skr:3", shown) == (
        "?region=0127&vikter=population:2,skr:3"
    )
    assert next_link(search, "weight:population", "population:1", shown) == "?region=0127"
    for odd in ("skr:1", "skr:9", "skr", "", "x y:1"):
        assert next_link(search, "weight:skr", odd, shown) is None
