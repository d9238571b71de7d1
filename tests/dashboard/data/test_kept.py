"""What is made once of a version and kept on disk: for all processes, up to a bound."""

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path

import pytest

from dashboard.data import kept
from dashboard.data.context import Context, opened
from dashboard.data.kept import KeptFile, KeptFiles
from dashboard.data.settings import SettingsError, settings
from tests.dashboard.warehouse import CATALOGUE

KEY = ("20261121T081500Z-1a2b3c4d", "/data", "sv")
PAGE = b"A page. " * 1000
BLOCK = 4096  # bytes that the smallest file takes
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    return tmp_path


def kept_in(folder: Path, edition: str = "one", most: int = 100_000_000) -> KeptFiles:
    """A process's view of a folder."""
    return KeptFiles(folder, edition, most)


def never() -> bytes:
    """What nobody may make."""
    pytest.fail("made again")


def of(words: bytes) -> Callable[[], bytes]:
    """Makes those words."""
    return lambda: words


def slowly(notes: Path) -> bytes:
    """A page that takes a while; every making of it is noted."""
    with notes.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(0.3)
    return PAGE


def reading(folder: Path, notes: Path) -> None:
    """A process that asks for the page; ends with an error when it gets another."""
    assert kept_in(folder).recall(KEY, partial(slowly, notes)) == PAGE


def keeping(folder: Path, first: int, most: int) -> None:
    """A process that keeps five hundred pages."""
    kept = kept_in(folder, most=most)
    for number in range(first, first + 500):
        kept.keep((f"{number}",), PAGE)


def files(folder: Path) -> list[Path]:
    """Every file below a folder, whatever it is."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> list[bytes]:
    """What the files hold after their digests of 16 bytes."""
    return [file.read_bytes()[16:] for file in files(folder)]


def taken(folder: Path) -> int:
    """Bytes that all files take in whole blocks."""
    return sum(-(-file.stat().st_size // BLOCK) * BLOCK for file in files(folder))


@contextmanager
def read_only() -> Iterator[Path]:
    """A folder in which this process may read and not write, also as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


