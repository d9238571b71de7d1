"""
PxWebApi 2 over HTTP: the only network of this project.

An edge. Every call goes through one limiter and is retried when, and only when, it can
succeed later: 429 (with the server's own waiting time), 5xx, resets, timeouts, cut bodies and
bodies that are no JSON. Any other 4xx is final. Protocol facts: see the README, decisions.
"""

import email.utils
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import quote

import httpx
import stamina

from etl import __version__
from etl.errors import ApiError, BusyError, DocumentError
from etl.source.jsonstat import json_content

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
class ApiAnswer:
    """One answer: what was asked, the bytes as received, when (UTC), and the parsed JSON."""

    url: str
    body: str | None
    content: bytes
    received: str
    document: Any


class Client:
    """One session with one API; safe to use from many threads."""

    def __init__(
        self,
        api: str = SCB_API,
        *,
        limiter: Limiter | None = None,
        transport: httpx.BaseTransport | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Prepare a session; nothing is sent before the first call."""
        self.api = api.rstrip("/")
        self.patience = patience or Patience()
        self.limiter = limiter or Limiter(self.patience.when_silent)
        self.calls = 0
        self._heard, self._silent = False, 0
        self._http = httpx.Client(
            timeout=_TIMEOUT,
            transport=transport,
            headers={"User-Agent": _USER_AGENT, "Accept": "application/json"},
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=50),
        )

    def __enter__(self) -> Self:
        """Use the session as a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._http.close()

    def config(self) -> Config:
        """Ask for the limits, and keep to them from now on."""
        document = self._call("GET", "/config").document
        try:
            config = Config(
                api_version=str(document["apiVersion"]),
                licence=str(document.get("license", "")),
                max_cells=int(document["maxDataCells"]),
                max_calls=int(document["maxCallsPerTimeWindow"]),
                window=float(document["timeWindow"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentError(
                f"{self.api}/config lacks {error}; expected the address of a PxWebApi 2"
            ) from error
        self.limiter.allow(config.max_calls, config.window)
        return config

    def tables(self, query: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of all tables that match a query (all, for ""), discontinued ones too."""
        page = pages = 1
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
                rows = [{"label": "", **row, "id": row["id"]} for row in document["tables"]]
                pages = int(document.get("page", {}).get("totalPages", 1))
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                text = f"{self.api}/tables answers without a list of tables: {error!r}"
                raise DocumentError(text) from error
            yield from rows
            page += 1

    def table(self, table: str) -> Mapping[str, Any]:
        """Return the row of one table."""
        document: Mapping[str, Any] = self._call("GET", f"/tables/{table}", {"lang": "sv"}).document
        return document

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
            content = response.read()
        if response.status_code != httpx.codes.OK:
            raise self._refusal(response, path)
        try:
            document = json_content(content)
        except ValueError as error:
            raise BusyError(f"{path}: status 200 but no JSON: {content[:60]!r}") from error
        return ApiAnswer(
            url=str(response.url),
            body=response.request.content.decode() or None,
            content=content,
            received=datetime.now(UTC).isoformat(timespec="microseconds"),
            document=document,
        )

    def _refusal(self, response: httpx.Response, path: str) -> ApiError:
        """Return the error of an answer that is not 200; the body's own status may differ."""
        message = f"{path}: HTTP {response.status_code}: {_said(response) or 'no text'}"
        wait = seconds_until(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is not None and wait > self.patience.seconds:
            return ApiError(f"{message}; it asks us to come back in {wait:g} seconds")
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            if wait is not None:
                self.limiter.pause(wait)
            return BusyError(message, wait)
        if response.is_server_error:
            return BusyError(message, wait)
        return ApiError(message)


def _said(response: httpx.Response) -> str:
    """Return the title of a problem in JSON, or the beginning of any other text."""
    try:
        text = str(json_content(response.content)["title"])
    except (ValueError, KeyError, TypeError):
        text = response.text
    return " ".join(text.split())[:200]


def seconds_until(retry_after: str | None, now: datetime) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or a date; None if neither."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (zoned - now).total_seconds())


def _retry(error: Exception) -> bool | float:
    """Say whether another attempt can succeed, or after how many seconds."""
    if isinstance(error, BusyError):
        return error.retry_after or True
    return isinstance(error, _UNHEARD)
