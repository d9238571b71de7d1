"""
Reads `indicators.yaml` and collects every problem before it says anything.

Knows YAML's traps (unquoted codes, repeated keys) and how a problem is worded:
file, entry, field, value, expectation. It never fetches anything.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import GenericAlias
from typing import Any

import yaml
from pydantic import ConfigDict, ValidationError, create_model

from etl.catalogue import ages
from etl.catalogue.models import (
    FEWEST_LEADING,
    MOST_LEADING,
    Catalogue,
    Category,
    Collection,
    Indicator,
    Retired,
    Segment,
    Source,
    Spec,
    Table,
    Theme,
    Variable,
)
from etl.catalogue.periods import first_of, last_of, unlike
from etl.errors import CatalogueError

_POPULATION = "population"  # the indicator by which unions are weighted
_REGISTER = len("AA0003")  # of a folder's id: the product code of its statistics


def broken_rules(catalogue: Catalogue) -> list[str]:
    """Return every broken rule as a sentence that names entry, field, value and expectation."""
    codes = set(catalogue.category)
    return [
        *_repeated("theme", (theme.id for theme in catalogue.themes)),
        *_repeated(
            "category",
            (f"{category.dimension}:{category.code}" for category in catalogue.categories),
        ),
        *_repeated("table", (table.key for table in catalogue.tables)),
        *_repeated("table id", (table.id for table in catalogue.tables if table.id)),
        *_repeated("indicator", (indicator.id for indicator in catalogue.indicators)),
        *_repeated("collection", (collection.id for collection in catalogue.collections)),
        *(
            f"theme {theme.id}: {problem}"
            for theme in catalogue.themes
            for problem in _leading(theme, catalogue)
        ),
        *(problem for table in catalogue.tables for problem in _uncategorised(table, codes)),
        *_one_frequency(catalogue.indicators),
        *(
            f"indicator {indicator.id}: {problem}"
            for indicator in catalogue.indicators
            for problem in (
                *_theme(indicator, {theme.id for theme in catalogue.themes}),
                *_segments(indicator),
                *_frequency(indicator),
                *_weights(indicator, codes, catalogue.indicator),
                *_applications(indicator, codes),
                *_sources(indicator, catalogue.table, codes),
                *_registers(indicator, catalogue.table),
            )
        ),
        *(
            f"collection {collection.id}: {problem}"
            for collection in catalogue.collections
            for problem in _members(collection, catalogue.indicator, codes)
        ),
        *_repeated("retired", (retired.id for retired in catalogue.retired)),
        *(
            f"retired {retired.id}: {problem}"
            for retired in catalogue.retired
            for problem in _successor(retired, catalogue.indicator)
        ),
    ]


def _repeated(what: str, ids: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(ids).items():
        if times > 1:
            yield f"{what} {name}: stands {times} times, expected once"


def _theme(indicator: Indicator, named: set[str]) -> Iterator[str]:
    if indicator.theme not in named:
        yield f"theme: {indicator.theme!r} is unknown, expected one of {', '.join(sorted(named))}"


def _leading(theme: Theme, catalogue: Catalogue) -> Iterator[str]:
    """Four to six of its own indicators, or all of a theme of fewer; each once."""
    yield from _repeated("leading", theme.leading)
    for id in theme.leading:
        indicator = catalogue.indicator.get(id)
        if indicator is None:
            yield f"leading: {id!r} is no indicator of the catalogue"
        elif indicator.theme != theme.id:
            yield f"leading: {id} is of the theme {indicator.theme}, expected one of this theme"
    fewest = min(FEWEST_LEADING, len(catalogue.by_theme.get(theme.id, ())))
    if theme.leading and not fewest <= len(theme.leading) <= MOST_LEADING:
        yield f"leading: {len(theme.leading)} indicators, expected {fewest} to {MOST_LEADING}"


def _members(
    collection: Collection, indicators: Mapping[str, Indicator], codes: set[tuple[str, str]]
) -> Iterator[str]:
    """Each indicator exists, stands once, and has the breakdown and the age it opens with."""
    yield from _repeated("indicator", (member.indicator for member in collection.members))
    for member in collection.members:
        indicator = indicators.get(member.indicator)
        if indicator is None:
            yield f"members: {member.indicator!r} is no indicator of the catalogue"
        elif member.breakdown and member.breakdown not in indicator.dimensions:
            dimensions = ", ".join(indicator.dimensions) or "none"
            yield (
                f"members: {member.indicator} has no breakdown {member.breakdown!r}, "
                f"expected one of its dimensions: {dimensions}"
            )
        elif member.age and (("age", member.age) not in codes or "age" not in indicator.dimensions):
            yield f"members: {member.indicator} has no age {member.age!r}, expected one it has"


def _successor(retired: Retired, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """An id has one meaning for good, and leads to an indicator that exists."""
    if retired.id in indicators:
        yield "id: is an indicator of the catalogue, too; give that another id"
    if retired.replaced_by and retired.replaced_by not in indicators:
        yield f"replaced_by: {retired.replaced_by!r} is no indicator of the catalogue"


def _segments(indicator: Indicator) -> Iterator[str]:
    """Segments follow each other without overlap, each but the first after a break."""
    yield from _repeated("segment", (segment.id for segment in indicator.segments))
    stops = {mark.period for mark in indicator.breaks if mark.severity == "break"}
    for before, after in zip(indicator.segments, indicator.segments[1:], strict=False):
        if before.years.last is None or before.years.last >= after.years.first:
            yield (
                f"segments: {before.id} and {after.id} overlap in {after.years.first}; "
                f"end {before.id} before"
            )
        first = first_of(after.years.first, indicator.frequency)
        if first not in stops:
            yield (
                f"breaks: none at {first}, where segment {after.id} begins; "
                "two definitions are not one series"
            )


def _frequency(indicator: Indicator) -> Iterator[str]:
    """A break is of one of the indicator's own periods."""
    for mark in indicator.breaks:
        if unlike([mark.period], indicator.frequency):
            length, example = indicator.frequency, last_of(2024, indicator.frequency)
            yield f"break {mark.period}: is no {length}, expected one such as {example}"


