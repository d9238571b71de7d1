"""
Years side by side: which a table shows, what lies between two, and which regions compare in both.

Pure. Years stand newest first; two years are (earlier, later). What concerns a series is
decided in `comparison`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from dashboard.codes import Group, Order
from dashboard.data.observation import PERIOD, Observation
from dashboard.rules import order as rule_order
from dashboard.rules.comparison import (
    Difference,
    Verdict,
    applying,
    comparability,
    difference,
    has_seasons,
    marks_within,
    of_one_season,
)
from dashboard.rules.stretches import unbroken
from dashboard.text import enumerated, format, term
from etl.catalogue import Break, Indicator, Lang
from etl.catalogue.periods import PERIODS_A_YEAR, frequency, overlaps
from etl.catalogue.regions import division, region_level

BoundaryKind = Literal["break", "caution", "segment"]
_MOST_YEARS = 10  # years that are shown when nobody asks
YearSpan = tuple[str, str]


@dataclass(frozen=True)
class Boundary:
    """What lies between a year and the year before it: the gravest of its marks, and all."""

    kind: BoundaryKind
    marks: tuple[Break, ...]


def years_to_show(known: Sequence[str], span: YearSpan | None) -> tuple[str, ...]:
    """
    The periods to show, newest first; () where none lies in the span.

    Without a span the newest ten, and of months thirteen: the newest one's of the year before too.
    """
    if span is None:
        most = PERIODS_A_YEAR[frequency(known[0])] + 1 if known else 0
        return tuple(known[: max(_MOST_YEARS, most)])
    return tuple(period for period in known if overlaps(period, *span))


def period_asked(known: Sequence[str], asked: YearSpan | None) -> str:
    """
    The one period that a link asks for, of those known, newest first; "" for none.

    It is the newest inside the last of the link: of a year the year, or its newest month.
    """
    if asked is None:
        return ""
    return next((period for period in known if overlaps(period, asked[1], asked[1])), "")


def pair_asked(known: Sequence[str], asked: YearSpan) -> tuple[str, str]:
    """
    The two periods that a link asks for, "" for one that is not known (newest first).

    Of months and quarters the earlier one is of the season of the later, in the first year.
    """
    last = period_asked(known, asked)
    if last and has_seasons(last):
        first = f"{asked[0][:4]}{last[4:]}"
        return first if first in known and first < last else "", last
    return period_asked(known, (asked[0], asked[0])), last


def unbroken_spans(known: Sequence[str], marks: Iterable[Break]) -> tuple[YearSpan, ...]:
    """
    All years, and each unbroken run of them, newest first; () without years.

    Of months and quarters also each calendar year.
    """
    if not known:
        return ()
    stops = sorted({mark.period for mark in marks if mark.severity == "break"}, reverse=True)
    runs: list[list[str]] = [[known[0]]]
    for newer, older in pairwise(known):
        if any(older < stop <= newer for stop in stops):
            runs.append([])
        runs[-1].append(older)
    spans = [(known[-1], known[0]), *((run[-1], run[0]) for run in runs)]
    if has_seasons(known[0]):
        years = dict.fromkeys(period[:4] for period in known)
        spans += [(year, year) for year in years]
    return tuple(dict.fromkeys(spans))


def change_years(years: Sequence[str], span: YearSpan | None) -> YearSpan | None:
    """
    The two shown years between which change is counted: the ends of a span, else the newest two.

    Of months and quarters the newest, and the same of the first year or, without a span, of the
    one before; None where it is not shown.
    """
    alike = [year for year in years if year[4:] == years[0][4:]]
    if len(alike) < 2:
        return None
    return (alike[-1] if span else alike[1]), years[0]


def marks_concerning(
    indicator: Indicator, regions: Mapping[str, Sequence[str]], group: Group
) -> tuple[Break, ...]:
    """The breaks and cautions that concern a group in any of some regions, each with members."""
    return tuple(
        mark
        for mark in indicator.breaks
        if any(
            applying((mark,), region=code, group=group, members=members)
            for code, members in regions.items()
        )
    )


def boundaries(
    years: Sequence[str], marks: Sequence[Break], segments: Mapping[str, frozenset[str]]
) -> Mapping[str, Boundary]:
    """What lies before each shown year that something lies before, by that year."""
    by_year = {}
    for newer, older in pairwise(years):
        between = marks_within(marks, older, newer)
        parted = segments.get(newer, frozenset()).isdisjoint(segments.get(older, frozenset()))
        if any(mark.severity == "break" for mark in between):
            by_year[newer] = Boundary("break", between)
        elif parted:
            by_year[newer] = Boundary("segment", between)
        elif between:
            by_year[newer] = Boundary("caution", between)
    return by_year


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
    rows: Iterable[Observation],
    names: Mapping[str, str],
    indicator: Indicator,
    *,
    years: tuple[str, str],
    order: Order = "namn",
) -> tuple[YearPair, ...]:
    """
    Every region of `names` in two years; those that cannot be compared come after, by name.

    Args:
        rows: of one group; other years and regions are left aside.
        names: of the regions to pair; one without any row has two missing figures.
        indicator: whose figures they are.
        years: the earlier and the later period.
        order: by name or code; by value in the later year, or by change, largest first.

    Raises:
        ValueError: when the rows hold several groups, or an order by value several levels.

    """
    selected = [row for row in rows if row.period in years and row.region in names]
    if len({row.group for row in selected}) > 1:
        raise ValueError(f"{indicator.id}: pairs are of one group, got several; choose one")
    known = {(row.region, row.period): row for row in selected}
    by_region = {code: _pair(code, names[code], known, indicator, years=years) for code in names}
    joined = [pair for pair in by_region.values() if pair.comparable]
    not_compared = [pair.later for pair in by_region.values() if not pair.comparable]
    ordered = (
        *_in_order(joined, indicator, names, order),
        *rule_order.ordered_by_name(not_compared, names),
    )
    return tuple(by_region[row.observation.region] for row in ordered)


def pair_reason(pair: YearPair, lang: Lang) -> str:
    """Why the two years of a region are not compared, in a few words; "" when they are."""
    verdict = pair.difference.verdict
    if verdict.comparable:
        return ""
    if verdict.reason == "break":
        marks = sorted(verdict.breaks, key=lambda mark: mark.period)
        return term("pair_break", lang, breaks=enumerated(format.mark_labels(marks, lang), lang))
    if verdict.reason != "missing":
        return term(f"pair_{verdict.reason}", lang)
    missing = sorted(verdict.missing, key=PERIOD)
    return "; ".join(
        f"{format.period_short(observation.period, lang)}: {_absence(observation, lang)}"
        for observation in missing
    )


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


def _in_order(
    joined: Sequence[YearPair], indicator: Indicator, names: Mapping[str, str], order: Order
) -> tuple[rule_order.RankedRow, ...]:
    """The later year of each pair, in one of the orders of `Order`."""
    latest = [pair.later for pair in joined]
    if order == "kod":
        return rule_order.ordered_by_code(latest)
    if order == "varde":
        return rule_order.ordered_by_value(latest, indicator, names)
    if order == "forandring":
        return rule_order.ordered_by_change([pair.difference for pair in joined], indicator, names)
    return rule_order.ordered_by_name(latest, names)


_Series = Sequence[Observation]
_TwoYears = tuple[Observation, Observation]


def usual_years(
    series: _Series, other_series: Iterable[_Series], indicator: Indicator
) -> tuple[str, str] | None:
    """
    The first and the last year of the latest stretch of the series with two numbers.

    Where it has none, those that most of the other series share; None where nobody has any.
    """
    years = _ends(series, indicator)
    if years:
        return years
    counts = Counter(filter(None, (_ends(compared, indicator) for compared in other_series)))
    return max(counts, key=lambda pair: (counts[pair], pair), default=None)


def year_verdicts(
    years: Iterable[str], fixed: str, series: Sequence[_Series], indicator: Indicator
) -> Mapping[str, Verdict | None]:
    """
    Each year with the verdict why none of the series may be compared with the fixed year.

    None where at least one may. A year in which nobody has a row has no entry.
    """
    known = {(row.region, row.period): row for row in chain.from_iterable(series)}
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


def _different(pairs: Iterable[_TwoYears], indicator: Indicator) -> list[_TwoYears]:
    """One pair of each sort: what is not of the region itself decides alike for all of them."""
    targets = [target for mark in indicator.breaks for target in mark.applies_to]
    local = {target.removeprefix("region:") for target in targets if target.startswith("region:")}
    kinds: dict[tuple[object, ...], _TwoYears] = {}
    for first, second in pairs:
        kind = (
            first.segment,
            second.segment,
            first.present,
            second.present,
            region_level(first.region),
        )
        is_special = first.region in local or first.members or division(first.region)
        special = first.region if is_special else ""
        kinds.setdefault((*kind, special), (first, second))
    return list(kinds.values())


def _ends(series: _Series, indicator: Indicator) -> tuple[str, str] | None:
    """
    First and last period with a number of the latest stretch that has two; None without one.

    Of months and quarters the first of the season of the last.
    """
    alike = [
        [row for row in stretch.present if of_one_season(row, stretch.present[-1])]
        for stretch in unbroken(series, indicator)
    ]
    pairs = [stretch for stretch in alike if len(stretch) > 1]
    return (pairs[-1][0].period, pairs[-1][-1].period) if pairs else None
