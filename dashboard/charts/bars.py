"""
Many regions of one level as bars or dots, a row each: values, symbols and lines of reference.

Pure: rows in, a figure out. It computes no value and decides no order; what has nothing to draw
has its row and its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Any

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.line_chart import axis_range
from dashboard.data.observation import Observation
from dashboard.state.visit import Look
from dashboard.text import format
from etl.catalogue import Indicator

SOFT = "#9DA7B3"
REFERENCE_ROW = 18  # pixels
LOWEST = 15


@dataclass(frozen=True)
class Bar:
    """
    A region's row; `value` is None where nothing may be drawn.

    `words` stand beside the bar or in its place, `hover` under the pointer.
    """

    region: str
    name: str
    value: float | None
    words: str
    hover: str = ""


@dataclass(frozen=True)
class Reference:
    """A line across all rows: the value of a region of another level."""

    name: str
    value: float
    words: str
    colour: str = chart_style.QUIET
    dash: str = "dot"


@dataclass(frozen=True)
class Shape:
    """`bars` or dots; `base` is where a bar or the stem of a dot begins, None for no stem."""

    solid: bool
    base: float | None


def _colours(drawn: Sequence[tuple[Bar, float]], own: str) -> list[str]:
    return [chart_style.LEAD if bar.region == own else SOFT for bar, _ in drawn]


def solid(drawn: Sequence[tuple[Bar, float]], tall: int, own: str) -> list[dict[str, Any]]:
    """Bars from zero, each at its place."""
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": "values",
            "x": [bar.value for bar, _ in drawn],
            "y": [y for _, y in drawn],
            "width": min(13, tall - 5),
            "marker": {"color": _colours(drawn, own)},
            "hovertext": [bar.hover for bar, _ in drawn],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def dotted(
    drawn: Sequence[tuple[Bar, float]], base: float | None, own: str
) -> list[dict[str, Any]]:
    """Dots, and from the base, where there is one, a stem to each."""
    x: list[float | None] = []
    y: list[float | None] = []
    for bar, at in drawn if base is not None else ():
        x += [base, bar.value, None]
        y += [at, at, None]
    stems = {
        "type": "scatter",
        "mode": "lines",
        "name": "stems",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": SOFT, "width": 2},
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": "values",
        "x": [bar.value for bar, _ in drawn],
        "y": [at for _, at in drawn],
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "color": [
                chart_style.LEAD if bar.region == own else chart_style.RULE for bar, _ in drawn
            ],
        },
        "hovertext": [bar.hover for bar, _ in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [stems, dots] if x else [dots]


def words(
    listed: Sequence[Bar], places: Sequence[float], end: float, *, own: str, tall: int
) -> dict[str, Any]:
    """What stands for each row, in a column at the end of the axis, clear of every line."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": "words",
        "x": [end] * len(listed),
        "y": list(places),
        "text": [f"<b>{bar.words}</b>" if bar.region == own else bar.words for bar in listed],
        "textposition": "middle left",
        "textfont": {
            "size": 12 if tall > LOWEST else 11,
            "color": [
                chart_style.LEAD if bar.region == own else chart_style.QUIET for bar in listed
            ],
        },
        "cliponaxis": False,
        "hovertext": [bar.hover for bar in listed],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def reference_line(one: Reference) -> dict[str, Any]:
    """A line of reference across all rows."""
    place = {"yref": "paper", "x0": one.value, "x1": one.value, "y0": 0, "y1": 1}
    style = {"color": one.colour, "width": 1.75, "dash": one.dash}
    return {"type": "line", **place, "name": "reference", "line": style}


def headings(
    references: Sequence[Reference], scale: tuple[float, float], plot: tuple[int, int]
) -> list[dict[str, Any]]:
    """
    Name and value above each line, a row each, on the side where there is more room.

    `plot`: pixels left of the axis, and of the axis itself, about.
    """
    (low, high), (beside, wide) = scale, plot
    return [
        {
            "x": one.value,
            "y": 1,
            "yref": "paper",
            "xanchor": "right"
            if beside + 2 * wide * (one.value - low) / (high - low) > wide
            else "left",
            "yanchor": "bottom",
            "yshift": 2 + REFERENCE_ROW * place,
            "showarrow": False,
            "text": f"{one.name} {one.words}",
            "font": {"size": 12, "color": chart_style.ink(one.colour)},
        }
        for place, one in enumerate(references)
    ]


