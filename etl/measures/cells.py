"""
The cells of a union of regions: what each member has in one period, segment, sex and group.

Pure. Rows in, cells out; what is made of a cell is decided in `unions`. It works on plain values,
for there are many small unions and few rows in each.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isnan, nan

import pandas as pd

from etl.measures.members import Lacking, Union, Why, expected, overlapping
from etl.names import DIVISION_2025
from etl.observations import NOT_POSSIBLE

NUMBERS = ["value", "status", "numerator", "denominator"]
CELL = ["period", "segment", "sex", "background", "education"]


@dataclass(frozen=True)
class Member:
    """What a member has in one cell; NaN where there is no number."""

    value: float
    status: object
    numerator: float
    denominator: float


@dataclass(frozen=True)
class Cell:
    """One cell of a union: its `CELL`, the members it should have, and what those there have."""

    key: tuple[str, ...]
    members: tuple[str, ...]
    newer: bool
    found: Mapping[str, Member]

    @property
    def division(self) -> str | None:
        """The division of its areas; None where the members are no areas."""
        return _division(self.members[0])

    def lacking(self, present: Collection[str], weights: Collection[str] | None) -> list[Lacking]:
        """Who is not among the present, and why; `weights` where only those can be."""
        return [Lacking(one, self._why(one, weights)) for one in self.members if one not in present]

    def _why(self, member: str, weights: Collection[str] | None) -> Why:
        if member not in self.found:
            older = self.newer and not member.endswith(DIVISION_2025)
            return "division" if older else "absent"
        own = self.found[member]
        if weights is not None and member not in weights and not isnan(own.value):
            return "population"
        return "impossible" if own.status == NOT_POSSIBLE else "suppressed"


def cells(rows: pd.DataFrame, union: Union) -> list[Cell]:
    """Return the cells that any member has, in order."""
    nested = overlapping(union.members)
    if nested:
        raise ValueError(f"{union.code}: {nested[0][0]} lies in {nested[0][1]}; choose one of them")
    own = rows[rows["region"].isin(union.members)]
    keys = list(zip(*(own[name].tolist() for name in CELL), strict=True))
    regions = own["region"].tolist()
    numbers = zip(*(own[name].tolist() for name in NUMBERS), strict=True)
    found: dict[tuple[str, ...], dict[str, Member]] = {}
    for key, region, (value, status, over, under) in zip(keys, regions, numbers, strict=True):
        cell = found.setdefault(key, {})
        if region in cell:
            raise ValueError(f"{union.code}: {region} has two figures of {' '.join(key)}")
        cell[region] = Member(_number(value), status, _number(over), _number(under))
    newer = {
        key[:2] for key, region in zip(keys, regions, strict=True) if region.endswith(DIVISION_2025)
    }
    members = {flag: expected(union.members, newer=flag) for flag in (False, True)}
    return [
        Cell(key, members[key[:2] in newer], key[:2] in newer, found[key]) for key in sorted(found)
    ]


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def found(cell: Cell) -> dict[str, Member]:
    """Return what those members have who should be in the cell and are there."""
    return {code: cell.found[code] for code in cell.members if code in cell.found}


def valued(cell: Cell) -> dict[str, float]:
    """Return the numbers of the members that have one."""
    return {code: one.value for code, one in found(cell).items() if not isnan(one.value)}


def _division(code: str) -> str | None:
    if "R" not in code:
        return None
    return "RegSO 2025" if code.endswith(DIVISION_2025) else "RegSO 2020"
