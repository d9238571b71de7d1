"""
Two years of many regions as a chart: two dots a row, joined where they may be compared.

Pure: rows in, a figure out. It computes no value; what stands in a row is what `pairs` says.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts import line_chart, style
from dashboard.charts.bars import axis_pixels, fitting_ticks, round_ticks
from dashboard.charts.line_chart import axis_range
from dashboard.charts.style import LETTER_WIDTH, annotation
from dashboard.codes import Order
from dashboard.data.observation import Observation
from dashboard.rules.two_years import Pair, pairs, reason
from dashboard.state.visit import Look
from dashboard.text import format, term
from etl.catalogue import Indicator

ROW, ROW_WITH_REASON = 26, 44  # pixels
KEY_HEIGHT = 36
DOT = 10  # pixels between the middle of a dot and its value
PLOT, NARROW_PLOT = 520, 165  # pixels of the axis, about


def dumbbell(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
    years: tuple[str, str],
    order: Order = "namn",
) -> dict[str, Any]:
    """
    One row for each region of `names`: an open dot of the earlier year, a filled of the later.

    A line joins them only where they may be compared; the regions without one come after, each
    with the reason. `layout.height` grows with the rows. Arguments and errors as of `pairs`;
    `own` is the region in the lead colour, "" for none.
    """
    listed = pairs(rows, names, indicator, years=years, order=order)
    places = _places(listed)
    traces = [
        _joints([pair for pair in listed if pair.comparable], places),
        _dots(listed, places, indicator, look, own=region, later=False),
        _dots(listed, places, indicator, look, own=region, later=True),
    ]
    layout = _layout(listed, places, look, own=region)
    layout["xaxis"] |= _axis(listed, indicator, look, layout)
    layout["annotations"] = [
        _key(years, look),
        *(_reason_label(pair, places, look) for pair in listed if not pair.comparable),
        *line_chart.example_mark(look),
    ]
    return {"data": traces, "layout": layout}


def _places(listed: Sequence[Pair]) -> dict[str, float]:
    """The middle of each row in pixels from above, where the dots are."""
    places, at = {}, 0.0
    for pair in listed:
        places[pair.region] = at + ROW / 2
        at += ROW if pair.comparable else ROW_WITH_REASON
    return places


def _numbers(listed: Sequence[Pair]) -> list[float]:
    both = (one for pair in listed for one in (pair.earlier, pair.later))
    return [one.number for one in both if one.present]


def _joints(joined: Sequence[Pair], places: Mapping[str, float]) -> dict[str, Any]:
    """The lines between the dots, parted by gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for pair in joined:
        x += [pair.earlier.number, pair.later.number, None]
        y += [places[pair.region], places[pair.region], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "joined",
        "x": x,
        "y": y,
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": style.RULE, "width": 2},
    }


def _dots(
    listed: Sequence[Pair],
    places: Mapping[str, float],
    indicator: Indicator,
    look: Look,
    *,
    own: str,
    later: bool,
) -> dict[str, Any]:
    """The dots of one year with their values on the outer side."""
    shown = [pair for pair in listed if _side(pair, later=later).present]
    ones = [_side(pair, later=later) for pair in shown]
    colours = [style.LEAD if pair.region == own else style.QUIET for pair in shown]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": ones[0].period if ones else "",
        "x": [one.number for one in ones],
        "y": [places[pair.region] for pair in shown],
        "text": [format.number(one.number, indicator.decimals, look.lang) for one in ones],
        "textposition": [f"middle {_outside(pair, later=later)}" for pair in shown],
        "textfont": {"size": 12, "color": colours},
        "customdata": [pair.name for pair in shown],
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": colours if later else style.PAPER,
            "line": {"color": colours, "width": 2},
        },
        "hovertemplate": "%{customdata} %{fullData.name}: <b>%{text}</b><extra></extra>",
    }


def _side(pair: Pair, *, later: bool) -> Observation:
    return pair.later if later else pair.earlier


def _outside(pair: Pair, *, later: bool) -> str:
    """The side of a dot that is away from the other one."""
    if not (pair.earlier.present and pair.later.present):
        return "right"
    rises = pair.later.number >= pair.earlier.number
    return "right" if rises is later else "left"


def _layout(
    listed: Sequence[Pair], centres: Mapping[str, float], look: Look, *, own: str
) -> dict[str, Any]:
    names = [style.bold(pair.name, when=pair.region == own) for pair in listed]
    height = sum(ROW if pair.comparable else ROW_WITH_REASON for pair in listed) or ROW
    layout = style.row_layout(look.lang, names, list(centres.values()), height)
    longest = max((len(pair.name) for pair in listed), default=0)
    layout["height"] = KEY_HEIGHT + height + style.AXIS_HEIGHT
    layout["margin"] = {
        "l": 12 + round(LETTER_WIDTH * longest),
        "r": 12,
        "t": KEY_HEIGHT,
        "b": style.AXIS_HEIGHT,
    }
    return layout


def _axis(
    listed: Sequence[Pair], indicator: Indicator, look: Look, layout: dict[str, Any]
) -> dict[str, Any]:
    """The axis of values, with room for the longest value beside a dot at either end."""
    numbers = _numbers(listed)
    low, high = axis_range(numbers)
    words = (format.number(one, indicator.decimals, look.lang) for one in numbers)
    beside = DOT + LETTER_WIDTH * max(map(len, words), default=0)
    plot = NARROW_PLOT if look.narrow else PLOT
    room = (high - low) * beside / max(plot - 2 * beside, beside)
    first = min([low, *(one - room for one in numbers)])
    wide = axis_pixels(layout, look, plot) * (high - low) / (high + room - first)
    most = fitting_ticks(low, high, look, wide)
    return {"range": [first, high + room], "tickvals": round_ticks(low, high, most)}


def _key(years: tuple[str, str], look: Look) -> dict[str, Any]:
    """Which dot is which year, above the first row."""
    text = term("pair_key", look.lang, first=years[0], last=years[1])
    placing = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return annotation(text, 0, 1, size=13, yshift=6, **placing)


def _reason_label(pair: Pair, centres: Mapping[str, float], look: Look) -> dict[str, Any]:
    """Why a row has no line, under its dots; from the right edge in a narrow window."""
    x, side = (1, "right") if look.narrow else (0, "left")
    placing = {"xref": "paper", "yref": "y", "xanchor": side, "yanchor": "top"}
    return annotation(
        reason(pair, look.lang), x, centres[pair.region], size=12, yshift=-6, **placing
    )
