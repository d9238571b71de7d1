"""Which tables stand behind the rows that are shown."""

from pathlib import Path

import duckdb

from dashboard.data.context import opened
from dashboard.data.series import region_series
from dashboard.panels.provenance import used_tables
from dashboard.state.url import State
from dashboard.state.visit import visited
from tests.dashboard.union_warehouse import GROUP, RATE, publish_unions
from tests.source import ROOT

# The population of 2025 and later is another table: it has noise.
NOISY = "TAB6570"


def test_a_union_names_the_population_of_the_years_that_are_shown_and_no_other(
    tmp_path: Path,
) -> None:
    """The rates of 2020 and 2022 are weighted by the population until 2024."""
    with duckdb.connect(publish_unions(tmp_path)) as connection:
        connection.execute(
            "INSERT INTO indicator_source VALUES"
            f" ('population', 'ckm', 'municipality', '{NOISY}', 'X', NULL, NULL)"
        )
    context = opened(tmp_path, ROOT / "indicators.yaml")
    with context.warehouses.current() as warehouse:
        assert warehouse
        rows = region_series(context, warehouse, RATE, regions=(GROUP,))
        visit = visited(context, warehouse, "/", State(), current=warehouse.version)
        named = used_tables(visit, context.catalogue.indicator[RATE], rows)
        later = used_tables(visit, context.catalogue.indicator[RATE], rows.assign(period="2025"))
    context.warehouses.close()

    assert rows["period"].tolist() == ["2020", "2021", "2022"]
    assert set(named["table_id"]) == {"TAB4881", "TAB6383", "TAB638"}
    assert set(later["table_id"]) == {"TAB4881", "TAB6383", NOISY}
