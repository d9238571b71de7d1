"""An answer that is remembered is the answer that was made, for as long as it is true."""

import json
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.server import app, routes
from dashboard.server.app import create_app
from tests.dashboard.rendered import question, shown
from tests.dashboard.warehouse import FIRST, SECOND, publish

CALLBACK = "/_dash-update-component"
INDICATOR = "/indikator/employment_rate"
VIEWS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")
PAGES = (
    *(("/", "?region=0127"), ("/jamfor", "?region=0127"), ("/omraden", "?region=0127")),
    *(("/briefing", "?region=0127"), ("/rapport-2010", ""), ("/data", ""), ("/om", "?lang=en")),
    *(("/om/tillganglighet", ""), ("/finns-inte", ""), ("/", f"?version={FIRST}")),
    *((INDICATOR, f"?region=0127&vy={view}") for view in VIEWS),
    (f"/inbaddad{INDICATOR}", "?region=0127"),
)
FILES = ("/panel.css", "/panel.js", "/_dash-layout", "/_dash-dependencies",
         "/_dash-component-suites/dash/dcc/async-graph.js")  # fmt: skip
ENCODINGS = ("gzip, deflate, br, zstd", "gzip", "identity", "", "br;q=0.5, gzip")


def told(client: FlaskClient, **request: Any) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content of an answer; what it has of its own aside."""
    with client.open(**request) as answer:
        return (
            answer.status_code,
            dict(answer.headers) | {"Date": "", "X-Request-ID": ""},
            answer.data,
        )


@pytest.mark.parametrize(("path", "search"), PAGES)
def test_a_remembered_page_is_the_page_that_was_made(
    context: Context, pages_asked: list[str], path: str, search: str
) -> None:
    """Byte for byte and header for header, in every encoding, for a narrow window and a wide."""
    client = create_app(context).server.test_client()
    for encoding in ENCODINGS:
        headers = {"Accept-Encoding": encoding}
        for narrow in (False, True):
            asked = {"path": CALLBACK, "method": "POST", "headers": headers,
                     "json": question(path, search, narrow=narrow)}  # fmt: skip
            made = told(client, **asked)
            pages_asked.clear()
            assert told(client, **asked) == made
            assert pages_asked == []
        asked = {"path": path, "query_string": search[1:], "headers": headers}
        made = told(client, **asked)
        pages_asked.clear()
        status, *rest = told(client, **asked)
        assert status == made[0]
        # Only what is a page is remembered; Dash marks each shell that it makes.
        assert (rest, pages_asked) == ([*made[1:]], []) if status == 200 else pages_asked == [path]
        with client.open(**asked, method="HEAD") as bare:
            assert (bare.status_code, bare.data) == (made[0], b"")


def test_a_telephone_gets_the_page_of_a_telephone(context: Context, pages_asked: list[str]) -> None:
    """What was made for one kind of browser is not sent to the other."""
    client = create_app(context).server.test_client()
    for name in ("Mozilla/5.0 (X11)", "Mozilla/5.0 (iPhone) Mobile/15E148") * 2:
        assert client.get("/om", headers={"User-Agent": name}).status_code == 200

    assert pages_asked == ["/om"] * 2


@pytest.mark.parametrize("path", FILES)
def test_a_remembered_file_is_the_file(client: FlaskClient, path: str) -> None:
    """Twice the same in each encoding; who has it is told so, by its tag."""
    for encoding in ENCODINGS:
        headers = {"Accept-Encoding": encoding}
        first, again = (told(client, path=path, headers=headers) for _ in range(2))
        assert first == again
        tag = first[1].get("ETag")
        if tag:
            known = told(client, path=path, headers=headers | {"If-None-Match": tag})
            assert (known[0], known[2]) == (304, b"")
            assert known[1].get("ETag", tag) == tag


def test_the_encodings_hold_the_same_page(client: FlaskClient) -> None:
    """Whoever reads brotli reads what others read plain."""
    body = question("/", "?region=0127")
    for _ in range(2):
        plain = client.post(CALLBACK, json=body).data
        packed = client.post(CALLBACK, json=body, headers={"Accept-Encoding": "br"}).data
        assert brotli.decompress(packed) == plain


def test_a_new_version_is_answered_at_once(context: Context) -> None:
    """What was remembered of the version before is not sent again, as page or as answer."""
    client = create_app(context).server.test_client()
    before = [(client.get("/").data, shown(client, "/")) for _ in range(2)]
    publish(context.warehouses.data, version=SECOND)
    after = [shown(client, "/") for _ in range(2)]

    assert before[0] == before[1]
    assert all(FIRST in str(page) and SECOND not in str(page) for _, page in before)
    assert all(SECOND in str(page) for page in after)


def test_what_was_made_of_two_versions_is_not_remembered(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version published while an answer is made: the next reader gets the new one."""
    client = create_app(context).server.test_client()
    rest = iter([SECOND])

    def swapped(*given: Any, **options: Any) -> routes.BrowserPage:
        page = routes.browser_page(*given, **options)
        for version in rest:
            publish(context.warehouses.data, version=version)
        return page

    monkeypatch.setattr(app, "browser_page", swapped)

    assert [version in str(shown(client, "/")) for version in (FIRST, SECOND)] == [True, True]


def test_a_frozen_link_is_true_until_its_version_goes(
    context: Context, pages_asked: list[str]
) -> None:
    """It is remembered beside a newer version, and answers 410 once the file is removed."""
    data = context.warehouses.data
    publish(data, version=SECOND)
    client = create_app(context).server.test_client()
    link = f"/?version={FIRST}"
    kept = [client.get(link) for _ in range(2)]
    page = [shown(client, "/", f"?version={FIRST}") for _ in range(2)]
    assert [answer.status_code for answer in kept] == [200, 200]
    assert len(pages_asked) == 2
    (data / f"warehouse-{FIRST}.duckdb").unlink()

    assert client.get(link).status_code == 410
    assert shown(client, "/", f"?version={FIRST}") != page[0]


def test_what_shows_no_version_is_made_anew(context: Context, pages_asked: list[str]) -> None:
    """A panel without figures looks for them each time it is asked."""
    (file,) = context.warehouses.data.glob("*.duckdb")
    hidden = file.rename(file.with_suffix(".away"))
    client = create_app(context).server.test_client()
    without = [client.get("/").status_code for _ in range(2)]
    page = [shown(client, "/") for _ in range(2)]
    hidden.rename(file)

    assert without == [503, 503]
    assert pages_asked == ["/"] * 4
    assert client.get("/").status_code == 200
    assert shown(client, "/") != page[0]


def test_a_very_long_body_is_answered_and_not_remembered(
    context: Context, pages_asked: list[str]
) -> None:
    """What none of our pages sends takes no place."""
    client = create_app(context).server.test_client()
    body = json.dumps(question("/om")) + " " * 50_000
    asked = [
        client.post(CALLBACK, data=body, content_type="application/json").status_code
        for _ in range(2)
    ]

    assert asked == [200, 200]
    assert pages_asked == ["/om"] * 2
