"""
What there is: indicators, regions, versions, as plain values.

An edge: it reads a warehouse. Keys are English, texts of the catalogue in both languages.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.api.http import Asking
from dashboard.data import queries
from dashboard.data.context import Context
from dashboard.data.queries import api
from dashboard.data.versions import Warehouse
from etl.catalogue import Indicator, Text

REGION = ("code", "name", "level", "parent", "division", "valid_from", "valid_to")

NOTHING: Mapping[str, Any] = {
    "first": None,
    "last": None,
    "regions": 0,
    "observations": 0,
    "levels": [],
}
Document = dict[str, Any]


def indicators(asking: Asking) -> Document:
    """Every indicator of the catalogue, also those without figures."""
    covered, stale = _coverage(asking), _stale(asking)
    return _enveloped(
        asking,
        [_indicator(one, covered, stale) for one in asking.context.catalogue.indicators],
    )


def indicator(asking: Asking) -> Document:
    """One indicator in full."""
    one = asking.context.catalogue.indicator[asking.values["id"]]
    return _enveloped(
        asking,
        _indicator(one, _coverage(asking), _stale(asking))
        | _described(one)
        | {
            "groups": _groups(asking, one),
            "sources": [
                {
                    "table": row["table_id"],
                    "title": text(row["title"]),
                    "segment": row["segment"],
                    "level": row["level"],
                    "updated": moment(row["updated"]),
                    "fetched": moment(row["fetched"]),
                }
                for row in queries.sources(asking.warehouse, one.id).to_dict("records")
            ],
            "notes": [
                {"table": row["table_id"], "text": row["text"]}
                for row in queries.notes(asking.warehouse, one.id).to_dict("records")
            ],
        },
    )


def regions(asking: Asking) -> Document:
    """Regions and unions by code, of some levels or below some regions."""
    levels, parents = asking.values["level"], asking.values["parent"]
    rows = queries.regions(asking.warehouse).sort_values("code")
    found = [
        {
            **{name: text(row[name]) for name in REGION},
            "members": [] if row["members"] is None else list(row["members"]),
        }
        for row in rows.to_dict("records")
        if (levels is None or row["level"] in levels)
        and (parents is None or row["parent"] in parents)
    ]
    return _enveloped(asking, found)


def versions(context: Context) -> Document:
    """The versions that are kept, newest first."""
    current = context.warehouses.newest()
    found = []
    for version in sorted(context.warehouses.kept(), reverse=True):
        with context.warehouses.at(version) as warehouse:
            if warehouse is not None:
                run = api.run(warehouse).iloc[0]
                found.append(
                    {
                        "version": version,
                        "current": version == current,
                        "built": moment(run["built"]),
                        "example": warehouse.example,
                        "observations": int(run["observations"]),
                    }
                )
    return {"meta": {"current": current}, "data": found}


def moment(value: Any) -> str | None:
    """A time of the warehouse as ISO 8601 in UTC; None when it is not known."""
    return None if pd.isna(value) else f"{value:%Y-%m-%dT%H:%M:%SZ}"


def text(value: Any) -> str | None:
    """A text of the warehouse; None where there is none."""
    return value if isinstance(value, str) else None


def _enveloped(asking: Asking, data: Any) -> Document:
    meta = {"version": asking.warehouse.version, "example": asking.warehouse.example}
    return {"meta": meta, "data": data}


def _coverage(asking: Asking) -> Mapping[str, Any]:
    """What there is of each indicator; remembered, for it reads every observation."""
    return asking.context.memory.recall(
        (asking.warehouse.version, "coverage"),
        lambda: {
            row["indicator"]: row for row in api.coverage(asking.warehouse).to_dict("records")
        },
    )


def _stale(asking: Asking) -> pd.DataFrame:
    return api.problems(asking.warehouse)


def _indicator(one: Indicator, covered: Mapping[str, Any], problems: pd.DataFrame) -> Document:
    there = covered.get(one.id, NOTHING)
    own = problems[problems["indicator"] == one.id]
    return {
        "id": one.id,
        "title": both(one.title),
        "theme": one.theme,
        "unit": both(one.unit),
        "decimals": one.decimals,
        "measure": one.measure,
        "better": one.better,
        "union": one.union,
        "dimensions": list(one.dimensions),
        "levels": list(there["levels"]),
        "first_period": there["first"],
        "last_period": there["last"],
        "regions": int(there["regions"]),
        "observations": int(there["observations"]),
        "stale": bool(own["stale"].any()),
        "reason": "; ".join(own["reason"].drop_duplicates()) or None,
    }


def _described(one: Indicator) -> Document:
    return {
        "definition": both(one.definition),
        "population": both(one.population),
        "not_captured": both(one.not_captured),
        "to_confirm": one.to_confirm,
        "breaks": [
            {
                "period": mark.period,
                "severity": mark.severity,
                "applies_to": list(mark.applies_to),
                "text": both(mark.text),
            }
            for mark in one.breaks
        ],
        "segments": [
            {
                "id": segment.id,
                "title": both(segment.title),
                "first_year": segment.years.first,
                "last_year": segment.years.last,
                "ages": segment.ages,
            }
            for segment in one.segments
        ],
    }


def _groups(asking: Asking, one: Indicator) -> Document:
    """The codes of each dimension with their names; one without a name stands for itself."""
    names = {
        (row["dimension"], row["code"]): row
        for row in api.categories(asking.warehouse).to_dict("records")
    }
    found: Document = {"sex": [], "background": [], "education": []}
    for row in api.groups(asking.warehouse, one.id).to_dict("records"):
        key = (row["dimension"], row["code"])
        known = asking.context.catalogue.category.get(key)
        label = both(known.label) if known else {"sv": key[1], "en": key[1]}
        kind = known.kind if known else "other"
        if known is None and key in names:
            label = {"sv": names[key]["label_sv"], "en": names[key]["label_en"]}
        found[key[0]].append({"code": key[1], "kind": kind, "label": label})
    return found


def both(words: Text) -> dict[str, str]:
    """A text of the catalogue in both languages."""
    return {"sv": words.sv, "en": words.en}


def freshness(warehouse: Warehouse) -> dict[str, Any]:
    """The state of the whole, of each table, and what is stale or missing and why."""
    problems = api.problems(warehouse)
    tables = api.tables(warehouse).to_dict("records")
    return {
        "status": _status(problems["stale"]),
        "version": warehouse.version,
        "built": moment(api.run(warehouse)["built"].iloc[0]),
        "example": warehouse.example,
        "tables": [
            _table(row, problems[problems["table_id"] == row["table_id"]]) for row in tables
        ],
        "problems": [
            {
                "indicator": row["indicator"],
                "segment": row["segment"],
                "source": row["source"],
                "table": text(row["table_id"]),
                "stale": bool(row["stale"]),
                "reason": row["reason"],
            }
            for row in problems.to_dict("records")
        ],
    }


def _status(stale: pd.Series) -> str:
    if stale.any():
        return "stale"
    return "ok" if stale.empty else "incomplete"


def _table(row: Mapping[Any, Any], problems: pd.DataFrame) -> dict[str, Any]:
    late = problems[problems["stale"].astype(bool)]
    return {
        "id": row["table_id"],
        "title": text(row["title"]),
        "updated": moment(row["updated"]),
        "fetched": moment(row["fetched"]),
        "next_update": moment(row["next_update"]),
        "stale": not late.empty,
        "reason": "; ".join(late["reason"].drop_duplicates()) or None,
    }
