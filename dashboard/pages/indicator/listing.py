"""
The regions of a level with their rows, the controls of list and year, and a year in comparison.

What several views of an indicator list, in which order and in which words, and as which table.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, pairwise
from typing import Any

from dash import dcc, html

from dashboard.charts import style
from dashboard.charts.bars import BarForm, bar_form
from dashboard.charts.style import ChartLine
from dashboard.codes import BY_NUMBER, LEVELS, Codes, Group, Order, codes_of_groups
from dashboard.components.controls import Controls
from dashboard.components.frame import select, year_slider
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    table_section,
)
from dashboard.data.observation import Observation
from dashboard.data.series import region_series, rows_with_members, unions
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import ViewContent
from dashboard.panels.inventory import existing_level_groups, longer_periods, no_figures_in_year
from dashboard.panels.provenance import reasons
from dashboard.rules.comparison import (
    NOT_COMPARED,
    Difference,
    continuity,
    difference,
    has_seasons,
)
from dashboard.rules.gap_changes import may_be_ranked_of
from dashboard.rules.order import Item, aside_reason, items
from dashboard.rules.years import pair_asked, period_asked
from dashboard.sentences.notes import following_notes
from dashboard.sentences.summary import narrative
from dashboard.sentences.wording import Wording, inline_label, unit_sentence
from dashboard.state.comparison import (
    SIMILAR,
    default_comparison,
    named_comparison,
)
from dashboard.state.groups import MOST_LINES
from dashboard.state.regions import inline, menu_name, names_apart
from dashboard.state.resolve import (
    ListedRegions,
    ListSelection,
    list_selection,
    listed_regions,
    named_groups,
    region_lists,
)
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term, translated
from etl.catalogue import Indicator, Lang
from etl.catalogue.periods import shifted


def scope_of_link(visit: Visit, indicator: Indicator) -> tuple[ListSelection, list[str]]:
    """What the link asks of this indicator, and notices of what does not exist."""
    return list_selection(
        visit.state,
        indicator.id,
        catalogue=visit.catalogue,
        regions=visit.regions,
        existing=existing_level_groups(visit, indicator),
    )


_LIST_ORDERS = ("namn", "kod", "varde", "forandring")


@dataclass(frozen=True)
class Listing:
    """
    One group in the regions of a field, all years: `rows` as by `series.levels`.

    They are of the listed regions, the selected one, and those `beside` it: its county and country.
    """

    scope: ListSelection
    field: ListedRegions
    rows: tuple[Observation, ...]
    beside: tuple[str, ...]
    wording: Wording

    @property
    def codes(self) -> tuple[str, ...]:
        """The listed regions."""
        return self.field.codes

    @cached_property
    def by_period(self) -> Mapping[str, Mapping[str, Observation]]:
        """The rows of each period by region, oldest first."""
        by_period: dict[str, dict[str, Observation]] = {}
        for row in self.rows:
            by_period.setdefault(row.period, {})[row.region] = row
        return by_period

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years in which any listed region has a number, newest first."""
        listed = set(self.codes)
        years = [
            period
            for period, rows in self.by_period.items()
            if any(row.present for code, row in rows.items() if code in listed)
        ]
        return tuple(sorted(years, reverse=True))

    def of(self, region: str) -> tuple[Observation, ...]:
        """The series of a region, oldest first."""
        return tuple(rows[region] for rows in self.by_period.values() if region in rows)

    def of_year(self, period: str, codes: Container[str]) -> tuple[Observation, ...]:
        """Those of some regions that have a row in a year."""
        rows = self.by_period.get(period, {})
        return tuple(row for code, row in rows.items() if code in codes)

    def at(self, period: str) -> tuple[Observation, ...]:
        """The listed regions that have a row in a year."""
        return self.of_year(period, frozenset(self.codes))

    def observation(self, region: str, period: str) -> Observation | None:
        """The observation of a region in a year."""
        return self.by_period.get(period, {}).get(region)


def listing_of_link(
    visit: Visit, indicator: Indicator, *, beside: bool = True
) -> tuple[Listing, list[str]]:
    """
    What the link lists, and notices of what does not exist.

    `beside`: whether regions stand beside the listed ones; where not, those asked for are named.
    """
    selection, notices = scope_of_link(visit, indicator)
    (listed,) = listings_of_groups(
        visit, indicator, selection, [selection.group], beside_too=beside
    )
    notices = [*notices, *listed.field.notices]
    if visit.state.order in BY_NUMBER and not may_be_ordered(selection, indicator):
        notices.append(term("gap_order_neighbourhoods", visit.lang))
    return listed, notices


