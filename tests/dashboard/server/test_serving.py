import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.text import LANGS, terms
from tests.dashboard.rendered import SHOW
from tests.dashboard.warehouse import CATALOGUE, FIRST


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?region=9999", 200),
        ("/indikator/employment_rate", 200),
        ("/indikator/unknown", 404),
        ("/indikator/", 404),
        ("/nowhere/at/all", 404),
    ],
)
def test_a_page_answers_with_its_own_status(client: FlaskClient, path: str, status: int) -> None:
    """Unknown pages and indicators are an honest 404, and still a page."""
    answer = client.get(path)

    assert answer.status_code == status
    assert '<html lang="sv">' in answer.text


def test_the_shell_speaks_the_language_of_the_link(client: FlaskClient) -> None:
    """Before any script runs, language and title are those of the page asked for."""
    page = client.get("/indikator/employment_rate?lang=en&region=0127").text

    assert '<html lang="en">' in page
    assert "<title>Employed in Botkyrka" in page


def test_a_title_cannot_bring_markup_into_the_shell(client: FlaskClient) -> None:
    """What stands in an address is text, never markup."""
    assert "<script>alert" not in client.get("/indikator/<script>alert(1)</script>").text


CALLBACK = "/_dash-update-component"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b"null",
        b'{"output": 7}',
        b'{"output": [7]}',
        b'{"output": "x.children"}',
        b'{"output": "..page.children...head.data..", "inputs": []}',
        b'{"output": "..page.children...head.data..", "inputs": [1, 2, 3]}',
        b'{"output": "..page.children...head.data..", "inputs": [{}, {}, {}]}',
        b'{"output": "..page.children...head.data..", "inputs": "abc"}',
        b'{"output": "url.search", "changedPropIds": ["{"], "inputs": [[], []], "state": [{}, {}]}',
    ],
)
def test_a_malformed_callback_is_the_callers_fault(client: FlaskClient, body: bytes) -> None:
    """Whatever is posted, the answer is 400 and never 500."""
    answer = client.post(CALLBACK, data=body, content_type="application/json")

    assert answer.status_code == 400


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_callback_that_is_not_json_is_the_callers_fault(
    client: FlaskClient, content_type: str | None
) -> None:
    """A body of another content type is refused as every body our pages cannot have sent."""
    answer = client.post(CALLBACK, data=json.dumps(REQUESTS[0]), content_type=content_type)

    assert answer.status_code == 400


URL = {"id": "url", "property": "search", "value": "?region=0127"}
BY = {"id": "choice", "property": "data", "value": {"steps": [{"key": "by", "value": "kon"}]}}
REQUESTS: tuple[dict[str, Any], ...] = (
    {
        "output": SHOW,
        "outputs": [{"id": "page", "property": "children"}, {"id": "head", "property": "data"}],
        "inputs": [
            {"id": "url", "property": "pathname", "value": "/om"},
            URL,
            {"id": "window", "property": "data", "value": False},
        ],
        "changedPropIds": ["url.pathname"],
        "state": [{"id": "held", "property": "data", "value": None}],
    },
    {
        "output": "url.search",
        "outputs": {"id": "url", "property": "search"},
        "inputs": [BY],
        "state": [URL, {"id": "head", "property": "data", "value": {"shown": {}}}],
        "changedPropIds": ["choice.data"],
    },
)
ODD: tuple[Any, ...] = (
    *(None, True, 7, "", "x", ".", "{", "..", {}, {"id": 7}, {"id": "url", "property": {}}),
    *([], [None], [7], ["x"], ["{"], ["{}"], ["{}.value"], [[]], [{}], [{}, {}, {}], [[{}], {}]),
    *([{"id": {"type": "choice", "key": [7]}, "property": "value"}], [BY, BY, BY], [[BY], [URL]]),
)


@pytest.mark.parametrize("body", REQUESTS, ids=["page", "control"])
def test_no_callback_body_breaks_the_server(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, body: dict[str, Any]
) -> None:
    """Each part of a right body left out, or odd: answered or refused, and no fault of ours."""
    assert client.post(CALLBACK, json=body).status_code in {200, 204}
    for part in body:
        rest = {name: value for name, value in body.items() if name != part}
        for odd in (rest, *(rest | {part: value} for value in ODD)):
            assert client.post(CALLBACK, json=odd).status_code in {200, 204, 400}, odd

    assert [record.getMessage() for record in caplog.records] == []


def test_a_failure_of_our_own_in_a_callback_is_no_fault_of_the_caller(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What fails in our functions is 500, and stands in the log."""
    monkeypatch.setattr("dashboard.server.app.browser_page", lambda *_, **__: int("none"))
    never_asked = [entry | {"value": "?region=0191"} for entry in REQUESTS[0]["inputs"]]
    answer = client.post(CALLBACK, json=REQUESTS[0] | {"inputs": never_asked})

    assert answer.status_code == 500
    assert "ValueError" in caplog.text


@pytest.mark.parametrize("value", [None, 5, {"a": 1}, ["x"], "%%%", True])
def test_any_value_in_a_callback_is_answered(client: FlaskClient, value: Any) -> None:
    """Odd but well-formed values give a page, or lead nowhere; they are no error."""
    page, control = REQUESTS
    odd_page = page | {"inputs": [entry | {"value": value} for entry in page["inputs"]]}
    odd_controls = [
        control | {"inputs": [BY | {"value": value}]},
        control | {"inputs": [BY | {"value": {"key": value, "value": value}}]},
        control | {"state": [URL | {"value": value}, control["state"][1]]},
        control | {"state": [URL, control["state"][1] | {"value": value}]},
        control | {"state": [URL, control["state"][1] | {"value": {"shown": {"others": value}}}]},
    ]

    assert client.post(CALLBACK, json=odd_page).status_code == 200
    assert {client.post(CALLBACK, json=odd).status_code for odd in odd_controls} <= {200, 204}


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    """Pages, assets, callbacks, health and errors alike; no host but our own."""
    for path in ("/", "/health", "/assets/style.css", "/nowhere", "/_dash-layout"):
        with client.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "connect-src 'self'" in policy
        assert "http" not in policy
        assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]


def test_health_names_the_version(client: FlaskClient) -> None:
    """A monitor learns status, version and whether the data are invented."""
    answer = client.get("/health")

    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "version": FIRST, "example": False}


def test_without_a_warehouse_nothing_is_healthy(tmp_path: Path) -> None:
    """503 for the monitor and for the pages, 404 still for what does not exist."""
    client = create_app(opened(tmp_path, CATALOGUE)).server.test_client()

    assert client.get("/health").status_code == 503
    assert client.get("/health").json["version"] is None
    assert client.get("/").status_code == 503
    assert client.get("/nowhere").status_code == 404


def test_two_applications_do_not_share_anything(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each application answers from its own context."""
    empty = create_app(opened(tmp_path_factory.mktemp("empty"), CATALOGUE)).server.test_client()
    full = create_app(opened(data, CATALOGUE)).server.test_client()

    assert (empty.get("/health").status_code, full.get("/health").status_code) == (503, 200)


def test_every_term_is_written_in_both_languages() -> None:
    """No term is empty, and both languages have the same blanks to fill."""
    for key, text in terms().items():
        blanks = [
            sorted(part.split("}")[0] for part in text[lang].split("{")[1:]) for lang in LANGS
        ]
        assert blanks[0] == blanks[1], key
        assert all(text[lang].strip() for lang in LANGS), key
