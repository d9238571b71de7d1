"""pxwebpy, a client that knows nothing of this server, gets the cells that the packs hold."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pxweb
import pytest

from tests.pxweb_server import Server, serving
from tests.pxweb_server.variables import ordered_codes

PACKS = ("TAB389", "TAB4881", "TAB5169", "TAB6383", "TAB6572", "TAB9001", "TAB9002")


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """All packs, with calls enough for a client that does not keep the limit."""
    with serving(shared / "scb/packs", calls=100_000) as running:
        yield running


@pytest.fixture(scope="module")
def api(server: Server) -> Iterator[Any]:
    """The independent client at the stand-in's address."""
    ready: Any = pxweb.PxApi(server.url, language="sv", max_workers=1, disable_cache=True)
    yield ready
    ready._client.session.close()


def document(shared: Path, table_id: str, name: str) -> Any:
    """A file of a pack as it stands."""
    return json.loads((shared / "scb/packs" / table_id / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("table_id", PACKS)
def test_an_independent_client_gets_every_cell(shared: Path, api: Any, table_id: str) -> None:
    """Every value of a pack arrives at its codes, also where the client must split its calls."""
    metadata = document(shared, table_id, "metadata.json")
    dimensions = {metadata["dimension"][code]["label"]: code for code in metadata["id"]}
    asked = {code: ["*"] for code in metadata["id"]}
    rows = api.get_table_data(table_id, value_codes=asked, show="code")
    got = {tuple(row[label] for label in dimensions): row["value"] for row in rows}

    codes = [ordered_codes(metadata["dimension"][code]) for code in dimensions.values()]
    held = document(shared, table_id, "cells.json")["value"]
    assert got == dict(zip(itertools.product(*codes), held, strict=True))
    assert len(rows) == len(held)


def test_an_independent_client_reads_through_a_codelist(shared: Path, api: Any) -> None:
    """The counties by their value set, of which the pack has figures for Halland: 2019 is there."""
    rows = api.get_table_data(
        "TAB9001",
        value_codes={"Region": ["*"], "ContentsCode": ["BE0101N1"], "Tid": ["2019"]},
        code_list={"Region": "vs_RegionLän07"},
        show="code",
    )
    metadata = document(shared, "TAB9001", "metadata.json")
    cells = document(shared, "TAB9001", "cells.json")["value"]
    regions, years = (
        ordered_codes(metadata["dimension"]["Region"]),
        ordered_codes(metadata["dimension"]["Tid"]),
    )
    halland = cells[regions.index("13") * len(years) + years.index("2019")]
    got = {row["region"]: row["value"] for row in rows}
    assert len(got) == 21
    assert halland is not None
    assert got["13"] == halland


def test_an_independent_client_finds_tables(api: Any) -> None:
    """Search, closed tables on request, and paths work for it as at SCB."""
    assert [table["id"] for table in api.search(query="födelseregion")["tables"]] == ["TAB6572"]
    closed = api.search(query="arbetsmarknadsvariabler", include_discontinued=True)["tables"]
    assert [table["id"] for table in closed] == ["TAB389", "TAB4881", "TAB6383"]
    assert {table["id"] for table in api.tables_on_path("BE0101Y")} == {"TAB6572"}


def test_an_independent_client_comes_through_a_429(shared: Path) -> None:
    """It waits as Retry-After says, asks again, and then gets its table."""
    with serving(shared / "scb/packs", faults="429:2:0") as server:
        client: Any = pxweb.PxApi(server.url, language="sv", max_workers=1, disable_cache=True)
        ids = [client.get_table_metadata(table_id)["id"] for table_id in ("TAB6572", "TAB9002")]
        client._client.session.close()
    assert ids[1] == ["Region", "ContentsCode", "Tid"]
    assert [call.status for call in server.calls[2:]] == [200, 429, 200]
