"""
Which figure a cell shows, by the names in its headings.

A pure module. A cell counts only if every head above and beside it is understood: what the heads
leave open the table's name may say, and what neither says is everybody.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tools.benchmark.twins import Cell

TOTAL = "_T"
REGION, PERIOD = "region", "period"
# Heads that say how a table is laid out and nothing of the figure.
LAYOUT = frozenset({"Värde", "Senaste året", "Seriens början", "Till jämförelse"})
YEAR = re.compile(r"\d{4}(?:[MK]\d{1,2})?")
YEAR_IN_NAME = re.compile(r"(?<![\d–-])\d{4}(?![\d–-])")


class Key(NamedTuple):
    """A figure: of which indicator, region, period and groups; totals are left out."""

    indicator: str
    region: str
    period: str
    groups: tuple[tuple[str, str], ...]


def key(indicator: str, region: str, period: str, groups: Mapping[str, str]) -> Key:
    """The key of a figure; a dimension's total is the same as leaving the dimension out."""
    parted = sorted((name, code) for name, code in groups.items() if code != TOTAL)
    return Key(indicator, region, period, tuple(parted))


@dataclass(frozen=True)
class Names:
    """What an indicator is called, and its codes by dimension and name, the region's among them."""

    indicator: str
    title: str
    codes: Mapping[str, Mapping[str, str]]


def named(
    indicator: str,
    title: str,
    labels: Mapping[str, Iterable[tuple[str, str]]],
    wanted: Collection[str],
) -> Names:
    """Names of codes and labels by dimension; of codes with one label that which is wanted."""
    codes: dict[str, dict[str, str]] = {}
    for dimension, pairs in labels.items():
        ordered = sorted(pairs, key=lambda pair: pair[0] not in wanted)
        codes[dimension] = {}
        for code, label in ordered:
            codes[dimension].setdefault(label.casefold(), code)
    return Names(indicator, title, codes)


def key_of(cell: Cell, heading: str, names: Names) -> Key | None:
    """The figure that a cell of a page with a heading shows, or none where that is not clear."""
    if names.title not in {heading, *cell.heads} and names.title not in cell.caption:
        return None
    found: dict[str, set[str]] = {}
    for head in cell.heads:
        if head in LAYOUT or head == names.title:
            continue
        meanings = _meanings(head, names)
        if not meanings:
            return None
        for dimension, code in meanings:
            found.setdefault(dimension, set()).add(code)
    caption = cell.caption.replace(names.title, " ").casefold()
    for dimension, codes in names.codes.items():
        found.setdefault(dimension, _mentioned(caption, codes))
    found.setdefault(PERIOD, set(YEAR_IN_NAME.findall(caption)))
    if any(len(codes) > 1 for codes in found.values()) or not (found[REGION] and found[PERIOD]):
        return None
    said = {dimension: next(iter(codes), TOTAL) for dimension, codes in found.items()}
    return key(names.indicator, said.pop(REGION), said.pop(PERIOD), said)


def _meanings(head: str, names: Names) -> list[tuple[str, str]]:
    """What a head says; the parts of "Födda i Sverige, kvinnor" each for itself."""
    whole = _meaning(head, names)
    if whole:
        return [whole]
    parts = [_meaning(part, names) for part in head.split(", ")]
    return [part for part in parts if part] if all(parts) else []


def _meaning(words: str, names: Names) -> tuple[str, str] | None:
    if YEAR.fullmatch(words):
        return PERIOD, words
    for dimension, codes in names.codes.items():
        if words.casefold() in codes:
            return dimension, codes[words.casefold()]
    return None


def _mentioned(caption: str, codes: Mapping[str, str]) -> set[str]:
    """The codes whose name stands in a caption, and not only as a part of a longer name."""
    found = set()
    for label in sorted(codes, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(label)}(?!\w)"
        if label in caption and re.search(pattern, caption):
            found.add(codes[label])
            caption = re.sub(pattern, " ", caption)
    return found
