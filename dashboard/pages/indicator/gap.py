"""
Differences: two groups against each other, over time in one region and in all of its level.

A side without a number leaves no difference. Nothing is judged: which group is higher is said,
whether the difference has grown, and which of the groups moved. The regions are in `gap_list`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from dash import html

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, GAP_MEASURES, LEVELS, GapMeasure
from dashboard.components.controls import Controls
from dashboard.components.frame import CHART_ID, select
from dashboard.components.map_words import MAP_LEVELS
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableRow, figure_table, mark_rows, table_section
from dashboard.data.observation import Observation
from dashboard.data.series import existing_combinations
from dashboard.pages.indicator import content, gap_list, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.gap_list import ShownRegions, gap_cells, gap_heads, gap_units
from dashboard.pages.indicator.listing import Listing
from dashboard.panels import panel
from dashboard.panels.gaps import GroupPair, pair_gaps
from dashboard.panels.inventory import existing_level_groups, longer_periods, no_figures_in_year
from dashboard.rules.gap_changes import GapRow, may_be_ranked
from dashboard.rules.gaps import (
    Gap,
    codes_by_kind,
    dimension_of,
    gap_indicator,
    gap_marks,
    gap_rows,
    have_common_people,
    pair_refusal,
    usual_pair,
    with_code,
)
from dashboard.rules.years import period_asked
from dashboard.sentences import unions
from dashboard.sentences.figures import gap_sentence, incomparable_sentence
from dashboard.sentences.gaps import doubt_sentence, gap_change_sentence
from dashboard.sentences.wording import category_label, difference_unit
from dashboard.state.links import Shown
from dashboard.state.resolve import ListSelection, groups_at_level
from dashboard.state.url import State
from dashboard.state.visit import Visit
from dashboard.text import format, lower_first, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.periods import overlaps
from etl.catalogue.regions import region_level

# Of each measure: the name of its line, and the value where both groups are alike.
_LINES: Mapping[GapMeasure, str] = MappingProxyType(
    {"gap": "difference_line", "ratio": "ratio_line", "index": "index_line"}
)
_ALIKE: Mapping[GapMeasure, float] = MappingProxyType({"gap": 0.0, "ratio": 1.0, "index": 100.0})


def _group_pair(
    visit: Visit, indicator: Indicator, scope: ListSelection
) -> tuple[GroupPair | None, Mapping[str, tuple[str, ...]], list[str]]:
    """The two groups, None without any; the codes that each kind offers; notices."""
    catalogue, pair = visit.catalogue, visit.state.pair
    of_region = existing_combinations(visit.context, visit.warehouse, indicator.id, scope.region)
    existing = groups_at_level(existing_level_groups(visit, indicator), scope.level) | of_region
    rest = scope.group
    codes_of = codes_by_kind(rest._replace(background=TOTAL), existing, catalogue)
    if not codes_of:
        rest = EVERYBODY
        codes_of = codes_by_kind(rest, existing, catalogue)
    kinds = [kind for kind, codes in codes_of.items() if set(pair) <= set(codes)]
    refusal = None
    if all(dimension_of(code, catalogue) for code in pair):
        one, other = (with_code(rest, code, catalogue) for code in pair)
        refusal = pair_refusal(one, other, indicator, catalogue)
    notices = []
    if (refusal or not kinds) and pair != State().pair:
        first_name, second_name = (lower_first(_group_name(visit, code)) for code in pair)
        key = f"refused_{refusal}" if refusal in {"nested", "kinds"} else "no_pair"
        notices.append(term(key, visit.lang, one=first_name, other=second_name))
    if not codes_of:
        return None, codes_of, notices
    kind = kinds[0] if kinds else next(iter(codes_of))
    codes = pair if kinds and refusal is None else usual_pair(codes_of[kind])
    first, second = codes
    return (
        GroupPair(
            codes,
            dimension_of(first, catalogue),
            kind,
            (with_code(rest, first, catalogue), with_code(rest, second, catalogue)),
            (_group_name(visit, first), _group_name(visit, second)),
        ),
        codes_of,
        notices,
    )


def _group_name(visit: Visit, code: str) -> str:
    name = dimension_of(code, visit.catalogue) or "background"
    return category_label(visit.catalogue, name, code, visit.lang)


def _controls(
    visit: Visit,
    indicator: Indicator,
    sides: Sequence[Listing],
    *,
    pair: GroupPair,
    codes_of: Mapping[str, tuple[str, ...]],
    year: str,
) -> Controls:
    """Region and level, the kind of groups, the two of them, what both have in common, the year."""
    lang = visit.lang
    kinds = [{"label": term(f"group_kind_{kind}", lang), "value": kind} for kind in codes_of]
    region, *scope = content.scope_controls(
        visit, indicator, sides[0].scope, without=pair.dimension
    )
    first = [region, select("kind_of_pair", term("group_by", lang), kinds, pair.kind)]
    for key, label, code, other in (
        ("first_group", "group_one", *pair.codes),
        ("second_group", "group_other", *reversed(pair.codes)),
    ):
        options = [
            {
                "label": _group_name(visit, option),
                "value": option,
                "disabled": have_common_people(pair.dimension, option, other),
            }
            for option in codes_of[pair.kind]
        ]
        first.append(select(key, term(label, lang), options, code))
    measures = [{"label": term(f"matt_{one}", lang), "value": one} for one in GAP_MEASURES]
    slides = visit.state.picture == "karta" and sides[0].scope.level in MAP_LEVELS
    years = [] if slides else content.period_options(_years(sides), lang)
    rest = [
        select("measure", term("measure_of_gap", lang), measures, visit.state.measure),
        *scope,
        *listing.select_field(visit, sides[0]),
    ]
    name = format.term_by_length("gap_year", year, lang)
    rest += [select("years", name, years, year)] if years else []
    names = {"varde": term("sorted_by_gap", lang), "forandring": term("sorted_by_gap_change", lang)}
    by_number = may_be_ranked(LEVELS[sides[0].scope.level], pair.dimension, indicator)
    rest.append(listing.select_order(visit, indicator, names, by_number=by_number))
    words = [visit.regions[code].name(lang) for code in (sides[0].scope.region,)
             if code in visit.regions]  # fmt: skip
    return Controls(first, rest, chosen=" · ".join([*words, *pair.names]))


def _heading(
    visit: Visit, indicator: Indicator, where: str, pair: GroupPair, *, key: str = "gap"
) -> str:
    """Measure, region and pair: what the chart shows, before its years."""
    title = indicator.title[visit.lang]
    return term(f"{key}_heading", visit.lang, title=title, where=where, **pair.words)


def over_time_section(
    visit: Visit,
    indicator: Indicator,
    series: Sequence[Gap],
    *,
    pair: GroupPair,
    sentences: Sequence[str],
    between: Sequence[Any] = (),
    is_drawn: bool = False,
) -> list[Any]:
    """
    The chart of the measure and the table; a sentence where the region has no difference.

    `between`: what stands after the chart, before the table. `is_drawn`: whether that is drawn,
    so that the sentence is a line above it and not all there is.
    """
    if not any(gap.value is not None for gap in series):
        kind = "absent" if is_drawn else "absent large"
        return [html.P(sentences[0], className=kind), *between]
    region = series[0].first.region
    where = visit.regions[region].where[visit.lang] if region in visit.regions else region
    title = _heading(visit, indicator, where, pair)
    return [
        _chart(visit, indicator, series, where=where, pair=pair, sentences=sentences),
        *between,
        _year_table(visit, indicator, series, pair=pair, title=title),
    ]


def _chart(
    visit: Visit,
    indicator: Indicator,
    series: Sequence[Gap],
    *,
    where: str,
    pair: GroupPair,
    sentences: Sequence[str],
) -> html.Div:
    """The gap of the selected region as a line; where no year has a ratio, why."""
    lang, measure = visit.lang, GAP_MEASURES[visit.state.measure]
    rows, measured = gap_rows(series, measure), gap_indicator(series, indicator, measure)
    heading = _heading(visit, indicator, where, pair, key=measure)
    title = heading + panel.years_suffix(rows, lang)
    missing = no_ratio_words(series, pair.words, lang)
    if not any(row.present for row in rows):
        return html.Div([html.H2(title), html.P(missing, className="absent large")])
    name = term(_LINES[measure], lang)
    line = ChartLine(series[0].first.region, EVERYBODY, name, chart_style.LEAD, width=3.0)
    reading = _reading(measure, indicator, pair, lang)
    how = " ".join([*reading, *panel.break_readings(rows, (line,), measured, lang)])
    sides = [side for gap in series for side in (gap.first, gap.second)]
    described = list(sentences)
    if measure != "gap":
        latest = [row for row in rows if row.present][-1]
        number = format.number(latest.number, measured.decimals, lang)
        described = [f"{format.period_name(latest.period, lang)}: {number}."]
    told = [*sentences[1:], missing if measure != "gap" else "", term("gap_why", lang)]
    return content.chart_panel(
        content.DrawnChart(
            line_chart.line_chart(rows, [line], measured, visit.look, alike=_ALIKE[measure]),
            title=content.heading_words(title, indicator, lang),
            how=how,
            alternative=content.text_alternative(f"{measure}_of", title, described, visit),
            sentences=told,
            id=CHART_ID,
            footer=[chart_buttons(visit, indicator, sides, title=title, how=how, what=name)],
        )
    )


def _reading(measure: GapMeasure, indicator: Indicator, pair: GroupPair, lang: Lang) -> list[str]:
    """How a chart of a measure is read: its unit, what is computed, and where groups are alike."""
    words = {"one": pair.names[0], "other": pair.words["other"]}
    computed = {"gap": "minus", "ratio": "divided", "index": "index_reading"}[measure]
    unit = term("gap_unit", lang, unit=difference_unit(indicator, lang)) if measure == "gap" else ""
    parts = [unit, f"{term(computed, lang, **words)}.", term(f"{measure}_how", lang, **pair.words)]
    return [part for part in parts if part]


def no_ratio_words(series: Sequence[Gap], words: Mapping[str, str], lang: Lang) -> str:
    """Why some gaps of a series have no ratio, other than that there is no gap; "" for none."""
    reasons = dict.fromkeys(gap.no_ratio for gap in series if gap.no_ratio not in {None, "missing"})
    return " ".join(term(f"no_ratio_{reason}", lang, **words) for reason in reasons)


def _year_table(
    visit: Visit, indicator: Indicator, series: Sequence[Gap], *, pair: GroupPair, title: str
) -> html.Section:
    """Both groups, difference and ratio of each year, newest first, with breaks between."""
    lang = visit.lang
    length = format.term_by_length("period", series[-1].period, lang)
    heads = [length, *gap_heads(pair, visit)]
    rows: list[TableRow | html.Tr] = []
    for before, after in pairwise([None, *series]):
        if after is None:
            continue
        between = []
        if before is not None:
            marks = dict.fromkeys((*gap_marks(before, indicator), *gap_marks(after, indicator)))
            between = mark_rows(marks, before.period, after.period, columns=len(heads), lang=lang)
        name = format.period_short(after.period, lang)
        rows = [TableRow(name, gap_cells(after, indicator, visit)), *between, *rows]
    table = figure_table(
        title, heads, [("", rows)], unit=gap_units(indicator, visit), kind="regions"
    )
    missing = no_ratio_words(series, pair.words, lang)
    return table_section(table, [missing] if missing else [], lang)


def _years(sides: Sequence[Listing]) -> list[str]:
    """The years in which both groups have a number in some listed region, newest first."""
    first, second = (set(side.years) for side in sides)
    return sorted(first & second, reverse=True)


def _shown_year(visit: Visit, sides: Sequence[Listing], series: Sequence[Gap]) -> str:
    """The year of the bars: the link's, else the newest of the selected region, else the newest."""
    years = _years(sides)
    shown = period_asked(years, visit.state.years)
    if shown:
        return shown
    of_region = [gap.period for gap in series if gap.value is not None and gap.period in years]
    return of_region[-1] if of_region else next(iter(years), "")


