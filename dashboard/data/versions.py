"""
The open warehouse files: one read-only connection a version, a cursor a question.

Knows the pointer and the files beside it. It never writes, caches no answer and asks no
question of its own.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import duckdb
import pandas as pd
import pyarrow as pa

from etl.catalogue import PublishError
from etl.catalogue.pointer import (
    POINTER,
    Pointer,
    available_versions,
    read_pointer,
    warehouse_file,
)
from etl.catalogue.standing import STANDING, VersionStanding, read_standing
from etl.catalogue.warehouse_schema import connected, holds_examples

log = logging.getLogger(__name__)

# Which file it is, and as of when: nobody writes another without changing one of them.
Mark: TypeAlias = tuple[int, int, int]
Marks: TypeAlias = tuple[Mark | None, ...] | None

# Of a worker, which has others beside it: the questions of a page are too small to be divided,
# and take a fifth longer when they are.
_LIMITS = "SET threads = 1; SET memory_limit = '1GB'"

_STANDS = " stands "  # in an identity, before what tells how the version stands


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
    standing: VersionStanding | None = None

    def frame(self, sql: str, **params: Any) -> pd.DataFrame:
        """The rows of a question with $named parameters."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, params).df()

    def arrow(self, sql: str, **params: Any) -> pa.Table:
        """The same as columns of Arrow, where codes stay codes: for answers of many rows."""
        with self.connection.cursor() as cursor:
            return cursor.sql(sql, params=params).to_arrow_table()

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """The rows of a question as tuples: a third of the time of a frame, for a few columns."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, params).fetchall()

    def columns(self, sql: str, **params: Any) -> list[list[Any]]:
        """The same as columns: half the time of rows, for thousands of texts and numbers."""
        with self.connection.cursor() as cursor:
            arrays = cursor.execute(sql, params).fetchnumpy()
        return [column.tolist() for column in arrays.values()]


def pointer(data: Path) -> Pointer | None:
    """What the data folder points at; None when nothing is published there, or it is damaged."""
    try:
        return read_pointer(data)
    except PublishError as error:
        log.error("%s", error)  # noqa: TRY400
        return None


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
        self._open: dict[str, Warehouse] = {}
        self._readers: dict[str, int] = {}
        self._lock = Lock()

    @contextmanager
    def current(self) -> Iterator[Warehouse | None]:
        """The current version for the length of one answer; None when there is none."""
        with self.at("") as warehouse:
            yield warehouse

    @contextmanager
    def at(self, version: str) -> Iterator[Warehouse | None]:
        """A version in the folder, "" for the current one; None when it is not there."""
        published = self._published()
        try:
            if version and (published is None or version != published.version):
                published = self._older(version)
            warehouse = self._take(published) if published else None
        except duckdb.Error as error:
            shown = version or "the current version"
            log.error("%s cannot be opened (%s); `python -m etl use` rolls back", shown, error)  # noqa: TRY400
            warehouse = None
        if warehouse is None:
            yield None
            return
        try:
            yield warehouse
        finally:
            self._give_back(warehouse.version)

    def newest(self) -> str:
        """The current version; "" when nothing is published."""
        current = self._published()
        return current.version if current else ""

    def state(self, *, older: bool = False) -> Marks:
        """
        What stays the same for as long as the same is published; None when nothing is.

        It changes with the current version, with `older` also when another comes or goes.
        """
        _, marks = self._looked_up()
        marks = (*marks, self._standing_mark()) if marks else marks
        return (*marks, _mark(str(self.data))) if older and marks else marks

    def identity(self) -> str:
        """That of the current version's `Warehouse`; "" when nothing is published."""
        published, marks = self._looked_up()
        if not (published and marks):
            return ""
        return f"{_identity(published, marks[-1])}{_STANDS}{self._standing_mark()}"

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

    def _published(self) -> Pointer | None:
        return self._looked_up()[0]

    def _looked_up(self) -> tuple[Pointer | None, Marks]:
        """What the folder points at, read only when it is another than before; its two marks."""
        mark, (known, found) = _mark(f"{self.data}/{POINTER}"), self._pointer
        if found is None or mark != known:
            found = pointer(self.data)
            self._pointer = (mark, found)
        file = _mark(f"{self.data}/{found.file}") if found and mark else None
        return (found, (mark, file)) if file else (None, None)

    def _older(self, version: str) -> Pointer | None:
        """A version that is no longer, or never was, the current one."""
        file = warehouse_file(version)
        if version not in self.available():
            return None
        return Pointer(
            version=version, file=file, built="", example=holds_examples(self.data / file)
        )

    def _take(self, published: Pointer) -> Warehouse:
        with self._lock:
            if published.version not in self._open:
                file = self.data / published.file
                identity = _identity(published, _mark(str(file)))  # before it can be another
                connection = connected(file)
                connection.execute(_LIMITS)
                self._open[published.version] = Warehouse(
                    published.version, published.example, identity, connection
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
        current = self._published()
        with self._lock:
            self._readers[version] -= 1
            self._close_unused(keep=current.version if current else version)

    def _close_unused(self, keep: str) -> None:
        for version in [name for name, readers in self._readers.items() if not readers]:
            if version != keep:
                del self._readers[version]
                self._open.pop(version).connection.close()
