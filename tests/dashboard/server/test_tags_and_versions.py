"""What tells one answer from another, and which versions are answered: API, files and pages."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

# Each contains links to the panel, or leads on to itself.
ADDRESSES = (
    "/api/v1/observations?indicator=employment_rate&region=0180",
    "/api/v1/indicators?",
    "/ladda-ner/employment_rate.csv?region=0180",
    "/briefing.pptx?region=0180",
)
PAGES = ("/?region=0180", "/indikator/employment_rate?region=0180")


def at(data: Path, address: str = "") -> FlaskClient:
    """The application that its readers find at an address."""
    given = opened(data, CATALOGUE, settings=settings(address=address))
    client: FlaskClient = create_app(given).server.test_client()
    return client


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_of_another_address_has_another_tag(data: Path, path: str) -> None:
    """Where the panel has moved, nobody keeps a file whose links lead to its old address."""
    old, new = at(data, "https://old.example.org"), at(data, "https://new.example.org")
    tag = old.get(path).headers["ETag"]

    assert old.get(path, headers={"If-None-Match": tag}).status_code == 304
    moved = new.get(path, headers={"If-None-Match": tag})
    assert moved.status_code == 200
    assert moved.headers["ETag"] != tag


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_of_another_version_has_another_tag(data: Path, path: str) -> None:
    """A newer version is asked for again; what names its version is the same for good."""
    client = at(data)
    current, pinned = (
        client.get(address).headers["ETag"] for address in (path, f"{path}&version={FIRST}")
    )
    publish(data, version=SECOND)

    assert client.get(path, headers={"If-None-Match": current}).status_code == 200
    again = client.get(f"{path}&version={FIRST}", headers={"If-None-Match": pinned})
    assert again.status_code == 304


def test_a_version_is_answered_as_long_as_its_file_is_kept(data: Path) -> None:
    """An older version has its own figures; once its file is removed it is 410 everywhere."""
    publish(data, version=SECOND)
    client = at(data)
    paths = [f"{path}&version={FIRST}" for path in (*ADDRESSES, *PAGES)]
    listed = client.get("/api/v1/versions").get_json()

    assert listed["meta"] == {"current": SECOND, "unreadable": None}
    assert [record["version"] for record in listed["data"]] == [SECOND, FIRST]
    assert [record["current"] for record in listed["data"]] == [True, False]
    assert {client.get(path).status_code for path in paths} == {200}
    assert client.get(paths[0]).get_json()["meta"]["version"] == FIRST
    (data / f"warehouse-{FIRST}.duckdb").unlink()

    assert [record["version"] for record in client.get("/api/v1/versions").get_json()["data"]] == [
        SECOND
    ]
    assert {client.get(path).status_code for path in paths} == {410}
