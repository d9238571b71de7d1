"""
The areas of a municipality in one year: which are listed, in which order, and beside whom.

Knows what is asked of the warehouse. What may be compared is decided in `rules.comparison`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.codes import BY_NUMBER, Order
from dashboard.data.observation import Observation, of_periods, of_regions
from dashboard.data.series import levels
from dashboard.panels.inventory import existing_level_groups, longer_periods, no_figures_in_year
from dashboard.rules.comparison import Difference, difference
from dashboard.rules.gap_changes import may_be_ranked_of
from dashboard.rules.order import Item, items
from dashboard.rules.years import period_asked
from dashboard.sentences.wording import Wording
from dashboard.state.areas import AreaScope, areas_of_one_division, names_in_list, short_name
from dashboard.state.regions import without_twins
from dashboard.state.resolve import ListSelection, list_selection
from dashboard.state.url import KEYS
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator, Lang

AREA_ORDERS: tuple[Order, ...] = ("namn", "kod", "varde")


@dataclass(frozen=True)
class AreaList:
    """
    One group in the areas of a municipality or county, all years in `rows` as by `series.levels`.

    Of the year `period` ("" for none): `names` of those that are listed, `neighbourhoods` and
    `areas` in order, `larger` the larger regions against the first that has a number.
    """

    visit: Visit
    indicator: Indicator
    scope: AreaScope
    selection: ListSelection
    rows: tuple[Observation, ...]
    period: str
    order: Order
    wording: Wording
    names: Mapping[str, str] = field(default_factory=dict)
    neighbourhoods: tuple[Item, ...] = ()
    areas: tuple[Item, ...] = ()
    larger: tuple[Difference, ...] = ()

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.visit.lang

    @property
    def where(self) -> str:
        """The municipality or county with its preposition: "i Botkyrka"."""
        return self.visit.regions[self.scope.within].where[self.lang]

    @property
    def items(self) -> tuple[Item, ...]:
        """All that are listed, neighbourhoods first."""
        return (*self.neighbourhoods, *self.areas)

    @property
    def reference_lines(self) -> tuple[Difference, ...]:
        """The larger regions that may stand in one picture with the areas."""
        return tuple(line for line in self.larger if line.verdict.reason in {None, "class"})

    @cached_property
    def year_rows(self) -> tuple[Observation, ...]:
        """The rows of the year, of those that are listed and of the larger regions."""
        shown = {*self.names, *self.scope.larger}
        return of_regions(self._by_region.values(), shown)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years in which any area has a number, newest first."""
        return _years_with_numbers(self.rows, self.scope)

    @cached_property
    def with_numbers(self) -> frozenset[str]:
        """The regions that have a number in any year."""
        return frozenset(row.region for row in self.rows if row.present)

    @cached_property
    def _by_region(self) -> Mapping[str, Observation]:
        return {seen.region: seen for seen in of_periods(self.rows, (self.period,))}

    def observation(self, region: str) -> Observation | None:
        """The observation of a region in the year."""
        return self._by_region.get(region)


def area_list(visit: Visit, indicator: Indicator, scope: AreaScope) -> tuple[AreaList, list[str]]:
    """The areas with the group and the year of the link; and notices of what it asks in vain."""
    selection, notices = list_selection(
        replace(visit.state, region=scope.within, level="omrade"),
        indicator.id,
        catalogue=visit.catalogue,
        regions=visit.regions,
        existing=existing_level_groups(visit, indicator),
    )
    municipalities = (visit.regions[code].parent or "" for code in scope.neighbourhoods)
    rows = levels(
        visit.context,
        visit.warehouse,
        indicator.id,
        codes=tuple(dict.fromkeys((*scope.codes, *scope.larger, *municipalities))),
        group=selection.group,
    )
    period, year_notices = _period(visit, indicator.id, rows, scope)
    order, order_notices = _order(visit, selection, indicator)
    unordered = AreaList(
        visit=visit,
        indicator=indicator,
        scope=scope,
        selection=selection,
        rows=rows,
        period=period,
        order=order,
        wording=visit.wording(indicator),
    )
    return _ordered(unordered), [*notices, *year_notices, *order_notices]


