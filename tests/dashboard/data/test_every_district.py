"""
17 districts × all indicators × (everybody, sex, origin): a figure, its members, or nothing.

What is right is computed here from the warehouse's rows of the areas, never by our functions:
which members a district has stands in the list of its owner, which population a share is of in
the definitions of the measures.
"""

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from dashboard.codes import GroupCodes
from dashboard.data.context import Context, opened
from dashboard.data.observation import of_regions
from dashboard.data.series import rows_with_members
from dashboard.data.versions import Warehouse
from tests.example import read_alone
from tests.source import ROOT

Given = tuple[Context, Warehouse]
Key = tuple[str, ...]  # period, sex, background
Cell = Mapping[str, tuple[float, ...]]  # value, numerator, denominator of each area
People = Mapping[tuple[str, ...], float]
CELL = ["period", "sex", "background"]
ORIGINS = ("SE", "sv", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF", "öv", "UTLB")
# The classes of TAB6574 nearest to the ages of the population that a share is of; whether they
# are those ages.
WORKING = ("20-64", False)
POPULATION_OF = {
    **dict.fromkeys(
        (
            "employment_rate",
            "open_unemployment",
            "registered_unemployment",
            "programme_participation",
            "long_term_unemployment",
        ),
        WORKING,
    ),
    **dict.fromkeys(
        (
            "neet_20_64",
            "low_income_share",
            "only_social_assistance_share",
            "establishment_benefit_share",
            "sick_contributors_share",
        ),
        ("20-64", True),
    ),
    "neet_16_19": ("15-19", False),
    "neet_20_25": ("20-24", False),
    "studying_20_24": ("20-24", True),
    **dict.fromkeys(("owner_house_share", "rented_share", "tenant_owned_share"), ("_T", True)),
    "low_economic_standard": ("_T", False),
}
COUNTS = {
    "population",
    "foreign_born_share",
    "foreign_background_share",
    "area_employed_share",
    "area_unemployed_share",
    "post_secondary_share_25_65",
}


def _districts() -> dict[str, tuple[str, ...]]:
    """The members of each district, as its owner lists them."""
    members: dict[str, list[str]] = {}
    with Path(ROOT / "data/regions/stadsdelar.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            members.setdefault(row["code"], []).append(row["member"])
    return {code: tuple(areas) for code, areas in members.items()}


DISTRICTS = _districts()


@pytest.fixture(scope="module")
def given(example_data: Path) -> Iterator[Given]:
    """The shipped catalogue over the example."""
    context = opened(example_data, ROOT / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        yield context, warehouse
    context.warehouses.close()


@pytest.fixture(scope="module")
def areas(example_data: Path) -> pd.DataFrame:
    """The rows of all members of both sexes together and apart, everybody and by origin."""
    path = next(example_data.glob("*.duckdb"))
    with read_alone(path) as connection:
        return connection.execute(
            """
            SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(region AS VARCHAR) AS region,
                   CAST(period AS VARCHAR) AS period, CAST(sex AS VARCHAR) AS sex,
                   CAST(background AS VARCHAR) AS background, value, status,
                   numerator, denominator
            FROM observation
            WHERE list_contains(?, CAST(region AS VARCHAR)) AND education = '_T' AND age = '_T'
              AND list_contains(?, CAST(background AS VARCHAR))
            """,
            [
                [area for members in DISTRICTS.values() for area in members],
                ["_T", *ORIGINS],
            ],
        ).df()


@pytest.fixture(scope="module")
def people(example_data: Path) -> People:
    """The population of areas by region, year, sex and ages."""
    path = next(example_data.glob("*.duckdb"))
    with read_alone(path) as connection:
        rows = connection.execute(
            """
            SELECT CAST(region AS VARCHAR), CAST(period AS VARCHAR), CAST(sex AS VARCHAR),
                   CAST(age AS VARCHAR), value
            FROM observation
            WHERE indicator = 'population' AND length(CAST(region AS VARCHAR)) > 4
              AND background = '_T'
            """
        ).fetchall()
    return {tuple(key): value for *key, value in rows}


def _mean(cell: Cell, key: Key, people: People, id: str) -> float | None:
    """Share times persons over persons of those that have both; None where nobody has persons."""
    ages, _ = POPULATION_OF[id]
    period, sex, background = key
    weights = {code: people.get((code, period, sex, ages)) for code in cell}
    if background != "_T" or not any(weight is not None for weight in weights.values()):
        return None
    both = [
        (value, weight)
        for code, (value, *_) in cell.items()
        if (weight := weights[code]) and not math.isnan(value)
    ]
    whole = sum(weight for _, weight in both)
    return sum(value * weight for value, weight in both) / whole if whole else math.nan


def _sum(numbers: Iterable[float]) -> float:
    """The sum of those that are known; none where none is."""
    known = [number for number in numbers if not math.isnan(number)]
    return sum(known) if known else math.nan


def _share_of_counts(cell: Cell) -> float:
    """The numerators of those that have both counts, over their denominators."""
    known = [(over, under) for _, over, under in cell.values() if not math.isnan(over + under)]
    under = sum(under for _, under in known)
    return 100 * sum(over for over, _ in known) / under if under else math.nan


def _expected(
    id: str, members: tuple[str, ...], cells: Mapping[Key, Cell], people: People
) -> dict[Key, dict[str, float]]:
    """By period, sex and background: the figure under "whole", or one under each member."""
    expected: dict[Key, dict[str, float]] = {}
    for key, areas in cells.items():
        cell = {code: areas[code] for code in members if code in areas}
        if not cell:
            continue
        one_by_one = {code: value for code, (value, *_) in cell.items()}
        whole: float | None = None
        if len(members) == 1:
            whole = one_by_one[members[0]]
        elif id == "population":
            whole = _sum(one_by_one.values())
        elif id in COUNTS:
            whole = _share_of_counts(cell)
        elif id in POPULATION_OF:
            whole = _mean(cell, key, people, id)
        expected[key] = one_by_one if whole is None else {"whole": whole}
    return expected


def _cells(rows: pd.DataFrame) -> Mapping[Key, Cell]:
    """Value, numerator and denominator of each area by period, sex and background."""
    cells: dict[Key, dict[str, tuple[float, ...]]] = {}
    columns = ["region", "value", "numerator", "denominator", *CELL]
    for region, *numbers, period, sex, background in rows[columns].itertuples(index=False):
        cells.setdefault((period, sex, background), {})[region] = tuple(numbers)
    return cells


def test_every_figure_of_every_district_is_what_its_areas_say(
    given: Given,
    areas: pd.DataFrame,
    people: People,
) -> None:
    """Counts summed, shares weighted by the nearest population, everything else side by side."""
    context, warehouse = given
    assert len(DISTRICTS) == 17
    kinds: dict[str, int] = dict.fromkeys(("whole", "side by side"), 0)
    for indicator in context.catalogue.indicators:
        found = rows_with_members(
            context,
            warehouse,
            indicator.id,
            regions=tuple(DISTRICTS),
            groups=GroupCodes(sexes=("_T", "1", "2"), backgrounds=("_T", *ORIGINS)),
        )
        cells = _cells(areas[areas["indicator"] == indicator.id])
        shown: dict[str, dict[Key, float]] = {}
        for row in found:
            key: Key = (row.period, row.sex, row.background)
            shown.setdefault(row.region, {})[key] = math.nan if row.value is None else row.value
        for code, members in DISTRICTS.items():
            told: dict[Key, dict[str, float]] = {}
            for region in (code, *members):
                for cell, value in shown.get(region, {}).items():
                    told.setdefault(cell, {})["whole" if region == code else region] = value
            expected = _expected(indicator.id, members, cells, people)
            assert told.keys() == expected.keys(), (indicator.id, code)
            for cell, figures in expected.items():
                assert told[cell] == pytest.approx(figures, nan_ok=True), (indicator.id, code, cell)
                kinds["whole" if "whole" in figures else "side by side"] += 1
    assert kinds["whole"] > 5000
    assert kinds["side by side"] > 5000


def test_a_mean_says_whether_its_weights_are_exact_and_how_much_they_cover(
    given: Given, people: People
) -> None:
    """By hand from the population of the areas, for everybody and each sex."""
    context, warehouse = given
    seen = 0
    for id, (ages, exact) in POPULATION_OF.items():
        found = rows_with_members(
            context,
            warehouse,
            id,
            regions=tuple(DISTRICTS),
            groups=GroupCodes(sexes=("_T", "1", "2")),
        )
        for row in of_regions(found, DISTRICTS):
            if len(DISTRICTS[row.region]) == 1:
                assert row.how is None
                continue
            assert row.how == ("weighted" if exact else "approximate"), id
            assert row.weights == ages
            weights = {code: people.get((code, row.period, row.sex, ages)) for code in row.members}
            lacking = {one.member for one in row.lacking}
            known = {code: weight for code, weight in weights.items() if weight is not None}
            if not lacking <= known.keys():
                assert row.covered is None
                continue
            whole = sum(known.values())
            part = sum(weight for code, weight in known.items() if code not in lacking)
            assert row.covered == pytest.approx(part / whole)
            seen += 1
    assert seen > 500


@pytest.mark.parametrize("id", sorted(POPULATION_OF))
def test_a_share_of_the_population_is_one_by_its_definition(id: str, given: Given) -> None:
    """What is weighed by persons is a share of persons of those ages, never an amount."""
    indicator = given[0].catalogue.indicator[id]
    assert indicator.measure == "share"
    assert "efolkningen" in indicator.population.sv or "folkbokförda" in indicator.population.sv
