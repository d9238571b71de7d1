"""The panel and the naive application as they are deployed, and how they are asked."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.benchmarks.load import asked
from tests.source import ROOT

HOST = "127.0.0.1"
# As the README deploys the panel.
WORKERS = ("--workers", "2", "--threads", "4")
SHOW = "..page.children...head.data.."
LINE = ".scatterlayer path.js-line"


@contextmanager
def deployed(application: str, **environment: str) -> Iterator[int]:
    """The port of an application under gunicorn; early questions wait until it is up."""
    with socket.create_server((HOST, 0), backlog=256) as listening:
        place = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", application, *WORKERS]
        quiet = ["--log-level", "error", "--bind", f"fd://{place}"]
        process = subprocess.Popen(
            [*command, *quiet], cwd=ROOT, env=os.environ | environment, pass_fds=[place]
        )
        try:
            yield listening.getsockname()[1]
        finally:
            process.terminate()
            process.wait()


def body(path: str, search: str) -> str:
    """What a browser posts when it opens an address."""
    outputs = [{"id": "page", "property": "children"}, {"id": "head", "property": "data"}]
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
        {"id": "window", "property": "data", "value": False},
    ]
    changed = ["url.pathname", "url.search"]
    state = [{"id": "held", "property": "data", "value": None}]
    return json.dumps(
        {
            "output": SHOW,
            "outputs": outputs,
            "inputs": inputs,
            "changedPropIds": changed,
            "state": state,
        }
    )


def times(port: int, bodies: list[str]) -> list[float]:
    """Milliseconds until each answer is here, asked one after the other."""
    connection = HTTPConnection(HOST, port, timeout=60)
    heard = [asked(connection, one) for one in bodies]
    connection.close()
    assert {status for _, status in heard} == {200}
    return [1000 * time for time, _ in heard]


def loaded(port: int, bodies: list[str], *, connections: int, seconds: int) -> dict[str, Any]:
    """What readers in a process of their own hear; see `tests.benchmarks.load`."""
    command = [sys.executable, "-m", "tests.benchmarks.load", HOST, str(port)]
    heard = subprocess.run(
        [*command, str(connections), str(seconds)],
        input=json.dumps(bodies),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, Any] = json.loads(heard.stdout)
    return found


def first_line(browser: Browser, url: str) -> float:
    """Seconds from asking for a page until its chart has a line; a browser without any cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(LINE, state="attached")
    taken = time.perf_counter() - started
    context.close()
    return taken


def rows(warehouse: Path, indicator: str, target: Path) -> Path:
    """Every observation of an indicator as a CSV file."""
    import duckdb

    with duckdb.connect(warehouse, read_only=True) as connection:
        connection.execute(
            "COPY (SELECT region, sex, background, education, period, value, status"
            f" FROM observation WHERE indicator = '{indicator}') TO '{target}' (HEADER)"
        )
    return target
