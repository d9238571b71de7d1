"""What stands out: noise shows nothing, every limit holds, and the order is total."""

import math
import random
from collections.abc import Iterable
from statistics import NormalDist, median
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from dashboard.codes import Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.gap_changes import noise_of
from dashboard.rules.gaps import gaps
from dashboard.rules.highlights import (
    CHANCE,
    FEWEST_REGIONS,
    MOST,
    Candidate,
    Compared,
    HighlightKind,
    candidates,
    common_change,
    displayed,
    first_comparable,
    highlights,
    least_z,
    may_stand_out,
    noise_of_rows,
)
from etl.catalogue import Break, Catalogue, Indicator, Text
from etl.catalogue.loading import load
from tests.etl.running import CATALOGUE

SHIPPED = load(CATALOGUE)
TRIED = tuple(one for one in SHIPPED.indicators if may_stand_out(one))
SHARE = SHIPPED.indicator["upper_secondary_eligibility"]
YEARS = tuple(str(year) for year in range(2012, 2024))
PLACES = range(len(YEARS))
REGIONS = 120


def compared(
    told: Iterable[float],
    indicator: Indicator = SHARE,
    kind: HighlightKind = "change",
    **changes: Any,
) -> Compared:
    """Changes of some regions, from 50 per cent, of large groups and of quiet series."""
    numbers = np.array(list(told), dtype=float)
    values: dict[str, Any] = {
        "indicator": indicator, "kind": kind, "segment": "x",
        "starts": ("2012", "2013"), "ends": ("2022", "2023"), "told": numbers,
        "first": 50 + numbers, "second": np.full(len(numbers), 50.0),
        "noise": np.full(len(numbers), 0.5), "persons": np.full(len(numbers), 5000.0),
    }  # fmt: skip
    return Compared(**(values | changes))


def spread(first: float, many: int = 31) -> list[float]:
    """A first number before others that have median 0 and MAD 1, or nearly."""
    return [first, *([-2.0, -1.0, 0.0, 1.0, 2.0] * many)[: many - 1]]


def one(told: Iterable[float], **changes: Any) -> Candidate:
    """The candidate of the first region."""
    return candidates([compared(told, **changes)], 0)[0]


def shown(*found: Compared, catalogue: Catalogue = SHIPPED, resources: Iterable[str] = ()) -> Any:
    """What is named of the first region."""
    return highlights(candidates(found, 0), catalogue, frozenset(resources)).chosen


def of_noise(seed: int, levels: float) -> list[int]:
    """How many things each region shows where every figure is a constant with yearly noise."""
    chance = np.random.default_rng(seed)
    found = []
    for indicator in TRIED:
        large = np.full(REGIONS, 5000.0)
        level = 50 + levels * chance.standard_normal(REGIONS)[:, None]
        series = displayed(level + chance.standard_normal((REGIONS, len(YEARS))), 1)
        gap = displayed(chance.standard_normal((REGIONS, len(YEARS))) + 5 + levels * 0.3, 1)
        change = common_change(series, YEARS, 1)
        assert change is not None
        distance = displayed(series[:, -1] - np.median(series[:, -1]), 1)
        noise = noise_of_rows(series, PLACES)
        kinds: tuple[HighlightKind, ...] = ("origin", "sex")
        found += [
            compared(gap[:, -1], indicator, kind, noise=noise_of_rows(gap, PLACES),
                     first=series[:, -1] + gap[:, -1], second=series[:, -1], persons=large)
            for kind in kinds
        ]  # fmt: skip
        told = np.round(change.end - change.start, 1)
        found.append(compared(told, indicator, "change", noise=noise, first=change.end,
                              second=change.start, persons=large))  # fmt: skip
        found.append(compared(distance, indicator, "similar", noise=noise, first=series[:, -1],
                              second=series[:, -1] - distance, persons=large))  # fmt: skip
    return [
        len(highlights(candidates(found, place), SHIPPED, ()).chosen) for place in range(REGIONS)
    ]


