from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.observation import Observation
from dashboard.sentences.unions import union_method_words
from dashboard.server.app import create_app
from etl.catalogue.loading import load
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.similar_warehouse import OTHERS, RATE, REGION, publish_similar
from tests.dashboard.warehouse import CATALOGUE, ROOT, Row, publish

OPEN = "open_unemployment"  # no union of it: members one by one, or their median
AREAS = ("0127R001", "0127R002")
NEWER = tuple(f"{code}_RegSO2025" for code in AREAS)


def cell(region: str, value: float | None, indicator: str = OPEN, year: str = "2024") -> Row:
    """One published figure of everybody."""
    status = None if value is not None else ".."
    return (indicator, region, year, "_T", "_T", value, status, "new", "published")


FIGURES = (
    *(cell(code, value) for code, value in zip(AREAS, (90.0, 92.0), strict=True)),
    *(cell(code, value) for code, value in zip(NEWER, (20.0, 24.0), strict=True)),
    *(cell(f"01{number}", 10.0 + number / 10) for number in range(26, 38)),
    *(cell(f"01{number}", 9.0, year="2023") for number in (26, 27)),
    cell("01", 30.0),
    cell("00", 8.0),
    cell("0180", 12.0),
    cell("0140", None),
    *(
        cell(code, value, "population", "2025")
        for code, value in (("0127", 99_000.0), ("01", 2_500_000.0), ("0180", 990_000.0))
    ),
)


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A warehouse whose neighbourhood has areas of both divisions in one year."""
    folder: Path = tmp_path_factory.mktemp("areas")
    with duckdb.connect(publish(folder, observations=FIGURES)) as connection:
        connection.executemany(
            "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level,"
            " '0127' AS parent, ? AS locative_sv, ? AS locative_en",
            [
                ("stadsdel-alby", "Alby", "stadsdel", "i Alby", "in Alby"),
                *((code, code, "regso", f"i {code}", f"in {code}") for code in (*AREAS, *NEWER)),
            ],
        )
        connection.executemany(
            "INSERT INTO region_member (region, member) VALUES ('stadsdel-alby', ?)",
            [(code,) for code in (*AREAS, *NEWER)],
        )
    given = opened(folder, CATALOGUE)
    yield create_app(given).server.test_client()
    given.warehouses.close()


def heat(client: FlaskClient, search: str) -> Any:
    """The heat table of a link."""
    return found(shown(client, "/jamfor", search), "Table")[0]


def row(table: Any, number: int = 1) -> list[str]:
    """The cells of a row."""
    return [text(one) for one in found(found(table, "Tr")[number], "Td")]


def test_two_areas_stand_side_by_side_and_not_as_their_mean(areas: FlaskClient) -> None:
    """20 and 24 in the areas of 2025; their median would be a mean, 22, that nobody publishes."""
    table = heat(areas, f"?region=0127&jamfor=stadsdel-alby&indikatorer={OPEN}")

    assert "20,0" in row(table)[1]
    assert "24,0" in row(table)[1]
    assert "22,0" not in row(table)[1]
    assert "median" not in row(table)[1]


def test_a_union_of_which_nothing_is_known_has_a_page(areas: FlaskClient) -> None:
    """No indicator gives the neighbourhood a figure: the page says so and stands."""
    page = text(shown(areas, "/", "?region=stadsdel-alby&tema=alla"))

    assert "Uppgift saknas i Alby" in page
    assert "Uppgift saknas i Alby" in text(shown(areas, "/", "?region=stadsdel-alby"))


def test_a_measure_that_has_no_unions_says_why(areas: FlaskClient) -> None:
    """Of what cannot be put together nothing is "missing" for a neighbourhood."""
    page = shown(areas, "/", "?region=stadsdel-alby&tema=alla")
    rows = [text(one) for one in found(page, "Div") if one["props"].get("className") == "glance"]
    (own,) = [one for one in rows if "öppet arbetslös" in one.lower()]

    assert "För Alby finns ingen sammanlagd uppgift: andelens nämnare är inte folkmängden" in own
    assert "Uppgift saknas" not in own
    two = text(shown(areas, f"/indikator/{OPEN}", "?region=stadsdel-alby&vy=tvaar"))
    assert "För Alby finns ingen sammanlagd uppgift" in two
    assert "Uppgift saknas i Alby" not in two


def test_others_are_not_missing_because_the_own_region_is(areas: FlaskClient) -> None:
    """Gotland has no figure while Stockholm has: one cell says so, of Gotland alone."""
    table = heat(areas, f"?region=0980&jamfor=0180,01&indikatorer={OPEN}")

    assert row(table) == ["Uppgift saknas på Gotland"]


def test_an_order_by_value_never_crosses_levels(areas: FlaskClient) -> None:
    """The county is above Stockholm, but no municipality; a hidden figure has no place."""
    search = f"?region=0127&jamfor=0140,0180,01,0126,00&indikatorer={OPEN}&sortering=varde"
    heads = [text(one) for one in found(found(heat(areas, search), "Thead"), "Th")]

    assert heads[2:] == ["Riket", "Stockholms län", "Huddinge", "Stockholms kommun", "Nykvarn"]


def test_numbers_of_persons_have_neither_difference_nor_shade(areas: FlaskClient) -> None:
    """Nobody learns anything from how many more people live in a county."""
    table = heat(areas, "?region=0127&jamfor=01,0180&indikatorer=population")

    assert row(table) == ["99\u00a0000", "990\u00a0000", "2\u00a0500\u00a0000"]


def test_a_share_made_of_counts_is_not_called_a_sum() -> None:
    """Persons are summed; a share is worked out from what was summed."""
    catalogue = load(CATALOGUE)
    share, count = (catalogue.indicator[id] for id in ("employment_rate", "population"))
    one = Observation(share.id, "grupp-x", "2025", "bas", 64.3, how="sum")

    assert union_method_words(one, share, "sv") == "ur summan av antalen"
    assert union_method_words(one, count, "sv") == "summa"


def test_the_caption_counts_and_keeps_the_preposition(client: FlaskClient) -> None:
    """One comparison is one; on Gotland is not in Gotland."""
    words = text(found(heat(client, "?region=0980&jamfor=09"), "Caption"))

    assert words.startswith("Alla indikatorer på Gotland och en jämförelse, senaste året för")


@pytest.mark.parametrize("path", ["/", "/jamfor"])
def test_figures_from_2025_bring_their_note_and_source(areas: FlaskClient, path: str) -> None:
    """The population of 2025 is protected by noise; who the figures are from is said."""
    page = text(shown(areas, path, "?region=0127"))

    assert "Källan gör små slumpmässiga justeringar från 2025; små tal är osäkra." in page
    assert "Källa: SCB; tabellerna står på varje indikators sida." in page
    assert "Måttet visar utfall." in page


def test_a_hidden_share_brings_the_rule_of_twenty(areas: FlaskClient) -> None:
    """A share held back for few people says which groups have none."""
    page = text(shown(areas, "/jamfor", f"?region=0127&jamfor=0140&indikatorer={OPEN}"))

    assert "fler än 20 personer" in page


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A warehouse of ten municipalities with figures of their own, from 70 to 79."""
    folder: Path = tmp_path_factory.mktemp("ten")
    publish_similar(folder)
    given = opened(folder, ROOT / "indicators.yaml")
    yield create_app(given).server.test_client()
    given.warehouses.close()


