"""
Charts as plain plotly dictionaries.

Pure: a frame in, a figure out. A missing value is a gap with its symbol; a line stops at
a break and starts again after it. It never asks the warehouse and never computes a value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts import style
from dashboard.charts import style as chart_style
from dashboard.charts.spark import address
from dashboard.charts.style import Line, breaks_of
from dashboard.codes import Group
from dashboard.data.observation import Observation
from dashboard.data.targets import LocalTarget, applying_targets
from dashboard.rules import stretches
from dashboard.rules.comparison import applying
from dashboard.rules.stretches import unbroken
from dashboard.state.visit import Look
from dashboard.text import format, term
from etl.catalogue import Break, Indicator, Lang

LABEL_GAP = 0.062  # of the height, for a label of one line
LINE_GAP = 0.048  # for each further line
LABEL_WIDTH = 20
RULE_WIDTH = 42
RULE_LINES = 3
RULE_HEIGHT = 44  # pixels, of that many lines
TICK_LETTER, TICK_GAP = 7.6, 14  # pixels of a letter beside the axis, and what parts them


def rule_texts(marks: Sequence[Break], look: Look, early: str = "") -> list[dict[str, Any]]:
    """
    Words above each break; in a narrow window its year alone, for the rest stands below.

    They end at the break, or begin there when it is before the period `early`.
    """
    breaks = [mark for mark in marks if mark.severity == "break"]
    return [
        {
            "x": int(mark.period[:4]) - 0.5,
            "y": 1,
            "xref": "x",
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 2 + (15 if look.narrow else RULE_HEIGHT) * (place % 2),
            "xanchor": "center" if look.narrow else "left" if mark.period < early else "right",
            "xshift": 0 if look.narrow else 3,
            "align": "left" if mark.period < early else "right",
            "text": mark.period if look.narrow else "<br>".join(_reason(mark, look)),
            "hovertext": mark.text[look.lang],
            "showarrow": False,
            "font": {"size": 11, "color": style.QUIET},
        }
        for place, mark in enumerate(breaks)
    ]


def _reason(mark: Break, look: Look) -> list[str]:
    """
    A break's year and why, in three short lines; the whole text stands in table and margin.

    Of several sentences the first says that years cannot be compared, which the rule shows.
    """
    _, _, why = mark.text[look.lang].partition(". ")
    text = why or mark.text[look.lang]
    year = "" if mark.period in text else f"{mark.period}: "
    return wrap(year + text, RULE_WIDTH, max_lines=RULE_LINES, placeholder=" …")


def room_above(marks: Sequence[Break], look: Look) -> int:
    """Pixels above the plot for the words of its breaks, which take turns in two rows."""
    rows = min(2, sum(mark.severity == "break" for mark in marks))
    return 12 + rows * (15 if look.narrow else RULE_HEIGHT)


def room_left(scale: tuple[float, float], look: Look, least: int) -> int:
    """Pixels left of the plot for the longest number of the axis, at least so many."""
    letters = max(len(format.number(end, 0, look.lang)) for end in scale)
    return max(least, TICK_GAP + round(TICK_LETTER * letters))


def caution_years(marks: Sequence[Break], look: Look) -> list[dict[str, Any]]:
    """The year at the foot of each thin marker, with its words at hand; none where narrow."""
    words: dict[str, list[str]] = {}
    for mark in marks:
        if mark.severity == "caution" and not look.narrow:
            words.setdefault(mark.period, []).append(mark.text[look.lang])
    return [
        {
            "x": int(period[:4]) - 0.5,
            "y": 0,
            "xref": "x",
            "yref": "paper",
            "xanchor": "right",
            "yanchor": "bottom",
            "text": period,
            "hovertext": "<br>".join(line for text in texts for line in wrap(text, 2 * RULE_WIDTH)),
            "showarrow": False,
            "font": {"size": 11, "color": style.QUIET},
        }
        for period, texts in words.items()
    ]


def end_labels(
    ends: Sequence[tuple[Line, pd.Series]],
    scale: tuple[float, float],
    indicator: Indicator,
    look: Look,
) -> list[dict[str, Any]]:
    """Name and last value at each line's end, moved apart where they would collide."""
    if look.narrow:
        return []
    low, high = scale
    wanted = [(end["value"] - low) / (high - low) for _, end in ends]
    values = [format.number(end["value"], indicator.decimals, look.lang) for _, end in ends]
    labels = [
        wrap(f"{line.name} {value}", LABEL_WIDTH)
        for (line, _), value in zip(ends, values, strict=True)
    ]
    heights = [LABEL_GAP + LINE_GAP * (len(label) - 1) for label in labels]
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": y,
            "yref": "paper",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "text": f"<b>{'<br>'.join(label)}</b>",
            "font": {"size": 13, "color": style.ink(line.colour)},
        }
        for (line, _), label, y in zip(ends, labels, apart(wanted, heights), strict=True)
    ]


