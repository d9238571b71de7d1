"""
Try the panel as `deploy/` sets it up while all goes wrong: `python -m tools.check_under_load DATA`.

Two replicas behind Debian's nginx show a data folder, as `python -m etl demo` makes one, for two
minutes. Readers ask for pages, callbacks, files and 50 briefings as PDF; slow readers take a whole
indicator at a thousand bytes a second; meanwhile other versions are published, a worker is killed
every 25 seconds, and every minute a whole replica, which is started again two seconds later.

A failure is any answer that is not 2xx or 3xx, but for 503 with Retry-After to a file or a PDF. The
body of a file may be cut where a worker or replica was just killed; these are counted. Printed are
also how quickly `/health` and pages were answered (95 in a hundred; idle and loaded), and how many
Chromiums there were at once and how nice. Exits 1 at a failure, at more than one Chromium, or where
95 in a hundred of pages took 500 ms or more; 0 otherwise, also when it cannot be tried, with the
reason.
"""

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx
import psutil
import typer

from etl.build.load import publish
from etl.catalogue.pointer import Pointer, available_versions, read_pointer, warehouse_file
from tests import nginx
from tests.attacks.slowness import free_port
from tests.benchmarks.addresses import Town, drawn
from tests.dashboard.rendered import question

ROOT = Path(__file__).parents[1]
REPLICA = "server web:8050 max_conns=128 max_fails=0;"
WHOLE = "/ladda-ner/employment_rate.csv?omfang=allt"
FILES = ("/ladda-ner/employment_rate.xlsx?region=0127", "/ladda-ner/population.csv?region=01",
         "/api/v1/observations?indicator=population&region=0127&format=csv",
         "/briefing.pptx?region=0127",
         "/ladda-ner/employment_rate.parquet?omfang=allt")  # fmt: skip
PDF = "/briefing.pdf?region={}"
TOWNS = ("0127", "0180", "01", "0126", "0980", "1280", "1480", "00", "12", "14")
MAY_WAIT = frozenset({"file", "pdf"})  # who may be told to come again
PAGE_READERS, CALLBACK_READERS, FILE_READERS, PDF_READERS, SLOW_READERS = 4, 2, 2, 2, 40
THINKING = 1.0  # seconds that a reader takes between two pages
PDFS, KEPT = 50, 5
SWAP_SECONDS, WORKER_SECONDS, REPLICA_SECONDS, GONE_SECONDS = 40, 25, 60, 2
IDLE_SECONDS, PATIENCE, SOON_MS = 15, 60, 500
DRAWN = 100_000


