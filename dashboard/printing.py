"""
Who prints when: one Chromium a process, a few places, and a limit of time.

An edge: keeps a thread with a loop for the browser, started when it is first needed. It knows
nothing of what is printed.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING

from dashboard.chromium import Chromium, FailedError, found

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """How many pages are printed at once, how many may wait, and the seconds one may take."""

    at_once: int = 1
    waiting: int = 1
    seconds: float = 30.0


class Printer:
    """Prints pages of an application as PDF; safe between threads."""

    def __init__(
        self, application: "WSGIApplication", named: str = "", limits: Limits | None = None
    ) -> None:
        """Take an application and the Chromium to use, "" for any; starts nothing yet."""
        self._application = application
        self._named = named
        self.limits = limits or Limits()
        self._places = BoundedSemaphore(self.limits.at_once + self.limits.waiting)
        self._lock = Lock()
        self._thread: _Thread | None = None

    @contextmanager
    def place(self) -> Iterator[None]:
        """
        A place at the printer, to be taken before anything is made for it.

        Raises:
            NoChromiumError: there is none.
            FailedError: all places are taken.

        """
        found(self._named)
        if not self._places.acquire(blocking=False):
            raise FailedError("all places at the printer are taken")
        try:
            yield
        finally:
            self._places.release()

    def pdf(self, address: str, *, footer: str, most: int) -> bytes:
        """
        The page of a full address as tagged PDF, if possible on at most `most` sheets.

        `footer` is HTML.

        Raises:
            NoChromiumError: there is none, or it does not start.
            FailedError: it takes too long, or the page cannot be printed.

        """
        try:
            return self._running().pdf(address, footer, most)
        except FailedError as error:
            log.warning("not printed: %s", error)
            raise

    def close(self) -> None:
        """End the browser and its thread; another PDF would start them again."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            thread.end()

    def _running(self) -> "_Thread":
        with self._lock:
            if self._thread is None:
                browser = Chromium(self._application, self._named)
                self._thread = _Thread(browser, self.limits)
            return self._thread


class _Thread:
    """A loop on a thread of its own, which is all that ever speaks to the browser."""

    def __init__(self, browser: Chromium, limits: Limits) -> None:
        self._browser = browser
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="printer", daemon=True)
        self._thread.start()

    def pdf(self, address: str, footer: str, most: int) -> bytes:
        """The page, or FailedError when the time is up."""
        job = self._in_time(address, footer, most)
        return asyncio.run_coroutine_threadsafe(job, self._loop).result()

    def end(self) -> None:
        """End the browser, then the loop."""
        asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _in_time(self, address: str, footer: str, most: int) -> bytes:
        try:
            async with asyncio.timeout(self._limits.seconds), self._turns:
                return await self._browser.pdf(address, footer, most)
        except TimeoutError:
            limit = f"{self._limits.seconds:g} s"
            raise FailedError(f"{address}: not printed within {limit}") from None

    async def _finish(self) -> None:
        await self._browser.end()
        await asyncio.get_running_loop().shutdown_default_executor()
