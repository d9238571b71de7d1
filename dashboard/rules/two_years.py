"""
Two years of many regions, side by side: which may be compared, and why the others may not.

Pure. `comparison` decides and `order` places; this pairs the rows and names the reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from dashboard.codes import Order
from dashboard.data.observation import Observation, as_observations
from dashboard.rules import order as rule_order
from dashboard.rules.comparison import Difference, Verdict, comparability, difference
from dashboard.rules.stretches import unbroken
from dashboard.text import enumerated, format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import division, region_level


@dataclass(frozen=True)
class YearPair:
    """One region in an earlier and a later year, and how they compare."""

    region: str
    name: str
    earlier: Observation
    later: Observation
    difference: Difference

    @property
    def comparable(self) -> bool:
        """Whether the two may be joined by a line."""
        return self.difference.value is not None


def year_pairs(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    indicator: Indicator,
    *,
    years: tuple[str, str],
    order: Order = "namn",
) -> tuple[YearPair, ...]:
    """
    Every region of `names` in two years; those that cannot be compared come after, by name.

    Args:
        rows: observations of one group: region, sex, background, period, value, status, segment,
            kind; other years and regions are left aside.
        names: of the regions to pair; one without any row has two missing figures.
        indicator: whose figures they are.
        years: the earlier and the later period.
        order: by name or code; by value in the later year, or by change, largest first.

    Raises:
        ValueError: when the rows hold several groups, or an order by value several levels.

    """
    rows_of_years = rows[rows["region"].isin(names) & rows["period"].isin(years)]
    selected = as_observations(rows_of_years, indicator.id)
    if len({row.group for row in selected}) > 1:
        raise ValueError(f"{indicator.id}: pairs are of one group, got several; choose one")
    known = {(row.region, row.period): row for row in selected}
    by_region = {code: _pair(code, names[code], known, indicator, years=years) for code in names}
    joined = [pair for pair in by_region.values() if pair.comparable]
    others = [pair.later for pair in by_region.values() if not pair.comparable]
    ordered = (
        *_placed(joined, indicator, names, order),
        *rule_order.ordered_by_name(others, names),
    )
    return tuple(by_region[row.observation.region] for row in ordered)


def pair_reason(pair: YearPair, lang: Lang) -> str:
    """Why the two years of a region are not compared, in a few words; "" when they are."""
    verdict = pair.difference.verdict
    if verdict.comparable:
        return ""
    if verdict.reason == "break":
        breaks = enumerated(sorted({mark.period[:4] for mark in verdict.breaks}), lang)
        return term("pair_break", lang, years=breaks)
    if verdict.reason != "missing":
        return term(f"pair_{verdict.reason}", lang)
    missing = sorted(verdict.missing, key=lambda each: each.year)
    return "; ".join(f"{each.period}: {_absence(each, lang)}" for each in missing)


def _absence(observation: Observation, lang: Lang) -> str:
    """The source's symbol with its meaning, or that there is no figure."""
    symbol = format.symbol(observation.status)
    if not symbol:
        return _small(term("not_available", lang))
    return f"{symbol} ({_small(format.meaning(str(observation.status), lang))})"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _pair(
    code: str,
    name: str,
    known: Mapping[tuple[str, str], Observation],
    indicator: Indicator,
    *,
    years: tuple[str, str],
) -> YearPair:
    """The two observations of a region; one that has no row is missing without a symbol."""
    first, last = (known.get((code, year)) for year in years)
    present = first or last
    segment = present.segment if present else ""
    earlier, later = (
        observation or Observation(indicator.id, code, year, segment, None)
        for observation, year in zip((first, last), years, strict=True)
    )
    return YearPair(code, name, earlier, later, difference(later, earlier, indicator))


def _placed(
    joined: Sequence[YearPair], indicator: Indicator, names: Mapping[str, str], order: Order
) -> tuple[rule_order.RankedRow, ...]:
    latest = [pair.later for pair in joined]
    if order == "kod":
        return rule_order.ordered_by_code(latest)
    if order == "varde":
        return rule_order.ordered_by_value(latest, indicator, names)
    if order == "forandring":
        return rule_order.ordered_by_change([pair.difference for pair in joined], indicator, names)
    return rule_order.ordered_by_name(latest, names)


_Series = Sequence[Observation]
TwoYears = tuple[Observation, Observation]


def usual_years(
    series: _Series, other_series: Iterable[_Series], indicator: Indicator
) -> tuple[str, str] | None:
    """
    The first and the last year of the latest stretch of the own series with two numbers.

    Where it has none, those that most of the other series share; None where nobody has any.
    """
    years = _ends(series, indicator)
    if years:
        return years
    counts = Counter(filter(None, (_ends(each, indicator) for each in other_series)))
    return max(counts, key=lambda pair: (counts[pair], pair), default=None)


def year_verdicts(
    years: Iterable[str], fixed: str, series: Sequence[_Series], indicator: Indicator
) -> Mapping[str, Verdict | None]:
    """
    Each year with the verdict why none of the series may be compared with the fixed year.

    None where at least one may. A year in which nobody has a row has no entry.
    """
    known = {(first.region, first.period): first for first in chain.from_iterable(series)}
    regions = list(dict.fromkeys(region for region, _ in known))
    verdicts: dict[str, Verdict | None] = {}
    for year in years:
        pairs = [
            (known[region, year], known[region, fixed])
            for region in regions
            if (region, year) in known and (region, fixed) in known
        ]
        for first, second in _different(pairs, indicator):
            verdict = comparability(first, second, indicator)
            verdicts[year] = None if verdict.comparable else verdict
            if verdict.comparable:
                break
    return verdicts


def _different(pairs: Iterable[TwoYears], indicator: Indicator) -> list[TwoYears]:
    """One pair of each sort: what is not of the region itself decides alike for all of them."""
    targets = [target for mark in indicator.breaks for target in mark.applies_to]
    is_local = any(target.startswith("region:") for target in targets)
    kinds: dict[tuple[object, ...], TwoYears] = {}
    for first, second in pairs:
        kind = (
            first.segment,
            second.segment,
            first.present,
            second.present,
            region_level(first.region),
        )
        special = first.region if is_local or first.members or division(first.region) else ""
        kinds.setdefault((*kind, special), (first, second))
    return list(kinds.values())


def _ends(series: _Series, indicator: Indicator) -> tuple[str, str] | None:
    """First and last year with a number of the latest stretch that has two; None without one."""
    stretches = [
        stretch.present for stretch in unbroken(series, indicator) if len(stretch.present) > 1
    ]
    return (stretches[-1][0].period, stretches[-1][-1].period) if stretches else None
