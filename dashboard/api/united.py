"""
Observations with those of unions of regions among them, in the order of all extracts.

An edge over `dashboard.series`, which knows what may be united: a union has no rows where the
indicator's rule is none. Codes of unions stand after all others, for they begin with letters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd
import pyarrow as pa

from dashboard import queries
from dashboard.api.asking import Asking
from dashboard.api.endpoints import UNIONS
from dashboard.exports.asked import extract
from dashboard.exports.extract import Extract, Meta
from dashboard.exports.rows import Wanted
from dashboard.exports.shown import shown
from dashboard.series import series
from dashboard.url import State
from dashboard.visit import Visit, visited
from etl.catalogue import Indicator

DIMENSIONS = ("sex", "background", "education")


def unions(asking: Asking) -> tuple[str, ...]:
    """The unions that a request names, or asks for by level."""
    regions, levels = asking.values["region"], asking.values["level"]
    if not (regions or set(levels or ()) & set(UNIONS)):
        return ()
    rows = queries.regions(asking.warehouse)
    found = rows[rows["level"].isin(UNIONS if levels is None else set(UNIONS) & set(levels))]
    return tuple(code for code in found["code"] if regions is None or code in regions)


def together(
    asking: Asking, wanted: Wanted, codes: Sequence[str], *, limit: int | None, permalink: str
) -> Extract:
    """The extract of what is wanted and of some unions, after the offset and up to a limit."""
    context, warehouse, values = asking.context, asking.warehouse, asking.values
    whole = extract(context, warehouse, wanted, lang=values["lang"], permalink=permalink, limit=0)
    visit = visited(
        context, warehouse, "", State(lang=values["lang"]), current=context.warehouses.newest()
    )
    parts = [
        part
        for id in sorted(wanted.indicators)
        for part in _of(asking, replace(wanted, indicators=(id,)), codes, whole=whole, visit=visit)
    ]
    total = sum(part.meta.total for part in parts)
    held = max(0, total - values["offset"])
    held = held if limit is None else min(limit, held)

    def batches() -> Iterator[pa.RecordBatch]:
        return _window(parts, values["offset"], held)

    return Extract(batches, _meta(whole.meta, parts, rows=held, total=total))


def _of(
    asking: Asking, one: Wanted, codes: Sequence[str], *, whole: Extract, visit: Visit
) -> Iterator[Extract]:
    """The extracts of one indicator: of other regions, if there are any at all, and of unions."""
    permalink, lang = whole.meta.permalink, whole.meta.lang
    if whole.meta.total:
        yield extract(asking.context, asking.warehouse, one, lang=lang, permalink=permalink)
    indicator = asking.context.catalogue.indicator[one.indicators[0]]
    rows = _rows(asking, indicator, codes)
    if len(rows):
        yield shown(visit, indicator, rows, permalink)


def _rows(asking: Asking, indicator: Indicator, codes: Sequence[str]) -> pd.DataFrame:
    """The rows of unions for the groups and periods asked for."""
    values = asking.values
    every = {
        name: [code for dimension, code in asking.context.catalogue.category if dimension == name]
        for name in DIMENSIONS
    }
    sexes, backgrounds, educations = (values[name] or every[name] or ["_T"] for name in DIMENSIONS)
    found = series(
        asking.context,
        asking.warehouse,
        indicator.id,
        regions=codes,
        sexes=sexes,
        backgrounds=backgrounds,
        educations=educations,
    )
    inside = (found["period"] >= (values["from"] or "")) & (
        found["period"] <= (values["to"] or "9999")
    )
    return found[inside].reset_index(drop=True)


def _window(parts: Sequence[Extract], offset: int, held: int) -> Iterator[pa.RecordBatch]:
    """Batches of the rows after `offset`, `held` of them, over all parts."""
    for part in parts:
        if offset >= part.meta.total:
            offset -= part.meta.total
            continue
        for batch in part.batches():
            if held <= 0:
                return
            taken = batch.slice(offset, held)
            offset = max(0, offset - batch.num_rows)
            held -= taken.num_rows
            if taken.num_rows:
                yield taken


def _meta(whole: Meta, parts: Sequence[Extract], *, rows: int, total: int) -> Meta:
    """What is said of all parts together."""
    told = [part.meta for part in parts if part.meta.total]
    sources = {(source.id, source.kind): source for one in told for source in one.sources}
    return replace(
        whole,
        regions={code: name for one in told for code, name in one.regions.items()},
        sources=tuple(sorted(sources.values(), key=lambda one: (one.kind == "computed", one.id))),
        first=min((one.first for one in told), default=""),
        last=max((one.last for one in told), default=""),
        rows=rows,
        total=total,
        notes=tuple(note for one in told for note in one.notes),
    )
