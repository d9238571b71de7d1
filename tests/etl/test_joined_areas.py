"""An area that is the same in both divisions is one series, whichever codes its table has."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from etl.build.load import note_revisions
from tests.etl.running import CATALOGUE, etl, rows
from tests.pxweb_server import serving
from tests.pxweb_server.editions import narrowed, recoded

TABLE = "TAB6572"
# Rinkeby is unchanged, Albyberget is not; in SCB's table of 2020 and under 2025's codes here.
RINKEBY, ALBYBERGET = "0180R076", "0127R001"
NEWER = {code: f"{code}_RegSO2025" for code in (RINKEBY, ALBYBERGET)}
OBSERVATIONS = """
    CREATE TABLE observation (indicator VARCHAR, region VARCHAR, period VARCHAR, sex VARCHAR,
        background VARCHAR, age VARCHAR, education VARCHAR, value DOUBLE, status VARCHAR,
        segment VARCHAR);
    CREATE TABLE revision (indicator VARCHAR, region VARCHAR, period VARCHAR, sex VARCHAR,
        background VARCHAR, age VARCHAR, education VARCHAR, old_value DOUBLE, new_value DOUBLE,
        old_status VARCHAR, new_status VARCHAR, seen TIMESTAMP);
    CREATE TABLE run AS SELECT 2 AS schema_version;
"""


@pytest.fixture(scope="module")
def data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder pulled from a table whose areas have the codes of 2025 only."""
    folder = tmp_path_factory.mktemp("joined")
    with serving([shared / "scb" / "packs" / TABLE], calls=300, window=1.0) as server:
        small = narrowed(server.pack(TABLE), "Region", list(NEWER))
        server.publish(recoded(small, "Region", NEWER))
        run = etl("run", "--api", server.url, "--data", folder, "--catalogue", CATALOGUE)
    assert run.code == 3, run.output
    return folder


@pytest.mark.slow  # a run of the pipeline
def test_an_unchanged_area_stands_under_its_code_of_2020_and_a_changed_one_does_not(
    data: Path,
) -> None:
    """Only the land boundary decides; no cell of the table stands twice."""
    found = rows(data, "SELECT DISTINCT region::VARCHAR FROM observation ORDER BY ALL")
    named = rows(data, "SELECT code, division FROM region WHERE level = 'regso' ORDER BY code")

    assert [code for (code,) in found] == [NEWER[ALBYBERGET], RINKEBY]
    assert named == [(NEWER[ALBYBERGET], "RegSO 2025"), (RINKEBY, "RegSO 2020/2025")]


@pytest.mark.slow
@pytest.mark.parametrize("asked", [RINKEBY, NEWER[RINKEBY]])
def test_a_joined_area_is_traced_to_the_cell_under_the_code_of_its_table(
    data: Path, asked: str
) -> None:
    """The cell stands under the code of 2025; the area may be asked for by either code."""
    key = ["--indicator", "foreign_born_share", "--region", asked, "--period", "2023"]
    traced = etl("trace", *key, "--data", data, "--catalogue", CATALOGUE)

    assert traced.code == 0, traced.output
    assert f"Region={NEWER[RINKEBY]}" in traced.output


def warehouse(path: Path, values: Mapping[str, float]) -> duckdb.DuckDBPyConnection:
    """A file with one observation of 2024 a region, and one revision of each."""
    connection = duckdb.connect(path)
    connection.execute(OBSERVATIONS)
    for region, value in values.items():
        connection.execute(
            "INSERT INTO observation VALUES "
            "('rate', ?, '2024', '_T', '_T', '_T', '_T', ?, NULL, 'stativ')",
            [region, value],
        )
    return connection


def test_a_revision_is_found_across_the_join_of_an_area(tmp_path: Path) -> None:
    """The figure of 2024 stood under the code of 2025 in the version before; it is the same."""
    before = {NEWER[RINKEBY]: 40.0, NEWER[ALBYBERGET]: 50.0, "0127": 60.0}
    old = warehouse(tmp_path / "old.duckdb", before)
    old.execute(
        "INSERT INTO revision VALUES "
        "('rate', ?, '2023', '_T', '_T', '_T', '_T', 1, 2, NULL, NULL, '2026-01-01')",
        [NEWER[RINKEBY]],
    )
    old.close()
    after = {RINKEBY: 41.0, NEWER[ALBYBERGET]: 50.0, "0127": 61.0}
    with warehouse(tmp_path / "new.duckdb", after) as new:
        note_revisions(new, tmp_path / "old.duckdb", ["rate"], {NEWER[RINKEBY]: RINKEBY})
        told = new.execute(
            "SELECT region, period, old_value, new_value FROM revision ORDER BY ALL"
        ).fetchall()

    assert told == [
        ("0127", "2024", 60.0, 61.0),
        (RINKEBY, "2023", 1.0, 2.0),
        (RINKEBY, "2024", 40.0, 41.0),
    ]


def test_the_example_has_no_two_regions_of_one_name_and_one_series_of_an_area(
    example_data: Path,
) -> None:
    """Rinkeby goes on through both divisions; Albyberget is two regions, each in its own years."""
    names = rows(example_data, "SELECT name FROM region GROUP BY name HAVING count(*) > 1")
    spans = rows(
        example_data,
        """
        SELECT region::VARCHAR, min(period::VARCHAR), max(period::VARCHAR)
        FROM observation
        WHERE indicator = 'foreign_born_share' AND sex = '_T' AND background = '_T'
          AND left(region::VARCHAR, 8) IN ('0180R076', '0127R001')
        GROUP BY region ORDER BY region::VARCHAR
        """,
    )

    assert names == []
    assert [region for region, *_ in spans] == [ALBYBERGET, NEWER[ALBYBERGET], RINKEBY]
    (_, first, ended), (_, began, last), rinkeby = spans
    assert (ended, began) == ("2023", "2024")
    assert rinkeby == (RINKEBY, first, last)
