"""What a command sets up for its log is of its own process."""

import logging
from pathlib import Path

from tests.etl.running import etl


def test_a_command_in_a_test_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    """Nobody writes later to the stream that the command had, which is closed."""
    before = logging.getLogger().handlers[:]
    etl("--verbose", "status", "--data", tmp_path)

    assert logging.getLogger().handlers == before