def apart(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places (0 to 1) moved until labels of these heights no longer touch, in order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for below, above in pairwise(order):
        room = (heights[below] + heights[above]) / 2
        moved[above] = max(moved[above], moved[below] + room)
    for index in order[-1:]:
        moved[index] = min(moved[index], 1.0)
    for above, below in pairwise(reversed(order)):
        room = (heights[below] + heights[above]) / 2
        moved[below] = min(moved[below], moved[above] - room)
    return moved


def example(look: Look, size: int = 30) -> list[dict[str, Any]]:
    """The words that nobody can crop from a picture of invented data, in pixels of a wide one."""
    if not look.example:
        return []
    return [
        {
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "text": term("example", look.lang),
            "font": {"size": 12 if look.narrow else size, "color": "rgba(122,75,0,0.22)"},
        }
    ]


COLOUR = "#CDD2D8"
CROWD = 60  # lines, from which on they are drawn thinner
OUTER = 0.025  # of the values at each end need not be on the axis
# Of a number of persons, or a class, a region's place among others says nothing.
SIZES = frozenset({"count", "class"})
STEPS = 1000  # from the lowest value to the highest: less than a pixel each
Point = tuple[int, float | None]


@dataclass(frozen=True)
class Backdrop:
    """
    Joined points with None between the pieces, and lone ones; years and values.

    `low` and `high` are what the axis should hold, `cropped` whether a value lies beyond.
    """

    joined: tuple[Point, ...]
    lone: tuple[Point, ...]
    low: float
    high: float
    cropped: bool


def backdrop(rows: pd.DataFrame, indicator: Indicator, group: Group) -> Backdrop | None:
    """
    The lines of many regions; None where no region has a number.

    Args:
        rows: region, period, value, segment of one group; no unions.
        indicator: gives breaks and decimals.
        group: background, sex, education of the rows, which a break may concern.

    """
    numbers = rows[rows["value"].notna()].sort_values(["region", "period"], kind="stable")
    if numbers.empty or indicator.measure in SIZES:
        return None
    year = stretches.year_numbers(numbers["period"]).to_numpy()
    value = numbers["value"].round(indicator.decimals).to_numpy()
    every = stretches.step(rows["period"].unique())
    starts = _starts(numbers, year, indicator, group=group, every=every)
    joined, lone = _points(year, value, np.flatnonzero(starts))
    low, high = np.quantile(value, [OUTER, 1 - OUTER])
    cropped = bool(((value < low) | (value > high)).any())
    return Backdrop(joined, lone, float(low), float(high), cropped)


def points(behind: Backdrop) -> list[dict[str, Any]]:
    """The years that stand alone, as a trace."""
    if not behind.lone:
        return []
    years, values = zip(*behind.lone, strict=True)
    marker = {"color": COLOUR, "size": 4}
    style = {"type": "scatter", "mode": "markers", "name": "", "hoverinfo": "skip"}
    return [{**style, "x": list(years), "y": list(values), "marker": marker}]


def images(behind: Backdrop) -> list[dict[str, Any]]:
    """The lines as one picture in the chart's own years and values."""
    known = [(year, value) for year, value in behind.joined if value is not None]
    if not known:
        return []
    years, values = zip(*known, strict=True)
    first, last, low, high = min(years), max(years), min(values), max(values)
    low, high = (low, high) if high > low else (low - 0.5, high + 0.5)
    place = {"x": first, "y": high, "sizex": last - first, "sizey": high - low}
    path = _path(behind.joined, first, high, STEPS / (high - low))
    thin = sum(value is None for _, value in behind.joined) > CROWD
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {last - first} {STEPS}" '
        f'preserveAspectRatio="none"><path d="{path}" fill="none" stroke="{COLOUR}" '
        f'stroke-width="{0.6 if thin else 1}" vector-effect="non-scaling-stroke"/></svg>'
    )
    shown = {"xref": "x", "yref": "y", "sizing": "stretch", "layer": "below"}
    return [{"source": address(svg), **shown, **place}]


