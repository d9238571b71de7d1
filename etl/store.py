"""
What a run leaves in the data folder besides documents and warehouses: pointer, bindings, lock.

An edge. Beside them stands what was refused. The pointer is swapped by rename; a second writer
waits a stated time for the lock.
"""

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from etl.catalogue.pointer import POINTER, Pointer
from etl.catalogue.standing import STANDING, VersionStanding, read_standing
from etl.errors import PublishError, UsageError

log = logging.getLogger(__name__)
REGIONS = Path(__file__).parent.parent / "data" / "regions"  # the classifications
_LOCK_SECONDS = 60.0
_REFUSED = "refused.json"
_READABLE = 0o644  # others may read: the dashboard need not run as the one who fetches


@dataclass(frozen=True)
class TableBinding:
    """
    What a table of the catalogue is bound to; `state` found, healed, unreachable or missing.

    `id` of one that is unreachable or missing is what it was bound to last.
    """

    state: str
    id: str | None = None
    title: str = ""
    path: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Binding:
    """
    The outcome of `etl resolve`: a binding for each table key, and what went wrong since.

    `told`: what the source said of itself, in the last run, that cannot be meant.
    """

    api: str
    resolved: str
    tables: dict[str, TableBinding] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RefusedDocument:
    """
    Why a document of a table is not used.

    `first`: when the source gave these bytes first. `again`: when it gave them again after they
    had been refused; "" where it has not been asked since. `kept`: it has landed, and a build
    refused it; what was refused as it came is not kept.
    """

    table: str
    reason: str
    first: str
    again: str = ""
    kept: bool = True


def write_safely(path: Path, content: bytes) -> None:
    """Write a file so that readers see all of it or none, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), _READABLE)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def landing_folder(data: Path) -> Path:
    """Return where documents are kept."""
    return data / "landing"


def write_pointer(data: Path, pointer: Pointer) -> None:
    """Make a version the current one: readers see the old or the new, never a mixture."""
    write_safely(data / POINTER, orjson.dumps(asdict(pointer), option=orjson.OPT_INDENT_2))


def write_standing(data: Path, standing: VersionStanding) -> None:
    """Keep how the current version stands; what has not changed is not written again."""
    try:
        same = read_standing(data) == standing
    except PublishError:
        same = False
    if not same:
        content = orjson.dumps(standing.model_dump(mode="json"), option=orjson.OPT_INDENT_2)
        write_safely(data / STANDING, content)


def read_binding(data: Path) -> Binding | None:
    """
    Return the last outcome of `etl resolve`, or None.

    Raises:
        PublishError: when the file is damaged: it alone knows where tables that are gone lay.

    """
    path = data / "binding.json"
    try:
        fields: dict[str, Any] = orjson.loads(path.read_bytes())
        tables = {key: TableBinding(**table) for key, table in fields.pop("tables").items()}
        return Binding(tables=tables, **fields)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublishError(
            f"{path} is damaged ({error!r}); restore it from a copy, or remove it and run "
            "`python -m etl resolve`"
        ) from error


def write_binding(data: Path, binding: Binding) -> None:
    """Keep the outcome of `etl resolve`."""
    write_safely(data / "binding.json", orjson.dumps(asdict(binding), option=orjson.OPT_INDENT_2))


def read_refused(data: Path) -> dict[str, RefusedDocument]:
    """
    Return the documents that the last build refused, by their hash.

    Each build finds them anew: where the file is gone or damaged, they are known again after it.
    """
    path = data / _REFUSED
    try:
        found: dict[str, Any] = orjson.loads(path.read_bytes())
        return {digest: RefusedDocument(**fields) for digest, fields in found.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        log.warning("%s is damaged (%r); refused documents are known after a build", path, error)
        return {}


def write_refused(data: Path, refused: Mapping[str, RefusedDocument]) -> None:
    """Keep which documents are refused, and why."""
    path, found = data / _REFUSED, {digest: asdict(one) for digest, one in refused.items()}
    if found or path.exists():
        write_safely(path, orjson.dumps(found, option=orjson.OPT_INDENT_2))


@contextmanager
def lock(data: Path, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
    """
    Let one process at a time write to the data folder.

    Raises:
        UsageError: when another one still writes after `seconds`.
        PublishError: when the folder cannot be written to.

    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise PublishError(f"{data}: cannot be written to: {error}") from error
    try:
        _wait(handle, data, seconds)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, data: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise UsageError(
                    f"{data}: another run is writing there and was not done after {seconds:g} "
                    "seconds; try again when it is"
                ) from error
            time.sleep(0.1)
        else:
            return
