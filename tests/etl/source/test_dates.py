"""Which state of its table an answer is of, where contents are older than the table."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.etl.running import CATALOGUE, Run, etl, rows
from tests.pxweb_server import Server, serving
from tests.pxweb_server.editions import updated_at, with_older_contents

pytestmark = pytest.mark.slow  # whole runs of the pipeline

TABLE = "TAB6383"
EMPLOYED = "000007K3"


def serve_older(server: Server, moment: str) -> None:
    """Publish the table at a moment at which its content of the employed did not change."""
    pack = updated_at(server.pack(TABLE), moment)
    server.publish(with_older_contents(pack, [EMPLOYED], "2024-02-22T07:00:00Z"))


def pull(server: Server, data: Path) -> Run:
    """Run the whole way against the server as it is now."""
    return etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


def asked(server: Server) -> int:
    """Return how often cells have been asked for."""
    return sum(call.method == "POST" for call in server.calls)


def test_contents_that_have_not_changed_for_long_are_those_of_the_table(
    shared: Path, tmp_path: Path
) -> None:
    """An answer is dated by its own contents, a table by its newest: both are of one state."""
    # So few cells a call that each content is asked for by itself.
    with serving([shared / "scb" / "packs" / TABLE], calls=300, max_cells=20_000) as server:
        serve_older(server, "2026-11-01T07:00:00Z")
        pull(server, tmp_path)
        first = asked(server)
        pull(server, tmp_path)

        assert asked(server) == first
    question = """
        SELECT value FROM observation WHERE indicator = 'employment_rate' AND region = '0114'
        AND period = '2022' AND (sex, background, age, education) = ('_T', '_T', '_T', '_T')
    """
    assert rows(tmp_path, question) == [(81.6,)]
    assert rows(tmp_path, "SELECT * FROM source_problem WHERE stale") == []


def test_an_answer_that_may_be_from_before_an_update_is_not_taken(
    shared: Path, tmp_path: Path
) -> None:
    """For a while the server may answer from memory; a later run gets what the table holds."""
    with serving([shared / "scb" / "packs" / TABLE], calls=300, max_cells=20_000) as server:
        serve_older(server, datetime.now(UTC).isoformat(timespec="seconds"))
        run = pull(server, tmp_path)

    assert "the table was updated while it was read" in run.output