@pytest.mark.parametrize("levels", [0.0, 8.0], ids=["all alike", "of unlike levels"])
@pytest.mark.parametrize("seed", range(3))
def test_on_pure_noise_the_median_region_shows_nothing(seed: int, levels: float) -> None:
    """Where every difference and every change is chance, more than half of the regions say so."""
    shown_by_region = of_noise(seed, levels)

    assert median(shown_by_region) == 0
    assert max(shown_by_region) <= MOST


@pytest.mark.parametrize("examined", [10, 86, 100, 200, 214])
def test_the_limit_lets_through_half_a_number_of_as_many_by_chance(examined: int) -> None:
    """The more are tried, the more a number must stand out: 2.8 of 100, 3.0 of 200."""
    beyond = 2 * (1 - NormalDist().cdf(least_z(examined))) * examined

    assert beyond == pytest.approx(CHANCE, rel=1e-6) or least_z(examined) == 2
    assert round(least_z(100), 1) == 2.8
    assert round(least_z(200), 1) == 3.0


def test_z_is_the_distance_to_the_median_by_the_robust_deviation() -> None:
    """(value − median) / (1.4826 × MAD), the region itself among the others."""
    told = spread(10.0)
    middle = median(told)
    mad = median(abs(number - middle) for number in told)

    assert one(told).z == pytest.approx((10.0 - middle) / (1.4826 * mad), abs=1e-6)
    assert one(told).refusal == ""


@pytest.mark.parametrize(
    ("refusal", "told", "changes"),
    [
        ("few", spread(10.0, FEWEST_REGIONS - 1), {}),
        ("same", [10.0, *[0.0] * 30], {}),
        ("unknown", spread(10.0), {"persons": np.full(31, np.nan)}),
        ("small", spread(10.0), {"persons": np.full(31, 49.0)}),
        ("short", spread(10.0), {"noise": np.full(31, np.nan)}),
        ("noisy", spread(10.0), {"noise": np.full(31, 10.0)}),
        ("smaller", [1.0, *(n + 10.0 for n in spread(0.0)[1:])], {}),
        ("near", spread(2.5), {}),
    ],
)
def test_each_rule_keeps_a_comparison_out(
    refusal: str, told: list[float], changes: dict[str, Any]
) -> None:
    """Few regions, no spread, small groups, short or restless series, and what is usual."""
    assert one(told, **changes).refusal == refusal
    assert shown(compared(told, **changes)) == ()


def test_what_is_in_level_is_not_named_however_unusual() -> None:
    """Four tenths of a point are in level, though all others moved by hundredths."""
    told = [0.4, *[-0.02, -0.01, 0.0, 0.01, 0.02] * 6]

    assert one(told, noise=np.full(31, 0.01)).refusal == "level"


def test_measures_without_a_better_end_are_never_tried() -> None:
    """Neither shares by origin, nor net moves, nor what is only counted."""
    never = {one.id for one in SHIPPED.indicators} - {one.id for one in TRIED}

    assert {one.id for one in SHIPPED.indicators if one.better == "none"} <= never
    assert {"foreign_born_share", "net_migration", "mover_balance", "self_employed_share",
            "assistance_main_income_monthly"} <= never  # fmt: skip


def test_one_of_each_question_theme_and_family_is_named() -> None:
    """A gap, a change and a distance, each of a theme of its own, the largest z first."""
    work, income, school, turnout = (
        SHIPPED.indicator[id]
        for id in ("employment_rate", "sick_days", "upper_secondary_eligibility",
                   "turnout_municipal")
    )  # fmt: skip
    found = shown(
        compared(spread(30.0), work, "origin"),
        compared(spread(28.0), school, "sex"),
        compared(spread(26.0), work, "change"),
        compared(spread(24.0), income, "change"),
        compared(spread(22.0), school, "similar"),
        compared(spread(20.0), turnout, "similar"),
    )

    assert [(each.indicator.id, each.kind) for each in found] == [
        ("employment_rate", "origin"), ("sick_days", "change"),
        ("upper_secondary_eligibility", "similar"),
    ]  # fmt: skip


