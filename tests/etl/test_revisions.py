"""What SCB changes between two editions of a table is found, kept and told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from tests.etl.running import CATALOGUE, etl, rows
from tests.pxweb_server import Cells, Server, serving
from tests.pxweb_server.editions import updated_at, with_values

pytestmark = pytest.mark.slow  # whole runs of the pipeline

TABLE = "TAB6383"
LATER, LATEST = "2026-11-01T07:00:00Z", "2026-11-02T07:00:00Z"
OLD, NEW = 81.6, 81.9


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    """Serve one real pack, which is then republished."""
    with serving([shared / "scb" / "packs" / TABLE], calls=300, window=1.0) as running:
        yield running


def revised(cells: Cells) -> Cells:
    """Every 81.6 becomes 81.9."""
    values = [NEW if one == OLD else one for one in cells.values]
    return replace(cells, values=np.array(values, dtype=object))


def hidden(cells: Cells) -> Cells:
    """Every 81.6 is no longer shown."""
    there = np.array([one == OLD for one in cells.values])
    values = [None if one == OLD else one for one in cells.values]
    return replace(
        cells,
        values=np.array(values, dtype=object),
        marks=np.where(there, len(cells.symbols), cells.marks).astype(np.int16),
        symbols=(*cells.symbols, ".."),
    )


@pytest.fixture(scope="module")
def data(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was pulled, then again when figures were hidden, then as they were."""
    folder = tmp_path_factory.mktemp("revisions")
    pack = server.pack(TABLE)
    for change, moment in ((None, None), (hidden, LATER), (revised, LATEST)):
        if change and moment:
            server.publish(updated_at(with_values(pack, change), moment))
        run = etl("run", "--api", server.url, "--data", folder, "--catalogue", CATALOGUE)
        assert run.code == 3, run.output
    return folder


def told(data: Path) -> dict[str, Any]:
    """What `etl status --json` says."""
    found: dict[str, Any] = orjson.loads(
        etl("status", "--json", "--data", data, "--catalogue", CATALOGUE).output
    )
    return found


def test_a_figure_that_is_no_longer_shown_is_a_revision(data: Path) -> None:
    """From 81.6 to `..` and later from `..` to 81.9: both are kept, in their order."""
    changes = rows(
        data,
        """
        SELECT old_value, old_status, new_value, new_status FROM revision
        WHERE indicator = 'employment_rate' AND region = '0114' AND period = '2022'
          AND sex = '_T' AND background = '_T' AND age = '_T' AND education = '_T'
        ORDER BY seen
        """,
    )
    assert changes == [(OLD, None, None, ".."), (None, "..", NEW, None)]


def test_status_lists_the_revisions_of_each_indicator(data: Path) -> None:
    """How many, and the first of them with both values and statuses."""
    found = told(data)
    one = found["revised"]["employment_rate"]

    assert found["revisions"] == sum(each["count"] for each in found["revised"].values())
    assert one["count"] >= len(one["first"]) == 3
    first, *_, last = one["first"]
    assert (first["old_value"], first["new_value"], first["new_status"]) == (OLD, None, "..")
    assert first["seen"].endswith("Z")
    assert first["seen"] <= last["seen"]
    assert {"region", "period", "sex", "background", "education"} <= first.keys()


def test_status_says_in_words_whose_figures_were_revised(data: Path) -> None:
    """A person sees the number and the indicators."""
    output = etl("status", "--data", data, "--catalogue", CATALOGUE).output
    count = told(data)["revised"]["employment_rate"]["count"]

    assert "figures revised by SCB since the first version" in output
    assert f"employment_rate {count}" in output
