"""
What must hold before anything is published; every breach at once, with numbers.

Pure: observations and expectations in, sentences out. What metadata alone can tell (unit,
decimals, content text) is checked when a source is bound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import TOTAL, Indicator, ValueLimits
from etl.measures.areas import Codebook, Observations

_DIMENSIONS = ("sex", "background", "age", "education")
_WAREHOUSE_ORDER = ("background", "age", "education", "sex", "region", "period")
_HIGHEST_SHARE = 100
_FACTOR = 5
_PLACE = ("region", "period")
# By how many persons a count that is protected may be off, more than which is told of as change.
_PROTECTED = 10
_ROUNDED, _HAIR = 0.05, 1e-6  # what a part in per cent, published with one decimal, may be off


@dataclass(frozen=True)
class Coverage:
    """What a source promised, or had last time: its regions and periods, and the medians."""

    regions: frozenset[str]
    periods: frozenset[str]
    medians: Mapping[str, float]


def order_key(
    rows: Observations, book: Codebook, columns: Sequence[str] = _WAREHOUSE_ORDER
) -> NDArray[np.int64]:
    """Return one number an observation, ordered like the warehouse: equal keys are twins."""
    number = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        number *= len(book.codes[column])
        number += getattr(rows, column)
    return number


def breaches(
    indicator: Indicator,
    rows: Observations,
    book: Codebook,
    *,
    promised: Coverage,
    exact_to: int | None,
) -> list[str]:
    """Return every expectation of one source that its observations do not meet."""
    return [
        *_range(indicator, rows),
        *_counts(rows),
        *_counts_beside(rows, book),
        *_unique(rows, book),
        *(_parts_of_whole(indicator.parts, rows, book) if indicator.parts else ()),
        *(_parts_of_total(rows, book, exact_to) if exact_to else ()),
        *_nothing_lost(rows, book, promised, "metadata promise"),
    ]


def changes_of_size(
    indicator: Indicator, rows: Observations, book: Codebook, before: Coverage
) -> list[str]:
    """Return in what a source is smaller than in the version before, or of another size."""
    return [
        *_nothing_lost(rows, book, before, "the last version had"),
        *_still_numbers(rows, book, before),
        *_same_size(indicator, rows, book, before),
    ]


def is_net(indicator: Indicator, rows: Observations) -> bool:
    """Whether figures are differences, of which any may be zero: some are, or may be, negative."""
    may_be = indicator.limits is not None and indicator.limits.min < 0
    return may_be or bool((rows.value < 0).any())


def source_coverage(rows: Observations, book: Codebook) -> Coverage:
    """Return the regions, periods and medians that a source has."""
    return Coverage(
        frozenset(_present(rows, book, "region")),
        frozenset(_present(rows, book, "period")),
        period_medians(rows, book),
    )


def period_medians(rows: Observations, book: Codebook) -> dict[str, float]:
    """Return the median over regions, everybody, of each period that has a number."""
    everybody = np.ones(len(rows), dtype=bool)
    for column in _DIMENSIONS:
        everybody &= getattr(rows, column) == book.position[column][TOTAL]
    everybody &= ~np.isnan(rows.value)
    period, value = rows.period[everybody], rows.value[everybody]
    return {
        book.codes["period"][number]: float(np.median(value[period == number]))
        for number in np.flatnonzero(np.bincount(period))
    }


def _range(indicator: Indicator, rows: Observations) -> Iterator[str]:
    value = rows.value[~np.isnan(rows.value)]
    if not value.size:
        return
    low, high = float(value.min()), float(value.max())
    if np.isinf(value).any():
        yield "a value is infinite; expected numbers"
    if indicator.limits:
        yield from _outside(indicator.limits, value)
        return
    if indicator.measure == "share" and high > _HIGHEST_SHARE:
        many = int((value > _HIGHEST_SHARE).sum())
        yield f"highest share {high:g} in {many} cells; expected at most {_HIGHEST_SHARE}"
    if indicator.measure in {"share", "index", "ratio", "amount", "class"} and low < 0:
        yield f"lowest value {low:g}; a {indicator.measure} is never negative"


def _outside(limits: ValueLimits, value: NDArray[np.float64]) -> Iterator[str]:
    many = int(((value < limits.min) | (value > limits.max)).sum())
    if many:
        yield (
            f"values from {value.min():g} to {value.max():g}, {many} of them outside the limits; "
            f"expected {limits.min:g} to {limits.max:g}"
        )


def _counts(rows: Observations) -> Iterator[str]:
    if rows.denominator is not None and (rows.denominator < 0).any():
        yield f"lowest denominator {np.nanmin(rows.denominator):g}; expected none below 0"


def _counts_beside(rows: Observations, book: Codebook) -> Iterator[str]:
    """
    A published share is that of the counts published beside it.

    But for its rounding, and what the source may have changed each count by to protect persons.
    """
    if rows.numerator is None or rows.denominator is None:
        return
    of_somebody = ~rows.computed & ~np.isnan(rows.value) & (rows.denominator > 0)
    share, over, under = (
        column[of_somebody] for column in (rows.value, rows.numerator, rows.denominator)
    )
    apart = np.abs(100 * over / under - share)
    protected = _PROTECTED * (100 + share) / under
    wrong = np.flatnonzero(apart > _ROUNDED + protected + _HAIR)
    if wrong.size:
        worst = wrong[np.argmax(apart[wrong])]
        where = (book.codes[name][getattr(rows, name)[of_somebody][worst]] for name in _PLACE)
        yield (
            f"{wrong.size} of {share.size} shares are not those of the counts beside them, for "
            f"example {share[worst]:g} and {over[worst]:g} of {under[worst]:g} "
            f"({' '.join(where)}); expected the same but for rounding and {_PROTECTED} persons"
        )


def _unique(rows: Observations, book: Codebook) -> Iterator[str]:
    number = np.sort(order_key(rows, book), kind="stable")  # documents are in order, mostly
    twice = int((number[1:] == number[:-1]).sum())
    if twice:
        yield f"{twice} observations stand twice; expected one for each combination of codes"


def _parts_of_total(rows: Observations, book: Codebook, last: int) -> Iterator[str]:
    """Women and men are everybody to a year, where all three are published."""
    count = rows.value if rows.denominator is None else rows.denominator
    numbers = book.position["sex"]
    if not {"1", "2"} <= set(numbers):
        return
    rest = order_key(rows, book, ("background", "age", "education", "region", "period"))
    exact = np.array([period[:4] <= str(last) for period in book.codes["period"]])[rows.period]
    everybody, *halves = (exact & (rows.sex == numbers[code]) for code in (TOTAL, "1", "2"))
    keys, total = rest[everybody], count[everybody]
    men, women = (_at(keys, rest[half], count[half]) for half in halves)
    wrong = np.flatnonzero(~np.isnan(total + men + women) & (total != men + women))
    if wrong.size:
        first = wrong[0]
        yield (
            f"women and men differ from everybody in {wrong.size} cells, for example "
            f"{men[first] + women[first]:g} and {total[first]:g}; expected equal numbers"
        )


def _parts_of_whole(dimension: str, rows: Observations, book: Codebook) -> Iterator[str]:
    """Parts of one whole are together never more than 100, and 100 where each has a number."""
    number = order_key(rows, book, [name for name in _WAREHOUSE_ORDER if name != dimension])
    wholes, place = np.unique(number, return_inverse=True)
    known = ~np.isnan(rows.value)
    added = np.bincount(place, np.where(known, rows.value, 0), minlength=len(wholes))
    parts = np.bincount(place, minlength=len(wholes))
    complete = np.bincount(place, known, minlength=len(wholes)) == parts
    off = np.where(complete, np.abs(added - _HIGHEST_SHARE), added - _HIGHEST_SHARE)
    wrong = np.flatnonzero(off > parts * _ROUNDED + _HAIR)
    if wrong.size:
        first = wrong[0]
        yield (
            f"the parts of {wrong.size} wholes are not 100, for example {added[first]:g} of "
            f"{parts[first]} parts; expected 100 where each has a number, and never more"
        )


def _at(
    wanted_keys: NDArray[np.int64], keys: NDArray[np.int64], numbers: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the number of each wanted key, NaN where it is not among the keys."""
    if not keys.size:
        return np.full(len(wanted_keys), np.nan)
    if np.array_equal(keys, wanted_keys):
        return numbers
    order = np.argsort(keys, kind="stable")
    positions = order[np.searchsorted(keys, wanted_keys, sorter=order).clip(max=keys.size - 1)]
    return np.where(keys[positions] == wanted_keys, numbers[positions], np.nan)


