"""The source's footnotes beside the figures that they concern, on the indicator's page."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.noted_warehouse import NOVEMBER, SMALL, WOMEN, YEAR, noted_application
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.union_warehouse import GROUP, publish_unions
from tests.dashboard.warehouse import ROOT

EMPLOYMENT = "/indikator/employment_rate"
SPLIT = "Ny indelning 1998."


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a warehouse with notes at every level."""
    yield from noted_application(tmp_path_factory.mktemp("noted"), older=False)


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The same notes in a version that does not say on what they are."""
    yield from noted_application(tmp_path_factory.mktemp("older"), older=True)


def aside(client: FlaskClient, search: str) -> str:
    """What stands beside the figures."""
    return text(found(shown(client, EMPLOYMENT, search), "Aside"))


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?region=0127", {SPLIT, YEAR}),
        ("?region=0126&jamfor=", {SPLIT, YEAR}),
        ("?region=0980&jamfor=00", {YEAR}),
        ("?region=0980&jamfor=00,0126", {SPLIT, YEAR}),
        ("?region=0980&jamfor=00&ar=2015-2020", set()),
        ("?region=0980&jamfor=00&bakgrund=VXEUEES", {SMALL, YEAR}),
        ("?region=0980&jamfor=00&kon=2", {WOMEN, YEAR}),
        ("?region=0980&jamfor=00&vy=tvaar&ar=2008-2015&niva=lan", set()),
        ("?region=0140&vy=tvaar&ar=2008-2011&niva=kommun", {SPLIT, YEAR}),
    ],
)
def test_a_footnote_stands_only_beside_what_it_concerns(
    noted: FlaskClient, search: str, said: set[str]
) -> None:
    """What is not shown is not explained; the tables behind the figures always are."""
    words = aside(noted, search)

    assert NOVEMBER in words
    assert {note for note in (SPLIT, YEAR, SMALL, WOMEN) if note in words} == said


@pytest.mark.parametrize(
    ("lang", "important", "whom"),
    [("sv", "Viktigt:", "Gäller: Botkyrka."), ("en", "Important:", "Applies to: Botkyrka.")],
)
def test_mandatory_footnotes_come_first_and_are_marked(
    noted: FlaskClient, lang: str, important: str, whom: str
) -> None:
    """Once, with both of its tables, open, since the source wants it read; the others folded."""
    page = shown(noted, EMPLOYMENT, f"?region=0127&jamfor=00&lang={lang}")
    notes, more = (one for one in found(page, "Details") if "(TAB" in text(one))
    (first,) = map(text, found(notes, "Li"))
    others = [text(one) for one in found(more, "Li")]

    assert (notes["props"]["open"], more["props"]["open"]) == (True, False)
    assert f"({len(others)})" in text(found(more, "Summary"))
    assert first == f"{important}   {NOVEMBER}  (TAB4881, TAB6383)"
    assert not any(important in other for other in others)
    assert sum(NOVEMBER in text(one) for one in found(notes, "Li")) == 1
    (split,) = (other for other in others if SPLIT in other)
    assert whom in split


def test_links_lead_to_the_web_only_and_texts_stay_texts(noted: FlaskClient) -> None:
    """Words of the source are never HTML; what is no web address stays what it reads."""
    page = shown(noted, EMPLOYMENT, "?region=0127")
    (item,) = (one for one in found(page, "Li") if SPLIT in text(one))
    (link,) = found(item, "A")

    assert link["props"]["href"] == "https://www.scb.se/regioner/"
    assert (link["props"]["target"], link["props"]["rel"]) == ("_blank", "noopener")
    assert link["props"]["children"] == "SCB om <b>regioner</b>"
    assert "[annat](javascript:alert(1))." in text(item)
    assert len(found(item, "P")) == 2
    assert not [one for one in components(item) if "Markdown" in one["type"]]


def test_a_table_that_no_shown_figure_comes_from_is_not_explained(noted: FlaskClient) -> None:
    """Before 2022 nothing is of TAB6383, whose footnote it is that must be read."""
    page = shown(noted, EMPLOYMENT, "?region=0127&jamfor=&ar=2010-2012")
    (notes,) = (one for one in found(page, "Details") if NOVEMBER in text(one))
    assert "(TAB4881)" in text(notes)
    assert "TAB6383" not in text(notes)
    assert not notes["props"].get("open")


def test_without_mandatory_ones_the_section_is_folded(noted: FlaskClient) -> None:
    """What may be read may be opened."""
    page = shown(noted, "/indikator/net_migration", "?region=0127")
    (notes,) = (one for one in found(page, "Details") if "Alla flyttningar." in text(one))
    assert not notes["props"].get("open")


def test_a_footnote_on_a_member_concerns_the_union(tmp_path: Path) -> None:
    """The figures of a group are made of its municipalities' figures, notes and all."""
    path = publish_unions(tmp_path)
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM note")
        connection.execute(
            "INSERT INTO note VALUES"
            " ('employment_rate', 'TAB6383', 'Delad.', false, 'region', '0126'),"
            " ('employment_rate', 'TAB6383', 'Flyttad.', false, 'region', '01')"
        )
    given = opened(tmp_path, ROOT / "indicators.yaml")
    words = aside(create_app(given).server.test_client(), f"?region={GROUP}&jamfor=00")
    given.warehouses.close()
    assert "Delad.  (TAB6383)   Gäller: Huddinge." in words
    assert "Flyttad." not in words


def test_an_older_version_shows_all_its_notes(older: FlaskClient) -> None:
    """A frozen link goes on: what nobody told the place of concerns everything."""
    words = aside(older, "?region=0980&jamfor=00")
    assert [note in words for note in (NOVEMBER, SPLIT, YEAR, SMALL, WOMEN)] == [True] * 5
    assert "Viktigt:" in words
