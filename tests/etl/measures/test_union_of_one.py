"""A union of one region is that region: its published figure, in every indicator and group."""

from typing import Any

import pandas as pd
import pytest

from etl.catalogue.regions import BOTH_DIVISIONS
from etl.measures.unions import RegionUnion, alone
from tests.etl.union_cases import indicator, median, published, united

RINKEBY = RegionUnion("stadsdel-rinkeby", ("0180R076",), ("0180R076",))
CHANGED = RegionUnion("stadsdel-vald", ("0127R001",))  # its border was moved in 2025
NOBODY = published([]).assign(age="20-64")
EVERY_RULE = pytest.mark.parametrize(
    ("rule", "measure"),
    [("counts", "share"), ("counts", "count"), ("weight", "share"), ("none", "index"),
     ("none", "amount"), ("none", "share"), ("none", "class")],
)  # fmt: skip


def _united(rows: pd.DataFrame, union: RegionUnion, rule: str, measure: str) -> pd.DataFrame:
    return united(rows, union, indicator(rule, measure), NOBODY)


@EVERY_RULE
@pytest.mark.parametrize(
    "group",
    [{}, {"sex": "1"}, {"background": "VXEUEES"}, {"sex": "2", "age": "20-24"},
     {"education": "3"}],
)  # fmt: skip
def test_the_figure_is_the_only_members_in_every_rule_and_group(
    rule: str, measure: str, group: dict[str, str]
) -> None:
    """Without counts, without weights: 54.3 of the area is 54.3 of the neighbourhood."""
    rows = published([{"region": "0180R076", "value": 54.3, **group}])
    row = _united(rows, RINKEBY, rule, measure).iloc[0]
    assert row["region"] == "stadsdel-rinkeby"
    assert (row["value"], row["status"], row["kind"]) == (54.3, None, "published")
    assert all(row[name] == code for name, code in group.items())
    assert row["how"] is None
    assert (row["members"], row["lacking"]) == (("0180R076",), ())
    assert row["division"] == BOTH_DIVISIONS


@EVERY_RULE
@pytest.mark.parametrize("symbol", ["..", ".", "-"])
def test_a_symbol_of_the_source_stays_as_it_is(rule: str, measure: str, symbol: str) -> None:
    """A hidden figure is hidden by the source; nobody has failed to put anything together."""
    rows = published([{"region": "0180R076", "value": None, "status": symbol}])
    row = _united(rows, RINKEBY, rule, measure).iloc[0]
    assert pd.isna(row["value"])
    assert (row["status"], row["kind"], row["lacking"]) == (symbol, "published", ())


def test_a_status_beside_a_number_and_the_counts_of_a_share_stay() -> None:
    """What the source says of the area it says of the neighbourhood."""
    rows = published(
        [{"region": "0180R076", "value": 25.0, "status": "-", "numerator": 5, "denominator": 20}]
    )
    row = _united(rows, RINKEBY, "counts", "share").iloc[0]
    assert (row["value"], row["status"]) == (25.0, "-")
    assert (row["numerator"], row["denominator"]) == (5, 20)


def test_what_was_computed_for_the_area_is_computed_for_the_neighbourhood() -> None:
    """Foreign-born are all less those born in Sweden: no published figure of either."""
    rows = published([{"region": "0180R076", "value": 61.0, "kind": "computed"}])
    assert _united(rows, RINKEBY, "none", "share")["kind"].tolist() == ["computed"]


def test_there_is_no_median_of_one() -> None:
    """The median of one area is its figure under a wrong name."""
    rows = published([("0180R076", 90)])
    assert median(rows, RINKEBY, indicator("none", "index")).empty


def test_an_area_that_changed_has_figures_to_the_end_of_its_division_and_none_after() -> None:
    """Of 2025 nobody has confirmed an area: no row, as the area itself has none."""
    years = [{"region": "0127R001", "value": 60, "period": year} for year in ("2022", "2023")]
    found = _united(published(years), CHANGED, "none", "share")
    assert found["period"].tolist() == ["2022", "2023"]
    assert set(found["division"]) == {"RegSO 2020"}


def test_a_confirmed_area_of_2025_follows_the_changed_one() -> None:
    """Each year has the area of its own division, and the makeup tells that they are two."""
    union = RegionUnion("stadsdel-vald", ("0127R001", "0127R041_RegSO2025"))
    rows = published([
        {"region": "0127R001", "value": 60, "period": "2023"},
        {"region": "0127R041_RegSO2025", "value": 55, "period": "2024"},
    ])  # fmt: skip
    found = _united(rows, union, "none", "share")
    assert found["value"].tolist() == [60, 55]
    assert found["members"].tolist() == [("0127R001",), ("0127R041_RegSO2025",)]
    assert found["kind"].tolist() == ["published", "published"]


def test_two_areas_of_which_one_has_a_figure_are_not_one_area() -> None:
    """Alby after 2023 lacks Albyberget: partial where there is a mean, else nothing."""
    alby = RegionUnion("stadsdel-alby", ("0127R001", "0127R002"), ("0127R002",))
    rows = published([{"region": "0127R002", "value": 60, "period": "2024"}])
    assert alby.alone == ()
    assert _united(rows, alby, "none", "share").empty
    assert _united(rows, alby, "weight", "share").empty
    row = _united(rows, alby, "counts", "count").iloc[0]
    assert (row["kind"], row["how"], row["present"]) == ("computed", "sum", 1)


def test_two_areas_of_2020_may_be_one_of_2025() -> None:
    """Then the years of 2025 are that area's own, and those of 2020 follow the rule."""
    union = RegionUnion("stadsdel-vald", ("0127R001", "0127R003", "0127R041_RegSO2025"))
    rows = published([
        {"region": "0127R001", "value": 60, "period": "2023"},
        {"region": "0127R003", "value": 70, "period": "2023"},
        {"region": "0127R041_RegSO2025", "value": 64, "period": "2024"},
    ])  # fmt: skip
    assert union.alone == ("0127R041_RegSO2025",)
    assert _united(rows, union, "none", "share")["value"].tolist() == [64]
    found = _united(rows, union, "counts", "count")
    assert found["value"].tolist() == [130, 64]
    assert found["kind"].tolist() == ["computed", "published"]
    assert median(rows, union, indicator("none")).empty  # that of two would be their mean


@pytest.mark.parametrize(
    ("members", "lasting", "single"),
    [
        (("0180R076",), ("0180R076",), ("0180R076",)),
        (("0127",), (), ("0127",)),
        (("0127R001", "0127R001_RegSO2025"), (), ("0127R001", "0127R001_RegSO2025")),
        (("0127R001", "0127R002"), ("0127R002",), ()),
        ((), (), ()),
    ],
)
def test_who_stands_alone_is_told_by_division(
    members: tuple[str, ...], lasting: tuple[str, ...], single: tuple[Any, ...]
) -> None:
    """One area of 2020 and its counterpart of 2025 are each alone in their own years."""
    assert alone(members, lasting) == single
