"""Asks the panel for every address of the list, and saves each answer as a text file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext

from tools.answers.formats import reader
from tools.answers.pages import NotDrawnError, browser, page_text
from tools.answers.panel import PUBLIC

LIST = Path(__file__).parent / "addresses.txt"
API = "/api/"
HEADERS = ("content-type", "content-disposition", "cache-control", "link", "location")
VERSION = "{version}"  # in an address of the list: the version of the data that is served
PATIENCE = 120.0  # seconds that an answer may take


@dataclass(frozen=True)
class Answer:
    """What the panel answered: the address of the list, the text to save, whether it failed."""

    address: str
    text: str
    failed: bool


def addresses(file: Path = LIST) -> tuple[str, ...]:
    """
    The addresses of the list, without its comments.

    Raises:
        ValueError: two addresses have the same file name.

    """
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    listed = tuple(line for line in lines if line and not line.startswith("#"))
    names = [file_name(address) for address in listed]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{file} has several addresses for {', '.join(sorted(twice))}")
    return listed


def file_name(address: str) -> str:
    """The name of the file that holds the answer of an address."""
    return (re.sub(r"[^\w.=-]+", "_", address).strip("_") or "start") + ".txt"


def answers(base: str, listed: Sequence[str]) -> Iterator[Answer]:
    """The answer of each address of a panel that runs at `base`."""
    with httpx.Client(base_url=base, timeout=PATIENCE) as client, browser() as context:
        version = client.get("/health").json()["version"]
        for address in listed:
            asked = address.replace(VERSION, str(version))
            response = client.get(asked)
            try:
                text, failed = _body(context, f"{base}{asked}", response), False
            except NotDrawnError as error:
                text, failed = f"not drawn: {error}", True
            whole = "\n".join([f"address: {address}", *_head(response), "", text, ""])
            failed = failed or response.status_code >= 500
            yield Answer(address, whole.replace(base, PUBLIC), failed)


def _head(response: httpx.Response) -> Iterator[str]:
    """Status and headers that users notice; of a refused request to the API status and type."""
    yield f"status: {response.status_code}"
    names = HEADERS[:1] if _refused(response) else HEADERS
    yield from (f"{name}: {response.headers[name]}" for name in names if name in response.headers)


def _body(context: BrowserContext, full: str, response: httpx.Response) -> str:
    """The body as text; pages as Chromium draws them, no body of a refused request to the API."""
    if _refused(response):
        return ""
    content_type = response.headers.get("content-type", "")
    if content_type.startswith("text/html"):
        return page_text(context, full)
    return reader(content_type)(response.content)


def _refused(response: httpx.Response) -> bool:
    return response.url.path.startswith(API) and 400 <= response.status_code < 500
