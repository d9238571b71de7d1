"""
Runs a Chromium without windows, and speaks to it in its DevTools protocol over a socket.

An edge. It knows the protocol (JSON, a NUL after each message) and the process: its priority, its
folder, its end. It knows nothing of pages, printing or the panel. Only one loop may use a browser.
"""

import asyncio
import fcntl
import itertools
import json
import logging
import os
import re
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_ARGUMENTS = (
    *("--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu"),
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-quic"),
    *("--disable-component-update", "--disable-default-apps", "--disable-extensions"),
    *("--disable-sync", "--disable-breakpad", "--disable-back-forward-cache"),
    *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
    *("--disable-backgrounding-occluded-windows", "--disable-hang-monitor"),
    *("--force-color-profile=srgb", "--hide-scrollbars", "--mute-audio"),
    *(
        "--metrics-recording-only",
        "--no-first-run",
        "--no-default-browser-check",
        "--password-store=basic",
    ),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a request that we overlook reaches nobody, either
)
_NICENESS = "10"  # readers of pages go first
_PREFIX = "panel-chromium-"  # of a browser's folder
_NEW_SECONDS = 60
_START_SECONDS = 20.0
_END_SECONDS = 5.0
_LEAVE_SECONDS = 1.0
_MOST_BYTES = 256 * 1024 * 1024  # of one message
_MOST_SAID = 4000  # characters of the error stream that are kept
_MAY_DROP, _MAY_RAISE = 8, 23  # CAP_SETPCAP and CAP_SYS_NICE, by their bits
_KILLED = 128  # by a signal, in a shell's words
_NO_MESSAGE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)

Handler = Callable[[str, dict[str, Any]], None]  # takes the method of an event and its parameters


class DevToolsError(RuntimeError):
    """The browser refuses a command, is gone, or says what is no message."""


class StartError(DevToolsError):
    """The program ended by itself before it answered: it cannot run here, or is no Chromium."""


