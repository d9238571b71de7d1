"""Whether two observations may be compared, why not, and what separates them."""

from typing import Any

import pytest

from dashboard.data.observation import Observation
from dashboard.rules.comparison import arrow, comparability, difference
from dashboard.rules.judgement import judgement_of
from etl.catalogue import Break, Text
from etl.measures.unions import MissingMember
from tests.dashboard.speaking import indicator, seen

TEXT = Text(sv="Ny metod.", en="New method.")
RATE = "open_unemployment"
PLAIN = indicator(RATE, breaks=())


def pair(one: float | None, other: float | None, of: str = RATE) -> tuple[Observation, Observation]:
    """Botkyrka in 2015 and in 2010."""
    return seen(of, "0127", 2015, one), seen(of, "0127", 2010, other)


def test_two_years_of_one_segment_may_be_compared() -> None:
    """Same indicator, region, group and register, both with a number."""
    assert comparability(*pair(12.0, 10.0), PLAIN).comparable


@pytest.mark.parametrize("year", ["2011", "2015"])
def test_a_break_after_the_first_year_up_to_the_last_forbids(year: str) -> None:
    """A break in 2015 parts 2014 from 2015; the verdict tells the break."""
    mark = Break(period=year, severity="break", text=TEXT)
    found = comparability(*pair(12.0, 10.0), indicator(RATE, breaks=(mark,)))

    assert (found.reason, found.breaks) == ("break", (mark,))


@pytest.mark.parametrize("year", ["2010", "2016"])
def test_a_break_outside_forbids_nothing(year: str) -> None:
    """A break in the first year lies before it, one in 2016 after 2015."""
    mark = Break(period=year, severity="break", text=TEXT)

    assert comparability(*pair(12.0, 10.0), indicator(RATE, breaks=(mark,))).comparable


def test_the_order_of_the_two_does_not_matter() -> None:
    """What may not be compared forwards may not be compared backwards."""
    mark = Break(period="2012", severity="break", text=TEXT)
    one, other = pair(12.0, 10.0)
    measured = indicator(RATE, breaks=(mark,))

    assert comparability(one, other, measured) == comparability(other, one, measured)


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("region:0127", {}),
        ("sex:2", {"sex": "2"}),
        ("background:SE", {"background": "SE"}),
        ("education:EU", {"education": "EU"}),
    ],
)
def test_a_break_concerns_only_those_it_names(code: str, group: dict[str, str]) -> None:
    """The group it names is parted; another region and group is not."""
    mark = Break(period="2012", severity="break", applies_to=(code,), text=TEXT)
    measured = indicator(RATE, breaks=(mark,))
    concerned = [seen(RATE, "0127", year, 10.0, **group) for year in (2010, 2015)]
    others = [seen(RATE, "0180", year, 10.0, sex="1") for year in (2010, 2015)]

    assert comparability(concerned[0], concerned[1], measured).reason == "break"
    assert comparability(others[0], others[1], measured).comparable


def test_a_caution_forbids_nothing_and_goes_along() -> None:
    """Comparable with care: the verdict keeps the caution for its words."""
    mark = Break(period="2012", severity="caution", text=TEXT)
    found = comparability(*pair(12.0, 10.0), indicator(RATE, breaks=(mark,)))

    assert found.comparable
    assert found.cautions == (mark,)


def test_another_register_forbids_also_without_a_break() -> None:
    """RAMS and BAS are two measures, whatever the list of breaks says."""
    one, other = seen(RATE, "0127", 2022, 10.0), seen(RATE, "0127", 2021, 10.0)

    assert comparability(one, other, PLAIN).reason == "segment"


@pytest.mark.parametrize("lacking", [None, float("nan"), float("inf")])
def test_what_has_no_number_is_not_compared(lacking: float | None) -> None:
    """Missing is missing, from either side."""
    one, other = pair(12.0, lacking)

    assert comparability(one, other, PLAIN).reason == "missing"
    assert comparability(other, one, PLAIN).missing == (other,)
    assert difference(one, other, PLAIN).value is None


def test_a_zero_is_a_number() -> None:
    """The source's nil is zero, and 3 less 0 is 3."""
    assert difference(*pair(3.0, 0.0), PLAIN).value == 3


