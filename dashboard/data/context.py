"""
What the application is given: catalogue, warehouses, a region's targets, settings and memories.

An edge: `opened` reads the files of catalogue and targets. Nothing here knows Dash.
"""

import os
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dashboard.data.kept import KeptFiles, program_edition
from dashboard.data.memory import ByteMemory, Memory
from dashboard.data.queries.sources import series_marks
from dashboard.data.settings import Settings, SettingsError
from dashboard.data.targets import LocalTarget, read_targets
from dashboard.data.versions import Shelf, Warehouse
from etl.catalogue import Break, Catalogue, Text
from etl.catalogue.loading import load

_MEMORY_SIZE = 512  # small ones: mostly one or a few of a version
RECENT = 48  # of up to a megabyte: what the last pages and files were made from
_ANSWERS = 8  # of 75 to 350 kB: pages that several ask for at once
# Of a worker: compressed pages, and whole answers as they were sent. With a folder it is less, as
# most of them can be read again from disk.
_PAGE_BYTES, _SENT_BYTES = 48_000_000, 16_000_000
_KEPT_PAGE_BYTES, _KEPT_SENT_BYTES = 4_000_000, 8_000_000


@dataclass(frozen=True)
class Context:
    """Everything an answer may depend on besides the address."""

    catalogue: Catalogue
    warehouses: Shelf
    targets: tuple[LocalTarget, ...] = ()
    memory: Memory = field(default_factory=lambda: Memory(_MEMORY_SIZE))
    recent: Memory = field(default_factory=lambda: Memory(RECENT))
    answers: Memory = field(default_factory=lambda: Memory(_ANSWERS))
    pages: ByteMemory[bytes] = field(default_factory=lambda: ByteMemory(_PAGE_BYTES))
    sent: ByteMemory[Any] = field(default_factory=lambda: ByteMemory(_SENT_BYTES))
    kept: KeptFiles = field(default_factory=KeptFiles)
    settings: Settings = field(default_factory=Settings)

    def reading(self, warehouse: Warehouse) -> "Context":
        """The same, with the breaks and cautions of the version beside those known today."""
        catalogue = self.memory.recall(
            (warehouse.version, "breaks"), lambda: _with_marks(self.catalogue, warehouse)
        )
        return replace(self, catalogue=catalogue)


def _with_marks(catalogue: Catalogue, warehouse: Warehouse) -> Catalogue:
    """
    The catalogue with a version's breaks and cautions, and its own of other periods.

    So a version keeps the words of its own figures, and no break that became known later is
    bridged in an older one.
    """
    marks: dict[str, list[Break]] = {}
    for row in series_marks(warehouse).to_dict("records"):
        marks.setdefault(str(row["indicator"]), []).append(_mark(row))
    indicators = tuple(
        indicator.model_copy(
            update={"breaks": _merged(marks.get(indicator.id, ()), indicator.breaks)}
        )
        for indicator in catalogue.indicators
    )
    return replace(catalogue, indicators=indicators)


def _merged(own: Sequence[Break], known: Sequence[Break]) -> tuple[Break, ...]:
    """A version's marks, and those known today where it has none, by period."""
    # An older version does not tell whether the source was another from then on, none the label.
    new_sources = {_place(mark) for mark in known if mark.new_source}
    labels = {_place(mark): mark.label for mark in known}
    told = [
        mark.model_copy(
            update={
                "new_source": mark.new_source or _place(mark) in new_sources,
                "label": labels.get(_place(mark)),
            }
        )
        for mark in own
    ]
    places = set(map(_place, own))
    later = [mark for mark in known if _place(mark) not in places]
    return tuple(sorted((*told, *later), key=lambda mark: mark.period))


def _place(mark: Break) -> tuple[str, tuple[str, ...]]:
    return mark.period, mark.applies_to


def _mark(row: Mapping[Hashable, Any]) -> Break:
    return Break(
        period=row["period"],
        severity=row["severity"],
        new_source=row["new_source"],
        applies_to=tuple(filter(None, row["applies_to"].split(","))),
        whole_with=tuple(filter(None, row["whole_with"].split(","))),
        text=Text(sv=row["text_sv"], en=row["text_en"]),
    )


def opened(
    data: Path, catalogue: Path, targets: Path | None = None, *, settings: Settings | None = None
) -> Context:
    """
    A context over a data folder, which may still be empty, a catalogue and a file of own targets.

    Without `settings` nobody may frame the panel or read its API from another page.

    Raises:
        CatalogueError: with every problem of the catalogue, or of the targets.
        SettingsError: where the folder for what is kept cannot be used.

    """
    known, chosen = load(catalogue), settings or Settings()
    context = Context(known, Shelf(data), read_targets(targets, known), settings=chosen)
    if not chosen.cache:
        return context
    return replace(
        context,
        pages=ByteMemory(_KEPT_PAGE_BYTES),
        sent=ByteMemory(_KEPT_SENT_BYTES),
        kept=_kept(data, known, context.targets, chosen),
    )


def _kept(
    data: Path, catalogue: Catalogue, targets: Sequence[LocalTarget], chosen: Settings
) -> KeptFiles:
    """What is kept of a program, a catalogue, targets and settings, wherever it is kept."""
    of_pages = replace(chosen, cache="", cache_mb=0, accel="")
    edition = repr((program_edition(), catalogue, targets, of_pages))
    folder = _cache_folder(Path(chosen.cache), data)
    return KeptFiles(folder, edition, chosen.cache_mb * 1_000_000)


def _cache_folder(folder: Path, data: Path) -> Path:
    """A folder of its own in which files can be made; it is made where it is missing."""
    if folder.resolve().is_relative_to(data.resolve()):
        problem = f"{folder} lies in the data folder, which the panel only reads; name another one"
        raise SettingsError([f"cache: {problem}"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError([f"cache: {folder} cannot be made: {error}"]) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError([f"cache: nothing can be written in {folder}; name another folder"])
    return folder
