"""
Writes the landing documents of the example: all that the ordinary build asks for.

An edge: files only. The same catalogue gives the same bytes. Nothing of it is a statistic, and
every document says so.
"""

import logging
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from etl.binding.binding import Bound, Use, bounds_of, period_length, planned
from etl.build.regions import official_regions
from etl.catalogue import TOTAL, Catalogue, Contents
from etl.catalogue.periods import Frequency
from etl.demo.counts import count_subjects, counted_cells
from etl.demo.people import invented_people
from etl.demo.places import Array, Places, anchors, csv_rows, invented_places
from etl.demo.rates import Rate, counted_shares, profile, rate, rated_cells
from etl.demo.seasons import season, seasonal_cells
from etl.demo.tables import (
    METRIC,
    TIME,
    CellFigures,
    ExampleTable,
    Question,
    counts_persons,
    example_tables,
)
from etl.errors import SourceError, UsageError
from etl.source.jsonstat import document_dataset, has_words
from etl.source.landing import DocumentKind, Record, land, sha256
from etl.source.selection import CellRequest, request_key
from etl.store import REGIONS, Binding, TableBinding

FOLDER = Path(__file__).parent
_UPDATED, _FETCHED = "2026-03-02T07:00:00Z", "2026-03-02T08:00:00+00:00"
_UPDATED_WITHIN_YEARS, _FETCHED_WITHIN_YEARS = "2026-11-26T07:00:00Z", "2026-11-26T08:00:00+00:00"
_SOURCE_NAME = "Exempeldata – inte statistik"
_NOTE = "Exempeldata – inte statistik. Siffrorna är påhittade och får inte användas eller spridas."
_CELLS_PER_CALL = 150_000
_RATES_AT_ONCE = 11  # of the labour market: the tables of one folder hold the same contents
_VARIABLE_WORDS = {
    "Region": "region", "Kon": "kön", "UtbNiv": "utbildningsnivå",
    "UtbildningsNiva": "utbildningsnivå", "BakgrVar": "bakgrundsvariabel",
    "Bakgrund": "bakgrund", "Alder": "ålder", "Fodelseregion": "födelseregion",
    "Civilstand": "civilstånd", "UtlBakgrund": "utländsk/svensk bakgrund",
    "Trangboddhet": "trångboddhet", "Forandringar": "förändringar", "Period": "period",
    "HuvudFoT1m": "huvudsaklig inkomstkälla", METRIC: "tabellinnehåll",
}  # fmt: skip
_TIME_WORDS: Mapping[Frequency, str] = {"year": "år", "quarter": "kvartal", "month": "månad"}
_REGION_WORDS = {"county": "län", "municipality": "kommun"}
log = logging.getLogger(__name__)
_RATE = "rate"  # in `contents.csv`: the rate of the indicator itself, not of another one
_Answers = Callable[[Question], CellFigures]


@dataclass(frozen=True)
class _Reading:
    """A request, and the bound sources that are read from its answer."""

    request: CellRequest
    bounds: list[Bound]


def write_examples(catalogue: Catalogue, data: Path) -> tuple[Binding, Path]:
    """
    Write an example of every table; return what the tables are bound to, and the folder.

    Earlier examples under `data` are replaced when all new documents are there.

    Raises:
        UsageError: when the catalogue has contents or codes that the example has no figures of.
        SourceError: when a source cannot be bound to its table.

    """
    draft, folder = data / ".example-draft", data / "example"
    shutil.rmtree(draft, ignore_errors=True)
    regions = invented_places(REGIONS, FOLDER)
    tables = tuple(example_tables(catalogue, regions))
    known = {
        (row["of"], row["content"]): row["figure"] for row in csv_rows(FOLDER / "contents.csv")
    }
    _refuse_unknown(tables, known)
    figures = _invented(catalogue, regions, known)
    try:
        bindings = {table.declared.key: _write(table, figures, draft) for table in tables}
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    log.info("example: %d tables", len(bindings))
    return Binding("example:", _FETCHED, bindings), folder / "landing"


def _content_key(table: ExampleTable, use: Use, contents: Contents) -> tuple[str, str]:
    """Return under what a content stands in `contents.csv`: counts by table, rates by indicator."""
    return table.declared.key if counts_persons(use) else use.indicator.id, contents.text


def _refuse_unknown(tables: Iterable[ExampleTable], known: Mapping[tuple[str, str], str]) -> None:
    """Refuse contents that the example has no figures of, all at once."""
    unknown = dict.fromkeys(
        f"{use.indicator.id}: the example data have no figures of the content {contents.text!r} of "
        f"table {table.declared.key}; add it to etl/demo/contents.csv"
        for table in tables
        for use in table.uses
        for contents in use.contents
        if _content_key(table, use, contents) not in known
    )
    if unknown:
        raise UsageError("\n".join([*unknown, "or fetch real data with `python -m etl run`"]))


