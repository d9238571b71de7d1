"""The contract: which rows an extract has, in which order, and what is said of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.context import Context, opened
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports import read
from dashboard.exports.extract import MACHINE_COLUMNS, SCHEMA, Extract, all_rows
from dashboard.exports.read import requested_extract
from etl.catalogue import Catalogue
from tests.dashboard.exports.truth import KEY, LINK, TABLES, Truth
from tests.dashboard.warehouse import CATALOGUE, publish

ALL = RowSelection(indicators=("net_migration", "employment_rate"))
FILTERS: list[tuple[RowSelection, Callable[[Any], bool]]] = [
    (replace(ALL, regions=("0180", "01")), lambda row: row["region"] in {"0180", "01"}),
    (replace(ALL, levels=("county",)), lambda row: row["region"] in {"01", "09"}),
    (replace(ALL, sexes=("2",)), lambda row: row["sex"] == "2"),
    (replace(ALL, backgrounds=("SE", "_T")), lambda row: row["background"] in {"SE", "_T"}),
    (replace(ALL, educations=("EU",)), lambda row: row["education"] == "EU"),
    (replace(ALL, first="2020", last="2021"), lambda row: "2020" <= row["period"] <= "2021"),
    (replace(ALL, regions=("9999",)), lambda row: False),
    (replace(ALL, sexes=()), lambda row: False),
    (RowSelection(indicators=("no_such",)), lambda row: False),
]


@pytest.fixture(scope="module")
def everything(context: Context, warehouse: Warehouse) -> list[dict[str, object]]:
    """All rows as plain values."""
    return rows(context, warehouse, ALL)


def rows(
    context: Context, warehouse: Warehouse, wanted: RowSelection, **more: int
) -> list[dict[str, object]]:
    """The rows of an extract as plain values."""
    found = requested_extract(context, warehouse, wanted, lang="sv", permalink=LINK, **more)
    listed: list[dict[str, object]] = pa.Table.from_batches(found.batches(), SCHEMA).to_pylist()
    return listed


def test_every_observation_comes_once_with_value_symbol_segment_and_kind(
    whole: Extract, told: Truth
) -> None:
    """An extract is the warehouse's own rows, none lost, none invented."""
    found = pa.Table.from_batches(whole.batches(), SCHEMA).to_pylist()

    assert {
        tuple(row[name] for name in KEY): tuple(
            row[name] for name in ("value", "status", "segment", "kind")
        )
        for row in found
    } == dict(told)
    assert len(found) == len(told) == whole.meta.rows == whole.meta.total


def test_rows_stand_in_the_order_of_their_codes_as_text(whole: Extract) -> None:
    """The same data give the same file, whoever made the warehouse's codes."""
    keys = [tuple(row) for row in all_rows(whole)[list(KEY)].itertuples(index=False)]

    assert keys == sorted(keys)


