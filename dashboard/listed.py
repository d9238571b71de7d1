"""
The regions of one year in the order that the reader chose, each with what may be said of it.

Pure. `ordering` places and `comparison` decides; those that cannot be compared with the others
come after, by name, each with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import format, ordering
from dashboard.comparison import Difference, compared, difference
from dashboard.observation import Observation
from dashboard.text import term
from dashboard.url import Order
from etl.catalogue import Indicator, Lang


@dataclass(frozen=True)
class Item:
    """
    A region of the list: its observation, and its place where the order gives one.

    `change` is since an earlier year, None when nobody asked. `aside` is the reason why it is
    not compared with the others: a key of `comparison.Reason`, "" when it is.
    """

    observation: Observation
    place: int | None = None
    change: Difference | None = None
    aside: str = ""

    @property
    def region(self) -> str:
        """The code of the region."""
        return self.observation.region


def items(
    seen: Sequence[Observation],
    names: Mapping[str, str],
    indicator: Indicator,
    *,
    order: Order,
    period: str,
    earlier: Sequence[Observation] = (),
) -> tuple[Item, ...]:
    """
    Every region of `names` in one year.

    Args:
        seen: the observations of that year and one group; a region without one is missing.
        names: the regions by code.
        indicator: whose figures they are.
        order: by name or code; by value or change, largest first.
        period: the year.
        earlier: those of the year from which changes are counted, for an order by change.

    """
    known = {one.region: one for one in seen if one.region in names}
    alike = ordering.largest([one for one in known.values() if one.present], indicator)
    own = {one.region for one in alike}
    before = {one.region: one for one in earlier}
    changes = {
        one.region: difference(one, before[one.region], indicator)
        for one in alike
        if one.region in before
    }
    placed = _placed(alike, changes, indicator, names=names, order=order)
    rest = [
        known.get(code) or _absent(code, indicator, period) for code in names if code not in own
    ]
    found = [
        Item(one.observation, one.place, changes.get(one.observation.region)) for one in placed
    ]
    after = [
        Item(one.observation, aside=_aside(one.observation, alike, indicator))
        for one in ordering.by_name(rest, names)
    ]
    return (*found, *after)


def why(item: Item, lang: Lang) -> str:
    """Why an item is not compared with the others, in a few words; "" when it is."""
    if not item.aside:
        return ""
    if item.aside != "missing":
        return term(f"aside_{item.aside}", lang)
    if not format.symbol(item.observation.status):
        return term("not_available", lang)
    return format.meaning(str(item.observation.status), lang)


def _placed(
    alike: Sequence[Observation],
    changes: Mapping[str, Difference],
    indicator: Indicator,
    *,
    names: Mapping[str, str],
    order: Order,
) -> tuple[ordering.Placed, ...]:
    if order == "kod":
        return ordering.by_code(alike)
    if order == "varde":
        return ordering.by_value(alike, indicator, names)
    if order == "forandring" and changes:
        without = [one for one in alike if one.region not in changes]
        moved = ordering.by_change(list(changes.values()), indicator, names)
        return (*moved, *ordering.by_name(without, names))
    return ordering.by_name(alike, names)


def _absent(region: str, indicator: Indicator, period: str) -> Observation:
    return Observation(indicator.id, region, period, "", None)


def _aside(one: Observation, alike: Sequence[Observation], indicator: Indicator) -> str:
    if not one.present or not alike:
        return "missing"
    return compared(one, alike[0], indicator).reason or "missing"
