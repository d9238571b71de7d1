"""A PDF is of the version that its name and its foot say, also when another is published."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboard import cli
from dashboard.__main__ import panel_commands
from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server import downloads
from dashboard.server.app import create_app
from tests.attacks.serving import raised
from tests.browser.serving import chromium
from tests.dashboard.warehouse import CATALOGUE, FIRST, SECOND, publish

pytestmark = pytest.mark.browser
ASKED = "/briefing.pdf?region=0127&indikatorer=employment_rate"


def words(document: bytes) -> str:
    """What stands on the sheets, read by poppler."""
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True
    ).stdout.decode()


def is_of_the_first(document: bytes) -> None:
    """Foot, sources and figures are those of FIRST."""
    said = words(document)
    assert FIRST in said
    assert SECOND not in said
    assert "70,7" in said
    assert "77,7" not in said


def swapped_in(data: Path, monkeypatch: pytest.MonkeyPatch, module: Any) -> None:
    """Publish other figures after the version was chosen and before Chromium reads the page."""
    made = module.briefing_content

    def swapped(visit: Any) -> Any:
        publish(data, version=SECOND, observations=raised(7))
        return made(visit)

    monkeypatch.setattr(module, "briefing_content", swapped)


@pytest.mark.parametrize("address", ["", "https://panel.example.org"])
def test_over_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Also in a window that has printed before, and without any public address."""
    publish(tmp_path)
    given = opened(tmp_path, CATALOGUE, settings=settings(chromium=chromium(), address=address))
    server = create_app(given).server
    swapped_in(tmp_path, monkeypatch, downloads)
    try:
        for _ in range(2):
            publish(tmp_path)
            answer = server.test_client().get(ASKED, headers={"Host": "evil.example"})
            assert answer.status_code == 200, answer.text
            assert FIRST in answer.headers["Content-Disposition"]
            is_of_the_first(answer.data)
            said = words(answer.data)
            assert "evil.example" not in said
            assert b"evil.example" not in answer.data
            assert b"panel.invalid" not in answer.data
            assert ("https://panel.example.org/briefing" in said) == bool(address)
            assert ("ingen offentlig adress" in " ".join(said.split())) != bool(address)
    finally:
        server.extensions["printer"].close()
        given.warehouses.close()


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long run prints the version that it began with."""
    publish(tmp_path)
    swapped_in(tmp_path, monkeypatch, cli)
    out = tmp_path / "sheets.pdf"
    run = CliRunner().invoke(
        panel_commands,
        ["briefing", "--data", str(tmp_path), "--catalogue", str(CATALOGUE), "--out", str(out),
         "--region", "0127", "--indicators", "employment_rate", "--chromium", chromium()],
    )  # fmt: skip
    assert run.exit_code == 0, run.output
    is_of_the_first(out.read_bytes())
