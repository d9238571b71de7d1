"""The commands: what each does, prints and exits with, and the options they share."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Annotated

import duckdb
import orjson
import typer

from etl.binding.binding import uses
from etl.binding.tables import table_folders
from etl.catalogue import Catalogue, Lang
from etl.catalogue.changes import IndicatorChanges, compared
from etl.catalogue.evidence import evidence_page
from etl.catalogue.loading import load
from etl.catalogue.pointer import (
    KEEPING,
    Keeping,
    Pointer,
    available_versions,
    read_pointer,
    warehouse_file,
)
from etl.catalogue.standing import Hold, VersionStanding, read_standing
from etl.catalogue.warehouse_schema import holds_examples
from etl.cli.causes import Trouble
from etl.cli.showing import table_lines
from etl.cli.telling import (
    NONE,
    SOME,
    log_file,
    reported,
    tell,
    tell_held,
    tell_warnings,
    writing,
)
from etl.cli.troubles import Troubles, of_source
from etl.errors import PublishError, SourceError, UsageError
from etl.pipeline import (
    Example,
    Outcome,
    PublishTerms,
    build,
    drafting,
    find_tables,
    note_outage,
    pointer_to,
    pull,
    source_access,
)
from etl.source import landing
from etl.source.client import SCB_API, Client
from etl.source.jsonstat import document_dataset
from etl.status import warehouse_status
from etl.store import Binding, landing_folder, read_binding, write_pointer, write_standing
from etl.trace import traced

Data = Annotated[Path, typer.Option("--data", help="Landing, warehouses and binding.json.")]
Api = Annotated[str, typer.Option("--api", help="Address of a PxWebApi 2.")]
CatalogueFile = Annotated[Path, typer.Option("--catalogue", help="The catalogue file.")]
Only = Annotated[list[str] | None, typer.Option("--only", help="Only these indicators.")]
Force = Annotated[bool, typer.Option("--force")]
Keep = Annotated[
    int, typer.Option("--keep", min=1, help="How many versions with different figures to keep.")
]
KeepSize = Annotated[
    float, typer.Option("--keep-size", min=0, help="Gigabytes that all versions may take.")
]
Accept = Annotated[
    list[str] | None,
    typer.Option("--accept", help="Publish the answer of this indicator that is held back."),
]
_GIGABYTE = 1_000_000_000
DATA, CATALOGUE = Path("data"), Path("indicators.yaml")
MOST_CODES_SHOWN = 6


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


def validate(
    catalogue: CatalogueFile = CATALOGUE,
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Print how well each table is documented.")
    ] = False,
) -> None:
    """Check the catalogue: 0 ok, 2 with every problem listed."""
    with reported():
        loaded = load(catalogue)
        if evidence:
            typer.echo(evidence_page(loaded), nl=False)
            return
        typer.echo(
            f"{catalogue}: {len(loaded.indicators)} indicators, {len(loaded.tables)} tables, valid"
        )


def resolve(api: Api = SCB_API, data: Data = DATA, catalogue: CatalogueFile = CATALOGUE) -> None:
    """Find every table at the source: found, healed or missing; 3 when an indicator loses any."""
    with reported(), writing(data), Client(api, drafts=data) as client:
        loaded = load(catalogue)
        resolved = find_tables(loaded, source_access(client, data), data)
        bound = {key: table.binding for key, table in resolved.items()}
        amiss = Troubles(loaded, catalogue.name, bound)
        told = (read_binding(data) or Binding("", "")).told
        troubles = [*of_source(told), *amiss.of_tables(), *amiss.of_uses(resolved)]
        tell(troubles)
        states = Counter(table.state for table in bound.values())
        lost = {trouble.indicator for trouble in troubles if trouble.state == "lost"}
        counts = [f"{states[state]} {state}" for state in sorted(states)]
        named = f"{_counted(len(lost), 'indicator')} with losses in tables that were found"
        counts += [named] * bool(lost)
        typer.echo(f"{', '.join(counts)}. Next: {_next(data, troubles, then='run')}")
        raise typer.Exit(_code(bool(lost) or bool(states.keys() - {"found", "healed"})))


def fetch(
    api: Api = SCB_API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    only: Only = None,
    *,
    force: Force = False,
) -> None:
    """Resolve, then fetch what has changed at the source."""
    with reported(), writing(data), Client(api, drafts=data) as client:
        loaded = load(catalogue)
        chosen = _known(loaded, only)
        asked = {u.source.table for u in uses(loaded) if not chosen or u.indicator.id in chosen}
        try:
            binding = pull(loaded, client, data, only=chosen, force=force)
        except SourceError as error:
            note_outage(data, loaded, error, chosen)
            raise
        amiss = Troubles(loaded, catalogue.name, binding.tables, chosen)
        troubles = [
            *of_source(binding.told),
            *amiss.of_tables("healed"),
            *amiss.of_fetching(binding.problems),
        ]
        tell(troubles)
        failed = asked & set(binding.problems)
        typer.echo(
            f"{len(asked) - len(failed)} of {len(asked)} tables fetched. "
            f"Next: {_next(data, troubles, then='build')}"
        )
        raise typer.Exit(NONE if failed == asked else _code(bool(failed)))


def build_version(  # noqa: PLR0917  the options of the command
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    keep: Keep = KEEPING.newest,
    keep_size: KeepSize = KEEPING.most_bytes / _GIGABYTE,
    accept: Accept = None,
) -> None:
    """Build a new version from what has landed."""
    with reported(), writing(data):
        loaded = load(catalogue)
        accepted = _known(loaded, accept)
        terms = PublishTerms(keeping=_keeping(keep, keep_size), accept=accepted)
        outcome = build(loaded, catalogue.read_bytes(), data, terms=terms)
        _finish(data, outcome, _troubles(data, loaded, catalogue).of_build(outcome.report))


def run(  # noqa: PLR0913, PLR0917  the options of the command
    api: Api = SCB_API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    only: Only = None,
    keep: Keep = KEEPING.newest,
    keep_size: KeepSize = KEEPING.most_bytes / _GIGABYTE,
    accept: Accept = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="All sources, or nothing.")] = False,
    force: Force = False,
) -> None:
    """Resolve, fetch and build."""
    with reported(), writing(data), Client(api, drafts=data) as client:
        loaded = load(catalogue)
        accepted, chosen = _known(loaded, accept), _known(loaded, only)
        outage, told = "", list[str]()
        try:
            told = pull(loaded, client, data, only=chosen, force=force).told
        except SourceError as error:
            outage = f"{api} could not be used ({error})"
            note_outage(data, loaded, error, chosen)
        keeping = _keeping(keep, keep_size)
        terms = PublishTerms(keeping=keeping, strict=strict, accept=accepted, only=chosen)
        outcome = build(loaded, catalogue.read_bytes(), data, terms=terms)
        amiss = _troubles(data, loaded, catalogue, chosen)
        troubles = [
            *of_source(told),
            *amiss.of_tables("healed"),
            *amiss.of_build(outcome.report),
        ]
        _finish(data, outcome, troubles, outage=outage)


def demo(data: Data = DATA, catalogue: CatalogueFile = CATALOGUE, *, force: Force = False) -> None:
    """Build example data, which are no statistics."""
    from etl.demo import write_examples

    with reported(), writing(data):
        pointer = read_pointer(data)
        real = (pointer and not pointer.example) or any(landing_folder(data).glob("TAB*"))
        if real and not force:
            raise UsageError(
                f"{data} holds real data; example data would take their place. "
                "Name another folder with --data, or say --force"
            )
        loaded = load(catalogue)
        example = Example(*write_examples(loaded, data))
        outcome = build(loaded, catalogue.read_bytes(), data, example=example)
        amiss = Troubles(loaded, catalogue.name, example.binding.tables)
        _finish(data, outcome, amiss.of_build(outcome.report), example=True)


def _keeping(newest: int, gigabytes: float) -> Keeping:
    return Keeping(newest=newest, most_bytes=round(gigabytes * _GIGABYTE))


def _known(catalogue: Catalogue, only: list[str] | None) -> list[str]:
    unknown = [name for name in only or [] if name not in catalogue.indicator]
    if unknown:
        raise UsageError(
            f"unknown indicators: {', '.join(unknown)}; known are {', '.join(catalogue.indicator)}"
        )
    return only or []


def _troubles(
    data: Path, loaded: Catalogue, catalogue: Path, only: Collection[str] = ()
) -> Troubles:
    binding = read_binding(data)
    return Troubles(loaded, catalogue.name, binding.tables if binding else {}, only)


def _finish(
    data: Path,
    outcome: Outcome,
    troubles: Sequence[Trouble],
    *,
    outage: str = "",
    example: bool = False,
) -> None:
    """Say what a build came to, what is amiss and what to do; end with the exit code."""
    problems = [trouble for trouble in troubles if trouble.state in {"stale", "missing", "held"}]
    # What example data lack is nothing that their reader could do anything about.
    aloud = problems if example else [] if outage else troubles
    tell(troubles, aloud=aloud)
    tell_held(outcome.report.held)
    for text in outcome.report.unguarded:
        typer.echo(f"not compared: {text}", err=True)
    why = "a version is held" if outcome.hold else "no answer of it was held back"
    for name in outcome.not_accepted:
        typer.echo(f"--accept {name}: {why}; nothing is accepted", err=True)
    if outcome.hold:
        said = f"nothing is published: {_told_hold(outcome.hold)}"
    elif outcome.refusal:
        said = f"nothing is published: {outcome.refusal}"
    else:
        what = "published" if outcome.published else "unchanged, still current:"
        said = f"{what} {outcome.version}, {outcome.report.observations:,} observations"
    if outage:
        kept = "" if outcome.refusal else "older figures are kept, marked as not updated: "
        typer.echo(f"{outage}; {kept}{said}; run again when it answers")
        raise typer.Exit(NONE if outcome.refusal else SOME)
    parts = [said]
    for state in ("stale", "missing", "held"):
        of_state = [trouble for trouble in problems if trouble.state == state]
        names = {trouble.indicator for trouble in of_state}
        sources, indicators = _counted(len(of_state), "source"), _counted(len(names), "indicator")
        parts += [f"{state}: {sources} of {indicators}"] * bool(of_state)
    warned = (trouble for trouble in troubles if trouble.state == "warning")
    warnings = len({(trouble.table, trouble.text) for trouble in warned})
    parts += [_counted(warnings, "warning")] * bool(warnings)
    typer.echo(f"{'; '.join(parts)}. Next: {_next(data, troubles, then='')}")
    amiss = bool(problems or outcome.report.unguarded or outcome.hold)
    raise typer.Exit(NONE if outcome.refusal else _code(amiss))


def _told_hold(hold: Hold) -> str:
    """Return which version a person holds, why, and how that ends."""
    return (
        f"{hold.version} is held since {hold.since[:10]} ({hold.reason}); "
        "`python -m etl use --release` lets go of it"
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _next(data: Path, troubles: Sequence[Trouble], then: str) -> str:
    """Return what is to be done, before the command that goes on, and where all is in full."""
    states = {trouble.state for trouble in troubles}
    held = sorted({trouble.indicator for trouble in troubles if trouble.state == "held"})
    if held and not states - {"warning", "healed", "held"}:
        accepting = f"--accept {held[0]}"
        step = (
            f"`python -m etl diff --landed {accepting}` shows what waits, "
            f"`python -m etl build {accepting}` publishes it"
        )
    elif states - {"warning", "healed"}:
        step = (
            "do what the last lines above say, `python -m etl show TABLE` tells what SCB has; "
            f"then `python -m etl {then or 'run'}`"
        )
    elif "healed" in states:
        step = "write the new ids of the lines above"
    else:
        step = f"`python -m etl {then}`" if then else "nothing"
    return f"{step}. In full: {log_file(data)}" if troubles else step


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
        standing = read_standing(data) or VersionStanding()
        answer = warehouse_status(
            data, current(data), load(catalogue), binding=read_binding(data), standing=standing
        )
        if json:
            typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
            return
        nature = "EXAMPLE DATA, no statistics" if answer["example"] else "SCB's statistics"
        typer.echo(f"{answer['version']}  {nature}  {answer['observations']:,} observations")
        if standing.hold:
            typer.echo(f"HELD: {_told_hold(standing.hold)}")
        for name, indicator in answer["indicators"].items():
            years = f"{indicator['first']}-{indicator['last']}" if indicator["first"] else "no data"
            state = "HELD" if indicator["held"] else "STALE" if indicator["stale"] else ""
            line = (name.ljust(36), years.ljust(15), str(indicator["regions"]).rjust(5), state)
            reason = "see below" if indicator["held"] else indicator["reason"] or ""
            typer.echo(" ".join((*line, reason)).rstrip())
        for held in answer["held"]:
            typer.echo(f"{held['indicator']} {held['table']} {held['answer']} {held['reason']}")
            for example in held["examples"]:
                typer.echo(f"    {example}")
        for text in answer["unguarded"]:
            typer.echo(f"not compared: {text}")
        if answer["revisions"]:
            counts = ", ".join(
                f"{name} {indicator['count']}" for name, indicator in answer["revised"].items()
            )
            typer.echo(
                f"{answer['revisions']} figures revised by SCB since the first version: {counts}"
            )
        if answer["next_update"]:
            typer.echo(f"next update announced by the source: {answer['next_update']}")
        tell_warnings(answer["warnings"])


def path(data: Data = DATA) -> None:
    """Print the current warehouse file; 4 when there is none."""
    with reported():
        typer.echo(data / current(data).file)


def use(
    version: Annotated[str, typer.Argument(help="A kept version.")] = "",
    data: Data = DATA,
    hold: Annotated[
        str | None,
        typer.Option("--hold", help="Why nothing newer may be published until --release."),
    ] = None,
    *,
    release: Annotated[bool, typer.Option("--release", help="Publish again.")] = False,
) -> None:
    """Make a kept version the current one, roll back or forward; hold it, or let go of it."""
    with reported(), writing(data):
        standing, available = read_standing(data) or VersionStanding(), available_versions(data)
        reason = " ".join((hold or "").split())
        if not (version or release) or (hold is not None and (release or not reason)):
            raise UsageError(
                "say a VERSION, with --hold REASON to hold it, or --release; "
                f"kept are {', '.join(available) or 'none'}"
            )
        if version and version not in available:
            raise UsageError(f"no version {version}; kept are {', '.join(available) or 'none'}")
        if release and not standing.hold:
            raise UsageError("no version is held; there is nothing to release")
        if standing.hold and not (reason or release):
            raise UsageError(f"{_told_hold(standing.hold)}; or say --hold with another reason")
        if version:
            write_pointer(data, pointer_to(data, version))
            typer.echo(f"{version} is now current")
        since = datetime.now(UTC).isoformat(timespec="seconds")
        held = Hold(version=version, reason=reason, since=since) if reason else None
        write_standing(data, standing.model_copy(update={"hold": held}))
        if held:
            typer.echo(
                "it is held: runs fetch and tell, and publish nothing until "
                "`python -m etl use --release`"
            )
        if release:
            typer.echo("no version is held. Next: `python -m etl build` publishes what has landed")


def diff(  # noqa: PLR0917  the options of the command
    older: Annotated[str, typer.Argument(help="A kept version; the one before, if left out.")] = "",
    newer: Annotated[str, typer.Argument(help="A later one; the current one, if left out.")] = "",
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help="With --landed: as if this indicator were accepted."),
    ] = None,
    *,
    landed: Annotated[
        bool, typer.Option("--landed", help="What a build would publish, before it does.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say what differs between two kept versions: figures revised, vanished, added."""
    with reported():
        if landed and newer:
            raise UsageError("--landed is the newer version; name at most the older one")
        if accept and not landed:
            raise UsageError("--accept belongs to --landed: what is published is accepted already")
        if landed:
            _tell_landed(catalogue, data, older, accept, json=json)
            return
        before, after = _two_versions(data, older, newer)
        _tell_differences(
            load(catalogue), data, (before, after), data / warehouse_file(after), json=json
        )


