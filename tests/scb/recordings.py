"""SCB's recorded answers, as documents and as packs. Knows where they lie, never what they mean."""

import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from tests.pxweb_server import Cells, Pack
from tests.scb.facts import documented
from tests.scb.tables import Document, table_pack

_FOLDER = Path("scb/recorded/autumn2026")
# Values of the variables of the recorded tables that are sums of others.
_CIVIL_TOTAL, _SEX_TOTAL, _AGE_TOTAL = "SC", "TotSa", re.compile(r"(?i)tot\d*|totsa")


def recorded_documents(shared: Path, version: str) -> dict[str, Document]:
    """Every recorded document of a version of the API about tables, by its path in there."""
    folder = shared / _FOLDER / version
    found = sorted(path for path in folder.rglob("*.json") if "_api" not in path.parts)
    return {
        str(path.relative_to(folder)): _answer(orjson.loads(path.read_bytes())) for path in found
    }


def recorded_packs(shared: Path) -> list[Pack]:
    """The tables with recorded metadata, as recorded; their rows are built from the facts."""
    documents = recorded_documents(shared, "v2")
    tables = {table.id: table for table in documented() if table.id}
    return [
        Pack(
            document,
            {**table_pack(tables[id]).table, "label": document["label"]},
            cache(partial(_cells, document)),
        )
        for path, document in documents.items()
        if path.endswith("metadata.json") and (id := path.partition("/")[0])
    ]


def _answer(document: Any) -> Document:
    """What the server sent; some recordings wrap it."""
    answer: Document = document.get("response", document)
    return answer


def _cells(document: Document) -> Cells:
    """
    Values of no meaning that add up: a number of the region times the parts of the other codes.

    They do not depend on contents and year, so that millions of cells take no memory.
    """
    *names, _, _ = document["id"]
    parts = [_parts(name, document["dimension"][name]["category"]["index"]) for name in names]
    product = parts[0]
    for part in parts[1:]:
        product = product[..., None] * part
    values = np.broadcast_to(product.astype(object)[..., None, None], document["size"])
    return Cells(values, np.broadcast_to(np.int16(0), document["size"]), ("",))


def _parts(name: str, index: dict[str, int]) -> NDArray[np.int64]:
    codes = sorted(index, key=index.__getitem__)
    if name == "Region":
        return np.arange(1, len(codes) + 1)
    if name == "Kon":
        return np.array([2 if code == _SEX_TOTAL else 1 for code in codes])
    if name == "Civilstand":
        return np.array([4 if code == _CIVIL_TOTAL else 1 for code in codes])
    return np.array([_ages(code) for code in codes])


def _ages(code: str) -> int:
    """How many single years an age class has; 100 and over counts as one."""
    if _AGE_TOTAL.fullmatch(code):
        return 101
    bounds = re.fullmatch(r"(\d*)-(\d+)", code)
    return int(bounds[2]) - int(bounds[1] or 0) + 1 if bounds else 1