def names(
    listed: Sequence[Bar], places: Sequence[float], own: str, tall: int
) -> list[dict[str, Any]]:
    """Names above their bars, from the left edge; the lines of reference pass behind them."""
    return [
        {
            "x": 0,
            "y": y - tall / 2,
            "xref": "paper",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "text": f"<b>{bar.name}</b>" if bar.region == own else bar.name,
            "font": {"size": 13, "color": chart_style.QUIET},
            "bgcolor": chart_style.PAPER,
            "borderpad": 0,
        }
        for bar, y in zip(listed, places, strict=True)
    ]


FEW, MANY = 40, 100  # rows
LETTER = 7.2  # pixels of a letter in the names, about
LONGEST_BESIDE = 14  # letters that fit beside a bar in a narrow window
FOOT = 28
PLOT, NARROW_PLOT = 560, 190  # pixels of a plot beside its names, about
NARROWEST = 288  # pixels of a chart in a window of 320
LEAST = 40  # pixels of an axis beside the longest names
BETWEEN = 6  # pixels between two numbers of an axis
HAIR = 1e-9


def shape(indicator: Indicator, values: Sequence[float]) -> Shape:
    """
    How values are drawn: bars from zero; dots where some are negative, and of what is no amount.

    A ratio is drawn from 100; any other index, and a class, has no beginning.
    """
    if _against_hundred(indicator):
        return Shape(solid=False, base=100.0)
    if indicator.measure in {"index", "class"}:
        return Shape(solid=False, base=None)
    return Shape(solid=all(value >= 0 for value in values), base=0.0)


def bars(
    listed: Sequence[Bar],
    look: Look,
    *,
    own: str,
    form: Shape,
    references: Sequence[Reference] = (),
) -> dict[str, Any]:
    """
    One row for each of `listed`, in its order; `layout.height` grows with the rows.

    Args:
        listed: the rows; those without a value are meant to stand last.
        look: the reader's language and window; invented data are marked in the image.
        own: the region in the lead colour, "" for none.
        form: bars or dots, and from where (see `shape`).
        references: lines across all rows, their words above.

    """
    tall = _row(listed, look)
    lower = tall / 4 if _is_above(listed, look) else 0
    places = [tall * (place + 0.5) + lower for place in range(len(listed))]
    drawn = [(bar, y) for bar, y in zip(listed, places, strict=True) if bar.value is not None]
    low, last = extent(listed, references, form)
    high = last + (last - low) * _room(listed, look)
    traces = solid(drawn, tall, own) if form.solid else dotted(drawn, form.base, own)
    layout = _layout(listed, places, look, own=own, tall=tall)
    layout["margin"]["t"] = 10 + REFERENCE_ROW * len(references)
    layout["height"] = layout["margin"]["t"] + tall * max(len(listed), 1) + FOOT
    wide = left(layout, look, _plot(layout, look)[1]) * (last - low) / (high - low)
    layout["xaxis"] |= {
        "range": [low, high],
        "tickvals": ticks(low, last, fitting(low, last, look, wide)),
    }
    layout["shapes"] = [*_base(form, low, high), *(reference_line(one) for one in references)]
    layout["annotations"] = [
        *headings(references, (low, high), _plot(layout, look)),
        *(names(listed, places, own, tall) if _is_above(listed, look) else ()),
        *line_chart.example_mark(look),
    ]
    beside = words(listed, places, high, own=own, tall=tall)
    return {"data": [*traces, beside], "layout": layout}