def _tell_landed(
    catalogue: Path, data: Path, older: str, accepted: list[str] | None, *, json: bool
) -> None:
    """Say what a build would publish of what has landed, and publish nothing."""
    loaded = load(catalogue)
    terms = PublishTerms(accept=_known(loaded, accepted))
    with writing(data), drafting(loaded, catalogue.read_bytes(), data, terms=terms) as draft:
        if draft.refusal:
            raise PublishError(f"nothing would be published: {draft.refusal}")
        before = older or current(data).version
        if before not in available_versions(data):
            raise UsageError(f"no version {before}; kept are {', '.join(available_versions(data))}")
        if not json:
            tell_held(draft.report.held)
        file = draft.file or data / warehouse_file(draft.version)
        names = before, "what would be published" if draft.file else draft.version
        _tell_differences(loaded, data, names, file, json=json)


def _tell_differences(
    loaded: Catalogue, data: Path, names: tuple[str, str], newer: Path, *, json: bool
) -> None:
    """Print what differs between a kept version and a file, as text or for machines."""
    before, after = names
    older = data / warehouse_file(before)
    with compared(older, newer, successors=loaded.successors) as comparison:
        changes, joined = comparison.changes(), comparison.joined
    counts = {
        name: sum(getattr(one, name) for one in changes if one.fate not in {"new", "gone"})
        for name in ("revised", "vanished", "added")
    }
    if json:
        fields = ("indicator", "fate", "former", "revised", "vanished", "added")
        listed = [{name: getattr(one, name) for name in fields} for one in changes]
        answer = {
            "older": before,
            "newer": after,
            **counts,
            "joined_areas": dict(joined),
            "indicators": listed,
        }
        typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
        return
    nature = "EXAMPLE DATA, no statistics" if holds_examples(newer) else ""
    typer.echo(f"{before} -> {after}  {nature}".rstrip())
    for one in changes:
        typer.echo(f"{one.indicator:<36} {_told_changes(one)}")
    if joined:
        typer.echo(f"{_counted(len(joined), 'area')} stand under the code of 2020 now")
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    typer.echo(f"{_counted(len(changes), 'indicator')} changed; figures: {told}")


