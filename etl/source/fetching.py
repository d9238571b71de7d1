"""
Asks the source for what has changed and lands it, calls of all tables side by side.

An edge. A request is made only when no document of the table's present state answers it, or when
the one that does was refused: it may have been mended without a new date. One table that fails
does not stop the others. How far it has come is a moving line on a terminal, plain log lines
elsewhere.
"""

import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
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
from etl.source.landing import (
    DocumentKind,
    Record,
    intact,
    land,
    moment,
    records,
    same_answer,
)
from etl.source.selection import CellRequest, request_key
from etl.store import RefusedDocument

log = logging.getLogger(__name__)
_MOST_WORKERS = 30
CHANGED = "the table was updated while it was read; fetch again"
# The API answers from memory for five minutes; thrice that, and nothing is from before an update.
_API_MEMORY = timedelta(minutes=15)


@dataclass(frozen=True)
class Access:
    """
    What it takes to ask the source and to keep its answers.

    `refused`: the documents that are not used, by hash, as known before. They are asked for
    again; `seen` is what this run found of them, and of answers that it refused itself.
    """

    client: Client
    config: Config
    folder: Path
    refused: Mapping[str, RefusedDocument] = field(default_factory=dict)
    seen: dict[str, RefusedDocument] = field(default_factory=dict)
    _listing: threading.Lock = field(default_factory=threading.Lock)
    _listed: list[Mapping[str, Any]] = field(default_factory=list)
    _candidates: dict[str, ApiAnswer] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

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
        """Return the record of an answer; `described`: its title, update, source and turn."""
        return Record(
            kind=kind,
            table=table,
            request=request,
            url=answer.url,
            body=answer.body,
            fetched=answer.received,
            sha256=answer.sha256,
            size=len(answer.content),
            api_version=self.config.api_version,
            max_cells=self.config.max_cells,
            licence=self.config.licence,
            number=self._next_number(table),
            answered=answer.answered,
            **described,
        )

    def _next_number(self, table: str) -> int:
        """Return the place of the next answer of a table among all that came."""
        with self._listing:
            if table not in self._numbers:
                numbers = (record.number for record in records(self.folder, table))
                self._numbers[table] = max(numbers, default=0)
            self._numbers[table] += 1
            return self._numbers[table]

    def describe(self, kind: DocumentKind, table: str, answer: ApiAnswer) -> tuple[Dataset, Record]:
        """
        Land a table's description, unless it is the one that we have; return what it says.

        One that is dated before the newest that we have begins a new turn: what it says is newer,
        whatever its date.
        """
        described, request = document_dataset(answer.document), request_key(table, kind)
        landed = [old for old in records(self.folder, table) if old.request == request]
        turn = 0
        if landed:
            newest = landed[-1]
            if (newest.sha256, newest.max_cells) == (answer.sha256, self.config.max_cells) and (
                intact(self.folder, newest.sha256)
            ):
                return described, newest
            turn = newest.turn + (moment(described.updated) < moment(newest.updated))
        record = self.record(
            kind,
            table,
            request,
            answer,
            title=described.title,
            updated=described.updated,
            source=described.source,
            turn=turn,
        )
        land(self.folder, answer.content, record)
        return described, record

    def metadata(self, table: str, answer: ApiAnswer | None = None) -> tuple[Dataset, Record]:
        """Ask for a table's description (or take the answer given), and land it."""
        return self.describe("metadata", table, answer or self.client.metadata(table))

    def keep_refused(self, table: str, answer: ApiAnswer) -> str:
        """
        Land the description of a table that is not read, for whoever repairs the catalogue.

        Return since when the source has given the same, in words; "" for another one.
        """
        _, record = self.describe("refused", table, answer)
        if record.fetched == answer.received:
            return ""
        return same_answer(record.answered or record.fetched)

    def refusal(self, table: str, answer: ApiAnswer, reason: str) -> str:
        """Remember an answer that is not even kept; return why, and whether it is the same one."""
        before = self.refused.get(answer.sha256)
        first, again = (before.first, answer.moment) if before else (answer.moment, "")
        self.seen[answer.sha256] = RefusedDocument(table, reason, first, again, kept=False)
        return "; ".join(filter(None, (reason, same_answer(first) if before else "")))

    def came_again(self, record: Record, answer: ApiAnswer) -> bool:
        """Say whether an answer is the refused one that we have, and note that it came again."""
        before = self.refused.get(answer.sha256)
        if before is None or record.sha256 != answer.sha256:
            return False
        self.seen[answer.sha256] = replace(before, again=answer.moment)
        return intact(self.folder, record.sha256)


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
    """
    One request of one table, with the state that its answer must be of: `updated` and `turn`.

    `answered`: what we have from that state, None for nothing.
    """

    key: str
    table: str
    updated: str
    request: CellRequest
    turn: int = 0
    answered: Record | None = None


def _known(tasks: Sequence[Task], access: Access) -> list[Task]:
    """Return the tasks with what has landed of them from the table's present state."""
    landed = {
        (record.table, record.request, record.updated, record.turn): record
        for table in {task.table for task in tasks}
        for record in records(access.folder, table)
        if record.kind == "data"
    }
    return [
        replace(task, answered=landed.get((task.table, task.request.key, task.updated, task.turn)))
        for task in tasks
    ]


def _is_open(task: Task, access: Access) -> bool:
    """Say whether a task is to be asked: nothing answers it, or what does is damaged or refused."""
    record = task.answered
    return (
        record is None
        or record.sha256 in access.refused
        or not intact(access.folder, record.sha256)
    )


def fetch_tasks(
    tasks: Sequence[Task], access: Access, progress: Progress, *, force: bool
) -> dict[str, str]:
    """Make all calls that are needed; return the tables of which some failed, and why first."""
    failed: dict[str, str] = {}
    tasks = [task for task in _known(tasks, access) if force or _is_open(task, access)]
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
    try:
        described = document_cells(answer.document).dataset
        _check_answer(task, described, answer.moment)
    except DocumentError as error:
        if str(error) == CHANGED:
            raise
        raise DocumentError(access.refusal(task.table, answer, str(error))) from error
    if task.answered and access.came_again(task.answered, answer):
        return
    record = access.record(
        "data",
        task.table,
        task.request.key,
        answer,
        title=described.title,
        updated=task.updated,
        source=described.source,
        turn=task.turn,
    )
    land(access.folder, answer.content, record)


def _check_answer(task: Task, answered: Dataset, given: str) -> None:
    """
    Refuse an answer to another question: other variables, codes, or state of the table.

    `given`: when it was answered, by the source's own clock.
    """
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
    if answered.updated != task.updated and not _unchanged_since(answered, task, given):
        raise DocumentError(CHANGED)


def _unchanged_since(answered: Dataset, task: Task, given: str) -> bool:
    """
    Say whether an answer that is older than its table is of the table's present state.

    A table is as new as the newest of its contents, an answer as the newest of those asked for.
    """
    try:
        of_answer, table = source_moment(answered.updated), source_moment(task.updated)
    except ValueError:
        return False
    return of_answer < table < source_moment(given) - _API_MEMORY
