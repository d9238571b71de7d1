"""
The forms that only the report of 2010 has: its figures as diamonds, and strips of dots.

Pure: figures and names come from the caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import line_chart, style
from dashboard.charts.line_chart import axis_range
from dashboard.charts.style import AXIS_HEIGHT, annotation
from dashboard.data.observation import Observation
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Indicator

_ROW_HEIGHT = 24  # pixels
_NARROW_ROW_HEIGHT = 42  # with the name over the dots
_TOP_MARGIN = 12
_LETTER_WIDTH = 6.9  # pixels of a letter in the names, about
_KEY_HEIGHT = 26
_EVEN_BALANCE = 100


@dataclass(frozen=True)
class PrintedPoint:
    """A figure of the report: where it stands, in which colour, and as it was printed."""

    year: int
    value: float
    words: str
    colour: str


def with_printed_points(
    figure: Mapping[str, Any], points: Sequence[PrintedPoint], look: Look
) -> dict[str, Any]:
    """The chart with open diamonds for the report's figures, and a key under it."""
    if not points:
        return dict(figure)
    layout = dict(figure["layout"])
    low, high = layout["yaxis"]["range"]
    room = 0.05 * (high - low)
    values = [point.value for point in points]
    layout["yaxis"] = layout["yaxis"] | {
        "range": [min([low, *(value - room for value in values)]), max([high, *values])]
    }
    margins = layout["margin"]
    layout["margin"] = margins | {"b": margins["b"] + _KEY_HEIGHT}
    layout["annotations"] = [*layout["annotations"], _key(look)]
    return {"data": [*figure["data"], _diamonds(points, look)], "layout": layout}


def strip_chart(
    series: Mapping[str, Sequence[Observation]],
    names: Mapping[str, str],
    indicator: Indicator,
    look: Look,
) -> dict[str, Any]:
    """
    One row for each area, a dot for each year; the newest filled and valued, 100 a line.

    `series` holds the present observations of one unbroken stretch by area; an area without
    any keeps its row, empty, with a dash. `layout.height` grows with the rows.
    """
    step, drop = (
        (_NARROW_ROW_HEIGHT, _NARROW_ROW_HEIGHT - _ROW_HEIGHT / 2)
        if look.narrow
        else (_ROW_HEIGHT, _ROW_HEIGHT / 2)
    )
    heights = {code: number * step + drop for number, code in enumerate(names)}
    older = [(code, seen) for code in names for seen in series.get(code, ())[:-1]]
    newest = [(code, series[code][-1]) for code in names if series.get(code)]
    traces = [
        _dots(older, heights, names, indicator=indicator, look=look, filled=False),
        _dots(newest, heights, names, indicator=indicator, look=look, filled=True),
    ]
    layout = _row_layout(heights, names, look, height=step * max(1, len(names)))
    low, high = axis_range([seen.number for _, seen in [*older, *newest]])
    layout["xaxis"] |= {"range": [low, high], "nticks": 6, "showgrid": True}
    layout["xaxis"] |= {"gridcolor": style.GRID, "showline": False}
    layout["shapes"] = _even_line(low, high)
    values = {
        code: format.number(seen.number, indicator.decimals, look.lang) for code, seen in newest
    }
    missing = term("no_figure", look.lang)
    layout["annotations"] = [
        *(_newest_value(heights[code], values.get(code, missing)) for code in names),
        *([_row_name(heights[code], name) for code, name in names.items()] if look.narrow else []),
        *line_chart.example_mark(look),
    ]
    return {"data": traces, "layout": layout}


def _row_layout(
    heights: Mapping[str, float], names: Mapping[str, str], look: Look, *, height: float
) -> dict[str, Any]:
    """A layout of rows with their names beside them, or over them in a narrow window."""
    layout = style.chart_layout(look.lang)
    longest = 0 if look.narrow else max(map(len, names.values()), default=0)
    layout["height"] = _TOP_MARGIN + height + AXIS_HEIGHT
    layout["margin"] = {
        "l": 12 + round(_LETTER_WIDTH * longest),
        "r": 56,
        "t": _TOP_MARGIN,
        "b": AXIS_HEIGHT,
    }
    layout["yaxis"] |= {
        "range": [height, 0],
        "tickvals": list(heights.values()),
        "ticktext": list(names.values()),
        "showticklabels": not look.narrow,
        "showgrid": False,
    }
    return layout


def _diamonds(points: Sequence[PrintedPoint], look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": term("page_report", look.lang),
        "x": [point.year for point in points],
        "y": [point.value for point in points],
        "text": [point.words for point in points],
        "cliponaxis": False,
        "marker": {
            "symbol": "diamond-open",
            "size": 13,
            "color": [style.ink(point.colour) for point in points],
            "line": {"width": 2},
        },
        "hovertemplate": "%{fullData.name}, %{x:d}: <b>%{text}</b><extra></extra>",
    }


def _key(look: Look) -> dict[str, Any]:
    """What a diamond is, under the chart."""
    placing = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    text = f"◇ {term('page_report', look.lang)}"
    return annotation(text, 0, 0, size=13, yshift=-28, **placing)


def _dots(
    dots: Sequence[tuple[str, Observation]],
    heights: Mapping[str, float],
    names: Mapping[str, str],
    *,
    indicator: Indicator,
    look: Look,
    filled: bool,
) -> dict[str, Any]:
    numbers = [format.number(seen.number, indicator.decimals, look.lang) for _, seen in dots]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "newest" if filled else "older",
        "x": [seen.number for _, seen in dots],
        "y": [heights[code] for code, _ in dots],
        "text": numbers,
        "customdata": [f"{names[code]} {seen.period}" for code, seen in dots],
        "cliponaxis": False,
        "marker": {
            "size": 9 if filled else 7,
            "color": style.LEAD if filled else style.PAPER,
            "line": {"color": style.LEAD if filled else style.RULE, "width": 1.5},
        },
        "hovertemplate": "%{customdata}: <b>%{text}</b><extra></extra>",
    }


def _even_line(low: float, high: float) -> list[dict[str, Any]]:
    """A dashed line at 100 where it lies inside the axis."""
    if not low < _EVEN_BALANCE < high:
        return []
    ends = {"yref": "paper", "y0": 0, "y1": 1, "x0": _EVEN_BALANCE, "x1": _EVEN_BALANCE}
    look = {"color": style.RULE, "width": 1, "dash": "dash"}
    return [{"type": "line", "xref": "x", **ends, "layer": "below", "line": look}]


def _newest_value(height: float, text: str) -> dict[str, Any]:
    """The newest value at the end of a row."""
    placing = {"xref": "paper", "yref": "y", "xanchor": "left"}
    return annotation(text, 1, height, size=12, colour=style.LEAD, xshift=8, **placing)


def _row_name(height: float, name: str) -> dict[str, Any]:
    """The name of a row over its dots."""
    placing = {"xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "bottom"}
    return annotation(name, 0, height, size=12, yshift=7, **placing)
