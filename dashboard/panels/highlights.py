"""
What stands out in a region, asked of a whole level at once and remembered for its other regions.

Asks `data` for all figures of the level, some indicators at once, and for the sizes of groups; the
rules are in `rules.highlights`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.codes import SEXES, Group
from dashboard.data.observation import Observation, displayed_value
from dashboard.data.queries.figures import figures_of_level
from dashboard.data.series import populations
from dashboard.panels.gaps import source_of, tables_behind
from dashboard.rules.gap_changes import PUPIL_YEARS, PUPILS, size_groups
from dashboard.rules.highlights import (
    FEWEST_ALIKE,
    FEWEST_REGIONS,
    PAIRS,
    Candidate,
    Compared,
    HighlightKind,
    Highlights,
    candidates,
    common_change,
    displayed,
    first_comparable,
    highlights,
    may_stand_out,
    noise_of_rows,
)
from dashboard.sentences.highlights import (
    highlight_sentence,
    highlights_title,
    nothing_sentence,
    picture_sentence,
    why_sentences,
)
from dashboard.state.regions import inline
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import TOTAL, Catalogue, Indicator
from etl.catalogue.periods import ordinal
from etl.catalogue.regions import BOTH_DIVISIONS, COUNTRY

_RESOURCES = "resurser"
# Why nothing is compared in a region: a union or own group, or too few areas beside it.
NothingCompared = Literal["union", "few_areas"]
_EVERYBODY = Group()
_ORIGINS, _BY_SEX = PAIRS["origin"], PAIRS["sex"]
_GROUPS = (_EVERYBODY, *_ORIGINS, *_BY_SEX)
_NEWEST_DIVISION = "RegSO 2025"
_AT_ONCE = 8  # indicators: all of a level's figures would be a worker's largest memory
_Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class DrawnSeries:
    """The displayed numbers of everybody, a row a region and a column a period."""

    periods: tuple[str, ...]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Level:
    """The regions that are judged together, every comparison of them, and series to draw."""

    places: Mapping[str, int]
    compared: tuple[Compared, ...]
    series: Mapping[str, DrawnSeries]


@dataclass(frozen=True)
class Standout:
    """What stands out in a region, and the level it was judged in; `why_none` if it was not."""

    region: str
    found: Highlights
    level: Level
    why_none: NothingCompared | None = None

    def strip(self, candidate: Candidate) -> tuple[float, ...]:
        """The numbers of the level that a highlight is held against, its own included."""
        for one in self.level.compared:
            if one.indicator.id == candidate.indicator.id and one.kind == candidate.kind:
                return tuple(one.told[~np.isnan(one.told)].tolist())
        return ()

    def line(self, candidate: Candidate) -> tuple[tuple[str, float], ...]:
        """The periods of the newest stretch with their numbers, for everybody."""
        series = self.level.series[candidate.indicator.id]
        row = series.values[self.level.places[self.region]]
        return tuple(
            (period, displayed_value(float(value), candidate.indicator.decimals))
            for period, value in zip(series.periods, row, strict=True)
            if not np.isnan(value)
        )


def standout(visit: Visit, region: str) -> Standout:
    """What stands out in a region of the warehouse."""
    beside = _beside(visit, region)
    if isinstance(beside, str):
        return Standout(region, Highlights((), (), 0, 0.0), Level({}, (), {}), beside)
    key = (visit.warehouse.version, "highlights", beside)
    level = visit.context.memory.recall(key, lambda: _level(visit, beside))
    found = candidates(level.compared, level.places[region])
    chosen = highlights(found, visit.catalogue, resource_ids(visit.catalogue))
    return Standout(region, chosen, level)


class HighlightText(NamedTuple):
    """
    One thing that stands out: its sentence, why it is shown, and the tables behind it.

    Drawn is, of a change, the `line` of the region's periods and numbers; else the `strip` of the
    level's numbers, the region's own among them. `reading` says how that is read.
    """

    candidate: Candidate
    sentence: str
    why: tuple[str, ...]
    tables: tuple[str, ...]
    line: tuple[tuple[str, float], ...]
    strip: tuple[float, ...]
    reading: str


@dataclass(frozen=True)
class HighlightTexts:
    """What is said of what stands out; `nothing` says why nothing does, `source` whose it is."""

    title: str
    texts: tuple[HighlightText, ...]
    nothing: str
    source: str


def highlight_texts(visit: Visit, found: Standout) -> HighlightTexts:
    """What is said of a region, alike on page, paper and slides."""
    lang, region, chosen = visit.lang, visit.regions[found.region], found.found.chosen
    texts = []
    for one in chosen:
        wording = visit.wording(one.indicator)
        why = why_sentences(one, found.found, wording, region=region.code, level=region.level)
        sentence = highlight_sentence(one, region.code, region.level, wording)
        behind = candidate_tables(visit, region.code, one)
        line = found.line(one) if one.kind in {"change", "yearly"} else ()
        reading = picture_sentence(
            [period for period, _ in line], inline(region, lang), region.level, lang
        )
        strip = () if line else found.strip(one)
        texts.append(HighlightText(one, sentence, why, behind, line, strip, reading))
    if found.why_none == "few_areas":
        nothing = term("highlights_few_areas", lang, fewest=FEWEST_REGIONS)
    elif found.why_none:
        nothing = term("highlights_union", lang)
    else:
        nothing = nothing_sentence(found.found, region.where[lang], region.level, lang)
    tables = [table for text in texts for table in text.tables]
    return HighlightTexts(
        highlights_title(chosen, lang),
        tuple(texts),
        "" if texts else nothing,
        source_of(visit, tables) if tables else "",
    )


def candidate_tables(visit: Visit, region: str, one: Candidate) -> tuple[str, ...]:
    """The tables that the number of a comparison is worked out from."""
    rows = [
        Observation(
            one.indicator.id, region, period, one.segment, None,
            sex=group.sex, background=group.background,
        )
        for period in (*one.starts, *one.ends)
        for group in PAIRS.get(one.kind, (_EVERYBODY,))
    ]  # fmt: skip
    return tables_behind(visit, one.indicator, rows)


def resource_ids(catalogue: Catalogue) -> frozenset[str]:
    """The indicators that are gathered as resources."""
    collection = catalogue.collection.get(_RESOURCES)
    return (
        frozenset(member.indicator for member in collection.members) if collection else frozenset()
    )


def _beside(visit: Visit, code: str) -> tuple[str, ...] | NothingCompared:
    """The regions that a region is judged among, itself included."""
    region = visit.regions[code]
    if region.members or region.level not in {"country", "county", "municipality", "regso"}:
        return "union"
    if region.level == "country":
        return (COUNTRY,)
    same = [one for one in visit.regions.values() if one.level == region.level]
    if region.level == "regso":
        # An area of one division is never beside one of another, but beside what is in both.
        divisions = {str(region.division), BOTH_DIVISIONS}
        if region.division == BOTH_DIVISIONS:
            divisions.add(_NEWEST_DIVISION)
        same = [one for one in same if one.parent == region.parent and one.division in divisions]
        if len(same) < FEWEST_REGIONS:
            return "few_areas"
    return tuple(sorted(one.code for one in same))


def _level(visit: Visit, regions: tuple[str, ...]) -> Level:
    """Every comparison of some regions."""
    places = {code: place for place, code in enumerate(regions)}
    of_areas = visit.regions[regions[0]].level == "regso"
    indicators = [one for one in visit.catalogue.indicators if may_stand_out(one)]
    backgrounds = () if of_areas else tuple(group.background for group in _ORIGINS)
    compared: list[Compared] = []
    series: dict[str, DrawnSeries] = {}
    people = _People(visit, regions)
    for first in range(0, len(indicators), _AT_ONCE):
        asked = indicators[first : first + _AT_ONCE]
        columns = _columns(
            figures_of_level(
                visit.warehouse,
                [one.id for one in asked],
                regions=regions,
                backgrounds=backgrounds,
                sexes=(TOTAL, *SEXES),
            ),
            places,
        )
        for indicator in asked:
            if indicator.id in columns:
                table = _Table(indicator, regions, columns[indicator.id])
                found, drawn = _comparisons(visit, table, people)
                compared += found
                series |= {indicator.id: drawn} if drawn else {}
    return Level(places, tuple(compared), series)


class _Columns(NamedTuple):
    """The rows of an indicator as columns: places of regions, periods, segments and groups."""

    periods: tuple[str, ...]
    segments: tuple[str, ...]
    region: NDArray[np.integer]
    period: NDArray[np.integer]
    segment: NDArray[np.integer]
    group: NDArray[np.integer]
    value: _Numbers
    denominator: _Numbers


def _columns(rows: pd.DataFrame, places: Mapping[str, int]) -> dict[str, _Columns]:
    """The rows of each indicator."""
    names = ("indicator", "region", "period", "segment", "sex", "background")
    codes = {name: rows[name].cat.codes.to_numpy() for name in names}
    texts = {name: [str(text) for text in rows[name].cat.categories] for name in names}
    group = np.full(len(rows), -1, dtype=np.int8)
    for number, one in enumerate(_GROUPS):
        if one.sex in texts["sex"] and one.background in texts["background"]:
            same = codes["background"] == texts["background"].index(one.background)
            group[same & (codes["sex"] == texts["sex"].index(one.sex))] = number
    known = np.array([places.get(code, -1) for code in texts["region"]], dtype=np.int32)
    region = known[codes["region"]]
    value, denominator = (rows[name].to_numpy(float) for name in ("value", "denominator"))
    columns = {}
    for place, id in enumerate(texts["indicator"]):
        mine = np.flatnonzero(codes["indicator"] == place)
        if not mine.size:
            continue
        used = np.unique(codes["period"][mine])
        periods = sorted(texts["period"][one] for one in used)
        moved = np.zeros(len(texts["period"]), dtype=np.int32)
        moved[used] = [periods.index(texts["period"][one]) for one in used]
        columns[id] = _Columns(
            tuple(periods),
            tuple(texts["segment"]),
            region[mine],
            moved[codes["period"][mine]],
            codes["segment"][mine],
            group[mine],
            value[mine],
            denominator[mine],
        )
    return columns


@dataclass(frozen=True)
class _Table:
    """The figures of one indicator in the regions of a level."""

    indicator: Indicator
    regions: tuple[str, ...]
    columns: _Columns

    def newest(self, groups: Sequence[Group], fewest: int) -> tuple[str, str] | None:
        """The newest period in which so many regions have each of some groups; its segment."""
        known = self.columns
        shape = len(known.periods), len(known.segments)
        counts = np.full(shape, len(self.regions))
        for group in groups:
            mine = known.group == _GROUPS.index(group)
            place = known.period[mine] * shape[1] + known.segment[mine]
            counts = np.minimum(counts, np.bincount(place, minlength=counts.size).reshape(shape))
        enough = np.flatnonzero(counts.max(axis=1) >= fewest)
        if not enough.size:
            return None
        last = int(enough[-1])
        return known.periods[last], known.segments[int(counts[last].argmax())]

    def numbers(self, group: Group, period: str, segment: str) -> _Numbers:
        """The displayed numbers of a period, one element a region."""
        return self.matrix(group, (period,), segment)[:, 0]

    def denominators(self, group: Group, period: str, segment: str) -> _Numbers:
        """How many there are in the group behind a share, where the source tells it."""
        return self._filled(self.columns.denominator, group, (period,), segment)[:, 0]

    def matrix(self, group: Group, periods: Sequence[str], segment: str) -> _Numbers:
        """The displayed numbers, a row a region and a column a period."""
        values = self._filled(self.columns.value, group, periods, segment)
        return displayed(values, self.indicator.decimals)

    def season(self, until: str) -> tuple[str, ...]:
        """The periods up to one that are of its month or quarter; of years all."""
        return tuple(
            period for period in self.columns.periods if period <= until and period[4:] == until[4:]
        )

    def stretch(
        self, groups: Sequence[Group], periods: Sequence[str], segment: str
    ) -> list[_Numbers]:
        """The matrix of each of some groups, without what is before a break of any of them."""
        starts = [
            first_comparable(self.indicator, group, self.regions, periods[-1]) for group in groups
        ]
        first = np.array([max(of_region) for of_region in zip(*starts, strict=True)])
        before = np.array(periods)[None, :] < first[:, None]
        return [np.where(before, np.nan, self.matrix(group, periods, segment)) for group in groups]

    def _filled(
        self, values: _Numbers, group: Group, periods: Sequence[str], segment: str
    ) -> _Numbers:
        known = self.columns
        column = {period: place for place, period in enumerate(periods)}
        columns = np.array([column.get(period, -1) for period in known.periods])
        mine = (known.group == _GROUPS.index(group)) & (
            known.segment == known.segments.index(segment)
        )
        mine &= columns[known.period] >= 0
        filled = np.full((len(self.regions), len(periods)), np.nan)
        filled[known.region[mine], columns[known.period[mine]]] = values[mine]
        return filled


class _People:
    """How many there are in groups of the regions of a level; asked once of each year."""

    def __init__(self, visit: Visit, regions: tuple[str, ...]) -> None:
        """Know nothing yet."""
        self._visit, self._regions = visit, regions
        self._years: dict[int, Mapping[tuple[str, Group], float]] = {}

    def of(self, table: _Table, group: Group, period: str, segment: str) -> _Numbers:
        """The size of a group in each region: the count behind the share, or the population."""
        size = table.denominators(group, period, segment)
        wanted = size_groups(group, table.indicator, period, self._visit.catalogue)
        share = PUPIL_YEARS if table.indicator.id in PUPILS else 1
        lacking = np.flatnonzero(np.isnan(size))
        known = self._known(int(period[:4])) if lacking.size else {}
        for place in lacking:
            code = self._regions[place]
            found = [known[code, one] for one in wanted if (code, one) in known]
            if found:
                size[place] = found[0] / share
        return size

    def _known(self, year: int) -> Mapping[tuple[str, Group], float]:
        if year in self._years:
            return self._years[year]
        visit = self._visit
        known: dict[tuple[str, Group], float] = {}
        uncounted = [
            one for one in visit.catalogue.indicators if may_stand_out(one) and not one.counted
        ]
        # Apart: the population has no origin by sex and age that anybody asks for here.
        for groups in ((_EVERYBODY, *_BY_SEX), _ORIGINS):
            asked = {
                one
                for indicator in uncounted
                for group in groups
                for one in size_groups(group, indicator, str(year), visit.catalogue)
            }
            known |= populations(
                visit.context,
                visit.warehouse,
                codes=self._regions,
                groups=sorted(asked),
                year=year,
            )
        self._years[year] = known
        return known


def _comparisons(
    visit: Visit, table: _Table, people: _People
) -> tuple[list[Compared], DrawnSeries | None]:
    """Every comparison of an indicator in the regions of a level, and its series to draw."""
    level = visit.regions[table.regions[0]].level
    found = []
    if level != "country":
        found = [_gaps(table, people, kind, pair) for kind, pair in PAIRS.items()]
    fewest = 1 if level == "country" else FEWEST_REGIONS
    newest = table.newest((_EVERYBODY,), fewest)
    if newest is None:
        return [one for one in found if one], None
    until, segment = newest
    periods = table.season(until)
    (values,) = table.stretch((_EVERYBODY,), periods, segment)
    base = Compared(
        table.indicator, "change", segment, (), (until,),
        told=values[:, -1], first=values[:, -1], second=values[:, -1],
        noise=noise_of_rows(values, [ordinal(one) for one in periods]),
        persons=people.of(table, _EVERYBODY, until, segment),
    )  # fmt: skip
    if level == "country":
        found.append(_yearly(base, values, periods))
    elif level == "regso":
        found.append(_from(base, "areas", np.full(len(values), np.nanmedian(values[:, -1]))))
    else:
        found.append(_change(base, values, periods))
    if level == "municipality":
        found.append(_from(base, "similar", _alike(visit, table, values[:, -1])))
    return [one for one in found if one], DrawnSeries(periods, values.astype(np.float32))


def _gaps(
    table: _Table, people: _People, kind: HighlightKind, pair: tuple[Group, Group]
) -> Compared | None:
    newest = table.newest(pair, FEWEST_REGIONS)
    if newest is None:
        return None
    until, segment = newest
    periods = table.season(until)
    stretches = table.stretch(pair, periods, segment)
    first, second = (table.numbers(group, until, segment) for group in pair)
    sizes = [people.of(table, group, until, segment) for group in pair]
    decimals = table.indicator.decimals
    return Compared(
        table.indicator, kind, segment, (), (until,),
        told=np.round(first - second, decimals), first=first, second=second,
        noise=noise_of_rows(
            np.round(stretches[0] - stretches[1], decimals), [ordinal(one) for one in periods]
        ),
        persons=np.minimum(*sizes),
    )  # fmt: skip


def _change(base: Compared, values: _Numbers, periods: Sequence[str]) -> Compared | None:
    """The change of each region over the period that most have in the newest stretch."""
    decimals = base.indicator.decimals
    change = common_change(values, periods, decimals)
    if change is None:
        return None
    told = np.round(change.end - change.start, decimals)
    return replace(
        base, starts=change.starts, ends=change.ends,
        told=told, first=change.end, second=change.start,
    )  # fmt: skip


def _from(base: Compared, kind: HighlightKind, middle: _Numbers) -> Compared:
    """The distance of each region from the middle of those that it is held against."""
    second = displayed(middle, base.indicator.decimals)
    told = np.round(base.first - second, base.indicator.decimals)
    return replace(base, kind=kind, told=told, second=second)


def _alike(visit: Visit, table: _Table, values: _Numbers) -> _Numbers:
    """The median of the similar municipalities of each; NaN where too few have a figure."""
    key = (visit.warehouse.version, "alike", table.regions, table.indicator.subject)
    nearest = visit.context.memory.recall(key, lambda: _nearest(visit, table))
    alike = np.append(values, np.nan)[nearest]
    enough = (~np.isnan(alike)).sum(axis=1) >= FEWEST_ALIKE
    middle = np.full(len(values), np.nan)
    middle[enough] = np.nanmedian(alike[enough], axis=1)
    return middle


def _nearest(visit: Visit, table: _Table) -> NDArray[np.intp]:
    """The places of the similar municipalities of each, a row a region; after the last for none."""
    places = {code: place for place, code in enumerate(table.regions)}
    nobody = len(places)
    listed = [
        [places.get(one, nobody) for one in visit.published_similar(code, table.indicator.id)]
        for code in table.regions
    ]
    most = max(map(len, listed))
    return np.array([[*row, *[nobody] * (most - len(row))] for row in listed], dtype=np.intp)


def _yearly(base: Compared, values: _Numbers, periods: Sequence[str]) -> Compared | None:
    """The country's change since the period before, and its earlier ones in the stretch."""
    present = np.flatnonzero(~np.isnan(values[0]))
    if len(present) < 2:
        return None
    places = np.array([ordinal(one) for one in periods])[present]
    apart = np.diff(places)
    changes = np.round(np.diff(values[0][present]), base.indicator.decimals)
    if apart[-1] != apart.min():
        return None
    before = values[:, present[-2]]
    return replace(
        base, kind="yearly", starts=(periods[present[-2]],), told=changes[-1:], second=before,
        history=changes[:-1][apart[:-1] == apart.min()],
    )  # fmt: skip
