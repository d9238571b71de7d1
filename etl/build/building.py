"""
Builds a warehouse from what has landed, or nothing.

Reads landed documents only, never the network. For each source the newest complete state of
its table that passes every check is used; where that is not the newest, the source is stale,
where there is none, it is missing, and the reason is kept. The rest is published. An answer that
differs implausibly from the version before is held back until a person accepts those very bytes.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np

from etl.binding.binding import Bound, Use, bounds_of, planned, uses
from etl.binding.fitting import oddities
from etl.build.before import Earlier, SourceKey, answer_hash
from etl.build.checks import (
    Coverage,
    Footprint,
    breaches,
    changes_of_size,
    footprint,
    order_key,
    overlap,
    source_coverage,
)
from etl.build.observations import SegmentRows, document_observations, joined
from etl.build.plausibility import (
    Implausibility,
    doubt_of_change,
    doubt_of_first_load,
    examples_of_change,
)
from etl.catalogue import TOTAL, Catalogue, Table
from etl.catalogue.regions import Regions
from etl.errors import DocumentError, SourceError
from etl.measures.areas import OBSERVATION_KEY, Codebook, Observations, parents, summed
from etl.measures.segregation import dissimilarity
from etl.source.jsonstat import Dataset, document_cells, document_dataset, json_content
from etl.source.landing import Record, moment, order_of, read, records, same_answer
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

    `declared`: the table as the catalogue has it. `given`: documents to read as they are, whatever
    would be asked for today; of a state that was published once.

    `reasons`: why a use is not bound. `oddities`: in what the table differs from its declaration.
    """

    declared: Table
    folder: Path
    metadata: Record
    dataset: Dataset
    documents: Mapping[str, Record]
    bounds: Mapping[Use, tuple[Bound, ...]]
    reasons: Mapping[Use, str]
    oddities: tuple[str, ...] = ()
    given: tuple[Record, ...] = ()

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
        if self.given:
            return None
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
        if self.given:
            return list(self.given)
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
class HeldSource:
    """The newest answer of a source, which waits for a person: why, and the hash of its bytes."""

    use: Use
    table: str
    answer: str
    doubt: Implausibility

    @property
    def reason(self) -> str:
        """Why it waits."""
        return f"held back: {'; '.join(self.doubt.reasons)}"


@dataclass
class Guard:
    """
    What new answers are compared with, and what a person has said of them.

    `before`: what each source was read from last; `published`: that very state, where the newest
    one is another. `waiting`: answers that were held back and not accepted, by source; they stay
    so where there is nothing to compare them with. `accepted`: those that are, by source and hash.
    Without `on` nothing is compared: of example data, which are not the source's.
    """

    before: Mapping[SourceKey, Earlier] = field(default_factory=dict)
    published: Mapping[SourceKey, TableState] = field(default_factory=dict)
    waiting: Mapping[SourceKey, Collection[str]] = field(default_factory=dict)
    accepted: Collection[tuple[SourceKey, str]] = ()
    on: bool = True


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
    held: list[HeldSource] = field(default_factory=list)
    waiting: dict[SourceKey, list[str]] = field(default_factory=dict)  # every answer held back
    lost: list[Use] = field(default_factory=list)  # held back, and what was published is gone
    unguarded: list[str] = field(default_factory=list)  # what could not be compared, and why


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


def published_states(
    catalogue: Catalogue,
    folder: Path,
    states: Mapping[str, Sequence[TableState]],
    before: Mapping[SourceKey, Earlier],
    *,
    known: Regions,
) -> dict[SourceKey, TableState]:
    """Return the state that each source was published from, where it is not the newest one."""
    found: dict[SourceKey, TableState] = {}
    for use in uses(catalogue):
        earlier, newest = before.get(use.key), states.get(use.source.table, ())
        if earlier is None or (newest and answer_of(newest[0], use) == earlier.answer):
            continue
        declared = catalogue.table[use.source.table]
        landed = records(folder, earlier.table_id)
        for state in _states(declared, folder, earlier.table_id, [use], known=known):
            if state.metadata.sha256 != earlier.metadata:
                continue
            own = {one.sha256: one for one in landed if (one.turn, one.updated) == state.dated}
            if own.keys() >= set(earlier.documents):
                given = tuple(own[digest] for digest in earlier.documents)
                found[use.key] = replace(state, given=given)
                break
    return found


