"""Where a gap is the wider of two: from which figures, and when it is about equal."""

import pytest

from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.rules.gaps import Side, contrast, crossed_sides
from etl.catalogue import TOTAL, Break, Text
from tests.dashboard.speaking import indicator, seen, shipped

RATE = "open_unemployment"
PLAIN = indicator(RATE, breaks=())
SIDES = (
    (("0127", Group("2", "SE")), ("0127", Group("1", "SE"))),
    (("0127", Group("2", "SAMUTF")), ("0127", Group("1", "SAMUTF"))),
)
WOMEN_HERE, MEN_HERE, WOMEN_ABROAD, MEN_ABROAD = (side for pair in SIDES for side in pair)


def series(
    values: dict[Side, dict[int, float | None]], segment: str = ""
) -> dict[Side, list[Observation]]:
    """The rows of each side: the value of each year."""
    more = {"segment": segment} if segment else {}
    return {
        (region, group): [
            seen(
                RATE,
                region,
                year,
                value,
                sex=group.sex,
                background=group.background,
                status=None if value is not None else "..",
                **more,
            )
            for year, value in of_year.items()
        ]
        for (region, group), of_year in values.items()
    }


def four(*values: float | None, year: int = 2015) -> dict[Side, dict[int, float | None]]:
    """A value of each side in one year."""
    sides = (WOMEN_HERE, MEN_HERE, WOMEN_ABROAD, MEN_ABROAD)
    return {side: {year: value} for side, value in zip(sides, values, strict=True)}


def test_the_wider_gap_is_that_of_the_larger_size_whoever_is_ahead() -> None:
    """4.5 points between women and men born here, 12.3 of those born abroad."""
    found = contrast(series(four(20.0, 24.5, 30.0, 42.3)), SIDES, PLAIN)

    assert found is not None
    assert found.verdict == "wider"
    assert found.wider.first.background == "SAMUTF"
    assert (abs(found.wider.number), abs(found.other.number)) == (12.3, 4.5)


def test_gaps_are_about_equal_below_the_limit_of_two_values_in_level() -> None:
    """Half a percentage point of shares from ten per cent on; less is no difference."""
    level = contrast(series(four(20.0, 24.5, 30.0, 34.9)), SIDES, PLAIN)
    apart = contrast(series(four(20.0, 24.5, 30.0, 35.0)), SIDES, PLAIN)

    assert level is not None
    assert apart is not None
    assert (level.verdict, apart.verdict) == ("alike", "wider")


def test_where_the_other_group_is_ahead_the_gaps_are_no_larger_and_smaller() -> None:
    """Women have 2 points less among those born here, 5 more among those born abroad."""
    found = contrast(series(four(20.0, 22.0, 30.0, 25.0)), SIDES, PLAIN)

    assert found is not None
    assert found.verdict == "opposite"
    assert found.wider.number == 5.0


def test_a_missing_figure_is_no_zero_and_the_newest_year_of_all_four_is_told() -> None:
    """2016 lacks the foreign-born women, so it is 2015; without a year of all there is nothing."""
    values = four(20.0, 24.5, 30.0, 42.3)
    for side, value in zip(values, (1.0, 2.0, None, 4.0), strict=True):
        values[side][2016] = value
    found = contrast(series(values), SIDES, PLAIN)

    assert found is not None
    assert found.wider.period == "2015"
    assert contrast(series(four(20.0, None, 30.0, 42.3)), SIDES, PLAIN) is None


def test_figures_of_two_registers_are_not_set_against_each_other() -> None:
    """The gap of one register and that of another are no larger or smaller."""
    rows = series(four(20.0, 24.5, 30.0, 42.3))
    other = series(four(20.0, 24.5, 30.0, 42.3), segment="another")
    mixed = {**rows, WOMEN_ABROAD: other[WOMEN_ABROAD], MEN_ABROAD: other[MEN_ABROAD]}

    assert contrast(mixed, SIDES, PLAIN) is None


def test_a_break_between_two_years_does_not_forbid_one_year() -> None:
    """The four figures are of one year: a break before it is between none of them."""
    broken = indicator(
        RATE,
        breaks=(Break(period="2014", severity="break", text=Text(sv="Ny.", en="New.")),),
    )
    found = contrast(series(four(20.0, 24.5, 30.0, 42.3)), SIDES, broken)

    assert found is not None
    assert found.verdict == "wider"


@pytest.mark.parametrize(
    ("lines", "sides"),
    [
        # women and men, in the first origin and the last one that shares nobody with it
        ([("0127", Group(sex, code)) for code in ("SE", "VXEUEES") for sex in ("2", "1")],
         ((("0127", Group("2", "SE")), ("0127", Group("1", "SE"))),
          (("0127", Group("2", "VXEUEES")), ("0127", Group("1", "VXEUEES"))))),
        # the usual pair of origins, here and in the next region
        ([(region, Group(background=code)) for region in ("0127", "01", "00")
          for code in ("SE", "NEXS", "SAMUTF")],
         ((("0127", Group(background="SE")), ("0127", Group(background="SAMUTF"))),
          (("01", Group(background="SE")), ("01", Group(background="SAMUTF"))))),
        # everybody and a part of them are no pair
        ([(region, Group(background=code)) for region in ("0127", "01")
          for code in (TOTAL, "SE")], None),
        # some of those born outside EU are foreign-born: no two groups to set beside each other
        ([("0127", Group(sex, code)) for code in ("VXEUEES", "SAMUTF") for sex in ("2", "1")],
         None),
    ],
)  # fmt: skip
def test_the_gaps_of_crossed_lines_are_of_groups_that_have_nobody_in_common(
    lines: list[Side], sides: object
) -> None:
    """A pair differs in one respect; what it is set beside differs in one other."""
    assert crossed_sides(lines, PLAIN, shipped()) == sides


def test_of_numbers_of_people_no_gap_is_told() -> None:
    """Groups of unlike size have unlike numbers, which says nothing."""
    lines = [("0127", Group(sex, code)) for code in ("SE", "SAMUTF") for sex in ("2", "1")]

    assert crossed_sides(lines, indicator("population"), shipped()) is None
