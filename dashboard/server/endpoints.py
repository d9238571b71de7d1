"""
Flask's requests in, Flask's answers out: the addresses of the API and of plain answers.

An edge. What is answered is decided on plain values, in `dashboard.api` and `server.downloads`.
"""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.api.answer import API_METHODS, HttpAnswer, HttpRequest, cors, edition, refusal
from dashboard.api.declared import API_PREFIX, ENDPOINTS
from dashboard.api.service import endpoint_answer, no_endpoint
from dashboard.data.context import Context
from dashboard.server.files import file_answer, is_file

_NO_ENDPOINT = ("", "/", "/<path:path>")  # without these the panel's own pages would answer


def search() -> str:
    """The query of this request, as it stands in the address."""
    return request.query_string.decode("utf-8", "replace")


def is_api() -> bool:
    """Whether this request is for the API."""
    return request.path == API_PREFIX or request.path.startswith(f"{API_PREFIX}/")


def flask_response(answer: HttpAnswer) -> Response:
    """Flask's answer of a plain one."""
    return Response(answer.content, answer.status, headers=dict(answer.headers))


def register_endpoints(server: Flask, context: Context) -> None:
    """Answer the addresses of the API from a context, also those that it does not have."""
    current = edition(context)
    for endpoint in ENDPOINTS.values():
        server.add_url_rule(
            API_PREFIX + endpoint.path.replace("{", "<").replace("}", ">"),
            f"api {endpoint.name}",
            _view(context, partial(endpoint_answer, endpoint), current),
            methods=API_METHODS,
            provide_automatic_options=False,
        )
    for rule in _NO_ENDPOINT:
        server.add_url_rule(API_PREFIX + rule, f"api without endpoint {rule}", _nothing_there)
    server.register_error_handler(HTTPException, _failed)
    server.after_request(partial(_shared, context.settings.origins))


def register_answers(
    server: Flask, context: Context, answers: Mapping[str, Callable[..., HttpAnswer]]
) -> None:
    """Answer the address of each rule by its function, from a context."""
    current = edition(context)
    for rule, answer in answers.items():
        server.add_url_rule(rule, rule, _view(context, answer, current))


def _plain_request(context: Context) -> HttpRequest:
    """What this request says."""
    return HttpRequest(
        method=request.method,
        search=search(),
        address=context.settings.address,  # never the Host, which anybody may write
        has=request.if_none_match.contains_weak,
    )


def _view(
    context: Context, answer: Callable[..., HttpAnswer], current: str
) -> Callable[..., Response]:
    """The view of an answer, which is made of a context, a request, the edition and path parts."""

    def view(**parts: str) -> Response:
        asked = _plain_request(context)
        make = partial(answer, context, asked, edition=current, **parts)
        if is_file(request.environ):
            return flask_response(file_answer(context, asked, make, request.environ))
        return flask_response(make())

    return view


def _nothing_there(path: str = "") -> Response:
    return flask_response(no_endpoint(path))


def _failed(error: HTTPException) -> HTTPException | Response:
    """What Flask refuses under the API's addresses, as a problem; elsewhere as it was."""
    if not is_api() or error.code is None or error.code < 400:
        return error
    response = flask_response(refusal(error.code, error.description or error.name))
    if error.code == 405:
        response.headers["Allow"] = ", ".join(API_METHODS)
    return response


def _shared(origins: tuple[str, ...], response: Response) -> Response:
    """An answer of the API that pages of the configured origins may read."""
    if is_api():
        response.headers.update(cors(request.method, request.headers.get("Origin", ""), origins))
    return response