def answer_of(state: TableState, use: Use) -> str | None:
    """Return the hash of what a use would be read from; None where it cannot be read."""
    if state.lacking(use):
        return None
    return answer_hash(state.metadata.sha256, [record.sha256 for record in state.used(use)])


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
            yield TableState(declared, folder, metadata, described, documents, bounds, reasons, odd)


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


def codebook(states: Iterable[Sequence[TableState]], regions: Mapping[str, str | None]) -> Codebook:
    """Return the codes of everything that may be read, and of all regions with their first year."""
    codes = (
        code
        for candidates in states
        for state in candidates
        for bounds in state.bounds.values()
        for bound_source in bounds
        for code in bound_source.codes
    )
    return Codebook.of(codes, regions)


def content_hash(definitions: bytes, report: Report) -> str:
    """Return 8 hex digits of what was read, which makes the figures: the same is no new version."""
    digest = hashlib.sha256(definitions)
    for use, state, _ in report.loaded:
        read_ones = sorted(record.sha256 for record in state.used(use))
        digest.update("".join((*use.key, state.metadata.sha256, *read_ones)).encode())
    return digest.hexdigest()[:8]


def load_indicator(
    sources: Sequence[Use],
    states: Mapping[str, Sequence[TableState]],
    binding: Binding,
    book: Codebook,
    *,
    guard: Guard,
    report: Report,
) -> list[SegmentRows]:
    """Read every source of one indicator; note in the report what is stale, missing or held."""
    parts: list[SegmentRows] = []
    footprints: list[Footprint] = []
    found: dict[Use, tuple[_Loaded | None, str]] = {}
    for use in _unchanged_first(sources, states, guard):
        others = [other for other in sources if other.segment is use.segment and other is not use]
        candidates = [(one, states.get(one.source.table, ())) for one in others]
        watch = _Watch(guard, report, candidates, tuple(footprints))
        found[use] = loaded, _ = _load(use, states.get(use.source.table, ()), book, watch)
        footprints += [footprint(rows, book) for rows in loaded.parts] if loaded else []
    for use in sources:
        key = use.source.table
        loaded, reason = found[use]
        is_held = any(held.use is use for held in report.held)
        if loaded is None:
            if is_held and use.key in guard.before:
                report.lost.append(use)
            because = reason if is_held else _because(binding, key, reason)
            report.problems.append((use, False, because))
            continue
        trouble = loaded.stale if is_held else binding.problems.get(key, "") or loaded.stale
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


def _unchanged_first(
    sources: Sequence[Use], states: Mapping[str, Sequence[TableState]], guard: Guard
) -> list[Use]:
    """
    Return the sources, those before the others whose newest answer is the one that is published.

    So where a new answer gives what another source gives, too, the new one is refused.
    """

    def is_changed(use: Use) -> bool:
        newest, earlier = states.get(use.source.table, ()), guard.before.get(use.key)
        return not (newest and earlier and answer_of(newest[0], use) == earlier.answer)

    return sorted(sources, key=is_changed)


def _because(binding: Binding, key: str, reason: str) -> str:
    table = binding.tables.get(key)
    return binding.problems.get(key) or (table.reason if table else "") or reason


class _Answer(NamedTuple):
    """What a source would be read from, its rows, and all that would be published, with sums."""

    use: Use
    state: TableState
    rows: Observations
    parts: tuple[Observations, ...]


