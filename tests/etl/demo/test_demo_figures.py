"""Figures of the example: through published ones, plausible between, suppressed where few."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.catalogue.ages import FIVE_YEAR_CLASSES, SINGLE_YEARS, is_class
from etl.catalogue.pointer import read_pointer
from tests.example import read_alone

pytestmark = pytest.mark.slow  # whole runs of the pipeline

ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES")


@pytest.fixture(scope="module")
def warehouse(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that the ordinary build made of the example."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    with read_alone(example_data / pointer.file) as connection:
        yield connection


def one(warehouse: duckdb.DuckDBPyConnection, **key: str) -> float | None:
    """The value of one observation; codes not given are totals."""
    found = {"sex": "_T", "background": "_T", "age": "_T", "education": "_T"} | key
    where = " AND ".join(f"{column}::VARCHAR = ${column}" for column in found)
    answer = warehouse.execute(f"SELECT value FROM observation WHERE {where}", found).fetchall()
    assert len(answer) == 1, f"{key}: {len(answer)} observations"
    value: float | None = answer[0][0]
    return value


@pytest.mark.parametrize(
    ("indicator", "region", "period", "background", "printed"),
    [
        ("population", "01", "2009", "_T", 2019182),
        ("population", "01", "2009", "16-25", 253598),
        ("employment_rate", "01", "1997", "VXEUEES", 42.0),
        ("employment_rate", "01", "2008", "VXEUEES", 59.0),
        ("employment_rate", "01", "1997", "SE", 79.0),
        ("employment_rate", "01", "2008", "SE", 83.7),
        ("employment_rate", "01", "2010", "INT010", 30.4),
        ("employment_rate", "01", "2010", "INT040", 69.5),
        ("employment_rate", "01", "2018", "INT040", 76.1),
        ("upper_secondary_eligibility", "01", "2008", "VXEUEES", 62.0),
        ("studying_20_24", "01", "2008", "_T", 37.0),
        ("studying_20_24", "00", "2008", "_T", 35.2),
    ],
)
def test_the_figures_printed_in_the_report_come_out_of_the_warehouse(
    warehouse: duckdb.DuckDBPyConnection,
    indicator: str,
    region: str,
    period: str,
    background: str,
    printed: float,
) -> None:
    """Where the definition is unchanged, the example passes through what was published."""
    group = {"age": background} if is_class(background) else {"background": background}
    found = one(warehouse, indicator=indicator, region=region, period=period, **group)

    assert found == printed


def test_net_migration_of_2009_is_the_report_s(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Almost 25 000: 19 000 from abroad and just over 5 500 from the rest of Sweden."""
    total, abroad, domestic = (
        one(warehouse, indicator=name, region="01", period="2009") or 0.0
        for name in ("net_migration", "net_migration_abroad", "net_migration_domestic")
    )

    assert 24_000 <= total < 25_000
    assert 18_500 <= abroad < 19_500
    assert 5_500 < domestic < 5_700
    assert total == abroad + domestic


