"""
Many regions of one level as bars or dots, a row each: values, symbols and lines of reference.

Pure: rows in, a figure out. It computes no value and decides no order; what has nothing to draw
has its row and its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Any

from dashboard.charts import style
from dashboard.charts.line_chart import axis_range, example_mark
from dashboard.charts.readout import rows_readout, status_words
from dashboard.charts.style import AXIS_HEIGHT, LETTER_WIDTH, annotation, bold
from dashboard.data.observation import Observation
from dashboard.rules.order import Item, aside_reason
from dashboard.state.regions import Region
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Indicator, Lang

_FEW, _MANY = 40, 100  # rows
_LOWEST_ROW = 15  # pixels
_REFERENCE_HEIGHT = 18
_LONGEST_BESIDE = 14  # letters that fit beside a bar in a narrow window
_PLOT, _NARROW_PLOT = 560, 190  # pixels of a plot beside its names, about
_NARROWEST = 288  # pixels of a chart in a window of 320
_LEAST_AXIS = 40  # pixels of an axis beside the longest names
_TICK_GAP = 6  # pixels between two numbers of an axis
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Bar:
    """
    A region's row; `value` is None where nothing may be drawn.

    `words` stand beside the bar or in its place, `status` says what a symbol among them means.
    """

    region: str
    name: str
    value: float | None
    words: str
    status: str = ""


@dataclass(frozen=True)
class Reference:
    """A line across all rows: the value of a region of another level."""

    name: str
    value: float
    words: str
    colour: str = style.MUTED
    dash: str = "dot"


@dataclass(frozen=True)
class BarForm:
    """Solid bars or dots; `base` is where a bar or the stem of a dot begins, None for no stem."""

    solid: bool
    base: float | None


def bar_form(indicator: Indicator, values: Sequence[float]) -> BarForm:
    """
    How values are drawn: bars from zero; dots where some are negative, and of what is no amount.

    A ratio is drawn from 100; any other index, and a class, has no beginning.
    """
    phrases = [indicator.phrase, *(segment.phrase for segment in indicator.segments)]
    if indicator.measure == "ratio" or any(phrase and phrase.against for phrase in phrases):
        return BarForm(solid=False, base=100.0)
    if indicator.measure in {"index", "class"}:
        return BarForm(solid=False, base=None)
    return BarForm(solid=all(value >= 0 for value in values), base=0.0)


def _value_and_symbol(observation: Observation, indicator: Indicator, look: Look) -> str:
    """A number with its unit, and its symbol; the symbol alone; or "" for neither."""
    text = format.measured(observation.value, observation.status, indicator, look.lang)
    symbol = format.symbol(observation.status)
    return f"{text} {symbol}" if observation.present and symbol else text


def region_bar(item: Item, name: str, indicator: Indicator, look: Look, *, change: str = "") -> Bar:
    """
    The row of a listed region, with the reason where it is not compared with the others.

    `change` is since an earlier year, in words.
    """
    value = _value_and_symbol(item.observation, indicator, look)
    reason = aside_reason(item, look.lang)
    words = value or reason
    if value and item.aside and item.aside != "missing":
        words = f"{value}, {reason}"
    if change:
        words += f" ({change})"
    observation = item.observation
    status = ""
    if observation.present and observation.status:
        status = status_words(observation.status, look.lang)
    return Bar(item.region, name, None if item.aside else observation.number, words, status)


def region_reference(
    region: Region,
    observation: Observation,
    indicator: Indicator,
    look: Look,
    *,
    selected: bool = False,
    dash: str = "dot",
) -> Reference:
    """The line of a larger region, or of the selected one; `dash` of all but country and county."""
    dashes = {"country": "dash", "county": "dot"}
    return Reference(
        region.name(look.lang),
        observation.number,
        _value_and_symbol(observation, indicator, look),
        colour=style.LEAD if selected else style.COUNTRY_COLOUR,
        dash="solid" if selected else dashes.get(region.level, dash),
    )


def base_words(form: BarForm, lang: Lang) -> str:
    """Where bars or dots begin, as a sentence."""
    if form.solid:
        return term("bars_from_zero", lang)
    keys = {None: "axis_not_zero", 0.0: "dots_from_zero", 100.0: "dots_from_hundred"}
    return term(keys[form.base], lang)


def bars(
    rows: Sequence[Bar],
    look: Look,
    *,
    region: str,
    form: BarForm,
    references: Sequence[Reference] = (),
) -> dict[str, Any]:
    """
    One row for each region, in the order given; `layout.height` grows with the rows.

    Args:
        rows: those without a value are meant to stand last.
        look: the reader's language and window; invented data are marked in the image.
        region: the one in the lead colour, "" for none.
        form: bars or dots, and from where (see `bar_form`).
        references: lines across all rows, their words above.

    """
    longest = max((len(row.name) for row in rows), default=0)
    names_above = look.narrow and longest > _LONGEST_BESIDE
    height = _row_height(len(rows), names_above=names_above)
    centres = [height * (number + (0.75 if names_above else 0.5)) for number in range(len(rows))]
    present = [(row, y) for row, y in zip(rows, centres, strict=True) if row.value is not None]
    low, last = _extent(rows, references, form)
    plot = _NARROW_PLOT if look.narrow else _PLOT
    high = last + (last - low) * _room_for_words(rows, plot)
    layout = _layout(rows, centres, look, region=region, height=height)
    margins = {
        "l": 16 + (0 if names_above else round(LETTER_WIDTH * longest)),
        "r": 12,
        "b": AXIS_HEIGHT,
        "t": 10 + _REFERENCE_HEIGHT * len(references),
    }
    layout |= {"margin": margins}
    layout["height"] = margins["t"] + height * max(len(rows), 1) + AXIS_HEIGHT
    wide = axis_pixels(layout, look, plot) * (last - low) / (high - low)
    layout["xaxis"] |= {
        "range": [low, high],
        "tickvals": round_ticks(low, last, fitting_ticks(low, last, look, wide)),
    }
    if names_above:
        layout["yaxis"] |= {"showticklabels": False}
    layout["shapes"] = [
        *_base_line(form, low, high),
        *(
            style.upright_rule(
                "reference", line.value, color=line.colour, width=1.75, dash=line.dash
            )
            for line in references
        ),
    ]
    layout["annotations"] = [
        *_reference_labels(references, (low, high), (margins["l"], plot)),
        *(_names_above(rows, centres, region, height) if names_above else ()),
        *example_mark(look),
    ]
    traces = _solid(present, height, region) if form.solid else _dotted(present, form.base, region)
    words = _words(rows, centres, high, region=region, height=height)
    layout["meta"] = rows_readout(
        [row.region for row in rows],
        look.lang,
        here=region,
        more={number: [row.status] for number, row in enumerate(rows) if row.status},
    )
    layout["hovermode"] = False
    return {"data": [*traces, words], "layout": layout}


def _row_height(count: int, *, names_above: bool) -> int:
    """The height of a row in pixels: the more rows, the lower."""
    if names_above:
        return 36
    return 21 if count <= _FEW else 18 if count <= _MANY else _LOWEST_ROW


def _extent(
    rows: Sequence[Bar], references: Sequence[Reference], form: BarForm
) -> tuple[float, float]:
    """The first and the last value that the axis must hold, never one and the same."""
    numbers = [row.value for row in rows if row.value is not None]
    numbers += [reference.value for reference in references]
    if form.base is not None:
        numbers.append(form.base)
    low, high = (min(numbers), max(numbers)) if form.solid and numbers else axis_range(numbers)
    return low, high if high > low else low + 1.0


def _room_for_words(rows: Sequence[Bar], plot: int) -> float:
    """What the column of words needs, as a part of the axis that holds the values."""
    letters = max((len(row.words) for row in rows), default=0)
    part = min(0.6, LETTER_WIDTH * (letters + 2) / plot)
    return part / (1 - part)


def _layout(
    rows: Sequence[Bar], centres: Sequence[float], look: Look, *, region: str, height: int
) -> dict[str, Any]:
    names = [bold(row.name, when=row.region == region) for row in rows]
    layout = style.row_layout(look.lang, names, centres, height * max(len(rows), 1))
    layout["yaxis"] |= {
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": style.TRANSPARENT,
        "tickfont": {"size": 13 if height > 18 else 11},
    }
    return layout


def _solid(present: Sequence[tuple[Bar, float]], height: int, region: str) -> list[dict[str, Any]]:
    """Bars from zero, each in its row."""
    colours = [style.LEAD if row.region == region else style.PALE for row, _ in present]
    bar = {"type": "bar", "orientation": "h", "width": min(13, height - 5)}
    return [{**bar, **_values(present), "marker": {"color": colours}}]


def _dotted(
    present: Sequence[tuple[Bar, float]], base: float | None, region: str
) -> list[dict[str, Any]]:
    """Dots, and from the base, where there is one, a stem to each."""
    colours = [style.LEAD if row.region == region else style.RULE for row, _ in present]
    dots = {"type": "scatter", "mode": "markers", "cliponaxis": False}
    traces = [{**dots, **_values(present), "marker": {"size": 10, "color": colours}}]
    if present and base is not None:
        stems = {
            "type": "scatter",
            "mode": "lines",
            "name": "stems",
            "x": [x for row, _ in present for x in (base, row.value, None)],
            "y": [y for _, centre in present for y in (centre, centre, None)],
            "line": {"color": style.PALE, "width": 2},
        }
        traces.insert(0, stems)
    return traces


def _values(present: Sequence[tuple[Bar, float]]) -> dict[str, Any]:
    """What bars and dots have in common: values and rows."""
    return {
        "name": "values",
        "x": [row.value for row, _ in present],
        "y": [centre for _, centre in present],
    }


def _words(
    rows: Sequence[Bar], centres: Sequence[float], end: float, *, region: str, height: int
) -> dict[str, Any]:
    """What stands for each row, in a column at the end of the axis, clear of every line."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": "words",
        "x": [end] * len(rows),
        "y": list(centres),
        "text": [bold(row.words, when=row.region == region) for row in rows],
        "textposition": "middle left",
        "textfont": {
            "size": 12 if height > _LOWEST_ROW else 11,
            "color": [style.LEAD if row.region == region else style.MUTED for row in rows],
        },
        "cliponaxis": False,
    }


