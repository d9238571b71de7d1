"""Every answer has a deadline and a size, and what an API says of its limits is not believed."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import stamina

from etl.catalogue.loading import load
from etl.errors import ApiError, BusyError, DocumentError
from etl.pipeline import build, pull
from etl.source.client import Client, Limiter, Patience
from etl.source.landing import read, records, sha256
from etl.source.transport import Bounds, unpacked
from tests.attacks.world import OTHERS, PEOPLE, SECOND, World
from tests.etl.answering import GOOD, Server, client, ok
from tests.etl.source.test_pxweb import CONFIG
from tests.pxweb_server import serving
from tests.pxweb_server.small import small_pack

METADATA = f"/tables/{PEOPLE}/metadata"
SOON = Bounds(seconds=0.5)
ONCE = Patience(attempts=1)


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    """Attempts as the client says, without the waits between them."""
    with stamina.set_testing(True, attempts=9, cap=True):
        yield


@contextmanager
def asking(faults: str, bounds: Bounds, drafts: Path | None = None) -> Iterator[Client]:
    """A client that asks a server with these faults once."""
    limiter = Limiter(1000, 0.001)
    with (
        serving([small_pack()], faults=faults, calls=100_000) as server,
        Client(server.url, limiter=limiter, patience=ONCE, bounds=bounds, drafts=drafts) as found,
    ):
        yield found


# --- deadlines


@pytest.mark.parametrize("fault", ["drip:1:0.05", "head:1:0.05", "slow:1:5"])
def test_an_answer_that_is_not_whole_in_time_is_given_up(fault: str) -> None:
    """A byte now and then, in the body or already in the headers, or nothing at all."""
    with asking(fault, SOON) as found, pytest.raises(BusyError, match=METADATA) as refusal:
        found.metadata(PEOPLE)
    assert "not whole after 0.5 seconds" in str(refusal.value) or "timed out" in str(refusal.value)


def test_an_answer_that_comes_too_slowly_is_given_up_before_its_deadline() -> None:
    """A hundred bytes a second would take a quarter of an hour for what is usual."""
    bounds = Bounds(seconds=600, grace=0.1, rate=10_000)
    with asking("drip:1:0.01", bounds) as found, pytest.raises(BusyError) as refusal:
        found.metadata(PEOPLE)
    assert "expected at least 10000 a second" in str(refusal.value)


def test_a_small_answer_that_is_whole_at_once_is_never_too_slow() -> None:
    """The rate counts once the grace is over; a short answer is over before."""
    with asking("", Bounds(rate=1e12)) as found:
        assert found.metadata(PEOPLE).document["class"] == "dataset"


def test_the_deadline_of_one_answer_is_not_that_of_the_next() -> None:
    """The connection is kept, and each answer has the whole time."""
    with asking("drip:2:0.05", SOON) as found:
        for _ in range(2):
            assert found.metadata(PEOPLE).document["class"] == "dataset"
            with pytest.raises(BusyError):
                found.metadata(PEOPLE)


def test_each_thread_has_its_own_deadline() -> None:
    """While one answer drips, others come on other connections."""
    with asking("drip:3:0.05", SOON) as found:
        results: list[str] = []

        def ask() -> None:
            try:
                found.metadata(PEOPLE)
            except BusyError:
                results.append("late")
            else:
                results.append("whole")

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == ["late"] * 2 + ["whole"] * 4


# --- sizes


@pytest.mark.parametrize("megabytes", [2, 200])
def test_a_bomb_is_read_no_further_than_its_limit(megabytes: int, tmp_path: Path) -> None:
    """A few kilobytes that unpack to any size; it is told once, and not asked for again at once."""
    with (
        asking(f"bomb:1:{megabytes}", Bounds(size=1_500_000), tmp_path) as found,
        pytest.raises(DocumentError, match=f"{METADATA}: the answer is larger than 1,500,000"),
    ):
        found.metadata(PEOPLE)
    assert found.calls == 1
    assert [*tmp_path.iterdir()] == []


def test_what_is_large_without_being_packed_is_refused_alike() -> None:
    """Whatever `Content-Length` says."""
    server = Server(httpx.Response(200, content=b" " * 5000, headers={"Content-Length": "9"}))
    with pytest.raises(DocumentError, match="larger than 4,000 bytes"):
        client(server, bounds=Bounds(size=4000)).metadata(PEOPLE)


def test_no_piece_that_is_unpacked_is_larger_than_a_megabyte() -> None:
    """A small piece of the wire is a thousand times as large unpacked: it comes in pieces."""
    packed = gzip.compress(bytes(20_000_000))
    pieces = [len(piece) for piece in unpacked([packed], "gzip")]
    assert sum(pieces) == 20_000_000
    assert max(pieces) <= 1 << 20


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_a_packed_answer_is_unpacked_byte_for_byte_however_it_is_cut(step: int) -> None:
    """The network cuts it where it likes."""
    content = orjson.dumps({"class": "dataset", "value": list(range(3000))})
    packed = gzip.compress(content)
    parts = [packed[at : at + step] for at in range(0, len(packed), step)]
    assert b"".join(unpacked(parts, "gzip")) == content


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate", "x" * 500])
def test_what_is_packed_as_nobody_asked_for_is_not_unpacked(coding: str) -> None:
    """Only gzip is asked for; others can hide a thousand times as much in a byte."""
    response = ok()
    response.headers["Content-Encoding"] = coding
    with pytest.raises(ApiError) as refusal:
        client(Server(response), patience=ONCE).metadata(PEOPLE)
    assert "expected gzip" in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_a_refusal_is_read_no_further_than_it_is_told() -> None:
    """An error page of any size costs nothing; its beginning is told."""
    with pytest.raises(ApiError) as refusal:
        client(
            Server(httpx.Response(404, content=b"x" * 10_000_000)), bounds=Bounds(size=100)
        ).metadata(PEOPLE)
    assert "HTTP 404: xxx" in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_a_large_answer_lies_in_a_file_and_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """Its hash is counted on the way; nothing is left of the file when it has been read."""
    content = orjson.dumps(GOOD | {"note": ["å" * 1000] * 1500})
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    answer = client(Server(httpx.Response(200, content=content)), drafts=drafts).metadata(PEOPLE)
    assert isinstance(answer.content, memoryview)
    assert (bytes(answer.content), answer.sha256) == (content, sha256(content))
    assert answer.document == orjson.loads(content)
    assert [*drafts.iterdir()] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", [METADATA, f"/tables/{PEOPLE}/data"])
def test_a_bomb_costs_one_table(small_world: World, path: str) -> None:
    """The other one is published; the reason names path, size and what happens next."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.publish(OTHERS, SECOND, 1)
    small_world.send(path, gzip.compress(bytes(5_000_000)), {"Content-Encoding": "gzip"})
    catalogue = load(small_world.catalogue)
    with Client(
        small_world.server.url, bounds=Bounds(size=1_000_000), drafts=small_world.data
    ) as found:
        pull(catalogue, found, small_world.data)
    outcome = build(catalogue, small_world.catalogue.read_bytes(), small_world.data)

    assert outcome.published
    assert small_world.values(OTHERS)["2021"] == 982
    assert small_world.values(PEOPLE)["2021"] == 980
    told = small_world.problems()["people"]
    assert path in told
    assert "larger than 1,000,000 bytes" in told
    assert "next run" in told


