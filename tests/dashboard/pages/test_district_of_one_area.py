"""A neighbourhood that is one area has that area's figures, under its own name, on every page."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.area_warehouse import BALANCE, STUDYING
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import publish
from tests.source import ROOT

FITTJA, AREA, ALBY = "stadsdel-fittja", "0127R005", "stadsdel-alby"
FIGURES = (
    (BALANCE, AREA, "2021", "_T", 87.4, None, "rams"),
    (BALANCE, AREA, "2020", "_T", None, "..", "rams"),
    (BALANCE, "0127R001", "2021", "_T", 90.0, None, "rams"),
    (BALANCE, "0127R001", "2020", "_T", 91.0, None, "rams"),
    (BALANCE, "0127R002", "2021", "_T", None, "..", "rams"),
    (BALANCE, "0127", "2021", "_T", 96.0, None, "rams"),
    (STUDYING, AREA, "2023", "SE", 31.5, None, "stativ"),
    (STUDYING, "0127", "2023", "SE", 30.0, None, "stativ"),
)
REGIONS = (
    (FITTJA, "Fittja (stadsdel i Botkyrka)", "stadsdel", "Fittja"),
    (ALBY, "Alby (Botkyrka)", "stadsdel", "Alby"),
    (AREA, "Fittja (Botkyrka)", "regso", "Fittja (Botkyrka)"),
    ("0127R001", "Albyberget (Botkyrka)", "regso", "Albyberget (Botkyrka)"),
    ("0127R002", "Albydalen (Botkyrka)", "regso", "Albydalen (Botkyrka)"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Fittja is one area; Alby is two, of which one is hidden in 2021 and lacks 2020."""
    folder = tmp_path_factory.mktemp("one")
    rows = [
        (id, region, year, "_T", background, value, status, segment, "published")
        for id, region, year, background, value, status, segment in FIGURES
    ]
    with duckdb.connect(publish(folder, observations=rows)) as connection:
        connection.executemany(
            "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level,"
            " 'RegSO 2020' AS division, '0127' AS parent,"
            " 'i ' || ? AS locative_sv, 'in ' || ? AS locative_en",
            [(*region, region[-1]) for region in REGIONS],
        )
        connection.executemany(
            "INSERT INTO region_member (region, member) VALUES (?, ?)",
            [(FITTJA, AREA), (ALBY, "0127R001"), (ALBY, "0127R002")],
        )
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


def _page(client: FlaskClient, path: str, query: str) -> str:
    page = text(shown(client, path, f"?{query}"))
    assert "ingen sammanlagd uppgift" not in page.partition("Stadsdelarna i")[0]
    assert "no figure for" not in page
    assert "edianen av 1 " not in page
    return page


def test_what_no_rule_unites_is_said_of_the_neighbourhood(client: FlaskClient) -> None:
    """87.4 is the mover balance of 0127R005, and so of Fittja; its borders are approximate."""
    swedish = _page(client, f"/indikator/{BALANCE}", f"region={FITTJA}")
    assert "87,4" in swedish
    assert "i Fittja" in swedish
    assert (
        "Uppgiften för Fittja är densamma som för dess enda RegSO-område. "
        "Områdets gräns avviker från stadsdelens." in swedish
    )
    assert "beräknad ur" not in swedish
    english = _page(client, f"/indikator/{BALANCE}", f"region={FITTJA}&lang=en")
    assert "The figure for Fittja is that of its only RegSO area." in english


def test_a_group_without_weights_is_that_of_the_area(client: FlaskClient) -> None:
    """Nobody publishes the young born in Sweden of an area; their share is published."""
    page = _page(client, f"/indikator/{STUDYING}", f"region={FITTJA}&bakgrund=SE")
    assert "31,5" in page
    assert "vägt medel" not in page


def test_a_hidden_figure_is_hidden_by_the_source(client: FlaskClient) -> None:
    """The symbol of the area stands in the table of the neighbourhood."""
    page = shown(client, f"/indikator/{BALANCE}", f"?region={FITTJA}")
    (hidden,) = [text(row) for row in found(page, "Tr") if text(row).startswith("2020")]
    assert ".." in hidden


def test_lists_and_comparisons_have_the_figure(client: FlaskClient) -> None:
    """Fittja has a row of its own; Alby, of two areas, stays with its areas."""
    listed = _page(client, "/omraden", f"region=0127&indikatorer={BALANCE}")
    assert "Fittja (stadsdel)" in listed
    assert "Alby (stadsdel)" not in listed
    for path in ("/", "/jamfor", "/briefing"):
        assert "87,4" in _page(client, path, f"region={FITTJA}&indikatorer={BALANCE}"), path


def test_a_county_lists_one_area_as_its_neighbourhood_and_the_areas_of_the_others(
    client: FlaskClient,
) -> None:
    """Nothing of Alby is lost because Fittja has a figure."""
    page = shown(client, "/omraden", f"?region=01&indikatorer={BALANCE}")
    names = [text(row) for row in found(found(page, "Table")[0], "Tr")]
    assert any(name.startswith("Fittja (stadsdel i Botkyrka)") for name in names)
    assert any(name.startswith("Alby: Albyberget") for name in names)
    assert not any(name.startswith("Fittja Fittja") for name in names)


def test_there_is_no_median_where_one_area_of_two_has_a_figure(client: FlaskClient) -> None:
    """The median of one is its figure under another name."""
    page = text(shown(client, f"/indikator/{BALANCE}", f"?region={ALBY}"))
    assert "För Alby finns ingen sammanlagd uppgift" in page
    assert "visas var för sig" in page
    assert "Medianen av" not in page


def test_the_api_gives_the_row_as_published(client: FlaskClient) -> None:
    """Value, symbol and table are the area's."""
    query = f"indicator={BALANCE}&region={FITTJA}&from=2020&to=2021"
    document: Any = client.get(f"/api/v1/observations?{query}").json
    rows = [(one["period"], one["value"], one["status"], one["kind"]) for one in document["data"]]
    assert rows == [("2020", None, "..", "published"), ("2021", 87.4, None, "published")]
    groups: Any = client.get(f"/api/v1/observations?indicator={STUDYING}&region={FITTJA}").json
    assert [(one["background"], one["value"]) for one in groups["data"]] == [("SE", 31.5)]
