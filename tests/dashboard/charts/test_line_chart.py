import math
import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import line_chart
from dashboard.charts.line_chart import LABEL_HEIGHT, LABEL_LINE, spaced_labels, words_above
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY
from dashboard.data.context import Context
from dashboard.data.observation import Observation
from dashboard.data.queries.holdings import region_rows
from dashboard.panels.panel import line_panel
from dashboard.state import regions
from dashboard.state.resolve import By, LineSelection
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Lang
from etl.catalogue.loading import load
from tests.dashboard import speaking

SWEDISH = Look("sv")


def chart(
    context: Context,
    *,
    own: str = "0127",
    others: tuple[str, ...] = ("01", "00"),
    backgrounds: tuple[str, ...] = (TOTAL,),
    look: Look = SWEDISH,
    indicator: str = "employment_rate",
) -> Any:
    """The figure of a view of the small warehouse."""
    by: By = "background" if len(backgrounds) > 1 else "region"
    beside = others if by == "region" else ()
    view = LineSelection(indicator, own, beside, backgrounds, (TOTAL,), by)
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        places = regions.regions_by_code(region_rows(warehouse))
        return line_panel(context, warehouse, view, regions=places, look=look).figure


def lines(figure: Any, name: str) -> list[list[int]]:
    """The years of each drawn stretch of one series."""
    return [
        trace["x"] for trace in figure["data"] if trace["name"] == name and trace["mode"] != "text"
    ]


def test_a_hidden_year_is_a_gap_in_the_line(context: Context) -> None:
    """Botkyrka is hidden in 2010 and has no row for 2012: no line passes either year."""
    drawn = lines(chart(context), "Botkyrka")

    assert drawn[:3] == [list(range(2003, 2010)), [2011], list(range(2013, 2019))]
    assert not any({2010, 2012} & set(years) for years in drawn)


def test_a_line_stops_before_a_break_and_starts_again_after_it(context: Context) -> None:
    """The breaks of 2019 and 2022 part every line, the country's too."""
    assert lines(chart(context), "Riket") == [
        list(range(2003, 2019)),
        [2019, 2020, 2021],
        [2022, 2023, 2024],
    ]


def test_a_lone_year_is_drawn_as_a_point(context: Context) -> None:
    """A line of one point is invisible, so it gets a marker."""
    traces = [trace for trace in chart(context)["data"] if trace["x"] == [2011]]

    assert [trace["mode"] for trace in traces] == ["markers"]


def test_a_hidden_year_shows_its_symbol_off_the_scale(context: Context) -> None:
    """The symbol stands at the foot, on a scale of its own, with its meaning in the hover."""
    (trace,) = [one for one in chart(context)["data"] if one["mode"] == "text"]

    assert (trace["x"], trace["text"], trace["yaxis"]) == ([2010], [".."], "y2")
    assert trace["customdata"] == ["Inte publicerad"]


def test_a_chart_says_each_value_with_its_unit_and_its_breaks_in_words(context: Context) -> None:
    """Under the pointer and by keys: 71,9 % and not 71.9; ny källa 2022 at its first year."""
    figure = chart(context)
    said = figure["layout"]["meta"]
    words = [text for trace in figure["data"] if trace["mode"] == "lines" for text in trace["text"]]

    assert (said["unit"], said["none"]) == ("procent", "uppgift saknas")
    assert [2019, "tidsseriebrott 2019"] in [list(note) for note in said["notes"]]
    assert [2022, "ny källa 2022"] in [list(note) for note in said["notes"]]
    assert all(re.fullmatch(r"\d+,\d\u00a0%", text) for text in words)


def test_a_year_without_a_figure_is_said_with_its_reason_and_no_number(context: Context) -> None:
    """Botkyrka is hidden in 2010: the words are those of the symbol, on the line's own name."""
    (missing,) = [one for one in chart(context)["data"] if one["mode"] == "text"]
    (line, *_) = [one for one in chart(context)["data"] if one["name"] == "Botkyrka"]

    assert missing["name"] == "Botkyrka"
    assert missing["line"]["color"] == line["line"]["color"]
    assert 2010 not in line["x"]


def test_no_value_is_drawn_that_the_source_does_not_have(context: Context) -> None:
    """Nykvarn's Nordic-born are hidden in all years: nothing of them is on the value scale."""
    figure = chart(context, own="0140", backgrounds=("SE", "NEXS"))

    assert lines(figure, "Födda i Norden utom Sverige") == []
    assert all(math.isfinite(y) for trace in figure["data"] for y in trace["y"])


