"""
One indicator of one region at a glance: its level, beside whom, what moved, and two groups.

Pure. It words nothing that `comparison` and `direction` do not allow; where they forbid it,
the reason stands in its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise, starmap
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from dashboard.data import series
from dashboard.data.observation import PERIOD, Observation, as_observations
from dashboard.data.queries.figures import Headline, figures_of_regions, headlines, spreads
from dashboard.data.queries.holdings import indicators_with_numbers
from dashboard.panels.panel import rows_inside
from dashboard.rules import comparison, stretches
from dashboard.rules.direction import FEWEST_YEARS, direction
from dashboard.rules.stretches import Stretch, described_stretches, unbroken
from dashboard.sentences import unions
from dashboard.sentences.wording import Wording, difference_size
from dashboard.state.comparison import default_comparison
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL, Break, Indicator
from etl.catalogue.regions import COUNTRY

YearAndNumber = tuple[int, float]
# Of these nobody learns by how much a municipality differs from the country.
ALONE = frozenset({"count", "class"})


class RowContent(NamedTuple):
    """
    What a row of the overview shows.

    `newest` is None where no year has a number. `lines` are the pieces of the series that may
    be joined, oldest first, as (year, number); the sentences may be "".
    """

    newest: Observation | None
    lines: tuple[tuple[YearAndNumber, ...], ...] = ()
    beside: tuple[str, ...] = ()
    change: str = ""
    arrow: str = ""
    stretch: str = ""
    gap: str = ""


def row_content(
    series: Sequence[Observation],
    others: Sequence[Observation],
    pair: tuple[Observation | None, Observation | None],
    wording: Wording,
) -> RowContent:
    """
    The row of a series.

    Args:
        series: one region and group, of any years.
        others: whom it is shown beside, in the year of its newest number.
        pair: born in Sweden and foreign-born in that year, where they exist.
        wording: who speaks.

    """
    parts = unbroken(series, wording.indicator)
    present = list(chain.from_iterable(part.present for part in parts))
    if not present:
        return RowContent(None)
    newest = present[-1]
    latest, _ = described_stretches(parts)
    found = _change(present, wording)
    return RowContent(
        newest,
        unbroken_lines(parts),
        tuple(_beside(newest, other, wording) for other in others) if _told(wording) else (),
        _moved(found, wording) if found else "",
        (comparison.arrow(found) or "") if found else "",
        _stretch(latest, wording) if latest else "",
        _gap(pair, wording),
    )


def unbroken_lines(parts: Sequence[Stretch]) -> tuple[tuple[YearAndNumber, ...], ...]:
    """The pieces of a series that a line may join: no break and no missing year inside."""
    every = _every(tuple(map(PERIOD, chain.from_iterable(part.observations for part in parts))))
    joined: list[tuple[YearAndNumber, ...]] = []
    for points in (part.points for part in parts if part.points):
        # No two years lie closer together than `every`: where the ends fit, all between them do.
        if points[-1][0] - points[0][0] == every * (len(points) - 1):
            joined.append(points)
            continue
        starts = stretches.stretch_starts(np.array([year for year, _ in points]), step=every)
        joined += [points[start:end] for start, end in pairwise([*starts, len(points)])]
    return tuple(joined)


# Most indicators of a region have the same years.
_every = lru_cache(maxsize=256)(stretches.step)


def _told(wording: Wording) -> bool:
    return wording.indicator.measure not in ALONE


def _beside(one: Observation, other: Observation, wording: Wording) -> str:
    found = comparison.difference(one, other, wording.indicator)
    lang, place = wording.lang, wording.region_name(other.region)
    if found.verdict.reason == "missing":
        return term(
            "glance_missing", lang, where=wording.locative(other.region), period=other.period
        )
    if found.value is None:
        return term("glance_apart", lang, place=place)
    if found.level:
        return term("glance_level", lang, place=place)
    return term(
        "glance_higher" if found.value > 0 else "glance_lower",
        lang,
        difference=difference_size(found.value, one.segment, wording),
        where=wording.locative(other.region),
    )


def _change(present: Sequence[Observation], wording: Wording) -> comparison.Difference | None:
    """The newest figure against that of the period before, as far apart as the source has it."""
    if len(present) < 2 or wording.indicator.measure == "class":
        return None
    return comparison.difference(present[-1], present[-2], wording.indicator)


def _moved(found: comparison.Difference, wording: Wording) -> str:
    lang, since, beware = (
        wording.lang,
        found.reference.period,
        _beware(found.verdict.cautions, wording),
    )
    if found.value is None:
        years = list(dict.fromkeys(mark.period[:4] for mark in found.verdict.breaks))
        if not years:
            return term("glance_not", lang, period=since)
        return term("glance_broken", lang, years=enumerated(years, lang), period=since)
    if found.level:
        return term("glance_same", lang, period=since) + beware
    size = _signed(found.value, found.observation, wording)
    return term("glance_change", lang, size=size, period=since) + beware


def _stretch(latest: Stretch, wording: Wording) -> str:
    """The change over the current stretch, and its direction where it is long enough."""
    seen, lang = latest.present, wording.lang
    if len(seen) < 3:
        return ""
    span = format.periods(seen[0].period, seen[-1].period)
    found = direction(latest, wording.indicator)
    whole = comparison.difference(seen[-1], seen[0], wording.indicator)
    beware = _beware(whole.verdict.cautions, wording)
    if found and found.word != "short":
        return term(f"glance_{found.word}", lang, span=span) + beware
    if whole.value is None:
        return ""
    if whole.level:
        return term("glance_same_span", lang, span=span) + beware
    size = _signed(whole.value, whole.observation, wording)
    short = term("glance_short", lang, fewest=FEWEST_YEARS) if found else ""
    return f"{term('glance_span', lang, size=size, span=span)}{short}{beware}"


def _beware(cautions: Iterable[Break], wording: Wording) -> str:
    """The words that go along with whatever is said across cautions, "" without any."""
    years = list(dict.fromkeys(mark.period[:4] for mark in cautions))
    return (
        term("glance_caution", wording.lang, years=enumerated(years, wording.lang)) if years else ""
    )


def _gap(pair: tuple[Observation | None, Observation | None], wording: Wording) -> str:
    one, other = pair
    if one is None or other is None or not _told(wording):
        return ""
    found = comparison.difference(one, other, wording.indicator)
    if found.value is None:
        return ""
    key = "glance_gap_level" if found.level else "glance_gap"
    return term(key, wording.lang, difference=difference_size(found.value, one.segment, wording))


def _signed(value: float, one: Observation, wording: Wording) -> str:
    return ("+" if value > 0 else format.MINUS) + difference_size(value, one.segment, wording)


# Those above many other regions.
ABOVE = frozenset({"country", "county"})
# indicator, background, period
FigureKey = tuple[str, str, str]


def comparison_figures(
    visit: Visit, regions: Sequence[str], cells: Sequence[FigureKey]
) -> Mapping[tuple[str, str], Observation]:
    """The figures of some regions in given cells, one of each indicator; by region and it."""
    above = {code for code in regions if visit.regions[code].level in ABOVE}
    found = [one for code in above for one in _of(visit, code, cells)]
    rest = [code for code in regions if code not in above]
    if rest and cells:
        found += starmap(Observation, figures_of_regions(visit.warehouse, rest, cells))
    return {(one.region, one.indicator): one for one in found}


def level_numbers(visit: Visit, newest: Observation) -> Sequence[float]:
    """
    The numbers of the level in the year of a newest figure, its own included.

    A municipality is among those of its county, a county among all; other regions among none.
    """
    found = visit.context.memory.recall(
        (visit.warehouse.version, "spreads"), lambda: spreads(visit.warehouse)
    )
    here = visit.regions[newest.region]
    parent = here.parent or COUNTRY
    cell = (newest.indicator, newest.background, newest.period)
    return found.get((here.level, parent, *cell, newest.segment), ())


def _of(visit: Visit, region: str, cells: Sequence[FigureKey]) -> Iterator[Observation]:
    def made() -> Mapping[FigureKey, Observation]:
        every = starmap(Observation, headlines(visit.warehouse, region))
        return {(one.indicator, one.background, one.period): one for one in every}

    known = visit.context.memory.recall((visit.warehouse.version, "series above", region), made)
    return (known[cell] for cell in cells if cell in known)


BORN_HERE, BORN_ABROAD = "SE", "SAMUTF"
NOBODY = (None, None)
FirstAndLastYear = tuple[str, str] | None


class OverviewRow(NamedTuple):
    """One indicator: its glance, whom it is beside in the same year, and its two groups."""

    glance: RowContent
    group: str
    beside: tuple[Observation, ...] = ()
    pair: tuple[Observation | None, Observation | None] = (None, None)

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The figures that stand in the row as numbers or words."""
        every = (self.glance.newest, *self.beside, *self.pair)
        return tuple(one for one in every if one is not None)


