"""The exit codes of `etl fetch` and `etl run`: 0 all, 3 some, 4 none of what was asked for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.etl.running import CATALOGUE, Run, etl, observations, problems
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
    whole["collections"] = whole["retired"] = []
    for theme in whole["themes"]:
        theme["leading"] = []
    for one in whole["indicators"]:
        one |= {"breaks": [], "union": "none"}  # nobody to weight by
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
    reasons = problems(data, catalogue)
    assert reasons
    assert all("/config" in reason for reason in reasons.values())


def test_a_run_of_one_indicator_looks_at_its_tables_and_tells_of_them_alone(
    server: Server, catalogue: Path, tmp_path: Path
) -> None:
    """Whoever repairs one is not told of others; what was known of them stays known."""
    common = ("--api", server.url, "--data", tmp_path, "--catalogue", catalogue)
    assert etl("run", *common).code == 3
    seen = len(server.calls)

    run = etl("run", *common, "--only", "registered_unemployment")

    assert run.code == 0
    assert "rented_share" not in run.output
    assert {id for call in server.calls[seen:] for id in re.findall("TAB[0-9]+", call.path)} == {
        "TAB4881"
    }
    assert etl("build", "--data", tmp_path, "--catalogue", catalogue).code == 3


def test_without_a_network_one_sentence_is_said_and_the_old_figures_are_kept(
    server: Server, catalogue: Path, tmp_path: Path
) -> None:
    """Exit 3 with old figures, 4 without any; what could not be asked, and what to do."""
    full, empty = tmp_path / "full", tmp_path / "empty"
    etl("run", "--api", server.url, "--data", full, "--catalogue", catalogue)
    before = observations(full)
    silent = f"{server.url}/nothing"

    for data, code in ((full, 3), (empty, 4)):
        run = etl("run", "--api", silent, "--data", data, "--catalogue", catalogue)
        assert run.code == code
        assert len(run.output.splitlines()) == 1
        assert f"{silent} could not be used" in run.output
        assert run.output.endswith("run again when it answers\n")
    assert observations(full) == before
