"""The page of data: what exists of each indicator, how fresh it is, and what a link narrows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.panels.inventory import inventory
from dashboard.server.app import create_app
from tests.dashboard.rendered import components, found, shown, text
from tests.dashboard.warehouse import CATALOGUE, SECOND, publish, rows
from tests.source import ROOT


@pytest.fixture(scope="module")
def shipped(example_data: Path) -> Iterator[Context]:
    """The shipped catalogue over its example."""
    context = opened(example_data, ROOT / "indicators.yaml")
    yield context
    context.warehouses.close()


@pytest.fixture(scope="module")
def panel(shipped: Context) -> FlaskClient:
    """The application over them."""
    client: FlaskClient = create_app(shipped).server.test_client()
    return client


def entries(page: Any) -> dict[str, str]:
    """Each indicator of the page, in order, with the words of its entry."""
    return {one["props"]["id"]: text(one) for one in found(page, "Article")}


def status(page: Any) -> str:
    """What the page says of how much it found."""
    said = [one for one in components(page) if one["props"].get("role") == "status"]
    return next(words for one in reversed(said) if (words := text(one)))


def test_every_indicator_stands_with_unit_areas_years_and_tables(client: FlaskClient) -> None:
    """Whoever looks for a figure sees first whether it exists."""
    page = shown(client, "/data")
    one = entries(page)["employment_rate"]

    assert len(found(page, "H1")) == 1
    for words in ("Sysselsatta", "procent", "Riket, län och kommuner", "TAB4881", "TAB6383"):
        assert words in one
    assert "uppdaterad av SCB 13 februari 2026" in one
    assert "hämtad 21 november 2026" in one


def test_an_indicator_without_figures_and_a_stale_one_say_so(client: FlaskClient) -> None:
    """Neither is left out of the list, and neither looks like the others."""
    page = entries(shown(client, "/data"))

    assert "Indikatorn saknar uppgifter." in page["open_unemployment"]
    assert "Kunde inte uppdateras den 21 november 2026." in page["net_migration"]
    assert "Kunde inte uppdateras" not in page["population"]


def test_the_page_says_how_fresh_the_whole_is(client: FlaskClient) -> None:
    """Version, when it was built, the source's last change, and how much is stale."""
    words = text(shown(client, "/data"))

    assert "20261121T081500Z-1a2b3c4d" in words
    assert "Sammanställd 21 november 2026" in words
    assert "Senast uppdaterad av SCB 13 februari 2026" in words
    assert "SCB publicerar nästa inget datum meddelat" in words
    assert "Kunde inte uppdateras 1 indikator" in words


@pytest.mark.parametrize("silence", ["UPDATE run SET observations = NULL", "DELETE FROM run"])
def test_a_version_that_does_not_say_how_much_it_holds_is_counted(
    tmp_path: Path, silence: str
) -> None:
    """What a run left out is no zero and fails no page: the observations are there."""
    held = rows()
    with duckdb.connect(publish(tmp_path, observations=held)) as connection:
        connection.execute(silence)
    context = opened(tmp_path, CATALOGUE)
    client = create_app(context).server.test_client()
    words = text(shown(client, "/data"))
    (version,) = client.get("/api/v1/versions").json["data"]
    context.warehouses.close()

    assert f"{len(held):,} uppgifter".replace(",", "\N{NO-BREAK SPACE}") in words
    assert version["observations"] == len(held)


def test_the_next_release_is_the_first_after_the_run(tmp_path: Path) -> None:
    """A date that has passed is no announcement."""
    file = publish(tmp_path)
    with duckdb.connect(file) as connection:
        connection.execute(
            "UPDATE source_table SET next_update ="
            " CASE table_id WHEN 'TAB4881' THEN TIMESTAMP '2026-10-01 07:00'"
            " ELSE TIMESTAMP '2027-02-12 07:00' END"
        )
    context = opened(tmp_path, CATALOGUE)
    words = text(shown(create_app(context).server.test_client(), "/data"))
    context.warehouses.close()

    assert "SCB publicerar nästa 12 februari 2027" in words
    assert "nästa uppdatering 12 februari 2027" in words


def test_what_the_source_changed_is_counted_and_the_largest_told(tmp_path: Path) -> None:
    """A revision is said in the words of the vocabulary, with whose figure it was."""
    file = publish(tmp_path, version=SECOND)
    with duckdb.connect(file) as connection:
        connection.executemany(
            "INSERT INTO revision VALUES ('employment_rate', ?, '2022', '_T', ?, '_T', '_T', ?, ?,"
            " NULL, NULL, '2026-11-22')",
            [("0127", "_T", 76.7, 76.9), ("0126", "SE", 70.0, 75.0), ("0180", "_T", 70.0, 70.1),
             ("0140", "_T", None, 78.0), ("09", "_T", 71.0, 71.1)],
        )  # fmt: skip
    context = opened(tmp_path, CATALOGUE)
    client = create_app(context).server.test_client()
    one = entries(shown(client, "/data"))["employment_rate"]
    words = text(shown(client, "/data"))
    context.warehouses.close()

    assert "5 uppgifter har ändrats av SCB sedan förra versionen." in one
    assert "Ändrat av SCB sedan förra versionen 5 uppgifter" in words
    assert (
        "Botkyrka: SCB har ändrat uppgiften för 2022 från 76,7 till 76,9 procent "
        "sedan den förra versionen."
    ) in one
    assert one.index("Huddinge, födda i sverige") < one.index("Botkyrka: SCB")
    assert "Nykvarn" not in one


