"""
What a command says: errors as exit codes, troubles by cause, a last line, and a log of it all.

The terminal gets what fits on a screen; `log/etl.log` in the data folder gets everything, line by
line, and so does a terminal with `--verbose`. The log starts anew when it is large.
"""

import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

import duckdb
import typer

from etl.build.building import HeldSource
from etl.cli.causes import Trouble, told
from etl.errors import CatalogueError, EtlError, PublishError, SourceError, UsageError
from etl.store import lock

log = logging.getLogger(__name__)
USE, SOME, NONE = 2, 3, 4
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MOST_LINES = 34  # of what is amiss, so that all of a run stands on one screen of 40
_MOST_HELD = 2  # answers of which a terminal shows figures
_NARROWEST, _USUAL, _WIDEST = 60, 100, 140  # columns of a terminal
_LOG_BYTES, _LOG_FILES = 5_000_000, 3


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
        told = "make room or check permissions; nothing is published, and the old one is intact"
        typer.echo(f"{error}; {told}", err=True)
        raise typer.Exit(NONE) from error
    except duckdb.Error as error:
        typer.echo(
            f"a warehouse cannot be read or written: {error}\n"
            "`python -m etl use VERSION` takes another version; a file that is damaged can be "
            "removed: the landed documents hold everything that was in it",
            err=True,
        )
        raise typer.Exit(NONE) from error


class _QuietLog(RotatingFileHandler):
    """A log that cannot be written to, on a full disk for instance, stops nothing."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Go on without."""


def log_file(data: Path) -> Path:
    """Return where a data folder's log lies."""
    return data / "log" / "etl.log"


@contextmanager
def writing(data: Path) -> Iterator[None]:
    """Be the only one who writes to a data folder, and keep a log there."""
    with lock(data):
        try:
            log_file(data).parent.mkdir(exist_ok=True)
            handler = _QuietLog(
                log_file(data), maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
            )
        except OSError as error:
            typer.echo(f"goes on without a log: {error}", err=True)
            yield
            return
        handler.setFormatter(logging.Formatter(LOG_FORMAT))
        logging.getLogger("etl").addHandler(handler)
        try:
            log.info("begins: %s", " ".join(sys.argv[1:]))
            yield
        finally:
            logging.getLogger("etl").removeHandler(handler)
            handler.close()


def tell(troubles: Sequence[Trouble], *, aloud: Sequence[Trouble] | None = None) -> None:
    """Log every trouble; print them (or only those that are said `aloud`) by cause."""
    for trouble in dict.fromkeys(map(str, troubles)):
        log.info("%s", trouble)
    for line in told(troubles if aloud is None else aloud, width=_width(), most=_MOST_LINES):
        typer.echo(line, err=True)


def tell_held(answers: Sequence[HeldSource]) -> None:
    """Print of what waits for a person figures old → new, of the first answers; log all of them."""
    for number, held in enumerate(answers):
        head = f"{held.use.indicator.id} ({held.table}, answer {held.answer}) old → new:"
        for line in (head, *(f"    {example}" for example in held.doubt.examples)):
            log.info("%s", line)
            if number < _MOST_HELD:
                typer.echo(line, err=True)
    if len(answers) > _MOST_HELD:
        rest = len(answers) - _MOST_HELD
        typer.echo(f"{rest} more held back: `python -m etl status` shows them", err=True)


def tell_warnings(texts: Sequence[str]) -> None:
    """Print the warnings of a version by cause, as an answer; `status --json` has them all."""
    for line in told([Trouble("warning", "", "", one) for one in texts], width=_width(), most=20):
        typer.echo(line)


def _width() -> int:
    columns = shutil.get_terminal_size((_USUAL, 0)).columns if sys.stderr.isatty() else _USUAL
    return min(max(columns, _NARROWEST), _WIDEST)
