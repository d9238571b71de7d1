"""
The words inside a chart: at breaks, at the ends of lines, and over invented data.

Pure. Knows where text fits; what it says comes from the catalogue and `text`.
"""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard import format, template
from dashboard.lines import Line, Look
from dashboard.text import term
from etl.catalogue import Break, Indicator

LABEL_GAP = 0.062  # of the height, for a label of one line
LINE_GAP = 0.048  # for each further line
LABEL_WIDTH = 20
RULE_WIDTH = 42
RULE_LINES = 3
RULE_HEIGHT = 44  # pixels, of that many lines
TICK_LETTER, TICK_GAP = 7.6, 14  # pixels of a letter beside the axis, and what parts them


def rule_texts(marks: Sequence[Break], look: Look, early: str = "") -> list[dict[str, Any]]:
    """
    Words above each break; in a narrow window its year alone, for the rest stands below.

    They end at the break, or begin there when it is before the period `early`.
    """
    breaks = [mark for mark in marks if mark.severity == "break"]
    return [
        {
            "x": int(mark.period[:4]) - 0.5,
            "y": 1,
            "xref": "x",
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 2 + (15 if look.narrow else RULE_HEIGHT) * (place % 2),
            "xanchor": "center" if look.narrow else "left" if mark.period < early else "right",
            "xshift": 0 if look.narrow else 3,
            "align": "left" if mark.period < early else "right",
            "text": mark.period if look.narrow else "<br>".join(_reason(mark, look)),
            "hovertext": mark.text[look.lang],
            "showarrow": False,
            "font": {"size": 11, "color": template.QUIET},
        }
        for place, mark in enumerate(breaks)
    ]


def _reason(mark: Break, look: Look) -> list[str]:
    """
    A break's year and why, in three short lines; the whole text stands in table and margin.

    Of several sentences the first says that years cannot be compared, which the rule shows.
    """
    _, _, why = mark.text[look.lang].partition(". ")
    text = why or mark.text[look.lang]
    year = "" if mark.period in text else f"{mark.period}: "
    return wrap(year + text, RULE_WIDTH, max_lines=RULE_LINES, placeholder=" …")


def room_above(marks: Sequence[Break], look: Look) -> int:
    """Pixels above the plot for the words of its breaks, which take turns in two rows."""
    rows = min(2, sum(mark.severity == "break" for mark in marks))
    return 12 + rows * (15 if look.narrow else RULE_HEIGHT)


def room_left(scale: tuple[float, float], look: Look, least: int) -> int:
    """Pixels left of the plot for the longest number of the axis, at least so many."""
    letters = max(len(format.number(end, 0, look.lang)) for end in scale)
    return max(least, TICK_GAP + round(TICK_LETTER * letters))


def caution_years(marks: Sequence[Break], look: Look) -> list[dict[str, Any]]:
    """The year at the foot of each thin marker, with its words at hand; none where narrow."""
    words: dict[str, list[str]] = {}
    for mark in marks:
        if mark.severity == "caution" and not look.narrow:
            words.setdefault(mark.period, []).append(mark.text[look.lang])
    return [
        {
            "x": int(period[:4]) - 0.5,
            "y": 0,
            "xref": "x",
            "yref": "paper",
            "xanchor": "right",
            "yanchor": "bottom",
            "text": period,
            "hovertext": "<br>".join(line for text in texts for line in wrap(text, 2 * RULE_WIDTH)),
            "showarrow": False,
            "font": {"size": 11, "color": template.QUIET},
        }
        for period, texts in words.items()
    ]


def end_labels(
    ends: Sequence[tuple[Line, pd.Series]],
    scale: tuple[float, float],
    indicator: Indicator,
    look: Look,
) -> list[dict[str, Any]]:
    """Name and last value at each line's end, moved apart where they would collide."""
    if look.narrow:
        return []
    low, high = scale
    wanted = [(end["value"] - low) / (high - low) for _, end in ends]
    values = [format.number(end["value"], indicator.decimals, look.lang) for _, end in ends]
    labels = [
        wrap(f"{line.name} {value}", LABEL_WIDTH)
        for (line, _), value in zip(ends, values, strict=True)
    ]
    heights = [LABEL_GAP + LINE_GAP * (len(label) - 1) for label in labels]
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": y,
            "yref": "paper",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "text": f"<b>{'<br>'.join(label)}</b>",
            "font": {"size": 13, "color": template.ink(line.colour)},
        }
        for (line, _), label, y in zip(ends, labels, apart(wanted, heights), strict=True)
    ]


def apart(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places (0 to 1) moved until labels of these heights no longer touch, in order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for below, above in pairwise(order):
        room = (heights[below] + heights[above]) / 2
        moved[above] = max(moved[above], moved[below] + room)
    for index in order[-1:]:
        moved[index] = min(moved[index], 1.0)
    for above, below in pairwise(reversed(order)):
        room = (heights[below] + heights[above]) / 2
        moved[below] = min(moved[below], moved[above] - room)
    return moved


def example(look: Look, size: int = 30) -> list[dict[str, Any]]:
    """The words that nobody can crop from a picture of invented data, in pixels of a wide one."""
    if not look.example:
        return []
    return [
        {
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "text": term("example", look.lang),
            "font": {"size": 12 if look.narrow else size, "color": "rgba(122,75,0,0.22)"},
        }
    ]
