"""
Compare: the regions of a level in one year, the own one marked, county and country as lines.

By name unless the reader asks; what cannot be compared with the others comes after, and says why.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts import style
from dashboard.charts.bars import BarForm, bar_form, bars, base_words, region_bar, region_reference
from dashboard.charts.style import ChartLine
from dashboard.codes import Order
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import TableHead, TableRow, figure_cell, figure_table
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import Listing
from dashboard.rules.comparison import Difference, difference
from dashboard.rules.order import Item, aside_reason, items
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.summary import NOT_COMPARED, narrative
from dashboard.sentences.wording import difference_unit, unit_sentence
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Indicator, Lang


@dataclass(frozen=True)
class YearComparison:
    """What one year shows: rows in order, lines of reference, and why others are none."""

    found: Listing
    form: BarForm
    period: str
    earlier: str
    order: Order
    names: dict[str, str]
    items: tuple[Item, ...]
    references: tuple[Difference, ...]

    @property
    def alike(self) -> tuple[Item, ...]:
        """Those that are compared with each other."""
        return tuple(one for one in self.items if not one.aside)

    @property
    def lines(self) -> tuple[Difference, ...]:
        """The references that may stand in one picture with the rows."""
        return tuple(one for one in self.references if one.verdict.reason in {None, "class"})

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of the year that stand in chart and table."""
        codes = {*self.names, *(one.reference.region for one in self.references)}
        rows = self.found.rows
        return rows[(rows["period"] == self.period) & rows["region"].isin(codes)]

    @property
    def has_empty(self) -> bool:
        """Whether a listed region has neither number nor symbol."""
        seen = (one.observation for one in self.items)
        return any(not one.present and not one.status for one in seen)


def year_comparison(
    visit: Visit, indicator: Indicator, found: Listing, period: str
) -> YearComparison:
    """The listed regions in a year, in the order of the link."""
    order = visit.state.order
    if order == "forandring" and indicator.measure == "class":
        order = "namn"
    earlier = _earlier(visit, found, period) if order == "forandring" else ""
    codes = listing.present_divisions(visit, found, [period])
    names = listing.list_names(visit, codes)
    placed = items(
        found.at(period),
        names,
        indicator,
        order=order,
        period=period,
        earlier=found.at(earlier) if earlier else (),
    )
    first = next((one.observation for one in placed if not one.aside), None)
    others = dict.fromkeys((found.scope.own, *found.beside))
    beside = [found.one(code, period) for code in others if code not in names]
    if indicator.measure in NOT_COMPARED:
        beside = []
    references = [difference(first, one, indicator) for one in beside if first and one]
    form = bar_form(indicator, [one.observation.number for one in placed if not one.aside])
    return YearComparison(found, form, period, earlier, order, names, placed, tuple(references))


def _earlier(visit: Visit, found: Listing, period: str) -> str:
    """The year from which changes are counted: the first of the link's, or the year before."""
    older = [one for one in listing.years_with_numbers(found) if one < period]
    wish = visit.state.years
    if wish and wish[0] in older:
        return wish[0]
    return older[0] if older else ""


def level_summary(found: Listing, period: str) -> str:
    """The own region's level in the year and how it stands to its county and country."""
    rows = found.rows[found.rows["period"] == period]
    lines = [
        ChartLine(code, found.scope.group, "", style.LEAD)
        for code in (found.scope.own, *found.beside)
    ]
    return narrative(
        rows, [line for line in lines if not line.rows(rows).empty], found.wording
    ).lede


def comparison_table(
    visit: Visit, indicator: Indicator, shown: YearComparison, title: str
) -> html.Section:
    """The rows of the chart as a table, and its lines of reference under them."""
    lang, order = visit.lang, shown.order
    rows = [_row(one, shown, indicator, visit) for one in shown.items]
    table = figure_table(
        title,
        _heads(shown, lang),
        [("", rows), (term("beside_rows", lang), _beside(shown, indicator, visit))],
        unit=unit_sentence(indicator, lang),
        kind="regions",
    )
    ordered = order in {"varde", "forandring"}
    return content.rows_section(visit, indicator, table, shown.rows, ordered=ordered)


def _heads(shown: YearComparison, lang: Lang) -> list[TableHead]:
    order, code = shown.order, term("column_code", lang)
    heads = [
        TableHead(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([TableHead(code, "ascending")] if order == "kod" else []),
        TableHead(term("sorted_by_varde", lang), "descending" if order == "varde" else ""),
    ]
    if order == "forandring":
        name = term("column_change", lang, year=shown.earlier)
        heads.append(TableHead(name, "descending"))
    return heads + ([TableHead(term("column_why", lang))] if _has_why(shown) else [])


def _change(item: Item, indicator: Indicator, lang: Lang) -> str:
    """A change with its sign; a dash where there is none."""
    value = item.change.value if item.change else None
    return content.signed_difference(value, indicator, lang)


def _has_why(shown: YearComparison) -> bool:
    return any(one.aside for one in shown.items)


def _row(one: Item, shown: YearComparison, indicator: Indicator, visit: Visit) -> TableRow:
    seen = one.observation
    cells: list[Any] = [one.region] if shown.order == "kod" else []
    cells.append(figure_cell(seen, indicator, visit.lang))
    cells += [_change(one, indicator, visit.lang)] if shown.order == "forandring" else []
    cells += [aside_reason(one, visit.lang)] if _has_why(shown) else []
    return TableRow(shown.names[one.region], cells, one.region == shown.found.scope.own)


def _beside(shown: YearComparison, indicator: Indicator, visit: Visit) -> list[TableRow]:
    """The county, the country or the own region, which are of another level than the rows."""
    extra = [""] * ((shown.order == "forandring") + _has_why(shown))
    lines = []
    for one in (found.reference for found in shown.references):
        code = [one.region] if shown.order == "kod" else []
        value = figure_cell(one, indicator, visit.lang)
        name = visit.regions[one.region].name(visit.lang)
        own = one.region == shown.found.scope.own
        lines.append(TableRow(name, [*code, value, *extra], own))
    return lines


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
    return listing.controls_row(
        [
            *listing.scope_controls(visit, indicator, found.scope),
            *listing.select_field(visit, found),
            *listing.select_year(visit, found, period),
            listing.select_order(visit, indicator),
        ]
    )


def _figure(visit: Visit, indicator: Indicator, shown: YearComparison) -> dict[str, Any]:
    look, own = visit.look, shown.found.scope.own
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
            change=_change(item, indicator, visit.lang) if by_change and item.change else "",
        )
        for item in shown.items
    ]
    return bars(rows, look, region=own, form=shown.form, references=references)


def _how(visit: Visit, indicator: Indicator, shown: YearComparison) -> str:
    """Unit, and how the chart is read; names only what is drawn."""
    lang, form, own = visit.lang, shown.form, shown.found.scope.own
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
