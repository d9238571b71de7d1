"""
How fresh the data are, for whoever watches the panel.

An edge: it reads a warehouse. "stale": a source could not be updated and older figures are
shown; "incomplete": a source is missing altogether and none is stale; "ok": neither.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.api import questions
from dashboard.api.listing import moment, text
from dashboard.warehouse import Warehouse


def freshness(warehouse: Warehouse) -> dict[str, Any]:
    """The state of the whole, of each table, and what is stale or missing and why."""
    problems = questions.problems(warehouse)
    tables = questions.tables(warehouse).to_dict("records")
    return {
        "status": _status(problems["stale"]),
        "version": warehouse.version,
        "built": moment(questions.run(warehouse)["built"].iloc[0]),
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
