"""
How unevenly two groups live over the areas of a region.

Pure. The dissimilarity index of Duncan and Duncan (1955), "A Methodological Analysis of
Segregation Indexes", American Sociological Review 20(2), 210-217:

    D = 100 x 1/2 x sum over areas of | f / F - s / S |

f and s are the members of the two groups in an area, F and S in the whole region. D is 0 when
every area has the same shares, 100 when no area has both groups: the share of either group
that would have to move for all areas to be alike. It depends on how the areas are drawn, and
says nothing of distances between them or of sizes of the groups.
"""

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import Text
from etl.measures.areas import MISSING, NOT_POSSIBLE, Larger, Observations, larger

FEWEST_AREAS = 5
METHOD = Text(
    sv=(
        "Boendesegregation mäts med olikhetsindex (Duncan och Duncan 1955) över RegSO-områdena i "
        "en kommun eller ett län: halva summan av skillnaderna, område för område, mellan områdets "
        "andel av alla utrikes födda och dess andel av alla födda i Sverige, gånger 100. 0 betyder "
        "samma fördelning överallt, 100 att inget område har båda grupperna. Regioner med färre än "
        "fem områden har inget index. Talet beror på hur områdena är ritade och säger inget om "
        "avstånd mellan dem eller om varför man bor där."
    ),
    en=(
        "Residential segregation is measured by the dissimilarity index (Duncan and Duncan 1955) "
        "over the RegSO areas of a municipality or county: half the sum of the differences, area "
        "by area, between its share of all foreign-born persons and its share of all persons born "
        "in Sweden, times 100. 0 means the same distribution everywhere, 100 that no area has both "
        "groups. Regions with fewer than five areas have no index. It depends on how the areas are "
        "drawn and says nothing of distances between them or of why people live there."
    ),
)


def dissimilarity(members: Observations, parent: NDArray[np.int32]) -> Observations:
    """
    Return the index of the larger regions that `parent` names, from the counts of their areas.

    Args:
        members: observations of areas; numerator is the one group, the rest of the denominator
            the other.
        parent: place of the larger region for each region of the codebook; -1 for none.

    Returns:
        One row for each larger region, period and group with at least
        `FEWEST_AREAS` areas, computed, from 0 to 100, without numerator and denominator. It is
        missing (`..`) when a count of any area is, and cannot occur (`.`) without both groups.

    """
    if members.numerator is None or members.denominator is None:
        raise ValueError("segregation is made of counts: numerator and denominator are needed")
    regions = larger(members, parent)
    numerator, denominator = regions.added(members.numerator), regions.added(members.denominator)
    group = members.numerator[regions.inside]
    rest = members.denominator[regions.inside] - group
    value = _index(regions, group, rest)
    hidden = np.isnan(numerator + denominator)
    status = np.where(hidden, 1, np.where(np.isnan(value), 2, 0)).astype(np.int8)
    enough = np.bincount(regions.group, minlength=regions.count) >= FEWEST_AREAS
    return Observations(
        **{column: codes[enough] for column, codes in regions.codes.items()},
        value=value[enough],
        status=status[enough],
        numerator=None,
        denominator=None,
        computed=np.ones(int(enough.sum()), dtype=np.bool_),
        symbols=("", MISSING, NOT_POSSIBLE),
    )


def _index(
    regions: Larger, group: NDArray[np.float64], rest: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the index of each region; NaN where a group has nobody or a count is missing."""
    shares = []
    for counts in (group, rest):
        whole = np.bincount(regions.group, counts, regions.count)
        shares.append(counts / np.where(whole == 0, np.nan, whole)[regions.group])
    differences = np.bincount(regions.group, np.abs(shares[0] - shares[1]), regions.count)
    return 50 * differences.astype(np.float64)