def test_breaks_and_cautions_are_drawn_where_they_apply(context: Context) -> None:
    """Breaks are rules with their words; the caution of 2004 only with the group it names."""
    everybody = chart(context)
    group = chart(context, backgrounds=("SE", "VXEUEES"))

    assert [(s["x0"], s["name"]) for s in everybody["layout"]["shapes"]] == [
        (2018.5, "break"),
        (2021.5, "break"),
    ]
    assert (2003.5, "caution") in [(s["x0"], s["name"]) for s in group["layout"]["shapes"]]
    assert any(a["text"] == "ny källa 2022" for a in everybody["layout"]["annotations"])


@pytest.mark.parametrize("narrow", [False, True])
def test_a_caution_is_named_in_the_picture_as_a_break_is(context: Context, narrow: bool) -> None:
    """A thin marker without words would be a riddle: few words above it, all in hover."""
    look = Look("sv", narrow=narrow)
    notes = chart(context, look=look, backgrounds=("SE", "VXEUEES"))["layout"]["annotations"]
    (caution,) = [one for one in notes if one["text"] == "nya grupper 2004"]

    assert "EU" in caution["hovertext"]
    assert caution["y"] == 1
    assert caution["yanchor"] == "bottom"
    everybody = chart(context, look=look)["layout"]["annotations"]
    assert not [one for one in everybody if "2004" in one["text"]]


@given(
    st.lists(
        st.none() | st.integers(-9000, 9000).map(lambda one: one / 100), min_size=1, max_size=12
    ),
    st.sampled_from([0.0, 1.0, 100.0]),
)
def test_a_difference_hangs_by_stems_from_where_groups_are_alike(
    values: list[float | None], alike: float
) -> None:
    """A stem for each figure and none for a missing one; that value ends the axis or is inside."""
    rate = speaking.indicator("self_employed_share").model_copy(update={"breaks": ()})
    rows = [
        Observation(rate.id, "0127", str(2000 + year), "x", one, None if one is not None else "..")
        for year, one in enumerate(values)
    ]
    line = ChartLine("0127", EVERYBODY, "Skillnad", "#12436D")
    drawn = line_chart.line_chart(rows, [line], rate, SWEDISH, alike=alike)
    known = [one for one in values if one is not None]
    stems = drawn["data"][0]
    low, high = drawn["layout"]["yaxis"]["range"]

    assert stems["name"] == ""
    assert stems["y"] == [y for one in known for y in (alike, one, None)]
    assert low < high
    assert all(low <= one <= high for one in (*known, alike))
    if known and max(known) <= alike:
        assert high - alike < 0.03 * (high - low)  # the marks begin at the top of the plot
    if known and min(known) > alike:
        assert alike - low < 0.03 * (high - low)


def test_cautions_take_no_room_among_the_lines(context: Context) -> None:
    """Their words stand above the plot, where no low line can run through them."""
    for look in (SWEDISH, Look("sv", narrow=True)):
        layout = chart(context, look=look, backgrounds=("SE", "VXEUEES"))["layout"]
        words = [one for one in layout["annotations"] if one.get("hovertext")]
        rows = {one["yshift"] for one in words}

        assert all(
            (one["yref"], one["y"], one["yanchor"]) == ("paper", 1, "bottom") for one in words
        )
        assert layout["margin"]["t"] >= max(rows) + 11  # pixels of the letters


YEARS = [str(year) for year in range(1997, 2025)]


def labels_of(indicator: str, *years: str, look: Look = SWEDISH) -> list[dict[str, Any]]:
    """The words above the marks of an indicator, of some years or of all."""
    catalogue = load(Path(__file__).parents[3] / "indicators.yaml")
    marks = catalogue.indicator[indicator].breaks
    return words_above([one for one in marks if not years or one.period in years], YEARS, look)


def test_a_break_is_worded_by_why_and_when() -> None:
    """In the picture a few words; the whole text is at hand, and stands in table and sidebar."""
    labels = labels_of("employment_rate", "2019", "2022")

    assert [one["text"] for one in labels] == ["ny mätmetod 2019", "ny källa 2022"]
    hover = " ".join(labels[-1]["hovertext"].split("<br>"))
    assert hover.endswith("gäller åldrarna 20–65 år i stället för 20–64 år.")


