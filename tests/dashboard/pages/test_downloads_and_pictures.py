import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.rendered import components, found, shown
from tests.dashboard.warehouse import CATALOGUE, FIRST, publish

PAGE = "/indikator/employment_rate"
CHARTS = ("tid", "jamfor", "tvaar", "karta", "grupper", "skillnader")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over invented figures, at an address of its own."""
    data: Path = tmp_path_factory.mktemp("taking")
    publish(data, example=True)
    given = opened(data, CATALOGUE, settings=settings(address="https://panel.example.org"))
    server: Flask = create_app(given).server
    yield server.test_client()
    given.warehouses.close()


def controls(page: Any) -> list[dict[str, Any]]:
    """What stands under each chart: the words of its picture."""
    menus = [
        one["props"] for one in components(page) if one["props"].get("className") == "takeaway"
    ]
    return [menu for menu in menus if "data-heading" in menu]


@pytest.mark.parametrize("way", CHARTS)
def test_every_chart_can_be_saved_as_a_picture(client: FlaskClient, way: str) -> None:
    """As many controls as charts, each with title, reading, source, date and version."""
    page = shown(client, PAGE, f"?region=0127&vy={way}")
    under = controls(page)

    assert len(under) == len(found(page, "Graph")) > 0
    for one in under:
        assert "Sysselsatta" in one["data-heading"]
        assert one["data-subline"]
        sources = one["data-sources"].split("\n")
        assert sources[0].startswith("Exempeldata – inte statistik · Källa: SCB, tabell TAB")
        assert "hämtad" in sources[0]
        assert sources[-1] == f"Integrationspanelen, dataversion {FIRST}"


def test_where_there_is_no_chart_there_is_no_picture(client: FlaskClient) -> None:
    """Nykvarn has no figures of open unemployment; a table is no chart."""
    assert not controls(shown(client, "/indikator/open_unemployment", "?region=0140"))
    assert not controls(shown(client, PAGE, "?region=0127&vy=tabell"))


def test_a_picture_is_named_after_what_it_shows(client: FlaskClient) -> None:
    """Indicator, region, view and version; that it is invented comes first."""
    page = shown(client, PAGE, "?region=0127&vy=jamfor")
    names = [
        one["props"]["data-name"]
        for one in found(page, "Button")
        if one["props"].get("className") == "picture"
    ]

    stem = f"exempeldata_employment_rate_0127-Botkyrka_Jamfor_{FIRST}"
    assert names == [f"{stem}.png", f"{stem}.svg"]


@pytest.mark.parametrize("way", ["grupper", "skillnader"])
def test_pictures_of_one_page_have_names_of_their_own(client: FlaskClient, way: str) -> None:
    """Saved one after the other, none takes the place of another."""
    page = shown(client, PAGE, f"?region=00&vy={way}")
    names = [one["props"].get("data-name") for one in found(page, "Button")]
    names = [name for name in names if name]

    assert names
    assert len(set(names)) == len(names)


def test_a_map_explains_its_colours_in_the_picture(client: FlaskClient) -> None:
    """The legend is beside the map on the page, and must be inside the picture."""
    (one,) = controls(shown(client, PAGE, "?region=0127&vy=karta"))
    key = json.loads(one["data-key"])

    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour, _ in key)
    assert len(key) > 1
    assert all("region" in words for _, words in key)


def test_a_narrow_chart_names_its_lines_in_the_picture(client: FlaskClient) -> None:
    """A wide one has the names at the ends of its lines."""
    (narrow,) = controls(shown(client, PAGE, "?region=0127", narrow=True))
    (wide,) = controls(shown(client, PAGE, "?region=0127"))

    assert [words for _, words in json.loads(narrow["data-key"])] == [
        "Botkyrka",
        "Stockholms län",
        "Riket",
    ]
    assert json.loads(wide["data-key"]) == []


def test_the_files_of_a_view_are_on_its_page(client: FlaskClient) -> None:
    """Six formats of what is shown and of the whole, at addresses that give files."""
    page = shown(client, PAGE, "?region=0127&jamfor=0180&bakgrund=SE")
    links = [
        one["props"]["href"]
        for one in found(page, "A")
        if one["props"].get("href", "").startswith("/ladda-ner/")
    ]

    assert links[:3] == [
        "/ladda-ner/employment_rate.csv?region=0127&jamfor=0180&bakgrund=SE&flavour=excel",
        "/ladda-ner/employment_rate.csv?region=0127&jamfor=0180&bakgrund=SE",
        "/ladda-ner/employment_rate.xlsx?region=0127&jamfor=0180&bakgrund=SE",
    ]
    assert len(links) == 12
    assert sum("omfang=allt" in one for one in links) == 6
    for one in (links[0], links[5], links[7]):
        answer = client.get(one)
        assert answer.status_code == 200, one
        assert "attachment" in answer.headers["Content-Disposition"]


def test_the_code_to_embed_names_the_view_and_who_may_use_it(client: FlaskClient) -> None:
    """The whole link in quotes that its own signs cannot break."""
    page = shown(client, PAGE, "?region=0127&vy=jamfor")
    (field,) = found(page, "Textarea")

    assert field["props"]["value"] == (
        '<iframe src="https://panel.example.org/inbaddad/indikator/employment_rate?region=0127'
        '&amp;vy=jamfor" title="Sysselsatta i kommunerna i Stockholms län 2024" width="100%"'
        ' height="720" style="border:0" loading="lazy"></iframe>'
    )
    assert field["props"]["readOnly"] is True
    said = [one["props"]["children"] for one in found(page, "P")]
    assert any(str(one).startswith("Ingen webbplats har ännu tillåtits") for one in said)
