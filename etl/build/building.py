"""
Builds a warehouse from what has landed, or nothing.

Reads landed documents only, never the network. For each source the newest complete state of
its table that passes every check is used; where that is not the newest, the source is stale,
where there is none, it is missing, and the reason is kept. The rest is published.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path

from etl.binding.binding import Bound, Use, bounds_of, planned, uses
from etl.binding.fitting import oddities
from etl.build.checks import Coverage, Footprint, breaches, footprint, overlap, source_coverage
from etl.build.observations import SegmentRows, document_observations, joined
from etl.catalogue import Catalogue, Table
from etl.catalogue.regions import Regions
from etl.errors import DocumentError, SourceError
from etl.measures.areas import Codebook, Observations, parents, summed
from etl.measures.segregation import dissimilarity
from etl.source.jsonstat import Dataset, document_cells, document_dataset, json_content
from etl.source.landing import Record, moment, read, records, same_answer
from etl.source.selection import CellRequest
from etl.store import Binding, RefusedDocument

log = logging.getLogger(__name__)
_NEWEST = 5
# A moment without a zone is taken for UTC, and Swedish time is ahead of it.
_AHEAD = timedelta(hours=3)


@dataclass(frozen=True, eq=False)
class TableState:
    """
    One landed state of a table: its metadata, its documents, and what is bound to it.

    `reasons`: why a use is not bound. `oddities`: in what the table differs from its declaration.
    """

    folder: Path
    metadata: Record
    dataset: Dataset
    documents: Mapping[str, Record]
    bounds: Mapping[Use, tuple[Bound, ...]]
    reasons: Mapping[Use, str]
    oddities: tuple[str, ...] = ()

    @property
    def dated(self) -> tuple[int, str]:
        """Which state it is of those of its table."""
        return self.metadata.turn, self.metadata.updated

    @cached_property
    def plan(self) -> Mapping[Bound, tuple[CellRequest, ...]]:
        """The requests of every bound source, as `fetch` made them."""
        sources = [bound for group in self.bounds.values() for bound in group]
        return planned(self.metadata.table, self.dataset.metric, sources, self.metadata.max_cells)

    def lacking(self, use: Use) -> str | None:
        """Return why a use cannot be read from this state, or None."""
        if use in self.reasons:
            return self.reasons[use]
        asked = [
            request.key for bound_source in self.bounds[use] for request in self.plan[bound_source]
        ]
        absent = sum(key not in self.documents for key in asked)
        if absent:
            return (
                f"{absent} of {len(asked)} documents of {self.metadata.table}, updated "
                f"{self.metadata.updated}, have not been fetched"
            )
        return None

    def used(self, use: Use) -> list[Record]:
        """Return the documents that a use is read from."""
        keys = dict.fromkeys(
            r.key for bound_source in self.bounds[use] for r in self.plan[bound_source]
        )
        return [self.documents[key] for key in keys]


@dataclass(frozen=True)
class _Loaded:
    """A source as it was read: from which state, its rows, and why it is stale, if it is."""

    use: Use
    state: TableState
    parts: tuple[Observations, ...]
    coverage: Coverage
    stale: str | None


@dataclass(frozen=True)
class Warned:
    """What is otherwise than declared, of a use (None: of all of them) and a table by its id."""

    use: Use | None
    table: str
    text: str

    def __str__(self) -> str:
        """The warning as one line."""
        if self.use is None:
            return f"{self.table}: {self.text}"
        return f"{self.use.indicator.id} {self.use.segment.id} {self.table}: {self.text}"


@dataclass
class Report:
    """
    What happened to every source; filled while a warehouse is built.

    `known`: the documents that were refused before. `refused`: those that this build refused.
    """

    known: Mapping[str, RefusedDocument] = field(default_factory=dict)
    refused: dict[str, RefusedDocument] = field(default_factory=dict)
    loaded: list[tuple[Use, TableState, Coverage]] = field(default_factory=list)
    problems: list[tuple[Use, bool, str]] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    observations: int = 0


def table_states(
    catalogue: Catalogue, folder: Path, binding: Binding, known: Regions
) -> dict[str, list[TableState]]:
    """
    Return the newest landed states of every bound table, newest first, each as it was answered.

    However often a state was answered anew, and refused, there are as many states.
    """
    states: dict[str, list[TableState]] = {}
    for key, table in binding.tables.items():
        if table.id is None or key not in catalogue.table:
            continue
        candidates = _states(
            catalogue.table[key], folder, table.id, uses(catalogue, key), known=known
        )
        states[key] = list(_newest(candidates))
    return states


def _newest(candidates: Iterator[TableState]) -> Iterator[TableState]:
    """Yield what there is of the newest states, and of each its newest answers."""
    for count, (_, of_state) in enumerate(groupby(candidates, key=lambda one: one.dated)):
        if count == _NEWEST:
            return
        yield from islice(of_state, _NEWEST)


def _states(
    declared: Table, folder: Path, table: str, sources: Sequence[Use], *, known: Regions
) -> Iterator[TableState]:
    landed = records(folder, table)
    descriptions = [record for record in landed if record.kind == "metadata"]
    for place, metadata in reversed([*enumerate(descriptions)]):
        try:
            described = document_dataset(json_content(read(folder, metadata.sha256)))
        except (DocumentError, ValueError) as error:
            log.warning("%s: %s", table, error)
            continue
        bounds, reasons = bounds_of(declared, described, sources, known, limit=metadata.max_cells)
        odd = (
            *oddities(declared, described, known),
            *_order_told(metadata, descriptions[:place]),
        )
        for documents in _answers(landed, metadata):
            yield TableState(folder, metadata, described, documents, bounds, reasons, odd)


def _answers(landed: Sequence[Record], metadata: Record) -> Iterator[Mapping[str, Record]]:
    """Yield the documents of a state of a table by request: the newest answers, then older ones."""
    given: dict[str, dict[str, Record]] = {}
    for record in reversed(landed):
        state = (record.kind, record.updated, record.turn)
        if state == ("data", metadata.updated, metadata.turn):
            given.setdefault(record.request, {}).setdefault(record.sha256, record)
    answers = {request: [*by_digest.values()] for request, by_digest in given.items()}
    for age in range(max(map(len, answers.values()), default=1)):
        yield {request: those[min(age, len(those) - 1)] for request, those in answers.items()}


def _order_told(metadata: Record, before: Sequence[Record]) -> Iterator[str]:
    """Tell a state that is dated before an earlier one, or after it was answered."""
    earlier = [record.updated for record in before if record.turn < metadata.turn]
    if earlier and moment(newest := max(earlier, key=moment)) > moment(metadata.updated):
        yield (
            f"`updated` went back from {newest} to {metadata.updated or 'no date'}; expected a "
            "later one. What the source says is read as its newest state"
        )
    given = metadata.answered or metadata.fetched
    if moment(metadata.updated) > moment(given) + _AHEAD:
        yield (
            f"`updated` is {metadata.updated}, later than the answer itself, which is of {given}; "
            "it is read as it is. If the clock of this machine is right, tell SCB"
        )


def codebook(
    states: Mapping[str, Sequence[TableState]], regions: Mapping[str, str | None]
) -> Codebook:
    """Return the codes of everything that may be read, and of all regions with their first year."""
    codes = (
        code
        for candidates in states.values()
        for state in candidates
        for bounds in state.bounds.values()
        for bound_source in bounds
        for code in bound_source.codes
    )
    return Codebook.of(codes, regions)


def content_hash(definitions: bytes, report: Report) -> str:
    """Return 8 hex digits of what was read and what came of it: the same is the same version."""
    digest = hashlib.sha256(definitions)
    for use, state, _ in report.loaded:
        read_ones = sorted(record.sha256 for record in state.used(use))
        digest.update("".join((*use.key, state.metadata.sha256, *read_ones)).encode())
    for use, stale, _ in report.problems:  # the wording of an outage changes from day to day
        digest.update("".join((*use.key, str(stale))).encode())
    return digest.hexdigest()[:8]


def load_indicator(
    sources: Sequence[Use],
    states: Mapping[str, Sequence[TableState]],
    binding: Binding,
    book: Codebook,
    *,
    before: Mapping[tuple[str, str, str], Coverage],
    report: Report,
) -> list[SegmentRows]:
    """Read every source of one indicator; note in the report what is stale or missing."""
    parts: list[SegmentRows] = []
    footprints: list[Footprint] = []
    for use in sources:
        key = use.source.table
        earlier = before.get(use.key)
        loaded, reason = _load(use, states.get(key, ()), book, earlier, report=report)
        if loaded is None:
            report.problems.append((use, False, _because(binding, key, reason)))
            continue
        standing = [footprint(rows, book) for rows in loaded.parts]
        if twice := overlap(standing, footprints, book):
            reason = f"{twice} observations stand in another source of the indicator too"
            report.problems.append((use, False, _refused(use, loaded.state, reason, report)))
            continue
        footprints += standing
        trouble = binding.problems.get(key, "") or loaded.stale
        if trouble:
            report.problems.append((use, True, trouble))
        report.loaded.append((use, loaded.state, loaded.coverage))
        table = loaded.state.metadata.table
        report.warnings += [Warned(None, table, warning) for warning in loaded.state.oddities]
        report.warnings += [
            Warned(use, table, warning)
            for bound_source in loaded.state.bounds[use]
            for warning in bound_source.warnings
        ]
        parts += [SegmentRows(use.segment.id, rows) for rows in loaded.parts if len(rows)]
    return parts


def _because(binding: Binding, key: str, reason: str) -> str:
    table = binding.tables.get(key)
    return binding.problems.get(key) or (table.reason if table else "") or reason


def _load(
    use: Use,
    candidates: Sequence[TableState],
    book: Codebook,
    before: Coverage | None,
    *,
    report: Report,
) -> tuple[_Loaded | None, str]:
    """Return the newest state that passes, and why the newest of all did not."""
    first = ""
    for state in candidates:
        lacking = state.lacking(use)
        if lacking:
            first = first or lacking
            continue
        try:
            rows = _rows(use, state, book)
        except SourceError as error:
            first = first or _refused(use, state, str(error), report)
            continue
        had = source_coverage(rows, book)
        promised = _promised(state.bounds[use])
        wrong = breaches(
            use.indicator,
            rows,
            book,
            promised=promised,
            before=before,
            exact_to=use.segment.exact_to,
        )
        if wrong:
            first = first or _refused(use, state, "; ".join(wrong), report)
            continue
        return _Loaded(use, state, _with_sums(use, rows, had, book), had, first or None), first
    return None, first or "nothing has been fetched"


def _refused(use: Use, state: TableState, reason: str, report: Report) -> str:
    """Note the documents of a state that is not used; say if the source gave the same again."""
    documents = {record.sha256: record for record in state.used(use)}
    for digest, record in documents.items():
        before = report.known.get(digest)
        again = before.again if before else ""
        first = before.first if before else record.answered or record.fetched
        report.refused[digest] = RefusedDocument(record.table, reason, first, again)
    noted = [report.refused[digest] for digest in documents]
    if not all(refusal.again for refusal in noted):
        return reason
    return f"{reason}; {same_answer(max(refusal.first for refusal in noted))}"


def _with_sums(
    use: Use, rows: Observations, had: Coverage, book: Codebook
) -> tuple[Observations, ...]:
    """Return the areas and the sums of them, or only what is derived from the areas."""
    larger = [parents(book, level, had.regions) for level in use.source.sum_to]
    if use.source.derive:
        return tuple(dissimilarity(rows, parent) for parent in larger)
    return (rows, *(summed(rows, parent) for parent in larger))


def _rows(use: Use, state: TableState, book: Codebook) -> Observations:
    """Read and join the documents of one source, one document in memory at a time."""
    parts = [
        document_observations(
            document_cells(json_content(read(state.folder, record.sha256))), bound_source, book
        )
        for bound_source in state.bounds[use]
        for record in (state.documents[request.key] for request in state.plan[bound_source])
    ]
    return joined(parts)


def _promised(bounds: Sequence[Bound]) -> Coverage:
    codes = {code for bound_source in bounds for code in bound_source.codes}
    regions, periods = (
        frozenset(code for column, code in codes if column == name) for name in ("region", "period")
    )
    return Coverage(regions, periods, {})
