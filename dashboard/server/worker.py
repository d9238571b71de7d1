"""
A worker of gunicorn in which no thread waits for a reader: waitress, on gunicorn's connections.

An edge. One loop reads questions and sends what is made; a thread has a question only once all of
it has come, and is free as soon as the answer is made. gunicorn starts the workers, watches them
and starts those anew that end. Whoever says nothing for `_SILENT` seconds is hung up on.
"""

import ctypes
import logging
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from gunicorn.workers.base import Worker
from waitress import create_server, wasyncore
from waitress.task import ThreadedTaskDispatcher

# Of glibc's mallopt: how many places memory is taken from, and of which bytes on what is taken is
# given back to the system at once, however much is asked for later.
_ARENA_MAX, _MMAP_THRESHOLD, _LARGE = -8, -3, 262_144
_TIDY_SECONDS = 1.0
_TURN = 0.5  # seconds until a loop in which nothing happens looks whether it is to end
_SILENT = 60
_MOST_UNSENT = 1_000_000  # bytes of an answer that is made while it is sent
_MOST_BODY = 1_000_000  # bytes; Flask refuses what is longer, too


class QuietWorker(Worker):  # type: ignore[misc]  # gunicorn has no types
    """
    Answers over gunicorn's sockets by waitress.

    Of gunicorn's settings it knows bind, threads, worker_connections, backlog and
    graceful_timeout.
    """

    def init_process(self) -> None:
        """Begin as a worker does, with one place of memory: each thread keeps its first one."""
        _share_memory()
        super().init_process()

    def run(self) -> None:
        """Answer until gunicorn says that it is enough, or is gone; then finish what is begun."""
        connections: dict[int, Any] = {}
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells of each that waits
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(self.cfg.threads)
        create_server(
            self.wsgi,
            connections,
            _dispatcher=threads,
            sockets=[one.sock for one in self.sockets],
            backlog=self.cfg.backlog,
            connection_limit=self.cfg.worker_connections,
            channel_timeout=_SILENT,
            cleanup_interval=_SILENT // 4,
            channel_request_lookahead=1,  # so that it is noticed who has gone meanwhile
            max_request_body_size=_MOST_BODY,
            outbuf_high_watermark=_MOST_UNSENT,
            clear_untrusted_proxy_headers=False,  # a setting of the panel says whom it believes
            ident=None,
            asyncore_use_poll=True,
        )
        self._answer(connections, lambda: self.alive and os.getppid() == self.ppid)
        for server in [one for one in connections.values() if hasattr(one, "active_channels")]:
            server.accepting = False
            server.del_channel()
            server.socket.close()
        ends = time.monotonic() + self.cfg.graceful_timeout
        self._answer(
            connections, lambda: _is_busy(connections.values()) and time.monotonic() < ends
        )
        threads.shutdown(timeout=1)

    def _answer(self, connections: dict[int, Any], goes_on: Callable[[], bool]) -> None:
        """Read and send, and tell gunicorn that all is well, while something holds."""
        told, tidied = 0.0, time.monotonic()
        while goes_on():
            if time.monotonic() - told > _TURN:
                self.notify()
                told = time.monotonic()
                _hang_up(connections.values(), time.time() - _SILENT)
            if told - tidied > _TIDY_SECONDS:
                _give_back()
                tidied = told
            wasyncore.loop(timeout=_TURN, use_poll=True, map=connections, count=1)


def _share_memory() -> None:
    """
    Let all threads take memory from one place: a fifth less of it is held for nothing.

    What is large is taken from the system and given back to it, however large the largest was.
    Python runs one thread at a time anyway. Other C libraries than glibc do as they do.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def _give_back() -> None:
    """
    Give free memory back to the system, which glibc does only at the end of what it took.

    That takes less than a millisecond.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _hang_up(connections: Iterable[Any], since: float) -> None:
    """
    Hang up on those that have not taken a byte of what is sent to them for so long.

    At once: waitress closes what it can write to, and to these it never can.
    """
    for one in list(connections):
        if getattr(one, "total_outbufs_len", 0) and one.last_activity < since:
            one.handle_close()


def _is_busy(connections: Iterable[Any]) -> bool:
    """Whether anything is asked or sent over any of these."""
    return any(
        getattr(one, "requests", None) or getattr(one, "total_outbufs_len", 0)
        for one in list(connections)
    )