@dataclass
class Browser:
    """A running Chromium; once it is gone it answers no command any more."""

    path: str
    _pid: int = 0
    _code: int = 0
    _folder: str = ""
    _held: ExitStack = field(default_factory=ExitStack)
    _said: str = ""
    _gone: str = "not started"
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _waiting: dict[int, tuple[str, asyncio.Future[dict[str, Any]]]] = field(default_factory=dict)
    _handlers: dict[str, Handler] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _writer: asyncio.StreamWriter | None = None
    _words: asyncio.StreamWriter | None = None

    @property
    def is_running(self) -> bool:
        """Whether it has been started, and has not gone since."""
        return not self._gone

    async def start(self) -> None:
        """
        Start the program, and wait until it answers.

        Raises:
            StartError: the program ended by itself.
            DevToolsError: it takes too long, or was killed.

        """
        try:
            await asyncio.to_thread(self._take_folder)
            await self._spawn()
            async with asyncio.timeout(_START_SECONDS):
                await self.command("Browser.getVersion")
        except TimeoutError:  # which is an OSError, too
            await self.end()
            raise DevToolsError(
                f"{self.path} gave no sign within {_START_SECONDS:g} s of its start"
            ) from None
        except OSError as error:
            await self.end()
            raise DevToolsError(f"{self.path} gets no folder: {error}") from error
        except DevToolsError as error:
            code = await self.end()
            if 0 <= code < _KILLED:
                raise StartError(f"{self.path} ended with {code}: {self._last_words()}") from error
            raise DevToolsError(f"{error}, as {self.path} started: {self._last_words()}") from error
        except BaseException:
            await self.end()
            raise

    async def command(self, method: str, session: str = "", **given: Any) -> dict[str, Any]:
        """
        What the browser answers to a command; `session` is that of a page, "" the browser's own.

        Raises:
            DevToolsError.

        """
        if self._gone or self._writer is None:
            raise DevToolsError(f"{method}: {self._gone}")
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": given}
        if session:
            message["sessionId"] = session
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = session, answer
        try:
            self._writer.write(json.dumps(message).encode() + b"\0")
            await self._writer.drain()
            return await answer
        except (OSError, DevToolsError) as error:
            raise DevToolsError(f"{method}: {error}") from error
        finally:
            self._waiting.pop(number, None)

    async def ask(self, method: str, wanted: str, session: str = "", **given: Any) -> str:
        """
        One text of what the browser answers to a command.

        Raises:
            DevToolsError: also when the answer has no such text.

        """
        answer = await self.command(method, session, **given)
        text = answer.get(wanted)
        if not isinstance(text, str):
            raise DevToolsError(f"{method}: the answer has no {wanted}")
        return text

    def listen(self, session: str, handler: Handler) -> None:
        """Have every event of a page's session handed over as method and parameters."""
        self._handlers[session] = handler

    def forget(self, session: str) -> None:
        """Hand over no more events of a session, and end what waits for it."""
        self._handlers.pop(session, None)
        self._refuse("the page is closed", session)

    async def end(self) -> int:
        """End the program and all that it started; its exit code, negative for a signal."""
        self._gone = self._gone or "Chromium was ended"
        self._refuse(self._gone)
        _kill(self._pid)
        if self._writer:
            self._writer.close()
        with suppress(TimeoutError):  # what it said last is read, as far as it comes
            async with asyncio.timeout(_END_SECONDS):
                await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        for stream in filter(None, (self._writer, self._words)):
            stream.close()
            with suppress(OSError):
                await stream.wait_closed()
        self._writer = self._words = None
        if self._folder:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
        self._held.close()
        return self._code

    def _take_folder(self) -> None:
        """Make a folder for the program, and remove those that nobody has any more."""
        _remove_left_folders()
        self._folder = tempfile.mkdtemp(prefix=_PREFIX)
        self._held.callback(os.close, _locked(self._folder))

    async def _spawn(self) -> None:
        """The program as a process of low priority in a group and a folder of its own."""
        talk, its_talk = socket.socketpair()
        words, its_words = socket.socketpair()
        with its_talk, its_words:
            try:
                self._pid = _spawned(self.path, self._folder, its_talk.fileno(), its_words.fileno())
            except OSError as error:
                talk.close()
                words.close()
                raise StartError(f"{self.path}: {error}") from error
        said, self._words = await asyncio.open_connection(sock=words)
        answers, self._writer = await asyncio.open_connection(sock=talk, limit=_MOST_BYTES)
        self._gone = ""
        self._tasks += [
            asyncio.create_task(self._note(said)),
            asyncio.create_task(self._listen(answers)),
        ]

    async def _note(self, said: asyncio.StreamReader) -> None:
        """Keep the last that the program says on its error stream."""
        with suppress(OSError):
            while part := await said.read(_MOST_SAID):
                self._said = (self._said + part.decode(errors="replace"))[-_MOST_SAID:]

    def _last_words(self) -> str:
        lines = [line.strip() for line in self._said.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"

    async def _listen(self, answers: asyncio.StreamReader) -> None:
        """Hand on every message; a browser that is gone or talks nonsense is ended."""
        try:
            while True:
                self._take(json.loads((await answers.readuntil(b"\0"))[:-1]))
        except (asyncio.IncompleteReadError, OSError):
            reason = "Chromium has ended"
        except (asyncio.LimitOverrunError, *_NO_MESSAGE) as error:
            reason = f"Chromium says what is no message of its protocol: {error!r:.200}"
        if not self._gone:
            log.warning("%s", reason)
            self._gone = reason
        self._refuse(reason)
        self._code = await asyncio.to_thread(_ended, self._pid)
        self._pid = 0

    def _take(self, message: dict[str, Any]) -> None:
        """An answer to a command, or an event of a session."""
        session = message.get("sessionId", "")
        if "id" in message:
            _, answer = self._waiting.get(message["id"], (session, None))
            if answer is None or answer.done():
                return
            if "error" in message:
                answer.set_exception(DevToolsError(str(message["error"]["message"])))
            else:
                answer.set_result(dict(message["result"]))
            return
        method, given = message["method"], message.get("params", {})
        if method == "Target.detachedFromTarget":
            self._refuse("the page is gone", given["sessionId"])
        elif method == "Inspector.targetCrashed":
            self._refuse("the page has crashed", session)
        elif session in self._handlers:
            self._handlers[session](method, given)

    def _refuse(self, reason: str, session: str | None = None) -> None:
        """End what waits for an answer, in one session or in all."""
        for asked, answer in self._waiting.values():
            if session in {None, asked} and not answer.done():
                answer.set_exception(DevToolsError(reason))


def _spawned(path: str, folder: str, talk: int, words: int) -> int:
    """
    The process of a program with `talk` as its streams 3 and 4, and `words` as its error stream.

    It leads a group of its own, so that all of it can be ended, and ends by itself when nobody
    holds the other end of `talk`, as after a `kill -9` of this process.
    """
    command = [*_patiently(), path, *_ARGUMENTS, f"--user-data-dir={folder}"]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, words, 2),
        (os.POSIX_SPAWN_DUP2, talk, 3),
        (os.POSIX_SPAWN_DUP2, talk, 4),
    ]
    environment = {**os.environ, "TMPDIR": folder}
    return os.posix_spawnp(command[0], command, environment, file_actions=actions, setsid=True)


def _patiently() -> list[str]:
    """
    The words before a command that let it run behind everybody else.

    Chromium raises its own priority where it may, as root may: that right is taken from it.
    """
    nice, setpriv = shutil.which("nice"), shutil.which("setpriv")
    status = Path("/proc/self/status")
    known = status.read_text("utf-8") if status.exists() else ""
    rights = re.search(r"^CapEff:\s*(\w+)$", known, re.MULTILINE)
    held = int(rights[1], 16) if rights else 0
    bound = setpriv and held >> _MAY_DROP & 1 and held >> _MAY_RAISE & 1
    return [
        *([setpriv, "--bounding-set=-sys_nice"] if setpriv and bound else []),
        *([nice, "-n", _NICENESS] if nice else []),
    ]


def _kill(pid: int) -> None:
    """Kill a process with its group; one that is gone is no matter."""
    if pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _locked(folder: str) -> int:
    """A lock on a folder, for as long as this process lives; OSError when somebody else has it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove_left_folders() -> None:
    """Remove the folders of browsers whose panel was killed; a new one may not be locked yet."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it is in use, somebody else's, or gone
            if folder.stat().st_mtime < time.time() - _NEW_SECONDS:
                handle = _locked(str(folder))
                shutil.rmtree(folder, ignore_errors=True)
                os.close(handle)


def _ended(pid: int) -> int:
    """
    The exit code of a process, which has a second to end by itself and is killed with its group.

    Of one that somebody else has waited for it is 0.
    """
    until = time.monotonic() + _LEAVE_SECONDS
    with suppress(ChildProcessError):
        while time.monotonic() < until and not os.waitid(
            os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT
        ):
            time.sleep(0.02)
    _kill(pid)
    with suppress(ChildProcessError):
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return 0
