"""
The OpenAPI document of the API, printed from its declarations.

Pure. It declares nothing of its own: parameters and shapes are those of the models of `declared`.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from dashboard.api.answer import PROBLEM_TYPE
from dashboard.api.declared import API_PREFIX, ENDPOINTS, Endpoint, Problem
from dashboard.exports.formats import FORMATS

DESCRIPTION = (
    "Read-only. A missing value is null beside its status, the source's symbol; it is never "
    "zero. A union's value that some members have no part in has of how many it is made as its "
    "status: 1 of 2. `kind` tells a published value from a computed one. No value is compared "
    "across a break: /indicators/{id} lists them. Codes are text: 0180, 01. Without `version` an "
    "answer is of the current version and may be kept for five minutes; with it, for good."
)
_REASONS = {
    304: "What the client has is still right.",
    308: "The indicator has another id today: `Location` is the same request with it.",
    400: "A field is unknown or malformed, or a region or code does not exist; all problems.",
    404: "There is no such indicator.",
    405: "Only GET, HEAD and OPTIONS.",
    410: "The version is not kept, or the indicator is no longer shown: the reason.",
    503: "There is no data yet, or it cannot be read.",
}
_REFERENCE = "#/components/schemas/{model}"


def document(version: str) -> dict[str, Any]:
    """The whole document, of a version of the software."""
    endpoints = ENDPOINTS.values()
    asked = {model for route in endpoints for model in (route.query, route.parts) if model}
    answered = {endpoint.answer for endpoint in endpoints if endpoint.answer}
    models: set[type[BaseModel]] = {*asked, *answered, Problem}
    schemas = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=_REFERENCE,
        union_format="primitive_type_array",
    )[1]["$defs"]
    parameters = {model: schemas.pop(model.__name__).get("properties", {}) for model in asked}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Integrationspanelen",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "CC0 1.0 (data)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": API_PREFIX}],
        "paths": {
            endpoint.path: {"get": _operation(endpoint, parameters)} for endpoint in endpoints
        },
        "components": {"schemas": schemas},
    }


def _operation(
    endpoint: Endpoint, parameters: Mapping[type[BaseModel], Mapping[str, Any]]
) -> dict[str, Any]:
    """What an endpoint is asked and answers; `parameters`: the schemas of each query's fields."""
    in_path = parameters[endpoint.parts] if endpoint.parts else {}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        **({"description": endpoint.about} if endpoint.about else {}),
        "parameters": [
            *(_parameter(name, "path", schema) for name, schema in in_path.items()),
            *(
                _parameter(name, "query", schema)
                for name, schema in parameters[endpoint.query].items()
            ),
        ],
        "responses": {
            "200": {"description": endpoint.summary, "content": _content(endpoint)},
            **{str(status): _refusal(status) for status in _statuses(endpoint)},
        },
    }


def _parameter(name: str, location: str, field: Mapping[str, Any]) -> dict[str, Any]:
    """A field of a query as a parameter; a list is separated by commas."""
    schema = {key: field[key] for key in field.keys() - {"description", "examples", "title"}}
    if schema.get("default", ...) is None:
        del schema["default"]
    return {
        "name": name,
        "in": location,
        "required": location == "path",
        "description": field["description"],
        "schema": schema,
        **({"style": "form", "explode": False} if "items" in schema else {}),
        **({"example": field["examples"][0]} if "examples" in field else {}),
    }


def _content(endpoint: Endpoint) -> dict[str, Any]:
    schema = {"type": "object"}
    if endpoint.answer:
        schema = {"$ref": _REFERENCE.format(model=endpoint.answer.__name__)}
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if endpoint.files:
        for mimetype in dict.fromkeys(format.mimetype for format in FORMATS.values()):
            content.setdefault(mimetype, {})
        # JSON-stat is JSON of another shape.
        content["application/json"] = {"schema": {"anyOf": [schema, {"type": "object"}]}}
    return content


def _statuses(endpoint: Endpoint) -> list[int]:
    statuses = {405, 400, 304, 503}
    if endpoint.pinned:
        statuses.add(410)
    if endpoint.parts or "indicator" in endpoint.query.model_fields:
        statuses.add(404)
    if endpoint.parts or endpoint.files:
        statuses.add(308)
    return sorted(statuses)


def _refusal(status: int) -> dict[str, Any]:
    if status in {304, 308}:
        return {"description": _REASONS[status]}
    schema = {"$ref": _REFERENCE.format(model=Problem.__name__)}
    return {"description": _REASONS[status], "content": {PROBLEM_TYPE: {"schema": schema}}}