def _listed_pair(
    visit: Visit, indicator: Indicator, scope: ListSelection, pair: GroupPair
) -> tuple[list[Listing], ShownRegions]:
    """The listing of each group, and the regions with their gaps in the year that is shown."""
    sides = listing.listings_of_groups(visit, indicator, scope, pair.groups)
    known = pair_gaps([row for side in sides for row in side.rows], pair.groups, indicator)
    year = _shown_year(visit, sides, known.of(scope.region))
    return sides, gap_list.shown_regions(visit, sides[0], known, pair, year=year)


def shown_gaps(visit: Visit, indicator: Indicator) -> ShownRegions | None:
    """The list of regions that the view shows, as a file has it; None where no two groups exist."""
    scope, _ = listing.scope_of_link(visit, indicator)
    pair, _, _ = _group_pair(visit, indicator, scope)
    return _listed_pair(visit, indicator, scope, pair)[1] if pair else None


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The pair that the link asks for: difference and ratio over time, and by region."""
    scope, notices = listing.scope_of_link(visit, indicator)
    pair, codes_of, pair_notices = _group_pair(visit, indicator, scope)
    if pair is None:
        return _no_pairs(
            visit, indicator, listing.listing_of_scope(visit, indicator, scope), notices
        )
    sides, regions = _listed_pair(visit, indicator, scope, pair)
    first, year = sides[0], regions.year
    series = regions.known.of(scope.region)
    own = regions.own(scope.region)
    sentences, lede = _sentences(series, first, own), ""
    if any(gap.value is not None for gap in series):
        lede, more = content.summary_parts(sentences[0], visit, indicator)
        sentences = [lede, more, *sentences[1:]]
    slider = gap_list.gap_years(regions)
    over_time = over_time_section(
        visit,
        indicator,
        series,
        pair=pair,
        sentences=sentences,
        between=gap_list.regions_section(regions, slider),
        is_drawn=regions.found is not None,
    )
    rows = [row for side in sides for row in _shown_rows(side, year)]
    where = (
        visit.regions[scope.region].where[visit.lang]
        if scope.region in visit.regions
        else scope.region
    )
    return ViewContent(
        heading=_heading(visit, indicator, where, pair),
        content=[
            *listing.groups_not_shown(visit, first, pair.groups),
            *over_time,
            *content.source_paragraphs(visit, indicator, rows),
        ],
        rows=rows,
        slider=slider,
        controls=_controls(visit, indicator, sides, pair=pair, codes_of=codes_of, year=year),
        notices=[*notices, *first.field.notices, *pair_notices, *_longer(visit, indicator, year)],
        offered=Shown(pairs={kind: usual_pair(codes) for kind, codes in codes_of.items()}),
        summary=lede,
        has_empty=any(gap.value is None and not gap.status for gap in series),
        has_gap_file=bool(regions.found),
        wording=first.wording,
    )


def _longer(visit: Visit, indicator: Indicator, year: str) -> list[str]:
    """That a whole year is shown instead of a part of it, or another than the link asks for."""
    asked = visit.state.years
    if not (asked and year):
        return []
    if overlaps(year, asked[1], asked[1]):
        return longer_periods(visit, (asked[1], asked[1]), [year])
    return [no_figures_in_year(visit, indicator.id, asked[1])]


def _no_pairs(
    visit: Visit, indicator: Indicator, listed: Listing, notices: list[str]
) -> ViewContent:
    """The view where no two groups exist."""
    controls = content.list_controls(visit, indicator, listed.scope, used=[])
    notices = [*notices, *listed.field.notices]
    empty = listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    notice = html.P(term("no_pairs", visit.lang), className="absent large")
    return replace(empty, content=[notice])


def _shown_rows(side: Listing, year: str) -> list[Observation]:
    """The rows of a group that stand in the charts: the selected region's, and all of the year."""
    region = side.scope.region
    return [row for row in side.rows if row.region == region or row.period == year]


