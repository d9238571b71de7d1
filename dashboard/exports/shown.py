"""
An extract of the rows that a page shows, unions of regions among them.

Knows what a visit shows. Which rows those are was decided by the page's view; nothing is read
again.
"""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from dashboard import provenance, queries
from dashboard.exports import rows as asked_rows
from dashboard.exports.asked import moment, uniform
from dashboard.exports.extract import COLUMNS, KEY, TYPES, Extract, Meta, SourceTable
from dashboard.regions import Region
from dashboard.visit import Visit
from etl.catalogue import Indicator

MADE = ["members", "lacking", "division"]


def shown(visit: Visit, indicator: Indicator, rows: pd.DataFrame, permalink: str) -> Extract:
    """
    The rows of a view as an extract, ordered as all extracts are.

    Args:
        visit: the address they were asked by.
        indicator: what they measure.
        rows: region, sex, background, education, period, value, status, segment, kind.
        permalink: the full address of the view.

    """
    told = _told(visit, indicator, rows)
    table = uniform(_columns(told))

    def batches() -> Iterator[pa.RecordBatch]:
        yield from table.to_batches()

    names = dict(zip(told["region"], told["region_name"], strict=True))
    meta = Meta(
        title=indicator.title,
        indicators=(indicator,),
        categories=visit.catalogue.category,
        regions=names,
        sources=_sources(visit, indicator, rows),
        first=min(told["period"], default=""),
        last=max(told["period"], default=""),
        rows=len(told),
        total=len(told),
        lang=visit.lang,
        version=visit.warehouse.version,
        built=moment(asked_rows.built(visit.warehouse)["built"].iloc[0]),
        example=visit.warehouse.example,
        permalink=permalink,
        made=_made(rows),
    )
    return Extract(batches, meta)


def _told(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with all the machine columns."""
    names = {code: place.name(visit.lang) for code, place in visit.places.items()}
    levels = {code: _level(visit, place) for code, place in visit.places.items()}
    found = rows.drop(columns=["indicator"], errors="ignore").assign(
        indicator=indicator.id,
        region_name=rows["region"].map(names).fillna(rows["region"]),
        unit=indicator.unit[visit.lang],
        level=rows["region"].map(levels),
    )
    merged = found.merge(
        _tables(visit, indicator), on=["segment", "level"], how="left", validate="many_to_one"
    )
    return merged.sort_values(list(KEY), kind="stable", ignore_index=True)[list(COLUMNS)]


def _made(rows: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Of which members the rows of unions are made; other rows are not in it."""
    if "members" not in rows.columns:
        return {}
    unions = rows[rows["members"].notna()]
    return {
        tuple(row[name] for name in KEY): "|".join(str(row[name]) for name in MADE)
        for row in unions.to_dict("records")
    }


def _tables(visit: Visit, indicator: Indicator) -> pd.DataFrame:
    """One row for each segment and level: segment, level, table, updated, fetched."""
    prefix = "example:" if visit.warehouse.example else ""
    sources = queries.sources(visit.warehouse, indicator.id)
    return (
        sources.assign(table=prefix + sources["table_id"])
        .sort_values("table")
        .groupby(["segment", "level"], as_index=False)
        .agg({"table": "+".join, "updated": "max", "fetched": "max"})
    )


def _level(visit: Visit, place: Region) -> str:
    """The level whose tables a region's figures come from: that of its members, for a union."""
    first = visit.places.get(place.members[0]) if place.members else None
    return first.level if first else place.level


def _columns(told: pd.DataFrame) -> pa.Table:
    """The frame as columns; text that is all missing is still text."""
    columns = {
        name: pa.array(
            told[name].astype(object).where(told[name].notna(), None).tolist(),
            TYPES.get(name, pa.string()),
        )
        for name in COLUMNS
    }
    return pa.table(columns)


def _sources(visit: Visit, indicator: Indicator, rows: pd.DataFrame) -> tuple[SourceTable, ...]:
    """The tables behind the rows, those of weights too, once for each kind; published first."""
    found = provenance.used(visit, indicator, rows).drop_duplicates(["table_id", "kind"])
    return tuple(
        SourceTable(
            id=row["table_id"],
            title=row["title"] if isinstance(row["title"], str) else "",
            updated=moment(row["updated"]),
            fetched=moment(row["fetched"]),
            kind=row["kind"],
        )
        for row in found.sort_values(
            ["kind", "table_id"], ascending=[False, True], ignore_index=True
        ).to_dict("records")
    )
