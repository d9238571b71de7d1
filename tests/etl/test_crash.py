"""A run that is killed, crowded out or starved leaves the warehouse as it was."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.catalogue.pointer import read_pointer
from etl.store import lock
from tests.etl.running import CATALOGUE, ROOT, etl, rows
from tests.pxweb_server import Server, serving
from tests.pxweb_server.editions import updated_at

pytestmark = pytest.mark.slow  # whole runs of the pipeline

TABLES = ("TAB389", "TAB4881", "TAB6383")


@pytest.fixture
def server(shared: Path) -> Iterator[Server]:
    """Serve three real packs."""
    folders = [shared / "scb" / "packs" / table for table in TABLES]
    with serving(folders, calls=500, window=1.0) as running:
        yield running


def command(server: Server, data: Path) -> list[str]:
    """Return the command line of one real run."""
    arguments = ("run", "--api", server.url, "--data", str(data), "--catalogue", str(CATALOGUE))
    return [sys.executable, "-m", "etl", *arguments]


def test_killed_twenty_times_the_current_warehouse_opens_every_time(
    server: Server, tmp_path: Path
) -> None:
    """Killed with -9 at random points of a run: the pointer names a whole, readable version."""
    started = time.monotonic()
    first = subprocess.run(command(server, tmp_path), cwd=ROOT, capture_output=True, check=False)
    whole = time.monotonic() - started
    assert first.returncode == 3
    chance = random.Random(20)
    expected = rows(tmp_path, "SELECT count(*) FROM observation")
    for number in range(20):
        for table in TABLES:
            moment = f"2026-10-{number + 1:02d}T07:00:00Z"
            server.publish(updated_at(server.pack(table), moment))
        process = subprocess.Popen(
            command(server, tmp_path),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0.4, 1.0) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert rows(tmp_path, "SELECT count(*) FROM observation") == expected
    last = subprocess.run(command(server, tmp_path), cwd=ROOT, capture_output=True, check=False)

    assert last.returncode == 3
    assert rows(tmp_path, "SELECT count(*) FROM observation") == expected
    assert not list(tmp_path.glob(".draft-*"))


def test_what_a_killed_build_left_beside_its_draft_is_removed(
    server: Server, tmp_path: Path
) -> None:
    """Killed while DuckDB sorted on disk: its folder stands in nobody's way."""
    left = tmp_path / ".draft-warehouse.duckdb.tmp"
    left.mkdir()
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"sorted by half")
    ran = subprocess.run(command(server, tmp_path), cwd=ROOT, capture_output=True, check=False)

    assert ran.returncode == 3
    assert not left.exists()
    assert rows(tmp_path, "SELECT count(*) FROM observation")[0][0] > 0


def test_a_second_run_waits_and_then_says_so(tmp_path: Path) -> None:
    """Two writers at once: the second gives up with a message that names the folder."""
    waiting = (
        "import sys; from pathlib import Path; from etl.store import lock; from etl.errors import "
        "UsageError\n"
        "try:\n with lock(Path(sys.argv[1]), 0.3): print('in')\n"
        "except UsageError as error: print(error)\n"
    )
    with lock(tmp_path):
        told = subprocess.run(
            [sys.executable, "-c", waiting, str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    assert "another run is writing" in told.stdout
    assert str(tmp_path) in told.stdout


def test_readers_of_the_old_version_keep_it_while_a_new_one_is_published(
    server: Server, tmp_path: Path
) -> None:
    """An open warehouse is not touched by the run that replaces it."""
    etl("run", "--api", server.url, "--data", tmp_path, "--catalogue", CATALOGUE)
    pointer = read_pointer(tmp_path)
    assert pointer is not None
    with duckdb.connect(tmp_path / pointer.file, read_only=True) as reader:
        count = reader.execute("SELECT count(*) FROM observation").fetchone()
        server.publish(updated_at(server.pack("TAB389"), "2026-11-01T07:00:00Z"))
        etl("run", "--api", server.url, "--data", tmp_path, "--catalogue", CATALOGUE)

        assert read_pointer(tmp_path) != pointer
        assert reader.execute("SELECT count(*) FROM observation").fetchone() == count


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a small file system to fill")
def test_a_full_disk_is_told_and_leaves_the_old_version(server: Server, tmp_path: Path) -> None:
    """No room for the new file: exit 4, a message that says what to do, the old one intact."""
    etl("run", "--api", server.url, "--data", tmp_path, "--catalogue", CATALOGUE)
    before = read_pointer(tmp_path)
    server.publish(updated_at(server.pack("TAB389"), "2026-11-01T07:00:00Z"))
    limited = subprocess.run(
        ["bash", "-c", 'ulimit -f 600; exec "$@"', "bash", *command(server, tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert limited.returncode == 4, limited.stderr
    assert "the old one is intact" in limited.stderr
    assert read_pointer(tmp_path) == before
    assert rows(tmp_path, "SELECT count(*) FROM observation")[0][0] > 0
