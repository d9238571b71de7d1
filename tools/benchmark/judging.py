"""
Whether the tables of some addresses show every value of a figure, and what they lack.

A pure module. `yes`: the same measure and divisions, every listed group, region and year, each
value as in the warehouse, at two addresses at most; the form of the chart may differ.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.benchmark.naming import Key
from tools.benchmark.twins import number

MOST_ADDRESSES = 2
MOST_GROUPS_NAMED = 12
SHOWN_BY_NAME = 4  # so many regions or years are named one by one
ROUNDING = 1e-9  # of binary fractions
YES, PARTLY, NO = "yes", "partly", "no"


@dataclass(frozen=True)
class Facts:
    """
    What is known of one figure.

    Attributes:
        wanted: every value of the figure, and whether the source is known to have it.
        warehouse: the values of the data, None where the source has a symbol.
        seen: what the cells of the tables show of each value.
        decimals: of each indicator, as the panel rounds.

    """

    wanted: Mapping[Key, bool]
    warehouse: Mapping[Key, float | None]
    seen: Mapping[Key, Collection[str]]
    decimals: Mapping[str, int]


@dataclass(frozen=True)
class Verdict:
    """How much of a figure is shown, what speaks against it, and what the data do not have."""

    status: str
    reasons: tuple[str, ...] = ()
    not_in_data: tuple[str, ...] = ()


def verdict(facts: Facts, addresses: int, missing: str) -> Verdict:
    """
    Judge one figure.

    A period that the data lack of a series which they have is listed apart, unless the source is
    known to have it; a series of which they have no wanted period speaks against the figure.

    Args:
        facts: what is known of it.
        addresses: how many are opened.
        missing: what no indicator can show, in words; "" for nothing.

    """
    wanted, warehouse = facts.wanted, facts.warehouse
    if not addresses:
        return Verdict(NO, (missing or "no address",))
    if not wanted:
        return Verdict(PARTLY, (missing or "no values to look for",))
    known = [one for one in wanted if one in warehouse]
    absent = [one for one in wanted if one not in warehouse]
    series = {_series(one) for one in known}
    apart = [one for one in absent if _series(one) in series and not wanted[one]]
    unknown = [one for one in absent if _series(one) not in series or wanted[one]]
    unseen = [one for one in known if not facts.seen.get(one)]
    wrong = [one for one in known if not all(_agreeing(one, facts))]
    reasons = [
        *([missing] if missing else []),
        *(f"not in the data: {line}" for line in described(unknown)),
        *(f"not in the tables: {line}" for line in described(unseen)),
        *(f"another value in the tables: {line}" for line in described(wrong)),
    ]
    if addresses > MOST_ADDRESSES:
        reasons.append(f"{addresses} addresses")
    status = PARTLY if reasons else YES
    if not any(facts.seen.get(one) and all(_agreeing(one, facts)) for one in known):
        status = NO
    return Verdict(status, tuple(reasons), tuple(described(apart)))


def agree(shown: str, value: float | None, decimals: int) -> bool:
    """Whether a cell shows a value: rounded to its decimals, a symbol where there is no value."""
    read = number(shown)
    if read is None or value is None:
        return read is value
    return bool(abs(read - value) <= 0.5 * 10.0**-decimals + ROUNDING)


def described(keys: Iterable[Key]) -> list[str]:
    """Keys in words: a line for the groups of an indicator that concern the same figures."""
    periods: dict[Key, list[str]] = {}
    for one in keys:
        periods.setdefault(_series(one), []).append(one.period)
    regions: dict[Key, list[str]] = {}
    for series, several in periods.items():
        alike = series._replace(region="", period=_spans(several))
        regions.setdefault(alike, []).append(series.region)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for alike, places in regions.items():
        words = " ".join(f"{name}={code}" for name, code in alike.groups) or "everybody"
        groups.setdefault((alike.indicator, _short(places), alike.period), []).append(words)
    return [
        f"{indicator} {_few(several)}, {places}, {span}"
        for (indicator, places, span), several in groups.items()
    ]


def _series(one: Key) -> Key:
    return one._replace(period="")


def _agreeing(one: Key, facts: Facts) -> Iterable[bool]:
    """Of each cell that shows a value whether it agrees with the warehouse."""
    decimals = facts.decimals[one.indicator]
    return (agree(shown, facts.warehouse[one], decimals) for shown in facts.seen.get(one, ()))


def _few(groups: Sequence[str]) -> str:
    """Groups by name, or how many they are."""
    return " / ".join(groups) if len(groups) <= MOST_GROUPS_NAMED else f"{len(groups)} groups"


def _short(places: Sequence[str]) -> str:
    if len(places) > SHOWN_BY_NAME:
        return f"{len(places)} regions"
    return f"region{'s' if len(places) > 1 else ''} {', '.join(places)}"


def _spans(periods: Sequence[str]) -> str:
    """Years that follow each other as a span, few periods by name."""
    if len(periods) > 1 and all(one.isdigit() for one in periods):
        years = sorted(map(int, periods))
        if years == list(range(years[0], years[-1] + 1)):
            return f"{years[0]}-{years[-1]}"
    if len(periods) <= SHOWN_BY_NAME:
        return ", ".join(periods)
    return f"{len(periods)} periods {periods[0]}-{periods[-1]}"
