"""Unions of regions over the API: only what may be united, told as computed."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.api import observations
from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.union_warehouse import BALANCE, GROUP, RATE, publish_unions
from tests.source import ROOT

API = "/api/v1/observations"


@pytest.fixture(scope="module")
def united(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over two municipalities that are a group, with the shipped catalogue."""
    folder = tmp_path_factory.mktemp("united")
    publish_unions(folder)
    context = opened(folder, ROOT / "indicators.yaml")
    yield create_app(context).server.test_client()
    context.warehouses.close()


def rows(client: FlaskClient, query: str) -> list[Any]:
    """The records of a query."""
    document: Any = client.get(f"{API}?{query}").json
    assert document["meta"]["total"] >= len(document["data"])
    found: list[Any] = document["data"]
    return found


def test_a_union_stands_beside_the_regions_that_were_asked_for(united: FlaskClient) -> None:
    """70 % and 50 % of 2 000 each are 60 %, computed; the members stay as published."""
    found = rows(united, f"indicator={RATE}&region={GROUP},0127,0126&background=_T&from=2022")

    assert [(one["region"], one["value"], one["kind"]) for one in found] == [
        ("0126", 50.0, "published"),
        ("0127", 70.0, "published"),
        (GROUP, pytest.approx(60), "computed"),
    ]
    assert found[2]["region_name"] == "Två"
    assert found[2]["table"]


def test_counts_of_a_union_are_sums_of_its_members(united: FlaskClient) -> None:
    """5 000 and 7 000 are 12 000, whether the group is named or asked for by level."""
    named = rows(united, f"indicator=population&region={GROUP}&background=_T")
    leveled = rows(united, "indicator=population&level=group&background=_T")

    assert [one["value"] for one in named] == [12_000.0]
    assert leveled == named


def test_what_may_not_be_united_has_no_rows(united: FlaskClient) -> None:
    """A rate of moves is never combined."""
    assert rows(united, f"indicator={BALANCE}&region={GROUP}") == []


def test_a_union_that_nobody_asks_for_is_not_there(united: FlaskClient) -> None:
    """Everything means every region with figures of its own."""
    assert {one["region"] for one in rows(united, f"indicator={RATE}")} == {"00", "0126", "0127"}


def test_pages_run_on_through_the_unions(united: FlaskClient) -> None:
    """A page may end before, inside or after the rows of a union; none is lost or told twice."""
    query = f"indicator={RATE},population&region={GROUP},0126,0127"
    whole = rows(united, query)
    found: list[Any] = []
    following: str | None = f"{API}?{query}&limit=3"
    while following:
        page: Any = united.get(following).json
        found += page["data"]
        following = page["meta"]["next"]

    assert found == whole
    assert len({(one["indicator"], one["region"]) for one in whole}) == 6


def test_files_hold_the_same_union(united: FlaskClient) -> None:
    """CSV and JSON of one question have the same rows."""
    query = f"indicator=population&region={GROUP},0126&background=_T"
    text = united.get(f"{API}?{query}&format=csv").text
    found = [(row["region"], float(row["value"])) for row in csv.DictReader(io.StringIO(text))]

    assert found == [("0126", 7000.0), (GROUP, 12_000.0)]


def test_more_unions_than_one_answer_bears_are_refused(
    united: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for too many learns how many may be asked for."""
    monkeypatch.setattr(observations, "MOST_UNITED", 1)
    answer = united.get(f"{API}?indicator={RATE},population&region={GROUP}")
    document: Any = answer.json

    assert answer.status_code == 400
    assert [one["field"] for one in document["errors"]] == ["region"]
    assert "at most 1" in answer.text