@contextmanager
def full_disk(free: int) -> Iterator[None]:
    """No file can be longer than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_made_once_is_there_for_other_processes(folder: Path) -> None:
    """Another worker, or the same one after it was started anew, makes nothing."""
    assert kept_in(folder).recall(KEY, of(PAGE)) == PAGE
    assert kept_in(folder).recall(KEY, never) == PAGE
    assert kept_in(folder).get(KEY) == PAGE
    assert contents(folder) == [PAGE], "the page, and nothing beside"


def test_what_is_kept_is_found_and_nothing_else(folder: Path) -> None:
    """Without making, too; the last that was kept counts."""
    kept = kept_in(folder)
    assert kept.get(KEY) is None
    kept.keep(KEY, b"first")
    kept.keep(KEY, b"")

    assert kept.get(KEY) == b""
    assert kept.get(KEY[:2]) is None
    assert kept_in(folder, "two").get(KEY) is None


def test_a_file_lies_below_the_first_two_letters_of_its_name(folder: Path) -> None:
    """A hundred thousand files are four hundred a folder, and a file says nothing of its key."""
    kept = kept_in(folder)
    for number in range(50):
        kept.keep((f"{number}",), PAGE)
    for file in files(folder):
        assert file.parent.name == file.name[:2]
        assert file.parent.parent == folder
        expected = blake2b(file.name.encode() + PAGE, digest_size=16).digest() + PAGE
        assert file.read_bytes() == expected

    assert len(files(folder)) == 50


def test_several_processes_that_ask_at_once_make_it_once(folder: Path, tmp_path: Path) -> None:
    """The first makes it; the others wait, and get the same."""
    notes, kept = tmp_path / "notes", folder / "kept"
    kept.mkdir()
    start = multiprocessing.get_context("spawn")
    readers = [start.Process(target=reading, args=(kept, notes)) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert [reader.exitcode for reader in readers] == [0] * 4
    assert len(notes.read_text(encoding="utf-8").splitlines()) == 1


def test_a_page_of_another_version_program_or_language_is_another(folder: Path) -> None:
    """Nobody gets what was made of other figures, by another program, or in other words."""
    made = kept_in(folder)
    made.recall(KEY, of(b"this"))

    assert made.recall((*KEY[:2], "en"), of(b"English")) == b"English"
    assert made.recall(("20261122T081500Z-5e6f7a8b", *KEY[1:]), of(b"newer")) == b"newer"
    assert kept_in(folder, "two").recall(KEY, of(b"other program")) == b"other program"
    assert made.recall(KEY, never) == b"this"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:10],
        lambda content: b"",
        lambda content: content.replace(b"page", b"Page", 1),
        lambda content: content + b"\0",
        lambda content: b"\x89PNG" * 100,
        lambda content: blake2b(b"other", digest_size=16).digest() + b"other",
    ],
    ids=["half", "shorter than a digest", "empty", "one letter", "longer", "foreign", "no name"],
)
def test_a_damaged_file_is_as_if_it_were_not_there(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    """After a power cut no reader sees half a page; it is made anew, and kept."""
    kept = kept_in(folder)
    kept.recall(KEY, of(PAGE))
    (file,) = files(folder)
    file.write_bytes(damage(file.read_bytes()))

    assert kept.get(KEY) is None
    assert files(folder) == [], "nobody reads it again"
    assert kept.recall(KEY, of(PAGE)) == PAGE
    assert kept.recall(KEY, never) == PAGE


def test_a_file_under_the_name_of_another_is_damaged(folder: Path) -> None:
    """What belongs to one question is never the answer to another."""
    kept = kept_in(folder)
    kept.keep(KEY, PAGE)
    (file,) = files(folder)
    kept.keep(("other",), b"Another page.")
    (other,) = set(files(folder)) - {file}
    other.replace(file)

    assert kept.get(KEY) is None
    assert kept.recall(KEY, of(PAGE)) == PAGE


def test_a_folder_in_the_place_of_a_file_is_no_page(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It stays where it is, the page is made, and the log says so once."""
    kept = kept_in(folder)
    kept.keep(KEY, PAGE)
    (file,) = files(folder)
    file.unlink()
    file.mkdir()

    assert [kept.recall(KEY, of(PAGE)) for _ in range(3)] == [PAGE] * 3
    assert file.is_dir()
    assert caplog.text.count("nothing can be kept") == 1
    small = kept_in(folder, most=3 * BLOCK)
    for number in range(5):
        small.keep((f"{number}",), PAGE)
    assert len(files(folder)) == 1, "it does not keep room from being made"


def test_a_file_that_was_never_finished_is_no_page(folder: Path) -> None:
    """What a process that was killed left behind is passed over, and deleted when it is old."""
    kept, place = kept_in(folder), folder / "0a"
    place.mkdir()
    drafts = [place / f"{number:032x}.{kind}" for number in range(2) for kind in ("draft", "lock")]
    for draft in drafts:
        draft.write_bytes(PAGE[:10])
    for draft in drafts[:2]:
        os.utime(draft, (0, 0))

    assert kept.recall(KEY, of(PAGE)) == PAGE
    assert [draft.exists() for draft in drafts] == [False, False, True, True], "in use, perhaps"


def test_files_of_the_former_layout_leave_when_nobody_can_be_at_them(folder: Path) -> None:
    """A panel of before may still run over the folder for a while."""
    names = (f"{1:032x}-{2:032x}", f"{3:032x}.draft", f"{4:032x}-{5:032x}")
    former = [folder / name for name in names]
    for file in former:
        file.write_bytes(PAGE)
    for file in former[:2]:
        os.utime(file, (0, 0))

    assert kept_in(folder).recall(KEY, of(PAGE)) == PAGE
    assert [file.exists() for file in former] == [False, False, True]