def overview_rows(
    visit: Visit, region: str, years: FirstAndLastYear = None, others: tuple[str, ...] | None = None
) -> Mapping[str, OverviewRow]:
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
        others = default_comparison(visit.regions[region], visit.regions)
    newest = [(id, one.group, one.year) for id, one in own.items() if one.year]
    near = comparison_figures(visit, others, newest)
    made = {}
    for id, mine in own.items():
        wording = visit.wording(visit.catalogue.indicator[id])
        beside = tuple([near[code, id] for code in others if (code, id) in near])
        seen = row_content(mine.series, beside, mine.pair, wording)
        made[id] = OverviewRow(seen, mine.group, beside, mine.pair)
    return made


class _Own(NamedTuple):
    """One indicator's series of the group that is shown, and two groups in its newest year."""

    group: str
    series: Sequence[Observation]
    pair: tuple[Observation | None, Observation | None]
    year: str


def _own(visit: Visit, region: str, years: FirstAndLastYear) -> Mapping[str, _Own]:
    """By indicator; an older version may hold some that the catalogue no longer has."""
    known = visit.catalogue.indicator
    if visit.regions[region].members:
        return {
            one.indicator: _Own(one.background, (one,), NOBODY, one.period)
            for one in _united(visit, region, years)
        }
    every = headlines(visit.warehouse, region)
    if years:
        every = [row for row in every if years[0] <= row[2][:4] <= years[1]]
    by_indicator: dict[str, dict[str, list[Headline]]] = {}
    for (id, group), rows in groupby(every, itemgetter(0, 7)):
        by_indicator.setdefault(id, {}).setdefault(group, []).extend(rows)
    return {id: _chosen(groups) for id, groups in by_indicator.items() if id in known}


