"""
From one observation back to the bytes it was read from.

An edge: reads the current warehouse and the landing. It binds the catalogue to the very
documents that the warehouse names, so what it shows is what was read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from etl.binding.binding import Block, Bound, CodeGroup, bound, uses
from etl.build.regions import official_regions
from etl.catalogue import Catalogue
from etl.catalogue.regions import Regions, is_within, level_of_code
from etl.catalogue.warehouse_schema import connected
from etl.errors import DocumentError, UsageError
from etl.source.jsonstat import document_dataset, json_content
from etl.source.landing import Record, read, records
from etl.store import REGIONS

_TRACE_KEY = ("indicator", "region", "period", "sex", "background", "age", "education")


@dataclass(frozen=True)
class TracedCell:
    """One cell behind an observation, and the document and request it stands in."""

    part: str
    codes: Mapping[str, str]
    position: int
    value: float | None
    status: str | None
    record: Record


@dataclass(frozen=True)
class _Opened:
    """A landed document and its record."""

    record: Record
    document: Any


@dataclass(frozen=True)
class Trace:
    """An observation as stored, and every cell it was made of."""

    observation: Mapping[str, Any]
    cells: Sequence[TracedCell]


def traced(catalogue: Catalogue, warehouse: Path, folder: Path, key: Mapping[str, str]) -> Trace:
    """
    Return one observation and its cells.

    An area that is the same in both divisions may be asked for by its code of either.

    Raises:
        UsageError: when the current warehouse has no such observation, or the catalogue no
            longer says which cells it was made of.

    """
    known = official_regions(REGIONS)
    key = {**key, "region": _standing(warehouse, key["region"], known)}
    with connected(warehouse) as connection:
        stored = _stored(connection, key)
        lineage = connection.execute(
            """
            SELECT source, table_id, metadata, documents FROM lineage
            WHERE indicator = $indicator AND segment = $segment
            """,
            {"indicator": key["indicator"], "segment": stored["segment"]},
        ).fetchall()
        areas = [
            row[0]
            for row in connection.execute(
                "SELECT code FROM region WHERE level = 'regso' ORDER BY code"
            ).fetchall()
        ]
    named = {use.key: use for use in uses(catalogue)}
    cells: list[TracedCell] = []
    missing = [
        row[0] for row in lineage if (key["indicator"], stored["segment"], row[0]) not in named
    ]
    for source, table, metadata, documents in lineage:
        use = named.get((key["indicator"], stored["segment"], source))
        if use is None:
            continue
        regions = [key["region"]]
        if level_of_code(key["region"]) in use.source.sum_to:
            regions = [code for code in areas if is_within(code, key["region"])]
        described = document_dataset(json_content(read(folder, metadata)))
        landed = {record.sha256: record for record in records(folder, table)}
        bounds = bound(use, catalogue.table[use.source.table], described, known)
        for digest in documents:
            if digest not in landed:
                raise DocumentError(f"{table}: the record of document {digest[:12]} is gone")
            opened = _Opened(landed[digest], json_content(read(folder, digest)))
            cells += _cells(bounds, key, regions, opened)
    if not cells:
        raise UsageError(_untraceable(key, stored, missing))
    return Trace(stored, cells)


def _standing(warehouse: Path, region: str, known: Regions) -> str:
    """Return the code under which a warehouse has a region; an older one joins no areas."""
    with connected(warehouse) as connection:
        stands = connection.execute(
            "SELECT code FROM region WHERE code = $region", {"region": region}
        ).fetchall()
    return region if stands else known.same_area.get(region, region)


def _untraceable(key: Mapping[str, str], stored: Mapping[str, Any], missing: Sequence[str]) -> str:
    """Say that no cell was found: what of the catalogue is gone, and what to do."""
    asked = " ".join(key[name] for name in _TRACE_KEY)
    lacking = f"has no source {', '.join(missing)} of" if missing else "reads no such cell in"
    return (
        f"{asked}: the observation is there, its cells are not found: the catalogue {lacking} "
        f"segment {stored['segment']} any longer; trace it with the indicators.yaml that the "
        "warehouse was built from (--catalogue), or build again with `python -m etl build`"
    )


def _stored(connection: duckdb.DuckDBPyConnection, key: Mapping[str, str]) -> dict[str, Any]:
    cursor = connection.execute(
        """
        SELECT CAST(COLUMNS(* EXCLUDE (value, numerator, denominator)) AS VARCHAR),
               value, numerator, denominator
        FROM observation
        WHERE indicator::VARCHAR = $indicator AND region::VARCHAR = $region
          AND period::VARCHAR = $period AND sex::VARCHAR = $sex
          AND background::VARCHAR = $background AND age::VARCHAR = $age
          AND education::VARCHAR = $education
        """,
        dict(key),
    )
    row = cursor.fetchone()
    if row is None:
        asked = ", ".join(f"{name} {key[name]}" for name in _TRACE_KEY)
        raise UsageError(
            f"no observation of {asked} in the current warehouse; `etl status` lists what there is"
        )
    return dict(zip((column[0] for column in cursor.description or ()), row, strict=True))


def _cells(
    bounds: Sequence[Bound], key: Mapping[str, str], regions: Sequence[str], opened: _Opened
) -> Iterator[TracedCell]:
    for bound_source in bounds:
        for part in ("value", "numerator", "denominator"):
            block = getattr(bound_source, part)
            if block:
                for region in regions:
                    yield from _of_block(part, block, {**key, "region": region}, opened)


def _of_block(
    part: str, block: Block, key: Mapping[str, str], opened: _Opened
) -> Iterator[TracedCell]:
    document = opened.document
    described = document_dataset(document)
    chosen: dict[str, CodeGroup] = {}
    for variable, groups in block.axes.items():
        fitting = [group for group in groups if _fits(group, groups, key)]
        if not fitting:
            return
        chosen[variable] = fitting[0]
    members = [
        [code for code in (*chosen[v].plus, *chosen[v].minus) if code in dimension.position]
        for v, dimension in described.dimensions.items()
    ]
    if not all(members):
        return
    grid = np.ix_(
        *(
            [dimension.position[code] for code in codes]
            for dimension, codes in zip(described.dimensions.values(), members, strict=True)
        )
    )
    positions = np.arange(np.prod(described.size)).reshape(described.size)[grid]
    for position in positions.ravel().tolist():
        where = np.unravel_index(position, described.size)
        codes = {
            v: dimension.codes[int(n)]
            for (v, dimension), n in zip(described.dimensions.items(), where, strict=True)
        }
        yield TracedCell(
            part,
            codes,
            position,
            _at(document["value"], position),
            _at(document.get("status"), position),
            opened.record,
        )


def _fits(group: CodeGroup, groups: Sequence[CodeGroup], key: Mapping[str, str]) -> bool:
    """Say whether a group is the one that the observation has on this axis."""
    columns = {alternative.column for alternative in groups if alternative.column}
    return all(
        key[column] == (group.code if group.column == column else "_T") for column in columns
    )


def _at(values: Any, position: int) -> Any:
    """Return what stands at a position of a dense list or a sparse object."""
    if isinstance(values, dict):
        return values.get(str(position))
    return values[position] if values else None
