"""
How soon a reader sees the first chart, beside Vizro and Streamlit.

Each pins a Dash and a Plotly of its own, and so has an environment of its own, which
`make bench-peers` makes.
"""

import os
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from etl.catalogue.pointer import read_pointer
from tests.benchmarks.machine import told
from tests.benchmarks.panels import HOST, WORKERS, deployed, first_line, rows
from tests.browser.serving import chromium, running
from tests.source import ROOT

INDICATOR = "employment_rate"
ADDRESS = f"/indikator/{INDICATOR}?region=0127"
ENVIRONMENTS = ROOT / ".benchmarks" / "peers"
APPLICATIONS = Path(__file__).parent / "peers"
RUNS = 7
SHARE = 0.6
SECONDS_TO_START = 60
PACKAGES = ("dash", "plotly", "flask", "gunicorn", "duckdb", "pandas")

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def program(peer: str, name: str) -> str:
    """A program of a peer's environment; without one the test is skipped."""
    found = shutil.which(ENVIRONMENTS / peer / "bin" / name)
    if found is None:
        pytest.skip(f"no {name} in {ENVIRONMENTS / peer}; `make bench-peers` installs the peers")
    return found


@contextmanager
def started(command: list[str], source: Path, port: int) -> Iterator[int]:
    """The port of a peer that reads a file of rows, once it answers there."""
    with subprocess.Popen(
        command,
        cwd=APPLICATIONS,
        env=os.environ | {"ROWS": str(source)},
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            answered(process, port)
            yield port
        finally:
            process.terminate()


def answered(process: subprocess.Popen[bytes], port: int) -> None:
    """Waits until somebody answers at a port."""
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            assert process.poll() is None, f"{process.args!r} has ended"
            assert time.monotonic() < until, f"{process.args!r} answers nobody"
            time.sleep(0.1)
        else:
            return


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])


def vizro(source: Path) -> AbstractContextManager[int]:
    """Vizro under gunicorn, as the panel is deployed."""
    port, gunicorn = free_port(), program("vizro", "gunicorn")
    bind = ["--log-level", "error", "--bind", f"{HOST}:{port}"]
    return started([gunicorn, "vizro_app:server", *WORKERS, *bind], source, port)


def streamlit(source: Path) -> AbstractContextManager[int]:
    """Streamlit's own server."""
    port = free_port()
    options = {"server.port": port, "server.address": HOST, "server.headless": "true",
               "browser.gatherUsageStats": "false", "logger.level": "error"}  # fmt: skip
    given = [f"--{name}={value}" for name, value in options.items()]
    command = [program("streamlit", "streamlit"), "run", "streamlit_app.py", *given]
    return started(command, source, port)


def release(peer: str) -> str:
    """A peer with its version, and that of the Plotly beside it."""
    question = f"from importlib.metadata import version as v; print(v({peer!r}), v('plotly'))"
    python = program(peer, "python")
    ran = subprocess.run([python, "-c", question], capture_output=True, text=True, check=True)
    own, plotly = ran.stdout.split()
    return f"{peer.capitalize()} {own} with plotly {plotly}"


@pytest.mark.parametrize(("peer", "served"), [("vizro", vizro), ("streamlit", streamlit)])
def test_the_first_chart_takes_three_fifths_of_the_time_of_its_peers(
    peer: str,
    served: Callable[[Path], AbstractContextManager[int]],
    example_data: Path,
    tmp_path: Path,
) -> None:
    """A first visit, alternately here and at the same chart as one writes it there first."""
    current = read_pointer(example_data)
    assert current is not None
    source = rows(example_data / current.file, INDICATOR, tmp_path / "rows.csv")
    with (
        served(source) as other,
        deployed("dashboard.wsgi:server", INTEGRATION_DATA=str(example_data)) as panel,
        running(chromium()) as browser,
    ):
        ours, theirs = f"http://{HOST}:{panel}{ADDRESS}", f"http://{HOST}:{other}/"
        drawn = [(first_line(browser, ours), first_line(browser, theirs)) for _ in range(RUNS + 1)]
    taken, usual = (statistics.median(times) for times in zip(*drawn[1:], strict=True))

    told(
        f"First chart of an indicator, beside {release(peer)}",
        f"median of {RUNS} alternate visits, after one that does not count",
        f"this panel {taken:.2f} s",
        f"{peer:10} {usual:.2f} s",
        f"ratio      {taken / usual:.2f}, at most {SHARE} asked for",
        packages=PACKAGES,
    )
    assert taken <= SHARE * usual
