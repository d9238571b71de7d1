"""Two years of many regions: what is joined by a line, what is not, and in which order."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts.dumbbell import DotRow, dots, dumbbell
from dashboard.data.observation import Observation
from dashboard.rules.years import pair_reason, year_pairs
from dashboard.text.format import Look
from etl.catalogue import Break, Indicator, Text
from etl.catalogue.loading import load
from tests.source import ROOT

YEARS = ("2003", "2009")
NAMES = {"0127": "Botkyrka", "0136": "Haninge", "0140": "Nykvarn", "0180": "Stockholm"}


@pytest.fixture(scope="module")
def share() -> Indicator:
    """The share with foreign background."""
    return load(ROOT / "indicators.yaml").indicator["foreign_background_share"]


def rows(
    values: Mapping[tuple[str, str], float | None], status: str | None = None, sex: str = "_T"
) -> list[Observation]:
    """Observations by (region, period); a missing value has `status`."""
    return [
        Observation(
            "foreign_background_share",
            region,
            period,
            "bef",
            value,
            status if value is None else None,
            sex,
            kind="computed",
        )
        for (region, period), value in values.items()
    ]


WHOLE = {
    ("0180", "2003"): 24.0,
    ("0180", "2009"): 27.5,
    ("0127", "2003"): 43.3,
    ("0127", "2009"): 50.8,
    ("0136", "2003"): 20.0,
    ("0136", "2009"): 19.0,
}


def traces(figure: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    """The joining lines, the earlier dots, the later dots."""
    one, two, three = figure["data"]
    return one, two, three


def names_of(figure: Mapping[str, Any]) -> list[str]:
    """The rows from above."""
    return list(figure["layout"]["yaxis"]["ticktext"])


def test_rows_stand_by_name_and_those_without_a_comparison_after(share: Indicator) -> None:
    """By name by default, for order is no grade; a suppressed region is not placed among them."""
    some = rows({**WHOLE, ("0136", "2003"): None}, status="..")
    figure = dumbbell(some, NAMES, share, Look("sv"), region="0127", years=YEARS)

    assert names_of(figure) == ["<b>Botkyrka</b>", "Stockholm", "Haninge", "Nykvarn"]


def test_a_line_joins_exactly_the_two_years_that_may_be_compared(share: Indicator) -> None:
    """A line is a claim of change: it needs two numbers and no break between."""
    some = rows({**WHOLE, ("0136", "2003"): None}, status="..")
    joints, earlier, later = traces(
        dumbbell(some, NAMES, share, Look("sv"), region="", years=YEARS)
    )

    assert joints["x"] == [43.3, 50.8, None, 24.0, 27.5, None]
    assert earlier["x"] == [43.3, 24.0]
    assert later["x"] == [50.8, 27.5, 19.0]


def test_across_a_break_the_dots_stand_unjoined_and_the_row_says_why(share: Indicator) -> None:
    """Where two years are not comparable no change is shown."""
    text = Text(sv="Går inte att jämföra.", en="Cannot be compared.")
    share = share.model_copy(
        update={"breaks": (Break(period="2025", severity="break", text=text),)}
    )
    some = rows({("0127", "2024"): 60.0, ("0127", "2025"): 60.4})
    names = {"0127": "Botkyrka"}
    figure = dumbbell(some, names, share, Look("sv"), region="0127", years=("2024", "2025"))
    joints, earlier, later = traces(figure)

    assert joints["x"] == []
    assert (earlier["x"], later["x"]) == ([60.0], [60.4])
    assert "Går inte att jämföra: tidsseriebrott 2025" in [
        one["text"] for one in figure["layout"]["annotations"]
    ]


def test_a_missing_figure_is_told_with_its_symbol_or_that_there_is_none(share: Indicator) -> None:
    """Two dots say that a figure is held back; no row at all is another thing; neither is zero."""
    some = rows({**WHOLE, ("0136", "2003"): None}, status="..")
    told = {
        pair.region: pair_reason(pair, "sv") for pair in year_pairs(some, NAMES, share, years=YEARS)
    }

    assert told == {
        "0127": "",
        "0180": "",
        "0136": "2003: .. (inte publicerad)",
        "0140": "2003: uppgift saknas; 2009: uppgift saknas",
    }


def test_a_row_says_its_name_why_it_has_no_line_and_where_it_leads(share: Indicator) -> None:
    """The own region leads nowhere, as it is chosen; a missing year is a reason and no number."""
    some = rows({**WHOLE, ("0136", "2003"): None}, status="..")
    said = dumbbell(some, NAMES, share, Look("sv"), region="0127", years=YEARS)["layout"]["meta"]

    assert said["rows"] == ["", "0180", "0136", "0140"]
    assert said["more"] == {
        "2": ["2003: .. (inte publicerad)"],
        "3": ["2003: uppgift saknas; 2009: uppgift saknas"],
    }
    assert said["unit"] == "procent"
    assert said["lead"].format(name="Haninge").endswith("gå till Haninge")


def test_values_stand_outside_the_dots(share: Indicator) -> None:
    """A falling pair has its later value to the left, so no value covers the line."""
    _, earlier, later = traces(
        dumbbell(rows(WHOLE), NAMES, share, Look("sv"), region="", years=YEARS)
    )

    assert earlier["text"] == ["43,3", "20,0", "24,0"]
    assert earlier["textposition"] == ["middle left", "middle right", "middle left"]
    assert later["textposition"] == ["middle right", "middle left", "middle right"]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_value_at_the_edge_has_room_beside_the_names(share: Indicator, narrow: bool) -> None:
    """The outermost "19,0" needs about 37 pixels between its dot and the axis of names."""
    look = Look("sv", narrow=narrow)
    drawn = dumbbell(rows(WHOLE), NAMES, share, look, region="", years=YEARS)
    first, last = drawn["layout"]["xaxis"]["range"]
    plot = 165 if narrow else 520

    counts = {("0127", "2003"): 10.0, ("0127", "2009"): 20.0, ("0180", "2003"): 900.0}
    zero = dumbbell(rows(counts), NAMES, share, look, region="", years=YEARS)["layout"]["xaxis"]

    assert (19.0 - first) / (last - first) * plot >= 37
    assert (last - 50.8) / (last - first) * plot >= 37
    assert (10.0 - zero["range"][0]) / (zero["range"][1] - zero["range"][0]) * plot >= 44
    assert min(zero["tickvals"]) == 0


def test_the_reader_may_order_by_change_or_value(share: Indicator) -> None:
    """+7,5, +3,5 and -1,0 points, as the rounded values subtract."""
    by_change = year_pairs(rows(WHOLE), NAMES, share, years=YEARS, order="forandring")
    by_value = year_pairs(rows(WHOLE), NAMES, share, years=YEARS, order="varde")

    assert [pair.difference.value for pair in by_change] == [7.5, 3.5, -1.0, None]
    assert [pair.name for pair in by_value] == ["Botkyrka", "Stockholm", "Haninge", "Nykvarn"]


def test_the_chart_grows_with_its_rows(share: Indicator) -> None:
    """Twenty-six municipalities are as readable as four."""
    few = dumbbell(rows(WHOLE), NAMES, share, Look("sv"), region="", years=YEARS)
    many = {f"{code:04}": f"Kommun {code}" for code in range(100, 126)}
    values = {(code, year): 20.0 for code in many for year in YEARS}
    tall = dumbbell(rows(values), many, share, Look("sv"), region="", years=YEARS)

    assert tall["layout"]["height"] - few["layout"]["height"] > 500


def test_a_long_name_takes_lines_and_leaves_room_for_the_dots(share: Indicator) -> None:
    """In a window of 768 pixels names take 240, and no value reaches what stands beside."""
    name = "Ersättningar och bistånd sammanlagt, andel av nettoinkomsten"
    first, second = rows({("0127", "2003"): 0.4, ("0127", "2009"): 98.0})
    listed = [
        DotRow(code, words, first, second, joined=True, beside="+97,6")
        for code, words in (("a", name), ("b", "Chefer"), ("c", name))
    ]
    drawn = dots(listed, share, Look("sv"), region="", names=("ena", "andra"), beside="Skillnad")
    layout = drawn["layout"]
    margins, axis = layout["margin"], layout["xaxis"]["range"]
    lines = layout["yaxis"]["ticktext"][0].split("<br>")
    tops = [0, *layout["yaxis"]["tickvals"]]
    plot = 720 - margins["l"] - margins["r"]
    pixels = plot / (axis[1] - axis[0])

    assert " ".join(lines) == name
    assert margins["l"] <= 240
    assert tops[1] >= 15 * len(lines) / 2
    assert min(later - before for before, later in pairwise(tops[1:])) >= 15 * len(lines) / 2 + 13
    assert (0.4 - axis[0]) * pixels >= 30
    assert (axis[1] - 98.0) * pixels >= 37


def test_pairs_are_of_one_group(share: Indicator) -> None:
    """Women of one year are never joined to men of another."""
    both = [*rows(WHOLE), *rows(WHOLE, sex="2")]

    with pytest.raises(ValueError, match="pairs are of one group"):
        year_pairs(both, NAMES, share, years=YEARS)


def test_invented_data_say_so_in_the_picture(share: Indicator) -> None:
    """A cropped picture of example data still says what it is."""
    figure = dumbbell(rows(WHOLE), NAMES, share, Look("en", example=True), region="", years=YEARS)

    assert "Example data – not statistics" in [
        one["text"] for one in figure["layout"]["annotations"]
    ]


def test_a_difference_that_is_in_level_does_not_fill_the_chart(share: Indicator) -> None:
    """Shares apart by less than half a point lie on an axis of at least 2.5, and of more on one."""
    level = rows({("0127", "2003"): 72.3, ("0127", "2009"): 72.4})
    apart = rows({("0127", "2003"): 60.0, ("0127", "2009"): 72.4})
    widths = []
    for some in (level, apart):
        figure = dumbbell(some, NAMES, share, Look("sv"), region="0127", years=YEARS)
        low, high = figure["layout"]["xaxis"]["range"]
        assert low > 0
        widths.append(high - low)

    assert 2.5 <= widths[0] < 5
    assert widths[1] > 12.4
