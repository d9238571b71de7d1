import gzip
from collections.abc import Callable, Iterator

import brotli
import pytest
from flask import Flask, Response, send_file
from flask.testing import FlaskClient

from dashboard.server.static import compress_answers
from tests.dashboard.warehouse import ROOT

LONG = "Botkyrka; 64,0\n" * 200
READ: dict[str | None, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    None: bytes,
}


def rows() -> Iterator[str]:
    """An answer that is made while it is sent."""
    yield LONG
    yield LONG


@pytest.fixture
def small() -> FlaskClient:
    """A server that does nothing but answer, and compresses."""
    server = Flask("small")
    compress_answers(server)
    answers: dict[str, Callable[[], Response]] = {
        "/long": lambda: Response(LONG, mimetype="text/csv"),
        "/short": lambda: Response("64,0", mimetype="text/csv"),
        "/picture": lambda: Response(LONG, mimetype="image/png"),
        "/stream": lambda: Response(rows(), mimetype="text/csv"),
        "/file": lambda: send_file(ROOT / "README.md", mimetype="text/plain"),
        "/packed": lambda: Response(LONG, headers={"Content-Encoding": "zstd"}),
        "/tagged": tagged,
    }
    for path, view in answers.items():
        server.add_url_rule(path, endpoint=path, view_func=view)
    return server.test_client()


def tagged() -> Response:
    """An answer with a strong tag."""
    answer = Response(LONG, mimetype="text/csv")
    answer.set_etag("v1")
    return answer


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "br"), ("gzip", "gzip"), ("*", "br"), ("deflate", None), ("", None)],
)
def test_an_answer_is_in_an_encoding_that_was_asked_for(
    small: FlaskClient, accepted: str, encoding: str | None
) -> None:
    """Whatever is chosen, the text is the same, its length is told, and caches know it varies."""
    for _ in range(2):  # made, then remembered
        answer = small.get("/long", headers={"Accept-Encoding": accepted})

        assert answer.headers.get("Content-Encoding") == encoding
        assert READ[encoding](answer.data).decode() == LONG
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.parametrize("path", ["/short", "/picture", "/stream", "/file"])
def test_what_gains_nothing_or_streams_is_left_as_it_is(small: FlaskClient, path: str) -> None:
    """A short text, a picture, a file, and a download that is made while it is sent."""
    with small.get(path, headers={"Accept-Encoding": "br"}) as answer:
        assert "Content-Encoding" not in answer.headers


def test_a_download_is_sent_piece_by_piece(small: FlaskClient) -> None:
    """Nothing waits in memory for the last row."""
    with small.get("/stream", headers={"Accept-Encoding": "br"}, buffered=False) as answer:
        assert answer.is_streamed
        assert list(answer.response) == [LONG.encode(), LONG.encode()]


def test_what_is_compressed_already_is_not_compressed_again(small: FlaskClient) -> None:
    """One encoding is enough."""
    answer = small.get("/packed", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "zstd"
    assert answer.text == LONG


def test_the_tag_tells_the_encodings_apart(small: FlaskClient) -> None:
    """Other bytes have another tag; a reader that has them is answered 304, nobody else."""
    tags = {}
    for encoding in ("br", "gzip"):
        tags[encoding] = small.get("/tagged", headers={"Accept-Encoding": encoding}).headers["ETag"]
    for encoding, tag in tags.items():
        given = {"Accept-Encoding": encoding, "If-None-Match": tag}
        again = small.get("/tagged", headers=given)
        other = small.get("/tagged", headers=given | {"If-None-Match": '"v0"'})

        assert (again.status_code, again.data) == (304, b"")
        assert other.status_code == 200
    assert len({'"v1"', *tags.values()}) == 3


@pytest.mark.parametrize("path", ["/", "/nowhere", "/assets/style.css", "/_dash-dependencies"])
def test_pages_and_files_are_compressed(client: FlaskClient, path: str) -> None:
    """Whatever its status, a long text is sent in few bytes."""
    with client.get(path, headers={"Accept-Encoding": "br"}) as short:
        unpacked = brotli.decompress(short.data)
    with client.get(path) as plain:
        assert len(unpacked) == len(plain.data)
        assert len(short.data) < 0.5 * len(plain.data)
