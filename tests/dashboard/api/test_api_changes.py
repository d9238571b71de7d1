"""`/changes` of the API: what pandas finds, page by page, or why nothing can be compared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import API, asked, refused
from tests.dashboard.changed_warehouse import KEY, edited, independent, renamed
from tests.dashboard.warehouse import FIRST, SECOND, publish, rows
from tests.source import ROOT

CATALOGUE = ROOT / "indicators.yaml"
SINCE = "/changes?region=00&since=2026-11-21"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions; between them an indicator was renamed and another one retired."""
    data = tmp_path_factory.mktemp("changed")
    publish(data, observations=renamed(rows(), "net_migration", "no_income_share"))
    publish(data, version=SECOND, observations=edited())
    return data


@pytest.fixture(scope="module")
def panel(folder: Path) -> Iterator[FlaskClient]:
    """The application over both."""
    context = opened(folder, CATALOGUE)
    yield create_app(context).server.test_client()
    context.warehouses.close()


def figures(records: list[dict[str, Any]]) -> dict[tuple[Any, ...], Any]:
    """Records as pandas' differences are told."""
    names = ("change", "old_value", "old_status", "new_value", "new_status")
    return {tuple(one[name] for name in KEY): tuple(one[name] for name in names) for one in records}


def test_the_pages_together_are_what_pandas_finds(panel: FlaskClient, folder: Path) -> None:
    """Every figure once, whatever the length of a page; `next` stays in one version."""
    old, new = (folder / f"warehouse-{version}.duckdb" for version in (FIRST, SECOND))
    whole = ("no_income_share", "net_migration")  # retired and new: counted, not listed
    expected = {key: one for key, one in independent(old, new).items() if key[0] not in whole}
    for limit in (1, 4, 100):
        found: list[dict[str, Any]] = []
        address = f"{SINCE}&limit={limit}"
        while address:
            answer = asked(panel, address)
            found += answer["data"]
            assert answer["meta"]["rows"] == len(answer["data"])
            assert answer["meta"]["total"] == len(expected)
            address = (answer["meta"]["next"] or "").rpartition(API)[2]
            assert not address or f"version={SECOND}" in address
        assert len(found) == len(expected)
        assert figures(found) == expected


def test_what_the_panel_did_is_told_apart_from_what_scb_did(panel: FlaskClient) -> None:
    """A retired indicator has its reason, and its figures are no list of vanished ones."""
    meta = asked(panel, SINCE)["meta"]
    told = {one["indicator"]: one for one in meta["indicators"]}

    assert (meta["old_version"], meta["version"], meta["since"]) == (FIRST, SECOND, "2026-11-21")
    assert told["no_income_share"]["fate"] == "gone"
    assert "försörjningsstöd" in told["no_income_share"]["reason"]["sv"]
    assert told["net_migration"]["fate"] == "new"
    assert (told["employment_rate"]["revised"], told["employment_rate"]["vanished"]) == (4, 1)


def test_without_a_day_the_version_before_is_compared_with(panel: FlaskClient) -> None:
    """And indicators and regions narrow the answer."""
    assert asked(panel, "/changes?region=0980")["meta"]["total"] == 8
    assert asked(panel, "/changes?indicator=population")["meta"]["total"] == 0
    assert asked(panel, "/changes?region=00&since=2026-12-01")["data"] == []


def test_what_cannot_be_compared_is_refused_by_its_field(panel: FlaskClient) -> None:
    """410 for a day before the oldest version, which is named; 400 for what is no day."""
    answer = panel.get(f"{API}/changes?since=2026-11-20").json

    assert refused(panel, "/changes?since=2026-11-20") == (410, {"since"})
    assert FIRST in answer["detail"]  # type: ignore[index]
    assert refused(panel, f"/changes?version={FIRST}") == (410, {"since"})
    assert refused(panel, "/changes?since=2026-02-30") == (400, {"since"})
    assert refused(panel, "/changes?region=zz&since=x&limit=0") == (
        400,
        {"region", "since", "limit"},
    )
    assert refused(panel, "/changes?indicator=nothing") == (404, {"indicator"})


def test_an_answer_is_not_taken_for_right_when_another_version_has_come(
    tmp_path: Path, panel: FlaskClient
) -> None:
    """The tag depends on the versions that are kept: an older one that comes is seen."""
    publish(tmp_path, version=FIRST)
    publish(tmp_path, version=SECOND, observations=edited())
    context = opened(tmp_path, CATALOGUE)
    client = create_app(context).server.test_client()
    tag = client.get(f"{API}{SINCE}").headers["ETag"]
    same = client.get(f"{API}{SINCE}", headers={"If-None-Match": tag}).status_code
    publish(tmp_path, version="20261121T090000Z-00000000", observations=edited())
    publish(tmp_path, version=SECOND, observations=edited())
    later = client.get(f"{API}{SINCE}", headers={"If-None-Match": tag})
    context.warehouses.close()

    assert (same, later.status_code) == (304, 200)
    assert later.json["meta"]["total"] == 0
