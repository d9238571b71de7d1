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
# As the panel names months and quarters in Swedish, in full or by their first letters.
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip
SHORT = 3  # letters that tell months apart
MONTH = re.compile(rf"({'|'.join(MONTHS)}|{'|'.join(name[:SHORT] for name in MONTHS)})")
PART = "part of a year"  # a month or quarter whose year stands elsewhere
QUARTER = re.compile(r"kv(?:artal)? ([1-4])")
PERIOD_IN_NAME = re.compile(
    rf"(?<![\d–\w-])(?:(?:{MONTH.pattern}|{QUARTER.pattern}) )?(\d{{4}})(?![\d–\w-])"
)
# From one period to another: the period of no cell.
SPAN_IN_NAME = re.compile(
    rf"{MONTH.pattern}?(?: \d{{4}})?–(?:{MONTH.pattern}|{QUARTER.pattern}) \d{{4}}"
)


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
    dated = SPAN_IN_NAME.sub(" ", caption)
    found.setdefault(PERIOD, {_joined(*one) for one in PERIOD_IN_NAME.findall(dated)})
    if parts := found.pop(PART, set()):
        found[PERIOD] = {year + part for year in found[PERIOD] for part in parts}
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
    if period := PERIOD_IN_NAME.fullmatch(words.casefold()):
        return PERIOD, _joined(*(part or "" for part in period.groups()))
    if part := _part(words.casefold()):
        return PART, part
    for dimension, codes in names.codes.items():
        if words.casefold() in codes:
            return dimension, codes[words.casefold()]
    return None


def _joined(month: str, quarter: str, year: str) -> str:
    """The code of a period: "2026M09", "2026K3" or "2026"."""
    return year + (f"K{quarter}" if quarter else _part(month))


def _part(words: str) -> str:
    """The code of a month or quarter without its year: "M09", "K3"; "" for other words."""
    if MONTH.fullmatch(words):
        number = [name[:SHORT] for name in MONTHS].index(words[:SHORT]) + 1
        return f"M{number:02}"
    quarter = QUARTER.fullmatch(words)
    return f"K{quarter[1]}" if quarter else ""


def _mentioned(caption: str, codes: Mapping[str, str]) -> set[str]:
    """The codes whose name stands in a caption, and not only as a part of a longer name."""
    found = set()
    for label in sorted(codes, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(label)}(?!\w)"
        if label in caption and re.search(pattern, caption):
            found.add(codes[label])
            caption = re.sub(pattern, " ", caption)
    return found
