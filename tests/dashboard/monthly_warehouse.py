"""The small warehouse with a monthly share, a quarterly count, and yearly measures beside them."""

import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import duckdb
import yaml

from tests.dashboard.warehouse import CATALOGUE, Row, publish, rows

MONTHLY, QUARTERLY = "unemployed_monthly", "assisted_quarterly"
MONTHS = tuple(f"{year}M{month:02d}" for year, month in product(range(2020, 2027), range(1, 13)))[
    :81
]  # to September 2026
QUARTERS = tuple(f"{year}K{number}" for year, number in product(range(2020, 2027), range(1, 5)))[
    :27
]
LEVELS = {
    "00": 6.0, "01": 6.4, "09": 5.0, "0127": 9.5, "0126": 7.0, "0140": 3.5, "0180": 6.2,
    "0980": 5.0,
}  # fmt: skip
GROUPS = {"_T": 0.0, "SE": -2.5, "SAMUTF": 6.0}
TABLES = {"month": "TAB6260", "quarter": "TAB9998"}
_NAMES = (
    (MONTHLY, "Arbetslösa (BAS), per månad", "Unemployed (BAS), monthly", "share", "month"),
    (
        QUARTERLY,
        "Personer med stöd, per kvartal",
        "Persons assisted, quarterly",
        "count",
        "quarter",
    ),
)


def share(region: str, period: str, sex: str = "_T", group: str = "_T") -> float:
    """
    High in winter and low in summer; 0.3 lower each year.

    Of one place and group the same month of two years differs by 0.3 and the year by nothing else.
    """
    year, month = int(period[:4]), int(period[5:])
    season = math.cos((month - 1) / 6 * math.pi) * 0.8
    by_sex = {"_T": 0.0, "1": 0.4, "2": -0.4}[sex]
    return round(LEVELS[region] + GROUPS[group] + by_sex + season - 0.3 * (year - 2020), 1)


def monthly_rows() -> Iterator[Row]:
    """Botkyrka's September 2026 is held back; Huddinge has no row for May 2024."""
    for region, period, (sex, group) in product(
        LEVELS, MONTHS, [("_T", group) for group in GROUPS] + [("1", "_T"), ("2", "_T")]
    ):
        if (region, period) == ("0126", "2024M05"):
            continue
        hidden = (region, period) == ("0127", "2026M09")
        value = None if hidden else share(region, period, sex, group)
        status = ".." if hidden else None
        yield (MONTHLY, region, period, sex, group, value, status, "bas", "published")


def quarterly_rows() -> Iterator[Row]:
    """Half as many in the third quarter as in the first."""
    for region, period in product(LEVELS, QUARTERS):
        value = round(1000 * LEVELS[region] * {"1": 1, "2": 0.8, "3": 0.5, "4": 0.9}[period[5]])
        yield (QUARTERLY, region, period, "_T", "_T", value, None, "bas", "published")


def _indicator(id: str, sv: str, en: str, measure: str, frequency: str) -> dict[str, object]:
    share = measure == "share"
    unit = {"sv": "procent", "en": "per cent"} if share else {"sv": "personer", "en": "persons"}
    words = {
        "subject": {"sv": "andelen arbetslösa", "en": "the share unemployed"},
        "whole": {"sv": "befolkningen 20–65 år", "en": "the population aged 20–65"},
        "state": {"sv": "arbetslösa", "en": "unemployed"},
        "ages": {"sv": "20–65 år", "en": "aged 20–65"},
    }
    number = {
        "subject": {"sv": "antalet med stöd", "en": "the number assisted"},
        "neuter": True,
        "noun": {"sv": "ett antal med stöd", "en": "a number assisted"},
    }
    return {
        "id": id, "theme": "labour_market", "title": {"sv": sv, "en": en},
        "definition": {"sv": f"{sv}.", "en": f"{en}."},
        "population": {"sv": "Folkbokförda.", "en": "Residents."},
        "not_captured": {"sv": "Hur länge.", "en": "For how long."},
        "unit": unit, "decimals": 1 if share else 0, "measure": measure, "frequency": frequency,
        "better": "lower" if share else "none", "union": "none" if share else "counts",
        "dimensions": ["sex", "origin"] if share else [], "chart": {"kind": "line"},
        "phrase": words if share else number,
        "segments": [
            {
                "id": "bas", "title": {"sv": "BAS", "en": "BAS"}, "years": {"from": 2020},
                "sources": [
                    {
                        "table": frequency, "levels": ["country", "county", "municipality"],
                        "contents": {"text": sv, "unit": unit["sv"], "decimals": 1},
                    }
                ],
            }
        ],
    }  # fmt: skip


def publish_months(folder: Path, *, example: bool = False) -> Path:
    """Write a version and the catalogue of its indicators; the address of the catalogue."""
    document = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    newest = document["tables"][-1]
    document["tables"] += [
        {**newest, "key": frequency, "id": table, "years": {"from": 2020}}
        for frequency, table in TABLES.items()
    ]
    document["indicators"] += [_indicator(*names) for names in _NAMES]
    catalogue = folder / "catalogue.yaml"
    path = publish(
        folder, example=example, observations=[*rows(), *monthly_rows(), *quarterly_rows()]
    )
    catalogue.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    with duckdb.connect(path) as connection:
        connection.executemany(
            "INSERT INTO indicator_source SELECT ?, 'bas', level, ?, 'X', ?, ? FROM"
            " (VALUES ('country'), ('county'), ('municipality')) AS levels(level)",
            [
                (MONTHLY, TABLES["month"], MONTHS[0], MONTHS[-1]),
                (QUARTERLY, TABLES["quarter"], QUARTERS[0], QUARTERS[-1]),
            ],
        )
    return catalogue