@pytest.mark.parametrize("code", ["0180R002", "0180R003_RegSO2025"])
def test_an_area_that_is_the_same_in_both_divisions_stands_beside_either(code: str) -> None:
    """Its boundary did not change: it is an area of the other's division, too."""
    one = seen(RATE, "0180R001", 2015, 12.0)._replace(division="RegSO 2020/2025")

    assert comparability(one, seen(RATE, code, 2015, 10.0), PLAIN).comparable


def test_the_two_regso_divisions_are_never_compared() -> None:
    """The same code in 2020 and 2025 may be two areas."""
    one = seen(RATE, "0127R001_RegSO2025", 2015, 10.0)
    other = seen(RATE, "0127R001", 2015, 10.0)

    assert comparability(one, other, PLAIN).reason == "division"
    assert comparability(one, seen(RATE, "0127", 2015, 9.0), PLAIN).comparable


def test_two_indicators_are_never_compared() -> None:
    """Unemployed in the area and openly unemployed share no axis and no sentence."""
    one, other = seen(RATE, "0127", 2015, 1.0), seen("rented_share", "0127", 2015, 1.0)

    assert comparability(one, other, PLAIN).reason == "indicator"


def test_only_one_thing_differs_in_a_comparison() -> None:
    """Women here in 2010 against men there in 2015 says nothing."""
    one = seen(RATE, "0127", 2010, 1.0, sex="2")
    other = seen(RATE, "0180", 2010, 1.0, sex="1")

    assert comparability(one, other, PLAIN).reason == "respects"


def union(year: int, **makeup: Any) -> Observation:
    """A figure of Botkyrka and Stockholm together."""
    return seen(RATE, "grupp-tva", year, 10.0)._replace(**{"members": ("0127", "0180"), **makeup})


@pytest.mark.parametrize(
    "makeup",
    [
        {"members": ("0127",)},
        {"lacking": (MissingMember("0180", "suppressed"),)},
        {"division": "RegSO 2025"},
    ],
)
def test_a_union_is_compared_over_time_only_when_it_is_made_alike(makeup: dict[str, Any]) -> None:
    """Two municipalities in 2010 against one of them in 2015 is no change."""
    assert comparability(union(2010), union(2015), PLAIN).comparable
    assert comparability(union(2010), union(2015, **makeup), PLAIN).reason == "members"


def test_what_concerns_a_member_concerns_the_union() -> None:
    """A caution for Botkyrka goes along with the two together, not with Stockholm alone."""
    mark = Break(period="2012", severity="caution", applies_to=("region:0127",), text=TEXT)
    measured = indicator(RATE, breaks=(mark,))
    alone = {"members": ("0180",)}

    assert comparability(union(2010), union(2015), measured).cautions == (mark,)
    assert comparability(union(2010, **alone), union(2015, **alone), measured).cautions == ()


@pytest.mark.parametrize(
    ("measure", "decimals", "one", "other", "expected"),
    [
        ("share", 1, 80.8, 80.5, True),
        ("share", 1, 80.9, 80.5, True),
        ("share", 1, 81.0, 80.5, False),  # 0.5 is not under 0.5
        ("share", 1, 80.94, 80.46, True),  # shown 80.9 and 80.5
        ("share", 1, 80.96, 80.54, False),  # 0.42 apart, but shown 81.0 and 80.5
        # under 10 per cent it is 5 per cent of the larger, at least 0.2 points
        ("share", 1, 9.9, 9.5, True),
        ("share", 1, 9.9, 9.4, False),
        ("share", 1, 6.3, 6.0, True),  # 0.3 is under 5 per cent of 6.3
        ("share", 1, 6.0, 5.7, False),  # and is 5 per cent of 6.0
        ("share", 1, 2.7, 2.5, False),
        ("share", 1, 2.7, 2.6, True),
        ("share", 1, 1.5, 1.4, True),
        ("share", 1, 0.2, 0.0, False),
        ("share", 1, 10.2, 9.8, True),
        ("ratio", 1, 100.9, 100.0, True),
        ("index", 1, 101.0, 100.0, False),
        ("count", 0, 1019, 1000, True),
        ("count", 0, 1020, 1000, False),
        ("amount", 0, 196, 200, False),
        ("count", 0, 1, 0, False),
        ("count", 0, 0, 0, True),
        ("count", 0, -101, -100, True),
    ],
)
def test_in_level_follows_the_displayed_difference(
    measure: str, decimals: int, one: float, other: float, expected: bool
) -> None:
    """Under 0.5 points, 1 of a ratio, 2 per cent: of what the reader sees."""
    measured = indicator(RATE, measure=measure, decimals=decimals, breaks=())

    assert difference(*pair(one, other), measured).level is expected


