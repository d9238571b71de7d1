"""
An extract of an open warehouse, by what was asked for.

An edge: it reads. Knows how rows are taken in portions, so that memory does not grow with the
answer; which formats there are is in `formats`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.data.context import Context
from dashboard.data.queries import exports
from dashboard.data.queries.exports import Wanted
from dashboard.data.versions import Warehouse
from dashboard.exports.delimited import BETWEEN, joined_codes, worded
from dashboard.exports.extract import (
    COLUMNS,
    EXAMPLE,
    KEY,
    MOMENT,
    SCHEMA,
    Extract,
    Meta,
    SourceTable,
)
from dashboard.text import term
from etl.catalogue import Indicator, Lang, Text

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
    where = joined_codes(regions, codes["segment"])
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


PORTION = 25_000  # rows; a portion is held in memory
BATCH = 8_000


def extract(
    context: Context,
    warehouse: Warehouse,
    wanted: Wanted,
    *,
    lang: Lang,
    permalink: str,
    limit: int | None = None,
    offset: int = 0,
) -> Extract:
    """
    What is wanted of a warehouse, as rows and metadata.

    Args:
        context: its catalogue names and describes the indicators.
        warehouse: stays open as long as rows are taken.
        wanted: ids of `wanted.indicators` that the catalogue lacks give no rows.
        lang: of the unit, and of labels where a format has them.
        permalink: the full address of what the file shows.
        limit: at most so many rows, after `offset` of them.
        offset: how many rows to leave out at the beginning.

    """
    known = context.catalogue.indicator
    indicators = tuple(known[one] for one in dict.fromkeys(wanted.indicators) if one in known)
    asked = replace(wanted, indicators=tuple(one.id for one in indicators))
    found = exports.census(warehouse, asked)
    total = int(found["rows"].sum())
    held = max(0, total - offset)
    held = held if limit is None else min(limit, held)
    sources = exports.sources(warehouse, found["indicator"].unique().tolist())
    beside = _beside(found, sources, indicators, lang=lang, example=warehouse.example)

    def batches() -> Iterator[pa.RecordBatch]:
        return _window(_portions(warehouse, asked, found, beside), offset, held)

    meta = Meta(
        title=_title(indicators),
        indicators=indicators,
        categories=context.catalogue.category,
        regions=dict(zip(found["region"], found["name"], strict=True)),
        sources=_sources(sources, found),
        first=min(found["first"], default=""),
        last=max(found["last"], default=""),
        rows=held,
        total=total,
        lang=lang,
        version=warehouse.version,
        built=moment(exports.built(warehouse)["built"].iloc[0]),
        example=warehouse.example,
        permalink=permalink,
    )
    return Extract(batches, meta)


def _title(indicators: Sequence[Indicator]) -> Text:
    """What a file is about: its indicator, or how many."""
    if len(indicators) == 1:
        return indicators[0].title
    return Text(
        sv=term("export_many", "sv", count=len(indicators)),
        en=term("export_many", "en", count=len(indicators)),
    )


def _beside(
    found: pd.DataFrame,
    sources: pd.DataFrame,
    indicators: Sequence[Indicator],
    *,
    lang: Lang,
    example: bool,
) -> Mapping[str, Beside]:
    """What is said beside the rows of each indicator."""
    names = dict(zip(found["region"], found["name"], strict=True))
    levels = dict(zip(found["region"], found["level"], strict=True))
    return {
        one.id: Beside(
            one.id,
            one.unit[lang],
            names,
            levels,
            origins(sources[sources["indicator"] == one.id], example=example),
        )
        for one in indicators
    }


def _sources(sources: pd.DataFrame, found: pd.DataFrame) -> tuple[SourceTable, ...]:
    """The tables whose rows are in the extract, once for each kind."""
    used = found[["indicator", "segment", "level", "kind"]].drop_duplicates()
    return source_tables(
        used.merge(
            sources, on=["indicator", "segment", "level"], how="inner", validate="many_to_many"
        )
    )


def source_tables(used: pd.DataFrame) -> tuple[SourceTable, ...]:
    """
    Tables once for each kind, published first.

    Args:
        used: table_id, title, updated, fetched, kind.

    """
    once = used.drop_duplicates(["table_id", "kind"])
    once = once.sort_values(["kind", "table_id"], ascending=[False, True])
    return tuple(
        SourceTable(
            id=row["table_id"],
            title=row["title"] if isinstance(row["title"], str) else "",
            updated=moment(row["updated"]),
            fetched=moment(row["fetched"]),
            kind=row["kind"],
        )
        for row in once.to_dict("records")
    )


def _portions(
    warehouse: Warehouse, wanted: Wanted, found: pd.DataFrame, beside: Mapping[str, Beside]
) -> Iterator[tuple[int, Callable[[], pa.Table]]]:
    """How many rows each portion has, and how to read it; in the order of the extract."""
    counts = found.groupby(["indicator", "region"], sort=False)["rows"].sum().reset_index()
    for indicator, own in counts.groupby("indicator", sort=False):
        place = own["rows"].cumsum().sub(1) // PORTION
        for _, part in own.groupby(place):
            read = partial(
                _portion, warehouse, wanted, beside[str(indicator)], part["region"].tolist()
            )
            yield int(part["rows"].sum()), read


def _portion(
    warehouse: Warehouse, wanted: Wanted, beside: Beside, regions: Sequence[str]
) -> pa.Table:
    found = exports.portion(warehouse, wanted, indicator=beside.indicator, regions=regions)
    return complete(found, beside)


def _window(
    portions: Iterator[tuple[int, Callable[[], pa.Table]]], offset: int, held: int
) -> Iterator[pa.RecordBatch]:
    """Batches of the rows after `offset`, `held` of them; a portion before it is never read."""
    for size, read in portions:
        if held <= 0:
            return
        if offset < size:
            pa.default_memory_pool().release_unused()  # what the last portion took
            taken = read().slice(offset, held)
            held -= taken.num_rows
            yield from taken.to_batches(max_chunksize=BATCH)
        offset = max(0, offset - size)
