"""
Compare: the chart of the regions of a level in one year, with county and country as lines.

By name unless the reader asks; what cannot be compared with the others comes after, and says why.
"""

from typing import Any

from dash import html

from dashboard.charts.bars import bars, base_words, region_bar, region_reference
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
    found, said = listing.listing_of_link(visit, indicator)
    period, vain = listing.shown_year(visit, found)
    controls = _controls(visit, indicator, found, period)
    if not period:
        return listing.empty_view(visit, indicator, found, notices=said, controls=controls)
    shown = year_comparison(visit, indicator, found, period)
    title = f"{listing.list_heading(visit, indicator, found)} {period}"
    told = [level_summary(found, period), _span(shown, indicator, visit)]
    alternative = content.text_alternative("compare_of", title, told, visit)
    how = _how(visit, indicator, shown)
    drawn = content.chart_panel(
        _figure(visit, indicator, shown),
        title=title,
        how=how,
        alternative=alternative,
        sentences=[told[1], *_unlike(shown), *_cautions(shown, visit)],
        footer=[chart_buttons(visit, indicator, shown.rows, title=title, how=how)],
    )
    return ViewContent(
        heading=title,
        content=[
            html.Div([drawn, *content.source_notes(visit, indicator, shown.rows)]),
            comparison_table(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        controls=controls,
        notices=[*said, *vain],
        summary=told[0],
        has_empty=shown.has_empty,
        wording=found.wording,
    )


def _controls(visit: Visit, indicator: Indicator, found: Listing, period: str) -> list[Any]:
    return content.controls_row(
        [
            *content.scope_controls(visit, indicator, found.scope),
            *listing.select_field(visit, found),
            *listing.select_year(visit, found, period),
            listing.select_order(visit, indicator),
        ]
    )


def _figure(visit: Visit, indicator: Indicator, shown: YearComparison) -> dict[str, Any]:
    look, own = visit.look, shown.found.scope.region
    references = [
        region_reference(
            visit.regions[line.reference.region],
            line.reference,
            indicator,
            look,
            selected=line.reference.region == own,
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
    return bars(rows, look, region=own, form=shown.form, references=references)


def _how(visit: Visit, indicator: Indicator, shown: YearComparison) -> str:
    """Unit, and how the chart is read; names only what is drawn."""
    lang, form, own = visit.lang, shown.form, shown.found.scope.region
    parts = [
        unit_sentence(indicator, lang),
        base_words(form, lang),
        term(f"ordered_{shown.order}", lang, year=shown.earlier),
    ]
    if own in shown.names:
        parts.append(term("own_dark", lang, name=shown.names[own]))
    lines = [visit.regions[one.reference.region].name(lang) for one in shown.lines]
    parts += [term("reference_lines", lang, names=enumerated(lines, lang))] if lines else []
    return " ".join(parts)


def _span(shown: YearComparison, indicator: Indicator, visit: Visit) -> str:
    """The lowest and the highest value, and how many regions have one."""
    numbers = [one.observation.number for one in shown.alike]
    if not numbers:
        return content.count_sentence("span", 0, len(shown.items), visit.lang)
    low, high = (
        format.measured(value, None, indicator, visit.lang)
        for value in (min(numbers), max(numbers))
    )
    if format.names_unit(indicator):
        high += f" {difference_unit(indicator, visit.lang)}"
        low += f" {difference_unit(indicator, visit.lang)}" * (len(numbers) == 1)
    count, every = len(numbers), len(shown.items)
    return content.count_sentence("span", count, every, visit.lang, low=low, high=high)


def _unlike(shown: YearComparison) -> list[str]:
    """Why a county or the country is no line in the chart."""
    gone = [one for one in shown.references if one not in shown.lines]
    return [incomparable_sentence(one, shown.found.wording) for one in gone]


def _cautions(shown: YearComparison, visit: Visit) -> list[str]:
    """What goes along with the changes by which the rows are ordered, or why there are none."""
    if shown.order != "forandring":
        return []
    changes = [one.change for one in shown.items if one.change]
    marks = (mark for one in changes if one.verdict.comparable for mark in one.verdict.cautions)
    apart = (one for one in changes if one.verdict.reason in {"break", "segment"})
    words = [incomparable_sentence(one, shown.found.wording) for one in apart]
    return list(dict.fromkeys([*words, *(mark.text[visit.lang] for mark in marks)]))
