"""
An indicator's first chart in Vizro as one writes it first, to measure against.

Reads the CSV file that `ROWS` names when it starts, and draws a line a region.
"""

import os

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from vizro import Vizro

WANTED = ["0127", "01", "00"]
CODES = {"region": str, "sex": str, "background": str, "education": str}

frame = pd.read_csv(os.environ["ROWS"], dtype=CODES)
everybody = (frame[["sex", "background", "education"]] == "_T").all(axis=1)
page = vm.Page(
    title="Sysselsatta",
    components=[
        vm.Graph(
            id="chart", figure=px.line(frame[everybody], x="period", y="value", color="region")
        )
    ],
    controls=[vm.Filter(column="region", selector=vm.Dropdown(value=WANTED))],
)
server = Vizro().build(vm.Dashboard(pages=[page])).dash.server
