"""
Observations as arrays, and what areas (RegSO) give for the regions they lie in.

Pure. An area is set beside its municipality, its county or the country only where both figures
are one measure: the same indicator, segment (register and definition) and ages, from the same
table, or, where the source gives each level a table of its own, from tables of the same register.
That a segment is of one register, which is the product code that a table's folder begins with
("AA0003B": AA0003), is a rule of the catalogue. Figures of the labour market in an area (AM0210)
are summed over RegSO for the larger regions and are never set beside AA0003.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import TOTAL, Text
from etl.catalogue.periods import months_of
from etl.catalogue.regions import COUNTRY, level_of_code

OBSERVATION_KEY = ("region", "period", "sex", "background", "age", "education")
MISSING, NOT_POSSIBLE = "..", "."
METHOD = Text(
    sv=(
        "Ett område jämförs med sin kommun, sitt län och riket bara när uppgifterna gäller "
        "samma mått, register och åldrar, ur samma tabell eller ur tabeller av samma statistik. "
        "Sysselsatta och arbetslösa i området (BAS) är egna mått: kommunens, länets och rikets tal "
        "är då summor över RegSO-områden, och de ställs aldrig mot andra mått på arbetslöshet."
    ),
    en=(
        "An area is compared with its municipality, county and Sweden only where the figures are "
        "of the same measure, register and ages, from one table or from tables of the same "
        "statistics. Employed and unemployed in the area (BAS) are measures of their own: the "
        "figures of municipality, county and country are then sums over RegSO areas, and they are "
        "never set against other measures of unemployment."
    ),
)


@dataclass(frozen=True)
class Codebook:
    """
    The codes of each column, and where each stands; all observations of a build share one.

    `valid_from`: the first year at whose end regions exist that were formed later than the tables
    begin.
    """

    codes: Mapping[str, tuple[str, ...]]
    position: Mapping[str, Mapping[str, int]]
    valid_from: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def formed(self) -> NDArray[np.int32]:
        """The month at whose end each region was formed; -1 for those that always existed."""
        starts = (self.valid_from.get(code) for code in self.codes["region"])
        months = [months_of(start)[1] if start else -1 for start in starts]
        return np.array(months, dtype=np.int32)

    @cached_property
    def months(self) -> NDArray[np.int32]:
        """The first and the last month of each period, in two rows."""
        spans = [months_of(period) for period in self.codes["period"]]
        return np.array(spans, dtype=np.int32).reshape(-1, 2).T

    @cached_property
    def area(self) -> NDArray[np.bool_]:
        """Which regions are areas."""
        return np.array([level_of_code(code) == "regso" for code in self.codes["region"]])

    @classmethod
    def of(cls, codes: Iterable[tuple[str, str]], regions: Mapping[str, str | None]) -> "Codebook":
        """Collect codes (column, code), and regions with their first period if that is late."""
        collected: dict[str, set[str]] = {column: {TOTAL} for column in OBSERVATION_KEY}
        collected |= {"region": set(regions), "period": set()}
        for column, code in codes:
            collected[column].add(code)
        ordered = {
            column: tuple(sorted(collected[column], key=_place if column == "region" else None))
            for column in OBSERVATION_KEY
        }
        positions = {
            column: {code: number for number, code in enumerate(codes)}
            for column, codes in ordered.items()
        }
        return cls(ordered, positions, regions)


def _place(region: str) -> tuple[bool, str]:
    """Where a region stands among all: areas after all others."""
    return level_of_code(region) == "regso", region


@dataclass(frozen=True)
class Observations:
    """
    One row an observation; code columns index a `Codebook`.

    `value` is float64, NaN for missing; `status` indexes `symbols`. `numerator` and
    `denominator` are NaN throughout where the source publishes the share itself. What is not
    `computed` is one cell as published.
    """

    region: NDArray[np.int32]
    period: NDArray[np.int16]
    sex: NDArray[np.int16]
    background: NDArray[np.int16]
    age: NDArray[np.int16]
    education: NDArray[np.int16]
    value: NDArray[np.float64]
    status: NDArray[np.int8]
    numerator: NDArray[np.float64] | None
    denominator: NDArray[np.float64] | None
    computed: NDArray[np.bool_]
    symbols: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of observations."""
        return len(self.value)

    def taken(self, places: NDArray[np.intp]) -> "Observations":
        """Return those at some places, in that order."""
        arrays: dict[str, Any] = {
            name: None if column is None else column[places]
            for name, column in vars(self).items()
            if name != "symbols"
        }
        return Observations(**arrays, symbols=self.symbols)


@dataclass(frozen=True)
class Larger:
    """
    The larger regions that observations of areas are put together to.

    `inside`: which of the observations lie in one; `group`: for each of those, the place of its
    group in `codes`, the code columns of one group a region, period, sex, background, age,
    education.
    """

    inside: NDArray[np.bool_]
    group: NDArray[np.intp]
    codes: Mapping[str, NDArray[Any]]
    count: int

    def added(self, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add the counts of the areas of each group; NaN where one of them is missing."""
        return np.bincount(self.group, counts[self.inside], self.count).astype(np.float64)


def larger(members: Observations, parent: NDArray[np.int32]) -> Larger:
    """Group observations by the larger region that `parent` names for each region; -1 for none."""
    target = parent[members.region]
    inside = target >= 0
    columns = [target, *(getattr(members, name) for name in OBSERVATION_KEY[1:])]
    keys, group = np.unique(
        np.stack([column[inside].astype(np.int32) for column in columns]),
        axis=1,
        return_inverse=True,
    )
    codes = dict(zip(OBSERVATION_KEY, [keys[0], *keys[1:].astype(np.int16)], strict=True))
    return Larger(inside, group, codes, keys.shape[1])


def parents(book: Codebook, level: str, areas: Collection[str]) -> NDArray[np.int32]:
    """
    Return for each region of the codebook the place of the region it is summed to, or -1.

    A county, or the country, is summed to only when every municipality in it has areas: the
    sum of a part is not the whole.
    """
    length = {"municipality": 4, "county": 2}.get(level, 0)
    regions = book.codes["region"]
    municipalities = {code for code in regions if level_of_code(code) == "municipality"}
    partial = {code[:length] for code in municipalities - {area[:4] for area in areas}}
    positions = [
        -1
        if level_of_code(code) != "regso" or (length < 4 and code[:length] in partial)
        else book.position["region"].get(code[:length] or COUNTRY, -1)
        for code in regions
    ]
    return np.array(positions, dtype=np.int32)


def summed(members: Observations, parent: NDArray[np.int32]) -> Observations:
    """
    Add the counts of areas to the regions that `parent` names; the share follows from them.

    Args:
        members: observations with numerator and denominator.
        parent: place of the larger region for each region of the codebook; -1 for none.

    Returns:
        One row for each larger region, period and group of the members, computed. It is
        missing when any member is; of nobody there is no share.

    """
    if members.numerator is None or members.denominator is None:
        raise ValueError("shares cannot be added: numerator and denominator are needed")
    regions = larger(members, parent)
    numerator, denominator = regions.added(members.numerator), regions.added(members.denominator)
    value = 100 * numerator / np.where(denominator == 0, np.nan, denominator)
    nobody = (denominator == 0) & ~np.isnan(numerator)
    return Observations(
        **regions.codes,
        value=value,
        status=np.where(nobody, 2, np.where(np.isnan(value), 1, 0)).astype(np.int8),
        numerator=numerator,
        denominator=denominator,
        computed=np.ones(regions.count, dtype=np.bool_),
        symbols=("", MISSING, NOT_POSSIBLE),
    )
