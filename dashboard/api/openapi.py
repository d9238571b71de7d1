"""
The OpenAPI document of the API, printed from its declarations.

Pure. It declares nothing of its own: parameters and shapes are those of the models of `declared`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

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
REASONS = {
    304: "What the client has is still right.",
    400: "A field is unknown or malformed, or a region or code does not exist; all problems.",
    404: "There is no such indicator.",
    405: "Only GET, HEAD and OPTIONS.",
    410: "The version is not kept.",
    503: "There is no data yet.",
}
REFERENCE = "#/components/schemas/{model}"
Schemas = Mapping[str, Any]


def document(version: str) -> dict[str, Any]:
    """The whole document, of a version of the software."""
    endpoints = ENDPOINTS.values()
    query_models = {model for each in endpoints for model in (each.query, each.parts) if model}
    answer_models = {endpoint.answer for endpoint in endpoints if endpoint.answer} | {Problem}
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for model in sorted(query_models | answer_models, key=_model_name)
    ]
    schemas = models_json_schema(
        models, ref_template=REFERENCE, union_format="primitive_type_array"
    )[1]["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Integrationspanelen",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": "CC0 1.0 (data)", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": API_PREFIX}],
        "paths": {endpoint.path: {"get": _operation(endpoint, schemas)} for endpoint in endpoints},
        "components": {
            "schemas": {
                name: schema
                for name, schema in schemas.items()
                if name not in map(_model_name, query_models)
            }
        },
    }


def _model_name(model: type[BaseModel]) -> str:
    return model.__name__


def _operation(endpoint: Endpoint, schemas: Schemas) -> dict[str, Any]:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [
            *_parameters(endpoint.parts, "path", schemas),
            *_parameters(endpoint.query, "query", schemas),
        ],
        "responses": {
            "200": {"description": endpoint.summary, "content": _content(endpoint)},
            **{str(status): _refusal(status) for status in _statuses(endpoint)},
        },
    }


def _parameters(
    model: type[BaseModel] | None, location: str, schemas: Schemas
) -> Iterator[dict[str, Any]]:
    """The fields of a model; a list is separated by commas."""
    properties = schemas[model.__name__].get("properties", {}) if model else {}
    for name, described in properties.items():
        schema = {
            key: value
            for key, value in described.items()
            if key not in {"description", "examples", "title"}
            and not (key == "default" and (value is None or "items" in described))
        }
        examples = described.get("examples")
        yield {
            "name": name,
            "in": location,
            "required": location == "path",
            "description": described["description"],
            "schema": schema,
            **({"style": "form", "explode": False} if "items" in schema else {}),
            **({"example": examples[0]} if examples else {}),
        }


def _content(endpoint: Endpoint) -> dict[str, Any]:
    schema = (
        {"$ref": REFERENCE.format(model=endpoint.answer.__name__)}
        if endpoint.answer
        else {"type": "object"}
    )
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
    if endpoint.parts or endpoint.files:
        statuses.add(404)
    return sorted(statuses)


def _refusal(status: int) -> dict[str, Any]:
    if status == 304:
        return {"description": REASONS[status]}
    schema = {"$ref": REFERENCE.format(model=Problem.__name__)}
    return {"description": REASONS[status], "content": {PROBLEM_TYPE: {"schema": schema}}}
