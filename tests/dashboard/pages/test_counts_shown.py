"""The counts behind shares on pages: on wish, in tables and sentences, never of a hidden one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.data.versions import Shelf
from dashboard.server.app import create_app
from dashboard.state.links import Shown, next_link
from dashboard.state.url import Notice, parsed
from etl.catalogue.loading import load
from tests.dashboard.area_warehouse import ALBY, STUDYING, UNEMPLOYED, publish_areas
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.warehouse import publish
from tests.source import ROOT

PAGE = f"/indikator/{UNEMPLOYED}"
NONE = "Källan publicerar bara andelen, inte antalet personer bakom den."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over areas: Alby of two, Fittja hidden in 2024."""
    folder = tmp_path_factory.mktemp("counted")
    publish_areas(folder)
    context = Context(load(ROOT / "indicators.yaml"), Shelf(folder))
    yield create_app(context).server.test_client()
    context.warehouses.close()


def counts(page: Any) -> set[str]:
    """The counts that stand beside shares, as read aloud."""
    smalls = [one["props"] for one in found(page, "Small")]
    shown_counts = [one for one in smalls if one.get("className") == "counts"]
    return {" ".join(text(one).split()) for one in shown_counts}


def box(page: Any) -> Any:
    """The checkbox, None without it."""
    lists = [one["props"] for one in found(page, "Checklist")]
    return next((one for one in lists if one["id"]["key"] == "counts"), None)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{PAGE}?region=0127", {"60 av 400 personer", "320 av 4 000 personer"}),
        (f"{PAGE}?region={ALBY}", {"40 av 300 personer"}),
        (f"{PAGE}?region=0127&vy=tabell&niva=omrade", {"8 av 100 personer", "30 av 100 personer"}),
        (f"{PAGE}?region=0127&vy=jamfor&niva=omrade", {"10 av 100 personer", "30 av 200 personer"}),
        (f"{PAGE}?region=0127&vy=tvaar&niva=omrade", {"8 av 100 personer", "10 av 100 personer"}),
        (f"/omraden?region=0127&indikatorer={UNEMPLOYED}", {"40 av 300 personer"}),
    ],
)
def test_each_table_shows_the_counts_that_the_source_has_on_wish(
    client: FlaskClient, path: str, expected: set[str]
) -> None:
    """Numerator and denominator stand under the share, and the caption says what they count."""
    path, _, search = path.partition("?")
    without, wished = (shown(client, path, f"?{search}{more}") for more in ("", "&antal=ja"))

    assert counts(without) == set()
    assert expected <= counts(wished)
    assert "Under varje andel står antalet personer, och av hur många." in text(wished)
    assert (box(without)["value"], box(wished)["value"]) == ([], ["ja"])


def test_a_hidden_share_has_no_counts_anywhere(client: FlaskClient) -> None:
    """Fittja's 2024 is held back: no cell of that year is of 100 persons but Alby's own."""
    page = shown(client, PAGE, "?region=0127&vy=jamfor&niva=omrade&ar=2024&antal=ja")
    rows = [row["props"]["children"] for row in found(page, "Tr")]
    (fittja,) = [row for row in rows if isinstance(row, list) and "Fittja" in text(row[0])]

    assert ".." in text(fittja)
    assert counts(fittja) == set()


def test_the_level_is_told_with_its_count(client: FlaskClient) -> None:
    """The sentence under the title, in the reader's language."""
    page = text(shown(client, PAGE, "?region=0127&antal=ja&lang=en")).replace("\u00a0", " ")

    assert "15.0 per cent, or 60 persons, of residents aged 20–64 in Botkyrka" in page


def test_a_share_without_counts_says_so_and_offers_none(client: FlaskClient) -> None:
    """Beside the definition always, above the page where the link asks for counts."""
    asked, plain = (
        shown(client, f"/indikator/{STUDYING}", f"?region=0127{more}") for more in ("&antal=ja", "")
    )

    assert box(asked) is None
    assert (text(asked).count(NONE), text(plain).count(NONE)) == (2, 1)
    assert counts(asked) == set()


