"""
Extracts: of an open warehouse by a request, and of the rows that a page shows.

An edge: it reads. Knows how rows are taken in portions, so that memory does not grow with the
answer. Which rows a page shows was decided by its view; they are not read again.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.data.context import Context
from dashboard.data.observation import Observation, frame_of
from dashboard.data.queries import exports
from dashboard.data.queries.exports import ROW_COLUMNS, CensusRow, RowSelection, known_codes
from dashboard.data.queries.holdings import (
    build_run,
    has_numbers,
    standing_regions,
)
from dashboard.data.queries.sources import indicator_sources, source_notes
from dashboard.data.versions import Warehouse
from dashboard.exports.extract import (
    EXAMPLE,
    MACHINE_COLUMNS,
    PARTIAL,
    ROW_KEY,
    SCHEMA,
    UTC_TIME,
    Extract,
    ExtractSource,
    Meta,
    constant,
    worded,
)
from dashboard.panels import provenance
from dashboard.sentences.footnotes import footnotes
from dashboard.state.regions import area_sentences
from dashboard.state.retired import former_sentences
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Catalogue, Indicator, Lang, Text
from etl.catalogue.periods import (
    frequency,
    is_period,
    lies_between,
    months_of,
    ordinal,
    period_at,
)

ROW_CODES = (*ROW_KEY, "status", "segment", "kind")
COUNTS = ("numerator", "denominator")
_NUMBERS = frozenset({"value", *COUNTS})
_AT_HAND = ("indicator", *ROW_COLUMNS)
FEW = 1_000  # rows that are read at once, instead of being counted first
PORTION = 60_000  # rows that are read, and held in memory, at once: a row group of Parquet
_BATCH = 15_000

# Tables joined by +, when the newest was updated, and when it was fetched (UTC).
Origin = tuple[str | None, datetime | None, datetime | None]
_UNKNOWN: Origin = (None, None, None)
_TYPES: Mapping[str, pa.DataType] = {
    name: pa.float64() if name in _NUMBERS else pa.string() for name in ROW_COLUMNS
}


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
        if len(origins) < 2:
            return next(iter(origins), _UNKNOWN)
        own = [one for one in origins if background in self.given.get(one[0] or "", ())]
        chosen = own or [one for one in origins if one[0] not in self.given] or origins
        return _joined_origin(chosen) if len(chosen) > 1 else chosen[0]


@dataclass(frozen=True)
class VersionFacts:
    """
    What all extracts of a version tell alike.

    `regions` are names and levels by code, `order` the places of codes of regions as the version
    compares them, `periods` their months (see `months_of`), `sources` the rows of
    `indicator_sources` and `origins` the tables (see `RowLabels`) by indicator, `notes` the rows
    of `source_notes` in the source's order, `with_numbers` the indicators that have any.
    """

    version: str
    built: datetime | None
    regions: Mapping[str, tuple[str, str]]
    order: Mapping[str, int]
    periods: Mapping[str, tuple[int, int]]
    sources: Mapping[str, Sequence[Mapping[Hashable, Any]]]
    origins: Mapping[str, Mapping[tuple[str, str, str], Sequence[Origin]]]
    notes: Sequence[Mapping[Hashable, Any]]
    with_numbers: frozenset[str]


def version_facts(context: Context, warehouse: Warehouse) -> VersionFacts:
    """What all extracts of a version tell alike, asked once."""
    return context.memory.recall(
        (warehouse.version, "facts"), lambda: _facts(warehouse, list(context.catalogue.indicator))
    )


def _facts(warehouse: Warehouse, ids: Sequence[str]) -> VersionFacts:
    sources: dict[str, list[Mapping[Hashable, Any]]] = {id: [] for id in ids}
    for row in indicator_sources(warehouse, ids).to_dict("records"):
        sources[row["indicator"]].append(row)
    return VersionFacts(
        version=warehouse.version,
        built=_utc(build_run(warehouse)["built"].iloc[0]),
        regions=exports.region_places(warehouse),
        order={code: place for place, code in enumerate(known_codes(warehouse, "region"))},
        periods={period: months_of(period) for period in known_codes(warehouse, "period")},
        sources=sources,
        origins={id: _origins(rows, example=warehouse.example) for id, rows in sources.items()},
        notes=source_notes(warehouse, ids).to_dict("records"),
        with_numbers=frozenset(id for id in ids if has_numbers(warehouse, id)),
    )


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
        selection: ids of its `indicators` that the catalogue lacks give no rows.
        lang: of the unit, and of labels where a format has them.
        permalink: the full address of what the file shows.
        limit: at most so many rows, after `offset` of them.
        offset: how many rows to leave out at the beginning.

    """
    known, facts = context.catalogue.indicator, version_facts(context, warehouse)
    indicators = tuple(known[id] for id in dict.fromkeys(selection.indicators) if id in known)
    request = replace(
        selection,
        indicators=tuple(indicator.id for indicator in indicators),
        regions=_asked_regions(warehouse, selection, facts),
        spans=_asked_spans(selection, facts),
    )
    few = exports.first_rows(warehouse, request, FEW + 1)
    whole = len(few) <= FEW
    census = sorted(_counted(few) if whole else exports.census(warehouse, request))
    total = sum(counted.rows for counted in census)
    count = max(0, total - offset)
    count = count if limit is None else min(limit, count)
    codes = dict.fromkeys(counted.region for counted in census)
    names = {code: facts.regions[code][0] if code in facts.regions else code for code in codes}
    labels = {
        indicator.id: RowLabels(
            indicator.id,
            indicator.unit[lang],
            names,
            {code: facts.regions[code][1] for code in codes if code in facts.regions},
            facts.origins[indicator.id],
            _given(context.catalogue, indicator, example=warehouse.example),
        )
        for indicator in indicators
    }

    def batches() -> Iterator[pa.RecordBatch]:
        portions = (
            _portions_at_hand(few, labels)
            if whole
            else _portions(warehouse, request, census, labels, order=facts.order)
        )
        return _window(portions, offset, count)

    meta = Meta(
        title=_title(indicators),
        indicators=indicators,
        categories=context.catalogue.category,
        regions=names,
        sources=_listed_sources(_used_sources(census, facts)),
        first=min((counted.first for counted in census), default=""),
        last=max((counted.last for counted in census), default=""),
        rows=count,
        total=total,
        lang=lang,
        version=warehouse.version,
        built=facts.built,
        example=warehouse.example,
        permalink=permalink,
        footnotes=footnotes(
            (note for note in facts.notes if note["indicator"] in labels),
            _shown_codes(request, names),
        ),
        remarks=_remarks(indicators, context.catalogue, facts, lang),
    )
    return Extract(batches, meta)


