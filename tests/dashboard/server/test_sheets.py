"""Briefings as PDF, as far as no browser is needed: who is told what when there is none."""

import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from typer.testing import CliRunner

from dashboard.__main__ import panel_commands
from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server.app import create_app
from tests.dashboard.warehouse import CATALOGUE

NOWHERE = "/nowhere/chromium"


def client_with(data: Path, chromium: str) -> FlaskClient:
    """The application whose Chromium is the program of that path."""
    given = opened(data, CATALOGUE, settings=settings(chromium=chromium))
    client: FlaskClient = create_app(given).server.test_client()
    return client


def command(*arguments: str) -> tuple[int, str]:
    """Exit code and words of `python -m dashboard …`."""
    run = CliRunner().invoke(panel_commands, [*arguments, "--catalogue", str(CATALOGUE)])
    return run.exit_code, run.output


@pytest.mark.parametrize(("lang", "said"), [("sv", "välj Skriv ut"), ("en", "choose Print")])
def test_without_chromium_the_reader_is_sent_to_their_own_printer(
    data: Path, lang: str, said: str
) -> None:
    """No PDF is no dead end: the page prints from any browser, in the reader's language."""
    answer = client_with(data, NOWHERE).get(f"/briefing.pdf?region=0127&lang={lang}")

    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert said in answer.text
    assert answer.cache_control.no_store
    assert "Retry-After" not in answer.headers


def test_nothing_is_printed_for_who_asks_what_a_file_is(data: Path) -> None:
    """HEAD: the name and the tag of the file, and no length, as it is not made."""
    client = client_with(data, sys.executable)  # prints nothing
    answer = client.head("/briefing.pdf?region=0127")

    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"")
    assert ".pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["ETag"]
    assert "Content-Length" not in answer.headers
    assert client_with(data, NOWHERE).head("/briefing.pdf?region=0127").status_code == 503


def test_when_all_places_are_taken_the_reader_is_told_when_to_come_back(data: Path) -> None:
    """Whoever comes to a full printer waits in no queue without end."""
    client = client_with(data, sys.executable)
    printer = client.application.extensions["printer"]
    for _ in range(printer.limits.at_once + printer.limits.waiting):
        assert printer._slots.acquire(blocking=False)
    answer = client.get("/briefing.pdf?region=0127")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Försök igen om en halv minut" in answer.text


def test_a_version_that_is_gone_is_not_printed(client: FlaskClient) -> None:
    """A frozen link never shows other numbers than those it was made of."""
    answer = client.get("/briefing.pdf?region=0127&version=20200101T000000Z-00000000")

    assert answer.status_code == 410
    assert "Länken är låst till version" in answer.text


def test_the_command_tells_everything_that_is_wrong_at_once(data: Path, tmp_path: Path) -> None:
    """One attempt is enough to learn all that must be written otherwise."""
    code, said = command(
        *("briefing", "--data", str(data), "--out", str(tmp_path / "a.pdf"), "--lang", "fi"),
        *("--region", "9999", "--county", "0127", "--theme", "weather", "--indicators", "a,b"),
    )

    assert code == 2
    for wrong in ("--region CODE or", "'9999'", "'0127'", "'weather'", "'a'", "'b'", "'fi'"):
        assert wrong in said
    assert not (tmp_path / "a.pdf").exists()


def test_the_command_needs_a_warehouse(tmp_path: Path) -> None:
    """Exit code 4 is that of the pipeline: there is nothing to show."""
    code, said = command(
        *("briefing", "--data", str(tmp_path), "--out", str(tmp_path / "a.pdf")),
        *("--region", "0127"),
    )

    assert code == 4
    assert "holds no warehouse" in said


def test_the_command_needs_a_chromium(data: Path, tmp_path: Path) -> None:
    """Exit code 5 tells a scheduler that the machine, not the data, is at fault."""
    code, said = command(
        *("briefing", "--data", str(data), "--out", str(tmp_path / "a.pdf")),
        *("--region", "0127", "--chromium", NOWHERE),
    )

    assert code == 5
    assert f"looked for {NOWHERE}" in said


def test_options_of_serving_are_not_dropped_silently(data: Path) -> None:
    """A data folder written in the wrong place must not print another one's figures."""
    code, said = command("--data", str(data), "briefing", "--region", "0127", "--out", "a.pdf")

    assert code == 2
    assert "--data: write options after briefing" in said
