"""
Extracts: of an open warehouse by a request, and of the rows that a page shows.

An edge: it reads. Knows how rows are taken in portions, so that memory does not grow with the
answer. Which rows a page shows was decided by its view; they are not read again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.data.context import Context
from dashboard.data.observation import Observation, frame_of
from dashboard.data.queries import exports
from dashboard.data.queries.exports import RowSelection
from dashboard.data.queries.holdings import (
    build_run,
    has_numbers,
    standing_regions,
)
from dashboard.data.queries.sources import indicator_sources, source_notes
from dashboard.data.versions import Warehouse
from dashboard.exports.extract import (
    BETWEEN,
    EXAMPLE,
    MACHINE_COLUMNS,
    PARTIAL,
    ROW_KEY,
    SCHEMA,
    UTC_TIME,
    Extract,
    ExtractSource,
    Meta,
    joined_codes,
    worded,
)
from dashboard.panels import provenance
from dashboard.sentences.footnotes import footnotes
from dashboard.state.regions import area_sentences
from dashboard.state.retired import former_sentences
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Catalogue, Indicator, Lang, Text
from etl.catalogue.periods import frequency, is_period, lies_between, ordinal, period_at

ROW_CODES = (*ROW_KEY, "status", "segment", "kind")
COUNTS = ("numerator", "denominator")
PORTION = 25_000  # rows; a portion is held in memory
_BATCH = 8_000

# Tables joined by +, when the newest was updated, and when it was fetched (UTC).
Origin = tuple[str | None, datetime | None, datetime | None]
_UNKNOWN: Origin = (None, None, None)


@dataclass(frozen=True)
class RowLabels:
    """
    What is the same in all rows of one indicator, or follows from their codes.

    `names` are those of regions by code, `levels` the level whose tables a region's figures come
    from, `origins` those tables by segment, level and year, and `given` the backgrounds that a
    table is known to give, by its name.
    """

    indicator: str
    unit: str
    names: Mapping[str, str]
    levels: Mapping[str, str]
    origins: Mapping[tuple[str, str, str], Sequence[Origin]]
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def origin(self, segment: str, level: str, period: str, background: str) -> Origin:
        """
        The tables of a figure as one: those known to give its group.

        Where none is, those of which it is not known what they give; else all of them.
        """
        origins = self.origins.get((segment, level, period), ())
        own = [one for one in origins if background in self.given.get(one[0] or "", ())]
        chosen = own or [one for one in origins if one[0] not in self.given] or origins
        return _joined_origin(chosen) if len(chosen) > 1 else next(iter(chosen), _UNKNOWN)


def requested_extract(
    context: Context,
    warehouse: Warehouse,
    selection: RowSelection,
    *,
    lang: Lang,
    permalink: str,
    limit: int | None = None,
    offset: int = 0,
) -> Extract:
    """
    What is requested of a warehouse, as rows and metadata.

    Args:
        context: its catalogue names and describes the indicators.
        warehouse: stays open as long as rows are taken.
        wanted: ids of `wanted.indicators` that the catalogue lacks give no rows.
        lang: of the unit, and of labels where a format has them.
        permalink: the full address of what the file shows.
        limit: at most so many rows, after `offset` of them.
        offset: how many rows to leave out at the beginning.

    """
    known = context.catalogue.indicator
    indicators = tuple(known[id] for id in dict.fromkeys(selection.indicators) if id in known)
    regions = selection.regions
    request = replace(
        selection,
        indicators=tuple(indicator.id for indicator in indicators),
        regions=None if regions is None else standing_regions(warehouse, regions),
    )
    census = exports.census(warehouse, request)
    total = int(census["rows"].sum())
    count = max(0, total - offset)
    count = count if limit is None else min(limit, count)
    sources = indicator_sources(warehouse, census["indicator"].unique().tolist())
    names = dict(zip(census["region"], census["name"], strict=True))
    levels = dict(zip(census["region"], census["level"], strict=True))
    labels = {
        indicator.id: RowLabels(
            indicator.id,
            indicator.unit[lang],
            names,
            levels,
            _origins(sources[sources["indicator"] == indicator.id], example=warehouse.example),
            _given(context.catalogue, indicator, example=warehouse.example),
        )
        for indicator in indicators
    }

    def batches() -> Iterator[pa.RecordBatch]:
        return _window(_portions(warehouse, request, census, labels), offset, count)

    keys = ["indicator", "segment", "level"]
    used = census.groupby([*keys, "kind"], as_index=False).agg({"first": "min", "last": "max"})
    used = used.merge(sources, on=keys, how="inner", validate="many_to_many")
    used = used[(used["first_period"] <= used["last"]) & (used["last_period"] >= used["first"])]
    meta = Meta(
        title=_title(indicators),
        indicators=indicators,
        categories=context.catalogue.category,
        regions=names,
        sources=_listed_sources(used),
        first=min(census["first"], default=""),
        last=max(census["last"], default=""),
        rows=count,
        total=total,
        lang=lang,
        version=warehouse.version,
        built=_utc(build_run(warehouse)["built"].iloc[0]),
        example=warehouse.example,
        permalink=permalink,
        footnotes=footnotes(
            source_notes(warehouse, request.indicators).to_dict("records"),
            _shown_codes(request, names),
        ),
        remarks=_remarks(indicators, context.catalogue, warehouse, lang),
    )
    return Extract(batches, meta)


def _shown_codes(
    selection: RowSelection, regions: Mapping[str, str]
) -> Mapping[str, Callable[[str], bool]]:
    """Of each variable, whether a code is among what is selected; `regions`: those with rows."""
    first, last = selection.first, selection.last
    groups = {
        "sex": selection.sexes,
        "background": selection.backgrounds,
        "age": selection.ages,
        "education": selection.educations,
    }
    return {
        "region": regions.__contains__,
        "period": lambda code: is_period(code) and lies_between(code, first, last),
        **{name: codes.__contains__ for name, codes in groups.items() if codes is not None},
    }


def view_extract(
    visit: Visit, indicator: Indicator, shown: Sequence[Observation], permalink: str
) -> Extract:
    """
    The rows of a view as an extract, ordered as all extracts are.

    A value of a union that some of its members have no part in says so by its status.

    Args:
        visit: the address they were asked by.
        indicator: what they measure.
        shown: the rows of the view.
        permalink: the full address of the view.

    """
    rows = frame_of(shown)
    united = rows[rows["members"].notna()]
    sources = indicator_sources(visit.warehouse, [indicator.id])
    names = {code: region.name(visit.lang) for code, region in visit.regions.items()}
    labels = RowLabels(
        indicator.id,
        indicator.unit[visit.lang],
        names,
        {
            code: provenance.tables_level(region, visit.regions)
            for code, region in visit.regions.items()
        },
        _origins(sources, example=visit.warehouse.example),
        _given(visit.catalogue, indicator, example=visit.warehouse.example),
    )
    table = labelled_rows(_columns(_with_partial_status(rows, united)), labels)

    def batches() -> Iterator[pa.RecordBatch]:
        yield from table.to_batches()

    meta = Meta(
        title=indicator.title,
        indicators=(indicator,),
        categories=visit.catalogue.category,
        regions={code: names.get(code, code) for code in sorted(set(rows["region"]))},
        sources=_listed_sources(
            pd.DataFrame(
                provenance.used_tables(visit, indicator, shown),
                columns=provenance.UsedTable._fields,
            )
        ),
        first=min(rows["period"], default=""),
        last=max(rows["period"], default=""),
        rows=len(rows),
        total=len(rows),
        lang=visit.lang,
        version=visit.warehouse.version,
        built=_utc(build_run(visit.warehouse)["built"].iloc[0]),
        example=visit.warehouse.example,
        permalink=permalink,
        members=_members(united),
        unions=dict(zip(united["region"], united["members"], strict=True)) if len(united) else {},
        notes=provenance.composition_lines(visit, indicator, shown),
        areas=area_sentences(sorted(set(rows["region"])), visit.regions, visit.lang),
        footnotes=provenance.shown_footnotes(visit, indicator, shown),
        remarks=_remarks((indicator,), visit.catalogue, visit.warehouse, visit.lang),
    )
    return Extract(batches, meta)


def _remarks(
    indicators: Sequence[Indicator], catalogue: Catalogue, warehouse: Warehouse, lang: Lang
) -> tuple[str, ...]:
    """What indicators were called before, and which of them the version has no figures of."""
    return (
        *(text for entry in indicators for text in former_sentences(entry, catalogue, lang)),
        *(
            term("version_lacks", lang, version=warehouse.version, title=entry.title[lang])
            for entry in indicators
            if not has_numbers(warehouse, entry.id)
        ),
    )


def labelled_rows(rows: pa.Table, labels: RowLabels) -> pa.Table:
    """
    Rows as `SCHEMA` has them, in the order of `ROW_KEY`, whatever the widths of their codes.

    Args:
        rows: of one indicator in any order: `ROW_CODES`, value and `COUNTS`.
        labels: what stands beside them.

    """
    codes = {name: _coded(rows[name]) for name in ROW_CODES}
    order = _order([codes[name] for name in ROW_KEY])
    codes = {name: column.take(order) for name, column in codes.items()}
    regions = codes["region"]
    levels = worded(regions, lambda code: labels.levels.get(code, ""))
    levels = levels.cast(pa.string()).dictionary_encode()
    places = joined_codes(joined_codes(codes["segment"], levels), codes["period"])
    places = joined_codes(places, codes["background"])
    origins = [labels.origin(*place.split(BETWEEN)) for place in places.dictionary.to_pylist()]
    tables, updated, fetched = zip(*origins, strict=True) if origins else ((), (), ())
    columns = codes | {
        "value": rows["value"].take(order),
        **{name: _counts(rows, name).take(order) for name in COUNTS},
        "indicator": _constant(labels.indicator, len(regions)),
        "unit": _constant(labels.unit, len(regions)),
        "region_name": worded(regions, lambda code: labels.names.get(code, code)),
        "table": pa.array(tables, pa.string()).take(places.indices).dictionary_encode(),
        "updated": pa.array(updated, UTC_TIME).take(places.indices),
        "fetched": pa.array(fetched, UTC_TIME).take(places.indices),
    }
    return pa.table([columns[name] for name in MACHINE_COLUMNS], schema=SCHEMA)


def _counts(rows: pa.Table, name: str) -> pa.ChunkedArray:
    """The counts behind shares; of a share without a number none are told."""
    return pc.if_else(rows["value"].is_valid(), rows[name], None)


def _coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Text with a dictionary of what stands in it only."""
    return column.cast(pa.string()).combine_chunks().dictionary_encode()


