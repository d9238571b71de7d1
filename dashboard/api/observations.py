"""
Observations in the format asked for, as a stream.

An edge: it reads a warehouse. Which rows, order and formats there are is `dashboard.exports`'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.api.declared import (
    JSON,
    LONGEST_PAGE,
    PAGE,
    PREFIX,
    UNIONS,
    Problem,
    Values,
    shortened,
)
from dashboard.api.http import Asking
from dashboard.codes import DIMENSIONS
from dashboard.data import queries
from dashboard.data.queries import api
from dashboard.data.queries.exports import Wanted
from dashboard.data.series import series
from dashboard.exports.delimited import MACHINE_TIME
from dashboard.exports.description import attribution, filename, sources, written
from dashboard.exports.extract import Extract, Meta
from dashboard.exports.formats import FORMATS, MACHINE, chosen_format
from dashboard.exports.read import extract
from dashboard.exports.shown import shown
from dashboard.state.url import State
from dashboard.state.visit import Visit, visited
from etl.catalogue import TOTAL, Indicator


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
    codes_of = {name: values[name] or every[name] or [TOTAL] for name in DIMENSIONS}
    found = series(
        asking.context,
        asking.warehouse,
        indicator.id,
        regions=codes,
        sexes=codes_of["sex"],
        backgrounds=codes_of["background"],
        educations=codes_of["education"],
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


@dataclass(frozen=True)
class Stream:
    """A file as it is written: `name` is None for what is no download."""

    chunks: Iterator[bytes]
    mimetype: str
    name: str | None
    following: str | None


def observations(asking: Asking) -> Stream:
    """What is asked for, as a stream that reads from the warehouse until its end."""
    values = asking.values
    limit = values["limit"] or (PAGE if values["format"] == JSON else None)
    found = _extract(asking, limit)
    following = _following(asking, found.meta, limit)
    return _stream(values, found, following)


def _extract(asking: Asking, limit: int | None) -> Extract:
    """The rows asked for; with those of unions where any is asked for."""
    wanted, permalink = _wanted(asking), _link(asking, {})
    codes = unions(asking)
    if codes:
        return together(asking, wanted, codes, limit=limit, permalink=permalink)
    return extract(
        asking.context,
        asking.warehouse,
        wanted,
        lang=asking.values["lang"],
        permalink=permalink,
        limit=limit,
        offset=asking.values["offset"],
    )


def _wanted(asking: Asking) -> Wanted:
    values = asking.values
    every = tuple(one.id for one in asking.context.catalogue.indicators)
    return Wanted(
        indicators=every if values["indicator"] is None else values["indicator"],
        regions=values["region"],
        levels=values["level"],
        sexes=values["sex"],
        backgrounds=values["background"],
        educations=values["education"],
        first=values["from"],
        last=values["to"],
    )


def _stream(values: Values, found: Extract, following: str | None) -> Stream:
    if values["format"] == JSON:
        chunks = document(found, following)
        return Stream(chunks, "application/json", None, following)
    form = FORMATS[values["format"]]
    form = chosen_format(form.suffix, values["flavour"] or MACHINE) or form
    return Stream(form.write(found), form.mimetype, filename(found.meta, form.suffix), following)


def _following(asking: Asking, meta: Meta, limit: int | None) -> str | None:
    """Where the rows after these are; None when there are none."""
    offset = asking.values["offset"] + meta.rows
    if limit is None or not meta.rows or offset >= meta.total:
        return None
    return _link(asking, {"limit": limit, "offset": offset})


def _link(asking: Asking, changed: dict[str, Any]) -> str:
    """The address of this request, of this version for good."""
    version = asking.warehouse.version
    given = asking.values | {"version": version} | changed
    told = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in given.items()
        if value is not None and (name, value) not in {("offset", 0), ("format", JSON)}
    }
    return f"{asking.address}{PREFIX}/observations?{urlencode(told, safe=',')}"


MOST_UNITED = 200  # unions times indicators: each takes some hundredths of a second


def problems(asking: Asking) -> Iterator[Problem]:
    """What is wrong with the fields that the request has, whatever its endpoint."""
    values = asking.values
    for name in ("indicator", "id"):
        yield from _indicators(asking, name, values.get(name) or ())
    for name in ("region", "parent"):
        yield from _regions(asking, name, values.get(name) or ())
    for name in DIMENSIONS:
        yield from _groups(asking, name, values.get(name) or ())
    yield from _together(values)
    if "region" in values:
        yield from _unions(asking)


def _indicators(asking: Asking, name: str, given: str | Sequence[str]) -> Iterator[Problem]:
    """Each id that the catalogue lacks; 404 where nothing else is wrong."""
    for one in (given,) if isinstance(given, str) else given:
        if one not in asking.context.catalogue.indicator:
            told = f"there is no indicator {shortened(one)!r}; /api/v1/indicators lists them"
            yield Problem(name, told, 404)


def _regions(asking: Asking, name: str, given: Sequence[str]) -> Iterator[Problem]:
    known = asking.context.memory.recall(
        (asking.warehouse.version, "codes of regions"),
        lambda: frozenset(queries.regions(asking.warehouse)["code"]),
    )
    if strangers := _strangers(given, known):
        yield Problem(
            name,
            f"there is no region {strangers}; /api/v1/regions lists them, and codes are text: "
            "0180, 01",
        )


def _groups(asking: Asking, name: str, given: Sequence[str]) -> Iterator[Problem]:
    """Codes that neither the catalogue nor the version has in a dimension."""
    found = asking.context.memory.recall(
        (asking.warehouse.version, "categories"),
        lambda: api.categories(asking.warehouse)[["dimension", "code"]],
    )
    known = {code for dimension, code in asking.context.catalogue.category if dimension == name}
    known |= {TOTAL, *found.loc[found["dimension"] == name, "code"]}
    if strangers := _strangers(given, known):
        expected = ", ".join(sorted(known))
        yield Problem(name, f"there is no code {strangers}; expected one of {expected}")


def _unions(asking: Asking) -> Iterator[Problem]:
    """More unions than can be computed for one answer."""
    codes, wanted = unions(asking), asking.values["indicator"]
    asked = len(asking.context.catalogue.indicators if wanted is None else wanted)
    if len(codes) * asked > MOST_UNITED:
        yield Problem(
            "region",
            f"{len(codes)} unions of regions for {asked} indicators are too much for one answer; "
            f"expected at most {MOST_UNITED} in all: ask for fewer of either at a time",
        )


def _together(values: Values) -> Iterator[Problem]:
    """What fields must hold beside each other."""
    first, last, limit = values.get("from"), values.get("to"), values.get("limit") or 0
    if first and last and first > last:
        yield Problem("from", f"{first} is after to={last}; expected the earlier period first")
    if values.get("flavour") and values["format"] != "csv":
        yield Problem(
            "flavour",
            f"{values['flavour']!r} is of csv, and format is {values['format']!r}; "
            "leave it out, or ask for format=csv",
        )
    if values.get("format") == JSON and limit > LONGEST_PAGE:
        yield Problem(
            "limit",
            f"{limit} is too much for a page of json; expected at most {LONGEST_PAGE}, and "
            "meta.next leads on; csv and parquet have no bound",
        )


def _strangers(given: Sequence[str], known: frozenset[str] | set[str]) -> str:
    """The codes that are not known, the first ten of them; "" when all are."""
    return ", ".join(repr(shortened(one)) for one in sorted(set(given) - known)[:10])
