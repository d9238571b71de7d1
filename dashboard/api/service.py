"""
Which function answers which endpoint, and how a refusal looks.

An edge: it opens versions of the data. It knows requests and answers as plain values only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import orjson
from pydantic import BaseModel

from dashboard.api import answer, listing, openapi
from dashboard.api.answer import HttpAnswer, HttpRequest, RefusedError
from dashboard.api.changes import change_problems, changes_answer
from dashboard.api.declared import (
    API_PREFIX,
    ENDPOINTS,
    ChangesQuery,
    DataQuery,
    Endpoint,
    FieldProblem,
    query_of,
)
from dashboard.api.gaps import gap_changes_answer, gap_problems, gaps_answer
from dashboard.api.highlights import highlights_answer
from dashboard.api.listing import DataRequest
from dashboard.api.observations import ObservationsStream, observations_stream, query_problems
from dashboard.api.similar import similar_answer, similar_problems
from dashboard.data.context import Context
from dashboard.data.versions import Reading, Warehouse
from dashboard.exports.extract import TooLargeError
from dashboard.text import term
from etl import __version__
from etl.catalogue.pointer import KEEPING

_RETRY = 300  # seconds
_STANDING = frozenset({"indicators", "indicator"})  # whose answers tell what is stale today
_NO_DATA = "There are no data yet; `python -m etl run` fetches them."
DATA: Mapping[str, Callable[[DataRequest[Any]], BaseModel | ObservationsStream]] = MappingProxyType(
    {
        "indicators": listing.indicators_answer,
        "indicator": listing.indicator_answer,
        "regions": listing.regions_answer,
        "observations": observations_stream,
        "changes": changes_answer,
        "gaps": gaps_answer,
        "gap_changes": gap_changes_answer,
        "highlights": highlights_answer,
        "similar": similar_answer,
    }
)


def endpoint_answer(
    endpoint: Endpoint, context: Context, request: HttpRequest, *, edition: str, id: str = ""
) -> HttpAnswer:
    """The answer of an endpoint to a request; `id` is that of the indicator in its path."""
    if request.method == "OPTIONS":
        return HttpAnswer(204, {"Allow": ", ".join(answer.API_METHODS)})
    query, problems = query_of(endpoint.query, request.parameters)
    try:
        if isinstance(query, DataQuery):
            return _of_data(
                context, endpoint, request,
                query=query, indicator=id, edition=edition, problems=problems,
            )  # fmt: skip
        answer.refuse(problems)
        return answer.revalidated(_live(context, endpoint), request)
    except RefusedError as error:
        return refused(error)


def _of_data(
    context: Context,
    endpoint: Endpoint,
    request: HttpRequest,
    *,
    query: DataQuery,
    indicator: str,
    edition: str,
    problems: Sequence[FieldProblem],
) -> HttpAnswer:
    """The answer of one version: 304 where the client has it."""
    with ExitStack() as stack:
        reading = stack.enter_context(context.warehouses.read(query.version or ""))
        unavailable = tuple(_unavailable(query.version, reading))
        if unavailable:  # all else that is wrong is told by the current version
            reading = stack.enter_context(context.warehouses.read())
        warehouse = _readable(reading)
        values = query.model_dump(by_alias=True) | {"id": indicator, "version": warehouse.version}
        if isinstance(query, ChangesQuery):
            values |= {"kept": context.warehouses.available()}
        if endpoint.name in _STANDING and query.version is None:
            values |= {"standing": context.warehouses.standing().model_dump_json()}
        etag = answer.tag(edition, endpoint.name, request.address, values, reading.unreadable)
        headers = answer.keeping(etag, pinned=query.version is not None)
        headers |= answer.told_unreadable(reading)
        if request.has(etag) and not (problems or unavailable):
            return HttpAnswer(304, headers)
        data_request = DataRequest(
            context.reading(warehouse), warehouse, query, request.address, indicator
        )
        amiss = [
            *query_problems(data_request),
            *change_problems(data_request),
            *gap_problems(data_request),
            *similar_problems(data_request),
        ]
        answer.refuse([*problems, *unavailable, *amiss])
        result = DATA[endpoint.name](data_request)
        if isinstance(result, ObservationsStream):
            return _streamed(result, stack).with_headers(headers)
        document = result.model_dump_json(by_alias=True).encode()
        return HttpAnswer(200, {"Content-Type": answer.JSON_TYPE, **headers}, document)


def _readable(reading: Reading) -> Warehouse:
    """The version that was opened; 503 where nothing is published, or it cannot be read."""
    if reading.warehouse is None:
        lost = reading.missing == "unreadable" or reading.unreadable
        raise RefusedError(503, detail=term("unreadable_file", "en") if lost else _NO_DATA)
    return reading.warehouse


def _unavailable(version: str | None, reading: Reading) -> Iterator[FieldProblem]:
    """The problem of a version that is not kept; 410 where nothing else is wrong."""
    if version and reading.missing == "gone":
        detail = (
            f"{version} is not kept; as a rule the {KEEPING.newest} newest versions with different "
            f"figures are, and after them one a month for {KEEPING.days} days, if there is room. "
            f"{API_PREFIX}/versions lists those that are"
        )
        yield FieldProblem(field="version", detail=detail, status=410)


def _live(context: Context, endpoint: Endpoint) -> bytes:
    """What is true of the panel now, whatever the version."""
    if endpoint.name == "openapi":
        return orjson.dumps(openapi.document(__version__))
    with context.warehouses.read() as reading:
        _readable(reading)
        document = (
            listing.freshness_answer(context, reading)
            if endpoint.name == "freshness"
            else listing.versions_answer(context, reading)
        )
    return document.model_dump_json().encode()


def _streamed(stream: ObservationsStream, stack: ExitStack) -> HttpAnswer:
    """The stream, and where it goes on; what is too large is refused before it begins."""
    try:
        response = answer.streamed(stream.chunks, stream.headers, stack)
    except TooLargeError as error:
        problem = FieldProblem(field="format", detail=str(error))
        raise RefusedError(400, [problem]) from None
    link = {"Link": f'<{stream.following}>; rel="next"'} if stream.following else {}
    return response.with_headers(link)


def no_endpoint(path: str) -> HttpAnswer:
    """The answer where the API has no endpoint."""
    addresses = ", ".join(API_PREFIX + endpoint.path for endpoint in ENDPOINTS.values())
    return answer.refusal(404, f"There is nothing at {path!r:.80}; see {addresses}.")


def refused(error: RefusedError) -> HttpAnswer:
    """A answer.refusal; where there are no data yet, with the seconds until one may ask again."""
    headers = {"Retry-After": str(_RETRY)} if error.status == 503 else {}
    return answer.refusal(error.status, error.detail, error.problems).with_headers(headers)
