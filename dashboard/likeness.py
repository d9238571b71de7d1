"""
The similar municipalities of each one, remembered per version.

An edge over `queries`; the method is that of `etl.measures.similar`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import queries
from dashboard.visit import Visit
from etl.measures import Neighbours, NobodyAlikeError, main_groups, profiles, similar


@dataclass(frozen=True)
class Likeness:
    """Which municipalities are alike, by code; the year and figures that it rests on."""

    year: str
    neighbours: Mapping[str, Neighbours]
    profiles: pd.DataFrame


def likeness(visit: Visit, without: tuple[str, ...] = ()) -> Likeness | None:
    """
    The nearest of every municipality; None where the warehouse lacks what it is measured by.

    Args:
        visit: gives warehouse and memory.
        without: variables that are an indicator's own subject (`etl.measures.own_subject`).

    """
    return visit.context.memory.recall(
        (visit.warehouse.version, "likeness", without), lambda: _likeness(visit, without)
    )


def _likeness(visit: Visit, without: tuple[str, ...]) -> Likeness | None:
    people = queries.people(visit.warehouse)
    groups = main_groups(queries.members(visit.warehouse))
    if people.empty or not groups:
        return None
    schooling = queries.post_secondary(visit.warehouse)
    try:
        year, made = profiles(people, None if schooling.empty else schooling)
        known = made[made.index.isin(list(groups))]
        return Likeness(year, similar(known, groups, without=without), known)
    except NobodyAlikeError:
        return None
