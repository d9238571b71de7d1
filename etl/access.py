"""
What it takes to ask the source and to keep its answers.

An edge: remembers for one run what several tables ask for, and lands what is worth keeping.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.jsonstat import Dataset, dataset
from etl.landing import Kind, Record, intact, land, records, sha256
from etl.plan import request_key
from etl.pxweb import Answer, Client, Config


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
