"""`/liknande` where municipalities lack a criterion, or are equally near: all of it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import asked
from tests.dashboard.rendered import shown, text
from tests.dashboard.similar_warehouse import (
    OTHERS,
    REGION,
    YEARS,
    publish_similar,
    similar_rows,
)
from tests.dashboard.warehouse import ROOT

ONLY = "vikter=rented_share:1,population:0,aged_20_64_share:0,skr:0"
HIDDEN = OTHERS[2]
# The own one, and the others but the hidden one: three at 41, and the rest farther away.
RENTED = dict(zip((REGION, *(code for code in OTHERS if code != HIDDEN)),
                  (40, 41, 41, 41, 43, 44, 45, 46, 47), strict=True))  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over ten municipalities, of which one has a hidden share of tenants."""
    folder: Path = tmp_path_factory.mktemp("lacking")
    tenants = [
        ("rented_share", code, year, "_T", "_T", share, None if share else "..", "boende",
         "published")
        for code, share in {**RENTED, HIDDEN: None}.items()
        for year in YEARS
    ]  # fmt: skip
    publish_similar(folder, observations=[*similar_rows(), *tenants])
    given = opened(folder, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


def test_who_lacks_a_criterion_is_left_out_and_named(client: FlaskClient) -> None:
    """A hidden figure is no zero and no nearness."""
    page = text(shown(client, "/liknande", f"?region={REGION}&{ONLY}&grannar=20"))
    answer = asked(client, f"/similar?region={REGION}&{ONLY.replace('vikter', 'weights')}")

    assert "En kommun saknar uppgift om boende i hyresrätt och är inte med: Kommun 3." in page
    assert answer["meta"]["lacking"] == {"rented_share": [HIDDEN]}
    assert HIDDEN not in [row["region"] for row in answer["data"]]


def test_ties_share_a_place_and_who_is_left_out_by_one_is_named(client: FlaskClient) -> None:
    """Three are at 41: all of them share the first place, the order is that of the codes."""
    page = text(shown(client, "/liknande", f"?region={REGION}&{ONLY}&grannar=5"))
    answer = asked(
        client, f"/similar?region={REGION}&{ONLY.replace('vikter', 'weights')}&neighbours=5"
    )

    assert "Kommuner med samma avstånd delar plats och står efter kommunkod." in page
    assert [row["place"] for row in answer["data"]][1:] == [1, 1, 1, 4, 5]
    names = [row["region"] for row in answer["data"]][1:4]
    assert names == sorted(code for code, share in RENTED.items() if share == 41)


def test_the_own_one_that_lacks_a_criterion_is_told_so(client: FlaskClient) -> None:
    """Nobody can be near in what is not known: the other criteria are used."""
    page = text(shown(client, "/liknande", f"?region={HIDDEN}&vikter=rented_share:3"))

    assert "Boende i hyresrätt räknas inte, för Kommun 3 saknar uppgift." in page


def test_criteria_that_the_version_lacks_are_told_so(client: FlaskClient) -> None:
    """The published method goes on without them, and says which."""
    page = text(shown(client, "/liknande", f"?region={REGION}"))

    assert "Eftergymnasial utbildning räknas inte, för uppgiften saknas i källan." in page
    assert "Födda utanför Europa räknas inte, för uppgiften saknas i källan." in page


def test_where_no_criterion_can_be_used_it_says_so(client: FlaskClient) -> None:
    """Only what the source lacks: no list, and the reason."""
    search = f"?region={REGION}&vikter=population:0,aged_20_64_share:0,post_secondary_share:3"
    page = text(shown(client, "/liknande", search))
    heat = text(shown(client, "/jamfor", f"{search}&jamfor=liknande"))

    assert "För Kommun 0 finns inga liknande kommuner att visa." in page
    assert "De valda kriterierna saknas" in page
    assert "För Kommun 0 finns inga liknande kommuner att visa." in heat
