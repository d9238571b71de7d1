"""JSON-stat documents for tests: small ones made by hand, real ones of the reference packs."""

from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import orjson

Document = dict[str, Any]
Codes = Sequence[str] | Mapping[str, str]
COUNT = {"N": ("antal", 0), "A": ("procent", 1)}


def document(
    axes: Mapping[str, Codes],
    value: Any = None,
    status: Any = None,
    *,
    units: Mapping[str, tuple[str, int]] | None = None,
    eliminable: Sequence[str] = (),
    title: str = "Arbetsmarknad efter region. År 2020-2023",
) -> Document:
    """A document over the codes of each axis; without `value` its cells are 1, 2, 3."""
    size = [len(codes) for codes in axes.values()]
    found: Document = {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "source": "SCB",
        "updated": "2024-02-22T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(axes),
        "size": size,
        "dimension": {
            code: _dimension(code, codes, code in eliminable) for code, codes in axes.items()
        },
        "value": list(range(1, prod(size) + 1)) if value is None else value,
    }
    found["dimension"]["ContentsCode"]["category"]["unit"] = {
        code: {"base": base, "decimals": decimals}
        for code, (base, decimals) in (units or COUNT).items()
        if code in axes["ContentsCode"]
    }
    return found if status is None else found | {"status": status}


def _dimension(code: str, codes: Codes, eliminable: bool) -> Document:
    labels = dict(codes) if isinstance(codes, Mapping) else {one: one for one in codes}
    return {
        "label": code.lower(),
        "category": {"index": {one: at for at, one in enumerate(labels)}, "label": labels},
        "extension": {"elimination": eliminable},
    }


def pack(shared: Path, table: str) -> Document:
    """A whole table of real figures, as one answer would hold it."""
    folder = shared / "scb" / "packs" / table
    metadata: Document = orjson.loads((folder / "metadata.json").read_bytes())
    cells: Document = orjson.loads((folder / "cells.json").read_bytes())
    return metadata | cells


def cut(whole: Document, selection: Mapping[str, Sequence[str]]) -> Document:
    """The answer to a selection of a whole document: the same cells, and no other."""
    names = whole["id"]
    chosen = [
        list(selection.get(name, whole["dimension"][name]["category"]["index"])) for name in names
    ]
    index = [whole["dimension"][name]["category"]["index"] for name in names]
    places = (
        np.arange(prod(whole["size"]))
        .reshape(whole["size"])[
            np.ix_(
                *(
                    [place[code] for code in codes]
                    for place, codes in zip(index, chosen, strict=True)
                )
            )
        ]
        .ravel()
    )
    status = whole.get("status") or {}
    dimension = {
        name: {
            **whole["dimension"][name],
            "category": {
                **whole["dimension"][name]["category"],
                "index": {code: at for at, code in enumerate(codes)},
                "label": {c: whole["dimension"][name]["category"]["label"][c] for c in codes},
            },
        }
        for name, codes in zip(names, chosen, strict=True)
    }
    return {
        **whole,
        "size": [len(codes) for codes in chosen],
        "dimension": dimension,
        "value": [whole["value"][place] for place in places.tolist()],
        "status": {
            str(at): status[str(place)]
            for at, place in enumerate(places.tolist())
            if str(place) in status
        },
    }
