"""The real server's own demo tables: its answers for them against ours, read with pyaxis."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pxweb_server import Pack, serving
from tests.pxweb_server.px_files import ENCODING, px_pack

TABLES = ("TAB001", "TAB003", "TAB004")


def demo(shared: Path, table_id: str) -> Pack:
    """One of the demo tables, as pyaxis reads it."""
    return px_pack(shared / f"scb/spec/server/{table_id}.px")


def expected(shared: Path, table_id: str) -> dict[str, Any]:
    """The metadata that the real server answers for a demo table."""
    path = shared / f"scb/spec/server/expected_MetadataById_{table_id.lower()}_js2.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    return document


def essence(document: dict[str, Any]) -> dict[str, Any]:
    """Ids, sizes, codes and labels in order, elimination and its value: what a selection needs."""
    return {
        "id": document["id"],
        "size": document["size"],
        "time": document["role"]["time"],
        "metric": document["role"]["metric"],
        "dimensions": {
            code: (
                dimension["label"],
                sorted(dimension["category"]["index"].items(), key=lambda pair: pair[1]),
                dimension["category"]["label"],
                dimension["extension"]["elimination"],
                dimension["extension"].get("eliminationValueCode"),
            )
            for code, dimension in document["dimension"].items()
        },
    }


@pytest.mark.parametrize("table_id", TABLES)
def test_our_metadata_is_the_real_servers(shared: Path, table_id: str) -> None:
    """For the same .px file both servers give the same ids, sizes, codes, texts, eliminations."""
    with serving([demo(shared, table_id)]) as server:
        answer = httpx.get(f"{server.url}/tables/{table_id}/metadata?lang=en").json()
    assert essence(answer) == essence(expected(shared, table_id))


def test_one_cell_is_the_one_the_real_server_gives(shared: Path) -> None:
    """445 kt of carbon dioxide from solvents in 2017, as in the real server's own answer."""
    real = (shared / "scb/spec/server/expected_tab4_fewcells.px").read_text(encoding=ENCODING)
    printed = real.partition("DATA=")[2].split()[0]
    wanted = {"SECTOR": "7.0", "GREENHOUSEGAS": "CO2", "CONTENTSCODE": "Emission", "TIME": "2017"}
    query = {"lang": "en", **{f"valueCodes[{code}]": value for code, value in wanted.items()}}
    with serving([demo(shared, "TAB004")]) as server:
        document = httpx.get(f"{server.url}/tables/TAB004/data", params=query).json()
    assert document["value"] == [int(printed)] == [445]


def test_an_elimination_takes_the_value_the_file_names(shared: Path) -> None:
    """Leaving age out of TAB001 is asking for its total."""
    every = "valueCodes[REGION]=*&valueCodes[SEX]=*&valueCodes[ContentsCode]=*&valueCodes[TIME]=*"
    with serving([demo(shared, "TAB001")]) as server:
        data = f"{server.url}/tables/TAB001/data?lang=en&{every}"
        left_out = httpx.get(data).json()
        total = httpx.get(f"{data}&valueCodes[AGE]=TOTAL").json()
    assert left_out["id"] == ["REGION", "SEX", "ContentsCode", "TIME"]
    assert left_out["value"] == total["value"]
    assert left_out.get("status") == total.get("status")


@pytest.mark.parametrize("table_id", TABLES)
def test_all_cells_come_back_as_the_file_prints_them(shared: Path, table_id: str) -> None:
    """The numbers and symbols after DATA= are the answer's, in the file's own order."""
    text = (shared / f"scb/spec/server/{table_id}.px").read_text(encoding=ENCODING)
    printed = text.partition("DATA=")[2].replace(";", " ").replace('"', "").split()
    pack = demo(shared, table_id)
    selection = [{"variableCode": code, "valueCodes": ["*"]} for code in pack.metadata["id"]]
    with serving([pack]) as server:
        address = f"{server.url}/tables/{table_id}/data?lang=en"
        document = httpx.post(address, json={"selection": selection}).json()
    status = document.get("status", {})
    written = [
        str(value) if value is not None else status[str(at)]
        for at, value in enumerate(document["value"])
    ]
    assert written == printed