def _two_versions(data: Path, older: str, newer: str) -> tuple[str, str]:
    """
    Return the two kept versions that are to be compared.

    Raises:
        UsageError: when one is not kept, or one is of example data and the other is not.
        PublishError: when none was kept before.

    """
    kept = available_versions(data)
    after = newer or current(data).version
    for version in filter(None, (older, after)):
        if version not in kept:
            raise UsageError(f"no version {version}; kept are {', '.join(kept) or 'none'}")
    example = holds_examples(data / warehouse_file(after))
    alike = [one for one in kept if holds_examples(data / warehouse_file(one)) == example]
    if older and older not in alike:
        raise UsageError(f"{older} and {after}: one is of example data, the other is not")
    before = older or max((version for version in alike if version < after), default="")
    if not before:
        raise PublishError(f"no version before {after} is kept; there is nothing to compare with")
    return before, after


def _told_changes(changes: IndicatorChanges) -> str:
    """Return what an indicator came to between two versions, in words."""
    if changes.fate == "gone":
        return f"no longer in the catalogue: {changes.vanished:,} figures"
    if changes.fate == "new":
        return f"new in the catalogue: {changes.added:,} figures"
    counts = ", ".join(
        f"{count:,} {name}"
        for name in ("revised", "vanished", "added")
        if (count := getattr(changes, name))
    )
    was = f"was {changes.former}" if changes.former else ""
    return "; ".join(filter(None, (was, counts)))


