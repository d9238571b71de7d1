"""The look of every chart: palette, fonts, separators, margins. It knows no data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.rules import comparison
from etl.catalogue import TOTAL, Break, Indicator, Lang

LEAD = "#12436D"
COUNTRY = "#3D3D3D"
# After the own region; every colour at least 3:1 on white (UK Analysis Function palette).
SECONDARY = ("#28A197", "#801650", "#F46A25", "#A285D1")
# Text in a line's colour needs 4.5:1, so the light ones have a darker twin.
INK = (("#28A197", "#17736B"), ("#F46A25", "#B34700"), ("#A285D1", "#6B4FA3"))
DASHES = ("solid", "solid", "dashdot", "longdash", "dot")
FONT = '"Source Sans 3", "Segoe UI", system-ui, sans-serif'
GRID = "#E4E7EA"
QUIET = "#4D545D"
RULE = "#8A9099"
PAPER = "#FFFFFF"
CONFIG = (("displayModeBar", False), ("displaylogo", False), ("showSendToCloud", False))


def ink(colour: str) -> str:
    """The colour of text that belongs to a line."""
    return dict(INK).get(colour, colour)


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
        "font": {"family": FONT, "size": 13, "color": QUIET},
        "separators": ",\u00a0" if lang == "sv" else ".,",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "font": {"family": FONT, "size": 13, "color": "#1B1F24"},
        },
        "dragmode": False,
        "xaxis": {**axis, "showgrid": False, "showline": True},
        "yaxis": {**axis, "gridcolor": GRID, "showline": False},
    }


def chart_config() -> Any:
    """Options of the chart's frame: no logo, no cloud, no request to anybody."""
    return dict(CONFIG)


@dataclass(frozen=True)
class Line:
    """One series of a chart: which rows it takes, and how it is drawn."""

    region: str
    sex: str
    background: str
    name: str
    colour: str
    dash: str = "solid"
    width: float = 2.0
    members: tuple[str, ...] = ()  # of a union
    education: str = TOTAL

    def rows(self, series: pd.DataFrame) -> pd.DataFrame:
        """Its rows of a frame that holds several series."""
        own = (
            (series["region"] == self.region)
            & (series["sex"] == self.sex)
            & (series["background"] == self.background)
            & (series["education"] == self.education)
        )
        return series[own]


def breaks_of(line: Line, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks and cautions that concern a line."""
    return comparison.applying(
        indicator.breaks,
        region=line.region,
        sex=line.sex,
        background=line.background,
        education=line.education,
        members=line.members,
    )


def marks(indicator: Indicator, drawn: Iterable[Line]) -> tuple[Break, ...]:
    """Breaks and cautions that concern a drawn line, oldest first."""
    found = {mark: None for line in drawn for mark in breaks_of(line, indicator)}
    return tuple(sorted(found, key=lambda mark: mark.period))
