"""Packs from .px files, read with pyaxis, so that the proof does not lean on our own reading."""

from pathlib import Path
from typing import Any

from pyaxis import pyaxis

from tests.pxweb_server.packs import Document, Pack, cells_of

ENCODING = "iso-8859-1"


def px_pack(path: Path) -> Pack:
    """The table of a .px file in its first language; missing cells keep their symbol."""
    read: dict[str, Any] = pyaxis.parse(str(path), ENCODING)
    keywords, printed = read["METADATA"], list(read["DATA"]["DATA"])
    symbols = [_symbol(cell) for cell in printed]
    names = [*keywords["STUB"], *keywords["HEADING"]]
    codes = {name: keywords[f"VARIABLECODE({name})"][0] for name in names}
    table_id = keywords["TABLEID"][0]
    px = {
        "tableid": table_id,
        "language": keywords["LANGUAGE"][0],
        "contents": keywords["CONTENTS"][0],
        "heading": [codes[name] for name in keywords["HEADING"]],
        "stub": [codes[name] for name in keywords["STUB"]],
    }
    metadata = {
        "version": "2.0",
        "class": "dataset",
        "label": keywords["TITLE"][0],
        "source": keywords["SOURCE"][0],
        "updated": "2023-05-25T13:42:00Z",
        "role": {
            "time": [codes[name] for name in names if f"TIMEVAL({name})" in keywords],
            "metric": [codes[keywords["CONTVARIABLE"][0]]],
        },
        "id": [codes[name] for name in names],
        "size": [len(keywords[f"CODES({name})"]) for name in names],
        "dimension": {codes[name]: _dimension(keywords, name) for name in names},
        "extension": {"px": px},
        "value": [],
    }
    cells = cells_of(
        [None if symbol else int(cell) for cell, symbol in zip(printed, symbols, strict=True)],
        {str(at): symbol for at, symbol in enumerate(symbols) if symbol},
    )
    row = {"id": table_id, "label": metadata["label"], "updated": metadata["updated"]}
    return Pack(metadata=metadata, table=row, cells=lambda: cells)


def _dimension(keywords: dict[str, Any], name: str) -> Document:
    codes, labels = keywords[f"CODES({name})"], keywords[f"VALUES({name})"]
    elimination = keywords.get(f"ELIMINATION({name})")
    extension: Document = {"elimination": elimination not in (None, "NO", ["NO"]), "codelists": []}
    if isinstance(elimination, list) and elimination[0] in labels:
        extension["eliminationValueCode"] = codes[labels.index(elimination[0])]
    return {
        "label": name,
        "category": {
            "index": {code: at for at, code in enumerate(codes)},
            "label": dict(zip(codes, labels, strict=True)),
        },
        "extension": extension,
    }


def _symbol(cell: object) -> str:
    """The symbol of a missing cell; pyaxis gives none for `..`, so an empty cell is that one."""
    text = str(cell).strip('"')
    if text in ("nan", ""):
        return ".."
    return "" if text.lstrip("-").isdigit() else text
