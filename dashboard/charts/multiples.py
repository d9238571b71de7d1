"""
Small charts side by side, one for each group of a kind, on one scale.

Pure: rows in, one figure with many axes out. Lines are cut and missing years marked as in
`line_chart`; it never asks the warehouse and never computes a value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from dashboard.charts import style
from dashboard.charts.line_chart import (
    axis_range,
    example_mark,
    left_margin,
    mark_rule,
    missing_symbols,
    stretch_trace,
    told_missing,
)
from dashboard.charts.readout import PeriodNote, lines_readout, mark_notes
from dashboard.charts.style import ChartLine, marks_of_line, marks_of_lines
from dashboard.codes import DIMENSIONS, EVERYBODY, SEXES, Group, dimension_of_kind
from dashboard.data.observation import PERIOD, Observation, observation_places
from dashboard.rules import stretches
from dashboard.rules.comparison import has_seasons, marks_within
from dashboard.sentences.wording import category_label
from dashboard.state.groups import Offer
from dashboard.text import lower_first, term
from dashboard.text.format import Look
from etl.catalogue import Catalogue, Indicator, Lang
from etl.catalogue.periods import PERIODS_A_YEAR, frequency, ordinal, starting

_LINE = attrgetter("region", *DIMENSIONS)
_CHARTS_A_ROW = 3  # one where narrow
_PLOT_HEIGHT, _FLAT_HEIGHT, _YEARS_HEIGHT = 118, 60, 26  # pixels
_TITLE_WIDTH, _NARROW_TITLE_WIDTH = 26, 36  # letters of a line of a title
_TITLE_LINE, _TITLE_ROOM = 17, 10  # pixels of a line, and around a title
_COLUMN_GAP = 0.05  # of the figure's width
_LEAST_MARGIN = 44  # pixels left of the charts
_SYMBOL_EVERY = 4  # years
_ROOM = 0.04  # of the time that is drawn, at each end


@dataclass(frozen=True)
class SmallChart:
    """One chart: its title, and its lines from the back to the front."""

    title: str
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True)
class _SharedScale:
    """
    What all charts share: rows by region and group, scale and years.

    `is_flat`: whether all values are one and the same, which needs no height to be seen.
    """

    rows: Mapping[Any, Sequence[Observation]]
    low: float
    high: float
    first: str
    last: str
    step: int
    is_flat: bool


@dataclass(frozen=True)
class _ChartField:
    """Where the axes of a chart lie, as shares of the figure; `number` from 1."""

    number: int
    left: float
    right: float
    bottom: float
    top: float

    def axis(self, letter: str) -> str:
        """The name of one of its axes: "x", "x2"."""
        return letter if self.number == 1 else f"{letter}{self.number}"


def multiples(
    series: Sequence[Observation],
    charts: Sequence[SmallChart],
    indicator: Indicator,
    look: Look,
    *,
    layout: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """
    The figure, `layout.height` pixels high.

    Args:
        series: the rows of all charts, as by `series.series`; oldest first.
        charts: at least one.
        indicator: gives unit, decimals and breaks.
        look: one column where the window is narrow.
        layout: how many charts stand in a row, and the pixels of a plot, where not as usual.

    """
    columns, plot_height = layout or (1 if look.narrow else _CHARTS_A_ROW, _PLOT_HEIGHT)
    scale = _scale(series, charts)
    plot_height = min(plot_height, _FLAT_HEIGHT) if scale.is_flat else plot_height
    titles = [
        wrap(chart.title, _NARROW_TITLE_WIDTH if look.narrow else _TITLE_WIDTH) for chart in charts
    ]
    title_height = _TITLE_ROOM + _TITLE_LINE * max(map(len, titles))
    row_height = title_height + plot_height + _YEARS_HEIGHT
    height = row_height * -(-len(charts) // columns)
    left = left_margin((scale.low, scale.high), look, _LEAST_MARGIN)
    drawn = style.chart_layout(look.lang)
    base = {letter: drawn.pop(f"{letter}axis") for letter in "xy"}
    drawn |= {"height": height, "margin": {"l": left, "r": 22, "t": 0, "b": 0}}
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    notes: list[PeriodNote] = []
    for number, chart in enumerate(charts):
        field = _field(
            number, columns, height=height, row_height=row_height, title_height=title_height
        )
        drawn |= _axes(field, scale, base)
        traces += _traces(scale, chart, indicator, field=field, lang=look.lang)
        shapes += _break_rules(scale, chart, indicator, field)
        annotations.append(_title(titles[number], field))
        names[field.axis("x")] = chart.title
        inside = marks_within(marks_of_lines(indicator, chart.lines), scale.first, scale.last)
        notes += mark_notes(inside, scale.first, look.lang, [field.axis("x")])
    periods = (scale.first, scale.last)
    drawn["meta"] = lines_readout(indicator, look.lang, periods, notes, titles=names)
    drawn["hovermode"] = False
    drawn |= {"shapes": shapes, "annotations": [*annotations, *example_mark(look)]}
    return {"data": traces, "layout": drawn}


def _scale(series: Sequence[Observation], charts: Sequence[SmallChart]) -> _SharedScale:
    """The rows that stand in a chart, and the scale that holds them all."""
    keys = {(line.region, *line.group) for chart in charts for line in chart.lines}
    rows: dict[tuple[str, ...], list[Observation]] = {}
    for row in series:
        if (key := _LINE(row)) in keys:
            rows.setdefault(key, []).append(row)
    shown = list(chain.from_iterable(rows.values())) or series
    values = {row.number for row in shown if row.present}
    low, high = axis_range(values)
    periods = sorted(set(map(PERIOD, shown)))
    step = stretches.step(periods)
    return _SharedScale(rows, low, high, periods[0], periods[-1], step, len(values) == 1)


def _field(
    number: int, columns: int, *, height: int, row_height: int, title_height: int
) -> _ChartField:
    """The field of a chart in its row and column, below its title and above its years."""
    width = (1 - _COLUMN_GAP * (columns - 1)) / columns
    left, above = number % columns * (width + _COLUMN_GAP), number // columns * row_height
    bottom = 1 - (above + row_height - _YEARS_HEIGHT) / height
    return _ChartField(number + 1, left, left + width, bottom, 1 - (above + title_height) / height)


def _axes(field: _ChartField, scale: _SharedScale, base: dict[str, Any]) -> dict[str, Any]:
    """The two axes of one chart: years below, and the scale that all charts share."""
    return {
        f"xaxis{field.axis('x')[1:]}": {
            **base["x"],
            "domain": [field.left, field.right],
            "anchor": field.axis("y"),
            **_ends(scale),
        },
        f"yaxis{field.axis('y')[1:]}": {
            **base["y"],
            "domain": [field.bottom, field.top],
            "anchor": field.axis("x"),
            "range": [scale.low, scale.high],
            "tickformat": ",",
            "nticks": 4,
            "showticklabels": field.left == 0,
        },
    }


def _ends(scale: _SharedScale) -> dict[str, Any]:
    """The axis of time: the first and the last period, written short where they are no years."""
    first, last = ordinal(scale.first), ordinal(scale.last)
    if not has_seasons(scale.first):
        ticks: dict[str, Any] = {"tickformat": "d", "tickvals": sorted({first, last})}
        return {"range": [first - 1, last + 1], **ticks}
    room = max(1.0, (last - first) * _ROOM)
    names = dict.fromkeys((scale.first[:4], scale.last[:4]))
    places = [max(first, starting(year, frequency(scale.first))) for year in names]
    return {"range": [first - room, last + room], "tickvals": places, "ticktext": list(names)}


def _title(lines: Sequence[str], field: _ChartField) -> dict[str, Any]:
    title = f"<b>{'<br>'.join(lines)}</b>"
    placing: Any = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return style.annotation(
        title, field.left, field.top, size=13, colour=style.DARK, yshift=3, align="left", **placing
    )


def _traces(
    scale: _SharedScale, chart: SmallChart, indicator: Indicator, *, field: _ChartField, lang: Lang
) -> list[dict[str, Any]]:
    """The stretches of each line, and the symbols of its missing years at the foot."""
    axes = {"xaxis": field.axis("x"), "yaxis": field.axis("y")}
    traces: list[dict[str, Any]] = []
    for number, line in enumerate(chart.lines):
        rows = scale.rows.get((line.region, *line.group))
        if rows is None:
            continue
        joined = stretches.line_stretches(rows, marks_of_line(line, indicator), scale.step)
        traces += [stretch_trace(stretch, line, indicator, lang) | axes for stretch in joined]
        if missing := told_missing(rows):
            height = scale.low + (0.06 + 0.11 * number) * (scale.high - scale.low)
            symbols = missing_symbols(sparse_years(missing), line, height, lang, size=12)
            traces.append(symbols | axes)
    return traces


def sparse_years(missing: Sequence[Observation]) -> list[Observation]:
    """
    Of years without a number in an unbroken row of one status, every fourth, from the first.

    Of months and quarters one in four years.

    Side by side their symbols would be a dotted line, read as a value.
    """
    places = observation_places(missing)
    every = _SYMBOL_EVERY * PERIODS_A_YEAR[frequency(missing[0].period)]
    starts = stretches.stretch_starts(places, [row.status for row in missing], step=1)
    return [
        row for start, end in pairwise([*starts, len(missing)]) for row in missing[start:end:every]
    ]


def _break_rules(
    scale: _SharedScale, chart: SmallChart, indicator: Indicator, field: _ChartField
) -> list[dict[str, Any]]:
    """A vertical rule at each break that concerns a line of the chart."""
    placing = {"xref": field.axis("x"), "yref": f"{field.axis('y')} domain"}
    return [
        mark_rule(mark, scale.first) | placing
        for mark in marks_within(marks_of_lines(indicator, chart.lines), scale.first, scale.last)
        if mark.severity == "break"
    ]


def symbol_sentences(figure: Mapping[str, Any], lang: Lang) -> list[str]:
    """What the symbols below small charts stand for: those that are drawn."""
    meanings = {
        symbol: meaning
        for trace in figure["data"]
        if trace["mode"] == "text"
        for symbol, meaning in zip(trace["text"], trace["customdata"], strict=True)
    }
    return [
        term("groups_symbol", lang, symbol=symbol, meaning=lower_first(meaning))
        for symbol, meaning in meanings.items()
    ]


SECTION_KINDS = ("origin", "stay", "education", "age", "reason", "sex")
# Groups that are the whole of their kind: the others are distinguished without them.
WHOLE_GROUPS = frozenset({"INTTOT", "030"})
_SEX_COLOURS = {"2": style.LEAD, "1": style.SECONDARY[0]}
_SEX_DASHES = {"2": "solid", "1": "dash"}


@dataclass(frozen=True)
class KindGroup:
    """
    One group of a kind: its code, its name, and what it is of everybody or of each sex.

    `region` is whose it is where that is not the selected one: a member that stands in its place.
    """

    code: str
    name: str
    groups: tuple[Group, ...]
    region: str = ""

    @property
    def crossed(self) -> bool:
        """Whether women and men are two lines."""
        return len(self.groups) > 1


def groups_of_kind(
    catalogue: Catalogue, choices: Offer, kind: str, lang: Lang
) -> tuple[KindGroup, ...]:
    """The groups of a kind, in the catalogue's order; none where there is only one."""
    dimension = dimension_of_kind(kind)
    codes = choices.sexes() if kind == "sex" else choices.known(kind)
    groups = [
        KindGroup(
            code,
            category_label(catalogue, dimension, code, lang),
            tuple(_existing(choices, kind, code)),
        )
        for code in codes
    ]
    existing = tuple(group for group in groups if group.groups)
    return existing if len(existing) > 1 else ()


