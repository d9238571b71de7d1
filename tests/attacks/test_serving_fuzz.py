"""Whatever is sent to the panel, the fault is never the program's."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashboard.api.declared import API_PREFIX, ENDPOINTS
from dashboard.state.url import KEYS
from tests.attacks.serving import CALLBACK, get, panel
from tests.dashboard.rendered import question
from tests.dashboard.warehouse import FIRST, publish

BODIES = ADDRESSES = 5_000
DESCRIPTION = f"{API_PREFIX}/openapi.json"
PLAIN = {"Accept-Encoding": "identity"}
NESTED = "[" * 300 + "]" * 300
# As they stand in a body: what no browser on our pages sends.
REFUSED = (
    r'"\ud800"', r'"/\udfff"', r'"\ud83d/\ud83d"', "NaN", "Infinity", "-Infinity", "1e999",
    "9" * 400, "9" * 5000, "1e300", "-1e17", NESTED, "[" * 5000 + "]" * 5000, "[" * 100_000,
    '{"a":' * 400 + "1" + "}" * 400, "[[1]]", '{"a":[[[]]]}', '[["x"],["y"]]',
)  # fmt: skip
# What a page may send, or what is answered as the overview.
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "/", "?", "\x00", "/\x00", "/indikator/\x00", "?sok=%00%ff",
    "?region=%ed%a0%80", "\ufffe", "?\uffff=\uffff", "a" * 40_000, "?" + "a=1&" * 5000, [], {},
    ["0127"], {"a": 1}, {"key": "region", "value": "0127"}, {"key": None, "value": None},
    {"key": "years", "value": "2012"}, {"key": "nothing", "value": ["x"]}, "//", "/../..",
    {"key": "search", "value": "x" * 10_000}, {"key": "page", "value": -7}, {"shown": {}},
    {"shown": {"values": {"region": "0127"}, "pairs": {"a": ["b"]}}}, {"search": "?region=0127"},
    {"key": "backgrounds", "value": ["SE", None, 3]}, {"key": {"a": "b"}, "value": {"c": "d"}},
)  # fmt: skip
MOVE = {
    "output": "url.search",
    "outputs": {"id": "url", "property": "search"},
    "inputs": [{"id": "choice", "property": "data", "value": {"key": "region", "value": "0127"}}],
    "changedPropIds": ["choice.data"],
    "state": [
        {"id": "url", "property": "search", "value": ""},
        {"id": "head", "property": "data", "value": {"shown": {}}},
    ],
}
PATHS = (
    "/", "/om", "/data", "/fraga", "/fraga.json", "/regioner.json", "/briefing", "/briefing.pptx",
    "/jamfor", "/skillnader", "/liknande", "/omraden", "/rapport-2010", "/indikator/",
    "/indikator/population", "/inbaddad/indikator/population", "/ladda-ner/", "/ladda-ner/a.csv",
    "/ladda-ner/population.csv", "/ladda-ner/population.xlsx", "/ladda-ner/urval.json",
    "/ladda-ner/andringar.csv", "/ladda-ner/sticker-ut.csv", "/api/v1/", "/api/v1/observations",
    "/api/v1/indicators/population", "/api/v1/changes", "/api/v1/similar", "/assets/",
    "/assets/style.css", "/panel.js", "/panel.css", "/_dash-component-suites/",
    "/_dash-component-suites/dash/", "/_dash-component-suites/dash/dcc", "/_dash-layout",
    "/_dash-component-suites/sqlite3/", "/_dash-component-suites/plotly/package_data/",
    "/_favicon.ico", "/_reload-hash", "/health", CALLBACK,
)  # fmt: skip
PIECES = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"..", b"/", b"//",
    b"\\", b".", b"%", b"%00", b"%2f", b"%u0000", b"\r\n", b"\n", b";", b":", b"?", b"#", b"'",
    b"a" * 3000, b"\xef\xbf\xbe", b"\xe2\x80\xae", b" ", b"~", b"x.js", b".map", b"\t", b"-1",
)  # fmt: skip
VALUES = (
    b"%00", b"%ff", b"%ed%a0%80", b"%", b"%zz", b"%u1234", b"a" * 5000, b"1," * 2000, b"\xff",
    b"2020-1900", b"9999", b"-1", b"1e9", b"NaN", b"%E2%80%AE", b"%EF%BF%BE", b"'--", b"=1+1",
    b"%D9%A2%D9%A0%D9%A2%D9%A0", b"0001-01-01", b"9999-12-31", b"0127", b"skr", b"liknande",
    b"csv", b"xlsx", b"SE,SE", b"_T", b"%0d%0a", b"[[1]]", b"x:0127", b"%01:0127,0126", b"",
    FIRST.encode(), b"99999999T999999Z-00000000", b"00000000T000000Z-00000000",
    b"\xd9\xa2" * 8, b"population:9", b"skr:0,population:0", b"1%D9%A3", b"alla", b"femar",
)  # fmt: skip
HOSTS = ("", " ", "a b", "\x7f", "[", "[::1", "a:b:c", "x:99999999", "evil/..", "å", ":", "\t")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A panel that nobody publishes to."""
    data = tmp_path_factory.mktemp("fuzz")
    publish(data)
    with panel(data) as client:
        yield client


