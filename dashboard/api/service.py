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
from dashboard.exports.extract import TooLargeError
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
    """The answer of one version: 304 without opening it, where the client has it."""
    newest = _newest(context)
    unavailable = tuple(_unavailable(context, query.version, newest))
    version = newest if unavailable else query.version or newest
    values = query.model_dump(by_alias=True) | {"id": indicator, "version": version}
    if isinstance(query, ChangesQuery):
        values |= {"kept": context.warehouses.available()}
    if endpoint.name in _STANDING and query.version is None:
        values |= {"standing": context.warehouses.standing().model_dump_json()}
    etag = answer.tag(edition, endpoint.name, request.address, values)
    headers = answer.keeping(etag, pinned=query.version is not None)
    if request.has(etag) and not (problems or unavailable):
        return HttpAnswer(304, headers)
    with ExitStack() as stack:
        warehouse = stack.enter_context(context.warehouses.at(version))
        if warehouse is None:
            raise RefusedError(503, detail="The data cannot be opened now; try again later.")
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


def _newest(context: Context) -> str:
    """The current version; 503 when nothing is published."""
    newest = context.warehouses.newest()
    if not newest:
        raise RefusedError(503, detail=_NO_DATA)
    return newest


def _unavailable(context: Context, version: str | None, newest: str) -> Iterator[FieldProblem]:
    """The problem of a version that is not kept; 410 where nothing else is wrong."""
    if version and version not in {newest, *context.warehouses.available()}:
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
    with context.warehouses.current() as warehouse:
        if warehouse is None:
            raise RefusedError(503, detail=_NO_DATA)
        document = (
            listing.freshness_answer(context, warehouse)
            if endpoint.name == "freshness"
            else listing.versions_answer(context)
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
