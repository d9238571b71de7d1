"""
The newest figures of a union of regions, of every indicator that has unions.

An edge over `queries`. It decides nothing: `etl.measures` makes the figures.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from dashboard import queries
from dashboard.warehouse import Warehouse
from etl.catalogue import TOTAL, Catalogue, Indicator
from etl.measures import Union, united

SEAM = " "  # between indicator and segment; ids have none
PEOPLE = ["region", "period", "sex", "background", "education"]
CELLS = [*PEOPLE, "segment", "value", "status", "numerator", "denominator"]


def newest(catalogue: Catalogue, warehouse: Warehouse, union: Union) -> pd.DataFrame:
    """
    Return the newest number of each indicator for a union, for everybody.

    Returns:
        indicator and the columns of `etl.measures.united`; an indicator without a number, or
        whose rule is none, has no row.

    """
    known = [one for one in catalogue.indicators if one.union != "none"]
    segments = [(one, segment) for one in known for segment in one.segments]
    rows = queries.newest(
        warehouse,
        union.members,
        indicators=[one.id for one, _ in segments],
        segments=[segment.id for _, segment in segments],
        ages=[segment.ages if one.union == "weight" else None for one, segment in segments],
    )
    people = rows.assign(value=rows["weight"], background=rows["ages"], education=TOTAL)
    weights = people[people["value"].notna()].drop_duplicates(PEOPLE)[[*PEOPLE, "value"]]
    cells = rows.assign(segment=rows["indicator"] + SEAM + rows["segment"])[CELLS]
    own = rows["indicator"]
    found = pd.concat(
        united(cells[own.isin({one.id for one in alike})], union, _as_one(alike), weights)
        for alike in _alike(known)
    )
    # Nothing at all has no parts, either.
    parts = found["segment"].str.partition(SEAM).reindex(columns=range(3))
    return found.assign(indicator=parts[0], segment=parts[2])[found["value"].notna()]


def _alike(known: Sequence[Indicator]) -> Iterator[list[Indicator]]:
    """Yield indicators that are united by one rule: what takes long is the rule, not the rows."""
    kinds = dict.fromkeys((one.union, one.measure == "share") for one in known)
    for kind in kinds:
        yield [one for one in known if (one.union, one.measure == "share") == kind]


def _as_one(alike: Sequence[Indicator]) -> Indicator:
    """Return indicators of one rule as if they were one, their segments under both names."""
    segments = tuple(
        segment.model_copy(update={"id": one.id + SEAM + segment.id})
        for one in alike
        for segment in one.segments
    )
    return alike[0].model_copy(update={"segments": segments})
