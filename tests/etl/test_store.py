"""The data folder: the current version, the binding, and one writer at a time."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.catalogue.pointer import Pointer, available_versions, read_pointer
from etl.errors import PublishError, UsageError
from etl.store import (
    Binding,
    TableBinding,
    landing_folder,
    lock,
    read_binding,
    write_binding,
    write_pointer,
)

ROOT = Path(__file__).resolve().parents[2]


def pointer(data: Path, version: str = "20260105-0123abcd") -> Pointer:
    """A pointer to a warehouse that is there."""
    file = f"warehouse-{version}.duckdb"
    data.mkdir(exist_ok=True)
    (data / file).touch()
    return Pointer(version, file, "2026-01-05T08:20:00+00:00", example=False)


def test_the_pointer_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Version, file, time and whether it is example data."""
    assert read_pointer(tmp_path) is None
    one = pointer(tmp_path)
    write_pointer(tmp_path, one)
    assert read_pointer(tmp_path) == one


def test_a_pointer_to_a_version_that_is_gone_is_no_pointer(tmp_path: Path) -> None:
    """Somebody removed the file: there is no warehouse, and no crash."""
    one = pointer(tmp_path)
    write_pointer(tmp_path, one)
    (tmp_path / one.file).unlink()
    assert read_pointer(tmp_path) is None


def test_readers_see_the_old_or_the_new_version_and_never_a_mixture(tmp_path: Path) -> None:
    """While versions are swapped every reader finds a whole pointer to an existing file."""
    versions = [pointer(tmp_path, f"2026010{at}-aaaaaaaa") for at in (1, 2)]
    write_pointer(tmp_path, versions[0])
    done = threading.Event()

    def look() -> int:
        seen = 0
        while not done.is_set() or seen == 0:
            assert read_pointer(tmp_path) in versions
            seen += 1
        return seen

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(look) for _ in range(2)]
        for turn in range(60):
            write_pointer(tmp_path, versions[turn % 2])
        done.set()
        assert all(reader.result() > 0 for reader in readers)
    assert not list(tmp_path.glob(".draft-*"))


def test_versions_are_listed_oldest_first(tmp_path: Path) -> None:
    """Names begin with the date; drafts and other files are no versions."""
    for version in ("20260201-b", "20251231-c", "20260105-a"):
        pointer(tmp_path, version)
    (tmp_path / ".draft-warehouse.duckdb").touch()
    assert available_versions(tmp_path) == ["20251231-c", "20260105-a", "20260201-b"]
    assert landing_folder(tmp_path) == tmp_path / "landing"


def test_the_binding_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Found, healed, unreachable and missing tables with reasons, and Swedish letters."""
    binding = Binding(
        api="https://example.org/api/v2",
        resolved="2026-01-05T08:15:00+00:00",
        tables={
            "rams": TableBinding("found", "TAB389", "Arbetsmarknad efter län", "AA"),
            "bas": TableBinding("healed", "TAB6383", reason="TAB9 does not fit"),
            "gone": TableBinding("missing", reason="no table fits"),
            "away": TableBinding("unreachable", "TAB1", reason="HTTP 503"),
        },
        problems={"away": "HTTP 503"},
    )
    assert read_binding(tmp_path) is None
    write_binding(tmp_path, binding)
    assert read_binding(tmp_path) == binding


def test_a_second_writer_waits_and_is_then_refused_with_the_time(tmp_path: Path) -> None:
    """Two runs at once: the second says where and for how long it waited, and what to do."""
    with lock(tmp_path):
        asked = time.monotonic()
        with (
            pytest.raises(UsageError, match=r"another run .* after 0.2 seconds; try again"),
            lock(tmp_path, 0.2),
        ):
            pass
        assert time.monotonic() - asked >= 0.2


def test_a_second_writer_goes_on_when_the_first_is_done(tmp_path: Path) -> None:
    """Waiting pays: the lock is free as soon as it is given back, also after an error."""
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with lock(tmp_path):
            inside.set()
            threading.Event().wait(0.15)
            order.append("first")
            raise ValueError("a run that fails")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        inside.wait(60)
        with lock(tmp_path, 60):
            order.append("second")
        assert isinstance(running.exception(), ValueError)
    assert order == ["first", "second"]


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    """The lock dies with its process; the file that is left over locks nobody out."""
    program = (
        "import sys; from pathlib import Path; from etl.store import lock\n"
        "with lock(Path(sys.argv[1])):\n"
        "    print('locked', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "locked\n"
        with pytest.raises(UsageError), lock(tmp_path, 0):
            pass
        writer.kill()
    with lock(tmp_path, 0):
        assert (tmp_path / ".lock").exists()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    """The message names the folder, and nothing was begun."""
    data = tmp_path / "data"
    data.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(PublishError, match="cannot be written to"), lock(data):
        pass


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"tables": [], "version": 1}'])
def test_a_damaged_pointer_or_binding_is_told_and_not_guessed(
    tmp_path: Path, content: bytes
) -> None:
    """Without them a run would forget what it had: a person says what to do."""
    one = pointer(tmp_path)
    (tmp_path / "warehouse.json").write_bytes(content)
    (tmp_path / "binding.json").write_bytes(content)
    with pytest.raises(PublishError, match=f"is damaged .* etl use VERSION`: {one.version}"):
        read_pointer(tmp_path)
    with pytest.raises(PublishError, match=r"binding\.json is damaged .* etl resolve"):
        read_binding(tmp_path)
