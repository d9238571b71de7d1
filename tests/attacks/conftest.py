"""Fixtures of the attacks: what is fetched, and what is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.world import World, world
from tests.dashboard.warehouse import publish


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[World]:
    """Two small tables, fetched and published once."""
    with world(tmp_path) as made:
        run = made.run()
        assert run.code == 0, run.output
        yield made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one published version."""
    publish(tmp_path)
    return tmp_path
