"""Slow readers stop nobody: they hold no thread that a page needs."""

import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from select import select

import pytest

from tests.attacks import slowness
from tests.dashboard.large import publish_large

pytestmark = pytest.mark.slow
WHOLE = "/ladda-ner/employment_rate.csv?omfang=allt"
BY_API = "/api/v1/observations?indicator=employment_rate&format=csv"
TAKEN = 'panel_places_taken{places="files"}'
READERS, SILENT = 64, 200
# The panel as it is deployed, but that it hangs up on the silent after a second.
IMPATIENT = """
exec(open("deploy/gunicorn.conf.py", encoding="utf-8").read())
def post_fork(server, worker):
    from dashboard.server import worker
    worker._SILENT = 1
"""
PLACES = 2 * 6  # of files that are sent as they are made: of two workers, with those that wait
PAGES = ("/health", "/", "/om", "/indikator/employment_rate")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred thousand rows: as CSV more than any buffer on the way holds."""
    folder = tmp_path_factory.mktemp("figures")
    publish_large(folder, regions=300)
    return folder


@pytest.fixture(scope="module")
def keeping(figures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the panel as it is deployed, with a folder for what is made once."""
    cache = tmp_path_factory.mktemp("cache")
    with slowness.gunicorn(figures, INTEGRATION_CACHE=str(cache)) as port:
        yield port


@pytest.fixture(scope="module")
def streaming(figures: Path) -> Iterator[int]:
    """The same without such a folder."""
    with slowness.gunicorn(figures, INTEGRATION_CACHE="") as port:
        yield port


@pytest.fixture(scope="module")
def embedded(figures: Path) -> Iterator[int]:
    """The port of `python -m dashboard`, which nothing stands before."""
    port = slowness.free_port()
    command = [sys.executable, "-m", "dashboard", "--data", str(figures), "--port", f"{port}"]
    with slowness.started(command, port, {}):
        yield port


def assert_answered(port: int) -> None:
    """Health and pages, also some that nobody has asked for."""
    for path in PAGES:
        assert slowness.asked(port, path)[0] == 200, path


@pytest.mark.parametrize("path", [WHOLE, BY_API])
def test_a_file_that_is_kept_is_sent_to_any_number_of_slow_readers(keeping: int, path: str) -> None:
    """Each of 64 is sent the file, pages are answered, and a quick reader gets all of it."""
    assert slowness.asked(keeping, path)[0] == 200
    with ExitStack() as stack:
        slow = slowness.slow_readers(keeping, path, READERS, stack)
        assert {slowness.status_of(one) for one in slow} == {200}
        assert_answered(keeping)
        whole = slowness.asked(keeping, path)

    assert whole[0] == 200
    assert whole[2].count(b"\n") == 300_001


@pytest.mark.parametrize("path", [WHOLE, BY_API])
def test_without_a_folder_some_slow_readers_are_served_and_the_rest_are_told_when_to_come(
    streaming: int, path: str
) -> None:
    """503 at once with Retry-After; pages are answered while the others are still open."""
    with ExitStack() as stack:
        slow = slowness.slow_readers(streaming, path, READERS, stack)
        heads: dict[socket.socket, str] = {}

        def are_heard() -> bool:
            for one in select([one for one in slow if one not in heads], [], [], 1)[0]:
                heads[one] = one.recv(1000).decode("latin-1")
            statuses = [head[9:12] for head in heads.values()]
            return "200" in statuses and statuses.count("503") >= READERS - PLACES

        slowness.until(are_heard)
        assert_answered(streaming)

    refused = [head for head in heads.values() if head.startswith("HTTP/1.1 503")]
    assert len(refused) >= READERS - PLACES
    assert all("\r\nretry-after: 5\r\n" in head.lower() for head in refused)


@pytest.mark.parametrize("kind", slowness.KINDS)
def test_who_says_nothing_or_half_of_it_holds_nobody_up(streaming: int, kind: str) -> None:
    """Two hundred connections stand open, and pages are answered as if they did not."""
    with ExitStack() as stack:
        slowness.held(streaming, kind, SILENT, stack)
        assert_answered(streaming)


@pytest.mark.parametrize("kind", ["slow readers", *slowness.KINDS])
def test_the_panel_alone_is_held_up_by_nobody_either(embedded: int, kind: str) -> None:
    """As it is started without any server before it."""
    with ExitStack() as stack:
        if kind == "slow readers":
            slow = slowness.slow_readers(embedded, WHOLE, READERS, stack)
            slowness.until(lambda: len(select(slow, [], [], 1)[0]) >= READERS - PLACES // 2)
        else:
            slowness.held(embedded, kind, SILENT, stack)
        assert_answered(embedded)


def test_who_takes_pages_and_does_not_read_them_holds_nobody_up(streaming: int) -> None:
    """What is made and not read costs no thread, however many there are of them."""
    with ExitStack() as stack:
        slowness.slow_readers(streaming, "/data", SILENT, stack)
        slowness.slow_readers(streaming, "/panel.js", SILENT, stack)
        assert_answered(streaming)


def test_places_are_free_again_when_slow_readers_have_left(streaming: int) -> None:
    """Whoever comes after them gets the whole file."""
    with ExitStack() as stack:
        slow = slowness.slow_readers(streaming, WHOLE, READERS, stack)
        slowness.until(lambda: len(select(slow, [], [], 1)[0]) >= READERS - PLACES)

    slowness.until(lambda: slowness.asked(streaming, WHOLE)[0] == 200)


def test_who_has_stopped_reading_is_hung_up_on(figures: Path, tmp_path: Path) -> None:
    """Otherwise a few who never read on would keep the places of files for good."""
    impatient = tmp_path / "gunicorn.conf.py"
    impatient.write_text(IMPATIENT, encoding="utf-8")
    with (
        slowness.gunicorn(figures, "--config", str(impatient), INTEGRATION_CACHE="") as port,
        ExitStack() as stack,
    ):
        slow = slowness.slow_readers(port, WHOLE, READERS, stack)
        slowness.until(lambda: len(select(slow, [], [], 1)[0]) >= READERS - PLACES)
        slowness.until(lambda: _taken(port) == 0)


def _taken(port: int) -> float:
    """How many places of files are taken."""
    told = slowness.asked(port, "/metrics")[2].decode()
    (line,) = [row for row in told.splitlines() if row.startswith(TAKEN)]
    return float(line.rpartition(" ")[2])
