"""
The comparisons that were tried of a region, as records of the API and rows of a CSV.

Pure. Everything by which `rules.highlights` chooses is in a record, so that the list can be made
again from the file: a candidate may be named where `refusal` is empty, and `place` says which were.
"""

import csv
import io
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from dashboard.exports.delimited import neutral
from dashboard.rules.highlights import Candidate, Highlights
from etl.catalogue import Catalogue

# As they stand in the file; those of a record of the API are the same.
CANDIDATE_COLUMNS = (
    "region", "indicator", "position", "theme", "family", "resource", "kind", "from", "period",
    "segment", "value", "first", "second", "median", "mad", "z", "compared", "limit", "noise",
    "persons", "fewest", "refusal", "place", "tables", "examined", "least_z", "version", "example",
)  # fmt: skip
_END = "\r\n"


def candidate_records(
    region: str,
    found: Highlights,
    catalogue: Catalogue,
    *,
    resources: Collection[str],
    tables: Callable[[Candidate], Sequence[str]],
) -> Iterator[dict[str, Any]]:
    """
    Every comparison that a region has a number for, in the order of the catalogue.

    Missing numbers are None. `from` and `period` are the first and the last periods of a change,
    with a space between where they are two. `tables` gives those behind a comparison. `refusal` is
    "chance" where |z| is under `least_z`.
    """
    places = {id: number for number, id in enumerate(catalogue.indicator, start=1)}
    chosen = [(one.indicator.id, one.kind) for one in found.chosen]
    for one in sorted(found.candidates, key=lambda one: places[one.indicator.id]):
        key = (one.indicator.id, one.kind)
        by_chance = one.refusal == "" and abs(one.z) < found.least_z
        yield {
            "region": region,
            "indicator": one.indicator.id,
            "position": places[one.indicator.id],
            "theme": one.indicator.theme,
            "family": one.indicator.family or one.indicator.id,
            "resource": one.indicator.id in resources,
            "kind": one.kind,
            "from": " ".join(one.starts) or None,
            "period": " ".join(one.ends),
            "segment": one.segment,
            **_numbers(one),
            "refusal": "chance" if by_chance else one.refusal,
            "place": chosen.index(key) + 1 if key in chosen else None,
            "tables": list(tables(one)),
        }


def write_candidates(
    records: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]
) -> Iterator[bytes]:
    """The records as CSV for programs, with what they share (`examined`, `least_z`, …) in each."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator=_END)
    writer.writerow(CANDIDATE_COLUMNS)
    for record in records:
        row = {**record, **shared}
        writer.writerow([_field(row[name]) for name in CANDIDATE_COLUMNS])
    yield lines.getvalue().encode()


def _numbers(one: Candidate) -> dict[str, float | int | None]:
    names = (
        "value", "first", "second", "median", "mad", "z", "compared", "limit", "noise", "persons",
        "fewest",
    )  # fmt: skip
    numbers = {name: getattr(one, name) for name in names}
    return {name: number if math.isfinite(number) else None for name, number in numbers.items()}


def _field(value: object) -> object:
    """
    A truth as JSON writes it; several tables joined by "+"; what is missing as nothing.

    Text that a spreadsheet would calculate is made neutral; numbers stay numbers.
    """
    if isinstance(value, list):
        return neutral("+".join(value))
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
