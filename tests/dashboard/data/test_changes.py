"""Which older version a day means, and that a comparison is made once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.data.changes import EarlierVersion, earlier_version, region_changes
from dashboard.data.context import Context, opened
from dashboard.data.versions import Warehouse
from tests.dashboard.changed_warehouse import edited
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

LATE = "20260930T223000Z-00000000"  # 00:30 on 1 October in Sweden
WINTER = "20261101T225900Z-00000000"  # 23:59 on 1 November in Sweden


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Four versions, the newest after SCB's changes."""
    for version in (LATE, WINTER, FIRST):
        publish(tmp_path, version=version)
    publish(tmp_path, version=SECOND, observations=edited())
    given = opened(tmp_path, CATALOGUE)
    yield given
    given.warehouses.close()


def since(context: Context, day: date | None, version: str = "") -> EarlierVersion:
    """The version that is compared with the current one, or another."""
    with context.warehouses.at(version) as warehouse:
        assert warehouse is not None
        return earlier_version(context, warehouse, day)


def test_a_day_ends_at_midnight_in_sweden(context: Context) -> None:
    """What was published at half past midnight belongs to the day that has begun."""
    assert since(context, date(2026, 9, 30)) == EarlierVersion("", LATE)
    assert since(context, date(2026, 10, 1)).version == LATE
    assert since(context, date(2026, 10, 31)).version == LATE
    assert since(context, date(2026, 11, 1)).version == WINTER
    assert since(context, date(2026, 11, 21)).version == FIRST


def test_after_the_newest_version_nothing_is_newer(context: Context) -> None:
    """The newest is compared with itself, and a frozen link never with what came after it."""
    assert since(context, date(2027, 1, 1)).version == SECOND
    assert since(context, date(2027, 1, 1), WINTER).version == WINTER
    assert since(context, None).version == FIRST
    assert since(context, None, LATE) == EarlierVersion("", LATE)


def test_only_figures_of_the_same_kind_are_compared(context: Context, tmp_path: Path) -> None:
    """Example data from before the first real run are no statistics that SCB has changed."""
    publish(tmp_path, version="20260101T080000Z-00000000", example=True)
    publish(tmp_path, version=SECOND, observations=edited())

    assert since(context, date(2026, 2, 1)) == EarlierVersion("", LATE)


def test_a_file_that_is_no_version_is_no_obstacle(context: Context, tmp_path: Path) -> None:
    """A copy under another name, or a damaged file, is left out."""
    (tmp_path / "warehouse-copy.duckdb").write_bytes(
        (tmp_path / f"warehouse-{FIRST}.duckdb").read_bytes()
    )
    (tmp_path / "warehouse-20250101T080000Z-00000000.duckdb").write_bytes(b"nothing")

    assert since(context, date(2026, 1, 1)) == EarlierVersion("", LATE)


def test_a_comparison_is_made_once_for_a_region(context: Context) -> None:
    """The second reader gets the answer of the first; another region is another answer."""

    def changes(warehouse: Warehouse, region: str) -> object:
        return region_changes(context, warehouse, FIRST, region)

    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        assert changes(warehouse, "01") is changes(warehouse, "01")
        assert changes(warehouse, "01") != changes(warehouse, "09")
