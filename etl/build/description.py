"""
The small tables of a warehouse: what its observations are, and where they come from.

Pure: catalogue and report in, frames out, with the columns of `schema.sql`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import orjson
import pandas as pd
from pandas.api.typing import NaTType

from etl.binding.binding import Bound, Use
from etl.build.building import Report, TableState
from etl.build.checks import Coverage
from etl.build.territory import TerritoryChange, territory_marks
from etl.catalogue import Catalogue
from etl.catalogue.regions import level_of_code
from etl.source.jsonstat import Note, source_moment, without_code
from etl.source.landing import Record, order_of
from etl.store import Binding

_ALL = ("", "")  # no variable and no code


def category_rows(catalogue: Catalogue, report: Report) -> pd.DataFrame:
    """Return every code with its name; what only the source names keeps the source's name."""
    named = {(category.dimension, category.code) for category in catalogue.categories}
    unnamed = {
        (group.column, group.code): without_code(
            state.dataset.dimensions[variable].labels.get(group.code, ""), group.code
        )
        for use, state, _ in report.loaded
        for category in state.bounds[use]
        for block in category.blocks
        for variable, groups in block.axes.items()
        for group in groups
        if group.column in {"sex", "background", "age", "education"}
        and (group.column, group.code) not in named
    }
    rows: list[tuple[str, str, str, str, str]] = [
        (category.dimension, category.code, category.kind, category.label.sv, category.label.en)
        for category in catalogue.categories
    ]
    rows += [(*key, "other", label, label) for key, label in unnamed.items()]
    columns = ["dimension", "code", "kind", "label_sv", "label_en"]
    return pd.DataFrame(rows, columns=columns).assign(position=range(len(rows)))


def break_rows(catalogue: Catalogue, changes: Sequence[TerritoryChange]) -> pd.DataFrame:
    """Return the breaks and cautions of all indicators, of single regions last."""
    rows = [
        (
            indicator.id,
            mark.period,
            mark.severity,
            ",".join(mark.applies_to),
            ",".join(mark.whole_with),
            mark.new_source,
            mark.text.sv,
            mark.text.en,
        )
        for indicator in catalogue.indicators
        for mark in (*indicator.breaks, *territory_marks(indicator, catalogue, changes))
    ]
    columns = ["indicator", "period", "severity", "applies_to", "whole_with", "new_source"]
    return pd.DataFrame(rows, columns=[*columns, "text_sv", "text_en"])


def source_table_rows(report: Report, binding: Binding) -> pd.DataFrame:
    """Return one row a table that was read: its newest state in use."""
    paths = {table.id: table.path for table in binding.tables.values()}
    rows = []
    for table, states in _by_table(report).items():
        state = max(states, key=lambda landed: order_of(landed.metadata))
        documents = sorted(
            {record.sha256: record for record in _documents(report, state)}.values(),
            key=lambda record: record.fetched,
        )
        rows.append(
            {
                "table_id": table,
                "title": state.metadata.title,
                "path": paths.get(table, ""),
                "updated": _utc(state.metadata.updated),
                "fetched": _utc(documents[-1].fetched),
                "sha256": _together([record.sha256 for record in documents]),
                "url": documents[-1].url,
                "licence": state.metadata.licence,
                "next_update": _announced(state.dataset.next_update),
            }
        )
    return pd.DataFrame(rows)


def indicator_source_rows(report: Report) -> pd.DataFrame:
    """Return for each indicator, segment and level the table and contents actually bound."""
    rows = [
        (
            use.indicator.id,
            use.segment.id,
            name,
            state.metadata.table,
            ",".join(
                dict.fromkeys(
                    code for bound_source in state.bounds[use] for code in bound_source.contents
                )
            ),
            min(coverage.periods),
            max(coverage.periods),
        )
        for use, state, coverage in report.loaded
        for name in (*_own_levels(use, coverage), *use.source.sum_to)
    ]
    columns = ["indicator", "segment", "level", "table_id", "contents"]
    return pd.DataFrame(rows, columns=[*columns, "first_period", "last_period"])


def _own_levels(use: Use, coverage: Coverage) -> tuple[str, ...]:
    """Return the levels of the regions that were read; what is only derived from has none."""
    read = () if use.source.derive else sorted(coverage.regions)
    return tuple(dict.fromkeys(filter(None, map(level_of_code, read))))


