"""
What the comparison of a year shows: the regions in order, and the lines they stand beside.

Knows the wishes of the link. What may be compared is decided in `comparison`.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard import format, template
from dashboard.bars import shape
from dashboard.bartraces import Shape
from dashboard.comparison import Difference, difference
from dashboard.lines import Line
from dashboard.listed import Item, items
from dashboard.narrative import ALONE, narrative
from dashboard.pages.views import listing
from dashboard.pages.views.listing import Listing
from dashboard.url import Order
from dashboard.visit import Visit
from etl.catalogue import Indicator


@dataclass(frozen=True)
class Compared:
    """What one year shows: rows in order, lines of reference, and why others are none."""

    found: Listing
    form: Shape
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
        codes = {*self.names, *(one.other.region for one in self.references)}
        rows = self.found.rows
        return rows[(rows["period"] == self.period) & rows["region"].isin(codes)]

    @property
    def has_empty(self) -> bool:
        """Whether a listed region has neither number nor symbol."""
        seen = (one.observation for one in self.items)
        return any(not one.present and not one.status for one in seen)


def compared(visit: Visit, indicator: Indicator, found: Listing, period: str) -> Compared:
    """The listed regions in a year, in the order of the link."""
    order = visit.state.sortering
    if order == "forandring" and indicator.measure == "class":
        order = "namn"
    earlier = _earlier(visit, found, period) if order == "forandring" else ""
    codes = listing.present_divisions(visit, found, [period])
    names = listing.names(visit, codes)
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
    if indicator.measure in ALONE:
        beside = []
    references = [difference(first, one, indicator) for one in beside if first and one]
    form = shape(indicator, [one.observation.number for one in placed if not one.aside])
    return Compared(found, form, period, earlier, order, names, placed, tuple(references))


def _earlier(visit: Visit, found: Listing, period: str) -> str:
    """The year from which changes are counted: the first of the link's, or the year before."""
    older = [one for one in listing.years(found) if one < period]
    wish = visit.state.ar
    if wish and wish[0] in older:
        return wish[0]
    return older[0] if older else ""


def lede(found: Listing, period: str) -> str:
    """The own region's level in the year and how it stands to its county and country."""
    rows = found.rows[found.rows["period"] == period]
    background, sex, education = found.scope.group
    lines = [
        Line(code, sex, background, "", template.LEAD, education=education)
        for code in (found.scope.own, *found.beside)
    ]
    return narrative(rows, [line for line in lines if not line.rows(rows).empty], found.voice).lede


def change(one: Item, indicator: Indicator, visit: Visit) -> str:
    """A change with its sign; a dash where there is none."""
    value = one.change.value if one.change else None
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + format.number(value, indicator.decimals, visit.lang)
