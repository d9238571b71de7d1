"""
Runs a command of `etl` and prints what it took, as a process of its own.

python -m tests.benchmarks.peak COMMAND OPTIONS
"""

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from etl.cli import command_line
from tests.source import ROOT

MEGABYTE = 1_000_000


class Taken(NamedTuple):
    """What a command took: bytes of memory at most, and seconds of the processor."""

    peak: int
    seconds: float


def taken(*command: str) -> Taken:
    """What a command of `etl` takes in a process of its own; it must end well."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.peak", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Taken(**json.loads(ran.stdout.splitlines()[-1]))


def peak(process: int | str = "self") -> int:
    """Bytes of memory held at most; not the process's resources, which count its parent's too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


def main(command: Sequence[str]) -> None:
    """Run the command, then tell."""
    code = command_line(command, standalone_mode=False)
    print(json.dumps({"peak": peak(), "seconds": time.process_time()}))
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
