"""Any answer may be anything: the run goes on, the other tables are published, and it is told."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import httpx
import orjson
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.binding.binding import bounds_of, uses
from etl.binding.fitting import misfits, oddities
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.cli.showing import table_lines
from etl.errors import DocumentError
from etl.source.jsonstat import document_cells, document_dataset
from tests.attacks.mutations import ODD, mutated
from tests.attacks.world import (
    FIRST,
    OTHERS,
    PEOPLE,
    SECOND,
    World,
    catalogue,
    edition,
    world,
)
from tests.etl.entries import SWEDEN
from tests.pxweb_server.answers import data_answer, metadata_answer
from tests.pxweb_server.editions import renumbered
from tests.pxweb_server.selections import Choice, axes

Found = TypeVar("Found")
METADATA, DATA = f"/tables/{PEOPLE}/metadata", f"/tables/{PEOPLE}/data"
MARKETS = "/codelists/agg_RegionLA2018"
LISTED = {
    "id": "agg_RegionLA2018",
    "label": "Lokala arbetsmarknader",
    "values": [
        {"code": "LA01", "label": "Stockholm-Solna", "valueMap": ["0180", "0184"]},
        {"code": "LA02", "label": "Göteborg", "valueMap": ["1480"]},
    ],
}
RUNS = settings(max_examples=25, database=None)


def data_document() -> Any:
    """An answer with every cell of the small table."""
    pack = edition(PEOPLE, SECOND)
    every = [Choice(code, ("*",)) for code in pack.metadata["id"]]
    return orjson.loads(orjson.dumps(data_answer(pack, axes(pack, every, max_cells=1000))))


def read_or_refused(reader: Callable[[Any], Found], document: Any) -> Found | None:
    """What was read; None for what was refused, in a line that a person can read."""
    told = ""
    try:
        return reader(document)
    except DocumentError as error:
        told = str(error)
    assert 0 < len(told) < 1500
    return None


@given(mutated(metadata_answer(edition(PEOPLE, SECOND), {})))
@settings(max_examples=1500)
def test_a_description_is_read_or_refused_and_nothing_else(document: Any) -> None:
    """Whatever is odd in it, one kind of error says so."""
    found = read_or_refused(document_dataset, document)
    if found is None:
        return
    assert found.size == tuple(document["size"])
    assert [*table_lines(found, [("table", PEOPLE)])]
    for code, dimension in found.dimensions.items():
        for text in (code, *dimension.labels):
            assert 0 < len(text) <= 200
            assert text.isprintable() or not any(ord(sign) < 32 for sign in text)
        assert all(isinstance(label, str) for label in dimension.labels.values())


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of both tables, as it is read."""
    file = tmp_path_factory.mktemp("declared") / "two.yaml"
    file.write_text(yaml.safe_dump(catalogue()), encoding="utf-8")
    return load(file)


def test_what_is_read_is_bound_or_the_reason_is_said(declared: Catalogue) -> None:
    """Looking for regions, years and contents in any table ends in cells or in sentences."""
    table, sources = declared.table["people"], uses(declared, "people")

    @given(mutated(metadata_answer(edition(PEOPLE, SECOND), {})))
    @settings(max_examples=1500)
    def holds(document: Any) -> None:
        found = read_or_refused(document_dataset, document)
        if found is None:
            return
        problems = misfits(table, found, SWEDEN)
        ready, lost = bounds_of(table, found, sources, SWEDEN, limit=1000)
        assert ready.keys() | lost.keys() == set(sources)
        assert all(isinstance(one, str) and one for one in (*problems, *lost.values()))
        if not problems:
            assert all(map(str, oddities(table, found, SWEDEN)))

    holds()


@given(mutated(data_document()))
@settings(max_examples=1500)
def test_an_answer_of_cells_is_read_or_refused_and_nothing_else(document: Any) -> None:
    """As many numbers and statuses as cells, or the reason why not."""
    found = read_or_refused(document_cells, document)
    if found is None:
        return
    assert found.value.size == found.status.size
    assert found.status.max(initial=0) < len(found.symbols) <= 128


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Both tables as published once, and new editions of both waiting at the source."""
    with world(tmp_path_factory.mktemp("fuzz")) as made:
        assert made.run().code == 0
        made.publish(PEOPLE, SECOND, 1)
        made.publish(OTHERS, SECOND, 1)
        yield made


def served(made: World, path: str) -> Any:
    """What the server says at a path."""
    return httpx.get(made.server.url + path).json()


def outcome(made: World, path: str, document: Any) -> str:
    """What a run says that gets this document at a path, and the other table's new figures."""
    body = orjson.dumps(document)
    with TemporaryDirectory() as folder:
        data = Path(shutil.copytree(made.data, Path(folder) / "data"))
        trial = replace(made, data=data)
        trial.send(path, body)
        run = trial.run()
        assert run.code in {0, 3}, run.output
        assert trial.values(OTHERS) == {"2021": 982.0, "2022": 1002.0, "2023": 1022.0}, run.output
        people = trial.values(PEOPLE)
        if run.code == 3:
            assert "people" in run.output
            assert "Next: do what the last lines above say" in run.output
            assert people == {"2021": 980.0, "2022": 1000.0, "2023": 1020.0}
        assert "\x1b" not in run.output
        return run.output


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [METADATA, DATA, f"/tables/{PEOPLE}", MARKETS], ids=["metadata", "data", "row", "list"]
)
def test_one_odd_answer_costs_one_table(published: World, path: str) -> None:
    """The description, the cells, the row or the list of codes is odd: the rest is published."""
    published.answer("nothing", lambda found: found)
    document = {DATA: data_document(), MARKETS: LISTED}.get(path) or served(published, path)

    @RUNS
    @given(mutated(document))
    def holds(odd: Any) -> None:
        outcome(published, path, odd)

    holds()


@pytest.mark.slow
def test_odd_limits_cost_nothing(published: World) -> None:
    """Limits that cannot be meant are told, and both tables are published."""
    published.answer("nothing", lambda found: found)
    document = served(published, "/config")

    @RUNS
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(("maxDataCells", "maxCallsPerTimeWindow", "timeWindow")))
        odd = data.draw(st.sampled_from(ODD))
        outcome(published, "/config", {**document, name: odd})

    holds()


@pytest.mark.slow
def test_odd_rows_of_tables_cost_themselves(published: World) -> None:
    """A table whose id is gone is searched for among rows of which some are anything."""
    moved = renumbered(edition(PEOPLE, SECOND, 1), "TAB7")
    published.server.withdraw(PEOPLE)
    published.server.publish(moved)
    published.answer("nothing", lambda found: found)
    rows = served(published, "/tables")
    good = next(row for row in rows["tables"] if row["id"] == "TAB7")

    @RUNS
    @given(st.lists(mutated(good), max_size=3), st.lists(mutated(good), max_size=3))
    def holds(before: list[Any], after: list[Any]) -> None:
        # What is odd is nobody else: a row of the same table, or none.
        outcome(published, "/tables", rows | {"tables": [*before, *rows["tables"], *after]})

    try:
        holds()
    finally:
        published.server.withdraw("TAB7")
        published.publish(PEOPLE, SECOND, 1)


def test_the_fuzz_reaches_what_it_is_for() -> None:
    """Most odd documents are really odd: a fuzz that changes nothing finds nothing."""
    document = metadata_answer(edition(PEOPLE, FIRST), {})
    changed = 0

    @settings(max_examples=200, database=None)
    @given(mutated(document))
    def count(odd: Any) -> None:
        nonlocal changed
        changed += odd != document

    count()
    assert changed > 100