def may_be_ordered(scope: ListSelection, indicator: Indicator) -> bool:
    """Whether a list may stand in the order of its numbers; areas never by origin."""
    return may_be_ranked_of(LEVELS[scope.level], scope.group, indicator)


def list_order(visit: Visit, scope: ListSelection, indicator: Indicator) -> Order:
    """The order of the link, as far as the list may have it; else by name."""
    order = visit.state.order
    return order if order not in BY_NUMBER or may_be_ordered(scope, indicator) else "namn"


def groups_not_shown(visit: Visit, listed: Listing, shown: Sequence[Group]) -> list[html.P]:
    """Which groups a view shows, where the link names more, and the views that show all."""
    named, lang = named_groups(visit.state), visit.lang
    if len(named) < 2 or set(named) <= set(shown):
        return []
    names = [inline_label(visit.catalogue, group, lang) for group in shown]
    words: list[Any] = [term("only_groups", lang, what="; ".join(names))]
    newest = next(iter(listed.years), "")
    links = {"tid": link(visit.path, visit.state, view="tid", notices=())}
    if newest and len(named) <= MOST_LINES and len(listed.codes) > 1:
        links["jamfor"] = link(visit.path, visit.state, view="jamfor", notices=())
        at = (newest, newest)
        links["tabell"] = link(visit.path, visit.state, view="tabell", years=at, notices=())
    for number, (name, href) in enumerate(links.items()):
        words += [" · " if number else " ", dcc.Link(term(f"view_{name}", lang), href=href)]
    return [html.P(words, className="sub others")]


def _asked_beside(visit: Visit, field: ListedRegions, region: str, indicator: str) -> Codes:
    """The regions that the link compares with, but those that are listed; the county of a list."""
    if visit.state.comparison is None:
        return ()
    similar = partial(visit.similar, region, indicator)
    named, _ = named_comparison(visit.state, region, visit.regions, similar)
    holding = visit.regions.get(field.inside)
    is_county = holding is not None and holding.level == "county"
    groups = {SIMILAR} if is_county else {SIMILAR, field.inside}
    codes = dict.fromkeys(
        code for name, group in named.items() if name not in groups for code in group
    )
    listed = {*field.codes, region, *groups}
    return tuple(
        code for code in codes if code not in listed and visit.regions[code].level != "together"
    )


def _with_those_not_shown(
    visit: Visit, field: ListedRegions, codes: Sequence[str]
) -> ListedRegions:
    """The field with a notice of regions that the link names and the view does not show."""
    if not codes:
        return field
    names = ", ".join(names_apart(codes, visit.regions, visit.lang).values())
    notice = term("regions_not_shown", visit.lang, names=names)
    return replace(field, notices=(*field.notices, notice))


def listing_of_scope(visit: Visit, indicator: Indicator, selection: ListSelection) -> Listing:
    """The regions of a scope with the rows of its group."""
    return listings_of_groups(visit, indicator, selection, [selection.group])[0]


def listings_of_groups(
    visit: Visit,
    indicator: Indicator,
    selection: ListSelection,
    groups: Sequence[Group],
    *,
    beside_too: bool = True,
) -> list[Listing]:
    """
    The regions of a scope with the rows of each of some groups, asked for together.

    `beside_too`: the regions that the link compares with stand beside them.
    """
    region, regions = selection.region, visit.regions
    similar = partial(visit.similar, region, indicator.id)
    field = listed_regions(selection, visit.state, regions, similar)
    beside = default_comparison(regions[region], regions) if region in regions else ()
    asked = tuple(
        code
        for code in _asked_beside(visit, field, region, indicator.id)
        if code not in beside or not beside_too
    )
    beside += asked[:MOST_LINES] if beside_too else ()
    scopes = [replace(selection, group=group) for group in groups]
    members = [_members_beside(visit, indicator, scope) for scope in scopes]
    codes = dict.fromkeys((*field.codes, region, *chain.from_iterable(members), *beside))
    rows = region_series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=tuple(codes),
        groups=codes_of_groups(groups),
    )
    known = {row.region for row in rows}
    not_shown = [code for code in asked if code not in beside or code not in known]
    field = _with_those_not_shown(visit, field, not_shown)
    beside = tuple(code for code in beside if code not in not_shown)
    rows_of: dict[Group, list[Observation]] = {group: [] for group in groups}
    if len(groups) > 1:
        for row in rows:
            rows_of[row.group].append(row)
    return [
        Listing(
            scope,
            field,
            tuple(rows_of[scope.group]) if len(groups) > 1 else rows,
            (*own, *beside),
            visit.wording(indicator),
        )
        for scope, own in zip(scopes, members, strict=True)
    ]


