"""
Files of the browser: our build of plotly.js, style sheets, scripts, how long they keep.

An edge. Knows which of Dash's scripts a page needs, that they and ours are sent as one, and our
style sheets too, which addresses change with their content, and what is compressed: plotly.js was
when it was built, the rest is by Flask-Compress.
"""

import pkgutil
import re
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from cachetools import LRUCache
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, g, request, send_file
from flask_compress import Compress
from werkzeug.datastructures import Accept

from dashboard.api.answer import YEAR_SECONDS

_ENCODINGS = ("br", "gzip")  # the smaller one first
_TEXTS = frozenset(
    {"application/geo+json", "application/javascript", "application/json", "image/svg+xml"}
    | {"text/css", "text/csv", "text/html", "text/javascript", "text/plain"}
)
_MOST_COMPRESSED = 256  # compressed answers


class CompressedAnswers:
    """
    The last compressed answers by their content, for Flask-Compress; safe between threads.

    Without it a remembered page is compressed for each of its readers, which takes a third of
    the time of the whole answer.
    """

    def __init__(self) -> None:
        self._answers: LRUCache[str, bytes] = LRUCache(_MOST_COMPRESSED)
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The compressed answer under a key; None when it is not kept."""
        with self._lock:
            return self._answers.get(key)

    def set(self, key: str, answer: bytes) -> None:
        """Keep an answer; the one that was not asked for the longest is forgotten."""
        with self._lock:
            self._answers[key] = answer


_COMPRESSION: Mapping[str, Any] = MappingProxyType(
    {
        "COMPRESS_ALGORITHM": _ENCODINGS,
        "COMPRESS_MIMETYPES": _TEXTS,
        "COMPRESS_MIN_SIZE": 1_000,
        "COMPRESS_STREAMS": False,
        # Of an overview of 190 kB 17.8 kB are left after 2 ms; at 2 20.7 kB in 1 ms, at 11 seconds.
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_BR_MODE": 1,  # text
        "COMPRESS_LEVEL": 5,
        "COMPRESS_CACHE_BACKEND": CompressedAnswers,
        "COMPRESS_CACHE_KEY": lambda _: g.content_digest,
    }
)


def compress_answers(server: Flask) -> None:
    """Compress what the server answers from now on, and remember the last compressed answers."""
    server.config.update(_COMPRESSION)
    Compress(server)
    server.after_request(_digest)


def _digest(response: Response) -> Response:
    """Note what tells the content of a whole answer from all others; runs before it is sent on."""
    if not (response.is_streamed or response.direct_passthrough):
        g.content_digest = blake2b(response.get_data(), digest_size=16).hexdigest()
    return response


def _preferred_encoding(accepted: Accept) -> str | None:
    """The best encoding that a request accepts; None when it must have plain bytes."""
    return next((name for name in _ENCODINGS if accepted.quality(name) > 0), None)


BUILT = Path(__file__).parents[1] / "plotly" / "plotly.min.js"
_SUITES = "/_dash-component-suites/"
PLOTLY = f"{_SUITES}plotly/package_data/plotly.min.js"
# Of Dash's scripts those that a page is drawn with; assets/dash.js and assets/draw.js take the
# place of its own components, which are three times as long as all of these.
_USED = re.compile(
    rf'src="{_SUITES}([^/"]+)/([^"]*/(?:react(?:-dom)?@|prop-types@|dash_bootstrap_components\.'
    r'|dash_renderer\.)[^"]+)"'
)
# Our scripts need React, and Dash's renderer needs the components that they define.
_LAST = "dash-renderer/"
# A script is compiled whole while it arrives, beside the page, and not function by function when
# the page waits for each; browsers that do not know the line take it for a remark.
_EAGER = b"//# allFunctionsCalledOnLoad\n"
# Dash begins itself by an element of the shell, before whose end our scripts would have to come.
_BEGIN = b"new DashRenderer();\n"
_BUNDLED = (("css", "text/css"), ("js", "text/javascript"))
# Dash is to link none of what is sent together; each still has its own address under assets/.
BUNDLED_FILES = r".*\.(css|js)$"
_ASSETS_ENDPOINT = "_dash_assets.static"
_SUFFIXES = {"br": ".br", "gzip": ".gz"}
# An address that changes with its content keeps for a year; the others are asked for again.
_FILE_SECONDS = 600


def serve_files(server: Flask) -> None:
    """Answer Dash's question for plotly.js, and say of every file how long it keeps."""
    server.add_url_rule(PLOTLY, "plotly", plotly)
    server.after_request(_keep)


def bundles(server: Flask, assets: Path, scripts: str) -> dict[str, str]:
    """
    The addresses of all style sheets (css) and scripts (js), each kind as one, and of plotly.js.

    `assets` is the folder of ours, `scripts` Dash's script elements.
    """
    found = [(path, _dash_file(package, path)) for package, path in _USED.findall(scripts)]
    early = [content for path, content in found if _LAST not in path]
    late = [content for path, content in found if _LAST in path]
    contents = {
        "css": b"\n".join(_assets(assets, "css")),
        "js": _EAGER + b";\n".join([*early, *_assets(assets, "js"), *late, _BEGIN]),
    }
    addresses = {"plotly": f"{PLOTLY}?m={_mark(BUILT.read_bytes())}"}
    for suffix, mimetype in _BUNDLED:
        content = contents[suffix]
        rule, mark = f"/panel.{suffix}", _mark(content)
        server.add_url_rule(rule, rule, partial(_bundle, content, mimetype, mark))
        addresses[suffix] = f"{rule}?m={mark}"
    addresses["js"] += "&with=dash-renderer"  # Dash looks for its name in every shell
    return addresses


def _dash_file(package: str, address: str) -> bytes:
    """A file of a package of Dash's by the address that its shell would link."""
    path, _ = check_fingerprint(address)  # type: ignore[no-untyped-call]
    content = pkgutil.get_data(package, path)
    if content is None:
        raise FileNotFoundError(f"{package} brings no {path}, which Dash's shell links.")
    return content


def _assets(folder: Path, suffix: str) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob(f"*.{suffix}"))]


def _mark(content: bytes) -> str:
    """What tells a content from all others, in an address."""
    return blake2b(content, digest_size=8).hexdigest()


def plotly() -> Response:
    """Our build of plotly.js, in the encoding the browser prefers; 304 when it has it."""
    encoding = _preferred_encoding(request.accept_encodings)
    file = Path(f"{BUILT}{_SUFFIXES[encoding]}") if encoding else BUILT
    response = send_file(file, mimetype="text/javascript", download_name=BUILT.name)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _bundle(content: bytes, mimetype: str, mark: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.add_etag()
    # While replicas are renewed, a page of one may ask another, which holds other content.
    keep(response, forever=request.args.get("m") == mark)
    response.make_conditional(request)
    return response


def _keep(response: Response) -> Response:
    """Set how long a file keeps, and read an asset whole, so that it can be compressed."""
    if response.status_code not in {200, 304}:
        return response
    if request.path.startswith(_SUITES):
        forever = response.cache_control.max_age == YEAR_SECONDS
        keep(response, forever=forever or (request.path == PLOTLY and "m" in request.args))
    elif request.endpoint == _ASSETS_ENDPOINT:
        keep(response, forever="m" in request.args)
        if response.status_code == 200 and response.mimetype in _TEXTS:
            response.direct_passthrough = False
            response.make_sequence()
    return response


def keep(response: Response, *, forever: bool) -> None:
    """Say how long browsers and the servers between may use an answer without asking again."""
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = YEAR_SECONDS if forever else _FILE_SECONDS
    if forever:
        response.cache_control.immutable = True
