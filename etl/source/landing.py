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
import re
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import orjson

from etl.errors import DocumentError
from etl.source.jsonstat import source_moment
from etl.store import write_safely

log = logging.getLogger(__name__)
Received = bytes | memoryview
# "refused": the description of a table that did not fit; nothing is built from it.
DocumentKind = Literal["metadata", "data", "codelist", "refused"]
_BYTES = "bytes"
_SAME = "same answer as on "
_TABLE_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Record:
    """
    Where one document came from; `request` identifies what was asked.

    `fetched`: by our clock, in UTC: told, and never compared. `answered`: by the source's own
    clock, where it says it; "" if not.
    `updated`: the state of the table that the document is of. Cells whose contents have not
    changed since an earlier one say that in their own bytes.
    `turn`: how often `updated` of the table had gone backwards; each time begins states anew.
    `number`: which answer of the table it is, counted from 1 as they arrive. Records of earlier
    versions have none, and come before those that have.
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
    number: int = 0
    turn: int = 0
    answered: str = ""


def is_table_id(text: object) -> bool:
    """Say whether a text can be a table's id: letters, digits, - and _; never a path."""
    # The folder of the bytes stands beside those of the tables.
    return isinstance(text, str) and bool(_TABLE_ID.fullmatch(text)) and text.lower() != _BYTES


def moment(updated: str) -> datetime:
    """Return the moment of a state of a table; the earliest there is for one without a date."""
    try:
        return source_moment(updated)
    except ValueError:
        return _UNDATED


def order_of(record: Record) -> tuple[int, datetime, int, str]:
    """Return what puts the records of a table in order, see `records`."""
    return record.turn, moment(record.updated), record.number, record.fetched


def same_answer(first: str) -> str:
    """Say that the source has given the same bytes again, and when it gave them first."""
    return f"{_SAME}{first[:10]}, still refused"


def first_told(reason: str) -> str:
    """Return a reason as it was told when the answer came first."""
    return reason.partition(f"; {_SAME}")[0]


def land(folder: Path, content: Received, record: Record) -> None:
    """
    Keep a document and its record; the record appears only when the bytes are safe.

    Raises:
        DocumentError: when its table has an id that is none.

    """
    if not is_table_id(record.table):
        raise DocumentError(
            f"table id {record.table[:60]!r}: expected letters, digits, - and _; nothing is kept"
        )
    if not intact(folder, record.sha256):
        target = _bytes_path(folder, record.sha256)
        write_safely(target, gzip.compress(content, 3, mtime=0))
    stamp = record.fetched.replace(":", "").replace("-", "")
    name = f"{record.kind}-{record.request}-{stamp}-{record.sha256[:8]}.json"
    write_safely(folder / record.table / name, orjson.dumps(asdict(record)))


def sha256(content: Received) -> str:
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
    """
    Return all records of a table, oldest first; a damaged one is as good as none.

    Their order is the source's own and that of their arrival: by `turn`, `updated` and `number`.
    When we fetched them decides only between two of earlier versions, which have no number.
    """
    return [record for _, record in _paths(folder, table)]


def newest_description(folder: Path, table: str) -> Record | None:
    """Return the record of what a table last said of itself, used or refused; None for none."""
    described = [one for one in records(folder, table) if one.kind in {"metadata", "refused"}]
    return max(described, key=lambda record: record.number, default=None)


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
    if not is_table_id(table):
        return []
    read_ones = ((path, _record(path)) for path in sorted((folder / table).glob("*.json")))
    landed = [(path, record) for path, record in read_ones if record]
    return sorted(landed, key=lambda pair: order_of(pair[1]))


def _record(path: Path) -> Record | None:
    try:
        found = {**orjson.loads(path.read_bytes())}
        found.pop("notes", None)  # of earlier versions; the document itself has them all
        record = Record(**found)
        _check(record, path.parent.name)
    except (ValueError, KeyError, TypeError) as error:
        log.warning("%s: not a record (%s); what it answered is fetched again", path, error)
        return None
    return record


def _check(record: Record, table: str) -> None:
    """Refuse a record that is damaged or of another table: what it says is trusted from here on."""
    for field in fields(record):
        value = getattr(record, field.name)
        expected = int if field.type is int else str
        if type(value) is not expected and not (field.name == "body" and value is None):
            raise ValueError(f"{field.name} is {value!r:.60}, expected {expected.__name__}")
    if record.table != table or not _DIGEST.fullmatch(record.sha256) or record.max_cells < 1:
        raise ValueError("expected this table, a sha256 and a limit of cells")


def _bytes_path(folder: Path, digest: str) -> Path:
    return folder / _BYTES / digest[:2] / f"{digest}.gz"
