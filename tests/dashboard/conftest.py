"""A context over a small real warehouse, and the application over it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.data.versions import Warehouse
from dashboard.server.app import create_app
from tests.dashboard.union_warehouse import publish_unions
from tests.dashboard.warehouse import CATALOGUE, ROOT, publish


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one published version."""
    publish(tmp_path)
    return tmp_path


@pytest.fixture
def context(data: Path) -> Iterator[Context]:
    """What the application is given."""
    given = opened(data, CATALOGUE)
    yield given
    given.warehouses.close()


@pytest.fixture
def client(request: pytest.FixtureRequest) -> FlaskClient:
    """The application over HTTP, without a socket; of its own where a test changes the data."""
    if not {"data", "context"} & set(request.fixturenames):
        shared: FlaskClient = request.getfixturevalue("reader")
        return shared
    server: Flask = create_app(request.getfixturevalue("context")).server
    return server.test_client()


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a warehouse that is never published anew: for tests that only read."""
    folder = tmp_path_factory.mktemp("read")
    publish(folder)
    given = opened(folder, CATALOGUE)
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


@pytest.fixture(scope="session")
def shipped(example_data: Path) -> Iterator[Context]:
    """The shipped catalogue over its example: for tests that only read."""
    given = opened(example_data, ROOT / "indicators.yaml")
    yield given
    given.warehouses.close()


@pytest.fixture(scope="session")
def shipped_client(shipped: Context) -> FlaskClient:
    """The application over the example."""
    client: FlaskClient = create_app(shipped).server.test_client()
    return client


@pytest.fixture(scope="session")
def united(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """What the application is given: a group of two municipalities, one without 2021."""
    folder = tmp_path_factory.mktemp("united")
    publish_unions(folder)
    given = opened(folder, ROOT / "indicators.yaml")
    yield given
    given.warehouses.close()


@pytest.fixture
def queries_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL that any warehouse is asked from now on, in order: work is counted, never timed."""
    asked: list[str] = []

    def noted(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asking(warehouse: Warehouse, sql: str, **params: Any) -> Any:
            asked.append(sql)
            return ask(warehouse, sql, **params)

        return asking

    for name in ("arrow", "columns", "frame", "rows"):
        monkeypatch.setattr(Warehouse, name, noted(getattr(Warehouse, name)))
    return asked
