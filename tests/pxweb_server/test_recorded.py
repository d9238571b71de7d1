"""SCB's recorded answers: served as packs, they come back as SCB sent them."""

import json
import math
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from tests.pxweb_server import Cells, Pack, cells_of, serving
from tests.pxweb_server.packs import normal
from tests.pxweb_server.variables import ordered_codes

RECORDINGS = [
    "pxwebpy/TAB6471_data.json",
    "ropengov/data_TAB5974_2cells.json",
    "ropengov/data_TAB638_1cell.json",
]


def recorded(shared: Path, path: str) -> dict[str, Any]:
    """A recorded answer of SCB."""
    text = (shared / "scb/recorded" / path).read_text(encoding="utf-8-sig")
    document: dict[str, Any] = json.loads(text)
    return document


def row(document: dict[str, Any]) -> dict[str, Any]:
    """A row of /tables for a recorded table."""
    table_id = document["extension"]["px"]["tableid"]
    return {"id": table_id, "label": document["label"], "updated": document["updated"]}


def everything(document: dict[str, Any]) -> dict[str, Any]:
    """A body that selects the codes of a document, one by one."""
    return {
        "selection": [
            {"variableCode": code, "valueCodes": list(ordered_codes(document["dimension"][code]))}
            for code in document["id"]
        ]
    }


@pytest.mark.parametrize("path", RECORDINGS)
def test_a_recorded_answer_comes_back_whole(shared: Path, path: str) -> None:
    """Served as a table of its own, SCB's answer is ours key by key, in the same order."""
    document = recorded(shared, path)
    cells = cells_of(document["value"])
    pack = Pack({**document, "value": []}, row(document), lambda: cells)
    with serving([pack]) as server:
        address = f"{server.url}/tables/{pack.id}/data?lang=sv"
        answer = httpx.post(address, json=everything(document)).json()
    assert answer == document
    assert list(answer) == list(document)
    assert list(answer["extension"]) == list(document["extension"])


def test_a_selection_from_the_whole_table_is_what_scb_answered(shared: Path) -> None:
    """From SCB's metadata of 312 regions, 134 ages and 16 months, the counties' answer is SCB's.

    Its title, its sizes, its 2 772 values and every extension are rebuilt from the metadata. One
    thing cannot be: the recorded answer names a value for elimination of sex that the recorded
    metadata does not.
    """
    metadata = recorded(shared, "pxwebpy/TAB6471_metadata.json")
    answer = recorded(shared, "pxwebpy/TAB6471_data.json")
    county_list = {
        "id": "vs_CKM02Län",
        "label": "län",
        "type": "Valueset",
        "elimination": False,
        "values": [
            {"code": code, "label": label, "valueMap": [code]}
            for code, label in answer["dimension"]["Region"]["category"]["label"].items()
        ],
    }
    cells = spread(answer, metadata)
    codelists = {normal("vs_CKM02Län"): county_list}
    body = everything(answer)
    body["selection"][0]["codelist"] = "vs_CKM02Län"
    with serving([Pack(metadata, row(metadata), lambda: cells, codelists)]) as server:
        ours = httpx.post(f"{server.url}/tables/TAB6471/data?lang=sv", json=body).json()
    assert answer["dimension"]["Kon"]["extension"].pop("eliminationValueCode") == "TotSa"
    assert ours == answer


def test_a_wildcard_is_counted_before_it_is_answered(shared: Path) -> None:
    """All of TAB6471 is 2 006 784 cells, over the limit of 150 000."""
    metadata = recorded(shared, "pxwebpy/TAB6471_metadata.json")
    cells = cells_of([])
    selection = [{"variableCode": code, "valueCodes": ["*"]} for code in metadata["id"]]
    with serving([Pack(metadata, row(metadata), lambda: cells)]) as server:
        address = f"{server.url}/tables/TAB6471/data"
        refused = httpx.post(address, json={"selection": selection})
    assert math.prod(metadata["size"]) == 2_006_784
    assert (refused.status_code, refused.json()["title"]) == (400, "Too many cells selected")


def test_a_recorded_codelist_aggregates_the_recorded_ages(shared: Path) -> None:
    """The list of ten-year classes, served at its id with å, names the members it sums."""
    codelist = recorded(shared, "pxwebpy/codelist_agg_Alder10arJ.json")
    metadata = recorded(shared, "pxwebpy/TAB6471_metadata.json")
    codelists = {normal(codelist["id"]): codelist}
    with serving([Pack(metadata, row(metadata), lambda: cells_of([]), codelists)]) as server:
        answer = httpx.get(f"{server.url}/codelists/agg_%C3%85lder10%C3%A5rJ?lang=sv").json()
    assert answer["id"] == "agg_Ålder10årJ"
    assert answer["values"] == codelist["values"]
    assert all(link["href"].startswith(server.url) for link in answer["links"])


def spread(answer: dict[str, Any], metadata: dict[str, Any]) -> Cells:
    """The cells of a whole table of which only those of an answer are known."""
    places = [
        [metadata["dimension"][code]["category"]["index"][held] for held in ordered_codes(own)]
        for code, own in answer["dimension"].items()
    ]
    values = np.full(metadata["size"], None, dtype=object)
    known = np.empty(len(answer["value"]), dtype=object)
    known[:] = answer["value"]
    values[np.ix_(*places)] = known.reshape(answer["size"])
    return Cells(values.ravel(), np.zeros(values.size, dtype=np.int16), ("",))


@pytest.mark.parametrize(
    ("table_id", "answered"),
    [
        ("TAB638", "data-3c1f30447ea775fe.json"),
        ("TAB5557", "data-99c222773be9103a.json"),
        ("TAB6640", "data-afdd445e7ceffe7a.json"),
    ],
)
def test_a_recorded_question_is_answered_in_its_own_order_and_under_scbs_title(
    shared: Path, table_id: str, answered: str
) -> None:
    """Title, name of the contents and the order of the codes are those of SCB's answer."""
    folder = f"autumn2026/v2/{table_id}"
    metadata = recorded(shared, f"{folder}/metadata.json")
    metadata = metadata.get("response", metadata)
    document = recorded(shared, f"{folder}/{answered}")["response"]
    zeros = np.broadcast_to(np.array(0, dtype=object), metadata["size"])
    cells = Cells(zeros, np.broadcast_to(np.int16(0), metadata["size"]), ("",))
    with serving([Pack(metadata, row(metadata), lambda: cells)]) as server:
        address = f"{server.url}/tables/{table_id}/data?lang=sv"
        answer = httpx.post(address, json=everything(document)).json()

    assert answer["label"] == document["label"]
    assert answer["extension"]["px"] == document["extension"]["px"]
    assert (answer["id"], answer["size"]) == (document["id"], document["size"])
    for code in document["id"]:
        there = document["dimension"][code]["category"]
        assert answer["dimension"][code]["category"]["index"] == there["index"], code
        assert answer["dimension"][code]["category"]["label"] == there["label"], code
