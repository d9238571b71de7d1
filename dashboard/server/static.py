"""
Files of the browser: our build of plotly.js, style sheets, scripts, and how long they keep.

An edge. Knows under which address Dash asks for plotly.js, that all our style sheets are sent as
one, and our scripts too, and which addresses change with their content. It never compresses:
plotly.js was compressed when it was built, the rest is `dashboard.compression`'s.
"""

import gzip
from functools import partial
from hashlib import blake2b
from pathlib import Path

import brotli
from flask import Flask, Response, request, send_file
from werkzeug.datastructures import Accept

from dashboard.data.memory import Memory

ENCODINGS = ("br", "gzip")  # the smaller one first
TEXTS = frozenset(
    {"application/geo+json", "application/javascript", "application/json", "image/svg+xml"}
    | {"text/css", "text/csv", "text/html", "text/javascript", "text/plain"}
)
LEAST_BYTES = 1_000
# Brotli at 11 takes seconds. Scripts and styles are compressed once, the answers of callbacks
# while somebody waits: of an overview of 177 kB 17.6 kB are left at 5, and 20.5 at 2 in a third
# of the time.
QUALITY, SOON = 5, 2
REMEMBERED = 256
LARGEST_REMEMBERED = 1_000_000


def compress_answers(server: Flask) -> None:
    """Compress what the server answers from now on, and remember the last answers."""
    memory = Memory(REMEMBERED)

    def _compress(response: Response) -> Response:
        if worthwhile(response):
            response.vary.add("Accept-Encoding")
            chosen = encoding(request.accept_encodings)
            if chosen:
                _encode(response, chosen, memory)
        return response

    server.after_request(_compress)


def encoding(accepted: Accept) -> str | None:
    """The best encoding that a request accepts; None when it must have plain bytes."""
    return next((one for one in ENCODINGS if accepted.quality(one) > 0), None)


def worthwhile(response: Response) -> bool:
    """Whether an answer is whole, text, and long enough to gain from being compressed."""
    return (
        response.mimetype in TEXTS
        and response.status_code not in {204, 206, 304}
        and "Content-Encoding" not in response.headers
        and not response.direct_passthrough
        and not response.is_streamed
        and len(response.get_data()) >= LEAST_BYTES
    )


def compressed(data: bytes, encoding: str, quality: int = QUALITY) -> bytes:
    """The bytes in one of ENCODINGS; the same bytes always give the same."""
    if encoding == "br":
        shorter: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality)
        return shorter
    return gzip.compress(data, compresslevel=quality, mtime=0)


def _encode(response: Response, encoding: str, memory: Memory) -> None:
    """Put the encoded bytes in place; the tag becomes a weak one, and is compared as such."""
    data = response.get_data()
    quality = SOON if response.mimetype == "application/json" else QUALITY
    make = partial(compressed, data, encoding, quality)
    if len(data) > LARGEST_REMEMBERED:
        response.set_data(make())
    else:
        key = (blake2b(data, digest_size=16).digest(), encoding)
        response.set_data(memory.recall(key, make))
    response.headers["Content-Encoding"] = encoding
    response.headers.pop("Accept-Ranges", None)
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
        response.make_conditional(request.environ)


BUILT = Path(__file__).parents[1] / "plotly" / "plotly.min.js"
SUITES = "/_dash-component-suites/"
PLOTLY = f"{SUITES}plotly/package_data/plotly.min.js"
GRAPH = f"{SUITES}dash/dcc/async-graph.js"
# What a chart asks for last is fetched at once.
EARLY = "".join(f'<link rel="preload" as="script" href="{one}">' for one in (GRAPH, PLOTLY))
# No page has a table of Dash's. The polyfills are for browsers that plotly.js has left; what
# Dash's scripts still use of them, regeneratorRuntime, dash-bootstrap-components brings, too.
UNUSED = (f"{SUITES}dash/dash_table/", f"{SUITES}dash/deps/polyfill")
TOGETHER = (("css", "text/css"), ("js", "text/javascript"))
# Dash is to link none of what is sent together; each still has its own address under assets/.
APART = r".*\.(css|js)$"
ASSETS = "_dash_assets.static"
SUFFIXES = (("br", ".br"), ("gzip", ".gz"))
# An address that changes with its content keeps for a year; the others are asked for again.
YEAR = 31_536_000
SHORT = 600


def serve_files(server: Flask) -> None:
    """Answer Dash's question for plotly.js, and say of every file how long it keeps."""
    server.add_url_rule(PLOTLY, view_func=plotly, endpoint="plotly")
    server.after_request(_keep)


def together(server: Flask, assets: Path) -> dict[str, str]:
    """The addresses of all style sheets (css) and scripts (js) of a folder, each kind as one."""
    found = {}
    for suffix, mimetype in TOGETHER:
        content = b"\n".join(file.read_bytes() for file in sorted(assets.glob(f"*.{suffix}")))
        rule, mark = f"/panel.{suffix}", blake2b(content, digest_size=8).hexdigest()
        view = partial(_whole, content, mimetype, mark)
        server.add_url_rule(rule, view_func=view, endpoint=rule)
        found[suffix] = f"{rule}?m={mark}"
    return found


def needed(scripts: str) -> str:
    """Dash's script elements, one a line, without those that no page uses."""
    return "\n".join(
        line for line in scripts.splitlines() if not any(one in line for one in UNUSED)
    )


def plotly() -> Response:
    """Our build of plotly.js, in the encoding the browser prefers; 304 when it has it."""
    chosen = encoding(request.accept_encodings)
    suffix = dict(SUFFIXES).get(chosen or "", "")
    file = Path(f"{BUILT}{suffix}")
    answer = send_file(file, mimetype="text/javascript", download_name=BUILT.name)
    if chosen:
        answer.headers["Content-Encoding"] = chosen
    answer.vary.add("Accept-Encoding")
    return answer


def _whole(content: bytes, mimetype: str, mark: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.add_etag()
    # While replicas are renewed, a page of one may ask another, which holds other content.
    keep(response, forever=request.args.get("m") == mark)
    response.make_conditional(request.environ)
    return response


def _keep(response: Response) -> Response:
    """Set how long a file keeps, and read an asset whole, so that it can be compressed."""
    if response.status_code not in {200, 304}:
        return response
    if request.path.startswith(SUITES):
        keep(response, forever=response.cache_control.max_age == YEAR)
    elif request.endpoint == ASSETS:
        keep(response, forever="m" in request.args)
        if response.status_code == 200 and response.mimetype in TEXTS:
            response.direct_passthrough = False
            response.make_sequence()
    return response


def keep(response: Response, *, forever: bool) -> None:
    """How long browsers and the servers between may use an answer without asking again."""
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if forever else SHORT
    if forever:
        response.cache_control.immutable = True
