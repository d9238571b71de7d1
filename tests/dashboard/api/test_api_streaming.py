"""Five million rows leave the API, served as in production, without ever being held."""

import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from tests.benchmarks.peak import peak
from tests.dashboard.large import ROWS, publish_large
from tests.dashboard.warehouse import ROOT

UNIT = ROOT / "deploy" / "integrationspanelen.service"
WHOLE = "/api/v1/observations?indicator=employment_rate&format=csv"
# Bytes; 256 million of them are there before: program, warehouse and the pages made ahead.
BOUND = 340_000_000
TRIES = 7  # to connect: for half a minute while it starts


def free() -> int:
    """A port that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def command(address: str) -> list[str]:
    """What deploy/ starts, on another address."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    (start,) = [line for line in lines if line.startswith("ExecStart=")]
    return [sys.executable, "-m", "gunicorn", *shlex.split(start)[1:], "--bind", address]


@contextmanager
def deployed(data: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The address of the panel as deploy/ serves it, and the process above its workers."""
    address = f"127.0.0.1:{free()}"
    given = os.environ | {"INTEGRATION_DATA": str(data)}
    with subprocess.Popen(command(address), cwd=ROOT, env=given, stderr=subprocess.DEVNULL) as run:
        try:
            yield f"http://{address}", psutil.Process(run.pid)
        finally:
            run.terminate()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read in /proc")
def test_five_million_rows_stream_in_under_340_megabytes(tmp_path: Path) -> None:
    """However long the answer, each worker, program and all, stays under 340 MB."""
    publish_large(tmp_path)
    patient = httpx.Client(transport=httpx.HTTPTransport(retries=TRIES), timeout=60)
    with deployed(tmp_path) as (base, master), patient as client:
        with client.stream("GET", base + WHOLE) as answer:
            lines = sum(chunk.count(b"\n") for chunk in answer.iter_bytes())
        peaks = [peak(worker.pid) for worker in master.children()]

    assert lines == ROWS + 1
    assert peaks
    assert max(peaks) < BOUND, peaks
