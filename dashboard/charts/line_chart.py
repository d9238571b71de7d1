"""
Lines over time as a plotly dictionary: stretches, breaks, labels, targets, the level behind.

Pure: rows in, a figure out. A missing value is a gap with its symbol; a line stops at
a break and starts again after it. It never asks the warehouse and never computes a value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any, Literal

import numpy as np

from dashboard.charts import style
from dashboard.charts.packed import packed
from dashboard.charts.readout import lines_readout, mark_notes, value_words
from dashboard.charts.style import ChartLine, annotation, marks_inside, marks_of_line
from dashboard.codes import Group
from dashboard.data.observation import PERIOD, Observation, observation_places
from dashboard.data.targets import LocalTarget, applying_targets
from dashboard.rules import stretches
from dashboard.rules.comparison import applying
from dashboard.rules.stretches import unbroken
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Break, Indicator, Lang
from etl.catalogue.periods import (
    PERIODS_A_YEAR,
    frequency,
    ordinal,
    starting,
    year_of,
)

_RIGHT_MARGIN, _LEFT_MARGIN = 184, 48  # pixels, of a wide window and at least
_AXIS_LETTER, _AXIS_GAP = 7.6, 14  # pixels of a letter beside the axis, and of what is around it
_TOLD_WIDTH = 84  # letters of a line of what is at hand
_TOP_MARGIN = 12  # pixels above the plot
# Pixels of the words of a break or caution and of a letter of them, and the rows they stand in.
_MARK_HEIGHT, _MARK_LETTER, _MARK_ROWS, _NARROW_MARK_ROWS = 15, 5.6, 4, 3
_PLOT_WIDTH, _NARROW_PLOT_WIDTH = 520, 270  # pixels between the margins, about
_LABEL_SIZE = 20  # letters
LABEL_HEIGHT = 0.062  # of the plot's height, of a label of one line
LABEL_LINE = 0.048  # of each further line
_TARGET_WIDTH = 18  # letters
# Of labels that stand level and inside the margins whatever they are: plotly would measure each.
_LEVEL, _FITTING = {"tickangle": 0}, {"ticklabeloverflow": "allow"}
_HALF_STEP = 0.4
_ROOM_BEYOND = 0.02  # of the axis, beyond the value that stems begin at
_ANY_YEAR = "2000"


@dataclass(frozen=True)
class Goal:
    """A target with the newest observation of one stretch, and the first place it is drawn over."""

    target: LocalTarget
    first: int
    newest: Observation

    @property
    def value(self) -> float:
        """Where it is drawn, in the indicator's unit."""
        return self.target.value


PlaceValue = tuple[int, float | None]
_Side = Literal["left", "right"]
_Ends = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Backdrop:
    """
    The lines of all regions of a level, drawn behind those of the chart.

    `joined` are places in time (see `observation_places`) and values, with None after each
    stretch, `lone` those that no line joins; `owners` tells whose each stretch is.
    `low` and `high` are what the axis should hold, `cropped` whether a value lies beyond.
    """

    joined: tuple[PlaceValue, ...]
    lone: tuple[PlaceValue, ...]
    low: float
    high: float
    cropped: bool
    owners: tuple[str, ...] = ()


