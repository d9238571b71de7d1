"""Extracts of the small warehouse, and what its rows are, asked without the exports."""

from collections.abc import Iterator

import pytest

from dashboard.data.context import Context, opened
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports.extract import Extract
from dashboard.exports.read import requested_extract
from tests.dashboard.exports.truth import LINK, Truth, truth
from tests.dashboard.warehouse import CATALOGUE, publish


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """What the application is given; one for all, since nothing here writes."""
    data = tmp_path_factory.mktemp("exports")
    publish(data)
    given = opened(data, CATALOGUE)
    yield given
    given.warehouses.close()


@pytest.fixture(scope="module")
def warehouse(context: Context) -> Iterator[Warehouse]:
    """The open version."""
    with context.warehouses.current() as found:
        assert found
        yield found


@pytest.fixture(scope="module")
def whole(context: Context, warehouse: Warehouse) -> Extract:
    """Everything there is of two indicators."""
    wanted = RowSelection(indicators=("net_migration", "employment_rate"))
    return requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK)


@pytest.fixture(scope="module")
def told(warehouse: Warehouse) -> Truth:
    """The rows of the same two indicators, by key."""
    return truth(warehouse, "net_migration", "employment_rate")
