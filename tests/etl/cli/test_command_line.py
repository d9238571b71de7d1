"""What the command line says of itself, and to a reader who leaves."""

import subprocess
import sys

from etl import __version__
from tests.etl.running import CATALOGUE, ROOT, etl


def test_the_version_is_told_without_a_command() -> None:
    """As the help and the README say."""
    assert etl("--version") == (0, f"{__version__}\n")


def test_a_reader_who_has_seen_enough_is_no_full_disk() -> None:
    """`| head` closes the pipe: nothing is said of room or permissions."""
    command = [sys.executable, "-m", "etl", "validate", "--catalogue", str(CATALOGUE)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, "")