def line_chart(
    series: Sequence[Observation],
    lines: Sequence[ChartLine],
    indicator: Indicator,
    look: Look,
    *,
    goals: Sequence[Goal] = (),
    behind: Backdrop | None = None,
    alike: float | None = None,
) -> dict[str, Any]:
    """
    Lines over time, one trace per unbroken stretch.

    Args:
        series: the rows of all lines, oldest first.
        lines: what to draw, the leading one first; at most six are meant.
        indicator: gives unit, decimals and breaks.
        look: the reader's language and window; invented data are marked in the image.
        goals: targets that may be drawn on these lines (see `drawable_goals`).
        behind: the other regions of the level, which are no traces but a picture.
        alike: the value of two groups that do not differ, which the axis holds and a line marks;
            from it there is a stem to each figure, for a difference is a length.

    """
    periods = sorted(set(map(PERIOD, series)))
    step = stretches.step(periods)
    held = axis_values(series, goals, behind)
    low, high = _axis_of_classes(held) if indicator.measure == "class" else _axis_from(held, alike)
    traces, ends = _lone_points(behind) if behind else [], []
    for number, line in enumerate(lines):
        rows = line.rows(series)
        joined = stretches.line_stretches(rows, marks_of_line(line, indicator), step)
        traces += [] if alike is None else [_stems(joined, alike)]
        traces += [stretch_trace(stretch, line, indicator, look.lang) for stretch in joined]
        if missing := told_missing(rows):
            symbols = missing_symbols(missing, line, 0.03 + 0.045 * number, look.lang, size=14)
            traces.append(symbols | {"yaxis": "y2"})
        if joined:
            ends.append((line, joined[-1][-1]))
    marks = marks_inside(series, lines, indicator)
    like = periods[0] if periods else _ANY_YEAR
    placed = _placed_marks(marks, periods, look, like=like)
    layout = style.chart_layout(look.lang)
    layout["margin"] = {
        "l": left_margin((low, high), look, _LEFT_MARGIN),
        "r": 12 if look.narrow else _RIGHT_MARGIN,
        "t": _TOP_MARGIN + _MARK_HEIGHT * (1 + max((mark.row for mark in placed), default=-1)),
        "b": 32,
    }
    layout["xaxis"] |= _time_axis(periods, look)
    layout["yaxis"] |= {"range": [low, high], "tickformat": ",", "nticks": 7}
    layout["yaxis"] |= {"zeroline": low < 0 < high and alike is None, "zerolinecolor": style.RULE}
    layout["yaxis"] |= {"dtick": 1} if indicator.measure == "class" else {}
    layout["yaxis"] |= _FITTING
    layout["xaxis"] |= {} if look.narrow else _FITTING
    layout["yaxis2"] = {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}
    layout["shapes"] = [
        *(mark_rule(mark, like) for mark in marks),
        *_level_rules(indicator, (low, high), alike),
        *(_goal_rule(goal) for goal in goals),
    ]
    layout["images"] = _backdrop_image(behind) if behind else []
    notes = mark_notes(marks, like, look.lang)
    has_more = bool(layout["images"])
    layout["meta"] = lines_readout(indicator, look.lang, periods, notes, has_more=has_more)
    layout["hovermode"] = False
    layout["annotations"] = [
        *(_mark_annotation(mark) for mark in placed),
        *_end_labels(ends, (low, high), indicator, look),
        *goal_labels(goals, _newest_values(series, periods), 0.15 * (high - low), look),
        *example_mark(look),
    ]
    return {"data": traces, "layout": layout}


def axis_range(values: Iterable[float]) -> tuple[float, float]:
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


def _axis_from(values: Sequence[float], alike: float | None) -> tuple[float, float]:
    """
    As `axis_range`, with lines that never move, unless at zero, near its upper end.

    With a value that stems begin at, close to an end where none is beyond.
    """
    if alike is None:
        low, high = axis_range(values)
        middle = (low + high) / 2
        moves = len({value for value in values if format.has_number(value)}) != 1
        return (low, high) if moves or low == 0 else (middle - 4 * (high - middle), high)
    held = [*values, alike]
    if min(held) == max(held):
        return alike - 1.0, alike + _ROOM_BEYOND
    low, high = axis_range(held)
    room = _ROOM_BEYOND * (high - low)
    return low if min(held) < alike else alike - room, high if max(held) > alike else alike + room


def _axis_of_classes(values: Iterable[float]) -> tuple[float, float]:
    """From below the first class, so that it is seen which one it is, to above the highest."""
    return 0.5, max(filter(format.has_number, values), default=1.0) + 0.2


def axis_values(
    series: Iterable[Observation], goals: Iterable[Goal], behind: Backdrop | None
) -> list[float]:
    """All that the axis of values must hold."""
    return [
        *(row.number for row in series if row.present),
        *(goal.value for goal in goals),
        *((behind.low, behind.high) if behind else ()),
    ]


