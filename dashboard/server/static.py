"""
Files of the browser: our build of plotly.js, style sheets, scripts, how long they keep.

An edge. Knows which of Dash's scripts a page needs, that they and ours are sent as one, and our
style sheets too, which addresses change with their content, and what is compressed: plotly.js was
when it was built, what is sent together is once a process, the rest is by Flask-Compress.
"""

import pkgutil
import re
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import brotli
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request, send_file
from flask_compress import Compress
from werkzeug.datastructures import Accept

from dashboard.api.answer import YEAR_SECONDS
from dashboard.data.kept import KeptFiles

_ENCODINGS = ("br", "gzip")  # the smaller one first
_TEXTS = frozenset(
    {"application/geo+json", "application/javascript", "application/json", "image/svg+xml"}
    | {"text/css", "text/csv", "text/html", "text/javascript", "text/plain"}
)
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
    }
)


def compress_answers(server: Flask) -> None:
    """Compress what the server answers from now on."""
    server.config.update(_COMPRESSION)
    Compress(server)


def accepted_encoding(accepted: str) -> str:
    """
    Of the header of a request, as it stands there, what an answer depends on.

    Headers that list the same of our encodings are answered alike; one that weighs them is like
    no other.
    """
    if ";" in accepted or "*" in accepted or "identity" in accepted:
        return accepted
    listed = accepted.lower().replace(" ", "").split(",")
    return next((name for name in _ENCODINGS if name in listed), "")


def is_telephone(agent: str) -> bool:
    """Whether a browser's name is a telephone's, by which the width of its window is guessed."""
    return "Mobi" in agent


def _preferred_encoding(accepted: Accept) -> str | None:
    """The best encoding that a request accepts; None when it must have plain bytes."""
    return next((name for name in _ENCODINGS if accepted.quality(name) > 0), None)


BUILT = Path(__file__).parents[1] / "plotly" / "plotly.min.js"
_SUITES = "/_dash-component-suites/"
PLOTLY = f"{_SUITES}plotly/package_data/plotly.min.js"
# Of Dash's scripts those that a page is drawn with; assets/dash.js, assets/draw.js and
# assets/controls.js take the place of its components, which are four times as long as all of these.
_USED = re.compile(
    rf'src="{_SUITES}([^/"]+)/([^"]*/(?:react(?:-dom)?@|prop-types@|dash_renderer\.)[^"]+)"'
)
# Our scripts need React, and Dash's renderer needs the components that they define.
_LAST = "dash-renderer/"
# A script is compiled whole while it arrives, beside the page, and not function by function when
# the page waits for each; browsers that do not know the line take it for a remark.
_EAGER = b"//# allFunctionsCalledOnLoad\n"
# Dash begins itself by an element of the shell, before whose end our scripts would have to come.
_BEGIN = b"new DashRenderer();\n"
# No string or template of ours goes on in a second line, and no sheet has /* in a string.
_FOR_READERS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        "css": re.compile(rb"/\*.*?\*/|^[ \t]+|\n(?=\s*(?:\n|\Z))", re.DOTALL | re.MULTILINE),
        "js": re.compile(rb"^[ \t]*//.*\n|^[ \t]+|\n(?=\s*(?:\n|\Z))", re.MULTILINE),
    }
)
# Of the server's extensions: what is sent together, and the same packed; b"" until it is.
_BUNDLES = "bundles"
_WINDOW = 19  # half a million bytes, which hold it all; a longer one takes memory
_BUNDLED = (("css", "text/css"), ("js", "text/javascript"))
# Dash is to link none of what is sent together; each still has its own address under assets/.
BUNDLED_FILES = r".*\.(css|js)$"
_ASSETS_ENDPOINT = "_dash_assets.static"
# What they answer is that of the program, whatever is published.
SUITE_FILE = f"{_SUITES}<string:package_name>/<path:fingerprinted_path>"
STILL = frozenset({f"/panel.{suffix}" for suffix, _ in _BUNDLED} | {"/_dash-layout"}) | {
    "/_dash-dependencies",
    SUITE_FILE,
}
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
    packed = dict.fromkeys(contents.values(), b"")
    server.extensions[_BUNDLES] = packed
    addresses = {"plotly": f"{PLOTLY}?m={_mark(BUILT.read_bytes())}"}
    for suffix, mimetype in _BUNDLED:
        content = contents[suffix]
        rule, mark = f"/panel.{suffix}", _mark(content)
        server.add_url_rule(rule, rule, partial(_bundle, packed, content, mimetype, mark))
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
    """Our files of a kind, without what only their readers need: remarks and indentation."""
    files = sorted(folder.glob(f"*.{suffix}"))
    return [_FOR_READERS[suffix].sub(b"", file.read_bytes()) for file in files]


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


def pack_bundles(server: Flask, kept: KeptFiles) -> None:
    """
    Make what is sent together as small as can be: 0.8 s before anybody is answered.

    Who starts again finds it where files are kept. In a thread of its own it would hold on to
    10 MB for good.
    """
    packed: dict[bytes, bytes] = server.extensions[_BUNDLES]
    for content in packed:
        packed[content] = kept.recall(("bundle", _mark(content)), partial(_packed, content))


def _packed(content: bytes) -> bytes:
    """Of 470 kB of scripts 107 are left after 0.7 s; as other answers, 119 after 10 ms."""
    return bytes(brotli.compress(content, brotli.MODE_TEXT, lgwin=_WINDOW))


def _bundle(packed: dict[bytes, bytes], content: bytes, mimetype: str, mark: str) -> Response:
    is_packed = _preferred_encoding(request.accept_encodings) == "br"
    if is_packed:
        packed[content] = packed[content] or _packed(content)
    response = Response(packed[content] if is_packed else content, mimetype=mimetype)
    if is_packed:
        response.headers["Content-Encoding"] = "br"
        response.vary.add("Accept-Encoding")
    response.add_etag()
    # While replicas are renewed, a page of one may ask another, which holds other content.
    keep(response, forever=_asked_mark() == mark)
    response.make_conditional(request)
    return response


def _asked_mark() -> str | None:
    """The mark of a file's content in this address; Flask's reader fails at bytes of no text."""
    return dict(parse_qsl(request.query_string.decode("latin-1"))).get("m")


def _keep(response: Response) -> Response:
    """Set how long a file keeps, and read an asset whole, so that it can be compressed."""
    if response.status_code not in {200, 304}:
        return response
    if request.path.startswith(_SUITES):
        forever = response.cache_control.max_age == YEAR_SECONDS
        keep(response, forever=forever or (request.path == PLOTLY and _asked_mark() is not None))
    elif request.endpoint == _ASSETS_ENDPOINT:
        keep(response, forever=_asked_mark() is not None)
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
