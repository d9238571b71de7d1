"""
Observations in the format asked for, as a stream, and what is wrong with a query for them.

An edge: it reads a warehouse. Which rows, order and formats there are is `dashboard.exports`'.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.api import declared
from dashboard.api.answer import JSON_TYPE, file_headers
from dashboard.api.declared import (
    API_PREFIX,
    JSON,
    ChangesQuery,
    FieldProblem,
    GapChangesQuery,
    GapsQuery,
    ObservationsQuery,
    shortened,
)
from dashboard.api.listing import DataRequest
from dashboard.codes import DIMENSIONS, Codes, Group, GroupCodes
from dashboard.data.observation import Observation
from dashboard.data.queries.exports import RowSelection
from dashboard.data.queries.holdings import (
    category_labels,
    groups_of_regions,
    region_rows,
    standing_regions,
)
from dashboard.data.series import region_series
from dashboard.exports.delimited import MACHINE_TIME
from dashboard.exports.description import (
    attribution,
    filename,
    footnote_entries,
    source_entries,
    utc_text,
)
from dashboard.exports.extract import Extract, Meta
from dashboard.exports.formats import FORMATS, MACHINE, chosen_format
from dashboard.exports.read import requested_extract, view_extract
from dashboard.sentences.footnotes import merged_footnotes
from dashboard.sentences.unions import no_union_sentence
from dashboard.state.retired import gone_sentence
from dashboard.state.url import State
from dashboard.state.visit import Visit, known_regions, visited
from dashboard.text import LANGS, term
from etl.catalogue import TOTAL, Indicator
from etl.catalogue.ages import is_class
from etl.catalogue.periods import ends_before, lies_between

MOST_UNITED = 200  # unions times indicators: each takes some hundredths of a second
ObservationsRequest = DataRequest[ObservationsQuery]


@dataclass(frozen=True)
class ObservationsStream:
    """Observations as they are written; `following` leads to those after them."""

    chunks: Iterator[bytes]
    headers: Mapping[str, str]
    following: str | None


def observations_stream(request: ObservationsRequest) -> ObservationsStream:
    """What is asked for, as a stream that reads from the warehouse until its end."""
    request, said = _with_ages(request)
    query = request.query
    limit = query.limit or (declared.PAGE_ROWS if query.format == JSON else None)
    rows = _extract(request, limit)
    rows = replace(rows, meta=replace(rows.meta, notes=(*said, *rows.meta.notes)))
    following = _following(request, rows.meta, limit)
    if query.format == JSON:
        headers: Mapping[str, str] = {"Content-Type": JSON_TYPE}
        return ObservationsStream(_document(rows, following), headers, following)
    form = FORMATS[query.format]
    form = chosen_format(form.suffix, query.flavour or MACHINE) or form
    headers = file_headers(form.mimetype, filename(rows.meta, form.suffix))
    return ObservationsStream(form.write(rows), headers, following)


def _with_ages(request: ObservationsRequest) -> tuple[ObservationsRequest, tuple[str, ...]]:
    """
    The request with its ages in their own field, and what is said of that.

    Ages stood among the backgrounds until November 2026: an older request goes on answering.
    """
    query, catalogue = request.query, request.context.catalogue
    backgrounds = query.background or ()
    ages = tuple(filter(is_class, backgrounds))
    groups = tuple(code for code in backgrounds if code not in ages)
    if ages:
        changes, key = {"background": (TOTAL,), "age": (*groups, *ages)}, "ages_apart"
    elif backgrounds and query.age is None:
        changes, key = {"age": (TOTAL,)}, "ages_together"
    else:
        return request, ()
    ids = catalogue.indicator if query.indicator is None else query.indicator
    concerned = ages or (
        set(groups) - {TOTAL} and any("age" in catalogue.indicator[id].dimensions for id in ids)
    )
    notes = (term(key, query.lang, ages=",".join(ages)),) if concerned else ()
    return replace(request, query=query.model_copy(update=changes)), notes


def _document(extract: Extract, following: str | None) -> Iterator[bytes]:
    """The answer {"meta": …, "data": [record]}; `following` leads to the next page."""
    yield b'{"meta":' + _meta(extract.meta, following).model_dump_json().encode() + b',"data":['
    between = b""
    for batch in extract.batches():
        if batch.num_rows:
            yield between + orjson.dumps(_records(batch))[1:-1]
            between = b","
    yield b"]}"


def _meta(meta: Meta, following: str | None) -> declared.ObservationsMeta:
    """What is said of the records; `unit` is None where indicators differ in it."""
    units = {indicator.unit[meta.lang] for indicator in meta.indicators}
    return declared.ObservationsMeta(
        indicator=",".join(indicator.id for indicator in meta.indicators),
        unit=units.pop() if len(units) == 1 else None,
        version=meta.version,
        built=utc_text(meta.built),
        example=meta.example,
        source="; ".join(attribution(meta)),
        sources=[
            declared.ObservationsSource.model_validate(source) for source in source_entries(meta)
        ],
        notes=[*meta.remarks, *meta.notes],
        footnotes=[
            declared.SourceFootnote.model_validate(note)
            for note in footnote_entries(meta.footnotes)
        ],
        licence=meta.licence,
        permalink=meta.permalink,
        rows=meta.rows,
        total=meta.total,
        next=following,
    )


def _records(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    columns = [_plain(column) for column in batch.columns]
    names = batch.schema.names
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pa.Array) -> list[Any]:
    """The values of a column as JSON has them; times as ISO 8601 in UTC."""
    if pa.types.is_dictionary(column.type):
        words = [*column.dictionary.to_pylist(), None]
        return [words[index] for index in column.indices.fill_null(-1).to_pylist()]
    if pa.types.is_timestamp(column.type):
        whole = column.cast(pa.timestamp("s", tz=column.type.tz), safe=False)
        return _plain(pc.strftime(whole, format=MACHINE_TIME).dictionary_encode())
    values: list[Any] = column.to_pylist()
    return values


def _extract(request: ObservationsRequest, limit: int | None) -> Extract:
    """The rows asked for; with those of unions where any is asked for."""
    query = request.query
    all_ids = tuple(indicator.id for indicator in request.context.catalogue.indicators)
    selection = RowSelection(
        indicators=all_ids if query.indicator is None else query.indicator,
        regions=query.region,
        levels=query.level,
        sexes=query.sex,
        backgrounds=query.background,
        ages=query.age,
        educations=query.education,
        first=query.first,
        last=query.last,
    )
    permalink = _link(request, {})
    if unions := _unions(request):
        return _with_unions(request, selection, unions, limit=limit, permalink=permalink)
    return requested_extract(
        request.context,
        request.warehouse,
        selection,
        lang=query.lang,
        permalink=permalink,
        limit=limit,
        offset=query.offset,
    )


def _unions(request: ObservationsRequest) -> tuple[str, ...]:
    """The unions that a request names, or asks for by level."""
    regions, levels = request.query.region, request.query.level
    if not (regions or set(levels or ()) & set(declared.UNION_LEVELS)):
        return ()
    known = request.context.memory.recall(
        (request.warehouse.version, "unions"),
        lambda: [
            (code, region.level)
            for code, region in known_regions(request.context, request.warehouse).items()
            if region.level in declared.UNION_LEVELS
        ],
    )
    return tuple(
        code
        for code, level in known
        if (levels is None or level in levels) and (regions is None or code in regions)
    )


def _with_unions(
    request: ObservationsRequest,
    selection: RowSelection,
    unions: Sequence[str],
    *,
    limit: int | None,
    permalink: str,
) -> Extract:
    """The extract of what is wanted and of some unions, after the offset and up to a limit."""
    context, warehouse, query = request.context, request.warehouse, request.query
    whole = requested_extract(
        context, warehouse, selection, lang=query.lang, permalink=permalink, limit=0
    )
    visit = visited(context, warehouse, "", State(lang=query.lang), current=warehouse.version)
    parts = [
        part
        for id in sorted(selection.indicators)
        for part in _of_indicator(
            request, replace(selection, indicators=(id,)), unions, whole=whole, visit=visit
        )
    ]
    total = sum(part.meta.total for part in parts)
    rows = max(0, total - query.offset)
    rows = rows if limit is None else min(limit, rows)

    def batches() -> Iterator[pa.RecordBatch]:
        return _window(parts, query.offset, rows)

    meta = _united(whole.meta, parts, rows=rows, total=total)
    why = tuple(
        note
        for id in sorted(selection.indicators)
        for note in _why_missing(request, visit, id, unions)
    )
    return Extract(batches, replace(meta, notes=(*why, *meta.notes)))


def _why_missing(
    request: ObservationsRequest, visit: Visit, id: str, unions: Sequence[str]
) -> Iterator[str]:
    """Why a union of several has no rows of an indicator, or none of some groups asked for."""
    indicator, query = request.context.catalogue.indicator[id], request.query
    rows = _union_rows(request, indicator, unions) if indicator.union != "none" else ()
    for code in unions:
        region = visit.regions[code]
        if not region.is_several or indicator.union == "counts":
            continue
        existing = groups_of_regions(request.warehouse, id, region.members)
        groups = [group for group in sorted(existing) if _is_asked(group, query)]
        told = {row.group for row in rows if row.region == code}
        lacking = [group for group in groups if group not in told]
        if not lacking:
            continue
        first = min(lacking, key=lambda group: group != Group(sex=group.sex))
        sentence = no_union_sentence(
            indicator, name=region.bare_name(query.lang), members=(), group=first, lang=query.lang
        )
        members = term("ask_members", query.lang, members=",".join(region.members))
        yield f"{indicator.title[query.lang]}: {sentence} {members}"


def _is_asked(group: Group, query: ObservationsQuery) -> bool:
    """Whether a request asks for a group, by naming its codes or leaving them out."""
    return all(
        asked is None or code in asked
        for code, asked in (
            (group.sex, query.sex),
            (group.background, query.background),
            (group.age, query.age),
            (group.education, query.education),
        )
    )


def _of_indicator(
    request: ObservationsRequest,
    selection: RowSelection,
    unions: Sequence[str],
    *,
    whole: Extract,
    visit: Visit,
) -> Iterator[Extract]:
    """The extracts of one indicator: of other regions, if there are any at all, and of unions."""
    permalink, lang = whole.meta.permalink, whole.meta.lang
    if whole.meta.total:
        yield requested_extract(
            request.context, request.warehouse, selection, lang=lang, permalink=permalink
        )
    indicator = request.context.catalogue.indicator[selection.indicators[0]]
    rows = _union_rows(request, indicator, unions)
    if rows:
        yield view_extract(visit, indicator, rows, permalink)


def _union_rows(
    request: ObservationsRequest, indicator: Indicator, unions: Sequence[str]
) -> Sequence[Observation]:
    """The rows of unions, as `series` has them, for the groups and periods asked for."""
    query, category = request.query, request.context.catalogue.category

    def codes(name: str, asked: Sequence[str] | None) -> Codes:
        every = (code for dimension, code in category if dimension == name)
        return tuple(asked or every) or (TOTAL,)

    rows = region_series(
        request.context,
        request.warehouse,
        indicator.id,
        regions=unions,
        groups=GroupCodes(
            sexes=codes("sex", query.sex),
            backgrounds=codes("background", query.background),
            ages=codes("age", query.age),
            educations=codes("education", query.education),
        ),
    )
    return [row for row in rows if lies_between(row.period, query.first, query.last)]


def _window(parts: Sequence[Extract], offset: int, rows: int) -> Iterator[pa.RecordBatch]:
    """Batches of so many rows after `offset`, over all parts."""
    for part in parts:
        if offset >= part.meta.total:
            offset -= part.meta.total
            continue
        for batch in part.batches():
            if rows <= 0:
                return
            window = batch.slice(offset, rows)
            offset = max(0, offset - batch.num_rows)
            rows -= window.num_rows
            if window.num_rows:
                yield window


def _united(whole: Meta, parts: Sequence[Extract], *, rows: int, total: int) -> Meta:
    """What is said of all parts together."""
    metas = [part.meta for part in parts if part.meta.total]
    sources = {(source.id, source.kind): source for meta in metas for source in meta.sources}
    return replace(
        whole,
        regions={code: name for meta in metas for code, name in meta.regions.items()},
        unions={code: members for meta in metas for code, members in meta.unions.items()},
        sources=tuple(
            sorted(sources.values(), key=lambda source: (source.kind == "computed", source.id))
        ),
        first=min((meta.first for meta in metas), default=""),
        last=max((meta.last for meta in metas), default=""),
        rows=rows,
        total=total,
        notes=tuple(note for meta in metas for note in meta.notes),
        footnotes=merged_footnotes(note for meta in metas for note in meta.footnotes),
    )


def _following(request: ObservationsRequest, meta: Meta, limit: int | None) -> str | None:
    """Where the rows after these are; None when there are none."""
    offset = request.query.offset + meta.rows
    if limit is None or not meta.rows or offset >= meta.total:
        return None
    return _link(request, {"limit": limit, "offset": offset})


def _link(request: ObservationsRequest, changed: Mapping[str, int]) -> str:
    """The address of this request, of this version for good."""
    values = request.query.model_dump(by_alias=True)
    values |= {"version": request.warehouse.version, **changed}
    texts = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None and (name, value) not in {("offset", 0), ("format", JSON)}
    }
    return f"{request.address}{API_PREFIX}/observations?{urlencode(texts, safe=',')}"


def query_problems(request: DataRequest[Any]) -> Iterator[FieldProblem]:
    """What the catalogue or the version lacks, or what cannot stand together, in a query."""
    query = request.query
    if request.indicator:
        yield from _unknown_indicators(request, "id", (request.indicator,))
    if isinstance(query, declared.RegionsQuery):
        yield from _unknown_regions(request, "parent", query.parent or ())
    if isinstance(query, ChangesQuery):
        yield from _unknown_indicators(request, "indicator", query.indicator or ())
        yield from _unknown_regions(request, "region", (query.region,))
    if isinstance(query, GapsQuery | GapChangesQuery):
        asked = () if query.indicator is None else (query.indicator,)
        yield from _unknown_indicators(request, "indicator", asked)
        yield from _unknown_regions(request, "region", query.region or ())
        for name in DIMENSIONS:
            yield from _unknown_codes(request, name, (getattr(query, name),))
        yield from _order_of_periods(query)
    if isinstance(query, declared.HighlightsQuery):
        yield from _unknown_regions(request, "region", (query.region,))
    if isinstance(query, declared.SimilarQuery):
        yield from _unknown_indicators(request, "indicator", query.indicator or ())
        yield from _unknown_regions(request, "region", (query.region,) if query.region else ())
    if isinstance(query, ObservationsQuery):
        yield from _unknown_indicators(request, "indicator", query.indicator or ())
        yield from _unknown_regions(request, "region", query.region or ())
        for name in DIMENSIONS:
            yield from _unknown_codes(request, name, getattr(query, name) or ())
        yield from _contradictions(query)
        yield from _too_many_unions(request)


def _unknown_indicators(
    request: DataRequest[Any], name: str, ids: Iterable[str]
) -> Iterator[FieldProblem]:
    """Each id that the catalogue lacks; 404, or 410 of what it had, where nothing else is wrong."""
    catalogue = request.context.catalogue
    for id in ids:
        if retired := catalogue.retired_by_id.get(id):
            detail = " · ".join(gone_sentence(retired, lang) for lang in LANGS)
            yield FieldProblem(field=name, detail=f"{id}: {detail}", status=410)
        elif id not in catalogue.indicator:
            detail = f"there is no indicator {shortened(id)!r}; {API_PREFIX}/indicators lists them"
            yield FieldProblem(field=name, detail=detail, status=404)


def _unknown_regions(
    request: DataRequest[Any], name: str, codes: Iterable[str]
) -> Iterator[FieldProblem]:
    existing = request.context.memory.recall(
        (request.warehouse.version, "codes of regions"),
        lambda: frozenset(region_rows(request.warehouse)["code"]),
    )
    if unknown := _unknown(standing_regions(request.warehouse, codes), existing):
        detail = (
            f"there is no region {unknown}; {API_PREFIX}/regions lists them, and codes are text"
        )
        yield FieldProblem(field=name, detail=f"{detail}: 0180, 01")


def _unknown_codes(
    request: DataRequest[Any], name: str, codes: Iterable[str]
) -> Iterator[FieldProblem]:
    """Codes that neither the catalogue nor the version has in a dimension."""
    existing = request.context.memory.recall(
        (request.warehouse.version, "codes", name), lambda: _existing_codes(request, name)
    )
    # An older request has its ages among the backgrounds (see `_with_ages`).
    codes = [code for code in codes if not (name == "background" and is_class(code))]
    if unknown := _unknown(codes, existing):
        detail = f"there is no code {unknown}; expected one of {', '.join(sorted(existing))}"
        yield FieldProblem(field=name, detail=detail)


def _existing_codes(request: DataRequest[Any], name: str) -> frozenset[str]:
    """The codes of a dimension that the catalogue or the version has."""
    labels = category_labels(request.warehouse)
    return frozenset(
        {code for dimension, code in request.context.catalogue.category if dimension == name}
        | {TOTAL, *labels.loc[labels["dimension"] == name, "code"]}
    )


def _unknown(codes: Iterable[str], existing: frozenset[str] | set[str]) -> str:
    """The codes that are not known, the first ten of them; "" when all are."""
    return ", ".join(repr(shortened(code)) for code in sorted(set(codes) - existing)[:10])


def _too_many_unions(request: ObservationsRequest) -> Iterator[FieldProblem]:
    """More unions than can be computed for one answer."""
    unions, indicators = len(_unions(request)), request.query.indicator
    count = len(request.context.catalogue.indicators if indicators is None else indicators)
    if unions * count > MOST_UNITED:
        yield FieldProblem(
            field="region",
            detail=f"{unions} unions of regions for {count} indicators are too much for one "
            f"answer; expected at most {MOST_UNITED} in all: ask for fewer of either at a time",
        )


def _order_of_periods(
    query: ObservationsQuery | GapsQuery | GapChangesQuery,
) -> Iterator[FieldProblem]:
    if query.first and query.last and ends_before(query.last, query.first):
        detail = f"{query.first} is after to={query.last}; expected the earlier period first"
        yield FieldProblem(field="from", detail=detail)


def _contradictions(query: ObservationsQuery) -> Iterator[FieldProblem]:
    """What fields must hold beside each other."""
    yield from _order_of_periods(query)
    ages = [code for code in query.background or () if is_class(code)]
    if ages and (query.age or {*ages, TOTAL} < {*(query.background or ()), TOTAL}):
        yield FieldProblem(
            field="background",
            detail=f"{', '.join(ages)} are ages, which stand in age; ask for age={','.join(ages)} "
            "beside backgrounds",
        )
    if query.flavour and query.format != "csv":
        yield FieldProblem(
            field="flavour",
            detail=f"{query.flavour!r} is of csv, and format is {query.format!r}; "
            "leave it out, or ask for format=csv",
        )
    if query.format == JSON and (query.limit or 0) > declared.MOST_PAGE_ROWS:
        yield FieldProblem(
            field="limit",
            detail=f"{query.limit} is too much for a page of json; expected at most "
            f"{declared.MOST_PAGE_ROWS}, and meta.next leads on; csv and parquet have no bound",
        )
