"""
Small charts side by side, one for each group, on one scale.

Pure: a frame in, one figure with many axes out. Lines are cut and missing years marked as in
`figures`; it never asks the warehouse and never computes a value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.charts import line_chart, style
from dashboard.charts.line_chart import axis_range, mark_rule, missing_symbols, stretch_trace
from dashboard.charts.style import ChartLine, marks_of_line, marks_of_lines
from dashboard.codes import DIMENSIONS, EVERYBODY, SEXES, Group
from dashboard.rules import stretches
from dashboard.rules.comparison import marks_within
from dashboard.sentences.wording import category_label
from dashboard.state.groups import Offer
from dashboard.state.visit import Look
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang

WIDE = 3  # charts in a row; one where narrow
HIGH = 188  # pixels of a row
TITLE = 44
YEARS = 26
TITLE_WIDTH = 26
GAP = 0.05
SPARSE = 4
LEFT = 44
SERIES = ["region", *DIMENSIONS]


@dataclass(frozen=True)
class SmallChart:
    """One chart: its title, and its lines from the back to the front."""

    title: str
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True)
class Shared:
    """What all charts share: rows by (region, sex, background, education), scale and years."""

    rows: Mapping[Any, pd.DataFrame]
    low: float
    high: float
    first: str
    last: str
    every: int


@dataclass(frozen=True)
class Place:
    """Where a chart stands: number of its axes, row and column, and whether its scale is told."""

    number: int
    row: int
    column: int
    told: bool

    def axis(self, letter: str) -> str:
        """The name of one of its axes: "x", "x2"."""
        return letter if self.number == 1 else f"{letter}{self.number}"


def multiples(
    series: pd.DataFrame, charts: Sequence[SmallChart], indicator: Indicator, look: Look
) -> dict[str, Any]:
    """
    The figure, `layout.height` pixels high.

    Args:
        series: the rows of all charts, as by `series.series`; oldest first.
        charts: at least one.
        indicator: gives unit, decimals and breaks.
        look: one column where the window is narrow.

    """
    columns = 1 if look.narrow else WIDE
    rows = -(-len(charts) // columns)
    shared = _shared(series, charts)
    left = line_chart.left_margin((shared.low, shared.high), look, LEFT)
    layout = style.chart_layout(look.lang)
    base = {letter: layout.pop(f"{letter}axis") for letter in "xy"}
    layout |= {"height": rows * HIGH, "margin": {"l": left, "r": 22, "t": 0, "b": 0}}
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for index, chart in enumerate(charts):
        place = Place(index + 1, index // columns, index % columns, index % columns == 0)
        layout |= _axes(place, shared, base, columns=columns, rows=rows)
        traces += _traces(shared, chart, indicator, place=place, lang=look.lang)
        shapes += _rules(shared, chart, indicator, place)
        words.append(_title(chart, place, columns=columns, rows=rows))
    layout |= {"shapes": shapes, "annotations": [*words, *line_chart.example_mark(look)]}
    return {"data": traces, "layout": layout}


def _shared(series: pd.DataFrame, charts: Sequence[SmallChart]) -> Shared:
    """The rows that stand in a chart, and the scale that holds them all."""
    wanted = {_key(line) for chart in charts for line in chart.lines}
    rows = {key: own for key, own in series.groupby(SERIES, sort=False) if key in wanted}
    every = pd.concat(rows.values()) if rows else series
    low, high = axis_range(every["value"])
    periods = sorted(every["period"].unique())
    return Shared(rows, low, high, periods[0], periods[-1], stretches.step(periods))


def _key(line: ChartLine) -> tuple[str, ...]:
    return line.region, *line.group


def _axes(
    place: Place, shared: Shared, base: dict[str, Any], *, columns: int, rows: int
) -> dict[str, Any]:
    """The two axes of one chart: years below, and the scale that all charts share."""
    first, last = int(shared.first[:4]), int(shared.last[:4])
    top, bottom = _edges(place, rows)
    wide = (1 - GAP * (columns - 1)) / columns
    left = place.column * (wide + GAP)
    return {
        f"xaxis{place.axis('x')[1:]}": {
            **base["x"],
            "domain": [left, left + wide],
            "anchor": place.axis("y"),
            "range": [first - 1, last + 1],
            "tickformat": "d",
            "tickvals": sorted({first, last}),
        },
        f"yaxis{place.axis('y')[1:]}": {
            **base["y"],
            "domain": [bottom, top],
            "anchor": place.axis("x"),
            "range": [shared.low, shared.high],
            "tickformat": ",",
            "nticks": 4,
            "showticklabels": place.told,
        },
    }


def _edges(place: Place, rows: int) -> tuple[float, float]:
    """Top and bottom of a chart's own field, as shares of the figure's height."""
    above = place.row * HIGH
    return 1 - (above + TITLE) / (rows * HIGH), 1 - (above + HIGH - YEARS) / (rows * HIGH)


def _title(chart: SmallChart, place: Place, *, columns: int, rows: int) -> dict[str, Any]:
    wide = (1 - GAP * (columns - 1)) / columns
    title = f"<b>{'<br>'.join(wrap(chart.title, TITLE_WIDTH))}</b>"
    x, y = place.column * (wide + GAP), _edges(place, rows)[0]
    placing = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return style.annotation(
        title, x, y, size=13, colour=style.DARK, yshift=3, align="left", **placing
    )


def _traces(
    shared: Shared, chart: SmallChart, indicator: Indicator, *, place: Place, lang: Lang
) -> list[dict[str, Any]]:
    """The pieces of each line, and the symbols of its missing years at the foot."""
    axes = {"xaxis": place.axis("x"), "yaxis": place.axis("y")}
    found: list[dict[str, Any]] = []
    for order, line in enumerate(chart.lines):
        rows = shared.rows.get(_key(line))
        if rows is None:
            continue
        joined = stretches.line_stretches(rows, marks_of_line(line, indicator), shared.every)
        found += [stretch_trace(piece, line, indicator, lang) | axes for piece in joined]
        gone = rows[rows["value"].isna() & rows["status"].notna()]
        if len(gone):
            foot = shared.low + (0.06 + 0.11 * order) * (shared.high - shared.low)
            symbols = missing_symbols(_sparse(gone), line, foot, lang, size=12)
            found.append(symbols | axes)
    return found


def _sparse(gone: pd.DataFrame) -> pd.DataFrame:
    """
    Of years without a number in an unbroken row of one status, every fourth, from the first.

    Side by side their symbols would be a dotted line, read as a value.
    """
    years = stretches.year_numbers(gone["period"])
    run = ((years.diff() > 1) | gone["status"].ne(gone["status"].shift())).cumsum()
    return gone[years.groupby(run).cumcount() % SPARSE == 0]


def _rules(
    shared: Shared, chart: SmallChart, indicator: Indicator, place: Place
) -> list[dict[str, Any]]:
    """A vertical rule at each break that concerns a line of the chart."""
    marks = marks_within(marks_of_lines(indicator, chart.lines), shared.first, shared.last)
    where = {"xref": place.axis("x"), "yref": f"{place.axis('y')} domain"}
    return [mark_rule(mark) | where for mark in marks if mark.severity == "break"]


SECTION_KINDS = ("origin", "stay", "education", "age", "reason", "sex")
# Groups that are the whole of their kind: the others are told apart without them.
WHOLE_GROUPS = frozenset({"INTTOT", "030"})
QUIET = "#8A9099"
COLOURS = {"2": style.LEAD, "1": style.SECONDARY[0]}


@dataclass(frozen=True)
class KindGroup:
    """One group of a kind: its code, its name, and what it is of everybody or of each sex."""

    code: str
    name: str
    groups: tuple[Group, ...]

    @property
    def crossed(self) -> bool:
        """Whether women and men are two lines."""
        return len(self.groups) > 1


def groups_of_kind(
    catalogue: Catalogue, choices: Offer, kind: str, lang: Lang
) -> tuple[KindGroup, ...]:
    """The groups of a kind, in the catalogue's order; none where there is only one."""
    if kind == "sex":
        found = [
            KindGroup(sex, category_label(catalogue, "sex", sex, lang), (Group(sex=sex),))
            for sex in choices.sexes()
        ]
        return tuple(found) if len(found) > 1 else ()
    dimension = "education" if kind == "education" else "background"
    codes = choices.educations if kind == "education" else choices.known(kind)
    every = [
        KindGroup(
            code,
            category_label(catalogue, dimension, code, lang),
            tuple(_lines(choices, kind, code)),
        )
        for code in codes
    ]
    known = tuple(one for one in every if one.groups)
    return known if len(known) > 1 else ()


