"""
Which municipalities resemble each other, by version: figures of the warehouse, rule of `etl`.

The method and its limits stand in `etl.measures.similarity`.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import pandas as pd

from dashboard.data.context import Context
from dashboard.data.queries.figures import (
    criterion_shares,
    post_secondary,
    similarity_population,
)
from dashboard.data.queries.holdings import union_members
from dashboard.data.versions import Warehouse
from etl.catalogue import Catalogue, Indicator
from etl.measures.similarity import (
    PUBLISHED,
    USUAL_NUMBER,
    Alike,
    Likeness,
    NobodyAlikeError,
    alike,
    likeness_of,
    main_groups,
    own_subject,
    profiles,
)


class _Resting(NamedTuple):
    """What similarity rests on: the variables of the published method, and SKR's main groups."""

    year: str
    profiles: pd.DataFrame
    groups: Mapping[str, str]


def _resting(context: Context, warehouse: Warehouse) -> _Resting | None:
    """What a version has of it, asked once; None where it lacks population or SKR's groups."""
    return context.memory.recall(
        (warehouse.version, "similarity rests on"), lambda: _asked_resting(warehouse)
    )


def _asked_resting(warehouse: Warehouse) -> _Resting | None:
    population = similarity_population(warehouse)
    groups = main_groups(union_members(warehouse))
    if population.empty or not groups:
        return None
    education = post_secondary(warehouse)
    try:
        year, by_municipality = profiles(population, None if education.empty else education)
    except NobodyAlikeError:
        return None
    grouped = by_municipality[by_municipality.index.isin(list(groups))]
    return _Resting(year, grouped, groups)


def criteria(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """The indicators by which municipalities may be chosen besides the published variables."""
    return tuple(indicator for indicator in catalogue.indicators if indicator.criterion)


def known_likeness(context: Context, warehouse: Warehouse) -> Likeness | None:
    """What the municipalities of a version are like, asked once; None where it lacks them."""
    return context.memory.recall(
        (warehouse.version, "likeness"), lambda: _likeness(context, warehouse)
    )


def _likeness(context: Context, warehouse: Warehouse) -> Likeness | None:
    resting = _resting(context, warehouse)
    if resting is None:
        return None
    ids = [indicator.id for indicator in criteria(context.catalogue)]
    shares: dict[str, tuple[str, dict[str, float]]] = {}
    for id, period, region, value in criterion_shares(warehouse, ids) if ids else ():
        shares.setdefault(id, (period, {}))[1][region] = value
    ordered = {id: shares[id] for id in ids if id in shares}
    return likeness_of(resting.profiles, resting.year, resting.groups, ordered)


def alike_municipalities(
    context: Context,
    warehouse: Warehouse,
    region: str,
    *,
    weights: Mapping[str, int] = PUBLISHED,
    number: int = USUAL_NUMBER,
    indicators: Collection[str] = (),
) -> Alike | None:
    """
    The municipalities nearest to one by criteria of some weights.

    None where the region is no municipality, where the version lacks what they are measured by,
    and where every criterion is what the indicators (ids) are about or is the same everywhere.
    """
    known = known_likeness(context, warehouse)
    if known is None or region not in known.codes:
        return None
    subjects = {name for id in indicators for name in _subjects(id, context.catalogue)}
    try:
        return alike(region, known, weights, number=number, without=subjects)
    except NobodyAlikeError:
        return None


def _subjects(id: str, catalogue: Catalogue) -> set[str]:
    """The criteria that are what an indicator is about: itself, and what is nearly the same."""
    indicator = catalogue.indicator.get(id)
    if indicator is None:
        return {id}
    family = indicator.family
    near = {one.id for one in criteria(catalogue) if family and one.family == family}
    return {id, *near, *own_subject(indicator)}