def _path(joined: Sequence[Point], first: int, high: float, scale: float) -> str:
    """The pieces as a path: years from the first to the right, values from the highest down."""
    drawn: list[str] = []
    begun = False
    for year, value in joined:
        if value is None:
            begun = False
            continue
        drawn.append(f"{'L' if begun else 'M'}{year - first} {round((high - value) * scale)}")
        begun = True
    return "".join(drawn)


def _starts(
    numbers: pd.DataFrame, year: Any, indicator: Indicator, *, group: Group, every: int
) -> Any:
    """Where a new piece begins, row by row."""
    region, codes = pd.factorize(numbers["region"])
    segment, _ = pd.factorize(numbers["segment"])
    era = np.zeros(len(year), dtype="int64")
    for mark in indicator.breaks:
        if mark.severity == "break":
            era += (year >= int(mark.period[:4])) & _concerned(codes, mark, group)[region]
    changes = [np.diff(each, prepend=-1) != 0 for each in (region, segment, era)]
    return (np.diff(year, prepend=0) != every) | np.logical_or.reduce(changes)


def _concerned(codes: Iterable[str], mark: Break, group: Group) -> Any:
    """Whether a break concerns each region."""
    background, sex, education = group
    given = {"sex": sex, "background": background, "education": education}
    return np.array([bool(applying((mark,), region=code, **given)) for code in codes])


def _points(year: Any, value: Any, starts: Any) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Joined points with a gap after each piece, and the points that stand alone."""
    joined: list[Point] = []
    lone: list[Point] = []
    ends = [*starts[1:], len(year)]
    for first, last in zip(starts, ends, strict=True):
        piece = list(zip(year[first:last].tolist(), value[first:last].tolist(), strict=True))
        if len(piece) == 1:
            lone += piece
        else:
            joined += [*piece, (piece[-1][0], None)]
    return tuple(joined), tuple(lone)


HALF_A_YEAR = 0.4
OWNER_WIDTH = 18


@dataclass(frozen=True)
class Goal:
    """A target with the newest observation of one stretch, and the first year it is drawn over."""

    target: LocalTarget
    first: int
    newest: Observation

    @property
    def value(self) -> float:
        """Where it is drawn, in the indicator's unit."""
        return self.target.value


def goals(
    targets: Iterable[LocalTarget], series: Iterable[Observation], indicator: Indicator
) -> tuple[Goal, ...]:
    """The targets that may be drawn on one series, a goal for each stretch they concern."""
    own = [target for target in targets if target.indicator == indicator.id]
    if not own:
        return ()
    found = []
    for stretch in unbroken(series, indicator):
        for target in applying_targets(own, stretch.present):
            concerned = [one for one in stretch.present if target.concerns(one)]
            found.append(Goal(target, concerned[0].year, concerned[-1]))
    return tuple(found)


