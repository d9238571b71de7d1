"""An observation whose source the catalogue no longer has is not traced to nothing."""

from pathlib import Path

import pytest
import yaml

from tests.etl.running import CATALOGUE, etl

pytestmark = pytest.mark.slow  # whole runs of the pipeline

KEY = ("--indicator", "employment_rate", "--region", "01", "--period", "2023")


def without(table: str, file: Path) -> Path:
    """The shipped catalogue, written to a file, where employment does not use a table."""
    entries = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))
    (employment,) = [one for one in entries["indicators"] if one["id"] == "employment_rate"]
    for segment in employment["segments"]:
        segment["sources"] = [one for one in segment["sources"] if one["table"] != table]
    file.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    return file


def test_a_source_that_the_catalogue_lost_is_named_with_what_to_do(
    example_data: Path, tmp_path: Path
) -> None:
    """The figure is in the warehouse, but nothing says from which cells: that is an error."""
    older = without("labour_bas_county", tmp_path / "indicators.yaml")

    run = etl("trace", *KEY, "--data", example_data, "--catalogue", older)

    assert run.code == 2
    message = " ".join(run.output.split())
    assert "employment_rate 01 2023" in message
    assert "the catalogue has no source labour_bas_county#1" in message
    assert "of segment bas any longer" in message
    assert "indicators.yaml that the warehouse was built from" in message
    assert "python -m etl build" in message
    assert " cell " not in run.output


def test_a_source_of_another_level_may_be_gone(example_data: Path, tmp_path: Path) -> None:
    """What the figure was made of is still known, and is shown."""
    older = without("labour_bas_regso", tmp_path / "indicators.yaml")

    run = etl("trace", *KEY, "--data", example_data, "--catalogue", older)

    assert run.code == 0
    assert len([line for line in run.output.splitlines() if " cell " in line]) == 1
