"""Fixtures shared by all tests."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever reads the whole example is among the slow tests: building it takes long."""
    for item in items:
        if "example_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; skips where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the reference material ../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def example_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example of the shipped catalogue, built once for all tests."""
    data = tmp_path_factory.mktemp("example") / "data"
    run = CliRunner().invoke(app, ["demo", "--data", str(data)])
    assert run.exit_code == 0, run.output
    return data
