"""How gaps change: what narrowed and why, what is sure, and in which order regions stand."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.codes import EVERYBODY, Group, Order
from dashboard.rules.gap_changes import (
    FEWEST_PERSONS,
    GapChange,
    GapRow,
    fewest_members,
    gap_change,
    gap_list,
    may_be_ranked,
    may_be_ranked_of,
    noise_of,
    size_groups,
    smaller_group,
)
from dashboard.rules.gaps import (
    Gap,
    contains,
    gap_stretches,
    gaps,
    offered_pairs,
    pair_refusal,
    with_code,
)
from etl.catalogue import Break, Indicator, Text
from tests.dashboard.speaking import indicator, seen, shipped

OF = "open_unemployment"
TEXT = Text(sv="Ny metod.", en="New method.")
PLAIN = indicator(OF, breaks=())
YEARS = range(2010, 2020)
Values = Mapping[int, float | None]


def series(
    first: Values, second: Values, measured: Indicator = PLAIN, region: str = "0127"
) -> tuple[Gap, ...]:
    """The gaps between those born in Sweden and the foreign-born of a region."""
    here, there = (
        [
            seen(OF, region, year, value, background=code, segment="rams")
            for year, value in values.items()
        ]
        for code, values in (("SE", first), ("SAMUTF", second))
    )
    return gaps(here, there, measured)


def changed(first: Sequence[float], second: Sequence[float], of: Indicator = PLAIN) -> GapChange:
    """What became of a gap in one stretch that begins in 2010."""
    found = gap_change(series(dict(enumerate(first, 2010)), dict(enumerate(second, 2010)), of), of)
    assert found
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"background": "SE"}, {"background": "SAMUTF"}, None),
        ({"background": "SE"}, {"background": "VXEUEES"}, None),
        ({"background": "NEXS"}, {"background": "VXEUEES"}, None),
        ({"background": "INT010"}, {"background": "INT040"}, None),
        ({"sex": "2"}, {"sex": "1"}, None),
        ({"education": "F"}, {"education": "EU"}, None),
        ({"age": "20-24"}, {"age": "25-34"}, None),
        ({"background": "SE", "sex": "2"}, {"background": "SAMUTF", "sex": "2"}, None),
        ({"background": "SE"}, {"background": "SE"}, "same"),
        ({"background": "SE", "sex": "2"}, {"background": "SAMUTF", "sex": "1"}, "dimensions"),
        ({"background": "SE"}, {"sex": "2"}, "dimensions"),
        ({"background": "SE"}, {"background": "INT010"}, "kinds"),
        ({"background": "SAMUTF"}, {"background": "VXEUEES"}, "nested"),
        ({"background": "VXEUEES"}, {"background": "öv"}, "nested"),
        ({"background": "UTLB"}, {"background": "SAMUTF"}, "nested"),
        ({"background": "UTLB"}, {"background": "SE"}, "nested"),
        ({"background": "INT0-9"}, {"background": "INT020"}, "nested"),
        ({"background": "SVB"}, {"background": "UTLB"}, None),
        ({}, {"sex": "2"}, "nested"),
        ({}, {"background": "SE"}, "nested"),
        ({"age": "20-64"}, {"age": "20-24"}, "nested"),
        ({"age": "16-25"}, {"age": "20-24"}, "nested"),
    ],
)
def test_a_pair_differs_in_one_respect_and_nobody_is_in_both(
    one: dict[str, str], other: dict[str, str], expected: str | None
) -> None:
    """Either way round: a total and its part make no gap, nor do two differences at once."""
    pair = EVERYBODY._replace(**one), EVERYBODY._replace(**other)

    assert pair_refusal(*pair, PLAIN, shipped()) == expected
    assert pair_refusal(*pair[::-1], PLAIN, shipped()) == expected


def test_numbers_of_people_and_classes_make_no_gap() -> None:
    """A larger group has more people, and a class is no number."""
    pair = Group(background="SE"), Group(background="SAMUTF")

    assert pair_refusal(*pair, indicator("population"), shipped()) == "count"
    assert pair_refusal(*pair, indicator("area_type"), shipped()) == "class"


def test_no_pair_is_offered_that_is_refused() -> None:
    """All pairs of a level, the usual one first, and none of a total with its part."""
    codes = ("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF", "INT010", "INT040")
    existing = [with_code(EVERYBODY, code, shipped()) for code in codes]
    existing += [Group(sex="2"), Group(sex="1"), EVERYBODY]
    offered = offered_pairs(EVERYBODY, existing, PLAIN, shipped())

    assert offered["origin"][0] == ("SE", "SAMUTF")
    assert set(offered["origin"][1:]) == {
        ("SE", "NEXS"), ("SE", "EUEESXN"), ("SE", "VXEUEES"), ("NEXS", "EUEESXN"),
        ("NEXS", "VXEUEES"), ("EUEESXN", "VXEUEES"),
    }  # fmt: skip
    assert offered["stay"] == (("INT010", "INT040"),)
    assert offered["sex"] == (("2", "1"),)


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [("SAMUTF", "VXEUEES", True), ("VXEUEES", "SAMUTF", False), ("UTLB", "NEXS", True),
     ("SE", "SAMUTF", False), ("_T", "NEXS", True), ("NEXS", "_T", False)],
)  # fmt: skip
def test_a_wider_group_holds_everybody_of_another(whole: str, part: str, expected: bool) -> None:
    """The foreign-born hold those born outside the EU, and not the other way round."""
    assert contains(whole, part) is expected


@pytest.mark.parametrize(
    ("first", "second", "ratio", "index", "reason"),
    [
        (81.0, 54.0, 1.5, 150.0, None),
        (54.0, 81.0, 0.67, 67.0, None),
        (5.0, 0.0, None, None, "zero"),
        (5.0, 0.9, None, None, "low"),
        (5.0, 1.0, 5.0, 500.0, None),
        (0.0, 5.0, None, None, "not_positive"),
    ],
)
def test_a_reference_of_nothing_or_under_one_per_cent_has_no_ratio(
    first: float, second: float, ratio: float | None, index: float | None, reason: str | None
) -> None:
    """The second group is 100; ten times half a per cent is a number nobody should read."""
    (gap,) = series({2015: first}, {2015: second})

    assert (gap.by("gap"), gap.by("ratio"), gap.by("index")) == (
        round(first - second, 1), ratio, index,
    )  # fmt: skip
    assert gap.no_ratio == reason


def test_under_six_years_the_last_is_compared_with_the_first() -> None:
    """Five years: 20 to 16, whatever lies between."""
    found = changed([80, 80, 80, 80, 80], [60, 10, 10, 10, 64])

    assert (found.period.first, found.period.last) == (("2010",), ("2014",))
    assert (found.start, found.end, found.change) == (20.0, 16.0, -4.0)
    assert found.verdict == "narrowing"


def test_from_six_years_on_means_of_two_years_are_compared() -> None:
    """One odd last year does not decide: (20+22)/2 to (18+14)/2."""
    found = changed([80] * 6, [60, 58, 70, 70, 62, 66])

    assert (found.period.first, found.period.last) == (("2010", "2011"), ("2014", "2015"))
    assert (found.start, found.end, found.change) == (21.0, 16.0, -5.0)


@pytest.mark.parametrize(
    ("first", "second", "verdict", "moves", "cause"),
    [
        ((80, 80), (60, 64), "narrowing", ("level", "rose"), "rose"),
        ((80, 77), (60, 60), "narrowing", ("fell", "level"), "fell"),
        ((80, 78), (60, 62), "narrowing", ("fell", "rose"), "both"),
        ((80, 82), (60, 66), "narrowing", ("rose", "rose"), "rose"),  # both rose: levelling up
        ((80, 70), (60, 58), "narrowing", ("fell", "fell"), "fell"),  # levelling down
        ((80, 79.6), (60, 60.4), "narrowing", ("level", "level"), "neither"),
        ((80, 84), (60, 60), "widening", ("rose", "level"), "rose"),
        ((80, 80), (60, 55), "widening", ("level", "fell"), "fell"),
        ((80, 80.2), (60, 60), "unchanged", ("level", "level"), "neither"),
        ((60, 60), (80, 77), "narrowing", ("level", "fell"), "fell"),  # a gap below zero
        ((60, 71), (62, 61), "turned", ("rose", "fell"), "neither"),
        ((62, 60), (60, 62), "turned", ("fell", "rose"), "neither"),
    ],
)
def test_why_a_gap_closed(
    first: tuple[float, float],
    second: tuple[float, float],
    verdict: str,
    moves: tuple[str, str],
    cause: str,
) -> None:
    """The lower group rose, the higher fell, or both; and a change of sign is no narrowing."""
    found = changed(first, second)

    assert (found.verdict, found.moves, found.cause) == (verdict, moves, cause)


@pytest.mark.parametrize(
    ("first", "second", "opposite"),
    [
        ((4, 2), (16, 10), True),  # 12 to 8 points, but from a quarter to a fifth
        ((80, 80), (60, 64), False),
        ((10, 20), (20, 32), True),  # 10 to 12 points, and from half to five eighths
        ((16, 10), (0.5, 0.4), False),  # no ratio to under one per cent
        ((4, 2.5), (16, 10), False),  # the same ratio
    ],
)
def test_where_difference_and_ratio_part_it_is_told(
    first: tuple[float, float], second: tuple[float, float], opposite: bool
) -> None:
    """Fewer points apart, and yet relatively further."""
    assert changed(first, second).opposite is opposite


def test_noise_is_the_restlessness_of_the_series_itself() -> None:
    """
    2 × 1.4826 × MAD of the yearly changes, by hand.

    The gaps 20, 21, 19, 22, 20, 24 change by 1, -2, 3, -2, 4: median 1, deviations 0, 3, 2, 3, 3.
    """
    stretch = series(dict.fromkeys(range(2010, 2016), 80.0),
                     dict(enumerate([60.0, 59.0, 61.0, 58.0, 60.0, 56.0], 2010)))  # fmt: skip

    assert noise_of(stretch) == pytest.approx(2 * 1.4826 * 3)
    assert noise_of(stretch[:4]) is None  # under five years nobody knows
    assert (
        noise_of([gap for gap in stretch if gap.period != "2012"]) is None
    )  # three yearly changes


def listed(
    values: Mapping[str, tuple[Values, Values]],
    *,
    persons: float = 1000.0,
    order: Order = "namn",
    **given: object,
) -> tuple[tuple[GapRow, ...], object]:
    """The rows of a list of regions that are called as their code."""
    of = {code: series(*sides, region=code) for code, sides in values.items()}
    found = gap_list(
        of, PLAIN, {code: code for code in values}, persons=dict.fromkeys(values, persons),
        until="2019", order=order, **given,  # type: ignore[arg-type]
    )  # fmt: skip
    return found.rows, found


def falling(start: float, end: float) -> tuple[Values, Values]:
    """Gaps that go evenly from a size to another in ten years."""
    step = (end - start) / 9
    return dict.fromkeys(YEARS, 80.0), {
        year: round(80.0 - start - step * (year - 2010), 1) for year in YEARS
    }


def test_ties_share_a_place_and_stand_by_name() -> None:
    """Two that narrowed alike are both first, and the next is third."""
    rows, found = listed(
        {"0180": falling(20, 11), "0127": falling(20, 11), "0126": falling(20, 15.5),
         "0136": falling(20, 20)},
        order="forandring",
    )  # fmt: skip

    assert [(row.region, row.place) for row in rows] == [
        ("0127", 1), ("0180", 1), ("0126", 3), ("0136", None),
    ]  # fmt: skip
    assert [row.region for row in found.most("narrowing")] == ["0127", "0180"]  # type: ignore[attr-defined]
    assert found.counts == {"narrowing": 3, "unchanged": 1}  # type: ignore[attr-defined]


def test_only_a_lead_of_more_than_in_level_is_named_alone() -> None:
    """Half a point of narrowing is what shares may differ by and still be in level."""
    _, near = listed({"0127": falling(20, 10), "0180": falling(20, 10.3)})
    _, far = listed({"0127": falling(20, 10), "0180": falling(20, 12)})

    assert [row.region for row in near.most("narrowing")] == ["0127", "0180"]  # type: ignore[attr-defined]
    assert [row.region for row in far.most("narrowing")] == ["0127"]  # type: ignore[attr-defined]


def test_a_small_group_stands_after_and_is_never_named() -> None:
    """Ninety-nine persons are too few, a hundred enough; fifty pupils are."""
    few, unsure = listed({"0127": falling(20, 5)}, persons=99)
    many, sure = listed({"0127": falling(20, 5)}, persons=100)

    assert [(row.change_doubt, row.gap_doubt, row.standing) for row in few] == [
        ("small", "small", "uncertain")
    ]
    assert [(row.change_doubt, row.standing) for row in many] == [(None, "sure")]
    assert unsure.most("narrowing") == ()  # type: ignore[attr-defined]
    assert unsure.counts == {"uncertain": 1}  # type: ignore[attr-defined]
    assert len(sure.most("narrowing")) == 1  # type: ignore[attr-defined]
    assert fewest_members(indicator("upper_secondary_eligibility")) == 50


def test_under_five_years_there_are_figures_and_no_winner() -> None:
    """The rows know their change, and nobody is first."""
    sides = falling(20, 5)
    short = tuple({year: value for year, value in side.items() if year > 2015} for side in sides)
    rows, found = listed({"0127": short, "0180": short}, order="forandring")  # type: ignore[dict-item]

    assert [row.change_doubt for row in rows] == ["short", "short"]
    assert all(row.change and row.change.verdict == "narrowing" for row in rows)
    assert {row.place for row in rows} == {None}
    assert found.most("narrowing") == ()  # type: ignore[attr-defined]


def test_a_list_has_one_period_and_those_who_lack_it_stand_after() -> None:
    """Two regions from 2010, one from 2012 on: it has no change here, whatever it has done."""
    whole, late = falling(20, 11), falling(30, 3)
    later = tuple({year: value for year, value in side.items() if year > 2011} for side in late)
    rows, found = listed({"0114": later, "0127": whole, "0180": whole})  # type: ignore[dict-item]

    assert found.period.span == ("2010", "2019")  # type: ignore[attr-defined]
    assert [(row.region, row.standing) for row in rows] == [
        ("0127", "sure"), ("0180", "sure"), ("0114", "lacking"),
    ]  # fmt: skip
    assert rows[-1].gap is not None
    assert rows[-1].gap.value == 3.0
    assert rows[-1].change is None


@pytest.mark.parametrize(
    ("level", "dimension", "expected"),
    [("municipality", "background", True), ("county", "background", True),
     ("regso", "background", False), ("stadsdel", "background", False), ("regso", "sex", True)],
)  # fmt: skip
def test_no_neighbourhood_is_ranked_by_origin(level: str, dimension: str, expected: bool) -> None:
    """By name within their municipality, and nobody is named as the most of anything."""
    assert may_be_ranked(level, dimension, PLAIN) is expected


@pytest.mark.parametrize(("level", "expected"), [("regso", False), ("municipality", True)])
def test_no_neighbourhood_is_ranked_by_a_share_by_origin(level: str, expected: bool) -> None:
    """The share of foreign-born is a figure by origin, of whichever group it is."""
    share = indicator("foreign_born_share", breaks=())

    assert may_be_ranked(level, "", share) is expected
    assert may_be_ranked_of(level, EVERYBODY, share) is expected
    assert may_be_ranked_of(level, EVERYBODY, PLAIN)


def test_a_list_that_is_not_ranked_has_no_places() -> None:
    """Whatever order a link asks for."""
    rows, found = listed(
        {"0180": falling(20, 5), "0127": falling(20, 15)}, order="forandring", ranked=False
    )

    assert [(row.region, row.place) for row in rows] == [("0127", None), ("0180", None)]
    assert found.most("narrowing") == found.largest == ()  # type: ignore[attr-defined]


def test_the_size_of_a_group_is_its_count_or_its_nearest_population() -> None:
    """
    Of those born outside the EU no population is published: that of all foreign-born stands in.

    A count behind the share is taken first, and the smaller group decides.
    """
    pair = Group(background="SE"), Group(background="VXEUEES")
    near = size_groups(pair[1], indicator("employment_rate"), "2023", shipped())
    people = {
        ("0127", Group(background="SE", age="20-65")): 5000.0,
        ("0127", Group(background="SAMUTF", age="20-65")): 150.0,
        ("0127", Group(background="SAMUTF")): 900.0,
        ("0180", Group(background="SE")): 5000.0,
    }
    row = seen("employment_rate", "0127", 2023, 50.0, background="VXEUEES")
    given = {"until": "2023", "catalogue": shipped()}
    measured = indicator("employment_rate")
    sizes = smaller_group([row], pair, measured, people, **given)  # type: ignore[arg-type]
    counted = smaller_group(
        [row._replace(denominator=40.0)], pair, measured, people, **given,  # type: ignore[arg-type]
    )  # fmt: skip

    assert near[:3] == (
        Group(background="VXEUEES", age="20-65"),
        Group(background="VXEUEES", age="20-64"),
        Group(background="VXEUEES"),
    )
    assert Group(background="SAMUTF", age="20-65") in near
    assert sizes == {"0127": 150.0}
    assert counted == {"0127": 40.0}


def test_pupils_of_a_year_are_a_fifth_of_a_class_of_five_ages() -> None:
    """Three hundred aged 15-19 are about sixty who finish school in a year."""
    pair = Group(background="SE"), Group(background="SAMUTF")
    people = {("0127", one._replace(age="15-19")): 300.0 for one in pair}
    measured = indicator("upper_secondary_eligibility")

    assert smaller_group([], pair, measured, people, until="2023", catalogue=shipped()) == {
        "0127": 60.0
    }


NUMBERS = st.one_of(st.none(), st.floats(0, 100).map(lambda value: round(value, 1)))
SIDES = st.lists(NUMBERS, min_size=10, max_size=10)
BROKEN = st.one_of(st.none(), st.sampled_from(range(2010, 2021)))


@given(SIDES, SIDES, BROKEN, st.sampled_from(["SE", "SAMUTF", ""]))
@settings(max_examples=150, deadline=None)
def test_no_gap_or_change_crosses_a_break_or_starts_from_a_missing_value(
    first: list[float | None], second: list[float | None], year: int | None, code: str
) -> None:
    """Every year that a change rests on has both numbers, on one side of the break."""
    applies = (f"background:{code}",) if code else ()
    marks = (
        (Break(period=str(year), severity="break", applies_to=applies, text=TEXT),) if year else ()
    )
    measured = indicator(OF, breaks=marks)
    of_years = series(dict(zip(YEARS, first, strict=True)), dict(zip(YEARS, second, strict=True)),
                      measured)  # fmt: skip

    for gap in of_years:
        pair = first[int(gap.period) - 2010], second[int(gap.period) - 2010]
        one, other = pair
        expected = None if one is None or other is None else round(one - other, 1)
        assert gap.value == expected
    for stretch in gap_stretches(of_years, measured):
        found = gap_change(stretch, measured)
        if found is None:
            assert len(stretch) == 1
            continue
        used = [int(period) for period in found.period.ends]
        assert all(first[one - 2010] is not None and second[one - 2010] is not None for one in used)
        assert year is None or max(used) < year or min(used) >= year
        assert found.verdict != "narrowing" or abs(found.end) < abs(found.start)
        assert found.verdict != "narrowing" or found.start * found.end >= 0


@st.composite
def lists(draw: st.DrawFn) -> tuple[dict[str, tuple[Values, Values]], dict[str, float]]:
    """Up to eight regions with any figures and group sizes."""
    codes = draw(st.lists(st.sampled_from([f"01{n:02}" for n in range(10, 60)]), min_size=1,
                          max_size=8, unique=True))  # fmt: skip
    values: dict[str, tuple[Values, Values]] = {
        code: (dict(zip(YEARS, draw(SIDES), strict=True)),
               dict(zip(YEARS, draw(SIDES), strict=True))) for code in codes
    }  # fmt: skip
    persons = {code: draw(st.sampled_from([20.0, 99.0, 100.0, 5000.0])) for code in codes}
    return values, persons


@given(lists(), st.sampled_from(["namn", "kod", "varde", "forandring"]), st.randoms())
@settings(max_examples=80, deadline=None)
def test_an_order_is_total_and_stable_and_only_the_sure_have_places(
    drawn: tuple[dict[str, tuple[Values, Values]], dict[str, float]],
    order: Order,
    rng: random.Random,
) -> None:
    """The order does not depend on how the regions come, and everybody is in it once."""
    values, persons = drawn
    of = {code: series(*sides, region=code) for code, sides in values.items()}
    shuffled = list(of.items())
    rng.shuffle(shuffled)
    one, other = (
        gap_list(dict(found), PLAIN, {code: f"K{code[-1]}" for code, _ in found},
                 persons=persons, until="2019", order=order)
        for found in (list(of.items()), shuffled)
    )  # fmt: skip

    assert [(row.region, row.place) for row in one.rows] == [
        (row.region, row.place) for row in other.rows
    ]
    assert sorted(row.region for row in one.rows) == sorted(values)
    assert sum(one.counts.values()) == len(values)
    standings = [("sure", "uncertain", "lacking").index(row.standing) for row in one.rows]
    assert standings == sorted(standings)
    placed = [row for row in one.rows if row.place is not None]
    assert all(row.persons and row.persons >= FEWEST_PERSONS for row in placed)
    assert all(row.noise is not None for row in placed)
    for before, after in pairwise(placed):
        assert before.place is not None
        assert after.place is not None
        assert before.place <= after.place
    for row in [*one.most("narrowing"), *one.most("widening")]:
        assert row.change_doubt is None


def test_shuffled_noise_does_not_make_the_smallest_municipalities_the_extremes() -> None:
    """
    Figures that vary by chance alone, most where there are fewest people, in shuffled years.

    By the plain change the extreme is one of the smallest fifth in nearly every draw; by the rule
    none of them ever is, and few regions of any size are told to have changed.
    """
    rng = random.Random(14)
    years = range(2007, 2020)
    codes = [f"{number:04}" for number in range(1000, 1100)]
    persons = {code: 21.0 * 1.08**number for number, code in enumerate(codes)}
    smallest = set(codes[:20])
    plain, ruled, told, draws = 0, 0, 0, 25
    for _ in range(draws):
        of = {}
        for code in codes:
            spread = 100 * (0.5 * 0.5 / persons[code]) ** 0.5
            there = [round(50 + rng.gauss(0, spread), 1) for _ in years]
            rng.shuffle(there)
            of[code] = series(
                dict.fromkeys(years, 60.0), dict(zip(years, there, strict=True)), region=code
            )
        found = gap_list(of, PLAIN, {code: code for code in codes}, persons=persons, until="2019")
        sizes = {code: [abs(gap.value or 0) for gap in gaps] for code, gaps in of.items()}
        changes = {code: abs(fmean(one[-2:]) - fmean(one[:2])) for code, one in sizes.items()}
        most = [*found.most("narrowing"), *found.most("widening"), *found.largest]
        plain += max(changes, key=lambda code: changes[code]) in smallest
        ruled += bool({row.region for row in most} & smallest)
        told += sum(found.counts[one] for one in ("narrowing", "widening", "turned"))

    assert plain >= 0.9 * draws
    assert ruled == 0
    assert told <= 0.06 * draws * len(codes)
