"""
The report's own figures on today's charts, and the chart of one dot a year and area.

Pure: a figure in, a figure out. What may stand on a chart is decided by the data (`point`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import format, labels, template
from dashboard.figures import span
from dashboard.lines import Look
from dashboard.observation import Observation
from dashboard.text import term
from etl.catalogue import Indicator

ROW = 24  # pixels
NARROW_ROW = 42  # with the name over the dots
HEAD = 12
FOOT = 28
LETTER = 6.9  # pixels of a letter in the names, about
SYMBOL = "diamond-open"
KEY_ROOM = 26
HUNDRED = 100


@dataclass(frozen=True)
class Point:
    """A figure of the report: where it stands, in which colour, and as it was printed."""

    year: int
    value: float
    words: str
    colour: str


def with_points(figure: Mapping[str, Any], points: Sequence[Point], look: Look) -> dict[str, Any]:
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
    margin = layout["margin"]
    layout["margin"] = margin | {"b": margin["b"] + KEY_ROOM}
    layout["annotations"] = [*layout["annotations"], _key(look)]
    return {"data": [*figure["data"], _diamonds(points, look)], "layout": layout}


def strips(
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
    step, drop = (NARROW_ROW, NARROW_ROW - ROW / 2) if look.narrow else (ROW, ROW / 2)
    places = {code: number * step + drop for number, code in enumerate(names)}
    older = [(code, one) for code in names for one in series.get(code, ())[:-1]]
    newest = [(code, series[code][-1]) for code in names if series.get(code)]
    traces = [
        _dots(older, places, names, indicator=indicator, look=look, filled=False),
        _dots(newest, places, names, indicator=indicator, look=look, filled=True),
    ]
    layout = _rows(places, names, look, tall=step * max(1, len(names)))
    low, high = span([one.number for _, one in [*older, *newest]])
    layout["xaxis"] |= {"range": [low, high], "nticks": 6, "showgrid": True}
    layout["xaxis"] |= {"gridcolor": template.GRID, "showline": False}
    layout["shapes"] = _hundred(low, high)
    values = {
        code: format.number(one.number, indicator.decimals, look.lang) for code, one in newest
    }
    layout["annotations"] = [
        *(_beside(places[code], values.get(code, "–")) for code in names),
        *([_above(places[code], name) for code, name in names.items()] if look.narrow else []),
        *labels.example(look),
    ]
    return {"data": traces, "layout": layout}


def _rows(
    places: Mapping[str, float], names: Mapping[str, str], look: Look, *, tall: float
) -> dict[str, Any]:
    """A layout of rows with their names beside them, or over them in a narrow window."""
    layout = template.layout(look.lang)
    longest = 0 if look.narrow else max(map(len, names.values()), default=0)
    layout["height"] = HEAD + tall + FOOT
    layout["margin"] = {"l": 12 + round(LETTER * longest), "r": 56, "t": HEAD, "b": FOOT}
    layout["yaxis"] |= {
        "range": [tall, 0],
        "tickvals": list(places.values()),
        "ticktext": list(names.values()),
        "showticklabels": not look.narrow,
        "showgrid": False,
    }
    return layout


def _diamonds(points: Sequence[Point], look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": term("page_report", look.lang),
        "x": [point.year for point in points],
        "y": [point.value for point in points],
        "text": [point.words for point in points],
        "cliponaxis": False,
        "marker": {
            "symbol": SYMBOL,
            "size": 13,
            "color": [template.ink(point.colour) for point in points],
            "line": {"width": 2},
        },
        "hovertemplate": "%{fullData.name}, %{x:d}: <b>%{text}</b><extra></extra>",
    }


def _key(look: Look) -> dict[str, Any]:
    return {
        "x": 0,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -28,
        "showarrow": False,
        "text": f"◇ {term('page_report', look.lang)}",
        "font": {"size": 13, "color": template.QUIET},
    }


def _dots(
    ones: Sequence[tuple[str, Observation]],
    places: Mapping[str, float],
    names: Mapping[str, str],
    *,
    indicator: Indicator,
    look: Look,
    filled: bool,
) -> dict[str, Any]:
    numbers = [format.number(one.number, indicator.decimals, look.lang) for _, one in ones]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "newest" if filled else "older",
        "x": [one.number for _, one in ones],
        "y": [places[code] for code, _ in ones],
        "text": numbers,
        "customdata": [f"{names[code]} {one.period}" for code, one in ones],
        "cliponaxis": False,
        "marker": {
            "size": 9 if filled else 7,
            "color": template.LEAD if filled else "#FFFFFF",
            "line": {"color": template.LEAD if filled else template.RULE, "width": 1.5},
        },
        "hovertemplate": "%{customdata}: <b>%{text}</b><extra></extra>",
    }


def _hundred(low: float, high: float) -> list[dict[str, Any]]:
    if not low < HUNDRED < high:
        return []
    place = {"yref": "paper", "y0": 0, "y1": 1, "x0": HUNDRED, "x1": HUNDRED}
    style = {"color": template.RULE, "width": 1, "dash": "dash"}
    return [{"type": "line", "xref": "x", **place, "layer": "below", "line": style}]


def _beside(place: float, text: str) -> dict[str, Any]:
    """The newest value at the end of a row."""
    return {
        "x": 1,
        "y": place,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "xshift": 8,
        "showarrow": False,
        "text": text,
        "font": {"size": 12, "color": template.LEAD},
    }


def _above(place: float, name: str) -> dict[str, Any]:
    """The name of a row over its dots."""
    return {
        "x": 0,
        "y": place,
        "xref": "paper",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 7,
        "showarrow": False,
        "text": name,
        "font": {"size": 12, "color": template.QUIET},
    }
