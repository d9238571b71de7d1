"""A neighbourhood of several areas: its own figure, or its areas one by one with their names."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import publish
from tests.source import ROOT

ALBY, BERGET, DALEN = "stadsdel-alby", "0127R001", "0127R002"
MANAGERS, RATE, STUDYING = "managers_share", "employment_rate", "studying_20_24"
LOST = "self_employed_share"  # of one area alone
FIGURES = (
    (MANAGERS, BERGET, "2024", "_T", 4.1, None, "bas"),
    (MANAGERS, DALEN, "2024", "_T", 5.3, None, "bas"),
    (MANAGERS, "0127", "2024", "_T", 8.2, None, "bas"),
    (RATE, BERGET, "2024", "_T", 60.0, None, "bas"),
    (RATE, DALEN, "2024", "_T", 70.0, None, "bas"),
    (RATE, BERGET, "2024", "SE", 75.5, None, "bas"),
    (RATE, DALEN, "2024", "SE", None, "..", "bas"),
    (RATE, BERGET, "2024", "SAMUTF", 55.5, None, "bas"),
    (RATE, DALEN, "2024", "SAMUTF", 60.5, None, "bas"),
    (RATE, "0127", "2024", "_T", 71.3, None, "bas"),
    ("population", BERGET, "2024", "20-64", 1000, None, "bef"),
    ("population", DALEN, "2024", "20-64", 3000, None, "bef"),
    ("neet_20_25", "0127", "2022", "_T", 11.9, None, "bas"),
    ("neet_20_25", "00", "2022", "_T", 10.2, None, "bas"),
    (STUDYING, BERGET, "2009", "_T", 21.5, None, "stativ"),
    (STUDYING, DALEN, "2009", "_T", 25.5, None, "stativ"),
    (STUDYING, BERGET, "2010", "_T", 22.0, None, "stativ"),
    (STUDYING, DALEN, "2010", "_T", 26.0, None, "stativ"),
    (LOST, DALEN, "2024", "_T", 9.9, None, "bas"),
    ("population", BERGET, "2010", "20-24", 100, None, "bef"),
    ("population", DALEN, "2010", "20-24", 100, None, "bef"),
)
REGIONS = (
    (ALBY, "Alby (Botkyrka)", "stadsdel", "Alby"),
    (BERGET, "Albyberget (Botkyrka)", "regso", "Albyberget (Botkyrka)"),
    (DALEN, "Albydalen (Botkyrka)", "regso", "Albydalen (Botkyrka)"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Alby is Albyberget and Albydalen, of 1 000 and 3 000 persons aged 20-64."""
    folder = tmp_path_factory.mktemp("several")
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
            [(ALBY, BERGET), (ALBY, DALEN)],
        )
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


def _table(client: FlaskClient, query: str) -> list[str]:
    """The heads of the table of lines over time."""
    page = shown(client, f"/indikator/{query}")
    return [text(head) for head in found(found(page, "Table")[0], "Th") if head["scope"] == "col"]


def test_a_share_of_the_population_is_weighted_and_names_its_weights(client: FlaskClient) -> None:
    """60 of 1 000 and 70 of 3 000 are 67.5; by 20-64 where 20-65 is not published."""
    page = text(shown(client, f"/indikator/{RATE}", f"?region={ALBY}"))
    assert "67,5" in page
    assert "Uppgiften är ett ungefärligt vägt medel, vägt med befolkningen 20–64 år." in page
    assert "ingen sammanlagd uppgift" not in page


def test_what_cannot_be_put_together_stands_side_by_side_with_names(client: FlaskClient) -> None:
    """Managers: one line for each area and none for Alby, with why."""
    page = shown(client, f"/indikator/{MANAGERS}", f"?region={ALBY}")
    words = text(page)
    assert "För Alby finns ingen sammanlagd uppgift: andelens nämnare är inte folkmängden" in words
    heads = [text(head) for head in found(found(page, "Table")[0], "Th")]
    assert heads[1:4] == ["Albyberget", "Albydalen", "Botkyrka"]
    assert "4,1" in words
    assert "5,3" in words
    assert "edianen av 1 " not in words
    assert "4,7" not in words  # their mean


def test_by_origin_each_area_stands_under_its_name_with_its_symbol(client: FlaskClient) -> None:
    """75.5 in Albyberget, hidden in Albydalen: no mean, no median of one, nobody left out."""
    page = shown(client, f"/indikator/{RATE}", f"?region={ALBY}&bakgrund=_T,SE")
    words = text(page)
    heads = [text(head) for head in found(found(page, "Table")[0], "Th")]
    assert heads[1:4] == [
        "Samtliga", "Födda i Sverige, Albyberget", "Födda i Sverige, Albydalen",
    ]  # fmt: skip
    assert "gruppens folkmängd, som andelarna skulle vägas med, publiceras inte" in words
    assert "edianen av 1 " not in words


