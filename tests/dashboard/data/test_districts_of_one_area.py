"""The ten neighbourhoods of one area: every figure of the example is that area's row."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from dashboard.codes import DIMENSIONS, Group, GroupCodes
from dashboard.data.context import Context, opened
from dashboard.data.observation import frame_of
from dashboard.data.series import (
    existing_combinations,
    newest_observations,
    region_series,
    union_medians,
)
from dashboard.data.versions import Warehouse
from tests.dashboard.warehouse import ROOT
from tests.example import read_alone

Given = tuple[Context, Warehouse]
FIGURE = ["period", "sex", "background", "age", "education", "segment", "value", "status", "kind",
          "numerator", "denominator"]  # fmt: skip


def _of_one_area() -> dict[str, str]:
    """The area of each neighbourhood that the list has one of."""
    with Path(ROOT / "data/regions/stadsdelar.csv").open(encoding="utf-8") as file:
        rows = [(row["code"], row["member"]) for row in csv.DictReader(file)]
    members = Counter(code for code, _ in rows)
    return {code: member for code, member in rows if members[code] == 1}


ONE = _of_one_area()


@pytest.fixture(scope="module")
def given(example_data: Path) -> Iterator[Given]:
    """The shipped catalogue over the example."""
    context = opened(example_data, Path(ROOT) / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        yield context, warehouse
    context.warehouses.close()


def _rows(example_data: Path, sql: str) -> pd.DataFrame:
    """What a plain query of the file says."""
    path = next(example_data.glob("*.duckdb"))
    with read_alone(path) as connection:
        return connection.execute(sql, [list(ONE.values())]).df()


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    cells = rows[["area", *FIGURE]].astype(dict.fromkeys(("status", "kind"), "object"))
    cells["status"] = cells["status"].where(cells["status"].notna(), None)
    return cells.sort_values(["area", *FIGURE[:6]], ignore_index=True)


def test_ten_of_the_seventeen_are_one_area() -> None:
    """Fittja, Vårby gård, Fisksätra, five of Stockholm's, Hovsjö and Fornhöjden."""
    assert len(ONE) == 10
    assert ONE["stadsdel-rinkeby"] == "0180R076"


def test_every_figure_of_a_neighbourhood_of_one_area_is_the_areas_own(
    example_data: Path, given: Given
) -> None:
    """Value, symbol, counts, kind and segment, in every indicator, year and group."""
    context, warehouse = given
    published = _rows(
        example_data,
        """
        SELECT CAST(indicator AS VARCHAR) AS indicator, CAST(region AS VARCHAR) AS area,
               CAST(period AS VARCHAR) AS period, CAST(sex AS VARCHAR) AS sex,
               CAST(background AS VARCHAR) AS background, CAST(age AS VARCHAR) AS age,
               CAST(education AS VARCHAR) AS education,
               CAST(segment AS VARCHAR) AS segment, value, status, CAST(kind AS VARCHAR) AS kind,
               numerator, denominator
        FROM observation WHERE list_contains(?, CAST(region AS VARCHAR))
        """,
    )
    assert len(set(published["indicator"])) > 20
    for id, expected in published.groupby("indicator"):
        shown = region_series(
            context,
            warehouse,
            str(id),
            regions=tuple(ONE),
            groups=GroupCodes(*(tuple(expected[name].unique()) for name in DIMENSIONS)),
        )
        assert {(row.how, row.lacking) for row in shown} == {(None, ())}, id
        found = frame_of(shown)
        found = found.assign(area=found["region"].map(ONE))
        pd.testing.assert_frame_equal(
            _sorted(found), _sorted(expected), check_dtype=False, obj=str(id)
        )


def test_every_group_of_the_area_is_offered_and_no_median(example_data: Path, given: Given) -> None:
    """What may be chosen for Rinkeby is what its area has."""
    context, warehouse = given
    groups = _rows(
        example_data,
        """
        SELECT DISTINCT CAST(indicator AS VARCHAR) AS indicator, CAST(sex AS VARCHAR) AS sex,
               CAST(background AS VARCHAR) AS background, CAST(age AS VARCHAR) AS age,
               CAST(education AS VARCHAR) AS education
        FROM observation
        WHERE region = '0180R076' AND list_contains(?, CAST(region AS VARCHAR))
        """,
    )
    code = "stadsdel-rinkeby"
    for indicator in context.catalogue.indicators:
        rows = groups[groups["indicator"] == indicator.id]
        own = set(map(Group, rows["sex"], rows["background"], rows["age"], rows["education"]))
        assert existing_combinations(context, warehouse, indicator.id, code) == own, indicator.id
        assert union_medians(context, warehouse, indicator.id, regions=(code,)) == ()


def test_the_newest_figures_are_those_of_the_area(given: Given) -> None:
    """The list of all indicators says of Husby what it says of 0180R036."""
    context, warehouse = given
    columns = ["indicator", "background", "period", "value", "segment", "kind"]
    for code, area in ONE.items():
        own, of_area = (
            frame_of(newest_observations(context, warehouse, (region,)))
            .sort_values(["indicator", "background"], ignore_index=True)
            .loc[:, columns]
            for region in (code, area)
        )
        pd.testing.assert_frame_equal(own, of_area, check_dtype=False)
