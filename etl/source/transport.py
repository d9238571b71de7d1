"""
The wire: one HTTP answer within one deadline, from looking up a name to its last byte.

An edge. Time limits of single reads do not end an answer that drips, be it in its headers: so
every connection knows when the answer that its thread waits for must be whole. Proxies are those
of the environment. Bodies come compressed or not, are unpacked by pieces of a bounded size, and
are never believed about how large they are.
"""

import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx
from typing_extensions import override

_PIECE = 1 << 20  # bytes; as large as what is unpacked at once may become
_KEPT_OPEN, _KEPT_SECONDS = 50, 5.0
_TROUBLE = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


@dataclass(frozen=True)
class Bounds:
    """
    What one answer may take.

    `seconds`: in all. `size`: bytes, once unpacked. `rate`: bytes a second, of the body as it is
    sent, after its first `grace` seconds.
    """

    seconds: float = 180.0
    size: int = 256 * 1024**2
    rate: float = 2_000.0
    grace: float = 20.0


class Transport(httpx.BaseTransport):
    """Sends requests from any thread; an answer that is not whole in time is a TransportError."""

    def __init__(self, address: str, seconds: float) -> None:
        """Prepare connections to an address, through the proxy that the environment names."""
        self._seconds = seconds
        self._deadline = _Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context() if urlsplit(address).scheme == "https" else None,
            proxy=_proxy(address),
            max_connections=None,
            max_keepalive_connections=_KEPT_OPEN,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=_Backend(self._deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer as soon as its headers are there; its body is read from the stream."""
        self._deadline.begin(self._seconds)
        url = request.url
        try:
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        except _TROUBLE as error:
            raise _told(error) from error
        return httpx.Response(
            status_code=answer.status, headers=answer.headers, stream=_Body(answer)
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


def unpacked(sent: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """
    Yield a body as it was before it was compressed, no piece of it larger than a megabyte.

    Raises:
        httpx.DecodingError: when it is damaged, not whole, or compressed as nobody asked for.

    """
    if coding in {"", "identity"}:
        yield from sent
        return
    if coding not in {"gzip", "x-gzip"}:
        raise httpx.DecodingError(f"it is compressed by {coding[:20]!r}; expected gzip")
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for part in sent:
            rest = part
            while rest and not decoder.eof:
                yield decoder.decompress(rest, _PIECE)
                rest = decoder.unconsumed_tail
        while not decoder.eof and (piece := decoder.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise httpx.DecodingError(f"its compression is damaged: {error}") from error
    if not decoder.eof:
        raise httpx.DecodingError("its compressed bytes break off")


def _proxy(address: str) -> httpcore.Proxy | None:
    """Return the proxy of the environment for an address, if it names one."""
    parts = urlsplit(address)
    proxies = getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all")
    if not named or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    auth = (unquote(proxy.username), unquote(proxy.password or "")) if proxy.username else None
    host = f"[{proxy.hostname}]" if ":" in (proxy.hostname or "") else proxy.hostname
    port = f":{proxy.port}" if proxy.port else ""
    return httpcore.Proxy(f"{proxy.scheme}://{host}{port}", auth=auth)


def _told(error: Exception) -> httpx.TransportError:
    return httpx.TransportError(f"{type(error).__name__}: {error}")


class _Deadline(threading.local):
    """When the answer must be whole that this thread waits for."""

    ends: float | None = None
    seconds: float = 0.0

    def begin(self, seconds: float) -> None:
        """Count from here."""
        self.seconds, self.ends = seconds, time.monotonic() + seconds

    def left(self, asked: float | None) -> float | None:
        """Return the seconds for the next step: those asked for, or fewer."""
        if self.ends is None:
            return asked
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"the answer was not whole after {self.seconds:g} seconds")
        return left if asked is None else min(asked, left)


class _Body(httpx.SyncByteStream):
    """The body of an answer, with our errors."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except _TROUBLE as error:
            raise _told(error) from error

    def close(self) -> None:
        self._answer.close()


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections that know the deadline."""

    def __init__(self, deadline: _Deadline) -> None:
        self._inner, self._deadline = httpcore.SyncBackend(), deadline

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        inner = self._inner.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(inner, self._deadline)
