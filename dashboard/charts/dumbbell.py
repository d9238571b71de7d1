"""
Two figures of many regions as a chart, of two years or of two groups: two dots a row.

Pure: rows in, a figure out. The dots are joined where they may be compared. It computes no value;
of years what stands in a row is what `year_pairs` says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from dashboard.charts import line_chart, style
from dashboard.charts.bars import axis_pixels, fitting_ticks, round_ticks
from dashboard.charts.line_chart import axis_range
from dashboard.charts.readout import rows_readout, status_words
from dashboard.charts.style import LETTER_WIDTH, annotation
from dashboard.codes import Order
from dashboard.data.observation import Observation
from dashboard.rules.thresholds import line_span
from dashboard.rules.years import pair_reason, year_pairs
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Indicator

_ROW, _NAME_LINE, _REASON = 26, 15, 18  # pixels of a row, of another line of its name, and below
_NAME_LETTERS = 30  # of a line of a name
_KEY_HEIGHT = 32
_DOT = 10  # pixels between the middle of a dot and its value
_NARROW_KEY = 20  # letters that fit above the dots of a narrow window
_PART = 30  # pixels of the words above a part of the rows
_PLOT, _NARROW_PLOT = 520, 165  # pixels of the axis, about
_WINDOW = 720  # pixels of a chart in the narrowest of the wide windows


@dataclass(frozen=True)
class DotRow:
    """
    A region with an open dot and a filled one; `joined` where the two may be compared.

    `reason` stands under the dots, `part` above the row where a part of the rows begins, and
    `beside` to the right of the dots in a wide window.
    """

    region: str
    name: str
    first: Observation
    second: Observation
    joined: bool
    reason: str = ""
    part: str = ""
    beside: str = ""

    @property
    def name_lines(self) -> list[str]:
        """The name in lines that leave room for the dots."""
        return wrap(self.name, _NAME_LETTERS) or [""]

    @property
    def dots_height(self) -> int:
        """Pixels of the dots and the name beside them."""
        return _ROW + _NAME_LINE * (len(self.name_lines) - 1)

    @property
    def height(self) -> int:
        """Pixels of the row itself."""
        return self.dots_height + (_REASON if self.reason else 0)


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
    ordered = [
        DotRow(
            pair.region,
            pair.name,
            pair.earlier,
            pair.later,
            joined=pair.comparable,
            reason=pair_reason(pair, look.lang),
        )
        for pair in year_pairs(rows, names, indicator, years=years, order=order)
    ]
    first, last = (format.period_name(year, look.lang) for year in years)
    return dots(ordered, indicator, look, region=region, names=(first, last))


def dots(
    rows: Sequence[DotRow],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
    names: tuple[str, str],
    beside: str = "",
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """
    Rows of two dots in their order; `names` are those of the open and of the filled dots.

    `layout.height` grows with the rows. `region` is the one in the lead colour, "" for none.
    `beside` is the head of what stands beside the rows. A row leads to its region, or to its
    address of `addresses`.
    """
    centres = _centres(rows)
    traces = [
        _joints([row for row in rows if row.joined], centres),
        *(
            _dots(rows, centres, indicator, look, region=region, name=name, filled=filled)
            for name, filled in zip(names, (False, True), strict=True)
        ),
    ]
    layout = _layout(rows, centres, look, region=region, beside=beside)
    layout["xaxis"] |= _axis(rows, indicator, look, layout)
    if beside and not look.narrow:
        traces.append(_beside(rows, centres, layout["xaxis"]["range"][1], region=region))
    layout["annotations"] = [
        _key(names, look, layout["margin"]["l"]),
        *([_beside_head(beside)] if beside and not look.narrow else []),
        *(_part_label(row, centres) for row in rows if row.part),
        *(_reason_label(row, centres, look) for row in rows if row.reason),
        *line_chart.example_mark(look),
    ]
    unnamed = not all(row.name for row in rows)
    layout["meta"] = rows_readout(
        [addresses.get(row.region, row.region) for row in rows],
        look.lang,
        here=region,
        unit=indicator.unit[look.lang],
        more={number: _told(row, names, look) for number, row in enumerate(rows)},
        names=[row.name or row.part.replace("<br>", " ") for row in rows] if unnamed else (),
    )
    layout["meta"] |= {"beside": beside} if beside and not look.narrow else {}
    layout["hovermode"] = False
    return {"data": traces, "layout": layout}


def _told(row: DotRow, names: tuple[str, str], look: Look) -> list[str]:
    """What is said of a row besides its values: what their symbols mean, and why it has no line."""
    statuses = [
        f"{name}: {status_words(side.status, look.lang)}"
        for name, side in zip(names, (row.first, row.second), strict=True)
        if side.present and side.status
    ]
    return [*statuses, *filter(None, [row.reason])]


def _centres(rows: Sequence[DotRow]) -> dict[str, float]:
    """The middle of each row in pixels from above, where the dots are."""
    centres, at = {}, 0.0
    for row in rows:
        at += _PART if row.part else 0
        centres[row.region] = at + row.dots_height / 2
        at += row.height
    return centres


def _joints(joined: Sequence[DotRow], centres: Mapping[str, float]) -> dict[str, Any]:
    """The lines between the dots, with gaps between them."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "joined",
        "x": [x for row in joined for x in (row.first.number, row.second.number, None)],
        "y": [y for row in joined for y in (*2 * (centres[row.region],), None)],
        "connectgaps": False,
        "line": {"color": style.RULE, "width": 2},
    }


