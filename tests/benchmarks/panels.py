"""The panel and the naive application as they are deployed, and how they are asked."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser

from dashboard.server.warm import CALLBACK
from tests.benchmarks.load import Question
from tests.source import ROOT

HOST = "127.0.0.1"
# As the README deploys the panel; and what is served on one core only.
WORKERS = ("--config", str(ROOT / "deploy" / "gunicorn.conf.py"))
SERVER_CORE, READER_CORE = "0", "1"
# Seconds of processor time in which workers are at rest, and a look; they rest 2 s between pages.
SETTLED, PAUSE = 0.05, 3.0
SHOW = "..page.children...head.data.."
LINE = ".scatterlayer path.js-line"


@dataclass(frozen=True)
class Served:
    """An application under gunicorn: its port, and the process whose children are its workers."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds that its workers have computed."""
        workers = self.process.children(recursive=True)
        return sum(sum(worker.cpu_times()[:2]) for worker in workers)

    def settle(self) -> None:
        """Wait until its workers rest: they have started, and what is made ahead is there."""
        before = -1.0
        while not self.process.children() or self.cpu() - before > SETTLED:
            before = self.cpu()
            time.sleep(PAUSE)


@contextmanager
def served(application: str, *options: str, core: str = "", **environment: str) -> Iterator[Served]:
    """An application under gunicorn; early questions wait until it is up."""
    with socket.create_server((HOST, 0), backlog=512) as listening:
        place = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", *WORKERS, application, *options]
        quiet = ["--log-level", "error", "--bind", f"fd://{place}"]
        process = subprocess.Popen(
            [*on_core(core), *command, *quiet],
            cwd=ROOT,
            env=os.environ | environment,
            pass_fds=[place],
        )
        try:
            yield Served(listening.getsockname()[1], psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait()


@contextmanager
def deployed(application: str, **environment: str) -> Iterator[int]:
    """The port of an application as it is deployed."""
    with served(application, **environment) as found:
        yield found.port


def on_core(core: str) -> list[str]:
    """What a command begins with that keeps to a core; nothing for any of them."""
    return ["taskset", "--cpu-list", core] if core and shutil.which("taskset") else []


def body(path: str, search: str, held: str | None = None) -> str:
    """What a browser posts when it opens an address; `held`: the mark of the page it shows."""
    outputs = [{"id": "page", "property": "children"}, {"id": "head", "property": "data"}]
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
        {"id": "window", "property": "data", "value": False},
    ]
    changed = ["url.pathname", "url.search"]
    state = [{"id": "held", "property": "data", "value": held}]
    asked = {
        "output": SHOW,
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": changed,
        "state": state,
    }
    return json.dumps(asked, separators=(",", ":"), ensure_ascii=False)


def times(port: int, bodies: list[str]) -> list[float]:
    """Milliseconds until each answer is here, asked one after the other."""
    heard = loaded(port, callbacks(bodies), clients=1, seconds=0)
    assert heard["answers"] == len(bodies)
    return list(heard["times"])


def callbacks(bodies: list[str]) -> list[Question]:
    """Callbacks as questions of `tests.benchmarks.load`."""
    return [("POST", CALLBACK, one) for one in bodies]


def loaded(
    port: int, questions: list[Question], *, clients: int, seconds: int, core: str = ""
) -> dict[str, Any]:
    """What readers in a process of their own hear; see `tests.benchmarks.load`."""
    command = [*on_core(core), sys.executable, "-m", "tests.benchmarks.load", HOST, str(port)]
    asked = {"questions": questions, "clients": clients, "seconds": seconds}
    heard = subprocess.run(
        command,
        input=json.dumps(asked),
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