@dataclass(frozen=True)
class _Watch:
    """
    What answers are compared with, where it is noted, and the segment's other sources.

    `taken`: the observations that stand in other sources of the indicator.
    """

    guard: Guard
    report: Report
    others: Sequence[tuple[Use, Sequence[TableState]]]
    taken: Sequence[Footprint] = ()

    def doubt(self, answer: _Answer, book: Codebook) -> Implausibility | None:
        """Return why an answer waits for a person; None where it need not."""
        use, guard = answer.use, self.guard
        known_as = answer_of(answer.state, use) or ""
        earlier = guard.before.get(use.key)
        if not guard.on or (use.key, known_as) in guard.accepted:
            return None
        if earlier is None:
            return self._doubt_without(use, known_as, answer.rows, book)
        if earlier.answer == known_as:
            return None
        reasons = changes_of_size(use.indicator, answer.rows, book, earlier.coverage)
        published = joined(answer.parts)
        try:
            before = self._belonging(answer, published, earlier, book)
        except duckdb.Error as error:
            self.report.unguarded.append(
                f"{use.indicator.id} {use.segment.id} {use.name}: its earlier figures cannot be "
                f"read ({str(error).partition(chr(10))[0]}), and were not compared"
            )
            return Implausibility(tuple(reasons), ()) if reasons else None
        doubt = doubt_of_change(use.indicator, published, before, book)
        if not reasons:
            return doubt
        examples = doubt.examples if doubt else ()
        examples = examples or examples_of_change(use.indicator, published, before, book)
        return Implausibility((*(doubt.reasons if doubt else ()), *reasons), examples)

    def _doubt_without(
        self, use: Use, answer: str, rows: Observations, book: Codebook
    ) -> Implausibility | None:
        """Return why an answer waits that there is nothing to compare with."""
        doubt = doubt_of_first_load(use.indicator, rows, book)
        if answer in self.guard.waiting.get(use.key, ()):
            told = "these bytes were held back before, and nothing is there to compare them with"
            return Implausibility(
                (told, *(doubt.reasons if doubt else ())), doubt.examples if doubt else ()
            )
        return doubt

    def _belonging(
        self, answer: _Answer, rows: Observations, earlier: Earlier, book: Codebook
    ) -> Observations:
        """
        Return the earlier figures that are this source's, also of codes that it no longer has.

        A segment may have several sources. What another one gives today is that one's, and what is
        of a dimension that this table does not have is not of this one.
        """
        use = answer.use
        before = earlier.observations(use.indicator.id, use.segment.id, book)
        own = _columns_given(use, answer.state.declared)
        mine = np.ones(len(before), dtype=bool)
        for column in OBSERVATION_KEY:
            present = np.bincount(getattr(rows, column), minlength=len(book.codes[column])) > 0
            if column in {"region", "period"}:
                covered = getattr(earlier.coverage, f"{column}s")
                for code in covered & book.position[column].keys():
                    present[book.position[column][code]] = True
            elif column in own:
                continue
            mine &= present[getattr(before, column)]
        keys = order_key(before, book)
        unmatched = ~np.isin(keys, order_key(rows, book))
        for other, candidates in self.others:
            codes = _promised_codes(candidates, other)
            theirs = np.ones(len(before), dtype=bool)
            for column in OBSERVATION_KEY:
                given = np.array([code in codes[column] for code in book.codes[column]])
                theirs &= given[getattr(before, column)]
            mine &= ~(unmatched & theirs)
        return before.taken(np.flatnonzero(mine))

    def hold(self, use: Use, state: TableState, doubt: Implausibility) -> str:
        """Note that an answer waits; return why."""
        held = HeldSource(use, state.metadata.table, answer_of(state, use) or "", doubt)
        self.report.waiting.setdefault(use.key, []).append(held.answer)
        if not any(known.use is use for known in self.report.held):
            self.report.held.append(held)
        return held.reason


