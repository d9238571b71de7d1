"""
The regions of a level with their rows, the controls of list and year, and a year in comparison.

What several views of an indicator list, in which order and in which words, and as which table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts import style
from dashboard.charts.bars import BarForm, bar_form
from dashboard.charts.style import ChartLine
from dashboard.codes import Order
from dashboard.components.frame import select
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    table_section,
)
from dashboard.data.observation import Observation, as_observations
from dashboard.data.series import levels
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import ViewContent
from dashboard.panels.inventory import existing_level_groups, no_figures_in_year
from dashboard.panels.provenance import reasons
from dashboard.rules.comparison import NOT_COMPARED, Difference, difference
from dashboard.rules.order import Item, aside_reason, items
from dashboard.sentences.notes import following_notes
from dashboard.sentences.summary import narrative
from dashboard.sentences.wording import (
    Wording,
    unit_sentence,
)
from dashboard.state.comparison import SIMILAR, default_comparison
from dashboard.state.regions import inline, menu_name
from dashboard.state.resolve import (
    ListedRegions,
    ListSelection,
    list_selection,
    listed_regions,
    region_lists,
)
from dashboard.state.visit import Visit
from dashboard.text import term, translated
from etl.catalogue import Indicator, Lang


def scope_of_link(visit: Visit, indicator: Indicator) -> tuple[ListSelection, list[str]]:
    """What the link asks of this indicator, and what it asks in vain."""
    return list_selection(
        visit.state,
        indicator.id,
        catalogue=visit.catalogue,
        regions=visit.regions,
        existing=existing_level_groups(visit, indicator),
    )


LIST_ORDERS = ("namn", "kod", "varde", "forandring")


@dataclass(frozen=True)
class Listing:
    """
    One group in the regions of a field, all years: `rows` as by `series.levels`.

    They are of the listed regions, the own one, and of those `beside` it: its county and so on.
    """

    scope: ListSelection
    field: ListedRegions
    rows: pd.DataFrame
    beside: tuple[str, ...]
    wording: Wording

    @property
    def codes(self) -> tuple[str, ...]:
        """The listed regions."""
        return self.field.codes

    def of(self, region: str) -> tuple[Observation, ...]:
        """The series of a region, oldest first."""
        return as_observations(self.rows[self.rows["region"] == region], self.scope.indicator)

    def at(self, period: str) -> tuple[Observation, ...]:
        """The listed regions that have a row in a year."""
        here = (self.rows["period"] == period) & self.rows["region"].isin(self.codes)
        return as_observations(self.rows[here], self.scope.indicator)

    def one(self, region: str, period: str) -> Observation | None:
        """The row of a region in a year."""
        here = (self.rows["period"] == period) & (self.rows["region"] == region)
        return next(iter(as_observations(self.rows[here], self.scope.indicator)), None)


def listing_of_link(visit: Visit, indicator: Indicator) -> tuple[Listing, list[str]]:
    """What the link lists, and what it asks in vain."""
    chosen, said = scope_of_link(visit, indicator)
    found = listing_of_scope(visit, indicator, chosen)
    return found, [*said, *found.field.notices]


def listing_of_scope(visit: Visit, indicator: Indicator, chosen: ListSelection) -> Listing:
    """The regions of a scope with the rows of its group."""
    places = visit.regions
    similar = partial(visit.similar, chosen.region, indicator.id)
    where = listed_regions(chosen, visit.state, places, similar)
    beside = default_comparison(places[chosen.region], places) if chosen.region in places else ()
    rows = levels(
        visit.context,
        visit.warehouse,
        indicator.id,
        codes=tuple(dict.fromkeys((*where.codes, chosen.region, *beside))),
        group=chosen.group,
    )
    return Listing(chosen, where, rows, beside, visit.wording(indicator))


def list_names(visit: Visit, codes: Sequence[str]) -> dict[str, str]:
    """What regions are called in a list; of areas with the division where there are two."""
    listed = [visit.regions[code] for code in codes]
    if len({one.division for one in listed}) < 2:
        return {one.code: one.name(visit.lang) for one in listed}
    return {one.code: menu_name(one, visit.lang) for one in listed}


def years_with_numbers(found: Listing) -> tuple[str, ...]:
    """The years in which any listed region has a number, newest first."""
    rows = found.rows
    numbers = rows[rows["region"].isin(found.codes) & rows["value"].notna()]
    return tuple(sorted(numbers["period"].unique(), reverse=True))


def shown_year(visit: Visit, found: Listing) -> tuple[str, list[str]]:
    """
    The year that is shown, "" without any, and what the link asks in vain.

    Without a wish: the newest in which the own region has a number; else in which most have.
    """
    known, wish = years_with_numbers(found), visit.state.years
    if wish and wish[1] in known:
        return wish[1], []
    said = [no_figures_in_year(visit, found.scope.indicator, wish[1])] if wish and known else []
    own = [
        one.period for one in found.of(found.scope.region) if one.present and one.period in known
    ]
    if own:
        return own[-1], said
    rows = found.rows[found.rows["region"].isin(found.codes)]
    counted = {period: int((rows["period"].eq(period) & rows["value"].notna()).sum())
               for period in known}  # fmt: skip
    return max(counted, key=lambda period: (counted[period], period), default=""), said


def present_divisions(visit: Visit, found: Listing, periods: Sequence[str]) -> tuple[str, ...]:
    """The listed regions, without the areas of a division that has no row in these years."""
    seen = set(found.rows[found.rows["period"].isin(list(periods))]["region"])
    divisions = {visit.regions[code].division for code in found.codes if code in seen}
    return tuple(
        code
        for code in found.codes
        if visit.regions[code].division is None or visit.regions[code].division in divisions
    )


def select_field(visit: Visit, found: Listing) -> list[Any]:
    """The control for what the municipalities lie in; nothing at the other levels."""
    lang, offered = visit.lang, region_lists(found.scope, found.field, visit.regions)
    if len(offered) < 2:
        return []
    options = [
        {
            "label": term("similar_regions", lang)
            if code == SIMILAR
            else visit.regions[code].name(lang),
            "value": code,
        }
        for code in offered
    ]
    return [select("comparison", term("among_which", lang), options, found.field.inside)]


def select_year(visit: Visit, found: Listing, shown: str) -> list[Any]:
    """The control for the year: only those with numbers."""
    options = [{"label": one, "value": one} for one in years_with_numbers(found)]
    return [select("years", term("period", visit.lang), options, shown)] if options else []


def select_order(visit: Visit, indicator: Indicator) -> Any:
    """The control for the order of the list; classes have no change."""
    options = [
        {
            "label": term(f"sorted_by_{one}", visit.lang),
            "value": one,
            "disabled": one == "forandring" and indicator.measure == "class",
        }
        for one in LIST_ORDERS
    ]
    return select("order", term("sort_order", visit.lang), options, visit.state.order)


def regions_phrase(visit: Visit, found: Listing) -> str:
    """Which regions are listed, in a heading: "i kommunerna i Stockholms län"."""
    level, inside = found.scope.level, visit.regions.get(found.field.inside)
    where = inside.where[visit.lang] if inside else ""
    if found.field.inside == SIMILAR:
        region = inline(visit.regions[found.scope.region], visit.lang)
        where = term("similar_where", visit.lang, region=region)
    return term(f"heading_{level}", visit.lang, where=where).strip()


def list_heading(visit: Visit, indicator: Indicator, found: Listing) -> str:
    """Measure, regions and group: what is listed, before its years."""
    words = f"{indicator.title[visit.lang]} {regions_phrase(visit, found)}"
    return words + content.group_suffix(visit, found.scope)


def empty_view(
    visit: Visit,
    indicator: Indicator,
    found: Listing,
    *,
    notices: Sequence[str],
    controls: list[Any],
    why: str = "",
) -> ViewContent:
    """The view where there is nothing to show, with the reason: `why`, or none listed."""
    return ViewContent(
        heading=list_heading(visit, indicator, found),
        content=[
            html.P(why or why_nothing(visit, found), className="absent large"),
            *reasons(visit.warehouse, indicator, visit.lang),
        ],
        rows=found.rows.iloc[:0],
        controls=controls,
        notices=notices,
    )


def why_nothing(visit: Visit, found: Listing) -> str:
    """Why no region is listed, or none has a number."""
    if not found.codes and found.scope.level == "omrade":
        key = "choose_municipality" if not found.field.inside else "no_areas"
        return term(key, visit.lang)
    where = visit.regions.get(found.field.inside)
    if where is None:
        return f"{term('no_data', visit.lang)}."
    return f"{term('no_data_here', visit.lang, where=where.where[visit.lang])}."


def rows_section(
    visit: Visit, indicator: Indicator, table: html.Div, rows: pd.DataFrame, *, ordered: bool
) -> html.Section:
    """The table under its heading, with the notes of its rows; `ordered` when by a value."""
    order = [translated("note_order")] if ordered else []
    notes = [*order, *following_notes(as_observations(rows, indicator.id), indicator)]
    return table_section(table, [note[visit.lang] for note in notes], visit.lang)


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
    codes = present_divisions(visit, found, [period])
    names = list_names(visit, codes)
    placed = items(
        found.at(period),
        names,
        indicator,
        order=order,
        period=period,
        earlier=found.at(earlier) if earlier else (),
    )
    first = next((one.observation for one in placed if not one.aside), None)
    others = dict.fromkeys((found.scope.region, *found.beside))
    beside = [found.one(code, period) for code in others if code not in names]
    if indicator.measure in NOT_COMPARED:
        beside = []
    references = [difference(first, one, indicator) for one in beside if first and one]
    form = bar_form(indicator, [one.observation.number for one in placed if not one.aside])
    return YearComparison(found, form, period, earlier, order, names, placed, tuple(references))


def _earlier(visit: Visit, found: Listing, period: str) -> str:
    """The year from which changes are counted: the first of the link's, or the year before."""
    older = [one for one in years_with_numbers(found) if one < period]
    wish = visit.state.years
    if wish and wish[0] in older:
        return wish[0]
    return older[0] if older else ""


