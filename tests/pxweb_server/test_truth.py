"""Published figures, read from their sources and not from the packs, through the server."""

import csv
from pathlib import Path

import httpx
import pytest

from tests.pxweb_server import serving

PACKS = ("TAB389", "TAB4881", "TAB5169", "TAB6383", "TAB6572", "TAB9001", "TAB9002")


@pytest.mark.parametrize("table_id", PACKS)
def test_the_published_figures_stand_at_their_codes(shared: Path, table_id: str) -> None:
    """Each spot figure is answered exactly, or as null with `..` where the source has none."""
    folder = shared / "scb/packs" / table_id
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    with serving(folder, calls=100_000) as server, httpx.Client(base_url=server.url) as client:
        for row in rows:
            codes = dict(part.split("=", 1) for part in row["selection"].split(";"))
            query = {f"valueCodes[{name}]": code for name, code in codes.items()}
            document = client.get(f"/tables/{table_id}/data", params=query).json()
            if row["expected"] == "..":
                assert (document["value"], document["status"]) == ([None], {"0": ".."}), row
            else:
                assert document["value"] == [float(row["expected"])], row
