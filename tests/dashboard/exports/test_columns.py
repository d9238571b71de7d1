"""What stands beside the codes of rows."""

import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.extract import SCHEMA
from dashboard.exports.read import ROW_CODES, RowLabels, labelled_rows

BESIDE = RowLabels(
    "employment_rate",
    "procent",
    names={"0180": "Stockholm"},
    levels={"0180": "municipality"},
    origins={("bas", "municipality", "2024"): [("TAB6383", None, None)]},
)


def rows(*keys: tuple[str, str, str]) -> pa.Table:
    """Rows of everybody: region, period, segment; their values count up from 0."""
    regions, periods, segments = zip(*keys, strict=True)
    told: dict[str, Sequence[str | None]] = {
        name: ["_T"] * len(keys) for name in ("sex", "background", "age", "education")
    }
    told |= {"region": regions, "period": periods, "segment": segments}
    told |= {"status": [None] * len(keys), "kind": ["published"] * len(keys)}
    columns = {name: pa.chunked_array([pa.array(told[name], pa.string())]) for name in ROW_CODES}
    counts = pa.nulls(len(keys), pa.float64())
    numbers = {"value": [float(place) for place in range(len(keys))]}
    return pa.table(columns | numbers | {"numerator": counts, "denominator": counts})


def test_rows_come_in_the_order_of_their_codes_as_text_with_their_own_values() -> None:
    """Whatever order the warehouse reads in, a file is the same."""
    found = labelled_rows(
        rows(("0180", "2023", "bas"), ("01", "2024", "bas"), ("0180", "2022", "bas")), BESIDE
    )

    assert found.schema == SCHEMA
    assert [(row["region"], row["period"], row["value"]) for row in found.to_pylist()] == [
        ("01", "2024", 1.0),
        ("0180", "2022", 2.0),
        ("0180", "2023", 0.0),
    ]


NUMBERS = st.none() | st.integers(0, 10**6).map(float)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_counts_stand_at_the_share_that_they_are_of_and_at_none_that_is_missing(
    cells: list[tuple[float | None, float | None, float | None]],
) -> None:
    """Whatever the warehouse holds beside a suppressed share leaves it in no file."""
    columns = [pa.array(column, pa.float64()) for column in zip(*cells, strict=True)]
    periods = [str(2000 + place) for place in range(len(cells))]
    numbers = dict(zip(("value", "numerator", "denominator"), columns, strict=True))
    sent = rows(*(("0180", period, "bas") for period in periods))
    for name, column in numbers.items():
        sent = sent.set_column(sent.schema.get_field_index(name), name, pa.chunked_array([column]))
    told = labelled_rows(sent, BESIDE).to_pylist()

    assert [(row["value"], row["numerator"], row["denominator"]) for row in told] == [
        (None, None, None) if value is None else (value, over, under)
        for value, over, under in cells
    ]


def test_a_row_whose_table_nobody_knows_names_none_in_any_format() -> None:
    """An unknown region, or a segment without a table, is no error: the cell is empty."""
    found = labelled_rows(rows(("0180", "2024", "bas"), ("0180", "2021", "rams")), BESIDE)
    file = io.BytesIO()
    pq.write_table(found, file)
    read = pq.read_table(io.BytesIO(file.getvalue()))

    assert [row["table"] for row in read.to_pylist()] == [None, "TAB6383"]
    assert labelled_rows(rows(("9999", "2024", "bas")), BESIDE)["region_name"].to_pylist() == [
        "9999"
    ]
