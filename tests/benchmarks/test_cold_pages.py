"""
What a page that nobody has asked for costs the server: processor time of all its threads.

Measured in the least that a server does for a page (see `bare`), in the same run. The server is
that of the README with one worker, warm in its libraries and in what belongs to the version.
"""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

import psutil
import pytest

from dashboard.server.warm import CALLBACK
from etl.catalogue.loading import load
from tests.benchmarks.conftest import Places
from tests.benchmarks.machine import told
from tests.benchmarks.panels import HOST, body
from tests.source import ROOT

# The overview in yardsticks before pages were made of observations (commit d9c53d1): the median
# of six runs of this measurement there, 7.8 to 9.0, on two cores of an AMD EPYC.
OVERVIEW = 8.0
# Limits in overviews of then.
MOST_VIEW, MOST_BRIEFING, MOST_ANY = 1.5, 6, 10
VIEWS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")
EACH, FEW = 16, 6  # addresses of a kind, and of a kind of long pages
SETTLED, PAUSE = 0.002, 0.02  # seconds of processor time in which a server is at rest, and a look
PACKAGES = ("dash", "plotly", "flask", "gunicorn", "duckdb", "pandas")


@dataclass(frozen=True)
class Server:
    """A server under gunicorn with one worker: its port, and the worker's process."""

    port: int
    worker: int

    def spent(self) -> float:
        """Seconds of processor time of all threads of the worker so far, to the nanosecond."""
        return time.clock_gettime(~self.worker << 3 | 2)  # as clock_getcpuclockid(3) makes it

    def settle(self) -> None:
        """Wait until the worker rests."""
        before = -1.0
        while self.spent() - before > SETTLED:
            before = self.spent()
            time.sleep(PAUSE)


@contextmanager
def served(application: str, **environment: str) -> Iterator[Server]:
    """An application as it is deployed, with one worker."""
    with socket.create_server((HOST, 0), backlog=256) as listening:
        place = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", application, "--workers", "1"]
        command += ["--threads", "4", "--log-level", "error", "--bind", f"fd://{place}"]
        master = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, pass_fds=[place])
        try:
            port = listening.getsockname()[1]
            connection = HTTPConnection(HOST, port, timeout=60)
            connection.request("GET", "/?region=00")
            connection.getresponse().read()
            connection.close()
            (worker,) = psutil.Process(master.pid).children()
            yield Server(port, worker.pid)
        finally:
            master.terminate()
            master.wait()


def costs(server: Server, questions: Sequence[str], ask: Callable[..., None]) -> list[float]:
    """Milliseconds of processor time of each question, one after the other."""
    connection = HTTPConnection(HOST, server.port, timeout=120)
    spent = []
    for question in questions:
        server.settle()
        before = server.spent()
        ask(connection, question)
        server.settle()
        spent.append(1000 * (server.spent() - before))
    connection.close()
    return spent


def get(connection: HTTPConnection, address: str) -> None:
    """Ask the bare server for a page."""
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200


def show(connection: HTTPConnection, address: str) -> None:
    """Ask the panel for a page, as a browser does that opens it."""
    path, _, search = address.partition("?")
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}
    connection.request("POST", CALLBACK, body(path, f"?{search}").encode(), headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, address


def addresses(places: Places, ids: Sequence[str], seed: int) -> dict[str, list[str]]:
    """Addresses of every kind of page, each with a region and an indicator of its own."""
    chance = random.Random(seed)
    levels = ("municipality", "municipality", "municipality", "county", "regso", "stadsdel")

    def region() -> str:
        return chance.choice(places[chance.choice(levels)])

    def view(name: str, before: str = "") -> str:
        return f"{before}/indikator/{chance.choice(ids)}?region={region()}&vy={name}"

    found = {"overview": [f"/?region={code}" for code in chance.sample(places["municipality"], 32)]}
    found |= {name: [view(name) for _ in range(EACH)] for name in VIEWS}
    found["embedded"] = [view(chance.choice(VIEWS), "/inbaddad") for _ in range(EACH)]
    found["/jamfor"] = [f"/jamfor?region={region()}" for _ in range(EACH)]
    neighbourhoods = chance.sample(places["with areas"], EACH)
    found["/omraden"] = [f"/omraden?region={code}" for code in neighbourhoods]
    found["/briefing"] = [
        f"/briefing?region={region()}&indikatorer={quote(','.join(chance.sample(ids, 4)))}"
        for _ in range(FEW)
    ]
    found["/data"] = [f"/data?region={region()}" for _ in range(FEW)]
    found["/rapport-2010"] = [f"/rapport-2010?region={region()}" for _ in range(FEW)]
    return found


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads a worker's clock in Linux")
def test_every_cold_page_costs_a_few_yardsticks(
    example_data: Path, warehouse: Path, places: Places
) -> None:
    """Every view 1.5 times the overview of before, a briefing 6 times, no page 10 times."""
    ids = sorted(indicator.id for indicator in load(ROOT / "indicators.yaml").indicators)
    cold, warming = (addresses(places, ids, seed) for seed in (13, 1))
    bare = [f"/?region={code}" for code in places["municipality"][:60]]
    yard: list[float] = []
    with served(f"tests.benchmarks.bare:of_rows('{warehouse}')") as server:
        costs(server, bare[:20], get)
        yard += costs(server, bare[20:], get)
    with served("dashboard.wsgi:server", INTEGRATION_DATA=str(example_data)) as server:
        known = [f"/indikator/{id}?region=00" for id in ids]
        known += [one for asked_before in warming.values() for one in asked_before[:FEW]]
        later = set(chain.from_iterable(cold.values()))
        costs(server, [one for one in known if one not in later], show)
        spent = {kind: costs(server, asked_now, show) for kind, asked_now in cold.items()}
    with served(f"tests.benchmarks.bare:of_rows('{warehouse}')") as server:
        costs(server, bare[:20], get)
        yard += costs(server, bare[20:], get)
    yardstick = median(yard)
    middle = {kind: median(times) / yardstick for kind, times in spent.items()}

    told(
        "Pages nobody has asked for, processor time of the server",
        f"yardstick: thirty rows and 30 kB by bare Flask, {yardstick:.1f} ms",
        f"overview of before: {OVERVIEW} yardsticks; at most {MOST_VIEW} times that for a view,"
        f" {MOST_BRIEFING} for a briefing, {MOST_ANY} for any page",
        *(
            f"{kind:14s} {middle[kind]:5.1f} yardsticks, {middle[kind] / OVERVIEW:5.2f} overviews"
            f" of before; half within {median(times):6.1f} ms, 95 % within"
            f" {quantiles(times, n=20, method='inclusive')[-1]:6.1f} ms"
            for kind, times in spent.items()
        ),
        packages=PACKAGES,
    )
    assert middle["overview"] <= OVERVIEW
    views = [*VIEWS, "embedded", "/jamfor", "/omraden"]
    assert {kind for kind in views if middle[kind] > MOST_VIEW * OVERVIEW} == set()
    assert middle["/briefing"] <= MOST_BRIEFING * OVERVIEW
    assert {kind for kind, cost in middle.items() if cost > MOST_ANY * OVERVIEW} == set()
