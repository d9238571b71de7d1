"""
The areas of a municipality in one year: which are listed, in which order, and beside whom.

Knows what is asked of the warehouse. What may be compared is decided in `comparison`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from dashboard.codes import Order
from dashboard.data.observation import Observation, observations
from dashboard.data.series import levels
from dashboard.pages.indicator.listing import existing, in_vain
from dashboard.rules.comparison import Difference, difference
from dashboard.rules.order import Item, items
from dashboard.sentences.wording import Voice
from dashboard.state.areas import AreaScope, areas_of_one_division, short_name
from dashboard.state.resolve import Scope, scoped
from dashboard.state.url import KEYS
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator

ORDERS: tuple[Order, ...] = ("namn", "kod", "varde")


@dataclass(frozen=True)
class Listed:
    """
    One group in the areas of a place, all years in `rows` as by `series.levels`.

    Of the year `period` ("" for none): `names` of those that are listed, `neighbourhoods` and
    `areas` in order, `beside` the larger regions against the first that has a number.
    """

    visit: Visit
    indicator: Indicator
    where: AreaScope
    scope: Scope
    rows: pd.DataFrame
    period: str
    order: Order
    voice: Voice
    names: Mapping[str, str] = field(default_factory=dict)
    neighbourhoods: tuple[Item, ...] = ()
    areas: tuple[Item, ...] = ()
    beside: tuple[Difference, ...] = ()

    @property
    def every(self) -> tuple[Item, ...]:
        """All that are listed, neighbourhoods first."""
        return (*self.neighbourhoods, *self.areas)

    @property
    def at(self) -> pd.DataFrame:
        """The rows of the year, of those that are listed and of those beside them."""
        shown = {*self.names, *self.where.larger}
        return self.rows[(self.rows["period"] == self.period) & self.rows["region"].isin(shown)]

    @property
    def years(self) -> tuple[str, ...]:
        """The years in which any area has a number, newest first."""
        return years(self.rows, self.where)

    @cached_property
    def _known(self) -> Mapping[str, Observation]:
        here = self.rows[self.rows["period"] == self.period]
        return {one.region: one for one in observations(here, self.indicator.id)}

    def one(self, region: str) -> Observation | None:
        """The observation of a region in the year."""
        return self._known.get(region)


def listed(visit: Visit, indicator: Indicator, where: AreaScope) -> tuple[Listed, list[str]]:
    """The areas of a place with the group and the year of the link; what it asks in vain."""
    scope, said = scoped(
        replace(visit.state, region=where.within, level="omrade"),
        indicator.id,
        catalogue=visit.catalogue,
        places=visit.places,
        existing=existing(visit, indicator),
    )
    rows = levels(
        visit.context,
        visit.warehouse,
        indicator.id,
        codes=tuple(dict.fromkeys((*where.codes, *where.larger, *_towns(visit, where)))),
        group=scope.group,
    )
    period, vain = _period(visit, indicator.id, rows, where)
    order, strange = _order(visit)
    found = Listed(
        visit=visit,
        indicator=indicator,
        where=where,
        scope=scope,
        rows=rows,
        period=period,
        order=order,
        voice=visit.voice(indicator),
    )
    return _filled(found), [*said, *vain, *strange]


def _filled(bare: Listed) -> Listed:
    """The same with those that are listed in the year, in order, and the larger regions."""
    visit, indicator, rows, period = bare.visit, bare.indicator, bare.rows, bare.period
    seen = observations(rows[rows["period"] == period], indicator.id)
    near, inside = _names(visit, bare.where, rows, seen)
    above, below = (
        items(seen, names, indicator, order=bare.order, period=period) for names in (near, inside)
    )
    first = next((one.observation for one in (*above, *below) if not one.aside), None)
    known = {one.region: one for one in seen}
    beside = [known[code] for code in bare.where.larger if code in known]
    return replace(
        bare,
        names={**near, **inside},
        neighbourhoods=above,
        areas=below,
        beside=tuple(difference(first, one, indicator) for one in beside if first),
    )


def _order(visit: Visit) -> tuple[Order, list[str]]:
    """The order of the link, or by name; and a wish in vain."""
    wish = visit.state.order
    if wish in ORDERS:
        return wish, []
    return "namn", [term("unknown_value", visit.lang, key=KEYS["order"].name, value=wish)]


def years(rows: pd.DataFrame, where: AreaScope) -> tuple[str, ...]:
    """The years in which any area has a number, newest first."""
    numbers = rows[rows["region"].isin(where.codes) & rows["value"].notna()]
    return tuple(sorted(numbers["period"].unique(), reverse=True))


def _towns(visit: Visit, where: AreaScope) -> tuple[str, ...]:
    """The municipalities that the neighbourhoods lie in."""
    return tuple(dict.fromkeys(visit.places[code].parent or "" for code in where.neighbourhoods))


def _period(
    visit: Visit, indicator: str, rows: pd.DataFrame, where: AreaScope
) -> tuple[str, list[str]]:
    """The year of the link, the newest of its own area, or the newest; and a wish in vain."""
    known, wish = years(rows, where), visit.state.years
    if wish and wish[1] in known:
        return wish[1], []
    said = [in_vain(visit, indicator, wish[1])] if wish and known else []
    own = rows[(rows["region"] == where.region) & rows["value"].notna()]["period"]
    mine = [one for one in known if where.region in where.codes and one in set(own)]
    return next(iter([*mine, *known]), ""), said


def _names(
    visit: Visit, where: AreaScope, rows: pd.DataFrame, seen: Sequence[Observation]
) -> tuple[dict[str, str], dict[str, str]]:
    """
    Who is listed and what they are called: neighbourhoods, and areas of one division.

    A neighbourhood without any figure in any year is no row: its areas are. Of a county, areas
    are listed only where they stand in for their neighbourhoods.
    """
    places, lang, have = visit.places, visit.lang, set(rows["region"])
    near = [code for code in where.neighbourhoods if code in have]
    areas = areas_of_one_division(seen, where.areas, places)
    if places[where.within].level == "municipality":
        kind = term("areas_kind", lang)
        return (
            {code: f"{short_name(places[code], lang)} ({kind})" for code in near},
            {code: short_name(places[code], lang) for code in areas},
        )
    if near:
        return {code: places[code].name(lang) for code in near}, {}
    return {}, {code: _member(visit, code, where) for code in areas}


def _member(visit: Visit, code: str, where: AreaScope) -> str:
    """An area by its neighbourhood and its own name where it has another."""
    inside = short_name(visit.places[code], visit.lang)
    for near in (visit.places[one] for one in where.neighbourhoods):
        if code in near.members:
            whole = short_name(near, visit.lang)
            return whole if whole == inside else f"{whole}: {inside}"
    return inside