def _one_frequency(indicators: Iterable[Indicator]) -> Iterator[str]:
    """A table holds periods of one length: those of every indicator that reads it."""
    read: dict[str, dict[str, str]] = {}
    for indicator in indicators:
        for segment in indicator.segments:
            for source in segment.sources:
                read.setdefault(source.table, {}).setdefault(indicator.frequency, indicator.id)
    for table, lengths in read.items():
        if len(lengths) > 1:
            told = " and ".join(f"{length}s by {name}" for length, name in lengths.items())
            yield f"table {table}: is read for {told}; a table holds periods of one length"


def _weights(
    indicator: Indicator, codes: set[tuple[str, str]], known: Container[str]
) -> Iterator[str]:
    if indicator.union == "weight" and _POPULATION not in known:
        yield f"union weight needs the indicator {_POPULATION!r}, which is not there"
    for segment in indicator.segments:
        if indicator.union == "weight" and segment.ages is None:
            yield f"segment {segment.id}: ages are missing; union weight needs them"
        if segment.ages and ("age", segment.ages) not in codes:
            yield f"segment {segment.id}: ages {segment.ages!r} are no age category"


def _applications(indicator: Indicator, codes: set[tuple[str, str]]) -> Iterator[str]:
    for mark in indicator.breaks:
        for target in mark.applies_to:
            dimension, code = target.split(":", 1)
            if dimension != "region" and (dimension, code) not in codes:
                yield f"break {mark.period}: applies_to {target!r} names no category"


