"""
Values for stand-ins: of no meaning, the same in every run, and consistent where SCB's are.

A value depends on the table's key and the codes of its cell alone, so that a table under another
id or title, with more years or more regions, has the same values. Counts add up to their totals.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tests.pxweb_server import Cells
from tests.scb.facts import FactTable, Variable

Hashed = NDArray[np.uint64]
HIDDEN = ".."
LAST_OF_2020, FIRST_OF_2025 = "2023", "2024"
_HIDDEN_ONE_IN = 29

# What the numbers of a content are: its unit where nobody has seen one, and how they are made.
MEASURES: Mapping[str, tuple[str, Callable[[Hashed], NDArray[Any]]]] = {
    "percent": ("procent", lambda h: np.round((50 + h % 900) / 10, 1)),
    "net": ("procent", lambda h: np.round(((h % 61).astype(np.int64) - 30) / 10, 1)),
    "count": ("antal", lambda h: (20 + h % 500).astype(np.int64)),
    "whole": ("antal", lambda h: (1100 + h % 500).astype(np.int64)),
    "flow": ("antal", lambda h: (h % 401).astype(np.int64) - 200),
    "days": ("dagar", lambda h: np.round((100 + h % 400) / 10, 1)),
    "stay": ("dagar", lambda h: (300 + h % 900).astype(np.int64)),
    "thousands": ("tkr", lambda h: np.round((1500 + h % 3000) / 10, 1)),
    "amounts": ("prisbasbelopp", lambda h: np.round((20 + h % 60) / 10, 1)),
    "ratio": ("kvot", lambda h: np.round((600 + h % 800) / 10, 1)),
    "index": ("index", lambda h: np.round((h % 100) / 10, 1)),
    "class": ("klass", lambda h: (1 + h % 5).astype(np.int64)),
}
COUNTED = frozenset({"count", "whole", "flow"})
WHOLE = COUNTED | {"stay", "class"}


def table_cells(table: FactTable) -> Cells:
    """Every cell of a table, over its variables, the contents and the years."""
    regions, contents = list(table.variables[0].values), table.contents
    axes = [list(variable.values) for variable in table.variables]
    sizes = (*map(len, axes), len(contents), len(table.years))
    values, hidden = np.empty(sizes, dtype=object), np.zeros(sizes, dtype=bool)
    for number, content in enumerate(contents):
        hashed = _hashed([table.key, *content.gives, content.measures], [*axes, table.years])
        made = MEASURES[content.measures][1](hashed)
        if content.of:  # the counts stand before it
            codes = [one.code for one in contents]
            over, under = (values[..., codes.index(code), :].astype(float) for code in content.of)
            made = np.round(100 * over / under, 1)
        for place, variable in enumerate(table.variables):
            if variable.parts:
                _share_out(made, place, variable)
        gone = np.zeros(made.shape, dtype=bool)
        if content.measures not in COUNTED:
            areas = np.array(["R" in code for code in regions])
            gone = (hashed % np.uint64(_HIDDEN_ONE_IN) == 0) & _along(areas, 0, made.ndim)
        for place, variable in enumerate(table.variables):
            if content.measures in COUNTED:
                _add_up(made, place, variable)
            for code, other in variable.same.items():
                here, there = (axes[place].index(one) for one in (code, other))
                for part in (made, gone):
                    np.moveaxis(part, place, 0)[here] = np.moveaxis(part, place, 0)[there]
        absent = _along(_absent(table, regions), (0, made.ndim - 1), made.ndim)
        zero = _along(_zero(table, regions), (0, made.ndim - 1), made.ndim)
        made = np.where(zero | (absent & (table.outside == "0")), 0, made)
        values[..., number, :] = made.astype(object)
        hidden[..., number, :] = gone | (absent & (table.outside == HIDDEN))
    values[hidden] = None
    return Cells(values.ravel(), hidden.ravel().astype(np.int16), ("", HIDDEN))


def _hashed(names: Sequence[str], axes: Sequence[Sequence[str]]) -> Hashed:
    """One number a cell, from the names and the codes of the cell."""
    numbers = np.array(crc32(" ".join(names).encode()), dtype=np.uint64)
    for place, codes in enumerate(axes):
        own = np.array([crc32(code.encode()) for code in codes], dtype=np.uint64)
        numbers = numbers[..., None] * np.uint64(6364136223846793005) + own + np.uint64(place)
        numbers ^= numbers >> np.uint64(29)
    return numbers


def _along(what: NDArray[Any], places: int | tuple[int, ...], dimensions: int) -> NDArray[Any]:
    """An array laid along some axes of another one."""
    axes = (places,) if isinstance(places, int) else places
    return np.expand_dims(what, [one for one in range(dimensions) if one not in axes])


def _add_up(made: NDArray[Any], place: int, variable: Variable) -> None:
    """Make totals and classes the sums of their parts, in place."""
    codes = list(variable.values)
    totals = {code for alternative in variable.total if len(alternative) == 1
              for code in alternative} - set(codes if variable.alone else ())  # fmt: skip
    parts = {code: _parts(code, codes) for code in codes if code not in totals}
    atoms = [code for code, of in parts.items() if of == [code]]
    moved = np.moveaxis(made, place, 0)
    for code in codes:
        of = (atoms or [code]) if code in totals else parts[code]
        moved[codes.index(code)] = moved[[codes.index(one) for one in of]].sum(axis=0)


def _share_out(made: NDArray[Any], place: int, variable: Variable) -> None:
    """Make the shares of the parts of a whole 100 together, in tenths, in place."""
    codes = list(variable.values)
    moved = np.moveaxis(made, place, 0)
    places = [codes.index(code) for code in variable.parts]
    shares = np.floor(1000 * moved[places] / moved[places].sum(axis=0)) / 10
    shares[-1] = 100 - shares[:-1].sum(axis=0)
    moved[places] = np.round(shares, 1)


def _parts(code: str, codes: Sequence[str]) -> list[str]:
    """The single years of an age class, where a list has both; else the code itself."""
    if "0" not in codes:
        return [code]
    if code.startswith("100+"):
        return ["100+" if "100+" in codes else "100+1"]
    bounds = re.fullmatch(r"(\d*)-(\d+)", code)
    if not bounds:
        return [code]
    return [str(age) for age in range(int(bounds[1] or 0), int(bounds[2]) + 1)]


def _absent(table: FactTable, regions: Sequence[str]) -> NDArray[np.bool_]:
    """Regions and years outside the years of a division, where the table holds both."""
    newer = np.array(["_" in code for code in regions])
    older = np.array(["R" in code and "_" not in code for code in regions])
    years = np.array(table.years)
    if table.outside is None:
        return np.zeros((len(regions), len(years)), dtype=bool)
    return (newer[:, None] & (years < FIRST_OF_2025)) | (older[:, None] & (years > LAST_OF_2020))


def _zero(table: FactTable, regions: Sequence[str]) -> NDArray[np.bool_]:
    """Regions and years in which there was nothing to count yet."""
    parts = [
        np.outer(np.array(regions) == code, np.isin(table.years, years))
        for code, years in table.zero.items()
    ]
    return reduce(np.logical_or, parts, np.zeros((len(regions), len(table.years)), dtype=bool))