def _existing(choices: Offer, kind: str, code: str) -> Iterator[Group]:
    """Women and men where the source crosses; else both together."""
    base = choices.base(kind)
    sexes = [group_of_code(kind, code, base._replace(sex=sex)) for sex in SEXES]
    if kind != "sex" and all(group in choices.existing for group in sexes):
        yield from sexes
    elif (group := group_of_code(kind, code, base)) in choices.existing:
        yield group


def group_of_code(kind: str, code: str, base: Group = EVERYBODY) -> Group:
    """A group of a kind, of those that `base` says."""
    return base._replace(**{dimension_of_kind(kind): code})


def group_lines(
    group: KindGroup,
    region: str,
    reference: ChartLine | None,
    sexes: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ChartLine, ...]:
    """
    The lines of a group's chart, everybody at the back; men are dashed beside women.

    `sexes` are the names of the two.
    """
    region = group.region or region
    lines = [
        ChartLine(
            region,
            of_sex,
            sexes.get(of_sex.sex, group.name),
            _SEX_COLOURS[of_sex.sex],
            _SEX_DASHES[of_sex.sex],
        )
        if group.crossed
        else ChartLine(region, of_sex, group.name, style.LEAD)
        for of_sex in group.groups
    ]
    return (*([reference] if reference else []), *lines)


def everybody_line(choices: Offer, region: str, name: str) -> ChartLine | None:
    """The line of everybody in the region, quiet; None where the source has none."""
    if EVERYBODY not in choices.existing:
        return None
    return ChartLine(region, EVERYBODY, name, style.RULE, width=1.5)
