"""
The OpenAPI document of the API, printed from its declarations.

Pure. It declares nothing of its own: fields and shapes are those that requests are read by.
"""

from typing import Any

from dashboard.api import declared
from dashboard.api.declared import ENDPOINTS, PREFIX, Endpoint, Field
from dashboard.api.http import MIMETYPE
from dashboard.exports.formats import FORMATS

DESCRIPTION = (
    "Read-only. A missing value is null beside its status, the source's symbol; it is never "
    "zero. A union's value that some members have no part in has of how many it is made as its "
    "status: 1 of 2. `kind` tells a published value from a computed one. No value is compared "
    "across a break: /indicators/{id} lists them. Codes are text: 0180, 01. Without `version` an "
    "answer is of the current version and may be kept for five minutes; with it, for good."
)
REASONS = {
    304: "What the client has is still right.",
    400: "A field is unknown or malformed, or a region or code does not exist; all problems.",
    404: "There is no such indicator.",
    405: "Only GET, HEAD and OPTIONS.",
    410: "The version is not kept.",
    503: "There is no data yet.",
}


def document(version: str) -> dict[str, Any]:
    """The whole document, of a version of the software."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Integrationspanelen",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "CC0 1.0 (data)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": PREFIX}],
        "paths": {one.path: {"get": _operation(one)} for one in ENDPOINTS.values()},
        "components": {"schemas": {"Problem": declared.PROBLEM}},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [
            *(_parameter(part, "path") for part in one.parts),
            *(_parameter(field, "query") for field in one.fields),
        ],
        "responses": {
            "200": {"description": one.summary, "content": _content(one)},
            **{str(status): _refusal(status) for status in _statuses(one)},
        },
    }


def _parameter(field: Field, place: str) -> dict[str, Any]:
    schema: dict[str, Any] = dict(field.schema)
    if field.listed:
        schema = {"type": "array", "items": schema, "minItems": 1}
    elif field.default is not None:
        schema = {**schema, "default": field.default}
    listed = {"style": "form", "explode": False} if field.listed else {}
    example = {"example": [field.example] if field.listed else field.example}
    return {
        "name": field.name,
        "in": place,
        "required": place == "path",
        "description": field.description,
        "schema": schema,
        **listed,
        **(example if field.example is not None else {}),
    }


def _content(one: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": one.answer}}
    if one.files:
        for mimetype in dict.fromkeys(format.mimetype for format in FORMATS.values()):
            content.setdefault(mimetype, {})
        # JSON-stat is JSON of another shape.
        content["application/json"] = {"schema": {"anyOf": [one.answer, {"type": "object"}]}}
    return content


def _statuses(one: Endpoint) -> list[int]:
    known = {405, 400, 304, 503}
    if one.pinned:
        known.add(410)
    if one.parts or one.files:
        known.add(404)
    return sorted(known)


def _refusal(status: int) -> dict[str, Any]:
    if status == 304:
        return {"description": REASONS[status]}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": REASONS[status], "content": {MIMETYPE: {"schema": schema}}}
