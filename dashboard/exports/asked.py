"""
An extract of an open warehouse, by what was asked for.

An edge: it reads. Knows how rows are taken in portions, so that memory does not grow with the
answer; which formats there are is in `formats`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import pyarrow as pa

from dashboard.context import Context
from dashboard.exports import rows
from dashboard.exports.columns import Beside, complete, moment, origins
from dashboard.exports.extract import Extract, Meta, SourceTable
from dashboard.exports.rows import Wanted
from dashboard.text import term
from dashboard.warehouse import Warehouse
from etl.catalogue import Indicator, Lang, Text

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
    found = rows.census(warehouse, asked)
    total = int(found["rows"].sum())
    held = max(0, total - offset)
    held = held if limit is None else min(limit, held)
    sources = rows.sources(warehouse, found["indicator"].unique().tolist())
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
        built=moment(rows.built(warehouse)["built"].iloc[0]),
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
    found = rows.portion(warehouse, wanted, indicator=beside.indicator, regions=regions)
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
