from pathlib import Path

import pytest

from dashboard.data.queries.holdings import indicators_of_areas
from dashboard.data.versions import Shelf

COUNTED = """
    SELECT DISTINCT indicator::VARCHAR
    FROM observation JOIN region ON code = observation.region::VARCHAR
    WHERE level = 'regso' AND value IS NOT NULL AND sex = '_T' AND age = '_T'
      AND education = '_T' AND ($within = '' OR parent = $within)
"""


@pytest.mark.slow
@pytest.mark.parametrize("within", ["", "0127", "0180", "2584", "9999"])
def test_areas_have_the_indicators_that_any_of_them_has_a_number_of(
    example_data: Path, within: str
) -> None:
    """Of a municipality the areas that lie in it; of none, no indicator."""
    shelf = Shelf(example_data)
    with shelf.current() as warehouse:
        assert warehouse is not None
        counted = {indicator for (indicator,) in warehouse.rows(COUNTED, within=within)}
        found = indicators_of_areas(warehouse, within)
    shelf.close()

    assert found == counted
    assert bool(found) == (within != "9999")
