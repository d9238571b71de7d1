"""Fixtures shared by all tests."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.example import example, files
from tests.source import ROOT

SHARED = ROOT.parent / "shared"

# Property tests take the time they take: the machine of the day is no property.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def reads_example(item: pytest.Item) -> bool:
    """Whether a test reads the whole example, itself or through a fixture."""
    return "example_data" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the whole example is among the slow tests: building it takes long."""
    for item in filter(reads_example, items):
        item.add_marker(pytest.mark.slow)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build the example before the first test begins: a test's time limit is not for it."""
    if any(map(reads_example, session.items)) and not session.config.option.collectonly:
        example()


def pytest_unconfigure() -> None:
    """
    Take Hypothesis's callback off the garbage collector.

    It would keep its module, and with it every fixture, until after the check in which DuckDB
    complains on stderr of what is not freed at the end of the process.
    """
    gc.callbacks[:] = [one for one in gc.callbacks if not one.__module__.startswith("hypothesis")]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; skips where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the reference material ../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def example_data() -> Iterator[Path]:
    """A data folder with the example of the shipped catalogue, for all tests: read only."""
    data = example()
    before = [(path, path.stat().st_mtime_ns) for path in files(data)]
    yield data
    assert [(path, path.stat().st_mtime_ns) for path in files(data)] == before
