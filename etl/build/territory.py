"""
Regions whose area changed: the year, what happened, and the break or caution that follows from it.

An edge: reads `data/regions/territory.csv`. A count of a region that lost or gained a municipality
is another count; a share, an amount or a ratio of it may be compared with caution.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from etl.catalogue import Break, Catalogue, Indicator, Table, Text
from etl.catalogue.periods import first_of, last_of
from etl.catalogue.regions import level_of_code

_OPEN = 9999
_WORDS: Mapping[str, Text] = {
    "break": Text(
        sv="Uppgifterna för {before} och {year} går inte att jämföra. {what}",
        en="The figures for {before} and {year} cannot be compared. {what}",
    ),
    "caution": Text(
        sv="Uppgifterna för {before} och {year} bör jämföras med försiktighet. {what}",
        en="Figures for {before} and {year} should be compared with caution. {what}",
    ),
}
_WORDS_WITHIN_YEARS: Mapping[str, Text] = {
    "break": Text(
        sv="Uppgifterna före och efter årsskiftet {before}–{year} går inte att jämföra. {what}",
        en="Figures before and after the turn of {before}–{year} cannot be compared. {what}",
    ),
    "caution": Text(
        sv=(
            "Uppgifterna före och efter årsskiftet {before}–{year} bör jämföras med försiktighet. "
            "{what}"
        ),
        en=(
            "Figures before and after the turn of {before}–{year} should be compared with "
            "caution. {what}"
        ),
    ),
}


@dataclass(frozen=True)
class TerritoryChange:
    """
    What happened to the area of a region.

    `stock` and `flow`: the first year of each that is of the new area; None where no series shows
    the change. `whole_with`: the regions that the area came from or went to. `registers`: the
    beginnings of the folders whose tables it is seen in; none where in all.
    """

    region: str
    whole_with: tuple[str, ...]
    stock: int | None
    flow: int | None
    registers: tuple[str, ...]
    what: Text


def territory_changes(folder: Path) -> tuple[TerritoryChange, ...]:
    """Return the changes that `territory.csv` lists, in its order."""
    listed = pd.read_csv(folder / "territory.csv", dtype=str, keep_default_na=False)
    return tuple(
        TerritoryChange(
            row["region"],
            tuple(row["whole_with"].split()),
            int(row["stock"]) if row["stock"] else None,
            int(row["flow"]) if row["flow"] else None,
            tuple(row["registers"].split()),
            Text(sv=row["change_sv"], en=row["change_en"]),
        )
        for row in listed.to_dict("records")
    )


def territory_marks(
    indicator: Indicator, catalogue: Catalogue, changes: Sequence[TerritoryChange]
) -> Iterator[Break]:
    """
    Yield a break or caution for each region whose series of the indicator goes over a change.

    It stands at the first period of the new area: of a stock the one that ends with the year, of
    a flow the one that begins with it. Borders change with the year.
    """
    severity: Literal["break", "caution"] = "break" if indicator.measure == "count" else "caution"
    for change in changes:
        year = change.flow if indicator.flow else change.stock
        spans = list(_spans(indicator, catalogue.table, change))
        if year is None or not any(first < year for first, _ in spans):
            continue
        if not any(year <= last for _, last in spans):
            continue
        yearly, length = indicator.frequency == "year", indicator.frequency
        words = (_WORDS if yearly else _WORDS_WITHIN_YEARS)[severity]
        named = year if yearly or indicator.flow else year + 1
        texts = {
            lang: words[lang].format(before=named - 1, year=named, what=change.what[lang])
            for lang in ("sv", "en")
        }
        yield Break(
            period=first_of(year, length) if indicator.flow else last_of(year, length),
            severity=severity,
            applies_to=(f"region:{change.region}",),
            whole_with=change.whole_with,
            text=Text(**texts),
        )


def _spans(
    indicator: Indicator, tables: Mapping[str, Table], change: TerritoryChange
) -> Iterator[tuple[int, int]]:
    """Yield first and last year of each source that has the region and shows the change."""
    level = level_of_code(change.region)
    for segment in indicator.segments:
        for source in segment.sources:
            table = tables[source.table]
            if level not in source.given_levels:
                continue
            if change.registers and not table.path.startswith(change.registers):
                continue
            yield (
                max(segment.years.first, table.years.first),
                min(segment.years.last or _OPEN, table.years.last or _OPEN),
            )
