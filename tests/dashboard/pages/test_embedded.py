from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import CATALOGUE, publish

VIEW = "/inbaddad/indikator/employment_rate"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over invented figures, framed by one site."""
    data: Path = tmp_path_factory.mktemp("embedded")
    publish(data, example=True)
    given = opened(data, CATALOGUE, settings=settings(frame_ancestors="https://www.example.org"))
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


def test_an_embedded_view_is_heading_chart_source_and_the_way_here(client: FlaskClient) -> None:
    """Nothing of the site's frame, no table, no controls; invented figures still say so."""
    page = shown(client, VIEW, "?region=0127")
    words = text(page).replace("  ", " ")

    assert [text(one) for one in found(page, "H1")] == ["Sysselsatta"]
    assert "Sysselsatta i Botkyrka, i Stockholms län och i riket 2003–2024" in words
    assert "Exempeldata – inte statistik" in words
    assert "Källa: SCB, tabell TAB4881" in words
    assert len(found(page, "Graph")) == 1
    for kind in ("Header", "Nav", "Footer", "Table", "Select", "Button"):
        assert found(page, kind) == []
    (way,) = found(page, "A")
    assert way["props"]["href"] == "/indikator/employment_rate?region=0127"
    assert way["props"]["target"] == "_blank"


def test_lines_are_named_where_the_chart_does_not(client: FlaskClient) -> None:
    """In a narrow frame the labels at the ends of lines are gone; the key is not."""
    page = shown(client, VIEW, "?region=0127", narrow=True)
    items = [text(one) for one in found(page, "Li")]

    assert items == ["Botkyrka", "Stockholms län", "Riket"]


@pytest.mark.parametrize("way", ["jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell"])
def test_every_view_can_be_embedded(client: FlaskClient, way: str) -> None:
    """The same link shows the same view, without its table twin."""
    page = shown(client, VIEW, f"?region=0127&vy={way}")

    assert len(found(page, "H1")) == 1
    assert found(page, "Graph") or way == "tabell"


def test_only_embedded_views_may_be_framed_and_only_by_those_named(client: FlaskClient) -> None:
    """The site decides who may show it inside another page."""
    embedded = client.get(VIEW).headers["Content-Security-Policy"]
    whole = client.get("/indikator/employment_rate").headers["Content-Security-Policy"]

    assert "frame-ancestors https://www.example.org;" in embedded
    assert "frame-ancestors 'none';" in whole


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (VIEW, 200),
        ("/inbaddad/indikator/nej", 404),
        ("/inbaddad/om", 404),
        ("/inbaddad/", 404),
        ("/inbaddad/inbaddad/indikator/employment_rate", 404),
        (f"{VIEW}?version=20200101T000000Z-00000000", 410),
    ],
)
def test_an_embedded_address_has_the_status_of_a_page(
    client: FlaskClient, path: str, status: int
) -> None:
    """An unknown one is an honest 404, a version that is gone 410."""
    assert client.get(path).status_code == status


def test_what_the_link_asks_in_vain_is_said_inside_the_frame(client: FlaskClient) -> None:
    """A wrong region costs only itself."""
    words = text(shown(client, VIEW, "?region=9999")).replace("  ", " ")

    assert "Okänd region i länken: ”9999”" in words
    assert "Sysselsatta i riket" in words
