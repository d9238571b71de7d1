"""
Finds every table of the catalogue at the source, and fetches what its indicators need of it.

An edge: asks the API, lands documents. A table is found by id where it still fits, else by its
words. One that does not fit is never used, whatever its id: it is searched for, and one single
fitting hit replaces it; of several the one that holds no other years than declared.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from etl.binding.binding import Bound, Use, bounds_of, period_length, planned, uses
from etl.binding.fitting import misfits, oddities
from etl.binding.texts import likeness, only_unit
from etl.catalogue import Catalogue, Table
from etl.catalogue.regions import Regions
from etl.errors import ApiError, BusyError, DocumentError, SourceError
from etl.source.client import ApiAnswer
from etl.source.fetching import CHANGED, Access, Progress, Task, fetch_tasks
from etl.source.jsonstat import Dataset, document_dataset, has_words
from etl.source.landing import Record
from etl.store import Binding, TableBinding

log = logging.getLogger(__name__)
_WORKERS = 8
_NEAREST_TABLES, _LOOKED_AT = 3, 2


@dataclass(frozen=True)
class Resolved:
    """
    What became of a table: its binding; its metadata and their record, if it was found.

    A table that was not found keeps the id it had last, under which its documents lie. Of one
    that was found, `lost` are the uses that cannot be bound to it, with the reasons, and
    `warnings` is what is otherwise than declared, each once.
    """

    binding: TableBinding
    dataset: Dataset | None = None
    record: Record | None = None
    lost: Mapping[Use, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Sought:
    """A table that is looked for: how it is declared, for which uses, and where."""

    table: Table
    sources: Sequence[Use]
    access: Access
    known: Regions

    def bounds(self, found: Dataset) -> tuple[dict[Use, tuple[Bound, ...]], dict[Use, str]]:
        """Return what can be bound to a table, and for the rest the reason."""
        limit = self.access.config.max_cells
        return bounds_of(self.table, found, self.sources, self.known, limit=limit)

    def problems(self, found: Dataset, *, by_title: bool) -> list[str]:
        """
        Return why a table cannot be the one: it does not fit, or no use of it can be bound.

        What was found by its title must hold a documented code, if any content has one: the
        source gives no two contents the same code, so one is enough to know the table again.
        What is to stand for a table with a known id must say what it counts, in a code or a text.
        """
        length = period_length(self.sources)
        problems = misfits(self.table, found, self.known, length=length, by_title=by_title)
        documented = {
            one.code: one.text for use in self.sources for one in use.contents if one.code
        }
        if (
            by_title
            and documented
            and not documented.keys() & set(found.dimensions[found.metric].labels)
        ):
            codes = ", ".join(f"{text!r} ({code})" for code, text in documented.items())
            problems.append(f"it has none of the contents by their documented codes: {codes}")
        if problems or not self.sources:
            return problems
        ready, lost = self.bounds(found)
        if not ready:
            return list(dict.fromkeys(lost.values()))
        texts = [one.text for use in self.sources for one in use.contents]
        if by_title and self.table.id and not documented and all(map(only_unit, texts)):
            problems.append(
                f"nothing tells that it counts the same: its content is but {texts[0]!r}, and no "
                "code of it is documented"
            )
        return problems

    def resolved(
        self, binding: TableBinding, answer: ApiAnswer, row: Mapping[str, Any]
    ) -> Resolved:
        """Land the description of the table that was found; say what is lost and told of it."""
        found, record = self.access.metadata(str(binding.id), answer)
        ready, lost = self.bounds(found)
        told = list(oddities(self.table, found, self.known))
        told += [text for bounds in ready.values() for one in bounds for text in one.warnings]
        named = replace(binding, title=found.title, path=_path(row))
        return Resolved(named, found, record, lost, tuple(dict.fromkeys(told)))


def resolve_tables(
    catalogue: Catalogue,
    access: Access,
    before: Binding | None,
    known: Regions,
    *,
    asked: Collection[str] | None = None,
) -> dict[str, Resolved]:
    """
    Return what every table of the catalogue is bound to today; nothing is raised for one.

    With `asked`, only the tables with these keys.
    """
    tables = [table for table in catalogue.tables if asked is None or table.key in asked]

    def resolved_table(table: Table) -> Resolved:
        sought = _Sought(table, uses(catalogue, table.key), access, known)
        try:
            resolved = _resolve(sought)
        except (ApiError, DocumentError) as error:
            resolved = Resolved(TableBinding("unreachable", reason=str(error)))
        last = before.tables.get(table.key) if before else None
        if resolved.dataset is None and last:
            binding = replace(resolved.binding, id=last.id, title=last.title, path=last.path)
            resolved = Resolved(binding)
        log.info("%s: %s", table.key, _outcome(table, resolved.binding))
        return resolved

    with ThreadPoolExecutor(_WORKERS) as pool:
        resolved = pool.map(resolved_table, tables)
        return dict(zip((table.key for table in tables), resolved, strict=True))


def _resolve(sought: _Sought) -> Resolved:
    table, access, tried = sought.table, sought.access, ""
    if table.id:
        try:
            answer = access.client.metadata(table.id)
            problems = sought.problems(_described(table.id, answer), by_title=False)
            same = access.keep_refused(table.id, answer) if problems else ""
        except BusyError:
            raise
        except ApiError as error:
            problems, same = [str(error)], ""
        if not problems:
            binding = TableBinding("found", table.id)
            return sought.resolved(binding, answer, _row(access, table.id))
        same = f" ({same})" if same else ""
        tried = f"{table.id} does not fit: {'; '.join(problems)}{same}. "
    fitting, against = _search(sought)
    if len(fitting) == 1:
        row, answer = fitting[0]
        binding = TableBinding("healed", row["id"], reason=tried.strip())
        return sought.resolved(binding, answer, row)
    if fitting:
        named = {str(row["id"]): f"{row['id']} {row['label']!r}" for row, _ in fitting}
        reason = f"{len(fitting)} tables fit, give `id` or more words in `label`: "
    else:
        named = _near(table, access, against)
        reason = "no table fits; nearest: "
    nothing = f"nothing, the folder {table.path} is empty"
    reason += ("; ".join(named.values()) or nothing) + _choice([*named], table.id)
    words = " ".join(table.label)
    return Resolved(
        TableBinding(
            "missing", reason=f"{tried}Searched for {words!r} under {table.path}: {reason}"
        )
    )


def _described(table: str, answer: ApiAnswer) -> Dataset:
    """
    Read the description of a table.

    Raises:
        DocumentError: naming the table, and what to do.

    """
    try:
        return document_dataset(answer.document)
    except DocumentError as error:
        raise DocumentError(
            f"the description of {table} cannot be read: {error}; it is asked for again by the "
            f"next run, and `python -m etl show {table} --live` tells what SCB says by then"
        ) from error


def _search(
    sought: _Sought,
) -> tuple[list[tuple[Mapping[str, Any], ApiAnswer]], dict[str, str]]:
    """
    Return the tables that fit, and by their ids why those with the right title and folder do not.

    Of several that fit, one alone that holds no other years than declared is the one.

    Raises:
        BusyError: when one of them could not be looked at, so that nobody knows how many fit.

    """
    fitting: list[tuple[Mapping[str, Any], ApiAnswer]] = []
    exact: list[tuple[Mapping[str, Any], ApiAnswer]] = []
    against: dict[str, str] = {}
    for row in _rows(sought.access, sought.table):
        try:
            answer = sought.access.candidate(row["id"])
            found = document_dataset(answer.document)
            problems = sought.problems(found, by_title=True)
            if problems:
                sought.access.keep_refused(row["id"], answer)
        except BusyError:
            raise
        except SourceError as error:
            problems = [str(error)]
        if problems:
            against[str(row["id"])] = problems[0]
            continue
        fitting.append((row, answer))
        if all(period in sought.table.years for period in found.dimensions[found.time].codes):
            exact.append((row, answer))
    return exact if len(exact) == 1 else fitting, against


def _choice(ids: Sequence[str], refused: str | None) -> str:
    """Return what to write in the catalogue, where there are tables to choose from."""
    others = [name for name in ids if name != refused]
    if not others:
        return ""
    if len(others) == 1:
        return f"; if it has the data, write `id: {others[0]}`"
    return f"; write `id:` of the one that has the data: {', '.join(others)}"


def _near(table: Table, access: Access, against: Mapping[str, str]) -> dict[str, str]:
    """
    Return what is nearest in the folder, by title and variables: in words, by id.

    Of what was looked at, with the first reason against it, the two most alike at most.
    """
    try:
        rows = {str(row["id"]): row for row in access.listing() if _lies(row, table)}
    except BusyError:
        raise
    except ApiError as error:
        log.info("%s: what else is in its folder is not known: %s", table.key, error)
        rows = {}
    words = " ".join((*table.label, *(variable.code for variable in table.variables)))
    likely = {
        name: likeness(words, " ".join((row["label"], *(row.get("variableNames") or ()))))
        for name, row in rows.items()
    }
    ranked = sorted(rows.keys() | against.keys(), key=lambda name: (-likely.get(name, 0), name))
    looked_at = [name for name in ranked if name in against][:_LOOKED_AT]
    others = [name for name in ranked if name not in against]
    told = {}
    for name in [*looked_at, *others][:_NEAREST_TABLES]:
        title = str(rows[name]["label"]) if name in rows else ""
        lacking = ", ".join(map(repr, has_words(title, table.label)))
        told[name] = f"{name} {title!r} ({against.get(name) or f'lacks {lacking}'})"
    return told


def _row(access: Access, table: str) -> Mapping[str, Any]:
    """Return the row of a table; an empty one where the search index does not have it (yet)."""
    try:
        return access.client.table(table)
    except SourceError as error:
        log.info("%s: used without its row: %s", table, error)
        return {}


def _rows(access: Access, table: Table) -> list[Mapping[str, Any]]:
    """
    Return the rows of all tables whose title has the words and that lie in the folder.

    The search of the source stems words and passes over common ones; where it finds nothing,
    or cannot read the words, the list of all tables does.
    """
    try:
        rows = _fitting(table, access.client.tables(" ".join(table.label)))
    except BusyError:
        raise
    except ApiError as error:
        log.info("%s: its words cannot be searched for: %s", table.key, error)
        rows = []
    return rows or _fitting(table, access.listing())


def _fitting(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rows if not has_words(row["label"], table.label) and _lies(row, table)]


def _lies(row: Mapping[str, Any], table: Table) -> bool:
    """Say whether a table of the source lies in the folder that is declared."""
    return any(folder.startswith(table.path) for folder in table_folders(row))


def table_folders(row: Mapping[str, Any]) -> list[str]:
    """Return the ids of the folders that a table lies in, from its row, the innermost last."""
    return [folder for path in row.get("paths", ()) for folder in path]


def _path(row: Mapping[str, Any]) -> str:
    return (table_folders(row) or [""])[-1]


def _outcome(table: Table, binding: TableBinding) -> str:
    return " ".join(filter(None, (binding.state, binding.id or table.id, binding.reason)))


def fetch_tables(
    catalogue: Catalogue,
    access: Access,
    resolved: Mapping[str, Resolved],
    *,
    known: Regions,
    only: Collection[str] = (),
    force: bool = False,
    progress: Progress,
) -> dict[str, str]:
    """Fetch every table that was found; return for each that failed the reason."""
    failed = {
        key: table.binding.reason
        for key, table in resolved.items()
        if table.binding.state in {"missing", "unreachable"} and uses(catalogue, key)
    }
    limit = access.config.max_cells
    ids = {key: table.binding.id for key, table in resolved.items() if table.binding.id}

    def tasks(key: str, metadata: Dataset, record: Record) -> list[Task]:
        table, sources = catalogue.table[key], uses(catalogue, key)
        ready, reasons = bounds_of(table, metadata, sources, known, limit=limit)
        for use, reason in reasons.items():
            log.info("%s %s %s: %s", use.indicator.id, use.segment.id, use.name, reason)
        plan = planned(ids[key], metadata.metric, chain.from_iterable(ready.values()), limit)
        requests = dict.fromkeys(
            request
            for bound_source, needed in plan.items()
            if not only or bound_source.use.indicator.id in only
            for request in needed
        )
        return [Task(key, ids[key], metadata.updated, request, record.turn) for request in requests]

    all_tasks = [
        task
        for key, table in resolved.items()
        if key in ids and table.dataset and table.record
        for task in tasks(key, table.dataset, table.record)
    ]
    failed |= fetch_tasks(all_tasks, access, progress, force=force)
    for key in [key for key, reason in failed.items() if reason == CHANGED]:
        try:
            metadata, record = access.metadata(ids[key])
        except SourceError as error:
            failed[key] = str(error)
            continue
        del failed[key]
        failed |= fetch_tasks(tasks(key, metadata, record), access, progress, force=force)
    return failed
