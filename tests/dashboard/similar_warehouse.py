"""A small real warehouse of a municipality, others at known distances from it, and SKR groups."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from tests.dashboard.warehouse import FIRST, Row, publish

RATE, SHARE, PEOPLE = "employment_rate", "working_age_share", "population"
REGION, GROUP = "0115", "skr-B3"
# Each is larger than the one before it; all but the last are of the region's SKR group.
OTHERS = ("0117", "0120", "0123", "0125", "0128", "0136", "0138", "0139", "0160")
# The first two have a share of working age like nobody else's.
NEAREST = OTHERS[2:]
NEAREST_BY_SIZE = OTHERS[:7]
YEARS = ("2023", "2024")


def similar_rows(rate: float = 70.0) -> list[Row]:
    """The figures of all municipalities, county and country in two years."""
    places = {code: place for place, code in enumerate((REGION, *OTHERS))}
    shares = {code: 30.0 if code in OTHERS[:2] else 50 + place / 10
              for code, place in places.items()}  # fmt: skip
    figures = [(code, 10_000 * 1.1**place, shares[code], rate + place)
               for code, place in places.items()]  # fmt: skip
    figures += [("01", 2_400_000.0, 58.0, rate + 8), ("00", 10_500_000.0, 56.0, rate + 5)]
    return [row for figure in figures for row in _rows(*figure)]


def _rows(code: str, people: float, share: float, rate: float) -> Iterable[Row]:
    for year in YEARS:
        for indicator, background, value, segment in (
            (PEOPLE, "_T", round(people), "bef"),
            (PEOPLE, "20-64", people * share / 100, "bef"),
            (PEOPLE, "20-65", people * share / 100, "bef"),
            (SHARE, "_T", share, "stativ"),
            (RATE, "_T", rate, "bas"),
        ):
            yield (indicator, code, year, "_T", background, value, None, segment, "published")


def publish_similar(
    data: Path, *, version: str = FIRST, observations: Sequence[Row] | None = None
) -> Path:
    """Write a version with these figures; municipalities are called "Kommun 0" to "Kommun 9"."""
    path = publish(data, version=version, observations=observations or similar_rows())
    with duckdb.connect(path) as connection:
        connection.executemany(
            "INSERT INTO region BY NAME SELECT ? AS code, ? AS name, ? AS level, ? AS parent,"
            " 'i ' || name AS locative_sv, 'in ' || name AS locative_en",
            [
                *(
                    (code, f"Kommun {place}", "municipality", "01")
                    for place, code in enumerate((REGION, *OTHERS))
                ),
                (GROUP, "Pendlingskommuner", "group", "00"),
                ("skr-A1", "Storstäder", "group", "00"),
            ],
        )
        connection.executemany(
            "INSERT INTO region_member (region, member) VALUES (?, ?)",
            [*((GROUP, code) for code in (REGION, *OTHERS[:-1])), ("skr-A1", OTHERS[-1])],
        )
    return path
