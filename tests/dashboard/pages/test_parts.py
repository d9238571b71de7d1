"""Parts of one whole: levels of education, which no figure stands for together."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from dashboard.state.links import next_link
from tests.dashboard.rendered import shown, text
from tests.etl.running import CATALOGUE

BY_BIRTH = "/indikator/education_level_share"
LEVELS = "utb=F,3,EU,US"
NAMES = ("Förgymnasial", "Gymnasial", "Eftergymnasial", "Uppgift om utbildning saknas")


@pytest.fixture(scope="module")
def example(example_data: Path) -> FlaskClient:
    """The panel with the shipped example."""
    client: FlaskClient = create_app(opened(example_data, CATALOGUE)).server.test_client()
    return client


def test_a_whole_opens_on_all_its_parts(example: FlaskClient) -> None:
    """Of all foreign-born, since the source gives nobody else together; each level is told."""
    words = text(shown(example, BY_BIRTH, "?region=20"))

    for name in NAMES:
        assert name in words
    sentence = words.partition("År 2023 var ")[2].partition(".")[0]
    assert sentence.startswith("andelen med förgymnasial utbildning ")
    assert sentence.count("procent") == 3
    assert "uppgift om utbildning" not in sentence
    assert sentence.endswith("bland personer i Dalarnas län som är utrikes födda")
    assert "Skillnaden" not in sentence


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        (f"bakgrund=SE&kon=2&{LEVELS}", "bland kvinnor i Dalarnas län som är födda i Sverige"),
        ("bakgrund=SE&kon=2", "bland kvinnor i Dalarnas län som är födda i Sverige"),
        ("kon=1", "bland män i Dalarnas län som är utrikes födda"),
    ],
)
def test_parts_are_of_the_group_that_is_asked_for(
    example: FlaskClient, asked: str, people: str
) -> None:
    """The level says what is measured and the group of whom, never the other way round."""
    assert people in text(shown(example, BY_BIRTH, f"?region=20&{asked}"))


def test_groups_of_birth_are_compared_in_one_part(example: FlaskClient) -> None:
    """Two groups have a difference in one level; the sentence says in which."""
    words = text(shown(example, BY_BIRTH, "?region=20&bakgrund=SE,SAMUTF&utb=EU"))

    assert "var andelen med eftergymnasial utbildning" in words
    assert "Skillnaden var" in words


def test_regions_are_compared_in_one_part(example: FlaskClient) -> None:
    """Who asks for regions gets the first level of the foreign-born, and can choose another."""
    said = shown(example, BY_BIRTH, "?region=20")["head"]["data"]["shown"]

    assert next_link("?region=20", "by", [], said) == "?region=20&bakgrund=SAMUTF&utb=F"
    listed = text(shown(example, BY_BIRTH, "?region=20&vy=jamfor&niva=lan"))
    assert "i länen, utrikes födda, förgymnasial utbildning 2023" in listed


def test_the_groups_of_a_whole_are_shown_with_what_they_are_of(example: FlaskClient) -> None:
    """Levels of the foreign-born, and groups of birth in one level; nobody says there are none."""
    words = text(shown(example, BY_BIRTH, "?region=20&vy=grupper"))

    assert "Källan delar inte upp" not in words
    assert "Utbildning och kön, utrikes födda" in words
    assert "Födelseregion och kön, förgymnasial utbildning" in words


def test_counts_stand_behind_the_parts_that_are_made_of_counts(example: FlaskClient) -> None:
    """Counts of one number of persons aged 25–65; of those not known nothing is said."""
    words = text(shown(example, "/indikator/education_level_share_25_65", "?region=0127&antal=ja"))

    assert "År 2025 var andelen med förgymnasial utbildning" in words
    sentence = words.partition("År 2025 var ")[2].partition(".")[0]
    assert sentence.count("personer, med ") == 1
    assert "personer och med eftergymnasial utbildning" in sentence
    assert ",," not in sentence


@pytest.mark.parametrize("page", ["/", "/jamfor"])
def test_a_list_of_figures_says_that_there_are_only_parts(example: FlaskClient, page: str) -> None:
    """A whole without a figure of its own does not lack data."""
    words = text(shown(example, page, "?region=20&tema=education"))

    assert "Redovisas som delar av en helhet" in words
    assert "Indikatorn saknar data" not in words