def _order(keys: Sequence[pa.DictionaryArray]) -> pa.Array:
    """The order of rows by their keys as text; a code is compared once, not on every row."""
    ranks = []
    for key in keys:
        codes = key.dictionary.to_numpy(zero_copy_only=False)
        ranks.append(np.argsort(np.argsort(codes))[key.indices.to_numpy()])
    return pa.array(np.lexsort(ranks[::-1]))


def _constant(text: str, length: int) -> pa.DictionaryArray:
    indices = pa.repeat(pa.scalar(0, pa.int32()), length)
    return pa.DictionaryArray.from_arrays(indices, pa.array([text], pa.string()))


def _origins(
    sources: pd.DataFrame, *, example: bool
) -> Mapping[tuple[str, str, str], Sequence[Origin]]:
    """The tables of one indicator by segment, level and period; `sources`: `indicator_sources`."""
    prefix = EXAMPLE if example else ""
    behind: dict[tuple[str, str, str], list[Origin]] = {}
    for row in sources.to_dict("records"):
        origin = (prefix + row["table_id"], _utc(row["updated"]), _utc(row["fetched"]))
        first, last = row["first_period"], row["last_period"]
        for place in range(ordinal(first), ordinal(last) + 1):
            period = period_at(place, frequency(first))
            behind.setdefault((row["segment"], row["level"], period), []).append(origin)
    return behind