def _sentences(series: Sequence[Gap], listed: Listing, own: GapRow | None) -> list[str]:
    """The newest difference of the selected region, when it is missing, and what became of it."""
    wording = listed.wording
    with_value = [gap for gap in series if gap.value is not None]
    if not with_value:
        return [_missing_reason(series, listed), ""]
    latest = with_value[-1]
    missing = (
        [incomparable_sentence(series[-1].difference, wording)] if series[-1] is not latest else []
    )
    changed = []
    if own and own.change:
        changed = [gap_change_sentence(own.change, own.gap or latest, wording).complete]
        changed.append(doubt_sentence(own, wording.lang))
    return [
        " ".join([*missing, gap_sentence(latest.first, latest.second, wording).complete]),
        " ".join(filter(None, changed)),
    ]


def _missing_reason(series: Sequence[Gap], listed: Listing) -> str:
    """That the selected region has no difference; of a union whose groups have no figure, why."""
    wording, region = listed.wording, listed.scope.region
    if not series and region_level(region) in {"group", "stadsdel"}:
        name = wording.region_name(region)
        return unions.no_union_sentence(
            wording.indicator, name=name, members=(), group=listed.scope.group, lang=wording.lang
        )
    return term("gap_none_here", wording.lang, where=wording.locative(region))