def _asked_regions(
    warehouse: Warehouse, selection: RowSelection, facts: VersionFacts
) -> tuple[str, ...] | None:
    """The regions of a selection as the version has them, of its levels; None for all."""
    regions, levels = selection.regions, selection.levels
    if regions is not None:
        regions = standing_regions(warehouse, regions)
    if levels is None:
        return regions
    return tuple(
        code
        for code in (facts.regions if regions is None else regions)
        if code in facts.regions and facts.regions[code][1] in levels
    )


def _asked_spans(
    selection: RowSelection, facts: VersionFacts
) -> tuple[tuple[str, str], ...] | None:
    """The periods in a selection as first and last of those in a row; None for all."""
    if selection.first is None and selection.last is None:
        return None
    begin = months_of(selection.first)[0] if selection.first else 0
    end = months_of(selection.last)[1] if selection.last else math.inf
    runs = groupby(
        facts.periods.items(), lambda period: period[1][1] >= begin and period[1][0] <= end
    )
    spans = ([period for period, _ in run] for inside, run in runs if inside)
    return tuple((span[0], span[-1]) for span in spans)


def _counted(rows: Sequence[tuple[Any, ...]]) -> Iterator[CensusRow]:
    """The census of rows at hand, which begin with their indicator."""
    place = itemgetter(
        *(_AT_HAND.index(name) for name in ("indicator", "region", "segment", "kind"))
    )
    period = _AT_HAND.index("period")
    periods: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        periods.setdefault(place(row), []).append(row[period])
    for key, found in periods.items():
        yield CensusRow(*key, len(found), min(found), max(found))


def _used_sources(
    census: Iterable[CensusRow], facts: VersionFacts
) -> Iterator[Mapping[Hashable, Any]]:
    """The tables behind what was counted, with the kind of the figures that they are behind."""
    spans: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    for counted in census:
        if counted.region in facts.regions:
            level = facts.regions[counted.region][1]
            key = counted.indicator, counted.segment, level, counted.kind
            first, last = spans.get(key, (counted.first, counted.last))
            spans[key] = min(first, counted.first), max(last, counted.last)
    for (indicator, segment, level, kind), (first, last) in spans.items():
        for source in facts.sources[indicator]:
            if (
                (source["segment"], source["level"]) == (segment, level)
                and source["first_period"] <= last
                and source["last_period"] >= first
            ):
                yield {**source, "kind": kind}


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
    facts = version_facts(visit.context, visit.warehouse)
    names = {code: region.name(visit.lang) for code, region in visit.regions.items()}
    labels = RowLabels(
        indicator.id,
        indicator.unit[visit.lang],
        names,
        {
            code: provenance.tables_level(region, visit.regions)
            for code, region in visit.regions.items()
        },
        facts.origins[indicator.id],
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
            [table._asdict() for table in provenance.used_tables(visit, indicator, shown)]
        ),
        first=min(rows["period"], default=""),
        last=max(rows["period"], default=""),
        rows=len(rows),
        total=len(rows),
        lang=visit.lang,
        version=visit.warehouse.version,
        built=facts.built,
        example=visit.warehouse.example,
        permalink=permalink,
        members=_members(united),
        unions=dict(zip(united["region"], united["members"], strict=True)) if len(united) else {},
        notes=provenance.composition_lines(visit, indicator, shown),
        areas=area_sentences(sorted(set(rows["region"])), visit.regions, visit.lang),
        footnotes=provenance.shown_footnotes(visit, indicator, shown),
        remarks=_remarks((indicator,), visit.catalogue, facts, visit.lang),
    )
    return Extract(batches, meta)


