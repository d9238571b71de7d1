"""
The observations of one indicator as the columns of table `observation`, in its order.

Pure: arrays in, an Arrow table out, codes as dictionaries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.checks import key
from etl.codebook import COLUMNS, Codebook
from etl.observations import Observations

KINDS = ("published", "computed")


@dataclass(frozen=True)
class Part:
    """The observations of one source, and the segment they belong to."""

    segment: str
    rows: Observations


def arranged(parts: Sequence[Part], book: Codebook) -> pa.Table:
    """Return all columns but `indicator`, sorted by `key`; the status '' stands for none."""
    segments = tuple(dict.fromkeys(part.segment for part in parts))
    rows = [part.rows for part in parts]
    order = np.argsort(np.concatenate([key(one, book) for one in rows]), kind="stable")
    return pa.table(
        {
            **{
                column: _coded([getattr(one, column) for one in rows], book.codes[column], order)
                for column in COLUMNS
            },
            "value": _numbers([one.value for one in rows], order),
            "status": _statuses(rows, order),
            "numerator": _counts([one.numerator for one in rows], rows, order),
            "denominator": _counts([one.denominator for one in rows], rows, order),
            "segment": _constant([segments.index(p.segment) for p in parts], rows, segments, order),
            "kind": _constant([int(one.computed) for one in rows], rows, KINDS, order),
        }
    )


def _coded(
    arrays: Sequence[np.ndarray], codes: Sequence[str], order: np.ndarray
) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.concatenate(arrays)[order]), pa.array(codes))


def _constant(
    numbers: Sequence[int], rows: Sequence[Observations], codes: Sequence[str], order: np.ndarray
) -> pa.DictionaryArray:
    arrays = [np.full(len(one), n, np.int16) for n, one in zip(numbers, rows, strict=True)]
    return _coded(arrays, codes, order)


def _numbers(arrays: Sequence[np.ndarray], order: np.ndarray) -> pa.Array:
    return pa.array(np.concatenate(arrays)[order], from_pandas=True)


def _counts(
    arrays: Sequence[np.ndarray | None], rows: Sequence[Observations], order: np.ndarray
) -> pa.Array:
    """Return what a share was made of; nothing but missing where shares are published."""
    if all(array is None for array in arrays):
        return pa.nulls(len(order), pa.float64())
    pairs = zip(arrays, rows, strict=True)
    filled = [np.full(len(one), np.nan) if array is None else array for array, one in pairs]
    return _numbers(filled, order)


def _statuses(rows: Sequence[Observations], order: np.ndarray) -> pa.DictionaryArray:
    symbols = tuple(dict.fromkeys(symbol for one in rows for symbol in one.symbols))
    arrays = [
        np.array([symbols.index(symbol) for symbol in one.symbols], dtype=np.int16)[one.status]
        for one in rows
    ]
    return _coded(arrays, symbols, order)
