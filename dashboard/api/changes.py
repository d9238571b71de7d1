"""
What changed between two versions, a page at a time, and what is wrong with a question for it.

An edge: it reads the versions that are kept.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from dashboard.api import declared
from dashboard.api.declared import API_PREFIX, Bilingual, ChangesQuery, FieldProblem
from dashboard.api.listing import DataRequest
from dashboard.data.changes import (
    EarlierVersion,
    RegionChanges,
    changed_figures,
    earlier_version,
    region_changes,
)
from dashboard.exports.changes import ChangedRows, changed_columns
from dashboard.exports.extract import LICENCE
from dashboard.state.regions import standing_code
from dashboard.state.url import day_of
from dashboard.state.visit import known_regions
from etl.catalogue.changes import IndicatorChanges
from etl.catalogue.pointer import published_day

ChangesRequest = DataRequest[ChangesQuery]


def changes_answer(request: ChangesRequest) -> declared.ChangesAnswer:
    """What changed for a region and its parts, one page of it."""
    query, warehouse = request.query, request.warehouse
    regions = known_regions(request.context, warehouse)
    region = standing_code(query.region, regions)
    found = region_changes(request.context, warehouse, _earlier(request).version, region)
    asked = [
        one
        for one in found.indicators
        if query.indicator is None or one.indicator in query.indicator
    ]
    total = sum(one.listed for one in asked)
    data = list(_page(request, found, asked))
    following = query.offset + len(data)
    meta = declared.ChangesMeta(
        region=region,
        since=query.since,
        old_version=found.old,
        version=warehouse.version,
        example=warehouse.example,
        indicators=[_indicator(request, one) for one in asked],
        joined_areas=dict(found.joined),
        licence=LICENCE,
        rows=len(data),
        total=total,
        next=_link(request, following) if data and following < total else None,
    )
    return declared.ChangesAnswer(meta=meta, data=data)


def change_problems(request: DataRequest[Any]) -> Iterator[FieldProblem]:
    """That no version is kept which is old enough; nothing of questions of one version."""
    if not isinstance(request.query, ChangesQuery):
        return
    earlier, since = _earlier(request), request.query.since
    if earlier.version:
        return
    day = published_day(earlier.oldest)
    detail = f"no version before {request.warehouse.version} is kept"
    if since:
        detail = f"no version so old is kept; the oldest is {earlier.oldest}, of {day}"
    yield FieldProblem(field="since", detail=detail, status=410)


def _earlier(request: ChangesRequest) -> EarlierVersion:
    since = request.query.since
    day: date | None = day_of(since) if since else None
    return earlier_version(request.context, request.warehouse, day)


def _indicator(request: ChangesRequest, changes: IndicatorChanges) -> declared.ChangedIndicator:
    """What came of an indicator, with the reason where the catalogue gives one."""
    retired = request.context.catalogue.retired_by_id.get(changes.former or changes.indicator)
    return declared.ChangedIndicator(
        indicator=changes.indicator,
        fate=changes.fate,
        former=changes.former or None,
        reason=Bilingual.model_validate(retired.reason) if retired else None,
        revised=changes.revised,
        vanished=changes.vanished,
        added=changes.added,
    )


def _page(
    request: ChangesRequest, found: RegionChanges, asked: list[IndicatorChanges]
) -> Iterator[declared.ChangedFigureRecord]:
    """The figures of a page; indicators that are left out whole are not compared again."""
    query, start = request.query, request.query.offset
    wanted: list[str] = []
    for one in asked:
        if start >= one.listed and not wanted:
            start -= one.listed
        else:
            wanted.append(one.indicator)
    left = query.limit
    rows = ChangedRows(
        tables=lambda: changed_figures(request.context, request.warehouse, found, wanted),
        catalogue=request.context.catalogue,
        names={
            code: region.name("sv")
            for code, region in known_regions(request.context, request.warehouse).items()
        },
        old=found.old,
        new=found.new,
        example=request.warehouse.example,
        lang="sv",
    )
    for table in rows.tables():
        if left <= 0:
            return
        part = table.slice(start, left)
        start = max(0, start - len(table))
        left -= len(part)
        if len(part):
            yield from _records(part, rows)


def _records(table: pa.Table, rows: ChangedRows) -> Iterator[declared.ChangedFigureRecord]:
    columns = changed_columns(table, rows)
    names = list(declared.ChangedFigureRecord.model_fields)
    lists: list[list[Any]] = [columns[name].to_pylist() for name in names]
    for values in zip(*lists, strict=True):
        yield declared.ChangedFigureRecord.model_construct(**dict(zip(names, values, strict=True)))


def _link(request: ChangesRequest, offset: int) -> str:
    """The address of the figures from `offset` on, of this version for good."""
    query = request.query
    values = {
        "region": query.region,
        "since": query.since,
        "indicator": ",".join(query.indicator or ()),
        "version": request.warehouse.version,
        "limit": query.limit,
        "offset": offset,
    }
    texts = {name: value for name, value in values.items() if value}
    return f"{request.address}{API_PREFIX}/changes?{urlencode(texts, safe=',')}"
