"""Rows of regions and unions in one shape: by hand, partial, none, and the newest of each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.codes import EVERYBODY, GroupCodes
from dashboard.data.context import RECENT, Context, opened
from dashboard.data.memory import Memory
from dashboard.data.observation import Observation, with_numbers
from dashboard.data.series import (
    ask_together,
    existing_combinations,
    levels,
    newest_observations,
    populations,
    region_series,
    rows_with_members,
    union_medians,
    unions,
)
from dashboard.data.versions import Warehouse
from etl.measures.unions import MissingMember, RegionUnion
from tests.dashboard.union_warehouse import BALANCE, GROUP, RATE, TWO, publish_unions
from tests.source import ROOT

Given = tuple[Context, Warehouse]


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Given]:
    """The shipped catalogue over the small warehouse, open."""
    publish_unions(tmp_path)
    context = opened(tmp_path, Path(ROOT) / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        yield context, warehouse
    context.warehouses.close()


def only(rows: Iterable[Observation], period: str) -> Observation:
    """The only row of a period."""
    (found,) = (row for row in rows if row.period == period)
    return found


def test_a_group_is_weighted_by_the_people_of_each_year_and_ages(given: Given) -> None:
    """80 % of 1 000 and 60 % of 3 000 aged 20-64: 65; 70 % and 50 % of 2 000 each: 60."""
    rows = region_series(*given, RATE, regions=(GROUP,))
    first, last = only(rows, "2020"), only(rows, "2022")

    assert first.value == pytest.approx(65)
    assert last.value == pytest.approx(60)
    assert (first.kind, first.how) == ("computed", "weighted")
    assert first.members == tuple(sorted(TWO))
    assert (first.lacking, first.division) == ((), None)


def test_without_an_indicator_of_the_population_the_size_of_no_group_is_known(given: Given) -> None:
    """A catalogue may leave it out: a small group is then as unknown as a large one."""
    context, warehouse = given
    known = populations(*given, codes=TWO, groups=[EVERYBODY], year=2022)
    indicators = tuple(one for one in context.catalogue.indicators if one.id != "population")
    without = replace(context, catalogue=replace(context.catalogue, indicators=indicators))

    assert {code for code, _ in known} == set(TWO)
    assert populations(without, warehouse, codes=TWO, groups=[EVERYBODY], year=2022) == {}


def test_a_group_without_one_member_is_partial_and_names_it(given: Given) -> None:
    """Huddinge is hidden in 2021: 82 of Botkyrka alone, 1 of 2."""
    one = only(region_series(*given, RATE, regions=(GROUP,)), "2021")

    assert one.value == pytest.approx(82)
    assert one.members == tuple(sorted(TWO))
    assert one.lacking == (MissingMember("0126", "suppressed"),)


def test_counts_are_added_and_shares_follow_from_them(given: Given) -> None:
    """5 000 and 7 000 are 12 000; 10 of 40 and 50 of 60 are 60 of 100."""
    people = only(region_series(*given, "population", regions=(GROUP,)), "2022")
    share = only(region_series(*given, "foreign_born_share", regions=(GROUP,)), "2022")

    assert (people.value, people.how) == (12000, "sum")
    assert (share.numerator, share.denominator, share.value) == (60, 100, 60)


def test_an_indicator_without_unions_has_no_rows_of_one_but_those_of_its_members(
    given: Given,
) -> None:
    """Balances of 90 and 120: none together, no median of two; the country has its own figure."""
    rows = region_series(*given, BALANCE, regions=(GROUP, "00"))
    beside = rows_with_members(*given, BALANCE, regions=(GROUP, "00"))

    assert [row.region for row in rows] == ["00"]
    assert union_medians(*given, BALANCE, regions=(GROUP, "00")) == ()
    assert [row.region for row in beside] == ["00", "0126", "0127"]


def test_regions_and_unions_stand_together_oldest_first(given: Given) -> None:
    """What makes a union is empty for every other region."""
    rows = region_series(*given, RATE, regions=("0127", GROUP, "00"))
    plain = [row for row in rows if row.region != GROUP]
    periods = [row.period for row in rows]

    assert periods == sorted(periods)
    assert [row.region for row in rows if row.period == "2022"] == ["00", "0127", GROUP]
    assert {(row.members, row.lacking, row.division, row.how) for row in plain} == {
        ((), (), None, None)
    }
    assert {row.kind for row in plain} == {"published"}


def test_a_selection_of_ones_own_is_made_as_a_named_group(given: Given) -> None:
    """The same two municipalities under another name have the same figures."""
    own = RegionUnion("grupp:Grannar", TWO)
    mine = region_series(*given, RATE, regions=(own.code,), extra=own)
    named = region_series(*given, RATE, regions=(GROUP,))

    assert [row.value for row in mine] == [row.value for row in named]
    assert {row.region for row in mine} == {own.code}
    assert region_series(*given, RATE, regions=(own.code,)) == ()
    assert [one.code for one in unions(*given, ("00", own.code), own)] == [own.code]


def test_what_a_rule_gives_or_a_few_members_have_is_offered_for_a_union(given: Given) -> None:
    """Born in Sweden has rates in both members, which stand side by side: it is offered."""
    groups = {
        region: {group.background for group in existing_combinations(*given, RATE, region)}
        for region in ("0127", GROUP)
    }

    assert groups == {"0127": {"_T", "SE"}, GROUP: {"_T", "SE"}}
    of_one, of_other = (existing_combinations(*given, RATE, code) for code in ("0127", GROUP))
    assert of_one == of_other
    assert of_one is of_other  # many regions have the same groups, which are kept once
    assert existing_combinations(*given, BALANCE, GROUP) == {EVERYBODY}
    born_here = GroupCodes(backgrounds=("SE",))
    assert region_series(*given, RATE, regions=(GROUP,), groups=born_here) == ()
    assert {group.age for group in existing_combinations(*given, "population", GROUP)} == {
        "_T",
        "20-64",
        "20-65",
    }


def test_one_year_of_many_regions_is_that_year_of_their_series(given: Given) -> None:
    """2022 alone: three regions, each with its value of 2022."""
    rows = levels(*given, RATE, codes=("0127", "00", GROUP), period="2022")

    assert {row.region: row.value for row in rows} == {
        "00": 75, "0127": 70, GROUP: pytest.approx(60),
    }  # fmt: skip


def test_the_newest_of_a_union_is_the_last_of_its_series(given: Given) -> None:
    """Every indicator that has a union, in its own newest year; balances have none."""
    newest = newest_observations(*given, (GROUP, "0127"))
    rows = {(row.indicator, row.region): row for row in newest}

    for indicator in (RATE, "population", "foreign_born_share"):
        assert rows[indicator, GROUP] == region_series(*given, indicator, regions=(GROUP,))[-1]
    assert (BALANCE, GROUP) not in rows
    assert rows[BALANCE, "0127"].value == 90


@pytest.mark.slow
@pytest.mark.parametrize(
    "union", ["grupp-sodertorn", "stadsdel-alby", "stadsdel-rinkeby", "skr-A1"]
)
def test_the_newest_of_every_example_union_is_the_last_of_its_series(
    example_data: Path, union: str
) -> None:
    """All indicators of the catalogue, of all three rules."""
    context = opened(example_data, Path(ROOT) / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        rows = {row.indicator: row for row in newest_observations(context, warehouse, (union,))}
        for one in context.catalogue.indicators:
            every = region_series(context, warehouse, one.id, regions=(union,))
            known = with_numbers(every)
            if one.union == "none" and union != "stadsdel-rinkeby":  # which is one area
                assert every == ()
            elif one.id not in rows:
                assert known == (), one.id
            elif rows[one.id].background == "_T":
                last, mine = known[-1], rows[one.id]
                assert mine.value == pytest.approx(last.value)
                assert (mine.period, mine.lacking) == (last.period, last.lacking)
    context.warehouses.close()


def test_the_series_of_many_readers_do_not_fill_the_server(given: Given) -> None:
    """The last ones are kept; what belongs to the version is not pushed out by them."""
    context, _ = given
    region_series(*given, RATE, regions=(GROUP,))
    known = len(context.memory)
    for number in range(RECENT + 1):
        region_series(*given, RATE, regions=(f"{number:04}",))

    assert len(context.recent) == RECENT
    assert len(context.memory) == known


def test_series_that_are_asked_for_together_are_those_that_are_asked_for_alone(
    given: Given, queries_asked: list[str]
) -> None:
    """Regions, groups and several indicators in one question; unions are left for themselves."""
    context, warehouse = given
    origins, sexes = GroupCodes(backgrounds=("SE", "SAMUTF")), GroupCodes(sexes=("1", "2"))
    wanted = [
        (RATE, ("0126", "01"), GroupCodes()),
        (RATE, ("0126",), origins),
        ("population", ("0126",), sexes),
        ("population", ("9999",), GroupCodes()),
        (RATE, (GROUP, "0126"), GroupCodes()),
        (RATE, ("0126",), GroupCodes(ages=("20-24",))),
    ]
    alone = [region_series(*given, id, regions=codes, groups=of) for id, codes, of in wanted]
    assert alone[0]
    assert alone[4]
    fresh = replace(context, recent=Memory(RECENT))
    queries_asked.clear()
    ask_together(fresh, warehouse, wanted)
    asked_together = len(queries_asked)
    together = [
        region_series(fresh, warehouse, id, regions=codes, groups=of) for id, codes, of in wanted
    ]

    assert asked_together == 1
    assert together == alone
    assert len(queries_asked) > 1, "the union and the ages"


def test_rows_of_several_groups_come_in_one_order(given: Given) -> None:
    """By period, region and group as text, in whatever order they were asked for."""
    context, warehouse = given
    groups = GroupCodes(sexes=("2", "_T", "1"), backgrounds=("SE", "SAMUTF", "_T"))
    fresh = replace(context, recent=Memory(RECENT))
    ask_together(fresh, warehouse, [(RATE, ("01", "0126"), groups)])
    for asked in (fresh, context):
        rows = region_series(asked, warehouse, RATE, regions=("01", "0126"), groups=groups)
        keys = [(row.period, row.region, *row.group) for row in rows]

        assert len({row.group for row in rows}) > 1
        assert keys == sorted(keys)


def test_nothing_is_asked_for_nothing(given: Given, queries_asked: list[str]) -> None:
    """A page without a chart, or of unions only, costs no question."""
    unions(*given, (GROUP,))
    queries_asked.clear()
    ask_together(*given, [(RATE, (GROUP,), GroupCodes())])
    ask_together(*given, [])

    assert queries_asked == []
