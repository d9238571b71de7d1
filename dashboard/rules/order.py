"""
The order of regions in a list: by name unless the reader asks; never a grade.

Pure. Only observations that may be compared with each other get a place, also when they are
sorted by change; those without a number, or that cannot be compared, come after and have none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.codes import Order
from dashboard.data.observation import Observation, displayed_value
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
        "grupp. Lika visade värden delar plats. De som saknar värde, eller inte kan jämföras, står "
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
    """One row of a sorted list; `rank` from 1, equal displayed values share one."""

    observation: Observation
    rank: int | None
    change: float | None = None


def place_words(row: RankedRow, rows: Iterable[RankedRow], lang: Lang) -> str:
    """The place of a row among all rows, "plats 3", "delad plats 4"; "" of one without."""
    if row.rank is None:
        return ""
    sharing = sum(other.rank == row.rank for other in rows)
    return term("place_shared" if sharing > 1 else "place_alone", lang, place=row.rank)


def ordered_by_name(
    observations: Iterable[Observation], names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """The rows by the name of the region in Swedish order, without places."""
    sorted_observations = sorted(
        observations, key=lambda row: _letters(names.get(row.region, row.region))
    )
    return tuple(RankedRow(row, None) for row in sorted_observations)


def ordered_by_code(observations: Iterable[Observation]) -> tuple[RankedRow, ...]:
    """The rows by the code of the region, without places."""
    return tuple(RankedRow(row, None) for row in sorted(observations, key=lambda row: row.region))


def ordered_by_value(
    observations: Sequence[Observation], indicator: Indicator, names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """
    The rows from the highest displayed value to the lowest.

    Raises:
        ValueError: when the regions are of several levels, or not one period and group.

    """
    _require_alike(observations)
    ranked = largest_comparable([row for row in observations if row.present], indicator)
    keyed = [(displayed_value(row.number, indicator.decimals), row) for row in ranked]
    unranked = [row for row in observations if row not in set(ranked)]
    return _placed(keyed, unranked, names, change=False)


def ordered_by_change(
    changes: Sequence[Difference], indicator: Indicator, names: Mapping[str, str]
) -> tuple[RankedRow, ...]:
    """
    The rows from the largest rise to the largest fall, of the later observation of each pair.

    A change across a break, or from or to a missing value, has no place.

    Raises:
        ValueError: as `ordered_by_value`, or when the changes are not between the same two periods.

    """
    latest = [row.observation for row in changes]
    _require_alike(latest)
    if len({(row.reference.period, row.observation.period) for row in changes}) > 1:
        raise ValueError(f"{indicator.id}: changes between different periods have no common order")
    value = {row.observation: row.value for row in changes if row.value is not None}
    ranked = largest_comparable([row for row in latest if row in value], indicator)
    unranked = [row for row in latest if row not in set(ranked)]
    return _placed([(value[row], row) for row in ranked], unranked, names, change=True)


def largest_comparable(present: Iterable[Observation], indicator: Indicator) -> list[Observation]:
    """The largest set of observations that may be compared with each other."""
    sets: list[list[Observation]] = []
    for observation in present:
        for known in sets:
            if comparability(observation, known[0], indicator).comparable:
                known.append(observation)
                break
        else:
            sets.append([observation])
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
    rows = [
        RankedRow(observation, keys.index(key) + 1, key if change else None)
        for key, observation in ordered
    ]
    return (*rows, *ordered_by_name(rest, names))


def _require_alike(observations: Sequence[Observation]) -> None:
    levels = sorted({region_level(row.region) for row in observations})
    if len(levels) > 1:
        raise ValueError(f"an order never crosses levels, got {', '.join(levels)}; choose one")
    if len({(row.period, row.group) for row in observations}) > 1:
        raise ValueError("an order is of one period and one group; choose one of each")


def _letters(name: str) -> str:
    return name.casefold().translate(ALPHABET)


@dataclass(frozen=True)
class Item:
    """
    A region of the list with its observation.

    `change` is since an earlier year, None when nobody asked. `aside` is the reason why it is
    not compared with the others: a key of `comparison.Reason`, "" when it is.
    """

    observation: Observation
    change: Difference | None = None
    aside: str = ""

    @property
    def region(self) -> str:
        """The code of the region."""
        return self.observation.region


def items(
    observations: Sequence[Observation],
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
        observations: of that year and one group; a region without one is missing.
        names: the regions by code.
        indicator: whose figures they are.
        order: by name or code; by value or change, largest first.
        period: the year.
        earlier: those of the year from which changes are counted, for an order by change.

    """
    known = {row.region: row for row in observations if row.region in names}
    alike = largest_comparable([row for row in known.values() if row.present], indicator)
    ranked_regions = {row.region for row in alike}
    before = {row.region: row for row in earlier}
    changes = {
        row.region: difference(row, before[row.region], indicator)
        for row in alike
        if row.region in before
    }
    ranked = _position(alike, changes, indicator, names=names, order=order)
    unranked = [
        known.get(code) or _absent(code, indicator, period)
        for code in names
        if code not in ranked_regions
    ]
    first = [Item(row.observation, changes.get(row.observation.region)) for row in ranked]
    last = [
        Item(row.observation, aside=_aside(row.observation, alike, indicator))
        for row in ordered_by_name(unranked, names)
    ]
    return (*first, *last)


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
        unchanged = [row for row in alike if row.region not in changes]
        changed = ordered_by_change(list(changes.values()), indicator, names)
        return (*changed, *ordered_by_name(unchanged, names))
    return ordered_by_name(alike, names)


def _absent(region: str, indicator: Indicator, period: str) -> Observation:
    return Observation(indicator.id, region, period, "", None)


def _aside(observation: Observation, alike: Sequence[Observation], indicator: Indicator) -> str:
    if not observation.present or not alike:
        return "missing"
    return comparability(observation, alike[0], indicator).reason or "missing"