def test_the_words_of_an_early_break_begin_at_it() -> None:
    """To its left there is no room in the picture; later ones end at their break."""
    labels = labels_of("employment_rate", "2004", "2022")

    assert [one["xanchor"] for one in labels] == ["left", "right"]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    "indicator", ["employment_rate", "professional_work_share", "higher_education_eligibility"]
)
def test_words_of_marks_never_stand_on_each_other(indicator: str, lang: Lang, narrow: bool) -> None:
    """Each rule has one label with its year; what has no room for words is the year alone."""
    look = Look(lang, narrow=narrow)
    labels = labels_of(indicator, look=look)
    pixels = (283 if narrow else 520) / len(YEARS)  # of a year in the plot of such a window
    boxes = []
    for one in labels:
        rule, letters = (one["x"] - 1996.5) * pixels, 5.4 * len(one["text"])
        left = rule if one["xanchor"] == "left" else rule - letters
        boxes.append((one["yshift"], left, left + letters))

    assert len({one["x"] for one in labels}) == len(labels)
    assert all(str(int(one["x"] + 0.5)) in one["text"] for one in labels)
    assert not [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
    ]


def test_the_country_is_dashed_and_the_own_region_leads(context: Context) -> None:
    """Own region in the lead colour and thickest, the country dark and dashed."""
    figure = chart(context)
    style = {trace["name"]: trace["line"] for trace in figure["data"] if trace["mode"] == "lines"}

    assert style["Botkyrka"]["color"] == "#12436D"
    assert style["Botkyrka"]["dash"] == "solid"
    assert style["Riket"]["dash"] == "dash"
    assert style["Botkyrka"]["width"] > style["Riket"]["width"]


def test_every_line_is_named_at_its_end(context: Context) -> None:
    """Direct labels carry name and last value; a narrow window leaves them to the list above."""
    wide = [a["text"] for a in chart(context)["layout"]["annotations"]]
    narrow = [
        a["text"] for a in chart(context, look=Look("sv", narrow=True))["layout"]["annotations"]
    ]

    assert any(text.startswith("<b>Botkyrka 7") for text in wide)
    assert not any("Botkyrka" in text for text in narrow)


def test_invented_data_are_marked_inside_the_picture(context: Context) -> None:
    """A screenshot of example data says so; one of real data does not."""
    marked = chart(context, look=Look("sv", example=True))["layout"]["annotations"]

    assert "Exempeldata – inte statistik" in [one["text"] for one in marked]
    assert "Exempeldata – inte statistik" not in [
        one["text"] for one in chart(context)["layout"]["annotations"]
    ]


@pytest.mark.parametrize(
    ("values", "zero"),
    [
        ([60.0, 80.0], False),
        ([1.0, 80.0], True),
        ([-48.0, 400.0], True),
        ([], True),
        ([5.0], False),
    ],
)
def test_the_text_knows_whether_the_axis_shows_zero(values: list[float], zero: bool) -> None:
    """The sentence about the axis is said exactly when the axis does not show zero."""
    assert line_chart.starts_at_zero(values) is zero


@given(st.lists(st.floats(0, 1), max_size=5))
def test_labels_never_cover_each_other(places: list[float]) -> None:
    """Labels keep their order and at least the height of a line between them."""
    moved = spaced_labels(places, [0.06] * len(places))
    ranked = sorted(moved)

    assert all(later - earlier > 0.0599 for earlier, later in pairwise(ranked))
    assert len(moved) == len(places)
    assert all(
        moved[a] <= moved[b] for a, x in enumerate(places) for b, y in enumerate(places) if x < y
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 3)), max_size=5))
def test_labels_stay_inside_the_plot(labels: list[tuple[float, int]]) -> None:
    """Five labels of up to three lines have room: none has its middle above or under the plot."""
    heights = [LABEL_HEIGHT + LABEL_LINE * (lines - 1) for _, lines in labels]
    spaced = spaced_labels([middle for middle, _ in labels], heights)

    assert all(-1e-9 <= middle <= 1 for middle in spaced)
    assert all(
        middle + height / 2 <= 1 + LABEL_HEIGHT / 2 + 1e-9
        for middle, height in zip(spaced, heights, strict=True)
    )


def test_a_lone_label_stands_where_its_line_ends(context: Context) -> None:
    """At the height of 70.7 on the axis, in lines so short that the margin holds them."""
    layout = chart(context, others=())["layout"]
    low, high = layout["yaxis"]["range"]
    (label,) = [one for one in layout["annotations"] if one["xanchor"] == "left" and one["x"] == 1]

    assert "70,7" in label["text"]
    assert label["y"] == pytest.approx((70.7 - low) / (high - low))


def test_labels_are_no_wider_than_the_margin_that_holds_them(context: Context) -> None:
    """Long names of groups are wrapped; 8 pixels a letter are more than any needs."""
    layout = chart(context, backgrounds=("SE", "VXEUEES"))["layout"]
    ends = [one["text"] for one in layout["annotations"] if one["x"] == 1]
    lines = [line for text in ends for line in text[3:-4].split("<br>")]

    assert len(ends) == 2
    assert max(map(len, lines)) * 8 <= layout["margin"]["r"]
