"""
Figures of the warehouse, computed once more from the landed documents by other means.

The documents are read as JSON into frames of pandas, code by code and label by label; nothing of
the pipeline takes part. Each rule says in the words of the source what an indicator's figure is.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from etl.catalogue.loading import load
from etl.catalogue.pointer import read_pointer
from etl.source.landing import read, records
from tests.example import read_alone
from tests.source import ROOT

CATALOGUE = ROOT / "indicators.yaml"
SAMPLES = 350
SEED = 2026
BORN = {"SE": "född i sverige", "SAMUTF": "utrikes född"}
SEXES = {"_T": ["1", "2"], "1": ["1"], "2": ["2"]}
Row = Mapping[str, Any]


class Landed:
    """The cells of every landed table: a frame a table, its columns the variables of the source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.frames: dict[str, pd.DataFrame] = {}

    def cells(self, table: str, **codes: str | list[str]) -> pd.Series:
        """The values of the cells with these codes or texts; NaN where none is published."""
        frame = self._frame(table)
        for name, wanted in codes.items():
            frame = frame[frame[name].isin([wanted] if isinstance(wanted, str) else wanted)]
        return frame["value"]

    def _frame(self, table: str) -> pd.DataFrame:
        if table not in self.frames:
            parts = [
                _frame(json.loads(read(self.folder, record.sha256)))
                for record in records(self.folder, table)
                if record.body is not None
            ]
            self.frames[table] = pd.concat(parts).drop_duplicates()
        return self.frames[table]


def _frame(document: dict[str, Any]) -> pd.DataFrame:
    """Every cell of a document; contents and regions of birth by their text, the rest by code."""
    axes = {}
    for name in document["id"]:
        category = document["dimension"][name]["category"]
        codes = sorted(category["index"], key=category["index"].__getitem__)
        texts = name in {"ContentsCode", "Fodelseregion"}
        axes[name] = [category["label"][code].lower() if texts else code for code in codes]
    cells = pd.MultiIndex.from_product(list(axes.values()), names=list(axes))
    values = pd.Series(document["value"], index=cells, name="value", dtype="float64")
    marks = pd.Series("", index=range(len(values)))
    for place, mark in document.get("status", {}).items():
        marks[int(place)] = mark
    # The source's symbol of a true zero stands beside no number.
    values = values.mask((marks == "-").to_numpy() & values.isna().to_numpy(), 0.0)
    return values.reset_index()


@pytest.fixture(scope="module")
def landed(example_data: Path) -> Landed:
    """The documents of the example."""
    return Landed(example_data / "example" / "landing")


