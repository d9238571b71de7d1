"""Tables in a landing, put there by the pipeline itself from the stand-in over a socket."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.catalogue import Catalogue
from etl.pipeline import Outcome, build, pull
from etl.source.client import Client
from etl.source.landing import Record, read, records
from etl.store import landing_folder
from tests.benchmarks.labour import AXES, Axes, labour_catalogue, labour_pack, shape, table_id
from tests.pxweb_server import serving


@dataclass(frozen=True)
class Landed:
    """A data folder in which every table has landed and nothing has been built."""

    data: Path
    catalogue: Catalogue
    file: Path
    cells: int

    def build(self) -> Outcome:
        """Builds a warehouse from nothing but the landing."""
        for left in self.data.glob("warehouse*"):
            left.unlink()
        return build(self.catalogue, self.file.read_bytes(), self.data)

    def documents(self, number: int) -> list[Record]:
        """The records of the data documents of one table."""
        there = records(landing_folder(self.data), table_id(number))
        return [record for record in there if record.kind == "data"]

    def read(self, record: Record) -> bytes:
        """The bytes of a document."""
        return read(landing_folder(self.data), record.sha256)


def landed(tables: int, folder: Path, axes: Axes = AXES) -> Landed:
    """Lands some tables; calls are not limited here, for pulling is not what is measured."""
    catalogue, file = labour_catalogue(tables, folder, axes)
    packs = [labour_pack(number, axes) for number in range(tables)]
    with serving(packs, calls=1_000_000, window=0.1) as server, Client(server.url) as client:
        problems = pull(catalogue, client, folder).problems
    assert problems == {}
    return Landed(folder, catalogue, file, int(np.prod(shape(axes))) * tables)
