"""`etl diff` says what differs between two kept versions, for people and for machines."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.dashboard.changed_warehouse import edited, independent, renamed
from tests.dashboard.warehouse import FIRST, SECOND, publish, rows
from tests.etl.running import Run, etl

THIRD = "20261123T081500Z-9c0d1e2f"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three versions: as it was, after SCB's changes, and unchanged since."""
    publish(tmp_path)
    publish(tmp_path, version=SECOND, observations=edited())
    publish(tmp_path, version=THIRD, observations=edited())
    return tmp_path


def diff(data: Path, *arguments: str) -> Run:
    """Run the command on a data folder, with the shipped catalogue."""
    return etl("diff", *arguments, "--data", data)


def told(data: Path, *arguments: str) -> Any:
    """What it says to machines."""
    run = diff(data, *arguments, "--json")
    assert run.code == 0, run.output
    return orjson.loads(run.output)


def test_two_versions_are_counted_by_indicator(data: Path) -> None:
    """As many figures revised, vanished and added as pandas finds."""
    old, new = (data / f"warehouse-{version}.duckdb" for version in (FIRST, SECOND))
    kinds = [change for change, *_ in independent(old, new).values()]
    answer = told(data, FIRST, SECOND)
    counts = {name: kinds.count(name) for name in ("revised", "vanished", "added")}

    assert (answer["older"], answer["newer"]) == (FIRST, SECOND)
    assert {name: answer[name] for name in counts} == counts
    assert answer["indicators"] == [
        {"indicator": "employment_rate", "fate": "kept", "former": "", **counts}
    ]


def test_one_version_is_compared_with_the_current_one_and_none_with_the_one_before(
    data: Path,
) -> None:
    """What is asked after a run is what that run changed."""
    assert told(data)["older"] == SECOND
    assert told(data)["indicators"] == []
    assert told(data, FIRST)["newer"] == THIRD


def test_a_person_reads_a_line_for_each_indicator(tmp_path: Path) -> None:
    """In words: what was revised, what is another's name now, what is no more."""
    before = renamed(rows(), "employment_rate", "only_establishment_benefit_share")
    publish(tmp_path, observations=renamed(before, "net_migration", "no_income_share"))
    after = renamed(edited(), "employment_rate", "establishment_benefit_share")
    publish(tmp_path, version=SECOND, observations=renamed(after, "net_migration", "new_one"))
    run = diff(tmp_path)
    lines = [" ".join(line.split()) for line in run.output.splitlines()]

    assert run.code == 0
    assert lines[0] == f"{FIRST} -> {SECOND}"
    assert lines[1] == (
        "establishment_benefit_share was only_establishment_benefit_share; "
        "4 revised, 1 vanished, 8 added"
    )
    assert lines[2] == "new_one new in the catalogue: 176 figures"
    assert lines[3] == "no_income_share no longer in the catalogue: 176 figures"
    assert lines[4] == "3 indicators changed; figures: 4 revised, 1 vanished, 8 added"


def test_what_cannot_be_compared_is_refused_with_the_reason(data: Path, tmp_path: Path) -> None:
    """2 for a version that is not kept, or is of another kind; 4 where there is none before."""
    alone = tmp_path / "alone"
    publish(alone)
    publish(data, version="20261120T081500Z-00000000", example=True)

    assert diff(data, "20200101T000000Z-00000000").code == 2
    assert FIRST in diff(data, "20200101T000000Z-00000000").output
    mixed = diff(data, "20261120T081500Z-00000000", FIRST)
    assert (mixed.code, "example" in mixed.output) == (2, True)
    assert diff(data, "--json").code == 4
    assert diff(alone).code == 4
    assert diff(tmp_path / "nothing").code == 4


def test_invented_figures_say_so(tmp_path: Path) -> None:
    """Nobody takes a difference of example data for one of SCB's."""
    publish(tmp_path, example=True)
    publish(tmp_path, version=SECOND, example=True)

    assert "EXAMPLE DATA" in diff(tmp_path).output
