"""
Which municipalities resemble each other, by version: figures of the warehouse, rule of `etl`.

The method and its limits stand in `etl.measures.similarity`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.data.context import Context
from dashboard.data.queries.figures import post_secondary, similarity_population
from dashboard.data.queries.holdings import union_members
from dashboard.data.versions import Warehouse
from etl.measures.similarity import (
    Neighbours,
    NobodyAlikeError,
    main_groups,
    own_subject,
    profiles,
    similar,
)


@dataclass(frozen=True)
class Similarity:
    """
    The similar municipalities of each, by code.

    `year` and `profiles` (index code, columns `etl.measures.VARIABLES`) are what it rests on.
    """

    year: str
    neighbours: Mapping[str, Neighbours]
    profiles: pd.DataFrame


def similarity(
    context: Context, warehouse: Warehouse, indicators: Collection[str] = ()
) -> Similarity | None:
    """
    The similar municipalities of a version; None where it lacks what they are measured by.

    They are not measured by what any of the indicators (ids) is itself about.
    """
    subjects = tuple(sorted({name for id in indicators for name in own_subject(id)}))
    return context.memory.recall(
        (warehouse.version, "similarity", subjects), lambda: _similarity(warehouse, subjects)
    )


def _similarity(warehouse: Warehouse, subjects: tuple[str, ...]) -> Similarity | None:
    population = similarity_population(warehouse)
    groups = main_groups(union_members(warehouse))
    if population.empty or not groups:
        return None
    education = post_secondary(warehouse)
    try:
        year, by_municipality = profiles(population, None if education.empty else education)
        grouped = by_municipality[by_municipality.index.isin(list(groups))]
        return Similarity(year, similar(grouped, groups, without=subjects), grouped)
    except NobodyAlikeError:
        return None
