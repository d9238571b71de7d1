"""The example of the shipped catalogue: built once, and kept for as long as its sources last."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from filelock import FileLock

from tests.source import ROOT

FOLDER = ROOT / ".pytest_cache" / "example"
SOURCES = ("etl/**/*", "data/**/*.csv", "data/*.yaml", "indicators.yaml")


def example(folder: Path = FOLDER) -> Path:
    """
    A data folder with the example, built below `folder` unless it is there already.

    Its name is a digest of all that decides its contents, so it is never stale. Processes that
    ask at once wait for the one that builds; examples of other sources are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / digest()
    with FileLock(folder / "lock"):
        if not data.is_dir():
            for old in folder.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            draft = folder / "draft"
            command = [sys.executable, "-m", "etl", "demo", "--data", str(draft)]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert run.returncode == 0, run.stderr
            for file in files(draft):
                file.chmod(0o444)
            draft.rename(data)
    return data


@cache
def digest() -> str:
    """What decides the example: the pipeline, its catalogue and regions, and every package."""
    whole = sha256(sys.version.encode())
    for package in sorted({f"{one.name}=={one.version}" for one in distributions()}):  # once each
        whole.update(package.encode())
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(str(path.relative_to(ROOT)).encode())
            whole.update(sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def files(data: Path) -> Iterator[Path]:
    """Every file of a data folder, in a fixed order."""
    return (path for path in sorted(data.rglob("*")) if path.is_file())


@contextmanager
def read_alone(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """
    A warehouse under a name of its own.

    Of one name all of a process have one limit of memory: where a panel shows it, the panel's.
    """
    with (
        TemporaryDirectory() as folder,
        duckdb.connect(shutil.copy(file, folder), read_only=True) as connection,
    ):
        yield connection
