"""
Where everything lies under the data folder, the pointer to the current warehouse, the lock.

An edge. The pointer is swapped by rename; a second writer waits a stated time for the lock.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from etl.errors import PublishError, UsageError
from etl.source.landing import write_safely

LOCK_SECONDS = 60.0


@dataclass(frozen=True)
class Pointer:
    """The current warehouse: its version, its file in the data folder, when it was built (UTC)."""

    version: str
    file: str
    built: str
    example: bool


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
    """The outcome of `etl resolve`: a binding for each table key, and what went wrong since."""

    api: str
    resolved: str
    tables: dict[str, TableBinding] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def landing_folder(data: Path) -> Path:
    """Return where documents are kept."""
    return data / "landing"


def read_pointer(data: Path) -> Pointer | None:
    """
    Return the pointer, or None when there is no warehouse.

    Raises:
        PublishError: when the file is damaged; the message says how to mend it.

    """
    path = data / "warehouse.json"
    try:
        pointer = Pointer(**orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise PublishError(
            f"{path} is damaged ({error}); point to a version with `python -m etl use VERSION`: "
            + (", ".join(map(version_of, warehouses(data))) or "none is there; remove the file")
        ) from error
    return pointer if (data / pointer.file).exists() else None


def write_pointer(data: Path, pointer: Pointer) -> None:
    """Make a version the current one: readers see the old or the new, never a mixture."""
    write_safely(data / "warehouse.json", orjson.dumps(asdict(pointer), option=orjson.OPT_INDENT_2))


def warehouses(data: Path) -> list[Path]:
    """Return the files of all versions that are kept, oldest first."""
    return sorted(data.glob("warehouse-*.duckdb"))


def version_of(file: Path) -> str:
    """Return the version that a warehouse file holds."""
    return file.stem.removeprefix("warehouse-")


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


@contextmanager
def lock(data: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
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
