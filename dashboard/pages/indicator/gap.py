"""
Differences: two groups against each other, over time in one region and in the regions of a year.

A side without a number leaves no difference. Nothing is judged: which group is higher is said,
and whether the difference has grown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from dash import html

from dashboard.charts import line_chart
from dashboard.charts import style as chart_style
from dashboard.charts.bars import Bar, BarForm, bars
from dashboard.charts.style import ChartLine
from dashboard.codes import EVERYBODY, GapMeasure, Group
from dashboard.components.frame import CHART_ID, select
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    mark_rows,
    table_section,
)
from dashboard.data.observation import Observation
from dashboard.data.series import existing_combinations
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.panels import panel
from dashboard.panels.inventory import existing_level_groups, longer_periods
from dashboard.rules import order
from dashboard.rules.gaps import (
    RATIO_DECIMALS,
    Gap,
    codes_by_kind,
    dimension_of,
    gap_indicator,
    gap_marks,
    gap_rows,
    gaps,
    usual_pair,
    with_code,
)
from dashboard.rules.years import period_asked
from dashboard.sentences import unions
from dashboard.sentences.figures import gap_sentence, incomparable_sentence
from dashboard.sentences.gaps import gap_change_sentence
from dashboard.sentences.wording import category_label, difference_unit, unit_sentence
from dashboard.state.links import Shown
from dashboard.state.resolve import ListSelection, groups_at_level
from dashboard.state.url import State
from dashboard.state.visit import Visit
from dashboard.text import format, lower_first, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.periods import overlaps
from etl.catalogue.regions import region_level


@dataclass(frozen=True)
class GroupPair:
    """Two groups that differ in one dimension, as the link names them and as they are asked for."""

    codes: tuple[str, str]
    dimension: str
    kind: str
    groups: tuple[Group, Group]
    names: tuple[str, str]

    @property
    def words(self) -> dict[str, str]:
        """The names inside a sentence, as its blanks."""
        first, second = (lower_first(name) for name in self.names)
        return {"one": first, "other": second}


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
    notices = []
    if not kinds and pair != State().pair:
        first_name, second_name = (_group_name(visit, code) for code in pair)
        notices.append(term("no_pair", visit.lang, one=first_name, other=second_name))
    if not codes_of:
        return None, codes_of, notices
    kind = kinds[0] if kinds else next(iter(codes_of))
    codes = pair if kinds and pair[0] != pair[1] else usual_pair(codes_of[kind])
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
) -> list[Any]:
    """Region and level, the kind of groups, the two of them, what both have in common, the year."""
    lang = visit.lang
    kinds = [{"label": term(f"group_kind_{kind}", lang), "value": kind} for kind in codes_of]
    selects = [
        *content.scope_controls(visit, indicator, sides[0].scope, without=pair.dimension),
        *listing.select_field(visit, sides[0]),
        select("kind_of_pair", term("group_by", lang), kinds, pair.kind),
    ]
    for key, label, code, disabled in (
        ("first_group", "group_one", *pair.codes),
        ("second_group", "group_other", *reversed(pair.codes)),
    ):
        options = [
            {"label": _group_name(visit, option), "value": option, "disabled": option == disabled}
            for option in codes_of[pair.kind]
        ]
        selects.append(select(key, term(label, lang), options, code))
    years = content.period_options(_years(sides), lang)
    name = format.term_by_length("gap_year", year, lang)
    selects += [select("years", name, years, year)] if years else []
    return content.controls_row(selects)


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
) -> list[Any]:
    """Both charts and the table; one sentence where the selected region has no difference."""
    if not any(gap.value is not None for gap in series):
        return [html.P(sentences[0], className="absent large")]
    region = series[0].first.region
    where = visit.regions[region].where[visit.lang] if region in visit.regions else region
    title = _heading(visit, indicator, where, pair)
    years = panel.years_suffix(gap_rows(series, "gap"), visit.lang)
    parts = [
        _chart(visit, indicator, series, title=title + years, pair=pair, sentences=sentences),
        _year_table(visit, indicator, series, pair=pair, title=title),
    ]
    if any(gap.ratio is not None for gap in series):
        title = _heading(visit, indicator, where, pair, key="ratio")
        title += panel.years_suffix(gap_rows(series, "ratio"), visit.lang)
        parts.insert(1, _ratio_chart(visit, indicator, series, title=title, pair=pair))
    return parts


def _chart(
    visit: Visit,
    indicator: Indicator,
    series: Sequence[Gap],
    *,
    title: str,
    pair: GroupPair,
    sentences: Sequence[str],
) -> html.Div:
    """The difference of the selected region as a line."""
    reading = [
        term("gap_unit", visit.lang, unit=difference_unit(indicator, visit.lang)),
        f"{term('minus', visit.lang, one=pair.names[0], other=pair.words['other'])}.",
        term("gap_how", visit.lang, **pair.words),
    ]
    return _line_panel(
        visit,
        indicator,
        series,
        title=title,
        reading=reading,
        described=sentences,
        sentences=sentences[1:],
    )


def _ratio_chart(
    visit: Visit, indicator: Indicator, series: Sequence[Gap], *, title: str, pair: GroupPair
) -> html.Div:
    """The ratio of the selected region as a line."""
    reading = [
        f"{term('divided', visit.lang, one=pair.names[0], other=pair.words['other'])}.",
        term("ratio_how", visit.lang, **pair.words),
    ]
    latest = [gap for gap in series if gap.ratio is not None][-1]
    ratio = format.number(latest.ratio, RATIO_DECIMALS, visit.lang)
    return _line_panel(
        visit,
        indicator,
        series,
        title=title,
        reading=reading,
        described=[f"{format.period_name(latest.period, visit.lang)}: {ratio}."],
        ratio=True,
    )


def _line_panel(
    visit: Visit,
    indicator: Indicator,
    series: Sequence[Gap],
    *,
    title: str,
    reading: Sequence[str],
    described: Sequence[str],
    sentences: Sequence[str] = (),
    ratio: bool = False,
) -> html.Div:
    """A chart of a line over time, of the differences or of the ratios."""
    lang, key = visit.lang, "ratio" if ratio else "gap"
    measure: GapMeasure = "ratio" if ratio else "gap"
    rows, measured = gap_rows(series, measure), gap_indicator(series, indicator, measure)
    name = term("ratio_line" if ratio else "difference_line", lang)
    line = ChartLine(series[0].first.region, EVERYBODY, name, chart_style.LEAD, width=3.0)
    how = " ".join([*reading, *panel.break_readings(rows, (line,), measured, lang)])
    sides = [side for gap in series for side in (gap.first, gap.second)]
    return content.chart_panel(
        line_chart.line_chart(rows, [line], measured, visit.look, alike=1.0 if ratio else 0.0),
        title=title,
        how=how,
        alternative=content.text_alternative(f"{key}_of", title, described, visit),
        sentences=sentences,
        id="ratio" if ratio else CHART_ID,
        footer=[chart_buttons(visit, indicator, sides, title=title, how=how, what=name)],
    )


def _year_table(
    visit: Visit, indicator: Indicator, series: Sequence[Gap], *, pair: GroupPair, title: str
) -> html.Section:
    """Both groups, difference and ratio of each year, newest first, with breaks between."""
    lang = visit.lang
    length = format.term_by_length("period", series[-1].period, lang)
    heads = [length, *_heads(pair, lang)]
    rows: list[TableRow | html.Tr] = []
    for before, after in pairwise([None, *series]):
        if after is None:
            continue
        between = []
        if before is not None:
            marks = dict.fromkeys((*gap_marks(before, indicator), *gap_marks(after, indicator)))
            between = mark_rows(marks, before.period, after.period, columns=len(heads), lang=lang)
        name = format.period_short(after.period, lang)
        rows = [TableRow(name, _cells(after, indicator, visit)), *between, *rows]
    table = figure_table(title, heads, [("", rows)], unit=_units(indicator, visit), kind="regions")
    return table_section(table, (), lang)


def _units(indicator: Indicator, visit: Visit) -> str:
    """The unit of the figures, that of their difference, and who has worked it out."""
    lang = visit.lang
    unit = term("difference_unit", lang, unit=difference_unit(indicator, lang))
    figures = unit_sentence(indicator, lang, counts=visit.state.counts)
    return f"{figures} {unit} {term('difference_own', lang)}"


def _heads(pair: GroupPair, lang: Lang) -> list[str]:
    """The heads of both groups, their difference and their ratio."""
    return [*pair.names, term("column_difference", lang), term("column_ratio", lang)]


def _cells(gap: Gap, indicator: Indicator, visit: Visit) -> list[Any]:
    """Both figures with their symbols, the difference with its sign, and the ratio."""
    lang, counts = visit.lang, visit.state.counts
    sides = [figure_cell(side, indicator, lang, counts=counts) for side in (gap.first, gap.second)]
    ratio = "–" if gap.ratio is None else format.number(gap.ratio, RATIO_DECIMALS, lang)
    return [*sides, content.signed_difference(gap.value, indicator, lang), ratio]


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


def _regions_section(
    visit: Visit, indicator: Indicator, sides: Sequence[Listing], *, pair: GroupPair, year: str
) -> list[Any]:
    """The bars and their table; a sentence where no listed region has a difference."""
    lang, (first, second) = visit.lang, sides
    title = _heading(visit, indicator, listing.regions_phrase(visit, first), pair)
    if not year:
        reason = listing.no_figures_reason(visit, first)
        return [html.H2(title), html.P(reason, className="absent")]
    title = f"{title} {format.period_name(year, lang)}"
    names = listing.list_names(visit, listing.present_divisions(visit, first, [year]))
    region_gaps = _ordered(gaps(first.at(year), second.at(year), indicator), names, indicator)
    span = _span(region_gaps, indicator, lang)
    how = " ".join(
        [
            term("gap_unit", lang, unit=difference_unit(indicator, lang)),
            term("gap_how", lang, **pair.words),
            term("ordered_namn", lang),
        ]
    )
    rows = first.of_year(year, names)
    what = term("gap_by_region", lang)
    chart = content.chart_panel(
        bars(
            [_bar(gap, names, indicator, lang) for gap in region_gaps],
            visit.look,
            region=first.scope.region,
            form=BarForm(solid=True, base=0.0),
        ),
        title=title,
        how=how,
        alternative=content.text_alternative("gap_of", title, [span], visit),
        sentences=[span],
        id="regions",
        footer=[chart_buttons(visit, indicator, rows, title=title, how=how, what=what)],
    )
    table_rows = [
        TableRow(
            names[region], _cells(gap, indicator, visit), selected=region == first.scope.region
        )
        for gap in region_gaps
        for region in [gap.first.region]
    ]
    heads = [TableHead(term("column_region", lang), "ascending"), *_heads(pair, lang)]
    unit = _units(indicator, visit)
    table = figure_table(title, heads, [("", table_rows)], unit=unit, kind="regions")
    return [
        html.Div(chart, className="after"),
        listing.rows_section(visit, indicator, table, rows, ordered=False),
    ]


def _ordered(
    region_gaps: Sequence[Gap], names: Mapping[str, str], indicator: Indicator
) -> list[Gap]:
    """The gaps by name; those without a difference, or of another register, after."""
    by_region = {gap.first.region: gap for gap in region_gaps if gap.first.region in names}
    with_value = [gap.first for gap in by_region.values() if gap.value is not None]
    alike = order.largest_comparable(with_value, indicator)
    codes = {observation.region for observation in alike}
    rest = [gap.first for code, gap in by_region.items() if code not in codes]
    items = (*order.ordered_by_name(alike, names), *order.ordered_by_name(rest, names))
    return [by_region[item.observation.region] for item in items]


def _bar(gap: Gap, names: Mapping[str, str], indicator: Indicator, lang: Lang) -> Bar:
    name, reason = names[gap.first.region], gap.difference.verdict.reason
    if gap.value is not None:
        text = content.signed_difference(gap.value, indicator, lang)
    elif reason and reason != "missing":
        text = term(f"aside_{reason}", lang)
    else:
        text = format.symbol(gap.status) or term("not_available", lang)
    return Bar(gap.first.region, name, gap.value, text, f"<b>{name}</b>: {text}")


def _span(region_gaps: Sequence[Gap], indicator: Indicator, lang: Lang) -> str:
    """The lowest and the highest difference, and how many regions have one."""
    values = [gap.value for gap in region_gaps if gap.value is not None]
    if not values:
        return content.count_sentence("gap_span", 0, len(region_gaps), lang)
    low, high = (
        content.signed_difference(value, indicator, lang) for value in (min(values), max(values))
    )
    blanks = {"low": low, "high": high, "unit": difference_unit(indicator, lang)}
    return content.count_sentence("gap_span", len(values), len(region_gaps), lang, **blanks)


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The pair that the link asks for: difference and ratio over time, and by region."""
    scope, notices = listing.scope_of_link(visit, indicator)
    pair, codes_of, pair_notices = _group_pair(visit, indicator, scope)
    if pair is None:
        return _no_pairs(
            visit, indicator, listing.listing_of_scope(visit, indicator, scope), notices
        )
    sides = [
        listing.listing_of_scope(visit, indicator, replace(scope, group=group))
        for group in pair.groups
    ]
    first, second = sides
    series = gaps(first.of(scope.region), second.of(scope.region), indicator)
    sentences = _sentences(series, first)
    year = _shown_year(visit, sides, series)
    over_time = over_time_section(visit, indicator, series, pair=pair, sentences=sentences)
    regions = _regions_section(visit, indicator, sides, pair=pair, year=year)
    rows = [row for side in sides for row in _shown_rows(side, year)]
    where = (
        visit.regions[scope.region].where[visit.lang]
        if scope.region in visit.regions
        else scope.region
    )
    return ViewContent(
        heading=_heading(visit, indicator, where, pair),
        content=[*over_time, *regions, *content.source_paragraphs(visit, indicator, rows)],
        rows=rows,
        controls=_controls(visit, indicator, sides, pair=pair, codes_of=codes_of, year=year),
        notices=[*notices, *first.field.notices, *pair_notices, *_longer(visit, year)],
        offered=Shown(pairs={kind: usual_pair(codes) for kind, codes in codes_of.items()}),
        summary=sentences[0] if any(gap.value is not None for gap in series) else "",
        has_empty=any(gap.value is None and not gap.status for gap in series),
        wording=first.wording,
    )


