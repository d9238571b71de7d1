"""
Documents as they were received, with where they came from. The only irreplaceable data.

An edge: files under `landing/`. Bytes are kept once by their hash, gzipped; a record beside
says which request they answered. A record is written after its bytes and both by rename,
so a killed run leaves no half document. Nothing is ever overwritten or removed but by
`prune`.
"""

import gzip
import hashlib
import logging
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import orjson

from etl.errors import DocumentError
from etl.store import write_safely

log = logging.getLogger(__name__)
# "refused": the description of a table that did not fit; nothing is built from it.
DocumentKind = Literal["metadata", "data", "codelist", "refused"]
_BYTES = "bytes"


@dataclass(frozen=True)
class Record:
    """
    Where one document came from; `request` identifies what was asked.

    `fetched`: in UTC, to the microsecond, for the latest of two within a second is the newest.
    `updated`: the state of the table that the document is of. Cells whose contents have not
    changed since an earlier one say that in their own bytes.
    """

    kind: DocumentKind
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


def land(folder: Path, content: bytes, record: Record) -> None:
    """Keep a document and its record; the record appears only when the bytes are safe."""
    if not intact(folder, record.sha256):
        target = _bytes_path(folder, record.sha256)
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
        raise DocumentError(
            f"document {digest[:12]} cannot be read ({error}); fetch again"
        ) from error
    if sha256(content) != digest:
        raise DocumentError(f"document {digest[:12]} has been altered; fetch again")
    return content


def intact(folder: Path, digest: str) -> bool:
    """Say whether the bytes of a document are there and are what was received."""
    try:
        read(folder, digest)
    except DocumentError:
        return False
    return True


def records(folder: Path, table: str) -> list[Record]:
    """Return all records of a table, oldest first; a damaged one is as good as none."""
    return [record for _, record in _paths(folder, table)]


def newest_description(folder: Path, table: str) -> Record | None:
    """Return the record of what a table last said of itself, used or refused; None for none."""
    described = [one for one in records(folder, table) if one.kind in {"metadata", "refused"}]
    return described[-1] if described else None


def landed_tables(folder: Path) -> list[str]:
    """Return the ids of all tables and lists of codes that have records, of any form."""
    folders = (path for path in folder.glob("*") if path.is_dir())
    return sorted(path.name for path in folders if path.name != _BYTES)


def prune_documents(folder: Path, *, keep: int, needed: Iterable[str] = ()) -> int:
    """
    Remove superseded records, and bytes that no record names; return how many were removed.

    The newest `keep` records of each request stay, and all whose hash is `needed`. Nobody may
    be writing: drafts that a killed fetch left behind are removed too.
    """
    named, removed = set(needed), 0
    for table in landed_tables(folder):
        newest: dict[str, int] = {}
        for path, record in reversed(_paths(folder, table)):
            newest[record.request] = newest.get(record.request, 0) + 1
            if newest[record.request] > keep and record.sha256 not in named:
                path.unlink()
                removed += 1
            else:
                named.add(record.sha256)
    for left in folder.rglob(".draft-*"):
        left.unlink()
    for path in (folder / _BYTES).glob("*/*.gz"):
        if path.name.removesuffix(".gz") not in named:
            path.unlink()
    return removed


def _paths(folder: Path, table: str) -> list[tuple[Path, Record]]:
    read_ones = ((path, _record(path)) for path in sorted((folder / table).glob("*.json")))
    landed = [(path, record) for path, record in read_ones if record]
    return sorted(landed, key=lambda pair: (pair[1].fetched, pair[1].updated))


def _record(path: Path) -> Record | None:
    try:
        fields = {**orjson.loads(path.read_bytes())}
        fields.pop("notes", None)  # of earlier versions; the document itself has them all
        return Record(**fields)
    except (ValueError, KeyError, TypeError) as error:
        log.warning("%s: not a record (%s); what it answered is fetched again", path, error)
        return None


def _bytes_path(folder: Path, digest: str) -> Path:
    return folder / _BYTES / digest[:2] / f"{digest}.gz"