# --- the limits that an API states


@pytest.mark.parametrize("name", ["maxDataCells", "maxCallsPerTimeWindow", "timeWindow"])
@pytest.mark.parametrize(
    "sent", [0, -1, 10**18, 1e300, "many", "30", "", None, True, [], {}, [30], 0.0001]
)
def test_a_limit_that_cannot_be_meant_is_told_and_scbs_own_is_kept_to(
    name: str, sent: object
) -> None:
    """No division by zero, no run that never ends, no call for each cell."""
    found = client(Server(ok(CONFIG | {name: sent})))
    config = found.config()

    assert (config.max_cells, config.max_calls, config.window) == (150_000, 30, 10.0)
    (told,) = found.told
    assert told.startswith(f"/config: {name} is ")
    assert "SCB documents" in told


def test_limits_that_make_a_run_endless_are_bounded_and_told() -> None:
    """One call an hour is as good as none: a run asks for hundreds."""
    found = client(Server(ok(CONFIG | {"maxCallsPerTimeWindow": 1, "timeWindow": 3600})))
    config = found.config()
    assert config.window / config.max_calls <= 60
    assert len(found.told) == 1


@pytest.mark.parametrize(
    ("cells", "calls", "window"), [(1000, 1, 60), (150_000, 30, 10), (800_000, 30, 60)]
)
def test_limits_that_other_authorities_have_are_kept_to(
    cells: int, calls: int, window: int
) -> None:
    """Nothing is told of what is usual."""
    sent = {"maxDataCells": cells, "maxCallsPerTimeWindow": calls, "timeWindow": window}
    found = client(Server(ok(CONFIG | sent)))
    config = found.config()
    assert (config.max_cells, config.max_calls, config.window) == (cells, calls, window)
    assert not found.told


@pytest.mark.slow
@pytest.mark.parametrize("sent", [0, -1, 10**18, "många"])
def test_a_run_goes_on_with_limits_that_cannot_be_meant_and_says_so(
    small_world: World, sent: Any
) -> None:
    """Both tables are published; the warning names the limit, its value and what stands for it."""
    small_world.publish(PEOPLE, SECOND, 1)
    small_world.answer("/config", lambda document: document | {"maxDataCells": sent})

    run = small_world.run()

    assert run.code == 0, run.output
    assert small_world.values(PEOPLE)["2021"] == 982
    assert "/config: maxDataCells is" in run.output
    assert {one.max_cells for one in records(small_world.data / "landing", PEOPLE)} == {150_000}
    newest = records(small_world.data / "landing", PEOPLE)[-1]
    assert read(small_world.data / "landing", newest.sha256)
