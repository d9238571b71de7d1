"""Runs of the real command line for the tests, and questions to the warehouses they leave."""

import csv
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson
from typer.testing import CliRunner

from etl.catalogue.pointer import read_pointer
from etl.cli import command_line

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "indicators.yaml"
PACKS_CATALOGUE = ROOT / "tests" / "etl" / "packs.yaml"
TOTALS = {"1+2", "000", "TOT", "tot20-64", "tot", "TotSa"}
COLUMN = {
    "Region": "region",
    "Tid": "period",
    "Kon": "sex",
    "UtbNiv": "education",
    "BakgrVar": "background",
}


class Run(NamedTuple):
    """What a command came to: exit code, and everything it said."""

    code: int
    output: str


def etl(*arguments: str | Path) -> Run:
    """Run one command of `python -m etl` in this process, whose log is as before afterwards."""
    log = logging.getLogger()
    handlers, level = log.handlers[:], log.level
    try:
        result = CliRunner().invoke(command_line, [str(argument) for argument in arguments])
    finally:
        log.handlers[:] = handlers
        log.setLevel(level)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.output)


def warehouse(data: Path) -> Path:
    """Return the current warehouse file of a data folder."""
    pointer = read_pointer(data)
    assert pointer is not None, f"no warehouse in {data}"
    return data / pointer.file


@contextmanager
def opened(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the current warehouse of a data folder."""
    with duckdb.connect(warehouse(data), read_only=True) as connection:
        yield connection


def rows(data: Path, question: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the current warehouse of a data folder one question."""
    with opened(data) as connection:
        return connection.execute(question, values or None).fetchall()


def problems(data: Path, catalogue: Path = CATALOGUE) -> dict[str, str]:
    """Return what `etl status` says of each indicator that is stale, missing or held back."""
    told = etl("status", "--json", "--data", data, "--catalogue", catalogue)
    assert told.code == 0, told.output
    indicators = orjson.loads(told.output)["indicators"]
    return {name: one["reason"] for name, one in indicators.items() if one["reason"]}


def observations(data: Path) -> list[tuple[Any, ...]]:
    """Return every observation in a fixed order, codes as text; ages among the backgrounds."""
    return rows(
        data,
        """
        SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR,
               CASE age::VARCHAR WHEN '_T' THEN background::VARCHAR ELSE age::VARCHAR END AS grp,
               education::VARCHAR, value, status, numerator, denominator,
               segment::VARCHAR, kind::VARCHAR
        FROM observation ORDER BY ALL
        """,
    )


def everything(data: Path) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """Return what each observation holds, under indicator and the columns of `COLUMN`."""
    return {(row[0], row[1], row[2], row[3], row[5], row[4]): row[6:] for row in observations(data)}


def truths(shared: Path, table: str) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield the selections and printed values that were read from the published sources."""
    with (shared / "scb" / "packs" / table / "truth.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield (
                dict(part.split("=", 1) for part in row["selection"].split(";")),
                row["expected"],
            )


def key(selection: Mapping[str, str]) -> dict[str, str]:
    """Return our columns for a selection of the source's codes."""
    found = dict.fromkeys(COLUMN.values(), "_T")
    for variable, code in selection.items():
        if variable in COLUMN:
            found[COLUMN[variable]] = "_T" if code in TOTALS else code
    return found
