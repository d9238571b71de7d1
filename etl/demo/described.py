"""
A table of the catalogue as a document of its own: what the source would say about it.

Pure: JSON-stat 2 as SCB sends it, marked as an example in title, source and note.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.demo.asked import Asked
from etl.demo.places import Array
from etl.names import has_words

UPDATED = "2026-03-02T07:00:00Z"
SOURCE = "Exempeldata – inte statistik"
NOTE = "Exempeldata – inte statistik. Siffrorna är påhittade och får inte användas eller spridas."
METRIC, TIME = "ContentsCode", "Tid"
VARIABLES = {
    "Region": "region", "Kon": "kön", "UtbNiv": "utbildningsnivå",
    "UtbildningsNiva": "utbildningsnivå", "BakgrVar": "bakgrundsvariabel",
    "Bakgrund": "bakgrund", "Alder": "ålder", "Fodelseregion": "födelseregion",
    "Civilstand": "civilstånd", "UtlBakgrund": "utländsk/svensk bakgrund",
    "Trangboddhet": "trångboddhet", "Forandringar": "förändringar", "Period": "period",
    METRIC: "tabellinnehåll", TIME: "år",
}  # fmt: skip


PLACES = {"county": "län", "municipality": "kommun"}


def described(one: Asked) -> dict[str, Any]:
    """Return the metadata document of a table: everything but values."""
    dimension = _dimensions(one)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _title(one),
        "source": SOURCE,
        "updated": UPDATED,
        "note": [NOTE],
        "role": {"time": [TIME], "metric": [METRIC]},
        "id": list(dimension),
        "size": [len(part["category"]["index"]) for part in dimension.values()],
        "dimension": dimension,
        "extension": {
            "noteMandatory": {"0": True},
            "px": {"tableid": one.id, "official-statistics": False, "language": "sv"},
        },
        "value": [],
    }


def filled(
    document: Mapping[str, Any],
    codes: Mapping[str, tuple[str, ...]],
    value: Array,
    symbol: NDArray[np.str_],
) -> dict[str, Any]:
    """Return a document with the cells of some codes, in their order: dense values, few symbols."""
    units = document["dimension"][METRIC]["category"]["unit"]
    whole = all(units[content]["decimals"] == 0 for content in codes[METRIC])
    flat = symbol.ravel()
    marked = np.flatnonzero(flat != "")
    return {
        **document,
        "id": list(codes),
        "size": [len(chosen) for chosen in codes.values()],
        "dimension": {name: _cut(document["dimension"][name], codes[name]) for name in codes},
        "value": _numbers(value.ravel(), whole=whole),
        "status": dict(zip(map(str, marked.tolist()), flat[marked].tolist(), strict=True)),
    }


def _cut(dimension: Mapping[str, Any], codes: tuple[str, ...]) -> dict[str, Any]:
    """Return a dimension with some of its codes."""
    parts = {key: part for key, part in dimension["category"].items() if key != "index"}
    category: dict[str, Any] = {"index": {code: number for number, code in enumerate(codes)}}
    category |= {key: {code: part[code] for code in codes} for key, part in parts.items()}
    return {**dimension, "category": category}


def _numbers(value: Array, *, whole: bool) -> list[float | int | None]:
    """Numbers as the source prints them: whole ones without a point, null for missing."""
    missing = np.isnan(value)
    numbers = (np.where(missing, 0, value).astype(np.int64) if whole else value).astype(object)
    numbers[missing] = None
    return list(numbers)


def _dimensions(one: Asked) -> dict[str, dict[str, Any]]:
    """All variables of the table, then what it holds, then its years."""
    labels = {
        **one.labels,
        METRIC: {code: contents.text for code, contents in one.contents.items()},
        TIME: {period: period for period in one.periods},
    }
    found = {code: _dimension(code, texts) for code, texts in labels.items()}
    found[METRIC]["category"]["unit"] = {
        code: {"base": contents.unit, "decimals": contents.decimals}
        for code, contents in one.contents.items()
    }
    found[METRIC]["extension"]["refperiod"] = dict.fromkeys(one.contents, "exempel")
    return found


def _dimension(code: str, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": VARIABLES.get(code, code.lower()),
        "category": {
            "index": {value: number for number, value in enumerate(labels)},
            "label": dict(labels),
        },
        "extension": {"elimination": False, "show": "value", "codelists": []},
    }


def _title(one: Asked) -> str:
    """The words by which the catalogue knows the table, its variables, and the years."""
    levels = one.table.levels
    place = PLACES.get(levels[0], "region") if len(levels) == 1 else "region"
    variables = [place if code == "Region" else VARIABLES.get(code, code) for code in one.labels]
    tail = f"efter {', '.join(variables)}"
    subject = has_words(tail, one.table.label) or [next(iter(one.contents.values())).text]
    words = f"{', '.join(subject)} {tail}"
    return f"{words[:1].upper()}{words[1:]}. År {one.periods[0]}-{one.periods[-1]} (exempel)"
