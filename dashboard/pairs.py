"""
Two years of many regions, side by side: which may be compared, and why the others may not.

Pure. `comparison` decides and `ordering` places; this pairs the rows and names the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import format, ordering
from dashboard.comparison import Difference, difference
from dashboard.observation import Observation, observations
from dashboard.text import enumerated, term
from dashboard.url import Order
from etl.catalogue import Indicator, Lang


@dataclass(frozen=True)
class Pair:
    """One region in an earlier and a later year, and what may be said of the two."""

    region: str
    name: str
    earlier: Observation
    later: Observation
    difference: Difference

    @property
    def comparable(self) -> bool:
        """Whether the two may be joined by a line."""
        return self.difference.value is not None


def pairs(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    indicator: Indicator,
    *,
    years: tuple[str, str],
    order: Order = "namn",
) -> tuple[Pair, ...]:
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
    wanted = rows[rows["region"].isin(names) & rows["period"].isin(years)]
    found = observations(wanted, indicator.id)
    if len({one.group for one in found}) > 1:
        raise ValueError(f"{indicator.id}: pairs are of one group, got several; choose one")
    known = {(one.region, one.period): one for one in found}
    made = {code: _pair(code, names[code], known, indicator, years=years) for code in names}
    joined = [pair for pair in made.values() if pair.comparable]
    rest = [pair.later for pair in made.values() if not pair.comparable]
    placed = (*_placed(joined, indicator, names, order), *ordering.by_name(rest, names))
    return tuple(made[one.observation.region] for one in placed)


def reason(pair: Pair, lang: Lang) -> str:
    """Why the two years of a region are not compared, in a few words; "" when they are."""
    verdict = pair.difference.verdict
    if verdict.comparable:
        return ""
    if verdict.reason == "break":
        breaks = enumerated(sorted({mark.period[:4] for mark in verdict.breaks}), lang)
        return term("pair_break", lang, years=breaks)
    if verdict.reason != "missing":
        return term(f"pair_{verdict.reason}", lang)
    gone = sorted(verdict.missing, key=lambda one: one.year)
    return "; ".join(f"{one.period}: {_absence(one, lang)}" for one in gone)


def _absence(one: Observation, lang: Lang) -> str:
    """The source's symbol with its meaning, or that there is no figure."""
    symbol = format.symbol(one.status)
    if not symbol:
        return _small(term("not_available", lang))
    return f"{symbol} ({_small(format.meaning(str(one.status), lang))})"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _pair(
    code: str,
    name: str,
    known: Mapping[tuple[str, str], Observation],
    indicator: Indicator,
    *,
    years: tuple[str, str],
) -> Pair:
    """The two observations of a region; one that has no row is missing without a symbol."""
    first, last = (known.get((code, year)) for year in years)
    other = first or last
    segment = other.segment if other else ""
    earlier, later = (
        one or Observation(indicator.id, code, year, segment, None)
        for one, year in zip((first, last), years, strict=True)
    )
    return Pair(code, name, earlier, later, difference(later, earlier, indicator))


def _placed(
    joined: Sequence[Pair], indicator: Indicator, names: Mapping[str, str], order: Order
) -> tuple[ordering.Placed, ...]:
    latest = [pair.later for pair in joined]
    if order == "kod":
        return ordering.by_code(latest)
    if order == "varde":
        return ordering.by_value(latest, indicator, names)
    if order == "forandring":
        return ordering.by_change([pair.difference for pair in joined], indicator, names)
    return ordering.by_name(latest, names)
