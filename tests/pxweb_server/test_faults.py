"""The quota and the faults on demand, as a client meets them."""

import socket
import socketserver
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from tests.pxweb_server import Server, busiest_window, faults, serving
from tests.pxweb_server.quota import Quota
from tests.pxweb_server.small import small_pack

METADATA = "/tables/TAB1/metadata"


def statuses(server: Server) -> list[int]:
    """The statuses of the calls so far, in order of arrival (0 = reset)."""
    return [call.status for call in server.calls]


def test_the_quota_is_a_fixed_window_and_refused_calls_are_free() -> None:
    """Two calls per 10 s: the third waits for the end of the window, not for ten seconds more."""
    quota = Quota(calls=2, window=10)
    admitted = [quota.admission("a", now).admitted for now in (0, 1, 2, 9.5, 10, 19.9, 19.95)]
    assert admitted == [True, True, False, False, True, True, False]


def test_the_quota_is_per_address_and_tells_what_remains() -> None:
    """Another address has its own window; Retry-After is whole seconds, rounded up."""
    quota = Quota(calls=1, window=10)
    first, second, other = (
        quota.admission(who, at) for who, at in (("a", 0), ("a", 3.5), ("b", 4))
    )
    assert (first.admitted, first.remaining) == (True, 0)
    assert (second.admitted, second.retry_after) == (False, 7)
    assert other.admitted


def test_the_busiest_window_is_counted_over_any_start() -> None:
    """Three calls around a full ten seconds: at most two fall into one window of ten."""
    assert busiest_window([0, 6, 10, 30], 10) == 2
    assert busiest_window([0, 6, 9.9, 30], 10) == 3
    assert busiest_window([], 10) == 0


def test_calls_at_the_same_time_never_pass_the_quota_together() -> None:
    """Of forty calls at once exactly ten are admitted."""
    with serving([small_pack()], calls=10, window=60) as server:
        address = f"{server.url}/config"
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: httpx.get(address).status_code, range(40)))
    assert (found.count(200), found.count(429)) == (10, 30)


def test_calls_over_the_quota_get_a_429_as_text() -> None:
    """The body is plain text in SCB's words, Retry-After whole seconds; every endpoint counts."""
    with serving([small_pack()], calls=3, window=10) as server:
        for path in ("/config", "/tables", METADATA):
            answer = httpx.get(server.url + path)
            assert answer.status_code == 200
        refused = httpx.get(f"{server.url}/config")
    assert answer.headers["X-Rate-Limit-Limit"] == "10s"
    assert answer.headers["X-Rate-Limit-Remaining"] == "0"
    assert datetime.fromisoformat(answer.headers["X-Rate-Limit-Reset"]) > datetime.now(UTC)
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "text/plain"
    assert refused.text == "API calls quota exceeded! maximum admitted 3 per 10s."
    assert 1 <= int(refused.headers["Retry-After"]) <= 10


def test_the_limits_promised_are_the_limits_kept() -> None:
    """/config states the cells, calls and seconds the server was started with."""
    with serving([small_pack()], max_cells=7, calls=4, window=2) as server:
        config = httpx.get(f"{server.url}/config").json()
    promised = ("maxDataCells", "maxCallsPerTimeWindow", "timeWindow")
    assert [config[name] for name in promised] == [7, 4, 2]


def test_a_gateway_fault_is_html_and_comes_every_nth_time() -> None:
    """Counted over data and metadata calls only, so /config never fails and never counts."""
    with serving([small_pack()], faults="503:3", calls=100) as server:
        answers = [httpx.get(server.url + path) for path in (METADATA, "/config") * 6]
    assert statuses(server) == [200, 200, 200, 200, 503, 200] * 2
    assert answers[4].headers["Content-Type"].startswith("text/html")
    assert "X-Rate-Limit-Limit" not in answers[4].headers


@pytest.mark.parametrize("kind", ["429", "date"])
def test_a_429_may_come_within_the_quota(kind: str) -> None:
    """Retry-After is seconds, or the same moment as an HTTP date."""
    with serving([small_pack()], faults=f"{kind}:1:5", calls=100) as server:
        refused = httpx.get(server.url + METADATA)
    assert refused.status_code == 429
    after = refused.headers["Retry-After"]
    if kind == "429":
        assert after == "5"
    else:
        waits = parsedate_to_datetime(after) - datetime.now(UTC)
        assert 2 <= waits.total_seconds() <= 5


