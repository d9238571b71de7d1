"""
A chart that Office edits, in a workbook or on a slide: its years and the columns of its series.

Pure. A series is cut into stretches, a column each over all years, so that no program draws a
line across a break or a missing year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.rules import stretches
from dashboard.text import term
from etl.catalogue import Break, Lang


@dataclass(frozen=True)
class ChartColumn:
    """One stretch of the series of a number: a value or None for each year of the axis."""

    series: int
    name: str
    values: tuple[float | None, ...]
    first: bool  # of its series, the one that stands in the legend

    @property
    def numbers(self) -> tuple[float, ...]:
        """The values of the years that have one."""
        return tuple(value for value in self.values if value is not None)


def year_axis(periods: pd.Series) -> tuple[str, ...]:
    """Every year from the first to the last, as text; of elections every fourth."""
    if periods.empty:
        return ()
    years = stretches.year_numbers(periods)
    return tuple(map(str, range(years.min(), years.max() + 1, stretches.step(periods))))


def chart_columns(
    rows: pd.DataFrame,
    marks: Sequence[Break],
    *,
    number: int,
    name: str,
    axis: Sequence[str],
    lang: Lang,
) -> Iterator[ChartColumn]:
    """
    The stretches of one series, oldest first; all but the first say since when they are.

    Args:
        rows: period, value, segment of the series, oldest first (see `line_stretches`).
        marks: the breaks that concern it.
        number: of the series in its chart.
        name: of the series.
        axis: the years of the chart (see `year_axis`).
        lang: of the name.

    """
    for index, stretch in enumerate(stretches.line_stretches(rows, marks, stretches.step(axis))):
        values = dict(zip(stretch["period"].str.slice(0, 4), stretch["value"], strict=True))
        since = term("export_since", lang, name=name, period=stretch["period"].iloc[0])
        column = tuple(float(values[year]) if year in values else None for year in axis)
        yield ChartColumn(number, since if index else name, column, first=index == 0)


def number_format(decimals: int, whole: str = "#,##0") -> str:
    """How Office writes numbers of so many decimals."""
    return f"{whole}.{'0' * decimals}" if decimals else whole
