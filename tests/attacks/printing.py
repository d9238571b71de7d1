"""Chromiums that fail: programs in their place, and the real one behind a falsifier."""

import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from dashboard.server.printing import Printer

ADDRESS = "http://panel.example/"
LIBRARY = "libq.so.6"
# Between the printer and the real Chromium: every PDF on its way is replaced.
_FALSIFIER = """#!{python}
import re, socket, subprocess, sys, threading
ours, theirs = socket.socketpair()
def start():
    code = 'import os, sys; [os.dup2({{}}, to) for to in (3, 4)];'
    code = code.format(theirs.fileno()) + 'os.execvp(sys.argv[1], sys.argv[1:])'
    words = [sys.executable, '-c', code, {chromium!r}, *sys.argv[1:]]
    return subprocess.Popen(words, pass_fds=[theirs.fileno()])
def asked():
    with open(3, 'rb', buffering=0) as questions:
        while part := questions.read(65536):
            ours.sendall(part)
    ours.shutdown(socket.SHUT_RDWR)
browser = start()
theirs.close()
threading.Thread(target=asked, daemon=True).start()
with open(4, 'wb', buffering=0) as answers:
    held = b''
    while part := ours.recv(1 << 20):
        *whole, held = (held + part).split(b'\\0')
        for message in whole:
            left = re.sub(rb'"data":"JVBER[^"]*"', {instead!r}, message) + b'\\0'
            while left:
                left = left[answers.write(left):]
browser.kill()
"""


def page(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """An application of one page."""
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<!DOCTYPE html><html lang=sv><title>A page</title><main><h1>A page</h1></main>"]


def printed(printer: Printer) -> bytes:
    """The page of the application, printed."""
    return printer.pdf(ADDRESS, footer="<span></span>", most=4)


def program(file: Path, text: str) -> str:
    """A script that stands where a Chromium is expected."""
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def without_a_library(folder: Path) -> str:
    """A real program that is linked to a library which is nowhere."""
    file = folder / "chromium"
    whole = Path(shutil.which("true") or "/bin/true").read_bytes()
    file.write_bytes(whole.replace(b"libc.so.6", LIBRARY.encode()))
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def falsifying(folder: Path, chromium: str, instead: bytes) -> str:
    """The real Chromium, each of whose PDFs is replaced by these bytes of a message."""
    text = _FALSIFIER.format(python=sys.executable, chromium=chromium, instead=instead)
    return program(folder / "falsifier", text)


def browsers(before: Iterable[psutil.Process]) -> list[psutil.Process]:
    """The processes below this one that were not there before."""
    known = set(before)
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if child not in known and child.status() != psutil.STATUS_ZOMBIE:
                found.append(child)
    return found


def come_true(fact: Callable[[], bool]) -> bool:
    """Whether something comes true before a generous limit."""
    for _ in range(600):
        if fact():
            return True
        time.sleep(0.1)
    return False


def ended(process: psutil.Process) -> bool:
    """Whether a process is gone, but for what its parent has not read of it."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
