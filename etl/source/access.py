"""
What it takes to ask the source and to keep its answers.

An edge: remembers for one run what several tables ask for, and lands what is worth keeping.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import orjson

from etl.binding.binding import bound
from etl.binding.bound import Bound, Use
from etl.catalogue import Catalogue
from etl.errors import SourceError
from etl.source.client import Answer, Client, Config
from etl.source.jsonstat import Dataset, dataset
from etl.source.landing import Kind, Record, intact, land, records, sha256
from etl.source.selection import Selection, check_splits, requests


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


@dataclass(frozen=True)
class Access:
    """What it takes to ask the source and to keep its answers."""

    client: Client
    config: Config
    folder: Path
    _listing: threading.Lock = field(default_factory=threading.Lock)
    _listed: list[Mapping[str, Any]] = field(default_factory=list)
    _candidates: dict[str, Answer] = field(default_factory=dict)

    def listing(self) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of all tables of the source, asked for once."""
        with self._listing:
            if not self._listed:
                self._listed.extend(list(self.client.tables("")))  # every page, or none
            return tuple(self._listed)

    def candidate(self, table: str) -> Answer:
        """Return a table's description, asked for once however many look at the table."""
        with self._listing:
            known = self._candidates.get(table)
        if known is None:
            known = self.client.metadata(table)
            with self._listing:
                self._candidates[table] = known
        return known

    def landed(
        self, kind: Kind, table: str, request: str, answer: Answer, *, updated: str | None = None
    ) -> tuple[Dataset, Record]:
        """
        Land one answer, unless it is metadata that we have; return what it says.

        `updated`: the state of the table that it is of, where its own moment is an older one.
        """
        described = dataset(answer.document)
        record = Record(
            kind=kind,
            table=table,
            request=request,
            url=answer.url,
            body=answer.body,
            fetched=answer.received,
            sha256=sha256(answer.content),
            size=len(answer.content),
            title=described.title,
            updated=described.updated if updated is None else updated,
            source=described.source,
            api_version=self.config.api_version,
            max_cells=self.config.max_cells,
            licence=self.config.licence,
            notes=described.notes if kind == "metadata" else (),
        )
        if kind == "metadata":
            same = [one for one in records(self.folder, table) if one.request == request][-1:]
            alike = same and (same[0].sha256, same[0].max_cells) == (
                record.sha256,
                record.max_cells,
            )
            if alike and intact(self.folder, record.sha256):
                return described, same[0]
        land(self.folder, answer.content, record)
        return described, record

    def metadata(self, table: str, answer: Answer | None = None) -> tuple[Dataset, Record]:
        """Ask for a table's description (or take the answer given), and land it."""
        asked = answer or self.client.metadata(table)
        return self.landed("metadata", table, request_key(table, "metadata"), asked)
