"""The commands: what each does, prints and exits with, and the options they share."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Annotated

import duckdb
import orjson
import typer

from etl.binding.binding import uses
from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.catalogue.pointer import Pointer, available_versions, read_pointer, warehouse_file
from etl.errors import CatalogueError, EtlError, PublishError, SourceError, UsageError
from etl.pipeline import DEFAULT_KEEP, Example, Outcome, PublishTerms, build, note_outage, pull
from etl.source import landing
from etl.source.client import SCB_API, Client
from etl.status import warehouse_status
from etl.store import Binding, landing_folder, lock, read_binding, write_pointer
from etl.trace import traced

USE, SOME, NONE = 2, 3, 4

Data = Annotated[Path, typer.Option("--data", help="Landing, warehouses and binding.json.")]
Api = Annotated[str, typer.Option("--api", help="Address of a PxWebApi 2.")]
CatalogueFile = Annotated[Path, typer.Option("--catalogue", help="The catalogue file.")]
Only = Annotated[list[str] | None, typer.Option("--only", help="Only these indicators.")]
Force = Annotated[bool, typer.Option("--force")]
Keep = Annotated[int, typer.Option("--keep", min=1, help="How many versions to keep.")]
Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", help="Publish this indicator although it shrank or moved."),
]
DATA, CATALOGUE = Path("data"), Path("indicators.yaml")
MOST_CODES_SHOWN = 6


@contextmanager
def reported() -> Iterator[None]:
    """Turn the errors we raise on purpose into a message and an exit code."""
    try:
        yield
    except (CatalogueError, UsageError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(USE) from error
    except (PublishError, SourceError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NONE) from error
    except EtlError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(USE) from error
    except BrokenPipeError as error:
        # Whoever read has seen enough (`| head`); what is left in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from error
    except OSError as error:
        typer.echo(f"{error}; make room or check permissions; nothing is published", err=True)
        raise typer.Exit(NONE) from error
    except duckdb.Error as error:
        typer.echo(
            f"a warehouse cannot be read or written: {error}\n"
            "`python -m etl use VERSION` takes another version; a file that is damaged can be "
            "removed: the landed documents hold everything that was in it",
            err=True,
        )
        raise typer.Exit(NONE) from error


def current(data: Path) -> Pointer:
    """
    Return the pointer to the current warehouse.

    Raises:
        PublishError: when there is none; the message says what makes one.

    """
    pointer = read_pointer(data)
    if pointer is None:
        raise PublishError(
            f"{data} holds no warehouse; make one with `python -m etl run`, "
            "or `python -m etl demo` for example data"
        )
    return pointer


def validate(catalogue: CatalogueFile = CATALOGUE) -> None:
    """Check the catalogue: 0 ok, 2 with every problem listed."""
    with reported():
        loaded = load(catalogue)
        typer.echo(
            f"{catalogue}: {len(loaded.indicators)} indicators, {len(loaded.tables)} tables, valid"
        )


def resolve(api: Api = SCB_API, data: Data = DATA, catalogue: CatalogueFile = CATALOGUE) -> None:
    """Find every table at the source: found, healed or missing."""
    with reported(), lock(data), Client(api) as client:
        binding = pull(load(catalogue), client, data, with_data=False)
        for key, table in binding.tables.items():
            typer.echo(" ".join(filter(None, (f"{table.state:<11} {key}", table.id, table.reason))))
        raise typer.Exit(
            _code(any(table.state not in {"found", "healed"} for table in binding.tables.values()))
        )


def fetch(
    api: Api = SCB_API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    only: Only = None,
    *,
    force: Force = False,
) -> None:
    """Resolve, then fetch what has changed at the source."""
    with reported(), lock(data), Client(api) as client:
        loaded = load(catalogue)
        chosen = _known(loaded, only)
        asked = {u.source.table for u in uses(loaded) if not chosen or u.indicator.id in chosen}
        try:
            binding = pull(loaded, client, data, only=chosen, force=force)
        except SourceError as error:
            note_outage(data, loaded, error)
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
        loaded = load(catalogue)
        accepted = _known(loaded, accept)
        terms = PublishTerms(keep=keep, accept=accepted)
        _finish(build(loaded, catalogue.read_bytes(), data, terms=terms))


def run(  # noqa: PLR0917  the options of the command
    api: Api = SCB_API,
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
        loaded = load(catalogue)
        accepted, chosen = _known(loaded, accept), _known(loaded, only)
        try:
            _tell_problems(pull(loaded, client, data, only=chosen, force=force))
        except SourceError as error:
            typer.echo(f"The API could not be used: {error}", err=True)
            note_outage(data, loaded, error)
        terms = PublishTerms(keep=keep, strict=strict, accept=accepted)
        _finish(build(loaded, catalogue.read_bytes(), data, terms=terms))


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
        loaded = load(catalogue)
        example = Example(*write_examples(loaded, data))
        # An older example may have had other regions and years: nothing that anybody misses.
        terms = PublishTerms(accept=list(loaded.indicator))
        _finish(build(loaded, catalogue.read_bytes(), data, terms=terms, example=example))


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
    for use, stale, reason in report.problems:
        state = "stale" if stale else "missing"
        typer.echo(f"{state:<8} {use.indicator.id} {use.segment.id} {use.name}: {reason}", err=True)
    for warning in dict.fromkeys(report.warnings):
        typer.echo(f"warning  {warning}", err=True)
    raise typer.Exit(_code(bool(report.problems)))


def _code(some: bool) -> int:
    return SOME if some else 0


def status(
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    *,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say what the current warehouse holds; 4 when there is none."""
    with reported():
        answer = warehouse_status(data, current(data), load(catalogue), read_binding(data))
        if json:
            typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
            return
        nature = "EXAMPLE DATA, no statistics" if answer["example"] else "SCB's statistics"
        typer.echo(f"{answer['version']}  {nature}  {answer['observations']:,} observations")
        for name, indicator in answer["indicators"].items():
            years = f"{indicator['first']}-{indicator['last']}" if indicator["first"] else "no data"
            state = "STALE" if indicator["stale"] else ""
            line = (name.ljust(36), years.ljust(10), str(indicator["regions"]).rjust(5), state)
            typer.echo(" ".join((*line, indicator["reason"] or "")).rstrip())
        if answer["revisions"]:
            counts = ", ".join(
                f"{name} {indicator['count']}" for name, indicator in answer["revised"].items()
            )
            typer.echo(
                f"{answer['revisions']} figures revised by SCB since the first version: {counts}"
            )
        if answer["next_update"]:
            typer.echo(f"next update announced by the source: {answer['next_update']}")
        for warning in answer["warnings"]:
            typer.echo(f"warning: {warning}")