@pytest.mark.slow
def test_a_theme_a_collection_and_a_search_narrow_the_list(panel: FlaskClient) -> None:
    """Each alone, and together; the page says how many are left."""
    everything = shown(panel, "/data")
    theme = shown(panel, "/data", "?tema=participation")
    young = shown(panel, "/data", "?samling=unga")
    both = shown(panel, "/data", "?samling=unga&sok=uvas")

    assert "71 av 71 indikatorer visas." in status(everything)
    assert set(entries(theme)) == {"turnout_municipal", "turnout_regional", "turnout_parliament"}
    assert next(iter(entries(young))) == "population_16_25_share"
    assert set(entries(both)) == {"neet_16_19", "neet_20_25"}
    assert status(both) == "2 indikatorer och ingen region för ”uvas”."


@pytest.mark.slow
def test_a_search_finds_regions_too_and_says_when_it_finds_nothing(panel: FlaskClient) -> None:
    """One field for both; a link to a region leads to its overview."""
    page = shown(panel, "/data", "?sok=botkyrkka")
    links = [one["props"]["href"] for one in found(page, "Link")]

    assert "/?region=0127" in links
    assert entries(page) == {}
    nothing = shown(panel, "/data", "?sok=qwxyz")
    assert "Ingen indikator och ingen region liknar ”qwxyz”." in status(nothing)


@pytest.mark.slow
def test_an_unknown_theme_or_collection_is_named_and_everything_shown(panel: FlaskClient) -> None:
    """A wrong link still shows the page."""
    page = shown(panel, "/data", "?tema=x&samling=y")

    assert "tema=”x”" in text(page)
    assert "samling=”y”" in text(page)
    assert len(entries(page)) == 71


@pytest.mark.slow
def test_breakdowns_are_told_level_by_level_where_they_differ(panel: FlaskClient) -> None:
    """Education stands at county level and not at that of municipalities."""
    one = entries(shown(panel, "/data", "?sok=employment_rate"))["employment_rate"]
    county, municipality = one.index("Riket och län:"), one.index("Kommuner:")

    assert "utbildning" in one[county:municipality]
    assert "tid i Sverige" in one[municipality:]


def test_breakdowns_and_levels_are_those_of_the_figures(shipped: Context) -> None:
    """What the page offers is what a count over all figures finds."""
    with shipped.warehouses.current() as warehouse:
        assert warehouse is not None
        held = inventory(shipped.catalogue, warehouse)
        there = warehouse.frame(
            "SELECT DISTINCT CAST(o.indicator AS VARCHAR) AS id, r.level, c.kind"
            " FROM observation o JOIN region r ON r.code = CAST(o.region AS VARCHAR)"
            " JOIN category c ON c.dimension = 'background'"
            " AND c.code = CAST(o.background AS VARCHAR)"
            " WHERE o.background <> '_T' AND o.indicator IN ('employment_rate', 'population')"
            " UNION SELECT DISTINCT CAST(o.indicator AS VARCHAR), r.level, 'age'"
            " FROM observation o JOIN region r ON r.code = CAST(o.region AS VARCHAR)"
            " WHERE o.age <> '_T' AND o.indicator IN ('employment_rate', 'population')"
        )
    told = {
        (id, level, kind)
        for id in ("employment_rate", "population")
        for split in held.stock[id].splits
        for level in split.levels
        for kind in set(split.kinds) - {"sex", "education"}
    }

    assert told == set(there.itertuples(index=False, name=None))


def test_the_inventory_is_made_once_a_version(
    context: Context, client: FlaskClient, queries_asked: list[str]
) -> None:
    """A later visit asks the warehouse nothing, whatever its language and search."""
    shown(client, "/data")
    assert any("observation" in query for query in queries_asked)
    queries_asked.clear()
    shown(client, "/data", "?lang=en&sok=unemployment")

    assert queries_asked == []


@pytest.mark.slow
def test_the_page_is_whole_in_english(panel: FlaskClient) -> None:
    """Nobody reads half a page."""
    page = shown(panel, "/data", "?lang=en&sok=unemployment")

    assert "Openly unemployed" in text(page)
    assert "Sweden, counties and municipalities" in entries(page)["open_unemployment"]
    assert "Källa" not in text(page)
