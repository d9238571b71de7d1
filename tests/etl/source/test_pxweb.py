"""The protocol of PxWebApi 2 as our client speaks it: questions and limits."""

import codecs
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
import stamina

from etl import __version__
from etl.errors import DocumentError
from etl.source.client import ApiAnswer, Client, Limiter
from tests.etl.answering import API, BODY, GOOD, Server, client, ok
from tests.pxweb_server import busiest_window

CONFIG = {
    "apiVersion": "2.3.2",
    "license": "CC0",
    "maxDataCells": 150_000,
    "maxCallsPerTimeWindow": 30,
    "timeWindow": 10,
}


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """Attempts as the client says, without the waits between them."""
    with stamina.set_testing(True, attempts=9, cap=True):
        yield


# --- what is asked


def test_data_are_asked_for_by_post_with_language_and_format() -> None:
    """Codes with a plus and long lists survive in a body, and lang is always sent."""
    server = Server(ok())
    client(server).data("TAB6572", BODY)
    (request,) = server.requests
    assert request.method == "POST"
    assert request.url.path == "/api/v2/tables/TAB6572/data"
    assert dict(request.url.params) == {"lang": "sv", "outputFormat": "json-stat2"}
    assert orjson.loads(request.content) == BODY
    assert request.headers["Content-Type"] == "application/json"


def test_metadata_and_a_table_are_asked_for_in_swedish() -> None:
    """A table that is not published in English exists in Swedish only."""
    server = Server(ok())
    asking = client(server)
    asking.metadata("TAB1")
    asking.table("TAB1")
    assert [(request.method, str(request.url)) for request in server.requests] == [
        ("GET", f"{API}/tables/TAB1/metadata?lang=sv"),
        ("GET", f"{API}/tables/TAB1?lang=sv"),
    ]


def test_a_search_reads_every_page_and_finds_discontinued_tables() -> None:
    """RAMS is hidden unless asked for; three pages are three calls and all their rows."""
    pages = [
        ok({"tables": [{"id": f"TAB{at}"}], "page": {"pageNumber": at, "totalPages": 3}})
        for at in (1, 2, 3)
    ]
    server = Server(*pages)
    found = [row["id"] for row in client(server).tables("förvärvsarbetande län")]
    assert found == ["TAB1", "TAB2", "TAB3"]
    asked = [dict(request.url.params) for request in server.requests]
    assert [one["pageNumber"] for one in asked] == ["1", "2", "3"]
    assert {one["includeDiscontinued"] for one in asked} == {"true"}
    assert {one["query"] for one in asked} == {"förvärvsarbetande län"}
    assert {one["lang"] for one in asked} == {"sv"}


@pytest.mark.parametrize(
    "answer",
    [{"error": "no"}, [], 7, None, {"tables": None}, {"tables": [7]}, {"tables": [{"label": "x"}]}]
    + [{"tables": [], "page": page} for page in (None, 7, {"totalPages": "many"})],
)
def test_a_search_that_is_answered_with_something_else_is_told(answer: object) -> None:
    """JSON without a list of tables is no result, and not an empty one."""
    with pytest.raises(DocumentError, match="without a list of tables"):
        list(client(Server(ok(answer))).tables("x"))


def test_we_say_who_we_are_and_in_which_version_and_never_wait_without_end() -> None:
    """A polite User-Agent; connecting and reading have a time limit."""
    server = Server(ok())
    client(server).metadata("TAB1")
    (request,) = server.requests
    assert request.headers["User-Agent"].startswith(f"Integrationspanelen/{__version__} ")
    limits = request.extensions["timeout"]
    assert 0 < limits["connect"] <= 30
    assert 0 < limits["read"] <= 300


def test_the_answer_keeps_the_bytes_the_question_and_the_time() -> None:
    """Provenance: what was asked, what came back byte for byte, and when, in UTC."""
    content = '{"class": "dataset",\n "label": "Folkmängd"}'.encode()
    answer = client(Server(httpx.Response(200, content=content))).data("TAB1", BODY)
    assert isinstance(answer, ApiAnswer)
    assert answer.content == content
    assert answer.document == GOOD
    assert answer.url == f"{API}/tables/TAB1/data?lang=sv&outputFormat=json-stat2"
    assert orjson.loads(answer.body or "") == BODY
    received = datetime.fromisoformat(answer.received)
    assert received.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - received) < timedelta(seconds=60)


def test_of_two_answers_within_a_second_the_later_one_is_known_as_the_later() -> None:
    """What has landed is read in the order of time: a second is long for a list that is asked."""
    received = client(Server(httpx.Response(200, json=GOOD))).data("TAB1", BODY).received

    assert received == datetime.fromisoformat(received).isoformat(timespec="microseconds")


def test_a_byte_order_mark_is_no_damage() -> None:
    """Read at the first attempt, and kept: the bytes are those that were received."""
    content = codecs.BOM_UTF8 + orjson.dumps(GOOD)
    server = Server(httpx.Response(200, content=content))
    answer = client(server).metadata("TAB1")
    assert (answer.document, answer.content) == (GOOD, content)
    assert len(server.requests) == 1


# --- limits


def test_the_limits_are_those_that_the_api_states() -> None:
    """/config tells cells, calls and window; from then on 30 calls go at once."""
    server = Server(ok(CONFIG), ok())
    asking = Client(API, transport=httpx.MockTransport(server))
    config = asking.config()
    assert (config.max_cells, config.max_calls, config.window) == (150_000, 30, 10.0)
    assert (config.api_version, config.licence) == ("2.3.2", "CC0")
    for _ in range(29):
        asking.metadata("TAB1")
    assert server.times[-1] - server.times[0] < 5


@pytest.mark.parametrize("found", [{}, [], None, "config", {"error": "no"}, {"apiVersion": "2"}])
def test_an_address_that_is_no_such_api_is_told(found: Any) -> None:
    """JSON of something else is no configuration; the message names the address."""
    with pytest.raises(DocumentError, match=r"https://example.org/api/v2/config"):
        client(Server(ok(found))).config()


def test_every_attempt_of_every_kind_of_call_goes_through_the_limiter() -> None:
    """Retries and searches count like data: no window sees more than 3 calls."""
    busy = httpx.Response(503, text="later")
    rows = ok({"tables": []})
    server = Server(ok(CONFIG), busy, httpx.ReadError("reset"), ok(), busy, rows, ok())
    limiter = Limiter(3, 0.1)
    asking = client(server, limiter=limiter)
    asking.config()
    limiter.allow(3, 0.1)
    asking.metadata("TAB1")
    list(asking.tables("x"))
    asking.data("TAB1", BODY)
    asking.table("TAB1")
    assert len(server.times) == asking.calls == 8
    assert busiest_window(server.times, 0.1) <= 3


def test_an_address_with_a_slash_at_its_end_is_the_same_address() -> None:
    """Whoever types the address need not think of it."""
    server = Server(ok())
    with_slash = Client(API + "/", transport=httpx.MockTransport(server), limiter=Limiter(9, 0.001))
    with_slash.metadata("TAB1")
    assert [one.url.path for one in server.requests] == ["/api/v2/tables/TAB1/metadata"]
