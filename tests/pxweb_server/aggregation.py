"""Cuts a table's cells to axes and sums them where a codelist or an elimination asks for it.

A sum over a missing cell is missing and carries that cell's symbol; `-` (nothing to count) adds
zero. Knows cells and positions; never codes or texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.pxweb_server.packs import Cells
from tests.pxweb_server.selections import Axis

NIL = "-"
UNKNOWN = ".."

# Sums of published decimals carry binary noise far below any published digit.
_SUM_DECIMALS = 10


@dataclass(frozen=True)
class Block:
    """Cells of an answer; one array dimension per kept axis. `marks` index into `symbols`."""

    values: NDArray[np.object_]
    marks: NDArray[np.int16]
    symbols: tuple[str, ...]


def cut_cells(cells: Cells, sizes: Sequence[int], axes: Sequence[Axis]) -> Block:
    """The cells of a selection. `axes` are all of the table's, in its order."""
    groups = [_groups(axis, size) for axis, size in zip(axes, sizes, strict=True)]
    summed = [any(len(group) != 1 for group in axis) for axis in groups]
    wanted = [
        np.arange(size) if sums else np.array([group[0] for group in axis], dtype=np.intp)
        for axis, size, sums in zip(groups, sizes, summed, strict=True)
    ]
    block = Block(
        values=cells.values.reshape(sizes)[np.ix_(*wanted)],
        marks=cells.marks.reshape(sizes)[np.ix_(*wanted)],
        symbols=cells.symbols,
    )
    for place, sums in enumerate(summed):
        if sums:
            block = _summed(block, place, groups[place])
    dropped = tuple(place for place, axis in enumerate(axes) if not axis.picked)
    return Block(block.values.squeeze(dropped), block.marks.squeeze(dropped), block.symbols)


def _groups(axis: Axis, size: int) -> list[tuple[int, ...]]:
    one = axis.variable
    if axis.picked:
        return [one.members[at] for at in axis.picked]
    eliminated_to = one.position(one.elimination_code) if one.elimination_code else None
    if eliminated_to is not None:
        return [one.members[eliminated_to]]
    if one.codelist is None:
        return [tuple(range(size))]
    return [tuple(sorted({member for members in one.members for member in members}))]


def _summed(block: Block, place: int, groups: Sequence[Sequence[int]]) -> Block:
    symbols = tuple(dict.fromkeys((*block.symbols, NIL, UNKNOWN)))
    parts = [
        _sum(
            block.values.take(list(group), axis=place),
            block.marks.take(list(group), axis=place),
            symbols,
            place,
        )
        for group in groups
    ]
    return Block(
        values=np.stack([part[0] for part in parts], axis=place),
        marks=np.stack([part[1] for part in parts], axis=place),
        symbols=symbols,
    )


def _sum(
    values: NDArray[np.object_], marks: NDArray[np.int16], symbols: tuple[str, ...], place: int
) -> tuple[NDArray[np.object_], NDArray[np.int16]]:
    nil = symbols.index(NIL)
    numbers = values.astype(np.float64)
    empty = np.isnan(numbers)
    missing = empty & (marks != nil)
    total = np.where(empty, 0.0, numbers).sum(axis=place).round(_SUM_DECIMALS)
    lost, nothing = missing.any(axis=place), empty.all(axis=place)
    first = np.expand_dims(missing.argmax(axis=place), place)
    symbol = np.take_along_axis(marks, first, axis=place).squeeze(place)
    symbol = np.where(symbol == 0, symbols.index(UNKNOWN), symbol)
    mark = np.where(lost, symbol, np.where(nothing, nil, 0)).astype(np.int16)
    whole = not any(isinstance(value, float) for value in values.flat)
    return _written(total, lost | nothing, whole=whole), mark


def _written(
    total: NDArray[np.float64], gone: NDArray[np.bool_], *, whole: bool
) -> NDArray[np.object_]:
    number: Any = int if whole else float
    cells = [
        None if lost else number(value) for value, lost in zip(total.flat, gone.flat, strict=True)
    ]
    written = np.empty(len(cells), dtype=object)
    written[:] = cells
    return written.reshape(total.shape)
