"""A warehouse in which an area is the same in both divisions, and another is not."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.data.context import Context, opened
from dashboard.data.observation import Observation
from dashboard.data.queries.holdings import lasting_areas, region_rows, standing_regions
from dashboard.data.series import newest_observations, region_series
from dashboard.data.versions import Warehouse
from dashboard.rules.comparison import comparability, difference
from dashboard.sentences.notes import notes_for
from dashboard.server.app import create_app
from dashboard.state.areas import areas_of_one_division
from dashboard.state.regions import regions_by_code
from etl.measures.unions import MissingMember
from tests.dashboard.api_client import asked, refused
from tests.dashboard.area_warehouse import publish_areas
from tests.dashboard.warehouse import publish
from tests.source import ROOT

ALBY, RATE = "stadsdel-alby", "area_unemployed_share"
CHANGED, CHANGED_NOW, SAME = "0127R001", "0127R001_RegSO2025", "0127R002"
SAME_NOW = "0127R002_RegSO2025"
# Unemployed and residents by area and year; the tables have codes of 2020, then of 2025.
COUNTS = {
    (CHANGED, "2023"): (8, 100),
    (SAME, "2023"): (32, 200),
    (CHANGED_NOW, "2024"): (10, 100),
    (SAME, "2024"): (30, 200),
    ("0127", "2023"): (60, 400),
    ("0127", "2024"): (60, 400),
}
AREAS = (
    (CHANGED, "Albyberget (Botkyrka, 2020 års indelning)", "RegSO 2020", None, None),
    (CHANGED_NOW, "Albyberget (Botkyrka, 2025 års indelning)", "RegSO 2025", None, None),
    (SAME, "Albydalen (Botkyrka)", "RegSO 2020/2025", "Alby gård", "larger"),
)

Given = tuple[Context, Warehouse]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose version joins one area of two."""
    path = publish(
        tmp_path,
        observations=[
            (RATE, region, year, "_T", "_T", 100 * over / under, None, "bas", "computed")
            for (region, year), (over, under) in COUNTS.items()
        ],
    )
    with duckdb.connect(path) as connection:
        for (region, year), pair in COUNTS.items():
            connection.execute(
                "UPDATE observation SET numerator = ?, denominator = ?"
                " WHERE region = ? AND period = ?",
                [*pair, region, year],
            )
        connection.executemany(
            "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS division,"
            " ? AS former_name, ? AS water, 'regso' AS level, '0127' AS parent,"
            " 'i ' || name AS locative_sv, 'in ' || name AS locative_en",
            AREAS,
        )
        connection.execute(
            "INSERT INTO region BY NAME SELECT ? AS code, 'Alby (Botkyrka)' AS name,"
            " 'stadsdel' AS level, '0127' AS parent, 'i Alby' AS locative_sv,"
            " 'in Alby' AS locative_en",
            [ALBY],
        )
        connection.executemany(
            "INSERT INTO region_member VALUES (?, ?, 1, NULL, NULL)",
            [(ALBY, CHANGED), (ALBY, SAME)],
        )
    return tmp_path


@pytest.fixture
def given(data: Path) -> Iterator[Given]:
    """The shipped catalogue over that version, open."""
    context = opened(data, ROOT / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        yield context, warehouse
    context.warehouses.close()


def figures(given: Given, *regions: str) -> tuple[Observation, ...]:
    """The series of some regions, oldest first."""
    return region_series(*given, RATE, regions=regions)


def test_a_joined_area_may_be_compared_through_both_divisions(given: Given) -> None:
    """From 16 per cent in 2023 to 15 in 2024, and with an area of either division."""
    older, newer = figures(given, SAME)
    indicator = given[0].catalogue.indicator[RATE]
    (changed,) = figures(given, CHANGED)
    (changed_now,) = figures(given, CHANGED_NOW)

    assert [row.division for row in (older, newer)] == ["RegSO 2020/2025"] * 2
    assert difference(newer, older, indicator).value == -1
    assert comparability(older, changed, indicator).comparable
    assert comparability(newer, changed_now, indicator).comparable
    assert comparability(changed, changed_now, indicator).reason == "division"


def test_a_neighbourhood_with_a_changed_area_is_partial_from_the_newer_division(
    given: Given,
) -> None:
    """Alby is 40 of 300 in 2023; in 2024 Albydalen alone, and the two are not compared."""
    older, newer = figures(given, ALBY)
    indicator = given[0].catalogue.indicator[RATE]

    assert older.value == pytest.approx(100 * 40 / 300)
    assert (older.lacking, older.division) == ((), "RegSO 2020")
    assert (newer.value, newer.lacking, newer.division) == (
        15, (MissingMember(CHANGED, "division"),), "RegSO 2025",
    )  # fmt: skip
    assert not comparability(older, newer, indicator).comparable
    notes = notes_for([newer], indicator, given[0].catalogue)
    assert any("Gränsen för ett område" in note.sv for note in notes)


def test_the_newest_figures_know_it_too(given: Given) -> None:
    """The overview reads them by another way."""
    newest = newest_observations(*given, [SAME, CHANGED_NOW, ALBY])

    assert {row.region: row.division for row in newest} == {
        SAME: "RegSO 2020/2025", CHANGED_NOW: None, ALBY: "RegSO 2025",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("year", "listed"), [("2023", (CHANGED, SAME)), ("2024", (CHANGED_NOW, SAME))]
)
def test_a_list_of_areas_has_those_of_its_division_and_those_of_both(
    given: Given, year: str, listed: tuple[str, ...]
) -> None:
    """No area stands twice in a list, and none is missing."""
    regions = regions_by_code(region_rows(given[1]))
    codes = (CHANGED, CHANGED_NOW, SAME)
    shown = [row for row in figures(given, *codes) if row.period == year]

    assert areas_of_one_division(shown, codes, regions) == listed


def test_the_api_takes_the_code_of_2025_for_the_joined_area(data: Path) -> None:
    """A request of last year goes on; a code that is nobody's is refused as before."""
    context = opened(data, ROOT / "indicators.yaml")
    client = create_app(context).server.test_client()
    found = asked(client, f"/observations?indicator={RATE}&region={SAME_NOW}")
    told = {one["code"]: one for one in asked(client, "/regions?level=regso")["data"]}

    assert {(row["region"], row["period"]) for row in found["data"]} == {
        (SAME, "2023"), (SAME, "2024"),
    }  # fmt: skip
    assert (told[SAME]["former_name"], told[SAME]["water"]) == ("Alby gård", "larger")
    assert told[CHANGED]["former_name"] is None
    assert refused(client, "/observations?region=0127R009_RegSO2025") == (400, {"region"})
    context.warehouses.close()


def test_a_version_from_before_areas_were_joined_answers_by_its_own_codes(
    tmp_path: Path,
) -> None:
    """Its table of regions has neither former names nor water; each area is there twice."""
    path = publish_areas(tmp_path)
    with duckdb.connect(path) as connection:
        connection.execute("ALTER TABLE region DROP COLUMN former_name")
        connection.execute("ALTER TABLE region DROP COLUMN water")
    context = opened(tmp_path, ROOT / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        rows = region_rows(warehouse)
        assert rows["former_name"].isna().all()
        assert lasting_areas(warehouse) == frozenset()
        assert standing_regions(warehouse, (SAME_NOW, SAME)) == (SAME_NOW, SAME)
        assert {SAME, SAME_NOW} <= set(regions_by_code(rows))
    context.warehouses.close()
