"""The figures around a region's own: of its level, its county and the country."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.data.context import opened
from dashboard.panels import overview
from dashboard.state.url import State
from dashboard.state.visit import Visit, visited
from tests.source import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def botkyrka(example_data: Path) -> Iterator[Visit]:
    """A reader of Botkyrka, over the example of the shipped catalogue."""
    given = opened(example_data, ROOT / "indicators.yaml")
    with given.warehouses.current() as warehouse:
        assert warehouse
        yield visited(given, warehouse, "/", State(region="0127"), current=warehouse.version)
    given.warehouses.close()


def test_a_municipality_stands_among_those_of_its_county_in_the_same_year(botkyrka: Visit) -> None:
    """Every number of the county's municipalities in that year and register, and no other."""
    checked = 0
    for row in overview.overview_rows(botkyrka, "0127").values():
        newest = row.content.newest
        if newest is None:
            continue
        expected = botkyrka.warehouse.rows(
            """
            SELECT value FROM observation JOIN region ON region.code = observation.region
            WHERE level = 'municipality' AND parent = '01' AND value IS NOT NULL
              AND sex = '_T' AND age = '_T' AND education = '_T' AND indicator = $indicator
              AND background = $background AND period = $period AND segment = $segment
            """,
            indicator=newest.indicator,
            background=newest.background,
            period=newest.period,
            segment=newest.segment,
        )
        found = overview.level_numbers(botkyrka, newest)
        assert sorted(found) == sorted(value for (value,) in expected), newest.indicator
        checked += len(found)
    assert checked > 26


def test_county_and_country_stand_beside_in_the_year_of_the_own_figure(botkyrka: Visit) -> None:
    """Their own figures of 2019 beside a figure of 2019, whatever came later."""
    cell = ("employment_rate", "_T", "2019")
    found = overview.comparison_figures(botkyrka, ("00", "01", "0180"), [cell])
    expected = botkyrka.warehouse.rows(
        """
        SELECT region, value FROM observation
        WHERE indicator = 'employment_rate' AND period = '2019' AND background = '_T'
          AND sex = '_T' AND age = '_T' AND education = '_T' AND region IN ('00', '01', '0180')
        """
    )
    assert {code: one.value for (code, _), one in found.items()} == dict(expected)
    assert len(found) == 3


def test_an_area_stands_among_none(botkyrka: Visit) -> None:
    """Areas are no level that a single one is placed in."""
    (area,) = (one for one in botkyrka.regions.values() if one.code == "0127R001")
    rows = overview.overview_rows(botkyrka, area.code)
    shown = [row.content.newest for row in rows.values() if row.content.newest]
    assert shown
    assert not any(overview.level_numbers(botkyrka, one) for one in shown)
