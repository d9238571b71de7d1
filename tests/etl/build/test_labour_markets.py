"""SCB's local labour markets: fetched as a list of codes, kept, and groups like any other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.etl.running import CATALOGUE, etl, rows
from tests.pxweb_server import Server, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline

TABLE = "TAB6383"
CODELIST = "agg_RegionLA2018"


def listed(*values: tuple[str, str, list[str]]) -> dict[str, Any]:
    """A list of codes as the API sends it: code, label and members of each."""
    return {
        "id": CODELIST,
        "label": "Lokala arbetsmarknader 2018",
        "language": "sv",
        "languages": ["sv"],
        "elimination": False,
        "type": "Aggregation",
        "values": [
            {"code": code, "label": label, "valueMap": members} for code, label, members in values
        ],
        "links": [],
    }


STOCKHOLM = ("01LA", "Stockholm-Solna", ["0114", "0127", "9999"])
UPPSALA = ("02LA", "Uppsala", ["0330", "0380"])


@pytest.fixture
def server(shared: Path) -> Iterator[Server]:
    """Serve one real pack, whose lists of codes a test may change."""
    with serving([shared / "scb" / "packs" / TABLE], calls=300, window=1.0) as running:
        yield running


def publish(server: Server, document: dict[str, Any]) -> None:
    """Serve the list beside the table."""
    pack = server.pack(TABLE)
    server.publish(replace(pack, codelists={**pack.codelists, CODELIST: document}))


def run(server: Server, data: Path) -> str:
    """Fetch and build; what was said."""
    found = etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)
    assert found.code == 3, found.output
    return found.output


def groups(data: Path) -> dict[str, list[str]]:
    """The labour markets of the current warehouse with their members."""
    return dict(
        rows(
            data,
            """
            SELECT region, list(member ORDER BY member) FROM region_member
            WHERE region LIKE 'la-%' GROUP BY region
            """,
        )
    )


def test_labour_markets_become_groups_with_the_municipalities_that_there_are(
    server: Server, tmp_path: Path
) -> None:
    """Codes with la-, level group, names in both languages; 9999 is no municipality."""
    publish(server, listed(STOCKHOLM, UPPSALA))
    run(server, tmp_path)

    assert groups(tmp_path) == {"la-01la": ["0114", "0127"], "la-02la": ["0330", "0380"]}
    assert rows(tmp_path, "SELECT name, level, locative_sv FROM region WHERE code = 'la-02la'") == [
        ("Uppsala (lokal arbetsmarknad)", "group", "i den lokala arbetsmarknaden Uppsala")
    ]


def test_the_list_is_landed_once_and_stays_when_it_is_gone_or_damaged(
    server: Server, tmp_path: Path
) -> None:
    """The same bytes are not kept twice; what was there last is what is built from."""
    publish(server, listed(STOCKHOLM))
    run(server, tmp_path)
    run(server, tmp_path)
    folder = tmp_path / "landing" / CODELIST
    assert len(list(folder.glob("*.json"))) == 1

    publish(server, {**listed(), "values": "nonsense"})
    run(server, tmp_path)
    assert groups(tmp_path) == {"la-01la": ["0114", "0127"]}
    assert etl("prune", "--data", tmp_path).code == 0
    assert len(list(folder.glob("*.json"))) == 1


def test_a_changed_list_makes_a_new_version(server: Server, tmp_path: Path) -> None:
    """The members of a group are part of what is published."""
    publish(server, listed(STOCKHOLM))
    run(server, tmp_path)
    before = etl("path", "--data", tmp_path).output
    publish(server, listed(STOCKHOLM, UPPSALA))
    run(server, tmp_path)

    assert etl("path", "--data", tmp_path).output != before
    assert "la-02la" in groups(tmp_path)


def test_without_a_list_there_is_a_warning_and_nothing_else_changes(
    server: Server, tmp_path: Path
) -> None:
    """The API has no such list: the figures are there all the same."""
    output = run(server, tmp_path)

    assert "it has not been fetched: no local labour markets" in output
    assert groups(tmp_path) == {}
    told = orjson.loads(
        etl("status", "--json", "--data", tmp_path, "--catalogue", CATALOGUE).output
    )
    assert any(CODELIST in warning for warning in told["warnings"])
    assert told["indicators"]["employment_rate"]["observations"]
