"""
Cells of shares and other rates, rounded and suppressed as the source would.

Pure. Codes mean what the binder understood; a figure of too few persons is never given.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from etl.binding.binding import Bound
from etl.catalogue import TOTAL
from etl.demo.places import YEARS, Array
from etl.demo.rates import BETTER, LEVELS, SIGN, Profile
from etl.demo.world import Answer, Question, World

SEXES = (TOTAL, "1", "2")
SMALLEST_GROUP, FEWEST_WITH = 20, 5
# County and municipality in one, which elect no regional council.
GOTLAND = ("09", "0980")
# What a net is drawn around, as a ratio of those who come and those who go.
AS_MANY = 100
Index = NDArray[np.intp]
Meanings = Mapping[str, Mapping[str, tuple[str, str]]]


def rated(world: World, question: Question) -> Answer:
    """Return the cells of a rate; both numbers of a small group are withheld."""
    indicator = question.bound.use.indicator
    rate = world.rates(indicator.id)
    where = _where(world, question, rate.backgrounds)
    education = _index(question, _meanings(question.bound), "education", _places(tuple(LEVELS)))
    value = _educated(rate.profile, rate.value[where], education)
    if limits := indicator.limits:
        value = (value - (AS_MANY if limits.min < 0 else 0)).clip(limits.min, limits.max)
    size = rate.size[where] * np.array(list(LEVELS.values()))[education]
    few = size <= SMALLEST_GROUP
    if rate.profile.share:
        few = few | (size * value / 100 <= FEWEST_WITH)
    known = np.where(few, np.nan, value.round(question.contents.decimals))
    nowhere = np.zeros(question.shape, dtype=np.bool_)
    if indicator.id == "turnout_regional":
        nowhere |= np.isin(where[0], [world.places.row[code] for code in GOTLAND])
    known = np.where(nowhere, np.nan, known)
    return Answer(known, np.where(nowhere, ".", np.where(np.isnan(known), "..", "")))


def _where(
    world: World, question: Question, backgrounds: Sequence[str]
) -> tuple[Index, Index, Index, Index]:
    """Return the region, period, sex and background of each cell, as places in the rate."""
    meaning = _meanings(question.bound)
    group = _index(question, meaning, "background", _places(backgrounds))
    return (
        _index(question, meaning, "region", world.places.row),
        _index(question, meaning, "period", _places(YEARS)),
        _index(question, meaning, "sex", _places(SEXES)),
        np.maximum(group, backgrounds.index(question.background)),
    )


def _meanings(bound: Bound) -> Meanings:
    """Return for each variable what its codes became: our column and code."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for block in bound.blocks:
        for variable, groups in block.axes.items():
            codes = found.setdefault(variable, {})
            for group in groups:
                codes.update(dict.fromkeys(group.plus, (group.column, group.code)))
    return found


def _index(question: Question, meaning: Meanings, column: str, places: Mapping[str, int]) -> Index:
    """Return where each cell stands in a column: 0, the total, unless one of its codes says it."""
    axes = len(question.codes)
    found: Index = np.zeros((1,) * axes, dtype=np.intp)
    for axis, (name, codes) in enumerate(question.codes.items()):
        became = [meaning[name].get(code, ("", TOTAL)) for code in codes]
        index = [places[ours] if own == column else 0 for own, ours in became]
        along = np.array(index, dtype=np.intp).reshape(
            [-1 if n == axis else 1 for n in range(axes)]
        )
        found = np.maximum(found, along)
    return found


def _educated(known: Profile, value: Array, education: Index) -> Array:
    """Shift values by level of education; everybody stays as they are."""
    if not education.any():
        return value
    better = np.array([BETTER.get(code, 0.0) * SIGN[known.better] for code in LEVELS])
    shifted = known.back(known.line(value) + better[education])
    return np.where(education > 0, shifted, value)


def _places(codes: Sequence[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes)}
