"""
The observations of one indicator as the columns of table `observation`, in its order.

Pure: arrays in, a frame out. Codes are categories, which DuckDB takes as ENUMs without
comparing a text: texts would cost a third of all writing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.build.checks import key
from etl.measures.areas import CODE_COLUMNS, Codebook, Observations

KINDS = ("published", "computed")


@dataclass(frozen=True)
class Part:
    """The observations of one source, and the segment they belong to."""

    segment: str
    rows: Observations


def arranged(parts: Sequence[Part], book: Codebook) -> pd.DataFrame:
    """Return the columns that the parts fill, all but `indicator`, sorted by `key`."""
    rows = [part.rows for part in parts]
    order = np.argsort(np.concatenate([key(one, book) for one in rows]), kind="stable")
    columns: dict[str, pd.Categorical | np.ndarray] = {
        column: _coded([getattr(one, column) for one in rows], book.codes[column], order)
        for column in CODE_COLUMNS
    }
    columns["value"] = np.concatenate([one.value for one in rows])[order]
    columns["status"] = _statuses(rows, order)
    for name in ("numerator", "denominator"):
        if any(getattr(one, name) is not None for one in rows):
            columns[name] = np.concatenate([_or_nan(getattr(o, name), o) for o in rows])[order]
    segments = tuple(dict.fromkeys(part.segment for part in parts))
    columns["segment"] = _constant(
        [segments.index(p.segment) for p in parts], rows, segments, order
    )
    columns["kind"] = _constant([int(one.computed) for one in rows], rows, KINDS, order)
    return pd.DataFrame(columns, copy=False)


def _coded(arrays: Sequence[np.ndarray], codes: Sequence[str], order: np.ndarray) -> pd.Categorical:
    places = np.concatenate(arrays)[order]
    return pd.Categorical.from_codes(places, pd.Index(list(codes), dtype="str"), validate=False)


def _constant(
    numbers: Sequence[int], rows: Sequence[Observations], codes: Sequence[str], order: np.ndarray
) -> pd.Categorical:
    arrays = [np.full(len(one), n, np.int8) for n, one in zip(numbers, rows, strict=True)]
    return _coded(arrays, codes, order)


def _or_nan(array: np.ndarray | None, rows: Observations) -> np.ndarray:
    return np.full(len(rows), np.nan) if array is None else array


def _statuses(rows: Sequence[Observations], order: np.ndarray) -> pd.Categorical:
    """Return the symbols; the empty one, which is none, is place -1 of a category."""
    symbols = tuple(dict.fromkeys(s for one in rows for s in one.symbols if s)) or ("..",)
    place = {"": -1} | {symbol: number for number, symbol in enumerate(symbols)}
    arrays = [np.array([place[s] for s in one.symbols], dtype=np.int8)[one.status] for one in rows]
    return _coded(arrays, symbols, order)
