"""
An extract of the rows that a page shows, unions of regions among them.

Knows what a visit shows. Which rows those are was decided by the page's view; nothing is read
again.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa

from dashboard.data.queries import exports as asked_rows
from dashboard.exports.extract import KEY, PARTIAL, Extract, Meta
from dashboard.exports.read import CODES, Beside, complete, moment, origins, source_tables
from dashboard.panels import provenance
from dashboard.state.regions import Region
from dashboard.state.visit import Visit
from etl.catalogue import Indicator

MADE = ["members", "lacking", "division"]


def shown(visit: Visit, indicator: Indicator, rows: pd.DataFrame, permalink: str) -> Extract:
    """
    The rows of a view as an extract, ordered as all extracts are.

    A value of a union that some of its members have no part in says so by its status.

    Args:
        visit: the address they were asked by.
        indicator: what they measure.
        rows: region, sex, background, education, period, value, status, segment, kind; of unions
            members and lacking, too.
        permalink: the full address of the view.

    """
    rows = rows.reset_index(drop=True)
    united = rows[rows["members"].notna()] if "members" in rows.columns else rows[:0]
    table = complete(_columns(_marked(rows, united)), _beside(visit, indicator))

    def batches() -> Iterator[pa.RecordBatch]:
        yield from table.to_batches()

    names = {code: _name(visit, code) for code in sorted(set(rows["region"]))}
    meta = Meta(
        title=indicator.title,
        indicators=(indicator,),
        categories=visit.catalogue.category,
        regions=names,
        sources=source_tables(provenance.used(visit, indicator, rows)),
        first=min(rows["period"], default=""),
        last=max(rows["period"], default=""),
        rows=len(rows),
        total=len(rows),
        lang=visit.lang,
        version=visit.warehouse.version,
        built=moment(asked_rows.built(visit.warehouse)["built"].iloc[0]),
        example=visit.warehouse.example,
        permalink=permalink,
        made=_made(united),
        notes=provenance.composition_lines(visit, indicator, rows),
    )
    return Extract(batches, meta)


def _beside(visit: Visit, indicator: Indicator) -> Beside:
    """What is said beside the rows of an indicator, whatever regions a view has."""
    sources = asked_rows.sources(visit.warehouse, [indicator.id])
    return Beside(
        indicator.id,
        indicator.unit[visit.lang],
        {code: place.name(visit.lang) for code, place in visit.places.items()},
        {code: _level(visit, place) for code, place in visit.places.items()},
        origins(sources, example=visit.warehouse.example),
    )


def _name(visit: Visit, code: str) -> str:
    place = visit.places.get(code)
    return place.name(visit.lang) if place else code


def _marked(rows: pd.DataFrame, united: pd.DataFrame) -> pd.DataFrame:
    """The rows, whose partial values have a status that says how partial they are."""
    known = united[united["value"].notna()]
    partial = {
        place: PARTIAL.format(present=len(members) - len(lacking), members=len(members))
        for place, members, lacking in zip(
            known.index, known.get("members", ()), known.get("lacking", ()), strict=True
        )
        if lacking
    }
    said = rows.index.to_series().map(partial)
    return rows.assign(status=said.where(said.notna(), rows["status"]))


def _made(united: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Of which members the rows of unions are made."""
    return {
        tuple(row[name] for name in KEY): "|".join(str(row[name]) for name in MADE)
        for row in united.to_dict("records")
    }


def _level(visit: Visit, place: Region) -> str:
    """The level whose tables a region's figures come from: that of its members, for a union."""
    first = visit.places.get(place.members[0]) if place.members else None
    return first.level if first else place.level


def _columns(rows: pd.DataFrame) -> pa.Table:
    """The frame as columns; text that is all missing is still text."""
    types: dict[str, Any] = dict.fromkeys(CODES, pa.string()) | {"value": pa.float64()}
    return pa.table({name: pa.array(_cells(rows[name]), one) for name, one in types.items()})


def _cells(column: pd.Series) -> list[Any]:
    cells: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return cells
