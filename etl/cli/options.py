"""The options that several commands share, and how an error becomes an exit code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from etl.catalogue.pointer import Pointer, read_pointer
from etl.errors import CatalogueError, EtlError, PublishError, SourceError, UsageError

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
