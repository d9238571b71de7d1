"""
The rows of the overview: every indicator of one region, and whom it is shown beside.

An edge over `queries` and `series`. It remembers nothing, as the pages that are made of its rows
are remembered. It never decides what is shown first and never words a figure.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, starmap
from operator import attrgetter, itemgetter
from typing import NamedTuple

from dashboard import queries, series, surroundings
from dashboard.glance import Glance, glance
from dashboard.observation import Observation, observations
from dashboard.panel import inside
from dashboard.regions import company
from dashboard.visit import Visit
from etl.catalogue import TOTAL

BORN_HERE, BORN_ABROAD = "SE", "SAMUTF"
NOBODY = (None, None)
Years = tuple[str, str] | None


class Row(NamedTuple):
    """One indicator: its glance, whom it is beside in the same year, and its two groups."""

    glance: Glance
    group: str
    beside: tuple[Observation, ...] = ()
    pair: tuple[Observation | None, Observation | None] = (None, None)

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The figures that stand in the row as numbers or words."""
        every = (self.glance.newest, *self.beside, *self.pair)
        return tuple(one for one in every if one is not None)


def rows(
    visit: Visit, region: str, years: Years = None, others: tuple[str, ...] | None = None
) -> Mapping[str, Row]:
    """
    The rows of a region by indicator; one without an observation has none.

    Args:
        visit: gives warehouse and language.
        region: whose rows.
        years: first and last; None is all.
        others: whom it is shown beside; None is its usual company.

    """
    own = _own(visit, region, years)
    if others is None:
        others = company(visit.places[region], visit.places)
    newest = [(id, one.group, one.year) for id, one in own.items() if one.year]
    near = surroundings.beside(visit, others, newest)
    made = {}
    for id, mine in own.items():
        voice = visit.voice(visit.catalogue.indicator[id])
        beside = tuple([near[code, id] for code in others if (code, id) in near])
        seen = glance(mine.series, beside, mine.pair, voice)
        made[id] = Row(seen, mine.group, beside, mine.pair)
    return made


class _Own(NamedTuple):
    """One indicator's series of the group that is shown, and two groups in its newest year."""

    group: str
    series: Sequence[Observation]
    pair: tuple[Observation | None, Observation | None]
    year: str


def _own(visit: Visit, region: str, years: Years) -> Mapping[str, _Own]:
    """By indicator; an older version may hold some that the catalogue no longer has."""
    known = visit.catalogue.indicator
    if visit.places[region].members:
        return {
            one.indicator: _Own(one.background, (one,), NOBODY, one.period)
            for one in _united(visit, region, years)
        }
    every = queries.headlines(visit.warehouse, region)
    if years:
        every = [row for row in every if years[0] <= row[2][:4] <= years[1]]
    by_indicator: dict[str, dict[str, list[queries.Headline]]] = {}
    for (id, group), rows in groupby(every, itemgetter(0, 7)):
        by_indicator.setdefault(id, {}).setdefault(group, []).extend(rows)
    return {id: _chosen(groups) for id, groups in by_indicator.items() if id in known}


def _united(visit: Visit, region: str, years: Years) -> Iterator[Observation]:
    """The newest number of each indicator in some years, of a union of regions."""
    every = observations(series.latest(visit.context, visit.warehouse, (region,)))
    for newest in (one for one in every if one.indicator in visit.catalogue.indicator):
        if years is None or years[0] <= newest.period[:4] <= years[1]:
            yield newest
        elif newest.period[:4] > years[1]:
            rows = series.series(
                visit.context, visit.warehouse, newest.indicator, regions=(region,)
            )
            earlier = observations(inside(rows, years), newest.indicator)
            yield from [one for one in earlier if one.present][-1:]


def _chosen(groups: Mapping[str, Sequence[queries.Headline]]) -> _Own:
    """Everybody; where the source has only groups, all foreign-born."""
    group = TOTAL if TOTAL in groups else BORN_ABROAD
    mine = sorted(starmap(Observation, groups.get(group, ())), key=attrgetter("period"))
    year = next((one.period for one in reversed(mine) if one.present), "")
    here, abroad = (
        next((Observation(*row) for row in reversed(groups.get(code, ())) if row[2] == year), None)
        for code in (BORN_HERE, BORN_ABROAD)
    )
    return _Own(group, mine, (here, abroad), year)
