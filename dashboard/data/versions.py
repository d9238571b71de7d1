"""
The open warehouse files: one read-only connection a version, a cursor a question.

Knows the pointer and the files beside it, and which of them cannot be read: then the newest that
can be takes its place, and whoever reads is told. It never writes, caches no answer and asks no
question of its own.
"""

import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeAlias, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from etl.catalogue import PublishError
from etl.catalogue.pointer import (
    POINTER,
    Pointer,
    available_versions,
    published_day,
    warehouse_file,
    what_is_pointed_at,
)
from etl.catalogue.standing import STANDING, VersionStanding, read_standing
from etl.catalogue.warehouse_schema import connected, holds_examples

log = logging.getLogger(__name__)

Found = TypeVar("Found")
# Which file it is, and as of when: nobody writes another without changing one of them.
Mark: TypeAlias = tuple[int, int, int]
Marks: TypeAlias = tuple[Mark | None, ...] | None
# Why there is no version to read: none was ever published, the one asked for is not kept, or it is
# there and cannot be read.
Missing: TypeAlias = Literal["", "nothing", "gone", "unreadable"]

# Of a worker, which has others beside it: the questions of a page are too small to be divided,
# and take a fifth longer when they are. Nothing is written beside the version, which is only read.
_LIMITS = "SET threads = 1; SET temp_directory = ''"
# What is read again lies in the system's memory, which all workers share. Of a
# thousand questions to the example data four need more, and are asked again while there is more.
_MEMORY, _MOST_MEMORY = "SET memory_limit = '16MB'", "SET memory_limit = '1GB'"
# A file that does not open may do so later (too many files are open, a disk comes back); in one
# that opened, what is damaged stays so until another file stands in its place.
_RETRY_SECONDS, _FOR_GOOD = 5.0, math.inf
_DAMAGE = (duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)


class UnreadableError(Exception):
    """A version that was open turned out to be damaged; the next to read gets another one."""


def is_damage(error: duckdb.Error, *versions: str) -> bool:
    """
    Whether an error tells of a damaged file of some versions.

    One of no kind of its own is that of a wrong checksum; what cannot be read names its file, and
    what cannot be written, such as a temporary file on a full disk, another.
    """
    if isinstance(error, duckdb.IOException):
        return any(version in str(error) for version in versions)
    return isinstance(error, _DAMAGE) or type(error) is duckdb.Error


_STANDS = " stands "  # in an identity, before what tells how the version stands


class _Raised:
    """Whether a version has more memory than usual; `alone`: for one large question at a time."""

    def __init__(self) -> None:
        self.now = False
        self.alone = Lock()


