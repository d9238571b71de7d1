"""Where areas lie and which are listed together; and that every list of the example is there."""

from pathlib import Path

import pytest

from dashboard.data.context import Context
from dashboard.data.observation import Observation
from dashboard.data.versions import Shelf
from dashboard.server.app import create_app
from dashboard.state.areas import area_scope, areas_of_one_division, neighbourhoods_by_municipality
from dashboard.state.regions import Region, regions_by_code
from etl.catalogue.loading import load
from tests.dashboard.area_warehouse import ALBY, NEWER, UNEMPLOYED, publish_areas
from tests.dashboard.rendered import found, shown, text
from tests.example import read_alone
from tests.source import ROOT


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Region]:
    """The regions of the warehouse by code."""
    path = publish_areas(tmp_path_factory.mktemp("places"))
    with read_alone(path) as connection:
        frame = connection.execute(
            "SELECT *, (SELECT list(member) FROM region_member WHERE region = code) AS members"
            " FROM region"
        ).df()
    frame = frame.astype(object).where(frame.notna(), None)
    return dict(regions_by_code(frame))


def test_one_division_is_listed_that_with_most_numbers(places: dict[str, Region]) -> None:
    """In a year that has both, the areas of one alone."""
    codes = ("0127R001", "0127R002", f"0127R001{NEWER}")
    seen = [Observation(UNEMPLOYED, code, "2024", "bas", 1.0) for code in codes]

    assert areas_of_one_division(seen, codes, places) == codes[:2]
    assert areas_of_one_division([], codes, places) == ()


def test_where_areas_lie_follows_from_their_codes(places: dict[str, Region]) -> None:
    """A neighbourhood lies in its municipality; that in its county, which is shown beside."""
    assert neighbourhoods_by_municipality(places) == {"0127": (ALBY,)}
    here = area_scope(ALBY, places)

    assert here is not None
    assert (here.region, here.within, here.larger) == (ALBY, "0127", ("0127", "01", "00"))
    assert area_scope("09", places) is None


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_measure_of_areas_has_a_page_in_every_municipality(
    example_data: Path, part: int
) -> None:
    """Of the shipped catalogue's example: no measure and no municipality fails."""
    catalogue = load(ROOT / "indicators.yaml")
    context = Context(catalogue, Shelf(example_data))
    client = create_app(context).server.test_client()
    with context.warehouses.current() as warehouse:
        assert warehouse is not None
        pairs = warehouse.rows(
            "SELECT DISTINCT parent, indicator FROM latest JOIN region ON code = region"
            " WHERE level = 'regso' AND value IS NOT NULL ORDER BY ALL"
        )
    measures, towns = (sorted({pair[place] for pair in pairs}) for place in (1, 0))
    asked = [("0127", id) for id in measures]
    asked += [(town, measures[number % len(measures)]) for number, town in enumerate(towns)]
    for region, id in asked[part::4]:
        page = shown(client, "/omraden", f"?region={region}&indikatorer={id}")
        assert f"{catalogue.indicator[id].title['sv']} i områden" in text(page), (region, id)
        assert found(page, "Table") or (region, id) not in pairs
    context.warehouses.close()
