"""
Codes that stand for everybody beside the total, and must therefore equal it.

Pure: says so when they do not; never chooses between them.
"""

import numpy as np

from etl.bound import Bound
from etl.errors import SourceError
from etl.jsonstat import Cells


def check_twins(cells: Cells, bound: Bound) -> None:
    """Refuse a document in which a second code of everybody says something else."""
    value = cells.value.reshape(cells.dataset.size)
    for variable, twin, total in bound.twins:
        dimension = cells.dataset.dimensions[variable]
        axis = list(cells.dataset.dimensions).index(variable)
        one = np.asarray(value.take(dimension.position[twin], axis))
        other = np.asarray(value.take(dimension.position[total], axis))
        both = ~np.isnan(one) & ~np.isnan(other)
        differing = int(np.count_nonzero(one[both] != other[both]))
        if differing:
            raise SourceError(
                f"{variable} {twin} differs from {total} in {differing} of {both.sum()} cells; "
                "both stand for everybody and must be equal"
            )