def test_columns_and_types_are_the_same_whatever_the_portion(
    whole: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How rows are taken in portions is nobody's business."""
    at_once = all_rows(whole)
    monkeypatch.setattr(read, "PORTION", 600)

    assert tuple(at_once.columns) == MACHINE_COLUMNS
    assert all(batch.schema == SCHEMA for batch in whole.batches())
    assert all_rows(whole).equals(at_once)


@pytest.mark.parametrize(("offset", "limit"), [(0, 10), (150, 7), (400, 1000), (9999, 5)])
def test_a_window_is_a_part_of_the_whole(
    context: Context,
    warehouse: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
    everything: list[dict[str, object]],
    *,
    offset: int,
    limit: int,
) -> None:
    """Pages of the API put together are the whole answer, also across portions."""
    monkeypatch.setattr(read, "PORTION", 600)
    part = rows(context, warehouse, ALL, offset=offset, limit=limit)

    assert part == everything[offset : offset + limit]


@pytest.mark.parametrize(("wanted", "holds"), FILTERS)
def test_a_filter_keeps_the_rows_that_it_names(
    context: Context,
    warehouse: Warehouse,
    everything: list[dict[str, object]],
    *,
    wanted: RowSelection,
    holds: Callable[[Any], bool],
) -> None:
    """A filter left out is everything; a code that nobody knows gives no rows, not an error."""
    assert rows(context, warehouse, wanted) == [row for row in everything if holds(row)]


@pytest.mark.parametrize(("wanted", "holds"), FILTERS)
def test_a_filter_keeps_the_same_rows_where_they_are_read_in_portions(
    context: Context,
    warehouse: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
    everything: list[dict[str, object]],
    *,
    wanted: RowSelection,
    holds: Callable[[Any], bool],
) -> None:
    """Regions that lie between those of a portion, and are not asked for, stay out."""
    monkeypatch.setattr(read, "FEW", 0)
    monkeypatch.setattr(read, "PORTION", 100)

    assert rows(context, warehouse, wanted) == [row for row in everything if holds(row)]


@given(st.permutations([f"{place:04}" for place in range(12)]), st.integers(1, 5))
def test_each_region_is_read_with_its_own_portion_however_a_version_compares_codes(
    compared: list[str], size: int
) -> None:
    """No region is lost or comes twice, in whatever order the warehouse has its codes."""
    order = {code: place for place, code in enumerate(compared)}
    portions = {code: place // size for place, code in enumerate(sorted(compared))}
    spans = read._spans(portions, order)

    assert {
        code: [
            portion
            for portion, own in spans.items()
            for first, last in own
            if order[first] <= order[code] <= order[last]
        ]
        for code in compared
    } == {code: [portion] for code, portion in portions.items()}


def test_a_row_names_its_region_unit_table_and_times(whole: Extract) -> None:
    """One row is enough to cite a figure."""
    one = all_rows(whole).query("indicator == 'employment_rate' and region == '0180'")

    assert set(one["region_name"]) == {"Stockholm"}
    assert set(one["unit"]) == {"procent"}
    assert dict(zip(one["segment"], one["table"], strict=True)) == {
        "rams": TABLES["rams"],
        "bas": TABLES["bas"],
    }
    assert str(one["updated"].iloc[-1]) == "2026-02-13 07:00:00+00:00"
    assert str(one["fetched"].iloc[-1]) == "2026-11-21 08:00:00+00:00"


def _with_second_table(catalogue: Catalogue, id: str) -> Catalogue:
    """The catalogue with an indicator that is read from the table `new`, too."""
    indicators = []
    for one in catalogue.indicators:
        segment = one.segments[0]
        second = segment.sources[0].model_copy(update={"table": "new"})
        more = segment.model_copy(update={"sources": (*segment.sources, second)})
        indicators.append(one.model_copy(update={"segments": (more,)}) if one.id == id else one)
    return replace(catalogue, indicators=tuple(indicators))


def test_a_row_of_two_tables_names_both_and_the_newest_of_their_times(tmp_path: Path) -> None:
    """A figure is as new as the table that was updated last; other levels keep their own."""
    with duckdb.connect(publish(tmp_path)) as connection:
        connection.execute(
            "INSERT INTO indicator_source VALUES"
            " ('net_migration', 'old', 'municipality', 'TAB6383', 'X', '2000', '2030')"
        )
    context = opened(tmp_path, CATALOGUE)
    context = replace(context, catalogue=_with_second_table(context.catalogue, "net_migration"))
    wanted = RowSelection(indicators=("net_migration",), regions=("0180", "01"), first="2024")
    with context.warehouses.current() as warehouse:
        assert warehouse
        county, municipality = rows(context, warehouse, wanted)
    context.warehouses.close()

    assert (county["table"], f"{county['updated']:%Y-%m-%d}") == ("TAB4881", "2024-12-13")
    assert municipality["table"] == "TAB4881+TAB6383"
    assert f"{municipality['updated']:%Y-%m-%d}" == "2026-02-13"


def test_the_metadata_tell_what_is_in_the_rows(context: Context, warehouse: Warehouse) -> None:
    """Regions, periods and tables are those of the rows, not those of the catalogue."""
    wanted = RowSelection(indicators=("employment_rate",), regions=("0180",), last="2021")
    meta = requested_extract(context, warehouse, wanted, lang="en", permalink=LINK).meta

    assert meta.title.en == "Employed"
    assert meta.regions == {"0180": "Stockholm"}
    assert (meta.first, meta.last) == ("2003", "2021")
    assert [(source.id, source.kind) for source in meta.sources] == [("TAB4881", "published")]
    assert f"{meta.built:%Y-%m-%d %H:%M %Z}" == "2026-11-21 08:15 UTC"
    assert not meta.example


def test_an_extract_without_rows_is_one(context: Context, warehouse: Warehouse) -> None:
    """Nothing found is an answer."""
    found = requested_extract(
        context, warehouse, RowSelection(indicators=()), lang="sv", permalink=LINK
    )

    assert list(found.batches()) == []
    assert (found.meta.rows, found.meta.first, found.meta.regions) == (0, "", {})
