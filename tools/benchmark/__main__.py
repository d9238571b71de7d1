"""
Which figures of a report the panel shows: `python -m tools.benchmark FIGURES.CSV --data DATA`.

An edge. It starts the panel of this checkout, opens the addresses of `wanted.yaml` in Chromium,
reads the tables of the pages and compares each value with the warehouse.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import httpx
import typer

from tools.answers.pages import NotDrawnError
from tools.answers.panel import NotStartedError
from tools.benchmark.judging import NO, PARTLY, YES, Verdict, verdict
from tools.benchmark.reading import facts_of, panel
from tools.benchmark.wanted import Benchmark, Figure, load

WANTED = Path(__file__).parent / "wanted.yaml"
FOLLOW_UP = "u"  # how the ids of the other report's figures begin
CLAIM = "c"  # and those of claims in words, which are no figures


def main(
    figures: Annotated[Path, typer.Argument(exists=True, help="The report's figures.")],
    data: Annotated[Path, typer.Option(help="Folder of the warehouses.")] = Path("data"),
    only: Annotated[list[str] | None, typer.Option(help="These figures only.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Judge every figure; exits 2 when that was not possible."""
    benchmark, before = load(WANTED), statuses(figures)
    apart = {one.figure for one in benchmark.figures} ^ before.keys()
    if apart:
        _refuse(
            f"{figures}: {', '.join(sorted(apart))} stand in one of it and {WANTED.name} only; "
            f"expected the same figures in both; add them to {WANTED.name}"
        )
    chosen = [one for one in benchmark.figures if not only or one.figure in only]
    try:
        verdicts = judged(chosen, benchmark, data)
    except (NotStartedError, NotDrawnError, FileNotFoundError, httpx.HTTPError) as error:
        _refuse(str(error))
    if as_json:
        told = [
            one.model_dump(include={"figure", "measure", "addresses"})
            | {"before": before[one.figure]}
            | asdict(verdicts[one.figure])
            for one in chosen
        ]
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in report(chosen, verdicts, before):
        print(line)


def statuses(file: Path) -> dict[str, str]:
    """What was said of each figure when the list was made."""
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return {
            row["figure"]: row["status"]
            for row in csv.DictReader(rows)
            if not row["figure"].startswith(CLAIM)
        }


def judged(figures: Sequence[Figure], benchmark: Benchmark, data: Path) -> dict[str, Verdict]:
    """
    The verdict on each figure, by its id.

    Raises:
        NotStartedError: the panel did not start.
        NotDrawnError: a page was not drawn, or there is no Chromium.
        FileNotFoundError: the folder holds no data.
        httpx.HTTPError: the API did not answer.

    """
    with panel(data) as source:
        return {
            one.figure: verdict(facts_of(one, benchmark, source), len(one.addresses), one.missing)
            for one in figures
        }


def report(
    figures: Sequence[Figure], verdicts: Mapping[str, Verdict], before: Mapping[str, str]
) -> Iterator[str]:
    """A line for each figure, and the counts."""
    for one in figures:
        found = verdicts[one.figure]
        was = "" if found.status == before[one.figure] else f" (was {before[one.figure]})"
        apart = (f"the data lack {line}" for line in found.not_in_data)
        words = "; ".join([*found.reasons, *apart])
        parts = [f"{one.figure} {found.status}{was}", one.measure, " ".join(one.addresses), words]
        yield " | ".join(filter(None, parts))
    for title, follow_up in (("figures", False), ("figures of the follow-up", True)):
        ids = [one.figure for one in figures if one.figure.startswith(FOLLOW_UP) == follow_up]
        now, then = (
            Counter(verdicts[one].status for one in ids),
            Counter(before[one] for one in ids),
        )
        told = (f"{now[status]} {status} (was {then[status]})" for status in (YES, PARTLY, NO))
        yield f"{len(ids)} {title}: {', '.join(told)}"


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    typer.run(main)