def note_rows(report: Report) -> pd.DataFrame:
    """
    Return the source's footnotes by the indicators that use what they are on.

    `variable` and `code` are ours: whom a note concerns. One on a table, a variable or a content
    concerns all figures of the indicator and has neither; one on what we do not use is left out.
    The same note stands once a table and code, and once a table where it concerns all.
    """
    places: dict[tuple[str, str, str], dict[tuple[str, str], bool]] = {}
    for use, state, _ in report.loaded:
        for note in state.dataset.notes:
            for place in _concerned(note, state.bounds[use]):
                key = use.indicator.id, state.metadata.table, note.text
                marked = places.setdefault(key, {})
                marked[place] = marked.get(place, False) or note.mandatory
    rows = []
    for key, marked in places.items():
        shown = {_ALL: any(marked.values())} if _ALL in marked else marked
        rows += [(*key, mandatory, *place) for place, mandatory in shown.items()]
    columns = ["indicator", "table_id", "text", "mandatory", "variable", "code"]
    return pd.DataFrame(rows, columns=columns)


def _concerned(note: Note, bounds: Iterable[Bound]) -> Iterable[tuple[str, str]]:
    """Return the columns and codes of ours that a note is on; `_ALL` for every figure."""
    groups = [
        group
        for bound_source in bounds
        for block in bound_source.blocks
        for group in block.axes.get(note.dimension, ())
    ]
    if not note.code:
        return [_ALL] if groups or not note.dimension else []
    return dict.fromkeys(
        (group.column, group.code) if group.column else _ALL
        for group in groups
        if note.code in group.plus or note.code in group.minus
    )


def problem_rows(report: Report) -> pd.DataFrame:
    """Return what is stale or missing, and why."""
    rows = [
        (use.indicator.id, use.segment.id, use.name, stale, reason)
        for use, stale, reason in report.problems
    ]
    return pd.DataFrame(rows, columns=["indicator", "segment", "source", "stale", "reason"])


def warning_rows(report: Report) -> pd.DataFrame:
    """Return what was declared and is absent, each once."""
    return pd.DataFrame({"text": list(dict.fromkeys(map(str, report.warnings)))})


def lineage_rows(report: Report) -> pd.DataFrame:
    """Return for each source the documents it was read from, and what it covered."""
    return pd.DataFrame(
        [
            {
                "indicator": use.indicator.id,
                "segment": use.segment.id,
                "source": use.name,
                "table_key": use.source.table,
                "table_id": state.metadata.table,
                "metadata": state.metadata.sha256,
                "documents": [record.sha256 for record in state.used(use)],
                "regions": sorted(coverage.regions),
                "periods": sorted(coverage.periods),
                "medians": orjson.dumps(coverage.medians).decode(),
            }
            for use, state, coverage in report.loaded
        ]
    )


def region_labels(report: Report) -> dict[str, str]:
    """Return the source's names of the regions that were read, by the source's own codes."""
    labels: dict[str, str] = {}
    for use, state, coverage in report.loaded:
        for bound_source in state.bounds[use]:
            for variable, groups in bound_source.blocks[0].axes.items():
                texts: Mapping[str, str] = state.dataset.dimensions[variable].labels
                labels |= {
                    code: without_code(texts[code], code)
                    for group in groups
                    if group.column == "region" and group.code in coverage.regions
                    for code in group.plus
                }
    return labels


def _by_table(report: Report) -> dict[str, list[TableState]]:
    states: dict[str, list[TableState]] = {}
    for _, state, _ in report.loaded:
        states.setdefault(state.metadata.table, []).append(state)
    return states


def _documents(report: Report, state_read: TableState) -> Iterable[Record]:
    for use, state, _ in report.loaded:
        if state is state_read:
            yield from state.used(use)


def _together(digests: list[str]) -> str:
    """Return the hash of one document, or the hash of the hashes of several."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _utc(sent: str) -> datetime | None:
    """Return a moment of the source as UTC without zone, to the second."""
    if not sent:
        return None
    return source_moment(sent).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _announced(sent: str) -> datetime | NaTType:
    """Return an announced moment as UTC without zone; one that cannot be read announces nothing."""
    try:
        return _utc(sent) or pd.NaT
    except ValueError:
        return pd.NaT
