"""Builds a warehouse and prints how much memory that took. Started as a process of its own.

python -m tests.benchmarks.peak CATALOGUE DATA
"""

import json
import re
import sys
from pathlib import Path

from etl.catalogue.loading import load
from etl.pipeline import build


def peak(process: int | str = "self") -> int:
    """Bytes of memory held at most; not the process's resources, which count its parent's too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def main(catalogue: Path, data: Path) -> None:
    """Builds, then tells."""
    outcome = build(load(catalogue), catalogue.read_bytes(), data)
    print(json.dumps({"observations": outcome.report.observations, "peak": peak()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
