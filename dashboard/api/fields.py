"""
What a request may say: each field of a query with its JSON Schema, which also reads it.

Pure. Knows the grammar (lists by comma, one value else) and words every problem at once. Which
regions or indicators exist is not known here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 80
Schema = Mapping[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """
    What is wrong with one field: the value as given, and what was expected.

    `status` is that of an answer in which nothing else is wrong.
    """

    field: str
    detail: str
    status: int = 400


@dataclass(frozen=True)
class Field:
    """
    One field of a query: `schema` is that of one value, `listed` several by comma.

    A field that is left out has the value `default`.
    """

    name: str
    schema: Schema
    description: str
    listed: bool = False
    default: Any = None
    example: str | None = None


def asked(
    fields: Sequence[Field], given: Iterable[tuple[str, str]]
) -> tuple[Values, list[Problem]]:
    """
    The values of all fields, and every problem.

    A list is a tuple of different values in the order of their text; it may stand under several
    equal keys. A field with a problem has its default.
    """
    texts: dict[str, list[str]] = {}
    for name, text in given:
        texts.setdefault(name, []).append(text)
    names = ", ".join(field.name for field in fields) or "no field at all"
    problems = [
        Problem(shortened(name), f"{shortened(name)!r} is no field here; expected {names}")
        for name in texts
        if name not in {field.name for field in fields}
    ]
    values: Values = {}
    for field in fields:
        values[field.name] = field.default
        if field.name in texts:
            try:
                values[field.name] = _read(field, texts[field.name])
            except ValueError as error:
                problems.append(Problem(field.name, str(error)))
    return values, problems


def shortened(text: str) -> str:
    """A text of the request as problems repeat it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def expectation(schema: Schema) -> str:
    """What a value must be, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if schema["type"] == "integer":
        return f"a whole number from {schema['minimum']} to {schema['maximum']}"
    return str(schema["description"])


def _read(field: Field, texts: Sequence[str]) -> Any:
    """The value of a field; ValueError says what is wrong and what was expected."""
    if field.listed:
        parts = [part for text in texts for part in text.split(",")]
        wrong = [part for part in parts if not _fits(part, field.schema)]
        if wrong:
            told = ", ".join(repr(shortened(part)) for part in wrong[:10])
            raise ValueError(f"{told} cannot be used; expected {expectation(field.schema)}")
        return tuple(sorted(set(parts)))
    if len(texts) > 1:
        raise ValueError(f"stands {len(texts)} times; expected once")
    if not _fits(texts[0], field.schema):
        told = repr(shortened(texts[0]))
        raise ValueError(f"{told} cannot be used; expected {expectation(field.schema)}")
    return int(texts[0]) if field.schema["type"] == "integer" else texts[0]


def _fits(text: str, schema: Schema) -> bool:
    if "enum" in schema:
        return text in schema["enum"]
    if schema["type"] == "integer":
        whole = re.fullmatch(r"[0-9]{1,15}", text)
        return bool(whole) and schema["minimum"] <= int(text) <= schema["maximum"]
    return bool(re.fullmatch(schema["pattern"], text))
