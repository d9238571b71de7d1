"""Similar municipalities by any criteria against pandas, over the shipped example."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import Context
from dashboard.data.similarity import alike_municipalities
from dashboard.state.url import parsed
from dashboard.state.visit import visited
from tests.dashboard.api_client import asked
from tests.example import read_alone

PUBLISHED = {
    "population": 1,
    "born_outside_europe_share": 1,
    "post_secondary_share": 1,
    "aged_20_64_share": 1,
    "skr": 1,
}
SHARES = (
    "foreign_born_share", "foreign_background_share", "population_16_25_share",
    "owner_house_share", "rented_share", "tenant_owned_share",
)  # fmt: skip
# What an indicator is about; everything else is about none of the criteria.
ABOUT = {
    "employment_rate": set(),
    "population": {"population"},
    "foreign_born_share": {
        "foreign_born_share", "foreign_background_share", "born_outside_europe_share",
    },
    "post_secondary_share": {"post_secondary_share"},
    "working_age_share": {"aged_20_64_share"},
    "rented_share": {"rented_share"},
}  # fmt: skip


@pytest.fixture(scope="module")
def known(example_data: Path) -> pd.DataFrame:
    """What every municipality is like, a column a criterion, by plain SQL; its main group."""
    file = next(example_data.glob("*.duckdb"))
    with read_alone(file) as connection:
        table = connection.execute(
            """
            WITH own AS (
                SELECT region::VARCHAR AS region, value FROM observation
                WHERE indicator::VARCHAR = 'population' AND period::VARCHAR = '2025'
                  AND sex = '_T' AND education = '_T' AND background = '_T'
                  AND length(region::VARCHAR) = 4 AND age::VARCHAR = '_T'
            ), working AS (
                SELECT region::VARCHAR AS region, value FROM observation
                WHERE indicator::VARCHAR = 'population' AND period::VARCHAR = '2025'
                  AND sex = '_T' AND education = '_T' AND background = '_T'
                  AND length(region::VARCHAR) = 4 AND age::VARCHAR = '20-64'
            ), abroad AS (
                SELECT left(region::VARCHAR, 4) AS region, sum(value) AS value FROM observation
                WHERE indicator::VARCHAR = 'population' AND period::VARCHAR = '2025'
                  AND sex = '_T' AND education = '_T' AND background::VARCHAR = 'öv'
                  AND age = '_T' AND length(region::VARCHAR) > 4
                GROUP BY 1
            ), educated AS (
                SELECT region::VARCHAR AS region, value FROM observation
                WHERE indicator::VARCHAR = 'post_secondary_share_25_65' AND sex = '_T'
                  AND age = '_T' AND education = '_T' AND background = '_T'
                  AND period::VARCHAR = '2025' AND length(region::VARCHAR) = 4
            ), letters AS (
                SELECT member AS region, substr(region, 5, 1) AS skr FROM region_member
                WHERE starts_with(region, 'skr-')
            )
            SELECT own.region, own.value AS population,
                   100 * abroad.value / own.value AS born_outside_europe_share,
                   educated.value AS post_secondary_share,
                   100 * working.value / own.value AS aged_20_64_share, skr
            FROM own JOIN working USING (region) JOIN abroad USING (region)
                 JOIN educated USING (region) JOIN letters USING (region)
            """
        ).df()
        shares = connection.execute(
            """
            SELECT region::VARCHAR AS region, indicator::VARCHAR AS indicator,
                   period::VARCHAR AS period, value
            FROM observation
            WHERE indicator::VARCHAR IN (SELECT unnest($ids)) AND sex = '_T' AND age = '_T'
              AND background = '_T' AND education = '_T' AND length(region::VARCHAR) = 4
              AND value IS NOT NULL
            """,
            {"ids": list(SHARES)},
        ).df()
    newest = shares["period"].eq(shares.groupby("indicator")["period"].transform("max"))
    wide = shares[newest].pivot_table(index="region", columns="indicator", values="value")
    return table.set_index("region").join(wide).sort_index()


def distances(
    known: pd.DataFrame, region: str, weights: Mapping[str, int], about: set[str]
) -> pd.Series:
    """The distance of every other municipality, nearest first; of equal ones by code."""
    asked_for = {name: weight for name, weight in weights.items() if weight}
    mean = sum(asked_for.values()) / len(asked_for)
    names = [name for name in asked_for if name != "skr" and name not in about]
    published = weights == PUBLISHED
    if published:
        names = [name for name in names if known[name].notna().all()]
    names = [name for name in names if known[name].notna()[region]]
    squares = pd.Series(0.0, index=known.index)
    used = 0
    for name in names:
        values = np.log(known[name]) if name == "population" else known[name]
        spread = (values - values.median()).abs().median()
        if spread == 0:
            continue
        used += 1
        apart = asked_for[name] / mean * (values - values[region]) / spread
        squares += apart**2
    assert used
    other = (known["skr"] != known.loc[region, "skr"]) * asked_for.get("skr", 0) / mean
    found = (squares**0.5 + other).round(9).drop(region).dropna()
    return found.sort_values(kind="stable")


def random_address(rng: random.Random, codes: list[str]) -> dict[str, Any]:
    """A municipality, weights of some criteria, how many, and what is to be compared."""
    names = rng.sample([*PUBLISHED, *SHARES], rng.randint(1, 7))
    weights = {**PUBLISHED, **{name: rng.randint(0, 3) for name in names}}
    return {
        "region": rng.choice(codes),
        "weights": weights,
        "number": rng.randint(5, 20),
        "indicator": rng.choice(sorted(ABOUT)),
    }


@pytest.mark.parametrize("seed", range(40))
def test_distances_of_random_addresses_equal_pandas(
    shipped_client: FlaskClient, known: pd.DataFrame, seed: int
) -> None:
    """Whom the API lists, how far away they are, and what each of them is like."""
    rng = random.Random(seed)
    one = random_address(rng, list(known.index))
    about = ABOUT[one["indicator"]]
    usable = {name for name, weight in one["weights"].items() if weight} - about - {"skr"}
    if not usable:
        one["weights"]["tenant_owned_share"] = 1
    written = ",".join(f"{name}:{weight}" for name, weight in one["weights"].items())
    query = {"region": one["region"], "weights": written, "neighbours": one["number"],
             "indicator": one["indicator"]}  # fmt: skip
    answer = asked(shipped_client, f"/similar?{urlencode(query)}")
    expected = distances(known, one["region"], one["weights"], about)
    own, *others = answer["data"]

    assert own["region"] == one["region"]
    assert [row["distance"] for row in others] == pytest.approx(
        list(expected.iloc[: one["number"]]), abs=1e-9
    )
    assert [row["region"] for row in others] == list(expected.index[: one["number"]])
    for row in answer["data"]:
        for name, value in row["values"].items():
            digits = 0 if name == "population" else 1
            number = known.loc[row["region"], name]
            assert value == (None if pd.isna(number) else float(f"{number:.{digits}f}"))
    shown = [round(row["distance"], 2) for row in others]
    assert [row["place"] for row in others] == [shown.index(far) + 1 for far in shown]
    rest = expected.iloc[one["number"] :].round(2)
    assert answer["meta"]["level_with_last"] == list(rest[rest == shown[-1]].index)


def test_the_published_method_is_the_default(shipped: Context, known: pd.DataFrame) -> None:
    """All 290: the seven nearest by four variables and main group, and whether most are near."""
    with shipped.warehouses.current() as warehouse:
        assert warehouse
        context = shipped.reading(warehouse)
        assert len(known) == 290
        for code in known.index:
            found = alike_municipalities(context, warehouse, code)
            expected = distances(known, code, PUBLISHED, set()).iloc[:7]
            assert found
            assert [one.code for one in found.nearest] == list(expected.index)
            assert [one.distance for one in found.nearest] == pytest.approx(list(expected))
            assert found.near == ((expected <= 2.5).sum() >= 4)
            assert found.used == tuple(name for name in PUBLISHED if name != "skr")


@pytest.mark.parametrize("id", ["employment_rate", "population", "working_age_share"])
def test_what_stands_out_is_judged_by_the_published_method_whatever_is_chosen(
    shipped: Context, known: pd.DataFrame, id: str
) -> None:
    """The subject of the indicator is left out; a reader's criteria change only what is shown."""
    with shipped.warehouses.current() as warehouse:
        assert warehouse
        context = shipped.reading(warehouse)
        plain, own = (
            visited(context, warehouse, "/", parsed(search), current=warehouse.version)
            for search in ("", "?vikter=rented_share:3&grannar=20")
        )
        for code in list(known.index)[::29]:
            expected = tuple(distances(known, code, PUBLISHED, ABOUT[id]).index[:7])
            assert plain.similar(code, id) == expected
            assert plain.published_similar(code, id) == expected
            assert own.published_similar(code, id) == expected
            assert len(own.similar(code, id)) == 20
