"""
What the application is given: the catalogue, the warehouses and a memory.

An edge: `opened` reads the catalogue's file. Nothing here knows Dash.
"""

from dataclasses import dataclass, field
from pathlib import Path

from dashboard.memory import Memory
from dashboard.warehouse import Shelf
from etl.catalogue import Catalogue, load

REMEMBERED = 512


@dataclass(frozen=True)
class Context:
    """Everything an answer may depend on besides the address."""

    catalogue: Catalogue
    warehouses: Shelf
    memory: Memory = field(default_factory=lambda: Memory(REMEMBERED))


def opened(data: Path, catalogue: Path) -> Context:
    """
    A context over a data folder, which may still be empty, and a catalogue file.

    Raises:
        CatalogueError: with every problem of the catalogue.

    """
    return Context(load(catalogue), Shelf(data))
