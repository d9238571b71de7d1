"""Fixtures for the proof of the stand-in."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.pxweb_server import Server, serving
from tests.pxweb_server.small import small_pack

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The proof of the stand-in starts a server for most tests: it is among the slow ones."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def server() -> Iterator[Server]:
    """The stand-in with the small table and a discontinued one, and calls without end."""
    packs = [small_pack(), small_pack("TAB2", discontinued=True)]
    with serving(packs, calls=100_000) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A plain HTTP client at the server's address."""
    with httpx.Client(base_url=server.url) as ready:
        yield ready