@dataclass
class Replica:
    """A panel with its workers on a port, started, killed and started again."""

    port: int
    environment: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it; it answers a little later."""
        program = str(Path(sys.executable).with_name("gunicorn"))
        command = [program, "--config", "deploy/gunicorn.conf.py",
                   "--bind", f"127.0.0.1:{self.port}", "dashboard.wsgi:server"]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **self.environment}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def workers(self) -> list[psutil.Process]:
        """Its workers, without what they have started."""
        if not self.process:
            return []
        with suppress(psutil.NoSuchProcess):
            return list(psutil.Process(self.process.pid).children())
        return []

    def kill(self) -> None:
        """End all of it at once, as a machine that loses its power."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Watch:
    """What was heard of the readers, and what was done to the panel meanwhile."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    kills: list[float] = field(default_factory=list)
    swaps: int = 0
    pdfs: Iterator[int] = field(default_factory=lambda: iter(range(PDFS)))
    chromiums: int = 0
    nicenesses: set[int] = field(default_factory=set)
    most_memory: float = 0.0  # of a worker in MB

    async def ask(
        self, client: httpx.AsyncClient, kind: str, path: str, body: object = None
    ) -> None:
        """Ask for something and note what became of it."""
        began = time.monotonic()
        method = "POST" if body else "GET"
        try:
            async with client.stream(method, path, json=body) as answer:
                status, wait = answer.status_code, answer.headers.get("retry-after", "")
                took = time.monotonic() - began
                async for _ in answer.aiter_raw():
                    pass
        except httpx.RemoteProtocolError as error:
            is_cut = kind in MAY_WAIT and any(began - 1 <= one for one in self.kills)
            (self.answers if is_cut else self.failures)[f"{kind} cut: {error}"] += 1
            return
        except httpx.HTTPError as error:
            self.failures[f"{kind}: {error!r}"] += 1
            return
        if 200 <= status < 400:
            self.answers[f"{kind} {status}"] += 1
            self.times[kind].append(1000 * took)
        elif status == 503 and wait and kind in MAY_WAIT:
            self.answers[f"{kind} told to come again"] += 1
            await asyncio.sleep(int(wait))
        else:
            self.failures[f"{kind} {status}"] += 1
            if self.failures[f"{kind} {status}"] <= 3:
                print(f"  {status} at {path} after {took:.1f} s", flush=True)

    def look(self, replicas: list[Replica]) -> None:
        """Count the Chromiums of all replicas, and see how nice they are."""
        found = 0
        for worker in [one for replica in replicas for one in replica.workers()]:
            with suppress(psutil.NoSuchProcess):
                self.most_memory = max(self.most_memory, worker.memory_info().rss / 1e6)
                for one in worker.children():
                    if "--remote-debugging-pipe" in one.cmdline() and one.is_running():
                        found += 1
                        self.nicenesses.add(int(one.nice()))
        self.chromiums = max(self.chromiums, found)

    def within(self, kind: str) -> float:
        """The milliseconds within which 95 in a hundred of a kind were answered."""
        heard = sorted(self.times[kind])
        return heard[int(0.95 * (len(heard) - 1))] if heard else 0.0


@dataclass(frozen=True)
class Topology:
    """nginx and two replicas over a data folder whose versions can be swapped."""

    port: int
    replicas: list[Replica]
    data: Path
    files: list[Path]
    town: Town

    def client(self, number: int) -> httpx.AsyncClient:
        """A reader with an address of his own, as nginx limits what comes from one."""
        from_here = f"127.0.{1 + number // 250}.{1 + number % 250}"
        return httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            timeout=PATIENCE,
            transport=httpx.AsyncHTTPTransport(local_address=from_here),
        )


def swap(number: int, data: Path, files: list[Path]) -> None:
    """Publish the next version of a data folder as the pipeline does, and keep the newest few."""
    version = f"20991231T{number:06d}Z-{number:08x}"
    draft = data / "draft.duckdb"
    os.link(files[number % len(files)], draft)
    built = datetime.now(UTC).isoformat(timespec="seconds")
    publish(data, draft, Pointer(version, warehouse_file(version), built, example=True))
    for old in available_versions(data)[:-KEPT]:
        (data / warehouse_file(old)).unlink()


async def pages(on: Topology, watch: Watch, number: int) -> None:
    """A reader of pages, some of them often asked for, who thinks between two."""
    addresses = on.town.addresses()
    turns = drawn(DRAWN, seed=number)
    async with on.client(number) as client:
        for turn in turns:
            path, search = addresses[turn]
            await watch.ask(client, "page", path + search)
            await asyncio.sleep(THINKING)


async def callbacks(on: Topology, watch: Watch, number: int) -> None:
    """A reader who clicks from page to page."""
    addresses = on.town.addresses()
    async with on.client(number) as client:
        for turn in drawn(DRAWN, seed=number):
            body = question(*addresses[turn])
            await watch.ask(client, "callback", "/_dash-update-component", body)
            await asyncio.sleep(THINKING)


async def health(on: Topology, watch: Watch, number: int) -> None:
    """A load balancer."""
    async with on.client(number) as client:
        while True:
            await watch.ask(client, "health", "/health")
            await asyncio.sleep(0.2)


async def files(on: Topology, watch: Watch, number: int) -> None:
    """An analyst who fetches one file after the other."""
    async with on.client(number) as client:
        for turn in count(number):
            await watch.ask(client, "file", (*FILES, WHOLE)[turn % (len(FILES) + 1)])
            await asyncio.sleep(THINKING)


async def briefings(on: Topology, watch: Watch, number: int) -> None:
    """Somebody who prints briefings until all are printed."""
    async with on.client(number) as client:
        for turn in watch.pdfs:
            await watch.ask(client, "pdf", PDF.format(TOWNS[turn % len(TOWNS)]))


async def slow(on: Topology, watch: Watch, number: int) -> None:
    """A reader who takes a whole indicator at a thousand bytes a second."""
    while True:
        began = time.monotonic()
        try:
            connection = await asyncio.open_connection(
                "127.0.0.1", on.port, limit=4096, local_addr=(f"127.0.9.{1 + number % 250}", 0)
            )
        except OSError as error:
            watch.failures[f"slow reader: {error!r}"] += 1
            return
        connection[1].write(f"GET {WHOLE} HTTP/1.1\r\nHost: panel\r\n\r\n".encode())
        head = await connection[0].read(12)
        status = head[9:12].decode() or "nothing"
        if status not in {"200", "503"} and not any(began - 1 <= one for one in watch.kills):
            watch.failures[f"slow reader {status}"] += 1
        watch.answers[f"slow reader {status}"] += 1
        with suppress(OSError):
            while status == "200":
                if not await connection[0].read(500):
                    break
                await asyncio.sleep(0.5)
        connection[1].close()
        await asyncio.sleep(5)


async def swaps(on: Topology, watch: Watch) -> None:
    """A pipeline that publishes much too often."""
    for number in count(1):
        await asyncio.sleep(SWAP_SECONDS)
        await asyncio.to_thread(swap, number, on.data, on.files)
        watch.swaps += 1


async def kills(on: Topology, watch: Watch) -> None:
    """A machine on which processes are killed, and which sometimes loses a replica."""
    source = random.Random(13)
    for second in count(1):
        await asyncio.sleep(1)
        if second % REPLICA_SECONDS == 0:
            replica = source.choice(on.replicas)
            watch.kills.append(time.monotonic())
            await asyncio.to_thread(replica.kill)
            await asyncio.sleep(GONE_SECONDS)
            replica.start()
            await _answering(replica.port)
        elif second % WORKER_SECONDS == 0 and (workers := source.choice(on.replicas).workers()):
            watch.kills.append(time.monotonic())
            source.choice(workers).kill()


async def looks(on: Topology, watch: Watch) -> None:
    """Somebody who counts processes."""
    while True:
        await asyncio.to_thread(watch.look, on.replicas)
        await asyncio.sleep(0.2)


async def _answering(port: int) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        for _ in range(10 * PATIENCE):
            with suppress(httpx.HTTPError):
                if (await client.get(f"http://127.0.0.1:{port}/health")).status_code == 200:
                    return
            await asyncio.sleep(0.1)
    raise typer.BadParameter("a replica does not answer: python -m dashboard --data … says why")


async def _during(seconds: float, work: list[Coroutine[None, None, None]]) -> None:
    """Let all of it go on for a while; what fails ends the rest, too."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        for one in done:
            one.result()
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tried(on: Topology, seconds: float) -> tuple[Watch, Watch]:
    """What was heard with few readers on a quiet panel, and under load."""
    await asyncio.gather(*(_answering(replica.port) for replica in on.replicas))
    idle, loaded = Watch(), Watch()
    numbers = count(1)
    await _during(IDLE_SECONDS, [health(on, idle, next(numbers)), pages(on, idle, next(numbers))])
    counts = ((pages, PAGE_READERS), (callbacks, CALLBACK_READERS), (files, FILE_READERS),
              (briefings, PDF_READERS), (slow, SLOW_READERS), (health, 2))  # fmt: skip
    readers = [reader(on, loaded, next(numbers)) for reader, many in counts for _ in range(many)]
    await _during(seconds, [*readers, swaps(on, loaded), kills(on, loaded), looks(on, loaded)])
    return idle, loaded