def test_the_oldest_go_first(folder: Path) -> None:
    """Ten pages where there is room for five: the newest are left."""
    kept = kept_in(folder, most=6 * 2 * BLOCK)
    for number in range(10):
        kept.keep((f"{number}",), PAGE + b"%d" % number)
        for file in files(folder):
            if file.read_bytes().endswith(b"%d" % number):
                os.utime(file, (number, number))

    assert {content[-1:] for content in contents(folder)} == {b"5", b"6", b"7", b"8", b"9"}


def test_what_is_asked_for_stays(folder: Path) -> None:
    """The oldest of all, such as the scripts that each start reads, is not the first to go."""
    kept = kept_in(folder, most=6 * 2 * BLOCK)
    kept.keep(("scripts",), PAGE + b"s")
    (scripts,) = files(folder)
    for number in range(1, 10):
        os.utime(scripts, (0, 0))
        assert kept.get(("scripts",)) == PAGE + b"s"
        kept.keep((f"{number}",), PAGE + b"%d" % number)
        for file in files(folder):
            if file.read_bytes().endswith(b"%d" % number):
                os.utime(file, (number, number))

    assert {content[-1:] for content in contents(folder)} == {b"s", b"6", b"7", b"8", b"9"}


def test_thousands_of_files_stay_within_the_bound(folder: Path) -> None:
    """Whatever was there at the start counts; the newest are there, the oldest are not."""
    most = 500 * BLOCK
    before = kept_in(folder)
    for number in range(1000):
        before.keep((f"before {number}",), b"%d" % number)
    kept = kept_in(folder, most=most)
    sizes = []
    for number in range(3000):
        kept.keep((f"{number}",), b"%d" % number)
        if number % 100 == 0:
            sizes.append(taken(folder))

    assert max(sizes) <= most
    assert all(kept.get((f"{number}",)) == b"%d" % number for number in range(2600, 3000))
    assert not any(kept.get((f"{number}",)) for number in range(2400))


def test_two_processes_stay_within_the_bound_together(folder: Path) -> None:
    """Each counts what it writes, and looks through the folder of both."""
    most = 200 * 2 * BLOCK
    start = multiprocessing.get_context("spawn")
    writers = [start.Process(target=keeping, args=(folder, 1000 * n, most)) for n in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0]
    assert most / 2 < taken(folder) <= most


def test_what_is_larger_than_the_bound_is_not_kept(folder: Path) -> None:
    """One answer never empties the folder of all others."""
    kept = kept_in(folder, most=3 * BLOCK)
    kept.recall(KEY, of(PAGE))

    assert kept.recall(("large",), of(2 * PAGE)) == 2 * PAGE
    assert kept.recall(KEY, never) == PAGE


def test_files_of_others_are_never_deleted(folder: Path) -> None:
    """Whoever names a folder that holds something else loses nothing of it."""
    foreign = [folder / "holiday.jpg", folder / "ab" / "notes.txt", folder / "abc" / f"{1:032x}"]
    for file in foreign:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(PAGE)
        os.utime(file, (0, 0))
    kept = kept_in(folder, most=2 * BLOCK)
    for number in range(5):
        kept.keep((f"{number}",), b"A page.")

    assert all(file.exists() for file in foreign)


def test_a_folder_that_is_gone_costs_a_reader_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is made, and whoever runs the panel finds in the log that it was not kept."""
    kept = kept_in(folder / "gone")

    assert [kept.recall(KEY, of(PAGE)) for _ in range(3)] == [PAGE] * 3
    assert caplog.text.count("nothing can be kept") == 1


def test_a_folder_that_is_read_only_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """Pages are made as without a folder; the log does not grow with each of them."""
    with read_only() as folder:
        kept = kept_in(folder)
        made = [kept.recall((f"{number}",), of(PAGE)) for number in range(20)]
        kept.keep(KEY, PAGE)

    assert made == [PAGE] * 20
    assert kept.get(KEY) is None
    assert caplog.text.count("nothing can be kept") == 1


def test_a_full_disk_is_told_once_and_leaves_no_half_file(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was kept before is still there; what finds no room is made each time."""
    kept = kept_in(folder)
    kept.keep(KEY, PAGE)
    with full_disk(free=1000):
        made = [kept.recall((f"{number}",), of(PAGE)) for number in range(20)]

    assert made == [PAGE] * 20
    assert contents(folder) == [PAGE]
    assert kept.get(KEY) == PAGE
    assert caplog.text.count("nothing can be kept") == 1
    kept.keep(("after",), PAGE)
    assert kept.get(("after",)) == PAGE


