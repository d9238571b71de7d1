"""Answers that are kept on disk: for every process, after a restart, and never of other figures."""

import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server import app, routes
from dashboard.server.app import create_app
from etl.catalogue.pointer import Pointer, warehouse_file
from etl.store import write_pointer
from tests.dashboard.rendered import question, shown
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

CALLBACK = "/_dash-update-component"
INDICATOR = "/indikator/employment_rate"
PAGES = (
    *(("/", "?region=0127"), ("/jamfor", "?region=0127"), ("/omraden", "?region=0127")),
    *(("/briefing", "?region=0127"), ("/rapport-2010", ""), ("/data", ""), ("/om", "?lang=en")),
    *((INDICATOR, "?region=0127&vy=karta"), (f"/inbaddad{INDICATOR}", "?region=0127")),
    ("/", f"?version={FIRST}"),
)
ENCODINGS = ("gzip, deflate, br, zstd", "gzip", "identity", "", "br;q=0.5, gzip")
AGENTS = ("Mozilla/5.0 (X11)", "Mozilla/5.0 (iPhone) Mobile/15E148")
Told = tuple[int, dict[str, str], bytes]


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept."""
    return tmp_path_factory.mktemp("cache")


def panel(data: Path, cache: Path | str, **more: str) -> FlaskClient:
    """A process of the panel that has just started."""
    given = opened(data, CATALOGUE, settings=settings(cache=str(cache), **more))
    client: FlaskClient = create_app(given).server.test_client()
    return client


def told(client: FlaskClient, **request: Any) -> Told:
    """Status, headers and content of an answer; what it has of its own aside."""
    with client.open(**request) as answer:
        return (
            answer.status_code,
            dict(answer.headers) | {"Date": "", "X-Request-ID": ""},
            answer.data,
        )


def asking(path: str, search: str = "", **headers: str) -> list[dict[str, Any]]:
    """The requests by which a page is opened and clicked to."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return [
        {"path": path, "query_string": search[1:], "headers": sent},
        {"path": CALLBACK, "method": "POST", "json": question(path, search), "headers": sent},
    ]


def held(path: str, search: str, mark: str) -> dict[str, Any]:
    """What a browser sends that shows the page with a mark."""
    asked = question(path, search)
    return asked | {"state": [asked["state"][0] | {"value": mark}]}


def clicked(client: FlaskClient, mark: str) -> Any:
    """What a browser that shows the page with a mark gets for a page of an indicator."""
    asked = orjson.dumps(held(INDICATOR, "?region=0127", mark))
    answer = told(client, path=CALLBACK, method="POST", data=asked, content_type="application/json")
    return orjson.loads(answer[2])["response"]


def use(data: Path, version: str) -> None:
    """Point to a version, as `python -m etl use` does."""
    write_pointer(data, Pointer(version, warehouse_file(version), "2026-11-21T08:15:00Z", False))


def files(cache: Path) -> list[Path]:
    """Every file that is kept."""
    return [file for file in cache.rglob("*") if file.is_file()]


def other_process(data: Path, cache: Path, sent: "multiprocessing.Queue[Told]") -> None:
    """A process that asks for what another was asked for; it may make no page."""
    client = panel(data, cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "browser_page", None)
        for request in asking("/om", "?lang=en"):
            sent.put(told(client, **request))


@pytest.mark.parametrize(("path", "search"), PAGES)
def test_after_a_restart_an_answer_is_the_answer_of_before(
    data: Path, cache: Path, pages_asked: list[str], path: str, search: str
) -> None:
    """Byte for byte and header for header, in every encoding, and no page is asked of our code."""
    before = panel(data, cache)
    requests = [
        request
        for encoding in ENCODINGS
        for agent in AGENTS
        for request in asking(path, search, Accept_Encoding=encoding, User_Agent=agent)
    ]
    made = [told(before, **request) for request in requests]
    pages_asked.clear()
    after = panel(data, cache)

    assert {status for status, _, _ in made} == {200}
    assert [told(after, **request) for request in requests] == made
    assert [told(after, **request) for request in requests] == made, "from memory, then"
    assert pages_asked == []


def test_a_click_from_a_page_of_another_process_is_answered_from_what_is_kept(
    data: Path, cache: Path, pages_asked: list[str]
) -> None:
    """The whole page, made once for whatever unknown page; of a known one the difference."""
    first, second = panel(data, cache), panel(data, cache)
    page = clicked(first, "0" * 16)
    pages_asked.clear()

    assert "content" in page["page"]["children"]
    assert clicked(second, "1" * 16) == clicked(first, "2" * 16) == page
    assert pages_asked == []
    assert clicked(first, page["head"]["data"]["mark"])["page"]["children"].keys() == {
        "base",
        "change",
    }


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"state":7}', b'{"state":[]}', b'{"state":[{"id":"held"}]}', b"\xff",
     b'{"state":[{"id":{"held":1},"value":"1"}]}', b'{"state":[{"id":"held","value":"\\ud800"}]}'],
)  # fmt: skip
def test_a_callback_of_another_shape_is_left_to_dash(data: Path, cache: Path, body: bytes) -> None:
    """What no page of ours sends is refused as it is without a folder, and nothing is kept."""
    sent = {"data": body, "content_type": "application/json"}
    client = panel(data, cache)

    assert told(client, path=CALLBACK, method="POST", **sent)[0] >= 400
    assert files(cache) == []