def test_the_wish_follows_the_reader(client: FlaskClient) -> None:
    """Views, other pages, language and files keep it; so do controls."""
    page = shown(client, PAGE, "?region=0127&antal=ja")
    hrefs = [one["props"]["href"] for one in components(page) if "href" in one["props"]]
    views = [href for href in hrefs if "vy=" in href]
    pages = [href for href in hrefs if href.startswith(("/omraden", "/briefing?", "/jamfor?"))]

    assert views
    assert pages
    assert all("antal=ja" in href for href in [*views, *pages])
    stored = Shown({"region": "0127", "counts": []}).stored()
    assert next_link("?region=0127&vy=tabell", "counts", ["ja"], stored) == (
        "?region=0127&vy=tabell&antal=ja"
    )
    ticked = Shown({"counts": ["ja"]}).stored()
    assert next_link("?region=0127&antal=ja", "counts", [], ticked) == "?region=0127"
    assert next_link("?antal=ja", "region", "0180", ticked) == "?region=0180&antal=ja"


def test_another_word_than_yes_is_named() -> None:
    """What cannot be used is said, and the rest of the link works."""
    assert parsed("?antal=nej").notices == (Notice("antal", "nej"),)
    assert parsed("?antal=ja").counts


def test_a_briefing_tells_counts_and_of_which_shares_there_are_none(client: FlaskClient) -> None:
    """One key for every sentence; a chapter without counts says why."""
    search = f"?region=0127&indikatorer={UNEMPLOYED},{STUDYING}&antal=ja"
    page = shown(client, "/briefing", search)
    words = text(page).replace("\u00a0", " ")

    assert "15,0 procent, 60 personer, av invånarna 20–64 år i Botkyrka" in words
    assert words.count(NONE) == 1
    assert box(page)["value"] == ["ja"]


def test_the_catalogue_says_of_each_share_whether_there_are_counts(client: FlaskClient) -> None:
    """On *Data*, per indicator, before anybody opens it."""
    page = shown(client, "/data", "")
    entries = {one["props"]["id"]: text(one) for one in found(page, "Article")}

    assert "bakom andelen: antal personer, och av hur många" in entries[UNEMPLOYED]
    assert NONE in entries[STUDYING]
    assert "Antal bakom andelen" not in entries["population"]


def test_a_comparison_of_many_indicators_has_the_counts_of_each_region(client: FlaskClient) -> None:
    """A row a share: of a municipality, its county and a union; a row without counts says so."""
    search = f"?region=0127&jamfor=01,{ALBY}&indikatorer={UNEMPLOYED},{STUDYING}"
    plain, page = (shown(client, "/jamfor", search + more) for more in ("", "&antal=ja"))

    assert counts(plain) == set()
    assert counts(page) == {"60 av 400 personer", "320 av 4 000 personer", "40 av 300 personer"}
    assert "procent, antal personer av hur många" in text(page)
    assert "procent, antal publiceras inte" in text(page)
    assert box(page)["value"] == ["ja"]


def test_differences_have_the_counts_of_both_groups(tmp_path: Path) -> None:
    """Women and men of one region and year, in the comparison and in the indicator's own view."""
    crowded = {"2": (30.0, 300, 1000), "1": (20.0, 180, 900)}
    path = publish(
        tmp_path,
        observations=[
            ("overcrowding", "0127", "2023", sex, "_T", value, None, "boende", "computed")
            for sex, (value, _, _) in crowded.items()
        ],
    )
    with duckdb.connect(path) as connection:
        connection.executemany(
            "UPDATE observation SET numerator = ?, denominator = ? WHERE sex = ?",
            [(*pair, sex) for sex, (_, *pair) in crowded.items()],
        )
    context = Context(load(ROOT / "indicators.yaml"), Shelf(tmp_path))
    client = create_app(context).server.test_client()
    both = {"300 av 1 000 personer", "180 av 900 personer"}

    compared = shown(client, "/jamfor", "?region=0127&indikatorer=overcrowding&par=2,1&antal=ja")
    context.warehouses.close()
    assert counts(compared) == both
