"""The official OpenAPI description of PxWebApi 2 as something answers can be held against."""

from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft4Validator

# The description's pattern for `updated` has no time of day; every real document has one.
DATE_ONLY = r"^((19|20)\d\d)\-(0?[1-9]|1[012])\-(0?[1-9]|[12][0-9]|3[01])$"


def breaches(shared: Path, schema: str, document: Any) -> list[str]:
    """Where a document breaks a schema of the description, its date pattern apart."""
    path = shared / "scb/spec/PxAPI-2.yml"
    described = _draft4(yaml.safe_load(path.read_text(encoding="utf-8")))
    root = {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft4Validator(root).iter_errors(document)
    ]


def _draft4(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has null among the types."""
    if isinstance(node, list):
        return [_draft4(part) for part in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _draft4(value) for key, value in node.items()}
    if schema.get("nullable") is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    if schema.get("pattern") == DATE_ONLY:
        del schema["pattern"]
    return schema