def test_another_process_answers_what_one_was_asked(data: Path, cache: Path) -> None:
    """Two workers, or two replicas on a machine, share what either has made."""
    client = panel(data, cache)
    made = [told(client, **request) for request in asking("/om", "?lang=en")]
    start = multiprocessing.get_context("spawn")
    sent: multiprocessing.Queue[Told] = start.Queue()
    other = start.Process(target=other_process, args=(data, cache, sent))
    other.start()
    heard = [sent.get(timeout=120) for _ in made]
    other.join()

    assert heard == made
    assert other.exitcode == 0


def test_browsers_and_encodings_are_told_apart(data: Path, cache: Path) -> None:
    """A telephone's page and a compressed one are sent to who asked for them, also from disk."""
    asked = [
        {"path": "/om", "headers": {"Accept-Encoding": encoding, "User-Agent": agent}}
        for encoding in ("br", "gzip", "identity")
        for agent in AGENTS
    ]
    before, after = (
        [told(client, **request) for request in asked]
        for client in (panel(data, cache), panel(data, cache))
    )

    assert before == after
    assert [headers.get("Content-Encoding") for _, headers, _ in after] == [
        *("br", "br"),
        *("gzip", "gzip"),
        *(None, None),
    ]
    assert len({content for _, _, content in after}) == len(asked)


def test_who_has_an_answer_is_told_so_whether_it_is_on_disk_or_not(data: Path, cache: Path) -> None:
    """A request with a condition is answered as a panel without a folder answers it."""
    requests = asking("/om", Accept_Encoding="br")
    for request in requests:
        told(panel(data, cache), **request)
    for name, value in (
        ("If-None-Match", '"none"'),
        ("If-None-Match", told(panel(data, ""), **requests[0])[1].get("ETag", "*")),
        ("If-Modified-Since", "Wed, 21 Oct 2099 07:28:00 GMT"),
        ("Range", "bytes=0-9"),
    ):
        asked = requests[0] | {"headers": {"Accept-Encoding": "br", name: value}}
        assert told(panel(data, cache), **asked) == told(panel(data, ""), **asked)


def test_a_new_version_is_never_answered_by_an_old_one(
    data: Path, cache: Path, pages_asked: list[str]
) -> None:
    """Published before a restart or while a process runs, and rolled back to: each its own."""
    running = panel(data, cache)
    first = [told(running, **request) for request in asking("/", "?region=0127")]
    publish(data, version=SECOND)
    second = [told(running, **request) for request in asking("/", "?region=0127")]
    pages_asked.clear()

    assert all(one[2] != other[2] for one, other in zip(first, second, strict=True))
    for version, answers in ((SECOND, second), (FIRST, first), (SECOND, second)):
        use(data, version)
        for client in (running, panel(data, cache)):
            heard = [told(client, **request) for request in asking("/", "?region=0127")]
            assert heard == answers, version
    assert pages_asked == []


def test_a_file_that_takes_the_place_of_a_version_is_another(data: Path, cache: Path) -> None:
    """Figures that somebody copies under the name of others are shown after a restart."""

    def overview(folder: Path | str) -> Any:
        given = opened(data, CATALOGUE, settings=settings(cache=str(folder)))
        page = shown(create_app(given).server.test_client(), "/", "?region=0127")
        given.warehouses.close()  # or DuckDB would open the file of before again
        return page

    before = overview(cache)
    changed = publish(data / "other", observations=[])
    shutil.move(changed, data / changed.name)

    assert overview(cache) == overview("")
    assert overview(cache) != before