def group_of_code(kind: str, code: str, sex: str = TOTAL) -> Group:
    """A group of a kind."""
    if kind == "sex":
        return Group(sex=code)
    return Group(sex, education=code) if kind == "education" else Group(sex, background=code)


def group_lines(one: KindGroup, own: str, reference: ChartLine | None) -> tuple[ChartLine, ...]:
    """The lines of a group's chart, everybody at the back."""
    lines = tuple(_line(own, group, one.name, crossed=one.crossed) for group in one.groups)
    return ((reference,) if reference else ()) + lines


def everybody_line(choices: Offer, own: str, name: str) -> ChartLine | None:
    """The line of everybody in the region, quiet; None where the source has none."""
    if EVERYBODY not in choices.existing:
        return None
    return ChartLine(own, EVERYBODY, name, QUIET, width=1.5)


def _line(own: str, group: Group, name: str, *, crossed: bool) -> ChartLine:
    colour = COLOURS[group.sex] if crossed else style.LEAD
    dash = "dash" if crossed and group.sex == "1" else "solid"
    return ChartLine(own, group, name, colour, dash)


def _lines(choices: Offer, kind: str, code: str) -> Iterator[Group]:
    """Women and men where the source crosses; else both together."""
    sexes = [group_of_code(kind, code, sex) for sex in SEXES]
    if all(group in choices.existing for group in sexes):
        yield from sexes
    elif group_of_code(kind, code) in choices.existing:
        yield group_of_code(kind, code)
