"""A warehouse that is too large to be held."""

import json
from pathlib import Path

import duckdb

from etl.build.load import cover
from tests.dashboard.warehouse import FIRST, ROOT

ROWS = 5_000_000
REGION = "format('{:04d}R{:03d}', 1 + place // 20, place % 20)"
CODES = {
    "indicator": "'employment_rate'",
    "period": ", ".join(f"'{year}'" for year in range(2000, 2025)),
    "sex": "'1', '2'",
    "background": "'EUEESXN', 'NEXS', 'SE', 'VXEUEES'",
    "age": "'_T'",
    "education": "'3', 'EU', 'F', 'US', '_T'",
    "segment": "'bas'",
    "kind": "'published'",
}


def publish_large(data: Path, regions: int = 5000) -> None:
    """A version with `ROWS` rows: 5 000 regions, 25 years, 40 groups; some hidden."""
    file = data / f"warehouse-{FIRST}.duckdb"
    with duckdb.connect(file) as connection:
        for name, codes in CODES.items():
            connection.execute(f"CREATE TYPE {name}_code AS ENUM ({codes})")
        connection.execute(
            f"CREATE TYPE region_code AS ENUM (SELECT {REGION} FROM range({regions}) AS t(place))"
        )
        connection.execute((ROOT / "etl" / "schema.sql").read_text(encoding="utf-8"))
        connection.execute(
            f"""
            INSERT INTO observation BY NAME
            SELECT 'employment_rate' AS indicator, {REGION} AS region, year::VARCHAR AS period,
                   sex, background, '_T' AS age, education, 'bas' AS segment, 'published' AS kind,
                   CASE WHEN place % 20 > 0 THEN hash(place, year, sex, background) % 1000 / 10 END
                       AS value,
                   CASE WHEN place % 20 = 0 THEN '..' END AS status
            FROM range({regions}) AS r(place), range(2000, 2025) AS y(year),
                 (SELECT unnest([{CODES["sex"]}]) AS sex),
                 (SELECT unnest([{CODES["background"]}]) AS background),
                 (SELECT unnest([{CODES["education"]}]) AS education)
            ORDER BY background, education, sex, region, period -- as a build writes them
            """
        )
        cover(connection)
        connection.execute(
            f"INSERT INTO region BY NAME SELECT {REGION} AS code, 'Område ' || place AS name,"
            " 'regso' AS level, 'i' AS locative_sv, 'in' AS locative_en"
            f" FROM range({regions}) AS t(place)"
        )
    pointer = {"version": FIRST, "file": file.name, "built": "", "example": False}
    (data / "warehouse.json").write_text(json.dumps(pointer), encoding="utf-8")
