"""
What differs between a version and the one that was there on a day, remembered for a region.

An edge: it looks into the data folder. How two versions are compared is `etl.catalogue.changes`'.
"""

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from dashboard.data.context import Context
from dashboard.data.versions import UnreadableError, Warehouse, is_damage
from etl.catalogue.changes import Comparison, IndicatorChanges, compared
from etl.catalogue.pointer import published_day, warehouse_file
from etl.catalogue.warehouse_schema import holds_examples

log = logging.getLogger(__name__)
_MOST_OF_EACH = 5  # figures of each change of an indicator that a page lists
_MOST_FIGURES = 300  # that a page lists in all, if every indicator shows one of each change


@dataclass(frozen=True)
class EarlierVersion:
    """
    The version that another is compared with, "" where none is so old.

    `oldest` is the oldest one kept that it can be compared with, which may be itself.
    """

    version: str
    oldest: str


@dataclass(frozen=True)
class RegionChanges:
    """
    What differs for a region and its parts between the versions `old` and `new`.

    `joined`: the code under which an area stands now, by the one that it had.
    """

    old: str
    new: str
    region: str
    indicators: tuple[IndicatorChanges, ...]
    joined: Mapping[str, str]


def earlier_version(context: Context, warehouse: Warehouse, day: date | None) -> EarlierVersion:
    """
    The newest version published by the end of a day in Sweden; without a day the one before.

    Only versions of the same kind count: what SCB changed is never told of invented figures.
    """
    kept = [
        version
        for version in context.warehouses.available()
        if version <= warehouse.version and _is_alike(context, warehouse, version)
    ]
    days = {version: published for version in kept if (published := published_day(version))}
    if day is None:
        found = [version for version in days if version < warehouse.version]
    else:
        found = [version for version, published in days.items() if published <= day]
    return EarlierVersion(max(found, default=""), min(days, default=warehouse.version))


def _is_alike(context: Context, warehouse: Warehouse, version: str) -> bool:
    """Whether a version is of invented figures as another is; one that cannot be read is not."""
    file = context.warehouses.data / warehouse_file(version)
    try:
        example = context.memory.recall((version, "example"), lambda: holds_examples(file))
    except duckdb.Error as error:
        log.warning("%s is left out: it cannot be opened (%s)", version, error)
        return False
    return bool(example == warehouse.example)


def region_changes(context: Context, warehouse: Warehouse, old: str, region: str) -> RegionChanges:
    """What differs for a region since an older version, with the first figures of each change."""
    return context.recent.recall(
        (warehouse.version, "changes", old, region),
        lambda: _compared(context, warehouse, old, region),
    )


def _compared(context: Context, warehouse: Warehouse, old: str, region: str) -> RegionChanges:
    if old == warehouse.version:
        return RegionChanges(old, old, region, (), {})
    with _opened(context, warehouse, old, region) as found:
        each = _MOST_FIGURES // (3 * max(1, len(found.indicators)))
        changes = found.changes(min(_MOST_OF_EACH, max(1, each)))
        return RegionChanges(old, warehouse.version, region, changes, found.joined)


def changed_figures(
    context: Context, warehouse: Warehouse, changes: RegionChanges, indicators: Collection[str]
) -> Iterator[pa.Table]:
    """The changed figures of some indicators as tables, by id, region, period and group."""
    concerned = {one.indicator for one in changes.indicators if one.listed} & set(indicators)
    if concerned:
        with _opened(context, warehouse, changes.old, changes.region) as found:
            yield from found.tables(concerned)


@contextmanager
def _opened(context: Context, warehouse: Warehouse, old: str, region: str) -> Iterator[Comparison]:
    """
    Both versions open; their files are there for as long as they are.

    Raises:
        UnreadableError: when one of them is damaged.

    """
    older, newer = (
        context.warehouses.data / warehouse_file(version) for version in (old, warehouse.version)
    )
    try:
        with compared(
            older, newer, region=region, successors=context.catalogue.successors
        ) as comparison:
            yield comparison
    except duckdb.Error as error:
        if not is_damage(error, old, warehouse.version):
            raise
        raise UnreadableError(f"{old} or {warehouse.version} is damaged: {error}") from error