def test_a_page_that_fails_is_not_kept_and_blocks_nobody(folder: Path) -> None:
    """The next reader makes it again."""
    kept = kept_in(folder)

    def fails() -> bytes:
        raise ValueError("no figures")

    with pytest.raises(ValueError, match="no figures"):
        kept.recall(KEY, fails)
    assert files(folder) == []
    assert kept.recall(KEY, of(PAGE)) == PAGE


def test_without_a_folder_nothing_is_kept() -> None:
    """Each that asks makes it."""
    assert KeptFiles().recall(KEY, of(b"first")) == b"first"
    assert KeptFiles().recall(KEY, of(b"second")) == b"second"
    KeptFiles().keep(KEY, PAGE)
    assert KeptFiles().get(KEY) is None


def test_the_folder_is_never_in_the_data_which_the_panel_only_reads(data: Path) -> None:
    """The panel does not start where it would write among the figures."""
    with pytest.raises(SettingsError, match="lies in the data folder"):
        opened(data, CATALOGUE, settings=settings(cache=str(data / "cache")))
    assert not (data / "cache").exists()


def test_a_folder_that_cannot_be_made_is_told_when_the_panel_starts(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A misspelt path is no silent loss of speed."""
    file = tmp_path_factory.mktemp("elsewhere") / "file"
    file.touch()

    with pytest.raises(SettingsError, match="cannot be made"):
        opened(data, CATALOGUE, settings=settings(cache=str(file / "cache")))


def test_the_folder_is_made_where_it_is_missing(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One line of configuration is enough."""
    place = tmp_path_factory.mktemp("elsewhere") / "a" / "b"
    given: Context = opened(data, CATALOGUE, settings=settings(cache=str(place)))
    given.kept.recall(KEY, of(PAGE))

    assert contents(place) == [PAGE]


def test_the_bound_is_a_setting(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One megabyte holds no three pages of 400 kB; another bound makes no other pages."""
    place = str(tmp_path_factory.mktemp("cache"))
    small = opened(data, CATALOGUE, settings=settings(cache=place, cache_mb="1")).kept
    large = opened(data, CATALOGUE, settings=settings(cache=place)).kept
    large.keep(KEY, PAGE)
    assert small.get(KEY) == PAGE
    for number in range(3):
        small.keep((f"{number}",), bytes(400_000))

    assert [number for number in range(3) if large.get((f"{number}",))] == [1, 2]


def test_a_process_remembers_of_few_files_that_it_has_looked_at_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many large files there were; the others are looked at again, and sent."""
    monkeypatch.setattr(kept, "_LARGE", 10)
    monkeypatch.setattr(kept, "_MOST_SOUND", 2)
    files = KeptFiles(folder, "", 1_000_000_000)
    for name in "abcd":
        made = files.keep_file((name,), iter([name.encode() * 100]), {})
        assert isinstance(made, KeptFile)
        made.file.close()

    for name in "abcd":
        found = files.file((name,))
        assert found is not None
        assert b"".join(found.blocks()) == name.encode() * 100
    assert len(files._sound) == 2


def test_a_worker_with_a_folder_remembers_less_itself(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Most of what it was asked for can be read again from disk."""
    caches = ("", str(tmp_path_factory.mktemp("cache")))
    alone, beside = (opened(data, CATALOGUE, settings=settings(cache=cache)) for cache in caches)
    assert beside.pages.most + beside.sent.most <= 12_000_000
    assert alone.pages.most + alone.sent.most <= 64_000_000
    for context in (alone, beside):
        context.warehouses.close()
