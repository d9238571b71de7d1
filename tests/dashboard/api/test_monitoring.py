"""What the README gives to whoever watches the panel, run as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.browser.serving import served
from tests.dashboard.warehouse import CATALOGUE, publish
from tests.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8050"


def watched(address: str) -> list[subprocess.CompletedProcess[str]]:
    """Run each command of the README's part on monitoring, with what it sets before."""
    told = re.search(r"### Monitoring.*?```\n(.*?)```", README, re.DOTALL)
    assert told
    before, *commands = told[1].strip().splitlines()
    return [
        subprocess.run(
            ["bash", "-c", f"{before}\n{command.replace(ADDRESS, address)}"],
            capture_output=True, text=True, check=False,
        )
        for command in commands
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "jq"))), reason="bash, curl or jq is not here"
)
def test_the_readme_s_commands_tell_well_from_stale_and_from_no_data(tmp_path: Path) -> None:
    """A monitor that is silent when there are no data is worse than none."""
    stale, well, none = (tmp_path / name for name in ("stale", "well", "none"))
    none.mkdir()
    publish(stale)
    with duckdb.connect(publish(well)) as connection:
        connection.execute("DELETE FROM source_problem")
        connection.execute("UPDATE source_table SET fetched = now() AT TIME ZONE 'UTC'")
    with served(stale, CATALOGUE) as address:
        found = watched(address)
        assert found[0].returncode == 1
        assert "net_migration TAB4881: SCB svarade inte." in found[1].stdout
    with served(well, CATALOGUE) as address:
        assert [one.returncode for one in watched(address)] == [0, 0, 0]
    with served(none, CATALOGUE) as address:
        assert all(one.returncode not in {0, 1} for one in watched(address))


def test_freshness_tells_when_the_source_publishes_next(tmp_path: Path) -> None:
    """The moment in UTC for a table that announces one, null for one that does not."""
    with duckdb.connect(publish(tmp_path)) as connection:
        connection.execute(
            "UPDATE source_table SET next_update = '2027-02-12 07:00' WHERE table_id = 'TAB6383'"
        )
    context = opened(tmp_path, CATALOGUE)
    client: FlaskClient = create_app(context).server.test_client()
    tables = client.get("/api/v1/freshness").get_json()["tables"]
    context.warehouses.close()

    assert {one["id"]: one["next_update"] for one in tables} == {
        "TAB4881": None,
        "TAB6383": "2027-02-12T07:00:00Z",
    }
