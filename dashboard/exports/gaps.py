"""
The gap between two groups as rows of files and of the API: what their columns are.

Pure. The figures, and what is sure of them, are those of `rules.gaps` and `rules.gap_changes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dashboard.codes import GapMeasure
from dashboard.data.observation import Observation
from dashboard.exports.extract import LICENCE, PlainTable, address_told
from dashboard.rules.gap_changes import METHOD, GapRow
from dashboard.rules.gaps import Gap, differing, gap_indicator
from dashboard.sentences.gaps import moves_words
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

GAP_COLUMNS = (
    "indicator", "region", "region_name", "period", "first_group", "second_group", "first_value",
    "first_status", "second_value", "second_status", "value", "unit", "reason", "segment", "kind",
)  # fmt: skip
GAP_CHANGE_COLUMNS = (
    "indicator", "region", "region_name", "period", "first_group", "second_group", "first_value",
    "first_status", "second_value", "second_status", "difference", "ratio", "index", "unit",
    "reason", "change_from", "change_to", "years", "start", "end", "change", "verdict", "cause",
    "doubt", "persons", "noise", "segment", "kind",
)  # fmt: skip
_COMPUTED = "computed"
_TYPES = dict.fromkeys(
    ("first_value", "second_value", "difference", "ratio", "index", "start", "end", "change",
     "persons", "noise"),
    pa.float64(),
) | {"years": pa.int64()}  # fmt: skip
_SAID = ("source", "version", "example")  # in every row, as it may be taken out of the file
_SCHEMA = pa.schema(
    [(name, _TYPES.get(name, pa.string())) for name in (*GAP_CHANGE_COLUMNS, *_SAID)]
)
# For readers: the heads of the columns, as terms without "column_", in their order.
_READER_COLUMNS = (
    "indicator", "region_name", "region_text", "period", "first_group", "first_value",
    "first_status", "second_group", "second_value", "second_status", "difference", "ratio",
    "index", "unit", "no_gap", "change_from", "change_to", "years", "start", "end",
    "size_change", "gap_verdict", "moved", "doubt", "persons", "segment", "kind", "source",
)  # fmt: skip


@dataclass(frozen=True)
class GapTable:
    """
    The regions of a list as rows of a file, and what is said of them.

    `names` are the groups'; `source` says whose figures they are worked out from.
    """

    rows: Sequence[GapRow]
    indicator: Indicator
    pair: tuple[str, str]
    names: tuple[str, str]
    regions: Mapping[str, str]
    until: str
    version: str
    example: bool
    permalink: str
    source: str
    lang: Lang

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as `gap_change_record`."""
        return [
            gap_change_record(
                row,
                self.indicator,
                pair=self.pair,
                name=self.regions[row.region],
                until=self.until,
                lang=self.lang,
            )
            for row in self.rows
        ]


def gap_table(*lists: GapTable) -> PlainTable:
    """
    The columns of `GAP_CHANGE_COLUMNS` and the version; the same in words; and the method.

    Of several lists, each of an indicator, in their order; what is said is of the first.
    """
    rows = lists[0]
    lang = rows.lang
    titles = ", ".join(dict.fromkeys(one.indicator.title[lang] for one in lists))
    said = {"version": rows.version, "example": str(rows.example).lower()}
    records = [record | said | {"source": one.source} for one in lists for record in one.records]
    sources = list(dict.fromkeys(one.source for one in lists))
    unaddressed = address_told(rows.permalink, lang)
    worded: dict[str, list[Any]] = {}
    for one in lists:
        for head, values in _worded(one).items():
            worded.setdefault(head, []).extend(values)
    example = [(term("example", lang), term("example_why", lang))] if rows.example else []
    return PlainTable(
        rows=pa.Table.from_pylist(records, _SCHEMA),
        worded=worded,
        said={
            **said,
            "title": titles,
            "source": "; ".join(sources),
            "method": METHOD[lang],
            "licence": LICENCE,
            "permalink": rows.permalink,
            "permalink_note": " ".join(unaddressed),
        },
        about=[
            *example,
            (term("column_indicator", lang), titles),
            *((term("export_source", lang), source) for source in sources),
            (term("export_remark", lang), METHOD[lang]),
            (term("export_licence", lang), LICENCE),
            (term("export_permalink", lang), rows.permalink),
            *((term("export_remark", lang), text) for text in unaddressed),
            (term("export_version", lang), rows.version),
        ],
        lang=lang,
    )


