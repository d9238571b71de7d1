"""
Figures of several groups in many regions: a row for each region, a dot for each group, one scale.

Pure: rows in, a figure out. A thin line joins the dots of a region that may be compared; a group
without a number has no dot. It computes no value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import style
from dashboard.charts.bars import axis_pixels, fitting_ticks, round_ticks
from dashboard.charts.line_chart import axis_range, example_mark
from dashboard.charts.readout import rows_readout, status_words
from dashboard.charts.style import LETTER_WIDTH, ChartLine, annotation
from dashboard.data.observation import Observation
from dashboard.rules.comparison import comparability
from dashboard.text import format, lower_first, term
from dashboard.text.format import Look
from etl.catalogue import Indicator, Lang

# By plotly's name, with the letter that stands for each in a key.
STRIP_MARKS = {**style.MARKS, "triangle-down": "▼", "cross": "✚"}
_ROW, _PART, _TOP = 26, 34, 8  # pixels of a row, of the words above a part of the rows, and above
_PLOT, _NARROW_PLOT = 520, 165  # pixels of the axis, about


@dataclass(frozen=True)
class StripRow:
    """
    A region with the observation of each group, None where there is none.

    `part` stands above the row where a part of the rows begins.
    """

    region: str
    name: str
    figures: tuple[Observation | None, ...]
    part: str = ""

    @property
    def present(self) -> tuple[Observation, ...]:
        """Those with a number."""
        return tuple(one for one in self.figures if one is not None and one.present)


def strips(
    rows: Sequence[StripRow],
    groups: Sequence[ChartLine],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
) -> dict[str, Any]:
    """
    The rows in their order; `layout.height` grows with them.

    Args:
        rows: at least one; the figures of each in the order of the groups.
        groups: name, colour and mark of each.
        indicator: gives unit and decimals, and what may be compared.
        look: the reader's language and window.
        region: the one in bold, "" for none.

    """
    centres = _centres(rows)
    height = round(centres[-1] + _ROW / 2)
    names = [style.bold(row.name, when=row.region == region) for row in rows]
    layout = style.row_layout(look.lang, names, centres, height)
    layout["height"] = _TOP + height + style.AXIS_HEIGHT
    layout["margin"] = {
        "l": 12 + round(LETTER_WIDTH * max(len(row.name) for row in rows)),
        "r": 16,
        "t": _TOP,
        "b": style.AXIS_HEIGHT,
    }
    values = [one.number for row in rows for one in row.present]
    low, high = axis_range(values)
    plot = _NARROW_PLOT if look.narrow else _PLOT
    count = fitting_ticks(low, high, look, axis_pixels(layout, look, plot))
    layout["xaxis"] |= {"range": [low, high], "tickvals": round_ticks(low, high, count)}
    layout["annotations"] = [
        *(_part_label(row, centre) for row, centre in zip(rows, centres, strict=True) if row.part),
        *example_mark(look),
    ]
    dots = [
        _dots(rows, centres, number, group, indicator=indicator, lang=look.lang)
        for number, group in enumerate(groups)
    ]
    layout["meta"] = rows_readout(
        [row.region for row in rows],
        look.lang,
        here=region,
        unit=indicator.unit[look.lang],
        more={number: _told(row, groups, look.lang) for number, row in enumerate(rows)},
    )
    layout["hovermode"] = False
    return {"data": [_joints(rows, centres, indicator), *dots], "layout": layout}


def _told(row: StripRow, groups: Sequence[ChartLine], lang: Lang) -> list[str]:
    """What is said of a row besides its numbers: symbols in words, and what is not there."""
    told = []
    for group, figure in zip(groups, row.figures, strict=True):
        if figure is not None and figure.status:
            told.append(f"{group.name}: {status_words(figure.status, lang)}")
        elif figure is None or not figure.present:
            told.append(f"{group.name}: {lower_first(term('not_available', lang))}")
    return told


def _centres(rows: Sequence[StripRow]) -> list[float]:
    """The middle of each row in pixels from above."""
    centres, above = [], 0.0
    for row in rows:
        above += _PART if row.part else 0
        centres.append(above + _ROW / 2)
        above += _ROW
    return centres


def _joints(
    rows: Sequence[StripRow], centres: Sequence[float], indicator: Indicator
) -> dict[str, Any]:
    """A line from the lowest to the highest dot of each row whose figures may be compared."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, centre in zip(rows, centres, strict=True):
        if len(row.present) > 1 and _are_alike(row.present, indicator):
            numbers = [one.number for one in row.present]
            x += [min(numbers), max(numbers), None]
            y += [centre, centre, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "joined",
        "x": x,
        "y": y,
        "connectgaps": False,
        "line": {"color": style.RULE, "width": 1},
    }


def _are_alike(figures: Sequence[Observation], indicator: Indicator) -> bool:
    """Whether figures of one region and period are of one register; groups may differ freely."""
    first, *others = figures
    alike = (one._replace(**first.group._asdict()) for one in others)
    return all(comparability(first, one, indicator).comparable for one in alike)


def _dots(
    rows: Sequence[StripRow],
    centres: Sequence[float],
    number: int,
    group: ChartLine,
    *,
    indicator: Indicator,
    lang: Lang,
) -> dict[str, Any]:
    """The dots of a group."""
    shown = [
        (centre, one)
        for row, centre in zip(rows, centres, strict=True)
        if (one := row.figures[number]) is not None and one.present
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": group.name,
        "x": [one.number for _, one in shown],
        "y": [centre for centre, _ in shown],
        "text": [format.number(one.number, indicator.decimals, lang) for _, one in shown],
        "cliponaxis": False,
        "marker": {"size": 10, "color": group.colour, "symbol": group.mark},
    }


def _part_label(row: StripRow, centre: float) -> dict[str, Any]:
    """What the rows from here on have in common, above the first of them."""
    placing = {"xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "bottom"}
    return annotation(row.part, 0, centre, size=13, yshift=_ROW / 2, align="left", **placing)