def _remarks(
    indicators: Sequence[Indicator],
    catalogue: Catalogue,
    facts: VersionFacts,
    lang: Lang,
) -> tuple[str, ...]:
    """What indicators were called before, and which of them the version has no figures of."""
    return (
        *(text for entry in indicators for text in former_sentences(entry, catalogue, lang)),
        *(
            term("version_lacks", lang, version=facts.version, title=entry.title[lang])
            for entry in indicators
            if entry.id not in facts.with_numbers
        ),
    )


def labelled_rows(rows: pa.Table, labels: RowLabels) -> pa.Table:
    """
    Rows as `SCHEMA` has them, in the order of `ROW_KEY`, whatever the widths of their codes.

    Args:
        rows: of one indicator in any order: `ROW_COLUMNS`.
        labels: what stands beside them.

    """
    return _labelled(_ordered(rows), labels)


def _ordered(rows: pa.Table) -> pa.Table:
    """Rows in the order of the texts of `ROW_KEY`, in one piece, text as `_coded` has it."""
    codes = {name: _coded(rows[name]) for name in ROW_CODES}
    places = np.zeros(rows.num_rows, np.int64)
    for name in ROW_KEY:
        places = places * len(codes[name].dictionary) + codes[name].indices.to_numpy()
    order = pa.array(np.argsort(places, kind="stable"))
    numbers = {name: _whole(rows[name]) for name in ("value", *COUNTS)}
    return pa.table({name: column.take(order) for name, column in (codes | numbers).items()})


def _coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Text as places among the words that stand in a column, and no others, in their order."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    coded = _whole(column.unify_dictionaries())
    used = coded.indices.unique().drop_null()
    words = coded.dictionary.take(used).cast(pa.string())
    order = pc.sort_indices(words)
    places = np.zeros(len(coded.dictionary), np.int32)
    places[used.take(order).to_numpy()] = np.arange(len(used))
    return pa.DictionaryArray.from_arrays(pa.array(places).take(coded.indices), words.take(order))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _labelled(rows: pa.Table, labels: RowLabels) -> pa.Table:
    """Rows of `_ordered` as `SCHEMA` has them, in the order that they have."""
    codes = {name: _whole(rows[name]) for name in ROW_CODES}
    regions = codes["region"]
    levels = [labels.levels.get(code, "") for code in regions.dictionary.to_pylist()]
    origins, places = _origins_of_rows(
        codes["segment"],
        pa.array(levels, pa.string()).dictionary_encode().take(regions.indices),
        codes["period"],
        codes["background"],
        labels=labels,
    )
    tables, updated, fetched = zip(*origins, strict=True) if origins else ((), (), ())
    columns = codes | {
        "value": rows["value"],
        **{name: _counts(rows, name) for name in COUNTS},
        "indicator": constant(labels.indicator, len(regions)),
        "unit": constant(labels.unit, len(regions)),
        "region_name": worded(regions, lambda code: labels.names.get(code, code)),
        "table": pa.array(tables, pa.string()).dictionary_encode().take(places),
        "updated": pa.array(updated, UTC_TIME).take(places),
        "fetched": pa.array(fetched, UTC_TIME).take(places),
    }
    return pa.table([columns[name] for name in MACHINE_COLUMNS], schema=SCHEMA)


def _origins_of_rows(
    *codes: pa.DictionaryArray, labels: RowLabels
) -> tuple[Sequence[Origin], pa.Array]:
    """
    The origins that rows have, each once, and the place of each row's among them.

    `codes`: what an origin follows from, as `RowLabels.origin` takes it.
    """
    widths = [len(column.dictionary) for column in codes]
    numbers = np.zeros(len(codes[0]), np.int64)
    for column, width in zip(codes, widths, strict=True):
        numbers = numbers * width + column.indices.to_numpy()
    used = np.flatnonzero(np.bincount(numbers, minlength=math.prod(widths)))
    words = (
        column.dictionary.take(pa.array(own)).to_pylist()
        for column, own in zip(codes, np.unravel_index(used, widths), strict=True)
    )
    found: dict[Origin, int] = {}
    places = np.zeros(math.prod(widths), np.int32)
    places[used] = [
        found.setdefault(labels.origin(*each), len(found)) for each in zip(*words, strict=True)
    ]
    return list(found), pa.array(places[numbers])