def _worded(rows: GapTable) -> dict[str, list[Any]]:
    """The same for readers: lists of words and numbers by the head of their column."""
    lang, indicator = rows.lang, rows.indicator
    segments = {segment.id: segment.title[lang] for segment in indicator.segments}
    lines = []
    for row, record in zip(rows.rows, rows.records, strict=True):
        change, doubt = row.change, record["doubt"]
        words = {
            "indicator": indicator.title[lang],
            "region_text": f"{row.region} {record['region_name']}",
            "first_group": rows.names[0],
            "second_group": rows.names[1],
            "no_gap": _no_gap_words(row, lang),
            "size_change": record["change"],
            "gap_verdict": term(f"happened_{change.verdict}", lang) if change else None,
            "moved": moves_words(change, rows.names, lang) if change else None,
            "doubt": term(f"mark_{doubt}", lang) if doubt else None,
            "segment": segments.get(record["segment"] or "", record["segment"]),
            "kind": term("computed", lang),
            "source": rows.source,
        }
        lines.append({name: (record | words)[name] for name in _READER_COLUMNS})
    heads = {name: term(f"column_{name}", lang) for name in _READER_COLUMNS}
    columns = {heads[name]: [line[name] for line in lines] for name in _READER_COLUMNS}
    if rows.example:
        columns[term("column_remark", lang)] = [term("example", lang)] * len(lines)
    return columns


def _no_gap_words(row: GapRow, lang: Lang) -> str | None:
    """Why a region has no difference, or no ratio; None where it has both."""
    reason = gap_reason(row.gap, "ratio") if row.gap else "missing"
    if reason is None:
        return None
    if reason == "missing":
        return (row.gap and format.symbol(row.gap.status)) or term("not_available", lang)
    if row.gap and row.gap.value is None:
        return term(f"aside_{reason}", lang)
    return term("no_ratio_short", lang)


def gap_record(gap: Gap, measure: GapMeasure, *, name: str, lang: Lang) -> dict[str, Any]:
    """A region and year by a measure: the columns of `GAP_COLUMNS`."""
    measured = gap_indicator([gap], gap.indicator, measure)
    return {
        **_sides(gap, name),
        "value": gap.by(measure),
        "unit": measured.unit[lang],
        "reason": gap_reason(gap, measure),
        "segment": _segment(gap),
        "kind": _COMPUTED,
    }


def gap_change_record(
    row: GapRow, indicator: Indicator, *, pair: tuple[str, str], name: str, until: str, lang: Lang
) -> dict[str, Any]:
    """
    A region of a list: the columns of `GAP_CHANGE_COLUMNS`.

    Its gap in the year `until` by every measure, and what became of it over the period of the
    list, both null where there is none. `difference`, `start`, `end`, `change` and `noise` are in
    `unit`.
    """
    gap, change = row.gap, row.change
    nothing = dict.fromkeys(GAP_CHANGE_COLUMNS)
    sides = _sides(gap, name) if gap else {
        "indicator": indicator.id, "region": row.region, "region_name": name, "period": until,
        "first_group": pair[0], "second_group": pair[1],
    }  # fmt: skip
    of_gap: Mapping[str, Any] = {"reason": "missing"}
    if gap:
        of_gap = {
            "difference": gap.value,
            "ratio": gap.ratio,
            "index": gap.index,
            "reason": gap_reason(gap, "ratio"),
            "segment": _segment(gap),
        }
    of_change: Mapping[str, Any] = {}
    if change:
        of_change = {
            "change_from": "/".join(change.period.first),
            "change_to": "/".join(change.period.last),
            "years": change.period.years,
            "start": change.start,
            "end": change.end,
            "change": change.change,
            "verdict": change.verdict,
            "cause": change.cause if change.verdict in {"narrowing", "widening"} else None,
        }
    return {
        **nothing,
        **sides,
        **of_gap,
        **of_change,
        "unit": gap_indicator([gap] if gap else [], indicator, "gap").unit[lang],
        "doubt": row.change_doubt,
        "persons": row.persons,
        "noise": row.noise,
        "kind": _COMPUTED,
    }


def gap_reason(gap: Gap, measure: GapMeasure) -> str | None:
    """Why a gap has no value by a measure; None where it has one."""
    if gap.value is None:
        return gap.difference.verdict.reason or "missing"
    return None if measure == "gap" else gap.no_ratio


def _sides(gap: Gap, name: str) -> dict[str, Any]:
    dimension = differing((gap.first.group, gap.second.group))
    return {
        "indicator": gap.first.indicator,
        "region": gap.first.region,
        "region_name": name,
        "period": gap.period,
        "first_group": getattr(gap.first, dimension),
        "second_group": getattr(gap.second, dimension),
        "first_value": _number(gap.first),
        "first_status": gap.first.status,
        "second_value": _number(gap.second),
        "second_status": gap.second.status,
    }


def _number(side: Observation) -> float | None:
    return side.value if side.present else None


def _segment(gap: Gap) -> str:
    """The segment of both groups; of two they are joined."""
    return "|".join(dict.fromkeys((gap.first.segment, gap.second.segment)))
