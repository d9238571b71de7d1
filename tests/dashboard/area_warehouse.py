"""A small real warehouse with a neighbourhood of two areas and a third area, in both divisions."""

from pathlib import Path

import duckdb

from tests.dashboard.warehouse import publish

UNEMPLOYED, STUDYING, BALANCE, TYPE = (
    "area_unemployed_share", "studying_20_24", "mover_balance", "area_type",
)  # fmt: skip
ALBY = "stadsdel-alby"
NAMES = {"0127R001": "Albyberget", "0127R002": "Albydalen", "0127R005": "Fittja"}
NEWER = "_RegSO2025"
# of each region in 2023 and 2024: unemployed and residents; None where the source hides them
COUNTS: dict[str, tuple[tuple[float, float] | None, ...]] = {
    f"0127R001{NEWER}": ((8, 100), (10, 100)),
    f"0127R002{NEWER}": ((32, 200), (30, 200)),
    f"0127R005{NEWER}": ((30, 100), None),
    "0127": ((60, 400), (60, 400)),
    "01": ((300, 4000), (320, 4000)),
    "00": ((2400, 40000), (2400, 40000)),
}
SHARES: dict[str, tuple[str, dict[tuple[str, str], float]]] = {
    STUDYING: (
        "stativ",
        {
            ("0127R001", "2023"): 20,
            ("0127R002", "2023"): 40,
            ("0127R005", "2023"): 25,
            ("0127", "2023"): 28.6,
            ("00", "2023"): 34.6,
        },
    ),
    BALANCE: (
        "rams",
        {("0127R001", "2021"): 90, ("0127R002", "2021"): 110, ("0127", "2021"): 100},
    ),
    TYPE: (
        "socio",
        {
            ("0127R001", "2019"): 1,
            ("0127R001", "2023"): 2,
            ("0127R002", "2019"): 2,
            ("0127R002", "2023"): 2,
        },
    ),
    "open_unemployment": ("rams", {("0127", "2021"): 16.1, ("00", "2021"): 9.9}),
    "residential_dissimilarity": ("bef", {("0127", "2022"): 40.4, ("0127", "2023"): 41.4}),
}
PEOPLE = {
    ("0127R001", "2023", "20-24"): 300, ("0127R002", "2023", "20-24"): 100,
    ("0127R001", "2023", "_T"): 5000, ("0127R002", "2023", "_T"): 4000,
    (f"0127R001{NEWER}", "2024", "_T"): 5100, (f"0127R002{NEWER}", "2024", "_T"): 4100,
}  # fmt: skip


def publish_areas(data: Path, *, confirmed: bool = False) -> Path:
    """Write a version; the list of the neighbourhood's areas is confirmed or not."""
    shares = [
        (id, region, year, "_T", "_T", value, None, segment, "published")
        for id, (segment, cells) in SHARES.items()
        for (region, year), value in cells.items()
    ]
    counts = [
        (
            UNEMPLOYED, region, year, "_T", "_T", 100 * pair[0] / pair[1] if pair else None,
            None if pair else "..", "bas", "computed",
        )
        for region, pairs in COUNTS.items()
        for year, pair in zip(("2023", "2024"), pairs, strict=True)
    ]  # fmt: skip
    people = [
        ("population", region, year, "_T", ages, value, None, "bef", "published")
        for (region, year, ages), value in PEOPLE.items()
    ]
    path = publish(data, observations=[*shares, *counts, *people])
    with duckdb.connect(path) as connection:
        for region, pairs in COUNTS.items():
            for year, pair in zip(("2023", "2024"), pairs, strict=True):
                connection.execute(
                    "UPDATE observation SET numerator = ?, denominator = ?"
                    " WHERE indicator = ? AND region = ? AND period = ?",
                    [*(pair or (None, None)), UNEMPLOYED, region, year],
                )
        _regions(connection, confirmed=confirmed)
    return path


def _regions(connection: duckdb.DuckDBPyConnection, *, confirmed: bool) -> None:
    areas = [
        (code + end, f"{name} (Botkyrka)", "regso", division)
        for code, name in NAMES.items()
        for end, division in (("", "RegSO 2020"), (NEWER, "RegSO 2025"))
    ]
    connection.executemany(
        "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level, ? AS division,"
        " '0127' AS parent, 'i ' || name AS locative_sv, 'in ' || name AS locative_en",
        [*areas, (ALBY, "Alby (Botkyrka)", "stadsdel", "RegSO 2020")],
    )
    who = ["Region Stockholm", "2026-10-01"] if confirmed else [None, None]
    connection.executemany(
        "INSERT INTO region_member VALUES (?, ?, 1, ?, ?)",
        [(ALBY, f"0127R00{one}{end}", *who) for one in (1, 2) for end in ("", NEWER)],
    )
