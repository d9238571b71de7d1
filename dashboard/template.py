"""The look of every chart: palette, fonts, separators, margins. It knows no data."""

from typing import Any

from etl.catalogue import Lang

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


def layout(lang: Lang) -> dict[str, Any]:
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


def config() -> Any:
    """Options of the chart's frame: no logo, no cloud, no request to anybody."""
    return dict(CONFIG)