def _sources(
    indicator: Indicator, tables: Mapping[str, Table], codes: set[tuple[str, str]]
) -> Iterator[str]:
    for segment in indicator.segments:
        for number, source in enumerate(segment.sources):
            where = f"segment {segment.id}: source {number} ({source.table})"
            if source.table not in tables:
                yield f"{where}: unknown table, expected a key of `tables`"
                continue
            yield from (
                f"{where}: {problem}" for problem in _source(segment, source, tables, codes)
            )


def _registers(indicator: Indicator, tables: Mapping[str, Table]) -> Iterator[str]:
    """The figures of one segment are set beside each other: they are of one register."""
    for segment in indicator.segments:
        folders = {
            tables[source.table].path[:_REGISTER]
            for source in segment.sources
            if source.table in tables
        }
        if len(folders) > 1:
            yield (
                f"segment {segment.id}: its tables are of {', '.join(sorted(folders))}; a segment "
                "is of one register, make one for each"
            )


def _source(
    segment: Segment, source: Source, tables: Mapping[str, Table], codes: set[tuple[str, str]]
) -> Iterator[str]:
    table = tables[source.table]
    declared = {variable.code for variable in table.variables}
    for level in set(source.levels) - set(table.levels):
        yield f"level {level} is not in the table, which has {', '.join(table.levels)}"
    if table.years.last is not None and table.years.last < segment.years.first:
        yield f"the table ends {table.years.last}, before the segment begins"
    for variable in source.variables:
        if variable.code not in declared:
            listed = ", ".join(sorted(declared))
            yield f"variable {variable.code} is not in the table, which has {listed}"
    yield from _unknown_codes(source.variables, codes)
    for code in source.by_background:
        if ("background", code) not in codes:
            yield f"by_background {code!r} has no entry in `categories`"
    for part in (source.numerator, source.denominator):
        for name in [*(part.codes if part else ()), *(part.minus if part else ())]:
            if name not in declared:
                yield f"{name} is no variable of the table, which has {', '.join(sorted(declared))}"


def _uncategorised(table: Table, codes: set[tuple[str, str]]) -> Iterator[str]:
    regions = [variable.code for variable in table.variables if variable.role == "region"]
    if len(regions) != 1:
        yield f"table {table.key}: {len(regions)} variables have role region, expected one"
    for problem in _unknown_codes(table.variables, codes):
        yield f"table {table.key}: {problem}"


def _unknown_codes(variables: Iterable[Variable], codes: set[tuple[str, str]]) -> Iterator[str]:
    """Every code that becomes a column's code has a name in both languages."""
    for variable in variables:
        becomes = [
            *((variable.role, code) for code in (*variable.keep, *variable.sums)),
            *(("sex", code) for code in variable.sex),
            *(("age", code) for code in variable.age),
            *(("education", code) for code in variable.education),
        ]
        for dimension, code in becomes:
            if dimension in {"region", "other"} or not isinstance(code, str):
                continue
            if (dimension, code) not in codes:
                yield f"variable {variable.code}: {dimension} {code!r} has no entry in `categories`"


