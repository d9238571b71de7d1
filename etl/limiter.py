"""
At most so many calls in any window of time, for the whole process.

An edge: it reads the clock and makes threads wait. A call holds its place from before it is
sent until one window after the server has answered, so that no window at the server, however
it is laid and however slow the network, sees more calls than allowed.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MARGIN = 0.02


class Limiter:
    """A sliding window over the calls of all threads. Seconds throughout."""

    def __init__(self, calls: int = 1, window: float = 10.0) -> None:
        """Admit `calls` in any `window`: few, until the API has said how many."""
        self._calls, self._window = calls, window
        self._free = calls
        self._blocked_until = 0.0
        self._condition = threading.Condition()
        self._returns: list[float] = []
        self.waited = 0.0

    def allow(self, calls: int, window: float) -> None:
        """Set what the API admits; calls under way keep their places."""
        with self._condition:
            self._free += calls - self._calls
            self._calls, self._window = calls, window
            self._condition.notify_all()

    def pause(self, seconds: float) -> None:
        """Let nobody start a call for some seconds: the server asked for it."""
        with self._condition:
            self._blocked_until = max(self._blocked_until, time.monotonic() + seconds)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Wait for a place, hold it during the call, give it back one window later."""
        self._take()
        try:
            yield
        finally:
            with self._condition:
                self._returns.append(time.monotonic() + self._window * (1 + MARGIN))
                self._condition.notify()

    def _take(self) -> None:
        with self._condition:
            started = time.monotonic()
            while True:
                now = time.monotonic()
                due = [moment for moment in self._returns if moment <= now]
                self._returns = [moment for moment in self._returns if moment > now]
                self._free += len(due)
                if self._free > 0 and now >= self._blocked_until:
                    break
                waits = [self._blocked_until - now] if now < self._blocked_until else []
                waits += [min(self._returns) - now] if self._free <= 0 and self._returns else []
                self._condition.wait(max(waits) if waits else None)
            self._free -= 1
            self.waited += time.monotonic() - started
