"""
Documents as they were received, with where they came from. The only irreplaceable data.

An edge: files under `landing/`. Bytes are kept once by their hash, gzipped; a record beside
says which request they answered. A record is written after its bytes and both by rename,
so a killed run leaves no half document. Nothing is ever overwritten or removed but by
`prune`.
"""

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from etl.errors import DocumentError

Kind = Literal["metadata", "data"]


@dataclass(frozen=True)
class Record:
    """Where one document came from; `request` identifies what was asked, `fetched` is UTC."""

    kind: Kind
    table: str
    request: str
    url: str
    body: str | None
    fetched: str
    sha256: str
    size: int
    title: str
    updated: str
    source: str
    api_version: str
    max_cells: int
    licence: str
    notes: tuple[tuple[str, bool], ...]


def land(folder: Path, content: bytes, record: Record) -> None:
    """Keep a document and its record; the record appears only when the bytes are safe."""
    target = _bytes_path(folder, record.sha256)
    if not target.exists():
        write_safely(target, gzip.compress(content, 3, mtime=0))
    stamp = record.fetched.replace(":", "").replace("-", "")
    name = f"{record.kind}-{record.request}-{stamp}-{record.sha256[:8]}.json"
    write_safely(folder / record.table / name, orjson.dumps(asdict(record)))


def sha256(content: bytes) -> str:
    """Return the hash under which a document is kept."""
    return hashlib.sha256(content).hexdigest()


def read(folder: Path, digest: str) -> bytes:
    """
    Return the bytes of a document.

    Raises:
        DocumentError: when they are gone or no longer what was received.

    """
    path = _bytes_path(folder, digest)
    try:
        content = gzip.decompress(path.read_bytes())
    except FileNotFoundError as error:
        raise DocumentError(f"document {digest[:12]} is gone from {folder}; fetch again") from error
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentError(f"document {digest[:12]} cannot be read: {error}") from error
    if sha256(content) != digest:
        raise DocumentError(f"document {digest[:12]} has been altered; fetch again with --force")
    return content


def records(folder: Path, table: str) -> list[Record]:
    """Return all records of a table, oldest first."""
    found = [
        Record(**{**fields, "notes": tuple((text, flag) for text, flag in fields["notes"])})
        for fields in map(_fields, sorted((folder / table).glob("*.json")))
    ]
    return sorted(found, key=lambda record: record.fetched)


def tables(folder: Path) -> list[str]:
    """Return the ids of all tables that have records."""
    return sorted(path.name for path in folder.glob("TAB*") if path.is_dir())


def prune(folder: Path, *, keep: int, needed: Iterable[str] = ()) -> int:
    """
    Remove superseded records, and bytes that no record names; return how many were removed.

    The newest `keep` records of each request stay, and all whose hash is `needed`.
    """
    kept, removed = set(needed), 0
    for table in tables(folder):
        newest: dict[str, int] = {}
        for path, record in reversed(list(_paths(folder, table))):
            newest[record.request] = newest.get(record.request, 0) + 1
            if newest[record.request] > keep and record.sha256 not in kept:
                path.unlink()
                removed += 1
            else:
                kept.add(record.sha256)
    for path in (folder / "bytes").glob("*/*.gz"):
        if path.name.removesuffix(".gz") not in kept:
            path.unlink()
    return removed


def write_safely(path: Path, content: bytes) -> None:
    """Write a file so that readers see all of it or none, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _paths(folder: Path, table: str) -> Iterator[tuple[Path, Record]]:
    for path in sorted((folder / table).glob("*.json"), key=lambda path: path.name.split("-")[2]):
        yield path, Record(**_fields(path))


def _fields(path: Path) -> dict[str, Any]:
    fields: dict[str, Any] = orjson.loads(path.read_bytes())
    return fields


def _bytes_path(folder: Path, digest: str) -> Path:
    return folder / "bytes" / digest[:2] / f"{digest}.gz"