def _names_above(
    rows: Sequence[Bar], centres: Sequence[float], region: str, height: int
) -> list[dict[str, Any]]:
    """Names above their bars, from the left edge; the lines of reference pass behind them."""
    placing = {"xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "middle"}
    return [
        annotation(
            bold(row.name, when=row.region == region),
            0,
            centre - height / 2,
            size=13,
            bgcolor=style.PAPER,
            borderpad=0,
            **placing,
        )
        for row, centre in zip(rows, centres, strict=True)
    ]


def _reference_labels(
    references: Sequence[Reference], scale: tuple[float, float], plot: tuple[int, int]
) -> list[dict[str, Any]]:
    """
    Name and value above each line, a row each, on the side where there is more room.

    `plot`: pixels left of the axis, and of the axis itself, about.
    """
    (low, high), (beside, wide) = scale, plot
    labels = []
    for number, reference in enumerate(references):
        at = 2 * wide * (reference.value - low) / (high - low)
        labels.append(
            annotation(
                f"{reference.name} {reference.words}",
                reference.value,
                1,
                size=12,
                colour=style.ink(reference.colour),
                yref="paper",
                xanchor="right" if beside + at > wide else "left",
                yanchor="bottom",
                yshift=2 + _REFERENCE_HEIGHT * number,
            )
        )
    return labels


def _base_line(form: BarForm, low: float, high: float) -> list[dict[str, Any]]:
    """The line from which bars and stems begin."""
    if form.base is None or not low <= form.base <= high:
        return []
    return [style.upright_rule("base", form.base, color=style.RULE, width=1)]


def axis_pixels(layout: dict[str, Any], look: Look, about: int) -> int:
    """The pixels that names leave to an axis of `about` so many, in the narrowest window."""
    margins = layout["margin"]
    left = _NARROWEST - margins["l"] - margins["r"]
    return max(_LEAST_AXIS, min(about, left)) if look.narrow else about


def fitting_ticks(low: float, high: float, look: Look, wide: float) -> int:
    """How many round numbers stand clear of each other; low and high are `wide` pixels apart."""
    most, scale = 4 if look.narrow else 7, wide / (high - low)
    counts = range(most, 1, -1)
    return next((count for count in counts if _clear(round_ticks(low, high, count), scale)), 1)


def _clear(ticks: Sequence[float], scale: float) -> bool:
    """Whether upright numbers at their values, a unit so many pixels wide, stand apart."""
    letters = [len(f"{tick:,.6f}".rstrip("0").rstrip(".")) for tick in ticks]
    return all(
        (later - earlier) * scale >= LETTER_WIDTH * sum(widths) / 2 + _TICK_GAP
        for (earlier, later), widths in zip(pairwise(ticks), pairwise(letters), strict=True)
    )


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, at most so many."""
    steps = [base * 10.0**power for power in range(-6, 12) for base in (1, 2, 5)]
    coarse = next(number for number, step in enumerate(steps) if (high - low) / step < most)
    choices = (_multiples(low, high, step) for step in reversed(steps[: coarse + 1]))
    return next((ticks for ticks in choices if ticks), [])[:most]


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = ceil(low / step - _TOLERANCE), floor(high / step + _TOLERANCE)
    return [round(step * count, 6) for count in range(first, last + 1)]
