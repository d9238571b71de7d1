"""The panel of a checkout, started as its users start it, on a free port of this machine."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

# The panel takes this for its own address, so that links in files name no port.
PUBLIC = "https://panel.example"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
LAST = 15.0  # seconds that the panel gets to end by itself


class NotStartedError(RuntimeError):
    """The panel did not start; the message holds what it wrote."""


@contextmanager
def running(checkout: Path, data: Path) -> Iterator[str]:
    """
    The address of a panel over a folder of data, while it runs.

    Raises:
        NotStartedError: it did not start.

    """
    command = [sys.executable, "-m", "dashboard", "--data", str(data.resolve())]
    options = ["--port", "0", "--address", PUBLIC]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("INTEGRATION_")
    }
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603  # our own program
            [*command, *options],
            cwd=checkout,
            env=environment | {"PYTHONPATH": str(checkout), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield _address(process, log)
        finally:
            _end(process)


def _address(process: subprocess.Popen[str], log: IO[str]) -> str:
    """The address that the panel writes when it listens."""
    for line in process.stdout or ():
        match = ADDRESS.search(line)
        if match:
            return match.group()
    log.seek(0)
    raise NotStartedError(f"the panel did not start:\n{log.read()[-2000:]}")


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(LAST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