def path(data: Data = DATA) -> None:
    """Print the current warehouse file; 4 when there is none."""
    with reported():
        typer.echo(data / current(data).file)


def use(version: str, data: Data = DATA) -> None:
    """Make a kept version the current one: roll back or forward."""
    with reported(), lock(data):
        file, available = warehouse_file(version), available_versions(data)
        if version not in available:
            raise UsageError(f"no version {version}; kept are {', '.join(available) or 'none'}")
        with duckdb.connect(data / file, read_only=True) as connection:
            row = connection.execute("SELECT finished, example FROM run").fetchone()
        if row is None:
            raise UsageError(f"{file} says nothing of its run; it cannot be used")
        write_pointer(data, Pointer(version, file, f"{row[0].isoformat()}+00:00", bool(row[1])))
        typer.echo(f"{version} is now current")


def trace(  # noqa: PLR0917  the options of the command
    indicator: Annotated[str, typer.Option()],
    region: Annotated[str, typer.Option()],
    period: Annotated[str, typer.Option()],
    sex: Annotated[str, typer.Option()] = "_T",
    background: Annotated[str, typer.Option()] = "_T",
    education: Annotated[str, typer.Option()] = "_T",
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
) -> None:
    """Show the bytes behind one observation."""
    with reported():
        key = {
            "indicator": indicator, "region": region, "period": period,
            "sex": sex, "background": background, "education": education,
        }  # fmt: skip
        pointer = current(data)
        folder = (data / "example" / "landing") if pointer.example else landing_folder(data)
        traced_observation = traced(load(catalogue), data / pointer.file, folder, key)
        typer.echo(
            "observation  "
            + "  ".join(f"{k}={v}" for k, v in traced_observation.observation.items())
        )
        for record, cells in groupby(traced_observation.cells, key=lambda cell: cell.record):
            typer.echo(
                f"document {record.sha256}  table {record.table}  updated {record.updated}  "
                f"fetched {record.fetched}"
            )
            typer.echo(f"  request POST {record.url}  {_shortened(record.body)}")
            for cell in cells:
                codes = "  ".join(f"{name}={code}" for name, code in cell.codes.items())
                number = f"value {cell.value}  status {cell.status}"
                typer.echo(f"  {cell.part}  cell {cell.position}  {number}  {codes}")


def _shortened(request: str | None) -> str:
    """Return what was asked, with long lists of codes counted."""
    asked = orjson.loads(request or '{"selection": []}')["selection"]
    return "  ".join(
        f"{part['variableCode']}: "
        + (
            ", ".join(part["valueCodes"])
            if len(part["valueCodes"]) <= MOST_CODES_SHOWN
            else f"{len(part['valueCodes'])} codes"
        )
        for part in asked
    )


def prune(
    data: Data = DATA,
    keep: Annotated[int, typer.Option("--keep", min=1, help="Newest documents a request.")] = 2,
) -> None:
    """Remove landed documents that no kept warehouse and no newer state needs."""
    with reported(), lock(data):
        needed: set[str] = set()
        for version in available_versions(data):
            with duckdb.connect(data / warehouse_file(version), read_only=True) as connection:
                rows = connection.execute("SELECT metadata, documents FROM lineage").fetchall()
            needed |= {digest for metadata, digests in rows for digest in (metadata, *digests)}
        removed = landing.prune_documents(landing_folder(data), keep=keep, needed=needed)
        typer.echo(f"{removed} superseded documents removed")
