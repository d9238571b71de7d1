"""An area beside its municipality, county or country: one measure, or none."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.catalogue import CatalogueError
from etl.catalogue.loading import load
from tests.etl.running import CATALOGUE


def moved(path: str, file: Path) -> Path:
    """The shipped catalogue, but for the folder of the table of employed in municipalities."""
    entries: dict[str, Any] = yaml.load(CATALOGUE.read_bytes(), yaml.CSafeLoader)
    (table,) = [one for one in entries["tables"] if one["key"] == "labour_bas_municipality"]
    table["path"] = path
    file.write_text(
        yaml.dump(entries, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8"
    )
    return file


def test_each_level_may_have_a_table_of_the_same_register(tmp_path: Path) -> None:
    """Register data on integration have one table for counties and one for areas."""
    assert load(moved("AA0003B", tmp_path / "indicators.yaml"))


def test_a_segment_of_two_registers_is_refused(tmp_path: Path) -> None:
    """Employed in the area, 20-64, never stands beside employed, 20-65."""
    with pytest.raises(CatalogueError) as refused:
        load(moved("AM0210D", tmp_path / "indicators.yaml"))

    told = [one for one in refused.value.problems if "employment_rate" in one]
    assert len(told) == 1
    assert "segment bas: its tables are of AA0003, AM0210" in told[0]


@pytest.mark.parametrize("indicator", ["area_employed_share", "area_unemployed_share"])
def test_the_larger_regions_of_these_are_sums_of_their_areas(indicator: str) -> None:
    """The catalogue takes municipality, county and country from the table of the areas."""
    for segment in load(CATALOGUE).indicator[indicator].segments:
        (source,) = segment.sources
        assert source.levels == ("regso",)
        assert set(source.sum_to) == {"municipality", "county", "country"}
