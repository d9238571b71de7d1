"""
The API over HTTP: which function answers which endpoint, and how a refusal looks.

An edge, registered by `register`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import orjson
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.api import http, listing, openapi
from dashboard.api import observations as api_observations
from dashboard.api.declared import ENDPOINTS, PREFIX, Endpoint, Problem, Values, asked
from dashboard.api.http import MIMETYPE, Asking, RefusedError, body, refuse, streamed
from dashboard.api.listing import freshness
from dashboard.api.observations import Stream, observations
from dashboard.data.context import Context
from dashboard.exports.extract import TooLargeError
from etl import __version__

RETRY = 300  # seconds
NO_DATA = "There are no data yet; `python -m etl run` fetches them."
DATA: Mapping[str, Callable[[Asking], dict[str, Any] | Stream]] = MappingProxyType(
    {
        "indicators": listing.indicators,
        "indicator": listing.indicator,
        "regions": listing.regions,
        "observations": observations,
    }
)


def register(server: Flask, context: Context) -> None:
    """Answer the API's addresses from a context."""
    edition = http.tag(__version__, repr(context.catalogue))
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for one in ENDPOINTS.values():
        blueprint.add_url_rule(
            one.path.replace("{", "<").replace("}", ">"),
            one.name,
            _view(context, one, edition),
            methods=http.METHODS,
            provide_automatic_options=False,
        )
    # Without these the panel's own pages would answer.
    for number, rule in enumerate(("", "/", "/<path:rest>")):
        blueprint.add_url_rule(rule, f"nothing{number}", _nothing)
    server.register_blueprint(blueprint)
    server.register_error_handler(HTTPException, _failed)
    server.after_request(lambda response: _opened(response, context))


def _view(context: Context, one: Endpoint, edition: str) -> Callable[..., Response]:
    def view(**parts: str) -> Response:
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(http.METHODS)})
        try:
            values, problems = asked(one.fields, request.args.items(multi=True))
            if one.pinned:
                return _of_data(context, one, values | parts, edition=edition, problems=problems)
            refuse(problems)
            return http.asked_again(_written(_live(context, one)))
        except RefusedError as error:
            return _refused(error)

    return view


def _of_data(
    context: Context,
    one: Endpoint,
    values: Values,
    *,
    edition: str,
    problems: Sequence[Problem],
) -> Response:
    """The answer of one version: 304 without opening it, where the client has it."""
    newest = _newest(context)
    gone = tuple(_gone(context, values["version"], newest))
    version = newest if gone else values["version"] or newest
    address = context.settings.address or request.host_url.rstrip("/")
    pinned = values["version"] is not None
    etag = http.tag(edition, one.name, address, values | {"version": version})
    if http.known(etag) and not (problems or gone):
        return http.kept(Response(status=304), etag, pinned=pinned)
    with ExitStack() as stack:
        warehouse = stack.enter_context(context.warehouses.at(version))
        if warehouse is None:
            raise RefusedError(503, detail="The data cannot be opened now; try again later.")
        asking = Asking(context, warehouse, values, address)
        refuse([*problems, *gone, *api_observations.problems(asking)])
        found = DATA[one.name](asking)
        if isinstance(found, Stream):
            return http.kept(_streamed(found, stack), etag, pinned=pinned)
        return http.kept(_written(found), etag, pinned=pinned)


def _newest(context: Context) -> str:
    """The current version; 503 when nothing is published."""
    newest = context.warehouses.newest()
    if not newest:
        raise RefusedError(503, detail=NO_DATA)
    return newest


def _gone(context: Context, named: str | None, newest: str) -> Iterator[Problem]:
    """What is said of a version that is not kept; 410 where nothing else is wrong."""
    if named and named not in {newest, *context.warehouses.kept()}:
        told = f"{named} is not kept; {PREFIX}/versions lists those that are"
        yield Problem("version", told, 410)


def _live(context: Context, one: Endpoint) -> dict[str, Any]:
    """What is true of the panel now, whatever the version."""
    if one.name == "openapi":
        return openapi.document(__version__)
    with context.warehouses.current() as warehouse:
        if warehouse is None:
            raise RefusedError(503, detail=NO_DATA)
        return freshness(warehouse) if one.name == "freshness" else listing.versions(context)


def _written(document: dict[str, Any]) -> Response:
    return Response(orjson.dumps(document), mimetype="application/json")


def _streamed(stream: Stream, stack: ExitStack) -> Response:
    """The stream, and where it goes on; what is too large is refused before it begins."""
    try:
        response = streamed(stream.chunks, stream.mimetype, name=stream.name, stack=stack)
    except TooLargeError as error:
        raise RefusedError(400, [Problem("format", str(error))]) from None
    if stream.following:
        response.headers["Link"] = f'<{stream.following}>; rel="next"'
    return response


def _nothing(rest: str = "") -> Response:
    listed = ", ".join(PREFIX + one.path for one in ENDPOINTS.values())
    return _refused(RefusedError(404, detail=f"There is nothing at {rest!r:.80}; see {listed}."))


def _refused(error: RefusedError) -> Response:
    document = body(error.status, error.detail, error.problems)
    response = Response(orjson.dumps(document), error.status, content_type=MIMETYPE)
    response.cache_control.no_cache = True
    if error.status == 503:
        response.headers["Retry-After"] = str(RETRY)
    return response


def _failed(error: HTTPException) -> HTTPException | Response:
    """What Flask refuses under the API's addresses, as a problem; elsewhere as it was."""
    if not _own(request.path) or error.code is None or error.code < 400:
        return error
    response = _refused(RefusedError(error.code, detail=error.description or error.name))
    if error.code == 405:
        response.headers["Allow"] = ", ".join(http.METHODS)
    return response


def _opened(response: Response, context: Context) -> Response:
    if _own(request.path):
        http.shared(response, context.settings.origins)
    return response


def _own(path: str) -> bool:
    return path == PREFIX or path.startswith(f"{PREFIX}/")
