"""An area beside its municipality, county or country: one measure, or none."""

from dataclasses import replace

import pytest

from etl.catalogue import load
from etl.measures import Basis, difference
from tests.etl.running import CATALOGUE

AREA = Basis("area_employed_share", "status", "20-64", "TAB6680", "AM0210D")


def test_sums_of_areas_rest_on_the_same_table() -> None:
    """TAB6680 summed over RegSO is the municipality's figure of the same measure."""
    assert difference(AREA, replace(AREA)) is None


def test_each_level_may_have_a_table_of_the_same_register() -> None:
    """Register data on integration have one table for counties and one for areas."""
    county = Basis("studying_20_24", "stativ", "20-24", "TAB4931", "AA0003H")
    assert difference(replace(county, table="TAB99001", folder="AA0003H1"), county) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"indicator": "employment_rate"}, "indicator"),
        ({"segment": "bas"}, "segment"),
        ({"ages": "20-65"}, "ages"),
        ({"table": "TAB6383", "folder": "AA0003B"}, "register"),
        ({"table": "TAB6383", "folder": ""}, "register"),
    ],
)
def test_another_measure_definition_age_or_register_is_told(
    changes: dict[str, str], reason: str
) -> None:
    """Employed in the area, 20-64, never stands beside employed, 20-65."""
    assert difference(AREA, replace(AREA, **changes)) == reason


@pytest.mark.parametrize("indicator", ["area_employed_share", "area_unemployed_share"])
def test_the_larger_regions_of_these_are_sums_of_their_areas(indicator: str) -> None:
    """The catalogue takes municipality, county and country from the table of the areas."""
    for segment in load(CATALOGUE).indicator[indicator].segments:
        (source,) = segment.sources
        assert source.levels == ("regso",)
        assert set(source.sum_to) == {"municipality", "county", "country"}
