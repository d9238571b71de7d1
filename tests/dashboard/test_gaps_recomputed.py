"""Gaps, ratios, indexes, changes and places against pandas, over the shipped example."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.codes import EVERYBODY, Group, codes_of_groups
from dashboard.data.context import Context, opened
from dashboard.data.series import populations, region_series
from dashboard.data.versions import Warehouse
from dashboard.rules.gap_changes import GapList, gap_list, size_groups, smaller_group
from dashboard.rules.gaps import Gap, gaps, with_code
from etl.catalogue import Catalogue, Indicator
from tests.dashboard.warehouse import ROOT
from tests.example import read_alone

PAIRS = (("SE", "SAMUTF"), ("SE", "VXEUEES"), ("2", "1"), ("INT010", "INT040"), ("NEXS", "VXEUEES"))
LAST = {"employment_rate": "2018"}
# Forty random questions, of which the first eight are asked every time.
SEEDS = (*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 40)))


@dataclass(frozen=True)
class Asked:
    """A pair of an indicator in the municipalities, as the rules answer and as the table has it."""

    indicator: Indicator
    pair: tuple[Group, Group]
    until: str
    series: dict[str, tuple[Gap, ...]]
    found: GapList
    persons: dict[str, float]
    table: pd.DataFrame


@pytest.fixture(scope="module")
def context(example_data: Path) -> Iterator[Context]:
    """The context over the example."""
    given = opened(example_data, ROOT / "indicators.yaml")
    yield given
    given.warehouses.close()


def wide(data: Path, asked: str, pair: tuple[Group, Group]) -> pd.DataFrame:
    """Both groups of every municipality and of the country, by plain SQL: a row a year."""
    file = next(data.glob("*.duckdb"))
    with read_alone(file) as connection:
        sides = [
            connection.execute(
                """
                SELECT region::VARCHAR AS region, period::VARCHAR AS period,
                       segment::VARCHAR AS segment, value
                FROM observation
                WHERE indicator::VARCHAR = ? AND sex::VARCHAR = ? AND background::VARCHAR = ?
                  AND age::VARCHAR = ? AND education::VARCHAR = ?
                  AND (length(region::VARCHAR) = 4 OR region::VARCHAR = '00')
                """,
                [asked, *group],
            ).df()
            for group in pair
        ]
    return sides[0].merge(sides[1], on=["region", "period", "segment"], suffixes=("_1", "_2"))


def ask(
    context: Context, warehouse: Warehouse, data: Path, of: str, pair: tuple[str, str]
) -> Asked:
    """What the rules say of a pair in all municipalities, ordered by change."""
    catalogue: Catalogue = context.catalogue
    indicator = catalogue.indicator[of]
    groups = tuple(with_code(EVERYBODY, code, catalogue) for code in pair)
    both = groups[0], groups[1]
    table = wide(data, of, both)
    codes = sorted(set(table["region"]))
    rows = region_series(context, warehouse, of, regions=codes, groups=codes_of_groups(both))
    series = {
        code: gaps(
            [row for row in rows if row.region == code and row.group == both[0]],
            [row for row in rows if row.region == code and row.group == both[1]],
            indicator,
        )
        for code in codes
    }
    until = LAST.get(of) or max(table.dropna(subset=["value_1", "value_2"])["period"], default="")
    wanted = [one for group in both for one in size_groups(group, indicator, until, catalogue)]
    people = populations(context, warehouse, codes=codes, groups=wanted, year=int(until[:4]))
    persons = dict(smaller_group(rows, both, indicator, people, until=until, catalogue=catalogue))
    names = {code: code for code in codes if code != "00"}
    found = gap_list(series, indicator, names, persons=persons, until=until, order="forandring")
    return Asked(indicator, both, until, series, found, persons, table)


def eras(table: pd.DataFrame, indicator: Indicator, pair: tuple[Group, Group]) -> pd.Series:
    """In which stretch each row lies: its segment, and how many breaks that concern it came."""
    names = {f"{name}:{code}" for group in pair for name, code in group._asdict().items()}
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


def limit(indicator: Indicator, reference: float, larger: float) -> float:
    """The published threshold of "i nivå", said again."""
    if indicator.measure == "share":
        return max(0.2, 0.05 * larger) if larger < 10 else 0.5
    return 0.02 * abs(reference) if indicator.measure == "amount" else 1.0


def oracle(asked: Asked) -> pd.DataFrame:
    """By region: gap, change, verdict and noise in the one period, with pandas alone."""
    decimals = asked.indicator.decimals
    table = asked.table.dropna(subset=["value_1", "value_2"]).copy()
    table = table[table["period"].str[4:] == asked.until[4:]]
    table["era"] = eras(table, asked.indicator, asked.pair)
    for side in ("value_1", "value_2"):
        table[side] = [float(f"{value:.{decimals}f}") for value in table[side]]
    table["gap"] = (table["value_1"] - table["value_2"]).round(decimals)
    table = table[table["period"] <= asked.until].sort_values(["region", "period"])
    ends = table[table["period"] == asked.until].set_index("region")["era"]
    table = table[table["region"].map(ends) == table["era"]]
    municipal = table[table["region"] != "00"]
    begins = municipal.groupby("region")["period"].agg(["first", "size"])
    begins = begins[begins["size"] > 1]
    usual = begins["first"].value_counts()
    first = min(usual[usual == usual.max()].index)
    members = begins[begins["first"] == first].index
    periods = sorted(set(municipal[municipal["region"].isin(members)]["period"]))
    many = 2 if len(periods) >= 6 else 1
    out = {}
    for code, rows in municipal.groupby("region"):
        by = rows.set_index("period")
        years = pd.Index(by.index.str[:4].astype(int))
        noise = np.nan
        if len(by) >= 5:
            apart = np.diff(years)
            steps = np.diff(by["gap"].to_numpy())[apart == apart.min()].round(6)
            if len(steps) >= 4:
                noise = 2 * 1.4826 * np.median(abs(steps - np.median(steps)))
        row = {"gap": by["gap"].iloc[-1], "noise": noise}
        if set(periods[:many] + periods[-many:]) <= set(by.index):
            start, end = (
                {
                    name: float(f"{by.loc[some, name].sum() / many:.{decimals}f}")
                    for name in ("gap", "value_1", "value_2")
                }
                for some in (periods[:many], periods[-many:])
            )
            change = round(abs(end["gap"]) - abs(start["gap"]), decimals)
            larger = max(*[start[s] for s in ("value_1", "value_2")],
                         *[end[s] for s in ("value_1", "value_2")])  # fmt: skip
            level = change == 0 or abs(change) < limit(asked.indicator, start["gap"], larger) - 1e-9
            verdict = "narrowing" if change < 0 else "widening"
            verdict = "unchanged" if level else verdict
            if start["gap"] * end["gap"] < 0:
                verdict = "turned"
            row |= {"start": start["gap"], "end": end["gap"], "change": change, "verdict": verdict}
        out[code] = row
    return pd.DataFrame.from_dict(out, orient="index")


@pytest.mark.parametrize("seed", SEEDS)
def test_gaps_changes_and_places_equal_pandas(
    context: Context, example_data: Path, seed: int
) -> None:
    """Of random indicators and pairs: every municipality's figures, verdict, noise and place."""
    rng = random.Random(seed)
    eligible = [
        one for one in context.catalogue.indicators if one.measure in {"share", "amount", "ratio"}
    ]
    with context.warehouses.current() as warehouse:
        assert warehouse
        for _ in range(40):
            of, pair = rng.choice(eligible), rng.choice(PAIRS)
            groups = [with_code(EVERYBODY, code, context.catalogue) for code in pair]
            if len(wide(example_data, of.id, (groups[0], groups[1])).dropna()) > 1000:
                break
        asked = ask(context.reading(warehouse), warehouse, example_data, of.id, pair)
    expected = oracle(asked)
    rows = {row.region: row for row in asked.found.rows}

    assert len(expected) > 30
    changes = []
    for code, own in expected.iterrows():
        row = rows[str(code)]
        assert row.gap
        assert row.gap.value == own["gap"]
        assert (row.noise is None) == np.isnan(own["noise"])
        assert row.noise is None or row.noise == pytest.approx(own["noise"], abs=1e-6)
        if "change" not in own or pd.isna(own["change"]):
            assert row.change is None
            continue
        assert row.change
        told = (row.change.start, row.change.end, row.change.change, row.change.verdict)
        assert told == (own["start"], own["end"], own["change"], own["verdict"])
        enough = asked.persons.get(str(code), 0) >= row.fewest
        moved = own["end"] - own["start"] if own["verdict"] == "turned" else own["change"]
        beyond = abs(round(moved, 6)) > own["noise"] or own["verdict"] == "unchanged"
        sure = enough and not np.isnan(own["noise"]) and beyond
        assert (row.change_doubt is None) == sure
        if sure and own["verdict"] in {"narrowing", "widening"}:
            changes.append(own["change"])
    placed = [row for row in asked.found.rows if row.place]
    ranks = pd.Series(changes, dtype=float).rank(method="min").astype(int)
    assert sorted(row.place or 0 for row in placed) == sorted(ranks)
    assert [row.change.change for row in placed if row.change] == sorted(changes)


@pytest.mark.parametrize("seed", SEEDS)
def test_ratios_and_indexes_equal_pandas(context: Context, example_data: Path, seed: int) -> None:
    """Of displayed numbers, second group 100; none where the second is under one per cent."""
    rng = random.Random(100 + seed)
    of = rng.choice(["open_unemployment", "managers_share", "median_income", "rented_share"])
    with context.warehouses.current() as warehouse:
        assert warehouse
        asked = ask(context.reading(warehouse), warehouse, example_data, of, ("SE", "SAMUTF"))
    table = asked.table.dropna().set_index(["region", "period"])
    decimals = asked.indicator.decimals
    for code in rng.sample(sorted(asked.series), 12):
        for gap in asked.series[code]:
            if gap.value is None:
                continue
            top, bottom = (
                float(f"{float(table[side][code, gap.period]):.{decimals}f}")
                for side in ("value_1", "value_2")
            )
            least = 1.0 if asked.indicator.measure == "share" else 0.0
            if top <= 0 or bottom <= 0 or bottom < least:
                assert gap.ratio is None
                assert gap.index is None
            else:
                assert gap.ratio == float(f"{top / bottom:.2f}")
                assert gap.index == float(f"{100 * float(f'{top / bottom:.2f}'):.0f}")
