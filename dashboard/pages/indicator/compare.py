"""
Compare: the chart of the regions of a level in one year, with county and country as lines.

By name unless the reader asks; what cannot be compared with the others comes after, and says why.
"""

from typing import Any

from dash import html

from dashboard.charts.bars import bars, base_words, region_bar, region_reference
from dashboard.components.controls import Controls
from dashboard.components.pictures import chart_buttons
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
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Indicator


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The regions that the link asks for, as chart and table."""
    listed, notices = listing.listing_of_link(visit, indicator)
    period, year_notices = listing.shown_year(visit, listed)
    controls = _controls(visit, indicator, listed, period)
    if not period:
        return listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    shown = year_comparison(visit, indicator, listed, period)
    heading = listing.list_heading(visit, indicator, listed)
    title = f"{heading} {format.period_name(period, visit.lang)}"
    sentences = [level_summary(listed, period), _span(shown, indicator, visit)]
    alternative = content.text_alternative("compare_of", title, sentences, visit)
    lede, more = content.summary_parts(sentences[0], visit)
    how = _how(visit, indicator, shown)
    chart = content.chart_panel(
        _figure(visit, indicator, shown),
        title=content.heading_words(title, indicator, visit.lang),
        how=how,
        alternative=alternative,
        sentences=[more, sentences[1], *_incomparable_sentences(shown), *_cautions(shown, visit)],
        footer=[chart_buttons(visit, indicator, shown.rows, title=title, how=how)],
    )
    return ViewContent(
        heading=title,
        content=[
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


def _controls(visit: Visit, indicator: Indicator, listed: Listing, period: str) -> Controls:
    year, order = listing.select_year(visit, listed, period), listing.select_order(visit, indicator)
    return content.list_controls(
        visit,
        indicator,
        listed.scope,
        used=[*year, order],
        rest=listing.select_field(visit, listed),
        period=period,
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
