"""How the client reaches the source: through which proxy, and over which connections."""

import threading
from typing import Any

import httpx
import pytest

from etl.source.client import Client, Limiter, Patience
from etl.source.transport import Bounds, Transport
from tests.pxweb_server import serving
from tests.pxweb_server.small import small_pack

FAR = "http://scb.invalid/api/v2"
PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy the machine has, these tests name their own."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
def test_the_proxy_of_the_environment_is_used(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many authorities let nothing out but through one."""
    with serving([small_pack()]) as server:
        monkeypatch.setenv(variable, server.url.removesuffix("/api/v2"))
        with Client(FAR) as client:
            assert client.config().max_cells == 150_000
        assert server.calls[0].path == f"{FAR}/config"


def test_an_address_that_needs_no_proxy_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """`no_proxy` names those inside."""
    with serving([small_pack()]) as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        with Client(server.url) as client:
            assert client.config().max_cells == 150_000


def test_a_connection_is_kept_for_the_next_call() -> None:
    """One after the other over one connection: the source is asked to open no more."""
    with serving([small_pack()], calls=1000) as server:
        opened: list[object] = []
        accept = server.process_request

        def counted(request: Any, client_address: Any) -> None:
            opened.append(client_address)
            accept(request, client_address)

        server.process_request = counted  # type: ignore[method-assign]
        with Client(server.url, limiter=Limiter(1000, 0.001)) as client:
            for _ in range(5):
                client.metadata("TAB1")
    assert len(opened) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api/v2", "ftp://127.0.0.1/api/v2"])
def test_who_does_not_answer_is_a_transport_error(address: str) -> None:
    """Refused or of another kind: what the client knows how to wait for."""
    transport = Transport(address, Bounds().seconds)
    with (
        httpx.Client(transport=transport) as client,
        pytest.raises(httpx.TransportError),
    ):
        client.get(address)


def test_threads_share_the_connections_and_not_the_deadline() -> None:
    """Ten at once, each with its own answer."""
    with (
        serving([small_pack()], calls=1000) as server,
        Client(server.url, limiter=Limiter(1000, 0.001), patience=Patience(attempts=1)) as client,
    ):
        found: list[str] = []
        threads = [
            threading.Thread(target=lambda: found.append(client.metadata("TAB1").sha256))
            for _ in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == 10
    assert len(set(found)) == 1
