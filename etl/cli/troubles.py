"""
What is amiss in the outcome of a step, each with whose it is and where the catalogue says it.

Pure: catalogue and outcome in, troubles out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from etl.binding.binding import Use, uses
from etl.binding.tables import Resolved
from etl.build.building import Report
from etl.catalogue import Catalogue
from etl.cli.causes import Severity, Trouble
from etl.store import TableBinding

_STATES: Mapping[str, Severity] = {
    "healed": "healed", "unreachable": "unreachable", "missing": "missing",
}  # fmt: skip


@dataclass(frozen=True)
class Troubles:
    """
    The troubles of a catalogue that was read from a `file`, of some indicators or all.

    `tables`: what its tables are bound to.
    """

    catalogue: Catalogue
    file: str
    tables: Mapping[str, TableBinding]
    only: Collection[str] = ()

    def of_tables(self, *states: Severity) -> list[Trouble]:
        """Return the tables that are not found where the catalogue says, by those that use them."""
        return [
            Trouble(state, indicator, self._place(key), text)
            for key, table in self.tables.items()
            if (state := _STATES.get(table.state)) and (not states or state in states)
            for text in [_found_again(table) if state == "healed" else table.reason]
            for indicator in self._users(key)
        ]

    def of_uses(self, resolved: Mapping[str, Resolved]) -> list[Trouble]:
        """Return what is lost in tables that were found, and what is told of them."""
        lost = [
            Trouble("lost", use.indicator.id, self._place_of_use(use), reason)
            for table in resolved.values()
            for use, reason in table.lost.items()
            if self._is_asked(use.indicator.id)
        ]
        warnings = [
            Trouble("warning", indicator, self._place(key), text)
            for key, table in resolved.items()
            for text in table.warnings
            for indicator in self._users(key)
        ]
        return [*warnings, *lost]

    def of_fetching(self, problems: Mapping[str, str]) -> list[Trouble]:
        """Return the tables of which something could not be fetched."""
        return [
            Trouble("failed", indicator, self._place(key), reason)
            for key, reason in problems.items()
            for indicator in self._users(key)
        ]

    def of_build(self, report: Report) -> list[Trouble]:
        """Return what is stale, missing, held back or told of in a version."""
        keys = {table.id: key for key, table in self.tables.items()}
        warnings = [
            Trouble(
                "warning",
                indicator,
                self._place_of_use(warned.use)
                if warned.use
                else self._place(keys.get(warned.table, warned.table)),
                warned.text,
            )
            for warned in report.warnings
            for indicator in (
                [warned.use.indicator.id] if warned.use else self._users(keys.get(warned.table, ""))
            )
        ]
        held = {one.use.key for one in report.held}
        problems = [
            Trouble(
                "held" if use.key in held else "stale" if stale else "missing",
                use.indicator.id,
                self._place_of_use(use),
                reason,
            )
            for use, stale, reason in report.problems
        ]
        return [one for one in (*warnings, *problems) if self._is_asked(one.indicator)]

    def _is_asked(self, indicator: str) -> bool:
        return not self.only or indicator in self.only

    def _users(self, table: str) -> Iterable[str]:
        """Return the indicators that use a table, each once; "" for one that none uses."""
        if not table:
            return [""]
        ids = dict.fromkeys(use.indicator.id for use in uses(self.catalogue, table)) or [""]
        return [name for name in ids if self._is_asked(name)]

    def _place(self, key: str) -> str:
        """Return a table's key with its line in the file."""
        line = self.catalogue.lines.get((key,))
        return f"{key} ({self.file}:{line})" if line else key

    def _place_of_use(self, use: Use) -> str:
        """Return a table's key with the line of the contents, where the table was found."""
        key, table = use.source.table, self.tables.get(use.source.table)
        line = self.catalogue.lines.get(use.key)
        if line and table and table.state in {"found", "healed"}:
            return f"{key} ({self.file}:{line})"
        return self._place(key)


def of_source(told: Iterable[str]) -> list[Trouble]:
    """Return what the source said of itself that cannot be meant; it concerns no one table."""
    return [Trouble("warning", "", "source", text) for text in told]


def _found_again(table: TableBinding) -> str:
    """Return under which id a table was found by its words, and why not under its own."""
    found = f"found by its words as {table.id}; write `id: {table.id}`"
    return f"{table.reason.rstrip('. ')}; {found}" if table.reason else found
