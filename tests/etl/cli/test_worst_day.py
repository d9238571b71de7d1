"""The worst day as whoever runs the pipeline meets it: one screen, and a repair for each cause."""

import re
import shutil
from collections.abc import Iterator
from math import ceil
from pathlib import Path

import pytest

from etl.cli.telling import log_file
from etl.store import REGIONS
from tests.etl.running import CATALOGUE, Run, etl
from tests.pxweb_server import Server, serving
from tests.scb.worst_day import CHANGES, NEW_MUNICIPALITY, Cause, worst_day

pytestmark = pytest.mark.slow  # every table of the catalogue is looked at, many times

SCREEN, COLUMNS = 40, 100
# What a message says is to be written, by what happened: a field of the table in the catalogue.
YEARS = r"it holds (\d+)-(\d+), declared are years"
TITLE = r"its title '([^']*)' lacks"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve the worst day."""
    with serving(worst_day().packs, calls=100_000) as running:
        yield running


@pytest.fixture(scope="module")
def met(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """The first run on that day."""
    data = tmp_path_factory.mktemp("met")
    return data, etl("run", "--api", server.url, "--data", data, "--catalogue", CATALOGUE)


def messages(data: Path, table: str) -> dict[str, int]:
    """What the log says of a table, with the line of the catalogue that it names."""
    logged = log_file(data).read_text(encoding="utf-8")
    said = rf"etl\.cli\.telling (\w+ .*?){table} \({CATALOGUE.name}:(\d+)\): (.*)"
    return {text: int(line) for _, line, text in re.findall(said, logged)}


def written(text: str, line: int, field: str, value: str) -> str:
    """The catalogue with one field of the table that stands at a line written anew."""
    lines = text.splitlines(keepends=True)
    assert lines[line - 1].startswith("  - key:")
    ends = next(n for n in range(line, len(lines)) if not lines[n].startswith("    "))
    for number in range(line, ends):
        if lines[number].startswith(f"    {field}:"):
            lines[number] = f"    {field}: {value}\n"
            return "".join(lines)
    return "".join([*lines[:line], f"    {field}: {value}\n", *lines[line:]])


def repaired(cause: Cause, text: str, line: int, catalogue: Path, regions: Path) -> None:
    """Make the one edit that a message names."""
    source = CATALOGUE.read_text(encoding="utf-8")
    if "data/regions/regions.csv" in text:
        code, name = re.findall(r"region (\S+) '(.*?)' is new", text)[0]
        with (regions / "regions.csv").open("a", encoding="utf-8") as file:
            file.write(f"{code},{name},municipality,{code[:2]},,,i {name},in {name}\n")
    elif years := re.search(YEARS, text):
        source = written(source, line, "years", f"{{from: {years[1]}, to: {years[2]}}}")
    elif title := re.match(TITLE, text):
        source = written(source, line, "label", f"[{title[1].split()[0]}]")
    else:
        # Of the tables that are named the person chooses, who looks at them with `etl show`.
        named = re.findall(r"TAB\d+", text.partition("write `id:")[2])
        assert cause.id is None or cause.id in named
        source = written(source, line, "id", cause.id or named[-1])
    catalogue.write_text(source, encoding="utf-8")


def test_the_worst_day_stands_on_one_screen(met: tuple[Path, Run]) -> None:
    """Exit 3, at most forty lines of a terminal, and the last says what to do."""
    _, run = met

    assert run.code == 3
    lines = run.output.splitlines()
    assert sum(ceil(len(line) / COLUMNS) for line in lines) <= SCREEN
    assert re.search(
        r"^published \S+, .* missing: \d+ sources of \d+ indicators; .* Next: ", lines[-1]
    )
    assert "etl show TABLE" in lines[-1]


@pytest.mark.parametrize("table", CHANGES)
def test_each_cause_is_repaired_by_the_one_edit_that_its_message_names(
    server: Server, met: tuple[Path, Run], table: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What was said of the table is said no more, after an edit at the place that was named."""
    (cause,) = [one for one in worst_day().causes if one.table == table]
    regions = Path(shutil.copytree(REGIONS, tmp_path / "regions"))
    monkeypatch.setattr("etl.pipeline.REGIONS", regions)
    text, line = next(iter(messages(met[0], table).items()))

    repaired(cause, text, line, tmp_path / CATALOGUE.name, regions)

    data = tmp_path / "data"
    options = ("--data", data, "--catalogue", tmp_path / CATALOGUE.name)
    etl("resolve", "--api", server.url, *options)
    left = messages(data, table)
    assert text not in left
    assert not [one for one in left if "write `id:" in one or "no table fits" in one]


def test_with_the_ids_that_are_named_the_day_is_well(
    server: Server, met: tuple[Path, Run], tmp_path: Path
) -> None:
    """A run ends with 0, and only the new municipality still waits."""
    source = CATALOGUE.read_text(encoding="utf-8")
    for cause in worst_day().causes:
        for text, line in messages(met[0], cause.table).items():
            if cause.id and cause.id in text:
                source = written(source, line, "id", cause.id)
    file = tmp_path / CATALOGUE.name
    file.write_text(source, encoding="utf-8")
    data = Path(shutil.copytree(met[0], tmp_path / "data"))

    run = etl("run", "--api", server.url, "--data", data, "--catalogue", file)

    assert run.code == 0
    assert NEW_MUNICIPALITY[0] in run.output
