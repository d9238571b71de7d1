"""
JSON-stat 2: one dataset over indicator, region, period, sex, background, age, education.

Pure. A cube has a cell for every combination. A cell without a row in the source has null and no
segment; a missing value has null, its status and its segment: the two are not the same. Which
segment, kind and table a cell belongs to, and numerator and denominator of a share whose counts
are published, stand in `extension`, in the order of `value`. The source's footnotes stand at the
indicator or the code that they are on, marked as PxWebApi does.
"""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from dashboard.exports.description import plain_description, utc_text
from dashboard.exports.extract import ROW_KEY, Extract, Meta, all_rows, too_large
from dashboard.sentences.footnotes import plain_text
from dashboard.text import format, term

_CUBE_DIMENSIONS = ("indicator", *ROW_KEY)
_BESIDE = ("segment", "kind", "table", "numerator", "denominator")
CUBE_CELLS = 500_000
_PROGRAM = "JSON-stat"


def write(extract: Extract) -> Iterator[bytes]:
    """
    The rows as one JSON-stat dataset.

    Raises:
        TooLargeError: for more than `CUBE_CELLS` rows or combinations.

    """
    meta = extract.meta
    if meta.rows > CUBE_CELLS:
        raise too_large(meta, _PROGRAM, meta.rows, CUBE_CELLS)
    rows = all_rows(extract)
    axes = {name: _codes(rows[name], name, meta) for name in _CUBE_DIMENSIONS}
    cells = prod(len(codes) for codes in axes.values())
    if cells > CUBE_CELLS:
        raise too_large(meta, _PROGRAM, cells, CUBE_CELLS, key="too_many_cells")
    yield orjson.dumps(_document(rows, axes, meta))


def _codes(column: pd.Series, name: str, meta: Meta) -> list[str]:
    """The codes of a dimension: of groups in the catalogue's order, of others as text."""
    codes = set(column.dropna().astype(str))
    in_order = [code for dimension, code in meta.categories if dimension == name and code in codes]
    return in_order + sorted(codes - set(in_order))


def _document(rows: pd.DataFrame, axes: Mapping[str, list[str]], meta: Meta) -> dict[str, Any]:
    size = [len(codes) for codes in axes.values()]
    positions = _positions(rows, axes, size)
    count = prod(size)
    description = plain_description(meta)
    latest = [source.updated for source in meta.sources if source.updated]
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": description["title"],
        "source": "; ".join(description["attribution"]),
        "updated": utc_text(max(latest, default=None)),
        "href": meta.permalink,
        "id": list(_CUBE_DIMENSIONS),
        "size": size,
        "role": {"time": ["period"], "geo": ["region"], "metric": ["indicator"]},
        "dimension": {
            name: _dimension(name, codes, meta, _notes(name, codes, meta))
            for name, codes in axes.items()
        },
        "value": _spread(rows["value"], positions, count),
        "status": _statuses(rows, positions),
        "extension": {
            **description,
            **{name: _spread(rows[name], positions, count) for name in _BESIDE},
        },
    }
    if meta.example:
        document["note"] = [term("example", meta.lang)]
    return document


def _positions(
    rows: pd.DataFrame, axes: Mapping[str, list[str]], size: list[int]
) -> npt.NDArray[np.intp]:
    """The position of each row in the cube; the last dimension moves fastest."""
    position: npt.NDArray[np.intp] = np.zeros(len(rows), np.intp)
    for (name, codes), length in zip(axes.items(), size, strict=True):
        position = position * length + pd.Categorical(rows[name], categories=codes).codes
    return position


def _spread(column: pd.Series, positions: npt.NDArray[np.intp], count: int) -> list[Any]:
    """A column over all cells, None where there is nothing."""
    cells: npt.NDArray[np.object_] = np.full(count, None, dtype=object)
    cells[positions] = column.astype(object).where(column.notna(), None).to_numpy()
    spread: list[Any] = cells.tolist()
    return spread


def _statuses(rows: pd.DataFrame, positions: npt.NDArray[np.intp]) -> dict[str, str]:
    marked = rows["status"].notna().to_numpy()
    return {
        str(position): str(status)
        for position, status in zip(positions[marked], rows.loc[marked, "status"], strict=True)
    }


def _notes(name: str, codes: list[str], meta: Meta) -> dict[str, dict[str, bool]]:
    """The footnotes on each code of a dimension, with whether they are mandatory."""
    notes: dict[str, dict[str, bool]] = {}
    for note in meta.footnotes:
        places = note.concerned or (("indicator", note.indicator),)
        for code in (code for variable, code in places if variable == name and code in codes):
            notes.setdefault(code, {})[plain_text(note.text)] = note.mandatory
    return notes


def _dimension(
    name: str, codes: list[str], meta: Meta, notes: Mapping[str, Mapping[str, bool]]
) -> dict[str, Any]:
    """Codes in order and their labels; of indicators their units, `base` as PxWebApi has it."""
    indicators = {indicator.id: indicator for indicator in meta.indicators}
    category: dict[str, Any] = {
        "index": codes,
        "label": {code: _label(name, code, meta) for code in codes},
    }
    if name == "indicator":
        category["unit"] = {
            code: {
                "label": indicators[code].unit[meta.lang],
                "base": indicators[code].unit[meta.lang],
                "decimals": indicators[code].decimals,
            }
            for code in codes
        }
    heading = "region_name" if name == "region" else name
    dimension = {"label": term(f"column_{heading}", meta.lang), "category": category}
    if notes:
        category["note"] = {code: list(texts) for code, texts in notes.items()}
        mandatory = {
            code: {str(at): True for at, marked in enumerate(texts.values()) if marked}
            for code, texts in notes.items()
        }
        dimension["extension"] = {"categoryNoteMandatory": mandatory}
    return dimension


def _label(name: str, code: str, meta: Meta) -> str:
    titles = {indicator.id: indicator.title[meta.lang] for indicator in meta.indicators}
    names = {"indicator": titles, "region": meta.regions}.get(name, {})
    if name == "period":
        return format.period_name(code, meta.lang)
    category = meta.categories.get((name, code))
    return category.label[meta.lang] if category else names.get(code, code)
