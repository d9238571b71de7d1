"""
Which regions a union is made of, in which division, and which may not stand together.

Pure. Codes in, codes out. An area of the RegSO division of 2020 and one of 2025 are two regions,
though they may bear the same number.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from etl.names import DIVISION_2025

COUNTRY = "00"
COUNTY, MUNICIPALITY = len("01"), len("0127")
Why = Literal["suppressed", "absent", "impossible", "division", "population"]


@dataclass(frozen=True)
class Union:
    """A region made of others: its code and its members, of both divisions where it has areas."""

    code: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """
    A member that a figure is made without, and why.

    `suppressed`: the source hides it. `absent`: the source has no such cell. `impossible`: it
    cannot occur, the region was not formed yet. `division`: nobody has confirmed which area of
    2025 it is. `population`: there is no weight for it.
    """

    member: str
    why: Why


def expected(members: Collection[str], *, newer: bool) -> tuple[str, ...]:
    """
    Return the members that a figure of one division should have.

    A member of 2020 without a counterpart stays among those of 2025, where it has no figure:
    the union is partial. Where the owner of the list has named other areas of 2025, those are
    all there are.
    """
    older = [code for code in members if not code.endswith(DIVISION_2025)]
    if not newer:
        return tuple(older)
    there = [code for code in members if code.endswith(DIVISION_2025)]
    bare = {code.removesuffix(DIVISION_2025) for code in there}
    named = bool(bare - set(older))
    return tuple(there if named else [*there, *(code for code in older if code not in bare)])


def overlapping(members: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return every pair of members of which the first lies in the second: counted twice."""
    named: dict[str, list[str]] = {}
    for code in members:
        named.setdefault(code.removesuffix(DIVISION_2025), []).append(code)
    return tuple(
        (one, other)
        for area, codes in named.items()
        for above in dict.fromkeys((COUNTRY, area[:COUNTY], area[:MUNICIPALITY]))
        if above != area
        for one in codes
        for other in named.get(above, ())
    )
