"""
Reads `indicators.yaml` and collects every problem before it says anything.

Knows YAML's traps (unquoted codes, repeated keys) and how a problem is worded:
file, entry, field, value, expectation. It never fetches anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import GenericAlias
from typing import Any

import yaml
from pydantic import ConfigDict, ValidationError, create_model

from etl.catalogue.headings import Collection, Theme
from etl.catalogue.models import Category, Indicator, Table
from etl.catalogue.rules import broken
from etl.catalogue.words import Spec
from etl.errors import CatalogueError

PARTS: Mapping[str, tuple[type[Spec], str]] = {
    "themes": (Theme, "id"),
    "categories": (Category, "code"),
    "tables": (Table, "key"),
    "indicators": (Indicator, "id"),
    "collections": (Collection, "id"),
}
# A catalogue of one's own need not gather its indicators.
OPTIONAL = frozenset({"collections"})


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue, in the order of the file, which is the order of the menus."""

    themes: tuple[Theme, ...]
    categories: tuple[Category, ...]
    tables: tuple[Table, ...]
    indicators: tuple[Indicator, ...]
    collections: tuple[Collection, ...] = ()

    @cached_property
    def table(self) -> Mapping[str, Table]:
        """Tables by key."""
        return {table.key: table for table in self.tables}

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def collection(self) -> Mapping[str, Collection]:
        """Collections by id."""
        return {collection.id: collection for collection in self.collections}

    @cached_property
    def category(self) -> Mapping[tuple[str, str], Category]:
        """Categories by (dimension, code)."""
        return {(category.dimension, category.code): category for category in self.categories}


class _Loader(yaml.CSafeLoader):
    """The fast SafeLoader; remembers repeated keys, which YAML drops silently."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build the mapping; note every key that stands twice, with its line."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                line = key.start_mark.line + 1
                self.repeated.append(
                    f"line {line}: the key {key.value!r} stands twice; keep one of them"
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> Catalogue:
    """
    Read and check a catalogue file.

    Raises:
        CatalogueError: with every problem found, each naming file, entry, field, value and
            expectation.

    """
    entries, problems = _entries(path)
    parts: dict[str, list[Any]] = {name: [] for name in PARTS}
    for name, (model, key) in PARTS.items():
        for number, entry in enumerate(entries.get(name, [])):
            label = str(entry.get(key, number)) if isinstance(entry, dict) else str(number)
            try:
                parts[name].append(model.model_validate(entry))
            except ValidationError as error:
                what = model.__name__.lower()
                problems += [f"{what} {label}: {text}" for text in _sentences(error)]
    catalogue = Catalogue(**{name: tuple(found) for name, found in parts.items()})
    problems += broken(
        catalogue.themes,
        catalogue.categories,
        catalogue.tables,
        catalogue.indicators,
        collections=catalogue.collections,
    )
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return catalogue


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the file, for editors."""
    fields: dict[str, Any] = {
        name: (GenericAlias(list, model), [] if name in OPTIONAL else ...)
        for name, (model, _) in PARTS.items()
    }
    document = create_model("Catalogue", __config__=ConfigDict(extra="forbid"), **fields)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema"
    } | document.model_json_schema()


def _entries(path: Path) -> tuple[dict[str, Sequence[Any]], list[str]]:
    """Parse the file; return its lists, and what is wrong with its outer shape."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        document = loader.get_single_data()
    except FileNotFoundError:
        return {}, ["the file does not exist; name another with --catalogue"]
    except OSError as error:
        return {}, [f"cannot be read ({error.strerror}); name another with --catalogue"]
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, no date, no number
        return {}, [f"not YAML in UTF-8: {' '.join(str(error).split())}"]
    if not isinstance(document, dict):
        return {}, [f"holds {type(document).__name__}, expected the lists {', '.join(PARTS)}"]
    problems = loader.repeated
    problems += [
        f"unknown key {key!r}; expected {', '.join(PARTS)}" for key in document if key not in PARTS
    ]
    problems += [
        f"the list {name} is missing"
        for name in PARTS
        if name not in OPTIONAL and not document.get(name)
    ]
    problems += [
        f"{name} is {type(entries).__name__}, expected a list"
        for name, entries in document.items()
        if name in PARTS and entries and not isinstance(entries, list)
    ]
    lists = {name: found for name, found in document.items() if isinstance(found, list)}
    try:
        return {name: _tuples(found) for name, found in lists.items()}, problems
    except RecursionError:
        return {}, [*problems, "a name after & stands inside what it names; write it out"]


def _tuples(entry: Any) -> Any:
    """Turn YAML's lists into the tuples that frozen strict models take."""
    if isinstance(entry, list):
        return tuple(_tuples(item) for item in entry)
    if isinstance(entry, dict):
        return {key: _tuples(item) for key, item in entry.items()}
    return entry


def _sentences(error: ValidationError) -> list[str]:
    """Word each problem of a model: field, value, expectation."""
    sentences = []
    places = [problem["loc"] for problem in error.errors()]
    for problem in error.errors():
        here = problem["loc"]
        # A list is "too short" only because what is wrong further in was left out of it.
        if problem["type"] == "too_short" and any(
            place[: len(here)] == here != place for place in places
        ):
            continue
        field = ".".join(str(step) for step in here)
        got = "" if problem["type"] == "missing" else f", got {problem['input']!r:.80}"
        hint = (
            "; put quotes around it, YAML reads bare codes as numbers"
            if problem["type"] == "string_type"
            else ""
        )
        sentences.append(f"{field}: {problem['msg']}{got}{hint}")
    return sentences
