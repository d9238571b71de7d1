"""
One indicator of one region in a row: its level, comparison, change, and two groups.

In full as sentences; of the indicators that lead a theme as numbers beside each other. It writes
nothing that `rules.comparison` and `rules.direction` do not allow; where they forbid it, it gives
the reason instead.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise, starmap
from math import isfinite
from operator import itemgetter
from typing import NamedTuple

from dashboard.codes import EVERYBODY, Group, GroupCodes
from dashboard.data import series
from dashboard.data.observation import PERIOD, Observation, with_numbers
from dashboard.data.queries.figures import Headline, figures_of_regions, headlines, spreads
from dashboard.data.queries.holdings import indicators_with_numbers
from dashboard.panels.panel import rows_inside
from dashboard.rules import comparison, stretches
from dashboard.rules.comparison import NOT_COMPARED, Difference
from dashboard.rules.direction import FEWEST_YEARS, Direction, direction
from dashboard.rules.stretches import Stretch, described_stretches, unbroken
from dashboard.sentences import unions
from dashboard.sentences.wording import (
    Wording,
    difference_size,
    group_label,
    size_and_word,
    value_phrase,
)
from dashboard.state.areas import names_in_list, older_members
from dashboard.state.comparison import default_comparison
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import TOTAL, Break, Indicator, Text, Theme
from etl.catalogue.models import FEWEST_LEADING
from etl.catalogue.periods import ends_before, frequency, overlaps
from etl.catalogue.regions import COUNTRY

YearAndNumber = tuple[int, float]
METHOD = Text(
    sv=(
        "På översikten står fyra till sex indikatorer i varje tema, eller alla i ett tema med "
        "färre. Katalogen namnger dem, de är desamma för alla regioner, och både resurser och "
        "problem är med. Har en region uppgift för färre än fyra av dem står de närmast följande "
        "indikatorerna i temat efter dem, och de som saknar uppgift räknas upp. Alla andra finns "
        "på temats sida. Att något stiger eller faller står bara där regeln för riktning ger det; "
        "annars sägs inget om utvecklingen."
    ),
    en=(
        "The overview has four to six indicators of each theme, or all of a theme with fewer. "
        "The catalogue names them, they are the same for all regions, and both resources and "
        "problems are among them. Where a region has figures of fewer than four of them, the next "
        "indicators of the theme stand after them, and those without a figure are named. All "
        "others are on the page of the theme. That something rises or falls is said only where "
        "the rule of direction gives it; otherwise nothing is said of the change over time."
    ),
)


class RowContent(NamedTuple):
    """
    What a row of the overview shows.

    `newest` is None where no year has a number. `lines` are the parts of the series that may
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
    compared: Sequence[Observation],
    pair: tuple[Observation | None, Observation | None],
    wording: Wording,
) -> RowContent:
    """
    The row of a series.

    Args:
        series: one region and group, of any years.
        compared: the figures it is compared with, in the year of its newest number.
        pair: born in Sweden and foreign-born in that year, where they exist.
        wording: of the indicator, in the language of the page.

    """
    stretches = unbroken(series, wording.indicator)
    present = list(chain.from_iterable(part.present for part in stretches))
    if not present:
        return RowContent(None)
    newest = present[-1]
    latest, _ = described_stretches(stretches)
    change = _change(present, wording)
    stretch, cautions = _stretch_sentence(latest, wording) if latest else ("", ())
    return RowContent(
        newest,
        _unbroken_lines(stretches),
        tuple(_comparison_sentence(newest, reference, wording) for reference in compared)
        if _is_compared(wording)
        else (),
        _change_sentence(change, wording, told=cautions) if change else "",
        (comparison.arrow(change) or "") if change else "",
        stretch,
        _gap_sentence(pair, wording),
    )