def test_eligibility_of_1998_is_just_under_75_per_cent(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """The report prints "just under 75 per cent" for those born outside EU/EFTA."""
    found = one(
        warehouse, indicator="upper_secondary_eligibility", region="01", period="1998",
        background="VXEUEES",
    )  # fmt: skip

    assert found is not None
    assert 74.5 <= found < 75


def test_persons_of_counties_and_country_are_those_of_their_municipalities(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Everybody lives in one municipality, one county and the country: to 2024 exactly."""
    differing = warehouse.execute(
        """
        WITH people AS (
            SELECT region::VARCHAR AS region, period, sex, background, age, value FROM observation
            WHERE indicator::VARCHAR = 'population' AND period::VARCHAR <= '2024'
              AND background::VARCHAR NOT IN ('sv', 'öv')
        ), small AS (SELECT * FROM people WHERE length(region) = 4),
        large AS (SELECT * FROM people WHERE length(region) = 2)
        SELECT large.region, period, sex, background, age, any_value(large.value),
               sum(small.value)
        FROM large JOIN small USING (period, sex, background, age)
        WHERE large.region = '00' OR small.region LIKE large.region || '%'
        GROUP BY ALL HAVING any_value(large.value) <> sum(small.value)
        """
    ).fetchall()

    assert differing == []


def test_those_born_here_and_abroad_are_everybody_at_every_age(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Two tables, one people: by sex, age, region and year, as long as the source adds no noise."""
    found = warehouse.execute(
        """
        SELECT count(*), count(*) FILTER (here + abroad = everybody),
               count(*) FILTER (age::VARCHAR = '45')
        FROM (PIVOT (
            SELECT region, period, sex, age, background::VARCHAR AS origin, value FROM observation
            WHERE indicator::VARCHAR = 'population' AND period::VARCHAR BETWEEN '2000' AND '2024'
              AND length(region::VARCHAR) IN (2, 4)
        ) ON origin IN ('_T' AS everybody, 'SE' AS here, 'SAMUTF' AS abroad) USING first(value))
        WHERE here IS NOT NULL
        """
    ).fetchone()

    assert found is not None
    assert found[0] == found[1] > 0
    assert found[2] == 22 * 25 * 3  # single years of counties and the country


def test_single_years_and_classes_of_age_both_add_up_to_everybody(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Each alone: added to each other they would count everybody twice."""
    rows = warehouse.execute(
        """
        SELECT age::VARCHAR, value FROM observation
        WHERE indicator::VARCHAR = 'population' AND region::VARCHAR = '20'
          AND period::VARCHAR = '2024' AND sex::VARCHAR = '2' AND background::VARCHAR = 'SAMUTF'
        """
    ).fetchall()
    known = dict(rows)

    for run in (SINGLE_YEARS, FIVE_YEAR_CLASSES, ("0-19", "20-64", "65+")):
        assert sum(known[code] for code in run) == known["_T"]


def test_a_cell_that_is_asked_for_twice_is_the_same_cell(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """From 2025 the source adds noise, once: whoever asks again gets the same number."""
    found = warehouse.execute(
        """
        SELECT count(*), count(*) FILTER (share.numerator = people.value)
        FROM observation AS share
        JOIN observation AS people USING (region, period, sex, age)
        WHERE share.indicator::VARCHAR = 'foreign_born_share' AND period::VARCHAR = '2025'
          AND people.indicator::VARCHAR = 'population' AND people.background::VARCHAR = 'SAMUTF'
          AND age::VARCHAR = '_T' AND sex::VARCHAR <> '_T'
        """
    ).fetchone()

    assert found is not None
    assert found[0] == found[1] > 600


def test_women_and_men_are_everybody_where_the_source_adds_no_noise(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """To 2024 the parts add up; from 2025 the source's noise makes some of them differ."""
    differing = warehouse.execute(
        """
        SELECT period::VARCHAR >= '2025' AS noisy,
               count(*) FILTER (WHERE abs(men + women - everybody) > 0) AS differing
        FROM (PIVOT (
            SELECT region, period, background, age, sex::VARCHAR AS sex, value FROM observation
            WHERE indicator::VARCHAR IN ('population') AND length(region::VARCHAR) IN (2, 4)
        ) ON sex IN ('_T' AS everybody, '1' AS men, '2' AS women) USING first(value))
        GROUP BY noisy
        """
    ).fetchall()

    found = dict(differing)
    assert found[False] == 0
    assert found[True] > 0


def test_the_smallest_groups_of_bjurholm_are_suppressed_and_never_zero(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """A share is given only for more than 20 persons of whom more than 5 have the property."""
    found = warehouse.execute(
        """
        SELECT value, status FROM observation
        WHERE region::VARCHAR = '2403' AND background::VARCHAR IN ('INT010', 'INT020')
          AND sex::VARCHAR <> '_T' AND segment::VARCHAR = 'bas'
        """
    ).fetchall()

    assert len(found) > 100
    assert {status for value, status in found if value is None} == {".."}
    assert not [value for value, _ in found if value == 0]
    assert sum(value is None for value, _ in found) > 0.9 * len(found)


def test_everybody_in_bjurholm_has_a_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Suppression hides small groups, not small municipalities."""
    found = warehouse.execute(
        """
        SELECT count(*), count(value) FROM observation
        WHERE region::VARCHAR = '2403' AND indicator::VARCHAR = 'employment_rate'
          AND background::VARCHAR = '_T' AND age::VARCHAR = '_T' AND sex::VARCHAR = '_T'
        """
    ).fetchone()

    assert found is not None
    # 25 years of RAMS and three of BAS.
    assert found[0] == found[1] == 28


def test_levels_of_education_add_up_to_everybody_aged_25_to_65(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """What the share is of is the population 20-65 without those 20-24, in each municipality."""
    found = warehouse.execute(
        """
        WITH people AS (
            SELECT region, sum(CASE age::VARCHAR WHEN '20-65' THEN value ELSE -value END)
                AS adults
            FROM observation
            WHERE indicator::VARCHAR = 'population' AND period::VARCHAR = '2024'
              AND sex::VARCHAR = '_T' AND age::VARCHAR IN ('20-65', '20-24')
              AND background::VARCHAR = '_T'
              AND length(region::VARCHAR) = 4
            GROUP BY region
        )
        SELECT count(*), count(*) FILTER (WHERE denominator = adults),
               count(*) FILTER (WHERE numerator BETWEEN 0.1 * adults AND 0.8 * adults)
        FROM observation JOIN people USING (region)
        WHERE indicator::VARCHAR = 'post_secondary_share_25_65' AND period::VARCHAR = '2024'
        """
    ).fetchone()

    assert found == (290, 290, 290)


def test_both_sexes_lie_between_women_and_men(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A share of everybody is a mean of the shares of its parts."""
    found = warehouse.execute(
        """
        SELECT count(*) FROM (PIVOT (
            SELECT indicator, region, period, background, age, education, sex::VARCHAR AS sex,
                   value
            FROM observation
            WHERE indicator::VARCHAR IN ('employment_rate', 'rented_share')
        ) ON sex IN ('_T' AS everybody, '1' AS men, '2' AS women) USING first(value))
        WHERE men IS NOT NULL AND women IS NOT NULL
          AND NOT (everybody BETWEEN least(men, women) - 0.051 AND greatest(men, women) + 0.051)
        """
    ).fetchone()

    assert found == (0,)


def test_employment_falls_with_distance_of_the_region_of_birth(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Sweden above the Nordic countries, EU/EFTA and the rest of the world, every year."""
    years = [f"{year}" for year in range(1997, 2025)]

    for year in years:
        found = [
            one(warehouse, indicator="employment_rate", region="00", period=year, background=code)
            or 0.0
            for code in ORIGINS
        ]
        assert found == sorted(found, reverse=True), year
