"""
When two figures are in level with each other: the difference is too small to be told.

Pure. It follows the measure and, of shares, how common the thing is: half a percentage point is
little of 80 per cent and a fifth of 2.5. Counts carry random noise from 2025 on, and a few persons
are nothing then. Panels state differences by it, and publishing counts as revised what is beyond.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import Indicator

LOW_SHARE = 10.0  # per cent; below it limits are parts of the share, but never less than these
LEVEL_PART, LEVEL_LEAST = 0.05, 0.2
NOISE_FROM = 2025  # the first year of SCB's cell key method
NOISE_PERSONS = 10


class Limit(NamedTuple):
    """A limit in the measure's points, or in per cent of what is compared with."""

    size: float
    unit: Literal["points", "percent"] = "points"

    def of(self, reference: float) -> float:
        """The limit in the measure's unit, where it is compared with `reference`."""
        return self.size / 100 * abs(reference) if self.unit == "percent" else self.size


# Below these, displayed values are in level. Classes are not: another class is another answer.
LEVEL: Mapping[str, Limit] = MappingProxyType(
    {
        "share": Limit(0.5),
        "ratio": Limit(1.0),
        "index": Limit(1.0),
        "amount": Limit(2.0, "percent"),
        "count": Limit(2.0, "percent"),
    }
)


def level_limit(indicator: Indicator, *, reference: float, larger: float) -> float:
    """
    The difference from which two displayed values are not in level.

    Args:
        indicator: whose values they are.
        reference: the value that is compared with, of which per cent are taken.
        larger: the larger of the two, or of the shares that two gaps are between.

    """
    if indicator.measure == "share" and larger < LOW_SHARE:
        return max(LEVEL_LEAST, LEVEL_PART * larger)
    return LEVEL[indicator.measure].of(reference)


def is_noise(size: float, indicator: Indicator, *years: int) -> bool:
    """Whether a number of persons, or a difference of two, may be the source's noise alone."""
    noisy = indicator.measure == "count" and max(years) >= NOISE_FROM
    return noisy and abs(size) < NOISE_PERSONS


def level_limits(
    indicator: Indicator, reference: NDArray[np.float64], larger: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same for many pairs at once; 0 for classes, of which any other is another answer."""
    limit = LEVEL.get(indicator.measure, Limit(0.0))
    usual = np.broadcast_to(limit.of(1.0), reference.shape)
    if limit.unit == "percent":
        usual = usual * np.abs(reference)
    if indicator.measure == "share":
        low = np.maximum(LEVEL_LEAST, LEVEL_PART * larger)
        return np.where(larger < LOW_SHARE, low, usual)
    return usual
