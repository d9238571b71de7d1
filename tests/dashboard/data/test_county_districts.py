"""All districts of a county together, and the county without them: from counts of one table."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.data.context import Context, opened
from dashboard.data.series import region_series, why_no_figure
from dashboard.data.versions import Warehouse
from dashboard.server.app import create_app
from etl.measures.unions import CountyDistricts, of_county_districts
from tests.dashboard.rendered import found, shown, text
from tests.dashboard.warehouse import publish
from tests.etl.union_cases import indicator, members, shares
from tests.source import ROOT

TOGETHER, WITHOUT = "omradena-01", "utom-omradena-01"
SHARE = "area_unemployed_share"
AREAS = ("0127R001", "0127R005")
COUNTS = {  # unemployed and everybody by year, in the county and its two areas
    "2023": {"01": (44_531, 618_133), "0127R001": (300, 1500), "0127R005": (450, 3000)},
    "2025": {"01": (45_000, 620_000), "0127R001": (310, 1510), "0127R005": (440, 2990)},
}
Given = tuple[Context, Warehouse]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """Alby and Fittja, an area each; in 2024 one of them is hidden."""
    folder = tmp_path_factory.mktemp("county")
    rows: list[Any] = [
        (SHARE, region, year, "_T", "_T", 100 * over / under, None, "bas", "computed")
        for year, regions in COUNTS.items()
        for region, (over, under) in regions.items()
    ]
    rows += [
        (SHARE, "01", "2024", "_T", "_T", 7.2, None, "bas", "computed"),
        (SHARE, "0127R001", "2024", "_T", "_T", 20.0, None, "bas", "computed"),
        (SHARE, "0127R005", "2024", "_T", "_T", None, "..", "bas", "computed"),
        *((("studying_20_24"), region, "2023", "_T", "_T", 30.0, None, "stativ", "published")
          for region in ("01", *AREAS)),
        *((("foreign_born_share"), region, "2023", "_T", "_T", 30.0, None, "bef", "computed")
          for region in ("01", *AREAS)),
    ]  # fmt: skip
    with duckdb.connect(publish(folder, observations=rows)) as connection:
        connection.executemany(
            "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level,"
            " 'RegSO 2020' AS division, '0127' AS parent,"
            " 'i ' || ? AS locative_sv, 'in ' || ? AS locative_en",
            [
                (code, name, level, name, name)
                for code, name, level in (
                    ("stadsdel-alby", "Alby", "stadsdel"),
                    ("stadsdel-fittja", "Fittja", "stadsdel"),
                    ("0127R001", "Albyberget", "regso"),
                    ("0127R005", "Fittja (Botkyrka)", "regso"),
                )
            ],
        )
        connection.executemany(
            "INSERT INTO region_member (region, member) VALUES (?, ?)",
            [("stadsdel-alby", "0127R001"), ("stadsdel-fittja", "0127R005")],
        )
        connection.executemany(
            "UPDATE observation SET numerator = ?, denominator = ?"
            " WHERE indicator = ? AND CAST(region AS VARCHAR) = ?"
            " AND CAST(period AS VARCHAR) = ?",
            [
                (over, under, SHARE, region, year)
                for year, regions in COUNTS.items()
                for region, (over, under) in regions.items()
            ]
            + [(72, 1000, SHARE, "01", "2024"), (20, 100, SHARE, "0127R001", "2024")]
            + [(30, 100, "foreign_born_share", region, "2023") for region in ("01", *AREAS)],
        )
        connection.executemany(
            "INSERT INTO indicator_source BY NAME SELECT ? AS indicator, ? AS segment,"
            " ? AS level, ? AS table_id, 'Antal' AS contents, '2000' AS first_period,"
            " '2025' AS last_period",
            [
                (SHARE, "bas", "county", "TAB6680"),
                (SHARE, "bas", "regso", "TAB6680"),
                ("foreign_born_share", "bef", "county", "TAB4823"),
                ("foreign_born_share", "bef", "regso", "TAB6572"),
            ],
        )
    known = opened(folder, ROOT / "indicators.yaml")
    yield known
    known.warehouses.close()


@pytest.fixture(scope="module")
def given(context: Context) -> Iterator[Given]:
    """The context and its warehouse."""
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        yield context, warehouse


@pytest.fixture(scope="module")
def client(context: Context) -> FlaskClient:
    """The application over it."""
    server: Flask = create_app(context).server
    return server.test_client()


def test_counts_are_added_and_taken_from_the_county(given: Given) -> None:
    """300 + 450 of 1 500 + 3 000, and the county less these; 2024 is hidden and has neither."""
    rows = region_series(*given, SHARE, regions=(TOGETHER, WITHOUT))
    assert sorted({row.period for row in rows}) == ["2023", "2025"]
    of_2023 = {row.region: row for row in rows if row.period == "2023"}
    together, without = of_2023[TOGETHER], of_2023[WITHOUT]
    assert (together.numerator, together.denominator) == (750, 4500)
    assert together.value == pytest.approx(100 * 750 / 4500)
    assert (without.numerator, without.denominator) == (43_781, 613_633)
    assert without.value == pytest.approx(100 * 43_781 / 613_633)
    assert {row.kind for row in rows} == {"computed"}
    assert (together.how, without.how) == ("sum", "rest")


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("studying_20_24", ("counts", ())),
        ("foreign_born_share", ("table", ())),
    ],
)
def test_without_counts_or_a_common_table_it_is_refused_with_the_reason(
    given: Given, id: str, why: tuple[str, tuple[str, ...]]
) -> None:
    """A share has no counts; the county and the areas are in two tables."""
    for code in (TOGETHER, WITHOUT):
        assert region_series(*given, id, regions=(code,)) == ()
        assert why_no_figure(*given, id, code) == why
    assert why_no_figure(*given, id, "01") is None


def test_a_hidden_area_hides_both_and_is_named() -> None:
    """Nothing that the source hides can be worked out from the county and the rest."""
    rows = members(shares([("01", 500, 9000), (AREAS[0], 20, 100), (AREAS[1], None, 300)]))
    for code in (TOGETHER, WITHOUT):
        one = CountyDistricts(code, "01", AREAS)
        assert of_county_districts(rows, one, indicator("counts"), lambda *_: True) == []
        whole = members(shares([("01", 500, 9000), (AREAS[0], 20, 100), (AREAS[1], 50, 300)]))
        (made,) = of_county_districts(whole, one, indicator("counts"), lambda *_: True)
        assert made.value == pytest.approx(17.5 if code == TOGETHER else 5.0)
        assert of_county_districts(whole, one, indicator("counts"), lambda *_: False) == []
        assert of_county_districts(whole[1:], one, indicator("counts"), lambda *_: True) == []


def test_they_stand_beside_the_county_under_their_names(client: FlaskClient) -> None:
    """In the chart's table, the words and the noise from 2025."""
    page = shown(client, f"/indikator/{SHARE}", f"?region=01&jamfor={TOGETHER},{WITHOUT}")
    heads = [text(head) for head in found(found(page, "Table")[0], "Th")]
    assert heads[1:4] == [
        "Stockholms län", "Områdena tillsammans", "Stockholms län utom områdena",
    ]  # fmt: skip
    words = text(page)
    assert "länets antal minus de 2 RegSO-områdenas, ur en och samma tabell" in words
    assert "Antalen har från 2025 små slumpmässiga justeringar, som läggs ihop här." in words
    assert "ingen sammanlagd uppgift" not in words


