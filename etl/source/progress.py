"""
How far long work has come: a moving line on a terminal, plain log lines elsewhere.

An edge: writes to standard error only.
"""

import logging
from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

log = logging.getLogger(__name__)


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
