"""
Pulls what has changed at the source into the landing.

An edge. A request is made only when no document of the table's present `updated` answers it;
calls of all tables run side by side, as many as the limiter lets through. One table that
fails does not stop the others.
"""

import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import timedelta

from etl.binding.bound import uses
from etl.binding.resolving import Resolved
from etl.catalogue import Catalogue
from etl.errors import DocumentError, SourceError
from etl.source.access import Access, Request, bounds_of, planned
from etl.source.jsonstat import Dataset, cells, moment
from etl.source.landing import intact, records
from etl.source.progress import Progress

log = logging.getLogger(__name__)
Found = tuple[str, Dataset]
MOST_WORKERS = 30
CHANGED = "the table was updated while it was read; fetch again"
# The API answers from memory for five minutes; thrice that, and nothing is from before an update.
REMEMBERED = timedelta(minutes=15)


@dataclass(frozen=True)
class Task:
    """One request of one table, with the `updated` of the state that its answer must be of."""

    key: str
    table: str
    updated: str
    request: Request
    indicators: frozenset[str]


def fetch(
    catalogue: Catalogue,
    access: Access,
    resolved: Mapping[str, Resolved],
    *,
    only: Collection[str] = (),
    force: bool = False,
    progress: Progress,
) -> dict[str, str]:
    """Fetch every table that was found; return for each that failed the reason."""
    failed = {
        key: found.binding.reason
        for key, found in resolved.items()
        if found.binding.state in {"missing", "unreachable"}
        and any(use.source.table == key for use in uses(catalogue))
    }
    described = {
        key: (found.binding.id, found.dataset)
        for key, found in resolved.items()
        if found.binding.id and found.dataset
    }
    tasks = [
        task
        for key, table in described.items()
        for task in _tasks(catalogue, access, key, table)
        if not only or task.indicators & set(only)
    ]
    failed |= _pull(_open(tasks, access, force=force), access, progress)
    for key in [key for key, reason in failed.items() if reason == CHANGED]:
        try:
            fresh, _ = access.metadata(described[key][0])
        except SourceError as error:
            failed[key] = str(error)
            continue
        del failed[key]
        again = [
            task
            for task in _tasks(catalogue, access, key, (described[key][0], fresh))
            if not only or task.indicators & set(only)
        ]
        failed |= _pull(_open(again, access, force=force), access, progress)
    return failed


def _tasks(catalogue: Catalogue, access: Access, key: str, found: Found) -> list[Task]:
    """Return all requests of a table, each with the indicators that need it."""
    table, metadata = found
    wanted = [use for use in uses(catalogue) if use.source.table == key]
    ready, reasons = bounds_of(catalogue, metadata, wanted, access.config.max_cells)
    for use, reason in reasons.items():
        log.warning("%s %s %s: %s", use.indicator.id, use.segment.id, use.name, reason)
    bounds = [one for group in ready.values() for one in group]
    plan = planned(table, metadata.metric, bounds, access.config.max_cells)
    needed: dict[Request, set[str]] = {}
    for one, group in plan.items():
        for request in group:
            needed.setdefault(request, set()).add(one.use.indicator.id)
    return [
        Task(key, table, metadata.updated, request, frozenset(indicators))
        for request, indicators in needed.items()
    ]


def _open(tasks: list[Task], access: Access, *, force: bool) -> list[Task]:
    """Return the tasks that no landed document of the table's present state answers."""
    if force:
        return tasks
    there = {
        (record.table, record.request, record.updated): record.sha256
        for table in {task.table for task in tasks}
        for record in records(access.folder, table)
        if record.kind == "data"
    }
    return [
        task
        for task in tasks
        if (digest := there.get((task.table, task.request.key, task.updated))) is None
        or not intact(access.folder, digest)
    ]


def _pull(tasks: list[Task], access: Access, progress: Progress) -> dict[str, str]:
    """Make all calls; return the tables of which some failed, with the first reason."""
    failed: dict[str, str] = {}
    progress.expect(tasks=[(task.key, task.request.cells) for task in tasks])
    with ThreadPoolExecutor(min(MOST_WORKERS, access.config.max_calls)) as pool:
        running = {pool.submit(_land_one, task, access): task for task in tasks}
        try:
            for done in as_completed(running):
                task = running[done]
                try:
                    done.result()
                except SourceError as error:
                    failed.setdefault(task.key, str(error))
                progress.advance(task.key, task.request.cells, access.client.limiter.waited)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # a full disk needs no more answers
    return failed


def _land_one(task: Task, access: Access) -> None:
    answer = access.client.data(task.table, task.request.body)
    _check_answer(task, cells(answer.document).dataset, answer.received)
    access.landed("data", task.table, task.request.key, answer, updated=task.updated)


def _check_answer(task: Task, found: Dataset, received: str) -> None:
    """Refuse an answer to another question: other variables, codes, or state of the table."""
    selection = task.request.body["selection"]
    if more := found.dimensions.keys() - {part["variableCode"] for part in selection}:
        raise DocumentError(
            f"{task.table}: the answer is by {', '.join(sorted(more))} too, which was not asked for"
        )
    for part in selection:
        dimension = found.dimensions.get(part["variableCode"])
        if dimension is None or set(dimension.codes) != set(part["valueCodes"]):
            raise DocumentError(
                f"{task.table}: the answer has other codes of {part['variableCode']} than asked for"
            )
    if found.updated != task.updated and not _unchanged_since(found, task, received):
        raise DocumentError(CHANGED)


def _unchanged_since(found: Dataset, task: Task, received: str) -> bool:
    """
    Say whether an answer that is older than its table is of the table's present state.

    A table is as new as the newest of its contents, an answer as the newest of those asked for.
    """
    try:
        own, table = moment(found.updated), moment(task.updated)
    except ValueError:
        return False
    return own < table < moment(received) - REMEMBERED