def _members_beside(
    visit: Visit, indicator: Indicator, selection: ListSelection
) -> tuple[str, ...]:
    """The few members that stand for the selected region, where it is a union without a figure."""
    if not unions(visit.context, visit.warehouse, (selection.region,)):
        return ()
    rows = rows_with_members(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(selection.region,),
        groups=codes_of_groups([selection.group]),
    )
    present = {row.region for row in rows if row.present}
    return () if selection.region in present else tuple(sorted(present & set(visit.regions)))


def list_names(visit: Visit, codes: Sequence[str]) -> dict[str, str]:
    """What regions are called in a list; of areas with the division where there are two."""
    regions = [visit.regions[code] for code in codes]
    if len({region.division for region in regions}) < 2:
        return {region.code: region.name(visit.lang) for region in regions}
    return {region.code: menu_name(region, visit.lang) for region in regions}


def shown_year(visit: Visit, listed: Listing) -> tuple[str, list[str]]:
    """
    The year that is shown, "" without any, and notices of a year that does not exist.

    Where the link names none: the newest in which the selected region has a number; where it has
    none at all, the one in which most regions have, the later of two.
    """
    years, asked = listed.years, visit.state.years
    shown = period_asked(years, asked)
    if shown:
        return shown, longer_periods(visit, asked and (asked[1], asked[1]), [shown])
    notices = (
        [no_figures_in_year(visit, listed.scope.indicator, asked[1])] if asked and years else []
    )
    figures = listed.of(listed.scope.region)
    region_years = [row.period for row in figures if row.present and row.period in years]
    if region_years:
        return region_years[-1], notices
    counts = {period: sum(row.present for row in listed.at(period)) for period in years}
    return max(counts, key=lambda period: (counts[period], period), default=""), notices


def present_divisions(visit: Visit, listed: Listing, periods: Sequence[str]) -> tuple[str, ...]:
    """The listed regions, without the areas of a division that has no row in these years."""
    with_rows = {code for period in periods for code in listed.by_period.get(period, ())}
    divisions = {visit.regions[code].division for code in listed.codes if code in with_rows}
    return tuple(
        code
        for code in listed.codes
        if visit.regions[code].division is None or visit.regions[code].division in divisions
    )


def select_field(visit: Visit, listed: Listing) -> list[Any]:
    """The control for what the municipalities lie in; nothing at the other levels."""
    lang, offered = visit.lang, region_lists(listed.scope, listed.field, visit.regions)
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
    return [select("comparison", term("among_which", lang), options, listed.field.inside)]


def select_year(visit: Visit, listed: Listing, selected: str) -> list[Any]:
    """The control for the year: only those with numbers."""
    options = content.period_options(listed.years, visit.lang)
    name = format.term_by_length("period", selected, visit.lang)
    return [select("years", name, options, selected)] if options else []


def slide_years(visit: Visit, listed: Listing, years: Sequence[str], shown: str) -> list[Any]:
    """
    The slider of the years of a map, which stops at each break; nothing for one year.

    `years` are those with numbers, newest first.
    """
    if len(years) < 2 or shown not in years:
        return []
    lang, known = visit.lang, years[::-1]
    stops = {
        after: term("years_stopped", lang, why=why)
        for before, after in pairwise(known)
        if (why := _parting(listed, before, after, lang))
    }
    name = format.term_by_length("period", shown, lang)
    return [year_slider(name, content.period_options(known, lang), shown, stops=stops, lang=lang)]


def _parting(listed: Listing, before: str, after: str, lang: Lang) -> str:
    """What parts two years of the regions of a list, "ny källa 2022"; "" where nothing does."""
    earlier, later = listed.by_period.get(before, {}), listed.by_period.get(after, {})
    both = next((code for code in listed.codes if code in earlier and code in later), None)
    if both is None:
        return ""
    verdict = continuity(earlier[both], later[both], listed.wording.indicator)
    if verdict.comparable:
        return ""
    labels = format.mark_labels(verdict.breaks, lang)
    return enumerated(labels, lang) if labels else term("mark_break", lang)


