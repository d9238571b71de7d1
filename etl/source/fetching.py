"""
Asks the source for what has changed and lands it, calls of all tables side by side.

An edge. A request is made only when no document of the table's present `updated` answers it.
One table that fails does not stop the others. How far it has come is a moving line on a terminal,
plain log lines elsewhere.
"""

import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from etl.errors import DocumentError, SourceError
from etl.source.client import ApiAnswer, Client, Config
from etl.source.jsonstat import Dataset, document_cells, document_dataset, source_moment
from etl.source.landing import DocumentKind, Record, intact, land, records, sha256
from etl.source.selection import CellRequest, request_key

log = logging.getLogger(__name__)
_MOST_WORKERS = 30
CHANGED = "the table was updated while it was read; fetch again"
# The API answers from memory for five minutes; thrice that, and nothing is from before an update.
_API_MEMORY = timedelta(minutes=15)


@dataclass(frozen=True)
class Access:
    """What it takes to ask the source and to keep its answers."""

    client: Client
    config: Config
    folder: Path
    _listing: threading.Lock = field(default_factory=threading.Lock)
    _listed: list[Mapping[str, Any]] = field(default_factory=list)
    _candidates: dict[str, ApiAnswer] = field(default_factory=dict)

    def listing(self) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of all tables of the source, asked for once."""
        with self._listing:
            if not self._listed:
                self._listed.extend(list(self.client.tables("")))  # every page, or none
            return tuple(self._listed)

    def candidate(self, table: str) -> ApiAnswer:
        """Return a table's description, asked for once however many look at the table."""
        with self._listing:
            answer = self._candidates.get(table)
        if answer is None:
            answer = self.client.metadata(table)
            with self._listing:
                self._candidates[table] = answer
        return answer

    def record(
        self, kind: DocumentKind, table: str, request: str, answer: ApiAnswer, **described: Any
    ) -> Record:
        """Return the record of an answer; `described`: its title, update and source."""
        return Record(
            kind=kind,
            table=table,
            request=request,
            url=answer.url,
            body=answer.body,
            fetched=answer.received,
            sha256=sha256(answer.content),
            size=len(answer.content),
            api_version=self.config.api_version,
            max_cells=self.config.max_cells,
            licence=self.config.licence,
            **described,
        )

    def landed(
        self,
        kind: DocumentKind,
        table: str,
        request: str,
        answer: ApiAnswer,
        *,
        updated: str | None = None,
    ) -> tuple[Dataset, Record]:
        """
        Land one answer, unless it is a description that we have; return what it says.

        `updated`: the state of the table that it is of, where its own moment is an older one.
        """
        described = document_dataset(answer.document)
        record = self.record(
            kind,
            table,
            request,
            answer,
            title=described.title,
            updated=described.updated if updated is None else updated,
            source=described.source,
        )
        if kind != "data":
            landed = [old for old in records(self.folder, table) if old.request == request]
            alike = [(old.sha256, old.max_cells) for old in landed[-1:]]
            if alike == [(record.sha256, record.max_cells)] and intact(self.folder, record.sha256):
                return described, landed[-1]
        land(self.folder, answer.content, record)
        return described, record

    def metadata(self, table: str, answer: ApiAnswer | None = None) -> tuple[Dataset, Record]:
        """Ask for a table's description (or take the answer given), and land it."""
        asked = answer or self.client.metadata(table)
        return self.landed("metadata", table, request_key(table, "metadata"), asked)

    def keep_refused(self, table: str, answer: ApiAnswer) -> None:
        """Land the description of a table that is not read, for whoever repairs the catalogue."""
        self.landed("refused", table, request_key(table, "refused"), answer)


class Progress:
    """Counts calls and cells; a table is done when its last call is."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to `console`, standard error by default."""
        self._console = console or Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("calls · {task.fields[cells]:,} cells · waited {task.fields[waited]:.0f} s"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._left: Counter[str] = Counter()
        self._cells: Counter[str] = Counter()
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the line."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the line as it is."""
        self._bar.stop()

    def expect(self, tasks: list[tuple[str, int]]) -> None:
        """Say what is coming: a table and its number of cells for each call."""
        self._left.update(key for key, _ in tasks)
        for key, count in tasks:
            self._cells[key] += count
        log.info(
            "%d calls, %d cells in %d tables", len(tasks), sum(n for _, n in tasks), len(self._left)
        )
        if self._task is None:
            self._task = self._bar.add_task("tables", total=0, cells=0, waited=0.0)
        total = (self._bar.tasks[0].total or 0) + len(tasks)
        self._bar.update(self._task, total=total)

    def advance(self, table: str, count: int, waited: float) -> None:
        """Count one answered call; `waited` is the seconds spent waiting for the limiter."""
        self._left[table] -= 1
        if self._left[table] == 0:
            log.info("%s: %d cells landed", table, self._cells[table])
        if self._task is not None:
            done = sum(1 for left in self._left.values() if left == 0)
            self._bar.update(
                self._task,
                advance=1,
                description=f"{done} of {len(self._left)} tables",
                cells=self._bar.tasks[0].fields["cells"] + count,
                waited=waited,
            )


@dataclass(frozen=True)
class Task:
    """One request of one table, with the `updated` of the state that its answer must be of."""

    key: str
    table: str
    updated: str
    request: CellRequest


def _open(tasks: Sequence[Task], access: Access, *, force: bool) -> Sequence[Task]:
    """Return the tasks that no landed document of the table's present state answers."""
    if force:
        return tasks
    digests = {
        (record.table, record.request, record.updated): record.sha256
        for table in {task.table for task in tasks}
        for record in records(access.folder, table)
        if record.kind == "data"
    }
    return [
        task
        for task in tasks
        if (digest := digests.get((task.table, task.request.key, task.updated))) is None
        or not intact(access.folder, digest)
    ]


def fetch_tasks(
    tasks: Sequence[Task], access: Access, progress: Progress, *, force: bool
) -> dict[str, str]:
    """Make all calls that are needed; return the tables of which some failed, and why first."""
    failed: dict[str, str] = {}
    tasks = _open(tasks, access, force=force)
    progress.expect(tasks=[(task.key, task.request.cells) for task in tasks])
    with ThreadPoolExecutor(min(_MOST_WORKERS, access.config.max_calls)) as pool:
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
    _check_answer(task, document_cells(answer.document).dataset, answer.received)
    access.landed("data", task.table, task.request.key, answer, updated=task.updated)


def _check_answer(task: Task, answered: Dataset, received: str) -> None:
    """Refuse an answer to another question: other variables, codes, or state of the table."""
    selection = task.request.body["selection"]
    if more := answered.dimensions.keys() - {part["variableCode"] for part in selection}:
        raise DocumentError(
            f"{task.table}: the answer is by {', '.join(sorted(more))} too, which was not asked for"
        )
    for part in selection:
        dimension = answered.dimensions.get(part["variableCode"])
        if dimension is None or set(dimension.codes) != set(part["valueCodes"]):
            raise DocumentError(
                f"{task.table}: the answer has other codes of {part['variableCode']} than asked for"
            )
    if answered.updated != task.updated and not _unchanged_since(answered, task, received):
        raise DocumentError(CHANGED)


def _unchanged_since(answered: Dataset, task: Task, received: str) -> bool:
    """
    Say whether an answer that is older than its table is of the table's present state.

    A table is as new as the newest of its contents, an answer as the newest of those asked for.
    """
    try:
        of_answer, table = source_moment(answered.updated), source_moment(task.updated)
    except ValueError:
        return False
    return of_answer < table < source_moment(received) - _API_MEMORY