def test_a_resource_that_may_be_named_takes_the_last_place() -> None:
    """Problems stand out more often; where a resource does, too, it is seen."""
    neet, income, school, work = (
        SHIPPED.indicator[id]
        for id in ("neet_20_64", "sick_days", "upper_secondary_eligibility", "employment_rate")
    )
    problems = (
        compared(spread(30.0), school, "origin"),
        compared(spread(28.0), income, "change"),
        compared(spread(26.0), neet, "similar"),
    )
    resource = compared(spread(20.0), work, "similar")
    weak = compared(spread(2.5), work, "similar")

    assert [one.indicator.id for one in shown(*problems, resource, resources={work.id})] == [
        school.id, income.id, work.id,
    ]  # fmt: skip
    assert [one.indicator.id for one in shown(*problems, weak, resources={work.id})] == [
        school.id, income.id, neet.id,
    ]  # fmt: skip


def test_equal_scores_stand_in_the_order_of_the_catalogue_whatever_the_order_of_asking() -> None:
    """The order is total: the same figures give the same list on every machine."""
    found = [compared(spread(20.0), indicator, "change") for indicator in TRIED]
    expected = shown(*found)
    for seed in range(5):
        random.Random(seed).shuffle(found)
        assert shown(*found) == expected
    assert expected[0].indicator == TRIED[0]


def test_the_noise_of_rows_is_that_of_gaps_one_by_one() -> None:
    """Rows with years missing included, and those with too few."""
    chance = random.Random(4)
    rows = [
        [round(chance.uniform(40, 60), 1) if chance.random() > missing else math.nan
         for _ in YEARS]
        for missing in (0.0, 0.1, 0.3, 0.6, 0.9) for _ in range(8)
    ]  # fmt: skip
    found = noise_of_rows(np.array(rows), PLACES)
    for row, noise in zip(rows, found, strict=True):
        sides = [
            [
                Observation(SHARE.id, "0127", year, "x", value, background=code)
                for year, number in zip(YEARS, row, strict=True)
                if not math.isnan(number)
                for value in [number if code == "SE" else 0.0]
            ]
            for code in ("SE", "SAMUTF")
        ]
        expected = noise_of(gaps(sides[0], sides[1], SHARE))
        assert (expected is None) == math.isnan(noise)
        assert expected is None or noise == pytest.approx(expected, abs=1e-9)


def test_displayed_arrays_are_what_readers_see() -> None:
    """As `displayed_value` of each number, halves included."""
    chance = random.Random(1)
    numbers = [chance.uniform(-100, 100) for _ in range(500)] + [0.05, 0.15, 2.5, 12.25, -0.35]
    for decimals in (0, 1, 2):
        found = displayed(np.array(numbers), decimals)
        assert found.tolist() == [displayed_value(number, decimals) for number in numbers]


def test_a_break_of_one_region_or_group_starts_its_stretch_alone() -> None:
    """No change and no restlessness is taken across a break, whomever it concerns."""
    marks = MappingProxyType(
        {"2014": (), "2016": ("region:0380",), "2018": ("background:SAMUTF",), "2030": ()}
    )
    broken = SHARE.model_copy(
        update={
            "breaks": tuple(
                Break(period=period, severity="break", applies_to=codes, text=Text(sv="a", en="a"))
                for period, codes in marks.items()
            )
        }
    )

    assert first_comparable(broken, Group(), ("0127", "0380"), "2023") == ("2014", "2016")
    assert first_comparable(broken, Group(background="SAMUTF"), ("0127",), "2023") == ("2018",)


def test_a_change_has_the_period_of_most_and_no_region_that_lacks_a_year_of_it() -> None:
    """Means of the last two and the first two years; one that began later has no change."""
    rows = np.array([[50.0 + year for year in PLACES] for _ in range(3)])
    rows[2, :4] = np.nan
    change = common_change(rows, YEARS, 1)

    assert change is not None
    assert (change.starts, change.ends) == (("2012", "2013"), ("2022", "2023"))
    assert change.start.tolist()[:2] == [50.5, 50.5]
    assert change.end.tolist()[:2] == [60.5, 60.5]
    assert np.isnan(change.end[2])
    assert common_change(rows[:, :4], YEARS[:4], 1) is None