def _invented(
    catalogue: Catalogue,
    regions: Places,
    known: Mapping[tuple[str, str], str],
) -> _Answers:
    """Return what answers any question about the invented country."""
    points = anchors(FOLDER / "anchors.csv")
    everybody = invented_people(regions, points)

    @lru_cache(_RATES_AT_ONCE)
    def rate_of(name: str) -> Rate:
        indicator = catalogue.indicator.get(name)
        rate_profile = profile(
            FOLDER / "rates.csv",
            name,
            share=indicator is None or (indicator.measure == "share" and not indicator.limits),
            better=indicator.better if indicator else "none",
        )
        return rate(rate_profile, regions, everybody, anchors=points)

    counted = count_subjects(regions, everybody, rate_of, points)

    def figures(question: Question) -> CellFigures:
        indicator, source = question.bound.use.indicator, question.bound.use.source
        if source.counts_beside and source.contents:
            share = own(replace(question, contents=source.contents))
            return counted_shares(question, share, rate_of(indicator.id), regions)
        return own(question)

    def own(question: Question) -> CellFigures:
        indicator = question.bound.use.indicator
        if indicator.frequency == "year":
            return yearly(question)
        return seasonal_cells(question, yearly, season(FOLDER / "seasons.csv", indicator.id))

    def yearly(question: Question) -> CellFigures:
        use = question.bound.use
        if counts_persons(use):
            subject = known[_content_key(question.table, use, question.contents)]
            return counted_cells(question, subject, counted, country=regions, people=everybody)
        named = known[_content_key(question.table, use, question.contents)]
        name = use.indicator.id if named == _RATE else named
        return rated_cells(question, rate_of(name), regions)

    return figures


def _write(table: ExampleTable, figures: _Answers, draft: Path) -> TableBinding:
    """Write the documents of a table; return what it is bound to."""
    metadata = metadata_document(table)
    _land(draft, table, metadata, None)
    for reading in _readings(table, metadata):
        _land(draft, table, _document(table, metadata, reading, figures), reading.request)
    return TableBinding("found", table.id, metadata["label"], table.declared.path)


def _readings(table: ExampleTable, metadata: Mapping[str, Any]) -> Iterable[_Reading]:
    """Return every request that the build will look for, with the sources that ask it."""
    described, known = document_dataset(metadata), official_regions(REGIONS)
    bounds, reasons = bounds_of(table.declared, described, table.uses, known, limit=_CELLS_PER_CALL)
    if reasons:
        raise SourceError(
            "; ".join(f"{use.indicator.id} {use.name}: {why}" for use, why in reasons.items())
        )
    bound_sources = [bound for group in bounds.values() for bound in group]
    readings: dict[str, _Reading] = {}
    for bound, requests in planned(table.id, METRIC, bound_sources, _CELLS_PER_CALL).items():
        for request in requests:
            readings.setdefault(request.key, _Reading(request, [])).bounds.append(bound)
    return readings.values()


def _document(
    table: ExampleTable, metadata: Mapping[str, Any], reading: _Reading, figures: _Answers
) -> dict[str, Any]:
    """Return the answer to one request, in the order of the table."""
    asked = {part["variableCode"]: part["valueCodes"] for part in reading.request.body["selection"]}
    codes = {
        name: tuple(filter(set(asked[name]).__contains__, _codes(metadata, name)))
        for name in metadata["id"]
        if name in asked
    }
    rest = {name: chosen for name, chosen in codes.items() if name != METRIC}
    cells = []
    for content in codes[METRIC]:
        bound = next(bound for bound in reading.bounds if content in bound.contents)
        groups = (group for block in bound.blocks for group in block.axes[METRIC])
        background = next(g.code for g in groups if content in g.plus) if bound.value else TOTAL
        cells.append(figures(Question(table, bound, table.contents[content], rest, background)))
    axis = list(codes).index(METRIC)
    value, symbol = (
        np.stack(parts, axis) for parts in zip(*((c.value, c.symbol) for c in cells), strict=True)
    )
    return _data_document(metadata, codes, value, symbol)


def _codes(metadata: Mapping[str, Any], name: str) -> list[str]:
    return list(metadata["dimension"][name]["category"]["index"])


def _land(
    draft: Path, table: ExampleTable, document: Mapping[str, Any], request: CellRequest | None
) -> None:
    content = orjson.dumps(document)
    kind: DocumentKind = "data" if request else "metadata"
    record = Record(
        kind=kind,
        table=table.id,
        request=request.key if request else request_key(table.id, "metadata"),
        url=f"example:{table.id}/{kind}",
        body=orjson.dumps(request.body).decode() if request else None,
        fetched=_FETCHED if _of_years(table) else _FETCHED_WITHIN_YEARS,
        sha256=sha256(content),
        size=len(content),
        title=document["label"],
        updated=_updated(table),
        source=_SOURCE_NAME,
        api_version="example",
        max_cells=_CELLS_PER_CALL,
        licence="example",
    )
    land(draft / "landing", content, record)


