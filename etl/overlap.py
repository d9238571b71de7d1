"""
Whether two sources of one indicator give the same observation.

Pure. Each source is unique in itself (see `checks`); the catalogue may still bind two that
give one region, period and group twice, and then nobody could say which is right.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.checks import key
from etl.codebook import Codebook
from etl.observations import Observations


class Placed(NamedTuple):
    """Observations, and which regions and periods of the codebook they stand in."""

    rows: Observations
    regions: NDArray[np.bool_]
    periods: NDArray[np.bool_]


def placed(rows: Observations, book: Codebook) -> Placed:
    """Return where observations stand, which tells at once that most others stand elsewhere."""
    return Placed(
        rows,
        np.bincount(rows.region, minlength=len(book.codes["region"])) > 0,
        np.bincount(rows.period, minlength=len(book.codes["period"])) > 0,
    )


def overlap(new: Sequence[Placed], there: Iterable[Placed], book: Codebook) -> int:
    """Return how many observations of `new` also stand in `there`."""
    return sum(_shared(one, other, book) for other in there for one in new)


def _shared(one: Placed, other: Placed, book: Codebook) -> int:
    regions, periods = one.regions & other.regions, one.periods & other.periods
    if not (regions.any() and periods.any()):
        return 0
    near, far = (
        key(side.rows, book)[regions[side.rows.region] & periods[side.rows.period]]
        for side in (one, other)
    )
    return int(np.isin(near, far).sum())
