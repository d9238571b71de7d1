"""The commands that look at what there is: status, path, use, trace, prune."""

from itertools import groupby
from typing import Annotated

import duckdb
import orjson
import typer

from etl.catalogue.loading import load
from etl.catalogue.pointer import Pointer, available_versions, warehouse_file
from etl.cli.options import CATALOGUE, DATA, CatalogueFile, Data, current, reported
from etl.errors import UsageError
from etl.source.landing import prune as prune_landing
from etl.status import status as status_of
from etl.store import landing_folder, lock, read_binding, write_pointer
from etl.trace import trace as trace_of

MANY = 6


def status(
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    *,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say what the current warehouse holds; 4 when there is none."""
    with reported():
        found = status_of(data, current(data), load(catalogue), read_binding(data))
        if json:
            typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
            return
        nature = "EXAMPLE DATA, no statistics" if found["example"] else "SCB's statistics"
        typer.echo(f"{found['version']}  {nature}  {found['observations']:,} observations")
        for name, one in found["indicators"].items():
            years = f"{one['first']}-{one['last']}" if one["first"] else "no data"
            state = "STALE" if one["stale"] else ""
            line = (name.ljust(36), years.ljust(10), str(one["regions"]).rjust(5), state)
            typer.echo(" ".join((*line, one["reason"] or "")).rstrip())
        if found["revisions"]:
            each = ", ".join(f"{name} {one['count']}" for name, one in found["revised"].items())
            typer.echo(
                f"{found['revisions']} figures revised by SCB since the first version: {each}"
            )
        if found["next_update"]:
            typer.echo(f"next update announced by the source: {found['next_update']}")
        for warning in found["warnings"]:
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
        found = trace_of(load(catalogue), data / pointer.file, folder, key)
        typer.echo("observation  " + "  ".join(f"{k}={v}" for k, v in found.observation.items()))
        for record, cells in groupby(found.cells, key=lambda cell: cell.record):
            typer.echo(
                f"document {record.sha256}  table {record.table}  updated {record.updated}  "
                f"fetched {record.fetched}"
            )
            typer.echo(f"  request POST {record.url}  {_shortened(record.body)}")
            for cell in cells:
                codes = "  ".join(f"{name}={code}" for name, code in cell.codes.items())
                number = f"value {cell.value}  status {cell.status}"
                typer.echo(f"  {cell.part}  cell {cell.position}  {number}  {codes}")


def _shortened(body: str | None) -> str:
    """Return what was asked, with long lists of codes counted."""
    asked = orjson.loads(body or '{"selection": []}')["selection"]
    return "  ".join(
        f"{part['variableCode']}: "
        + (
            ", ".join(part["valueCodes"])
            if len(part["valueCodes"]) <= MANY
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
        removed = prune_landing(landing_folder(data), keep=keep, needed=needed)
        typer.echo(f"{removed} superseded documents removed")
