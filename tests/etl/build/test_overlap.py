"""No observation comes from two sources."""

from pathlib import Path

import pytest
import yaml

from etl.build.checks import footprint, overlap
from tests.etl.build.test_checks import BOOK, GOOD
from tests.etl.build.test_checks import rows as made
from tests.etl.running import CATALOGUE, etl, rows
from tests.pxweb_server import serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline


def test_an_observation_of_two_sources_is_counted() -> None:
    """One region, period and group may stand once, whoever gives it and whatever it says."""
    first = [footprint(made(GOOD[:4]), BOOK), footprint(made(GOOD[6:]), BOOK)]
    again = [footprint(made([("0180", "2020", "1", "_T", 99), *GOOD[4:6]]), BOOK)]
    assert overlap(again, first, BOOK) == 1
    assert overlap(first, first, BOOK) == 6


def test_other_regions_periods_or_groups_are_other_observations() -> None:
    """Sources of one segment share out the levels, the years and the groups between them."""
    there = [footprint(made(GOOD[:4]), BOOK)]
    for cell in (
        ("0186", "2020", "_T", "_T", 1),
        ("0180", "2021", "_T", "_T", 1),
        ("0180", "2020", "_T", "SE", 1),
        ("0184", "2020", "2", "_T", 1),
    ):
        assert overlap([footprint(made([cell]), BOOK)], there, BOOK) == 0, cell
    assert overlap(there, [], BOOK) == 0


def test_a_source_that_repeats_another_is_left_out_and_told(shared: Path, tmp_path: Path) -> None:
    """The first one of the catalogue stands; nobody sees a figure twice."""
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    (one,) = [i for i in catalogue["indicators"] if i["id"] == "registered_unemployment"]
    (rams,) = [segment for segment in one["segments"] if segment["id"] == "rams"]
    (source,) = [s for s in rams["sources"] if s["table"] == "labour_rams_municipality"]
    rams["sources"].append(source)
    file = tmp_path / "twice.yaml"
    file.write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    with serving([shared / "scb" / "packs" / "TAB4881"], calls=500, window=1.0) as server:
        run = etl("run", "--api", server.url, "--data", tmp_path / "data", "--catalogue", file)
    assert run.code == 3
    assert "observations stand in another source of the indicator too" in run.output
    repeated = rows(
        tmp_path / "data",
        "SELECT count(*) - count(DISTINCT (region, period, sex, background, age, education)) "
        "FROM observation WHERE indicator = 'registered_unemployment'",
    )
    assert repeated == [(0,)]
