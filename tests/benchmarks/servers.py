"""
Servers beside slow readers: `python -m tests.benchmarks.servers DATA [gunicorn] [waitress] …`.

Each serves the panel over a data folder, with one worker of 32 threads. While 200 connections are
idle, have sent half a head or half a body, or while 64 readers of a whole indicator do not read,
`/health` and a page are asked for ten times. Prints how many were answered within five seconds, the
slowest in ms, and, with nobody beside, how many questions a second the server answers.
"""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.attacks import slowness

SERVERS = {
    "gunicorn gthread": "gunicorn -k gthread --threads 32 --worker-connections 1000 -b {at} {app}",
    "gunicorn with waitress": "gunicorn -k dashboard.server.worker.QuietWorker --threads 32"
    " -b {at} {app}",
    "waitress": "waitress-serve --threads=32 --connection-limit=1000 --listen={at} {app}",
    "granian": "granian --interface wsgi --blocking-threads 32 --host 127.0.0.1 --port {port}"
    " {app}",
}
APPLICATION = "dashboard.wsgi:server"
FILE = "/ladda-ner/katalogen.csv"
SOON = 5
TIMES = 10


def heard(port: int) -> str:
    """How many of the questions were answered, and the slowest."""
    times = []
    for path in ("/health", "/?region=0180") * TIMES:
        began = time.perf_counter()
        try:
            if slowness.asked(port, path, patience=SOON)[0] == 200:
                times.append(1000 * (time.perf_counter() - began))
        except OSError:
            break
    return f"{len(times)} of {2 * TIMES}, slowest {max(times, default=0):.0f} ms"


def rate(port: int) -> float:
    """Known pages a second, each over a connection of its own."""
    began = time.perf_counter()
    for _ in range(300):
        slowness.asked(port, "/?region=0180")
    return 300 / (time.perf_counter() - began)


def main(data: Path, chosen: list[str]) -> None:
    """Measure the chosen servers, or all."""
    for name in chosen or SERVERS:
        with tempfile.TemporaryDirectory() as cache, ExitStack() as stack:
            port = slowness.free_port()
            words = SERVERS[name].format(at=f"127.0.0.1:{port}", port=port, app=APPLICATION).split()
            words[0] = str(Path(sys.executable).with_name(words[0]))
            if not Path(words[0]).exists():
                print(f"{name}: not installed")
                continue
            given = {"INTEGRATION_DATA": str(data), "INTEGRATION_CACHE": cache}
            stack.enter_context(slowness.started(words, port, given))
            slowness.asked(port, "/?region=0180")
            print(f"{name}: {rate(port):.0f} known pages a second")
            slowness.asked(port, FILE)
            for kind in slowness.KINDS:
                with ExitStack() as slow:
                    slowness.held(port, kind, 200, slow)
                    print(f"  200 {kind}: {heard(port)}")
            with ExitStack() as slow:
                slowness.slow_readers(port, FILE, 64, slow)
                time.sleep(1)
                print(f"  64 readers who do not read: {heard(port)}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