def level_summary(found: Listing, period: str) -> str:
    """The own region's level in the year and how it stands to its county and country."""
    rows = found.rows[found.rows["period"] == period]
    lines = [
        ChartLine(code, found.scope.group, "", style.LEAD)
        for code in (found.scope.region, *found.beside)
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
    return rows_section(visit, indicator, table, shown.rows, ordered=ordered)


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


def signed_change(item: Item, indicator: Indicator, lang: Lang) -> str:
    """A change with its sign; a dash where there is none."""
    value = item.change.value if item.change else None
    return content.signed_difference(value, indicator, lang)


def _has_why(shown: YearComparison) -> bool:
    return any(one.aside for one in shown.items)


def _row(one: Item, shown: YearComparison, indicator: Indicator, visit: Visit) -> TableRow:
    seen = one.observation
    cells: list[Any] = [one.region] if shown.order == "kod" else []
    cells.append(figure_cell(seen, indicator, visit.lang))
    cells += [signed_change(one, indicator, visit.lang)] if shown.order == "forandring" else []
    cells += [aside_reason(one, visit.lang)] if _has_why(shown) else []
    return TableRow(shown.names[one.region], cells, one.region == shown.found.scope.region)


def _beside(shown: YearComparison, indicator: Indicator, visit: Visit) -> list[TableRow]:
    """The county, the country or the own region, which are of another level than the rows."""
    extra = [""] * ((shown.order == "forandring") + _has_why(shown))
    lines = []
    for one in (found.reference for found in shown.references):
        code = [one.region] if shown.order == "kod" else []
        value = figure_cell(one, indicator, visit.lang)
        name = visit.regions[one.region].name(visit.lang)
        own = one.region == shown.found.scope.region
        lines.append(TableRow(name, [*code, value, *extra], own))
    return lines
