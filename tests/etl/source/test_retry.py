"""What is asked again, what is not, and how long is waited."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import orjson
import pytest
import stamina

from etl.errors import ApiError, BusyError
from etl.source.client import Patience, seconds_until
from tests.etl.answering import BODY, GOOD, Given, Server, client, ok


class Torn(httpx.SyncByteStream):
    """A body of which the connection breaks after some bytes."""

    def __init__(self, sent: bytes, error: Exception | None = None) -> None:
        self.sent, self.error = sent, error

    def __iter__(self) -> Iterator[bytes]:
        yield self.sent
        if self.error:
            raise self.error


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """Attempts as the client says, without the waits between them."""
    with stamina.set_testing(True, attempts=9, cap=True):
        yield


HTML = httpx.Response(200, text="<html><body>Vi har stängt för underhåll</body></html>")
CUT = httpx.Response(200, content=b'{"class": "dataset", "val')


def torn(error: Exception | None = None, coding: str = "identity") -> httpx.Response:
    """An answer that breaks off while it is read."""
    return httpx.Response(
        200, headers={"Content-Encoding": coding}, stream=Torn(b'{"class":', error)
    )


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(429, text="API calls quota exceeded! maximum admitted 30 per 10s."),
        httpx.Response(429, headers={"Retry-After": "0"}),
        httpx.Response(500, json={"title": "Internal"}),
        httpx.Response(502),
        httpx.Response(503, text="<html>Service Unavailable</html>"),
        httpx.Response(504),
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("peer closed connection without sending complete message body"),
        HTML,
        CUT,
        httpx.Response(200, content=b""),
    ],
    ids=lambda trouble: getattr(trouble, "status_code", None) or type(trouble).__name__,
)
def test_what_can_succeed_later_is_tried_again(trouble: Given) -> None:
    """Twice trouble, then an answer: three attempts, and the caller notices nothing."""
    server = Server(trouble, trouble, ok())
    assert client(server).data("TAB1", BODY).document == GOOD
    assert len(server.requests) == 3
    assert [orjson.loads(request.content) for request in server.requests] == [BODY] * 3


def test_a_body_that_breaks_off_while_it_is_read_is_tried_again() -> None:
    """Reset, cut short or with damaged compression: the next attempt brings the whole."""
    server = Server(
        torn(httpx.ReadError("reset")),
        torn(httpx.RemoteProtocolError("incomplete")),
        torn(),
        torn(coding="gzip"),
        ok(),
    )
    assert client(server).metadata("TAB1").document == GOOD
    assert len(server.requests) == 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 414])
def test_what_the_server_refuses_is_not_tried_again(status: int) -> None:
    """A wrong question stays wrong; the error names path, status and the server's words."""
    said = {"type": "Parameter error", "title": "Non-existent value", "status": 404}
    server = Server(httpx.Response(status, json=said))
    with pytest.raises(ApiError) as refusal:
        client(server).data("TAB1", BODY)
    assert not isinstance(refusal.value, BusyError)
    assert len(server.requests) == 1
    for part in ("/tables/TAB1/data", f"HTTP {status}", "Non-existent value"):
        assert part in str(refusal.value)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (
            httpx.Response(503, text="<html>\n<h1>Underhåll</h1></html>"),
            "/tables/TAB1/metadata: HTTP 503: <html> <h1>Underhåll</h1></html>",
        ),
        (httpx.Response(502), "/tables/TAB1/metadata: HTTP 502: no text"),
        (HTML, "/tables/TAB1/metadata: status 200 but no JSON: b'<html>"),
        (httpx.ReadTimeout("slow"), "/tables/TAB1/metadata: no answer after 4 attempts"),
    ],
)
def test_after_the_last_attempt_the_error_tells_what_was_wrong(trouble: Given, told: str) -> None:
    """As many attempts as allowed, then path, status and what was said."""
    server = Server(trouble)
    with pytest.raises(ApiError) as refusal:
        client(server, patience=Patience(attempts=4)).metadata("TAB1")
    assert len(server.requests) == 4
    assert told in str(refusal.value)


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_a_day_is_not_waited_for(status: int) -> None:
    """Longer than all patience for one call is a refusal, told with the time."""
    server = Server(httpx.Response(status, headers={"Retry-After": "86400"}))
    with pytest.raises(ApiError, match="come back in 86400 seconds"):
        client(server).metadata("TAB1")
    assert len(server.requests) == 1


def test_an_api_that_is_down_is_asked_less_and_less() -> None:
    """Five attempts, then four, and soon one a call; an answer restores all patience."""
    server = Server(httpx.ConnectError("refused"))
    asking = client(server)
    tried = []
    for _ in range(7):
        before = len(server.requests)
        with pytest.raises(ApiError):
            asking.metadata("TAB1")
        tried.append(len(server.requests) - before)
    assert tried == [5, 4, 3, 2, 1, 1, 1]

    server.answers = [ok()]
    asking.metadata("TAB1")
    server.answers = [*[httpx.ReadTimeout("slow")] * 8, ok()]
    asking.metadata("TAB1")


def test_a_long_refusal_is_told_in_short() -> None:
    """A page of a gateway does not fill the log."""
    with pytest.raises(ApiError) as refusal:
        client(Server(httpx.Response(404, text="x" * 10_000))).metadata("TAB1")
    assert len(str(refusal.value)) < 300


# --- Retry-After


def test_the_time_that_the_server_names_is_waited_by_the_whole_process() -> None:
    """After `Retry-After: 1` nobody calls for a second, whatever the limiter has free."""
    refused = httpx.Response(429, headers={"Retry-After": "1"}, text="quota exceeded")
    server = Server(refused, ok())
    client(server).metadata("TAB1")
    refused_at, answered_at = server.times
    assert 1.0 <= answered_at - refused_at < 3


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_a_named_time_is_understood_as_seconds_and_as_date(status: int, as_date: bool) -> None:
    """Both forms of the header, with 429 and with 503."""
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    header = until if as_date else "90"
    server = Server(httpx.Response(status, headers={"Retry-After": header}))
    with pytest.raises(BusyError) as refusal:
        client(server, patience=Patience(attempts=1)).metadata("TAB1")
    assert refusal.value.retry_after == pytest.approx(90, abs=3)


NOON = datetime(2026, 6, 8, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 10 ", 10.0),
        ("Mon, 08 Jun 2026 12:00:30 GMT", 30.0),
        ("Mon, 08 Jun 2026 14:00:30 +0200", 30.0),
        ("Mon, 08 Jun 2026 12:00:30 -0000", 30.0),
        ("Mon, 08 Jun 2026 11:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_moment(
    header: str | None, seconds: float | None
) -> None:
    """A moment that has passed is no wait; what is neither is as if nothing was said."""
    assert seconds_until(header, NOON) == seconds
