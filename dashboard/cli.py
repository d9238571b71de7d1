"""
Commands of `python -m dashboard`: `briefing` prints PDF files, `words` every sentence pattern.

An edge: beside `__main__` the only place that prints and knows exit codes. 0 done, 2 wrong use,
3 some were not printed, 4 no warehouse, 5 no Chromium, or one that cannot run. It decides nothing
of a briefing.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn, get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.data.context import Context, opened
from dashboard.data.settings import SettingsError, settings
from dashboard.data.versions import UnreadableError, Warehouse
from dashboard.panels.briefing import briefing_content
from dashboard.server.app import create_app
from dashboard.server.downloads import BRIEFING, briefing_filename, printed_briefing
from dashboard.server.printing import (
    NoChromiumError,
    Printer,
    PrintingFailedError,
    PrintLimits,
    chromium_path,
)
from dashboard.state.regions import peers
from dashboard.state.retired import gone_sentence
from dashboard.state.url import State, link
from dashboard.state.visit import Visit, visited
from dashboard.words import examples_of, pattern_list, patterns
from etl.catalogue import CatalogueError, Lang

USE, SOME, NONE, NO_CHROMIUM = 2, 3, 4, 5
AT_ONCE = 2  # one is drawn while the next is put together
PATIENCE = 120.0  # seconds a page


def briefing_command(
    *,
    out: Annotated[Path, typer.Option(help="The file; with --county the folder.")],
    region: Annotated[str, typer.Option(help="Code of a region, as 0180.")] = "",
    county: Annotated[str, typer.Option(help="Code of a county: all its municipalities.")] = "",
    theme: Annotated[str, typer.Option(help="A theme of the catalogue.")] = "",
    collection: Annotated[str, typer.Option(help="A collection of the catalogue.")] = "",
    indicators: Annotated[str, typer.Option(help="Ids of indicators, by comma.")] = "",
    lang: Annotated[str, typer.Option(help="sv or en.")] = "sv",
    data: Annotated[Path, typer.Option(help="Folder of the warehouses.")] = Path("data"),
    catalogue: Annotated[Path, typer.Option(help="The catalogue.")] = Path("indicators.yaml"),
    address: Annotated[
        str,
        typer.Option(
            envvar="INTEGRATION_ADDRESS",
            help="Where readers find the panel; without it links are only paths.",
        ),
    ] = "",
    chromium: Annotated[
        str, typer.Option(envvar="INTEGRATION_CHROMIUM", help="The Chromium to print with.")
    ] = "",
) -> None:
    """Print briefings as PDF: --region 0180 --out FILE, or --county 01 --out FOLDER."""
    try:
        context = opened(data, catalogue, settings=settings(address=address, chromium=chromium))
    except (CatalogueError, SettingsError) as error:
        _end(USE, error)
    named = tuple(filter(None, indicators.split(",")))
    state = State(region or county, indicators=named, theme=theme, collection=collection)
    with closing(context.warehouses), _reading(context) as warehouse:
        visit_of = partial(visited, context, warehouse, BRIEFING, current=warehouse.version)
        visit = visit_of(state)
        problems = [*_region_problems(visit, region, county), *_content_problems(visit)]
        problems += _language_problems(lang)
        if problems:
            _end(USE, *problems)
        state = replace(state, lang="en" if lang == "en" else "sv")
        codes = peers(county, "kommun", visit.regions) if county else (region,)
        visits = [visit_of(replace(state, region=code)) for code in codes]
        _print(visits, out, in_folder=bool(county))


def words_command(
    *,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the warehouses that give the examples.")
    ] = None,
    region: Annotated[str, typer.Option(help="Whose pages give the examples.")] = "0127",
    catalogue: Annotated[Path, typer.Option(help="The catalogue.")] = Path("indicators.yaml"),
) -> None:
    """Print every sentence pattern in both languages as Markdown; with --data also examples."""
    if data is None:
        typer.echo(pattern_list(patterns()))
        return
    try:
        context = opened(data, catalogue)
    except CatalogueError as error:
        _end(USE, error)
    with closing(context.warehouses), _reading(context) as warehouse:
        visit = visited(context, warehouse, "/", State(region), current=warehouse.version)
        if region not in visit.regions:
            _end(USE, f"--region: no region has the code {region!r}; codes are as 00, 01, 0180")
        typer.echo(pattern_list(patterns(examples_of(visit))))


@contextmanager
def _reading(context: Context) -> Iterator[Warehouse]:
    """The current version, or why there is none; what stands in for it is told."""
    with context.warehouses.read() as reading:
        data, lost = context.warehouses.data, reading.unreadable
        if reading.warehouse is None and lost:
            _end(NONE, f"{data}: {lost} cannot be read; see `python -m etl status`")
        if reading.warehouse is None:
            _end(NONE, f"{data} holds no warehouse; make one with `python -m etl run`")
        if lost:
            typer.echo(f"{data}: {lost} cannot be read; this is {reading.current}", err=True)
        try:
            yield reading.warehouse
        except UnreadableError as error:
            _end(NONE, f"{data}: {error}; run it again for the version before")


def _end(code: int, *messages: object) -> NoReturn:
    typer.echo("\n".join(map(str, messages)), err=True)
    raise typer.Exit(code)


def _region_problems(visit: Visit, region: str, county: str) -> Iterator[str]:
    """What is wrong with the regions."""
    if bool(region) == bool(county):
        yield "give either --region CODE or --county CODE"
    if region and region not in visit.regions:
        yield f"--region: no region has the code {region!r}; codes are as 00, 01, 0180"
    counties = [region.code for region in visit.regions.values() if region.level == "county"]
    if county and county not in counties:
        yield f"--county: no county has the code {county!r}; {_choices(counties)}"
    elif county and not peers(county, "kommun", visit.regions):
        yield f"--county: {county} has no municipality in this warehouse"


def _content_problems(visit: Visit) -> Iterator[str]:
    """What is wrong with theme, collection and indicators."""
    state, catalogue = visit.state, visit.catalogue
    if sum(map(bool, (state.theme, state.collection, state.indicators))) > 1:
        yield "give one of --theme, --collection and --indicators"
    themes = [theme.id for theme in catalogue.themes]
    if state.theme and state.theme not in themes:
        yield f"--theme: no theme is called {state.theme!r}; {_choices(themes)}"
    collections = list(catalogue.collection)
    if state.collection and state.collection not in collections:
        yield f"--collection: no collection is called {state.collection!r}; {_choices(collections)}"
    for id in state.indicators:
        if retired := catalogue.retired_by_id.get(id):
            instead = f"; take {retired.replaced_by}" * bool(retired.replaced_by)
            yield f"--indicators: {gone_sentence(retired, 'en')}{instead}"
        elif id not in catalogue.indicator:
            yield f"--indicators: no indicator is called {id!r}; indicators.yaml has them all"


def _language_problems(lang: str) -> Iterator[str]:
    if lang not in get_args(Lang):
        yield f"--lang: {lang!r} is not spoken here; {_choices(get_args(Lang))}"


def _choices(names: Iterable[str]) -> str:
    return f"known are {', '.join(names)}"


def _print(visits: Sequence[Visit], out: Path, *, in_folder: bool) -> None:
    """All briefings, two at a time; what is not printed is said, and the rest is."""
    context = visits[0].context
    try:
        chromium_path(context.settings.chromium)
        (out if in_folder else out.parent).mkdir(parents=True, exist_ok=True)
    except NoChromiumError as error:
        _end(NO_CHROMIUM, error)
    except OSError as error:
        _end(USE, f"--out: {error}")
    limits = PrintLimits(AT_ONCE, len(visits), PATIENCE)
    chosen = context.settings
    printer = Printer(create_app(context).server, chosen.chromium, limits, public=chosen.address)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        closing(printer),
        Progress(
            *columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal
        ) as bar,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        task = bar.add_task("briefings", total=len(visits))
        failed = 0
        try:
            for message, printed in pool.map(lambda visit: _printed(printer, visit, out), visits):
                failed += not printed
                typer.echo(message, err=not printed)
                bar.advance(task)
        except NoChromiumError as error:
            _end(NO_CHROMIUM, error)
    if failed:
        raise typer.Exit(SOME)


def _printed(printer: Printer, visit: Visit, out: Path) -> tuple[str, bool]:
    """
    The path of a briefing's file, or why there is none; and which of the two it is.

    Raises:
        NoChromiumError: no briefing can be printed.

    """
    contents = briefing_content(visit)
    pinned = replace(visit.state, version=visit.warehouse.version)
    address = visit.context.settings.address + link(BRIEFING, pinned)
    file = out / briefing_filename(visit, contents, "pdf") if out.is_dir() else out
    try:
        file.write_bytes(printed_briefing(printer, visit, contents, address))
    except (PrintingFailedError, OSError) as error:
        return f"{visit.state.region}: {error}", False
    return str(file), True