def select_order(
    visit: Visit,
    indicator: Indicator,
    names: Mapping[str, str] | None = None,
    *,
    by_number: bool,
) -> Any:
    """
    The control for the order of the list; classes have no change.

    `by_number`: whether the regions may be ordered by number at all.
    `names`: what orders are called where they are not by value or by its change.
    """
    known, order = names or {}, visit.state.order
    options = [
        {
            "label": known.get(one) or term(f"sorted_by_{one}", visit.lang),
            "value": one,
            "disabled": (one == "forandring" and indicator.measure == "class")
            or (one in BY_NUMBER and not by_number),
        }
        for one in _LIST_ORDERS
    ]
    shown = order if by_number or order not in BY_NUMBER else "namn"
    return select("order", term("sort_order", visit.lang), options, shown)


def regions_phrase(visit: Visit, listed: Listing) -> str:
    """Which regions are listed, in a heading: "i kommunerna i Stockholms län"."""
    level, inside = listed.scope.level, visit.regions.get(listed.field.inside)
    where = inside.where[visit.lang] if inside else ""
    if listed.field.inside == SIMILAR:
        region = inline(visit.regions[listed.scope.region], visit.lang)
        where = term("similar_where", visit.lang, region=region)
        chosen = visit.chosen_by(listed.scope.indicator)
        where += f" ({chosen})" if chosen else ""
    return term(f"heading_{level}", visit.lang, where=where).strip()


def list_heading(visit: Visit, indicator: Indicator, listed: Listing) -> str:
    """Measure, regions and group: what is listed, before its years."""
    heading = f"{indicator.title[visit.lang]} {regions_phrase(visit, listed)}"
    return heading + content.group_suffix(visit, listed.scope)


def empty_view(
    visit: Visit,
    indicator: Indicator,
    listed: Listing,
    *,
    notices: Sequence[str],
    controls: Controls,
    reason: str = "",
) -> ViewContent:
    """The view where there is nothing to show, with the reason: `why`, or none listed."""
    return ViewContent(
        heading=list_heading(visit, indicator, listed),
        content=[
            html.P(reason or no_figures_reason(visit, listed), className="absent large"),
            *reasons(visit, indicator),
        ],
        rows=(),
        controls=controls,
        notices=notices,
    )


def no_figures_reason(visit: Visit, listed: Listing) -> str:
    """Why no region is listed, or none has a number."""
    if not listed.codes and listed.scope.level == "omrade":
        key = "choose_municipality" if not listed.field.inside else "no_areas"
        return term(key, visit.lang)
    region = visit.regions.get(listed.field.inside)
    if region is None:
        return f"{term('no_data', visit.lang)}."
    return f"{term('no_data_here', visit.lang, where=region.where[visit.lang])}."


def rows_section(
    visit: Visit,
    indicator: Indicator,
    table: html.Div,
    rows: Sequence[Observation],
    *,
    ordered: bool,
) -> html.Section:
    """The table under its heading, with the notes of its rows; `ordered` when by a value."""
    order = [translated("note_order")] if ordered else []
    notes = [
        *order,
        *following_notes(rows, indicator, visit.catalogue, beside_marks=True),
    ]
    return table_section(table, [note[visit.lang] for note in notes], visit.lang)


