"""
What is made once of a version and kept in a folder on disk, for all processes of the panel.

An edge. Knows the folder and its bound, and that one process makes what several ask for. It never
decides what is kept, and nothing in the folder is needed: what is gone or damaged is made anew.
"""

import fcntl
import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import distributions
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO
from uuid import uuid4

from cachetools import LRUCache

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[2]
_DIGEST = 16  # bytes
_BLOCK = 4096  # bytes that a file takes at least
# The folder is looked through when so much was written, and the oldest leave until there is room
# for two workers to write as much again.
_WRITTEN, _FILLED = 0.05, 0.9
_DRAFT, _LOCK = ".draft", ".lock"
# A large file is kept as it is sent, with what is said of it beside: the digest and the headers.
_PLAIN, _ABOUT = ".file", ".about"
_LARGE, _STEP = 1_000_000, 1 << 20  # bytes from which a file is kept so; and that are read at once
_LARGEST = 0.75  # of the folder, for one file
_ROOM_EVERY = 32 * _STEP
_MOST_SOUND = 4096  # large files of which a process remembers that it has looked at them
_FRESH_SECONDS = 60  # a file that was used is made as young as that again
# Other files in the folder are somebody else's.
_SHELF = re.compile(r"[0-9a-f]{2}")
_KEPT = re.compile(rf"[0-9a-f]{{32}}({_PLAIN}|{_ABOUT})?")
_PASSING = re.compile(rf"[0-9a-f]{{32}}({_DRAFT}|{_LOCK})")
# As files were called until November 2026, when all lay in one folder.
_FORMER = re.compile(rf"[0-9a-f]{{32}}(-[0-9a-f]{{32}}|{_DRAFT}|{_LOCK})")
_ABANDONED_SECONDS = 3600  # whoever was at a file for so long has ended


@dataclass(frozen=True)
class KeptFile:
    """
    A large file that is kept, open at its beginning.

    `name`: its path in the folder; `size`: bytes; `headers`: those that it is sent with.
    """

    name: str
    file: BinaryIO
    size: int
    headers: Mapping[str, str]

    def blocks(self) -> Iterator[bytes]:
        """Its content; closes it."""
        with self.file:
            while block := self.file.read(_STEP):
                yield block


