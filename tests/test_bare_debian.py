"""Packages of Debian: README and Dockerfile name the same, and trying them says why it skips."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT
from tools.check_bare_debian import packages

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_readme_and_dockerfile_name_the_same_packages_for_pdfs() -> None:
    """Whoever installs by hand gets what the image has."""
    (image,) = packages(DOCKERFILE)
    base, pdf = packages(README)

    assert pdf == image == ("chromium", "fonts-dejavu-core")
    assert {"python3", "python3-venv", "make", "git"} <= set(base)


@pytest.mark.parametrize("missing", ["debootstrap", "root"])
def test_where_it_cannot_be_tried_the_reason_is_told(tmp_path: Path, missing: str) -> None:
    """Without the program or the rights it ends with 0, and says which of them it lacks."""
    code = "import os, sys; uid = int(sys.argv.pop(1)); os.geteuid = lambda: uid;"
    code += "import runpy; runpy.run_module('tools.check_bare_debian', run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-c", code, "1000" if missing == "root" else "0"],
        cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("skipped: ")
    assert missing in ran.stdout
