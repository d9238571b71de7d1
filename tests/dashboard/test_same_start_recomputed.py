"""Regions from the same start against pandas, over the shipped example, through the file."""

import io
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.codes import EVERYBODY, Group
from dashboard.data.context import Context
from dashboard.data.similarity import alike_municipalities
from etl.catalogue import Indicator
from tests.example import read_alone

IDS = ("open_unemployment", "employment_rate", "managers_share", "rented_share",
       "upper_secondary_eligibility", "median_income", "population", "mover_balance")  # fmt: skip
CASES = [(id, background) for id in IDS for background in ("_T", "SAMUTF")]


def rows_of(data: Path, id: str, group: Group) -> pd.DataFrame:
    """Every number of a group in the municipalities, by plain SQL."""
    file = next(data.glob("*.duckdb"))
    with read_alone(file) as connection:
        return connection.execute(
            """
            SELECT region::VARCHAR AS region, period::VARCHAR AS period,
                   segment::VARCHAR AS segment, value
            FROM observation
            WHERE indicator::VARCHAR = ? AND sex::VARCHAR = ? AND background::VARCHAR = ?
              AND age::VARCHAR = ? AND education::VARCHAR = ? AND length(region::VARCHAR) = 4
              AND value IS NOT NULL
            ORDER BY region, period
            """,
            [id, *group],
        ).df()


def eras(table: pd.DataFrame, indicator: Indicator, group: Group) -> pd.Series:
    """In which stretch each row lies: its segment, and how many breaks that concern it came."""
    names = {f"{name}:{code}" for name, code in group._asdict().items()}
    era = pd.Series(0, index=table.index)
    for mark in indicator.breaks:
        if mark.severity != "break":
            continue
        regions = [t.split(":")[1] for t in mark.applies_to if t.startswith("region:")]
        concerned = pd.Series(
            not mark.applies_to or bool(names & set(mark.applies_to)), index=table.index
        ) | table["region"].isin(regions)
        era += (concerned & (table["period"] >= mark.period)).astype(int)
    return table["segment"] + "|" + era.astype(str)


def oracle(
    table: pd.DataFrame, indicator: Indicator, group: Group, region: str, since: str
) -> pd.DataFrame | None:
    """Start, end and change of those that began where one did; None without a start."""
    decimals = indicator.decimals
    table = table.copy()
    table["era"] = eras(table, indicator, group)
    table["shown"] = [float(f"{value:.{decimals}f}") for value in table["value"]]
    own = table[table["region"] == region]
    if own.empty:
        return None
    last = own.iloc[-1]
    own = own[own["era"] == last["era"]]
    own = own[own["period"] >= since]
    periods = list(own["period"])
    if len(periods) < 3:
        return None
    first, many = periods[:2], 2 if len(periods) >= 6 else 1
    ends = periods[-many:]
    found = {}
    for code, rows in table.groupby("region"):
        at_end = rows[rows["period"] == ends[-1]]
        if at_end.empty or at_end["segment"].iloc[0] != last["segment"]:
            continue
        era = rows[rows["era"] == at_end["era"].iloc[0]].set_index("period")
        if not set(first + ends) <= set(era.index):
            continue
        start, end = (
            float(f"{era.loc[some, 'shown'].sum() / len(some):.{decimals}f}")
            for some in (first, ends)
        )
        inside = era[(era.index >= first[0]) & (era.index <= ends[-1])]["shown"]
        noise = np.nan
        if len(inside) >= 5:
            apart = np.diff(inside.index.str[:4].astype(int))
            steps = np.diff(inside.to_numpy())[apart == apart.min()].round(9)
            if len(steps) >= 4:
                noise = 2 * 1.4826 * np.median(abs(steps - np.median(steps)))
        found[code] = {
            "start": start, "end": end, "change": round(end - start, decimals), "noise": noise,
        }  # fmt: skip
    frame = pd.DataFrame.from_dict(found, orient="index")
    starts = frame["start"].to_dict()
    mine = float(starts[region])
    band = 2.0 if indicator.measure == "share" else 0.05 * abs(mine)
    near = [code for code, start in starts.items() if round(abs(start - mine), 9) <= band + 1e-9]
    return frame.reindex(near)


def is_level(row: pd.Series, indicator: Indicator) -> bool:
    """Whether a change is under the published threshold of "i nivå", said again."""
    larger = max(row["start"], row["end"])
    least = 0.02 * abs(row["start"])
    if indicator.measure == "share":
        least = max(0.2, 0.05 * larger) if larger < 10 else 0.5
    return bool(row["change"] == 0 or abs(row["change"]) < least - 1e-9)


def asked_file(client: FlaskClient, address: str) -> pd.DataFrame | None:
    """The file of those from the same start; None where there is none."""
    answer = client.get(address)
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, answer.text
    texts: Any = {"region": str, "change_from": str, "change_to": str}
    return pd.read_csv(io.BytesIO(answer.data), dtype=texts).set_index("region")


@pytest.mark.parametrize("seed", range(40))
def test_those_from_the_same_start_equal_pandas(
    shipped: Context, shipped_client: FlaskClient, example_data: Path, seed: int
) -> None:
    """On random addresses, among all municipalities or the similar ones: all of them, no other."""
    rng = random.Random(seed)
    id, background = CASES[seed % len(CASES)]
    indicator = shipped.catalogue.indicator[id]
    group = EVERYBODY._replace(background=background)
    table = rows_of(example_data, id, group)
    if table.empty:
        group, background = EVERYBODY, "_T"
        table = rows_of(example_data, id, group)
    region = rng.choice(sorted(set(table["region"])))
    since = rng.choice(["", *sorted(set(table["period"]))])
    among = rng.choice(["00", "liknande"])
    address = (
        f"/ladda-ner/{id}.csv?region={region}&vy=tvaar&fran=samma&jamfor={among}"
        f"&bakgrund={background}&omfang=samma" + (f"&ar={since}" if since else "")
    )
    found = asked_file(shipped_client, address)
    expected = oracle(table, indicator, group, region, since)
    if expected is None and since:
        # A year after which too little is left is answered by the whole stretch, and that is said.
        expected = oracle(table, indicator, group, region, "")
    if expected is None:
        assert found is None
        return
    if among == "liknande":
        with shipped.warehouses.current() as warehouse:
            assert warehouse
            alike = alike_municipalities(
                shipped.reading(warehouse), warehouse, region, indicators=[id]
            )
        assert alike
        near = {one.code for one in alike.nearest}
        expected = expected[expected.index.isin([region, *near])]

    assert found is not None
    assert sorted(found.index) == sorted(expected.index)
    assert found.index[found["own"]].tolist() == [region]
    for name in ("start", "end", "change"):
        assert found[name].to_dict() == expected[name].to_dict()
    of_everybody = background == "_T" and id != "upper_secondary_eligibility"
    if of_everybody and indicator.measure in {"share", "amount"}:
        # Everybody in a municipality is over a hundred, which pupils of a year may not be.
        sure = {
            code
            for code, row in expected.iterrows()
            if not np.isnan(row["noise"])
            and (abs(row["change"]) > row["noise"] or is_level(row, indicator))
        }
        assert set(found.index[found["doubt"].isna()]) == sure
    noise = expected["noise"]
    assert found["noise"].dropna().to_dict() == pytest.approx(noise.dropna().to_dict(), abs=1e-9)
