"""The look of every chart and of each line in it: palette, letters, layout, annotations, rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.codes import Group
from dashboard.data.observation import PERIOD, Observation, of_series
from dashboard.rules import comparison
from etl.catalogue import Break, Indicator, Lang

LEAD = "#12436D"
COUNTRY_COLOUR = "#3D3D3D"
# After the selected region; every colour at least 3:1 on white (UK Analysis Function palette).
SECONDARY = ("#28A197", "#801650", "#F46A25", "#A285D1")
PALETTE = (LEAD, *SECONDARY)  # of lines in their order, with `DASHES`
# Text in a line's colour needs 4.5:1, so the light ones have a darker twin.
_INK = (("#28A197", "#17736B"), ("#F46A25", "#B34700"), ("#A285D1", "#6B4FA3"))
# Marks of lone years by plotly's name, with the letter that stands for each in a key.
MARKS = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}
# Of each dash a stroke for a key of colours alone.
STROKES = {
    "solid": "——",
    "dash": "– –",
    "dot": "·····",
    "dashdot": "–·–",
    "longdash": "— —",
    "longdashdot": "—·—",
}
DASHES = ("solid", "solid", "dashdot", "longdash", "dot")
_FONT = '"Source Sans 3", "Segoe UI", system-ui, sans-serif'
GRID = "#E4E7EA"
MUTED = "#4D545D"
PALE = "#9DA7B3"  # of other regions' bars, and of stems
RULE = "#8A9099"
DARK = "#1B1F24"
PAPER = "#FFFFFF"
TRANSPARENT = "rgba(0,0,0,0)"
LETTER_WIDTH = 7.2  # pixels of a letter in names beside an axis, about
AXIS_HEIGHT = 28  # pixels under a plot of rows, of its axis
_CONFIG = (("displayModeBar", False), ("displaylogo", False), ("showSendToCloud", False))


def ink(colour: str) -> str:
    """The colour of text that belongs to a line."""
    return dict(_INK).get(colour, colour)


def chart_layout(lang: Lang) -> dict[str, Any]:
    """A fresh layout that all charts start from."""
    axis = {
        "zeroline": False,
        "linecolor": RULE,
        "tickcolor": RULE,
        "ticks": "",
        "fixedrange": True,
    }
    return {
        "font": {"family": _FONT, "size": 13, "color": MUTED},
        "separators": ",\u00a0" if lang == "sv" else ".,",
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "font": {"family": _FONT, "size": 13, "color": DARK},
        },
        "dragmode": False,
        "xaxis": {**axis, "showgrid": False, "showline": True},
        "yaxis": {**axis, "gridcolor": GRID, "showline": False},
    }


def row_layout(
    lang: Lang, names: Sequence[str], centres: Sequence[float], height: float
) -> dict[str, Any]:
    """
    The layout of a chart whose rows have a name each, beside an axis of values.

    Args:
        lang: of the numbers.
        names: of the rows, from above.
        centres: the middle of each row in pixels from above.
        height: of all rows in pixels.

    """
    layout = chart_layout(lang)
    layout["xaxis"] |= {"tickformat": ",", "tickangle": 0}
    layout["xaxis"] |= {"showgrid": True, "gridcolor": GRID, "showline": False}
    layout["yaxis"] |= {
        "range": [height, 0],
        "tickvals": list(centres),
        "ticktext": list(names),
        "showgrid": False,
    }
    return layout


def bold(text: str, *, when: bool) -> str:
    """A text in bold where it is of the selected region."""
    return f"<b>{text}</b>" if when else text


def annotation(
    text: str, x: float, y: float, *, size: int = 11, colour: str = MUTED, **placing: Any
) -> dict[str, Any]:
    """Words at a place of a chart, without an arrow."""
    font = {"size": size, "color": colour}
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": font, **placing}


def upright_rule(name: str, x: float, **stroke: Any) -> dict[str, Any]:
    """A line from the foot to the top of the plot."""
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1}
    return {"type": "line", "name": name, "yref": "paper", **ends, "line": stroke}


def chart_config() -> Any:
    """Options of the chart's frame: no logo, no cloud, no request to anybody."""
    return dict(_CONFIG)


@dataclass(frozen=True)
class ChartLine:
    """One series of a chart: which rows it takes, and how it is drawn."""

    region: str
    group: Group
    name: str
    colour: str
    dash: str = "solid"
    width: float = 2.0
    members: tuple[str, ...] = ()  # of a union
    mark: str = "circle"  # of a year that stands alone, a key of `MARKS`

    def rows(self, series: Iterable[Observation]) -> tuple[Observation, ...]:
        """Its rows among those of several series."""
        return of_series(series, self.region, self.group)


def marks_of_line(line: ChartLine, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks and cautions that concern a line."""
    return comparison.applying(
        indicator.breaks, region=line.region, group=line.group, members=line.members
    )


def marks_inside(
    series: Sequence[Observation], lines: Iterable[ChartLine], indicator: Indicator
) -> tuple[Break, ...]:
    """Breaks and cautions that concern a line, inside the years of some rows, oldest first."""
    if not series:
        return ()
    periods = set(map(PERIOD, series))
    first, last = min(periods), max(periods)
    return comparison.marks_within(marks_of_lines(indicator, lines), first, last)


def marks_of_lines(indicator: Indicator, lines: Iterable[ChartLine]) -> tuple[Break, ...]:
    """Breaks and cautions that concern any of some lines, oldest first."""
    marks = {mark: None for line in lines for mark in marks_of_line(line, indicator)}
    return tuple(sorted(marks, key=lambda mark: mark.period))
