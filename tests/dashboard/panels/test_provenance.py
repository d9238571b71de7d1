"""Which tables stand behind the rows that are shown."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.data.context import Context, opened
from dashboard.data.observation import Observation
from dashboard.data.series import region_series
from dashboard.data.versions import Warehouse
from dashboard.panels.provenance import shown_footnotes, source_lines, used_tables
from dashboard.state.url import State
from dashboard.state.visit import Visit, visited
from tests.dashboard.noted_warehouse import publish_notes
from tests.dashboard.union_warehouse import GROUP, RATE, publish_unions
from tests.source import ROOT

# The population of 2025 and later is another table: it has noise.
NOISY = "TAB6570"


def noisy(path: Path) -> Context:
    """A warehouse of unions where the population of 2025 is of a table of its own."""
    with duckdb.connect(publish_unions(path)) as connection:
        connection.execute(
            "INSERT INTO indicator_source VALUES"
            f" ('population', 'bef', 'municipality', '{NOISY}', 'X', '2025', '2025')"
        )
    return opened(path, ROOT / "indicators.yaml")


def tables(visit: Visit, indicator: str, rows: Sequence[Observation]) -> set[str]:
    """The tables behind some rows."""
    used = used_tables(visit, visit.catalogue.indicator[indicator], rows)
    return {table.table_id for table in used}


def test_of_a_series_of_two_tables_each_year_names_its_own(tmp_path: Path) -> None:
    """The table of 2025 says nothing of the years before, nor theirs of 2025."""
    context = noisy(tmp_path)
    with context.warehouses.current() as warehouse:
        assert warehouse
        rows = region_series(context, warehouse, "population", regions=("0127",))
        visit = visited(context, warehouse, "/", State(), current=warehouse.version)
        named = [
            tables(visit, "population", [row._replace(period=year) for row in rows])
            for year in ("2024", "2025")
        ]
    context.warehouses.close()

    assert named == [{"TAB638"}, {NOISY}]


def test_a_union_names_the_population_of_the_years_that_are_shown_and_no_other(
    tmp_path: Path,
) -> None:
    """The rates of 2020 and 2022 are weighted by the population until 2024."""
    context = noisy(tmp_path)
    with context.warehouses.current() as warehouse:
        assert warehouse
        rows = region_series(context, warehouse, RATE, regions=(GROUP,))
        visit = visited(context, warehouse, "/", State(), current=warehouse.version)
        named = tables(visit, RATE, rows)
        later = tables(visit, RATE, [row._replace(period="2025") for row in rows])
    context.warehouses.close()

    assert [row.period for row in rows] == ["2020", "2021", "2022"]
    assert named == {"TAB4881", "TAB6383", "TAB638"}
    assert later == {"TAB4881", "TAB6383", NOISY}


def test_tables_and_footnotes_are_asked_for_once_a_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every panel of a page names its tables; only the first costs a question."""
    publish_notes(tmp_path)
    context = opened(tmp_path, ROOT / "indicators.yaml")
    asked: list[str] = []
    answered = Warehouse.frame

    def counted(warehouse: Warehouse, sql: str, **params: object) -> pd.DataFrame:
        asked.append(sql)
        return answered(warehouse, sql, **params)

    with context.warehouses.current() as warehouse:
        assert warehouse
        rows = region_series(context, warehouse, "employment_rate", regions=("0127",))
        visit = visited(context, warehouse, "/", State(), current=warehouse.version)
        employed = context.catalogue.indicator["employment_rate"]
        first = source_lines(visit, employed, rows), shown_footnotes(visit, employed, rows)
        monkeypatch.setattr(Warehouse, "frame", counted)
        again = source_lines(visit, employed, rows), shown_footnotes(visit, employed, rows)
    context.warehouses.close()

    assert again == first
    assert all(first)
    assert asked == []
