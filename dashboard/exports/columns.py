"""
The machine columns of rows: what stands beside their codes.

Pure. Knows how `extract.COLUMNS` are filled from the columns that rows themselves have. Names and
tables are few however many the rows: they are looked up once for each code, never for each row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.exports.extract import COLUMNS, EXAMPLE, KEY, MOMENT, SCHEMA
from dashboard.exports.labels import BETWEEN, pairs, worded

CODES = ("region", "period", "sex", "background", "education", "status", "segment", "kind")

# Tables joined by +, when the newest was updated, and when it was fetched (UTC).
Origin = tuple[str, datetime | None, datetime | None]
UNKNOWN = (None, None, None)


@dataclass(frozen=True)
class Beside:
    """
    What is said beside the rows of one indicator.

    `names` are those of regions by code, `levels` the level whose tables a region's figures come
    from, `origins` those tables by segment and level.
    """

    indicator: str
    unit: str
    names: Mapping[str, str]
    levels: Mapping[str, str]
    origins: Mapping[tuple[str, str], Origin]


def origins(sources: pd.DataFrame, *, example: bool) -> Mapping[tuple[str, str], Origin]:
    """The tables of one indicator by segment and level; `sources` as of `rows.sources`."""
    prefix = EXAMPLE if example else ""
    found = {}
    for (segment, level), own in sources.groupby(["segment", "level"]):
        tables = "+".join(prefix + one for one in sorted(set(own["table_id"])))
        found[str(segment), str(level)] = (
            tables,
            moment(own["updated"].max()),
            moment(own["fetched"].max()),
        )
    return found


def complete(rows: pa.Table, beside: Beside) -> pa.Table:
    """
    Rows as `SCHEMA` has them, in the order of `KEY`, whatever widths of codes the warehouse chose.

    Args:
        rows: of one indicator in any order: `CODES` and value.
        beside: what else is said of them.

    """
    codes = {name: _coded(rows[name]) for name in CODES}
    order = _order([codes[name] for name in KEY])
    codes = {name: column.take(order) for name, column in codes.items()}
    regions = codes["region"]
    where = pairs(regions, codes["segment"])
    told = [_origin(pair, beside) for pair in where.dictionary.to_pylist()]
    tables, updated, fetched = zip(*told, strict=True) if told else ((), (), ())
    columns = codes | {
        "value": rows["value"].take(order),
        "indicator": _constant(beside.indicator, len(regions)),
        "unit": _constant(beside.unit, len(regions)),
        "region_name": worded(regions, lambda code: beside.names.get(code, code)),
        "table": pa.array(tables, pa.string()).take(where.indices).dictionary_encode(),
        "updated": pa.array(updated, MOMENT).take(where.indices),
        "fetched": pa.array(fetched, MOMENT).take(where.indices),
    }
    return pa.table([columns[name] for name in COLUMNS], schema=SCHEMA)


def moment(value: Any) -> datetime | None:
    """A time of the warehouse (UTC); None when it is not known."""
    return None if pd.isna(value) else value.to_pydatetime().replace(tzinfo=UTC)


def _origin(pair: str, beside: Beside) -> Origin | tuple[None, None, None]:
    """Where the figures of a region and segment come from."""
    region, segment = pair.split(BETWEEN)
    return beside.origins.get((segment, beside.levels.get(region, "")), UNKNOWN)


def _coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Text with a dictionary of what stands in it only."""
    return column.cast(pa.string()).combine_chunks().dictionary_encode()


def _order(keys: Sequence[pa.DictionaryArray]) -> pa.Array:
    """The places of rows by their keys as text; a code is compared once, not on every row."""
    ranks = []
    for key in keys:
        words = key.dictionary.to_numpy(zero_copy_only=False)
        ranks.append(np.argsort(np.argsort(words))[key.indices.to_numpy()])
    return pa.array(np.lexsort(ranks[::-1]))


def _constant(text: str, length: int) -> pa.DictionaryArray:
    places = pa.repeat(pa.scalar(0, pa.int32()), length)
    return pa.DictionaryArray.from_arrays(places, pa.array([text], pa.string()))
