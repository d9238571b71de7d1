"""
The order of regions in a list: by name unless the reader asks; never a grade.

Pure. Only observations that may be compared with each other get a place, also when they are
sorted by change; those without a number, or that cannot be compared, come after and have none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.codes import Order
from dashboard.data.observation import Observation, shown
from dashboard.rules.comparison import Difference, comparability, difference
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang, Text
from etl.catalogue.regions import region_level

# Swedish order of the letters that Unicode places otherwise.
ALPHABET = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})
METHOD = Text(
    sv=(
        "En lista står i bokstavsordning tills läsaren väljer en annan ordning. Plats får bara "
        "uppgifter på samma nivå som kan jämföras med varandra: samma mått, register, år och "
        "grupp. Lika visade tal delar plats. De som saknar tal, eller inte kan jämföras, står "
        "efter de andra och har ingen plats. Ordningen är inget betyg: små skillnader saknar "
        "praktisk betydelse."
    ),
    en=(
        "A list is in alphabetical order until the reader chooses another. Only figures of one "
        "level that may be compared with each other get a place: the same measure, register, year "
        "and group. Equal displayed numbers share a place. Those without a number, or that cannot "
        "be compared, stand after the others and have none. The order is not a grade: small "
        "differences have no practical importance."
    ),
)


@dataclass(frozen=True)
class RankedRow:
    """One row of a sorted list; `place` from 1, equal displayed values share one."""

    observation: Observation
    place: int | None
    change: float | None = None


def ordered_by_name(
    observations: Iterable[Observation], names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """The rows by the name of the region in Swedish order, without places."""
    ordered = sorted(observations, key=lambda one: _letters(names.get(one.region, one.region)))
    return tuple(RankedRow(one, None) for one in ordered)


def ordered_by_code(observations: Iterable[Observation]) -> tuple[RankedRow, ...]:
    """The rows by the code of the region, without places."""
    return tuple(RankedRow(one, None) for one in sorted(observations, key=lambda one: one.region))


def ordered_by_value(
    observations: Sequence[Observation], indicator: Indicator, names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """
    The rows from the highest displayed value to the lowest.

    Raises:
        ValueError: when the regions are of several levels, or not one year and group.

    """
    _require_alike(observations)
    ranked = largest_comparable([one for one in observations if one.present], indicator)
    keyed = [(shown(one.number, indicator.decimals), one) for one in ranked]
    rest = [one for one in observations if one not in set(ranked)]
    return _placed(keyed, rest, names, change=False)


def ordered_by_change(
    changes: Sequence[Difference], indicator: Indicator, names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """
    The rows from the largest rise to the largest fall, of the later observation of each pair.

    A change across a break, or from or to a missing value, has no place.

    Raises:
        ValueError: as `by_value`, or when the changes are not between the same two years.

    """
    latest = [found.observation for found in changes]
    _require_alike(latest)
    if len({(found.reference.year, found.observation.year) for found in changes}) > 1:
        raise ValueError(f"{indicator.id}: changes between different years have no common order")
    value = {found.observation: found.value for found in changes if found.value is not None}
    ranked = largest_comparable([one for one in latest if one in value], indicator)
    rest = [one for one in latest if one not in set(ranked)]
    return _placed([(value[one], one) for one in ranked], rest, names, change=True)


def largest_comparable(present: Iterable[Observation], indicator: Indicator) -> list[Observation]:
    """The largest set of observations that may be compared with each other."""
    sets: list[list[Observation]] = []
    for one in present:
        for known in sets:
            if comparability(one, known[0], indicator).comparable:
                known.append(one)
                break
        else:
            sets.append([one])
    return max(sets, key=len, default=[])


def _placed(
    keyed: Sequence[tuple[float, Observation]],
    rest: Sequence[Observation],
    names: Mapping[str, str],
    *,
    change: bool,
) -> tuple[RankedRow, ...]:
    ordered = sorted(keyed, key=lambda row: (-row[0], _letters(names.get(row[1].region, ""))))
    keys = [key for key, _ in ordered]
    rows = [RankedRow(one, keys.index(key) + 1, key if change else None) for key, one in ordered]
    return (*rows, *ordered_by_name(rest, names))


def _require_alike(observations: Sequence[Observation]) -> None:
    levels = sorted({region_level(one.region) for one in observations})
    if len(levels) > 1:
        raise ValueError(f"an order never crosses levels, got {', '.join(levels)}; choose one")
    if len({(one.year, one.group) for one in observations}) > 1:
        raise ValueError("an order is of one year and one group; choose one of each")


def _letters(name: str) -> str:
    return name.casefold().translate(ALPHABET)


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
    alike = largest_comparable([one for one in known.values() if one.present], indicator)
    own = {one.region for one in alike}
    before = {one.region: one for one in earlier}
    changes = {
        one.region: difference(one, before[one.region], indicator)
        for one in alike
        if one.region in before
    }
    placed = _position(alike, changes, indicator, names=names, order=order)
    rest = [
        known.get(code) or _absent(code, indicator, period) for code in names if code not in own
    ]
    found = [
        Item(one.observation, one.place, changes.get(one.observation.region)) for one in placed
    ]
    after = [
        Item(one.observation, aside=_aside(one.observation, alike, indicator))
        for one in ordered_by_name(rest, names)
    ]
    return (*found, *after)


def aside_reason(item: Item, lang: Lang) -> str:
    """Why an item is not compared with the others, in a few words; "" when it is."""
    if not item.aside:
        return ""
    if item.aside != "missing":
        return term(f"aside_{item.aside}", lang)
    if not format.symbol(item.observation.status):
        return term("not_available", lang)
    return format.meaning(str(item.observation.status), lang)


def _position(
    alike: Sequence[Observation],
    changes: Mapping[str, Difference],
    indicator: Indicator,
    *,
    names: Mapping[str, str],
    order: Order,
) -> tuple[RankedRow, ...]:
    if order == "kod":
        return ordered_by_code(alike)
    if order == "varde":
        return ordered_by_value(alike, indicator, names)
    if order == "forandring" and changes:
        without = [one for one in alike if one.region not in changes]
        moved = ordered_by_change(list(changes.values()), indicator, names)
        return (*moved, *ordered_by_name(without, names))
    return ordered_by_name(alike, names)


def _absent(region: str, indicator: Indicator, period: str) -> Observation:
    return Observation(indicator.id, region, period, "", None)


def _aside(one: Observation, alike: Sequence[Observation], indicator: Indicator) -> str:
    if not one.present or not alike:
        return "missing"
    return comparability(one, alike[0], indicator).reason or "missing"
