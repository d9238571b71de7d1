"""
The order of the columns of the heat table: by name unless the reader asks; never a grade.

By value or difference the levels stay apart, and only what may be compared with the own
region has a place; the others come after, by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.columns import Column
from dashboard.comparison import compared
from dashboard.heat import Line
from dashboard.observation import level
from dashboard.observation import shown as displayed
from dashboard.ordering import ALPHABET
from dashboard.regions import LEVELS
from dashboard.url import Order

EVERY = ("regso", *LEVELS)


def ordered(
    columns: Sequence[Column], lines: Sequence[Line], order: Order
) -> tuple[Sequence[Column], Sequence[Line]]:
    """Columns and their cells in an order, by the first line; the own region stays first."""

    def name(number: int) -> str:
        return columns[number].name.casefold().translate(ALPHABET)

    keys: Mapping[Order, Callable[[int], Any]] = {
        "namn": name,
        "kod": lambda number: (columns[number].made != "region", columns[number].code),
        "varde": lambda number: (*_place(lines, number, change=False), name(number)),
        "forandring": lambda number: (*_place(lines, number, change=True), name(number)),
    }
    places = [0, *sorted(range(1, len(columns)), key=keys[order])]
    return (
        [columns[number] for number in places],
        [replace(line, cells=tuple(line.cells[number] for number in places)) for line in lines],
    )


def _place(lines: Sequence[Line], number: int, *, change: bool) -> tuple[bool, int, float]:
    """Whether a column has no place, its level, and what it is sorted by, the highest first."""
    own, cell = (lines[0].cells[place] if lines else None for place in (0, number))
    if not (own and own.one and cell and cell.one):
        return True, 0, 0.0
    indicator, one = lines[0].indicator, cell.one
    if not compared(one, own.one, indicator).comparable:
        return True, 0, 0.0
    value: float | None = displayed(one.number, indicator.decimals)
    if change:
        value = cell.found.value if cell.found else None
    return value is None, EVERY.index(level(one.region)), -(value or 0.0)