def _unbroken_lines(joined_stretches: Sequence[Stretch]) -> tuple[tuple[YearAndNumber, ...], ...]:
    """The parts of a series that a line may join: no break and no missing year inside."""
    step = _step(
        tuple(map(PERIOD, chain.from_iterable(part.observations for part in joined_stretches)))
    )
    runs: list[tuple[YearAndNumber, ...]] = []
    for points in (part.points for part in joined_stretches if part.points):
        # No two years lie closer together than `step`: where the ends fit, all between them do.
        if points[-1][0] - points[0][0] == step * (len(points) - 1):
            runs.append(points)
            continue
        starts = stretches.stretch_starts([year for year, _ in points], step=step)
        runs += [points[start:end] for start, end in pairwise([*starts, len(points)])]
    return tuple(runs)


# Most indicators of a region have the same years.
_step = lru_cache(maxsize=256)(stretches.step)


def _is_compared(wording: Wording) -> bool:
    return wording.indicator.measure not in NOT_COMPARED


def _comparison_sentence(observation: Observation, reference: Observation, wording: Wording) -> str:
    difference = comparison.difference(observation, reference, wording.indicator)
    lang, name = wording.lang, wording.region_name(reference.region)
    if difference.verdict.reason == "missing":
        return term(
            "glance_missing",
            lang,
            where=wording.locative(reference.region),
            period=format.period_name(reference.period, lang),
        )
    if difference.value is None:
        return term("glance_apart", lang, place=name)
    if difference.level:
        return term("glance_level", lang, place=name)
    size = difference_size(difference.value, observation.segment, wording)
    size, word = size_and_word(size, difference.value, wording)
    return term(
        "glance_apart_by",
        lang,
        difference=size,
        word=word,
        where=wording.locative(reference.region),
    )


def _change(present: Sequence[Observation], wording: Wording) -> comparison.Difference | None:
    """The newest figure against the one before it, of a month against that of a year before."""
    earlier = comparison.earlier_figure(present)
    if earlier is None or wording.indicator.measure == "class":
        return None
    return comparison.difference(present[-1], earlier, wording.indicator)


def _change_sentence(
    difference: comparison.Difference, wording: Wording, *, told: Collection[Break]
) -> str:
    """What moved since the year before, with the cautions that the line after does not tell."""
    cautions = [mark for mark in difference.verdict.cautions if mark not in told]
    lang, since, caution = (
        wording.lang,
        format.period_name(difference.reference.period, wording.lang),
        _caution_words(cautions, wording),
    )
    if difference.value is None:
        breaks = format.mark_labels(difference.verdict.breaks, lang)
        if not breaks:
            return term("glance_not", lang, period=since)
        return term("glance_broken", lang, breaks=capital(enumerated(breaks, lang)), period=since)
    if difference.level:
        return term("glance_same", lang, period=since) + caution
    size = _signed(difference.value, difference.observation.segment, wording)
    return term("glance_change", lang, size=size, period=since) + caution


def _stretch_sentence(latest: Stretch, wording: Wording) -> tuple[str, tuple[Break, ...]]:
    """The change over the current stretch, its direction where it is long enough, its cautions."""
    present, lang = latest.present, wording.lang
    if len(present) < 3:
        return "", ()
    span = format.periods(present[0].period, present[-1].period, lang)
    trend = direction(latest, wording.indicator)
    if comparison.has_seasons(present[-1].period):
        return _seasonal_sentence(trend, wording)
    change = comparison.difference(present[-1], present[0], wording.indicator)
    if trend and trend.word != "short":
        words = term(f"glance_{trend.word}", lang, span=span)
    elif change.value is None:
        return "", ()
    elif change.level:
        words = term("glance_same_span", lang, span=span)
    else:
        size = _signed(change.value, change.observation.segment, wording)
        words = term("glance_span", lang, size=size, span=span)
        words += term("glance_short", lang, fewest=FEWEST_YEARS) if trend else ""
    cautions = tuple(change.verdict.cautions)
    return words + _caution_words(cautions, wording), cautions


def _seasonal_sentence(trend: Direction | None, wording: Wording) -> tuple[str, tuple[Break, ...]]:
    """The direction of months or quarters, a year of them against the year before."""
    if trend is None or trend.word == "short":
        return "", ()
    length = frequency(trend.observations[-1].period)
    words = term(f"glance_{trend.word}_{length}", wording.lang)
    return words + _caution_words(trend.cautions, wording), trend.cautions


