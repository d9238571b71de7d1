"""
The command line: `python -m etl`.

An edge: the only place that prints and that turns errors into exit codes. 0 done, 2 wrong
use or an invalid catalogue, 3 some sources failed, are stale or missing, 4 nothing.
"""

import logging
from typing import Annotated

import typer

from etl import __version__
from etl.cli import commands
from etl.cli.telling import LOG_FORMAT

command_line = typer.Typer(
    help="Fetch SCB's integration statistics and build the warehouse of the dashboard.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    *(commands.validate, commands.resolve, commands.fetch, commands.build_version, commands.run),
    *(commands.demo, commands.status, commands.path, commands.use, commands.trace, commands.show),
    *(commands.diff, commands.prune),
):
    command_line.command(command.__name__.removesuffix("_version"))(command)


def print_version(asked: bool) -> None:
    """Print the version and end, before a command is missed."""
    if asked:
        typer.echo(__version__)
        raise typer.Exit


VERSION_OPTION = typer.Option(
    "--version", callback=print_version, is_eager=True, help="Print the version."
)


@command_line.callback()
def main(
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Print every step and every trouble in full.")
    ] = False,
    _version: Annotated[bool, VERSION_OPTION] = False,
) -> None:
    """Set up logging; `--version` needs no command."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format=LOG_FORMAT, force=True
    )
    # The log of a data folder has every step; a terminal only what it is asked for.
    logging.getLogger("etl").setLevel(logging.INFO)
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.INFO if verbose else logging.WARNING)
    logging.getLogger("stamina").setLevel(logging.INFO if verbose else logging.ERROR)
