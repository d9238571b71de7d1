"""Slides as LibreOffice draws them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from dashboard.data.context import opened
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE, publish

ASKED = "/briefing.pptx?region=0127&indikatorer=employment_rate,open_unemployment"
INVENTED = "Exempeldata – inte statistik"


@pytest.fixture
def made(tmp_path: Path) -> bytes:
    """The file of invented figures."""
    publish(tmp_path / "data", example=True)
    given = opened(tmp_path / "data", CATALOGUE)
    server: Flask = create_app(given).server
    answer = server.test_client().get(ASKED)
    given.warehouses.close()
    sent: bytes = answer.data
    return sent


@pytest.mark.slow
def test_libreoffice_draws_every_slide(made: bytes, tmp_path: Path) -> None:
    """The file opens elsewhere, and no slide is lost or blank."""
    office, painter = shutil.which("soffice"), shutil.which("pdftotext")
    if not (office and painter):
        assert os.environ.get("REQUIRE_OFFICE") != "1", "soffice or pdftotext is not installed"
        pytest.skip("soffice or pdftotext is not installed (libreoffice-impress, poppler-utils)")
    file = tmp_path / "briefing.pptx"
    file.write_bytes(made)
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [office, "--headless", home, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    shown = subprocess.run(
        [painter, str(tmp_path / "briefing.pdf"), "-"], check=True, capture_output=True
    )
    sheets = shown.stdout.decode("utf-8").rstrip("\f").split("\f")

    assert len(sheets) == 6
    assert all(INVENTED in sheet for sheet in sheets)
    assert "Stockholms län" in sheets[2]
