"""
Whether an answer of the source may be published without a person having looked at it.

Pure: observations before and after in, sentences and examples out. Each content is judged by
itself. What is judged are figures as they would be shown, zeros included; what counts as the same
is said in `etl.measures.level`. All limits stand here and in README, "Held back".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.build.checks import is_net, order_key
from etl.catalogue import TOTAL, Indicator
from etl.measures.areas import OBSERVATION_KEY, Codebook, Observations
from etl.measures.level import NOISE_FROM, NOISE_PERSONS, level_limits

MOST_EMPTIED = 0.05  # of the earlier figures that were not zero may become zero or missing
MOST_REVISED = 0.20  # of the earlier figures may be revised beyond level
MOST_TIMES_USUAL = 5  # may the newest year differ from the year before, at the median
LEAST_USUAL = 3  # earlier changes from year to year, without which none is the usual one
MOST_USUAL = 10  # earlier changes that the usual one is the median of
MOST_ZEROS = 0.5  # of the figures of a first load, or of a newest year, may be zero
EXAMPLES = 10
_HAIR = 1e-9  # by which products of decimals may miss a limit
_SERIES = tuple(column for column in OBSERVATION_KEY if column != "period")


class OldAndNew(NamedTuple):
    """A figure before and after: whose it is, in codes, and both values; None for no number."""

    figure: str
    old: float | None
    new: float | None

    def __str__(self) -> str:
        """The figure as one line."""
        old, new = ("missing" if one is None else f"{one:g}" for one in (self.old, self.new))
        return f"{self.figure}: {old} → {new}"


@dataclass(frozen=True)
class Implausibility:
    """Why an answer waits for a person, in sentences, and figures that show it."""

    reasons: tuple[str, ...]
    examples: tuple[OldAndNew, ...]


class _Pairs(NamedTuple):
    """Earlier figures and what became of them: places among the earlier ones, both values."""

    before: Observations
    old: NDArray[np.float64]
    new: NDArray[np.float64]


class _Years(NamedTuple):
    """Figures by series (rows) and period (columns), and which column is a year before which."""

    value: NDArray[np.float64]
    series: NDArray[np.int64]  # of each row, an observation that is of it
    pairs: tuple[tuple[int, int], ...]  # (the year before, the year), oldest first
    periods: tuple[str, ...]


def doubt_of_change(
    indicator: Indicator, rows: Observations, before: Observations, book: Codebook
) -> Implausibility | None:
    """Return why figures may not take the place of earlier ones unseen; None where they may."""
    pairs = _pairs(indicator, rows, before, book)
    emptied, revised = _emptied(indicator, pairs, book), _revised(indicator, pairs, book)
    reasons, shown = [], np.zeros(len(before), dtype=bool)
    not_zero = int(np.count_nonzero(_number(pairs.old) & (pairs.old != 0)))
    if emptied.sum() > MOST_EMPTIED * not_zero:
        shown |= emptied
        reasons.append(
            f"{_part(emptied.sum(), not_zero)} figures that were not zero are zero or missing; "
            f"expected at most {MOST_EMPTIED:.0%}"
        )
    numbers = int(np.count_nonzero(_number(pairs.old)))
    if revised.sum() > MOST_REVISED * numbers:
        shown |= revised
        size = np.abs(pairs.new - pairs.old)[revised]
        reasons.append(
            f"{_part(revised.sum(), numbers)} figures are revised beyond level, by "
            f"{np.median(size):g} at the median and {size.max():g} at most, the median of all from "
            f"{np.nanmedian(pairs.old):g} to {np.nanmedian(pairs.new):g}; "
            f"expected at most {MOST_REVISED:.0%}"
        )
    examples = list(_of_pairs(pairs, np.flatnonzero(shown), book))
    newest = _doubt_of_newest_year(indicator, rows, before, book)
    if newest:
        reasons += newest.reasons
        examples = examples or list(newest.examples)
    return Implausibility(tuple(reasons), tuple(examples)) if reasons else None


def doubt_of_first_load(
    indicator: Indicator, rows: Observations, book: Codebook
) -> Implausibility | None:
    """Return why figures that have none before them may not be published unseen."""
    numbers = _number(rows.value)
    zeros = np.flatnonzero(rows.value == 0)
    if not zeros.size or zeros.size < MOST_ZEROS * numbers.sum() or is_net(indicator, rows):
        return None
    reason = (
        f"{_part(zeros.size, int(numbers.sum()))} figures of a first load are zero; "
        "expected fewer than half of what is no net"
    )
    examples = (OldAndNew(_named(rows, at, book), None, 0.0) for at in _spread(zeros))
    return Implausibility((reason,), tuple(examples))


def examples_of_change(
    indicator: Indicator, rows: Observations, before: Observations, book: Codebook
) -> tuple[OldAndNew, ...]:
    """Return figures that are another or gone, those of most weight being spread over all."""
    pairs = _pairs(indicator, rows, before, book)
    differs = _number(pairs.old) & ~(pairs.old == pairs.new)
    return tuple(_of_pairs(pairs, np.flatnonzero(differs), book))


def _pairs(
    indicator: Indicator, rows: Observations, before: Observations, book: Codebook
) -> _Pairs:
    keys, wanted = order_key(rows, book), order_key(before, book)
    new = np.full(len(before), np.nan)
    if keys.size:
        order = np.argsort(keys, kind="stable")
        places = order[np.searchsorted(keys, wanted, sorter=order).clip(max=keys.size - 1)]
        new = np.where(keys[places] == wanted, rows.value[places], np.nan)
    old, new = (np.round(value, indicator.decimals) for value in (before.value, new))
    return _Pairs(before, old, new)


def _emptied(indicator: Indicator, pairs: _Pairs, book: Codebook) -> NDArray[np.bool_]:
    """Say which figures were not zero and are zero or missing, but for noise."""
    least = np.where(_noisy(indicator, pairs.before, book), NOISE_PERSONS, 0)
    had = _number(pairs.old) & (pairs.old != 0) & (np.abs(pairs.old) >= least)
    emptied: NDArray[np.bool_] = had & (~_number(pairs.new) | (pairs.new == 0))
    return emptied


def _revised(indicator: Indicator, pairs: _Pairs, book: Codebook) -> NDArray[np.bool_]:
    """Say which figures are others than they were, beyond level and noise."""
    size = np.abs(pairs.new - pairs.old)
    limit = level_limits(indicator, pairs.old, np.maximum(pairs.old, pairs.new))
    limit = np.where(_noisy(indicator, pairs.before, book), np.maximum(limit, NOISE_PERSONS), limit)
    revised: NDArray[np.bool_] = (size != 0) & (size >= limit - _HAIR)  # of NaN neither
    return revised


def _noisy(indicator: Indicator, rows: Observations, book: Codebook) -> NDArray[np.bool_]:
    """Say which figures are counts to which the source adds noise."""
    years = np.array([int(period[:4]) for period in book.codes["period"]], dtype=np.int32)
    return (indicator.measure == "count") & (years[rows.period] >= NOISE_FROM)


def _doubt_of_newest_year(
    indicator: Indicator, rows: Observations, before: Observations, book: Codebook
) -> Implausibility | None:
    """Return why the newest year is doubtful beside the year before, unless it was so before."""
    years = _years(rows, book)
    found = _newest(indicator, years)
    if not found:
        return None
    earlier = _years(before, book)
    if earlier.periods[-1:] == years.periods[-1:] and _newest(indicator, earlier):
        return None
    last, newest = years.pairs[-1]
    old, new = years.value[:, last], years.value[:, newest]
    differing = np.flatnonzero(_number(old) & ~(old == new))
    both = f"{years.periods[last]} → {years.periods[newest]}"
    examples = (
        OldAndNew(
            _named(rows, int(years.series[at]), book, both),
            _or_none(old[at]),
            _or_none(new[at]),
        )
        for at in _spread(differing)
    )
    return Implausibility(tuple(found), tuple(examples))


def _newest(indicator: Indicator, years: _Years) -> list[str]:
    """Return what is unusual in the change to the newest year, if that has a year before it."""
    if not years.pairs or years.pairs[-1][1] != len(years.periods) - 1:
        return []
    *earlier, (last, newest) = years.pairs[-MOST_USUAL - 1 :]
    old, new = years.value[:, last], years.value[:, newest]
    told = f"{years.periods[newest]} beside {years.periods[last]}"
    found = []
    zeros = _zeros(old, new)
    usual_zeros = [_zeros(*years.value[:, pair].T) for pair in earlier]
    usual = float(np.median(usual_zeros)) if earlier else MOST_ZEROS / MOST_TIMES_USUAL
    most = max(MOST_EMPTIED, MOST_TIMES_USUAL * usual)
    if zeros > most:
        found.append(
            f"{told}: {zeros:.1%} of the figures that were not zero are zero; "
            f"expected at most {most:.1%}"
        )
    if len(earlier) < LEAST_USUAL:
        return found
    change = _median_change(old, new)
    usual = float(np.median([_median_change(*years.value[:, pair].T) for pair in earlier]))
    most = MOST_TIMES_USUAL * max(usual, _least_change(indicator, old, years.periods[newest]))
    if change > most:
        found.append(
            f"{told}: figures differ by {change:g} at the median, in the years before by "
            f"{usual:g}; expected at most {most:g}"
        )
    return found


def _zeros(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    """Return the part of figures that were not zero which are."""
    had = _number(old) & (old != 0)
    return float((had & (new == 0)).sum() / had.sum()) if had.any() else 0.0


def _median_change(old: NDArray[np.float64], new: NDArray[np.float64]) -> float:
    size = np.abs(new - old)
    size = size[~np.isnan(size)]
    return float(np.median(size)) if size.size else 0.0


def _least_change(indicator: Indicator, old: NDArray[np.float64], period: str) -> float:
    """Return the change that is none: that in level at the median, and noise."""
    numbers = np.abs(old[_number(old)])
    middle = np.array([np.median(numbers) if numbers.size else 0.0])
    limit = float(level_limits(indicator, middle, middle)[0])
    noisy = indicator.measure == "count" and int(period[:4]) >= NOISE_FROM
    return max(limit, NOISE_PERSONS) if noisy else limit


def _years(rows: Observations, book: Codebook) -> _Years:
    present = np.flatnonzero(np.bincount(rows.period, minlength=len(book.codes["period"])))
    periods = tuple(book.codes["period"][number] for number in present)
    _, first, place = np.unique(
        order_key(rows, book, _SERIES), return_index=True, return_inverse=True
    )
    value = np.full((len(first), len(periods)), np.nan)
    value[place, np.searchsorted(present, rows.period)] = rows.value
    column = {period: number for number, period in enumerate(periods)}
    pairs = (
        (column[earlier], number)
        for number, period in enumerate(periods)
        if (earlier := f"{int(period[:4]) - 1}{period[4:]}") in column
    )
    return _Years(value, first, tuple(pairs), periods)


def _number(value: NDArray[np.float64]) -> NDArray[np.bool_]:
    return ~np.isnan(value)


def _of_pairs(pairs: _Pairs, places: NDArray[np.intp], book: Codebook) -> Iterator[OldAndNew]:
    for at in _spread(places):
        figure = _named(pairs.before, at, book)
        yield OldAndNew(figure, _or_none(pairs.old[at]), _or_none(pairs.new[at]))


def _spread(places: NDArray[np.intp]) -> Sequence[int]:
    """Return at most ten places, drawn from all of them, the same ones every time."""
    if places.size > EXAMPLES:
        drawn = np.random.default_rng(places.size).choice(places.size, EXAMPLES, replace=False)
        places = places[np.sort(drawn)]
    return [int(place) for place in places]


def _named(rows: Observations, at: int, book: Codebook, periods: str = "") -> str:
    """Return the codes of an observation, or of several `periods`, without those of everybody."""
    codes = {column: book.codes[column][getattr(rows, column)[at]] for column in OBSERVATION_KEY}
    groups = [
        f"{column} {code}"
        for column, code in codes.items()
        if column not in {"region", "period"} and code != TOTAL
    ]
    return " ".join([codes["region"], periods or codes["period"], *groups])


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _part(some: int, many: int) -> str:
    return f"{some:,} of {many:,} ({some / many:.1%})"
