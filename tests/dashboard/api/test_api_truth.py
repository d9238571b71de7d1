"""Figures as SCB printed them, from its packs through the whole pipeline to the API."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.api_client import API, asked
from tests.etl.running import PACKS_CATALOGUE, etl
from tests.pxweb_server import serving

pytestmark = pytest.mark.slow  # a whole run of the pipeline
PRINTED = {
    "population_at_change": "folkmangd",
    "immigrations": "infl_utlandet",
    "emigrations": "utfl_utlandet",
    "net_migration_abroad": "netto_utlandet",
    "natural_increase": "fodelseoverskott",
    "net_moves_own_county": "netto_egna_lanet",
}


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over a warehouse of the real packs."""
    data = tmp_path_factory.mktemp("real")
    with serving(shared / "scb" / "packs", calls=200, window=1.0) as server:
        etl("run", "--api", server.url, "--data", data, "--catalogue", PACKS_CATALOGUE)
    context = opened(data, PACKS_CATALOGUE)
    yield create_app(context).server.test_client()
    context.warehouses.close()


def test_the_balance_of_2024_is_as_scb_printed_it(shared: Path, published: FlaskClient) -> None:
    """To the person; what has no number there is null beside a symbol, never zero."""
    file = shared / "scb" / "truth" / "population_balance_2024.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        (country,) = [row for row in csv.DictReader(lines) if row["kod"] == "00"]
    wanted = ",".join(PRINTED)
    rows = asked(published, f"/observations?indicator={wanted}&region=00&from=2024&to=2024")["data"]
    found = {row["indicator"]: row["value"] for row in rows}

    assert country["netto_egna_lanet"] == "."
    assert found == {
        indicator: None if country[column] == "." else float(country[column])
        for indicator, column in PRINTED.items()
    }
    assert all((row["value"] is None) == (row["status"] in {".", ".."}) for row in rows)


def test_a_run_of_real_figures_is_no_example(published: FlaskClient) -> None:
    """Nothing of real figures is labelled as invented, and the table has its plain name."""
    document: Any = asked(published, "/observations?indicator=employment_rate&limit=1")

    assert document["meta"]["example"] is False
    assert not document["data"][0]["table"].startswith("example")
    assert published.get(f"{API}/freshness").status_code == 200
