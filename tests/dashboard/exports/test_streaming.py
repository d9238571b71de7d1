"""How much memory a large file costs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dashboard.large import ROWS, publish_large
from tests.dashboard.warehouse import ROOT


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read in /proc")
def test_five_million_rows_of_parquet_are_made_in_under_300_megabytes(tmp_path: Path) -> None:
    """Whoever takes everything slows nobody else: memory does not grow with the answer."""
    publish_large(tmp_path)
    command = [sys.executable, "-m", "tests.dashboard.exports.streaming", str(tmp_path), "parquet"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    told = json.loads(run.stdout)

    assert told["rows"] == ROWS
    assert told["peak"] < 300_000_000, told
