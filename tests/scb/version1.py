"""
Answers of version 1 of the API, which is ending, rewritten as tables of version 2.

Codes, figures and symbols are those of the recorded answer; folder and Swedish texts come from the
documented facts. Version 1 gives texts where version 2 gives numbers: "97.3", and ".." for none.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.pxweb_server import Pack, cells_of
from tests.scb.facts import FactTable, table_of
from tests.scb.recordings import recorded_documents
from tests.scb.tables import Document, table_pack

# The recorded answers, and the documented tables that they are of.
RECORDED = {
    "eligibility_regso": "IntGr8RegSOKon2-kalmar.json",
    "income_regso": "IntGr5RegSOKon-kalmar.excerpt.json",
    "labour_bas_regso": "IntGr1RegSOBASN-kalmar.excerpt.json",
    "population_regso_1997": "FolkmangdRegSO-kalmar.json",
}
Figures = Mapping[tuple[tuple[tuple[str, str], ...], str], float | str]


def version1_figures(shared: Path, key: str) -> Figures:
    """What a recorded answer says: by variables and codes and the content, a number or a symbol."""
    answer = _answer(shared, key)
    names = [column["code"] for column in answer["columns"] if column["type"] != "c"]
    contents = [column["code"] for column in answer["columns"] if column["type"] == "c"]
    return {
        (tuple(zip(names, row["key"], strict=True)), content): _figure(text)
        for row in answer["data"]
        for content, text in zip(contents, row["values"], strict=True)
    }


def version1_pack(shared: Path, key: str) -> Pack:
    """A recorded answer as the table of version 2 that it is of, cut to what was recorded."""
    table, figures = table_of(key), version1_figures(shared, key)
    asked = {name: [*dict.fromkeys(dict(codes)[name] for codes, _ in figures)]
             for name, _ in next(iter(figures))[0]}  # fmt: skip
    held = {content for _, content in figures}
    cut = replace(
        table,
        variables=tuple(
            replace(one, values={code: one.values.get(code, code) for code in asked[one.code]})
            for one in _named(table, shared).variables
        ),
        contents=tuple(content for content in table.contents if content.code in held),
        years=tuple(asked["Tid"]),
    )
    pack = table_pack(cut)
    order = [figures[codes, content] for codes, content in _cells(pack.metadata)]
    assert len(order) == len(figures) == math.prod(pack.metadata["size"])
    numbers = [None if isinstance(figure, str) else figure for figure in order]
    marks = {str(at): figure for at, figure in enumerate(order) if isinstance(figure, str)}
    return replace(pack, cells=lambda: cells_of(numbers, marks))


def _answer(shared: Path, key: str) -> Document:
    return recorded_documents(shared, "v1")[RECORDED[key]]


def _figure(text: str) -> float | str:
    return text if text.strip(".") == "" else float(text)


def _named(table: FactTable, shared: Path) -> FactTable:
    """The table with the names of all areas of 2020 as its regions."""
    path = shared / "scb/classification/koppling_deso2018_regso2020.csv"
    with path.open(encoding="utf-8-sig") as lines:
        names = {row["RegSOkod_2020"]: f"{row['Kommunnamn']} ({row['RegSO_2020']})"
                 for row in csv.DictReader(lines)}  # fmt: skip
    region, *rest = table.variables
    return replace(table, variables=(replace(region, values={**names, **region.values}), *rest))


def _cells(metadata: Document) -> list[tuple[tuple[tuple[str, str], ...], str]]:
    """The codes of each cell in the order of the cells: variables and year, and the content."""
    cells: list[dict[str, str]] = [{}]
    for name in metadata["id"]:
        codes = metadata["dimension"][name]["category"]["index"]
        cells = [{**cell, name: code} for cell in cells for code in codes]
    return [
        (tuple((name, code) for name, code in cell.items() if name != "ContentsCode"),
         cell["ContentsCode"])
        for cell in cells
    ]  # fmt: skip
