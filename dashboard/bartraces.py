"""
The marks of a chart of many regions: bars or dots, their words, and lines of reference.

Pure. It knows where a mark stands and how it looks; which rows there are, and in which order, is
decided where they are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import template

SOFT = "#9DA7B3"
REFERENCE_ROW = 18  # pixels
LOWEST = 15


@dataclass(frozen=True)
class Bar:
    """
    A region's row; `value` is None where nothing may be drawn.

    `words` stand beside the bar or in its place, `hover` under the pointer.
    """

    region: str
    name: str
    value: float | None
    words: str
    hover: str = ""


@dataclass(frozen=True)
class Reference:
    """A line across all rows: the value of a region of another level."""

    name: str
    value: float
    words: str
    colour: str = template.QUIET
    dash: str = "dot"


@dataclass(frozen=True)
class Shape:
    """`bars` or dots; `base` is where a bar or the stem of a dot begins, None for no stem."""

    solid: bool
    base: float | None


def _colours(drawn: Sequence[tuple[Bar, float]], own: str) -> list[str]:
    return [template.LEAD if bar.region == own else SOFT for bar, _ in drawn]


def solid(drawn: Sequence[tuple[Bar, float]], tall: int, own: str) -> list[dict[str, Any]]:
    """Bars from zero, each at its place."""
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": "values",
            "x": [bar.value for bar, _ in drawn],
            "y": [y for _, y in drawn],
            "width": min(13, tall - 5),
            "marker": {"color": _colours(drawn, own)},
            "hovertext": [bar.hover for bar, _ in drawn],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def dotted(
    drawn: Sequence[tuple[Bar, float]], base: float | None, own: str
) -> list[dict[str, Any]]:
    """Dots, and from the base, where there is one, a stem to each."""
    x: list[float | None] = []
    y: list[float | None] = []
    for bar, at in drawn if base is not None else ():
        x += [base, bar.value, None]
        y += [at, at, None]
    stems = {
        "type": "scatter",
        "mode": "lines",
        "name": "stems",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": SOFT, "width": 2},
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": "values",
        "x": [bar.value for bar, _ in drawn],
        "y": [at for _, at in drawn],
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "color": [template.LEAD if bar.region == own else template.RULE for bar, _ in drawn],
        },
        "hovertext": [bar.hover for bar, _ in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [stems, dots] if x else [dots]


def words(
    listed: Sequence[Bar], places: Sequence[float], end: float, *, own: str, tall: int
) -> dict[str, Any]:
    """What stands for each row, in a column at the end of the axis, clear of every line."""
    return {
        "type": "scatter",
        "mode": "text",
        "name": "words",
        "x": [end] * len(listed),
        "y": list(places),
        "text": [f"<b>{bar.words}</b>" if bar.region == own else bar.words for bar in listed],
        "textposition": "middle left",
        "textfont": {
            "size": 12 if tall > LOWEST else 11,
            "color": [template.LEAD if bar.region == own else template.QUIET for bar in listed],
        },
        "cliponaxis": False,
        "hovertext": [bar.hover for bar in listed],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def line(one: Reference) -> dict[str, Any]:
    """A line of reference across all rows."""
    place = {"yref": "paper", "x0": one.value, "x1": one.value, "y0": 0, "y1": 1}
    style = {"color": one.colour, "width": 1.75, "dash": one.dash}
    return {"type": "line", **place, "name": "reference", "line": style}


def headings(
    references: Sequence[Reference], scale: tuple[float, float], plot: tuple[int, int]
) -> list[dict[str, Any]]:
    """
    Name and value above each line, a row each, on the side where there is more room.

    `plot`: pixels left of the axis, and of the axis itself, about.
    """
    (low, high), (beside, wide) = scale, plot
    return [
        {
            "x": one.value,
            "y": 1,
            "yref": "paper",
            "xanchor": "right"
            if beside + 2 * wide * (one.value - low) / (high - low) > wide
            else "left",
            "yanchor": "bottom",
            "yshift": 2 + REFERENCE_ROW * place,
            "showarrow": False,
            "text": f"{one.name} {one.words}",
            "font": {"size": 12, "color": template.ink(one.colour)},
        }
        for place, one in enumerate(references)
    ]


def names(
    listed: Sequence[Bar], places: Sequence[float], own: str, tall: int
) -> list[dict[str, Any]]:
    """Names above their bars, from the left edge; the lines of reference pass behind them."""
    return [
        {
            "x": 0,
            "y": y - tall / 2,
            "xref": "paper",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "text": f"<b>{bar.name}</b>" if bar.region == own else bar.name,
            "font": {"size": 13, "color": template.QUIET},
            "bgcolor": template.PAPER,
            "borderpad": 0,
        }
        for bar, y in zip(listed, places, strict=True)
    ]