def sent(client: FlaskClient, body: str | bytes) -> int:
    """The status of a callback's body."""
    return client.post(CALLBACK, data=body, content_type="application/json").status_code


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: a container and a key of it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, one in list(inside):
        found.append((value, key))
        if isinstance(one, (dict, list)):
            found += places(one)
    return found


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: value[:12])
@pytest.mark.parametrize("place", range(5))
def test_what_no_page_of_ours_sends_is_the_senders_fault(
    client: FlaskClient, value: str, place: int
) -> None:
    """400 wherever it stands: path, search, window, choice, what the page showed."""
    hole = "\x01"
    document = question("/om") if place < 3 else json.loads(json.dumps(MOVE))
    if place < 3:
        document["inputs"][place]["value"] = hole
    elif place == 3:
        document["inputs"][0]["value"]["value"] = hole
    else:
        document["state"][1]["value"] = {"shown": {"values": hole}}
    assert sent(client, json.dumps(document).replace(json.dumps(hole), value)) == 400


def test_a_deep_body_beside_an_unknown_mark_is_the_senders_fault(client: FlaskClient) -> None:
    """It is read before Flask is asked, in order to answer with a whole page."""
    document = question("/om") | {"more": "\x01"}
    document["state"][0]["value"] = "0123456789abcdef"
    for depth in (10, 250, 260, 600, 1020):
        deep = "[" * depth + "]" * depth
        assert sent(client, json.dumps(document).replace('"\\u0001"', deep)) == 400


@pytest.mark.parametrize("path", ["dash/nothing.js", "nothing/x.js", "dash/dcc", "dash/%00",
                                  "%00/x", "sqlite3/x.js", "dash/../../etc/passwd", "dash/.",
                                  "plotly/package_data/nothing", "dash/__init__.py"])  # fmt: skip
def test_a_file_that_dash_does_not_have_is_not_found(client: FlaskClient, path: str) -> None:
    """404, and no fault of the program; those that it has are sent."""
    assert get(client, f"/_dash-component-suites/{path}").status_code == 404
    assert get(client, "/_dash-component-suites/dash/dcc/async-graph.js").status_code == 200


def test_no_word_of_an_address_breaks_a_file(client: FlaskClient) -> None:
    """A workbook and a slide are XML, which cannot hold every character."""
    for odd in ("%00", "%01", "%EF%BF%BE", "%EF%BF%BF", "%ED%A0%80", "%0B", "%1F", "%7F"):
        query = f"region=0127&{odd}={odd}&sok={odd}&grupp={odd}x:0127,0126&indikatorer={odd}"
        for path in ("/briefing.pptx", "/ladda-ner/population.xlsx", "/ladda-ner/population.zip"):
            assert get(client, f"{path}?{query}").status_code == 200, (path, odd)


