"""
Which version of the data is the current one, which versions are kept, and of which day each is.

Reads `warehouse.json` and the names of the warehouse files in a data folder; writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson

from etl.errors import PublishError

POINTER = "warehouse.json"
_STAMP = "%Y%m%dT%H%M%SZ"  # with which the name of a version begins: when its run began, UTC


@dataclass(frozen=True)
class Keeping:
    """
    Which versions are kept: the newest different ones, one a month for some days, at most a size.

    `newest`: how many whose figures differ; `days`: for how long the last version of each month;
    `most_bytes`: what all files may take together.
    """

    newest: int = 5
    days: int = 400
    most_bytes: int = 20_000_000_000


KEEPING = Keeping()  # as a rule; a run may say otherwise


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
    pointer = what_is_pointed_at(data)
    return pointer if pointer and (data / pointer.file).is_file() else None


def what_is_pointed_at(data: Path) -> Pointer | None:
    """
    Return the pointer, also where its file is gone; None when there is no pointer.

    Raises:
        PublishError: as `read_pointer`.

    """
    path = data / POINTER
    try:
        return _pointer(orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, OSError) as error:
        raise PublishError(
            f"{path} is damaged ({error}); point to a version with `python -m etl use VERSION`: "
            + (", ".join(available_versions(data)) or "none is there; remove the file")
        ) from error


def _pointer(said: dict[str, object]) -> Pointer:
    """
    Return what a pointer says.

    Raises:
        TypeError, ValueError: when that is no version with a file in its own folder.

    """
    pointer = Pointer(**said)  # type: ignore[arg-type]  # looked at here
    if not (isinstance(pointer.version, str) and isinstance(pointer.file, str)):
        raise TypeError("version and file are no texts")
    if pointer.file != warehouse_file(pointer.version) or "/" in pointer.file:
        raise ValueError(f"{pointer.file!r} is not the file of {pointer.version!r}")
    return pointer


def warehouse_file(version: str) -> str:
    """Return the name of the file that holds a version."""
    return f"warehouse-{version}.duckdb"


def available_versions(data: Path) -> list[str]:
    """Return all versions that are kept in a data folder, oldest first."""
    files = data.glob(warehouse_file("*"))
    return sorted(file.stem.removeprefix("warehouse-") for file in files)


def published_day(version: str) -> date | None:
    """Return the day of a version in Sweden; None of a name that tells no moment."""
    moment = _moment(version)
    return moment and moment.astimezone(ZoneInfo("Europe/Stockholm")).date()


def version_stamp(started: datetime, before: str) -> str:
    """
    Return with what the name of a version begins whose run began at `started` (UTC).

    Versions stand in the order of their names, so one that is made within a second of the version
    `before` it is called a second later. A version from the future, of a clock that was wrong,
    moves none.
    """
    last = _moment(before)
    if last and timedelta(0) <= last - started.replace(microsecond=0) < timedelta(minutes=1):
        started = last + timedelta(seconds=1)
    return f"{started:{_STAMP}}"


def _moment(version: str) -> datetime | None:
    """Return what the name of a version begins with; None of a name that tells no moment."""
    try:
        return datetime.strptime(version.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept_versions(
    sizes: Mapping[str, int], figures: Mapping[str, str], current: str, rule: Keeping
) -> frozenset[str]:
    """
    Return which versions are kept; the current one always is.

    Versions that follow each other with the same figures count as one, and are all kept. Days are
    counted back from the newest version, in Sweden, not from today: no clock removes anything.

    Args:
        sizes: the bytes of every version that is there.
        figures: a digest of the figures of versions; one without is taken to be different.
        current: the version that the pointer names.
        rule: how many, for how long, how large.

    """
    newest_first = sorted(sizes, reverse=True)
    kept, different, last = {current}, 0, ""
    for version in newest_first:
        digest = figures.get(version, version)
        different += digest != last
        last = digest
        if different > rule.newest:
            break
        kept.add(version)
    days = {version: day for version in newest_first if (day := published_day(version))}
    months: set[tuple[int, int]] = set()
    oldest = max(days.values(), default=date.max) - timedelta(days=rule.days)
    for version, day in days.items():
        if day >= oldest and (day.year, day.month) not in months:
            months.add((day.year, day.month))
            kept.add(version)
    room = rule.most_bytes - sizes.get(current, 0)
    fitting = {current}
    for version in newest_first:
        if version in kept and version != current:
            room -= sizes[version]
            if room < 0:
                break
            fitting.add(version)
    return frozenset(fitting)