def _marked(marks: Iterable[Break], wording: Wording) -> list[str]:
    """When some breaks or cautions were, each once."""
    names = (format.period_short(mark.period, wording.lang) for mark in marks)
    return list(dict.fromkeys(names))


def _caution_words(cautions: Iterable[Break], wording: Wording) -> str:
    """The words that follow every comparison across cautions, "" without any."""
    years = _marked(cautions, wording)
    return (
        term("glance_caution", wording.lang, years=enumerated(years, wording.lang)) if years else ""
    )


def _gap_sentence(pair: tuple[Observation | None, Observation | None], wording: Wording) -> str:
    first, second = pair
    if first is None or second is None or not _is_compared(wording):
        return ""
    difference = comparison.difference(first, second, wording.indicator)
    if difference.value is None:
        return ""
    key = "glance_gap_level" if difference.level else "glance_gap"
    return term(
        key, wording.lang, difference=difference_size(difference.value, first.segment, wording)
    )


def _signed(value: float, segment: str, wording: Wording) -> str:
    return ("+" if value > 0 else format.MINUS) + difference_size(value, segment, wording)


# indicator, background, period
FigureKey = tuple[str, str, str]


def comparison_figures(
    visit: Visit, regions: Sequence[str], cells: Sequence[FigureKey]
) -> Mapping[tuple[str, str], Observation]:
    """The figures of some regions in given cells, one of each indicator; by region and it."""
    if not (regions and cells):
        return {}
    figures = chain(
        starmap(Observation, figures_of_regions(visit.warehouse, regions, cells)),
        county_district_figures(visit, regions, cells),
    )
    return {(figure.region, figure.indicator): figure for figure in figures}


def county_district_figures(
    visit: Visit, regions: Iterable[str], cells: Sequence[FigureKey]
) -> Iterator[Observation]:
    """The figures of those of some regions that are the districts of a county, or all but them."""
    codes = tuple(code for code in regions if visit.regions[code].level == "together")
    for indicator, background, period in cells if codes else ():
        yield from series.levels(
            visit.context,
            visit.warehouse,
            indicator,
            codes=codes,
            group=Group(background=background),
            period=period,
        )


def level_numbers(visit: Visit, newest: Observation) -> Sequence[float]:
    """
    The numbers of the level in the year of a newest figure, its own included.

    A municipality is among those of its county, a county among all; other regions among none,
    and no figure of an age group.
    """
    if newest.age != TOTAL:  # spreads are of all ages
        return ()
    numbers = visit.context.memory.recall(
        (visit.warehouse.version, "spreads"), lambda: spreads(visit.warehouse)
    )
    region = visit.regions[newest.region]
    parent = region.parent or COUNTRY
    cell = (newest.indicator, newest.background, newest.period)
    return numbers.get((region.level, parent, *cell, newest.segment), ())


BORN_HERE, BORN_ABROAD = "SE", "SAMUTF"
_NOBODY = (None, None)
FirstAndLastYear = tuple[str, str] | None


