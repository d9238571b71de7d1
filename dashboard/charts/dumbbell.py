"""
Two years of many regions as a chart: two dots a row, joined where they may be compared.

Pure: rows in, a figure out. It computes no value; what stands in a row is what `pairs` says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.charts import line_chart, style
from dashboard.charts.bars import axis_pixels, fitting_ticks, round_ticks
from dashboard.charts.line_chart import axis_range
from dashboard.charts.style import LETTER_WIDTH, annotation
from dashboard.codes import Order
from dashboard.data.observation import Observation
from dashboard.rules.years import YearPair, pair_reason, year_pairs
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Indicator

_ROW, _ROW_WITH_REASON = 26, 44  # pixels
_KEY_HEIGHT = 36
_DOT = 10  # pixels between the middle of a dot and its value
_PLOT, _NARROW_PLOT = 520, 165  # pixels of the axis, about


def dumbbell(
    rows: Iterable[Observation],
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
    `region` is the one in the lead colour, "" for none.
    """
    ordered = year_pairs(rows, names, indicator, years=years, order=order)
    centres = _centres(ordered)
    traces = [
        _joints([pair for pair in ordered if pair.comparable], centres),
        _dots(ordered, centres, indicator, look, region=region, later=False),
        _dots(ordered, centres, indicator, look, region=region, later=True),
    ]
    layout = _layout(ordered, centres, look, region=region)
    layout["xaxis"] |= _axis(ordered, indicator, look, layout)
    layout["annotations"] = [
        _key(years, look),
        *(_reason_label(pair, centres, look) for pair in ordered if not pair.comparable),
        *line_chart.example_mark(look),
    ]
    return {"data": traces, "layout": layout}


def _centres(ordered: Sequence[YearPair]) -> dict[str, float]:
    """The middle of each row in pixels from above, where the dots are."""
    centres, at = {}, 0.0
    for pair in ordered:
        centres[pair.region] = at + _ROW / 2
        at += _ROW if pair.comparable else _ROW_WITH_REASON
    return centres


def _joints(comparable: Sequence[YearPair], centres: Mapping[str, float]) -> dict[str, Any]:
    """The lines between the dots, with gaps between them."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "joined",
        "x": [x for pair in comparable for x in (pair.earlier.number, pair.later.number, None)],
        "y": [y for pair in comparable for y in (*2 * (centres[pair.region],), None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": style.RULE, "width": 2},
    }


def _dots(
    ordered: Sequence[YearPair],
    centres: Mapping[str, float],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
    later: bool,
) -> dict[str, Any]:
    """The dots of one year with their values on the outer side."""
    present = [pair for pair in ordered if _side(pair, later=later).present]
    observations = [_side(pair, later=later) for pair in present]
    numbers = [observation.number for observation in observations]
    colours = [style.LEAD if pair.region == region else style.MUTED for pair in present]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": format.period_name(observations[0].period, look.lang) if observations else "",
        "x": numbers,
        "y": [centres[pair.region] for pair in present],
        "text": [
            format.number(observation.number, indicator.decimals, look.lang)
            for observation in observations
        ],
        "textposition": [f"middle {_outside(pair, later=later)}" for pair in present],
        "textfont": {"size": 12, "color": colours},
        "customdata": [pair.name for pair in present],
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": colours if later else style.PAPER,
            "line": {"color": colours, "width": 2},
        },
        "hovertemplate": "%{customdata} %{fullData.name}: <b>%{text}</b><extra></extra>",
    }


def _side(pair: YearPair, *, later: bool) -> Observation:
    return pair.later if later else pair.earlier


def _outside(pair: YearPair, *, later: bool) -> str:
    """The side of a dot that is away from the other one."""
    if not (pair.earlier.present and pair.later.present):
        return "right"
    rises = pair.later.number >= pair.earlier.number
    return "right" if rises is later else "left"


def _layout(
    ordered: Sequence[YearPair], centres: Mapping[str, float], look: Look, *, region: str
) -> dict[str, Any]:
    names = [style.bold(pair.name, when=pair.region == region) for pair in ordered]
    height = sum(_ROW if pair.comparable else _ROW_WITH_REASON for pair in ordered) or _ROW
    layout = style.row_layout(look.lang, names, list(centres.values()), height)
    longest = max((len(pair.name) for pair in ordered), default=0)
    layout["height"] = _KEY_HEIGHT + height + style.AXIS_HEIGHT
    layout["margin"] = {
        "l": 12 + round(LETTER_WIDTH * longest),
        "r": 12,
        "t": _KEY_HEIGHT,
        "b": style.AXIS_HEIGHT,
    }
    return layout


def _axis(
    ordered: Sequence[YearPair], indicator: Indicator, look: Look, layout: dict[str, Any]
) -> dict[str, Any]:
    """The axis of values, with room for the longest value beside a dot at either end."""
    observations = (observation for pair in ordered for observation in (pair.earlier, pair.later))
    numbers = [observation.number for observation in observations if observation.present]
    low, high = axis_range(numbers)
    labels = (format.number(number, indicator.decimals, look.lang) for number in numbers)
    beside = _DOT + LETTER_WIDTH * max(map(len, labels), default=0)
    plot = _NARROW_PLOT if look.narrow else _PLOT
    room = (high - low) * beside / max(plot - 2 * beside, beside)
    start = min([low, *(number - room for number in numbers)])
    pixels = axis_pixels(layout, look, plot) * (high - low) / (high + room - start)
    count = fitting_ticks(low, high, look, pixels)
    return {"range": [start, high + room], "tickvals": round_ticks(low, high, count)}


def _key(years: tuple[str, str], look: Look) -> dict[str, Any]:
    """Which dot is which year, above the first row."""
    first, last = (format.period_name(year, look.lang) for year in years)
    text = term("pair_key", look.lang, first=first, last=last)
    placing = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return annotation(text, 0, 1, size=13, yshift=6, **placing)


def _reason_label(pair: YearPair, centres: Mapping[str, float], look: Look) -> dict[str, Any]:
    """Why a row has no line, under its dots; from the right edge in a narrow window."""
    x, side = (1, "right") if look.narrow else (0, "left")
    placing = {"xref": "paper", "yref": "y", "xanchor": side, "yanchor": "top"}
    return annotation(
        pair_reason(pair, look.lang), x, centres[pair.region], size=12, yshift=-6, **placing
    )
