"""What concerns another region is not drawn, cut or said: in a chart, a slide, a workbook."""

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dashboard.charts.line_chart import line_chart
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY
from dashboard.data.observation import Observation
from dashboard.exports.extract import Extract, all_rows
from dashboard.exports.slides import chart_reading, slide_columns
from dashboard.exports.workbook import workbook_chart
from dashboard.panels.panel import Panel
from dashboard.text.format import Look
from etl.catalogue import TOTAL, Break, Indicator, Text
from tests.dashboard.speaking import indicator

RATE = indicator("employment_rate")
WORDS = Text(sv="Heby bytte län.", en="Heby changed county.")


def marked(severity: Any, *concerned: str) -> Indicator:
    """The employment rate with one mark, of 2007, and no other."""
    mark = Break(period="2007", severity=severity, applies_to=concerned, text=WORDS)
    return RATE.model_copy(update={"breaks": (mark,)})


def rows_of(lines: Iterable[ChartLine]) -> list[Observation]:
    """Rows of some lines from 2005 to 2009."""
    return [
        Observation(RATE.id, line.region, str(year), "rams", 60.0)
        for line in lines
        for year in range(2005, 2010)
    ]


def figure(indicator: Indicator, lines: Iterable[ChartLine]) -> Any:
    """The chart of some lines over those years."""
    return line_chart(rows_of(lines), tuple(lines), indicator, Look("sv"))


def line(region: str, *members: str) -> ChartLine:
    """A line of everybody in a region."""
    return ChartLine(region, EVERYBODY, region, "#000000", members=members)


@pytest.mark.parametrize(
    ("lines", "concerned"),
    [
        ([line("0127"), line("01")], False),
        ([line("0127"), line("03")], True),
        ([line("grupp", "0127", "0180")], False),
        ([line("grupp", "0127", "03")], True),
    ],
)
def test_a_chart_marks_what_concerns_its_own_lines(lines: list[ChartLine], concerned: bool) -> None:
    """A caution of Uppsala stands beside Uppsala, and beside a union that it is part of."""
    layout = figure(marked("caution", "region:03", "region:19"), lines)["layout"]
    years = [one for one in layout["annotations"] if one["text"] == "nya gränser 2007"]

    assert [one["name"] for one in layout["shapes"]] == ["caution"] * concerned
    assert [one["hovertext"] for one in years] == [WORDS.sv] * concerned


def test_a_break_of_another_region_cuts_no_line() -> None:
    """Uppsala's line is cut at 2007, Botkyrka's goes on."""
    traces = figure(marked("break", "region:03"), [line("0127"), line("03")])["data"]
    years = [(trace["name"], trace["x"]) for trace in traces]

    assert years == [
        ("0127", [2005, 2006, 2007, 2008, 2009]),
        ("03", [2005, 2006]),
        ("03", [2007, 2008, 2009]),
    ]


def test_a_slide_says_and_cuts_what_concerns_its_own_lines() -> None:
    """The words over a native chart name no year in which only Uppsala was changed."""
    lines = (line("0127"), line("01"))
    panel = cast("Panel", SimpleNamespace(series=rows_of(lines), lines=lines))

    assert "2007" not in chart_reading(panel, marked("caution", "region:03"), "sv")
    assert "2007" in chart_reading(panel, marked("caution", "region:0127"), "sv")
    assert len(slide_columns(panel, marked("break", "region:03"), "sv")) == 2
    assert len(slide_columns(panel, marked("break", "region:0127"), "sv")) == 3


def test_a_workbook_cuts_what_concerns_its_own_lines(whole: Extract) -> None:
    """The sheet of the chart has a column more where a break concerns the region."""
    rows = all_rows(whole)
    everybody = (rows[["sex", "background", "age", "education"]] == TOTAL).all(axis=1)
    rows = rows[everybody & (rows["region"] == "0127") & (rows["indicator"] == RATE.id)]
    counts = []
    for concerned in ("region:03", "region:0127"):
        meta = replace(whole.meta, indicators=(marked("break", concerned),))
        chart = workbook_chart(rows, meta)
        assert chart
        counts.append(len(chart.columns))

    assert counts[1] == counts[0] + 1
