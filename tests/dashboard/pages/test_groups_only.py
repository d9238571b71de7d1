"""Indicators that the source gives by group and never for everybody."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.state.links import next_link
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import CATALOGUE, publish, rows

EMPLOYMENT = "/indikator/employment_rate"


@pytest.fixture
def grouped(tmp_path: Path) -> FlaskClient:
    """Figures of employment by region of birth, and none of everybody."""
    publish(
        tmp_path / "grouped",
        observations=[row for row in rows() if (row[0], row[4]) != ("employment_rate", "_T")],
    )
    server: Flask = create_app(opened(tmp_path / "grouped", CATALOGUE)).server
    return server.test_client()


def test_an_indicator_of_groups_only_opens_on_its_groups(grouped: FlaskClient) -> None:
    """What the source gives by region of birth is shown so, not said to be missing."""
    page = shown(grouped, EMPLOYMENT, "?region=0127")

    assert "Sysselsatta i Botkyrka efter födelseregion" in text(page)
    assert "Uppgift saknas i Botkyrka" not in text(page)
    assert "Kombinationen finns inte" not in text(page)
    assert page["head"]["data"]["shown"]["values"]["by"] == ["origin"]


def test_regions_of_an_indicator_of_groups_are_compared_for_all_foreign_born(
    grouped: FlaskClient,
) -> None:
    """Who asks for regions gets lines of the foreign-born, and the heading says so."""
    said = shown(grouped, EMPLOYMENT, "?region=0127")["head"]["data"]["shown"]

    assert next_link("?region=0127", "by", [], said) == "?region=0127&bakgrund=SAMUTF"
    page = text(shown(grouped, EMPLOYMENT, "?region=0127&bakgrund=SAMUTF"))
    assert "och i riket, utrikes födda 2003–2024" in page


def test_the_overview_says_whom_a_figure_of_groups_is_about(
    grouped: FlaskClient, client: FlaskClient
) -> None:
    """The foreign-born, by their name; where everybody has a figure nothing is said."""
    words = text(shown(grouped, "/", "?region=0127"))

    assert "Redovisas bara efter grupp. Här: utrikes födda." in words
    assert "50,7\u00a0% 2024" in words
    assert "Redovisas bara efter grupp" not in text(shown(client, "/", "?region=0127"))