def mutated(rng: random.Random) -> str | bytes:
    """A body that was sound, with some of its values replaced, removed or doubled."""
    document = json.loads(json.dumps(rng.choice((question("/om"), question("/finns-inte"), MOVE))))
    holes: list[str] = []
    for _ in range(rng.randint(1, 3)):
        container, key = rng.choice(places(document))
        kind = rng.random()
        if kind < 0.4:
            container[key] = rng.choice(ODD)
        elif kind < 0.7:
            holes.append(rng.choice(REFUSED))
            container[key] = f"\x01{len(holes) - 1}"
        elif kind < 0.85 and isinstance(container, dict):
            container[rng.choice(("", "id", "value", "\x00"))] = container.pop(key)
        elif isinstance(container, list):
            container.append(container[key])
        else:
            container[key] = [container[key]]
    body = json.dumps(document)
    for number, hole in enumerate(holes):
        body = body.replace(f'"\\u0001{number}"', hole)
    if rng.random() < 0.15:
        raw = bytearray(body.encode("utf-8", "surrogatepass"))
        for _ in range(rng.randint(1, 5)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        return bytes(raw[: rng.randint(0, len(raw))])
    return body


@pytest.mark.slow
def test_five_thousand_bodies_of_callbacks(client: FlaskClient) -> None:
    """Each is answered or refused."""
    rng = random.Random(15)
    failed: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    for _ in range(BODIES):
        body = mutated(rng)
        status = sent(client, body)
        statuses[status] += 1
        if status >= 500:
            failed[str(body)[:300]] += 1
    assert failed == {}
    assert min(statuses[200], statuses[400]) > BODIES // 20  # both were tried


def asked(application: Flask, path: bytes, query: bytes, host: str = "localhost") -> int:
    """The status of an address as it comes over the wire, percent signs of the path read."""
    environ = EnvironBuilder().get_environ()
    environ |= {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query.decode("latin-1"),
                "HTTP_HOST": host}  # fmt: skip
    _, status, _ = run_wsgi_app(application, environ, buffered=True)
    return int(status[:3])


def address(rng: random.Random) -> tuple[bytes, bytes]:
    """A path that may be one of ours with something odd in it, and a query of known keys."""
    path = rng.choice(PATHS).encode()
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        place = rng.randint(1, len(path))
        path = path[:place] + rng.choice(PIECES) + path[place:]
    names = [key.name.encode() for key in KEYS.values()]
    names += [b"indicator", b"format", b"limit", b"since", b"flavour", b"omfang", b"pair", b"m"]
    parts = [rng.choice(names) + b"=" + rng.choice(VALUES) for _ in range(rng.randint(0, 4))]
    if rng.random() < 0.05:
        parts += [rng.choice(PIECES) * 500, b"a=1&" * 3000]
    return path, b"&".join(parts)


@pytest.mark.slow
def test_five_thousand_addresses(client: FlaskClient) -> None:
    """Odd encodings, NUL, halves of characters, very long queries: answered or refused."""
    rng = random.Random(15)
    application: Any = client.application
    failed = []
    for _ in range(ADDRESSES):
        path, query = address(rng)
        if asked(application, path, query) >= 500:
            failed.append((path[:200], query[:300]))
    assert failed == []


@pytest.mark.parametrize("path", [b"/panel.js", b"/panel.css", b"/assets/style.css", b"/om"])
def test_a_query_of_bytes_that_are_no_text_is_answered(client: FlaskClient, path: bytes) -> None:
    """Servers pass on what they get; a file is asked for by its path."""
    application: Any = client.application
    assert asked(application, path, b"sedan=\xff") == 200


@pytest.mark.parametrize("host", HOSTS)
def test_an_odd_host_is_no_fault_of_the_program(client: FlaskClient, host: str) -> None:
    """It is answered or refused; nothing of an answer is made of it."""
    application: Any = client.application
    for path in (b"/om", b"/api/v1/regions", b"/ladda-ner/a.csv", b"//om", b"/health"):
        assert asked(application, path, b"", host.encode().decode("latin-1")) < 500


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda endpoint: endpoint.name)
def test_nothing_that_a_description_allows_or_forbids_is_a_fault(
    client: FlaskClient, endpoint: Any
) -> None:
    """Requests made from the OpenAPI document, sound and unsound: no 5xx."""
    # Late, for its import takes longer than all the other tests of this file.
    import schemathesis

    described = schemathesis.openapi.from_wsgi(DESCRIPTION, client.application)
    operation = described[endpoint.path]["GET"]
    modes = [schemathesis.GenerationMode(mode) for mode in ("positive", "negative")]
    if not (endpoint.query.model_fields or endpoint.parts):
        modes = modes[:1]
    for mode in modes:

        @given(operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        def check(case: Any) -> None:
            assert case.call(headers=PLAIN).status_code < 500

        check()
