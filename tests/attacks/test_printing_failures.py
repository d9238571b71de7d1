"""A Chromium that lacks a library, hangs, is killed or prints nonsense costs one PDF, told why."""

import fcntl
import io
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Any

import pikepdf
import psutil
import pytest
from typer.testing import CliRunner

from dashboard.__main__ import panel_commands
from dashboard.data.context import opened
from dashboard.data.settings import settings
from dashboard.server import printing
from dashboard.server.app import create_app
from dashboard.server.printing import NoChromiumError, Printer, PrintingFailedError, PrintLimits
from tests.attacks.printing import (
    LIBRARY,
    browsers,
    come_true,
    ended,
    falsifying,
    page,
    printed,
    program,
    without_a_library,
)
from tests.browser.serving import chromium
from tests.dashboard.warehouse import CATALOGUE, publish
from tests.source import ROOT

PATIENT = PrintLimits(seconds=120)


class Slow:
    """An application whose page comes when it is let go, but its first `quick` ones at once."""

    def __init__(self, quick: int = 0) -> None:
        self.asked = threading.Event()
        self.let_go = threading.Event()
        self._quick = quick

    def __call__(self, environ: Any, start: Any) -> Any:
        if environ["PATH_INFO"] == "/" and self._quick:
            self._quick -= 1
        elif environ["PATH_INFO"] == "/":
            self.asked.set()
            self.let_go.wait(300)
        return page(environ, start)


@pytest.fixture
def before() -> list[psutil.Process]:
    """The processes that are none of the printer's."""
    return list(psutil.Process().children(recursive=True))


@pytest.fixture
def made() -> Iterator[Callable[..., Printer]]:
    """Makes printers, and closes them."""
    printers: list[Printer] = []

    def make(application: Any, named: str = "", limits: PrintLimits = PATIENT) -> Printer:
        printers.append(Printer(application, named, limits))
        return printers[-1]

    yield make
    for printer in printers:
        printer.close()


def interrupted(printer: Printer, application: Slow, act: Callable[[], None]) -> str:
    """Why a page was not printed during whose loading something happened."""
    said: list[str] = []

    def ask() -> None:
        try:
            printed(printer)
        except PrintingFailedError as error:
            said.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        assert application.asked.wait(120)
        act()
        asking.join(120)
    finally:
        application.let_go.set()
    assert not asking.is_alive()
    return "".join(said)


def failure(printer: Printer) -> str:
    """Why a page is not printed."""
    with pytest.raises(PrintingFailedError) as raised:
        printed(printer)
    return str(raised.value)