@dataclass(frozen=True)
class YearComparison:
    """One year of a listing: its regions in order, and the differences to the regions beside it."""

    listed: Listing
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
        return tuple(item for item in self.items if not item.aside)

    @property
    def lines(self) -> tuple[Difference, ...]:
        """The references that may stand in one picture with the rows."""
        return tuple(line for line in self.references if line.verdict.reason in {None, "class"})

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of the year that stand in chart and table."""
        codes = {*self.names, *(line.reference.region for line in self.references)}
        return self.listed.of_year(self.period, codes)

    @property
    def has_empty(self) -> bool:
        """Whether a listed region has neither number nor symbol."""
        figures = (item.observation for item in self.items)
        return any(not figure.present and not figure.status for figure in figures)


def year_comparison(
    visit: Visit, indicator: Indicator, listed: Listing, period: str
) -> YearComparison:
    """The listed regions in a year, in the order of the link."""
    order = list_order(visit, listed.scope, indicator)
    if order == "forandring" and indicator.measure == "class":
        order = "namn"
    earlier = _earlier(visit, listed, period) if order == "forandring" else ""
    codes = present_divisions(visit, listed, [period])
    names = list_names(visit, codes)
    ordered = items(
        listed.at(period),
        names,
        indicator,
        order=order,
        period=period,
        earlier=listed.at(earlier) if earlier else (),
    )
    first = next((item.observation for item in ordered if not item.aside), None)
    codes_beside = dict.fromkeys((listed.scope.region, *listed.beside))
    figures = [listed.observation(code, period) for code in codes_beside if code not in names]
    if indicator.measure in NOT_COMPARED:
        figures = []
    references = [difference(first, item, indicator) for item in figures if first and item]
    form = bar_form(indicator, [item.observation.number for item in ordered if not item.aside])
    return YearComparison(listed, form, period, earlier, order, names, ordered, tuple(references))


def _earlier(visit: Visit, listed: Listing, period: str) -> str:
    """
    The year from which changes are counted: the first of the link's, or the year before.

    Of a month or quarter the same one of that year.
    """
    known = listed.years
    older = [year for year in known if year < period and year[4:] == period[4:]]
    asked = visit.state.years
    first = pair_asked(known, (asked[0], period))[0] if asked and asked[0] != asked[1] else ""
    if first in older:
        return first
    return older[0] if older else ""


def _told_periods(listed: Listing, period: str) -> tuple[str, ...]:
    """The period and, of a month or quarter with a figure, the same one of the year before."""
    own = listed.observation(listed.scope.region, period)
    if own is None or not own.present or not has_seasons(period):
        return (period,)
    return shifted(period, -1), period


def level_summary(listed: Listing, period: str) -> str:
    """The selected region's level in the year and how it stands to its county and country."""
    periods, codes = _told_periods(listed, period), (listed.scope.region, *listed.beside)
    rows = [row for row in listed.rows if row.period in periods and row.region in codes]
    lines = [ChartLine(code, listed.scope.group, "", style.LEAD) for code in codes]
    return narrative(rows, [line for line in lines if line.rows(rows)], listed.wording).lede


def comparison_table(
    visit: Visit, indicator: Indicator, shown: YearComparison, title: str
) -> html.Section:
    """The rows of the chart as a table, and its lines of reference under them."""
    lang, order = visit.lang, shown.order
    rows = [_row(item, shown, indicator, visit) for item in shown.items]
    table = figure_table(
        title,
        _heads(shown, lang),
        [("", rows), (term("beside_rows", lang), _reference_rows(shown, indicator, visit))],
        unit=unit_sentence(indicator, lang, counts=visit.state.counts),
        kind="regions",
    )
    ordered = order in BY_NUMBER
    return rows_section(visit, indicator, table, shown.rows, ordered=ordered)


def _heads(shown: YearComparison, lang: Lang) -> list[TableHead]:
    order, code = shown.order, term("column_code", lang)
    heads = [
        TableHead(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([TableHead(code, "ascending")] if order == "kod" else []),
        TableHead(term("sorted_by_varde", lang), "descending" if order == "varde" else ""),
    ]
    if order == "forandring":
        name = term("column_change", lang, year=format.period_name(shown.earlier, lang))
        heads.append(TableHead(name, "descending"))
    return heads + ([TableHead(term("column_why", lang))] if _has_reasons(shown) else [])


def signed_change(item: Item, indicator: Indicator, lang: Lang) -> str:
    """A change with its sign; where there is none the words that nothing is compared."""
    value = item.change.value if item.change else None
    return content.signed_difference(value, indicator, lang)


def _has_reasons(shown: YearComparison) -> bool:
    return any(item.aside for item in shown.items)


def _row(item: Item, shown: YearComparison, indicator: Indicator, visit: Visit) -> TableRow:
    figure = item.observation
    cells: list[Any] = [item.region] if shown.order == "kod" else []
    cells.append(figure_cell(figure, indicator, visit.lang, counts=visit.state.counts))
    cells += [signed_change(item, indicator, visit.lang)] if shown.order == "forandring" else []
    cells += [aside_reason(item, visit.lang)] if _has_reasons(shown) else []
    return TableRow(shown.names[item.region], cells, item.region == shown.listed.scope.region)


def _reference_rows(shown: YearComparison, indicator: Indicator, visit: Visit) -> list[TableRow]:
    """The county, the country or the selected region, which are of another level than the rows."""
    extra = [""] * ((shown.order == "forandring") + _has_reasons(shown))
    lines = []
    for figure in (line.reference for line in shown.references):
        code = [figure.region] if shown.order == "kod" else []
        value = figure_cell(figure, indicator, visit.lang, counts=visit.state.counts)
        name = visit.regions[figure.region].name(visit.lang)
        is_selected = figure.region == shown.listed.scope.region
        lines.append(TableRow(name, [*code, value, *extra], is_selected))
    return lines
