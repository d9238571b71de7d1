"""
Prints pages as PDF: a few slots, a limit of time, and one Chromium for all workers.

An edge: keeps a thread with a loop for the browser, started when it is first needed. It knows
nothing of what is printed.
"""

import asyncio
import base64
import fcntl
import json
import logging
import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from werkzeug.test import Client, TestResponse

from dashboard.components.frame import PAGE_ID
from dashboard.server.devtools import Browser, DevToolsError, StartError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SHEET = {"width": 794, "height": 1123}  # A4 in pixels of CSS
_LIGHT = [{"name": "prefers-color-scheme", "value": "light"}]
_NO_MARGINS = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), 0)
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
# What a page is called and its language, for the description that its file carries.
_DESCRIPTION = "() => [document.title, document.documentElement.lang]"
_UNTIL = """() => new Promise(resolve => {
  const ready = READY;
  const look = () => ready() ? resolve(true) : setTimeout(look, 20);
  look();
})"""
_LOOK_SECONDS = 0.05  # until it is looked again whose turn it is
_WARM_SECONDS = 60.0  # that a browser waits for the next page
# Where the window finds the application that has no address; no link on paper leads there.
_NO_ADDRESS = "http://panel.invalid"
_SCALES = (0.8, 0.86, 0.93, 1.0)
_NO_SUCH_SHEET = "Page range exceeds page count"  # in Chromium's words
_MOST_PRINTED = 100  # by one window, which never gives back all of its memory
_END_SECONDS = 5.0  # seconds that a page gets to answer a window that is used again, or to close
_HOP = frozenset({"accept-encoding", "content-length", "host"})  # of one connection only
# The end of a PDF as Chromium writes it, and its description in XMP, which Chromium leaves out.
_END_OF_FILE = re.compile(
    rb"trailer\s*<</Size (\d+)\s*/Root (\d+) 0 R\s*/Info (\d+) 0 R>>\s*startxref\s+(\d+)\s+%%EOF\s*"
)
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li>\
<rdf:li xml:lang={language}>{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{code}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class PrintingError(RuntimeError):
    """There is no PDF; the subclass says why."""


class NoChromiumError(PrintingError):
    """No Chromium was found, or what was found cannot run."""


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

    browser: Browser
    origin: str
    context: str  # by the browser's own names
    session: str = ""
    status: int = 0  # of the last document
    printed: int = 0
    answers: set[asyncio.Task[None]] = field(default_factory=set)

    async def command(self, method: str, **given: Any) -> dict[str, Any]:
        """What the browser answers to a command for this page."""
        return await self.browser.command(method, self.session, **given)

    async def evaluate(self, function: str, argument: object = None) -> Any:
        """What a function of JavaScript, given as text, returns for an argument."""
        call = f"({function})({json.dumps(argument)})"
        answer = await self.command(
            "Runtime.evaluate", expression=call, returnByValue=True, awaitPromise=True
        )
        result = answer.get("result")
        if "exceptionDetails" in answer or not isinstance(result, dict):
            raise DevToolsError(f"a script on the page failed: {answer!r:.200}")
        return result.get("value")

    async def wait_for(self, function: str) -> None:
        """Wait until a function of JavaScript returns what is true."""
        await self.evaluate(_UNTIL.replace("READY", function))

    async def pdf(self, **given: Any) -> bytes:
        """The page as Chromium prints it."""
        options = {"preferCSSPageSize": True, **_NO_MARGINS, **given}
        data = await self.browser.ask("Page.printToPDF", "data", self.session, **options)
        try:
            return base64.b64decode(data, validate=True)
        except ValueError as error:
            raise DevToolsError(f"Chromium printed what is no PDF: {error}") from error


class Chromium:
    """A browser for one application; started by the first page, again if it has crashed."""

    def __init__(self, application: "WSGIApplication", named: str = "", root: str = "") -> None:
        """
        Take the application and the Chromium to use, "" for any; starts nothing yet.

        `root`: the path of its host under which readers find the application.
        """
        self._application = application
        self._named = named
        self._root = root
        self._starting = asyncio.Lock()
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
                await page.wait_for(_READY)
                await page.evaluate(_ON_PAPER, addressed)
                title, language = map(str, await page.evaluate(_DESCRIPTION) or ("", ""))
                return described(await _fitted(page, footer, most), title, language)
        except DevToolsError as error:
            raise PrintingFailedError(f"{address}: {error}") from error

    async def end(self) -> None:
        """End the browser; the next page starts another."""
        browser, self._browser = self._browser, None
        self._idle.clear()
        if browser:
            await browser.end()

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser is None or not self._browser.is_running:
                await self.end()
                browser = Browser(chromium_path(self._named))
                try:
                    await browser.start()
                except StartError as error:
                    raise NoChromiumError(f"Chromium does not start: {error}") from error
                self._browser = browser
            return self._browser

    async def _context(self) -> _Window:
        """Room for a page; a browser that does not answer is replaced, once."""
        try:
            return await self._new_context()
        except DevToolsError as error:
            log.warning("Chromium is started anew: %s", error)
            await self.end()
        return await self._new_context()

    async def _new_context(self) -> _Window:
        browser = await self._running()
        try:
            async with asyncio.timeout(_END_SECONDS):
                made = await browser.ask("Target.createBrowserContext", "browserContextId")
        except TimeoutError:
            raise DevToolsError(f"Chromium gives no sign within {_END_SECONDS:g} s") from None
        return _Window(browser, "", made)

    @asynccontextmanager
    async def _showing(self, address: str) -> AsyncIterator[_Window]:
        """A window that is about to show an address; it is used again if nothing fails in it."""
        window = await self._followed(address) or await self._opened(address)
        try:
            yield window
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
                with suppress(DevToolsError, TimeoutError):  # one that is gone is closed
                    async with asyncio.timeout(_END_SECONDS):
                        if await window.evaluate(_FOLLOWED, [PAGE_ID, address]):
                            return window
            await self._close(window)
        return None

    async def _opened(self, address: str) -> _Window:
        """A new window at an address, to which only the application answers."""
        window = await self._context()
        window.origin = _origin(address)
        try:
            await self._furnish(window)
            await _visit(window, address)
        except BaseException:
            await self._close(window)
            raise
        return window

    async def _furnish(self, window: _Window) -> None:
        """Give a window a page of the size of a sheet, whose requests come to us."""
        page = await window.browser.ask(
            "Target.createTarget", "targetId", url="about:blank", browserContextId=window.context
        )
        window.session = await window.browser.ask(
            "Target.attachToTarget", "sessionId", targetId=page, flatten=True
        )

        def heard(method: str, given: dict[str, Any]) -> None:
            if method == "Fetch.requestPaused":
                answer = asyncio.create_task(self._answer(window, given))
                window.answers.add(answer)
                answer.add_done_callback(window.answers.discard)

        window.browser.listen(window.session, heard)
        await window.command("Inspector.enable")
        await window.command("Page.enable")
        await window.command("Network.setBypassServiceWorker", bypass=True)
        await window.command("Fetch.enable", patterns=[{"urlPattern": "*"}])
        await window.command("Emulation.setEmulatedMedia", media="print", features=_LIGHT)
        await window.command("Emulation.setFocusEmulationEnabled", enabled=True)
        await window.command(
            "Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=False, **_SHEET
        )

    async def _close(self, window: _Window) -> None:
        """Close a window; a browser that cannot is ended."""
        window.browser.forget(window.session)
        for answer in window.answers:
            answer.cancel()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await window.browser.command(
                    "Target.disposeBrowserContext", browserContextId=window.context
                )
        except (DevToolsError, TimeoutError) as error:
            log.warning("Chromium is started anew: %s", error)
            if window.browser is self._browser:
                await self.end()

    async def _answer(self, window: _Window, paused: dict[str, Any]) -> None:
        """What the application says to a request of a page; nothing to any other host."""
        request, number = paused["request"], paused["requestId"]
        with suppress(DevToolsError):  # a page that is gone needs no answer
            if _origin(request["url"]) != window.origin:
                log.warning("a page to be printed asks for %s", request["url"])
                await window.command(
                    "Fetch.failRequest", requestId=number, errorReason="AccessDenied"
                )
                return
            response = await asyncio.to_thread(self._response, request)
            if paused["resourceType"] == "Document":
                window.status = response.status_code
            headers = [
                {"name": name, "value": text}
                for name, text in response.headers
                if name.lower() not in _HOP
            ]
            body = base64.b64encode(response.data).decode()
            await window.command(
                "Fetch.fulfillRequest",
                requestId=number,
                responseCode=response.status_code,
                responseHeaders=headers,
                body=body,
            )

    def _response(self, request: dict[str, Any]) -> TestResponse:
        """What the application answers to a request."""
        headers = {
            name: text for name, text in request["headers"].items() if name.lower() not in _HOP
        }
        parts = request.get("postDataEntries", [])
        url = urlsplit(request["url"])
        return Client(self._application).open(
            f"{url.path.removeprefix(self._root)}?{url.query}",
            base_url=f"{url.scheme}://{url.netloc}{self._root}/",
            method=request["method"],
            headers=headers,
            data=b"".join(base64.b64decode(part.get("bytes", "")) for part in parts),
            buffered=True,  # read to its end and closed
        )


async def _visit(window: _Window, address: str) -> None:
    window.status = 0
    answer = await window.command("Page.navigate", url=address)
    if not 200 <= window.status < 300:
        raise PrintingFailedError(f"{address} answered {window.status or answer.get('errorText')}")


def _origin(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


async def _fitted(window: _Window, footer: str, most: int) -> bytes:
    """The sheets of a page, at the largest scale at which they are few enough, or the smallest."""
    scale, *larger = _SCALES
    for tried in larger:  # larger print never takes fewer sheets
        if await _has_sheet(window, most + 1, tried):
            break
        scale = tried
    return await window.pdf(
        scale=scale,
        printBackground=True,
        displayHeaderFooter=True,
        headerTemplate="<span></span>",
        footerTemplate=footer,
        generateTaggedPDF=True,
        generateDocumentOutline=True,
    )


async def _has_sheet(window: _Window, number: int, scale: float) -> bool:
    """Whether a page has a sheet of this number; to print that one alone is all that it takes."""
    try:
        await window.pdf(scale=scale, pageRanges=f"{number}")
    except DevToolsError as error:
        if _NO_SUCH_SHEET not in str(error):
            raise
        return False
    return True


def described(pdf: bytes, title: str, language: str) -> bytes:
    """
    A PDF of Chromium's with its title and language in XMP: two objects and their index at its end.

    It claims no conformance to PDF/UA or PDF/A, which only a validator can tell.

    Raises:
        DevToolsError: it is not whole, or not as Chromium writes it.

    """
    end = _END_OF_FILE.search(pdf, max(0, len(pdf) - 1000))
    if not pdf.startswith(b"%PDF-") or not end or end.end() != len(pdf):
        raise DevToolsError(f"Chromium printed what is no whole PDF: {pdf[:20]!r} …")
    size, root, info, index = map(int, end.groups())
    start = _place(pdf, index, root)
    catalogue = pdf[start : pdf.find(b"endobj", start)].rstrip()
    if not catalogue.startswith(b"%d 0 obj\n<<" % root) or not catalogue.endswith(b">>"):
        raise DevToolsError("Chromium printed a PDF without a catalogue of its objects")
    xmp = _XMP.format(
        title=escape(title), language=quoteattr(language or "x-unknown"), code=escape(language)
    ).encode()
    named = catalogue[:-2] + b"\n/Metadata %d 0 R>>\nendobj\n" % size
    stream = (
        b"%d 0 obj\n<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%b\nendstream\nendobj\n"
    )
    at = len(pdf) + 1
    added = b"\n" + named + stream % (size, len(xmp), xmp)
    rows = (root, at, size, at + len(named))
    ends = (size + 1, root, info, index, len(pdf) + len(added))
    return b"".join(
        (
            *(pdf, added, b"xref\n%d 1\n%010d 00000 n \n%d 1\n%010d 00000 n \n" % rows),
            b"trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d>>\n" % ends[:4],
            b"startxref\n%d\n%%%%EOF\n" % ends[4:],
        )
    )


def _place(pdf: bytes, index: int, number: int) -> int:
    """Where an object stands, by the index of a PDF: a row of twenty bytes for each object."""
    head = re.compile(rb"xref\s+0 \d+\s*\n").match(pdf, index)
    start = head.end() + 20 * number if head else 0
    row = pdf[start : start + 10]
    if not row.isdigit():
        raise DevToolsError("Chromium printed a PDF without an index of its objects")
    return int(row)


@dataclass(frozen=True)
class PrintLimits:
    """
    How many pages are printed at once, how many may wait, and the seconds one may take.

    `shared`: a file; of all processes that share its folder one has a browser, the others wait.
    """

    at_once: int = 1
    waiting: int = 1
    seconds: float = 30.0
    shared: Path | None = None


class Printer:
    """Prints pages of an application as PDF; safe between threads."""

    def __init__(
        self,
        application: "WSGIApplication",
        named: str = "",
        limits: PrintLimits | None = None,
        *,
        public: str = "",
    ) -> None:
        """
        Take an application and the Chromium to use, "" for any; starts nothing yet.

        `public`: the address at which readers find the application, "" without one.
        """
        self._application = application
        self._named = named
        self._root = urlsplit(public).path.rstrip("/")
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
        with self._lock:  # what is begun before `close` is ended by it
            job = self._running().begin(address, footer, most)
        try:
            return job.result()
        except CancelledError:
            error: PrintingError = PrintingFailedError(f"{address}: the printer was closed")
        except PrintingError as failure:
            error = failure
        log.warning("not printed: %s", error)
        raise error

    def close(self) -> None:
        """End what is printed, the browser and its thread; another PDF would start them again."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            thread.end()

    def _running(self) -> "_Thread":
        if self._thread is None:
            browser = Chromium(self._application, self._named, self._root)
            self._thread = _Thread(browser, self.limits)
        return self._thread


class _Thread:
    """
    A loop on its own thread; only it calls the browser.

    The browser stays warm until another process waits for its turn, or nobody prints for a while.
    """

    def __init__(self, browser: Chromium, limits: PrintLimits) -> None:
        self._browser = browser
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._turn = _Turn(limits.shared)
        self._changing = asyncio.Lock()  # whether the turn is ours
        self._jobs: set[asyncio.Task[bytes]] = set()
        self._at_work = 0
        self._last = 0.0
        self._keeping: asyncio.Task[None] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="printer", daemon=True)
        self._thread.start()

    def begin(self, address: str, footer: str, most: int) -> Future[bytes]:
        """The page, once it is there; PrintingFailedError when the time is up."""
        return asyncio.run_coroutine_threadsafe(self._job(address, footer, most), self._loop)

    def end(self) -> None:
        """Cancel what is begun and end the browser, then the loop."""
        asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _job(self, address: str, footer: str, most: int) -> bytes:
        job = asyncio.create_task(self._in_time(address, footer, most))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return await job

    async def _in_time(self, address: str, footer: str, most: int) -> bytes:
        try:
            async with asyncio.timeout(self._limits.seconds), self._slots, self._begun():
                return await self._browser.pdf(address, footer, most)
        except TimeoutError:
            limit = f"{self._limits.seconds:g} s"
            raise PrintingFailedError(f"{address}: not printed within {limit}") from None

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[None]:
        """The turn of this process while it prints a page; another that waits for it goes first."""
        async with self._changing:
            if not self._at_work and self._turn.is_wanted():
                await self._give_back()
                await asyncio.sleep(2 * _LOOK_SECONDS)
            await self._turn.take()
            self._at_work += 1
            if self._keeping is None:
                self._keeping = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            self._at_work -= 1
            self._last = self._loop.time()

    async def _keep(self) -> None:
        """Keep turn and browser for the next page, as long as it makes sense."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            async with self._changing:
                is_left = self._loop.time() - self._last > _WARM_SECONDS
                if not self._at_work and (is_left or self._turn.is_wanted()):
                    await self._give_back()
                    self._keeping = None
                    return

    async def _give_back(self) -> None:
        await self._browser.end()
        self._turn.give_back()

    async def _finish(self) -> None:
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        async with self._changing:
            if self._keeping:
                self._keeping.cancel()
            await self._give_back()
        await self._loop.shutdown_default_executor()


class _Turn:
    """
    The one turn to print among the processes that share a folder; it ends with its process.

    Two locks of the system tell it: one on the folder, which whoever has the turn holds, and one on
    a file in it, which all who wait for the turn hold together. Where the folder cannot be locked,
    as on some file systems of a network, each process has its own turn.
    """

    def __init__(self, shared: Path | None) -> None:
        """Take a file, in the folder that is shared; None for a process alone."""
        self._shared = shared
        self._held = ExitStack()
        self._is_held = False

    async def take(self) -> None:
        """Wait for the turn, unless it is held."""
        try:
            while self._shared and not self._is_held:
                with ExitStack() as waiting:
                    self._is_held = _is_locked(self._shared.parent, fcntl.LOCK_EX, self._held)
                    if not self._is_held:
                        _is_locked(self._shared, fcntl.LOCK_SH, waiting)
                        await asyncio.sleep(_LOOK_SECONDS)
        except OSError as error:
            log.warning("other workers may print at the same time: %s", error)

    def is_wanted(self) -> bool:
        """Whether another process waits for the turn that this one holds, or may do so unseen."""
        if not self._shared or not self._is_held:
            return False
        with ExitStack() as tried, suppress(OSError):
            return not _is_locked(self._shared, fcntl.LOCK_EX, tried)
        return True

    def give_back(self) -> None:
        """Let another process have the turn."""
        self._held.close()
        self._is_held = False


def _is_locked(path: Path, kind: int, held: ExitStack) -> bool:
    """Whether a file or folder has been locked until the end of `held`; False: others lock it."""
    with ExitStack() as opened:
        handle = os.open(path, os.O_RDONLY)
        opened.callback(os.close, handle)
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        held.enter_context(opened.pop_all())
        return True
