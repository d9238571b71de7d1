"""`python -m dashboard`: serve until interrupted; `briefing` and `words` print."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli import briefing_command, words_command
from dashboard.data.context import opened
from dashboard.data.settings import SettingsError, settings
from dashboard.server.ahead import keep_ahead
from dashboard.server.app import create_app, listening, settle
from dashboard.server.static import pack_bundles
from etl.catalogue import CatalogueError

panel_commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
print_briefings = panel_commands.command("briefing")(briefing_command)
print_words = panel_commands.command("words")(words_command)


@panel_commands.callback(invoke_without_command=True)
def serve(
    command: typer.Context,
    *,
    data: Annotated[Path, typer.Option(help="Folder of the warehouses.")] = Path("data"),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 8050,
    catalogue: Annotated[Path, typer.Option(help="The catalogue.")] = Path("indicators.yaml"),
    targets: Annotated[Path | None, typer.Option(help="A file of your own targets.")] = None,
    cors: Annotated[str, typer.Option(help="Origins whose pages may read the API, or *.")] = "",
    frame_ancestors: Annotated[str, typer.Option(help="Origins that may embed charts.")] = "",
    contact: Annotated[str, typer.Option(help="'name; e-mail; phone' of who answers.")] = "",
    address: Annotated[str, typer.Option(help="Where readers find the panel.")] = "",
    chromium: Annotated[str, typer.Option(help="The Chromium that prints PDFs.")] = "",
    cache: Annotated[str, typer.Option(help="Folder for what is made once of a version.")] = "",
    cache_mb: Annotated[str, typer.Option(help="Megabytes of that folder, at most.")] = "",
    accel: Annotated[str, typer.Option(help="Where nginx has that folder, as /kept/.")] = "",
    proxies: Annotated[str, typer.Option(help="Servers before the panel to believe.")] = "",
) -> None:
    """Serve; exits 2 when catalogue, targets or settings are invalid or the port is taken."""
    if command.invoked_subcommand:
        _refuse_options(command)
        return
    try:
        chosen = settings(
            cors=cors,
            frame_ancestors=frame_ancestors,
            contact=contact,
            address=address,
            chromium=chromium,
            cache=cache,
            cache_mb=cache_mb,
            accel=accel,
            proxies=proxies,
        )
        context = opened(data, catalogue, targets, settings=chosen)
        application = create_app(context).server
        server = listening(application, host, port)
    except (CatalogueError, SettingsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    settle()
    pack_bundles(application, context.kept)
    end_ahead = keep_ahead(context)
    typer.echo(f"Integrationspanelen: http://{host}:{server.port}/  (stop with Ctrl+C)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo("Stopped.")
    finally:
        end_ahead()
        application.extensions["printer"].close()
        context.warehouses.close()


def _refuse_options(command: typer.Context) -> None:
    """Options of serving mean nothing to another command: say so instead of dropping them."""
    sources = {name: command.get_parameter_source(name) for name in command.params}
    written = [
        f"--{name.replace('_', '-')}"
        for name, source in sources.items()
        if source is not None and source.name == "COMMANDLINE"
    ]
    if written:
        typer.echo(
            f"{', '.join(written)}: write options after {command.invoked_subcommand}", err=True
        )
        raise typer.Exit(2)


if __name__ == "__main__":
    panel_commands()
