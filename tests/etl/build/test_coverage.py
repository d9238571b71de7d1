from pathlib import Path

import duckdb
import pytest

from etl.build.load import cover
from tests.example import read_alone

HELD = """
    SELECT indicator, region, min(period), max(period), count(*), count(value) > 0,
           count(value) FILTER (sex = '_T' AND age = '_T' AND education = '_T') > 0
    FROM observation GROUP BY ALL
"""
TOLD = """
    SELECT indicator, region, first_period, last_period, observations, has_numbers, has_totals
    FROM coverage
"""
GROUPS_HELD = """
    SELECT DISTINCT indicator, region, sex, background, age, education FROM observation
"""
GROUPS_TOLD = """
    SELECT c.indicator, c.region, sex, background, age, education
    FROM coverage AS c
    JOIN coverage_group AS g ON g.indicator = c.indicator AND g.region = c.same_groups_as
"""


def test_regions_whose_groups_differ_in_one_place_do_not_have_the_same() -> None:
    """Two regions with women and men, each of another level of education only."""
    columns = ("region", "period", "sex", "background", "age", "education")
    rows = [(region, sex, level) for region, level in (("01", "3"), ("03", "4"), ("04", "4"))
            for sex in ("1", "2")]  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute("CREATE TYPE indicator_code AS ENUM ('employment_rate')")
        listed = ", ".join(f"{name} VARCHAR" for name in columns)
        connection.execute(
            f"CREATE TABLE observation (indicator indicator_code, {listed}, value DOUBLE)"
        )
        connection.executemany(
            "INSERT INTO observation VALUES"
            " ('employment_rate', ?, '2024', ?, '_T', '_T', ?, 1)", rows,
        )  # fmt: skip
        connection.execute(
            "CREATE TABLE coverage (indicator VARCHAR, region VARCHAR, first_period VARCHAR,"
            " last_period VARCHAR, observations BIGINT, has_numbers BOOLEAN, has_totals BOOLEAN,"
            " same_groups_as VARCHAR)"
        )
        connection.execute(
            "CREATE TABLE coverage_group (indicator VARCHAR, region VARCHAR, sex VARCHAR,"
            " background VARCHAR, age VARCHAR, education VARCHAR)"
        )
        cover(connection)
        same = connection.execute("SELECT region, same_groups_as FROM coverage ORDER BY region")

        assert same.fetchall() == [("01", "01"), ("03", "03"), ("04", "03")]


@pytest.mark.slow
@pytest.mark.parametrize(("held", "told"), [(HELD, TOLD), (GROUPS_HELD, GROUPS_TOLD)])
def test_what_there_is_of_each_region_is_what_its_observations_are(
    example_data: Path, held: str, told: str
) -> None:
    """Who asks what a version has need not read every observation."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    with read_alone(file) as connection:
        for one, other in ((held, told), (told, held)):
            left = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL ({other}))")
            assert left.fetchone() == (0,)


@pytest.mark.slow
def test_groups_are_told_once_of_all_regions_that_have_the_same(example_data: Path) -> None:
    """The counties, the municipalities and the areas of an indicator are mostly alike."""
    (file,) = example_data.glob("warehouse-*.duckdb")
    with read_alone(file) as connection:
        asked = connection.execute(
            "SELECT (SELECT count(*) FROM coverage_group), (SELECT count(*) FROM observation)"
        )
        groups, observations = asked.fetchall()[0]
    assert groups * 100 < observations
