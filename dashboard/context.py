"""
What the application is given: the catalogue, the warehouses, a region's targets and a memory.

An edge: `opened` reads the files of catalogue and targets. Nothing here knows Dash.
"""

from dataclasses import dataclass, field
from pathlib import Path

from dashboard.memory import Memory
from dashboard.targets import LocalTarget, targets
from dashboard.warehouse import Shelf
from etl.catalogue import Catalogue, load

REMEMBERED = 512


@dataclass(frozen=True)
class Context:
    """Everything an answer may depend on besides the address."""

    catalogue: Catalogue
    warehouses: Shelf
    targets: tuple[LocalTarget, ...] = ()
    memory: Memory = field(default_factory=lambda: Memory(REMEMBERED))


def opened(data: Path, catalogue: Path, own: Path | None = None) -> Context:
    """
    A context over a data folder, which may still be empty, a catalogue and a file of own targets.

    Raises:
        CatalogueError: with every problem of the catalogue, or of the targets.

    """
    known = load(catalogue)
    return Context(known, Shelf(data), targets(own, known))
