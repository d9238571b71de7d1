"""
The panel's first chart and overview as one writes them first, to measure against.

Reads a file with pandas in the callback, draws with plotly express, and sends what Dash sends
by itself. It has no table, no sentences, no notes and no controls but two.
"""

from typing import Any

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Flask

REGIONS = ("0127", "0126", "0180", "0136", "0138", "0139", "0140", "0160", "0162", "0163")
WANTED = ("0127", "01", "00")
ORIGINS = ("_T", "SE", "NEXS", "EUEESXN", "VXEUEES")


def server(rows: str) -> Flask:
    """The application over a CSV file with all rows of one indicator."""
    app = Dash("naive", assets_folder="no assets of its own")
    app.layout = html.Main(
        [
            html.H1("Sysselsatta"),
            dcc.Dropdown(list(REGIONS), REGIONS[0], id="region"),
            dcc.Dropdown(list(ORIGINS), ORIGINS[0], id="origin"),
            dcc.Graph(id="chart"),
        ]
    )

    @app.callback(Output("chart", "figure"), Input("region", "value"), Input("origin", "value"))
    def _draw(region: str, origin: str) -> Any:
        codes = {"region": str, "sex": str, "background": str, "education": str}
        frame = pd.read_csv(rows, dtype=codes)
        group = (frame[["sex", "education"]] == "_T").all(axis=1) & (frame["background"] == origin)
        shown = frame[group & frame["region"].isin([region, *WANTED[1:]])]
        return px.line(shown, x="period", y="value", color="region")

    # As in ours: Dash fails the questions that come while it finishes itself.
    app.server.test_client().get("/_dash-dependencies")
    found: Flask = app.server
    return found


def overview(rows: pd.DataFrame, region: str) -> list[dict[str, Any]]:
    """A region's small charts, one an indicator; no words, no comparison, no other regions."""
    own = rows[(rows["region"] == region) & (rows["background"] == "_T")]
    return [
        px.line(one, x="period", y="value").to_plotly_json() for _, one in own.groupby("indicator")
    ]
