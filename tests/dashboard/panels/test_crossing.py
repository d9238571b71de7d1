"""How crossed lines are called, how they look, and which share a small chart."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import style
from dashboard.codes import Group
from dashboard.panels.crossing import line_key, line_sets
from dashboard.state.groups import MOST_LINES
from dashboard.state.regions import Region
from dashboard.state.resolve import By, LineSelection, Split
from etl.catalogue import TOTAL, Text
from tests.dashboard.speaking import shipped

LEVELS = {"00": "country", "01": "county", "17": "county", "0127": "municipality"}
PLACES = {
    code: Region(code, f"Plats {code}", level, None, Text(sv=f"i {code}", en=f"in {code}"))
    for code, level in {**LEVELS, "0126": "municipality", "0180": "municipality"}.items()
}


def view(
    regions: tuple[str, ...],
    backgrounds: tuple[str, ...] = (TOTAL,),
    sexes: tuple[str, ...] = (TOTAL,),
    split: Split = "",
) -> LineSelection:
    """Some groups in some regions."""
    by: By = "background" if len(backgrounds) > 1 else "sex" if len(sexes) > 1 else "region"
    return LineSelection(
        "employment_rate", regions[0], regions[1:], backgrounds, sexes, by, split=split,
        reference="00" if split else "",
    )  # fmt: skip


def test_groups_are_told_apart_by_colour_and_regions_by_dash() -> None:
    """One origin has one colour in all regions; the country is dashed wherever it stands."""
    (chart,) = line_sets(shipped(), view(("0127", "17", "00"), ("SE", "SAMUTF")), PLACES, "sv")
    colours = {line.group.background: line.colour for line in chart.lines}
    dashes = {line.region: line.dash for line in chart.lines}

    assert colours == {"SE": style.LEAD, "SAMUTF": style.SECONDARY[0]}
    assert dashes == {"0127": "solid", "00": "dash", "17": "dot"}
    assert chart.lines[0].name == "Plats 0127, födda i Sverige"


def test_everybody_beside_groups_is_dark_and_dashed() -> None:
    """As the country is beside other regions."""
    (chart,) = line_sets(shipped(), view(("0127",), (TOTAL, "SE", "SAMUTF")), PLACES, "sv")

    assert [(line.colour, line.dash) for line in chart.lines] == [
        (style.COUNTRY_COLOUR, "dash"),
        (style.LEAD, "solid"),
        (style.SECONDARY[0], "solid"),
    ]


def test_small_charts_by_region_are_called_by_it_and_by_group_by_that() -> None:
    """The country's line of each group is thin, dotted, and in the group's colour by region."""
    regions, origins = ("0127", "0126"), ("SE", "SAMUTF")
    by_region = line_sets(shipped(), view(regions, origins, split="region"), PLACES, "sv")
    by_group = line_sets(shipped(), view(regions, origins, split="grupp"), PLACES, "sv")

    assert [one.title for one in by_region] == ["Plats 0127", "Plats 0126"]
    assert [one.title for one in by_group] == ["Födda i Sverige", "Utrikes födda"]
    for one in by_region:
        assert [line.colour for line in one.reference] == [line.colour for line in one.lines]
    for one in (*by_region, *by_group):
        assert {line.region for line in one.reference} == {"00"}
        assert {line.dash for line in one.reference} == {"longdashdot"}
    assert [line.name for line in by_region[0].reference] == [
        "Riket, födda i Sverige",
        "Riket, utrikes födda",
    ]


def test_a_country_that_is_asked_for_is_no_reference_to_itself() -> None:
    """Its own chart has its lines once; by group it is one of the regions."""
    regions, origins = ("0127", "00"), ("SE", "SAMUTF")
    by_region = line_sets(shipped(), view(regions, origins, split="region"), PLACES, "sv")
    by_group = line_sets(shipped(), view(regions, origins, split="grupp"), PLACES, "sv")

    assert [len(one.reference) for one in by_region] == [2, 0]
    assert [len(one.reference) for one in by_group] == [0, 0]


def test_the_key_names_each_look_once() -> None:
    """By what tells the lines of one chart apart."""
    key = line_key(
        shipped(), view(("0127", "0126"), ("SE", "SAMUTF"), split="region"), PLACES, "sv"
    )

    assert [line.name for line in key] == ["Födda i Sverige", "Utrikes födda"]


@given(
    st.lists(st.sampled_from(sorted(PLACES)), min_size=1, max_size=6, unique=True),
    st.lists(st.sampled_from(["SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF", TOTAL]),
             min_size=1, max_size=6, unique=True),
    st.sampled_from([(TOTAL,), ("2", "1"), (TOTAL, "2", "1")]),
    st.sampled_from(["region", "grupp"]),
)  # fmt: skip
def test_every_line_stands_once_and_no_chart_has_more_than_six(
    regions: list[str], origins: list[str], sexes: tuple[str, ...], split: Split
) -> None:
    """Whatever is crossed: nothing is lost, doubled, or drawn like another in its chart."""
    asked = view(tuple(regions), tuple(origins), sexes, split)
    charts = line_sets(shipped(), asked, PLACES, "sv")
    lines = Counter((line.region, line.group) for one in charts for line in one.lines)

    assert lines == Counter(product(asked.regions, asked.groups))
    for one in charts:
        looks = [(line.colour, line.dash) for line in one.lines]
        assert len(one.lines) <= MOST_LINES
        assert len(set(looks)) == len(looks)
        known = {line.group for line in one.lines}
        assert {line.group for line in one.reference} <= known


@pytest.mark.parametrize("split", ["", "region"])
def test_combinations_that_are_not_drawn_have_no_line(split: Split) -> None:
    """Of two origins and both sexes one combination is left out."""
    asked = LineSelection(
        "employment_rate", "0127", ("01",), ("SE", "SAMUTF"), ("2", "1"), "background",
        without=frozenset({Group("1", "SAMUTF")}), split=split,
    )  # fmt: skip
    lines = [line for one in line_sets(shipped(), asked, PLACES, "sv") for line in one.lines]

    assert len(lines) == 6
    assert Group("1", "SAMUTF") not in {line.group for line in lines}