def test_a_missing_library_is_named_and_nobody_sees_a_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The reader gets 503 and another way; whoever runs the panel reads which library it is."""
    publish(tmp_path / "data")
    named = settings(chromium=without_a_library(tmp_path))
    given = opened(tmp_path / "data", CATALOGUE, settings=named)
    server = create_app(given).server
    with caplog.at_level(logging.WARNING):
        answers = [
            server.test_client().get(f"/briefing.pdf?region=0127&lang={lang}")
            for lang in ("sv", "en")
        ]
    server.extensions["printer"].close()
    given.warehouses.close()

    assert [answer.status_code for answer in answers] == [503, 503]
    assert "något som Chromium behöver" in answers[0].text
    assert "something that Chromium needs" in answers[1].text
    assert f"{LIBRARY}: cannot open shared object file" in caplog.text
    assert "Traceback" not in caplog.text + answers[0].text


def test_the_command_ends_with_5_and_the_name_of_the_library(tmp_path: Path) -> None:
    """A job that cannot print any briefing says so once, not once for each municipality."""
    publish(tmp_path / "data")
    run = CliRunner().invoke(
        panel_commands,
        [
            *("briefing", "--county", "01", "--out", str(tmp_path / "out")),
            *("--data", str(tmp_path / "data"), "--catalogue", str(CATALOGUE)),
            *("--chromium", without_a_library(tmp_path)),
        ],
    )

    assert run.exit_code == 5
    assert run.stderr.count(LIBRARY) == 1
    assert "Traceback" not in run.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#!/bin/sh\nexit 0\n", "ended with 0: it said nothing"),
        ("#!/bin/sh\necho one >&2\necho the last >&2\nexit 9\n", "ended with 9: the last"),
        ("#!/nowhere/at/all\n", "No such file or directory"),
        ("\x7fELF, but not really", "ended with 127: "),
    ],
)
def test_what_cannot_run_is_told_in_its_last_words(
    tmp_path: Path, made: Callable[..., Printer], text: str, told: str
) -> None:
    """Whoever runs the panel sees what the program said before it ended."""
    with pytest.raises(NoChromiumError, match="does not start") as error:
        printed(made(page, program(tmp_path / "chromium", text)))

    assert told in str(error.value)


def test_the_panel_does_not_need_the_browser_driver_of_its_tests() -> None:
    """playwright, with a node of 100 MB that needs libraries of its own, is not loaded to serve."""
    code = (
        "import sys, dashboard.cli, dashboard.wsgi;"
        "print({'playwright', 'greenlet', 'pikepdf'} & {*sys.modules})"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout == "set()\n"


def test_a_program_that_never_answers_is_ended_in_time(
    tmp_path: Path, before: list[psutil.Process], made: Callable[..., Printer]
) -> None:
    """It may say what it likes: without an answer in the protocol it gets no longer than a page."""
    silent = program(tmp_path / "chromium", "#!/bin/sh\necho warming up >&2\nexec sleep 600\n")
    with pytest.raises(PrintingFailedError, match="not printed within 2 s"):
        printed(made(page, silent, PrintLimits(seconds=2)))

    assert browsers(before) == []


@pytest.mark.browser
def test_a_chromium_that_hangs_during_a_page_is_replaced(
    before: list[psutil.Process], made: Callable[..., Printer]
) -> None:
    """Its page is given up when the time is up; all of its processes go; the next PDF is there."""
    application = Slow()
    printer = made(application, chromium(), PrintLimits(seconds=15))
    hanging: list[psutil.Process] = []

    def stop() -> None:
        hanging.extend(browsers(before))
        for process in hanging:
            process.suspend()

    told = interrupted(printer, application, stop)

    assert "not printed within 15 s" in told
    assert come_true(lambda: all(map(ended, hanging)))
    assert printed(printer).startswith(b"%PDF-")


@pytest.mark.browser
def test_a_chromium_that_hangs_between_pages_costs_no_page(
    before: list[psutil.Process], made: Callable[..., Printer]
) -> None:
    """One that was warm and does not answer any more is replaced before anybody notices."""
    printer = made(page, chromium())
    printed(printer)
    hanging = browsers(before)
    for process in hanging:
        process.suspend()

    assert printed(printer).startswith(b"%PDF-")
    assert come_true(lambda: all(map(ended, hanging)))


@pytest.mark.browser
@pytest.mark.parametrize("who", ["the browser", "the page"])
def test_a_chromium_that_is_killed_midway_is_told_at_once_and_replaced(
    before: list[psutil.Process], made: Callable[..., Printer], who: str
) -> None:
    """Nobody waits for a page that cannot come; the next one is printed."""
    application = Slow(quick=1)
    printer = made(application, chromium())
    printed(printer)

    def kill() -> None:
        for process in browsers(before):
            with suppress(psutil.NoSuchProcess):  # it has ended with another
                line = " ".join(process.cmdline())
                if ("--type=renderer" in line) if who == "the page" else ("--type" not in line):
                    process.kill()

    told = interrupted(printer, application, kill)

    assert told
    assert "not printed within" not in told
    assert printed(printer).startswith(b"%PDF-")
    printer.close()
    assert come_true(lambda: browsers(before) == [])


@pytest.mark.browser
@pytest.mark.parametrize(
    "instead",
    [
        b'"data":"bm90IGEgUERGLCBidXQgb2YgYW55IGxlbmd0aA=="',
        b'"data":"JVBERi0xLjQKMSAwIG9iago8PC9UaXRsZSAoQSBwYWdlKT4+"',
        b'"data":"&&&"',
        b'"data":17',
        b'"nothing":0',
    ],
    ids=["no PDF", "half a PDF", "no base64", "a number", "nothing"],
)
def test_what_is_no_whole_pdf_is_given_to_nobody(
    tmp_path: Path, made: Callable[..., Printer], instead: bytes
) -> None:
    """The real Chromium, whose PDF is damaged on its way: that is a failure and no file."""
    printer = made(page, falsifying(tmp_path, chromium(), instead))

    with pytest.raises(PrintingFailedError, match=r"printed what is no|the answer has no data"):
        printed(printer)


@pytest.mark.parametrize(
    "noise",
    [
        r"this is no JSON\0",
        r'[1, 2, 3]\0{"id": 1, "result": 7}\0',
        r'{"id": 1}\0',
        r'{"id": 1, "error": "none"}\0',
        r'{"id": 1, "result": {}}\0{"id": 2, "result": {}}\0{"id": 3, "result": {}}\0',
    ],
    ids=["text", "other JSON", "no result", "no error", "empty results"],
)
def test_a_program_that_talks_nonsense_is_ended(
    tmp_path: Path, before: list[psutil.Process], made: Callable[..., Printer], noise: str
) -> None:
    """What is not the protocol is a failure that says so, whatever it is."""
    named = program(tmp_path / "chromium", f"#!/bin/sh\nprintf '{noise}' >&4\nexec sleep 600\n")
    printer = made(page, named, PrintLimits(seconds=20))

    with pytest.raises(PrintingFailedError):
        printed(printer)
    printer.close()
    assert come_true(lambda: browsers(before) == [])


@pytest.mark.browser
def test_a_panel_that_is_killed_takes_its_chromium_along(
    made: Callable[..., Printer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` of a worker leaves no browser behind, and its folder only until the next starts."""
    code = (
        "import sys, time; from tests.attacks.printing import page, printed;"
        "from dashboard.server.printing import Printer;"
        "printed(Printer(page, sys.argv[1])); print('printed', flush=True); time.sleep(600)"
    )
    with tempfile.TemporaryDirectory() as folder:  # a short name, as sockets need
        with subprocess.Popen(
            [sys.executable, "-c", code, chromium()],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": folder},
        ) as panel:  # fmt: skip
            assert panel.stdout is not None
            assert panel.stdout.readline() == "printed\n"
            children = psutil.Process(panel.pid).children(recursive=True)
            os.kill(panel.pid, signal.SIGKILL)

        assert children
        assert come_true(lambda: all(map(ended, children)))
        (left,) = Path(folder).iterdir()
        os.utime(left, (0, 0))
        monkeypatch.setattr(tempfile, "tempdir", folder)
        printer = made(page, chromium())
        assert printed(printer).startswith(b"%PDF-")
        (used,) = Path(folder).iterdir()
        assert used != left
        printer.close()
        assert list(Path(folder).iterdir()) == []