def _told(idle: Watch, loaded: Watch) -> bool:
    """Print what was heard; whether all was well."""
    for name, heard in sorted(loaded.answers.items()):
        print(f"  {heard:6,} {name}")
    print(f"{loaded.swaps} versions published, {len(loaded.kills)} workers or replicas killed")
    for kind in ("health", "page", "callback", "file", "pdf"):
        was = f", {idle.within(kind):.0f} ms with one reader" if idle.times[kind] else ""
        print(f"95 in a hundred of kind {kind} within {loaded.within(kind):,.0f} ms{was}")
    print(f"Chromiums at once: {loaded.chromiums}, niceness {sorted(loaded.nicenesses)};"
          f" largest worker {loaded.most_memory:.0f} MB")  # fmt: skip
    print(f"failures: {dict(loaded.failures) or 'none'}")
    is_soon = max(loaded.within("health"), loaded.within("page")) < SOON_MS
    return is_soon and not loaded.failures and loaded.chromiums <= 1


def main(data: Path, seconds: float = 120) -> None:
    """Try it over a data folder, which stays as it is."""
    if not (pointer := read_pointer(data)):
        print(f"Not tried: {data} holds no version; python -m etl demo makes one.")
        return
    for program in ("nginx", "chromium"):
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
            print(f"Not tried: {program} is not installed.")
            return
    with tempfile.TemporaryDirectory(dir=data.parent) as name, ExitStack() as stack:
        topology = _started(data / pointer.file, Path(name), stack)
        idle, loaded = asyncio.run(_tried(topology, seconds))
    if not _told(idle, loaded):
        raise typer.Exit(1)


def _started(warehouse: Path, folder: Path, stack: ExitStack) -> Topology:
    """The topology, which ends with the stack."""
    data, cache, front = (folder / name for name in ("data", "cache", "nginx"))
    for one in (data, cache, front):
        one.mkdir()
    versions = [folder / f"{number}.duckdb" for number in range(2)]
    for file in versions:
        shutil.copyfile(warehouse, file)
    environment = {"INTEGRATION_DATA": str(data), "INTEGRATION_CACHE": str(cache),
                   "INTEGRATION_ACCEL": "/kept/", "INTEGRATION_PROXIES": "1"}  # fmt: skip
    replicas = [Replica(free_port(), environment) for _ in range(2)]
    servers = [REPLICA.replace("web:8050", f"127.0.0.1:{one.port}") for one in replicas]
    text = nginx.NGINX.replace(REPLICA, " ".join(servers))
    swap(0, data, versions)
    for replica in replicas:
        replica.start()
        stack.callback(replica.kill)
    port = stack.enter_context(nginx.nginx(front, replicas[0].port, cache, text=text))
    return Topology(port, replicas, data, versions, Town(versions[0]))


if __name__ == "__main__":
    typer.run(main)
