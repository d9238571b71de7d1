"""A version of the small warehouse after SCB's changes, and what differs, by pandas."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tests.dashboard.warehouse import Row, rows

KEY = ["indicator", "region", "period", "sex", "background", "age", "education"]


def stored(file: Path) -> pd.DataFrame:
    """All figures of a version, as a plain reader of the file gets them."""
    with duckdb.connect(file, read_only=True) as connection:
        columns = ", ".join(f"{name}::VARCHAR AS {name}" for name in KEY)
        return connection.execute(f"SELECT {columns}, value, status FROM observation").df()


def independent(old: Path, new: Path, regions: Sequence[str] = ()) -> dict[tuple[Any, ...], Any]:
    """What differs by key: which change, and value and status before and after; with pandas."""
    sides = [frame[frame["region"].isin(regions)] if regions else frame
             for frame in (stored(old), stored(new))]  # fmt: skip
    both = sides[0].merge(sides[1], on=KEY, how="outer", indicator=True, suffixes=("_old", "_new"))
    names = {"left_only": "vanished", "right_only": "added", "both": "revised"}
    found = {}
    for row in both.to_dict("records"):
        cells = [row[f"{name}_{side}"] for side in ("old", "new") for name in ("value", "status")]
        cells = [None if pd.isna(cell) else cell for cell in cells]
        if row["_merge"] != "both" or cells[:2] != cells[2:]:
            found[tuple(row[name] for name in KEY)] = (names[row["_merge"]], *cells)
    return found


def is_total(row: Row, *where: str) -> bool:
    """Whether a row is everybody's of an indicator, region and period."""
    return row[:3] == where and row[3:5] == ("_T", "_T")


def edited() -> list[Row]:
    """
    The rows of the small warehouse after SCB's changes.

    Botkyrka: 2023 revised, 2022 hidden, 2021 with a symbol beside the same number, 2005 gone;
    2010, which was hidden, now has a number. Gotland has a new year in all groups.
    """
    found = []
    for row in rows():
        changed = row
        if is_total(row, "employment_rate", "0127", "2023"):
            changed = (*row[:5], 71.4, *row[6:])
        elif is_total(row, "employment_rate", "0127", "2022"):
            changed = (*row[:5], None, "..", *row[7:])
        elif is_total(row, "employment_rate", "0127", "2021"):
            changed = (*row[:6], "p", *row[7:])
        elif is_total(row, "employment_rate", "0127", "2010"):
            changed = (*row[:5], 66.6, None, *row[7:])
        elif is_total(row, "employment_rate", "0127", "2005"):
            continue
        found.append(changed)
        if row[0] == "employment_rate" and row[1] == "0980" and row[2] == "2024":
            found.append((*row[:2], "2025", *row[3:]))
    return found


def renamed(found: Sequence[Row], before: str, now: str) -> list[Row]:
    """The rows with another id in place of one."""
    return [(now, *row[1:]) if row[0] == before else row for row in found]
