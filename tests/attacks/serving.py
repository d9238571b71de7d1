"""A panel under attack: versions that differ in every figure, and what is asked of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, Row, rows

THIRD = "20261123T081500Z-9a0b1c2d"
CALLBACK = "/_dash-update-component"


def raised(by: float) -> tuple[Row, ...]:
    """The figures of `rows`, each larger by so much; what is missing stays missing."""
    return tuple(
        (*row[:5], None if row[5] is None else round(row[5] + by, 1), *row[6:]) for row in rows()
    )


@contextmanager
def panel(data: Path, *, address: str = "") -> Iterator[FlaskClient]:
    """The application over a data folder, whose readers find it at an address."""
    given = opened(data, CATALOGUE, settings=settings(address=address))
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


def get(client: FlaskClient, address: str, **more: Any) -> TestResponse:
    """An answer, read to its end."""
    return client.get(address, buffered=True, **more)
