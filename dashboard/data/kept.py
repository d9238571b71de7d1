"""
What is made once of a version and kept in a folder on disk, for all processes of the panel.

An edge. Knows the folder and its bound, and that one process makes what several ask for. It never
decides what is kept, and nothing in the folder is needed: what is gone or damaged is made anew.
"""

import fcntl
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[2]
_MOST_BYTES = 200_000_000
_DRAFT, _LOCK = ".draft", ".lock"
# Other files in the folder are somebody else's.
_KEPT = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}")
_PASSING = re.compile(rf"[0-9a-f]{{32}}({_DRAFT}|{_LOCK})")
_ABANDONED_SECONDS = 3600  # whoever was at a file for so long has ended


class KeptFiles:
    """
    A bounded folder of what was made, one file each, safe between threads and processes.

    A file is called after what it is and what it holds, `<digest of the key>-<digest of the
    content>`, and holds nothing else. It is written under another name and renamed, so it is there
    wholly or not at all; one whose content does not fit its name is as if it were not there.
    """

    def __init__(
        self, folder: Path | None = None, edition: str = "", most: int = _MOST_BYTES
    ) -> None:
        """
        Keep at most `most` bytes in a folder that exists, and nothing without one.

        `edition` is what the content depends on besides its key: the program and its settings.
        """
        self._folder = folder
        self._edition = edition
        self._most = most

    def recall(self, key: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """
        What is kept under a key; made by the first that asks, while the others wait for it.

        What cannot be kept (no room on the disk, no right to write) is made all the same, and told
        in the log.
        """
        if self._folder is None:
            return make()
        name = _digest("\0".join((self._edition, *key)).encode())
        kept = _read(self._folder, name)
        if kept is not None:
            return kept
        with _alone(self._folder, name):
            kept = _read(self._folder, name)
            if kept is None:
                kept = make()
                self._write(self._folder, name, kept)
        return kept

    def _write(self, folder: Path, name: str, content: bytes) -> None:
        if len(content) > self._most:
            return
        draft = folder / f"{uuid4().hex}{_DRAFT}"
        try:
            draft.write_bytes(content)
            draft.replace(folder / f"{name}-{_digest(content)}")
            _make_room(folder, self._most)
        except OSError as error:
            log.warning("nothing can be kept in %s: %s", folder, error)
            with suppress(OSError):  # where the draft cannot be deleted, either, it grows old
                draft.unlink(missing_ok=True)


def _read(folder: Path, name: str) -> bytes | None:
    """What a file holds; None where there is none, or only a damaged one."""
    for file in folder.glob(f"{name}-*"):
        try:
            content = file.read_bytes()
            if file.name == f"{name}-{_digest(content)}":
                return content
            log.warning("%s is damaged, and made anew", file)
            file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s is made anew: %s", file, error)
    return None


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """As the only one of all processes that makes this; without a lock where none can be had."""
    lock = folder / f"{name}{_LOCK}"
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        log.warning("nothing can be locked in %s: %s", folder, error)
        yield
        return
    try:
        # However its process ends, the system gives a lock back.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        # Whoever waits has the lock open, and then finds the file.
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _make_room(folder: Path, most: int) -> None:
    """Delete the oldest files until the others are within the bound, and what was abandoned."""
    kept, long_ago = [], time.time() - _ABANDONED_SECONDS
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another process has just deleted it
            about = file.stat()
            if _KEPT.fullmatch(file.name):
                kept.append((about.st_mtime, about.st_size, file))
            elif _PASSING.fullmatch(file.name) and about.st_mtime < long_ago:
                file.unlink()
    total = 0
    for _, size, file in sorted(kept, reverse=True):
        total += size
        if total > most:
            file.unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def program_edition() -> str:
    """What changes with the program: its modules, its words and what it knows of regions."""
    digest = blake2b(digest_size=16)
    for folder in ("dashboard", "etl", "data/regions"):
        for file in sorted((_ROOT / folder).rglob("*")):
            if file.suffix in {".py", ".yaml", ".sql", ".csv"}:
                digest.update(f"{file.relative_to(_ROOT)}\0".encode() + file.read_bytes())
    digest.update((_ROOT / "data" / "report_2010.yaml").read_bytes())
    return digest.hexdigest()
