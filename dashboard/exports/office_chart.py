"""
A chart that Office edits, in a workbook or on a slide: its periods and the columns of its series.

Pure. A series is cut into stretches, a column each over all periods, so that no program draws a
line across a break or a missing period.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.data.observation import Observation
from dashboard.rules import stretches
from dashboard.text import format, term
from etl.catalogue import Break, Lang
from etl.catalogue.periods import PERIODS_A_YEAR, frequency, ordinal, period_at


@dataclass(frozen=True)
class ChartColumn:
    """One stretch of the series of a number: a value or None for each period of the axis."""

    series: int
    name: str
    values: tuple[float | None, ...]
    first: bool  # of its series, the one that stands in the legend

    @property
    def numbers(self) -> tuple[float, ...]:
        """The values of the periods that have one."""
        return tuple(value for value in self.values if value is not None)


def period_axis(periods: Collection[str]) -> tuple[str, ...]:
    """Every period from the first to the last, as the source writes it; of elections the fourth."""
    if not periods:
        return ()
    first, last = min(periods), max(periods)
    length = frequency(first)
    steps = range(ordinal(first), ordinal(last) + 1, stretches.step(periods))
    return tuple(period_at(place, length) for place in steps)


def label_interval(periods: Sequence[str], *, most: int) -> int:
    """Of how many periods one is written under the axis: of months and quarters whole years."""
    interval = max(1, -(-len(periods) // most))
    a_year = PERIODS_A_YEAR[frequency(periods[0])]
    return interval if interval == 1 else a_year * -(-interval // a_year)


def chart_columns(
    rows: Iterable[Observation],
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
        rows: of the series, oldest first (see `line_stretches`).
        marks: the breaks that concern it.
        number: of the series in its chart.
        name: of the series.
        axis: the periods of the chart (see `period_axis`).
        lang: of the name.

    """
    for index, stretch in enumerate(stretches.line_stretches(rows, marks, stretches.step(axis))):
        values = {row.period: row.number for row in stretch}
        since = term("export_since", lang, name=name, period=_since(stretch, lang))
        column = tuple(values.get(period) for period in axis)
        yield ChartColumn(number, since if index else name, column, first=index == 0)


def _since(stretch: Sequence[Observation], lang: Lang) -> str:
    return format.period_name(stretch[0].period, lang)


def number_format(decimals: int, whole: str = "#,##0") -> str:
    """How Office writes numbers of so many decimals."""
    return f"{whole}.{'0' * decimals}" if decimals else whole
