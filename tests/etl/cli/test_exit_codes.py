"""The exit codes of `etl fetch`: 0 all, 3 some, 4 none of what was asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.etl.running import CATALOGUE, Run, etl, rows
from tests.pxweb_server import Server, serving

pytestmark = pytest.mark.slow  # whole runs of the pipeline


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """Serve one real pack."""
    with serving([shared / "scb" / "packs" / "TAB4881"], calls=500, window=1.0) as running:
        yield running


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Two indicators: one whose only table is served, one whose table is not."""
    whole = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    wanted = {"registered_unemployment": "labour_rams_municipality", "rented_share": ""}
    whole["indicators"] = [one for one in whole["indicators"] if one["id"] in wanted]
    whole["collections"] = []
    for one in whole["indicators"]:
        one["breaks"] = []
        table = wanted[one["id"]]
        one["segments"] = one["segments"][:1]
        if table:
            sources = one["segments"][0]["sources"]
            one["segments"][0]["sources"] = [s for s in sources if s["table"] == table]
    file = tmp_path / "two.yaml"
    file.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return file


def fetch(server: Server, data: Path, catalogue: Path, *only: str) -> Run:
    """Fetch, perhaps only some indicators."""
    chosen = [word for name in only for word in ("--only", name)]
    return etl("fetch", "--api", server.url, "--data", data, "--catalogue", catalogue, *chosen)


def test_the_code_tells_of_what_was_asked_for(
    server: Server, catalogue: Path, tmp_path: Path
) -> None:
    """A table that nobody asked for does not count against those that came."""
    data = tmp_path / "data"
    assert fetch(server, data, catalogue, "registered_unemployment").code == 0
    assert fetch(server, data, catalogue, "rented_share").code == 4
    assert fetch(server, data, catalogue).code == 3


def test_an_api_that_is_no_pxweb_is_remembered(
    server: Server, catalogue: Path, tmp_path: Path
) -> None:
    """A build after a fetch that failed shows the old figures as stale, with the reason."""
    data = tmp_path / "data"
    fetch(server, data, catalogue)
    build = ("build", "--data", data, "--catalogue", catalogue)
    etl(*build)
    wrong = f"{server.url}/tables"
    options = ("--data", data, "--catalogue", catalogue)
    assert etl("fetch", "--api", wrong, *options).code == 4
    assert etl(*build).code == 3
    reasons = rows(data, "SELECT reason FROM source_problem WHERE stale")
    assert reasons
    assert all("/config" in reason for (reason,) in reasons)
