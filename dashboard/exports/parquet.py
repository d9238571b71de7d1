"""
Parquet: the machine columns with their types, and the metadata inside the file.

Pure. Text is dictionary-encoded, a missing value is null beside its symbol, times are UTC. The
schema's metadata hold `title`, `example` ("true" or "false"), `version`, `licence`, `permalink`
and, as JSON under `metadata`, all that `description.plain_description` says.
"""

from collections.abc import Iterator
from itertools import islice

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.description import plain_description
from dashboard.exports.extract import SCHEMA, Extract, Meta, PlainTable, Sink

GROUP = 4  # batches in a row group
_AT_ONCE = 65_536  # values that are encoded at once
# The lowest and highest value of a row group let readers skip it; all groups have all of the rest.
_SEARCHED = [
    "indicator", "region", "period", "value", "numerator", "denominator", "updated", "fetched",
]  # fmt: skip


def write(extract: Extract) -> Iterator[bytes]:
    """The rows as one Parquet file, a row group at a time."""
    sink = Sink()
    schema = SCHEMA.with_metadata(_metadata(extract.meta))
    options = {
        "compression": "zstd",
        "write_statistics": _SEARCHED,
        "write_batch_size": _AT_ONCE,
    }
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), schema, **options) as writer:
        batches = extract.batches()
        while group := list(islice(batches, GROUP)):
            # With one dictionary a group is written as the places in it that it consists of.
            rows = pa.Table.from_batches(group).unify_dictionaries()
            writer.write_table(rows.replace_schema_metadata(schema.metadata))
            del group, rows
            yield sink.chunk()
    yield sink.chunk()


def write_plain_parquet(table: PlainTable) -> Iterator[bytes]:
    """A table of its own columns as one Parquet file."""
    sink = Sink()
    rows = table.rows.replace_schema_metadata(dict(table.said))
    pq.write_table(rows, pa.PythonFile(sink, "w"), compression="zstd")
    yield sink.chunk()


def _metadata(meta: Meta) -> dict[str, str]:
    return {
        "title": meta.title[meta.lang],
        "example": str(meta.example).lower(),
        "version": meta.version,
        "licence": meta.licence,
        "permalink": meta.permalink,
        "metadata": orjson.dumps(plain_description(meta)).decode(),
    }