@pytest.fixture(scope="module")
def warehouse(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that the ordinary build made of them."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    with read_alone(example_data / pointer.file) as connection:
        yield connection


def sampled(warehouse: duckdb.DuckDBPyConnection, indicator: str, where: str = "true") -> list[Row]:
    """Observations of an indicator, drawn alike in every run."""
    frame = warehouse.execute(
        f"""
        SELECT region::VARCHAR AS region, period::VARCHAR AS period, sex::VARCHAR AS sex,
               background::VARCHAR AS background, age::VARCHAR AS age,
               education::VARCHAR AS education,
               value, status::VARCHAR AS status, numerator, denominator, kind::VARCHAR AS kind
        FROM observation WHERE indicator::VARCHAR = $indicator AND {where} ORDER BY ALL
        """,
        {"indicator": indicator},
    ).df()
    found = frame.sample(min(SAMPLES, len(frame)), random_state=SEED).to_dict("records")
    assert found
    return [{str(name): value for name, value in row.items()} for row in found]


def same(row: Row, expected: float) -> None:
    """A figure is the one expected, or missing where that is."""
    assert row["value"] == pytest.approx(expected, nan_ok=True), row


@cache
def of_net(indicator: str, region: str) -> tuple[str, ...]:
    """The contents that together are a net, by the source's words for where people move."""
    within = ("flyttningsnetto, övriga län",)
    return {
        "net_migration": ("flyttningsnetto, totalt",),
        "net_migration_abroad": ("flyttningsnetto, utlandet",),
        "net_migration_domestic": within
        if len(region) == 2
        else (*within, "flyttningsnetto, eget län"),
    }[indicator]


def ages(group: str) -> list[str]:
    """The source's codes of an age group, every year of it; those that a table has none of too."""
    if group == "_T":
        return ["tot"]
    first, _, last = group.removesuffix("+").partition("-")
    return [
        *(str(age) for age in range(int(first), int(last or 99) + 1)),
        *([] if last else ["100+"]),
    ]


@pytest.mark.parametrize(
    "indicator", ["net_migration", "net_migration_domestic", "net_migration_abroad"]
)
def test_net_moves_by_country_of_birth(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed, indicator: str
) -> None:
    """
    What the source has of those born in Sweden and abroad: women, men, and both added.

    A municipality's moves within Sweden are those within its county and with other counties.
    """
    late = {"0330": "2003"}  # its first moves: the year after its first population
    for row in sampled(warehouse, indicator, "background IN ('SE', 'SAMUTF')"):
        noisy = row["period"] == "2025"
        cells = landed.cells(
            "TAB6657" if noisy else "TAB4693",
            Region=row["region"],
            Tid=row["period"],
            Alder="TotSA" if noisy else ages(row["age"]),
            Kon=SEXES[row["sex"]],
            Fodelseregion=BORN[row["background"]],
            ContentsCode=list(of_net(indicator, row["region"])),
        )
        parts = len(of_net(indicator, row["region"])) * len(SEXES[row["sex"]])
        assert len(cells) == parts or (row["age"] != "_T" and len(cells) > parts), row
        if row["period"] < late.get(row["region"], ""):
            assert (row["value"] != row["value"], row["status"]) == (True, "."), row
        else:
            same(row, cells.sum(skipna=False))
            assert (row["kind"] == "published") == (len(cells) == 1), row


def test_those_born_in_sweden_and_abroad_are_all_who_move(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """Two tables of one register: to 2024 the two groups of the one are the total of the other."""
    apart = warehouse.execute(
        """
        SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR, age::VARCHAR
        FROM observation
        WHERE indicator::VARCHAR LIKE 'net_migration%' AND period::VARCHAR BETWEEN '2002' AND '2024'
          AND background::VARCHAR IN ('_T', 'SE', 'SAMUTF') AND value IS NOT NULL
        GROUP BY ALL
        HAVING count(*) = 3
           AND sum(CASE background::VARCHAR WHEN '_T' THEN -value ELSE value END) <> 0
        """
    ).fetchall()

    assert apart == []


def source_region(region: str, period: str) -> str:
    """The code that the source has of an area: from 2024 that of the division of 2025."""
    is_area, named = "R" in region, "_" in region
    return f"{region}_RegSO2025" if is_area and not named and period >= "2024" else region


def test_the_median_economic_standard_is_as_published(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed
) -> None:
    """Of every level, for everybody; a median is never made of others."""
    rows = sampled(warehouse, "median_income_ksek")
    for row in rows:
        cells = landed.cells(
            "TAB6684", Region=source_region(row["region"], row["period"]), Tid=row["period"]
        )
        assert len(cells) == 1, row
        same(row, cells.iloc[0])
        assert row["kind"] == "published"
    assert {len(row["region"]) > 4 for row in rows} == {True, False}
    assert {(row["sex"], row["background"], row["age"]) for row in rows} == {("_T",) * 3}


AGES = [str(age) for age in range(16, 26)]
NEWER = "_RegSO2025"
Cells = dict[str, str | list[str]]


def counts_at_the_source(indicator: str, row: Row) -> tuple[str, Cells, Cells]:
    """
    Where the source has the counts of a share: the table, and what numerator and denominator are.

    Municipalities, counties and the country of the areas' table are all areas inside.
    """
    sexes = SEXES[row["sex"]]
    both = "1+2" if row["sex"] == "_T" else row["sex"]
    if indicator in {"area_employed_share", "area_unemployed_share"}:
        what = "antal sysselsatta" if indicator == "area_employed_share" else "antal arbetslösa"
        beside: Cells = {"Kon": both, "Alder": "20-64"}
        return (
            "TAB6680",
            beside | {"ContentsCode": what},
            beside | {"ContentsCode": "antal totalt"},
        )
    if indicator == "overcrowding":
        parts = ["europa exkl.sverige", "afrika", "asien", "övriga världen, inkl. sovjetunionen"]
        born = {"_T": ["totalt"], "SE": ["sverige"], "AFR": ["afrika"], "SAMUTF": parts}
        crowded: Cells = {"Fodelseregion": born[row["background"]], "Kon": "TOT2"}
        return (
            "TAB5089",
            crowded | {"Trangboddhet": "TRÅNGB N2"},
            crowded | {"Trangboddhet": "TOT"},
        )
    if indicator == "post_secondary_share_25_65":
        return "TAB6534", {"UtbildningsNiva": ["5", "6"]}, {}
    if indicator == "population_16_25_share":
        return "TAB638", {"Kon": sexes, "Alder": AGES}, {"Kon": sexes, "Alder": "tot"}
    anywhere: Cells = {"Kon": sexes, "Fodelseregion": list(BORN.values())}
    anywhere |= {"Alder": ages(row["age"])}
    abroad = anywhere | {"Fodelseregion": BORN["SAMUTF"]}
    return "TAB4823", abroad, anywhere


@pytest.mark.parametrize(
    ("indicator", "where"),
    [
        ("area_employed_share", "true"),
        ("area_unemployed_share", "true"),
        ("overcrowding", "sex = '_T' AND background IN ('_T', 'SE', 'AFR', 'SAMUTF')"),
        ("post_secondary_share_25_65", "true"),
        ("population_16_25_share", "period < '2025'"),
        (
            "foreign_born_share",
            "length(region::VARCHAR) <= 4 AND age <> '_T' AND period < '2025'",
        ),
    ],
)
def test_the_counts_behind_shares_are_those_of_the_source(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed, indicator: str, where: str
) -> None:
    """Numerator and denominator are sums of published cells, and the share is made of them."""
    inside = [
        str(code)
        for (code,) in warehouse.execute(
            "SELECT DISTINCT region::VARCHAR FROM observation"
            " WHERE indicator::VARCHAR = 'area_employed_share' AND region::VARCHAR LIKE '____R%'"
        ).fetchall()
    ]
    fewer = 60 if indicator == "foreign_born_share" else SAMPLES  # of a table of millions
    for row in sampled(warehouse, indicator, f"value IS NOT NULL AND {where}")[:fewer]:
        table, over, under = counts_at_the_source(indicator, row)
        codes = [row["region"]]
        if table == "TAB6680":
            prefix = "" if row["region"] == "00" else row["region"]
            codes = [code for code in inside if code.startswith(prefix)]
        codes += [f"{code.removesuffix(NEWER)}{NEWER}" for code in codes if "R" in code]
        numerator, denominator = (
            landed.cells(table, Region=codes, Tid=row["period"], **part).sum(skipna=False)
            for part in (over, under)
        )

        assert (row["numerator"], row["denominator"]) == (numerator, denominator), row
        same(row, 100 * numerator / denominator)


def test_only_shares_of_published_counts_have_counts_and_none_that_is_missing(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """No count is worked out from a share and a population, and none stands at a hidden share."""
    counted = warehouse.execute(
        """
        SELECT indicator::VARCHAR AS indicator, count(value) AS numbers,
               count(numerator) AS numerators, count(denominator) AS denominators,
               count(*) FILTER (WHERE value IS NULL AND numerator IS NOT NULL) AS hidden
        FROM observation GROUP BY ALL HAVING numerators + denominators > 0
        """
    ).fetchall()

    declared = {entry.id for entry in load(CATALOGUE).indicators if entry.counted}
    assert {row[0] for row in counted} == declared
    for indicator, numbers, numerators, denominators, hidden in counted:
        assert (numerators, denominators, hidden) == (numbers, numbers, 0), indicator


@pytest.mark.parametrize(
    ("indicator", "share", "over", "under"),
    [
        (
            "unemployment_bas_monthly",
            "arbetslöshet",
            "antal arbetslösa",
            "antal sysselsatta och arbetslösa (arbetskraften)",
        ),
        ("employment_bas_monthly", "sysselsättningsgrad", "antal sysselsatta", "antal totalt"),
    ],
)
def test_the_monthly_shares_and_the_counts_beside_them_are_those_of_the_source(
    warehouse: duckdb.DuckDBPyConnection,
    landed: Landed,
    indicator: str,
    share: str,
    over: str,
    under: str,
) -> None:
    """Three contents of one table, each as published: the share is not divided anew."""
    born = {"_T": "tot", "SE": "in", "SAMUTF": "ut"}
    for row in sampled(warehouse, indicator)[:50]:  # of a table of more than a million cells
        published, number, whole = (
            landed.cells(
                "TAB6260",
                Region=row["region"],
                Tid=row["period"],
                Kon="1+2" if row["sex"] == "_T" else row["sex"],
                Alder="20-64" if row["age"] == "_T" else row["age"],
                Fodelseregion=born[row["background"]],
                ContentsCode=content,
            )
            for content in (share, over, under)
        )
        assert (len(published), len(number), len(whole)) == (1, 1, 1), row
        same(row, published.iloc[0])
        assert row["numerator"] == pytest.approx(number.iloc[0], nan_ok=True), row
        assert row["denominator"] == pytest.approx(whole.iloc[0], nan_ok=True), row
        assert row["kind"] == "published"


# Contents of the folder E are the groups of birth, by the source's own texts.
GROUPS_OF_BIRTH = {
    "SE": "födda i sverige",
    "NEXS": "födda i norden exkl. sverige",
    "EUEESXN": "födda i eu/efta exkl. norden",
    "VXEUEES": "födda i övriga världen",
    "SAMUTF": "utrikes födda",
    "UTLB": "utländsk bakgrund",
}
COMPOSITION = {"country": "TAB4655", "county": "TAB4648"}


def test_levels_of_education_within_groups_are_as_published(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed
) -> None:
    """Country and counties by birth, sex and level: each figure is one cell of its table."""
    for row in sampled(warehouse, "education_level_share", "length(region::VARCHAR) = 2"):
        cells = landed.cells(
            COMPOSITION["country" if row["region"] == "00" else "county"],
            Region=row["region"],
            Tid=row["period"],
            Kon="1+2" if row["sex"] == "_T" else row["sex"],
            Bakgrund=f"{row['education']}p",
            ContentsCode=GROUPS_OF_BIRTH[row["background"]],
        )
        assert len(cells) == 1, row
        same(row, cells.iloc[0])
        assert row["kind"] == "published"


def test_levels_of_education_are_shares_of_all_aged_25_to_65(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed
) -> None:
    """Every level is of the same persons: all levels together, those not known included."""
    levels = {"F": ["21"], "3": ["3+4"], "EU": ["5", "6"], "US": ["US"]}
    for row in sampled(warehouse, "education_level_share_25_65"):
        everybody = landed.cells(
            "TAB6534", Region=source_region(row["region"], row["period"]), Tid=row["period"]
        )
        part = landed.cells(
            "TAB6534",
            Region=source_region(row["region"], row["period"]),
            Tid=row["period"],
            UtbildningsNiva=levels[row["education"]],
        )
        assert len(everybody) == 5, row
        assert (row["numerator"], row["denominator"]) == (part.sum(), everybody.sum())
        same(row, 100 * part.sum() / everybody.sum())


@pytest.mark.parametrize("indicator", ["education_level_share", "education_level_share_25_65"])
def test_parts_of_a_whole_are_100_per_cent_or_less(
    warehouse: duckdb.DuckDBPyConnection, indicator: str
) -> None:
    """Where every level has a number they are 100 but for rounding; else never more."""
    wholes = warehouse.execute(
        """
        SELECT count(*) AS levels, count(value) AS shown, sum(value) AS together
        FROM observation WHERE indicator::VARCHAR = $indicator
        GROUP BY region, period, sex, background, age
        """,
        {"indicator": indicator},
    ).df()

    assert set(wholes["levels"]) == {4}
    whole = wholes[wholes["shown"] == 4]
    assert len(whole) > 100
    assert (whole["together"] - 100).abs().max() <= 4 * 0.05 + 1e-9
    assert wholes["together"].max() <= 100 + 4 * 0.05 + 1e-9


def test_the_post_secondary_level_is_the_post_secondary_share(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """One cell at the source is one figure, whichever indicator shows it."""
    apart = warehouse.execute(
        """
        SELECT level.indicator, level.region, level.period
        FROM observation AS level JOIN observation AS share
          ON share.region = level.region AND share.period = level.period
         AND share.sex = level.sex AND share.background = level.background
        WHERE level.education::VARCHAR = 'EU' AND share.education::VARCHAR = '_T'
          AND (level.indicator::VARCHAR, share.indicator::VARCHAR) IN (
              ('education_level_share', 'post_secondary_share'),
              ('education_level_share_25_65', 'post_secondary_share_25_65'))
          AND level.value IS DISTINCT FROM share.value
        """
    ).fetchall()

    assert apart == []


@pytest.mark.parametrize(
    ("indicator", "content"),
    [
        ("unemployment_bas_monthly", "arbetslöshet"),
        ("employment_bas_monthly", "sysselsättningsgrad"),
    ],
)
def test_the_young_of_a_month_are_those_of_their_age_birth_and_sex(
    warehouse: duckdb.DuckDBPyConnection, landed: Landed, indicator: str, content: str
) -> None:
    """Ages, birth and sex are crossed at the source; no figure is of another age beside it."""
    born = {"_T": "tot", "SE": "in", "SAMUTF": "ut"}
    rows = sampled(warehouse, indicator, "age <> '_T'")[:60]  # of a table of 700 000 cells
    rows += sampled(warehouse, indicator, "age = '16-19'")[:20]
    for age in ("16-19", "20-24"):
        assert {len(row["region"]) for row in rows if row["age"] == age} == {2, 4}
    assert {row["age"] for row in rows} == {"16-19", "20-24"}
    for row in rows:
        cells = landed.cells(
            "TAB6260",
            Region=row["region"],
            Tid=row["period"],
            Alder=row["age"],
            Kon="1+2" if row["sex"] == "_T" else row["sex"],
            Fodelseregion=born[row["background"]],
            ContentsCode=content,
        )
        assert len(cells) == 1, row
        same(row, cells.iloc[0])
