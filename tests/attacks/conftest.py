"""Fixtures of the attacks: what is fetched, and what is served."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.figures import Source, people, source
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


@pytest.fixture(scope="session")
def first_answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one version, of the first answer of the source of figures."""
    data = tmp_path_factory.mktemp("first") / "data"
    with source(data, people()) as started:
        assert started.run().code == 0
    return data


@pytest.fixture
def panel(first_answer: Path, tmp_path: Path) -> Iterator[Source]:
    """The source of figures whose first answer is published, of one's own."""
    data = Path(shutil.copytree(first_answer, tmp_path / "data"))
    with source(data, people()) as started:
        yield started
