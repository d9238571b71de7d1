"""Tables change while the server runs, as SCB republishes them."""

from pathlib import Path

import httpx

from tests.pxweb_server import Server, editions, read_pack, serving
from tests.pxweb_server.small import small_pack, write_pack


def labels(client: httpx.Client, variable: str, table_id: str = "TAB1") -> dict[str, str]:
    """The values of a variable as /metadata gives them now."""
    document = client.get(f"/tables/{table_id}/metadata").json()
    found: dict[str, str] = document["dimension"][variable]["category"]["label"]
    return found


def test_a_new_edition_is_served_at_once(client: httpx.Client, server: Server) -> None:
    """A later `updated` and another text for a content, in metadata and in data alike."""
    edition = editions.updated_at(server.pack("TAB1"), "2025-02-21T07:00:00Z")
    server.publish(editions.relabelled(edition, "ContentsCode", "N", "Folkmängd – antal"))
    data = client.get("/tables/TAB1/data").json()
    assert data["updated"] == client.get("/tables/TAB1/metadata").json()["updated"]
    assert data["updated"] == client.get("/tables/TAB1").json()["updated"] == "2025-02-21T07:00:00Z"
    assert labels(client, "ContentsCode")["N"] == "Folkmängd – antal"
    assert data["dimension"]["ContentsCode"]["category"]["label"]["N"] == "Folkmängd – antal"
    assert (
        small_pack().metadata["dimension"]["ContentsCode"]["category"]["label"]["N"] == "Folkmängd"
    )


def test_a_table_may_announce_its_next_edition(client: httpx.Client, server: Server) -> None:
    """Metadata and data say when the table will change; a table that does not says nothing."""
    moment = "2025-02-21T07:00:00Z"
    server.publish(editions.announced_for(server.pack("TAB1"), moment))
    for way in ("metadata", "data"):
        document = client.get(f"/tables/TAB1/{way}").json()
        assert document["extension"]["px"]["nextUpdate"] == moment
        assert "nextUpdate" not in client.get(f"/tables/TAB2/{way}").json()["extension"]["px"]


def test_the_search_index_may_lag_behind(client: httpx.Client, server: Server) -> None:
    """/tables/{id} may still tell the old moment when /metadata has the new one."""
    moment = "2025-02-21T07:00:00Z"
    server.publish(editions.updated_at(server.pack("TAB1"), moment, in_search_too=False))
    assert client.get("/tables/TAB1").json()["updated"] == "2024-02-22T07:00:00Z"
    assert client.get("/tables/TAB1/metadata").json()["updated"] == moment


def test_a_shrunken_table_keeps_the_cells_of_what_remains(
    client: httpx.Client, server: Server
) -> None:
    """With two regions gone, the remaining two have the values and statuses they had."""
    server.publish(editions.narrowed(server.pack("TAB1"), "Region", ["00", "0184"]))
    assert list(labels(client, "Region")) == ["00", "0184"]
    query = "valueCodes[Region]=*&valueCodes[Kon]=1&valueCodes[ContentsCode]=N&valueCodes[Tid]=*"
    data = client.get(f"/tables/TAB1/data?{query}").json()
    assert data["value"] == [500, 510, 520, 4, None, None]
    assert data["status"] == {"4": "..", "5": "-"}


def test_an_id_may_come_to_mean_another_table(client: httpx.Client, server: Server) -> None:
    """What a table id means can be replaced, and a table can be withdrawn."""
    other = editions.relabelled(server.pack("TAB2"), "Kon", "1", "pojkar")
    server.publish(editions.renumbered(other, "TAB1"))
    server.withdraw("TAB2")
    assert labels(client, "Kon")["1"] == "pojkar"
    assert client.get("/tables/TAB2/metadata").status_code == 404
    assert client.get("/tables?includeDiscontinued=true").json()["page"]["totalElements"] == 1


def test_a_pack_read_from_files_answers_as_the_one_in_memory(tmp_path: Path) -> None:
    """Files and memory are two ways to the same answers, byte for byte."""
    folder = write_pack(small_pack(), tmp_path)
    asked = "/tables/TAB1/data?valueCodes[Region]=*&valueCodes[ContentsCode]=*&valueCodes[Tid]=*"
    bodies = []
    for packs in (tmp_path, folder, [read_pack(folder)], [small_pack()]):
        with serving(packs) as server:
            bodies.append(httpx.get(server.url + asked).content)
    assert len(set(bodies)) == 1
