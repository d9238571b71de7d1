"""
The codes of every column, shared by all observations of one build.

Pure. A code is stored as its place here until it leaves the build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.bound import Bound
from etl.catalogue import TOTAL

COLUMNS = ("region", "period", "sex", "background", "education")


@dataclass(frozen=True)
class Codebook:
    """The codes of each column, and where each stands; all observations of a build share one."""

    codes: Mapping[str, tuple[str, ...]]
    place: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, bounds: Iterable[Bound], extra_regions: Iterable[str] = ()) -> "Codebook":
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
        return cls(codes, {c: {code: n for n, code in enumerate(codes[c])} for c in COLUMNS})
