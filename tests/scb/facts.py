"""The documented facts of SCB's tables, read from `facts.yaml`. Knows no pack and no catalogue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import yaml

UNKNOWN = "unknown"
_FILE = Path(__file__).parent / "facts.yaml"


@dataclass(frozen=True)
class Variable:
    """
    A variable but for year and contents: its values in order, and what says everybody.

    `total`: each a set of codes that together are everybody. `alone`: no sum of the others.
    `parts`: codes whose shares together are 100.
    """

    code: str
    label: str
    values: Mapping[str, str]
    eliminable: bool
    total: tuple[tuple[str, ...], ...]
    alone: bool
    same: Mapping[str, str]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """
    One content; `unit` is None where unknown.

    `texts`: the text, or where it is not `seen` the renderings of the English one, in turn.
    `of`: the codes of the counts that a published share is made of.
    """

    code: str
    texts: tuple[str, ...]
    seen: bool
    measures: str
    unit: str | None
    decimals: int
    gives: tuple[str, ...]
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactTable:
    """What is documented of one table; `id` and `title` are None where nobody has seen them."""

    key: str
    id: str | None
    guessed: str | None
    title: str | None
    folder: str
    years: tuple[str, ...]
    regions: Mapping[str, Mapping[str, str]]
    variables: tuple[Variable, ...]
    contents: tuple[Content, ...]
    evidence: tuple[str, ...]
    discontinued: bool
    outside: str | None
    zero: Mapping[str, tuple[str, ...]]

    @property
    def monthly(self) -> bool:
        """Whether its periods are months."""
        return "M" in self.years[0]

    @property
    def served_id(self) -> str:
        """The id at the stand-in: SCB's own, or one that is made up."""
        return self.id or made_up_id(self.key)

    def giving(self, indicator: str) -> set[str]:
        """The codes of the contents that give an indicator of ours."""
        return {content.code for content in self.contents if indicator in content.gives}


def made_up_id(name: str) -> str:
    """An id that looks like one of SCB's and is none: theirs have four digits."""
    return f"TAB9{crc32(name.encode()) % 100_000:05d}"


def made_up_code(table: str, code: str) -> str:
    """A code that says nothing, for one that nobody has seen (`?…`)."""
    return f"Q{crc32(f'{table} {code}'.encode()) % 100_000:05d}" if code.startswith("?") else code


@cache
def documented() -> tuple[FactTable, ...]:
    """Every table of the file, in its order."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_table(entry, read) for entry in read["tables"])


def table_of(key: str) -> FactTable:
    """The table with a key."""
    (found,) = [table for table in documented() if table.key == key]
    return found


def _table(entry: Mapping[str, Any], read: Mapping[str, Any]) -> FactTable:
    key = entry["key"]
    regions = {level: dict(read["regions"][level]) for level in entry["regions"]}
    every_region = {code: name for names in regions.values() for code, name in names.items()}
    return FactTable(
        key=key,
        id=_known(entry["id"]),
        guessed=entry.get("guessed"),
        title=_known(entry["title"]),
        folder=entry["folder"],
        years=_years(entry["years"]),
        regions=regions,
        variables=tuple(
            _variable(key, code, described, every_region, read["values"])
            for code, described in entry["variables"].items()
        ),
        contents=_contents(entry, read["texts"]),
        evidence=tuple(_listed(entry["evidence"])),
        discontinued=entry.get("discontinued", False),
        outside=entry.get("outside"),
        zero={code: _years(years) for code, years in entry.get("zero", {}).items()},
    )


def _variable(
    table: str,
    code: str,
    described: Mapping[str, Any],
    regions: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str | None]],
) -> Variable:
    values = described.get("values", regions)
    listed = lists[values] if isinstance(values, str) else values
    spelled = {made_up_code(table, own): label for own, label in _expanded(listed).items()}
    if "sum" in described:
        parts = described["sum"]
        total: tuple[tuple[str, ...], ...] = (tuple(spelled if parts == "all" else parts),)
    else:
        total = tuple((made_up_code(table, own),) for own in _listed(described.get("total", ())))
    return Variable(
        code=code,
        label=described["label"],
        values=spelled,
        eliminable=described.get("eliminable", False),
        total=total,
        alone=described.get("alone", False),
        same=described.get("same", {}),
        parts=tuple(described.get("parts", ())),
    )


def _expanded(values: Mapping[str, str | None]) -> dict[str, str]:
    """The values with every range of codes written out, and a text for what has none."""
    spelled: dict[str, str] = {}
    for code, label in values.items():
        bounds = re.fullmatch(r"(\d+)\.\.(\d+)", code)
        if bounds and label:
            first, last = map(int, bounds.groups())
            spelled |= {str(number): label.format(number) for number in range(first, last + 1)}
        else:
            spelled[code] = label or f"okänd text ({code})"
    return spelled


def _contents(
    entry: Mapping[str, Any], lists: Mapping[str, Mapping[str, str]]
) -> tuple[Content, ...]:
    contents = entry["contents"]
    if isinstance(contents, str):
        codes = entry.get("codes", {})
        contents = [
            {"text": text, "code": codes.get(gives, f"?{gives}"), "gives": [gives]}
            for gives, text in lists[contents].items()
        ]
    return tuple(
        Content(
            code=made_up_code(entry["key"], content["code"]),
            texts=tuple(content.get("renderings", [content["text"]])),
            seen=content["text"] != UNKNOWN,
            measures=content.get("measures", "percent"),
            unit=_known(content.get("unit", UNKNOWN)),
            decimals=content.get("decimals", 1),
            gives=tuple(content.get("gives", ())),
            of=tuple(content.get("of", ())),
        )
        for content in contents
    )


def _years(written: str | Sequence[str]) -> tuple[str, ...]:
    if not isinstance(written, str):
        return tuple(written)
    first, _, last = written.partition("-")
    if "M" in first:
        begin, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
        return tuple(f"{one // 12}M{one % 12 + 1:02}" for one in range(begin, end + 1))
    return tuple(str(year) for year in range(int(first), int(last or first) + 1))


def _known(text: str) -> str | None:
    return None if text == UNKNOWN else text


def _listed(value: Any) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value)