def test_years_before_the_weights_show_the_areas_and_the_later_ones_the_mean(
    client: FlaskClient,
) -> None:
    """2009 has no population of areas: 21.5 and 25.5; 2010 is one figure, 24.0."""
    page = shown(client, f"/indikator/{STUDYING}", f"?region={ALBY}&jamfor=")
    rows = {text(row)[:4]: text(row) for row in found(found(page, "Table")[0], "Tr")}
    assert "21,5" in rows["2009"]
    assert "25,5" in rows["2009"]
    assert "24,0" in rows["2010"]
    assert "22,0" not in rows["2010"]


def test_an_area_is_missing_in_the_table_only_where_it_has_no_figure(client: FlaskClient) -> None:
    """In 2010 both areas have a figure, and are told in that of Alby; in 2009 each on its own."""
    page = shown(client, f"/indikator/{STUDYING}", f"?region={ALBY}&jamfor=")
    table = found(page, "Table")[0]
    rows = [[text(cell) for cell in found(row, "Td")] for row in found(table, "Tr")]

    assert ["24,0", "I helheten", "I helheten"] in rows
    assert ["Uppgift saknas", "21,5", "25,5"] in rows


def test_a_briefing_never_charts_another_region_under_its_name(client: FlaskClient) -> None:
    """Nobody in Alby has neither-nor: no chart, no sentence about Botkyrka or the country."""
    query = f"?region={ALBY}&indikatorer=neet_20_25"
    page = shown(client, "/briefing", query)
    chapter = text(found(page, "Article")[-1])
    assert "Botkyrka" not in chapter.replace("Alby (Botkyrka)", "")
    assert "11,9" not in text(page)
    assert "10,2" not in text(page)
    assert not found(page, "Graph")


def test_a_briefing_has_the_areas_one_by_one(client: FlaskClient) -> None:
    """The statement has both figures, and the chart a line for each."""
    page = text(shown(client, "/briefing", f"?region={ALBY}&indikatorer={MANAGERS}"))
    assert "Delarna var för sig 2024: Albyberget 4,1 procent; Albydalen 5,3 procent." in page


@pytest.mark.parametrize(
    ("path", "asked"), [("/", "tema=alla"), ("/jamfor", f"indikatorer={MANAGERS},{RATE}")]
)
def test_lists_of_indicators_name_the_areas(client: FlaskClient, path: str, asked: str) -> None:
    """No cell says less than the page of the indicator."""
    page = text(shown(client, path, f"?region={ALBY}&{asked}"))
    assert "Albyberget 4,1 procent; Albydalen 5,3 procent" in page
    assert "67,5" in page


def test_files_hold_the_areas_that_the_page_shows(client: FlaskClient) -> None:
    """The rows of the chart, each under its own code."""
    query = f"region={ALBY}&jamfor="
    lines: Any = client.get(f"/ladda-ner/{MANAGERS}.csv?{query}").text.splitlines()
    assert sum(BERGET in line for line in lines) == 1
    assert sum(DALEN in line for line in lines) == 1


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (f"indicator={MANAGERS}&region={ALBY}", "andelens nämnare är inte folkmängden"),
        (f"indicator={RATE}&region={ALBY}&background=SE", "gruppens folkmängd"),
        (f"indicator={STUDYING}&region={ALBY}&from=2009&to=2010&background=_T", ""),
    ],
)
def test_the_api_says_why_there_are_no_rows_and_whose_to_ask_for(
    client: FlaskClient, query: str, why: str
) -> None:
    """Reason and codes in `meta.notes`; nothing of what has rows."""
    document: Any = client.get(f"/api/v1/observations?{query}&lang=sv").json
    notes = " ".join(document["meta"]["notes"])
    assert (why in notes) if why else ("ingen sammanlagd uppgift" not in notes)
    assert (f"region={BERGET},{DALEN}" in notes) is bool(why)
    assert len(document["data"]) == (0 if why else 1)


@pytest.mark.parametrize("view", ["jamfor", "tabell"])
def test_other_views_have_the_areas_by_name(client: FlaskClient, view: str) -> None:
    """Beside the municipalities Alby is its two areas."""
    page = text(shown(client, f"/indikator/{MANAGERS}", f"?region={ALBY}&vy={view}"))
    assert "Albyberget" in page
    assert "4,1" in page
    assert "5,3" in page


def test_groups_of_a_neighbourhood_are_those_of_its_areas(client: FlaskClient) -> None:
    """A small chart and rows for each area, by name, with the symbol of what is hidden."""
    page = shown(client, f"/indikator/{RATE}", f"?region={ALBY}&vy=grupper")
    heads = [text(head) for table in found(page, "Table") for head in found(table, "Th")]
    assert "Födda i Sverige, Albyberget" in heads
    assert "Födda i Sverige, Albydalen" in heads
    assert "75,5" in text(page)


def test_an_area_without_a_figure_is_named_beside_those_that_have(client: FlaskClient) -> None:
    """Where an area has no row the chart says which."""
    page = text(shown(client, f"/indikator/{LOST}", f"?region={ALBY}"))
    assert "Där det inte finns någon uppgift för helheten visas delarna var för sig." in page
    assert "Uppgift saknas här för Albyberget." in page