def _longer(visit: Visit, year: str) -> list[str]:
    """That a whole year is shown instead of a part of it that the link asks for."""
    asked = visit.state.years
    is_asked = year and asked and overlaps(year, asked[1], asked[1])
    return longer_periods(visit, (asked[1], asked[1]), [year]) if asked and is_asked else []


def _no_pairs(
    visit: Visit, indicator: Indicator, listed: Listing, notices: list[str]
) -> ViewContent:
    """The view where no two groups exist."""
    controls = content.controls_row(content.scope_controls(visit, indicator, listed.scope))
    notices = [*notices, *listed.field.notices]
    empty = listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    notice = html.P(term("no_pairs", visit.lang), className="absent large")
    return replace(empty, content=[notice])


def _shown_rows(side: Listing, year: str) -> list[Observation]:
    """The rows of a group that stand in the charts: the selected region's, and all of the year."""
    region = side.scope.region
    return [row for row in side.rows if row.region == region or row.period == year]


def _sentences(series: Sequence[Gap], listed: Listing) -> list[str]:
    """The newest difference of the selected region, how it changed, and when it is missing."""
    wording = listed.wording
    with_value = [gap for gap in series if gap.value is not None]
    if not with_value:
        return [_missing_reason(series, listed), ""]
    latest = with_value[-1]
    missing = (
        [incomparable_sentence(series[-1].difference, wording)] if series[-1] is not latest else []
    )
    change = gap_change_sentence(series, wording)
    return [
        " ".join([*missing, gap_sentence(latest.first, latest.second, wording).complete]),
        change.complete if change else "",
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
