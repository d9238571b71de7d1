"""
Compare: the chart of the regions of a level in one year, with county and country as lines.

By name unless the reader asks; what cannot be compared with the others comes after, and says why.
Where the link names several groups each region has a dot of each.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.charts import style
from dashboard.charts.bars import bars, base_words, region_bar, region_reference
from dashboard.charts.line_chart import starts_at_zero
from dashboard.charts.strips import STRIP_MARKS, StripRow, strips
from dashboard.charts.style import ChartLine
from dashboard.codes import BY_NUMBER, Group, common_group
from dashboard.components.controls import Chip, Controls, chips
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableRow, figure_cell, figure_table
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import (
    Listing,
    YearComparison,
    comparison_table,
    level_summary,
    signed_change,
    year_comparison,
)
from dashboard.panels.inventory import existing_level_groups
from dashboard.rules.comparison import NOT_COMPARED
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.summary import narrative
from dashboard.sentences.wording import (
    breakdown_words,
    difference_unit,
    group_label,
    unit_sentence,
)
from dashboard.state.groups import MOST_LINES
from dashboard.state.resolve import ListSelection, groups_at_level, named_groups
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, lower_first, term
from etl.catalogue import TOTAL, Indicator


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The regions that the link asks for, as chart and table."""
    with_lines = indicator.measure not in NOT_COMPARED
    listed, notices = listing.listing_of_link(visit, indicator, beside=with_lines)
    groups, group_notices = _groups(visit, indicator, listed)
    if len(groups) > 1:
        notices = [*notices, *group_notices]
        return _by_group(visit, indicator, listed.scope, groups=groups, notices=notices)
    period, year_notices = listing.shown_year(visit, listed)
    controls = _controls(visit, indicator, listed, period)
    if not period:
        return listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    shown = year_comparison(visit, indicator, listed, period)
    heading = listing.list_heading(visit, indicator, listed)
    title = f"{heading} {format.period_name(period, visit.lang)}"
    sentences = [level_summary(listed, period), _span(shown, indicator, visit)]
    alternative = content.text_alternative("compare_of", title, sentences, visit)
    lede, more = content.summary_parts(sentences[0], visit, indicator)
    how = _how(visit, indicator, shown)
    chart = content.chart_panel(
        content.DrawnChart(
            _figure(visit, indicator, shown),
            title=content.heading_words(title, indicator, visit.lang),
            how=how,
            alternative=alternative,
            sentences=[
                more,
                sentences[1],
                *_incomparable_sentences(shown),
                *_cautions(shown, visit),
            ],
            footer=[chart_buttons(visit, indicator, shown.rows, title=title, how=how)],
        )
    )
    return ViewContent(
        heading=title,
        content=[
            *listing.groups_not_shown(visit, listed, [listed.scope.group]),
            html.Div([chart, *content.source_paragraphs(visit, indicator, shown.rows)]),
            comparison_table(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        controls=controls,
        notices=[*notices, *year_notices],
        summary=lede,
        has_empty=shown.has_empty,
        wording=listed.wording,
    )


def _groups(
    visit: Visit, indicator: Indicator, listed: Listing
) -> tuple[tuple[Group, ...], list[str]]:
    """The groups of the link that exist at the level, and which of them are not shown."""
    named, lang = named_groups(visit.state), visit.lang
    existing = groups_at_level(existing_level_groups(visit, indicator), listed.scope.level)
    found = [group for group in named if group in existing]
    missing = [group for group in named[1:] if group not in existing]  # the first is told already
    shown, left_out = tuple(found[:MOST_LINES]), found[MOST_LINES:]
    notices = []
    if missing and len(found) > 1:
        region = term(f"niva_{listed.scope.level}", lang).lower()
        what = "; ".join(group_label(visit.catalogue, group, lang) for group in missing)
        notices.append(term("no_combination_for", lang, region=region, what=what))
    if left_out:
        names = "; ".join(group_label(visit.catalogue, group, lang) for group in left_out)
        notices.append(term("too_many_groups", lang, count=MOST_LINES, names=names))
    return shown or (listed.scope.group,), notices


def _by_group(
    visit: Visit,
    indicator: Indicator,
    scope: ListSelection,
    *,
    groups: tuple[Group, ...],
    notices: Sequence[str],
) -> ViewContent:
    """Every group in every region of the level, in the order of the first group."""
    listings = listing.listings_of_groups(visit, indicator, scope, groups)
    first = listings[0]
    period, year_notices = listing.shown_year(visit, first)
    controls = _controls(visit, indicator, first, period, together=groups)
    notices = [*notices, *first.field.notices, *year_notices]
    if not period:
        return listing.empty_view(visit, indicator, first, notices=notices, controls=controls)
    shown = year_comparison(visit, indicator, first, period)
    common = replace(first, scope=replace(scope, group=common_group(groups)))
    by = breakdown_words(visit.catalogue, groups, visit.lang)
    title = f"{listing.list_heading(visit, indicator, common)}, {by} "
    title += format.period_name(period, visit.lang)
    marks = _marks(visit, groups)
    key = [Chip(f"{STRIP_MARKS[line.mark]} {line.name}", line) for line in marks]
    rows = _strip_rows(visit, shown, listings, period)
    figures = tuple(one for row in rows for one in row.figures if one is not None)
    own = [replace(line, region=scope.region) for line in marks]
    own_rows = [one for one in figures if one.region == scope.region]
    summary = narrative(own_rows, [line for line in own if line.rows(own_rows)], first.wording)
    lede, more = content.summary_parts(summary.level, visit, indicator)
    how = _how_of_groups(visit, indicator, shown, leading=marks[0].name, rows=rows)
    chart = content.chart_panel(
        content.DrawnChart(
            strips(rows, marks, indicator, visit.look, region=scope.region),
            title=content.heading_words(title, indicator, visit.lang),
            how=how,
            alternative=content.text_alternative("compare_of", title, [summary.level], visit),
            sentences=[more],
            key=[chips(key, visit.lang, kind="chips key")],
            footer=[
                chart_buttons(
                    visit,
                    indicator,
                    figures,
                    title=title,
                    how=how,
                    key=[(line.colour, chip.name) for line, chip in zip(marks, key, strict=True)],
                ),
            ],
        )
    )
    return ViewContent(
        heading=title,
        content=[
            html.Div([chart, *content.source_paragraphs(visit, indicator, figures)]),
            _group_table(visit, indicator, shown, rows, marks=marks, title=title),
        ],
        rows=figures,
        controls=controls,
        notices=notices,
        summary=lede,
        has_empty=any(one is None for row in rows for one in row.figures),
        wording=first.wording,
    )  # fmt: skip


def _marks(visit: Visit, groups: Sequence[Group]) -> list[ChartLine]:
    """Name, colour and mark of each group."""
    common = common_group(groups)._asdict()
    alike = {name: TOTAL for name, code in common.items() if code != TOTAL}
    colours = (*style.PALETTE, style.COUNTRY_COLOUR)
    return [
        ChartLine("", group, _called(visit, group._replace(**alike)), colour, mark=mark)
        for group, colour, mark in zip(groups, colours, STRIP_MARKS, strict=False)
    ]


def _called(visit: Visit, group: Group) -> str:
    first, *rest = group_label(visit.catalogue, group, visit.lang).split(", ")
    return ", ".join([first, *map(lower_first, rest)])


def _strip_rows(
    visit: Visit, shown: YearComparison, listings: Sequence[Listing], period: str
) -> list[StripRow]:
    """The listed regions, then the selected one and those beside them, each with its figures."""
    listed = shown.listed
    rows = [
        StripRow(code, shown.names[code], tuple(one.observation(code, period) for one in listings))
        for code in (item.region for item in shown.items)
    ]
    beside = [
        code
        for code in dict.fromkeys((listed.scope.region, *listed.beside))
        if code not in shown.names and code in visit.regions
    ]
    part = term("beside_rows", visit.lang)
    for code in beside:
        figures = tuple(one.observation(code, period) for one in listings)
        if any(figures):
            rows.append(StripRow(code, visit.regions[code].name(visit.lang), figures, part))
            part = ""
    return rows


def _how_of_groups(
    visit: Visit,
    indicator: Indicator,
    shown: YearComparison,
    *,
    leading: str,
    rows: Sequence[StripRow],
) -> str:
    """Unit, and how the dots are read and ordered."""
    lang = visit.lang
    parts = [unit_sentence(indicator, lang), term("dots_of_groups", lang)]
    if not starts_at_zero(one.number for row in rows for one in row.present):
        parts.append(term("axis_not_zero", lang))
    parts.append(term(f"ordered_{shown.order}", lang, year=format.period_name(shown.earlier, lang)))
    if shown.order in BY_NUMBER:
        parts.append(term("order_of_group", lang, group=lower_first(leading)))
    return " ".join(parts)


def _group_table(
    visit: Visit,
    indicator: Indicator,
    shown: YearComparison,
    rows: Sequence[StripRow],
    *,
    marks: Sequence[ChartLine],
    title: str,
) -> html.Section:
    """The figures of the chart: regions by groups, and those beside them under these."""
    lang, region = visit.lang, shown.listed.scope.region
    heads = [term("column_region", lang), *(line.name for line in marks)]
    lines = {
        row.region: TableRow(
            row.name,
            [figure_cell(one, indicator, lang, counts=visit.state.counts) for one in row.figures],
            row.region == region,
        )
        for row in rows
    }
    inside = [line for code, line in lines.items() if code in shown.names]
    beside = [line for code, line in lines.items() if code not in shown.names]
    table = figure_table(
        title,
        heads,
        [("", inside), (term("beside_rows", lang), beside)],
        unit=content.example_words(visit)
        + unit_sentence(indicator, lang, counts=visit.state.counts),
        kind="regions",
    )
    figures = [one for row in rows for one in row.figures if one is not None]
    ordered = shown.order in BY_NUMBER
    return listing.rows_section(visit, indicator, table, figures, ordered=ordered)


def _controls(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    period: str,
    *,
    together: Sequence[Group] = (),
) -> Controls:
    year, order = (
        listing.select_year(visit, listed, period),
        listing.select_order(
            visit, indicator, by_number=listing.may_be_ordered(listed.scope, indicator)
        ),
    )
    return content.list_controls(
        visit,
        indicator,
        listed.scope,
        used=[*year, order],
        rest=listing.select_field(visit, listed),
        period=period,
        together=together,
    )


def _figure(visit: Visit, indicator: Indicator, shown: YearComparison) -> dict[str, Any]:
    look, region = visit.look, shown.listed.scope.region
    references = [
        region_reference(
            visit.regions[line.reference.region],
            line.reference,
            indicator,
            look,
            selected=line.reference.region == region,
        )
        for line in shown.lines
    ]
    by_change = shown.order == "forandring"
    rows = [
        region_bar(
            item,
            shown.names[item.region],
            indicator,
            look,
            change=signed_change(item, indicator, visit.lang) if by_change and item.change else "",
        )
        for item in shown.items
    ]
    return bars(rows, look, region=region, form=shown.form, references=references)


def _how(visit: Visit, indicator: Indicator, shown: YearComparison) -> str:
    """Unit, and how the chart is read; names only what is drawn."""
    lang, form, region = visit.lang, shown.form, shown.listed.scope.region
    parts = [
        unit_sentence(indicator, lang),
        base_words(form, lang),
        term(f"ordered_{shown.order}", lang, year=format.period_name(shown.earlier, lang)),
    ]
    if region in shown.names:
        parts.append(term("own_dark", lang, name=shown.names[region]))
    lines = [visit.regions[line.reference.region].name(lang) for line in shown.lines]
    parts += [term("reference_lines", lang, names=enumerated(lines, lang))] if lines else []
    return " ".join(parts)


def _span(shown: YearComparison, indicator: Indicator, visit: Visit) -> str:
    """The lowest and the highest value, and how many regions have one."""
    numbers = [item.observation.number for item in shown.alike]
    if not numbers:
        return content.count_sentence("span", 0, len(shown.items), visit.lang)
    low, high = (
        format.measured(value, None, indicator, visit.lang)
        for value in (min(numbers), max(numbers))
    )
    if format.names_unit(indicator):
        high += f" {difference_unit(indicator, visit.lang)}"
        low += f" {difference_unit(indicator, visit.lang)}" * (len(numbers) == 1)
    count, total = len(numbers), len(shown.items)
    return content.count_sentence("span", count, total, visit.lang, low=low, high=high)


def _incomparable_sentences(shown: YearComparison) -> list[str]:
    """Why a county or the country is no line in the chart."""
    incomparable = [reference for reference in shown.references if reference not in shown.lines]
    return [incomparable_sentence(reference, shown.listed.wording) for reference in incomparable]


def _cautions(shown: YearComparison, visit: Visit) -> list[str]:
    """Cautions of the changes by which the rows are ordered, and why some have none."""
    if shown.order != "forandring":
        return []
    changes = [item.change for item in shown.items if item.change]
    verdicts = [change.verdict for change in changes]
    marks = [mark for verdict in verdicts if verdict.comparable for mark in verdict.cautions]
    incomparable = (change for change in changes if change.verdict.reason in {"break", "segment"})
    sentences = [incomparable_sentence(change, shown.listed.wording) for change in incomparable]
    return list(dict.fromkeys([*sentences, *(mark.text[visit.lang] for mark in marks)]))
