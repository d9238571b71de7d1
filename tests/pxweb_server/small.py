"""A table small enough to check by hand, with every kind of cell. Never a real figure."""

from pathlib import Path
from typing import Any

import orjson

from tests.pxweb_server.packs import Document, Pack, cells_of, normal

CONTENTS = ("N", "A")
TIMES = ("2021", "2022", "2023")
REGIONS = {"00": "Riket", "01": "Stockholms län", "0180": "Stockholm", "0184": "Solna"}
SEXES = {"1": "män", "2": "kvinnor"}

# One row per region, sex and contents; one column per year. A text is a missing cell's symbol.
ROWS: list[list[int | float | str]] = [
    [500, 510, 520],
    [50.1, 50.2, 50.3],
    [480, 490, 500],
    [48.1, 48.2, 48.3],
    [100, 110, 120],
    [51.5, 52.5, 53.5],
    [90, 95, 99],
    [49.0, 49.5, 50.0],
    [40, 41, 42],
    [60.1, 60.5, 61.0],
    [38, 39, 40],
    ["..", "..", 58.0],
    [4, "..", "-"],
    [0.2, ".", "."],
    [6, 7, 8],
    [55.0, 56.0, 57.0],
]
# The value 7 stands with a mark beside it: a status does not mean that the value is missing.
MARKED = {"43": "e"}

CODELISTS: list[Document] = [
    {
        "id": "vs_Kommun",
        "label": "kommuner",
        "language": "sv",
        "languages": ["sv"],
        "elimination": False,
        "type": "Valueset",
        "values": [
            {"code": "0180", "label": "Stockholm", "valueMap": ["0180"]},
            {"code": "0184", "label": "Solna", "valueMap": ["0184"]},
            {"code": "0114", "label": "Finns inte här", "valueMap": ["0114"]},
        ],
        "links": [],
    },
    {
        "id": "agg_Storområde",
        "label": "sammanslagna",
        "language": "sv",
        "languages": ["sv"],
        "elimination": True,
        "type": "Aggregation",
        "values": [
            {"code": "CITY", "label": "Stockholm och Solna", "valueMap": ["0184", "0180"]},
            {"code": "LAN", "label": "Länet", "valueMap": ["01"]},
        ],
        "links": [],
    },
    {
        "id": "agg_Med+(",
        "label": "oläslig",
        "language": "sv",
        "languages": ["sv"],
        "elimination": False,
        "type": "Aggregation",
        "values": [],
        "links": [],
    },
]


def small_pack(table_id: str = "TAB1", *, discontinued: bool | None = None) -> Pack:
    """Population and share by region, sex and year; 4 x 2 x 2 x 3 cells."""
    cells = [cell for row in ROWS for cell in row]
    symbols = {str(at): cell for at, cell in enumerate(cells) if isinstance(cell, str)}
    values = [None if isinstance(cell, str) else cell for cell in cells]
    held = cells_of(values, {**symbols, **MARKED})
    return Pack(
        metadata=_metadata(table_id),
        table=_table(table_id, discontinued=discontinued),
        cells=lambda: held,
        codelists={normal(str(codelist["id"])): codelist for codelist in CODELISTS},
    )


def write_pack(pack: Pack, folder: Path) -> Path:
    """The pack as files in a folder of its own; the folder."""
    home = folder / pack.id
    (home / "codelists").mkdir(parents=True)
    cells = pack.cells()
    status = {str(at): cells.symbols[mark] for at, mark in enumerate(cells.marks) if mark}
    documents: dict[str, Any] = {
        "metadata.json": pack.metadata,
        "table.json": pack.table,
        "cells.json": {"value": cells.values.tolist(), "status": status},
    }
    for name, document in documents.items():
        (home / name).write_bytes(orjson.dumps(document))
    for number, codelist in enumerate(pack.codelists.values()):
        (home / "codelists" / f"{number}.json").write_bytes(orjson.dumps(codelist))
    return home


def _metadata(table_id: str) -> Document:
    region = _dimension("region", REGIONS, elimination=True)
    region["extension"]["eliminationValueCode"] = "00"
    region["extension"]["codelists"] = [
        {"id": codelist["id"], "label": codelist["label"], "type": codelist["type"], "links": []}
        for codelist in CODELISTS
    ]
    contents = _dimension("tabellinnehåll", {"N": "Folkmängd", "A": "Andel"}, elimination=False)
    contents["category"]["unit"] = {
        "N": {"base": "antal", "decimals": 0},
        "A": {"base": "procent", "decimals": 1},
    }
    contents["extension"]["refperiod"] = {"N": "31 december", "A": "31 december"}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd efter region och kön. År 2021-2023",
        "source": "SCB",
        "updated": "2024-02-22T07:00:00Z",
        "note": ["Påhittade tal."],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": ["Region", "Kon", "ContentsCode", "Tid"],
        "size": [len(REGIONS), len(SEXES), len(CONTENTS), len(TIMES)],
        "dimension": {
            "Region": region,
            "Kon": _dimension("kön", SEXES, elimination=True),
            "ContentsCode": contents,
            "Tid": _dimension("år", {time: time for time in TIMES}, elimination=False),
        },
        "extension": {
            "px": {
                "tableid": table_id,
                "language": "sv",
                "contents": "Folkmängd",
                "heading": ["ContentsCode", "Tid"],
                "stub": ["Region", "Kon"],
                "matrix": table_id,
            },
            "contact": [{"raw": "Ingen"}],
        },
        "value": [],
    }


def _dimension(label: str, values: dict[str, str], *, elimination: bool) -> Document:
    return {
        "label": label,
        "category": {"index": {code: at for at, code in enumerate(values)}, "label": dict(values)},
        "extension": {"elimination": elimination, "show": "value", "codelists": []},
    }


def _table(table_id: str, *, discontinued: bool | None) -> Document:
    return {
        "id": table_id,
        "label": "Folkmängd efter region och kön. År 2021-2023",
        "description": "",
        "updated": "2024-02-22T07:00:00Z",
        "firstPeriod": "2021",
        "lastPeriod": "2023",
        "category": "public",
        "variableNames": ["region", "kön", "tabellinnehåll", "år"],
        "discontinued": discontinued,
        "source": "SCB",
        "timeUnit": "Annual",
        "paths": [[{"id": "BE", "label": "Befolkning"}, {"id": "BE0101A", "label": "Folkmängd"}]],
        "links": [],
    }
