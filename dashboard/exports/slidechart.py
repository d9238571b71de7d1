"""
A native line chart on a slide, with its text alternative.

Knows python-pptx and the palette. What may be joined by a line is decided in `strokes`.
"""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard import template
from dashboard.exports import strokes
from dashboard.exports.strokes import Stroke
from dashboard.panel import Panel
from etl.catalogue import Indicator, Lang

DASHES = {
    "solid": MSO_LINE.SOLID,
    "dash": MSO_LINE.DASH,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "dot": MSO_LINE.ROUND_DOT,
}
LABEL = 0.75  # inches between the years that are written


def reading(panel: Panel, indicator: Indicator, lang: Lang) -> str:
    """How the native chart of a panel is read."""
    return strokes.reading(panel.series, panel.lines, indicator, lang)


def draw(
    slide: Any,
    panel: Panel,
    indicator: Indicator,
    *,
    lang: Lang,
    box: tuple[float, float, float, float],
) -> None:
    """The chart of a panel in a box of left, top, width and height in inches; none without any."""
    drawn = strokes.strokes(panel.series, panel.lines, indicator, lang)
    if not drawn:
        return
    number = "#,##0" + ("." + "0" * indicator.decimals) * bool(indicator.decimals)
    data = CategoryChartData(number_format=number)
    data.categories = strokes.categories(panel.series)
    for one in drawn:
        data.add_series(one.name, one.values)
    place = [Inches(size) for size in box]
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    tell(frame, panel.alternative, panel.heading)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(11), colour(template.QUIET)
    chart.has_title = False
    _legend(chart, drawn)
    _axes(chart, strokes.scale(drawn), number, skip=_skip(len(data.categories), box[2]))
    for series, one in zip(chart.plots[0].series, drawn, strict=True):
        _stroke(series, one)


def tell(frame: Any, text: str, title: str) -> None:
    """The text alternative of a chart or table, and its name in the list of objects."""
    named = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  # there is no other way
    named.set("descr", text)
    named.set("name", title)


def _stroke(series: Any, one: Stroke) -> None:
    series.smooth = False
    inked = colour(one.line.colour)
    series.format.line.color.rgb = inked
    series.format.line.width = Pt(one.line.width)
    series.format.line.dash_style = DASHES[one.line.dash]
    series.marker.style = XL_MARKER_STYLE.CIRCLE if one.lone else XL_MARKER_STYLE.NONE
    if one.lone:
        series.marker.size = 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = inked
        series.marker.format.line.color.rgb = inked


def _legend(chart: Any, drawn: tuple[Stroke, ...]) -> None:
    """One entry for each line, not for each of its stretches."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    place = chart.legend._element.find(qn("c:legendPos"))  # noqa: SLF001
    gone = [number for number, one in enumerate(drawn) if not one.first]
    for number in reversed(gone):
        place.addnext(
            parse_xml(
                f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/>'
                '<c:delete val="1"/></c:legendEntry>'
            )
        )


def _axes(chart: Any, scale: strokes.Scale, number: str, *, skip: int) -> None:
    values, years = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = scale.low, scale.high
    values.major_unit = scale.step
    values.tick_labels.number_format = number if scale.step < 1 else "#,##0"
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = colour(template.GRID)
    values.format.line.fill.background()
    years.format.line.color.rgb = colour(template.RULE)
    years.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    years.has_major_gridlines = False
    last = years._element.find(qn("c:noMultiLvlLbl"))  # noqa: SLF001
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{skip}"/>'))


def _skip(count: int, width: float) -> int:
    """Every how many years one is written under the axis."""
    return max(1, -(-count // max(1, int(width / LABEL))))


def colour(text: str) -> Any:
    """A colour of the palette ("#12436D") as python-pptx has it."""
    return RGBColor.from_string(text.removeprefix("#"))