@pytest.mark.parametrize("order", ["namn", "kod", "varde", "forandring"])
def test_every_figure_stands_under_its_region_in_every_order(ten: FlaskClient, order: str) -> None:
    """A column moves with its head, its figure, its shade and the words of its shade."""
    others = ",".join(OTHERS)
    search = f"?region={REGION}&jamfor={others}&indikatorer={RATE}&sortering={order}"
    table = heat(ten, search)
    heads = [text(head) for head in found(found(table, "Thead"), "Th")[1:]]
    cells = found(found(table, "Tbody"), "Td")

    for name, cell in zip(heads, cells, strict=True):
        number = int(name.removeprefix("Kommun "))
        fifth = 1 + number // 2
        bar, words = text(cell).split(" ", 1)
        assert cell["props"]["className"] == f"fifth-{fifth}"
        assert bar == "▁▂▄▆█"[fifth - 1]
        assert words.startswith(f"{70 + number},0")
        assert words.endswith(f"femtedel {fifth} av 5 bland kommunerna")


@pytest.mark.parametrize(
    ("order", "words", "rising"),
    [
        ("kod", "kod", True),
        ("varde", "värde för första indikatorn", False),
        ("forandring", "skillnad för första indikatorn", True),
    ],
)
def test_the_order_that_the_menu_names_is_that_of_the_columns(
    ten: FlaskClient, order: str, words: str, rising: bool
) -> None:
    """
    The own region first; then by code, or the highest first, as the chosen option says.

    The difference is the own figure less the other's: it is highest against the lowest value.
    """
    search = f"?region={REGION}&jamfor={','.join(OTHERS)}&indikatorer={RATE}&sortering={order}"
    page = shown(ten, "/jamfor", search)
    (menu,) = [one for one in found(page, "Select") if one["props"]["id"]["key"] == "order"]
    cells = row(found(page, "Table")[0])
    values = [float(cell.split(" ")[1].replace(",", ".")) for cell in cells]

    assert menu["props"]["value"] == order
    assert {one["value"]: one["label"] for one in menu["props"]["options"]}[order] == words
    assert values[0] == 70
    assert values[1:] == sorted(values[1:], reverse=not rising)


def test_the_legend_leads_from_the_lowest_to_the_highest_fifth(client: FlaskClient) -> None:
    """The shortest bar is the lowest fifth."""
    page = shown(client, "/jamfor", "?region=0127")
    (legend,) = [one for one in found(page, "Ul") if one["props"].get("className") == "fifths"]

    assert text(legend) == "▁ Lägsta femtedelen ▂ ▄ ▆ █ Högsta femtedelen"
