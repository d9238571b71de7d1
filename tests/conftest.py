"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the repository; skips where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the reference material ../shared is not here")
    return SHARED
