"""When the source will publish next: announced in its metadata, told beside the figures."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from etl.source.jsonstat import document_dataset
from tests.etl.documents import Codes, document
from tests.etl.running import PACKS_CATALOGUE, etl, rows
from tests.pxweb_server import Server, editions, serving

AXES: dict[str, Codes] = {"ContentsCode": ("N",), "Tid": ("2020",)}
MOMENT = "2199-02-18T07:00:00Z"


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """Serve two real tables, of which one announces its next edition and one a thing unreadable."""
    with serving(shared / "scb" / "packs", calls=200, window=1.0) as running:
        running.publish(editions.announced_for(running.pack("TAB5169"), MOMENT))
        running.publish(editions.announced_for(running.pack("TAB9002"), "hösten"))
        yield running


@pytest.fixture(scope="module")
def data(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run of the pipeline over them."""
    folder = tmp_path_factory.mktemp("announced")
    etl("run", "--api", server.url, "--data", folder, "--catalogue", PACKS_CATALOGUE)
    return folder


def test_the_recorded_announcement_is_read_from_the_metadata(shared: Path) -> None:
    """PxWebApi's own answer of TAB003: NEXT-UPDATE of its .px file, 16:13 in Sweden, in UTC."""
    path = shared / "scb/spec/server/expected_MetadataById_tab003_js2.json"

    found = document_dataset(json.loads(path.read_text(encoding="utf-8-sig")))

    assert found.next_update == "2024-05-25T14:13:00Z"


@pytest.mark.parametrize("name", ["TAB6471_metadata.json", "TAB6471_data.json"])
def test_scb_s_recorded_answers_announce_nothing(shared: Path, name: str) -> None:
    """Without an announcement there is none; no date is made up."""
    text = (shared / "scb/recorded/pxwebpy" / name).read_text(encoding="utf-8-sig")

    assert document_dataset(json.loads(text)).next_update == ""


@pytest.mark.parametrize("extension", [{}, {"px": None}, {"px": []}, {"px": {"nextUpdate": None}}])
def test_a_table_is_read_whatever_stands_for_its_announcement(extension: object) -> None:
    """A courtesy of the source never costs us its figures."""
    assert document_dataset(document(AXES) | {"extension": extension}).next_update == ""


@pytest.mark.slow
def test_an_announced_update_stands_with_its_table(data: Path) -> None:
    """The moment in UTC where one is announced, and nothing where none is or none can be read."""
    found = dict(rows(data, "SELECT table_id, next_update FROM source_table"))

    assert found.pop("TAB5169") == datetime(2199, 2, 18, 7)
    assert "TAB9002" in found
    assert set(found.values()) == {None}


@pytest.mark.slow
def test_the_status_tells_when_the_source_publishes_next(data: Path) -> None:
    """In a line for people, and for machines with the table that it is about."""
    command = ("status", "--data", data, "--catalogue", PACKS_CATALOGUE)
    told = json.loads(etl(*command, "--json").output)

    assert told["next_update"] == MOMENT
    assert {one["table"]: one["next_update"] for one in told["sources"]}["TAB5169"] == MOMENT
    assert f"next update announced by the source: {MOMENT}" in etl(*command).output
