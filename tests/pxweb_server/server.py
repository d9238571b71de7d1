"""Serves packs over a real socket: which tables are served now, and the list of calls.

Knows starting, counting and stopping; one connection's talk is `handler`'s.
"""

import json
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pxweb_server.faults import Fault, fault_at, parsed
from tests.pxweb_server.handler import Call, Handler
from tests.pxweb_server.packs import Pack, packs_under
from tests.pxweb_server.quota import Quota
from tests.pxweb_server.routes import ROOT, Answer, Limits, Request, Service, is_table_content


def as_it_is(_: Request, served: Answer) -> Answer:
    """The answer unchanged."""
    return served


class Server(ThreadingHTTPServer):
    """
    The stand-in. Tables may be published, replaced and withdrawn while it runs.

    `change` is given every answer before it is sent, and says what is sent in its place.
    """

    daemon_threads = False
    request_queue_size = 128

    def __init__(
        self, packs: Sequence[Pack], *, limits: Limits, faults: str, log: Path | None, port: int
    ) -> None:
        self._plan = parsed(faults)
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}{ROOT}"
        self.limits = limits
        self.calls: list[Call] = []
        self.quota = Quota(limits.calls, limits.window)
        self.change: Callable[[Request, Answer], Answer] = as_it_is
        self.stopping = threading.Event()
        self.connections: set[socket.socket] = set()
        self._packs = {(pack.language, pack.id): pack for pack in packs}
        self._log = log
        self._counted = 0
        self._lock = threading.Lock()

    @property
    def packs(self) -> list[Pack]:
        """The tables served now."""
        with self._lock:
            return list(self._packs.values())

    def pack(self, table_id: str, language: str = "sv") -> Pack:
        """The table served now under an id."""
        return self._packs[language, table_id]

    def publish(self, pack: Pack) -> None:
        """Serves a table from now on, in place of any with its id and language."""
        with self._lock:
            self._packs[pack.language, pack.id] = pack

    def withdraw(self, table_id: str, language: str = "sv") -> None:
        """Stops serving a table."""
        with self._lock:
            del self._packs[language, table_id]

    def service(self) -> Service:
        """What the pure modules need to answer a request now."""
        return Service(packs=self.packs, limits=self.limits, base=self.url)

    def next_fault(self, request: Request) -> Fault | None:
        """Counts a call for data or metadata; the fault that hits it, if any."""
        if not is_table_content(request):
            return None
        with self._lock:
            self._counted += 1
            return fault_at(self._counted, self._plan)

    def note(self, call: Call) -> None:
        """Remembers a call, and logs it where a log was asked for."""
        with self._lock:
            self.calls.append(call)
            if self._log is not None:
                with self._log.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(call._asdict()) + "\n")

    def stop(self) -> None:
        """Ends serving, open connections and waiting answers included."""
        self.stopping.set()
        self.shutdown()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection before its thread starts, so that `stop` cannot miss it."""
        self.connections.add(request)
        super().process_request(request, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of ours; anything else is reported as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serving(
    packs: Path | Sequence[Path | Pack],
    *,
    faults: str = "",
    max_cells: int = 150_000,
    calls: int = 30,
    window: float = 10.0,
    log: Path | None = None,
    port: int = 0,
) -> Iterator[Server]:
    """Serves folders of packs, or packs in memory, on 127.0.0.1 as long as the block runs."""
    server = server_of(
        [packs] if isinstance(packs, Path) else packs,
        limits=Limits(max_cells, calls, window),
        faults=faults,
        log=log,
        port=port,
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def server_of(
    packs: Sequence[Path | Pack], *, limits: Limits, faults: str, log: Path | None, port: int
) -> Server:
    """A server that listens but does not answer yet."""
    found: list[Pack] = []
    for pack in packs:
        found.extend([pack] if isinstance(pack, Pack) else packs_under(pack))
    return Server(found, limits=limits, faults=faults, log=log, port=port)


def serve_until_stopped(server: Server) -> None:
    """Answers until the process is interrupted or told to end."""
    ended = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: ended.set())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    ended.wait()
    server.stop()
    thread.join()
