"""One connection of the stand-in: reads requests, keeps the quota, sends answers and faults.

Knows HTTP and sockets; what an answer says comes from the pure modules.
"""

import gzip
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, NamedTuple

from tests.pxweb_server.faults import GATEWAY_STATUSES, HTML_PAGE, Fault
from tests.pxweb_server.quota import Admission
from tests.pxweb_server.routes import HTML, JSON, TEXT, Answer, Request, answer

if TYPE_CHECKING:
    from tests.pxweb_server.server import Server

# Linger for no time: closing then resets the connection instead of ending it.
_RESET = struct.pack("ii", 1, 0)
RESET_STATUS = 0


class Call(NamedTuple):
    """One request: monotonic time of arrival, method, path with query, status (0 = reset)."""

    at: float
    method: str
    path: str
    status: int


class Handler(BaseHTTPRequestHandler):
    server: "Server"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the list of calls is the log."""

    def _answer(self) -> None:
        at = time.monotonic()
        request = Request(
            method=self.command,
            target=self.path,
            content_type=self.headers.get("Content-Type", ""),
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        admission = self.server.quota.admission(self.client_address[0], at)
        if not admission.admitted:
            self._refuse(at, str(admission.retry_after))
            return
        fault = self.server.next_fault(request)
        if fault is None:
            self._send(at, self._served(request), self._rate_headers(admission))
        else:
            self._fail(at, fault, request, admission)

    def _served(self, request: Request) -> Answer:
        served = answer(self.server.service(), request, datetime.now(UTC))
        return self.server.change(request, served)

    def _fail(self, at: float, fault: Fault, request: Request, admission: Admission) -> None:
        rates = self._rate_headers(admission)
        if fault.kind == "reset":
            self._reset(at)
        elif fault.kind == "429":
            self._refuse(at, str(int(fault.amount)))
        elif fault.kind == "date":
            moment = datetime.now(UTC) + timedelta(seconds=fault.amount)
            self._refuse(at, format_datetime(moment, usegmt=True))
        elif fault.kind in GATEWAY_STATUSES:
            self._send(at, Answer(int(fault.kind), HTML, HTML_PAGE.encode()), {})
        elif fault.kind == "notjson":
            self._send(at, Answer(200, HTML, HTML_PAGE.encode()), rates)
        elif fault.kind == "bomb":
            spaces = gzip.compress(b" " * int(fault.amount * 1_000_000))
            self._send(at, Answer(200, JSON, spaces), rates | {"Content-Encoding": "gzip"})
        else:
            if fault.kind == "slow":
                self.server.stopping.wait(fault.amount)
            self._send(at, self._served(request), rates, fault=fault)

    def _refuse(self, at: float, retry_after: str) -> None:
        refused = Answer(429, TEXT, self.server.quota.refusal().encode())
        self._send(at, refused, {"Retry-After": retry_after})

    def _rate_headers(self, admission: Admission) -> dict[str, str]:
        reset = datetime.now(UTC) + timedelta(seconds=admission.ends_in)
        return {
            "X-Rate-Limit-Limit": f"{self.server.limits.window:g}s",
            "X-Rate-Limit-Remaining": str(admission.remaining),
            "X-Rate-Limit-Reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }

    def _send(
        self, at: float, sent: Answer, headers: dict[str, str], *, fault: Fault | None = None
    ) -> None:
        self.server.note(Call(at, self.command, self.path, sent.status))
        usual = {
            "Server": self.version_string(),
            "Date": self.date_time_string(),
            "Content-Type": sent.content_type,
            "Content-Length": str(len(sent.body)),
        }
        self.send_response_only(sent.status)
        for name, value in {**usual, **headers, **sent.headers}.items():
            self.send_header(name, value)
        head = b"".join(self._headers_buffer) + b"\r\n"
        self._headers_buffer: list[bytes] = []
        kind = fault.kind if fault else ""
        if fault and kind in {"drip", "head"}:
            at_once = head if kind == "drip" else b""
            self._drip(at_once, (head + sent.body).removeprefix(at_once), fault.amount)
            return
        # One write: headers and body in two would wait for the client's delayed acknowledgement.
        self.wfile.write(head + (sent.body[: len(sent.body) // 2] if kind == "cut" else sent.body))
        if kind == "cut":
            self.close_connection = True

    def _drip(self, at_once: bytes, rest: bytes, seconds: float) -> None:
        """Sends some bytes, and the others one by one, until the client hangs up."""
        self.close_connection = True
        self.wfile.write(at_once)
        for byte in rest:
            if self.server.stopping.wait(seconds):
                return
            self.wfile.write(bytes([byte]))

    def _reset(self, at: float) -> None:
        self.server.note(Call(at, self.command, self.path, RESET_STATUS))
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.close_connection = True
        self.connection.close()