def _dots(
    rows: Sequence[DotRow],
    centres: Mapping[str, float],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
    name: str,
    filled: bool,
) -> dict[str, Any]:
    """The open or the filled dots with their values on the outer side."""
    present = [row for row in rows if _side(row, filled=filled).present]
    numbers = [_side(row, filled=filled).number for row in present]
    colours = [style.LEAD if row.region == region else style.MUTED for row in present]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name if present else "",
        "x": numbers,
        "y": [centres[row.region] for row in present],
        "text": [format.number(number, indicator.decimals, look.lang) for number in numbers],
        "textposition": [f"middle {_outside(row, filled=filled)}" for row in present],
        "textfont": {"size": 12, "color": colours},
        "cliponaxis": False,
        "marker": {
            "size": 9,
            "color": colours if filled else style.PAPER,
            "line": {"color": colours, "width": 2},
        },
    }


def _beside(
    rows: Sequence[DotRow], centres: Mapping[str, float], end: float, *, region: str
) -> dict[str, Any]:
    """The words beside the rows, from the end of the axis on."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": "beside",
        "x": [end] * len(rows),
        "y": [centres[row.region] for row in rows],
        "text": [style.bold(row.beside, when=row.region == region) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": style.MUTED},
        "cliponaxis": False,
    }


def _beside_head(words: str) -> dict[str, Any]:
    """What stands beside the rows, above the first of them."""
    placing = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return annotation(words, 1, 1, size=12, yshift=6, **placing)


def _side(row: DotRow, *, filled: bool) -> Observation:
    return row.second if filled else row.first


def _outside(row: DotRow, *, filled: bool) -> str:
    """The side of a dot that is away from the other one."""
    if not (row.first.present and row.second.present):
        return "right"
    rises = row.second.number >= row.first.number
    return "right" if rises is filled else "left"


def _layout(
    rows: Sequence[DotRow],
    centres: Mapping[str, float],
    look: Look,
    *,
    region: str,
    beside: str,
) -> dict[str, Any]:
    """Names to the left of the rows, with room for them and for what stands to the right."""
    names = [style.bold("<br>".join(row.name_lines), when=row.region == region) for row in rows]
    height = sum(row.height + (_PART if row.part else 0) for row in rows) or _ROW
    layout = style.row_layout(look.lang, names, list(centres.values()), height)
    longest = max((len(line) for row in rows for line in row.name_lines), default=0)
    right = 0
    if beside and not look.narrow:
        right = max(len(words) for words in (beside, *(row.beside for row in rows)))
    layout["height"] = _KEY_HEIGHT + height + style.AXIS_HEIGHT
    layout["margin"] = {
        "l": 12 + round(LETTER_WIDTH * longest),
        "r": 12 + round(LETTER_WIDTH * right),
        "t": _KEY_HEIGHT,
        "b": style.AXIS_HEIGHT,
    }
    return layout


def _axis(
    rows: Sequence[DotRow], indicator: Indicator, look: Look, layout: dict[str, Any]
) -> dict[str, Any]:
    """The axis of values, with room for the longest value beside a dot at either end."""
    observations = (observation for row in rows for observation in (row.first, row.second))
    numbers = [observation.number for observation in observations if observation.present]
    low, high = _ends(numbers, indicator)
    labels = (format.number(number, indicator.decimals, look.lang) for number in numbers)
    beside = _DOT + LETTER_WIDTH * max(map(len, labels), default=0)
    margins = layout["margin"]
    wide = max(_NARROW_PLOT, min(_PLOT, _WINDOW - margins["l"] - margins["r"]))
    plot = _NARROW_PLOT if look.narrow else wide
    room = (high - low) * beside / max(plot - 2 * beside, beside)
    start = min([low, *(number - room for number in numbers)])
    pixels = axis_pixels(layout, look, plot) * (high - low) / (high + room - start)
    count = fitting_ticks(low, high, look, pixels)
    return {"range": [start, high + room], "tickvals": round_ticks(low, high, count)}


def _ends(numbers: Sequence[float], indicator: Indicator) -> tuple[float, float]:
    """The ends of the axis: at least half as far apart as those of a small picture of a line."""
    low, high = axis_range(numbers)
    if not numbers or low <= 0 <= high:
        return low, high
    lacking = max(0.0, line_span(indicator, numbers) / 2 - (high - low))
    if low - lacking / 2 <= 0 <= high + lacking / 2:
        return (low, high + lacking) if low > 0 else (low - lacking, high)
    return low - lacking / 2, high + lacking / 2


def _key(names: tuple[str, str], look: Look, left: float) -> dict[str, Any]:
    """Which dot is which, above the first row; in a narrow window from the left edge."""
    text = term("pair_key", look.lang, first=names[0], last=names[1])
    if look.narrow and len(text) > _NARROW_KEY:
        text = "<br>".join(part.strip() for part in text.split("   "))
    placing: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": "left"}
    if "<br>" not in text:
        return annotation(text, 0, 1, size=13, yanchor="bottom", yshift=6, **placing)
    placing |= {"xshift": -left, "align": "left"}
    return annotation(text, 0, 1, size=12, yanchor="bottom", yshift=0, **placing)


def _part_label(row: DotRow, centres: Mapping[str, float]) -> dict[str, Any]:
    """What the rows from here on have in common, above the first of them."""
    placing = {"xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "bottom"}
    above = row.dots_height / 2 + 2
    return annotation(
        row.part, 0, centres[row.region], size=13, yshift=above, align="left", **placing
    )


def _reason_label(row: DotRow, centres: Mapping[str, float], look: Look) -> dict[str, Any]:
    """Why a row has no line, under its dots; from the right edge in a narrow window."""
    x, side = (1, "right") if look.narrow else (0, "left")
    placing = {"xref": "paper", "yref": "y", "xanchor": side, "yanchor": "top"}
    return annotation(row.reason, x, centres[row.region], size=12, yshift=-6, **placing)
