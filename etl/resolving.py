"""
Finds every table of the catalogue at the source, by id where it still fits, else by its words.

An edge: asks the API, lands metadata. A table that does not fit is never used, whatever its
id: it is searched for, and one single fitting hit replaces it.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from etl.binding import misfits
from etl.catalogue import Catalogue, Table
from etl.errors import ApiError, BusyError, DocumentError, SourceError
from etl.jsonstat import Dataset, dataset
from etl.landing import Kind, Record, intact, land, records, sha256
from etl.names import has_words
from etl.plan import bounds_of, request_key
from etl.pxweb import Answer, Client, Config
from etl.store import Binding, TableBinding
from etl.uses import Use, uses

log = logging.getLogger(__name__)
WORKERS = 8


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
                self._listed.extend(self.client.tables(""))
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


@dataclass(frozen=True)
class Resolved:
    """
    What became of a table: its binding; its metadata and their record, if it was found.

    A table that was not found keeps the id it had last, under which its documents lie.
    """

    binding: TableBinding
    dataset: Dataset | None = None
    record: Record | None = None


def resolve(catalogue: Catalogue, access: Access, before: Binding | None) -> dict[str, Resolved]:
    """Return what every table of the catalogue is bound to today; nothing is raised for one."""

    def one(table: Table) -> Resolved:
        wanted = [use for use in uses(catalogue) if use.source.table == table.key]
        try:
            found = _resolve(table, wanted, access)
        except (ApiError, DocumentError) as error:
            found = Resolved(TableBinding("unreachable", reason=str(error)))
        last = before.tables.get(table.key) if before else None
        if found.dataset is None and last:
            kept = replace(found.binding, id=last.id, title=last.title, path=last.path)
            found = Resolved(kept)
        log.info("%s: %s", table.key, _told(table, found.binding))
        return found

    with ThreadPoolExecutor(WORKERS) as pool:
        return dict(
            zip((t.key for t in catalogue.tables), pool.map(one, catalogue.tables), strict=True)
        )


def _resolve(table: Table, wanted: Sequence[Use], access: Access) -> Resolved:
    tried = ""
    if table.id:
        try:
            answer = access.client.metadata(table.id)
            problems = _problems(table, wanted, dataset(answer.document), access.config.max_cells)
        except BusyError:
            raise
        except ApiError as error:
            problems = [str(error)]
        if not problems:
            row = access.client.table(table.id)
            return _found(access, TableBinding("found", table.id), answer, row)
        tried = f"{table.id} does not fit: {'; '.join(problems)}. "
    fitting, near = _search(table, wanted, access)
    if len(fitting) == 1:
        row, answer = fitting[0]
        return _found(access, TableBinding("healed", row["id"], reason=tried.strip()), answer, row)
    if fitting:
        ids = ", ".join(str(row["id"]) for row, _ in fitting)
        reason = f"{len(fitting)} tables fit: {ids}; add words to `label` that tell them apart"
    else:
        reason = "no table fits" + (f"; nearest: {'; '.join(near[:3])}" if near else "")
    words = " ".join(table.label)
    return Resolved(
        TableBinding(
            "missing", reason=f"{tried}Searched for {words!r} under {table.path}: {reason}"
        )
    )


def _search(
    table: Table, wanted: Sequence[Use], access: Access
) -> tuple[list[tuple[Mapping[str, Any], Answer]], list[str]]:
    """Return the tables that fit, and why those with the right title and folder do not."""
    fitting: list[tuple[Mapping[str, Any], Answer]] = []
    near: list[str] = []
    for row in _rows(access, table):
        try:
            answer = access.candidate(row["id"])
            problems = _problems(table, wanted, dataset(answer.document), access.config.max_cells)
        except SourceError as error:
            problems = [str(error)]
        if problems:
            near.append(f"{row['id']} ({problems[0]})")
        else:
            fitting.append((row, answer))
    return fitting, near


def _rows(access: Access, table: Table) -> list[Mapping[str, Any]]:
    """
    Return the rows of all tables whose title has the words and that lie in the folder.

    The search of the source stems words and passes over common ones; where it finds nothing,
    the list of all tables does.
    """
    searches = (lambda: access.client.tables(" ".join(table.label)), access.listing)
    for search in searches:
        rows = [
            row
            for row in search()
            if not has_words(row["label"], table.label)
            and any(folder.startswith(table.path) for folder in _folders(row))
        ]
        if rows:
            return rows
    return []


def _problems(table: Table, wanted: Sequence[Use], found: Dataset, limit: int) -> list[str]:
    """Return why a table cannot be the one: it does not fit, or no use of it can be bound."""
    problems = misfits(table, found)
    if problems or not wanted:
        return problems
    catalogue = Catalogue((), (), (table,), ())
    ready, reasons = bounds_of(catalogue, found, wanted, limit)
    return [] if ready else list(dict.fromkeys(reasons.values()))


def _found(
    access: Access, binding: TableBinding, answer: Answer, row: Mapping[str, object]
) -> Resolved:
    described, record = access.metadata(str(binding.id), answer)
    return Resolved(replace(binding, title=described.title, path=_path(row)), described, record)


def _folders(row: Mapping[str, object]) -> list[str]:
    paths = row.get("paths") or []
    return [str(folder["id"]) for path in paths for folder in path]  # type: ignore[attr-defined]


def _path(row: Mapping[str, object]) -> str:
    return (_folders(row) or [""])[-1]


def _told(table: Table, binding: TableBinding) -> str:
    return " ".join(filter(None, (binding.state, binding.id or table.id, binding.reason)))
