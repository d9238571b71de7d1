"""Example data: the source's format, plausible figures, and never to be taken for statistics."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import orjson
import pytest

from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.catalogue.pointer import Pointer, read_pointer
from etl.demo import write_examples
from etl.source.jsonstat import document_cells
from etl.source.landing import Record, landed_tables, read, records
from etl.store import landing_folder, write_pointer
from tests.etl.running import CATALOGUE, etl, rows
from tests.example import read_alone

pytestmark = pytest.mark.slow  # whole runs of the pipeline

MOST_CELLS = 16_000_000  # of them the population by year of age, sex and origin has 5.5 million


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    return load(CATALOGUE)


@pytest.fixture(scope="module")
def landing(example_data: Path) -> Path:
    """Where the documents of the example lie."""
    return example_data / "example" / "landing"


@pytest.fixture(scope="module")
def warehouse(example_data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse that the ordinary build made of the example."""
    pointer = read_pointer(example_data)
    assert pointer is not None
    with read_alone(example_data / pointer.file) as connection:
        yield connection


def every(landing: Path) -> Iterator[Record]:
    """Every record of the example."""
    for table in landed_tables(landing):
        yield from records(landing, table)


def test_the_documents_hold_few_enough_cells_to_wait_for(landing: Path) -> None:
    """The example is made and built while somebody waits for `make run`."""
    count = 0
    for record in every(landing):
        if record.body is not None:
            size = 1
            for number in orjson.loads(read(landing, record.sha256))["size"]:
                size *= number
            count += size

    assert 1_000_000 < count <= MOST_CELLS


def test_every_document_says_that_it_is_no_statistic(landing: Path) -> None:
    """No document can be taken for SCB's, wherever it is copied to."""
    for record in every(landing):
        assert record.source == "Exempeldata – inte statistik"
        assert (record.api_version, record.licence) == ("example", "example")
        assert record.url.startswith("example:")
        document = orjson.loads(read(landing, record.sha256))
        assert document["source"] == "Exempeldata – inte statistik"
        assert document["label"].endswith("(exempel)")


def test_pointer_and_run_are_flagged_as_example(
    example_data: Path, warehouse: duckdb.DuckDBPyConnection
) -> None:
    """The banner of every page comes from this flag."""
    pointer = read_pointer(example_data)

    assert pointer is not None
    assert pointer.example
    assert warehouse.execute("SELECT example FROM run").fetchall() == [(True,)]


def test_every_indicator_has_a_figure_at_every_level_it_declares(
    catalogue: Catalogue, warehouse: duckdb.DuckDBPyConnection
) -> None:
    """What the catalogue offers can be looked at before anything is fetched."""
    declared = {
        (indicator.id, segment.id, level)
        for indicator in catalogue.indicators
        for segment in indicator.segments
        for source in segment.sources
        for level in (*(() if source.derive else source.levels), *source.sum_to)
    }
    there = warehouse.execute(
        """
        SELECT DISTINCT indicator::VARCHAR, segment::VARCHAR, region.level
        FROM observation JOIN region ON region.code = observation.region::VARCHAR
        WHERE value IS NOT NULL
        """
    ).fetchall()

    assert declared - set(there) == set()


