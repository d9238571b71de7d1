"""Regions that started alike: who belongs to them, what became of them, and who is named."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import Order
from dashboard.data.observation import Observation
from dashboard.rules.same_start import SameStart, same_start, start_choices, start_period
from etl.catalogue import Break, Indicator, Text
from tests.dashboard.speaking import indicator, seen

OF = "employment_rate"
TEXT = Text(sv="Ny metod.", en="New method.")
PLAIN = indicator(OF, breaks=())
LOWER = indicator("open_unemployment", breaks=())
INCOME = indicator("median_income", breaks=())
BROKEN = indicator(OF, breaks=(Break(period="2014", severity="break", text=TEXT),))
Values = Sequence[float | None]


def series(
    region: str, values: Values, of: Indicator = PLAIN, first: int = 2010
) -> list[Observation]:
    """The figures of a region, a year each."""
    return [
        seen(of.id, region, year, value, segment="rams") for year, value in enumerate(values, first)
    ]


def found(
    values: Mapping[str, Values],
    of: Indicator = PLAIN,
    *,
    since: str = "",
    order: Order = "namn",
    ranked: bool = True,
    persons: float = 1_000,
) -> SameStart:
    """Who started like the first region."""
    known = {code: series(code, numbers, of) for code, numbers in values.items()}
    region = next(iter(values))
    period = start_period(known[region], of, since)
    assert period
    answer = same_start(
        known, of, {code: code for code in known}, region=region, period=period,
        persons=dict.fromkeys(known, persons), order=order, ranked=ranked,
    )  # fmt: skip
    assert answer
    return answer


def steady(start: float, step: float, years: int = 8) -> list[float]:
    """Two equal years, and then the same step every year."""
    return [start, *(start + step * number for number in range(years - 1))]


def test_the_start_is_the_mean_of_the_first_two_years_and_the_end_of_the_last_two() -> None:
    """Eight years: 60 and 62 are 61, 70 and 74 are 72; the change is 11."""
    own = found({"0127": [60, 62, 63, 64, 65, 66, 70, 74]}).own

    assert (own.start, own.end, own.change) == (61, 72, 11)


def test_under_six_years_the_end_is_the_last_year() -> None:
    """Five years: from 61 to the 66 of the last year."""
    answer = found({"0127": [60, 62, 63, 64, 66]})

    assert (answer.period.first, answer.period.last) == (("2010", "2011"), ("2014",))
    assert answer.own.change == 5


def test_the_same_is_within_two_points_or_five_per_cent() -> None:
    """62.0 is within two points of 60.0, 62.1 is not; 315 is within five per cent of 300."""
    shares = found({"0127": steady(60, 1), "0136": steady(62, 1), "0180": steady(62.1, 1),
                    "0138": steady(58, 1), "0139": steady(57.9, 1)})  # fmt: skip
    amounts = found({"0127": steady(300, 9), "0136": steady(315, 9), "0180": steady(315.2, 9)},
                    INCOME)  # fmt: skip

    assert {row.region for row in shares.rows} == {"0127", "0136", "0138"}
    assert shares.elsewhere == 2
    assert {row.region for row in amounts.rows} == {"0127", "0136"}


def test_a_start_lies_only_in_the_stretch_of_the_newest_year() -> None:
    """A break of 2014: the start is 2014 at the earliest, and nobody is followed across it."""
    own = series("0127", steady(60, 1, 10), BROKEN)

    assert start_choices(own, BROKEN) == ("2014", "2015", "2016", "2017")
    period = start_period(own, BROKEN, "2011")
    assert period
    assert period.first == ("2014", "2015")
    assert start_period(own[:6], BROKEN) is None


def test_who_lacks_a_year_of_the_period_is_told_and_never_filled() -> None:
    """A missing year is no zero and no neighbour's: the region is named among the lacking."""
    holed = steady(60, 1)
    answer = found({"0127": steady(60, 1), "0136": [None, *holed[1:]], "0138": [*holed[:-1], None]})

    assert answer.lacking == ("0136", "0138")
    assert [row.region for row in answer.rows] == ["0127"]


