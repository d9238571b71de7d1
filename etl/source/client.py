"""
PxWebApi 2 over HTTP: the only network of this project.

An edge. Every call goes through one limiter and is retried when, and only when, it can
succeed later: 429 (with the server's own waiting time), 5xx, resets, timeouts, cut bodies and
bodies that are no JSON. Any other 4xx is final, and so is an answer that is too large. What the
source says of itself (limits, rows of tables) is taken only where it can be meant; the rest is
told. Protocol facts: see the README, decisions.
"""

import email.utils
import hashlib
import mmap
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import httpx
import stamina

from etl import __version__
from etl.errors import ApiError, BusyError, DocumentError
from etl.source.jsonstat import json_content, shown_text, source_moment
from etl.source.landing import Received, is_table_id
from etl.source.transport import Bounds, Transport, unpacked

_WINDOW_TOLERANCE = 0.02


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
    def slot(self) -> Iterator[None]:
        """Wait for a slot, hold it during the call, give it back one window later."""
        self._take()
        try:
            yield
        finally:
            with self._condition:
                self._returns.append(time.monotonic() + self._window * (1 + _WINDOW_TOLERANCE))
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


SCB_API = "https://statistikdatabasen.scb.se/api/v2"
_USER_AGENT = f"Integrationspanelen/{__version__} (statistical indicators for Swedish regions)"
_TIMEOUT = httpx.Timeout(connect=10.0, read=120.0, write=30.0, pool=None)
_TABLES_PER_PAGE = 1000
_MOST_PAGES = 1000
_MOST_SECONDS_A_CALL = 60
_MOST_OF_A_REFUSAL = 1 << 16  # bytes of an answer that is none: its text is told in short
_IN_MEMORY = 1 << 20  # bytes; larger answers are read from a file
# No answer, or one whose compressed bytes are damaged: another attempt may bring a whole one.
_UNHEARD = (httpx.TransportError, httpx.DecodingError)


@dataclass(frozen=True)
class Patience:
    """
    How long to go on trying one call: attempts, and seconds for all of them.

    `when_silent`: attempts while the API has not answered its first or its last call, one less
    after each call without an answer, so that one that is down is not waited for by table.
    """

    attempts: int = 9
    when_silent: int = 5
    seconds: float = 600.0
    first_wait: float = 0.5


@dataclass(frozen=True)
class Config:
    """What the API admits: cells a call, calls a window, its length in seconds; its licence."""

    api_version: str
    licence: str
    max_cells: int
    max_calls: int
    window: float


@dataclass(frozen=True)
class Setting:
    """A limit as SCB documents it, which stands where the API gives none that can be meant."""

    usual: int
    least: float
    most: float

    def takes(self, sent: Any) -> bool:
        """Say whether a value can be meant."""
        return type(sent) in {int, float} and self.least <= sent <= self.most


SETTINGS: Mapping[str, Setting] = {
    "maxDataCells": Setting(150_000, 1_000, 1_000_000),
    "maxCallsPerTimeWindow": Setting(30, 1, 1_000_000),
    "timeWindow": Setting(10, 0.01, 3_600),
}


@dataclass(frozen=True)
class ApiAnswer:
    """
    One answer: what was asked, the bytes as received with their hash, and the parsed JSON.

    `received`: when, by our clock (UTC). `answered`: by the source's; "" where it does not say.
    """

    url: str
    body: str | None
    content: Received
    sha256: str
    received: str
    answered: str
    document: Any

    @property
    def moment(self) -> str:
        """When it was given: by the source's clock, by ours only where the source has none."""
        return self.answered or self.received


