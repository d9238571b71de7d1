"""
The lines of a panel as columns for a native chart of a slide, cut where nothing may be joined.

Pure. `pieces` decides what a line may join: every stretch is a column of its own, so that no
program can draw across a break or a missing year.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import figures, pieces
from dashboard.lines import Line, breaks_of, marks
from dashboard.regions import COUNTRY
from dashboard.text import enumerated, term
from etl.catalogue import Indicator, Lang

TICKS = 6
Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Stroke:
    """One unbroken stretch of a line, a value or None for each category; `first` of its line."""

    line: Line
    name: str
    values: Values
    first: bool

    @property
    def lone(self) -> bool:
        """Whether it is one year only, which a line would not show."""
        return sum(value is not None for value in self.values) == 1


@dataclass(frozen=True)
class Scale:
    """The axis of values: its ends and the distance between its lines."""

    low: float
    high: float
    step: float


def categories(series: pd.DataFrame) -> tuple[str, ...]:
    """Every year from the first to the last, as text; of elections every fourth."""
    if series.empty:
        return ()
    years, every = pieces.years(series["period"]), pieces.step(series["period"])
    return tuple(str(year) for year in range(years.min(), years.max() + 1, every))


def strokes(
    series: pd.DataFrame, lines: Sequence[Line], indicator: Indicator, lang: Lang
) -> tuple[Stroke, ...]:
    """The stretches of all lines in their order; all but a line's first say since when."""
    axis, every = categories(series), pieces.step(series["period"])
    return tuple(
        Stroke(line, name, values, first=name == line.name)
        for line in lines
        for name, values in named_columns(
            pieces.stretches(line.rows(series), breaks_of(line, indicator), every),
            line.name,
            axis=axis,
            lang=lang,
        )
    )


def named_columns(
    stretches: Sequence[pd.DataFrame], name: str, *, axis: Sequence[str], lang: Lang
) -> Iterator[tuple[str, Values]]:
    """Name and values of each stretch of a series; all but the first say since when they are."""
    for number, piece in enumerate(stretches):
        known = dict(zip(piece["period"].str.slice(0, 4), piece["value"], strict=True))
        since = term("export_since", lang, name=name, period=piece["period"].iloc[0])
        values = tuple(float(known[year]) if year in known else None for year in axis)
        yield since if number else name, values


def scale(drawn: Sequence[Stroke]) -> Scale:
    """An axis of round numbers with the same beginning as the page's chart: zero, or said."""
    low, high = figures.span([one for each in drawn for one in each.values if one is not None])
    power = 10.0 ** math.floor(math.log10((high - low) / TICKS))
    step = next(power * one for one in (1, 2, 5, 10) if power * one * TICKS >= high - low)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def reading(series: pd.DataFrame, lines: Sequence[Line], indicator: Indicator, lang: Lang) -> str:
    """Unit and how to read the chart of a slide; names only what can be seen in it."""
    drawn = strokes(series, lines, indicator, lang)
    if not drawn:
        return ""
    unit = indicator.unit[lang]
    found = scale(drawn)
    parts = [f"{unit[:1].upper()}{unit[1:]}."]
    parts += [] if found.low <= 0 <= found.high else [term("axis_not_zero", lang)]
    first, last = series["period"].min(), series["period"].max()
    inside = [mark for mark in marks(indicator, lines) if first < mark.period <= last]
    for severity, key in (("break", "slide_breaks"), ("caution", "slide_cautions")):
        years = list(dict.fromkeys(m.period[:4] for m in inside if m.severity == severity))
        parts += [term(key, lang, years=enumerated(years, lang))] if years else []
    parts += [term("slide_gaps", lang)] if _has_gap(series, lines) else []
    if any(line.region == COUNTRY != lines[0].region for line in lines):
        parts.append(term("country_dashed", lang))
    return " ".join(parts)


def _has_gap(series: pd.DataFrame, lines: Sequence[Line]) -> bool:
    """Whether a line lacks a year between its first and its last number."""
    axis = categories(series)
    for line in lines:
        rows = line.rows(series)
        known = set(rows[rows["value"].notna()]["period"].str.slice(0, 4))
        if known and any(min(known) < year < max(known) and year not in known for year in axis):
            return True
    return False
