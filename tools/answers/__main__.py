"""
Save and compare what users get: `python -m tools.answers save FOLDER --data DATA`.

An edge. `save` starts the panel of this checkout, asks for every address of `addresses.txt` and
writes each answer to a text file; `compare BEFORE AFTER` shows what differs between two folders.
Both know the panel by its addresses only, and so work before and after its code moves.
"""

import time
from pathlib import Path
from typing import Annotated

import typer

from tools.answers.comparing import compare, report
from tools.answers.pages import NotDrawnError
from tools.answers.panel import NotStartedError, running
from tools.answers.saving import addresses, answers, file_name

ROOT = Path(__file__).parents[2]
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def save(
    folder: Annotated[Path, typer.Argument(help="Empty or new folder for the answers.")],
    data: Annotated[Path, typer.Option(help="Folder of the warehouses.")] = Path("data"),
    checkout: Annotated[Path, typer.Option(help="Checkout whose panel is asked.")] = ROOT,
) -> None:
    """Save the answers; exits 1 when the panel failed, 2 when nothing could be saved."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        _refuse(f"{folder} is not empty")
    started = time.monotonic()
    listed = addresses()
    failures = []
    try:
        with running(checkout.resolve(), data) as base:
            for answer in answers(base, listed):
                path = folder / file_name(answer.address)
                path.write_text(answer.text, encoding="utf-8", newline="\n")
                failures += [answer.address] if answer.failed else []
    except (NotStartedError, NotDrawnError) as error:
        _refuse(str(error))
    print(f"{len(listed)} answers in {folder} after {time.monotonic() - started:.0f} s")
    for address in failures:
        print(f"failed: {address}")
    raise typer.Exit(1 if failures else 0)


@app.command("compare")
def show_differences(
    before: Annotated[Path, typer.Argument(help="Folder of the first save.")],
    after: Annotated[Path, typer.Argument(help="Folder of the second save.")],
    lines: Annotated[int, typer.Option(help="Lines of each difference to show.")] = 20,
) -> None:
    """Show what differs; exits 1 when anything does, 2 when a folder holds no answers."""
    try:
        comparison = compare(before, after)
    except FileNotFoundError as error:
        _refuse(str(error))
    for line in report(comparison, lines):
        print(line)
    raise typer.Exit(0 if comparison.equal else 1)


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