def _nothing_lost(
    rows: Observations, book: Codebook, expected: Coverage, who: str
) -> Iterator[str]:
    for column, codes in (("region", expected.regions), ("period", expected.periods)):
        missing = sorted(codes - set(_present(rows, book, column)))
        if missing:
            yield f"{len(missing)} of {len(codes)} {column}s that {who} are gone: {_few(missing)}"


def _still_numbers(rows: Observations, book: Codebook, before: Coverage) -> Iterator[str]:
    """A period that is there without any number for everybody is as lost as one that is gone."""
    periods, numbers = set(_present(rows, book, "period")), period_medians(rows, book)
    missing = sorted(set(before.medians) & periods - set(numbers))
    if missing:
        yield f"no number for everybody in {_few(missing)}, where the last version had some"


def _same_size(
    indicator: Indicator, rows: Observations, book: Codebook, before: Coverage
) -> Iterator[str]:
    other, gone = [], []
    for period, median in period_medians(rows, book).items():
        old = before.medians.get(period)
        told = f"median of {period} is {median:g}, in the last version {old:g}" if old else ""
        # A net may change its sign from one version to the next; a unit does not.
        if old and old * median > 0 and not 1 / _FACTOR <= median / old <= _FACTOR:
            other.append(told)
        elif old and median == 0:
            gone.append(told)
    if other:
        yield (
            f"{_first(other)}; expected less than {_FACTOR} times as much: has the unit changed?"
        )
    if gone and not is_net(indicator, rows):
        yield f"{_first(gone)}; expected no zero: is it missing?"