def test_most_is_said_only_of_a_lead_that_counts() -> None:
    """Ahead by 0.5 points or more is most; by less they are several about equal."""
    ahead = found({"0127": steady(60, 1), "0136": steady(60, 1.2), "0138": steady(60, 1.1)})
    level = found({"0127": steady(60, 1), "0136": steady(60, 1.2), "0138": steady(60, 1.15)})

    assert [row.region for row in ahead.most("rose")] == ["0136"]
    assert [row.region for row in level.most("rose")] == ["0136", "0138"]


def test_of_what_is_better_the_lower_it_is_a_fall_is_asked_for() -> None:
    """Unemployment that fell most; nobody is named where it only rose."""
    fell = found({"0127": steady(20, -0.5), "0136": steady(20, -1)}, LOWER)
    rose = found({"0127": steady(20, 0.5), "0136": steady(20, 1)}, LOWER)

    assert [row.region for row in fell.most("fell")] == ["0136"]
    assert rose.most("fell") == ()
    assert (fell.moves, found({"0127": steady(60, 1)}).moves) == (("fell",), ("rose",))


def test_nobody_is_named_of_small_groups_short_periods_and_noise() -> None:
    """Each is listed after the sure ones, with its reason, and has no place."""
    small = found({"0127": steady(60, 1), "0136": steady(60, 2)}, persons=99)
    short = found({"0127": steady(60, 1, 4), "0136": steady(60, 2, 4)})
    shaken = [60, 60, 69, 55, 70, 56, 71, 60.0]
    noisy = found({"0127": steady(60, 1), "0136": shaken}, order="forandring")

    assert (small.most("rose"), short.most("rose")) == ((), ())
    assert {row.doubt for row in small.rows} == {"small"}
    assert {row.doubt for row in short.rows} == {"short"}
    assert [(row.region, row.doubt, row.place) for row in noisy.rows] == [
        ("0127", None, 1), ("0136", "noisy", None),
    ]  # fmt: skip
    assert [row.region for row in noisy.most("rose")] == ["0127"]


def test_neighbourhoods_by_origin_are_never_ordered_or_named() -> None:
    """By name whatever the link asks, and no most."""
    answer = found({"0138": steady(60, 1), "0127": steady(60, 3)}, ranked=False, order="forandring")

    assert [row.region for row in answer.rows] == ["0127", "0138"]
    assert answer.most("rose") == ()


NUMBERS = st.lists(
    st.none() | st.integers(0, 1000).map(lambda number: number / 10), min_size=3, max_size=14
)


@given(
    st.lists(NUMBERS, min_size=2, max_size=6),
    st.sampled_from(["namn", "kod", "varde", "forandring"]),
)
def test_no_value_crosses_a_break_and_the_order_is_total_and_stable(
    many: list[Values], order: Order
) -> None:
    """Whatever the figures: only years after the break count, and shuffling changes nothing."""
    names = {f"{100 + place:04}": f"Kommun {place}" for place in range(len(many))}
    known = {code: series(code, values, BROKEN) for code, values in zip(names, many, strict=True)}
    region = next(iter(names))
    period = start_period(known[region], BROKEN)
    if period is None:
        return
    answers = []
    for seed in (1, 2):
        codes = list(names)
        random.Random(seed).shuffle(codes)
        answers.append(
            same_start(
                known, BROKEN, {code: names[code] for code in codes}, region=region,
                period=period, persons=dict.fromkeys(names, 500.0), order=order,
            )
        )  # fmt: skip
    one, other = answers
    assert one
    assert other
    assert one.rows == other.rows
    assert len(one.rows) + len(one.lacking) + one.elsewhere == len(names)
    sides = {period.first[0] >= "2014", period.last[-1] >= "2014"}
    assert len(sides) == 1
    for row in one.rows:
        assert (row.oldest.period >= "2014") == (row.newest.period >= "2014")
        assert abs(round(row.start - one.own.start, 9)) <= 2
    placed = [row.place for row in one.rows if row.place]
    assert all(before <= after for before, after in pairwise(placed))


@pytest.mark.parametrize("measured", [indicator("area_type")])
def test_a_class_has_no_start(measured: Indicator) -> None:
    """A mean of classes means nothing."""
    own = series("0127", [1, 2, 3, 3], measured)
    period = start_period(own, measured)
    assert period
    assert same_start({"0127": own}, measured, {"0127": "x"}, region="0127", period=period,
                      persons={}) is None  # fmt: skip
