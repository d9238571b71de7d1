"""
Months of the example: figures of years, on straight lines between them, with a season.

Pure but for its seeded generator. Everybody of a region goes the same way in a month, so that a
total stays between its groups. The newest month of two small municipalities is not there yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.catalogue.periods import PERIODS_A_YEAR, frequency, number_in_year, shifted
from etl.demo.places import Array, chance, csv_rows
from etl.demo.tables import TIME, CellFigures, Question
from etl.errors import UsageError
from etl.source.jsonstat import NIL

_LATE = frozenset({"0319", "2403"})
_NOT_YET = ".."
_NOISE = 0.01


def season(path: Path, name: str) -> tuple[float, ...]:
    """
    Return what the twelve months add to an indicator, on the scale of odds or of logarithms.

    Raises:
        UsageError: when the file says nothing of it.

    """
    for row in csv_rows(path):
        if row["indicator"] == name:
            return tuple(float(row[f"{month:02d}"]) for month in range(1, 13))
    raise UsageError(
        f"{name}: the example data do not know its season; add a row to etl/demo/seasons.csv, "
        "or fetch real data with `python -m etl run`"
    )


def seasonal_cells(
    question: Question, yearly: Callable[[Question], CellFigures], swings: tuple[float, ...]
) -> CellFigures:
    """
    Return the cells of months, or of quarters, from those of years.

    `yearly` answers with the figures of the year that a period lies in. A cell that the year or
    the next one withholds is withheld.
    """
    periods, axes = question.codes[TIME], list(question.codes)
    time, size = axes.index(TIME), len(axes)
    asked = {question.year(period): period for period in reversed([*question.ours[TIME]])}
    cells = yearly(replace(question, codes={**question.codes, TIME: tuple(asked.values())}))
    counted = np.where(cells.symbol == NIL, 0.0, cells.value)
    years = list(asked)
    now = [years.index(question.year(period)) for period in periods]
    then = [years.index(question.year(shifted(period, 1))) for period in periods]
    passed = [(number_in_year(p) - 1) / PERIODS_A_YEAR[frequency(p)] for p in periods]
    share = _along(passed, time, size)
    value = (1 - share) * counted.take(now, time) + share * counted.take(then, time)
    moved = _along([swings[_month(period) - 1] for period in periods], time, size)
    moved = moved + _noise(question, time)
    if question.bound.use.indicator.measure == "share":
        odds = np.clip(value, 0.1, 99.9) / (100 - np.clip(value, 0.1, 99.9))
        value = np.where(np.isnan(value), np.nan, 100 / (1 + np.exp(-moved) / odds))
    else:
        value = value * np.exp(moved)
    value = value.round(question.contents.decimals)
    withheld = np.where(
        np.isnan(counted.take(now, time)), *(cells.symbol.take(one, time) for one in (now, then))
    )
    symbol = np.where(np.isnan(value), withheld, np.where(value == 0, NIL, ""))
    late = _late(question)
    missing = late | np.isnan(value) | (value == 0)
    return CellFigures(np.where(missing, np.nan, value), np.where(late, _NOT_YET, symbol))


def _month(period: str) -> int:
    """The month of the year in the middle of a period."""
    months = 12 // PERIODS_A_YEAR[frequency(period)]
    return (number_in_year(period) - 1) * months + months // 2 + 1


def _noise(question: Question, axis: int) -> Array:
    """A small change of every region and period, its own whatever is asked with it."""
    region = _region(question)
    every = question.table.periods
    asked = [every.index(period) for period in question.codes[TIME]]
    draws = np.array(
        [
            chance("months", code).normal(0, _NOISE, len(every))[asked]
            for code in question.codes[region]
        ]
    )
    place = list(question.codes).index(region)
    shape = [1] * len(question.codes)
    shape[place], shape[axis] = draws.shape
    laid = draws if place < axis else draws.T
    result: Array = laid.reshape(shape)
    return result


def _late(question: Question) -> NDArray[np.bool_]:
    """Say which cells are of the newest period and of a region that is not there yet."""
    region, newest = _region(question), question.table.periods[-1]
    axes = list(question.codes)
    regions = [code in _LATE for code in question.codes[region]]
    periods = [period == newest for period in question.codes[TIME]]
    late = _along(regions, axes.index(region), len(axes)) * _along(
        periods, axes.index(TIME), len(axes)
    )
    return np.broadcast_to(late > 0, question.shape)


def _region(question: Question) -> str:
    return next(v.code for v in question.table.declared.variables if v.role == "region")


def _along(values: Sequence[float], axis: int, dimensions: int) -> Array:
    return np.array(values, dtype=np.float64).reshape(
        [-1 if n == axis else 1 for n in range(dimensions)]
    )
