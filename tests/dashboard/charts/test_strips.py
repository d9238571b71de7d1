"""A dot for each group in each region: what is drawn, and what is joined."""

from dashboard.charts.strips import STRIP_MARKS, StripRow, strips
from dashboard.charts.style import PALETTE, ChartLine
from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.text.format import Look
from tests.dashboard.speaking import indicator, seen

RATE = "employment_rate"
GROUPS = (Group("2"), Group("1"))
LINES = [
    ChartLine("", group, name, colour, mark=mark)
    for group, name, colour, mark in zip(
        GROUPS, ("Kvinnor", "Män"), PALETTE, STRIP_MARKS, strict=False
    )
]


def row(region: str, *values: float | None, segment: str | None = None) -> StripRow:
    """A region with a value of each group; None is hidden by the source."""
    figures: list[Observation | None] = [
        seen(RATE, region, 2024, value, sex=group.sex, status=None if value else "..",
             segment=segment if number else None)
        for number, (group, value) in enumerate(zip(GROUPS, values, strict=True))
    ]  # fmt: skip
    return StripRow(region, f"Plats {region}", tuple(figures))


def test_every_group_with_a_number_has_a_dot_and_what_is_missing_is_no_zero() -> None:
    """Huddinge's men are hidden: one dot in its row, and nothing that joins it to another."""
    made = strips(
        [row("0127", 70.0, 75.5), row("0126", 71.0, None)],
        LINES,
        indicator(RATE),
        Look("sv"),
        region="0127",
    )
    joined, women, men = made["data"]

    assert (women["x"], women["text"]) == ([70.0, 71.0], ["70,0", "71,0"])
    assert men["x"] == [75.5]
    assert women["y"][0] == men["y"][0] != women["y"][1]
    assert joined["x"] == [70.0, 75.5, None]
    assert made["layout"]["xaxis"]["range"][0] < 70.0


def test_a_row_leads_to_its_region_and_says_what_has_no_dot() -> None:
    """Huddinge's men are hidden, which is said in words; the own row leads nowhere."""
    made = strips(
        [row("0127", 70.0, 75.5), row("0126", 71.0, None)],
        LINES,
        indicator(RATE),
        Look("sv"),
        region="0127",
    )
    said = made["layout"]["meta"]

    assert said["rows"] == ["", "0126"]
    assert said["more"] == {"1": ["Män: inte publicerad"]}
    assert said["unit"] == "procent"


def test_figures_of_two_registers_are_not_joined() -> None:
    """A line between two dots says that they may be compared."""
    made = strips(
        [row("0127", 70.0, 75.5, segment="another")], LINES, indicator(RATE), Look("sv"), region=""
    )

    assert made["data"][0]["x"] == []
    assert [len(trace["x"]) for trace in made["data"][1:]] == [1, 1]


def test_the_chart_grows_with_its_rows_and_says_that_data_are_invented() -> None:
    """A fixed height would lay names upon each other."""
    one, two = (
        strips([row(f"012{number}", 70.0, 75.0) for number in range(count)], LINES,
               indicator(RATE), Look("sv", example=True), region="")["layout"]
        for count in (1, 2)
    )  # fmt: skip

    assert two["height"] > one["height"]
    assert "Exempeldata" in one["annotations"][-1]["text"]