_LIST_TYPES: Mapping[str, tuple[type[Spec], str]] = {
    "themes": (Theme, "id"),
    "categories": (Category, "code"),
    "tables": (Table, "key"),
    "indicators": (Indicator, "id"),
    "collections": (Collection, "id"),
    "retired": (Retired, "id"),
}
# A catalogue of one's own need not gather its indicators, nor have lost any.
_OPTIONAL_LISTS = frozenset({"collections", "retired"})


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
    entries, problems, lines = _entries(path)
    parts: dict[str, list[Any]] = {name: [] for name in _LIST_TYPES}
    for name, (model, key) in _LIST_TYPES.items():
        for number, entry in enumerate(entries.get(name, [])):
            label = str(entry.get(key, number)) if isinstance(entry, dict) else str(number)
            try:
                parts[name].append(model.model_validate(entry))
            except ValidationError as error:
                what = model.__name__.lower()
                problems += [f"{what} {label}: {text}" for text in _sentences(error)]
    read = {name: tuple(entries_read) for name, entries_read in parts.items()}
    declared = read["categories"]
    read["categories"] = (
        *(entry for entry in declared if entry.dimension != "education"),
        *ages.categories(read["tables"], read["indicators"]),
        *(entry for entry in declared if entry.dimension == "education"),
    )
    catalogue = Catalogue(**read, lines=lines)
    problems += broken_rules(catalogue)
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return catalogue


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the file, for editors."""
    fields: dict[str, Any] = {
        name: (GenericAlias(list, model), [] if name in _OPTIONAL_LISTS else ...)
        for name, (model, _) in _LIST_TYPES.items()
    }
    document = create_model("Catalogue", __config__=ConfigDict(extra="forbid"), **fields)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema"
    } | document.model_json_schema()


def _entries(
    path: Path,
) -> tuple[dict[str, Sequence[Any]], list[str], dict[tuple[str, ...], int]]:
    """Parse the file; return its lists, what is wrong with its outer shape, and its lines."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        lines = dict(_lines(root))
        document = None if root is None else loader.construct_document(root)
    except FileNotFoundError:
        return {}, ["the file does not exist; name another with --catalogue"], {}
    except OSError as error:
        return {}, [f"cannot be read ({error.strerror}); name another with --catalogue"], {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, no date, no number
        return {}, [f"not YAML in UTF-8: {' '.join(str(error).split())}"], {}
    if not isinstance(document, dict):
        held = type(document).__name__
        return {}, [f"holds {held}, expected the lists {', '.join(_LIST_TYPES)}"], {}
    problems = loader.repeated
    problems += [
        f"unknown key {key!r}; expected {', '.join(_LIST_TYPES)}"
        for key in document
        if key not in _LIST_TYPES
    ]
    problems += [
        f"the list {name} is missing"
        for name in _LIST_TYPES
        if name not in _OPTIONAL_LISTS and not document.get(name)
    ]
    problems += [
        f"{name} is {type(entries).__name__}, expected a list"
        for name, entries in document.items()
        if name in _LIST_TYPES and entries and not isinstance(entries, list)
    ]
    lists = {name: content for name, content in document.items() if isinstance(content, list)}
    try:
        return {name: _tuples(content) for name, content in lists.items()}, problems, lines
    except RecursionError:
        return {}, [*problems, "a name after & stands inside what it names; write it out"], {}


def _lines(root: yaml.Node | None) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the place of each table, variable and source; of what is reused, where it is named."""
    for table in _items(_child(root, "tables")):
        key = _scalar(table, "key")
        yield (key,), _line(table)
        for variable in _items(_child(table, "variables")):
            yield (key, _scalar(variable, "code")), _line(variable)
    for indicator in _items(_child(root, "indicators")):
        for segment in _items(_child(indicator, "segments")):
            for number, source in enumerate(_items(_child(segment, "sources"))):
                names = (_scalar(indicator, "id"), _scalar(segment, "id"))
                place = (*names, f"{_scalar(source, 'table')}#{number}")
                yield place, _line(_child(source, "contents") or source)


def _child(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _items(node: yaml.Node | None) -> Sequence[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _scalar(node: yaml.Node, name: str) -> str:
    value = _child(node, name)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


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
    locations = [problem["loc"] for problem in error.errors()]
    for problem in error.errors():
        location = problem["loc"]
        # A list is "too short" only because what is wrong further in was left out of it.
        if problem["type"] == "too_short" and any(
            other_location[: len(location)] == location != other_location
            for other_location in locations
        ):
            continue
        field = ".".join(str(step) for step in location)
        given = "" if problem["type"] == "missing" else f", got {problem['input']!r:.80}"
        hint = (
            "; put quotes around it, YAML reads bare codes as numbers"
            if problem["type"] == "string_type"
            else ""
        )
        sentences.append(f"{field}: {problem['msg']}{given}{hint}")
    return sentences
