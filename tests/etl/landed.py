"""A landing made of documents, and what a build reads from it."""

from pathlib import Path
from typing import Any

import orjson

from etl.build.building import Guard, Report, TableState, codebook, load_indicator, table_states
from etl.catalogue import Catalogue, Indicator, Table
from etl.source.landing import Record, land, sha256
from etl.store import Binding, TableBinding
from tests.etl.documents import Document
from tests.etl.entries import SWEDEN

MANY = 150_000


def report_of(
    folder: Path,
    whole: Document,
    described: Table,
    *indicators: Indicator,
    answer: Document | None = None,
    before: bytes = b"",
) -> Report:
    """
    What a build says of one table, landed as metadata and as the answer to every request.

    `answer` is that answer where it is not the whole table, `before` stands before each document.
    """
    catalogue = Catalogue((), (), (described,), indicators)
    binding = Binding("", "", {described.key: TableBinding("found", "TAB1")})
    _land(folder, "metadata", "0" * 16, before + orjson.dumps(whole))
    (state,) = _states(catalogue, folder, binding)
    for requests in state.plan.values():
        for request in requests:
            _land(folder, "data", request.key, before + orjson.dumps(answer or whole))
    states = {described.key: _states(catalogue, folder, binding)}
    report = Report()
    book = codebook(states.values(), {"0180": None, "0184": None})
    for indicator in indicators:
        sources = [use for use in state.bounds if use.indicator.id == indicator.id]
        load_indicator(sources, states, binding, book, guard=Guard(), report=report)
    return report


def _states(catalogue: Catalogue, folder: Path, binding: Binding) -> list[TableState]:
    (states,) = table_states(catalogue, folder, binding, SWEDEN).values()
    return states


def landing_record(kind: Any, request: str, content: bytes, table: str = "TAB1") -> Record:
    """The record of a document, from January."""
    return Record(
        kind=kind,
        table=table,
        request=request,
        url=f"https://example.org/api/v2/tables/{table}",
        body=None,
        fetched="2026-01-05T08:15:00+00:00",
        sha256=sha256(content),
        size=len(content),
        title="Arbetsmarknad efter region",
        updated="2024-02-22T07:00:00Z",
        source="SCB",
        api_version="2",
        max_cells=MANY,
        licence="",
    )


def _land(folder: Path, kind: Any, request: str, content: bytes) -> None:
    land(folder, content, landing_record(kind, request, content))
