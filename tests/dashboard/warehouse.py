"""A small real warehouse, written from the schema that the pipeline writes."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from etl.build.load import cover, summarise
from etl.catalogue.ages import is_class
from etl.catalogue.warehouse_schema import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]
CATALOGUE = Path(__file__).with_name("catalogue.yaml")
FIRST = "20261121T081500Z-1a2b3c4d"
SECOND = "20261122T081500Z-5e6f7a8b"
YEARS = [str(year) for year in range(2003, 2025)]
ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF")
REGIONS = (
    ("00", "Riket", "country", None, "i riket", "in Sweden"),
    ("01", "Stockholms län", "county", "00", "i Stockholms län", "in Stockholm county"),
    ("09", "Gotlands län", "county", "00", "i Gotlands län", "in Gotland county"),
    ("0127", "Botkyrka", "municipality", "01", "i Botkyrka", "in Botkyrka"),
    ("0126", "Huddinge", "municipality", "01", "i Huddinge", "in Huddinge"),
    ("0140", "Nykvarn", "municipality", "01", "i Nykvarn", "in Nykvarn"),
    (
        "0180",
        "Stockholm",
        "municipality",
        "01",
        "i Stockholms kommun",
        "in the municipality of Stockholm",
    ),
    ("0980", "Gotland", "municipality", "09", "på Gotland", "on Gotland"),
)

Row = tuple[str, str, str, str, str, float | None, str | None, str, str]


def rows() -> list[Row]:
    """
    Observations: indicator, region, period, sex, group, value, status, segment, kind.

    The group is a background or, for all of them together, a class of ages.

    Botkyrka is hidden in 2010 and has no row for 2012; Nykvarn's Nordic-born are hidden in
    all years; its net migration was zero (-) in 2024.
    """
    found: list[Row] = []
    levels = {
        "00": 72.0,
        "01": 74.0,
        "09": 71.0,
        "0127": 64.0,
        "0126": 70.0,
        "0140": 78.0,
        "0180": 73.0,
        "0980": 71.0,
    }
    for region, level in levels.items():
        for place, year in enumerate(YEARS):
            segment = "bas" if year >= "2022" else "rams"
            crossed = region in {"00", "01"}
            sexes = ("_T", "1", "2") if crossed else ("_T",)
            for number, background in enumerate(("_T", *ORIGINS)):
                for sex in (*sexes, *(("1", "2") if background == "_T" and not crossed else ())):
                    value: float | None = round(
                        level
                        + place * 0.3
                        - (4 * number if number else 0)
                        + {"_T": 0, "1": 1.5, "2": -1.5}[sex]
                        + ((place * 7) % 5) * 0.2,
                        1,
                    )
                    status = None
                    if region == "0127" and background == "_T" and year == "2012":
                        continue
                    if (region, background, year) == ("0127", "_T", "2010"):
                        value, status = None, ".."
                    if region == "0140" and background == "NEXS":
                        value, status = None, ".."
                    found.append(
                        (
                            "employment_rate",
                            region,
                            year,
                            sex,
                            background,
                            value,
                            status,
                            segment,
                            "published",
                        )
                    )
            people = round(95905 * level / 64 + place * 700)
            found.append(("population", region, year, "_T", "_T", people, None, "old", "computed"))
            net: float | None = -48.0 if year == "2024" else (place - 8) * 41.0
            nil = region == "0140" and year == "2024"
            found.append(
                (
                    "net_migration",
                    region,
                    year,
                    "_T",
                    "_T",
                    0.0 if nil else net,
                    "-" if nil else None,
                    "old",
                    "published",
                )
            )
    return found


def publish(
    data: Path,
    *,
    version: str = FIRST,
    example: bool = False,
    observations: Iterable[Row] | None = None,
) -> Path:
    """Write a version with `rows` and point to it, as the pipeline does."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / f"warehouse-{version}.duckdb"
    shown = tuple(rows() if observations is None else observations)
    path.write_bytes(_written(shown, version, example))
    pointer = {
        "version": version,
        "file": path.name,
        "built": "2026-11-21T08:15:00Z",
        "example": example,
    }
    draft = data / "warehouse.json.draft"
    draft.write_text(json.dumps(pointer), encoding="utf-8")
    draft.replace(data / "warehouse.json")
    return path