class KeptFiles:
    """
    A bounded folder of what was made, one file each, safe between threads and processes.

    A file is called after the digest of its key, lies in a folder called after the first two
    letters of that, and holds a digest of name and content, then the content. It is written under
    another name and renamed, so it is there wholly or not at all; one whose digest does not fit is
    as if it were not there. Of a large file the digest is in a file beside it, so that a server can
    send it as it lies there; each process looks at it once, and again when it has changed.
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
        self._sound: LRUCache[Path, tuple[int, int, int]] = LRUCache(_MOST_SOUND)
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
            with self._telling(), suppress(FileNotFoundError):
                _renew(file.stat(), file)
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

    @contextmanager
    def alone(self, key: tuple[str, ...]) -> Iterator[None]:
        """As the only one of all processes that makes the file of a key."""
        if self._folder is None:
            yield
            return
        with self._alone(self._file(self._folder, key)):
            yield

    def file(self, key: tuple[str, ...]) -> KeptFile | None:
        """The large file of a key; None where there is none, or only a damaged one."""
        if self._folder is None:
            return None
        path = self._file(self._folder, key).with_suffix(_PLAIN)
        with self._telling(), suppress(FileNotFoundError), ExitStack() as opened:
            about = _about(path)
            file = opened.enter_context(path.open("rb"))
            if about is None or not self._is_sound(path, file, about["digest"]):
                log.warning("%s was damaged, and is made anew", path)
                path.unlink(missing_ok=True)
                return None
            size = os.fstat(file.fileno()).st_size
            opened.pop_all()
            return KeptFile(f"{path.parent.name}/{path.name}", file, size, about["headers"])
        return None

    def keep_file(
        self, key: tuple[str, ...], chunks: Iterator[bytes], headers: Mapping[str, str]
    ) -> KeptFile | Iterator[bytes]:
        """
        The file of a key, written to its end; its chunks as they were where it is not kept.

        It is not kept when it is small, when it would take most of the folder, and when the disk is
        full: then the reader gets what was written already, and the rest as it is made.
        """
        if self._folder is None:
            return chunks
        begun, size = [], 0
        for chunk in chunks:
            begun.append(chunk)
            size += len(chunk)
            if size > _LARGE:
                break
        if size <= _LARGE:
            return iter(begun)
        path = self._file(self._folder, key).with_suffix(_PLAIN)
        draft = path.with_name(f"{uuid4().hex}{_DRAFT}")
        try:
            path.parent.mkdir(exist_ok=True)
            file = draft.open("x+b", buffering=0)
        except OSError as error:
            self._tell(error)
            return chain(begun, chunks)
        with ExitStack() as opened:
            opened.callback(draft.unlink, missing_ok=True)
            opened.enter_context(file)
            size, digest, refused = self._write_all(path.name, file, chain(begun, chunks))
            if refused is None and self._is_placed(draft, path, digest, headers):
                kept = self.file(key)
                if kept:
                    return kept
            draft.unlink(missing_ok=True)
            opened.pop_all()
        return _from_draft(file, size, chain([refused or b""], chunks))

    def _write_all(
        self, name: str, file: BinaryIO, chunks: Iterator[bytes]
    ) -> tuple[int, str, bytes | None]:
        """How many bytes of a file could be written, their digest, and the chunk that could not."""
        digest, size, roomy = blake2b(name.encode(), digest_size=_DIGEST), 0, 0
        for chunk in chunks:
            if size + len(chunk) > _LARGEST * self._most:
                return size, "", chunk
            if size + len(chunk) > roomy:
                roomy += _ROOM_EVERY
                with self._telling():
                    self._make_room(roomy)
            if not self._is_written(file, chunk):
                return size, "", chunk
            digest.update(chunk)
            size += len(chunk)
        return size, digest.hexdigest(), None

    def _is_written(self, file: BinaryIO, chunk: bytes) -> bool:
        """Write a chunk to its end; whether it could be."""
        try:
            rest = memoryview(chunk)
            while rest:
                rest = rest[file.write(rest) :]
        except OSError as error:
            self._tell(error)
            return False
        return True

    def _make_room(self, coming: int) -> None:
        if self._folder is not None:
            _make_room(self._folder, max(0, int(_FILLED * self._most) - coming))

    def _is_placed(self, draft: Path, path: Path, digest: str, headers: Mapping[str, str]) -> bool:
        """Put a file that is written to its end in its place; whether it could be."""
        about = draft.with_name(f"{uuid4().hex}{_DRAFT}")
        try:
            about.write_text(json.dumps({"digest": digest, "headers": dict(headers)}), "utf-8")
            path.unlink(missing_ok=True)  # one whose digest is another's would be damaged
            about.replace(path.with_suffix(_ABOUT))
            draft.replace(path)
        except OSError as error:
            self._tell(error)
            with suppress(OSError):
                about.unlink(missing_ok=True)
            return False
        return True

    def _is_sound(self, path: Path, file: BinaryIO, digest: str) -> bool:
        """Whether a file has its digest; one that this process has looked at before counts so."""
        found = os.fstat(file.fileno())
        with self._lock:
            known = self._sound.get(path)
        if known != _looks(found):
            made = blake2b(path.name.encode(), digest_size=_DIGEST)
            while block := file.read(_STEP):
                made.update(block)
            file.seek(0)
            if made.hexdigest() != digest:
                return False
        with self._telling():
            _renew(found, path, path.with_suffix(_ABOUT))
            found = os.fstat(file.fileno())
        with self._lock:
            self._sound[path] = _looks(found)
        return True

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
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        if error.errno not in self._told:
            self._told.add(error.errno)
            log.warning("nothing can be kept in %s: %s", self._folder, error)


def _renew(found: os.stat_result, *files: Path) -> None:
    """Make files that are used as young as those that are made, so that they do not leave."""
    if found.st_mtime < time.time() - _FRESH_SECONDS:
        for file in files:
            os.utime(file)


def _about(path: Path) -> Mapping[str, Any] | None:
    """What is said of a large file beside it; None where that is damaged."""
    try:
        about: Mapping[str, Any] = json.loads(path.with_suffix(_ABOUT).read_bytes())
        return about if {"digest", "headers"} <= about.keys() else None
    except ValueError:
        return None


def _looks(found: os.stat_result) -> tuple[int, int, int]:
    """What changes with a file."""
    return found.st_ino, found.st_mtime_ns, found.st_size


def _from_draft(file: BinaryIO, size: int, rest: Iterator[bytes]) -> Iterator[bytes]:
    """What of a file could be written, then what could not."""
    with file:
        file.seek(0)
        while size > 0 and (block := file.read(min(size, _STEP))):
            size -= len(block)
            yield block
    yield from rest


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