def _given(
    catalogue: Catalogue, indicator: Indicator, *, example: bool
) -> Mapping[str, frozenset[str]]:
    """The backgrounds that each table is known to give of an indicator, by its name in files."""
    prefix = EXAMPLE if example else ""
    return {prefix + id: codes for id, codes in catalogue.backgrounds(indicator).items()}


def _joined_origin(origins: Sequence[Origin]) -> Origin:
    """Several tables as one: all names, and the newest of their dates."""
    tables, updated, fetched = zip(*origins, strict=True)
    newest = [max(filter(None, dates), default=None) for dates in (updated, fetched)]
    return "+".join(sorted(set(tables))), newest[0], newest[1]


def _utc(value: Any) -> datetime | None:
    """A time of the warehouse (UTC); None when it is not known."""
    return None if pd.isna(value) else value.to_pydatetime().replace(tzinfo=UTC)


def _title(indicators: Sequence[Indicator]) -> Text:
    """What a file is about: its indicator, or how many."""
    if len(indicators) == 1:
        return indicators[0].title
    return Text(
        sv=term("export_many", "sv", count=len(indicators)),
        en=term("export_many", "en", count=len(indicators)),
    )


def _listed_sources(used: pd.DataFrame) -> tuple[ExtractSource, ...]:
    """
    Tables once for each kind, published first.

    Args:
        used: table_id, title, updated, fetched, kind.

    """
    once = used.drop_duplicates(["table_id", "kind"])
    once = once.sort_values(["kind", "table_id"], ascending=[False, True])
    return tuple(
        ExtractSource(
            id=row["table_id"],
            title=row["title"] if isinstance(row["title"], str) else "",
            updated=_utc(row["updated"]),
            fetched=_utc(row["fetched"]),
            kind=row["kind"],
        )
        for row in once.to_dict("records")
    )