def test_a_refusal_is_told_where_they_are_asked_for(client: FlaskClient) -> None:
    """Whoever asks for students finds why there is no line, in both languages."""
    query = f"?region=01&jamfor={TOGETHER},{WITHOUT}"
    page = text(shown(client, "/indikator/studying_20_24", query))
    assert "För områdena tillsammans finns ingen sammanlagd uppgift: källan publicerar bara" in page
    english = text(shown(client, "/indikator/foreign_born_share", f"{query}&lang=en"))
    assert "except the areas" in english
    assert "not in one and the same table" in english


@pytest.mark.parametrize(
    "path", ["/", "/jamfor", "/omraden", "/briefing", "/data", "/rapport-2010"]
)
@pytest.mark.parametrize("code", [TOGETHER, WITHOUT])
def test_no_page_fails_for_them_and_the_search_goes_on(
    client: FlaskClient, path: str, code: str
) -> None:
    """As the selected region, and beside a search for another."""
    assert text(shown(client, path, f"?region={code}&sok=arbete"))


@pytest.mark.parametrize("path", ["/jamfor", "/briefing"])
def test_they_are_compared_on_other_pages(client: FlaskClient, path: str) -> None:
    """440 and 310 of 4 500 in 2025 make 16.7, beside the county."""
    query = f"?region=01&jamfor={TOGETHER}&indikatorer={SHARE}"
    page = text(shown(client, path, query))
    assert "16,7" in page
    assert "mrådena tillsammans" in page


def test_a_briefing_says_of_each_measure_why_they_are_not_beside_it(client: FlaskClient) -> None:
    """Named under the title, they are not dropped in silence where there are only shares."""
    page = text(
        shown(
            client, "/briefing", f"?region=01&jamfor={WITHOUT}&indikatorer={SHARE},studying_20_24"
        )
    )

    reason = "ingen sammanlagd uppgift: källan publicerar bara andelar"
    assert page.count(reason) == 1
    assert page.index("Studerande") < page.index(reason)


@pytest.mark.parametrize("view", ["jamfor", "tvaar", "karta", "tabell"])
def test_a_list_says_that_they_stand_beside_lines_only(client: FlaskClient, view: str) -> None:
    """A list is of regions of one level; what the link asks for besides is told."""
    page = text(shown(client, f"/indikator/{SHARE}", f"?region=01&jamfor={TOGETHER}&vy={view}"))

    assert "visas bara över tid tillsammans med en region" in page