@lru_cache(maxsize=16)
def _written(shown: tuple[Row, ...], version: str, example: bool) -> bytes:
    """The file of a version: written once, since most tests read the same."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        with duckdb.connect(path) as connection:
            _fill(connection, shown, version, example=example)
        return path.read_bytes()


def _fill(
    connection: duckdb.DuckDBPyConnection, shown: Sequence[Row], version: str, *, example: bool
) -> None:
    for name, place in (
        ("indicator", 0),
        ("region", 1),
        ("period", 2),
        ("sex", 3),
        ("segment", 7),
        ("kind", 8),
    ):
        codes = sorted({str(row[place]) for row in shown}) or [""]
        listed = ", ".join(f"'{code}'" for code in codes)
        connection.execute(f"CREATE TYPE {name}_code AS ENUM ({listed})")
    groups = {row[4] for row in shown}
    for name, own in (
        ("background", {code for code in groups if not is_class(code)}),
        ("age", set(filter(is_class, groups))),
        ("education", set[str]()),
    ):
        listed = ", ".join(f"'{code}'" for code in sorted({"_T", *own}))
        connection.execute(f"CREATE TYPE {name}_code AS ENUM ({listed})")
    connection.execute((ROOT / "etl" / "schema.sql").read_text(encoding="utf-8"))
    names = ("indicator", "region", "period", "sex", "background", "value", "status")
    frame = pd.DataFrame(shown, columns=[*names, "segment", "kind"]).astype(
        {"value": "float64", "status": "str"}
    )
    of_ages = frame["background"].map(is_class)
    frame["age"] = frame["background"].where(of_ages, "_T")
    frame["background"] = frame["background"].mask(of_ages, "_T")
    connection.register("shown", frame)
    connection.execute("INSERT INTO observation BY NAME SELECT *, '_T' AS education FROM shown")
    summarise(connection)
    cover(connection)
    connection.executemany(
        "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level, ? AS parent,"
        " ? AS locative_sv, ? AS locative_en",
        REGIONS,
    )
    _provenance(connection)
    connection.execute(
        "INSERT INTO run VALUES (?, '2026-11-21 08:00', '2026-11-21 08:15', ?, ?, 0, ?)",
        [version, example, len(shown), SCHEMA_VERSION],
    )


def _provenance(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "INSERT INTO source_table BY NAME SELECT * FROM (VALUES"
        " ('TAB4881', 'RAMS', TIMESTAMP '2024-12-13 07:00', TIMESTAMP '2026-11-21 08:00'),"
        " ('TAB6383', 'BAS', TIMESTAMP '2026-02-13 07:00', TIMESTAMP '2026-11-21 08:00'))"
        " AS t(table_id, title, updated, fetched)"
    )
    connection.execute(
        "INSERT INTO indicator_source SELECT i, s, l, t, 'X', '1968', '2030' FROM (VALUES"
        " ('employment_rate', 'rams', 'TAB4881'), ('employment_rate', 'bas', 'TAB6383'),"
        " ('population', 'old', 'TAB4881'), ('net_migration', 'old', 'TAB4881')) AS v(i, s, t),"
        " (VALUES ('country'), ('county'), ('municipality')) AS w(l)"
    )
    connection.execute(
        "INSERT INTO note VALUES ('employment_rate', 'TAB6383', 'Avser november.', true, '', '')"
    )
    connection.execute(
        "INSERT INTO source_problem VALUES"
        " ('open_unemployment', 'old', 'unemployment#0', false, 'Tabellen finns inte.'),"
        " ('net_migration', 'old', 'migration#0', true, 'SCB svarade inte.')"
    )
    connection.execute(  # what is stale was read once; of what is missing there is no trace
        "INSERT INTO lineage VALUES"
        " ('net_migration', 'old', 'migration#0', 'migration', 'TAB4881', '', [], [], [], '{}')"
    )