class Client:
    """
    One session with one API; safe to use from many threads.

    `told`: what the source said of itself that cannot be meant, and what stands in its place.
    """

    def __init__(
        self,
        api: str = SCB_API,
        *,
        limiter: Limiter | None = None,
        transport: httpx.BaseTransport | None = None,
        patience: Patience | None = None,
        bounds: Bounds | None = None,
        drafts: Path | None = None,
    ) -> None:
        """
        Prepare a session; nothing is sent before the first call.

        `drafts`: where large answers lie while they are read; nothing is left there.
        """
        self.api = api.rstrip("/")
        self.patience = patience or Patience()
        self.bounds = bounds or Bounds()
        self.limiter = limiter or Limiter(self.patience.when_silent)
        self.calls = 0
        self.told: dict[str, None] = {}
        self._drafts = drafts
        self._heard, self._silent = False, 0
        self._http = httpx.Client(
            timeout=_TIMEOUT,
            transport=transport or Transport(self.api, self.bounds.seconds),
            headers={
                "User-Agent": _USER_AGENT,
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    def __enter__(self) -> Self:
        """Use the session as a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def config(self) -> Config:
        """
        Ask for the limits, and keep to them from now on.

        A limit that cannot be meant is told, and SCB's documented one is kept to.
        """
        document = self._call("GET", "/config").document
        if not isinstance(document, dict) or not {"apiVersion", *SETTINGS} <= document.keys():
            lacking = {"apiVersion", *SETTINGS} - set(
                document if isinstance(document, dict) else ()
            )
            raise DocumentError(
                f"{self.api}/config lacks {', '.join(sorted(lacking))}; "
                "expected the address of a PxWebApi 2"
            )
        limits = {name: self._setting(name, document[name]) for name in SETTINGS}
        calls, window = limits["maxCallsPerTimeWindow"], limits["timeWindow"]
        if window > calls * _MOST_SECONDS_A_CALL:
            self.told[
                f"/config: {calls:g} calls in {window:g} seconds, expected one in "
                f"{_MOST_SECONDS_A_CALL} seconds at least; that is how often it is asked"
            ] = None
            limits["timeWindow"] = calls * _MOST_SECONDS_A_CALL
        config = Config(
            api_version=_short(document["apiVersion"]),
            licence=_short(document.get("license", "")),
            max_cells=int(limits["maxDataCells"]),
            max_calls=int(limits["maxCallsPerTimeWindow"]),
            window=float(limits["timeWindow"]),
        )
        self.limiter.allow(config.max_calls, config.window)
        return config

    def _setting(self, name: str, sent: Any) -> float:
        setting = SETTINGS[name]
        if setting.takes(sent):
            return float(sent)
        self.told[
            f"/config: {name} is {sent!r:.40}, expected a number from {setting.least:,} to "
            f"{setting.most:,}; {setting.usual:,} is used, which SCB documents"
        ] = None
        return setting.usual

    def tables(self, query: str) -> Iterator[Mapping[str, Any]]:
        """
        Yield the rows of all tables that match a query (all, for ""), discontinued ones too.

        Each has `id`, `label`, `paths` and `variableNames`, see `_row`. Rows that are none are
        told and left out.
        """
        page = pages = 1
        seen: set[str] = set()
        while page <= pages:
            parameters = {
                "lang": "sv",
                **({"query": query} if query else {}),
                "includeDiscontinued": "true",
                "pageNumber": str(page),
                "pageSize": str(_TABLES_PER_PAGE),
            }
            document = self._call("GET", "/tables", parameters).document
            try:
                sent = [*document["tables"]]
                pages = int(document.get("page", {}).get("totalPages", 1))
            except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
                text = f"{self.api}/tables answers without a list of tables: {error!r:.200}"
                raise DocumentError(text) from error
            rows = self._rows(sent)
            new = [row for row in rows if row["id"] not in seen]
            if rows and not new:
                return  # the server gives one page for all of them
            seen |= {row["id"] for row in new}
            yield from new
            page += 1
            if not rows or page > _MOST_PAGES:
                return

    def _rows(self, sent: list[Any]) -> list[Mapping[str, Any]]:
        rows = [row for row in map(_row, sent) if row]
        odd = [row for row in sent if not _row(row)]
        if odd and not rows:
            raise DocumentError(
                f"{self.api}/tables answers without a list of tables: its first row is "
                f"{odd[0]!r:.60}"
            )
        if odd:
            self.told[
                f"/tables: {len(odd)} of {len(sent)} rows are left out, the first {odd[0]!r:.60}; "
                "expected an id of letters, digits, - and _"
            ] = None
        return rows

    def table(self, table: str) -> Mapping[str, Any]:
        """
        Return the row of one table.

        Raises:
            DocumentError: when the answer is none.

        """
        document = self._call("GET", f"/tables/{table}", {"lang": "sv"}).document
        row = _row({**document, "id": table}) if isinstance(document, dict) else None
        if row is None:
            raise DocumentError(f"/tables/{table} answers {document!r:.60}; expected its row")
        return row

    def metadata(self, table: str, lang: str = "sv") -> ApiAnswer:
        """Return a table's description, straight from the database."""
        return self._call("GET", f"/tables/{table}/metadata", {"lang": lang})

    def codelist(self, codelist: str) -> ApiAnswer:
        """Return a list of codes; its id may hold å, ä and ö."""
        return self._call("GET", f"/codelists/{quote(codelist, safe='')}", {"lang": "sv"})

    def data(self, table: str, request: Mapping[str, Any]) -> ApiAnswer:
        """Return the cells of a selection."""
        parameters = {"lang": "sv", "outputFormat": "json-stat2"}
        return self._call("POST", f"/tables/{table}/data", parameters, request)

    def _call(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        request: Mapping[str, Any] | None = None,
    ) -> ApiAnswer:
        attempts = self.patience.attempts
        if not self._heard:
            attempts = max(1, min(attempts, self.patience.when_silent - self._silent))
        asked = stamina.RetryingCaller(
            attempts=attempts,
            timeout=self.patience.seconds,
            wait_initial=self.patience.first_wait,
            wait_max=60.0,
            wait_jitter=self.patience.first_wait,
        )
        try:
            answer = asked(_retry, self._once, method, path, parameters, request)
        except _UNHEARD as error:
            self._heard, self._silent = False, self._silent + 1
            raise BusyError(f"{path}: no answer after {attempts} attempts: {error!r}") from error
        except BusyError:
            self._heard, self._silent = False, self._silent + 1
            raise
        self._heard, self._silent = True, 0
        return answer

    def _once(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str] | None,
        request: Mapping[str, Any] | None,
    ) -> ApiAnswer:
        with ExitStack() as stack:
            with self.limiter.slot():
                self.calls += 1
                response = stack.enter_context(
                    self._http.stream(method, self.api + path, params=parameters, json=request)
                )
            coding = response.headers.get("Content-Encoding", "").strip().lower()
            pieces = unpacked(self._in_time(response, path), coding)
            if response.status_code != httpx.codes.OK:
                raise self._refusal(response, path, _beginning(pieces))
            content, digest = self._taken(pieces, path)
        try:
            document = json_content(content)
        except ValueError as error:
            raise BusyError(f"{path}: status 200 but no JSON: {bytes(content[:60])!r}") from error
        return ApiAnswer(
            url=str(response.url),
            body=response.request.content.decode() or None,
            content=content,
            sha256=digest,
            received=datetime.now(UTC).isoformat(timespec="microseconds"),
            answered=_dated(response),
            document=document,
        )

    def _in_time(self, response: httpx.Response, path: str) -> Iterator[bytes]:
        """Yield the body as it is sent; one that comes too slowly is given up."""
        began, sent = time.monotonic(), 0
        assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101  not an async one
        for part in response.stream:
            yield part
            sent += len(part)
            seconds = time.monotonic() - began
            if seconds > self.bounds.seconds:
                raise BusyError(
                    f"{path}: the answer was not whole after {self.bounds.seconds:g} seconds"
                )
            if seconds > self.bounds.grace and sent < self.bounds.rate * seconds:
                raise BusyError(
                    f"{path}: {sent} bytes in {seconds:.0f} seconds; expected at least "
                    f"{self.bounds.rate:g} a second"
                )

    def _taken(self, pieces: Iterator[bytes], path: str) -> tuple[Received, str]:
        """
        Write a body to a file and hash it on the way; return its bytes, in memory if they are few.

        Raises:
            DocumentError: when it is larger than any answer may be; the rest is not read.

        """
        digest, size = hashlib.sha256(), 0
        with tempfile.TemporaryFile(dir=self._drafts) as file:
            for piece in pieces:
                size += len(piece)
                if size > self.bounds.size:
                    raise DocumentError(
                        f"{path}: the answer is larger than {self.bounds.size:,} bytes; it is not "
                        "read to its end, and asked for again by the next run"
                    )
                digest.update(piece)
                file.write(piece)
            file.flush()
            if size > _IN_MEMORY:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                return memoryview(mapped), digest.hexdigest()
            file.seek(0)
            return file.read(), digest.hexdigest()

    def _refusal(self, response: httpx.Response, path: str, content: bytes) -> ApiError:
        """Return the error of an answer that is not 200; the body's own status may differ."""
        message = f"{path}: HTTP {response.status_code}: {_said(content) or 'no text'}"
        now = _date(response) or datetime.now(UTC)
        wait = seconds_until(response.headers.get("Retry-After"), now)
        if wait is not None and wait > self.patience.seconds:
            return ApiError(f"{message}; it asks us to come back in {wait:g} seconds")
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            if wait is not None:
                self.limiter.pause(wait)
            return BusyError(message, wait)
        if response.is_server_error:
            return BusyError(message, wait)
        return ApiError(message)


def _row(sent: Any) -> Mapping[str, Any] | None:
    """
    Return what we read of a table's row, each part as it should be; None for what is no row.

    `paths`: ids of folders, the innermost last. What is not as it should be is as if not there.
    """
    if not isinstance(sent, dict) or not is_table_id(sent.get("id")):
        return None
    label, names = sent.get("label"), _listed(sent.get("variableNames"))
    paths = [
        [folder["id"] for folder in _listed(path) if _has_id(folder)]
        for path in _listed(sent.get("paths"))
    ]
    return {
        "id": sent["id"],
        "label": label if isinstance(label, str) else "",
        "paths": paths,
        "variableNames": [name for name in names if isinstance(name, str)],
    }


def _listed(sent: Any) -> list[Any]:
    return sent if isinstance(sent, list) else []


def _has_id(folder: Any) -> bool:
    return isinstance(folder, dict) and isinstance(folder.get("id"), str)


def _short(sent: Any) -> str:
    """Return the beginning of what was sent as one line, without control characters."""
    return " ".join(shown_text(str(sent), "the answer").split())[:200]


def _beginning(pieces: Iterator[bytes]) -> bytes:
    """Return the first bytes of a body; the rest is not read, and damage is no matter."""
    found = b""
    try:
        for piece in pieces:
            found += piece
            if len(found) >= _MOST_OF_A_REFUSAL:
                break
    except (httpx.TransportError, httpx.DecodingError):
        return found
    return found[:_MOST_OF_A_REFUSAL]


def _said(content: bytes) -> str:
    """Return the title of a problem in JSON, or the beginning of any other text."""
    try:
        text = str(json_content(content)["title"])
    except (ValueError, KeyError, TypeError):
        text = content.decode(errors="replace")
    return _short(text)


def _date(response: httpx.Response) -> datetime | None:
    """Return when the source says that it answered; None where it names no moment."""
    try:
        moment = email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
        zoned = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        return source_moment(zoned.isoformat(timespec="seconds"))
    except (ValueError, OverflowError):
        return None


def _dated(response: httpx.Response) -> str:
    moment = _date(response)
    return moment.isoformat(timespec="seconds") if moment else ""


def seconds_until(retry_after: str | None, now: datetime) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or a date; None if neither."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (zoned - now).total_seconds())


def _retry(error: Exception) -> bool | float:
    """Say whether another attempt can succeed, or after how many seconds."""
    if isinstance(error, BusyError):
        return error.retry_after or True
    return isinstance(error, _UNHEARD)
