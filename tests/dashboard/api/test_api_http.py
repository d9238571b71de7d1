"""The API as browsers and servers between see it: what keeps, who may read, what streams."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

API = "/api/v1"
SERIES = f"{API}/observations?indicator=employment_rate&region=0180,01"
PAGE = "https://intra.example.org"


def served(data: Path, **given: str) -> FlaskClient:
    """The application over a folder, with settings."""
    server: Flask = create_app(opened(data, CATALOGUE, settings=settings(**given))).server
    return server.test_client()


@pytest.mark.parametrize(
    "address",
    [
        SERIES,
        f"{SERIES}&format=csv",
        f"{SERIES}&version={FIRST}",
        f"{API}/indicators",
        f"{API}/regions?level=county",
        f"{API}/versions",
        f"{API}/freshness",
        f"{API}/openapi.json",
    ],
)
def test_what_the_client_has_is_not_sent_again(reader: FlaskClient, address: str) -> None:
    """The same request with the tag of its answer is a 304 without a body."""
    tag = reader.get(address).headers["ETag"]
    again = reader.get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"].removeprefix("W/") == tag.removeprefix("W/")
    assert again.headers["Cache-Control"]


def test_the_order_of_a_request_does_not_matter(reader: FlaskClient) -> None:
    """One question has one tag, however it is written; another question has another."""
    one = reader.get(f"{API}/observations?region=01,0180&indicator=employment_rate&offset=0")

    assert one.headers["ETag"] == reader.get(SERIES).headers["ETag"]
    assert one.headers["ETag"] != reader.get(f"{SERIES}&format=csv").headers["ETag"]
    assert one.headers["ETag"] != reader.get(f"{SERIES}&lang=en").headers["ETag"]


def test_an_answer_keeps_five_minutes_or_as_long_as_its_version(reader: FlaskClient) -> None:
    """What is current may change soon; what names its version never does."""
    current = reader.get(SERIES).headers
    pinned = reader.get(f"{SERIES}&version={FIRST}").headers

    assert current["Cache-Control"] == "public, max-age=300"
    assert pinned["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in current["Vary"]


def test_a_refusal_is_never_kept(reader: FlaskClient) -> None:
    """What is wrong today may be right after the next publishing."""
    assert reader.get(f"{SERIES}&sex=9").headers["Cache-Control"] == "no-cache"


def test_a_new_version_has_another_tag(data: Path) -> None:
    """Whoever kept the current answer gets the new one."""
    client = served(data)
    tag = client.get(SERIES).headers["ETag"]
    publish(data, version=SECOND)
    answer = client.get(SERIES, headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


@pytest.mark.parametrize("address", [SERIES, f"{SERIES}&format=csv", f"{API}/freshness"])
def test_head_has_the_headers_of_get_and_no_body(reader: FlaskClient, address: str) -> None:
    """A client may ask first whether an answer has changed."""
    got, head = reader.get(address), reader.head(address)

    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Cache-Control", "Content-Type", "Content-Disposition"):
        assert head.headers.get(name) == got.headers.get(name)


def test_a_page_of_json_leads_to_the_next_in_its_headers(reader: FlaskClient) -> None:
    """A client that reads headers finds the next page without reading the body."""
    answer = reader.get(f"{SERIES}&limit=5")
    document: Any = answer.json

    assert answer.headers["Link"] == f'<{document["meta"]["next"]}>; rel="next"'
    assert "Link" not in reader.get(SERIES).headers


def test_nobody_elses_page_may_read_unless_it_is_configured(data: Path) -> None:
    """Without settings no header allows anything; with them, those that they name."""
    closed, given, everybody = served(data), served(data, cors=PAGE), served(data, cors="*")
    from_page, from_other = {"Origin": PAGE}, {"Origin": "https://other.example"}
    allowed = "Access-Control-Allow-Origin"

    assert allowed not in closed.get(SERIES, headers=from_page).headers
    assert given.get(SERIES, headers=from_page).headers[allowed] == PAGE
    assert allowed not in given.get(SERIES, headers=from_other).headers
    assert "Origin" in given.get(SERIES, headers=from_other).headers["Vary"]
    assert everybody.get(SERIES, headers=from_other).headers[allowed] == "*"
    assert allowed not in everybody.get("/", headers=from_page).headers


def test_a_browser_may_ask_first(data: Path) -> None:
    """A preflight is answered with what may be sent; the refusals are readable too."""
    client = served(data, cors=PAGE)
    answer = client.options(SERIES, headers={"Origin": PAGE})

    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    wrong = client.get(f"{SERIES}&sex=9", headers={"Origin": PAGE})
    assert wrong.headers["Access-Control-Allow-Origin"] == PAGE


def test_links_lead_to_the_configured_address(data: Path) -> None:
    """Behind another server the panel is where its readers find it."""
    document: Any = served(data, address="https://panel.example.org").get(f"{SERIES}&limit=1").json

    for link in (document["meta"]["next"], document["meta"]["permalink"]):
        assert link.startswith(f"https://panel.example.org{API}/observations?")


def test_a_stream_reads_one_version_to_its_end(data: Path) -> None:
    """A version published meanwhile changes nothing of what is being sent, and nothing closes."""
    context = opened(data, CATALOGUE)
    client = create_app(context).server.test_client()
    whole = client.get(f"{API}/observations?format=csv&version={FIRST}").data
    answer = client.get(f"{API}/observations?format=csv", buffered=False)
    chunks = answer.iter_encoded()
    begun = next(chunks) + next(chunks)
    publish(data, version=SECOND)
    assert client.get("/health").json == {"status": "ok", "version": SECOND, "example": False}
    assert FIRST in context.warehouses.versions()
    sent = begun + b"".join(chunks)
    answer.close()

    assert sent == whole
    assert context.warehouses.versions() == [SECOND]


def test_a_client_that_leaves_gives_its_version_back(data: Path) -> None:
    """A download that is broken off keeps nothing open."""
    context = opened(data, CATALOGUE)
    client = create_app(context).server.test_client()
    answer = client.get(f"{API}/observations?format=csv", buffered=False)
    next(answer.iter_encoded())
    publish(data, version=SECOND)
    client.get("/health")
    assert FIRST in context.warehouses.versions()
    answer.close()

    assert context.warehouses.versions() == [SECOND]


def test_asking_for_headers_only_keeps_nothing_open(data: Path) -> None:
    """HEAD begins a stream and ends it at once."""
    context = opened(data, CATALOGUE)
    client = create_app(context).server.test_client()
    client.head(f"{API}/observations?format=csv").close()
    publish(data, version=SECOND)
    client.get("/health")

    assert context.warehouses.versions() == [SECOND]


def test_what_a_format_cannot_hold_is_refused_before_it_begins(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cube of too many cells is a 400 that names the format, never half a file."""
    monkeypatch.setattr("dashboard.exports.jsonstat.CUBE_CELLS", 100)
    answer = reader.get(f"{SERIES}&format=json-stat")
    document: Any = answer.json

    assert answer.status_code == 400
    assert [one["field"] for one in document["errors"]] == ["format"]
