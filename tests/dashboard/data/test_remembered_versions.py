"""Nothing that is remembered of one version is shown with another."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.server.app import create_app
from tests.dashboard.area_warehouse import publish_areas
from tests.dashboard.rendered import shown
from tests.dashboard.similar_warehouse import publish_similar
from tests.dashboard.union_warehouse import publish_unions
from tests.dashboard.warehouse import ROOT, SECOND, publish

# What a new version may change: figures, names, members, groups, years, problems, codes.
CHANGES = """
UPDATE observation SET value = 1 + value * (1 + (ascii(right(region::VARCHAR, 1)) % 5) / 10);
UPDATE latest SET value = 1 + value * (1 + (ascii(right(region::VARCHAR, 1)) % 5) / 10);
UPDATE headline SET value = 1 + value * (1 + (ascii(right(region::VARCHAR, 1)) % 5) / 10);
UPDATE region SET name = 'Nya ' || name, locative_sv = 'i Nya ' || name,
                  locative_en = 'in New ' || name;
INSERT INTO region BY NAME
    SELECT '9999' AS code, 'Nystad' AS name, 'municipality' AS level, '01' AS parent,
           'i Nystad' AS locative_sv, 'in Nystad' AS locative_en;
DELETE FROM region_member
    WHERE region NOT LIKE 'grupp-%' AND member = (SELECT max(member) FROM region_member);
UPDATE region_member SET confirmed_by = 'Någon', confirmed_on = '2026-11-01';
INSERT INTO category VALUES ('background', 'NYA', 'origin', 'Nya', 'New', 99);
INSERT INTO source_problem
    SELECT DISTINCT indicator, segment, 'x#0', true, 'SCB svarade inte.' FROM observation
    WHERE indicator IN ('employment_rate', 'area_unemployed_share');
DELETE FROM observation WHERE indicator IN ('net_migration', 'mover_balance');
DELETE FROM latest WHERE indicator IN ('net_migration', 'mover_balance');
DELETE FROM headline WHERE indicator IN ('net_migration', 'mover_balance');
DELETE FROM observation WHERE indicator = 'employment_rate' AND (
    period = (SELECT max(period) FROM observation WHERE indicator = 'employment_rate')
    OR background = 'SE' AND region <> '00');
"""
API = "/api/v1"
ADDRESSES: tuple[tuple[Callable[[Path], Path], tuple[str, ...]], ...] = (
    (
        publish,
        (
            *("/?region=0127", "/?region=0127&lang=en", "/data", "/data?sok=nya", "/rapport-2010"),
            "/indikator/employment_rate?region=0127",
            "/indikator/employment_rate?region=0127&bakgrund=SE,SAMUTF",
            "/indikator/employment_rate?region=0127&vy=jamfor",
            "/indikator/employment_rate?region=0127&vy=jamfor&ar=2030",
            "/indikator/net_migration?region=0127",
            "/ladda-ner/employment_rate.csv?region=0127&vy=tabell",
            f"{API}/indicators",
            f"{API}/observations?indicator=employment_rate&region=9999",
            f"{API}/observations?indicator=employment_rate&region=0127&background=NYA",
        ),
    ),
    (
        publish_similar,
        (
            "/jamfor?region=0115&jamfor=liknande",
            "/indikator/employment_rate?region=0115&jamfor=skr",
            "/briefing?region=0115&indikatorer=employment_rate",
        ),
    ),
    (publish, ("/jamfor?region=0127&indikatorer=employment_rate&sortering=kod",)),
    (publish_unions, ("/?region=grupp-tva", "/indikator/employment_rate?region=grupp-tva")),
    (publish_areas, ("/omraden?region=0127", "/omraden?region=0127&indikatorer=mover_balance")),
)
CASES = [(published, address) for published, addresses in ADDRESSES for address in addresses]


def answer(client: FlaskClient, address: str) -> str:
    """What an address shows: the page as its reader gets it, or the file."""
    if address.startswith((API, "/ladda-ner")):
        return str(client.get(address).text)
    path, _, search = address.partition("?")
    return json.dumps(shown(client, path, f"?{search}"))


def publish_changed(data: Path) -> None:
    """Publish a second version: the first with `CHANGES`."""
    (first,) = data.glob("warehouse-*.duckdb")
    second = data / f"warehouse-{SECOND}.duckdb"
    copyfile(first, second)
    with duckdb.connect(second) as connection:
        connection.execute(CHANGES)
        connection.execute("UPDATE run SET version = ?", [SECOND])
    pointer = json.loads((data / "warehouse.json").read_text(encoding="utf-8"))
    pointer |= {"version": SECOND, "file": second.name}
    (data / "warehouse.json").write_text(json.dumps(pointer), encoding="utf-8")


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[str, str, str]]:
    """Of each address what it shows of the first version, then of the second, and of it alone."""
    known: dict[str, tuple[str, str, str]] = {}
    for published, addresses in ADDRESSES:
        data = tmp_path_factory.mktemp("versions")
        published(data)
        warm = context_of(data)
        client = create_app(warm).server.test_client()
        before = [answer(client, address) for address in addresses]
        publish_changed(data)
        after = [answer(client, address) for address in addresses]
        cold = context_of(data)
        client = create_app(cold).server.test_client()
        alone = [answer(client, address) for address in addresses]
        known |= dict(zip(addresses, zip(before, after, alone, strict=True), strict=True))
        warm.warehouses.close()
        cold.warehouses.close()
    return known


def context_of(data: Path) -> Context:
    """What the application is given, over the shipped catalogue."""
    return opened(data, ROOT / "indicators.yaml")


@pytest.mark.parametrize("address", [address for _, address in CASES])
def test_a_new_version_shows_nothing_of_the_one_before(
    answers: dict[str, tuple[str, str, str]], address: str
) -> None:
    """A process that has answered from the old version answers as one that never knew it."""
    before, after, alone = answers[address]

    assert before != alone
    assert after == alone