@dataclass(frozen=True)
class Warehouse:
    """
    One open version; everything asked of it is of that version.

    `identity` tells version, file and standing from all others, in any process, now and later.
    `standing`: what could not be updated, what waits and whether a version is held, as runs have
    said since.
    """

    version: str
    example: bool
    identity: str
    connection: duckdb.DuckDBPyConnection
    refuse: Callable[[duckdb.Error], None]  # told of damage, so that nobody else reads it
    standing: VersionStanding | None = None
    _raised: _Raised = field(default_factory=_Raised, repr=False, compare=False)

    def _answer(self, answer: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        """
        What a cursor answers; once more, with more memory, where it had too little.

        Raises:
            UnreadableError: when the file is damaged.

        """
        try:
            try:
                with self.connection.cursor() as cursor:
                    return answer(cursor)
            except duckdb.OutOfMemoryException:
                return self._large_answer(answer)
            finally:
                self._lower()
        except duckdb.Error as error:
            if not is_damage(error, self.version):
                raise
            self.refuse(error)
            raise UnreadableError(f"{self.version} is damaged: {error}") from error

    def _large_answer(self, answer: Callable[[duckdb.DuckDBPyConnection], Found]) -> Found:
        """What a cursor answers while all may have most of the memory."""
        with self._raised.alone, self.connection.cursor() as cursor:
            self._raised.now = True
            cursor.execute(_MOST_MEMORY)
            return answer(cursor)

    def _lower(self) -> None:
        """Set the memory back that a large question had; refused while others still hold more."""
        if self._raised.now and self._raised.alone.acquire(blocking=False):
            try:
                with suppress(duckdb.Error), self.connection.cursor() as cursor:
                    cursor.execute(_MEMORY)
                    self._raised.now = False
            finally:
                self._raised.alone.release()

    def frame(self, sql: str, **params: Any) -> pd.DataFrame:
        """The rows of a question with $named parameters."""
        return self._answer(lambda cursor: cursor.execute(sql, params).df())

    def arrow(self, sql: str, **params: Any) -> pa.Table:
        """The same as columns of Arrow, where codes stay codes: for answers of many rows."""
        return self._answer(lambda cursor: cursor.sql(sql, params=params).to_arrow_table())

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """The rows of a question as tuples: a third of the time of a frame, for a few columns."""
        return self._answer(lambda cursor: cursor.execute(sql, params).fetchall())

    def columns(self, sql: str, **params: Any) -> list[list[Any]]:
        """
        The same as columns: half the time of rows, for thousands of texts and numbers.

        Each text is there once, however often it stands in them: what is remembered of them takes
        a quarter of the memory.
        """
        arrays = self._answer(lambda cursor: cursor.execute(sql, params).fetchnumpy())
        once: dict[Any, Any] = {}
        return [
            [once.setdefault(text, text) for text in column.tolist()]
            if column.dtype == object
            else column.tolist()
            for column in arrays.values()
        ]


@dataclass(frozen=True)
class Reading:
    """
    One look at what is published, and the version that is read by it.

    `warehouse` is None where there is none, and `missing` says why. `current` is the version that
    is shown to who names none, "" without any. `unreadable` is the one that should be and cannot
    be read, as its version, or the name of the pointer where that does not tell; else "".
    """

    warehouse: Warehouse | None
    current: str
    unreadable: str = ""
    missing: Missing = ""


@dataclass(frozen=True)
class _Shown:
    """The version that is shown, None without any; which one is not (see `Reading`); its marks."""

    pointer: Pointer | None
    unreadable: str
    marks: Marks


def _mark(path: str) -> Mark | None:
    """What changes with a file or the names in a folder; None when it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116  asked for each answer: half the time of Path's
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _standing(data: Path) -> VersionStanding:
    """How the current version stands; nothing where no run has said so, or it is damaged."""
    try:
        return read_standing(data) or VersionStanding()
    except PublishError as error:
        log.error("%s", error)  # noqa: TRY400
        return VersionStanding()


def _identity(published: Pointer, file: Mark | None) -> str:
    """A version and the file that holds it, in words."""
    return repr((published.version, published.example, file))


class Shelf:
    """
    The versions that are open, each with how many readers it has.

    A version is opened by its first reader and closed by the last one after it stopped
    being the current one, so a reader sees all of one version whatever is published.
    """

    def __init__(self, data: Path) -> None:
        """Take warehouses from the folder `data`; opens nothing yet."""
        self.data = data
        self._pointer: tuple[Mark | None, Pointer | None] = (None, None)
        self._stands: tuple[Mark | None, VersionStanding] = (None, VersionStanding())
        self._told: Mark | None = None  # the damaged pointer that the log tells of
        # Until when a file is not tried again, and whether its figures are invented.
        self._unreadable: dict[tuple[str, Mark | None], float] = {}
        self._examples: dict[tuple[str, Mark | None], bool] = {}
        self._open: dict[str, Warehouse] = {}
        self._readers: dict[str, int] = {}
        self._lock = Lock()

    @contextmanager
    def read(self, version: str = "") -> Iterator[Reading]:
        """
        A version for the length of one answer, "" for the current one; the pointer is read once.

        Where the current version cannot be read, the newest before it that can be takes its place,
        and only where there is none the newest of all.
        """
        reading = self._opened(version)
        try:
            yield reading
        finally:
            if reading.warehouse:
                self._give_back(reading.warehouse.version)

    @contextmanager
    def current(self) -> Iterator[Warehouse | None]:
        """The current version for the length of one answer; None when there is none."""
        with self.read() as reading:
            yield reading.warehouse

    @contextmanager
    def at(self, version: str) -> Iterator[Warehouse | None]:
        """A version in the folder, "" for the current one; None when it cannot be read."""
        with self.read(version) as reading:
            yield reading.warehouse

    def newest(self) -> str:
        """The current version; "" when nothing is published, or nothing can be read."""
        current = self._shown().pointer
        return current.version if current else ""

    def state(self, *, older: bool = False) -> Marks:
        """
        What stays the same for as long as the same is shown; None when nothing is.

        It changes with the current version, with `older` also when another comes or goes.
        """
        marks = self._shown().marks
        marks = (*marks, self._standing_mark()) if marks else marks
        return (*marks, _mark(str(self.data))) if older and marks else marks

    def identity(self) -> str:
        """That of the current version's `Warehouse`, and in whose place it is; "" without one."""
        shown = self._shown()
        if not shown.pointer or not shown.marks:
            return ""
        own = _identity(shown.pointer, shown.marks[-1]) + shown.unreadable
        return f"{own}{_STANDS}{self._standing_mark()}"

    def standing(self) -> VersionStanding:
        """How the current version stands."""
        return self._standing()[1]

    def _standing(self) -> tuple[Mark | None, VersionStanding]:
        """The mark of the file, taken before it is read, and what it says; read when it is new."""
        mark = self._standing_mark()
        if mark != self._stands[0]:
            self._stands = (mark, _standing(self.data))
        return self._stands

    def _standing_mark(self) -> Mark | None:
        return _mark(f"{self.data}/{STANDING}")

    def available(self) -> list[str]:
        """The versions in the folder, oldest first."""
        return available_versions(self.data)

    def close(self) -> None:
        """Close every version; for the end of the process, when nobody reads any more."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].connection.close()
            self._readers.clear()

    def versions(self) -> list[str]:
        """Versions that are open now."""
        with self._lock:
            return sorted(self._open)

    def _opened(self, version: str) -> Reading:
        """What `read` gives; a version that does not open is refused, and the look is repeated."""
        while True:
            shown = self._shown()
            known = shown.pointer
            current = known.version if known else ""
            wanted = known if not version or version == current else self._older(version)
            if wanted is None and version:
                missing: Missing = "unreadable" if version in self.available() else "gone"
                return Reading(None, current, shown.unreadable, missing)
            if wanted is None:
                return Reading(
                    None, "", shown.unreadable, "unreadable" if shown.unreadable else "nothing"
                )
            try:
                return Reading(self._take(wanted), current, shown.unreadable)
            except duckdb.Error as error:
                self._refuse(wanted.file, self._file_mark(wanted.file), _RETRY_SECONDS, error)

    def _shown(self) -> _Shown:
        """What the folder points at, read only when it is another than before, or its stand-in."""
        mark, (known, found) = _mark(f"{self.data}/{POINTER}"), self._pointer
        if found is None or mark != known:
            found = self._pointed(mark)
            self._pointer = (mark, found)
        own = self._file_mark(found.file) if found and mark else None
        if found and own and not self._is_refused(found.file, own):
            return _Shown(found, "", (mark, own))
        if mark != _mark(f"{self.data}/{POINTER}"):  # another was published, and this one removed
            return self._shown()
        return self._stand_in(found.version if found else POINTER, (mark, own))

    def _pointed(self, mark: Mark | None) -> Pointer | None:
        """What the pointer says; None where there is none, or it is damaged, which is logged."""
        try:
            return what_is_pointed_at(self.data)
        except PublishError as error:
            if mark != self._told:
                log.error("%s", error)  # noqa: TRY400
                self._told = mark
            return None

    def _stand_in(self, lost: str, marks: tuple[Mark | None, ...]) -> _Shown:
        """The newest readable version before the one that is lost, or the newest of all."""
        kept = [version for version in self.available() if published_day(version)]
        for version in sorted(kept, key=lambda one: (one < lost, one), reverse=True):
            found = self._older(version) if version != lost else None
            if found:
                return _Shown(found, lost, (*marks, self._file_mark(found.file)))
        # Without pointer and files nothing was ever published.
        return _Shown(None, lost if kept or marks[0] else "", None)

    def _older(self, version: str) -> Pointer | None:
        """A version that is not the current one; None where it is not there or cannot be read."""
        file = warehouse_file(version)
        mark = self._file_mark(file)
        if version not in self.available() or self._is_refused(file, mark):
            return None
        try:
            if (file, mark) not in self._examples:
                self._examples[file, mark] = holds_examples(self.data / file)
        except duckdb.Error as error:
            self._refuse(file, mark, _RETRY_SECONDS, error)
            return None
        return Pointer(version=version, file=file, built="", example=self._examples[file, mark])

    def _file_mark(self, file: str) -> Mark | None:
        return _mark(f"{self.data}/{file}")

    def _is_refused(self, file: str, mark: Mark | None) -> bool:
        return time.monotonic() < self._unreadable.get((file, mark), -math.inf)

    def _refuse(self, file: str, mark: Mark | None, seconds: float, error: duckdb.Error) -> None:
        """Read a file no more for so many seconds, or until it is another one; tell it once."""
        if (file, mark) not in self._unreadable:
            log.error("%s cannot be read (%s); `python -m etl use` rolls back", file, error)
        # Whoever opened it before it was found out does not shorten the time.
        until = self._unreadable.get((file, mark), -math.inf)
        self._unreadable[file, mark] = max(until, time.monotonic() + seconds)

    def _refuse_damaged(self, file: str, mark: Mark | None, error: duckdb.Error) -> None:
        """Read a file no more that turned out to be damaged, as it was opened or is since."""
        now = self._file_mark(file)
        if now and mark and now[0] == mark[0]:  # it was written over; another file may be whole
            self._refuse(file, now, _FOR_GOOD, error)
        self._refuse(file, mark, _FOR_GOOD, error)

    def _take(self, published: Pointer) -> Warehouse:
        with self._lock:
            if published.version not in self._open:
                file = self.data / published.file
                mark = _mark(str(file))  # before it can be another
                connection = connected(file)
                connection.execute(f"{_LIMITS}; {_MEMORY}")
                self._open[published.version] = Warehouse(
                    published.version,
                    published.example,
                    _identity(published, mark),
                    connection,
                    partial(self._refuse_damaged, published.file, mark),
                )
                self._readers[published.version] = 0
            self._readers[published.version] += 1
            opened = self._open[published.version]
            mark, standing = self._standing()
            if opened.standing is not standing:
                identity = f"{opened.identity.partition(_STANDS)[0]}{_STANDS}{mark}"
                opened = replace(opened, identity=identity, standing=standing)
                self._open[published.version] = opened
            return opened

    def _give_back(self, version: str) -> None:
        current = self.newest()
        with self._lock:
            if version in self._readers:  # the shelf may be closed while a file is still sent
                self._readers[version] -= 1
                self._close_unused(keep=current or version)

    def _close_unused(self, keep: str) -> None:
        for version in [name for name, readers in self._readers.items() if not readers]:
            if version != keep:
                del self._readers[version]
                self._open.pop(version).connection.close()