class OverviewRow(NamedTuple):
    """One indicator: its content, the figures it is compared with, and its two groups."""

    content: RowContent
    group: str
    beside: tuple[Observation, ...] = ()
    pair: tuple[Observation | None, Observation | None] = (None, None)

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The figures that stand in the row as numbers or words."""
        figures = (self.content.newest, *self.beside, *self.pair)
        return tuple(figure for figure in figures if figure is not None)


def overview_rows(
    visit: Visit,
    region: str,
    years: FirstAndLastYear = None,
    comparison: tuple[str, ...] | None = None,
    *,
    only: Collection[str] | None = None,
) -> Mapping[str, OverviewRow]:
    """
    The rows of a region by indicator; one without an observation has none.

    Args:
        visit: gives warehouse and language.
        region: whose rows.
        years: first and last; None is all.
        comparison: the regions it is compared with; None is the larger regions that it lies in.
        only: ids of the indicators whose rows are wanted; None is all.

    """
    shown_series = _series(visit, region, years, only)
    if comparison is None:
        comparison = default_comparison(visit.regions[region], visit.regions)
    newest = [(id, shown.group, shown.year) for id, shown in shown_series.items() if shown.year]
    figures = comparison_figures(visit, comparison, newest)
    rows = {}
    for id, shown in shown_series.items():
        wording = visit.wording(visit.catalogue.indicator[id])
        beside = tuple([figures[code, id] for code in comparison if (code, id) in figures])
        content = row_content(shown.series, beside, shown.pair, wording)
        rows[id] = OverviewRow(content, shown.group, beside, shown.pair)
    return rows


def newest_figures(visit: Visit, region: str, only: Collection[str]) -> Mapping[str, Observation]:
    """The newest number of some indicators (ids) for a region; one without any is left out."""
    if visit.regions[region].members:
        figures = _union_figures(visit, region, None)
        return {one.indicator: one for one in figures if one.indicator in only and one.present}
    newest: dict[tuple[str, str], Headline] = {}
    of_everybody = set()
    for row in headlines(visit.warehouse, region):
        id, period, value, group = row[0], row[2], row[4], row[7]
        if group == TOTAL:
            of_everybody.add(id)
        if value is not None and isfinite(value):
            known = newest.get((id, group))
            if known is None or known[2] < period:
                newest[id, group] = row
    groups = ((id, TOTAL if id in of_everybody else BORN_ABROAD) for id in only)
    return {key[0]: Observation(*newest[key]) for key in groups if key in newest}


class _Series(NamedTuple):
    """One indicator's series of the group that is shown, and two groups in its newest year."""

    group: str
    series: Sequence[Observation]
    pair: tuple[Observation | None, Observation | None]
    year: str