def _counts(rows: pa.Table, name: str) -> pa.ChunkedArray:
    """The counts behind shares; of a share without a number none are told."""
    return pc.if_else(rows["value"].is_valid(), rows[name], None)


def _origins(
    sources: Iterable[Mapping[Hashable, Any]], *, example: bool
) -> Mapping[tuple[str, str, str], Sequence[Origin]]:
    """The tables of one indicator by segment, level and period; `sources`: `indicator_sources`."""
    prefix = EXAMPLE if example else ""
    behind: dict[tuple[str, str, str], list[Origin]] = {}
    for row in sources:
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


def _listed_sources(used: Iterable[Mapping[Any, Any]]) -> tuple[ExtractSource, ...]:
    """
    Tables once for each kind, published first.

    Args:
        used: table_id, title, updated, fetched, kind.

    """
    once: dict[tuple[bool, str], ExtractSource] = {}
    for row in used:
        source = ExtractSource(
            id=row["table_id"],
            title=row["title"] if isinstance(row["title"], str) else "",
            updated=_utc(row["updated"]),
            fetched=_utc(row["fetched"]),
            kind=row["kind"],
        )
        once.setdefault((source.kind == "computed", source.id), source)
    return tuple(source for _, source in sorted(once.items(), key=itemgetter(0)))


Portions = Iterator[tuple[int, RowLabels, Callable[[], pa.Table]]]


def _portions_at_hand(rows: Sequence[tuple[Any, ...]], labels: Mapping[str, RowLabels]) -> Portions:
    """As `_portions`, of rows that were read already."""
    of_indicator: dict[str, list[tuple[Any, ...]]] = {}
    for indicator, *row in rows:
        of_indicator.setdefault(indicator, []).append(tuple(row))
    for indicator, own in sorted(of_indicator.items()):
        columns = zip(ROW_COLUMNS, zip(*own, strict=True), strict=True)
        table = pa.table({name: pa.array(column, _TYPES[name]) for name, column in columns})
        yield len(own), labels[indicator], partial(_ordered, table)


def _portions(
    warehouse: Warehouse,
    selection: RowSelection,
    census: Sequence[CensusRow],
    labels: Mapping[str, RowLabels],
    *,
    order: Mapping[str, int],
) -> Portions:
    """
    How many rows each portion has, what stands beside them, how to read it; in order.

    `order`: places of codes of regions as the version compares them.
    """
    for indicator, counted in groupby(census, attrgetter("indicator")):
        counts: dict[str, int] = {}
        for one in counted:
            counts[one.region] = counts.get(one.region, 0) + one.rows
        ends = zip(counts, accumulate(counts.values()), strict=True)
        portion = {region: (end - 1) // PORTION for region, end in ends}
        spans = _spans(portion, order)
        for number, run in groupby(counts, portion.__getitem__):
            regions = tuple(run)
            own = replace(
                selection,
                indicators=(indicator,),
                regions=None if selection.regions is None else regions,
                region_spans=tuple(spans[number]),
            )
            size = sum(counts[region] for region in regions)
            yield size, labels[indicator], partial(_portion, warehouse, own)


def _spans(
    portion: Mapping[str, int], order: Mapping[str, int]
) -> Mapping[int, Sequence[tuple[str, str]]]:
    """The first and last of the regions of each portion that follow upon each other in `order`."""
    spans: dict[int, list[tuple[str, str]]] = {}
    for number, run in groupby(sorted(portion, key=order.__getitem__), portion.__getitem__):
        regions = tuple(run)
        spans.setdefault(number, []).append((regions[0], regions[-1]))
    return spans


def _portion(warehouse: Warehouse, selection: RowSelection) -> pa.Table:
    return _ordered(exports.portion(warehouse, selection))


def _window(portions: Portions, offset: int, count: int) -> Iterator[pa.RecordBatch]:
    """Batches of `count` rows after `offset`; a portion before it is never read."""
    for size, labels, read in portions:
        if count <= 0:
            return
        if offset < size:
            _release()
            rows = read().slice(offset, count)
            count -= rows.num_rows
            yield from _labelled(rows, labels).to_batches(max_chunksize=_BATCH)
            del rows  # before the next are read
        offset = max(0, offset - size)


def _release() -> None:
    """Give back what the last portion took, where the pool keeps it; the system's does not."""
    pool = pa.default_memory_pool()
    if pool.backend_name != "system":
        pool.release_unused()


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
    plain = rows[list(ROW_COLUMNS)].astype(object).where(rows[list(ROW_COLUMNS)].notna(), None)
    return pa.table({name: pa.array(plain[name].tolist(), type) for name, type in _TYPES.items()})