def trace(  # noqa: PLR0913, PLR0917  the options of the command
    indicator: Annotated[str, typer.Option()],
    region: Annotated[str, typer.Option()],
    period: Annotated[str, typer.Option()],
    sex: Annotated[str, typer.Option()] = "_T",
    background: Annotated[str, typer.Option()] = "_T",
    age: Annotated[str, typer.Option()] = "_T",
    education: Annotated[str, typer.Option()] = "_T",
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
) -> None:
    """Show the bytes behind one observation."""
    with reported():
        key = {
            "indicator": indicator, "region": region, "period": period,
            "sex": sex, "background": background, "age": age, "education": education,
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


def show(  # noqa: PLR0917  the options of the command
    table: Annotated[str, typer.Argument(help="A table's id, or its key in the catalogue.")],
    api: Api = SCB_API,
    data: Data = DATA,
    catalogue: CatalogueFile = CATALOGUE,
    find: Annotated[str, typer.Option("--find", help="Only codes and texts with this.")] = "",
    *,
    live: Annotated[bool, typer.Option("--live", help="Ask the API, not the landing.")] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Of the source; en with --live.")] = "sv",
) -> None:
    """Show a table of SCB as it was last seen, also one that was refused."""
    with reported():
        loaded, binding = load(catalogue), read_binding(data) or Binding("", "")
        name = _table_id(table, loaded, binding)
        if live:
            with Client(api) as client:
                dataset = document_dataset(client.metadata(name, lang).document)
                folders = table_folders(client.table(name))
            heads = [("table", name), ("folder", " / ".join(folders)), ("asked", api)]
        elif lang != "sv":
            raise UsageError("what has landed is in Swedish; --lang en needs --live")
        else:
            pointer = read_pointer(data)
            is_example = pointer is not None and pointer.example
            folder = (data / "example" / "landing") if is_example else landing_folder(data)
            record = landing.newest_description(folder, name)
            if record is None:
                raise UsageError(f"nothing of {name} has landed in {data}; --live asks the API")
            dataset = document_dataset(orjson.loads(landing.read(folder, record.sha256)))
            paths = (one.path for one in binding.tables.values() if one.id == name)
            heads = [("table", name), ("folder", next(paths, "")), ("fetched", record.fetched)]
        declared = {table.key for table in loaded.tables if table.id == name}
        bound = {key: one for key, one in binding.tables.items() if one.id == name}
        heads += [
            (
                f"{one.state} as" if one else "declared as",
                ": ".join(filter(None, (key, one.reason if one else ""))),
            )
            for key in sorted(declared | bound.keys())
            for one in [binding.tables.get(key)]
        ]
        for line in table_lines(dataset, heads, find):
            typer.echo(line)


def _table_id(table: str, catalogue: Catalogue, binding: Binding) -> str:
    """
    Return the id of a table that is named by its id or by its key in the catalogue.

    Raises:
        UsageError: when nobody knows the name, or the id of the key.

    """
    if re.fullmatch(r"TAB\d+", table):
        return table
    if table not in catalogue.table:
        near = get_close_matches(table, catalogue.table, n=3, cutoff=0.5)
        hint = f"; nearest keys: {', '.join(near)}" if near else ""
        raise UsageError(
            f"{table}: neither an id such as TAB638 nor a key of `tables` in the catalogue{hint}"
        )
    last = binding.tables.get(table)
    found = catalogue.table[table].id or (last.id if last else None)
    if found is None:
        raise UsageError(f"{table} has no id yet: {last.reason if last else 'it was not resolved'}")
    return found


def prune(
    data: Data = DATA,
    keep: Annotated[int, typer.Option("--keep", min=1, help="Newest documents a request.")] = 2,
) -> None:
    """Remove landed documents that no kept warehouse and no newer state needs."""
    with reported(), writing(data):
        needed: set[str] = set()
        for version in available_versions(data):
            with duckdb.connect(data / warehouse_file(version), read_only=True) as connection:
                rows = connection.execute("SELECT metadata, documents FROM lineage").fetchall()
            needed |= {digest for metadata, digests in rows for digest in (metadata, *digests)}
        removed = landing.prune_documents(landing_folder(data), keep=keep, needed=needed)
        typer.echo(f"{removed} superseded documents removed")