def _ordered(listed: AreaList) -> AreaList:
    """The same with those that are listed in the year, in order, and the larger regions."""
    visit, indicator, rows, period = listed.visit, listed.indicator, listed.rows, listed.period
    year = of_periods(rows, (period,))
    near, inside = _names(visit, listed.scope, rows, year)
    neighbourhoods, areas = (
        items(year, names, indicator, order=listed.order, period=period) for names in (near, inside)
    )
    first = next((item.observation for item in (*neighbourhoods, *areas) if not item.aside), None)
    known = {seen.region: seen for seen in year}
    larger = [known[code] for code in listed.scope.larger if code in known]
    return replace(
        listed,
        names={**near, **inside},
        neighbourhoods=neighbourhoods,
        areas=areas,
        larger=tuple(difference(first, seen, indicator) for seen in larger if first),
    )


def _order(visit: Visit, selection: ListSelection, indicator: Indicator) -> tuple[Order, list[str]]:
    """The order of the link, or by name and a notice."""
    order = visit.state.order
    if order in BY_NUMBER & set(AREA_ORDERS) and not may_be_ranked_of(
        "regso", selection.group, indicator
    ):
        return "namn", [term("gap_order_neighbourhoods", visit.lang)]
    if order in AREA_ORDERS:
        return order, []
    return "namn", [term("unknown_value", visit.lang, key=KEYS["order"].name, value=order)]


def _years_with_numbers(rows: Iterable[Observation], scope: AreaScope) -> tuple[str, ...]:
    codes = frozenset(scope.codes)
    numbers = {row.period for row in rows if row.region in codes and row.present}
    return tuple(sorted(numbers, reverse=True))


def _period(
    visit: Visit, indicator: str, rows: Sequence[Observation], scope: AreaScope
) -> tuple[str, list[str]]:
    """The year of the link, the newest of its own area, or the newest; and a notice."""
    years, asked = _years_with_numbers(rows, scope), visit.state.years
    shown = period_asked(years, asked)
    if shown:
        return shown, longer_periods(visit, asked and (asked[1], asked[1]), [shown])
    notices = [no_figures_in_year(visit, indicator, asked[1])] if asked and years else []
    is_listed = scope.region in scope.codes
    known = (row.period for row in rows if is_listed and row.region == scope.region and row.present)
    return max(known, default=next(iter(years), "")), notices


def _names(
    visit: Visit, scope: AreaScope, rows: Iterable[Observation], year: Sequence[Observation]
) -> tuple[dict[str, str], dict[str, str]]:
    """
    Who is listed and what they are called: neighbourhoods, and areas of one division.

    A neighbourhood without any figure in any year is no row: its areas are. Of a county, areas
    are listed only where they stand in for a neighbourhood of several.
    """
    regions, lang, present = visit.regions, visit.lang, {row.region for row in rows}
    near = [code for code in scope.neighbourhoods if code in present]
    areas = areas_of_one_division(year, scope.areas, regions)
    if regions[scope.within].level == "municipality":
        kind = term("areas_kind", lang)
        return (
            {code: f"{short_name(regions[code], lang)} ({kind})" for code in near},
            names_in_list(areas, regions, lang),
        )
    listed = {member for code in near for member in regions[code].members}
    return (
        {code: regions[code].name(lang) for code in near},
        without_twins(
            {code: _member_name(visit, code, scope) for code in areas if code not in listed}
        ),
    )


def _member_name(visit: Visit, code: str, scope: AreaScope) -> str:
    """An area by its neighbourhood and its own name where it has another."""
    name = short_name(visit.regions[code], visit.lang)
    for neighbourhood in (visit.regions[near] for near in scope.neighbourhoods):
        if code in neighbourhood.members:
            whole = short_name(neighbourhood, visit.lang)
            return whole if whole == name else f"{whole}: {name}"
    return name
