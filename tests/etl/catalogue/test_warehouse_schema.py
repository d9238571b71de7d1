"""A warehouse of before, when ages stood among the backgrounds, read with the tables of today."""

from pathlib import Path

import duckdb
import pytest

from etl.build.load import note_revisions
from etl.catalogue import warehouse_schema
from tests.etl.test_joined_areas import warehouse

# The tables of version 1 that have changed since, as `etl/schema.sql` had them in October 2026.
FIRST_SCHEMA = """
    CREATE TYPE indicator_code AS ENUM ('population');
    CREATE TYPE region_code AS ENUM ('00', '0127');
    CREATE TYPE period_code AS ENUM ('2023', '2024');
    CREATE TYPE sex_code AS ENUM ('1', '2', '_T');
    CREATE TYPE background_code AS ENUM ('20-64', '65+', 'SE', '_T');
    CREATE TYPE education_code AS ENUM ('_T');
    CREATE TYPE segment_code AS ENUM ('bef');
    CREATE TYPE kind_code AS ENUM ('published', 'computed');
    CREATE TABLE observation (indicator indicator_code, region region_code, period period_code,
        sex sex_code, background background_code, education education_code, value DOUBLE,
        status VARCHAR, numerator DOUBLE, denominator DOUBLE, segment segment_code, kind kind_code);
    CREATE TABLE latest (region VARCHAR, indicator VARCHAR, background VARCHAR, period VARCHAR,
        value DOUBLE, status VARCHAR, segment VARCHAR, kind VARCHAR);
    CREATE TABLE category (dimension VARCHAR, code VARCHAR, kind VARCHAR, label_sv VARCHAR,
        label_en VARCHAR, position INTEGER);
    CREATE TABLE note (indicator VARCHAR, table_id VARCHAR, text VARCHAR, mandatory BOOLEAN,
        variable VARCHAR, code VARCHAR);
    CREATE TABLE revision (indicator VARCHAR, region VARCHAR, period VARCHAR, sex VARCHAR,
        background VARCHAR, education VARCHAR, old_value DOUBLE, new_value DOUBLE,
        old_status VARCHAR, new_status VARCHAR, seen TIMESTAMP);
    CREATE TABLE run (version VARCHAR, started TIMESTAMP, finished TIMESTAMP, example BOOLEAN,
        observations BIGINT, warnings INTEGER);
    INSERT INTO observation
    SELECT 'population', '0127', '2024', '_T', unnest(['_T', 'SE', '20-64', '65+']), '_T',
           unnest([95000, 52000, 56000, 14000]), NULL, NULL, NULL, 'bef', 'published';
    INSERT INTO latest
    SELECT '0127', 'population', unnest(['_T', 'SE', '20-64']), '2024',
           unnest([95000, 52000, 56000]), NULL, 'bef', 'published';
    INSERT INTO category VALUES
        ('background', '_T', 'total', 'Samtliga', 'All', 0),
        ('background', 'SE', 'origin', 'Födda i Sverige', 'Born in Sweden', 1),
        ('background', '20-64', 'age', '20–64 år', 'Aged 20–64', 2),
        ('background', '65+', 'age', '65 år och äldre', 'Aged 65 and over', 3);
    INSERT INTO note VALUES ('population', 'TAB638', 'Om åldern.', false, 'background', '20-64');
    INSERT INTO revision VALUES ('population', '0127', '2023', '_T', '20-64', '_T', 1, 2, NULL,
        NULL, '2026-10-01');
    INSERT INTO run VALUES ('v', '2026-10-01', '2026-10-01', false, 4, 0);
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file with the schema of before."""
    file = tmp_path / "older.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute(FIRST_SCHEMA)
    return file


def test_ages_of_an_older_version_stand_in_their_own_column(older: Path) -> None:
    """56 000 of all backgrounds aged 20-64; 52 000 of all ages born in Sweden."""
    with warehouse_schema.connected(older) as connection:
        rows = connection.execute(
            """
            SELECT background::VARCHAR, age::VARCHAR, value FROM observation
            WHERE region = TRY_CAST('0127' AS region_code)
              AND age IN (SELECT TRY_CAST(unnest(['_T', '20-64']) AS age_code))
            ORDER BY value
            """
        ).fetchall()

    assert rows == [("SE", "_T", 52000.0), ("_T", "20-64", 56000.0), ("_T", "_T", 95000.0)]


