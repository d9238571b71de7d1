"""
Readers that ask again as soon as they are answered: `python -m tests.benchmarks.load HOST PORT`.

Takes from standard input, as JSON, {questions, clients, seconds}: questions are [method, path,
body], asked in turn by whichever reader is free, over and over, each reader over a connection of
his own that stays open. Who is told to come again later does. In no seconds: each question once,
over a connection of its own, so that every worker of the server has its turn. Prints, as JSON,
{answers, refused, failures, seconds, times, refusals}: how many were 200, 503 or anything else, and
how long those of 200 and 503 took in ms.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any

Question = tuple[str, str, str]
Heard = tuple[float, int]
HEADERS = "Host: panel\r\nContent-Type: application/json\r\nAccept-Encoding: gzip, deflate, br\r\n"
LONGEST = 60  # seconds until an answer is given up
GIVEN_UP = 0  # in the place of a status


def written(question: Question) -> bytes:
    """A question as it is sent."""
    method, path, body = question
    content = body.encode()
    return (
        f"{method} {path} HTTP/1.1\r\n{HEADERS}Content-Length: {len(content)}\r\n\r\n".encode()
        + (content)
    )


class Reader:
    """One reader; `heard` are the seconds and the status of each answer."""

    def __init__(self, host: str, port: int) -> None:
        """Connect at the first question."""
        self.heard: list[Heard] = []
        self._address = (host, port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, question: bytes) -> int:
        """Hear an answer; the seconds after which to ask again, as the server says."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(LONGEST):
                status, wait = await self._asked(question)
        except (OSError, EOFError, TimeoutError):
            status, wait = GIVEN_UP, 1
        self.heard.append((time.perf_counter() - started, status))
        if wait:
            self.leave()
        return wait

    async def _asked(self, question: bytes) -> tuple[int, int]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        answer, sent = self._streams
        sent.write(question)
        head = (await answer.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        if "content-length" in headers:
            await answer.readexactly(int(headers["content-length"]))
        else:  # in parts, each after its length, and an empty one at the end
            while length := int(await answer.readline(), 16):
                await answer.readexactly(length + 2)
            await answer.readline()
        if headers.get("connection") == "close":
            self.leave()
        return int(head[0].split()[1]), int(headers.get("retry-after", 0))

    def leave(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def stay(reader: Reader, questions: Iterator[bytes], until: float) -> None:
    """Ask until a moment of `time.perf_counter`."""
    while (left := until - time.perf_counter()) > 0:
        wait = await reader.ask(next(questions))
        await asyncio.sleep(min(wait, left))


async def load(host: str, port: int, given: dict[str, Any]) -> dict[str, Any]:
    """What all readers heard."""
    questions = [written(tuple(one)) for one in given["questions"]]
    readers = [Reader(host, port) for _ in range(given["clients"])]
    started = time.perf_counter()
    if given["seconds"]:
        turns = cycle(questions)
        until = started + given["seconds"]
        stays = [asyncio.create_task(stay(one, turns, until)) for one in readers]
        await asyncio.wait(stays, timeout=given["seconds"])
        for task in stays:  # whoever still waits for an answer hangs up
            task.cancel()
    else:
        for question in questions * len(readers):
            await readers[0].ask(question)
            readers[0].leave()
    taken = time.perf_counter() - started
    for one in readers:
        one.leave()
    heard = [one for reader in readers for one in reader.heard]
    times, refusals = (
        sorted(1000 * seconds for seconds, status in heard if status == wanted)
        for wanted in (200, 503)
    )
    failures = len(heard) - len(times) - len(refusals)
    return {"answers": len(times), "refused": len(refusals), "failures": failures,
            "seconds": taken, "times": times, "refusals": refusals}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(sys.argv[1], int(sys.argv[2]), json.load(sys.stdin)))))