def _united(visit: Visit, region: str, years: FirstAndLastYear) -> Iterator[Observation]:
    """The newest number of each indicator in some years, of a union of regions."""
    every = as_observations(series.newest_observations(visit.context, visit.warehouse, (region,)))
    for newest in (one for one in every if one.indicator in visit.catalogue.indicator):
        if years is None or years[0] <= newest.period[:4] <= years[1]:
            yield newest
        elif newest.period[:4] > years[1]:
            rows = series.region_series(
                visit.context, visit.warehouse, newest.indicator, regions=(region,)
            )
            earlier = as_observations(rows_inside(rows, years), newest.indicator)
            yield from [one for one in earlier if one.present][-1:]


def _chosen(groups: Mapping[str, Sequence[Headline]]) -> _Own:
    """Everybody; where the source has only groups, all foreign-born."""
    group = TOTAL if TOTAL in groups else BORN_ABROAD
    mine = sorted(starmap(Observation, groups.get(group, ())), key=attrgetter("period"))
    year = next((one.period for one in reversed(mine) if one.present), "")
    here, abroad = (
        next((Observation(*row) for row in reversed(groups.get(code, ())) if row[2] == year), None)
        for code in (BORN_HERE, BORN_ABROAD)
    )
    return _Own(group, mine, (here, abroad), year)


def missing_figure(visit: Visit, indicator: Indicator) -> str:
    """That there is no figure here, or none anywhere; of a union why there can be none."""
    known = visit.context.memory.recall(
        (visit.warehouse.version, "indicators"),
        lambda: frozenset(indicators_with_numbers(visit.warehouse)),
    )
    region = visit.regions.get(visit.state.region)
    if indicator.id not in known or region is None:
        return term("no_data", visit.lang)
    where = region.where[visit.lang]
    if region.members and indicator.union == "none":
        name = region.bare_name(visit.lang)
        return unions.no_union_sentence(
            indicator, name=name, members=(), background=TOTAL, lang=visit.lang
        )
    return term("no_data_here", visit.lang, where=where)