def test_no_source_is_missing_or_stale(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The ordinary binder, planner and checks accept the example as it is."""
    assert warehouse.execute("SELECT * FROM source_problem").fetchall() == []


def test_courses_of_counties_are_seen_since_1997(warehouse: duckdb.DuckDBPyConnection) -> None:
    """SCB's table TAB1808 has 27 years, 1997-2023 (../shared/scb/evidence.md, section 1)."""
    found = warehouse.sql("""
        select min(period), max(period), count(distinct period) from observation
        where indicator = 'sfi_time_to_pass' and region = '20' and education = 'F'
    """).fetchall()

    assert found == [("1997", "2023", 27)]


def test_every_municipality_and_county_is_there(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The small are seen as well as the large."""
    counts = dict(
        warehouse.execute(
            """
            SELECT region.level, count(DISTINCT region.code)
            FROM observation JOIN region ON region.code = observation.region::VARCHAR
            WHERE indicator::VARCHAR = 'employment_rate' AND value IS NOT NULL
            GROUP BY region.level
            """
        ).fetchall()
    )

    assert (counts["country"], counts["county"], counts["municipality"]) == (1, 21, 290)
    assert counts["regso"] >= 26


def test_twins_of_the_total_equal_it_in_every_document(landing: Path) -> None:
    """`tot20-64` beside `TOT`, `000` and `1+2` inside a background: all are everybody."""
    pairs = {("TOT", "tot20-64"), ("TOT", "000"), ("TOT", "1+2")}
    compared = 0
    for table in ("TAB389", "TAB1804"):
        record = next(one for one in records(landing, table) if one.kind == "data")
        found = document_cells(orjson.loads(read(landing, record.sha256)))
        value = found.value.reshape(found.dataset.size)
        for axis, dimension in enumerate(found.dataset.dimensions.values()):
            for total, twin in pairs:
                if {total, twin} <= set(dimension.codes):
                    one_side = value.take(dimension.position[total], axis)
                    other = value.take(dimension.position[twin], axis)
                    assert ((one_side == other) | np.isnan(one_side)).all()
                    compared += 1

    assert compared >= 2


def test_a_count_of_nobody_is_nil_as_the_source_writes_it(landing: Path) -> None:
    """Null with `-` is a true zero; no document writes it as 0."""
    nil = zeros = 0
    for record in records(landing, "TAB1212"):
        if record.kind == "data":
            document = orjson.loads(read(landing, record.sha256))
            nil += list(document["status"].values()).count("-")
            zeros += document["value"].count(0)

    assert nil > 1000
    assert zeros == 0


def test_the_same_catalogue_gives_the_same_bytes(
    catalogue: Catalogue, landing: Path, tmp_path: Path
) -> None:
    """A version of example data can be made again anywhere."""
    _, again = write_examples(catalogue, tmp_path)

    assert fingerprint(again) == fingerprint(landing)
    assert not list(tmp_path.glob(".example*"))


def fingerprint(folder: Path) -> dict[str, str]:
    """The hash of every file, by its place in the folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_example_data_refuse_to_replace_real_data(tmp_path: Path) -> None:
    """Nobody loses statistics to an example by mistake."""
    (landing_folder(tmp_path) / "TAB389").mkdir(parents=True)
    (tmp_path / "warehouse-x.duckdb").touch()
    write_pointer(tmp_path, Pointer("x", "warehouse-x.duckdb", "2026-01-01T00:00:00+00:00", False))

    run = etl("demo", "--data", tmp_path)

    assert run.code == 2
    assert "real data" in run.output
    assert "--force" in run.output
    assert not (tmp_path / "example").exists()


def test_sizes_of_the_example_are_rounded() -> None:
    """The shipped file holds proportions, not statistics to quote."""
    path = CATALOGUE.parent / "etl" / "demo" / "places.csv"
    with path.open(encoding="utf-8") as file:
        sizes: list[dict[str, Any]] = list(csv.DictReader(file))

    assert len(sizes) > 300
    for row in sizes:
        assert all(int(row[f"people_{year}"]) % 50 == 0 for year in (1998, 2009, 2019))


def test_the_example_covers_the_years_to_the_latest_of_every_segment(example_data: Path) -> None:
    """Breaks of 2019, 2022 and 2025 can be seen, since there is something on both sides."""
    found = dict(
        rows(
            example_data,
            """
            SELECT indicator::VARCHAR, list(DISTINCT segment::VARCHAR ORDER BY segment::VARCHAR)
            FROM observation GROUP BY indicator
            """,
        )
    )

    assert found["employment_rate"] == ["bas", "rams"]
    assert found["population"] == ["bef"]
    assert found["net_migration"] == ["bef", "bef_1968"]


def test_the_status_lists_data_of_every_indicator(catalogue: Catalogue, example_data: Path) -> None:
    """Every row of the catalogue has observations, and none of them is stale."""
    run = etl("status", "--json", "--data", example_data)
    told = orjson.loads(run.output)["indicators"]

    assert run.code == 0
    assert set(told) == set(catalogue.indicator)
    assert all(one["observations"] > 0 and not one["stale"] for one in told.values())
