"""A briefing of a union of regions of some years."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.app import create_app
from dashboard.context import Context, opened
from tests.dashboard.pages import found, shown, text
from tests.dashboard.union_warehouse import GROUP, RATE, publish_unions
from tests.source import ROOT

ASKED = f"?region={GROUP}&indikatorer={RATE}"


@pytest.fixture(scope="module")
def united(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """What the application is given: of two municipalities one has no figure in 2021."""
    folder: Path = tmp_path_factory.mktemp("united")
    publish_unions(folder)
    context = opened(folder, ROOT / "indicators.yaml")
    yield context
    context.warehouses.close()


@pytest.fixture(scope="module")
def reader(united: Context) -> FlaskClient:
    """The application over it."""
    client: FlaskClient = create_app(united).server.test_client()
    return client


def slides(reader: FlaskClient, search: str) -> Any:
    """The slides of a briefing."""
    return Presentation(io.BytesIO(reader.get(f"/briefing.pptx{search}").data)).slides


@pytest.mark.parametrize(
    ("years", "statement"),
    [
        ("", "Sysselsatta: 60,0 procent 2022, 15,0 procentenheter lägre än i riket"),
        ("&ar=2020-2022", "Sysselsatta: 60,0 procent 2022, 15,0 procentenheter lägre än i riket"),
        # 1000 people at 80 and 3000 at 60: (80 + 3 * 60) / 4
        ("&ar=2020", "Sysselsatta: 65,0 procent 2020"),
        ("&ar=2020-2021", "Sysselsatta: 82,0 procent 2021"),
    ],
)
def test_the_statement_of_a_union_is_of_the_years_asked_for(
    reader: FlaskClient, years: str, statement: str
) -> None:
    """No figure newer than the charts stands above them, nor in the table of the slides."""
    page = shown(reader, "/briefing", ASKED + years)
    (table,) = [shape.table for shape in slides(reader, ASKED + years)[1].shapes if shape.has_table]

    assert statement in [text(one) for one in found(page, "H2")]
    assert table.cell(1, 2).text_frame.text == statement.partition(" procent ")[2][:4]


def test_years_in_which_a_union_has_nothing_have_no_number(reader: FlaskClient) -> None:
    """Before 2020 there is no figure, and none of later years is put in its place."""
    page = shown(reader, "/briefing", f"{ASKED}&ar=2015-2016")

    assert "60,0" not in text(page)
    assert not found(page, "Graph")