def test_what_was_made_of_two_versions_is_not_kept(
    data: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A version published while an answer is made: no process ever sends that answer again."""
    rest = iter([SECOND])

    def swapped(*given: Any, **options: Any) -> routes.BrowserPage:
        page = routes.browser_page(*given, **options)
        for version in rest:
            publish(data, version=version)
        return page

    monkeypatch.setattr(app, "browser_page", swapped)
    during = shown(panel(data, cache), "/")
    after = shown(panel(data, cache), "/")
    use(data, FIRST)
    back = shown(panel(data, cache), "/")

    assert [FIRST in str(page) for page in (during, after, back)] == [True, False, True]
    assert SECOND in str(after)


def test_a_frozen_link_is_gone_with_its_version(data: Path, cache: Path) -> None:
    """After its file is removed a restarted panel answers 410, whatever is on disk."""
    publish(data, version=SECOND)
    frozen = asking("/", f"?version={FIRST}")
    kept = [told(panel(data, cache), **request)[0] for request in frozen]
    (data / warehouse_file(FIRST)).unlink()
    status, _, gone = told(panel(data, cache), **frozen[0])

    assert kept == [200, 200]
    assert status == 410
    assert gone == told(panel(data, ""), **frozen[0])[2]


def test_other_words_of_the_panel_are_another_page(data: Path, cache: Path) -> None:
    """Who answers for the panel stands on its pages: other settings find nothing of before."""
    before = shown(panel(data, cache), "/om/tillganglighet")
    after = shown(panel(data, cache, contact="Kansliet; a@b.se"), "/om/tillganglighet")

    assert after == shown(panel(data, "", contact="Kansliet; a@b.se"), "/om/tillganglighet")
    assert after != before


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content[:-1] + b"?",
        lambda content: b"PK\x03\x04" * 5000,
    ],
    ids=["half", "empty", "one letter", "foreign"],
)
def test_damaged_files_are_made_anew(
    data: Path, cache: Path, damage: Callable[[bytes], bytes], pages_asked: list[str]
) -> None:
    """Whatever is on disk, a reader gets the page that would be made."""
    requests = asking("/om", "?lang=en")
    made = [told(panel(data, cache), **request) for request in requests]
    for file in files(cache):
        file.write_bytes(damage(file.read_bytes()))
    pages_asked.clear()

    assert [told(panel(data, cache), **request) for request in requests] == made
    assert pages_asked == ["/om"] * 2
    assert [told(panel(data, cache), **request) for request in requests] == made
    assert pages_asked == ["/om"] * 2, "and kept"


def test_files_that_change_places_answer_no_other_question(data: Path, cache: Path) -> None:
    """The content of one address is never sent to another."""
    addresses = ("/om", "/om/tillganglighet", "/jamfor")
    client = panel(data, cache)
    made = [told(client, path=path) for path in addresses]
    kept = files(cache)
    contents = [file.read_bytes() for file in kept]
    for file, content in zip(kept, contents[1:] + contents[:1], strict=True):
        file.write_bytes(content)
    restarted = panel(data, cache)

    assert [told(restarted, path=path) for path in addresses] == made


def test_what_shows_no_page_of_a_version_is_not_kept(data: Path, cache: Path) -> None:
    """Unknown addresses, the API, files, health, scripts, and a panel without figures."""
    published = list(data.glob("warehouse*"))
    for file in published:
        file.rename(data / f"away-{file.name}")
    without = panel(data, cache)
    assert [told(without, **request)[0] for request in asking("/")] == [503, 200]
    for file in published:
        (data / f"away-{file.name}").rename(file)
    client = panel(data, cache)
    for path in ("/api/v1/regions", "/health", "/panel.js", "/_dash-layout"):
        assert told(client, path=path)[0] == 200
    assert told(client, path="/ladda-ner/employment_rate.csv", query_string="region=0127")[0] == 200
    assert files(cache) == []
    assert told(client, path="/finns-inte")[0] == 404
    again = panel(data, cache)

    assert told(again, path="/finns-inte")[0] == 404


def test_a_click_from_an_unknown_page_asks_no_figures_and_fills_no_disk(
    data: Path, cache: Path, queries_asked: list[str], pages_asked: list[str]
) -> None:
    """However many pages clicks come from: one page, one whole answer, and nothing is asked."""
    clicked(panel(data, cache), "0" * 16)
    kept = len(files(cache))
    client = panel(data, cache)
    queries_asked.clear()
    pages_asked.clear()
    for mark in range(20):
        clicked(client, f"{mark:016x}")

    assert queries_asked == pages_asked == []
    assert len(files(cache)) == kept == 2


def test_a_folder_that_goes_while_the_panel_runs_costs_no_answer(
    data: Path, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Readers notice nothing; the log tells it once, not with each of them."""
    client = panel(data, cache)
    cache.rmdir()
    answers = [told(client, path="/om", query_string=f"sida={n}")[0] for n in range(10)]

    assert answers == [200] * 10
    assert caplog.text.count("nothing can be kept") == 1


@pytest.mark.parametrize("path", ["/om\0", "/" + "\u00e5" * 5000, "/om/../om"])
def test_any_text_may_be_an_address(data: Path, cache: Path, path: str) -> None:
    """Also one that no file could be called: it is answered as without a folder."""
    asked = {"path": CALLBACK, "method": "POST", "json": question(path)}
    heard = [told(panel(data, folder), **asked) for folder in ("", cache, cache)]

    assert heard[0][0] == 200
    assert heard[0] == heard[1] == heard[2]
