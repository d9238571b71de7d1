"""A small real warehouse with two municipalities that are a group, and areas that are a union."""

from pathlib import Path

import duckdb

from tests.dashboard.warehouse import publish

TWO = ("0127", "0126")
GROUP = "grupp-tva"
RATE, BALANCE = "employment_rate", "mover_balance"
Cell = tuple[str, str, str, str, float | None, str]

# indicator, region, period, background, value, segment
CELLS: tuple[Cell, ...] = (
    (RATE, "0127", "2020", "_T", 80, "rams"),
    (RATE, "0126", "2020", "_T", 60, "rams"),
    (RATE, "0127", "2021", "_T", 82, "rams"),
    (RATE, "0126", "2021", "_T", None, "rams"),
    (RATE, "0127", "2022", "_T", 70, "bas"),
    (RATE, "0126", "2022", "_T", 50, "bas"),
    (RATE, "00", "2022", "_T", 75, "bas"),
    (RATE, "0127", "2022", "SE", 78, "bas"),
    (RATE, "0126", "2022", "SE", 68, "bas"),
    *(("population", "0127", year, "20-64", 1000, "bef") for year in ("2020", "2021")),
    *(("population", "0126", year, "20-64", 3000, "bef") for year in ("2020", "2021")),
    ("population", "0127", "2022", "20-65", 2000, "bef"),
    ("population", "0126", "2022", "20-65", 2000, "bef"),
    ("population", "0127", "2022", "_T", 5000, "bef"),
    ("population", "0126", "2022", "_T", 7000, "bef"),
    ("foreign_born_share", "0127", "2022", "_T", 25, "bef"),
    ("foreign_born_share", "0126", "2022", "_T", 250 / 3, "bef"),
    (BALANCE, "0127", "2022", "_T", 90, "bas"),
    (BALANCE, "0126", "2022", "_T", 120, "bas"),
    (BALANCE, "00", "2022", "_T", 100, "bas"),
)
COUNTS = {"0127": (10, 40), "0126": (50, 60)}  # foreign-born, population


def publish_unions(data: Path) -> Path:
    """Write a version with `CELLS`, whose two municipalities are the group `GROUP`."""
    path = publish(
        data,
        observations=[
            (indicator, region, period, "_T", group, value, None if value else "..", segment,
             "published")
            for indicator, region, period, group, value, segment in CELLS
        ],
    )  # fmt: skip
    with duckdb.connect(path) as connection:
        connection.executemany(
            "INSERT INTO region_member (region, member) VALUES (?, ?)",
            [(GROUP, code) for code in TWO],
        )
        connection.execute(
            "INSERT INTO region BY NAME SELECT ? AS code, 'Två' AS name, 'group' AS level,"
            " '00' AS parent, 'i gruppen Två' AS locative_sv, 'in the group Två' AS locative_en",
            [GROUP],
        )
        connection.execute(
            "INSERT INTO indicator_source VALUES"
            " ('population', 'bef', 'municipality', 'TAB638', 'X', '1968', '2024')"
        )
        connection.executemany(
            "UPDATE observation SET numerator = ?, denominator = ?"
            " WHERE indicator = 'foreign_born_share' AND region = ?",
            [(*counts, region) for region, counts in COUNTS.items()],
        )
    return path