def test_a_reset_ends_the_connection_without_an_answer() -> None:
    """The client sees a reset; the next call is served."""
    with serving([small_pack()], faults="reset:1", calls=100) as server:
        host, port = server.server_address[:2]
        with socket.create_connection((str(host), int(port))) as raw:
            raw.sendall(f"GET /api/v2{METADATA} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            with pytest.raises(ConnectionResetError):
                raw.recv(1)
        assert httpx.get(f"{server.url}/config").status_code == 200
    assert statuses(server) == [0, 200]


def test_a_cut_body_is_shorter_than_promised() -> None:
    """Half the body arrives against its Content-Length."""
    refused = pytest.raises(httpx.RemoteProtocolError, match="without sending complete message")
    with serving([small_pack()], faults="cut:1", calls=100) as server, refused:
        httpx.get(server.url + METADATA)


def test_a_slow_answer_is_late_and_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer waits as long as was asked for, others do not."""
    waits: list[float] = []
    with serving([small_pack()], faults="slow:2:0.3", calls=100) as server:
        wait = server.stopping.wait

        def noted(seconds: float) -> bool:
            waits.append(seconds)
            return wait(seconds)

        monkeypatch.setattr(server.stopping, "wait", noted)
        first = httpx.get(server.url + METADATA)
        assert waits == []
        middle = time.monotonic()
        second = httpx.get(server.url + METADATA)
        assert time.monotonic() - middle >= 0.3
    assert waits == [0.3]
    assert first.json() == second.json()


def test_a_page_may_pretend_to_be_an_answer() -> None:
    """Status 200 with HTML, as a firewall sends it."""
    with serving([small_pack()], faults="notjson:1", calls=100) as server:
        answer = httpx.get(server.url + METADATA)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_first_fault_of_the_plan_wins() -> None:
    """Where two entries meet, the order of writing decides, so that runs repeat exactly."""
    plan = faults.parsed("503:2, 429:3")
    hit = [faults.fault_at(count, plan) for count in range(1, 7)]
    assert [fault.kind if fault else "" for fault in hit] == ["", "503", "429", "503", "", "503"]


@pytest.mark.parametrize("plan", ["503", "503:0", "418:2", "slow:3:x", "cut:-1", "date:1:-5"])
def test_an_impossible_plan_is_refused_at_the_start(plan: str) -> None:
    """A misspelled fault must not pass for a server without faults."""
    with pytest.raises(ValueError, match="expected KIND:EVERY"):
        faults.parsed(f"429:7,{plan}")


def test_every_call_is_in_the_list_and_in_the_log(tmp_path: Path) -> None:
    """Time, method, path and status of each call, in order; the log has a line for each."""
    log = tmp_path / "calls.jsonl"
    with serving([small_pack()], calls=2, log=log) as server:
        httpx.get(f"{server.url}/config")
        httpx.post(f"{server.url}/tables/TAB1/data?lang=sv", json={"selection": []})
        httpx.get(f"{server.url}/config")
    assert [(call.method, call.path, call.status) for call in server.calls] == [
        ("GET", "/api/v2/config", 200),
        ("POST", "/api/v2/tables/TAB1/data?lang=sv", 200),
        ("GET", "/api/v2/config", 429),
    ]
    times = [call.at for call in server.calls]
    assert times == sorted(times)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 3


def test_one_connection_serves_many_calls_without_delay(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep-alive works; an answer is one write, so that no call waits for an acknowledgement."""
    writes: list[int] = []
    write = socketserver._SocketWriter.write  # type: ignore[attr-defined]

    def noted(writer: object, sent: bytes) -> object:
        writes.append(len(sent))
        return write(writer, sent)

    monkeypatch.setattr(socketserver._SocketWriter, "write", noted)  # type: ignore[attr-defined]
    with httpx.Client(base_url=server.url) as client:
        client.get("/config")
        assert len(server.connections) == 1
        for _ in range(50):
            client.post("/tables/TAB1/data", json={"selection": []})
        assert len(server.connections) == 1
    assert len(server.calls) == len(writes) == 51
