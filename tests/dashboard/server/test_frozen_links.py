from pathlib import Path

from flask.testing import FlaskClient

from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import FIRST, SECOND, publish

EMPLOYMENT = "/indikator/employment_rate"


def test_a_published_version_is_seen_by_the_next_reader(client: FlaskClient, data: Path) -> None:
    """No restart: the footer names the version that answered."""
    assert FIRST in text(shown(client, "/"))
    publish(data, version=SECOND)

    assert SECOND in text(shown(client, "/"))


def test_a_fixed_link_shows_its_version_and_offers_the_newer(
    client: FlaskClient, data: Path
) -> None:
    """What was agreed on in a meeting stays as it was, and says that there is more."""
    publish(data, version=SECOND)
    page = shown(client, EMPLOYMENT, f"?region=0127&version={FIRST}")

    assert "Det finns nyare uppgifter." in text(page)
    assert f"version {FIRST}" in text(page)
    assert f"{EMPLOYMENT}?region=0127" in [
        one["props"]["href"] for one in found(page, "Link") if text(one) == "Visa dem"
    ]
    assert "nyare uppgifter" not in text(shown(client, EMPLOYMENT, f"?version={SECOND}"))


def test_a_version_that_is_gone_is_said_with_a_way_on(client: FlaskClient) -> None:
    """A link of long ago is answered honestly: 410, and the same page of today."""
    gone = "20200101T000000Z-0a1b2c3d"
    page = shown(client, EMPLOYMENT, f"?region=0127&version={gone}")

    assert "Versionen finns inte kvar" in text(found(page, "H1"))
    assert client.get(f"{EMPLOYMENT}?region=0127&version={gone}").status_code == 410
    assert client.get(f"{EMPLOYMENT}?version={FIRST}").status_code == 200


def test_the_years_of_a_link_are_those_that_are_shown(client: FlaskClient) -> None:
    """A fixed link keeps its period: table, heading and sentences end with it."""
    page = shown(client, EMPLOYMENT, "?region=0127&ar=2014-2018")
    (table,) = found(page, "Table")

    assert "2014–2018" in text(found(page, "H2")[0])
    assert len(found(found(table, "Tbody"), "Tr")) == 5
    assert "År 2018 var" in text(page)
    assert "2019" not in text(table)


def test_years_without_figures_are_said_and_all_shown(client: FlaskClient) -> None:
    """A period outside the source costs that part of the link only."""
    page = shown(client, EMPLOYMENT, "?region=0127&ar=1950-1960")

    assert "Det finns inga uppgifter att visa för åren 1950–1960. Alla år visas." in text(page)
    assert found(page, "Graph")


def test_from_a_version_that_is_gone_the_menu_leads_to_todays_pages(client: FlaskClient) -> None:
    """A way on must not end where it began; the other language stays with the same link."""
    gone = "20200101T000000Z-0a1b2c3d"
    page = shown(client, "/", f"?region=0127&version={gone}")
    menu = [one["props"]["href"] for one in found(found(page, "Nav"), "Link")]

    assert len(menu) > 5
    assert not [href for href in menu if gone in href]
    assert gone in found(found(page, "Header"), "Link")[-1]["props"]["href"]


def test_every_page_leads_to_the_accessibility_statement(client: FlaskClient) -> None:
    """The act asks for a statement that is found from wherever a reader stands."""
    for path in ("/", EMPLOYMENT, "/om", "/finns-inte"):
        (foot,) = found(shown(client, path, "?region=0127"), "Footer")
        assert found(foot, "Link")[0]["props"]["href"] == "/om/tillganglighet?region=0127"
