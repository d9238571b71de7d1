"""
Charts as plain plotly dictionaries.

Pure: a frame in, a figure out. A missing value is a gap with its symbol; a line stops at
a break and starts again after it. It never asks the warehouse and never computes a value.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard import backdrop, format, labels, pieces, template
from dashboard.backdrop import Backdrop
from dashboard.goals import Goal, rules, words
from dashboard.lines import Line, Look, breaks_of
from etl.catalogue import Break, Indicator, Lang

WIDE_MARGIN = 184
LEFT = 48


def over_time(
    series: pd.DataFrame,
    lines: Sequence[Line],
    indicator: Indicator,
    look: Look,
    *,
    goals: Sequence[Goal] = (),
    behind: Backdrop | None = None,
) -> dict[str, Any]:
    """
    Lines over time, one trace per unbroken stretch.

    Args:
        series: region, sex, background, period, value (the indicator's unit), status,
            segment; oldest first. Missing values are rows with NaN.
        lines: what to draw, the leading one first; at most five are meant.
        indicator: gives unit, decimals and breaks.
        look: the reader's language and window; invented data are marked in the image.
        goals: targets that may be drawn on these lines (see `goals.goals`).
        behind: the other regions of the level, which are no traces but a picture.

    """
    every = pieces.step(series["period"])
    low, high = span(held(series, goals, behind))
    traces, ends = backdrop.points(behind) if behind else [], []
    for place, line in enumerate(lines):
        rows = line.rows(series)
        marks = breaks_of(line, indicator)
        joined = pieces.stretches(rows, marks, every)
        traces += [stretch(piece, line, indicator, look.lang) for piece in joined]
        traces += _missing(rows, line, place, look.lang)
        if joined:
            ends.append((line, joined[-1].iloc[-1]))
    drawn = _drawn_marks(series, lines, indicator)
    layout = template.layout(look.lang)
    layout["margin"] = {
        "l": labels.room_left((low, high), look, LEFT),
        "r": 12 if look.narrow else WIDE_MARGIN,
        "t": labels.room_above(drawn, look),
        "b": 32,
    }
    layout["xaxis"] |= _years(series["period"], narrow=look.narrow)
    layout["yaxis"] |= {"range": [low, high], "tickformat": ",", "nticks": 7}
    layout["yaxis"] |= {"zeroline": low < 0 < high, "zerolinecolor": template.RULE}
    layout["yaxis2"] = {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}
    layout["shapes"] = [
        *(rule(mark) for mark in drawn),
        *_hundred(indicator, low, high),
        *rules(goals),
    ]
    layout["images"] = backdrop.images(behind) if behind else []
    layout["annotations"] = [
        *labels.rule_texts(drawn, look, _early(series)),
        *labels.caution_years(drawn, look),
        *labels.end_labels(ends, (low, high), indicator, look),
        *words(goals, _newest(series)["value"], 0.15 * (high - low), look),
        *labels.example(look),
    ]
    return {"data": traces, "layout": layout}


def span(values: Iterable[float]) -> tuple[float, float]:
    """
    First and last value of the axis, with room above and below.

    From zero when the lowest value is small beside the highest; zero stays inside when
    values lie on both sides of it.
    """
    known = [value for value in values if format.has_number(value)]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    room = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    if low >= 0 and low <= 0.3 * high:
        return 0.0, high + room
    return low - room, high + room


def held(series: pd.DataFrame, goals: Iterable[Goal], behind: Backdrop | None) -> list[float]:
    """All that the axis of values must hold."""
    return [
        *series["value"],
        *(goal.value for goal in goals),
        *((behind.low, behind.high) if behind else ()),
    ]


def starts_at_zero(values: Iterable[float]) -> bool:
    """Whether the axis shows zero, so that the text beside the chart can say so."""
    low, high = span(values)
    return low <= 0 <= high


def _early(series: pd.DataFrame) -> str:
    """The period before which there is more room to the right for words; "" without years."""
    if series.empty:
        return ""
    first, last = (int(end[:4]) for end in (series["period"].min(), series["period"].max()))
    return str((first + last) // 2 + 1)


def _newest(series: pd.DataFrame) -> pd.DataFrame:
    """The newest third of the years, which the words at the end of a line may stand over."""
    periods = sorted(series["period"].unique())
    return series[series["period"].isin(periods[-(-2 * len(periods) // 3) :])]


def _drawn_marks(
    series: pd.DataFrame, lines: Sequence[Line], indicator: Indicator
) -> tuple[Break, ...]:
    """Marks that concern a drawn line and lie inside the years shown, oldest first."""
    first, last = series["period"].min(), series["period"].max()
    found = (
        {
            mark: None
            for line in lines
            for mark in breaks_of(line, indicator)
            if first < mark.period <= last
        }
        if len(series)
        else {}
    )
    return tuple(sorted(found, key=lambda mark: mark.period))


def stretch(piece: pd.DataFrame, line: Line, indicator: Indicator, lang: Lang) -> dict[str, Any]:
    """One unbroken line; a lone year is a point, for a line of one point is invisible."""
    texts = [
        format.measured(value, status, indicator, lang)
        + (f" ({format.symbol(status)})" if format.symbol(status) else "")
        for value, status in zip(piece["value"], piece["status"], strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines" if len(piece) > 1 else "markers",
        "name": line.name,
        "x": pieces.years(piece["period"]).tolist(),
        "y": piece["value"].tolist(),
        "text": texts,
        "connectgaps": False,
        "line": {"color": line.colour, "width": line.width, "dash": line.dash, "shape": "linear"},
        "marker": {"color": line.colour, "size": 7},
        "hovertemplate": "%{fullData.name} %{x:d}: <b>%{text}</b><extra></extra>",
    }


def _missing(rows: pd.DataFrame, line: Line, place: int, lang: Lang) -> list[dict[str, Any]]:
    """The symbols of missing years along the foot of the chart, on a scale of their own."""
    gone = rows[rows["value"].isna() & rows["status"].notna()]
    if gone.empty:
        return []
    symbols = [format.symbol(status) for status in gone["status"]]
    return [
        {
            "type": "scatter",
            "mode": "text",
            "name": line.name,
            "yaxis": "y2",
            "x": pieces.years(gone["period"]).tolist(),
            "y": [0.03 + 0.045 * place] * len(gone),
            "text": symbols,
            "customdata": [format.meaning(one, lang) for one in symbols],
            "textfont": {"color": template.ink(line.colour), "size": 14},
            "hovertemplate": "%{fullData.name} %{x:d}: %{text} (%{customdata})<extra></extra>",
        }
    ]


def _years(periods: pd.Series, *, narrow: bool) -> dict[str, Any]:
    """Axis of years: whole ones, few enough to be read."""
    if periods.empty:
        return {"tickformat": "d"}
    first, last = int(periods.min()[:4]), int(periods.max()[:4])
    every = max(1, -(-(last - first) // (4 if narrow else 9)))
    return {
        "tickformat": "d",
        "range": [first - 0.5, last + 0.5],
        "tickvals": list(range(last, first - 1, -every))[::-1],
    }


def _hundred(indicator: Indicator, low: float, high: float) -> list[dict[str, Any]]:
    """The line at 100 of an index or ratio, where the axis reaches it."""
    if indicator.measure not in {"index", "ratio"} or not low < 100 < high:
        return []
    place = {"xref": "paper", "x0": 0, "x1": 1, "y0": 100, "y1": 100}
    style = {"color": template.RULE, "width": 1, "dash": "dash"}
    return [{"type": "line", **place, "name": "hundred", "layer": "below", "line": style}]


def rule(mark: Break) -> dict[str, Any]:
    """A vertical rule between the last year before a mark and its first year."""
    is_break = mark.severity == "break"
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": int(mark.period[:4]) - 0.5,
        "x1": int(mark.period[:4]) - 0.5,
        "y0": 0,
        "y1": 1,
        "name": mark.severity,
        "line": {
            "color": template.QUIET if is_break else template.RULE,
            "width": 1.25 if is_break else 0.75,
            "dash": "dash" if is_break else "dot",
        },
    }