def _portions(
    warehouse: Warehouse,
    selection: RowSelection,
    census: pd.DataFrame,
    labels: Mapping[str, RowLabels],
) -> Iterator[tuple[int, Callable[[], pa.Table]]]:
    """How many rows each portion has, and how to read it; in the order of the extract."""
    counts = census.groupby(["indicator", "region"], sort=False)["rows"].sum().reset_index()
    for indicator, regions in counts.groupby("indicator", sort=False):
        number = regions["rows"].cumsum().sub(1) // PORTION
        for _, portion in regions.groupby(number):
            codes = portion["region"].tolist()
            read = partial(_portion, warehouse, selection, labels[str(indicator)], codes)
            yield int(portion["rows"].sum()), read


def _portion(
    warehouse: Warehouse, selection: RowSelection, labels: RowLabels, regions: Sequence[str]
) -> pa.Table:
    rows = exports.portion(warehouse, selection, indicator=labels.indicator, regions=regions)
    return labelled_rows(rows, labels)


def _window(
    portions: Iterator[tuple[int, Callable[[], pa.Table]]], offset: int, count: int
) -> Iterator[pa.RecordBatch]:
    """Batches of `count` rows after `offset`; a portion before it is never read."""
    for size, read in portions:
        if count <= 0:
            return
        if offset < size:
            pa.default_memory_pool().release_unused()  # what the last portion took
            rows = read().slice(offset, count)
            count -= rows.num_rows
            yield from rows.to_batches(max_chunksize=_BATCH)
        offset = max(0, offset - size)


def _with_partial_status(rows: pd.DataFrame, united: pd.DataFrame) -> pd.DataFrame:
    """The rows, whose partial values have a status that says how partial they are."""
    known = united[united["value"].notna()]
    partial_status = {
        index: PARTIAL.format(present=len(members) - len(lacking), members=len(members))
        for index, members, lacking in zip(
            known.index, known.get("members", ()), known.get("lacking", ()), strict=True
        )
        if lacking
    }
    status = rows.index.to_series().map(partial_status)
    return rows.assign(status=status.where(status.notna(), rows["status"]))


def _members(united: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Of which members the rows of unions are made, by `ROW_KEY`."""
    return {
        tuple(row[name] for name in ROW_KEY): "|".join(
            str(row[name]) for name in ("members", "lacking", "division")
        )
        for row in united.to_dict("records")
    }


def _columns(rows: pd.DataFrame) -> pa.Table:
    """The frame as columns; text that is all missing is still text."""
    numbers = dict.fromkeys(("value", *COUNTS), pa.float64())
    types: dict[str, Any] = dict.fromkeys(ROW_CODES, pa.string()) | numbers
    plain = rows[list(types)].astype(object).where(rows[list(types)].notna(), None)
    return pa.table({name: pa.array(plain[name].tolist(), type) for name, type in types.items()})