def _of_years(table: ExampleTable) -> bool:
    return period_length(table.uses) == "year"


def _updated(table: ExampleTable) -> str:
    return _UPDATED if _of_years(table) else _UPDATED_WITHIN_YEARS


def metadata_document(table: ExampleTable) -> dict[str, Any]:
    """Return the metadata document of a table: everything but values."""
    dimension = _dimensions(table)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _title(table),
        "source": _SOURCE_NAME,
        "updated": _updated(table),
        "note": [_NOTE],
        "role": {"time": [TIME], "metric": [METRIC]},
        "id": list(dimension),
        "size": [len(part["category"]["index"]) for part in dimension.values()],
        "dimension": dimension,
        "extension": {
            "noteMandatory": {"0": True},
            "px": {"tableid": table.id, "official-statistics": False, "language": "sv"},
        },
        "value": [],
    }


def _data_document(
    document: Mapping[str, Any],
    codes: Mapping[str, tuple[str, ...]],
    value: Array,
    symbol: NDArray[np.str_],
) -> dict[str, Any]:
    """Return a document with the cells of some codes, in their order: dense values, few symbols."""
    units = document["dimension"][METRIC]["category"]["unit"]
    whole = all(units[content]["decimals"] == 0 for content in codes[METRIC])
    flat = symbol.ravel()
    marked = np.flatnonzero(flat != "")
    return {
        **document,
        "id": list(codes),
        "size": [len(chosen) for chosen in codes.values()],
        "dimension": {name: _cut(document["dimension"][name], codes[name]) for name in codes},
        "value": _numbers(value.ravel(), whole=whole),
        "status": dict(zip(map(str, marked.tolist()), flat[marked].tolist(), strict=True)),
    }


def _cut(dimension: Mapping[str, Any], codes: tuple[str, ...]) -> dict[str, Any]:
    """Return a dimension with some of its codes."""
    parts = {key: part for key, part in dimension["category"].items() if key != "index"}
    category: dict[str, Any] = {"index": {code: number for number, code in enumerate(codes)}}
    category |= {key: {code: part[code] for code in codes} for key, part in parts.items()}
    return {**dimension, "category": category}


def _numbers(value: Array, *, whole: bool) -> list[float | int | None]:
    """Numbers as the source prints them: whole ones without a point, null for missing."""
    missing = np.isnan(value)
    numbers = (np.where(missing, 0, value).astype(np.int64) if whole else value).astype(object)
    numbers[missing] = None
    return list(numbers)


def _dimensions(table: ExampleTable) -> dict[str, dict[str, Any]]:
    """All variables of the table, then what it holds, then its years."""
    labels = {
        **table.labels,
        METRIC: {code: contents.text for code, contents in table.contents.items()},
        TIME: {period: period for period in table.periods},
    }
    left_out = {variable.code for variable in table.declared.variables if variable.left_out}
    dimensions = {
        code: _dimension(code, texts, eliminable=code in left_out) for code, texts in labels.items()
    }
    dimensions[TIME]["label"] = _TIME_WORDS[period_length(table.uses)]
    dimensions[METRIC]["category"]["unit"] = {
        code: {"base": contents.unit, "decimals": contents.decimals}
        for code, contents in table.contents.items()
    }
    dimensions[METRIC]["extension"]["refperiod"] = dict.fromkeys(table.contents, "exempel")
    return dimensions


def _dimension(code: str, labels: Mapping[str, str], *, eliminable: bool) -> dict[str, Any]:
    return {
        "label": _VARIABLE_WORDS.get(code, code.lower()),
        "category": {
            "index": {value: number for number, value in enumerate(labels)},
            "label": dict(labels),
        },
        "extension": {"elimination": eliminable, "show": "value", "codelists": []},
    }


def _title(table: ExampleTable) -> str:
    """The words by which the catalogue knows the table, its variables, and the years."""
    levels = table.declared.levels
    region = _REGION_WORDS.get(levels[0], "region") if len(levels) == 1 else "region"
    variables = [
        region if code == "Region" else _VARIABLE_WORDS.get(code, code) for code in table.labels
    ]
    tail = f"efter {', '.join(variables)}"
    subject = has_words(tail, table.declared.label) or [next(iter(table.contents.values())).text]
    words = f"{', '.join(subject)} {tail}"
    time = _TIME_WORDS[period_length(table.uses)].capitalize()
    return (
        f"{words[:1].upper()}{words[1:]}. {time} {table.periods[0]}-{table.periods[-1]} (exempel)"
    )
