"""
The gap between two groups as rows of files and of the API: what their columns are.

Pure. The figures, and what is sure of them, are those of `rules.gaps` and `rules.gap_changes`.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.codes import GapMeasure
from dashboard.data.observation import Observation
from dashboard.rules.gap_changes import GapRow
from dashboard.rules.gaps import Gap, differing, gap_indicator
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
