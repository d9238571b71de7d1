"""
An indicator's first chart in Streamlit as one writes it first, to measure against.

Reads the CSV file that `ROWS` names once, and draws a line a region.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

OTHERS = ["01", "00"]
CODES = {"region": str, "sex": str, "background": str, "education": str}


@st.cache_data  # type: ignore[untyped-decorator]
def rows() -> pd.DataFrame:
    """All of everybody."""
    frame = pd.read_csv(os.environ["ROWS"], dtype=CODES)
    everybody = (frame[["sex", "background", "education"]] == "_T").all(axis=1)
    return frame[everybody]


st.title("Sysselsatta")
region = st.selectbox("region", ["0127", "0126", "0180"])
found = rows()
shown = found[found["region"].isin([region, *OTHERS])]
st.plotly_chart(px.line(shown, x="period", y="value", color="region"))
