"""Ages over the API: a column of their own, and requests of before go on answering."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import asked, refused
from tests.dashboard.warehouse import publish
from tests.source import ROOT

PEOPLE = (("_T", 95000), ("SE", 52000), ("20-64", 56000), ("65+", 14000))


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over the population of one municipality, by origin and by age."""
    folder = tmp_path_factory.mktemp("aged")
    publish(
        folder,
        observations=[
            ("population", "0127", "2024", "_T", group, count, None, "bef", "published")
            for group, count in PEOPLE
        ],
    )
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


def told(client: FlaskClient, query: str) -> tuple[list[tuple[str, str, float]], list[str]]:
    """Background, age and value of each record; and the notes."""
    document: Any = asked(client, f"/observations?indicator=population&region=0127&lang=en&{query}")
    return [(one["background"], one["age"], one["value"]) for one in document["data"]], document[
        "meta"
    ]["notes"]


def test_an_age_is_asked_for_by_its_own_name(aged: FlaskClient) -> None:
    """56 000 are 20 to 64 years old, whatever their origin."""
    assert told(aged, "age=20-64") == ([("_T", "20-64", 56000.0)], [])


def test_a_request_of_before_gets_the_same_figures_and_is_told_how_to_ask_today(
    aged: FlaskClient,
) -> None:
    """`background=20-64` was right until November 2026; nobody's program stops."""
    rows, notes = told(aged, "background=20-64,_T")

    assert rows == [("_T", "20-64", 56000.0), ("_T", "_T", 95000.0)]
    assert len(notes) == 1
    assert "Use age=20-64 instead" in notes[0]


def test_groups_without_ages_are_of_all_ages_and_that_is_said(aged: FlaskClient) -> None:
    """Who asked for those born in Sweden gets no ages mixed among them."""
    rows, notes = told(aged, "background=SE")

    assert rows == [("SE", "_T", 52000.0)]
    assert ["all ages together" in note for note in notes] == [True]
    assert told(aged, "background=_T") == ([("_T", "_T", 95000.0)], [])


def test_whoever_names_neither_gets_everything(aged: FlaskClient) -> None:
    """A filter left out is everything, as of the other columns."""
    assert len(told(aged, "sex=_T")[0]) == len(PEOPLE)


@pytest.mark.parametrize("query", ["background=SE,20-64", "background=20-64&age=65%2B"])
def test_what_cannot_be_meant_is_refused_with_what_to_do(aged: FlaskClient, query: str) -> None:
    """Ages beside backgrounds in one list are no product of columns."""
    assert refused(aged, f"/observations?indicator=population&{query}") == (400, {"background"})
