"""
What the application is given: catalogue, warehouses, a region's targets, settings and memories.

An edge: `opened` reads the files of catalogue and targets. Nothing here knows Dash.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dashboard.data.memory import Memory
from dashboard.data.queries.sources import series_marks
from dashboard.data.settings import Settings
from dashboard.data.targets import LocalTarget, read_targets
from dashboard.data.versions import Shelf, Warehouse
from etl.catalogue import Break, Catalogue, Text
from etl.catalogue.loading import load

_MEMORY_SIZE = 512  # small ones: mostly one or a few of a version
RECENT = 48  # of up to a megabyte: what the last pages and files were made from
_ANSWERS = 256  # of 75 to 200 kB


@dataclass(frozen=True)
class Context:
    """Everything an answer may depend on besides the address."""

    catalogue: Catalogue
    warehouses: Shelf
    targets: tuple[LocalTarget, ...] = ()
    memory: Memory = field(default_factory=lambda: Memory(_MEMORY_SIZE))
    recent: Memory = field(default_factory=lambda: Memory(RECENT))
    answers: Memory = field(default_factory=lambda: Memory(_ANSWERS))
    settings: Settings = field(default_factory=Settings)

    def reading(self, warehouse: Warehouse) -> "Context":
        """The same, with the breaks and cautions that the version was built with."""
        catalogue = self.memory.recall(
            (warehouse.version, "breaks"), lambda: _with_marks(self.catalogue, warehouse)
        )
        return replace(self, catalogue=catalogue)


def _with_marks(catalogue: Catalogue, warehouse: Warehouse) -> Catalogue:
    """The catalogue with a version's breaks; its own where the version holds none."""
    rows = series_marks(warehouse)
    if rows is None:
        return catalogue
    marks: dict[str, list[Break]] = {}
    for row in rows.to_dict("records"):
        marks.setdefault(str(row["indicator"]), []).append(_mark(row))
    indicators = tuple(
        indicator.model_copy(update={"breaks": tuple(marks.get(indicator.id, ()))})
        for indicator in catalogue.indicators
    )
    return replace(catalogue, indicators=indicators)


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

    """
    known = load(catalogue)
    return Context(
        known, Shelf(data), read_targets(targets, known), settings=settings or Settings()
    )
