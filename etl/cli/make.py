"""The commands that make something: validate, resolve, fetch, build, run, demo."""

from typing import Annotated

import typer

from etl.binding.binding import uses
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.catalogue.pointer import read_pointer
from etl.cli.options import (
    CATALOGUE,
    DATA,
    NONE,
    SOME,
    Accept,
    Api,
    CatalogueFile,
    Data,
    Force,
    Keep,
    Only,
    reported,
)
from etl.errors import SourceError, UsageError
from etl.pipeline import DEFAULT_KEEP, Example, Outcome, Terms, build, note_outage, pull
from etl.source.client import API, Client
from etl.store import Binding, landing_folder, lock


def validate(catalogue: CatalogueFile = CATALOGUE) -> None:
    """Check the catalogue: 0 ok, 2 with every problem listed."""
    with reported():
        found = load(catalogue)
        typer.echo(
            f"{catalogue}: {len(found.indicators)} indicators, {len(found.tables)} tables, valid"
        )


def resolve(api: Api = API, data: Data = DATA, catalogue: CatalogueFile = CATALOGUE) -> None:
    """Find every table at the source: found, healed or missing."""
    with reported(), lock(data), Client(api) as client:
        binding = pull(load(catalogue), client, data, with_data=False)
        for key, one in binding.tables.items():
            typer.echo(" ".join(filter(None, (f"{one.state:<11} {key}", one.id, one.reason))))
        raise typer.Exit(
            _code(any(one.state not in {"found", "healed"} for one in binding.tables.values()))
        )


def fetch(
    api: Api = API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    only: Only = None,
    *,
    force: Force = False,
) -> None:
    """Resolve, then fetch what has changed at the source."""
    with reported(), lock(data), Client(api) as client:
        found = load(catalogue)
        chosen = _known(found, only)
        asked = {u.source.table for u in uses(found) if not chosen or u.indicator.id in chosen}
        try:
            binding = pull(found, client, data, only=chosen, force=force)
        except SourceError as error:
            note_outage(data, found, error)
            raise
        _tell_problems(binding)
        failed = asked & set(binding.problems)
        raise typer.Exit(NONE if failed == asked else _code(bool(failed)))


def build_version(
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    keep: Keep = DEFAULT_KEEP,
    accept: Accept = None,
) -> None:
    """Build a new version from what has landed."""
    with reported(), lock(data):
        found = load(catalogue)
        accepted = _known(found, accept)
        terms = Terms(keep=keep, accept=accepted)
        _finish(build(found, catalogue.read_bytes(), data, terms=terms))


def run(  # noqa: PLR0917  the options of the command
    api: Api = API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    only: Only = None,
    keep: Keep = DEFAULT_KEEP,
    accept: Accept = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="All sources, or nothing.")] = False,
    force: Force = False,
) -> None:
    """Resolve, fetch and build."""
    with reported(), lock(data), Client(api) as client:
        found = load(catalogue)
        accepted, chosen = _known(found, accept), _known(found, only)
        try:
            _tell_problems(pull(found, client, data, only=chosen, force=force))
        except SourceError as error:
            typer.echo(f"The API could not be used: {error}", err=True)
            note_outage(data, found, error)
        terms = Terms(keep=keep, strict=strict, accept=accepted)
        _finish(build(found, catalogue.read_bytes(), data, terms=terms))


def demo(data: Data = DATA, catalogue: CatalogueFile = CATALOGUE, *, force: Force = False) -> None:
    """Build example data, which are no statistics."""
    from etl.demo import write_examples

    with reported(), lock(data):
        pointer = read_pointer(data)
        real = (pointer and not pointer.example) or any(landing_folder(data).glob("TAB*"))
        if real and not force:
            raise UsageError(
                f"{data} holds real data; example data would take their place. "
                "Name another folder with --data, or say --force"
            )
        found = load(catalogue)
        example = Example(*write_examples(found, data))
        # An older example may have had other regions and years: nothing that anybody misses.
        terms = Terms(accept=list(found.indicator))
        _finish(build(found, catalogue.read_bytes(), data, terms=terms, example=example))


def _known(catalogue: Catalogue, only: list[str] | None) -> list[str]:
    unknown = [name for name in only or [] if name not in catalogue.indicator]
    if unknown:
        raise UsageError(
            f"unknown indicators: {', '.join(unknown)}; known are {', '.join(catalogue.indicator)}"
        )
    return only or []


def _tell_problems(binding: Binding) -> None:
    for key, reason in binding.problems.items():
        typer.echo(f"{key}: {reason}", err=True)


def _finish(outcome: Outcome) -> None:
    report = outcome.report
    what = "published" if outcome.published else "unchanged, still current:"
    typer.echo(f"{what} {outcome.version}, {report.observations:,} observations")
    for one, stale, reason in report.problems:
        state = "stale" if stale else "missing"
        typer.echo(f"{state:<8} {one.indicator.id} {one.segment.id} {one.name}: {reason}", err=True)
    for warning in dict.fromkeys(report.warnings):
        typer.echo(f"warning  {warning}", err=True)
    raise typer.Exit(_code(bool(report.problems)))


def _code(some: bool) -> int:
    return SOME if some else 0
