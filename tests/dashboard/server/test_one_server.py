"""Pages and API over one server, and a warehouse of another day than the catalogue's."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.rendered import shown, text
from tests.dashboard.warehouse import CATALOGUE, ROOT, publish

PAGES = ("/", "/jamfor", "/briefing", "/omraden", "/data", "/rapport-2010")
QUESTIONS = ("/api/v1/indicators", "/api/v1/regions", "/api/v1/observations?region=0127")


def test_pages_and_api_remember_apart(client: FlaskClient) -> None:
    """What a page remembers of the regions is not what the API remembers, in either order."""
    for _ in range(2):
        assert [client.get(path).status_code for path in PAGES] == [200] * len(PAGES)
        assert [client.get(path).status_code for path in QUESTIONS] == [200] * len(QUESTIONS)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A version that holds an indicator which the catalogue does not have."""
    path = publish(tmp_path)
    with duckdb.connect(path) as connection:
        for table in ("latest", "headline"):
            connection.execute(f"ALTER TABLE {table} ALTER indicator TYPE VARCHAR")
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE ('gone' AS indicator) FROM {table}"
                " WHERE indicator = 'employment_rate'"
            )
    return tmp_path


def test_an_indicator_that_the_catalogue_has_dropped_is_left_out(older: Path) -> None:
    """A frozen link outlives an indicator: the rest of its page is shown."""
    given = opened(older, CATALOGUE)
    client = create_app(given).server.test_client()
    for path in PAGES:
        assert client.get(path).status_code == 200, path
    assert "Sysselsatta" in text(shown(client, "/", "?region=0127"))
    given.warehouses.close()


SERVED = """
from dashboard.wsgi import server
assert server.test_client().get("/?region=0127").status_code == 200
"""


@pytest.mark.slow
def test_a_server_that_ends_leaves_nothing_behind(tmp_path: Path) -> None:
    """Nothing stands in the log of a worker that has answered and is told to stop."""
    publish(tmp_path)
    given = os.environ | {
        "INTEGRATION_DATA": str(tmp_path),
        "INTEGRATION_CATALOGUE": str(CATALOGUE),
    }
    ended = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=ROOT, env=given, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
