"""What is made once of a version and kept on disk: for all processes, up to a bound."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from dashboard.data.context import Context, opened
from dashboard.data.kept import KeptFiles
from dashboard.data.settings import SettingsError, settings
from tests.dashboard.warehouse import CATALOGUE

KEY = ("20261121T081500Z-1a2b3c4d", "/data", "sv")
PAGE = b"A page. " * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    return tmp_path


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
    assert KeptFiles(folder, "one").recall(KEY, partial(slowly, notes)) == PAGE


def files(folder: Path) -> Iterator[Path]:
    """Everything in a folder."""
    return iter(sorted(folder.iterdir()))


def test_what_is_made_once_is_there_for_other_processes(folder: Path) -> None:
    """Another worker, or the same one after it was started anew, makes nothing."""
    assert KeptFiles(folder, "one").recall(KEY, of(PAGE)) == PAGE
    assert KeptFiles(folder, "one").recall(KEY, never) == PAGE
    assert [file.read_bytes() for file in files(folder)] == [PAGE], "the page, and nothing beside"


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
    made = KeptFiles(folder, "one")
    made.recall(KEY, of(b"this"))

    assert made.recall((*KEY[:2], "en"), of(b"English")) == b"English"
    assert made.recall(("20261122T081500Z-5e6f7a8b", *KEY[1:]), of(b"newer")) == b"newer"
    assert KeptFiles(folder, "two").recall(KEY, of(b"other program")) == b"other program"
    assert made.recall(KEY, never) == b"this"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content.replace(b"page", b"Page", 1),
        lambda content: content + b"\0",
    ],
    ids=["half", "empty", "one letter", "longer"],
)
def test_a_damaged_file_is_as_if_it_were_not_there(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    """After a power cut no reader sees half a page; it is made anew, and kept."""
    kept = KeptFiles(folder, "one")
    kept.recall(KEY, of(PAGE))
    (file,) = files(folder)
    file.write_bytes(damage(PAGE))

    assert kept.recall(KEY, of(PAGE)) == PAGE
    assert kept.recall(KEY, never) == PAGE


def test_a_file_that_was_never_finished_is_no_page(folder: Path) -> None:
    """What a process that was killed left behind is passed over, and deleted when it is old."""
    kept = KeptFiles(folder, "one")
    drafts = [folder / f"{place:032x}.draft" for place in range(2)]
    for draft in drafts:
        draft.write_bytes(PAGE[:10])
    os.utime(drafts[0], (0, 0))

    assert kept.recall(KEY, of(PAGE)) == PAGE
    assert [draft.exists() for draft in drafts] == [False, True], "somebody may be at the other"


def test_the_folder_stays_within_its_bound_and_the_oldest_go_first(folder: Path) -> None:
    """Five pages where there is room for three: the newest three are left."""
    kept = KeptFiles(folder, "one", most=3 * len(PAGE))
    for place in range(5):
        kept.recall((f"{place}",), of(PAGE[:-1] + b"%d" % place))
        for file in files(folder):
            if file.read_bytes().endswith(b"%d" % place):
                os.utime(file, (place, place))

    assert {file.read_bytes()[-1:] for file in files(folder)} == {b"2", b"3", b"4"}


def test_what_is_larger_than_the_bound_is_not_kept(folder: Path) -> None:
    """One answer never empties the folder of all others."""
    kept = KeptFiles(folder, "one", most=len(PAGE))
    kept.recall(KEY, of(PAGE))

    assert kept.recall(("large",), of(PAGE + b".")) == PAGE + b"."
    assert kept.recall(KEY, never) == PAGE


def test_files_of_others_are_never_deleted(folder: Path) -> None:
    """Whoever names a folder that holds something else loses nothing of it."""
    foreign = folder / "holiday.jpg"
    foreign.write_bytes(PAGE)
    os.utime(foreign, (0, 0))
    KeptFiles(folder, "one", most=10).recall(KEY, of(b"A page."))

    assert foreign.exists()


def test_a_folder_that_is_gone_costs_a_reader_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page is made, and whoever runs the panel finds in the log that it was not kept."""
    gone = folder / "gone"

    assert KeptFiles(gone, "one").recall(KEY, of(PAGE)) == PAGE
    assert "nothing can be kept" in caplog.text


def test_a_page_that_fails_is_not_kept_and_blocks_nobody(folder: Path) -> None:
    """The next reader makes it again."""
    kept = KeptFiles(folder, "one")

    def fails() -> bytes:
        raise ValueError("no figures")

    with pytest.raises(ValueError, match="no figures"):
        kept.recall(KEY, fails)
    assert list(files(folder)) == []
    assert kept.recall(KEY, of(PAGE)) == PAGE


def test_without_a_folder_nothing_is_kept() -> None:
    """Each that asks makes it."""
    assert KeptFiles().recall(KEY, of(b"first")) == b"first"
    assert KeptFiles().recall(KEY, of(b"second")) == b"second"


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

    assert [file.read_bytes() for file in files(place)] == [PAGE]
