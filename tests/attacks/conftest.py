"""Fixtures of the attacks on what is fetched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.world import World, world


@pytest.fixture
def small_world(tmp_path: Path) -> Iterator[World]:
    """Two small tables, fetched and published once."""
    with world(tmp_path) as made:
        run = made.run()
        assert run.code == 0, run.output
        yield made