def test_rounding_comes_before_subtracting() -> None:
    """17.46 and 16.64 are shown as 17.5 and 16.6: the reader subtracts to 0.9."""
    assert difference(*pair(17.46, 16.64), PLAIN).value == 0.9


def test_classes_are_not_subtracted() -> None:
    """Type of area 3 less type 1 is no 2."""
    assert difference(*pair(3, 1), indicator(RATE, measure="class", breaks=())).value is None


@pytest.mark.parametrize(
    ("one", "other", "expected"), [(12.0, 10.0, "↑"), (10.0, 12.0, "↓"), (10.1, 10.0, "→")]
)
def test_an_arrow_follows_the_change(one: float, other: float, expected: str) -> None:
    """Up, down, or largely unchanged."""
    assert arrow(difference(*pair(one, other), PLAIN)) == expected


def test_there_is_no_arrow_where_nothing_may_be_said() -> None:
    """No arrow starts from a hidden value."""
    assert arrow(difference(*pair(12.0, None), PLAIN)) is None


@pytest.mark.parametrize(
    ("better", "one", "expected"),
    [
        ("higher", 12.0, ("better", "bättre", "▲")),
        ("higher", 8.0, ("worse", "sämre", "▼")),
        ("lower", 12.0, ("worse", "sämre", "▲")),
        ("lower", 8.0, ("better", "bättre", "▼")),
        ("none", 12.0, None),
        ("higher", 10.1, None),
        ("higher", None, None),
    ],
)
def test_only_an_agreed_direction_is_judged_and_always_in_words(
    better: str, one: float | None, expected: tuple[str, str, str] | None
) -> None:
    """No judgement without agreement, of what is in level, or of what is missing."""
    measured = indicator(RATE, better=better, breaks=())
    found = judgement_of(difference(*pair(one, 10.0), measured), measured)

    assert (found and (found.grade, found.word.sv, found.symbol)) == expected


@pytest.mark.parametrize(
    ("region", "members", "reason"),
    [
        ("0380", (), "break"),
        ("grupp", ("0380", "0305"), "break"),
        ("grupp", ("0380", "0330", "0305"), None),
        ("0330", (), None),
    ],
)
def test_a_region_that_lost_another_is_parted_but_not_a_union_of_both(
    region: str, members: tuple[str, ...], reason: str | None
) -> None:
    """Uppsala lost Knivsta in 2002; the two together are the same area before and after."""
    mark = Break(
        period="2012",
        severity="break",
        applies_to=("region:0380",),
        whole_with=("0330",),
        text=TEXT,
    )
    measured = indicator("population", breaks=(mark,))
    one, other = (
        seen("population", region, year, 1000)._replace(members=members) for year in (2010, 2015)
    )

    assert comparability(one, other, measured).reason == reason


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (("0480", "0461"), "break"),
        (("0480", "0488"), "break"),
        (("0480", "0461", "0488"), None),
    ],
)
def test_a_union_is_whole_only_with_all_that_were_parted(
    members: tuple[str, ...], reason: str | None
) -> None:
    """Gnesta and Trosa left Nyköping: with one of them the union still lost the other."""
    mark = Break(
        period="2012",
        severity="break",
        applies_to=("region:0480",),
        whole_with=("0461", "0488"),
        text=TEXT,
    )
    one, other = (
        seen("population", "grupp", year, 1000)._replace(members=members) for year in (2010, 2015)
    )

    assert comparability(one, other, indicator("population", breaks=(mark,))).reason == reason


@pytest.mark.parametrize(
    ("years", "one", "other", "expected"),
    [
        ((2024, 2025), 48, 40, True),  # 8 persons across 2025, a sixth of them
        ((2025, 2026), 40, 49, True),
        ((2024, 2025), 50, 40, False),  # 10 are told
        ((2023, 2024), 48, 40, False),  # before there was no noise
    ],
)
def test_fewer_than_ten_persons_are_no_change_across_or_after_2025(
    years: tuple[int, int], one: float, other: float, *, expected: bool
) -> None:
    """The source's own adjustments are a few persons."""
    earlier, later = (
        seen("population", "0127", year, value, segment="bef")
        for year, value in zip(years, (other, one), strict=True)
    )
    measured = indicator("population", breaks=())

    assert difference(later, earlier, measured).level is expected
