"""
The codes of every column, shared by all observations of one build.

Pure. A code is stored as its place here until it leaves the build.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from etl.bound import Bound
from etl.catalogue import TOTAL

COLUMNS = ("region", "period", "sex", "background", "education")


@dataclass(frozen=True)
class Codebook:
    """
    The codes of each column, and where each stands; all observations of a build share one.

    `valid_from`: the first period of regions that were formed later than the tables begin.
    """

    codes: Mapping[str, tuple[str, ...]]
    place: Mapping[str, Mapping[str, int]]
    valid_from: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def first(self) -> NDArray[np.int16]:
        """The place of the first period in which each region exists: the source sends 0 before."""
        periods = self.codes["period"]
        starts = (self.valid_from.get(code) for code in self.codes["region"])
        return np.array([bisect_left(periods, start or "") for start in starts], dtype=np.int16)

    @classmethod
    def of(
        cls,
        bounds: Iterable[Bound],
        extra_regions: Iterable[str] = (),
        valid_from: Mapping[str, str] | None = None,
    ) -> "Codebook":
        """Collect every code that the bound sources can produce."""
        found: dict[str, set[str]] = {column: {TOTAL} for column in COLUMNS}
        found["region"] = set(extra_regions)
        found["period"] = set()
        for bound in bounds:
            for block in bound.blocks:
                for groups in block.axes.values():
                    for group in groups:
                        if group.column:
                            found[group.column].add(group.code)
        codes = {column: tuple(sorted(found[column])) for column in COLUMNS}
        place = {c: {code: n for n, code in enumerate(codes[c])} for c in COLUMNS}
        return cls(codes, place, valid_from or {})
