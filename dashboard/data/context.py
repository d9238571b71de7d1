"""
What the application is given: catalogue, warehouses, a region's targets, settings and memories.

An edge: `opened` reads the files of catalogue and targets. Nothing here knows Dash.
"""

from dataclasses import dataclass, field
from pathlib import Path

from dashboard.data.memory import Memory
from dashboard.data.settings import Settings
from dashboard.data.targets import LocalTarget, read_targets
from dashboard.data.versions import Shelf
from etl.catalogue import Catalogue
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
