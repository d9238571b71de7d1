"""
Observations as JSON records, written a batch at a time.

Pure. A missing value is null beside its status; times are ISO 8601 in UTC; codes are text.
"""

from collections.abc import Iterator
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.exports.delimited import MACHINE_TIME
from dashboard.exports.description import attribution, sources, written
from dashboard.exports.extract import Extract, Meta


def document(extract: Extract, following: str | None) -> Iterator[bytes]:
    """The answer {"meta": …, "data": [record]}; `following` leads to the next page."""
    yield b'{"meta":' + orjson.dumps(about(extract.meta, following)) + b',"data":['
    between = b""
    for batch in extract.batches():
        if batch.num_rows:
            yield between + orjson.dumps(_records(batch))[1:-1]
            between = b","
    yield b"]}"


def about(meta: Meta, following: str | None) -> dict[str, Any]:
    """What is said of the records; `unit` is None where indicators differ in it."""
    units = {one.unit[meta.lang] for one in meta.indicators}
    return {
        "indicator": ",".join(one.id for one in meta.indicators),
        "unit": units.pop() if len(units) == 1 else None,
        "version": meta.version,
        "built": written(meta.built),
        "example": meta.example,
        "source": "; ".join(attribution(meta)),
        "sources": sources(meta),
        "notes": list(meta.notes),
        "licence": meta.licence,
        "permalink": meta.permalink,
        "rows": meta.rows,
        "total": meta.total,
        "next": following,
    }


def _records(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    columns = [_plain(column) for column in batch.columns]
    names = batch.schema.names
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pa.Array) -> list[Any]:
    if pa.types.is_dictionary(column.type):
        words = [*column.dictionary.to_pylist(), None]
        return [words[place] for place in column.indices.fill_null(-1).to_pylist()]
    if pa.types.is_timestamp(column.type):
        whole = column.cast(pa.timestamp("s", tz=column.type.tz), safe=False)
        words = pc.strftime(whole, format=MACHINE_TIME).dictionary_encode()
        return _plain(words)
    found: list[Any] = column.to_pylist()
    return found
