"""
The requests that together fetch a table's part of the catalogue.

Pure. The same catalogue, metadata and cell limit always give the same requests: that is how
`build` finds again what `fetch` landed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import orjson

from etl.binding import bound
from etl.bound import Bound
from etl.catalogue import Catalogue
from etl.errors import SourceError
from etl.jsonstat import Dataset
from etl.selection import Selection, check_splits, requests
from etl.uses import Use


@dataclass(frozen=True)
class Request:
    """One call: the body to post, its key, and the number of cells of the answer."""

    key: str
    body: Mapping[str, Any] = field(compare=False)
    cells: int


def bounds_of(
    catalogue: Catalogue, found: Dataset, wanted: Iterable[Use], limit: int
) -> tuple[dict[Use, tuple[Bound, ...]], dict[Use, str]]:
    """Bind every use of one table; return what can be asked for, and for the rest the reason."""
    ready: dict[Use, tuple[Bound, ...]] = {}
    reasons: dict[Use, str] = {}
    for use in wanted:
        table = catalogue.table[use.source.table]
        try:
            bounds = bound(use, table, found)
            for one in bounds:
                check_splits(one.selection, limit, one.splittable)
            ready[use] = bounds
        except SourceError as error:
            reasons[use] = str(error)
    return ready, reasons


def planned(
    table: str, metric: str, bounds: Sequence[Bound], limit: int
) -> dict[Bound, tuple[Request, ...]]:
    """
    Return the requests of each bound source of one table.

    Contents with the same selection share a request where all fit in one call; larger ones
    are asked for by themselves, which takes no more calls and less memory.
    """
    alike: dict[Any, list[Bound]] = {}
    for one in bounds:
        rest = tuple((name, codes) for name, codes in one.selection.items() if name != metric)
        alike.setdefault((rest, one.splittable - {metric}), []).append(one)
    plan: dict[Bound, tuple[Request, ...]] = {}
    for (rest, splittable), group in alike.items():
        contents = tuple(dict.fromkeys(c for one in group for c in one.selection[metric]))
        together = {**dict(rest), metric: contents}
        if prod(map(len, together.values())) <= limit:
            shared = tuple(_requests(table, together, limit, splittable))
            plan |= dict.fromkeys(group, shared)
        else:
            for one in group:
                plan[one] = tuple(_requests(table, one.selection, limit, one.splittable))
    return plan


def request_key(table: str, body: Any) -> str:
    """Return what identifies a request whatever the address of the API."""
    return hashlib.sha256(orjson.dumps([table, body], option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _requests(
    table: str, selection: Selection, limit: int, splittable: frozenset[str]
) -> Iterator[Request]:
    for part in requests(selection, limit, splittable):
        body = {
            "selection": [
                {"variableCode": variable, "valueCodes": list(codes)}
                for variable, codes in part.items()
            ]
        }
        yield Request(request_key(table, body), body, prod(map(len, part.values())))
