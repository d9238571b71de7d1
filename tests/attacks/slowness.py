"""
Readers that hold a server up: who say nothing, say it slowly, or hardly listen.

Each function opens connections and leaves them open, for whoever asks meanwhile.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.source import ROOT

PATIENCE = 60  # seconds after which nobody answers any more
_GOODBYE = 10
_SMALL = 4096  # bytes that a slow reader's system takes before he reads
_BEGUN = {
    "idle": b"",
    "slow headers": b"GET / HTTP/1.1\r\nHost: panel\r\nX-Begun: ",
    "slow bodies": b"POST /_dash-update-component HTTP/1.1\r\nHost: panel\r\n"
    b"Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{",
}
KINDS = tuple(_BEGUN)


def held(port: int, kind: str, count: int, stack: ExitStack) -> list[socket.socket]:
    """So many connections over which nothing, half a head, or half a body has come."""
    opened = []
    for _ in range(count):
        one = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
        one.sendall(_BEGUN[kind])
        opened.append(one)
    return opened


def slow_readers(port: int, path: str, count: int, stack: ExitStack) -> list[socket.socket]:
    """So many who ask for a file, and read not a byte of it."""
    opened = []
    for _ in range(count):
        one = stack.enter_context(socket.socket())
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        one.settimeout(PATIENCE)
        one.connect(("127.0.0.1", port))
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: panel\r\n\r\n".encode())
        opened.append(one)
    return opened


def status_of(one: socket.socket) -> int:
    """The status that a slow reader was given; he reads no more than that."""
    return int(one.recv(12).split()[1])


def asked(
    port: int, path: str, headers: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and content of an answer; TimeoutError where there is none."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    connection.request("GET", path, headers={"Host": "panel", **(headers or {})})
    answer: HTTPResponse = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def free_port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
    return port


@contextmanager
def started(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """The process number of a server, once it answers on its port."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: _answers(port))
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_GOODBYE)
        except subprocess.TimeoutExpired:  # it waits for its slow readers
            process.kill()
            process.wait()


@contextmanager
def gunicorn(data: Path, *options: str, **environment: str) -> Iterator[int]:
    """The port of the panel as `deploy/` serves it."""
    port = free_port()
    program = str(Path(sys.executable).with_name("gunicorn"))
    command = [program, "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}",
               *options, "dashboard.wsgi:server"]  # fmt: skip
    with started(command, port, {"INTEGRATION_DATA": str(data), **environment}):
        yield port


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes by itself."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "nothing came"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        return asked(port, "/health")[0] in {200, 503}
    except OSError:
        return False
