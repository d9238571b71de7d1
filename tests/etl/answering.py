"""A server in memory that gives its answers in turn, and a client of it."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import orjson

from etl.source.client import Client, Limiter

API = "https://example.org/api/v2"
GOOD = {"class": "dataset", "label": "Folkmängd"}
BODY = {"selection": [{"variableCode": "Region", "valueCodes": ["0180", "1+2"]}]}
Given = httpx.Response | Exception


class Server:
    """Gives its answers in turn, the last one for ever; remembers what it was asked and when."""

    def __init__(self, *answers: Given) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.times: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.times.append(time.monotonic())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def client(server: Callable[[httpx.Request], httpx.Response], **options: Any) -> Client:
    """A client of that server, free of limits unless it is given some."""
    options.setdefault("limiter", Limiter(10_000, 0.001))
    return Client(API, transport=httpx.MockTransport(server), **options)


def ok(document: Any = GOOD) -> httpx.Response:
    """An answer in JSON."""
    return httpx.Response(200, content=orjson.dumps(document))