def rules(drawn: Iterable[Goal]) -> list[dict[str, Any]]:
    """A thin dashed line for each goal."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": goal.first - HALF_A_YEAR,
            "x1": goal.newest.year + HALF_A_YEAR,
            "y0": goal.value,
            "y1": goal.value,
            "name": "target",
            "line": {"color": style.QUIET, "width": 1, "dash": "dash"},
        }
        for goal in drawn
    ]


def words(
    drawn: Iterable[Goal], values: Iterable[float], room: float, look: Look
) -> list[dict[str, Any]]:
    """
    Whose target and until when, at the end of its line; short where narrow.

    They stand above or under it, where fewer of `values` are nearer than `room`.
    """
    near = list(values)
    return [
        {
            "x": goal.newest.year + HALF_A_YEAR,
            "y": goal.value,
            "xref": "x",
            "yref": "y",
            "xanchor": "right",
            "yanchor": _side(goal.value, near, room),
            "align": "right",
            "showarrow": False,
            "text": "<br>".join(_named(goal, look)),
            "hovertext": goal.target.owner[look.lang],
            "font": {"size": 11, "color": style.QUIET},
        }
        for goal in drawn
    ]


def years(target: LocalTarget, lang: Lang) -> str:
    """The years a target is for: "2022–2030", "från 2022"."""
    first, last = target.years.first, target.years.last
    if last is None:
        return term("target_from", lang, year=first)
    return str(first) if first == last else f"{first}–{last}"


def _side(value: float, near: Iterable[float], room: float) -> str:
    apart = [one - value for one in near if abs(one - value) < room]
    above = sum(one > 0 for one in apart)
    return "top" if above > len(apart) - above else "bottom"


def _named(goal: Goal, look: Look) -> list[str]:
    """The year alone in a narrow window, where the margin tells the owner."""
    year = goal.target.years.last or goal.target.years.first
    if look.narrow:
        return [term("target_short", look.lang, year=year)]
    owner = goal.target.owner[look.lang]
    return wrap(term("target_line", look.lang, year=year, owner=owner), OWNER_WIDTH)


WIDE_MARGIN = 184
LEFT = 48


def line_chart(
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
    every = stretches.step(series["period"])
    low, high = span(held(series, goals, behind))
    traces, ends = points(behind) if behind else [], []
    for place, line in enumerate(lines):
        rows = line.rows(series)
        marks = breaks_of(line, indicator)
        joined = stretches.stretches(rows, marks, every)
        traces += [stretch(piece, line, indicator, look.lang) for piece in joined]
        traces += _missing(rows, line, place, look.lang)
        if joined:
            ends.append((line, joined[-1].iloc[-1]))
    drawn = _drawn_marks(series, lines, indicator)
    layout = chart_style.chart_layout(look.lang)
    layout["margin"] = {
        "l": room_left((low, high), look, LEFT),
        "r": 12 if look.narrow else WIDE_MARGIN,
        "t": room_above(drawn, look),
        "b": 32,
    }
    layout["xaxis"] |= _years(series["period"], narrow=look.narrow)
    layout["yaxis"] |= {"range": [low, high], "tickformat": ",", "nticks": 7}
    layout["yaxis"] |= {"zeroline": low < 0 < high, "zerolinecolor": chart_style.RULE}
    layout["yaxis2"] = {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}
    layout["shapes"] = [
        *(rule(mark) for mark in drawn),
        *_hundred(indicator, low, high),
        *rules(goals),
    ]
    layout["images"] = images(behind) if behind else []
    layout["annotations"] = [
        *rule_texts(drawn, look, _early(series)),
        *caution_years(drawn, look),
        *end_labels(ends, (low, high), indicator, look),
        *words(goals, _newest(series)["value"], 0.15 * (high - low), look),
        *example(look),
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
        "x": stretches.year_numbers(piece["period"]).tolist(),
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
            "x": stretches.year_numbers(gone["period"]).tolist(),
            "y": [0.03 + 0.045 * place] * len(gone),
            "text": symbols,
            "customdata": [format.meaning(one, lang) for one in symbols],
            "textfont": {"color": chart_style.ink(line.colour), "size": 14},
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
    style = {"color": chart_style.RULE, "width": 1, "dash": "dash"}
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
            "color": chart_style.QUIET if is_break else chart_style.RULE,
            "width": 1.25 if is_break else 0.75,
            "dash": "dash" if is_break else "dot",
        },
    }
