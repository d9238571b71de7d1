"""`python -m dashboard`: serve the panels on this machine until interrupted."""

from pathlib import Path
from typing import Annotated

import typer


def serve(
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
) -> None:
    """Serve; exits 2 when catalogue, targets or settings are invalid or the port is taken."""
    from werkzeug.serving import make_server

    from dashboard.app import create_app
    from dashboard.context import opened
    from dashboard.settings import SettingsError, settings
    from etl.catalogue import CatalogueError

    try:
        given = settings(
            cors=cors, frame_ancestors=frame_ancestors, contact=contact, address=address
        )
        context = opened(data, catalogue, targets, settings=given)
        server = make_server(host, port, create_app(context).server, threaded=True)
    except (CatalogueError, SettingsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"Integrationspanelen: http://{host}:{server.port}/  (stop with Ctrl+C)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo("Stopped.")
    finally:
        context.warehouses.close()


if __name__ == "__main__":
    typer.run(serve)
