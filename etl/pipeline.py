"""
The steps in their order: resolve, fetch, build, publish.

An edge: knows the clock and the data folder. It decides nothing about figures.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import duckdb

from etl import __version__
from etl.binding.binding import uses
from etl.binding.tables import Resolved, fetch_tables, resolve_tables
from etl.build import description
from etl.build.before import Before, version_before
from etl.build.building import (
    Guard,
    Report,
    TableState,
    Warned,
    answer_of,
    codebook,
    content_hash,
    load_indicator,
    published_states,
    table_states,
)
from etl.build.load import (
    DIGEST_METHOD,
    cover,
    drafted,
    figures_digest,
    insert,
    insert_all,
    note_revisions,
    publish,
    remove_superseded,
    summarise,
)
from etl.build.regions import (
    CODELIST,
    fetch_labour_markets,
    first_years,
    labour_markets,
    member_table,
    official_regions,
    region_table,
)
from etl.build.territory import territory_changes
from etl.catalogue import Catalogue
from etl.catalogue.pointer import (
    Keeping,
    Pointer,
    available_versions,
    read_pointer,
    version_stamp,
    warehouse_file,
)
from etl.catalogue.standing import HeldAnswer, Hold, SourceProblem, VersionStanding, read_standing
from etl.catalogue.warehouse_schema import SCHEMA_VERSION, connected
from etl.errors import PublishError, SourceError
from etl.source.client import Client
from etl.source.fetching import Access, Progress
from etl.source.landing import first_told
from etl.store import (
    REGIONS,
    Binding,
    landing_folder,
    read_binding,
    read_refused,
    write_binding,
    write_pointer,
    write_refused,
    write_standing,
)

log = logging.getLogger(__name__)
_MOST_REMEMBERED = 50  # answers of a source that were held back


@dataclass(frozen=True)
class PublishTerms:
    """
    How to publish: which versions to keep, all sources or none, whose held answers are accepted.

    `only`: the indicators of which `strict` demands all sources; empty means of all.
    """

    keeping: Keeping = field(default_factory=Keeping)
    strict: bool = False
    accept: Collection[str] = ()
    only: Collection[str] = ()


@dataclass(frozen=True)
class Example:
    """Documents that are no statistics, and what they are bound to."""

    binding: Binding
    documents: Path


@dataclass(frozen=True)
class Outcome:
    """
    What a build came to: the version now current, and what is stale, missing or held back.

    `refusal`: why nothing is published, where there is nothing that may be; "" otherwise.
    `hold`: the version that a person holds, where that is why nothing is. `not_accepted`: the
    indicators of which an answer was to be accepted, and none was: it does not wait, or, where a
    version is held, waits on.
    """

    version: str | None
    published: bool
    report: Report
    refusal: str = ""
    hold: Hold | None = None
    not_accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """
    A version that could be published, as a file beside the others, and what was read for it.

    `file` is None where it would be the current one again, or may not be published: `refusal`.
    """

    version: str
    file: Path | None
    report: Report
    refusal: str = ""
    figures: str = ""


def find_tables(
    catalogue: Catalogue, access: Access, data: Path, *, only: Collection[str] = ()
) -> dict[str, Resolved]:
    """
    Find the tables at the source, and keep what they are bound to.

    With `only`, the tables that these indicators use; of all others the last outcome stands.
    """
    before = read_binding(data) or Binding("", "")
    known, asked = official_regions(REGIONS), tables_of(catalogue, only)
    resolved = resolve_tables(catalogue, access, before, known, asked=asked)
    bound = {key: table.binding for key, table in resolved.items()}
    kept = {key: table for key, table in before.tables.items() if key in catalogue.table}
    moment = _now().isoformat(timespec="seconds")
    told = list(access.client.told)
    write_binding(data, Binding(access.client.api, moment, kept | bound, before.problems, told))
    return resolved


def pull(
    catalogue: Catalogue,
    client: Client,
    data: Path,
    *,
    only: Collection[str] = (),
    force: bool = False,
) -> Binding:
    """Find the tables, of all indicators or of some, fetch what has changed; keep the outcome."""
    access = source_access(client, data)
    resolved = find_tables(catalogue, access, data, only=only)
    fetch_labour_markets(access)
    known = official_regions(REGIONS)
    with Progress() as progress:
        failed = fetch_tables(
            catalogue, access, resolved, known=known, only=only, force=force, progress=progress
        )
    binding = read_binding(data) or Binding("", "")
    others = _problems(binding, catalogue, tables_of(catalogue, only))
    binding = replace(binding, problems=others | failed, told=list(client.told))
    write_binding(data, binding)
    asked = {table.binding.id for table in resolved.values()}
    waiting = {
        digest: refusal
        for digest, refusal in access.refused.items()
        if refusal.kept or refusal.table not in asked
    }
    write_refused(data, waiting | access.seen)
    return binding


def source_access(client: Client, data: Path) -> Access:
    """Ask the source for its limits; return what it takes to ask it for tables."""
    return Access(client, client.config(), landing_folder(data), read_refused(data))


def tables_of(catalogue: Catalogue, only: Collection[str]) -> frozenset[str]:
    """Return the keys of the tables that some indicators use; of all tables, for none."""
    if not only:
        return frozenset(catalogue.table)
    return frozenset(use.source.table for use in uses(catalogue) if use.indicator.id in only)


def note_outage(
    data: Path, catalogue: Catalogue, error: SourceError, only: Collection[str] = ()
) -> None:
    """Remember that no table could be asked for, so that what is shown says it is stale."""
    before, asked = read_binding(data) or Binding("", ""), tables_of(catalogue, only)
    failed = dict.fromkeys(sorted(asked), str(error))
    write_binding(data, replace(before, problems=_problems(before, catalogue, asked) | failed))


def _problems(before: Binding, catalogue: Catalogue, asked: Collection[str]) -> dict[str, str]:
    """Return what went wrong last with tables that are not asked for now."""
    return {
        key: reason
        for key, reason in before.problems.items()
        if key in catalogue.table and key not in asked
    }


def build(
    catalogue: Catalogue,
    catalogue_bytes: bytes,
    data: Path,
    *,
    terms: PublishTerms | None = None,
    example: Example | None = None,
) -> Outcome:
    """
    Build a version from what has landed and make it current; nothing new makes no version.

    Nothing is published when there is nothing to publish, with `strict` anything is amiss, or a
    person holds a version; what was found is told all the same.
    """
    terms = terms or PublishTerms()
    standing = read_standing(data) or VersionStanding()
    # What is not published is not accepted: it waits on.
    waiting = set() if standing.hold else {held.indicator for held in standing.held}
    passed_over = () if example else tuple(name for name in terms.accept if name not in waiting)
    if standing.hold:
        terms = replace(terms, accept=())
    with drafting(catalogue, catalogue_bytes, data, terms=terms, example=example) as draft:
        if not example:
            known = draft.report.known
            others = {digest: refusal for digest, refusal in known.items() if not refusal.kept}
            write_refused(data, others | draft.report.refused)
        pointer = read_pointer(data)
        current = pointer.version if pointer else ""
        may = not draft.refusal and not standing.hold
        if may and draft.file:
            built = _now().isoformat(timespec="seconds")
            version = draft.version
            new = Pointer(version, warehouse_file(version), built, example is not None)
            publish(data, draft.file, new)
        elif may and draft.version != current:  # the pointer is lost, or its file is damaged
            write_pointer(data, pointer_to(data, draft.version))
    published = may and draft.file is not None
    version = draft.version if may else current
    try:
        _note_standing(data, version, draft, standing)
    except OSError as error:
        draft.report.unguarded.append(f"how the version stands could not be written ({error})")
    if published:
        figures = (read_standing(data) or standing).figures
        remove_superseded(data, version, figures, terms.keeping)
    return Outcome(
        version or None,
        published=published,
        report=draft.report,
        refusal=draft.refusal,
        hold=standing.hold,
        not_accepted=passed_over,
    )


def pointer_to(data: Path, version: str) -> Pointer:
    """
    Return the pointer to a version that is kept.

    Raises:
        PublishError: when its file says nothing of its run.
        duckdb.Error: when its file cannot be read.

    """
    file = warehouse_file(version)
    with closing(connected(data / file)) as connection:
        row = connection.execute("SELECT finished, example FROM run").fetchone()
    if row is None:
        raise PublishError(f"{file} says nothing of its run; it cannot be used")
    return Pointer(version, file, f"{row[0].isoformat()}+00:00", bool(row[1]))


@contextmanager
def drafting(
    catalogue: Catalogue,
    catalogue_bytes: bytes,
    data: Path,
    *,
    terms: PublishTerms,
    example: Example | None = None,
) -> Iterator[Draft]:
    """Build the version that would be published, as a file that is gone after the block."""
    started = _now()
    binding = example.binding if example else read_binding(data) or Binding("", "")
    folder = example.documents if example else landing_folder(data)
    known = official_regions(REGIONS)
    wanted = [use.key for use in uses(catalogue)]
    before = version_before(data, known.same_area, wanted, example=example is not None)
    states = table_states(catalogue, folder, binding, known)
    guard = _guard(data, before, terms, example)
    if guard.on:
        guard.published = published_states(catalogue, folder, states, guard.before, known=known)
    book = codebook([*states.values(), [*guard.published.values()]], first_years(REGIONS))
    report = Report(
        unguarded=_unguarded(data, before, states) if guard.on else [],
        known={} if example else read_refused(data),
    )
    segments = tuple(dict.fromkeys(use.segment.id for use in uses(catalogue)))
    ids = tuple(catalogue.indicator)
    with drafted(data, book, indicators=ids, segments=segments) as (path, connection):
        loaded = (
            (indicator, parts)
            for indicator, sources in groupby(uses(catalogue), key=lambda use: use.indicator.id)
            if (
                parts := load_indicator(
                    tuple(sources), states, binding, book, guard=guard, report=report
                )
            )
        )
        report.observations = insert_all(connection, loaded, book)
        if refusal := _refusal(report, terms):
            yield Draft("", None, report, refusal)
            return
        *markets, listed = labour_markets(folder, REGIONS)
        if not (listed or example):
            report.warnings.append(
                Warned(None, CODELIST, "it has not been fetched: no local labour markets")
            )
        digest = content_hash(catalogue_bytes + _definitions() + listed.encode(), report)
        if before.file and before.version.endswith(digest):
            yield Draft(before.version, None, report)
            return
        _describe(connection, catalogue, report, binding)
        insert(connection, "region", markets[0])
        insert(connection, "region_member", markets[1])
        summarise(connection)
        cover(connection)
        if before.file:
            note_revisions(connection, before.file, ids, known.same_area)
        version = f"{version_stamp(started, before.version)}-{digest}"
        _sign(connection, version, started, report, example=example is not None)
        figures = figures_digest(connection)
        connection.execute("CHECKPOINT")
        connection.close()
        yield Draft(version, path, report, figures=figures)


def _guard(data: Path, before: Before, terms: PublishTerms, example: Example | None) -> Guard:
    """Return what new answers are compared with; a person accepts those that were held, by hash."""
    if example:
        return Guard(on=False)
    standing = read_standing(data) or VersionStanding()
    return Guard(
        before=before.sources,
        waiting={
            (indicator, segment, source): hashes
            for key, hashes in standing.waiting.items()
            for indicator, segment, source in [key.split(" ")]
        },
        accepted=frozenset(
            (held.key, held.answer) for held in standing.held if held.indicator in terms.accept
        ),
    )


def _unguarded(data: Path, before: Before, states: Mapping[str, Sequence[TableState]]) -> list[str]:
    """
    Return why figures have nothing to be compared with, where they should have.

    A first load has nothing: no version, no word of one, and no table that has landed in two
    states.
    """
    troubles = list(before.troubles)
    if before.file:
        return troubles
    standing = read_standing(data)
    known = standing is not None and standing.version != ""
    if (
        troubles
        or known
        or any(len({one.dated for one in landed}) > 1 for landed in states.values())
    ):
        troubles.append("no version is there to compare with: the figures were not compared")
    return troubles


def _note_standing(data: Path, version: str, draft: Draft, before: VersionStanding) -> None:
    """Keep how the version that is current stands after a build."""
    report, now = draft.report, _now().isoformat(timespec="seconds")
    seen = {
        (one.indicator, one.segment, one.source, first_told(one.reason)): one.since
        for one in before.problems
    }
    waited = {(held.key, held.answer): held.since for held in before.held}
    held_keys = {held.use.key for held in report.held}
    # What could not be built anew is still shown where the current version has it.
    shown = _shown_sources(data, version) if draft.refusal or before.hold else frozenset()
    problems = tuple(
        SourceProblem(
            indicator=indicator,
            segment=segment,
            source=source,
            stale=stale or use.key in shown,
            held=use.key in held_keys,
            reason=reason,
            since=seen.get((indicator, segment, source, first_told(reason)), now),
        )
        for use, stale, reason in report.problems
        for indicator, segment, source in [use.key]
    )
    held = tuple(
        HeldAnswer(
            indicator=one.use.key[0],
            segment=one.use.key[1],
            source=one.use.key[2],
            table=one.table,
            answer=one.answer,
            reason=one.reason,
            examples=tuple(map(str, one.doubt.examples)),
            since=waited.get((one.use.key, one.answer), now),
        )
        for one in report.held
    )
    if draft.refusal:  # what was accepted is not published: it waits on
        accepted = {(use.key, answer_of(state, use)) for use, state, _ in report.loaded}
        still = [one for one in before.held if (one.key, one.answer) in accepted]
        keys = {one.key for one in still}
        held += tuple(still)
        problems += tuple(
            one
            for one in before.problems
            if one.held and (one.indicator, one.segment, one.source) in keys
        )
    write_standing(
        data,
        before.model_copy(
            update={
                "version": version,
                "problems": problems,
                "held": held,
                "waiting": _waiting(before, report, published=not draft.refusal),
                "unguarded": tuple(report.unguarded),
                "figures": _figures(data, before, draft),
            }
        ),
    )


def _waiting(
    before: VersionStanding, report: Report, *, published: bool
) -> dict[str, tuple[str, ...]]:
    """Return every answer that was held back and is not published, the newest last."""
    loaded = report.loaded if published else ()
    gone = {(" ".join(use.key), answer_of(state, use)) for use, state, _ in loaded}
    waiting = {key: list(hashes) for key, hashes in before.waiting.items()}
    for key, hashes in report.waiting.items():
        waiting.setdefault(" ".join(key), []).extend(hashes)
    return {
        key: left[-_MOST_REMEMBERED:]
        for key, hashes in waiting.items()
        if (left := tuple(dict.fromkeys(one for one in hashes if (key, one) not in gone)))
    }


def _figures(data: Path, before: VersionStanding, draft: Draft) -> dict[str, str]:
    """Return the digest of the figures of every version that is there and can be read."""
    known = {
        version: digest
        for version, digest in {**before.figures, draft.version: draft.figures}.items()
        if digest.startswith(DIGEST_METHOD)  # those of before are made anew
    }
    if draft.file is None or before.hold:
        return dict(before.figures)
    found = {}
    for version in available_versions(data):
        try:
            if version not in known:
                with closing(connected(data / warehouse_file(version))) as connection:
                    known[version] = figures_digest(connection)
        except duckdb.Error as error:
            log.warning("%s cannot be read: %s", version, error)
            continue
        found[version] = known[version]
    return found


def _shown_sources(data: Path, version: str) -> frozenset[tuple[str, str, str]]:
    """Return the sources that a version has figures of; none of one that cannot be read."""
    try:
        with closing(connected(data / warehouse_file(version))) as connection:
            rows = connection.execute("SELECT indicator, segment, source FROM lineage").fetchall()
    except duckdb.Error:
        return frozenset()
    return frozenset((indicator, segment, source) for indicator, segment, source in rows)


def _definitions() -> bytes:
    """Return what else a figure depends on: the classifications, the tables, the code."""
    files = [*sorted(REGIONS.glob("*.csv")), Path(__file__).parent / "schema.sql"]
    return __version__.encode() + b"".join(file.read_bytes() for file in files)


def _refusal(report: Report, terms: PublishTerms) -> str:
    """Return why nothing may be published: there is nothing, or not all that was demanded."""
    if not report.loaded:
        return "no source has data"
    if report.lost:
        names = ", ".join(dict.fromkeys(use.indicator.id for use in report.lost))
        return (
            f"{names}: what SCB sends is held back, and the documents of the figures that are "
            "shown are gone from the landing; restore them from a copy, or accept what is sent"
        )
    amiss = sum(
        1 for use, *_ in report.problems if not terms.only or use.indicator.id in terms.only
    )
    if terms.strict and amiss:
        return f"--strict, and {amiss} source{'s are' if amiss > 1 else ' is'} stale or missing"
    return ""


def _describe(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, report: Report, binding: Binding
) -> None:
    labels = description.region_labels(report)
    for table, rows in (
        ("region", region_table(REGIONS, labels)),
        ("region_member", member_table(REGIONS)),
        ("category", description.category_rows(catalogue, report)),
        ("break", description.break_rows(catalogue, territory_changes(REGIONS))),
        ("source_table", description.source_table_rows(report, binding)),
        ("indicator_source", description.indicator_source_rows(report)),
        ("note", description.note_rows(report)),
        ("source_problem", description.problem_rows(report)),
        ("warning", description.warning_rows(report)),
        ("lineage", description.lineage_rows(report)),
    ):
        insert(connection, table, rows)


def _sign(
    connection: duckdb.DuckDBPyConnection,
    version: str,
    started: datetime,
    report: Report,
    *,
    example: bool,
) -> None:
    connection.execute(
        """
        INSERT INTO run
        VALUES ($version, $started, $finished, $example, $rows, $warnings, $schema_version)
        """,
        {
            "version": version,
            "started": started.replace(tzinfo=None),
            "finished": _now().replace(tzinfo=None),
            "example": example,
            "rows": report.observations,
            "warnings": len(set(map(str, report.warnings))),
            "schema_version": SCHEMA_VERSION,
        },
    )


def _now() -> datetime:
    return datetime.now(UTC)
