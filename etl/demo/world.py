"""
Everything the example knows of its invented country, and what a question to it looks like.

Pure: data only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.binding.binding import Bound
from etl.catalogue import TOTAL, Contents
from etl.demo.asked import Asked
from etl.demo.people import People
from etl.demo.places import Array, Places
from etl.demo.rates import Rate


@dataclass(frozen=True, eq=False)
class World:
    """Regions, persons, counts by subject, rates by indicator."""

    places: Places
    people: People
    counts: Mapping[str, Callable[[], Array]]
    rates: Callable[[str], Rate]


@dataclass(frozen=True, eq=False)
class Question:
    """
    Cells of one content of a table: the codes of its other variables, in order.

    `background` is the group that the content itself is, where the table has its groups so.
    """

    asked: Asked
    bound: Bound
    contents: Contents
    codes: Mapping[str, tuple[str, ...]]
    background: str = TOTAL

    @property
    def ours(self) -> Mapping[str, Mapping[str, str]]:
        """Our code of every code of the source that stands alone for it, by variable."""
        return {
            name: {group.plus[0]: group.code for group in groups if len(group.plus) == 1}
            for block in self.bound.blocks
            for name, groups in block.axes.items()
        }

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of codes of each variable."""
        return tuple(map(len, self.codes.values()))


@dataclass(frozen=True, eq=False)
class Answer:
    """Values of the cells, NaN for missing, and the symbol of each or nothing."""

    value: Array
    symbol: NDArray[np.str_]
