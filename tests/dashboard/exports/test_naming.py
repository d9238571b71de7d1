"""Names of files."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.context import Context
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports.description import filename
from dashboard.exports.extract import Extract
from dashboard.exports.read import requested_extract
from tests.dashboard.exports.truth import LINK


def test_a_name_tells_indicator_region_period_and_version(
    context: Context, warehouse: Warehouse
) -> None:
    """A file found in a folder a year later says what it is."""
    wanted = RowSelection(indicators=("employment_rate",), regions=("0127",), first="2020")
    meta = requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK).meta

    assert filename(meta, "csv") == (
        "employment_rate_0127-Botkyrka_2020-2024_20261121T081500Z-1a2b3c4d.csv"
    )


def test_many_are_counted_and_invented_figures_say_so(whole: Extract) -> None:
    """The name stays short and honest."""
    invented = replace(whole.meta, example=True)

    assert filename(invented, "xlsx") == (
        "exempeldata_2-indikatorer_8-regioner_2003-2024_20261121T081500Z-1a2b3c4d.xlsx"
    )
    assert filename(replace(invented, lang="en"), "zip").startswith("example-data_2-indicators_")


@given(code=st.text(), name=st.text())
def test_a_name_is_safe_whatever_a_region_is_called(whole: Extract, code: str, name: str) -> None:
    """No path, no header and no shell sees anything but letters, digits, hyphens and dots."""
    found = filename(replace(whole.meta, regions={code: name}), "csv")

    assert re.fullmatch(r"[A-Za-z0-9_-]+\.csv", found)
    assert len(found) < 200
