"""Reads packs: one table as documents of PxWebApi 2 plus its cells. Never answers requests.

A pack is a folder with `metadata.json` (as `/tables/{id}/metadata`), `cells.json` (`value` with one
entry per cell, row-major over `id` and `size`; sparse `status` keyed by position), `table.json`
(a row of `/tables`) and, where there are any, `codelists/*.json` (as `/codelists/{id}`).
"""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

Document = dict[str, Any]

DEFAULT_LANGUAGE = "sv"


@dataclass(frozen=True)
class Cells:
    """All cells of a table, row-major and flat.

    `values` holds int, float or None exactly as they are to be written; `marks` holds, per cell,
    an index into `symbols`, where 0 is the empty symbol (no status).
    """

    values: NDArray[np.object_]
    marks: NDArray[np.int16]
    symbols: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """One table in one language. `cells` is called at the first data request and remembers.

    `content_updated`: when contents were updated that are older than the table, by their codes.
    """

    metadata: Document
    table: Document
    cells: Callable[[], Cells]
    codelists: Mapping[str, Document] = field(default_factory=dict)
    content_updated: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The table id, from the row of `/tables`."""
        return str(self.table["id"])

    @property
    def language(self) -> str:
        """The language of the documents; Swedish where they do not say."""
        px = self.metadata.get("extension", {}).get("px", {})
        return str(px.get("language", DEFAULT_LANGUAGE))


def cells_of(value: Iterable[object], status: Mapping[str, str] | None = None) -> Cells:
    """Cells from a dense `value` and a sparse `status` keyed by position as text."""
    listed = list(value)
    values = np.empty(len(listed), dtype=object)
    values[:] = listed
    marks = np.zeros(len(listed), dtype=np.int16)
    symbols: dict[str, int] = {"": 0}
    for position, symbol in (status or {}).items():
        marks[int(position)] = symbols.setdefault(symbol, len(symbols))
    return Cells(values=values, marks=marks, symbols=tuple(symbols))


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. ValueError if the cells do not fill the table (when first asked)."""
    metadata: Document = orjson.loads((folder / "metadata.json").read_bytes())
    lists = sorted((folder / "codelists").glob("*.json"))
    codelists = [orjson.loads(path.read_bytes()) for path in lists]
    return Pack(
        metadata=metadata,
        table=orjson.loads((folder / "table.json").read_bytes()),
        cells=cache(partial(_read_cells, folder / "cells.json", math.prod(metadata["size"]))),
        codelists={normal(str(codelist["id"])): codelist for codelist in codelists},
    )


def packs_under(folder: Path) -> list[Pack]:
    """The pack that the folder is, or all packs one level below it, by name of folder."""
    if (folder / "metadata.json").exists():
        return [read_pack(folder)]
    found = [path.parent for path in sorted(folder.glob("*/metadata.json"))]
    if not found:
        raise FileNotFoundError(f"{folder}: no pack here; expected metadata.json in it or below it")
    return [read_pack(path) for path in found]


def normal(text: str) -> str:
    """Text in composed form, so that two spellings of å are the same id."""
    return unicodedata.normalize("NFC", text)


def _read_cells(path: Path, expected: int) -> Cells:
    document = orjson.loads(path.read_bytes())
    cells = cells_of(document["value"], document.get("status"))
    if cells.values.size != expected:
        raise ValueError(f"{path}: {cells.values.size} cells; the metadata's sizes say {expected}")
    return cells
