"""
Prints pages of an application as PDF: one Chromium a process, a few slots, and a limit of time.

An edge: keeps a thread with a loop for the browser, started when it is first needed. It knows
nothing of what is printed.
"""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Route,
    async_playwright,
)
from werkzeug.test import Client, TestResponse

from dashboard.components.frame import PAGE_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CHROMIUM_ARGUMENTS = (
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-quic"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a request that we overlook reaches nobody, either
)
_SHEET: Any = {"width": 794, "height": 1123}  # A4 in pixels of CSS
# Dash has filled the page and named it, and plotly has drawn every chart in it.
_READY = """() => document.title !== "-" && document.querySelector("main h1") !== null &&
  Array.from(document.querySelectorAll(".chart"))
    .every(chart => chart.querySelector(".main-svg"))"""
# A page of the panel that has been printed shows nothing any more, and follows a link within the
# panel: its scripts are read and compiled. No other page can, nor one that is there already.
_FOLLOWED = """([container, address]) => {
  if (!window.dash_clientside || window.location.href === address) { return false; }
  window.dash_clientside.set_props(container, { children: { content: [] } });
  document.title = "-";
  window.history.pushState({}, "", address);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  return true;
}"""
# A chart is one figure with one text; its layers would be figures without any.
# An address that is written out says its host, for paper has no address bar.
_ON_PAPER = """addressed => {
  document.querySelectorAll("[role=img] *").forEach(layer => layer.setAttribute("role", "none"));
  document.querySelectorAll("a[href]").forEach(link => {
    if (link.origin !== window.location.origin) { return; }
    if (!addressed) { link.removeAttribute("href"); }
    else if (link.textContent === link.getAttribute("href")) { link.textContent = link.href; }
  });
}"""
# Where the window finds the application that has no address; no link on paper leads there.
_NO_ADDRESS = "http://panel.invalid"
_SCALES = (0.8, 0.86, 0.93, 1.0)
_NO_SUCH_SHEET = "Page range exceeds page count"  # in Chromium's words
_MOST_PRINTED = 100  # by one window, which never gives back all of its memory
_END_SECONDS = 5.0  # seconds that a page or a browser gets to end by itself
_HOP = frozenset({"accept-encoding", "content-length", "host"})  # of one connection only


class PrintingError(RuntimeError):
    """There is no PDF; the subclass says why."""


class NoChromiumError(PrintingError):
    """No Chromium was found, or it does not start."""


class PrintingFailedError(PrintingError):
    """The page could not be printed now; later it may work."""


def chromium_path(named: str = "") -> str:
    """
    Path of the Chromium that is named, or of the first one there is.

    Raises:
        NoChromiumError: says what was looked for.

    """
    names = (named,) if named else _CHROMIUM_NAMES
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise NoChromiumError(
            f"no Chromium found; looked for {', '.join(names)}; install one, or name it in"
            " INTEGRATION_CHROMIUM"
        )
    return path


@dataclass
class _Window:
    """A page of the browser for the application at one origin, and how often it has printed."""

    page: Page
    origin: str
    printed: int = 0


class Chromium:
    """A browser for one application; started by the first page, again if it has crashed."""

    def __init__(self, application: "WSGIApplication", named: str = "") -> None:
        """Take the application and the Chromium to use, "" for any; starts nothing yet."""
        self._application = application
        self._named = named
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._idle: list[_Window] = []

    async def pdf(self, address: str, footer: str, most: int) -> bytes:
        """
        The page of an address as tagged PDF with bookmarks, `footer` (HTML) on each sheet.

        Of an address that is only a path, links on paper are words. What fills more than `most`
        sheets is printed smaller, as far as it stays legible.

        Raises:
            NoChromiumError, PrintingFailedError.

        """
        addressed = not address.startswith("/")
        full = address if addressed else _NO_ADDRESS + address
        try:
            async with self._showing(full) as page:
                await page.wait_for_function(_READY)
                await page.evaluate(_ON_PAPER, addressed)
                return await _fitted(page, footer, most)
        except Error as error:
            raise PrintingFailedError(f"{address}: {error}") from error

    async def end(self) -> None:
        """End the browser; the next page starts another."""
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        self._idle.clear()
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_END_SECONDS):
                if browser:
                    await browser.close()
        if playwright:
            with suppress(Exception):  # a driver that is gone says so by an exception of no kind
                async with asyncio.timeout(_END_SECONDS):
                    await playwright.stop()

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                await self.end()
                await self._start()
        if self._browser is None:
            raise NoChromiumError("Chromium ended while it was started")
        return self._browser

    async def _start(self) -> None:
        path = chromium_path(self._named)
        self._playwright = await async_playwright().start()
        try:
            self._browser = await self._playwright.chromium.launch(
                executable_path=path, args=list(_CHROMIUM_ARGUMENTS), timeout=_END_SECONDS * 2000
            )
        except Error as error:
            await self.end()
            raise NoChromiumError(f"{path} does not start: {error}") from error

    async def _context(self) -> BrowserContext:
        """Room for a page; a browser whose driver is gone does not know it, and is replaced."""
        try:
            return await self._new_context()
        except (Error, TimeoutError) as error:
            log.warning("Chromium is started anew: %r", error)
            await self.end()
        return await self._new_context()

    async def _new_context(self) -> BrowserContext:
        browser = await self._running()
        async with asyncio.timeout(_END_SECONDS):
            return await browser.new_context(viewport=_SHEET, service_workers="block")

    @asynccontextmanager
    async def _showing(self, address: str) -> AsyncIterator[Page]:
        """A window that is about to show an address; it is used again if nothing fails in it."""
        window = await self._followed(address) or await self._opened(address)
        try:
            yield window.page
        except BaseException:
            await self._close(window)
            raise
        window.printed += 1
        self._idle.append(window)

    async def _followed(self, address: str) -> _Window | None:
        """An idle window, on its way to an address of the panel that it shows; None without one."""
        while self._idle:
            window = self._idle.pop()
            if window.origin == _origin(address) and window.printed < _MOST_PRINTED:
                with suppress(Error, TimeoutError):  # one that is gone is closed
                    async with asyncio.timeout(_END_SECONDS):
                        if await window.page.evaluate(_FOLLOWED, [PAGE_ID, address]):
                            return window
            await self._close(window)
        return None

    async def _opened(self, address: str) -> _Window:
        """A new window at an address, to which only the application answers."""
        context = await self._context()
        window = _Window(await context.new_page(), _origin(address))
        root = urlsplit(address).path.rpartition("/")[0]  # where readers find the panel
        try:
            window.page.set_default_timeout(0)  # whoever waits sets one limit for all
            await window.page.route("**/*", lambda route: self._answer(route, window.origin, root))
            await window.page.emulate_media(media="print")
            await _visit(window.page, address)
        except BaseException:
            await self._close(window)
            raise
        return window

    async def _close(self, window: _Window) -> None:
        """Close a window; a browser that cannot is ended."""
        try:
            async with asyncio.timeout(_END_SECONDS):
                await window.page.context.close()
        except (Error, TimeoutError) as error:
            log.warning("Chromium is started anew: %s", error)
            await self.end()

    async def _answer(self, route: Route, origin: str, root: str) -> None:
        """What the application says to a request of a page; nothing to any other host."""
        with suppress(Error):  # a page that is gone needs no answer
            if _origin(route.request.url) != origin:
                log.warning("a page to be printed asks for %s", route.request.url)
                await route.abort()
                return
            response = await asyncio.to_thread(self._response, route, root)
            headers = {name: text for name, text in response.headers if name.lower() not in _HOP}
            await route.fulfill(status=response.status_code, headers=headers, body=response.data)

    def _response(self, route: Route, root: str) -> TestResponse:
        """What the application answers to a request."""
        request = route.request
        headers = {name: text for name, text in request.headers.items() if name not in _HOP}
        url = urlsplit(request.url)
        return Client(self._application).open(
            f"{url.path.removeprefix(root)}?{url.query}",
            base_url=f"{url.scheme}://{url.netloc}{root}/",
            method=request.method,
            headers=headers,
            data=request.post_data_buffer,
            buffered=True,  # read to its end and closed
        )


