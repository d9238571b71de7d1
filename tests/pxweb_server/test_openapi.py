"""Answers against the official OpenAPI description of PxWebApi 2."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.pxweb_server import serving
from tests.pxweb_server.openapi import breaches
from tests.pxweb_server.small import small_pack

ANSWERS = [
    ("/config", "ConfigResponse"),
    ("/tables?includeDiscontinued=true&pageSize=3&pageNumber=2", "TablesResponse"),
    ("/tables?query=finns-inte", "TablesResponse"),
    ("/tables/TAB9001", "TableResponse"),
    ("/tables/TAB389/metadata", "Dataset"),
    ("/tables/TAB9001/metadata?codelist[Region]=vs_RegionLän07", "Dataset"),
    ("/tables/TAB6572/data", "Dataset"),
    ("/tables/TAB1/data?valueCodes[ContentsCode]=*&valueCodes[Tid]=*&valueCodes[Kon]=*", "Dataset"),
    ("/codelists/vs_RegionLän07", "CodelistResponse"),
    ("/codelists/agg_Storområde", "CodelistResponse"),
]
PROBLEMS = ["/tables/NO/data", "/tables/NO", "/tables/TAB1/data?valueCodes[Kon]=1", "/codelists/x"]


@pytest.mark.parametrize(("path", "schema"), ANSWERS)
def test_an_answer_has_the_shape_that_is_described(shared: Path, path: str, schema: str) -> None:
    """Every kind of answer fits the schema that the description gives for it."""
    with serving([shared / "scb/packs", small_pack()]) as server:
        answer = httpx.get(server.url + path)
    assert answer.status_code == 200
    assert breaches(shared, schema, answer.json()) == []


@pytest.mark.parametrize("path", PROBLEMS)
def test_a_refusal_is_a_problem_document(shared: Path, path: str) -> None:
    """Refusals have type, title and status as described."""
    with serving([small_pack()]) as server:
        assert breaches(shared, "Problem", httpx.get(server.url + path).json()) == []


def test_a_default_selection_breaks_the_description_only_where_it_must(shared: Path) -> None:
    """The description demands `values` but defines `valueCodes`, which is sent."""
    with serving([small_pack()]) as server:
        document = httpx.get(f"{server.url}/tables/TAB1/defaultselection").json()
    found = breaches(shared, "SelectionResponse", document)
    assert [breach.partition(": ")[2] for breach in found] == [
        "'values' is a required property"
    ] * 4


def recorded(shared: Path, path: str) -> Any:
    """A recorded answer of SCB."""
    return json.loads((shared / "scb/recorded" / path).read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("pxwebpy/TAB6471_data.json", "Dataset"),
        ("pxwebpy/TAB6471_metadata.json", "Dataset"),
        ("pxwebpy/tables.json", "TablesResponse"),
        ("pxwebpy/codelist_agg_Alder10arJ.json", "CodelistResponse"),
        ("ropengov/config.json", "ConfigResponse"),
    ],
)
def test_the_yardstick_accepts_what_scb_sends(shared: Path, path: str, schema: str) -> None:
    """The schemas, held as here, accept SCB's own recorded answers; so they may judge ours."""
    assert breaches(shared, schema, recorded(shared, path)) == []


def test_the_yardstick_refuses_a_wrong_document(shared: Path) -> None:
    """A schema check that accepts everything proves nothing."""
    document = {**recorded(shared, "ropengov/data_TAB638_1cell.json"), "size": ["1"], "more": 1}
    assert len(breaches(shared, "Dataset", document)) == 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("/config", "ropengov/config.json"), ("/tables?pageSize=1", "pxwebpy/tables.json")],
)
def test_our_envelope_has_the_keys_that_scb_sends(shared: Path, ours: str, theirs: str) -> None:
    """No key of SCB's recorded answers is missing from ours, and none is added."""
    with serving([shared / "scb/packs"]) as server:
        document = httpx.get(server.url + ours).json()
    real = recorded(shared, theirs)
    assert list(document) == list(real)
    assert list(document.get("page", {})) == list(real.get("page", {}))
    assert [link["rel"] for link in document.get("page", {}).get("links", [])] == [
        link["rel"] for link in real.get("page", {}).get("links", [])
    ]
