"""The script that tries the panel under load says why, where it cannot."""

import os
from pathlib import Path

import pytest

from tests.dashboard.warehouse import publish
from tools.check_under_load import main


def test_without_figures_it_is_told_how_to_make_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is started, and nothing has failed."""
    main(tmp_path)

    assert "holds no version; python -m etl demo makes one" in capsys.readouterr().out


@pytest.mark.parametrize("missing", ["nginx", "chromium"])
def test_without_a_program_it_is_told_which(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    """One after the other."""
    publish(tmp_path / "data")
    there = {"nginx", "chromium"} - {missing}
    monkeypatch.setattr("shutil.which", lambda name, path: os.devnull if name in there else None)
    main(tmp_path / "data")

    assert capsys.readouterr().out == f"Not tried: {missing} is not installed.\n"
