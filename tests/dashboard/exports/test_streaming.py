"""How much memory a large file costs."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.dashboard.warehouse import FIRST, ROOT

ROWS = 5_000_000
REGION = "format('{:04d}R{:03d}', 1 + place // 20, place % 20)"
CODES = {
    "indicator": "'employment_rate'",
    "period": ", ".join(f"'{year}'" for year in range(2000, 2025)),
    "sex": "'1', '2'",
    "background": "'EUEESXN', 'NEXS', 'SE', 'VXEUEES'",
    "education": "'3', 'EU', 'F', 'US', '_T'",
    "segment": "'bas'",
    "kind": "'published'",
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version with five million rows: 5 000 regions, 25 years, 40 groups; some hidden."""
    data = tmp_path_factory.mktemp("large")
    file = data / f"warehouse-{FIRST}.duckdb"
    with duckdb.connect(file) as connection:
        for name, codes in CODES.items():
            connection.execute(f"CREATE TYPE {name}_code AS ENUM ({codes})")
        connection.execute(
            f"CREATE TYPE region_code AS ENUM (SELECT {REGION} FROM range(5000) AS t(place))"
        )
        connection.execute((ROOT / "etl" / "schema.sql").read_text(encoding="utf-8"))
        connection.execute(
            f"""
            INSERT INTO observation BY NAME
            SELECT 'employment_rate' AS indicator, {REGION} AS region, year::VARCHAR AS period,
                   sex, background, education, 'bas' AS segment, 'published' AS kind,
                   CASE WHEN place % 20 > 0 THEN (place * 7 + year * 3) % 1000 / 10 END AS value,
                   CASE WHEN place % 20 = 0 THEN '..' END AS status
            FROM range(5000) AS r(place), range(2000, 2025) AS y(year),
                 (SELECT unnest([{CODES["sex"]}]) AS sex),
                 (SELECT unnest([{CODES["background"]}]) AS background),
                 (SELECT unnest([{CODES["education"]}]) AS education)
            """
        )
        connection.execute(
            f"INSERT INTO region BY NAME SELECT {REGION} AS code, 'Område ' || place AS name,"
            " 'regso' AS level, 'i' AS locative_sv, 'in' AS locative_en"
            " FROM range(5000) AS t(place)"
        )
    pointer = {"version": FIRST, "file": file.name, "built": "", "example": False}
    (data / "warehouse.json").write_text(json.dumps(pointer), encoding="utf-8")
    return data


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read in /proc")
@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_five_million_rows_stream_in_under_300_megabytes(large: Path, format: str) -> None:
    """Whoever takes everything slows nobody else: memory does not grow with the answer."""
    command = [sys.executable, "-m", "tests.dashboard.exports.streaming", str(large), format]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    told = json.loads(run.stdout)

    assert told["rows"] == ROWS
    assert format != "csv" or told["lines"] == ROWS + 1
    assert told["peak"] < 300_000_000, told
