"""
The figures around those of one region: of its level, its municipality, county and country.

An edge over `queries`. What many regions have around them is asked once a version. It decides
neither whom a figure is compared with nor what may be said.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import starmap

from dashboard import queries
from dashboard.observation import Observation
from dashboard.regions import COUNTRY
from dashboard.visit import Visit

# Those above many other regions.
ABOVE = frozenset({"country", "county"})
# Those whose level is shown around them.
LEVELS = frozenset({"municipality", "county"})
# indicator, background, period
Cell = tuple[str, str, str]


def beside(
    visit: Visit, regions: Sequence[str], cells: Sequence[Cell]
) -> Mapping[tuple[str, str], Observation]:
    """The figures of some regions in given cells, one of each indicator; by region and it."""
    above = {code for code in regions if visit.places[code].level in ABOVE}
    found = [one for code in above for one in _of(visit, code, cells)]
    rest = [code for code in regions if code not in above]
    if rest and cells:
        found += starmap(Observation, queries.beside(visit.warehouse, rest, cells))
    return {(one.region, one.indicator): one for one in found}


def among(visit: Visit, newest: Observation) -> Sequence[float]:
    """
    The numbers of the level in the year of a newest figure, its own included.

    A municipality is among those of its county, a county among all; other regions among none.
    """
    found = visit.context.memory.recall(
        (visit.warehouse.version, "spreads"), lambda: queries.spreads(visit.warehouse)
    )
    here = visit.places[newest.region]
    parent = here.parent or COUNTRY
    cell = (newest.indicator, newest.background, newest.period)
    return found.get((here.level, parent, *cell, newest.segment), ())


def _of(visit: Visit, region: str, cells: Sequence[Cell]) -> Iterator[Observation]:
    def made() -> Mapping[Cell, Observation]:
        every = starmap(Observation, queries.headlines(visit.warehouse, region))
        return {(one.indicator, one.background, one.period): one for one in every}

    known = visit.context.memory.recall((visit.warehouse.version, "series above", region), made)
    return (known[cell] for cell in cells if cell in known)
