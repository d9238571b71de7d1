"""
List the RegSO areas that are the same in 2020 and 2025: `python -m tools.regso_pairs KEY CHANGED`.

An edge. KEY is Statistics Sweden's key from DeSO 2018 to RegSO 2020, CHANGED the codes whose
land boundary, water or name differs. An area is the same when its code is in both divisions and
its land boundary did not change; names say nothing, since some have been swapped.
"""

import csv
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

TARGET = Path(__file__).parents[1] / "data" / "regions" / "regso_2025.csv"
COLUMNS = ("code_2020", "code_2025", "source", "date", "former_name", "water")
SOURCE, DATE = "SCB", "2026-03-25"
_SUFFIX = "_RegSO2025"


def same_areas(
    codes: Collection[str], changed: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """
    Return one row of `COLUMNS` for each area that is the same in both divisions, by code.

    Args:
        codes: those of the division of 2020.
        changed: `regsokod`, `land_boundary_changed`, `extended_to_territorial_water`,
            `name_2020`, `name_2025`, `in_2020` and `in_2025` of every code that differs.

    Raises:
        ValueError: when a code that differs is of 2020 and not among the codes.

    """
    by_code = {row["regsokod"]: row for row in changed}
    known = {code for code, row in by_code.items() if row["in_2020"] == "1"}
    if unknown := sorted(known - set(codes)):
        raise ValueError(f"{', '.join(unknown)}: changed, but not in the division of 2020")
    rows = []
    for code in sorted(set(codes)):
        row = by_code.get(code, {})
        if row.get("land_boundary_changed") == "1" or row.get("in_2025") == "0":
            continue
        renamed = row.get("name_2020") != row.get("name_2025")
        water = row.get("extended_to_territorial_water") == "1"
        former = row["name_2020"] if renamed else ""
        values = (code, code + _SUFFIX, SOURCE, DATE, former, "larger" if water else "")
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def main(
    key: Annotated[Path, typer.Argument(help="Column RegSOkod_2020: every code of 2020.")],
    changed: Annotated[Path, typer.Argument(help="The codes that differ, and in what.")],
    to: Annotated[Path, typer.Option(help="File to write.")] = TARGET,
) -> None:
    """Write the file and say how many areas it joins."""
    codes = {row["RegSOkod_2020"] for row in _rows(key)}
    try:
        rows = same_areas(codes, _rows(changed))
    except ValueError as error:
        sys.exit(f"{changed}: {error}; are the two files of the same division?")
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    typer.echo(f"{to}: {len(rows)} of {len(codes)} areas of 2020 are the same in 2025")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    typer.run(main)
