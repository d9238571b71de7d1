"""SCB's recorded answers, landed as a run lands them and read back from the landing."""

from collections.abc import Mapping
from pathlib import Path

import httpx
import numpy as np
import orjson
import pytest
from pyjstat import pyjstat

from etl.source.client import Config
from etl.source.fetching import Access, Progress, Task, fetch_tasks
from etl.source.jsonstat import document_cells
from etl.source.landing import read, records
from etl.source.selection import CellRequest, request_key
from tests.etl.answering import client
from tests.scb.recordings import recorded_documents
from tests.scb.tables import Document

CONFIG = Config("2.3.2", "CC0", max_cells=150_000, max_calls=30, window=10.0)
ANSWERS = {
    "TAB1212/excerpt-0140-moves.json": 56,
    "TAB5557/data-99c222773be9103a.json": 137,
    "TAB638/data-35e0e2-5aec69-POST.json": 1,
    "TAB638/data-3c1f30447ea775fe.json": 144,
    "TAB6640/data-afdd445e7ceffe7a.json": 290,
}
HIDDEN = {"3": "..", "17": "..", "40": "."}  # as SCB writes them: sparse, at the nulls


def landed(folder: Path, table: str, sent: Document) -> Document:
    """Ask for what the document answers, land the answer, and return what lies in the landing."""
    selection = [
        {"variableCode": name, "valueCodes": list(sent["dimension"][name]["category"]["index"])}
        for name in sent["id"]
    ]
    body = {"selection": selection}
    request = CellRequest(request_key(table, body), body, len(sent["value"]))
    content = orjson.dumps(sent)
    with client(lambda _: httpx.Response(200, content=content)) as source, Progress() as progress:
        failed = fetch_tasks(
            [Task(table, table, sent["updated"], request)],
            Access(source, CONFIG, folder),
            progress,
            force=False,
        )
    assert failed == {}
    (record,) = records(folder, table)
    kept = read(folder, record.sha256)
    assert (kept, record.updated, record.request) == (content, sent["updated"], request.key)
    document: Document = orjson.loads(kept)
    return document


def statuses(document: Document) -> Mapping[str, str]:
    """The statuses of a document by position, as it is read."""
    cells = document_cells(document)
    return {str(at): cells.symbols[mark] for at, mark in enumerate(cells.status) if mark}


@pytest.mark.filterwarnings("ignore:Shouldn't use this function anymore:DeprecationWarning")
@pytest.mark.parametrize("path", ANSWERS)
def test_a_recorded_answer_lands_and_reads_back_as_an_independent_parser_reads_it(
    shared: Path, tmp_path: Path, path: str
) -> None:
    """Value by value, status by status and code by code; the bytes are those that were sent."""
    sent = recorded_documents(shared, "v2")[path]
    frame = pyjstat.Dataset.read(orjson.dumps(sent).decode()).write("dataframe", naming="id")

    kept = landed(tmp_path, path.partition("/")[0], sent)

    found = document_cells(kept)
    assert len(found.value) == len(frame) == ANSWERS[path]
    assert np.array_equal(found.value, frame["value"].to_numpy(np.float64), equal_nan=True)
    places = np.unravel_index(np.arange(len(frame)), found.dataset.size)
    for place, (name, dimension) in zip(places, found.dataset.dimensions.items(), strict=True):
        assert [dimension.codes[at] for at in place] == frame[name].tolist(), name
    assert statuses(kept) == sent.get("status", {}) == {}


def test_what_is_hidden_in_an_answer_is_hidden_in_the_landing(shared: Path, tmp_path: Path) -> None:
    """Each status stays at its cell, and the cell has no value; all others have theirs."""
    sent = recorded_documents(shared, "v2")["TAB1212/excerpt-0140-moves.json"]
    value = [None if str(at) in HIDDEN else number for at, number in enumerate(sent["value"])]

    kept = landed(tmp_path, "TAB1212", {**sent, "value": value, "status": HIDDEN})

    assert statuses(kept) == HIDDEN
    read_back = document_cells(kept).value
    assert [None if np.isnan(number) else number for number in read_back] == value


def test_the_recorded_figures_are_those_that_the_recordings_are_known_for(shared: Path) -> None:
    """Stockholm in 2025, and zeros before Gnesta and Trosa were formed and Nykvarn could move."""
    documents = recorded_documents(shared, "v2")
    stockholm = document_cells(documents["TAB5557/data-99c222773be9103a.json"])
    ages = stockholm.dataset.dimensions["Alder"].position
    totals = {code: stockholm.value[ages[code]] for code in ("TotSA", "TOT1", "TOT5", "TOT10")}
    assert set(totals.values()) == {999_239}
    classes = stockholm.value[[ages[str(age)] for age in range(20, 25)]].sum()
    assert (classes, stockholm.value[ages["20-24"]]) == (54_253, 54_255)

    nykvarn = document_cells(documents["TAB1212/excerpt-0140-moves.json"])
    by_sex = nykvarn.value.reshape(2, -1)
    assert (by_sex[:, :2] == 0).all()
    assert (by_sex[:, 2:] != 0).any(axis=1).all()
