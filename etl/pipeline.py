"""
The steps in their order: resolve, fetch, build, publish.

An edge: knows the clock and the data folder. It decides nothing about figures.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import duckdb
import orjson

from etl import __version__
from etl.binding.binding import uses
from etl.binding.tables import Resolved, fetch_tables, resolve_tables
from etl.build import description
from etl.build.building import (
    Report,
    Warned,
    codebook,
    content_hash,
    load_indicator,
    table_states,
)
from etl.build.checks import Coverage
from etl.build.load import (
    cover,
    drafted,
    insert,
    insert_all,
    note_revisions,
    previous_file,
    publish,
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
from etl.catalogue.pointer import Pointer, read_pointer, warehouse_file
from etl.catalogue.warehouse_schema import SCHEMA_VERSION
from etl.errors import SourceError
from etl.source.client import Client
from etl.source.fetching import Access, Progress
from etl.store import (
    REGIONS,
    Binding,
    landing_folder,
    read_binding,
    read_refused,
    write_binding,
    write_refused,
)

log = logging.getLogger(__name__)
DEFAULT_KEEP = 5


@dataclass(frozen=True)
class PublishTerms:
    """
    How to publish: versions to keep, all sources or none, indicators whose shrinking is fine.

    `only`: the indicators of which `strict` demands all sources; empty means of all.
    """

    keep: int = DEFAULT_KEEP
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
    What a build came to: the version now current, and what is stale or missing.

    `refusal`: why nothing is published, where there is nothing that may be; "" otherwise.
    """

    version: str | None
    published: bool
    report: Report
    refusal: str = ""


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

    Nothing is published when there is nothing to publish, or with `strict` anything is amiss.
    """
    started, terms = _now(), terms or PublishTerms()
    binding = example.binding if example else read_binding(data) or Binding("", "")
    folder = example.documents if example else landing_folder(data)
    is_example = example is not None
    known = official_regions(REGIONS)
    states = table_states(catalogue, folder, binding, known)
    book = codebook(states, first_years(REGIONS))
    previous = previous_file(data, example=is_example)
    earlier = _coverages(previous, terms.accept)
    report = Report(known={} if is_example else read_refused(data))
    segments = tuple(dict.fromkeys(use.segment.id for use in uses(catalogue)))
    ids = tuple(catalogue.indicator)
    with drafted(data, book, indicators=ids, segments=segments) as (draft, connection):
        loaded = (
            (indicator, parts)
            for indicator, sources in groupby(uses(catalogue), key=lambda use: use.indicator.id)
            if (
                parts := load_indicator(
                    tuple(sources), states, binding, book, before=earlier, report=report
                )
            )
        )
        report.observations = insert_all(connection, loaded, book)
        if not is_example:
            others = {d: refusal for d, refusal in report.known.items() if not refusal.kept}
            write_refused(data, others | report.refused)
        if refusal := _refusal(report, terms):
            return Outcome(None, published=False, report=report, refusal=refusal)
        *markets, listed = labour_markets(folder, REGIONS)
        if not (listed or is_example):
            report.warnings.append(
                Warned(None, CODELIST, "it has not been fetched: no local labour markets")
            )
        digest = content_hash(catalogue_bytes + _definitions() + listed.encode(), report)
        current = read_pointer(data)
        if current and current.example == is_example and current.version.endswith(digest):
            return Outcome(current.version, published=False, report=report)
        _describe(connection, catalogue, report, binding)
        insert(connection, "region", markets[0])
        insert(connection, "region_member", markets[1])
        summarise(connection)
        cover(connection)
        if previous:
            note_revisions(connection, previous, ids, known.same_area)
        version = f"{started:%Y%m%dT%H%M%SZ}-{digest}"
        _sign(connection, version, started, report, example=is_example)
        connection.execute("CHECKPOINT")
        connection.close()
        built = _now().isoformat(timespec="seconds")
        pointer = Pointer(version, warehouse_file(version), built, is_example)
        publish(data, draft, pointer, terms.keep)
    return Outcome(version, published=True, report=report)


def _definitions() -> bytes:
    """Return what else a figure depends on: the classifications, the tables, the code."""
    files = [*sorted(REGIONS.glob("*.csv")), Path(__file__).parent / "schema.sql"]
    return __version__.encode() + b"".join(file.read_bytes() for file in files)


def _refusal(report: Report, terms: PublishTerms) -> str:
    """Return why nothing may be published: there is nothing, or not all that was demanded."""
    if not report.loaded:
        return "no source has data"
    amiss = sum(
        1 for use, *_ in report.problems if not terms.only or use.indicator.id in terms.only
    )
    if terms.strict and amiss:
        return f"--strict, and {amiss} source{'s are' if amiss > 1 else ' is'} stale or missing"
    return ""


def _coverages(
    previous: Path | None, accept: Collection[str]
) -> Mapping[tuple[str, str, str], Coverage]:
    """Return what each source covered in the previous version, but for accepted indicators."""
    if previous is None:
        return {}
    with duckdb.connect(previous, read_only=True) as connection:
        rows = connection.execute(
            "SELECT indicator, segment, source, regions, periods, medians FROM lineage"
        ).fetchall()
    return {
        (indicator, segment, source): Coverage(
            frozenset(regions), frozenset(periods), orjson.loads(medians)
        )
        for indicator, segment, source, regions, periods, medians in rows
        if indicator not in accept
    }


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