async def _visit(page: Page, address: str) -> None:
    answer = await page.goto(address, wait_until="commit")
    if answer is None or not answer.ok:
        raise PrintingFailedError(f"{address} answered {answer and answer.status}")


def _origin(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


async def _fitted(page: Page, footer: str, most: int) -> bytes:
    """The sheets of a page, at the largest scale at which they are few enough, or the smallest."""
    scale, *larger = _SCALES
    for tried in larger:  # larger print never takes fewer sheets
        if await _has_sheet(page, most + 1, tried):
            break
        scale = tried
    return await page.pdf(
        scale=scale,
        prefer_css_page_size=True,
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=footer,
        tagged=True,
        outline=True,
    )


async def _has_sheet(page: Page, number: int, scale: float) -> bool:
    """Whether a page has a sheet of this number; to print that one alone is all that it takes."""
    try:
        await page.pdf(scale=scale, prefer_css_page_size=True, page_ranges=f"{number}")
    except Error as error:
        if _NO_SUCH_SHEET not in error.message:
            raise
        return False
    return True


@dataclass(frozen=True)
class PrintLimits:
    """How many pages are printed at once, how many may wait, and the seconds one may take."""

    at_once: int = 1
    waiting: int = 1
    seconds: float = 30.0


class Printer:
    """Prints pages of an application as PDF; safe between threads."""

    def __init__(
        self, application: "WSGIApplication", named: str = "", limits: PrintLimits | None = None
    ) -> None:
        """Take an application and the Chromium to use, "" for any; starts nothing yet."""
        self._application = application
        self._named = named
        self.limits = limits or PrintLimits()
        self._slots = BoundedSemaphore(self.limits.at_once + self.limits.waiting)
        self._lock = Lock()
        self._thread: _Thread | None = None

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """
        A slot of the printer, to be taken before anything is made for it.

        Raises:
            NoChromiumError: there is none.
            PrintingFailedError: all slots are taken.

        """
        chromium_path(self._named)
        if not self._slots.acquire(blocking=False):
            raise PrintingFailedError("all slots of the printer are taken")
        try:
            yield
        finally:
            self._slots.release()

    def pdf(self, address: str, *, footer: str, most: int) -> bytes:
        """
        The page of an address as tagged PDF, if possible on at most `most` sheets.

        `footer` is HTML. An address may be only a path, where the panel has no public one.

        Raises:
            NoChromiumError: there is none, or it does not start.
            PrintingFailedError: it takes too long, or the page cannot be printed.

        """
        try:
            return self._running().pdf(address, footer, most)
        except PrintingFailedError as error:
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
    """A loop on its own thread; only it calls the browser."""

    def __init__(self, browser: Chromium, limits: PrintLimits) -> None:
        self._browser = browser
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="printer", daemon=True)
        self._thread.start()

    def pdf(self, address: str, footer: str, most: int) -> bytes:
        """The page, or PrintingFailedError when the time is up."""
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
            raise PrintingFailedError(f"{address}: not printed within {limit}") from None

    async def _finish(self) -> None:
        await self._browser.end()
        await asyncio.get_running_loop().shutdown_default_executor()