def _columns_given(use: Use, declared: Table) -> frozenset[str]:
    """Return the dimensions that a table tells apart for a source."""
    replaced = {variable.code: variable for variable in use.source.variables}
    variables = [replaced.get(variable.code, variable) for variable in declared.variables]
    given = {"background"} if use.source.by_background else set()
    for variable in variables:
        given.add(variable.role)
        given |= {name for name in ("sex", "age", "education") if getattr(variable, name)}
    return frozenset(given)


def _promised_codes(candidates: Sequence[TableState], use: Use) -> Mapping[str, frozenset[str]]:
    """Return the codes of each column that a source gives in the newest state that has it."""
    codes: dict[str, set[str]] = {column: set() for column in OBSERVATION_KEY}
    bounds = next((state.bounds[use] for state in candidates if use in state.bounds), ())
    for bound_source in bounds:
        for column, code in bound_source.codes:
            codes[column].add(code)
    return {
        column: frozenset(found or ({TOTAL} if column not in {"region", "period"} else ()))
        for column, found in codes.items()
    }


def _load(
    use: Use, candidates: Sequence[TableState], book: Codebook, watch: _Watch
) -> tuple[_Loaded | None, str]:
    """Return the newest state that passes, and why the newest of all did not."""
    first = ""
    for state in _with_published(candidates, watch.guard.published.get(use.key), use):
        lacking = state.lacking(use)
        if lacking:
            first = first or lacking
            continue
        try:
            rows = _rows(use, state, book)
        except SourceError as error:
            first = first or _refused(use, state, str(error), watch.report)
            continue
        had = source_coverage(rows, book)
        promised = _promised(state.bounds[use])
        wrong = breaches(
            use.indicator, rows, book, promised=promised, exact_to=use.segment.exact_to
        )
        if wrong:
            first = first or _refused(use, state, "; ".join(wrong), watch.report)
            continue
        parts = _with_sums(use, rows, had, book)
        if twice := overlap([footprint(one, book) for one in parts], watch.taken, book):
            reason = f"{twice} observations stand in another source of the indicator too"
            first = first or _refused(use, state, reason, watch.report)
            continue
        if doubt := watch.doubt(_Answer(use, state, rows, parts), book):
            told = watch.hold(use, state, doubt)
            told = _refused(use, state, told, watch.report)  # asked for again, as what is refused
            first = first or told
            continue
        return _Loaded(use, state, parts, had, first or None), first
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


def _with_published(
    candidates: Sequence[TableState], published: TableState | None, use: Use
) -> list[TableState]:
    """Return the states, with the published one before all that did not come after it."""
    if published is None:
        return list(candidates)
    later = [state for state in candidates if _came_after(state, published, use)]
    return [*later, published, *(state for state in candidates if state not in later)]


def _came_after(state: TableState, published: TableState, use: Use) -> bool:
    """Say whether a state, or an answer of the same one, came after what was published."""
    if state.metadata.table != published.metadata.table or state.lacking(use):
        return True  # the catalogue has it from another table now, or nothing can be read
    newest, given = (
        max(map(order_of, (one.metadata, *one.used(use)))) for one in (state, published)
    )
    return newest > given


def _rows(use: Use, state: TableState, book: Codebook) -> Observations:
    """
    Read and join the documents of one source, one document in memory at a time.

    Raises:
        SourceError: when a document cannot be read, or does not hold what is bound.

    """
    planned_records = (
        (bound_source, record)
        for bound_source in state.bounds[use]
        for record in state.given
        or [state.documents[request.key] for request in state.plan[bound_source]]
    )
    try:
        parts = [
            document_observations(
                document_cells(json_content(read(state.folder, record.sha256))), bound_source, book
            )
            for bound_source, record in planned_records
        ]
    except KeyError as error:
        raise SourceError(f"a document of {state.metadata.table} lacks {error}") from error
    return joined([part for part in parts if len(part)] or parts)


def _promised(bounds: Sequence[Bound]) -> Coverage:
    codes = {code for bound_source in bounds for code in bound_source.codes}
    regions, periods = (
        frozenset(code for column, code in codes if column == name) for name in ("region", "period")
    )
    return Coverage(regions, periods, {})
