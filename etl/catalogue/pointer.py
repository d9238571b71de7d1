"""
Which version of the data is the current one, and which versions are kept.

Reads `warehouse.json` and the names of the warehouse files in a data folder; writes nothing.
"""

from dataclasses import dataclass
from pathlib import Path

import orjson

from etl.errors import PublishError

POINTER = "warehouse.json"


@dataclass(frozen=True)
class Pointer:
    """The current warehouse: its version, its file in the data folder, when it was built (UTC)."""

    version: str
    file: str
    built: str
    example: bool


def read_pointer(data: Path) -> Pointer | None:
    """
    Return the pointer, or None when there is no warehouse.

    Raises:
        PublishError: when the file is damaged; the message says how to mend it.

    """
    path = data / POINTER
    try:
        pointer = Pointer(**orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise PublishError(
            f"{path} is damaged ({error}); point to a version with `python -m etl use VERSION`: "
            + (", ".join(available_versions(data)) or "none is there; remove the file")
        ) from error
    return pointer if (data / pointer.file).is_file() else None


def warehouse_file(version: str) -> str:
    """Return the name of the file that holds a version."""
    return f"warehouse-{version}.duckdb"


def available_versions(data: Path) -> list[str]:
    """Return all versions that are kept in a data folder, oldest first."""
    files = data.glob(warehouse_file("*"))
    return sorted(file.stem.removeprefix("warehouse-") for file in files)