def extent(
    listed: Sequence[Bar], references: Sequence[Reference], form: Shape
) -> tuple[float, float]:
    """The first and the last value that the axis must hold, never one and the same."""
    numbers = [bar.value for bar in listed if bar.value is not None]
    numbers += [one.value for one in references]
    if form.base is not None:
        numbers.append(form.base)
    low, high = (min(numbers), max(numbers)) if form.solid and numbers else axis_range(numbers)
    return low, high if high > low else low + 1.0


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, at most so many."""
    steps = [base * 10.0**power for power in range(-6, 12) for base in (1, 2, 5)]
    coarse = next(place for place, one in enumerate(steps) if (high - low) / one < most)
    found = (_multiples(low, high, step) for step in reversed(steps[: coarse + 1]))
    return next((marks for marks in found if marks), [])[:most]


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = ceil(low / step - HAIR)
    return [round(step * place, 6) for place in range(first, floor(high / step + HAIR) + 1)]


def fitting(low: float, high: float, look: Look, wide: float) -> int:
    """How many round numbers stand clear of each other; low and high are `wide` pixels apart."""
    most = 4 if look.narrow else 7
    scale = wide / (high - low)
    return next((one for one in range(most, 1, -1) if _clear(ticks(low, high, one), scale)), 1)


def left(layout: dict[str, Any], look: Look, about: int) -> int:
    """The pixels that names leave to an axis of `about` so many, in the narrowest window."""
    margin = layout["margin"]
    return max(LEAST, min(about, NARROWEST - margin["l"] - margin["r"])) if look.narrow else about


def _clear(marks: Sequence[float], scale: float) -> bool:
    """Whether numbers upright at their marks, each so many pixels a unit away, stand apart."""
    letters = [len(f"{one:,.6f}".rstrip("0").rstrip(".")) for one in marks]
    return all(
        (later - earlier) * scale >= LETTER * sum(both) / 2 + BETWEEN
        for (earlier, later), both in zip(pairwise(marks), pairwise(letters), strict=True)
    )


def _plot(layout: dict[str, Any], look: Look) -> tuple[int, int]:
    """About how many pixels lie left of the axis, and how many it is wide."""
    return layout["margin"]["l"], NARROW_PLOT if look.narrow else PLOT


def _room(listed: Sequence[Bar], look: Look) -> float:
    """What the column of words needs, as a part of the axis that holds the values."""
    letters = max((len(bar.words) for bar in listed), default=0)
    part = min(0.6, LETTER * (letters + 2) / (NARROW_PLOT if look.narrow else PLOT))
    return part / (1 - part)


def words_of(one: Observation, indicator: Indicator, look: Look) -> str:
    """A number with its unit, and its symbol; the symbol alone; or "" for neither."""
    text = format.measured(one.value, one.status, indicator, look.lang)
    symbol = format.symbol(one.status)
    return f"{text} {symbol}" if one.present and symbol else text


def _against_hundred(indicator: Indicator) -> bool:
    phrases = [indicator.phrase, *(segment.phrase for segment in indicator.segments)]
    return indicator.measure == "ratio" or any(one and one.against for one in phrases)


def _row(listed: Sequence[Bar], look: Look) -> int:
    """The height of a row in pixels: the more rows, the lower."""
    if _is_above(listed, look):
        return 36
    return 21 if len(listed) <= FEW else 18 if len(listed) <= MANY else LOWEST


def _is_above(listed: Sequence[Bar], look: Look) -> bool:
    """Whether names stand above their bars, for there is no room beside them."""
    return look.narrow and max((len(bar.name) for bar in listed), default=0) > LONGEST_BESIDE


def _layout(
    listed: Sequence[Bar], places: Sequence[float], look: Look, *, own: str, tall: int
) -> dict[str, Any]:
    layout = chart_style.chart_layout(look.lang)
    above = _is_above(listed, look)
    longest = 0 if above else max((len(bar.name) for bar in listed), default=0)
    layout["margin"] = {"l": 16 + round(LETTER * longest), "r": 12, "b": FOOT}
    layout["xaxis"] |= {"tickformat": ",", "tickangle": 0}
    layout["xaxis"] |= {"showgrid": True, "gridcolor": chart_style.GRID, "showline": False}
    layout["yaxis"] |= {
        "range": [tall * max(len(listed), 1), 0],
        "tickvals": [] if above else list(places),
        "ticktext": [f"<b>{bar.name}</b>" if bar.region == own else bar.name for bar in listed],
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
        "tickfont": {"size": 13 if tall > 18 else 11},
        "showgrid": False,
    }
    return layout


def _base(form: Shape, low: float, high: float) -> list[dict[str, Any]]:
    """The line from which bars and stems begin."""
    if form.base is None or not low <= form.base <= high:
        return []
    style = {"color": chart_style.RULE, "width": 1}
    place = {"yref": "paper", "x0": form.base, "x1": form.base, "y0": 0, "y1": 1}
    return [{"type": "line", **place, "name": "base", "line": style}]