def test_nothing_else_of_an_older_version_is_read_as_an_age(older: Path) -> None:
    """What is newest is of all ages; names, notes and revisions follow their codes."""
    with warehouse_schema.connected(older).cursor() as connection:
        latest = connection.execute("SELECT background FROM latest ORDER BY 1").fetchall()
        names = connection.execute(
            "SELECT dimension, code FROM category WHERE code <> '_T' ORDER BY position"
        ).fetchall()
        note = connection.execute("SELECT variable, code FROM note").fetchall()
        revision = connection.execute("SELECT background, age FROM revision").fetchall()
        version = connection.execute("SELECT schema_version FROM run").fetchall()

    assert latest == [("SE",), ("_T",)]
    assert names == [("background", "SE"), ("age", "20-64"), ("age", "65+")]
    assert note == [("age", "20-64")]
    assert revision == [("_T", "20-64")]
    assert version == [(1,)]


def test_an_older_version_tells_what_there_is_of_each_region(older: Path) -> None:
    """Botkyrka has four observations of 2024: everybody, born in Sweden, and two classes of age."""
    with warehouse_schema.connected(older) as connection:
        held = connection.execute(
            """
            SELECT indicator::VARCHAR, region::VARCHAR, last_period::VARCHAR, observations,
                   has_numbers, same_groups_as::VARCHAR
            FROM coverage
            """
        ).fetchall()
        groups = connection.execute(
            "SELECT background::VARCHAR, age::VARCHAR FROM coverage_group WHERE region = '0127'"
        ).fetchall()

    assert held == [("population", "0127", "2024", 4, True, "0127")]
    assert sorted(groups) == [("SE", "_T"), ("_T", "20-64"), ("_T", "65+"), ("_T", "_T")]


def test_a_version_that_only_lacks_what_there_is_keeps_its_tables(tmp_path: Path) -> None:
    """Version 2 has ages in their own column already: nothing of it is read as another one."""
    file = tmp_path / "second.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute(
            """
            CREATE TYPE age_code AS ENUM ('20-64', '_T');
            CREATE TABLE observation AS
            SELECT 'population' AS indicator, '0127' AS region, '2024' AS period, '_T' AS sex,
                   '_T' AS background, unnest(['20-64', '_T'])::age_code AS age,
                   '_T' AS education, NULL::DOUBLE AS value;
            CREATE TABLE run AS SELECT 2 AS schema_version;
            """
        )
    with warehouse_schema.connected(file) as connection:
        ages = connection.execute(
            "SELECT age::VARCHAR FROM observation WHERE age <> TRY_CAST('_T' AS age_code)"
        ).fetchall()
        held = connection.execute("SELECT observations, has_numbers FROM coverage").fetchall()

    assert ages == [("20-64",)]
    assert held == [(2, False)]


def test_a_version_that_tells_what_there_is_is_believed(tmp_path: Path) -> None:
    """Version 3 has counted its observations: they are not counted again."""
    file = tmp_path / "third.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute(
            """
            CREATE TABLE coverage AS SELECT '0127' AS region, 7 AS observations;
            CREATE TABLE coverage_group AS SELECT '0127' AS region, 'SE' AS background;
            CREATE TABLE run AS SELECT 3 AS schema_version;
            """
        )
    with warehouse_schema.connected(file) as connection:
        held = connection.execute("FROM coverage").fetchall()
        groups = connection.execute("FROM coverage_group").fetchall()

    assert held == [("0127", 7)]
    assert groups == [("0127", "SE")]


def test_a_new_version_is_compared_with_an_older_one_age_by_age(
    older: Path, tmp_path: Path
) -> None:
    """Nothing counts as revised because its age has moved to another column."""
    with warehouse(tmp_path / "new.duckdb", {}) as new:
        new.executemany(
            "INSERT INTO observation VALUES "
            "('population', '0127', '2024', '_T', '_T', ?, '_T', ?, NULL, 'bef')",
            [("_T", 95000.0), ("20-64", 56001.0)],
        )
        note_revisions(new, older, ["population"], {})
        told = new.execute("SELECT period, age, old_value, new_value FROM revision").fetchall()

    assert sorted(told) == [("2023", "20-64", 1.0, 2.0), ("2024", "20-64", 56000.0, 56001.0)]


def test_a_version_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """Its tables may mean what this program does not know."""
    file = tmp_path / "newer.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute("CREATE TABLE run AS SELECT 99 AS schema_version")

    with pytest.raises(duckdb.Error, match="has schema 99, this program reads up to"):
        warehouse_schema.connected(file)
