"""Parquet, read back by DuckDB and by pyarrow."""

import io
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from dashboard.exports.extract import MACHINE_COLUMNS, Extract
from dashboard.exports.formats import FORMATS
from tests.dashboard.exports.truth import KEY, LINK, Truth, content


def test_duckdb_reads_back_every_value_symbol_and_code(
    whole: Extract, told: Truth, tmp_path: Path
) -> None:
    """What is stored is what the warehouse holds, with its types."""
    file = tmp_path / "rows.parquet"
    file.write_bytes(content(FORMATS["parquet"], whole))
    with duckdb.connect() as connection:
        names = ", ".join((*KEY, "value", "status", "segment", "kind"))
        rows = connection.execute(f"SELECT {names} FROM read_parquet($1)", [str(file)]).fetchall()
        times = connection.execute(
            "SELECT DISTINCT epoch_ms(fetched) FROM read_parquet($1)", [str(file)]
        ).fetchall()

    assert {tuple(row[: len(KEY)]): tuple(row[len(KEY) :]) for row in rows} == dict(told)
    assert times == [(1_795_248_000_000,)]


def test_the_file_says_what_it_is(whole: Extract) -> None:
    """Definition, licence, version and whether it is invented travel inside the file."""
    invented = Extract(whole.batches, replace(whole.meta, example=True))
    for made, example in ((whole, b"false"), (invented, b"true")):
        schema = pq.read_schema(io.BytesIO(content(FORMATS["parquet"], made)))
        said = json.loads(schema.metadata[b"metadata"])

        assert tuple(schema.names) == MACHINE_COLUMNS
        assert schema.metadata[b"example"] == example
        assert schema.metadata[b"permalink"] == LINK.encode()
        assert [one["id"] for one in said["indicators"]] == ["net_migration", "employment_rate"]
