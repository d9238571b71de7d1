"""Files that are damaged on disk: told in words, mended where they can be, never guessed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.etl.running import CATALOGUE, ROOT, Run, etl, observations, warehouse
from tests.pxweb_server import Server, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline

TABLES = ("TAB4881",)


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """Serve one real pack."""
    folders = [shared / "scb" / "packs" / table for table in TABLES]
    with serving(folders, calls=500, window=1.0) as running:
        yield running


@pytest.fixture(scope="module")
def whole(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after one pull."""
    folder = tmp_path_factory.mktemp("whole")
    assert pull(server, folder).code == 3
    return folder


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    """A data folder of one's own to damage."""
    return Path(shutil.copytree(whole, tmp_path / "data"))


def pull(server: Server, data: Path) -> Run:
    """Run everything against the server."""
    return etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


def look(command: str, data: Path) -> Run:
    """Run one command that needs no server."""
    needs_catalogue = command in {"build", "status", "demo"}
    options = ("--catalogue", CATALOGUE) if needs_catalogue else ()
    return etl(command, "--data", data, *options)


def _cut_bytes(data: Path) -> None:
    for path in (data / "landing" / "bytes").rglob("*.gz"):
        path.write_bytes(path.read_bytes()[:-9])


def _remove_bytes(data: Path) -> None:
    shutil.rmtree(data / "landing" / "bytes")


def _cut_records(data: Path) -> None:
    for path in (data / "landing").glob("TAB*/data-*.json"):
        path.write_bytes(path.read_bytes()[:20])


def _cut_metadata(data: Path) -> None:
    for path in (data / "landing").glob("TAB*/metadata-*.json"):
        path.write_bytes(b"[]")


@pytest.mark.parametrize("damage", [_cut_bytes, _remove_bytes, _cut_records, _cut_metadata])
def test_what_is_damaged_in_the_landing_is_fetched_again(
    server: Server, data: Path, damage: object
) -> None:
    """A build from it publishes nothing, the next run mends it, and no figure differs."""
    before = observations(data)
    assert callable(damage)
    damage(data)

    assert look("build", data).code == 4
    assert observations(data) == before
    assert pull(server, data).code == 3
    assert observations(data) == before
    assert look("build", data).code == 3


@pytest.mark.parametrize("file", ["binding.json", "warehouse.json"])
@pytest.mark.parametrize("command", ["build", "status", "demo"])
def test_a_damaged_small_file_is_told_in_one_sentence(data: Path, file: str, command: str) -> None:
    """Exit 4 (2 over real data), a message that names the file, and nothing published."""
    versions = sorted(data.glob("warehouse-*"))
    (data / file).write_text("{", encoding="utf-8")
    told = look(command, data)
    assert told.code in {2, 4}
    assert file in told.output or told.code == 2
    assert sorted(data.glob("warehouse-*")) == versions


def test_a_damaged_warehouse_is_built_anew_and_that_nothing_was_compared_is_told(
    data: Path,
) -> None:
    """The landing has all of it: the same figures under a new version, and exit 3."""
    before, file = observations(data), warehouse(data)
    file.write_bytes(file.read_bytes()[:9000])
    told = look("build", data)

    assert told.code == 3
    assert "cannot be read" in told.output
    assert "no version is there to compare with" in told.output
    assert observations(data) == before


@pytest.mark.parametrize("command", ["status", "prune"])
def test_a_damaged_warehouse_is_told_and_the_landing_kept(data: Path, command: str) -> None:
    """Exit 4 and what to do; prune removes nothing that it cannot know to be unneeded."""
    file = warehouse(data)
    file.write_bytes(file.read_bytes()[:9000])
    documents = sorted((data / "landing").rglob("*.gz"))
    told = look(command, data)
    assert told.code == 4
    assert "etl use VERSION" in told.output
    assert sorted((data / "landing").rglob("*.gz")) == documents


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    """The wrong path is a message, not a stack trace."""
    (tmp_path / "file").touch()
    assert look("status", tmp_path / "file").code == 4


@pytest.mark.skipif(os.name != "posix", reason="limits of file size are POSIX")
def test_a_full_disk_stops_the_pull_with_a_message(server: Server, tmp_path: Path) -> None:
    """No document can be written whole: exit 4, no half document, no warehouse."""
    arguments = ("run", "--api", server.url, "--data", str(tmp_path), "--catalogue", str(CATALOGUE))
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
        "from etl.cli import command_line; command_line()"
    )
    told = subprocess.run(
        [sys.executable, "-c", limited, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 4
    assert "Traceback" not in told.stderr
    assert "make room" in told.stderr
    assert not list(tmp_path.rglob(".draft-*"))
    assert not list(tmp_path.glob("warehouse*"))