class LeadingRow(NamedTuple):
    """
    One of the indicators that lead a theme: its newest figure, and what is held against it.

    `group`: whom it is about. `lines` as of `RowContent`. `direction` says whether it rises or
    falls over the current stretch and when, "" where it does neither; `cautious`, that this is to
    be taken with caution. `differences` from the comparison regions, by code: the own figure less
    theirs, none of numbers of persons and of classes. `gap`: born in Sweden less foreign-born.
    """

    indicator: Indicator
    group: str
    newest: Observation
    lines: tuple[tuple[YearAndNumber, ...], ...]
    direction: str
    cautious: bool
    differences: Mapping[str, Difference]
    gap: Difference | None

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The figures that stand in the row, or that a number in it is made of."""
        pair = (self.gap.observation, self.gap.reference) if self.gap else ()
        return (self.newest, *(one.reference for one in self.differences.values()), *pair)


class LeadingRows(NamedTuple):
    """A theme: rows of indicators with a figure here, and those of its leading ones without."""

    theme: Theme
    rows: tuple[LeadingRow, ...]
    lacking: tuple[Indicator, ...]


def leading_rows(visit: Visit, region: str) -> tuple[LeadingRows, ...]:
    """
    The themes of a region by their leading indicators.

    Where fewer than `FEWEST_LEADING` of these have a figure, the next indicators of the theme that
    have one stand after them.
    """
    catalogue, series_of = visit.catalogue, _series_of(visit, region, None)
    comparison = default_comparison(visit.regions[region], visit.regions)
    by_theme: list[tuple[Theme, dict[str, _Series], list[str]]] = []
    for theme in (theme for theme in catalogue.themes if theme.id in catalogue.by_theme):
        leading = [indicator.id for indicator in catalogue.leading(theme)]
        others = (indicator.id for indicator in catalogue.by_theme[theme.id])
        known: dict[str, _Series] = {}
        lacking = []
        for id in dict.fromkeys((*leading, *others)):
            if len(known) >= FEWEST_LEADING and id not in leading:
                break
            shown = series_of(id)
            if shown and with_numbers(shown.series):
                known[id] = shown
            elif id in leading:
                lacking.append(id)
        by_theme.append((theme, known, lacking))
    cells = [
        (id, shown.group, shown.year) for _, known, _ in by_theme for id, shown in known.items()
    ]
    figures = comparison_figures(visit, comparison, cells)
    return tuple(
        LeadingRows(
            theme,
            tuple(
                _leading_row(
                    shown,
                    {code: figures[code, id] for code in comparison if (code, id) in figures},
                    visit.wording(catalogue.indicator[id]),
                )
                for id, shown in known.items()
            ),
            tuple(catalogue.indicator[id] for id in lacking),
        )
        for theme, known, lacking in by_theme
    )


def _leading_row(
    shown: _Series, compared: Mapping[str, Observation], wording: Wording
) -> LeadingRow:
    """The row of a series with at least one number; `compared`: figures of its newest year."""
    indicator = wording.indicator
    stretches = unbroken(shown.series, indicator)
    latest, _ = described_stretches(stretches)
    if latest is None:
        raise ValueError(f"{indicator.id}: a row shows a figure; there is none to show")
    newest, trend = latest.present[-1], direction(latest, indicator)
    words = _direction_words(trend, wording) if trend else ""
    first, second = shown.pair
    gap = None
    if first and second and first.present and second.present and _is_compared(wording):
        gap = comparison.difference(first, second, indicator)
    differences = (
        {
            code: comparison.difference(newest, reference, indicator)
            for code, reference in compared.items()
        }
        if _is_compared(wording)
        else {}
    )
    cautious = bool(words and trend and trend.cautions)
    lines = _unbroken_lines(stretches)
    return LeadingRow(indicator, shown.group, newest, lines, words, cautious, differences, gap)


def _direction_words(trend: Direction, wording: Wording) -> str:
    """That a line rises or falls, and when; "" for anything else."""
    if trend.word not in {"rising", "falling"}:
        return ""
    first, last = trend.observations[0].period, trend.observations[-1].period
    span = format.periods(first, last, wording.lang)
    return format.term_by_length(f"glance_{trend.word}", last, wording.lang, span=span)


def aged_rows(visit: Visit, region: str, ages: Mapping[str, str]) -> Mapping[str, OverviewRow]:
    """The rows of a region by indicator, each of one age group; `ages`: which, by indicator."""
    comparison = default_comparison(visit.regions[region], visit.regions)
    rows = {}
    for id, age in ages.items():
        found = series.region_series(
            visit.context,
            visit.warehouse,
            id,
            regions=(region, *comparison),
            groups=GroupCodes(backgrounds=(TOTAL, BORN_HERE, BORN_ABROAD), ages=(age,)),
        )
        figures = sorted(found, key=PERIOD)
        own = [row for row in figures if (row.region, row.background) == (region, TOTAL)]
        newest = next((row.period for row in reversed(own) if row.present), "")
        cells = {(row.region, row.background): row for row in figures if row.period == newest}
        beside = tuple(cells[code, TOTAL] for code in comparison if (code, TOTAL) in cells)
        pair = (cells.get((region, BORN_HERE)), cells.get((region, BORN_ABROAD)))
        content = row_content(own, beside, pair, visit.wording(visit.catalogue.indicator[id]))
        rows[id] = OverviewRow(content, TOTAL, beside, pair)
    return rows


def _series(
    visit: Visit,
    region: str,
    years: FirstAndLastYear,
    only: Collection[str] | None = None,
) -> Mapping[str, _Series]:
    """By indicator; an older version may hold some that the catalogue no longer has."""
    of_indicator = _series_of(visit, region, years)
    wanted = (id for id in visit.catalogue.indicator if only is None or id in only)
    return {id: shown for id in wanted if (shown := of_indicator(id))}


def _series_of(
    visit: Visit, region: str, years: FirstAndLastYear
) -> Callable[[str], _Series | None]:
    """What gives the series of an indicator, None without one: all are read, those asked made."""
    if visit.regions[region].members:
        return {
            figure.indicator: _Series(figure.background, (figure,), _NOBODY, figure.period)
            for figure in _union_figures(visit, region, years)
        }.get
    headline_rows = headlines(visit.warehouse, region)
    if years:
        headline_rows = [row for row in headline_rows if overlaps(row[2], *years)]
    by_indicator: dict[str, dict[str, list[Headline]]] = {}
    for (id, group), rows in groupby(headline_rows, itemgetter(0, 7)):
        by_indicator.setdefault(id, {}).setdefault(group, []).extend(rows)

    def series_of(indicator: str) -> _Series | None:
        groups = by_indicator.get(indicator)
        return _chosen(groups) if groups else None

    return series_of


def _union_figures(visit: Visit, region: str, years: FirstAndLastYear) -> Iterator[Observation]:
    """The newest number of each indicator in some years, of a union of regions."""
    newest_figures = series.newest_observations(visit.context, visit.warehouse, (region,))
    known = visit.catalogue.indicator
    for newest in (figure for figure in newest_figures if figure.indicator in known):
        if years is None or overlaps(newest.period, *years):
            yield newest
        elif ends_before(years[1], newest.period):
            rows = series.region_series(
                visit.context, visit.warehouse, newest.indicator, regions=(region,)
            )
            yield from with_numbers(rows_inside(rows, years))[-1:]


def _chosen(groups: Mapping[str, Sequence[Headline]]) -> _Series:
    """Everybody; where the source has only groups, all foreign-born."""
    group = TOTAL if TOTAL in groups else BORN_ABROAD
    series = sorted(starmap(Observation, groups.get(group, ())), key=PERIOD)
    year = next((observation.period for observation in reversed(series) if observation.present), "")
    born_in_sweden, foreign_born = (
        next((Observation(*row) for row in reversed(groups.get(code, ())) if row[2] == year), None)
        for code in (BORN_HERE, BORN_ABROAD)
    )
    return _Series(group, series, (born_in_sweden, foreign_born), year)


def missing_figure(visit: Visit, indicator: Indicator, age: str | None = None) -> str:
    """
    That there is no figure here, or none anywhere; of a union why there can be none.

    Of an age group its members are not named: their figures are of all ages.
    """
    indicators_known = visit.context.memory.recall(
        (visit.warehouse.version, "indicators"),
        lambda: frozenset(indicators_with_numbers(visit.warehouse)),
    )
    region = visit.regions.get(visit.state.region)
    if indicator.parts and indicator.id in indicators_known:
        return term("only_parts", visit.lang)
    if indicator.id not in indicators_known or region is None:
        return term("no_data", visit.lang)
    where = region.where[visit.lang]
    named = region.is_several and age is None
    members = _member_figures(visit, region, indicator) if named else ()
    if members or (region.is_several and indicator.union == "none"):
        name = region.bare_name(visit.lang)
        group = Group(age=age or TOTAL)
        reason = unions.no_union_sentence(
            indicator, name=name, members=(), group=group, lang=visit.lang
        )
        return " ".join([reason, *members])
    return term("no_data_here", visit.lang, where=where)


def _member_figures(visit: Visit, region: Region, indicator: Indicator) -> tuple[str, ...]:
    """The newest figure of each member of a union of a few, by name, as one sentence or none."""
    codes = older_members(region)
    if len(codes) > series.MOST_SIDE_BY_SIDE:
        return ()
    rows = series.newest_observations(visit.context, visit.warehouse, region.members)
    known = [row for row in rows if row.indicator == indicator.id and row.region in visit.regions]
    newest = max((figure.period for figure in known), default="")
    names = names_in_list((figure.region for figure in known), visit.regions, visit.lang)
    parts = [
        f"{names[figure.region]} {value_phrase(figure, visit.wording(indicator))}"
        for figure in known
        if figure.period == newest
    ]
    if not parts:
        return ()
    group = Group(background=known[0].background)
    label = group_label(visit.catalogue, group, visit.lang)
    when = newest if group == EVERYBODY else f"{newest} ({label})"
    return (term("union_members_newest", visit.lang, period=when, members="; ".join(parts)),)
