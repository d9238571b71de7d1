"""
Cells become observations: our columns, our totals, sums where the catalogue asks for them.

Pure, vectorised: works on whole documents as arrays. A missing cell makes every sum and
share it belongs to missing, with its symbol; nothing is filled, estimated or masked here
but by the groups that `binding` chose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.binding.binding import Block, Bound, CodeGroup
from etl.catalogue import TOTAL
from etl.errors import SourceError
from etl.measures.areas import NOT_POSSIBLE, OBSERVATION_KEY, Codebook, Observations
from etl.source.jsonstat import NIL, Cells

_MOST_SYMBOLS = 128  # of one byte with a sign, the empty one among them


def _check_twins(cells: Cells, bound: Bound) -> None:
    """Refuse a document in which a second code of everybody says something else."""
    value = cells.value.reshape(cells.dataset.size)
    for variable, twin, total in bound.twins:
        dimension = cells.dataset.dimensions[variable]
        axis = list(cells.dataset.dimensions).index(variable)
        twin_values = np.asarray(value.take(dimension.position[twin], axis))
        total_values = np.asarray(value.take(dimension.position[total], axis))
        present = ~np.isnan(twin_values) & ~np.isnan(total_values)
        differing = int(np.count_nonzero(twin_values[present] != total_values[present]))
        if differing:
            raise SourceError(
                f"{variable} {twin} differs from {total} in {differing} of {present.sum()} cells; "
                "both stand for everybody and must be equal"
            )


class SegmentRows(NamedTuple):
    """The observations of one source, and the segment they belong to."""

    segment: str
    rows: Observations


class _Sums(NamedTuple):
    """Cells after each axis has become groups: values, statuses, and the groups of each axis."""

    value: NDArray[np.float64]
    status: NDArray[np.int8]
    shape: Mapping[str, tuple[CodeGroup, ...]]


def document_observations(cells: Cells, bound: Bound, book: Codebook) -> Observations:
    """
    Make the observations of one document.

    Raises:
        SourceError: when a twin of the total differs from it.

    """
    _check_twins(cells, bound)
    numerator = denominator = None
    if bound.value:
        sums, symbols = _summed(cells, bound.value), cells.symbols
        if bound.numerator and bound.denominator:
            counts = [_summed(cells, part).value for part in (bound.numerator, bound.denominator)]
            # Of a share that is missing no count is told, nor one count without the other.
            missing = np.isnan(sums.value + counts[0] + counts[1])
            numerator, denominator = (np.where(missing, np.nan, count) for count in counts)
    else:
        over, under = (_summed(cells, block) for block in _share_blocks(bound))
        sums, symbols = _share(over, under, cells.symbols)
        numerator = over.value
        # Parts of one whole have it in common.
        denominator = np.broadcast_to(under.value, sums.value.shape)
    columns, possible = _columns(sums.shape, book)
    rows = Observations(
        region=columns["region"].astype(np.int32),
        period=columns["period"],
        sex=columns["sex"],
        background=columns["background"],
        age=columns["age"],
        education=columns["education"],
        value=sums.value.ravel()[possible],
        status=sums.status.ravel()[possible],
        numerator=None if numerator is None else numerator.ravel()[possible],
        denominator=None if denominator is None else denominator.ravel()[possible],
        computed=(_several(sums.shape) | (bound.value is None)).ravel()[possible],
        symbols=symbols,
    )
    return _masked(rows, book, flow=bound.use.indicator.flow)


def _masked(rows: Observations, book: Codebook, *, flow: bool) -> Observations:
    """
    Say of regions that were not formed yet that they cannot have a figure.

    The source sends 0 for them, or "..". There is a stock of a region in the first period at
    whose end it exists, of months the December of that year: earlier months are of the division
    before. What happens during a period is counted from the first that it exists all through,
    of years the next one, of months the next January.
    """
    formed = book.formed[rows.region]
    if (formed < 0).all():
        return rows
    begins, ends = book.months[:, rows.period]
    unborn = begins <= formed if flow else ends < formed
    if not unborn.any():
        return rows
    symbols = tuple(dict.fromkeys((*rows.symbols, NOT_POSSIBLE)))
    return replace(
        rows,
        value=np.where(unborn, np.nan, rows.value),
        numerator=None if rows.numerator is None else np.where(unborn, np.nan, rows.numerator),
        denominator=(
            None if rows.denominator is None else np.where(unborn, np.nan, rows.denominator)
        ),
        status=np.where(unborn, symbols.index(NOT_POSSIBLE), rows.status).astype(np.int8),
        symbols=symbols,
    )


def joined(parts: Sequence[Observations]) -> Observations:
    """
    Put the observations of several documents of one source together.

    Raises:
        SourceError: when they have more symbols than a status can tell apart.

    """
    if len(parts) == 1:
        return parts[0]
    symbols = tuple(dict.fromkeys(symbol for part in parts for symbol in part.symbols))
    if len(symbols) > _MOST_SYMBOLS:
        raise SourceError(
            f"the documents have {len(symbols)} different symbols; expected at most {_MOST_SYMBOLS}"
        )
    columns: dict[str, Any] = {}
    for name in (column.name for column in fields(Observations)):
        arrays = [getattr(part, name) for part in parts]
        if name == "status":
            arrays = [
                np.array([symbols.index(s) for s in part.symbols], dtype=np.int8)[part.status]
                for part in parts
            ]
        if name != "symbols":
            columns[name] = None if arrays[0] is None else np.concatenate(arrays)
    return Observations(**columns, symbols=symbols)


def _several(shape: Mapping[str, tuple[CodeGroup, ...]]) -> NDArray[np.bool_]:
    """Say of each observation whether it is made of several cells; one cell is as published."""
    several = np.zeros(tuple(len(groups) for groups in shape.values()), dtype=np.bool_)
    for axis, groups in enumerate(shape.values()):
        several |= _on_axis([len(g.plus) > 1 or bool(g.minus) for g in groups], axis, several.ndim)
    return several


def _on_axis(values: Any, axis: int, dimensions: int) -> NDArray[Any]:
    """Lay values along one axis of so many."""
    return np.asarray(values).reshape([-1 if n == axis else 1 for n in range(dimensions)])


def _share_blocks(bound: Bound) -> tuple[Block, Block]:
    if bound.numerator is None or bound.denominator is None:
        raise SourceError(f"{bound.use.indicator.id}: a share needs numerator and denominator")
    return bound.numerator, bound.denominator


def _shape(cells: Cells, block: Block) -> dict[str, tuple[CodeGroup, ...]]:
    """Return the groups of each dimension of the document whose cells all stand in it."""
    return {
        code: tuple(
            group
            for group in block.axes[code]
            if all(member in dimension.position for member in (*group.plus, *group.minus))
        )
        for code, dimension in cells.dataset.dimensions.items()
    }


def _summed(cells: Cells, block: Block) -> _Sums:
    """Add the cells of each group along every dimension; missing stays missing."""
    shape = _shape(cells, block)
    value = cells.value.reshape(cells.dataset.size)
    status = cells.status.reshape(cells.dataset.size)
    for axis, (code, groups) in enumerate(shape.items()):
        positions = cells.dataset.dimensions[code].position
        if all(len(group.plus) == 1 and not group.minus for group in groups):
            chosen = [positions[group.plus[0]] for group in groups]
            if chosen != list(range(len(positions))):
                value, status = value.take(chosen, axis), status.take(chosen, axis)
            continue
        plus = [[positions[member] for member in group.plus] for group in groups]
        minus = [[positions[member] for member in group.minus] for group in groups]
        value = np.stack(
            [
                value.take(add, axis).sum(axis) - value.take(less, axis).sum(axis)
                for add, less in zip(plus, minus, strict=True)
            ],
            axis,
        )
        status = np.stack(
            [
                status.take(add + less, axis).max(axis)
                for add, less in zip(plus, minus, strict=True)
            ],
            axis,
        )
        several = _on_axis(
            [bool(add[1:] or less) for add, less in zip(plus, minus, strict=True)],
            axis,
            status.ndim,
        )
        status = np.where(several, _without_nil(value, status, cells.symbols), status)
    return _Sums(value, status, shape)


def _without_nil(
    value: NDArray[np.float64], status: NDArray[np.int8], symbols: tuple[str, ...]
) -> NDArray[np.int8]:
    """Clear the symbol of a true zero from sums, which are no published zeros."""
    if NIL in symbols:
        return np.where(~np.isnan(value) & (status == symbols.index(NIL)), np.int8(0), status)
    return status


def _share(over: _Sums, under: _Sums, symbols: tuple[str, ...]) -> tuple[_Sums, tuple[str, ...]]:
    """Return 100 x numerator / denominator; of nobody there is no share: it cannot occur."""
    nobody = under.value == 0
    value = 100 * over.value / np.where(nobody, np.nan, under.value)
    names = symbols if NOT_POSSIBLE in symbols else (*symbols, NOT_POSSIBLE)
    status = _without_nil(value, np.maximum(over.status, under.status), symbols)
    status[nobody & ~np.isnan(over.value)] = names.index(NOT_POSSIBLE)
    return _Sums(value, status, over.shape), names


def _columns(
    shape: Mapping[str, tuple[CodeGroup, ...]], book: Codebook
) -> tuple[dict[str, NDArray[np.int16]], NDArray[np.bool_] | slice]:
    """Return the code columns, and which rows are possible: no two axes name one column."""
    sizes = tuple(len(groups) for groups in shape.values())
    possible = np.ones(sizes, dtype=np.bool_)
    columns: dict[str, NDArray[np.int16]] = {}
    for column in OBSERVATION_KEY:
        total = book.position[column].get(TOTAL, 0)
        combined = np.full(sizes, total, dtype=np.int32 if column == "region" else np.int16)
        naming = [
            (axis, groups)
            for axis, groups in enumerate(shape.values())
            if any(group.column == column for group in groups)
        ]
        for number, (axis, groups) in enumerate(naming):
            along = _on_axis(_along(groups, column, book, total), axis, len(sizes))
            if number:
                possible &= (combined == total) | (along == total)
            combined = np.where(along == total, combined, along).astype(combined.dtype, copy=False)
        columns[column] = combined
    chosen: NDArray[np.bool_] | slice = slice(None) if possible.all() else possible.ravel()
    return {name: array.ravel()[chosen] for name, array in columns.items()}, chosen


def _along(
    groups: Sequence[CodeGroup], column: str, book: Codebook, total: int
) -> NDArray[np.int32]:
    """Return the place of each group's code in the column; the total where it names another."""
    return np.array(
        [book.position[column][g.code] if g.column == column else total for g in groups],
        dtype=np.int32,
    )