def starts_at_zero(values: Iterable[float]) -> bool:
    """Whether the axis shows zero, so that the text beside the chart can say so."""
    low, high = axis_range(values)
    return low <= 0 <= high


def left_margin(scale: tuple[float, float], look: Look, least: int) -> int:
    """Pixels left of the plot for the longest number of the axis, at least so many."""
    letters = max(len(format.number(end, 0, look.lang)) for end in scale)
    return max(least, _AXIS_GAP + round(_AXIS_LETTER * letters))


def _time_axis(known: Sequence[str], look: Look) -> dict[str, Any]:
    """
    Axis of time: whole years, few enough to be read.

    Of months and quarters a year stands at its first one; of no more than two years of them some
    stand by name.
    """
    if not known:
        return {"tickformat": "d"}
    most = 4 if look.narrow else 9
    first, last = known[0], known[-1]
    length = frequency(first)
    axis = {"range": [ordinal(first) - 0.5, ordinal(last) + 0.5]}
    if length == "year":
        step = max(1, -(-(int(last) - int(first)) // most))
        years = _every(int(first), int(last), step)
        return {"tickformat": "d", **axis, **_LEVEL, "tickvals": years}
    if ordinal(last) - ordinal(first) < 2 * PERIODS_A_YEAR[length]:
        most = 3 if look.narrow else 7
        step = max(1, -(-(ordinal(last) - ordinal(first)) // most))
        places = _every(ordinal(first), ordinal(last), step)
        named = {ordinal(period): format.period_short(period, look.lang) for period in known}
        shown = [place for place in places if place in named]
        return {**axis, "tickvals": shown, "ticktext": [named[place] for place in shown]}
    years = [
        year
        for year in range(year_of(first), year_of(last) + 1)
        if starting(str(year), length) >= ordinal(first)
    ]
    ticks = _every(years[0], years[-1], max(1, -(-(years[-1] - years[0]) // most)))
    return {
        **axis,
        **_LEVEL,
        "tickvals": [starting(str(year), length) for year in ticks],
        "ticktext": [str(year) for year in ticks],
        "ticks": "outside",
    }


def _every(first: int, last: int, step: int) -> list[int]:
    """Every so many places up to the last one."""
    return list(range(last, first - 1, -step))[::-1]


def told_missing(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Those without a number whose status says why."""
    return tuple(row for row in rows if row.status is not None and not row.present)


def stretch_trace(
    stretch: Sequence[Observation], line: ChartLine, indicator: Indicator, lang: Lang
) -> dict[str, Any]:
    """One unbroken line; a lone year is a point, for a line of one point is invisible."""
    return {
        "type": "scatter",
        "mode": "lines" if len(stretch) > 1 else "markers",
        "name": line.name,
        "x": list(observation_places(stretch)),
        "y": [row.number for row in stretch],
        "text": [value_words(row, indicator, lang) for row in stretch],
        "connectgaps": False,
        "line": {"color": line.colour, "width": line.width, "dash": line.dash, "shape": "linear"},
        "marker": {"color": line.colour, "size": 7, "symbol": line.mark},
    }


def _stems(joined: Iterable[Sequence[Observation]], alike: float) -> dict[str, Any]:
    """A stem from a value to each figure of a line, behind it."""
    rows = [row for stretch in joined for row in stretch]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "",
        "x": [x for place in observation_places(rows) for x in (place, place, None)],
        "y": [y for row in rows for y in (alike, row.number, None)],
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": style.PALE, "width": 1.25},
    }


def missing_symbols(
    missing: Sequence[Observation], line: ChartLine, height: float, lang: Lang, *, size: int
) -> dict[str, Any]:
    """The symbols of a line's periods without a number, in a row at a height of the plot."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": line.name,
        "x": list(observation_places(missing)),
        "y": [height] * len(missing),
        "text": [format.symbol(row.status) for row in missing],
        "customdata": [format.meaning(str(row.status), lang) for row in missing],
        "textfont": {"color": style.ink(line.colour), "size": size},
        "line": {"color": line.colour, "dash": line.dash},  # by which the browser knows whose it is
    }


def mark_rule(mark: Break, like: str) -> dict[str, Any]:
    """A vertical rule between the last period before a mark and its first, of one's length."""
    stroke = (
        {"color": style.MUTED, "width": 1.25, "dash": "dash"}
        if mark.severity == "break"
        else {"color": style.RULE, "width": 0.75, "dash": "dot"}
    )
    place = stretches.mark_place(mark, like) - 0.5
    return style.upright_rule(mark.severity, place, **stroke) | {"xref": "x"}


def words_above(
    marks: Sequence[Break], periods: Sequence[str], look: Look, *, like: str = _ANY_YEAR
) -> list[dict[str, Any]]:
    """
    A few words above each break and caution, "ny källa 2022"; the whole text stands beside.

    They stand among periods of the length of `like`, in rows in which no words meet. Where there
    is no room for the words the period alone stands there, by which the text beside begins.
    """
    return [_mark_annotation(mark) for mark in _placed_marks(marks, periods, look, like=like)]


@dataclass(frozen=True)
class _PlacedMark:
    """Words above the plot: where their rule is, on which side of it, in which row from below."""

    words: str
    told: str
    place: float
    side: _Side
    row: int


def _placed_marks(
    marks: Sequence[Break], periods: Sequence[str], look: Look, *, like: str
) -> list[_PlacedMark]:
    """
    Words of breaks and cautions with their rows: the lowest in which they meet no others.

    Breaks are placed before cautions, and each rule has one label. Where there is no room for all
    words cautions have their period alone, and where that is not enough breaks have, too.
    """
    if not (marks and periods):
        return []
    span = ordinal(periods[0]) - 0.5, ordinal(periods[-1]) + 0.5
    known: dict[float, list[Break]] = {}
    for mark in sorted(marks, key=lambda mark: mark.severity):
        known.setdefault(stretches.mark_place(mark, like) - 0.5, []).append(mark)
    rows, placed = _NARROW_MARK_ROWS if look.narrow else _MARK_ROWS, []
    for worded in (("break", "caution"), ("break",), ()):
        placed = _in_rows(known, span, look, rows=rows, worded=worded)
        if all(mark.row < rows for mark in placed):
            break
    return sorted(placed, key=lambda mark: mark.place)


def _in_rows(
    known: Mapping[float, Sequence[Break]],
    span: tuple[float, float],
    look: Look,
    *,
    rows: int,
    worded: Sequence[str],
) -> list[_PlacedMark]:
    """Each rule's label, of the severities that have words; row `rows` for want of room below."""
    (first, last), wide = span, _NARROW_PLOT_WIDTH if look.narrow else _PLOT_WIDTH
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows + 1)]
    placed = []
    for place, marks in known.items():
        words, period = _rule_words(marks, look.lang)
        labels = (words, period) if marks[0].severity in worded else (period,)
        middle = (place - first) / (last - first) * wide
        label, side, row, ends = _room_for(labels, middle, wide, taken)
        taken[row].append(ends)
        told = [line for mark in marks for line in wrap(mark.text[look.lang], _TOLD_WIDTH)]
        placed.append(_PlacedMark(label, "<br>".join(told), place, side, row))
    return placed


def _rule_words(marks: Sequence[Break], lang: Lang) -> tuple[str, str]:
    """Why figures are apart at a rule and since when; and the period alone."""
    period = format.period_short(marks[0].period, lang)
    why = ", ".join(dict.fromkeys(format.mark_reason(mark, lang) for mark in marks))
    return term("mark_label", lang, why=why, period=period), period


def _room_for(
    labels: Sequence[str], middle: float, wide: float, taken: Sequence[_Ends]
) -> tuple[str, _Side, int, tuple[float, float]]:
    """The first label that there is room for at a rule, on which side, in which row and where."""
    usual: tuple[_Side, _Side] = ("left", "right") if middle < wide / 2 else ("right", "left")
    choices = [
        (text, side, row, ends)
        for text in labels
        for row in range(len(taken) - 1)
        for side in usual
        if _fits(ends := _ends_of(text, side, middle), taken[row], wide)
    ]
    last = (labels[-1], usual[0], len(taken) - 1, _ends_of(labels[-1], usual[0], middle))
    return next(iter(choices), last)


def _ends_of(words: str, side: _Side, middle: float) -> tuple[float, float]:
    """Where words beside a rule begin and end, in pixels."""
    letters = _MARK_LETTER * (len(words) + 1)
    return (middle, middle + letters) if side == "left" else (middle - letters, middle)


def _fits(ends: tuple[float, float], others: _Ends, wide: float) -> bool:
    """Whether words take no more than half of a plot, stay in the picture and meet no others."""
    start, end = ends
    inside = end - start <= wide / 2 and start >= -_LEFT_MARGIN and end <= wide
    return inside and not any(start < other[1] and other[0] < end for other in others)


def _mark_annotation(mark: _PlacedMark) -> dict[str, Any]:
    """The words of a mark above the plot, beside its rule."""
    return annotation(
        mark.words,
        mark.place,
        1,
        xref="x",
        yref="paper",
        yanchor="bottom",
        yshift=2 + _MARK_HEIGHT * mark.row,
        xanchor=mark.side,
        xshift=3 if mark.side == "right" else -3,
        align=mark.side,
        hovertext=mark.told,
    )


def _end_labels(
    ends: Sequence[tuple[ChartLine, Observation]],
    scale: tuple[float, float],
    indicator: Indicator,
    look: Look,
) -> list[dict[str, Any]]:
    """Name and last value at each line's end, spaced where they would collide."""
    if look.narrow:
        return []
    low, high = scale
    labels = [
        wrap(
            f"{line.name} {format.number(end.number, indicator.decimals, look.lang)}",
            _LABEL_SIZE,
        )
        for line, end in ends
    ]
    heights = spaced_labels(
        [(end.number - low) / (high - low) for _, end in ends],
        [LABEL_HEIGHT + LABEL_LINE * (len(label) - 1) for label in labels],
    )
    return [
        annotation(
            f"<b>{'<br>'.join(label)}</b>",
            1,
            height,
            size=13,
            colour=style.ink(line.colour),
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="middle",
            xshift=6,
            align="left",
        )
        for (line, _), label, height in zip(ends, labels, heights, strict=True)
    ]


def spaced_labels(middles: Sequence[float], heights: Sequence[float]) -> list[float]:
    """
    The middles of labels (0 to 1) of these heights, moved until none touch, in order.

    Above the plot there is room for half a line: a label of several lines lies further down.
    """
    order = sorted(range(len(middles)), key=lambda index: middles[index])
    spaced = list(middles)
    for below, above in pairwise(order):
        room = (heights[below] + heights[above]) / 2
        spaced[above] = max(spaced[above], spaced[below] + room)
    for index in order[-1:]:
        highest = 1 - max(0.0, heights[index] - LABEL_HEIGHT) / 2
        spaced[index] = min(spaced[index], highest)
    for above, below in pairwise(reversed(order)):
        room = (heights[below] + heights[above]) / 2
        spaced[below] = min(spaced[below], spaced[above] - room)
    return spaced


def example_mark(look: Look, size: int = 30) -> list[dict[str, Any]]:
    """The words that nobody can crop from a picture of invented data, in pixels of a wide one."""
    if not look.example:
        return []
    size, colour = 12 if look.narrow else size, "rgba(122,75,0,0.22)"
    text = term("example", look.lang)
    return [annotation(text, 0.5, 0.5, size=size, colour=colour, xref="paper", yref="paper")]


def _level_rules(
    indicator: Indicator, scale: tuple[float, float], alike: float | None
) -> list[dict[str, Any]]:
    """Dashed lines across the plot: at 100 of an index or ratio, and where groups are alike."""
    low, high = scale
    hundred = indicator.measure in {"index", "ratio"} and low < 100 < high
    levels = {"hundred": 100 if hundred else None, "alike": alike}
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": value,
            "y1": value,
            "name": name,
            "layer": "below",
            "line": {"color": style.RULE, "width": 1, "dash": "dash"},
        }
        for name, value in levels.items()
        if value is not None
    ]


def drawable_goals(
    targets: Iterable[LocalTarget], series: Iterable[Observation], indicator: Indicator
) -> tuple[Goal, ...]:
    """The targets that may be drawn on one series, a goal for each stretch they concern."""
    of_indicator = [target for target in targets if target.indicator == indicator.id]
    if not of_indicator:
        return ()
    goals = []
    for stretch in unbroken(series, indicator):
        for target in applying_targets(of_indicator, stretch.present):
            concerned = [
                observation for observation in stretch.present if target.concerns(observation)
            ]
            goals.append(Goal(target, ordinal(concerned[0].period), concerned[-1]))
    return tuple(goals)


def target_years(target: LocalTarget, lang: Lang) -> str:
    """The years a target is for: "2022–2030", "från 2022"."""
    first, last = target.years.first, target.years.last
    if last is None:
        return term("target_from", lang, year=first)
    return str(first) if first == last else f"{first}–{last}"


def _goal_rule(goal: Goal) -> dict[str, Any]:
    """A thin dashed line over the years of a goal."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": goal.first - _HALF_STEP,
        "x1": ordinal(goal.newest.period) + _HALF_STEP,
        "y0": goal.value,
        "y1": goal.value,
        "name": "target",
        "line": {"color": style.MUTED, "width": 1, "dash": "dash"},
    }


def goal_labels(
    goals: Iterable[Goal], values: Sequence[float], room: float, look: Look
) -> list[dict[str, Any]]:
    """
    Whose target and until when, at the end of its line; the year alone in a narrow window.

    They stand above or under it, where fewer of `values` are nearer than `room`.
    """
    labels = []
    for goal in goals:
        year, owner = (
            goal.target.years.last or goal.target.years.first,
            goal.target.owner[look.lang],
        )
        near = [value - goal.value for value in values if abs(value - goal.value) < room]
        above = sum(distance > 0 for distance in near)
        text = (
            [term("target_short", look.lang, year=year)]
            if look.narrow
            else wrap(term("target_line", look.lang, year=year, owner=owner), _TARGET_WIDTH)
        )
        labels.append(
            annotation(
                "<br>".join(text),
                ordinal(goal.newest.period) + _HALF_STEP,
                goal.value,
                xref="x",
                yref="y",
                xanchor="right",
                yanchor="top" if above > len(near) - above else "bottom",
                align="right",
                hovertext=owner,
            )
        )
    return labels


def _newest_values(series: Iterable[Observation], periods: Sequence[str]) -> list[float]:
    """Values of the newest third of the periods, which a target's words may stand over."""
    newest = frozenset(periods[-(-2 * len(periods) // 3) :])
    return [row.number for row in series if row.period in newest and row.present]


_BACKDROP_COLOUR = "#CDD2D8"
_CROWD = 60  # lines, from which on they are drawn thinner
_OUTER = 0.025  # of the values at each end need not be on the axis
# Of a number of persons, or a class, a region's place among others says nothing.
_WITHOUT_BACKDROP = frozenset({"count", "class"})
_BACKDROP_HEIGHT = 1000  # steps from the lowest value to the highest: less than a pixel each
_NEARLY_WHOLE = 1e-6


def backdrop(rows: Sequence[Observation], indicator: Indicator, group: Group) -> Backdrop | None:
    """
    The lines of many regions; None where no region has a number.

    Args:
        rows: of one group, oldest first; no unions.
        indicator: gives breaks and decimals.
        group: of the rows, which a break may concern.

    """
    by_region: dict[str, list[Observation]] = {}
    for row in rows:
        if row.present:
            by_region.setdefault(row.region, []).append(row)
    if not by_region or indicator.measure in _WITHOUT_BACKDROP:
        return None
    codes = sorted(by_region)
    numbers = [row for code in codes for row in by_region[code]]
    places = {period: ordinal(period) for period in set(map(PERIOD, rows))}
    place = np.array([places[row.period] for row in numbers])
    value = np.round([row.number for row in numbers], indicator.decimals)
    step = stretches.step(places)
    region = np.repeat(np.arange(len(codes)), [len(by_region[code]) for code in codes])
    segments: dict[str, int] = {}
    segment = np.array([segments.setdefault(row.segment, len(segments)) for row in numbers])
    era = _eras(np.array([row.period for row in numbers]), region, codes, indicator, group=group)
    starts = stretches.stretch_starts(place, region, segment, era, step=step)
    joined, lone = _joined_and_lone(place, value, starts)
    low, high = np.quantile(value, [_OUTER, 1 - _OUTER])
    cropped = bool(((value < low) | (value > high)).any())
    owners = tuple(
        codes[region[first]] for first, last in pairwise([*starts, len(place)]) if last - first > 1
    )
    return Backdrop(joined, lone, float(low), float(high), cropped, owners)


def _eras(
    periods: Any, region: Any, codes: Iterable[str], indicator: Indicator, *, group: Group
) -> Any:
    """How many breaks that concern its region (a number in `codes`) each row lies after."""
    era = np.zeros(len(periods), dtype="int64")
    for mark in indicator.breaks:
        if mark.severity == "break":
            later = periods >= mark.period
            era += later & _concerned(codes, mark, group)[region]
    return era


def _concerned(codes: Iterable[str], mark: Break, group: Group) -> Any:
    """Whether a break concerns each region."""
    return np.array([bool(applying((mark,), region=code, group=group)) for code in codes])


def _joined_and_lone(
    place: Any, value: Any, starts: Sequence[int]
) -> tuple[tuple[PlaceValue, ...], tuple[PlaceValue, ...]]:
    """Joined places with a gap after each stretch, and those that stand alone."""
    joined: list[PlaceValue] = []
    lone: list[PlaceValue] = []
    for first, last in zip(starts, [*starts[1:], len(place)], strict=True):
        stretch = list(zip(place[first:last].tolist(), value[first:last].tolist(), strict=True))
        if len(stretch) == 1:
            lone += stretch
        else:
            joined += [*stretch, (stretch[-1][0], None)]
    return tuple(joined), tuple(lone)


def _lone_points(behind: Backdrop) -> list[dict[str, Any]]:
    """The periods that stand alone, as a trace."""
    if not behind.lone:
        return []
    places, values = zip(*behind.lone, strict=True)
    trace = {"type": "scatter", "mode": "markers", "name": "", "hoverinfo": "skip"}
    marker = {"color": _BACKDROP_COLOUR, "size": 4}
    return [{**trace, "x": list(places), "y": list(values), "marker": marker}]


def _backdrop_image(behind: Backdrop) -> list[dict[str, Any]]:
    """
    The lines as one picture in the chart's own places and values; see `packed`.

    `exact`: the values can be read off it, and not only where about they are.
    """
    known = [(place, value) for place, value in behind.joined if value is not None]
    if not known:
        return []
    places, values = zip(*known, strict=True)
    first, last, low, high = min(places), max(places), min(values), max(values)
    low, high = (low, high) if high > low else (low - 0.5, high + 0.5)
    height = _steps(values, high - low)
    scale = height / (high - low)
    downs = (high - np.array(values)) * scale
    crowded = sum(value is None for _, value in behind.joined) > _CROWD
    lines = {
        "size": [last - first, height],
        "colour": _BACKDROP_COLOUR,
        "width": 0.6 if crowded else 1,
        "exact": bool(np.abs(downs - np.rint(downs)).max() < _NEARLY_WHOLE),
        **packed(
            [
                (place - first, None if value is None else round((high - value) * scale))
                for place, value in behind.joined
            ],
            behind.owners,
        ),
    }
    frame = {"x": first, "y": high, "sizex": last - first, "sizey": high - low}
    placing = {"xref": "x", "yref": "y", "sizing": "stretch", "layer": "below"}
    return [{"lines": lines, **placing, **frame}]


def _steps(values: Sequence[float], span: float) -> int:
    """How many steps a picture of values has: those of their decimals, where they are enough."""
    for unit in (1.0, 10.0, 100.0):
        exact = np.array(values) * unit
        steps = round(span * unit)
        if steps <= _BACKDROP_HEIGHT and np.abs(exact - np.rint(exact)).max() < _NEARLY_WHOLE:
            return steps
    return _BACKDROP_HEIGHT
