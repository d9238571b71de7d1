"""
What is computed from observations: sums of areas, as counts.

Pure. A sum is made of numerators and denominators, never of shares, and only when every
member has both: a suppressed or absent member makes the sum missing.
"""

import re
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from etl.codebook import Codebook
from etl.observations import NOT_POSSIBLE, Observations

MISSING = ".."


def parents(book: Codebook, level: str, areas: Collection[str]) -> NDArray[np.int32]:
    """
    Return for each region of the codebook the place of the region it is summed to, or -1.

    A county, or the country, is summed to only when every municipality in it has areas: the
    sum of a part is not the whole.
    """
    length = {"municipality": 4, "county": 2}.get(level, 0)
    bare = {code[:4] for code in book.codes["region"] if re.fullmatch(r"\d{4}", code)} - {
        code[:4] for code in areas
    }
    partial = {code[:length] for code in bare}
    found = [
        -1
        if "R" not in code or (length < 4 and code[:length] in partial)
        else book.place["region"].get(code[:length] or "00", -1)
        for code in book.codes["region"]
    ]
    return np.array(found, dtype=np.int32)


def summed(members: Observations, parent: NDArray[np.int32]) -> Observations:
    """
    Add the counts of areas to the regions that `parent` names; the share follows from them.

    Args:
        members: observations with numerator and denominator.
        parent: place of the larger region for each region of the codebook; -1 for none.

    Returns:
        One row for each larger region, period, sex, background and education of the members,
        computed. It is missing when any member is; of nobody there is no share.

    """
    if members.numerator is None or members.denominator is None:
        raise ValueError("shares cannot be added: numerator and denominator are needed")
    target = parent[members.region]
    inside = target >= 0
    keys = np.stack(
        [target[inside]]
        + [
            getattr(members, name)[inside].astype(np.int32)
            for name in ("period", "sex", "background", "education")
        ]
    )
    groups, group = np.unique(keys, axis=1, return_inverse=True)
    over = np.bincount(group, weights=members.numerator[inside], minlength=groups.shape[1])
    under = np.bincount(group, weights=members.denominator[inside], minlength=groups.shape[1])
    value = 100 * over / np.where(under == 0, np.nan, under)
    status = np.where(np.isnan(value), np.int8(1), np.int8(0))
    status[(under == 0) & ~np.isnan(over)] = 2
    return Observations(
        region=groups[0].astype(np.int32),
        period=groups[1].astype(np.int16),
        sex=groups[2].astype(np.int16),
        background=groups[3].astype(np.int16),
        education=groups[4].astype(np.int16),
        value=value,
        status=status,
        numerator=over.astype(np.float64),
        denominator=under.astype(np.float64),
        computed=True,
        symbols=("", MISSING, NOT_POSSIBLE),
    )