class Counting:
    """An application that notes how many of its pages, and of Chromiums, there are at once."""

    def __init__(self, before: list[psutil.Process]) -> None:
        self.most = self._now = 0
        self.chromiums: list[set[int]] = []  # by page
        self._before = before
        self._lock = threading.Lock()

    def __call__(self, environ: Any, start: Any) -> Any:
        if environ["PATH_INFO"] != "/":
            return page(environ, start)
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.chromiums.append({os.getpgid(one.pid) for one in browsers(self._before)})
        threading.Event().wait(0.5)
        with self._lock:
            self._now -= 1
        return page(environ, start)


def is_locked(file: Path) -> bool:
    """Whether somebody holds a lock on a file."""
    with file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@pytest.fixture
def shared(tmp_path: Path) -> PrintLimits:
    """The limits of a panel's printer, and ten that may wait."""
    publish(tmp_path)
    given = opened(tmp_path, CATALOGUE)
    limits: PrintLimits = create_app(given).server.extensions["printer"].limits
    given.warehouses.close()
    return replace(limits, waiting=10, seconds=120)


@pytest.mark.browser
def test_of_all_workers_one_has_a_chromium_at_a_time_behind_everybody_else(
    shared: PrintLimits, before: list[psutil.Process], made: Callable[..., Printer]
) -> None:
    """Three printers of one panel take turns, and every process of a Chromium has low priority."""
    application = Counting(before)
    printers = [made(application, chromium(), shared) for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        files = list(pool.map(printed, printers * 2))

    assert all(one.startswith(b"%PDF-") for one in files)
    assert application.most == 1
    assert {len(groups) for groups in application.chromiums} == {1}
    assert {process.nice() for process in browsers(before)} == {psutil.Process().nice() + 10}


@pytest.mark.browser
def test_a_chromium_stays_warm_until_another_worker_waits(
    shared: PrintLimits, before: list[psutil.Process], made: Callable[..., Printer]
) -> None:
    """The next page of a worker needs no new one; that of another does, before the rest of his."""
    order: list[str] = []
    gate = Slow()

    def asked(name: str, application: Any) -> Any:
        def answer(environ: Any, start: Any) -> Any:
            order.extend([name] * (environ["PATH_INFO"] == "/"))
            return application(environ, start)

        return answer

    first = made(asked("first", gate), chromium(), shared)
    other = made(asked("other", page), chromium(), shared)
    with ThreadPoolExecutor(4) as pool:
        files = [pool.submit(printed, first) for _ in range(3)]
        assert gate.asked.wait(120)
        files.append(pool.submit(printed, other))
        assert shared.shared
        assert come_true(partial(is_locked, shared.shared))
        gate.let_go.set()
        assert all(one.result().startswith(b"%PDF-") for one in files)
    assert order == ["first", "other", "first", "first"]
    (warm,) = {os.getpgid(one.pid) for one in browsers(before)}
    printed(first)

    assert {os.getpgid(one.pid) for one in browsers(before)} == {warm}


@pytest.mark.parametrize("waits_for", ["a Chromium that starts", "another worker"])
def test_who_waits_as_the_printer_is_closed_is_told_so(
    waits_for: str,
    shared: PrintLimits,
    before: list[psutil.Process],
    made: Callable[..., Printer],
    tmp_path: Path,
) -> None:
    """At once, and no Chromium is left that was about to start."""
    assert shared.shared
    printer = made(page, program(tmp_path / "silent", "#!/bin/sh\nexec sleep 600\n"), shared)
    is_waiting: Callable[[], object] = partial(browsers, before)
    with ExitStack() as stack:
        if waits_for == "another worker":
            handle = os.open(shared.shared.parent, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
            is_waiting = partial(is_locked, shared.shared)
        said: Queue[str] = Queue()
        threading.Thread(target=lambda: said.put(failure(printer)), daemon=True).start()
        assert come_true(lambda: bool(is_waiting()))
        printer.close()

        assert said.get(timeout=60).endswith("the printer was closed")
    assert browsers(before) == []


@pytest.mark.browser
def test_a_chromium_that_nobody_needs_any_more_is_ended(
    before: list[psutil.Process], made: Callable[..., Printer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its memory is free until the next page, which starts another."""
    monkeypatch.setattr(printing, "_WARM_SECONDS", 0.2)
    printer = made(page, chromium())
    for _ in range(2):
        assert printed(printer).startswith(b"%PDF-")
        assert come_true(lambda: not browsers(before))


@pytest.mark.browser
def test_a_title_that_means_something_in_xml_stays_a_title(made: Callable[..., Printer]) -> None:
    """What describes a file says the title of its page, whatever signs it has."""

    def titled(_: Any, start: Any) -> Any:
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        words = "&lt;b&gt; &amp;amp; ]]&gt; \" ' å – 日本"
        return [f"<!DOCTYPE html><html lang=en><title>{words}</title><main><h1>A".encode()]

    with pikepdf.open(io.BytesIO(printed(made(titled, chromium())))) as pdf:
        with pdf.open_metadata() as description:
            assert description["dc:title"] == "<b> &amp; ]]> \" ' å – 日本"
            assert set(description["dc:language"]) == {"en"}
        assert "panel.example" not in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/Title"]) == "<b> &amp; ]]> \" ' å – 日本"


@pytest.mark.browser
def test_a_folder_that_cannot_be_locked_costs_no_pdf(
    tmp_path: Path, made: Callable[..., Printer], caplog: pytest.LogCaptureFixture
) -> None:
    """Then workers may print at the same time, which is said."""
    printer = made(page, chromium(), PrintLimits(seconds=120, shared=tmp_path / "gone" / "file"))
    with caplog.at_level(logging.WARNING):
        file = printed(printer)

    assert file.startswith(b"%PDF-")
    assert "other workers may print at the same time" in caplog.text


def test_a_machine_without_room_for_a_folder_costs_a_pdf_and_no_traceback(
    tmp_path: Path, made: Callable[..., Printer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full or read-only disk is a failure that later may not be."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(PrintingFailedError, match=r"gets no folder: .*No such file"):
        printed(made(page, "true"))
