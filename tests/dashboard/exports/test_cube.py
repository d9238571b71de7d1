"""JSON-stat 2, read back by pyjstat."""

from dataclasses import replace
from itertools import product

import numpy as np
import orjson
import pytest
from pyjstat import pyjstat

from dashboard.data.context import Context
from dashboard.data.queries.exports import RowSelection
from dashboard.data.versions import Warehouse
from dashboard.exports import jsonstat
from dashboard.exports.extract import Extract, TooLargeError
from dashboard.exports.formats import FORMATS
from dashboard.exports.read import requested_extract
from etl.source.jsonstat import document_cells, json_content
from tests.dashboard.exports.truth import KEY, LINK, Truth, content


@pytest.fixture(scope="module")
def document(whole: Extract) -> bytes:
    """Both indicators as one dataset."""
    return content(FORMATS["json-stat"], whole)


@pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning")
def test_pyjstat_reads_back_every_value_where_it_belongs(document: bytes, told: Truth) -> None:
    """No value is lost, invented or moved to another cell."""
    rows = pyjstat.Dataset.read(document.decode()).write("dataframe", naming="id")
    numbers = rows[rows["value"].notna()]
    found = {
        tuple(map(str, key)): value
        for *key, value in numbers[[*KEY, "value"]].itertuples(index=False)
    }

    assert found == {key: row[0] for key, row in told.items() if row[0] is not None}


def test_the_pipelines_own_reader_reads_back_every_value_and_symbol(
    document: bytes, told: Truth
) -> None:
    """What we publish can be fetched as what SCB publishes: the same cells, the same symbols."""
    found = document_cells(json_content(document))
    dimensions = found.dataset.dimensions

    keys = product(*(dimension.codes for dimension in dimensions.values()))
    values = [None if np.isnan(value) else value for value in found.value]
    symbols = [found.symbols[mark] or None for mark in found.status]
    cells = {key: cell for key, *cell in zip(keys, values, symbols, strict=True)}
    assert tuple(dimensions) == KEY
    assert (found.dataset.time, found.dataset.metric) == ("period", "indicator")
    assert {key: cell for key, cell in cells.items() if cell != [None, None]} == {
        key: [row[0], row[1]] for key, row in told.items() if row[:2] != (None, None)
    }
    assert dimensions["indicator"].units == {
        "employment_rate": ("procent", 1),
        "net_migration": ("personer", 0),
    }


def test_symbols_and_segments_stand_at_their_cells(document: bytes, told: Truth) -> None:
    """A missing value has its symbol and segment; a cell without a row has neither."""
    dataset = orjson.loads(document)
    axes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]

    def place(key: tuple[str, ...]) -> int:
        found = 0
        for code, codes in zip(key, axes, strict=True):
            found = found * len(codes) + codes.index(code)
        return found

    assert dataset["status"] == {str(place(key)): row[1] for key, row in told.items() if row[1]}
    segments = dict(enumerate(dataset["extension"]["segment"]))
    expected = {place(key): row[2] for key, row in told.items()}
    assert {cell: one for cell, one in segments.items() if one} == expected


def test_dimensions_are_named_in_words_and_know_their_roles(document: bytes) -> None:
    """A reader's program finds time, place, unit and labels without asking."""
    dataset = orjson.loads(document)

    assert (dataset["version"], dataset["class"]) == ("2.0", "dataset")
    assert dataset["role"] == {"time": ["period"], "geo": ["region"], "metric": ["indicator"]}
    assert dataset["dimension"]["region"]["category"]["label"]["0180"] == "Stockholm"
    unit = dataset["dimension"]["indicator"]["category"]["unit"]["employment_rate"]
    assert unit == {"label": "procent", "base": "procent", "decimals": 1}
    assert dataset["updated"] == "2026-02-13T07:00:00Z"


def test_example_data_say_so(whole: Extract) -> None:
    """An invented dataset says it first and in its metadata."""
    invented = Extract(whole.batches, replace(whole.meta, example=True))
    dataset = orjson.loads(content(FORMATS["json-stat"], invented))

    assert dataset["note"] == ["Exempeldata – inte statistik"]
    assert dataset["extension"]["example"] is True


@pytest.mark.parametrize(("limit", "counted"), [(100, "rader"), (2100, "celler")])
def test_a_cube_that_is_too_large_is_refused(
    whole: Extract, monkeypatch: pytest.MonkeyPatch, limit: int, counted: str
) -> None:
    """Combinations grow faster than rows; the reader is told which of them are too many."""
    monkeypatch.setattr(jsonstat, "CUBE_CELLS", limit)

    with pytest.raises(TooLargeError, match=counted):
        content(FORMATS["json-stat"], whole)


def test_nothing_found_is_an_empty_cube(context: Context, warehouse: Warehouse) -> None:
    """No rows is an answer, not an error."""
    nothing = requested_extract(
        context, warehouse, RowSelection(indicators=()), lang="en", permalink=LINK
    )

    empty = orjson.loads(content(FORMATS["json-stat"], nothing))
    assert empty["value"] == []
    assert len(empty["id"]) == len(empty["size"])
    assert 0 in empty["size"]
