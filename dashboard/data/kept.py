"""
What is made once of a version and kept in a folder on disk, for all processes of the panel.

An edge. Knows the folder and its bound, and that one process makes what several ask for. It never
decides what is kept, and nothing in the folder is needed: what is gone or damaged is made anew.
"""

import fcntl
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path
from threading import Lock
from uuid import uuid4

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[2]
_DIGEST = 16  # bytes
_BLOCK = 4096  # bytes that a file takes at least
# The folder is looked through when so much was written, and the oldest leave until there is room
# for two workers to write as much again.
_WRITTEN, _FILLED = 0.05, 0.9
_DRAFT, _LOCK = ".draft", ".lock"
# Other files in the folder are somebody else's.
_SHELF = re.compile(r"[0-9a-f]{2}")
_KEPT = re.compile(r"[0-9a-f]{32}")
_PASSING = re.compile(rf"[0-9a-f]{{32}}({_DRAFT}|{_LOCK})")
# As files were called until November 2026, when all lay in one folder.
_FORMER = re.compile(rf"[0-9a-f]{{32}}(-[0-9a-f]{{32}}|{_DRAFT}|{_LOCK})")
_ABANDONED_SECONDS = 3600  # whoever was at a file for so long has ended


class KeptFiles:
    """
    A bounded folder of what was made, one file each, safe between threads and processes.

    A file is called after the digest of its key, lies in a folder called after the first two
    letters of that, and holds a digest of name and content, then the content. It is written under
    another name and renamed, so it is there wholly or not at all; one whose digest does not fit is
    as if it were not there.
    """

    def __init__(self, folder: Path | None = None, edition: str = "", most: int = 0) -> None:
        """
        Keep at most `most` bytes in a folder that exists, and nothing without one.

        `edition` is what the content depends on besides its key: the program and its settings.
        """
        self._folder = folder
        self._edition = blake2b(edition.encode(), digest_size=_DIGEST).hexdigest()
        self._most = most
        self._written = most  # what others left there is looked at with the first file
        self._told: set[int | None] = set()
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """What is kept under a key; None where there is nothing, or only a damaged file."""
        if self._folder is None:
            return None
        file = self._file(self._folder, key)
        kept = None
        with self._telling(), suppress(FileNotFoundError):
            kept = file.read_bytes()
        if kept is None:
            return None
        content = kept[_DIGEST:]
        if kept[:_DIGEST] == _digest(file.name, content):
            return content
        with self._telling():
            file.unlink(missing_ok=True)
            log.warning("%s was damaged, and is made anew", file)
        return None

    def keep(self, key: tuple[str, ...], content: bytes) -> None:
        """
        Keep something under a key.

        What cannot be kept (no room on the disk, no right to write) is told in the log, once.
        """
        if self._folder is None or _taken(len(content)) > _FILLED * self._most:
            return
        file = self._file(self._folder, key)
        draft = file.with_name(f"{uuid4().hex}{_DRAFT}")
        with self._telling():
            file.parent.mkdir(exist_ok=True)
            try:
                draft.write_bytes(_digest(file.name, content) + content)
                draft.replace(file)
            except OSError:
                draft.unlink(missing_ok=True)
                raise
            if self._is_room_due(_taken(len(content))):
                _make_room(self._folder, int(_FILLED * self._most))

    def recall(self, key: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """What is kept under a key; made by the first that asks, while the others wait for it."""
        kept = self.get(key)
        if kept is not None:
            return kept
        if self._folder is None:
            return make()
        with self._alone(self._file(self._folder, key)):
            kept = self.get(key)
            if kept is None:
                kept = make()
                self.keep(key, kept)
        return kept

    def _file(self, folder: Path, key: tuple[str, ...]) -> Path:
        words = repr((self._edition, *key))  # an address may hold any letter, and half of one
        name = blake2b(words.encode(), digest_size=_DIGEST).hexdigest()
        return folder / name[:2] / name

    def _is_room_due(self, taken: int) -> bool:
        """Whether the folder is to be looked through, now that so much more was written."""
        with self._lock:
            self._written += taken
            is_due = self._written > _WRITTEN * self._most
            if is_due:
                self._written = 0
            return is_due

    @contextmanager
    def _alone(self, file: Path) -> Iterator[None]:
        """As the only one of all processes that makes this; without a lock where there is none."""
        lock = file.with_name(f"{file.name}{_LOCK}")
        with ExitStack() as held:
            with self._telling():
                file.parent.mkdir(exist_ok=True)
                opened = held.enter_context(lock.open("w"))
                # Whoever waits has the lock open, and then finds the file.
                held.callback(lock.unlink, missing_ok=True)
                # However its process ends, the system gives a lock back.
                fcntl.flock(opened, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Go on where the folder fails, and say so in the log: each reason once, not each file."""
        try:
            yield
        except OSError as error:
            if error.errno not in self._told:
                self._told.add(error.errno)
                log.warning("nothing can be kept in %s: %s", self._folder, error)


def _make_room(folder: Path, most: int) -> None:
    """Delete the oldest files until the others are within the bound, and what was abandoned."""
    kept, long_ago = [], time.time() - _ABANDONED_SECONDS
    for file in _entries(folder):
        with suppress(FileNotFoundError):  # another process has just deleted it
            about = file.stat(follow_symlinks=False)
            if _KEPT.fullmatch(file.name):
                kept.append((about.st_mtime_ns, _taken(about.st_size), file.path))
            elif about.st_mtime < long_ago:
                Path(file.path).unlink()
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= most:
            break
        Path(path).unlink(missing_ok=True)
        total -= size


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The files that are ours, of today's layout and of the former one."""
    for entry in _listed(folder):
        if _FORMER.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            yield entry
        elif _SHELF.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            yield from (
                file
                for file in _listed(Path(entry.path))
                if (_KEPT.fullmatch(file.name) or _PASSING.fullmatch(file.name))
                and file.is_file(follow_symlinks=False)
            )


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _taken(size: int) -> int:
    """Bytes of the disk that a file of so many bytes takes."""
    return -(-(size + _DIGEST) // _BLOCK) * _BLOCK


def _digest(name: str, content: bytes) -> bytes:
    return blake2b(name.encode() + content, digest_size=_DIGEST).digest()


def program_edition() -> str:
    """What changes with the program: its files, what it knows of regions, and its packages."""
    digest = blake2b(sys.version.encode(), digest_size=_DIGEST)
    for folder in ("assets", "dashboard", "etl", "data/regions"):
        for file in sorted((_ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(_ROOT)}\0".encode() + file.read_bytes())
    digest.update((_ROOT / "data" / "report_2010.yaml").read_bytes())
    for package in sorted(f"{one.name}=={one.version}" for one in distributions()):
        digest.update(f"{package}\0".encode())
    return digest.hexdigest()
