"""The stand-in as a program of its own."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.pxweb_server.small import small_pack, write_pack

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "tests.pxweb_server", "--packs"]


def test_the_first_line_is_the_address_of_a_server_that_answers(tmp_path: Path) -> None:
    """One line on stdout, usable as it stands; told to end, the program ends well."""
    write_pack(small_pack(), tmp_path)
    command = [*PROGRAM, str(tmp_path), "--port", "0", "--max-cells", "9", "--faults", "503:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as program:
        assert program.stdout is not None
        url = program.stdout.readline().rstrip("\n")
        try:
            assert httpx.get(f"{url}/config").json()["maxDataCells"] == 9
            assert httpx.get(f"{url}/tables/TAB1/metadata").status_code == 503
        finally:
            program.terminate()
        assert program.wait(timeout=60) == 0
        assert program.stdout.read() == ""


@pytest.mark.parametrize("wrong", [["--faults", "rain:2"], ["--max-cells", "many"]])
def test_wrong_use_ends_with_two_and_says_why(tmp_path: Path, wrong: list[str]) -> None:
    """Neither an unknown fault nor a number that is none starts a server."""
    write_pack(small_pack(), tmp_path)
    command = [*PROGRAM, str(tmp_path), *wrong]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert ended.returncode == 2
    assert wrong[1] in ended.stderr
    assert not ended.stdout


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    """An empty folder is a mistake, not an API without tables."""
    command = [*PROGRAM, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert ended.returncode == 2
    assert "no pack here" in ended.stderr