def _first(texts: Sequence[str]) -> str:
    more = len(texts) - 1
    return texts[0] + (f" (and {more} more period{'s' * (more != 1)} like it)" if more else "")


def _present(rows: Observations, book: Codebook, column: str) -> list[str]:
    codes = book.codes[column]
    times = np.bincount(getattr(rows, column), minlength=len(codes))
    return [codes[number] for number in np.flatnonzero(times)]


def _few(codes: Iterable[str]) -> str:
    listed = list(codes)
    return ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")


class Footprint(NamedTuple):
    """Observations, and which regions and periods of the codebook they stand in."""

    rows: Observations
    regions: NDArray[np.bool_]
    periods: NDArray[np.bool_]


def footprint(rows: Observations, book: Codebook) -> Footprint:
    """Return where observations stand, which tells at once that most others stand elsewhere."""
    return Footprint(
        rows,
        np.bincount(rows.region, minlength=len(book.codes["region"])) > 0,
        np.bincount(rows.period, minlength=len(book.codes["period"])) > 0,
    )


def overlap(new: Sequence[Footprint], earlier: Iterable[Footprint], book: Codebook) -> int:
    """Return how many observations of `new` also stand in `there`."""
    return sum(
        _shared(footprint_now, footprint_before, book)
        for footprint_before in earlier
        for footprint_now in new
    )


def _shared(new: Footprint, earlier: Footprint, book: Codebook) -> int:
    regions, periods = new.regions & earlier.regions, new.periods & earlier.periods
    if not (regions.any() and periods.any()):
        return 0
    near, far = (
        order_key(side.rows, book)[regions[side.rows.region] & periods[side.rows.period]]
        for side in (new, earlier)
    )
    return int(np.isin(near, far).sum())
